-- Derived: how many of the pictures that began in an hour (UTC) are but versions of another one that did, so that numbers
-- tell each picture once. What is a version is not told in SQL (memory/versions.py): triggers say which hours to look at.
CREATE TABLE version_tally (
    kind TEXT NOT NULL,
    begins_us INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (kind, begins_us)
) WITHOUT ROWID;
CREATE TABLE stale_hour (
    begins_us INTEGER PRIMARY KEY,
    changes INTEGER NOT NULL
);
INSERT INTO stale_hour SELECT DISTINCT started_us - (started_us % 3600000000 + 3600000000) % 3600000000, 1
    FROM moment INDEXED BY moment_versions
    WHERE kind IN ('photo', 'scene') AND json_extract(details, '$.versions.name') IS NOT NULL;

CREATE TRIGGER picture_came AFTER INSERT ON moment
    WHEN new.kind IN ('photo', 'scene') AND json_extract(new.details, '$.versions.name') IS NOT NULL BEGIN
    INSERT INTO stale_hour VALUES (new.started_us - (new.started_us % 3600000000 + 3600000000) % 3600000000, 1)
        ON CONFLICT (begins_us) DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER picture_changed AFTER UPDATE OF kind, started_us, details, media_sha256, picture_sha256 ON moment
    WHEN old.kind IN ('photo', 'scene') OR new.kind IN ('photo', 'scene') BEGIN
    INSERT INTO stale_hour VALUES (old.started_us - (old.started_us % 3600000000 + 3600000000) % 3600000000, 1)
        ON CONFLICT (begins_us) DO UPDATE SET changes = changes + 1;
    INSERT INTO stale_hour VALUES (new.started_us - (new.started_us % 3600000000 + 3600000000) % 3600000000, 1)
        ON CONFLICT (begins_us) DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER picture_went AFTER DELETE ON moment
    WHEN old.kind IN ('photo', 'scene') AND json_extract(old.details, '$.versions.name') IS NOT NULL BEGIN
    INSERT INTO stale_hour VALUES (old.started_us - (old.started_us % 3600000000 + 3600000000) % 3600000000, 1)
        ON CONFLICT (begins_us) DO UPDATE SET changes = changes + 1;
END;
