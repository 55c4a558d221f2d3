"""A room with two conversations at once, as memory holds it after separation, for tests of what was missed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime

from memory.records import Kind, Media, Moment, moment_id

ROOM_START_US = int(datetime(2026, 10, 13, 12, 0, tzinfo=UTC).timestamp()) * 1_000_000
KITCHEN = (
    (0.4, 4.0, "The mechanic called, the brakes of the car are worn out."),
    (4.4, 6.0, "How much will the car repair cost?"),
    (6.4, 9.5, "Four hundred and fifty dollars."),
    (9.9, 13.0, "Then I have to take the bus to work."),
)
WINDOW = (
    (1.0, 4.2, "The school play is on the fifteenth of December."),
    (4.5, 7.0, "Emma needs a silver costume."),
    (7.3, 8.2, "Okay."),
    (8.5, 10.0, "When is the first rehearsal?"),
    (10.3, 12.5, "On Tuesday at four, please bring a cake."),
)
Said = tuple[float, float, str]


def heard(
    lines: Sequence[Said],
    *,
    azimuth_deg: float | None,
    stream: int,
    session: str = "room",
    speaker: str | None = None,
    start_us: int = ROOM_START_US,
    sure: float | None = None,
) -> list[Moment]:
    """Utterances of one direction: (start, end) in seconds from the start of the recording, and words.

    Args:
        lines: What was said.
        azimuth_deg: From where.
        stream: Number of the direction.
        session: The recording.
        speaker: Who.
        start_us: When the recording began.
        sure: How sure the recognizer was of each word, 0 to 1; None tells nothing.
    """
    return [
        Moment(
            id=moment_id(session, f"{stream}/{ordinal}"),
            kind=Kind.UTTERANCE,
            started_us=start_us + round(start_s * 1e6),
            ended_us=start_us + round(end_s * 1e6),
            text=text,
            session=session,
            stream=stream,
            ordinal=ordinal,
            speaker=speaker,
            azimuth_rad=None if azimuth_deg is None else math.radians(azimuth_deg),
            media=Media("ab" * 32, ".flac", start_s, end_s - start_s),
            details={} if sure is None else {"words": [[w, start_s, end_s, sure] for w in text.split()]},
        )
        for ordinal, (start_s, end_s, text) in enumerate(lines)
    ]


def room(session: str = "room", *, start_us: int = ROOM_START_US) -> list[Moment]:
    """The car at 140 degrees, the school play at 290."""
    return [
        *heard(KITCHEN, azimuth_deg=140.0, stream=0, session=session, start_us=start_us),
        *heard(WINDOW, azimuth_deg=290.0, stream=1, session=session, start_us=start_us),
    ]
