-- Whether the original of a source was found to be gone from where it was; the memory keeps its own copy.
ALTER TABLE source ADD COLUMN is_gone INTEGER NOT NULL DEFAULT 0;
