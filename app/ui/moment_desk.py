"""Shows moments in full on any page that has a ``MomentView``: reads what belongs to one, and plays it.

Role: the work behind a moment view. Which moment is opened, and where one goes back to, is its page's affair.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.ui.around_rows import Row
from app.ui.cards_view_model import has_picture, has_sound
from app.ui.fetching import (
    Heard,
    find_sound,
    read_around,
    read_heard,
    read_neighbours,
    read_picture,
    read_thumbnail,
    read_trail,
)
from app.ui.moment_view import MomentView
from app.ui.player import Player
from app.ui.task_runner import Lane, TaskRunner
from app.ui.trail_view_model import build_steps
from app.ui.words import error_words
from memory.records import Correction, Kind, Media, Moment

if TYPE_CHECKING:
    from app.engine import Engine

_READS = ("neighbours", "picture", "wave", "trail", "around", "copy", "known", "back")  # of the moment on show
_PLAY = "play"


class MomentDesk(QObject):
    """Opens moments in one view.

    Args:
        view: Where they are shown.
        runner: Reads.
        player: Plays.
        now_us: The clock.
        name: Of the page; so that two pages do not drop each other's reads.
        find: A moment of the page by its id, to be played; those of the view are known anyway.

    Signals:
        step_wanted: Another page of the trail is to be opened (its id).
        corrected: What was heard, or who said it, was corrected: pages should look again.
        troubled: A ``Trouble``.
    """

    corrected = Signal()
    step_wanted = Signal(str)
    troubled = Signal(object)

    def __init__(
        self,
        view: MomentView,
        runner: TaskRunner,
        player: Player,
        now_us: Callable[[], int],
        *,
        name: str,
        find: Callable[[str], Moment | None] | None = None,
    ) -> None:
        super().__init__(view)
        self._view, self._runner, self._player, self._now_us = view, runner, player, now_us
        self._slots = {what: f"{name}-{what}" for what in (*_READS, _PLAY)}
        self._find = find or view.find_moment
        self._plays_room = False
        self._is_on_trail = False  # a step was opened by a key, and the keys stay with the trail
        self._engine: Engine | None = None
        view.play_wanted.connect(self.play)
        view.sound.room_wanted.connect(self._on_room)
        player.ended.connect(self._on_ended)
        view.trail.opened.connect(self._on_step)
        view.around.opened.connect(self.step_wanted)
        view.lines_opened.connect(self._read_known)
        view.hand_out.file_wanted.connect(self._hand_out)
        view.words_line.saved.connect(lambda text: self._correct(lambda e, m: e.corrections.correct(m, text)))
        view.words_line.restored.connect(lambda: self._correct(lambda e, m: e.corrections.restore(m)))
        view.speaker_line.saved.connect(lambda name: self._correct(lambda e, m: e.voices.give(m, name or None)))

    def set_engine(self, engine: Engine) -> None:
        """The memory is open."""
        self._engine = engine

    def show(self, moment: Moment, matched: Sequence[tuple[int, int]] = ()) -> None:
        """Show a moment; its picture, waveform and neighbours follow."""
        engine, view = self._engine, self._view
        if engine is None:
            return
        for what in _READS:  # what is on its way belongs to the moment before; what plays goes on
            self._runner.drop(self._slots[what])
        view.show_moment(moment, self._now_us(), matched)
        self._read("neighbours", lambda: read_neighbours(engine, moment), view.set_neighbours)
        if moment.shown is not None or (moment.kind is Kind.NOTE and moment.session is not None):
            self._read("trail", lambda: read_trail(engine, moment), self._show_trail)
        if has_picture(moment):
            self._read(
                "picture",
                lambda: read_picture(engine, moment),
                view.set_image,
                on_error=lambda _error: view.set_image(None),  # it is said where the picture would be
            )
        if has_sound(moment):
            self._read("wave", lambda: read_heard(engine, moment), self._on_heard)
        self._read("around", lambda: read_around(engine, moment), self._show_around)

    def _read(
        self,
        what: str,
        work: Callable[[], Any],
        take: Callable[[Any], None],
        *,
        on_error: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Read something that belongs to the moment on show."""
        self._runner.submit(
            Lane.IO,
            lambda _cancel, _report: work(),
            slot=self._slots[what],
            on_result=take,
            on_error=on_error or (lambda error: self.troubled.emit(error_words(error))),
        )

    def find(self, moment: str, take: Callable[[Moment | None], None]) -> None:
        """Read a moment that was on show before; None where it is no more."""
        engine = self._engine
        if engine is not None:
            self._read("back", lambda: engine.memory.find_moments([moment]).get(moment), take)

    def _on_heard(self, heard: Heard) -> None:
        view = self._view
        view.sound.set_peaks(heard.wave)
        view.sound.offer_room(is_there=heard.room is not None, is_on=self._plays_room)
        if view.moment is not None:
            self._player.know_silences(view.moment.id, heard.silences)

    def _on_ended(self, moment: str) -> None:
        """Go on with what was said next, where the talk is on show and that is wanted."""
        view = self._view
        following = view.find_next(moment) if view.moment is not None and view.sound.on.isChecked() else None
        if following is not None:
            self._start(following, 0.0)

    def _on_room(self, is_wanted: bool) -> None:
        """Hear the whole room or the direction; what plays goes on at the same second."""
        self._plays_room = is_wanted
        player, moment = self._player, self._player.moment
        if moment is not None and self._view.find_moment(moment) is not None:
            self._start(moment, player.share)

    def _show_trail(self, pages: Sequence[Moment]) -> None:
        view = self._view
        if view.moment is None:
            return
        view.trail.show_steps(build_steps(pages, view.moment), self._fetch_thumbnail)
        if self._is_on_trail:
            view.trail.list.setFocus()
        self._is_on_trail = False

    def _show_around(self, rows: Sequence[Row]) -> None:
        if self._view.moment is not None:
            self._view.around.show_rows(rows, self._fetch_thumbnail)

    def _fetch_thumbnail(self, moment: Moment, give: Callable[[Any], None]) -> None:
        engine = self._engine
        if engine is not None:
            self._runner.submit(Lane.IO, lambda _c, _r: read_thumbnail(engine, moment), on_result=give)

    def _on_step(self, moment: str) -> None:
        """Another page of the trail; who goes through it by keys goes on there."""
        was_here = self._view.trail.list.hasFocus()
        self.step_wanted.emit(moment)
        self._is_on_trail = was_here

    def reread(self) -> None:
        """A voice or a place has another name: show the open moment again where it reads otherwise now."""
        engine, shown = self._engine, self._view.moment
        if engine is None or shown is None:
            return

        def take(found: dict[str, Moment]) -> None:
            now = found.get(shown.id)
            if now is not None and now != shown and self._view.moment is shown:
                self.show(now)

        self._runner.submit(Lane.IO, lambda _c, _r: engine.memory.find_moments([shown.id]), on_result=take)

    def _hand_out(self) -> None:
        """Make a copy of the picture for another program; without one, the image and the words are handed out."""
        engine, moment = self._engine, self._view.moment
        if engine is None or moment is None:
            return

        def take(file: Path | None) -> None:
            self._view.hand_out.take_file(moment.id, file)

        self._runner.submit(
            Lane.IO, lambda _c, _r: engine.hand_out(moment), slot=self._slots["copy"], on_result=take,
            on_error=lambda _error: take(None),
        )  # fmt: skip

    # correcting --------------------------------------------------------------------------------------------------
    def _read_known(self) -> None:
        """Read what may be chosen: names, and what was typed before."""
        engine, moment = self._engine, self._view.moment
        if engine is None or moment is None:
            return

        def take(known: tuple[list[str], list[Correction]]) -> None:
            names, versions = known
            self._view.speaker_line.show_names(names)
            self._view.words_line.show_versions(versions, self._now_us())

        self._read("known", lambda: (engine.memory.list_speakers(), engine.corrections.list_versions(moment.id)), take)

    def _correct(self, change: Callable[[Engine, str], object]) -> None:
        """Change something about the moment on show; it is shown anew, where it is on show still."""
        engine, moment = self._engine, self._view.moment
        if engine is None or moment is None:
            return

        def work(_cancel: object, _report: object) -> Moment:
            change(engine, moment.id)
            engine.diary.reflect()
            return engine.memory.get_moment(moment.id)

        def take(now: Moment) -> None:
            if self._view.moment is not None and self._view.moment.id == now.id:
                self.show(now)
                self._view.text.setFocus()
            self.corrected.emit()

        self._runner.submit(
            Lane.STORE, work, on_result=take, on_error=lambda error: self.troubled.emit(error_words(error))
        )

    # playing -----------------------------------------------------------------------------------------------------
    def close(self) -> None:
        """Nothing is shown any more."""
        for slot in self._slots.values():
            self._runner.drop(slot)
        self._view.moment = None

    def play(self, moment: str, share: float) -> None:
        """Play the moment or a neighbour from ``share`` of it (0 to 1); hold or go on when ``share`` is negative."""
        if self._player.moment == moment:
            if share < 0:
                self._player.toggle()
            else:
                self._player.seek(share)
            return
        self._start(moment, max(0.0, share))

    def _start(self, moment: str, share: float) -> None:
        found, engine = self._find(moment), self._engine
        if found is None or engine is None or found.media is None or not has_sound(found):
            return

        def start(sound: tuple[Path, Media] | None) -> None:
            if sound is not None:
                path, media = sound
                self._player.play(moment, path, offset_s=media.offset_s, length_s=media.duration_s, at_share=share)

        self._runner.submit(
            Lane.IO,
            lambda _cancel, _report: find_sound(engine, found, whole_room=self._plays_room),
            slot=self._slots[_PLAY],
            on_result=start,
            on_error=lambda error: self.troubled.emit(error_words(error)),
        )
