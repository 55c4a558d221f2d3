-- The last merge of voices, so that it can be undone: the voices that went, what they were called, what was theirs.
CREATE TABLE merged_voice (
    voice INTEGER PRIMARY KEY,
    name TEXT,
    into_voice INTEGER NOT NULL,
    into_name TEXT
);
CREATE TABLE merged_moment (
    moment INTEGER PRIMARY KEY REFERENCES moment (n) ON DELETE CASCADE,
    voice INTEGER NOT NULL
);
CREATE TABLE merged_sample (
    sample INTEGER PRIMARY KEY REFERENCES voice_sample (n) ON DELETE CASCADE,
    voice INTEGER NOT NULL
);
