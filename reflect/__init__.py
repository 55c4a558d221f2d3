"""From moments to what they mean together: events, facts, people. A later issue fills this room."""
