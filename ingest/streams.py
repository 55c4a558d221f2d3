"""The seam between a recording and what is heard in it: one stream mixed down, or one a direction.

Role: the protocol of a splitter and the default one, which separates nothing. A splitter that separates directions is
given to the importer instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ingest.arrays import Array
from ingest.audio import Recording, Stretch
from ingest.work import Task
from memory.records import Media


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a stretch of a stream came from, and the file in which it can be heard alone."""

    azimuth_rad: float | None
    media: Media


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundStream:
    """One direction of a recording.

    Attributes:
        number: Counted from 0; part of the ids of its moments, so the same recording must give the same numbers.
        azimuth_rad: Direction of arrival, counter-clockwise from the array's x axis, or None when unknown.
        iter_stretches: Reads its sound in pieces (mono, 16 kHz); takes the samples that are done already, and must
            then go on with the very next piece. All streams of a recording are cut at the same places.
        locate: Where the sound between two times was (seconds from the start of the recording); by default at
            ``azimuth_rad`` and in the recording's own file.
    """

    number: int
    azimuth_rad: float | None
    iter_stretches: Callable[[int], Iterator[Stretch]]
    locate: Callable[[float, float], Spot] | None = None


class Splitter(Protocol):
    """Turns a recording into the streams that are transcribed."""

    def separate(self, task: Task, recording: Recording, array: Array) -> Mapping[str, Any]:
        """Stage "separate": do what takes long, step by step, each step committed with the job's progress.

        Called again after a crash with the payload of the last step.

        Returns:
            What is added to the payload of the job for ``split``.

        Raises:
            BadInput: there is no sound in it.
            Cancelled: what was committed stays.
        """
        ...

    def split(self, task: Task, recording: Recording, array: Array | None) -> Sequence[SoundStream]:
        """Give the streams of a recording.

        Raises:
            BadInput: there is no sound in it.
        """
        ...


class MixDown:
    """All channels as one stream; nothing is separated."""

    def separate(self, task: Task, recording: Recording, array: Array) -> Mapping[str, Any]:
        """Nothing takes long here."""
        del task, recording, array  # the geometry is stored with the session; mixing does not need it
        return {}

    def split(self, task: Task, recording: Recording, array: Array | None) -> Sequence[SoundStream]:
        """Give the one stream."""
        del task, array
        return (
            SoundStream(
                number=0,
                azimuth_rad=None,
                iter_stretches=lambda skip_samples: recording.iter_stretches(skip_samples=skip_samples),
            ),
        )
