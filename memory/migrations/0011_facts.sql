-- Derived: what single moments claim ("Ana's phone number is …"), read by rules (reflect/claims.py). Facts are gathered
-- from claims when they are asked for (memory/facts.py), so that a fact is gone, or an older one true again, with the
-- moment that told it.
CREATE TABLE claim (
    n INTEGER PRIMARY KEY,
    moment INTEGER NOT NULL REFERENCES moment (n) ON DELETE CASCADE,
    subject TEXT NOT NULL,
    subject_key TEXT NOT NULL,
    relation TEXT NOT NULL,
    about TEXT NOT NULL,
    value TEXT NOT NULL,
    value_key TEXT NOT NULL,
    quote TEXT NOT NULL,
    is_change INTEGER NOT NULL,
    until_us INTEGER
);
CREATE INDEX claim_moment ON claim (moment);
CREATE INDEX claim_subject ON claim (subject_key);
CREATE INDEX claim_about ON claim (about);

-- Moments whose claims must be read; written by triggers, so never forgotten. "changes" tells whether more came while
-- one was read.
CREATE TABLE unread_moment (
    moment INTEGER PRIMARY KEY REFERENCES moment (n) ON DELETE CASCADE,
    changes INTEGER NOT NULL
);
INSERT INTO unread_moment SELECT n, 1 FROM moment;
CREATE TABLE claim_rules (version INTEGER NOT NULL);
INSERT INTO claim_rules VALUES (0);

CREATE TRIGGER moment_unread AFTER INSERT ON moment BEGIN
    INSERT INTO unread_moment VALUES (new.n, 1) ON CONFLICT (moment) DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER moment_reworded AFTER UPDATE OF text, speaker, kind, started_us, zone, app, details ON moment BEGIN
    DELETE FROM claim WHERE moment = new.n;
    INSERT INTO unread_moment VALUES (new.n, 1) ON CONFLICT (moment) DO UPDATE SET changes = changes + 1;
END;
