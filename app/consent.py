"""What the user has agreed to have recorded.

Role: reads and writes the setting ``consent``. The window records nothing of a source before it is in there; a command
that is typed to record is agreement enough for what it records.
"""

from __future__ import annotations

from enum import StrEnum


class Source(StrEnum):
    """What can be agreed to."""

    MICROPHONE = "microphone"
    SCREEN = "screen"


def read_consents(text: str) -> frozenset[Source]:
    """What was agreed to, from the text of the setting; words that are no source count for nothing."""
    told = {each.strip() for each in text.split(";")}
    return frozenset(source for source in Source if source in told)


def write_consents(given: frozenset[Source]) -> str:
    """The same as the text of the setting."""
    return "; ".join(source for source in Source if source in given)
