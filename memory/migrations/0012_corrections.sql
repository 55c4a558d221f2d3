-- What the user typed in the place of a moment's words; every version is kept. While one holds, moment.text is it and
-- moment.original has the words as they were heard or read.
ALTER TABLE moment ADD COLUMN original TEXT;
CREATE TABLE correction (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    moment INTEGER NOT NULL REFERENCES moment (n) ON DELETE CASCADE,
    made_us INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX correction_moment ON correction (moment);
