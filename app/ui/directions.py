"""Directions, as a person says them, and the colours of those who speak there.

Role: pure functions. Words are those of one who sits at the array and looks along its x axis; no array knows which way
a person really looks, so the degrees are always told as well.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.ui.words import translate

if TYPE_CHECKING:
    from app.ui.room import Lane
    from app.ui.theme import Theme
    from memory.records import Moment


def degrees(azimuth_rad: float) -> int:
    """Whole degrees, 0 to 359."""
    return round(math.degrees(azimuth_rad)) % 360


def side_words(azimuth_rad: float) -> str:
    """Which of eight sides: "ahead", "ahead left", "left" ..., counter-clockwise."""
    sides = (
        translate("directions", "ahead"),
        translate("directions", "ahead left"),
        translate("directions", "left"),
        translate("directions", "behind left"),
        translate("directions", "behind"),
        translate("directions", "behind right"),
        translate("directions", "right"),
        translate("directions", "ahead right"),
    )
    return sides[round(math.degrees(azimuth_rad) / 45) % 8]


def direction_words(azimuth_rad: float | None) -> str:
    """A direction in words and degrees ("left, 90°")."""
    if azimuth_rad is None:
        return translate("directions", "direction unknown")
    return f"{side_words(azimuth_rad)}, {degrees(azimuth_rad)}°"


def title_words(azimuth_rad: float | None) -> str:
    """The same as the head of a card ("Left, 90°")."""
    words = direction_words(azimuth_rad)
    return words[0].upper() + words[1:]


def speaker_words(speakers: Sequence[str]) -> str:
    """Who speaks there ("Anna and Tom"); empty when nobody is known by name."""
    if len(speakers) < 2:
        return "".join(speakers)
    return translate("directions", "{first} and {last}").format(first=", ".join(speakers[:-1]), last=speakers[-1])


class Voices:
    """Gives each voice of a room a colour: one each where voices are known apart, one a direction where they are not.

    Args:
        lanes: The directions.
    """

    def __init__(self, lanes: Sequence[Lane]) -> None:
        keys = dict.fromkeys(self._key(lane.number, moment) for lane in lanes for moment in lane.utterances)
        self._numbers = {key: place for place, key in enumerate(keys)}

    def colour(self, theme: Theme, lane: int, moment: Moment) -> str:
        """The colour of an utterance of a lane; they begin again after the last."""
        return theme.voices[self._numbers.get(self._key(lane, moment), 0) % len(theme.voices)]

    def lane_colour(self, theme: Theme, lane: Lane) -> str:
        """The colour of a lane as a whole: of who speaks first in it."""
        return self.colour(theme, lane.number, lane.utterances[0])

    @staticmethod
    def _key(lane: int, moment: Moment) -> str | int:
        return moment.speaker or moment.voice or lane
