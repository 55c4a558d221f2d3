-- Moments whose original file was found to be gone from where it was; the memory keeps its own copy.
CREATE INDEX moment_original_gone ON moment (source) WHERE details ->> 'original' = 'gone';
