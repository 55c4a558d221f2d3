"""From moments to what they mean together (events, facts, people), while the machine is idle; a later issue fills it."""
