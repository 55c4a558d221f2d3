-- What was separated from a session: one row for each stretch of each direction, played from its own file.
CREATE TABLE stream (
    session TEXT NOT NULL,
    number INTEGER NOT NULL,
    start_s REAL NOT NULL,
    duration_s REAL NOT NULL,
    azimuth_rad REAL,
    media_sha256 TEXT NOT NULL,
    media_suffix TEXT NOT NULL,
    spans TEXT NOT NULL,
    PRIMARY KEY (session, number, start_s)
) WITHOUT ROWID;
CREATE INDEX stream_media ON stream (media_sha256);
