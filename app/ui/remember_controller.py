"""Does "remember this" for the window: listens to what is said of it, and keeps screen, note and sound.

Role: lives on the GUI thread. Listening and keeping have a lane of their own: a person may take two minutes to choose
what the desktop shows, and neither imports nor recording wait for that.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.ui.task_runner import Lane, TaskRunner
from app.ui.words import translate
from models.protocols import CancelToken

if TYPE_CHECKING:
    from app.engine import Engine
    from app.remember import Remembered
    from app.spoken import Loudness
    from ingest.spoken import Heard


@dataclass(slots=True)
class _Listening:
    """One time of listening: whether it is to end, whether what it hears is wanted, and what it has heard."""

    is_stopped: bool = False
    is_wanted: bool = True
    heard: str | None = None
    deciding: threading.Lock = field(default_factory=threading.Lock)

    def take(self, key: str) -> bool:
        """It was heard; says whether it is wanted."""
        with self.deciding:
            self.heard = key
            return self.is_wanted

    def let_go(self) -> str | None:
        """It is not wanted; returns what was heard already."""
        with self.deciding:
            self.is_stopped, self.is_wanted = True, False
            return self.heard


class MemoryShut(Exception):
    """The memory is not open yet."""

    hint = ""

    def __init__(self) -> None:
        super().__init__(translate("EmptyView", "Opening the memory…"))


class RememberController(QObject):
    """Remembers."""

    loudness = Signal(object)
    heard = Signal(object)
    unheard = Signal(object)
    seen = Signal()  # once each time, the picture is taken or will not be: the window may come back
    remembered = Signal(object)
    noted = Signal(object)  # words alone were kept
    troubled = Signal(object)

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._engine: Engine | None = None
        self._listening: _Listening | None = None

    def set_engine(self, engine: Engine) -> None:
        """The memory is open."""
        self._engine = engine

    def listen(self) -> None:
        """Listen until the speaker is silent or ``stop`` is called; ``heard`` or ``unheard`` follows."""
        engine = self._engine
        if engine is None:
            self.unheard.emit(MemoryShut())
            return
        if self._listening is not None:
            return
        now = self._listening = _Listening()

        def work(cancel: CancelToken, report: Callable[[Loudness], None]) -> Heard:
            heard = engine.spoken.listen(is_stopped=lambda: now.is_stopped or cancel.is_cancelled, report=report)
            if not now.take(heard.key):  # here, for a lane that is shut down does nothing more
                engine.spoken.drop(heard.key)
            return heard

        self._runner.submit(
            Lane.REMEMBER,
            work,
            on_result=lambda heard: self._on_heard(now, heard),
            on_error=lambda error: self._on_unheard(now, error),
            on_report=self.loudness.emit,
        )

    def stop(self) -> None:
        """Listen no more, and keep what was said so far."""
        if self._listening is not None:
            self._listening.is_stopped = True

    def let_go(self, heard: Sequence[str]) -> None:
        """Nothing is to be remembered after all: neither these spoken notes nor what is being said."""
        listening, self._listening = self._listening, None
        just_heard = listening.let_go() if listening is not None else None
        if self._engine is not None:
            for key in (*heard, *([just_heard] if just_heard else ())):
                self._engine.spoken.drop(key)

    def _on_heard(self, listening: _Listening, heard: Heard) -> None:
        if listening.is_wanted:
            self._listening = None
            self.heard.emit(heard)

    def _on_unheard(self, listening: _Listening, error: BaseException) -> None:
        if listening.is_wanted:
            self._listening = None
            self.unheard.emit(error)

    def keep_words(self, words: str) -> None:
        """Keep words as a note, without the screen."""
        engine = self._engine
        if engine is None:
            self.troubled.emit(MemoryShut())
            return

        def work(cancel: CancelToken, _report: object) -> Remembered:
            from app.remember import remember

            return remember(engine, words, with_screen=False, cancel=cancel)

        self._runner.submit(
            Lane.REMEMBER, work, on_result=self.noted.emit, on_error=self.troubled.emit, to_the_end=True
        )

    def remember(self, note: str, heard: Sequence[str] = ()) -> None:
        """Keep the screen as it is now, a note, and spoken notes that were listened to."""
        engine = self._engine
        if engine is None:
            self.troubled.emit(MemoryShut())
            self.seen.emit()
            return
        is_seen = False

        def see(_seen: bool = True) -> None:
            nonlocal is_seen
            if not is_seen:
                is_seen = True
                self.seen.emit()

        def work(cancel: CancelToken, report: Callable[[bool], None]) -> Remembered:
            from app.remember import Speaking, remember

            return remember(
                engine, note, speaking=Speaking(heard=heard), on_seen=lambda: report(True), cancel=cancel
            )  # fmt: skip

        def done(kept: Remembered) -> None:
            self.remembered.emit(kept)
            see()

        def failed(error: BaseException) -> None:
            self.troubled.emit(error)
            see()

        self._runner.submit(Lane.REMEMBER, work, on_result=done, on_error=failed, on_report=see, to_the_end=True)
