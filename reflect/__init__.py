"""From moments to what they mean together (events, facts, people), while the machine is idle; empty until that issue."""
