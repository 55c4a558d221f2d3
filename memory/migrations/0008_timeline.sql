-- Derived: how many moments of each kind began in each hour and each day (UTC), so that a picture of many years reads a
-- few thousand rows and not every moment. Kept by triggers, in the transaction that writes or forgets.
CREATE TABLE tally (
    step_us INTEGER NOT NULL,
    kind TEXT NOT NULL,
    begins_us INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (step_us, kind, begins_us)
) WITHOUT ROWID;
CREATE VIEW tally_step AS SELECT 3600000000 AS step_us UNION ALL SELECT 86400000000;

-- The remainder of SQLite has the sign of what is divided: twice, so that times before 1970 fall into the right stretch.
INSERT INTO tally SELECT step_us, kind, started_us - (started_us % step_us + step_us) % step_us, count(*)
    FROM moment CROSS JOIN tally_step GROUP BY 1, 2, 3;

CREATE TRIGGER moment_tallied AFTER INSERT ON moment BEGIN
    INSERT INTO tally SELECT step_us, new.kind, new.started_us - (new.started_us % step_us + step_us) % step_us, 1
        FROM tally_step WHERE true ON CONFLICT (step_us, kind, begins_us) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER moment_untallied AFTER DELETE ON moment BEGIN
    UPDATE tally SET n = n - 1 WHERE (step_us, kind, begins_us) IN (SELECT step_us, old.kind,
        old.started_us - (old.started_us % step_us + step_us) % step_us FROM tally_step);
    DELETE FROM tally WHERE n <= 0 AND (step_us, kind, begins_us) IN (SELECT step_us, old.kind,
        old.started_us - (old.started_us % step_us + step_us) % step_us FROM tally_step);
END;
CREATE TRIGGER moment_moved AFTER UPDATE OF kind, started_us ON moment
    WHEN old.kind <> new.kind OR old.started_us <> new.started_us BEGIN
    UPDATE tally SET n = n - 1 WHERE (step_us, kind, begins_us) IN (SELECT step_us, old.kind,
        old.started_us - (old.started_us % step_us + step_us) % step_us FROM tally_step);
    DELETE FROM tally WHERE n <= 0 AND (step_us, kind, begins_us) IN (SELECT step_us, old.kind,
        old.started_us - (old.started_us % step_us + step_us) % step_us FROM tally_step);
    INSERT INTO tally SELECT step_us, new.kind, new.started_us - (new.started_us % step_us + step_us) % step_us, 1
        FROM tally_step WHERE true ON CONFLICT (step_us, kind, begins_us) DO UPDATE SET n = n + 1;
END;
