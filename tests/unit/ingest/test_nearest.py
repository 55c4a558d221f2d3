"""Whose microphones they may be: the voice that is nearest again and again, and nobody where it cannot be told."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from ingest.nearest import Nearest, find_nearest, level_db
from memory.records import VoiceLevel

Rooms = Mapping[str, Mapping[str, float]]


def levels(rooms: Rooms, *, n_moments: int = 5) -> list[VoiceLevel]:
    return [
        VoiceLevel(voice=voice, session=session, n_moments=n_moments, level_db=level)
        for session, heard in rooms.items()
        for voice, level in heard.items()
    ]


MINE: Rooms = {
    "a": {"v1": -20.0, "v2": -30.0, "v3": -33.0},
    "b": {"v1": -35.0, "v4": -42.0},  # another gain: only within a recording can levels be compared
    "c": {"v1": -24.0, "v2": -25.0},
}


def test_who_is_clearly_nearer_in_most_recordings_may_be_the_owner() -> None:
    assert find_nearest(levels(MINE)) == Nearest("v1", 2, 3)


@pytest.mark.parametrize(
    "rooms",
    [
        {"a": MINE["a"]},  # once is chance
        {"a": {"v1": -20.0, "v2": -24.0}, "b": {"v1": -20.0, "v2": -25.0}},  # not twice as near
        {"a": {"v1": -20.0}, "b": {"v1": -20.0}},  # alone, nobody is nearer
        {**MINE, "d": {"v1": -40.0, "v5": -20.0}, "e": {"v1": -40.0, "v6": -20.0}},  # as often not
        {**MINE, "d": {"v6": -20.0, "v5": -40.0}, "e": {"v6": -20.0, "v5": -40.0}},  # two who are
    ],
)
def test_nobody_is_guessed_where_it_cannot_be_told(rooms: Rooms) -> None:
    assert find_nearest(levels(rooms)) is None


def test_a_voice_that_said_little_counts_for_nothing() -> None:
    assert find_nearest(levels(MINE, n_moments=2)) is None


def test_the_level_of_a_sound() -> None:
    wave = np.sin(np.arange(16_000) / 7).astype(np.float32)
    assert level_db(wave) == pytest.approx(-3.0, abs=0.05)
    assert level_db(np.float32(0.1) * wave) == pytest.approx(-23.0, abs=0.05)
    assert level_db(np.zeros(100, np.float32)) == -120.0
    assert level_db(np.zeros(0, np.float32)) == -120.0
