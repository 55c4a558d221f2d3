-- Derived: a title and a summary that a local language model made for an event out of some of its moments. An event goes
-- with any change of its moments, and this goes with the event. NULL: what it made did not stand; not tried again.
CREATE TABLE event_words (
    event INTEGER PRIMARY KEY REFERENCES event (n) ON DELETE CASCADE,
    title TEXT,
    summary TEXT,
    producer TEXT NOT NULL,
    rules INTEGER NOT NULL,
    made_of TEXT NOT NULL
);
