-- Derived: moments that belong together, cut a day at a time. "local_date" is the day an event was cut with; an event
-- begins on it before 4 in the night of the next one.
CREATE TABLE event (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    local_date TEXT NOT NULL,
    started_us INTEGER NOT NULL,
    ended_us INTEGER NOT NULL,
    zone TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX event_time ON event (started_us);
CREATE INDEX event_date ON event (local_date);

CREATE TABLE event_member (
    moment INTEGER PRIMARY KEY REFERENCES moment (n) ON DELETE CASCADE,
    event INTEGER NOT NULL REFERENCES event (n) ON DELETE CASCADE
);
CREATE INDEX event_member_event ON event_member (event);

-- Days whose events must be cut anew; written by triggers, so never forgotten. "changes" tells whether more came while
-- they were cut.
CREATE TABLE stale_day (
    local_date TEXT PRIMARY KEY,
    changes INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO stale_day SELECT local_date, 1 FROM moment GROUP BY local_date;

CREATE TRIGGER moment_came AFTER INSERT ON moment BEGIN
    INSERT INTO stale_day VALUES (new.local_date, 1) ON CONFLICT (local_date) DO UPDATE SET changes = changes + 1;
END;
-- A title may hold words of any of its moments: it goes with them, in the same transaction.
CREATE TRIGGER moment_changed AFTER UPDATE ON moment BEGIN
    DELETE FROM event WHERE n = (SELECT event FROM event_member WHERE moment = old.n);
    INSERT INTO stale_day VALUES (old.local_date, 1) ON CONFLICT (local_date) DO UPDATE SET changes = changes + 1;
    INSERT INTO stale_day VALUES (new.local_date, 1) ON CONFLICT (local_date) DO UPDATE SET changes = changes + 1;
END;
CREATE TRIGGER moment_goes BEFORE DELETE ON moment BEGIN
    DELETE FROM event WHERE n = (SELECT event FROM event_member WHERE moment = old.n);
    INSERT INTO stale_day VALUES (old.local_date, 1) ON CONFLICT (local_date) DO UPDATE SET changes = changes + 1;
END;
-- A moment that got its vectors: what it is about is known only now.
CREATE TRIGGER moment_embedded AFTER DELETE ON unembedded BEGIN
    INSERT INTO stale_day SELECT local_date, 1 FROM moment WHERE n = old.moment
        ON CONFLICT (local_date) DO UPDATE SET changes = changes + 1;
END;
