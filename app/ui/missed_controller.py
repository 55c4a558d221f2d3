"""Joins the page of what was missed with the engine and the player.

Role: lives on the GUI thread and holds no widgets; the engine is only touched inside lanes. The answer and its room are
read in one piece of work, so that the picture never shows another recording than the words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.ui.missed_view_model import MissedViewModel, Phase, marked_streams
from app.ui.player import Player
from app.ui.room import Room, Stretch, read_room
from app.ui.task_runner import Lane, TaskRunner
from app.ui.undo import Step
from app.ui.words import Trouble, error_words
from memory.records import Session, Voice
from models.protocols import CancelToken
from recall.missed_results import Missed

if TYPE_CHECKING:
    from app.engine import Engine
    from app.voices import VoiceDesk
    from ingest.nearest import Nearest

_QUESTION = "missed"
_RECORDINGS = "recordings"
_VOICES = "voices"
_REREAD = "room-again"
_PLAY = "room-play"
_PATIENCE_S = 120.0  # for a model's words: all is shown already, and nobody waits for them
_AHEAD_S = 0.1  # a file is opened a little before its first word
_KEY = "room:"  # what the player calls our sound


@dataclass(frozen=True, slots=True)
class Told:
    """An answer with its room."""

    missed: Missed
    room: Room | None


class MissedController(QObject):
    """Asks, opens recordings, plays directions."""

    changed = Signal()
    moved = Signal()  # only the position of playing
    troubled = Signal(object)
    renamed = Signal()
    undoable = Signal(object)  # a Step

    def __init__(
        self,
        model: MissedViewModel,
        runner: TaskRunner,
        player: Player,
        now_us: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self._engine: Engine | None = None
        self._runner, self._player, self._now_us = runner, player, now_us
        self._stretch: Stretch | None = None
        self._waiting: Callable[[], None] | None = None
        self._asked: Callable[[], None] | None = None
        player.changed.connect(self._on_played)
        player.ended.connect(self._on_ended)
        player.failed.connect(self._on_failed)

    def set_engine(self, engine: Engine) -> None:
        """The memory is open: do what was asked meanwhile."""
        self._engine = engine
        self.load_recordings()
        waiting, self._waiting = self._waiting, None
        if waiting:
            waiting()

    # asking ------------------------------------------------------------------------------------------------------
    def ask(
        self,
        question: str,
        *,
        session: str | None = None,
        streams: Collection[int] = (),
        keeps_place: bool = False,
    ) -> None:
        """Ask what was missed.

        Args:
            question: As typed.
            session: The recording, where it was chosen.
            streams: What the user marked as followed.
            keeps_place: Leave chosen in the picture what is.
        """
        engine = self._engine
        if engine is None:
            self._waiting = lambda: self.ask(question, session=session, streams=streams)
            return
        now_us = self._now_us()
        self._asked = lambda: self.ask(question, session=session, streams=streams, keeps_place=True)

        def work(cancel: CancelToken, report: Callable[[Told], None]) -> Missed:
            def tell(by_rule: Missed) -> None:
                cancel.raise_if_cancelled()
                name = by_rule.session or session
                report(Told(by_rule, read_room(engine.memory, name) if name else None))

            return engine.missed(
                question, session=session, followed_streams=streams, now_us=now_us, cancel=cancel, listen=tell,
                patience_s=_PATIENCE_S,
            )  # fmt: skip

        self.model.begin(question)
        self._submit(
            work,
            self.model.take_words,
            hear=lambda told: self.model.take(told.missed, told.room, keeps_place=keeps_place),
        )

    def choose(self, session: str) -> None:
        """Open a recording; what was asked is asked of it."""
        engine = self._engine
        if engine is None:
            return
        if self.model.question:
            self.ask(self.model.question, session=session)
            return
        self.model.begin("")
        self._submit(lambda _cancel, _report: read_room(engine.memory, session), self.model.take_room)

    def mark(self) -> None:
        """The chosen lane is the one that was followed."""
        model = self.model
        if model.can_mark and model.room is not None:
            self.ask(model.question or self.tr("What did I miss?"), session=model.room.session,
                     streams=marked_streams(model.room, model.lane))  # fmt: skip

    def name(self, name: str) -> None:
        """Name the voice that is chosen; every page shows it on all that this voice said."""
        chosen = self.model.chosen
        was = None if chosen is None else chosen.speaker
        voice = None if chosen is None else chosen.voice
        words = (
            self.tr("The voice “{was}” is called “{name}” now.") if was else self.tr("A voice is called “{name}” now.")
        )
        step = Step(words.format(was=was, name=name), lambda: self._name_again(voice, was))
        self._change_voices(lambda desk, voice, _moment: desk.name(voice, name, later=True), step=step)

    def _name_again(self, voice: str | None, name: str | None) -> None:
        """Give a voice the name it had, whatever is chosen by now."""
        engine = self._engine
        if engine is None or voice is None:
            return

        self._runner.submit(
            Lane.STORE,
            lambda _cancel, _report: engine.voices.name(voice, name, later=True),
            on_result=lambda _changes: self.renamed.emit(),
            on_error=self._tell,
        )

    def join(self, other: str) -> None:
        """The voice that is chosen is the same person as another, whose name it takes."""
        self._change_voices(lambda desk, voice, _moment: desk.merge(other, [voice], later=True))

    def part(self) -> None:
        """The utterance that is chosen is somebody else's than the rest of its voice."""
        self._change_voices(lambda desk, voice, moment: desk.split(voice, [moment], later=True))

    def reread(self) -> None:
        """The files of recordings have changed: play those that are there now."""
        engine, room = self._engine, self.model.room
        if engine is None or room is None:
            return

        def take(now: Room | None) -> None:
            self.model.take_names(now)
            self.changed.emit()

        session = room.session
        self._runner.submit(
            Lane.IO,
            lambda _cancel, _report: read_room(engine.memory, session),
            slot=_REREAD,
            on_result=take,
            on_error=self._tell,
        )

    def load_voices(self) -> None:
        """Read which voices there are, and which may be the user's."""
        engine = self._engine
        if engine is None:
            return

        def take(known: tuple[list[Voice], Nearest | None]) -> None:
            voices, nearest = known
            self.model.known, self.model.own = tuple(voices), nearest.voice if nearest else None
            self.changed.emit()

        self._runner.submit(
            Lane.IO,
            lambda _cancel, _report: (engine.voices.list_voices(), engine.voices.guess_own()),
            slot=_VOICES,
            on_result=take,
            on_error=self._tell,
        )

    def _change_voices(self, change: Callable[[VoiceDesk, str, str], object], *, step: Step | None = None) -> None:
        """Change something about the voice that is chosen, and show it everywhere."""
        engine, chosen = self._engine, self.model.chosen
        if engine is None or chosen is None or chosen.voice is None:
            return
        voice, moment = chosen.voice, chosen.id

        def done(_changes: object) -> None:
            self.renamed.emit()  # every page reads the names again, this one too
            if step is not None:
                self.undoable.emit(step)
            if self._asked is not None and self.model.phase is Phase.TOLD:
                self._asked()  # the answer tells names as well

        self._runner.submit(
            Lane.STORE,
            lambda _cancel, _report: change(engine.voices, voice, moment),
            on_result=done,
            on_error=self._tell,
        )

    def stop(self) -> bool:
        """Cancel what runs; say whether anything did."""
        self._waiting = None
        was_busy = self.model.is_busy  # otherwise only a model's words were still waited for
        if not self._runner.drop(_QUESTION) or not was_busy:
            return False
        self.model.stop()
        self.changed.emit()
        return True

    def stop_wording(self) -> None:
        """All is told, only a model's words may still come: the model is wanted elsewhere."""
        if self.model.phase in (Phase.TOLD, Phase.NOTHING):
            self._runner.drop(_QUESTION)

    def forget(self, ids: frozenset[str]) -> None:
        """Moments were forgotten: neither their words nor their sound may stay."""
        self._runner.drop(_QUESTION)
        self.model.stop()
        if self.model.forget(ids):
            self._halt()
        self.changed.emit()
        self.load_recordings()

    def load_recordings(self) -> None:
        """Read which recordings there are."""
        engine = self._engine
        if engine is None:
            return

        def take(sessions: list[Session]) -> None:
            if tuple(sessions) != self.model.recordings:
                self.model.recordings = tuple(sessions)
                self.changed.emit()

        self._runner.submit(
            Lane.IO,
            lambda _cancel, _report: engine.memory.list_sessions(directed=True),
            slot=_RECORDINGS,
            on_result=take,
            on_error=self._tell,
        )

    def _submit(
        self,
        work: Callable[[CancelToken, Any], Any],
        take: Callable[[Any], None],
        *,
        hear: Callable[[Any], None] = lambda _nothing: None,
    ) -> None:
        def then(do: Callable[[Any], None], what: Any) -> None:
            do(what)
            if self.model.room is None or not self._is_ours(self.model.room):
                self._halt()
            self.changed.emit()

        self._runner.submit(
            Lane.ASK,
            work,
            slot=_QUESTION,
            on_result=lambda result: then(take, result),
            on_report=lambda told: then(hear, told),
            on_error=lambda error: then(self.model.take_error, error),
            on_cancelled=lambda: then(lambda _nothing: self.model.stop(), None),
        )
        self.changed.emit()

    # playing -----------------------------------------------------------------------------------------------------
    def play(self, lane: int, at_s: float) -> None:
        """Play a direction (or, when that is switched on, the whole room) from a second of the recording."""
        room = self.model.room
        if room is None:
            return
        self.model.lane = lane
        stretch = self._find_stretch(room, lane, at_s)
        if stretch is None:
            self.troubled.emit(Trouble(self.tr("There is no sound of this direction here.")))
            return
        self._start(room, stretch, max(at_s, stretch.start_s))

    def play_moment(self, moment: str) -> None:
        """Play from where an utterance begins, in its own direction."""
        found = self.model.find_moment(moment)
        if found is not None:
            self.model.select(*found)
            self.play(self.model.lane, self.model.selected_s())

    def hold(self) -> None:
        """Hold or go on; begin where one has chosen when nothing plays."""
        if self._stretch is not None:
            self._player.toggle()
        elif self.model.room is not None:
            self.play(self.model.lane, self.model.selected_s())

    def switch_mix(self) -> None:
        """Hear the whole room instead of one direction, or back; what plays goes on at the same second."""
        model = self.model
        if model.room is None or model.room.mix is None:
            return
        model.plays_mix = not model.plays_mix
        if self._stretch is not None and model.position_s is not None:
            self.play(model.lane, model.position_s)
        self.changed.emit()

    @property
    def is_playing(self) -> bool:
        """Whether our sound is heard just now."""
        return self._stretch is not None and self._player.playing

    def _find_stretch(self, room: Room, lane: int, at_s: float) -> Stretch | None:
        if self.model.plays_mix and room.mix is not None:
            return room.mix
        direction = room.lanes[lane]
        later = (stretch for stretch in direction.stretches if stretch.start_s >= at_s)
        return direction.find_sound(at_s) or next(later, None)

    def _start(self, room: Room, stretch: Stretch, at_s: float) -> None:
        engine, media = self._engine, stretch.media
        if engine is None or media.duration_s <= 0:
            return
        share = (at_s - stretch.start_s) / media.duration_s

        def start(path: Path) -> None:
            self._stretch = stretch
            self._player.play(
                _KEY + room.session, path, offset_s=media.offset_s, length_s=media.duration_s, at_share=share
            )
            if self._player.moment is None:
                self._stretch = None

        if self._player.moment == _KEY + room.session and stretch == self._stretch:
            self._player.seek(share)
            if not self._player.playing:
                self._player.toggle()
            return
        self._runner.submit(
            Lane.IO,
            lambda _cancel, _report: engine.memory.media_path(media),
            slot=_PLAY,
            on_result=start,
            on_error=self._tell,
        )

    def _is_ours(self, room: Room) -> bool:
        return self._player.moment in (None, _KEY + room.session)

    def _halt(self) -> None:
        if self._stretch is not None:
            self._stretch = None
            self.model.position_s = None
            self._player.stop()

    def _on_played(self) -> None:
        stretch, room = self._stretch, self.model.room
        if stretch is None or room is None:
            return
        if self._player.moment == _KEY + room.session:
            self.model.position_s = stretch.start_s + self._player.position_s
            self._follow_speaker(room, stretch, self.model.position_s + _AHEAD_S)
        elif self._player.moment is not None:  # somebody else plays now
            self._stretch, self.model.position_s = None, None
        self.moved.emit()

    def _follow_speaker(self, room: Room, stretch: Stretch, at_s: float) -> None:
        """Where a direction is made of several streams, go over to the one that speaks."""
        if self.is_playing and stretch.stream is not None:
            other = room.lanes[self.model.lane].find_other_sound(stretch, at_s)
            if other is not None and not self._runner.is_busy(_PLAY):
                self._start(room, other, at_s)

    def _on_ended(self, key: str) -> None:
        """Go on with the next piece of the direction; at the end of all, rest."""
        stretch, room = self._stretch, self.model.room
        if stretch is None or room is None or key != _KEY + room.session:
            return
        self._stretch = None
        following = self._find_stretch(room, self.model.lane, stretch.end_s)
        if stretch.stream is not None and following is not None and following.start_s >= stretch.end_s - 0.5:
            self._start(room, following, max(stretch.end_s, following.start_s))
        else:
            self.model.position_s = None
        self.moved.emit()

    def _on_failed(self, _words: str) -> None:
        self._stretch, self.model.position_s = None, None
        self.moved.emit()

    def _tell(self, error: BaseException) -> None:
        self.troubled.emit(error_words(error))
