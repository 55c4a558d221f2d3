"""What was missed, as it is shown: the sentence, the directions with their points, the room, and where one is in it.

Role: the state behind the page of what was missed. A plain class: it hears what the engine told and what the user chose
and says what to show. No widgets, no threads, no clock.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.ui.directions import Voices, speaker_words, title_words
from app.ui.room import Room
from app.ui.words import Trouble, error_words, to_local, translate
from memory.records import Moment, Session, Voice
from recall.missed_results import Missed, MissedDirection, Nothing

_STAMP = re.compile(r"[ _-]*\d{4}-\d\d-\d\d[ _T]\d\d-\d\d(?:-\d\d)?[ _-]*")  # a date in a file's name


class Phase(StrEnum):
    """How far it has come."""

    IDLE = "idle"  # nothing asked
    BUSY = "busy"
    TOLD = "told"
    CHOOSING = "choosing"  # a recording is open; nobody has said which direction was followed
    NOTHING = "nothing"  # asked, and nothing is told; the answer says why
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: the head of a direction, or one of its points.

    Attributes:
        lane: Which direction, or None where the picture does not have it.
        moments: Utterances that carry it, in order.
        at: Time of day of the first one.
    """

    is_head: bool
    lane: int | None
    title: str
    text: str
    moments: tuple[str, ...] = ()
    at: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ". ".join(part for part in (self.at, self.title, self.text) if part)


class MissedViewModel:
    """What the page shows."""

    def __init__(self) -> None:
        self.phase = Phase.IDLE
        self.question = ""
        self.missed: Missed | None = None
        self.trouble: Trouble | None = None
        self.room: Room | None = None
        self.voices = Voices(())
        self.recordings: tuple[Session, ...] = ()
        self.known: tuple[Voice, ...] = ()  # all voices of the memory, once they were asked for
        self.own: str | None = None  # the one that may be the user's
        self.rows: tuple[Row, ...] = ()
        self.followed: frozenset[int] = frozenset()
        self.told: frozenset[str] = frozenset()  # utterances that carry a point
        self.span_s: tuple[float, float] | None = None  # from when to when was followed
        self.lane = 0
        self.place: int | None = None
        self.position_s: float | None = None
        self.plays_mix = False

    @property
    def is_busy(self) -> bool:
        """Whether an answer is on its way."""
        return self.phase is Phase.BUSY

    # what happens ------------------------------------------------------------------------------------------------
    def begin(self, question: str) -> None:
        """Something was asked; the room stays until the answer is there."""
        self.question, self.phase, self.trouble = question, Phase.BUSY, None

    def take(self, missed: Missed, room: Room | None, *, keeps_place: bool = False) -> None:
        """The answer is there, with the room it tells of (or the one that was chosen).

        Args:
            missed: The answer.
            room: Its recording.
            keeps_place: Leave chosen what is; otherwise the first thing that was missed is.
        """
        place = (self.lane, self.place)
        self.missed = missed
        self._take_room(room)
        self.trouble = None
        self.phase = Phase.TOLD if missed.missed else Phase.NOTHING
        if missed.reason is Nothing.NOT_SAID and room is not None:
            self.phase = Phase.CHOOSING
        self.followed, self.span_s = frozenset(), None
        if room is not None and missed.session == room.session:
            self.followed = room.find_lanes(s for d in missed.attended.directions for s in d.streams)
            heard = missed.attended.moments
            if heard:
                ends = max(m.ended_us for m in heard)
                self.span_s = (room.second_of(heard[0].started_us), room.second_of(ends))
        self.told = frozenset(key for one in missed.missed for point in one.points for key in point.moments)
        self.rows = tuple(row for one in missed.missed for row in self._rows_of(one))
        self._select_first()
        if keeps_place:
            self.select(*place)

    def take_words(self, missed: Missed) -> None:
        """The same answer, in a model's words where it found any; what is chosen stays."""
        if self.missed is None or missed.missed == self.missed.missed:
            return
        self.missed = missed
        self.rows = tuple(row for one in missed.missed for row in self._rows_of(one))

    def take_room(self, room: Room | None) -> None:
        """A recording was opened without a question."""
        self._take_room(room)
        self.missed, self.rows, self.trouble = None, (), None
        self.followed, self.told, self.span_s = frozenset(), frozenset(), None
        self.phase = Phase.IDLE if room is None else Phase.CHOOSING
        self._select_first()

    def take_error(self, error: BaseException) -> None:
        """It failed; what was shown stays."""
        self.phase, self.trouble = Phase.FAILED, error_words(error)

    def stop(self) -> None:
        """The user cancelled."""
        if self.phase is Phase.BUSY:
            self.phase = Phase.STOPPED

    def forget(self, ids: frozenset[str]) -> bool:
        """Moments were forgotten: nothing that tells of them may stay; say whether anything did."""
        shown = {m.id for lane in (self.room.lanes if self.room else ()) for m in lane.utterances}
        told = {m.id for one in (self.missed.missed if self.missed else ()) for m in one.moments}
        if not (shown | told) & ids:
            return False
        self.take_room(None)
        return True

    def _take_room(self, room: Room | None) -> None:
        if room is None or self.room is None or room.session != self.room.session:
            self.position_s, self.plays_mix = None, False
        self.room, self.voices = room, Voices(room.lanes if room else ())

    def _select_first(self) -> None:
        """Begin at the first thing that was missed."""
        first = self.find_moment(self.rows[1].moments[0]) if len(self.rows) > 1 else None
        self.lane, self.place = first or (0, 0 if self.room else None)

    def _rows_of(self, one: MissedDirection) -> list[Row]:
        room, direction = self.room, one.direction
        lanes = room.find_lanes(direction.streams) if room else frozenset()
        lane = min(lanes) if lanes else None
        who = speaker_words(direction.speakers)
        title = title_words(direction.azimuth_rad)
        rows = [Row(True, lane, f"{title} · {who}" if who else title, one.summary, tuple(m.id for m in one.moments))]
        moments = {m.id: m for m in one.moments}
        for point in one.points:
            first = moments[point.moments[0]]
            at = f"{to_local(first.started_us, first.zone):%H:%M:%S}"
            doubt = "" if point.is_sure else " " + translate("missed", "(perhaps misheard)")
            rows.append(Row(False, lane, "", point.text + doubt, point.moments, at))
        return rows

    # choosing ----------------------------------------------------------------------------------------------------
    def find_moment(self, moment: str) -> tuple[int, int] | None:
        """Lane and place of an utterance in the picture."""
        return self.room.find_moment(moment) if self.room else None

    def select(self, lane: int, place: int | None) -> None:
        """Choose a lane and an utterance of it."""
        if self.room and 0 <= lane < len(self.room.lanes):
            n = len(self.room.lanes[lane].utterances)
            self.lane, self.place = lane, None if place is None or not n else max(0, min(place, n - 1))

    @property
    def chosen(self) -> Moment | None:
        """The utterance that is chosen."""
        if self.room is None or self.place is None:
            return None
        return self.room.lanes[self.lane].utterances[self.place]

    def other_voices(self) -> tuple[tuple[str, str], ...]:
        """The voices that the chosen one may be the same as: id and words, those of a name first."""
        chosen = self.chosen.voice if self.chosen else None
        others = sorted((v for v in self.known if v.id != chosen), key=lambda v: v.name is None)
        return tuple((voice.id, voice_words(voice)) for voice in others)

    @property
    def may_be_own(self) -> bool:
        """Whether the chosen voice may be the user's."""
        chosen = self.chosen
        return chosen is not None and chosen.voice is not None and chosen.voice == self.own

    @property
    def can_part(self) -> bool:
        """Whether the chosen utterance can be taken out of its voice: it is not all that it said."""
        chosen = self.chosen
        said = next((v.n_moments for v in self.known if chosen is not None and v.id == chosen.voice), 0)
        return said > 1

    def take_names(self, room: Room | None) -> None:
        """The same recording with other names; what is chosen and what plays stays."""
        if room is not None and self.room is not None and room.session == self.room.session:
            lane, place = self.lane, self.place
            self._take_room(room)
            self.select(lane, place)

    def step_lane(self, by: int) -> None:
        """Go to another lane, to what is said there at the same time."""
        if self.room is None:
            return
        at_s = self.selected_s()
        lane = max(0, min(self.lane + by, len(self.room.lanes) - 1))
        self.select(lane, self.room.lanes[lane].find_near(at_s))

    def step_place(self, by: int) -> None:
        """Go to the next or an earlier utterance of the lane."""
        self.select(self.lane, (self.place or 0) + by if self.place is not None else 0)

    def selected_s(self) -> float:
        """Second at which the chosen utterance begins."""
        if self.room is None or self.place is None:
            return 0.0
        return self.room.lanes[self.lane].starts_s[self.place]

    # what to show ------------------------------------------------------------------------------------------------
    def told_text(self) -> str:
        """What is told, in plain words with its times: to be copied. Empty while nothing is told."""
        if not self.rows:
            return ""
        lines = [f"{row.title}" if row.is_head else f"- {row.at}  {row.text}" for row in self.rows]
        return "\n".join([self.headline(), self.hint(), "", *lines]) + "\n"

    def headline(self) -> str:
        """The sentence on top."""
        if self.trouble:
            return self.trouble.message
        if self.phase is Phase.BUSY:
            return translate("missed", "Listening for what ran beside it…")
        if self.phase is Phase.STOPPED:
            return translate("missed", "Stopped.")
        if self.phase is Phase.CHOOSING:
            return translate("missed", "Which direction did you follow?")
        if self.missed is not None:
            return self.missed.contrast
        return translate("missed", "What ran beside the conversation you were in?")

    def hint(self) -> str:
        """What stands below it: what was followed, or what to do."""
        if self.trouble:
            return self.trouble.hint
        if self.phase is Phase.BUSY:
            return self.question
        if self.phase is Phase.TOLD and self.missed is not None:
            return self.missed.attended.summary
        if self.phase is Phase.STOPPED:
            return translate("missed", "Ask again, or choose a recording.")
        if self.phase is Phase.CHOOSING:
            return translate("missed", "Choose it in the picture and press F; what the others said is told then.")
        if self.missed is not None and self.missed.reason is not None:
            return nothing_hint(self.missed.reason)
        if not self.recordings:
            return translate(
                "missed",
                "This works with recordings of a microphone array: import one with its array, or record with one.",
            )
        return translate("missed", "Say on the line what you followed, or choose a recording.")

    @property
    def offers_asking(self) -> bool:
        """Whether the question may rather be one for the whole memory."""
        return self.missed is not None and self.missed.reason in (Nothing.NOT_SAID, Nothing.NOT_FOUND)

    def mark_words(self) -> str:
        """What the button says that marks the chosen lane as followed."""
        if self.room and self.followed == {self.lane}:
            return translate("missed", "You followed this one")
        return translate("missed", "This is the one I followed")

    @property
    def can_mark(self) -> bool:
        """Whether the chosen lane can be marked as followed."""
        if self.room is None or self.is_busy or self.followed == {self.lane}:
            return False
        return bool(marked_streams(self.room, self.lane))


def marked_streams(room: Room, lane: int) -> tuple[int, ...]:
    """The streams by which a lane is told to the engine."""
    return tuple(stream for stream in room.lanes[lane].streams if stream is not None)


def nothing_hint(reason: Nothing) -> str:
    """What to do where nothing is told."""
    return {
        Nothing.NOT_SAID: translate("missed", "For example: “What did I miss while I followed the talk about dogs?”"),
        Nothing.NOT_FOUND: translate("missed", "Name it in other words, or choose the recording and mark it there."),
        Nothing.ONE_DIRECTION: translate("missed", "Only an array of microphones can hear several directions apart."),
        Nothing.NOTHING_BESIDE: translate("missed", "Listen to the whole room below, or mark another direction."),
        Nothing.NOT_RECORDED: translate("missed", "Record with an array, and what you miss next time can be told."),
    }[reason]


def voice_words(voice: Voice) -> str:
    """Name a voice in a list of them."""
    if voice.name is not None:
        return voice.name
    return translate("missed", "no name, {n} sentences").format(n=voice.n_moments)


def recording_words(session: Session) -> str:
    """Name a recording in the list of them: when, and its title without the date that it may begin with."""
    at = to_local(session.started_us, session.zone)
    title = _STAMP.sub(" ", session.title).strip()
    words = f"{at.day} {at:%B %Y, %H:%M}"
    return f"{title} · {words}" if title else words


def choose_recordings(sessions: Sequence[Session], room: Room | None) -> int:
    """Place of the room's recording in the list, or -1."""
    ids = [session.id for session in sessions]
    return ids.index(room.session) if room is not None and room.session in ids else -1
