"""From a question to its evidence and an answer."""
