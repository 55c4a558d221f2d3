-- Who speaks. A voice is one person as heard; what sounds like that person over all sessions is tied to it. The name
-- stands here once; moment.speaker repeats it for search and is rewritten whenever it changes.
CREATE TABLE voice (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT
);
ALTER TABLE moment ADD COLUMN voice INTEGER;
CREATE INDEX moment_voice ON moment (voice, started_us) WHERE voice IS NOT NULL;

-- The sound of the voice in one utterance: a unit vector of float32, made by "producer" from "seconds" of speech.
CREATE TABLE voiceprint (
    moment INTEGER NOT NULL REFERENCES moment (n) ON DELETE CASCADE,
    producer TEXT NOT NULL,
    seconds REAL NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (moment, producer)
) WITHOUT ROWID;

-- Enrolment: the same of a recording that was given to say how a person sounds; the recording is not kept.
CREATE TABLE voice_sample (
    n INTEGER PRIMARY KEY,
    voice INTEGER NOT NULL,
    producer TEXT NOT NULL,
    seconds REAL NOT NULL,
    data BLOB NOT NULL
);
CREATE INDEX voice_sample_voice ON voice_sample (voice);

-- Derived: the mean of a voice's prints and samples, weighted by their seconds.
CREATE TABLE voice_centre (
    voice INTEGER NOT NULL,
    producer TEXT NOT NULL,
    seconds REAL NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (voice, producer)
) WITHOUT ROWID;
