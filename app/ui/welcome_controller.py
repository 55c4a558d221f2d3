"""Joins the first-run walk with the memory: keeps what was agreed to, asks before something new is recorded, tests.

Role: lives on the GUI thread; settings are written in the store's lane, devices are touched in lanes of their own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.consent import Source, read_consents, write_consents
from app.ui.capture_controller import CaptureController
from app.ui.capture_view_model import Choices, Layout
from app.ui.notice import Notice
from app.ui.task_runner import Lane, TaskRunner
from app.ui.welcome_view import WelcomeView
from app.ui.words import Trouble, error_words, translate
from models.protocols import CancelToken

if TYPE_CHECKING:
    from app.engine import Engine
    from app.ui.sound_check_panel import SoundCheckPanel
    from ingest.sound_check import SoundLook

_CHECK, _CHOICES = "sound-check", "sound-check-devices"
_LOOK_S = 0.1


class WelcomeController(QObject):
    """Consent, the test, and whether the walk is to be shown.

    Args:
        view: The page.
        runner: The lanes.
        notice: Where to ask for consent elsewhere than on the page.
        capture: Has the microphones; None where nothing can be recorded.
    """

    changed = Signal()  # the page is wanted, or no more
    withdrawn = Signal(object)  # a Source that may be recorded no more

    def __init__(
        self,
        view: WelcomeView,
        runner: TaskRunner,
        notice: Notice,
        capture: CaptureController | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.view, self._runner, self._notice, self._capture = view, runner, notice, capture
        self._engine: Engine | None = None
        self._is_opened_again = False
        self._writing: dict[str, str] = {}  # on their way to the disk
        self._agreed: frozenset[Source] = frozenset()  # as it was known last
        view.consent_given.connect(self._on_consent)
        view.left.connect(self.leave)
        view.shown.connect(self._on_shown)
        view.check.listen_wanted.connect(self._listen)
        view.check.stop_wanted.connect(self._stop_listening)
        if capture is not None:
            capture.opened.connect(lambda: self._on_shown(view.isVisible()))

    def set_engine(self, engine: Engine) -> None:
        """The memory is open."""
        self._engine = engine
        self.view.show_home(str(engine.memory.home.root))
        self._agreed = self.consents
        self.view.show_consents(self.consents)

    def take_settings(self) -> None:
        """Somebody changed a setting, maybe with the command line: what is not agreed to any more stops."""
        before, self._agreed = self._agreed, self.consents
        self.view.show_consents(self._agreed)
        for source in before - self._agreed:
            self.withdrawn.emit(source)
            self._notice.show_trouble(withdrawn_words(source))

    @property
    def consents(self) -> frozenset[Source]:
        """What may be recorded."""
        return read_consents(self._setting("consent"))

    def is_wanted(self, *, is_empty: bool) -> bool:
        """Whether the walk is to be shown: asked for again, or nothing is kept and it was never seen."""
        if self._is_opened_again:
            return True
        return is_empty and self._engine is not None and self._setting("set_up") == "no"

    def open_again(self) -> None:
        """Show the walk, from the menu."""
        self._is_opened_again = True
        self.changed.emit()

    def put_aside(self) -> None:
        """Another page was turned to; on an empty memory that was never set up the walk stays the start."""
        self._is_opened_again = False

    def leave(self) -> None:
        """The walk was seen, or is left for later."""
        self._is_opened_again = False
        self._write("set_up", "yes")
        self.changed.emit()

    def ensure(self, source: Source, go_on: Callable[[], None]) -> None:
        """Go on if a source may be recorded; else ask in the page, and go on when the user agrees."""
        if source in self.consents:
            go_on()
            return
        words = {
            Source.MICROPHONE: Trouble(
                self.tr("May Madeleine record what the microphone hears?"),
                self.tr("Only while the bar shows it, and only on this computer. Others who are heard have to agree."),
            ),
            Source.SCREEN: Trouble(
                self.tr("May Madeleine keep pictures of the screen?"),
                self.tr("Only while the bar shows it, and only on this computer."),
            ),
        }[source]

        def agree() -> None:
            self._on_consent(source, True, then=go_on)

        self._notice.ask(words, act=self.tr("Agree and go on"), keep=self.tr("Not now"), do=agree, is_dangerous=False)

    def _on_consent(self, source: Source, is_given: bool, then: Callable[[], None] = lambda: None) -> None:
        given = self.consents | {source} if is_given else self.consents - {source}

        def done() -> None:
            self.view.show_consents(self.consents)
            then()

        if not is_given:
            self._agreed -= {source}  # whoever unticks the box need not be told
            self.withdrawn.emit(source)
        self._write("consent", write_consents(given), then=done)

    def _setting(self, key: str) -> str:
        kept = str(getattr(self._engine.settings, key)) if self._engine is not None else ""
        return self._writing.get(key, kept)

    def _write(self, key: str, value: str, then: Callable[[], None] = lambda: None) -> None:
        engine = self._engine
        if engine is None:
            return
        self._writing[key] = value

        def done(_nothing: object) -> None:
            self._writing.pop(key, None)
            then()

        def failed(error: BaseException) -> None:
            self._writing.pop(key, None)
            self.view.show_consents(self.consents)
            self._notice.show_trouble(error_words(error))

        self._runner.submit(
            Lane.STORE, lambda _cancel, _report: engine.change_setting(key, value), on_result=done, on_error=failed
        )

    # the test ----------------------------------------------------------------------------------------------------
    @property
    def _panel(self) -> SoundCheckPanel:
        return self.view.check

    def _on_shown(self, is_shown: bool) -> None:
        if not is_shown:
            self._stop_listening()
        elif self._capture is not None:
            self._capture.list_choices(_CHOICES, self._on_choices)

    def _on_choices(self, choices: Choices) -> None:
        self._panel.show_choices(choices)

    def _listen(self, place: int, layout: Layout) -> None:
        wanted = self._panel.choose_wanted(place, layout)
        desk = self._capture.desk if self._capture is not None else None
        if desk is None or wanted is None:
            return

        def work(cancel: CancelToken, report: Callable[[SoundLook], None]) -> None:
            check, rest = desk.check_sound(wanted, layout.array), threading.Event()
            check.open()
            try:
                while not cancel.is_cancelled:
                    report(check.look())
                    rest.wait(_LOOK_S)
            finally:
                check.close()

        self._runner.submit(
            Lane.SOUND_CHECK,
            work,
            slot=_CHECK,
            on_report=self._panel.show_look,
            on_error=lambda error: self._panel.show_trouble(error_words(error)),
        )

    def _stop_listening(self) -> None:
        if self._runner.drop(_CHECK):
            self._panel.show_idle()


def withdrawn_words(source: Source) -> Trouble:
    """Say that something is recorded no more because somebody took back that it may be."""
    told = {
        Source.MICROPHONE: translate("words", "It was taken back that the microphone may be recorded."),
        Source.SCREEN: translate("words", "It was taken back that the screen may be kept."),
    }[source]
    return Trouble(told, translate("words", "Nothing more of it is kept. What was kept before stays."))
