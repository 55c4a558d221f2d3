"""The seam between a recording and what is heard in it: one stream mixed down, or one a direction.

Role: the protocol of a splitter and the default one, which separates nothing. A splitter that separates directions is
given to the importer instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ingest.arrays import Array
from ingest.audio import Recording, Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundStream:
    """One direction of a recording.

    Attributes:
        number: Counted from 0; part of the ids of its moments, so the same recording must give the same numbers.
        azimuth_rad: Direction of arrival, counter-clockwise from the array's x axis, or None when unknown.
        iter_stretches: Reads its sound in pieces (mono, 16 kHz); takes the samples that are done already, and must
            then go on with the very next piece.
    """

    number: int
    azimuth_rad: float | None
    iter_stretches: Callable[[int], Iterator[Stretch]]


class Splitter(Protocol):
    """Turns a recording into the streams that are transcribed."""

    def split(self, recording: Recording, array: Array | None) -> Sequence[SoundStream]:
        """Find the streams of a recording.

        Raises:
            BadInput: there is no sound in it.
        """
        ...


class MixDown:
    """All channels as one stream; nothing is separated."""

    def split(self, recording: Recording, array: Array | None) -> Sequence[SoundStream]:
        """Give the one stream."""
        del array  # the geometry is stored with the session; mixing does not need it
        return (
            SoundStream(
                number=0,
                azimuth_rad=None,
                iter_stretches=lambda skip_samples: recording.iter_stretches(skip_samples=skip_samples),
            ),
        )
