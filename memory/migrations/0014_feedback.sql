-- What the user said of evidence for a question (known by its words, recall/feedback.py): 1 "more like this", -1 "not
-- this". It goes with its moment.
CREATE TABLE verdict (
    question TEXT NOT NULL,
    moment INTEGER NOT NULL REFERENCES moment (n) ON DELETE CASCADE,
    value INTEGER NOT NULL CHECK (value IN (-1, 1)),
    given_us INTEGER NOT NULL,
    PRIMARY KEY (question, moment)
) WITHOUT ROWID;
CREATE INDEX verdict_moment ON verdict (moment);

-- What was asked in the window, each question once, for asking it again.
CREATE TABLE asked (
    question TEXT PRIMARY KEY,
    asked_us INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX asked_when ON asked (asked_us);
