-- What is kept. Times are microseconds since the epoch in UTC; local_date is the day in the moment's own zone.
CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE source (
    sha256 TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    n_bytes INTEGER NOT NULL,
    mime TEXT NOT NULL,
    imported_us INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE session (
    id TEXT PRIMARY KEY,
    started_us INTEGER NOT NULL,
    ended_us INTEGER NOT NULL,
    zone TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT,
    media_sha256 TEXT,
    media_suffix TEXT,
    media_offset_s REAL,
    media_duration_s REAL,
    n_channels INTEGER NOT NULL,
    rate_hz INTEGER NOT NULL,
    array TEXT
);
CREATE INDEX session_source ON session (source) WHERE source IS NOT NULL;
CREATE INDEX session_media ON session (media_sha256) WHERE media_sha256 IS NOT NULL;

-- n is never used twice (AUTOINCREMENT): derived rows are keyed by it.
CREATE TABLE moment (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    started_us INTEGER NOT NULL,
    ended_us INTEGER NOT NULL,
    zone TEXT NOT NULL,
    local_date TEXT NOT NULL,
    time_source TEXT NOT NULL,
    source TEXT,
    external_id TEXT,
    session TEXT,
    stream INTEGER,
    ordinal INTEGER NOT NULL,
    speaker TEXT,
    azimuth_rad REAL,
    media_sha256 TEXT,
    media_suffix TEXT,
    media_offset_s REAL,
    media_duration_s REAL,
    place_name TEXT,
    place_lat REAL,
    place_lon REAL,
    app TEXT,
    window TEXT,
    producer TEXT NOT NULL,
    details TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX moment_time ON moment (started_us);
CREATE INDEX moment_kind ON moment (kind, started_us);
CREATE INDEX moment_date ON moment (local_date);
CREATE INDEX moment_place_in_session ON moment (session, stream, ordinal, started_us) WHERE session IS NOT NULL;
CREATE INDEX moment_session_time ON moment (session, started_us) WHERE session IS NOT NULL;
CREATE INDEX moment_speaker ON moment (speaker) WHERE speaker IS NOT NULL;
CREATE INDEX moment_source ON moment (source) WHERE source IS NOT NULL;
CREATE INDEX moment_media ON moment (media_sha256) WHERE media_sha256 IS NOT NULL;

CREATE TABLE gap (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    started_us INTEGER NOT NULL,
    ended_us INTEGER NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX gap_time ON gap (started_us);

CREATE TABLE job (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL,
    sha256 TEXT,
    stage TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'parked')),
    tries INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '',
    hint TEXT NOT NULL DEFAULT '',
    payload TEXT NOT NULL,
    created_us INTEGER NOT NULL,
    updated_us INTEGER NOT NULL
);
CREATE INDEX job_state ON job (state, id);
CREATE INDEX job_sha256 ON job (sha256) WHERE sha256 IS NOT NULL;

-- wants_text: an embedder of texts asked for its backlog, which "unembedded" keeps for it from then on.
CREATE TABLE model (
    n INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    dim INTEGER,
    wants_text INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE vector (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    model INTEGER NOT NULL REFERENCES model (n),
    unit INTEGER NOT NULL,
    moment INTEGER NOT NULL REFERENCES moment (n) ON DELETE CASCADE,
    part INTEGER NOT NULL,
    data BLOB NOT NULL
);
CREATE UNIQUE INDEX vector_of_moment ON vector (moment, model, unit, part);
CREATE INDEX vector_of_model ON vector (model, unit, n);

CREATE TABLE unembedded (
    model INTEGER NOT NULL REFERENCES model (n),
    started_us INTEGER NOT NULL,
    moment INTEGER NOT NULL REFERENCES moment (n) ON DELETE CASCADE,
    PRIMARY KEY (model, started_us, moment)
) WITHOUT ROWID;
CREATE INDEX unembedded_moment ON unembedded (moment);

-- Which vectors to bring into the derived index or take out of it; written by triggers, so never forgotten.
CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    model INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    vector INTEGER NOT NULL,
    is_gone INTEGER NOT NULL
);

CREATE TRIGGER vector_came AFTER INSERT ON vector BEGIN
    INSERT INTO outbox (model, unit, vector, is_gone) VALUES (new.model, new.unit, new.n, 0);
END;
CREATE TRIGGER vector_went AFTER DELETE ON vector BEGIN
    INSERT INTO outbox (model, unit, vector, is_gone) VALUES (old.model, old.unit, old.n, 1);
END;

-- Files to delete as soon as the transaction that orphaned them is durable.
CREATE TABLE doomed_file (
    path TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE VIRTUAL TABLE moment_words USING fts5 (
    date, speaker, about, text, tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE window_words USING fts5 (
    date, speaker, about, text, tokenize = 'porter unicode61 remove_diacritics 2'
);
