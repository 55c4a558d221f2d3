"""A recording as a picture of a room: a lane for each direction, what was said in it, and the sound it can be heard by.

Role: frozen records and questions of time about them; seconds count from the start of the recording. No widgets, no
files: ``read_room`` asks the memory and is called in a lane of the task runner.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from memory.records import Gap, Kind, Media, Moment, StreamPart
from memory.store import Memory, Scope
from recall.conversations import Conversation, gather

_LINGER_S = 0.4  # words stand a little longer than they sound, as subtitles do
_N_BACK = 8  # utterances of one direction that may still run when a later one began


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sound that plays in one go.

    Attributes:
        media: The file and where in it.
        start_s: Second of the recording at which it begins.
        stream: Whose sound it is; None is the whole room.
    """

    media: Media
    start_s: float
    stream: int | None = None

    @property
    def end_s(self) -> float:
        """Second of the recording at which it ends."""
        return self.start_s + self.media.duration_s


@dataclass(frozen=True)
class Lane:
    """One direction.

    Attributes:
        number: Its place among the lanes, from 0.
        azimuth_rad: Where it lies, counter-clockwise from the array's x axis; None when unknown.
        streams: The streams that make it up.
        speakers: Who spoke there, as far as names are known.
        utterances: What was said there, by time.
        starts_s: When each began; ``ends_s`` when it ended.
        stretches: Its own sound, by time; pieces begin where the separation began anew.
    """

    number: int
    azimuth_rad: float | None
    streams: tuple[int | None, ...]
    speakers: tuple[str, ...]
    utterances: tuple[Moment, ...]
    starts_s: tuple[float, ...]
    ends_s: tuple[float, ...]
    stretches: tuple[Stretch, ...]

    def find_at(self, at_s: float, *, linger_s: float = 0.0) -> int | None:
        """Place of the utterance that is heard at a second; the latest begun where there are several."""
        after = bisect_right(self.starts_s, at_s)
        places = range(after - 1, max(-1, after - 1 - _N_BACK), -1)
        return next((place for place in places if self.ends_s[place] + linger_s > at_s), None)

    def find_between(self, since_s: float, until_s: float) -> range:
        """Places of the utterances that may touch a span of time."""
        first = max(0, bisect_right(self.starts_s, since_s) - _N_BACK)
        return range(first, bisect_right(self.starts_s, until_s))

    def find_near(self, at_s: float) -> int | None:
        """Place of the utterance that is heard at a second, else of the last one before it, else of the first."""
        if not self.utterances:
            return None
        heard = self.find_at(at_s)
        return heard if heard is not None else max(0, bisect_right(self.starts_s, at_s) - 1)

    def find_sound(self, at_s: float) -> Stretch | None:
        """The lane's own sound at a second: of the stream that speaks then, or speaks next."""
        holding = [stretch for stretch in self.stretches if stretch.start_s <= at_s < stretch.end_s]
        if len(holding) > 1:
            wanted = self._stream_at(at_s)
            holding.sort(key=lambda stretch: stretch.stream != wanted)
        return holding[0] if holding else None

    def find_other_sound(self, stretch: Stretch, at_s: float) -> Stretch | None:
        """The sound to go over to where another stream of the lane speaks and the one that plays is silent."""
        place = self.find_at(at_s)
        if len(self.streams) < 2 or place is None or self.utterances[place].stream == stretch.stream:
            return None
        speaking = range(max(0, place - _N_BACK), place)
        if any(self.utterances[n].stream == stretch.stream and self.ends_s[n] > at_s for n in speaking):
            return None
        other = self.find_sound(at_s)
        return None if other is None or other.stream == stretch.stream else other

    def _stream_at(self, at_s: float) -> int | None:
        place = self.find_at(at_s)
        if place is None:
            place = min(bisect_right(self.starts_s, at_s), len(self.utterances) - 1)
        return self.utterances[place].stream


@dataclass(frozen=True, slots=True)
class RoomGap:
    """A stretch without sound, and why."""

    start_s: float
    end_s: float
    reason: str


@dataclass(frozen=True)
class Room:
    """A recording.

    Attributes:
        started_us: When it began, UTC.
        lanes: By azimuth; those of unknown direction last.
        mix: The recording itself, all microphones together; None where it is not kept.
        gaps: Stretches in which nothing was recorded.
    """

    session: str
    title: str
    zone: str
    started_us: int
    length_s: float
    lanes: tuple[Lane, ...]
    mix: Stretch | None = None
    gaps: tuple[RoomGap, ...] = ()

    @cached_property
    def _places(self) -> dict[str, tuple[int, int]]:
        return {moment.id: (lane.number, place) for lane in self.lanes for place, moment in enumerate(lane.utterances)}

    def second_of(self, moment_us: int) -> float:
        """The second of a time."""
        return (moment_us - self.started_us) / 1e6

    def find_moment(self, moment: str) -> tuple[int, int] | None:
        """Lane and place of an utterance."""
        return self._places.get(moment)

    def find_lanes(self, streams: Iterable[int | None]) -> frozenset[int]:
        """Lanes that hold one of these streams."""
        wanted = set(streams)
        return frozenset(lane.number for lane in self.lanes if not wanted.isdisjoint(lane.streams))

    def find_speaking(self, at_s: float) -> frozenset[int]:
        """Lanes in which somebody speaks at a second."""
        return frozenset(lane.number for lane in self.lanes if lane.find_at(at_s) is not None)

    def subtitles(self, at_s: float) -> tuple[str, ...]:
        """What each lane says at a second, in order of the lanes; empty where it is silent."""
        said = ((lane, lane.find_at(at_s, linger_s=_LINGER_S)) for lane in self.lanes)
        return tuple("" if place is None else lane.utterances[place].text for lane, place in said)


def read_room(memory: Memory, session: str) -> Room | None:
    """Read a recording; None when nothing was heard in it."""
    scope = Scope(kinds=frozenset({Kind.UTTERANCE}), sessions=frozenset({session}))
    moments = list(memory.iter_moments(scope))
    conversations = gather(moments)
    if not conversations:
        return None
    told = memory.find_session(session)
    started_us = told.started_us if told else min(m.started_us for m in moments)
    ended_us = max([told.ended_us if told else 0, *(m.ended_us for m in moments)])
    media = told.media if told else None
    length_s = (ended_us - started_us) / 1e6
    if media is not None and not media.duration_s:
        media = Media(media.sha256, media.suffix, 0.0, length_s)
    return Room(
        session=session,
        title=told.title if told else "",
        zone=told.zone if told else moments[0].zone,
        started_us=started_us,
        length_s=length_s,
        lanes=_build_lanes(conversations, memory.list_streams(session), started_us),
        mix=None if media is None else Stretch(media, 0.0),
        gaps=_build_gaps(memory.list_gaps(Scope(since_us=started_us, until_us=ended_us)), started_us, length_s),
    )


def _build_lanes(
    conversations: Sequence[Conversation], parts: Sequence[StreamPart], started_us: int
) -> tuple[Lane, ...]:
    def order(conversation: Conversation) -> float:
        azimuth = conversation.direction.azimuth_rad
        return math.inf if azimuth is None else azimuth

    lanes = []
    for number, conversation in enumerate(sorted(conversations, key=order)):
        direction, utterances = conversation.direction, conversation.utterances
        own = [Stretch(p.media, p.start_s, p.number) for p in parts if p.number in direction.streams]
        own = own or [_stretch_of(m, started_us) for m in utterances if m.media is not None]
        lanes.append(
            Lane(
                number=number,
                azimuth_rad=direction.azimuth_rad,
                streams=direction.streams,
                speakers=direction.speakers,
                utterances=utterances,
                starts_s=tuple((m.started_us - started_us) / 1e6 for m in utterances),
                ends_s=tuple((m.ended_us - started_us) / 1e6 for m in utterances),
                stretches=tuple(sorted(own, key=lambda stretch: stretch.start_s)),
            )
        )
    return tuple(lanes)


def _stretch_of(moment: Moment, started_us: int) -> Stretch:
    """The sound of one utterance, where its stream has none of its own."""
    assert moment.media is not None
    return Stretch(moment.media, (moment.started_us - started_us) / 1e6, moment.stream)


def _build_gaps(gaps: Iterable[Gap], started_us: int, length_s: float) -> tuple[RoomGap, ...]:
    seconds = (((g.started_us - started_us) / 1e6, (g.ended_us - started_us) / 1e6, g.reason) for g in gaps)
    return tuple(RoomGap(max(0.0, start), min(length_s, end), reason) for start, end, reason in seconds)
