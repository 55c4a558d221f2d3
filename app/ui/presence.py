"""Madeleine outside of her window: the tray, what closing means, and notifications.

Role: joins the workspace with the desktop. What is decided stands in ``leaving`` and ``nagging``, what is told in
``capture_state``.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QMainWindow

from app.ui.aloud import announce
from app.ui.capture_state import Keeping, KeepingState, judge_keeping
from app.ui.desktop_keys import DesktopKeys
from app.ui.leaving import Leave, decide
from app.ui.nagging import Cause, Restraint
from app.ui.pause_controller import QUARTER
from app.ui.task_runner import Lane
from app.ui.tray import Tray
from app.ui.words import Trouble, error_words

if TYPE_CHECKING:
    from app.engine import Engine
    from app.ui.notice import Notice
    from app.ui.workspace import Workspace

LOW_BYTES = 2_000_000_000  # an evening of four microphones and the screen; the recorder itself stops far below
_DISK_LOOK_MS = 60_000


class Presence(QObject):
    """Tray, closing, notifications.

    Args:
        window: The window.
        work: What it works on.
        notice: Where to ask.
        has_tray: Whether there is a tray; the desktop is asked when None.
    """

    def __init__(self, window: QMainWindow, work: Workspace, notice: Notice, *, has_tray: bool | None = None) -> None:
        super().__init__(window)
        self._window, self._work, self._notice = window, work, notice
        self._has_tray = has_tray
        self._wants_quit = False
        self._obeyed = ""  # the setting ``desktop_keys``
        self.restraint = Restraint()
        self.state = KeepingState(Keeping.OFF, "")
        self.tray = Tray(window)
        self.keys = DesktopKeys(self)
        self._disk_look = QTimer(self)
        self._disk_look.setInterval(_DISK_LOOK_MS)
        self._disk_look.timeout.connect(self.look_at_disk)
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        work, capturing, tray = self._work, self._work.capturing, self.tray
        tray.open_wanted.connect(self.come_forward)
        tray.pause_wanted.connect(capturing.pauses.begin)
        tray.go_on_wanted.connect(capturing.go_on)
        tray.incognito_wanted.connect(capturing.toggle_incognito)
        tray.quit_wanted.connect(self.quit)
        for signal in (capturing.capture_changed, capturing.screen_changed, work.opened):
            signal.connect(self.refresh)
        work.imports.done.connect(self._on_imported)
        work.opened.connect(self._on_opened)
        work.settings_changed.connect(self._on_settings, Qt.ConnectionType.QueuedConnection)
        self.keys.remember_wanted.connect(tray.remember_wanted)
        self.keys.pause_wanted.connect(self._pause_or_go_on)
        self.keys.refused.connect(self._notice.show_trouble)

    @property
    def has_tray(self) -> bool:
        """Whether the desktop shows a tray."""
        return self.tray.is_available() if self._has_tray is None else self._has_tray

    def refresh(self) -> None:
        """Follow what is recorded."""
        work, capturing, before = self._work, self._work.capturing, self.state
        is_incognito = work.engine is not None and work.engine.incognito.is_on
        self.state = judge_keeping(capturing.capture_model, capturing.screen_model, is_incognito=is_incognito)
        self.tray.show_state(self.state)
        if before.words and (before.keeping, before.is_live) != (self.state.keeping, self.state.is_live):
            announce(self._window, self.state.words)
        if self.state.is_live != self._disk_look.isActive():
            (self._disk_look.start if self.state.is_live else self._disk_look.stop)()
        if self.state.keeping is Keeping.FAILING and before.keeping is not Keeping.FAILING:
            self._tell(Cause.NOT_KEPT, self.tr("Something is not being kept"), self.state.words)

    # keys of the desktop -----------------------------------------------------------------------------------------
    def _on_opened(self) -> None:
        if self._work.engine is not None:
            self._obeyed = self._work.engine.settings.desktop_keys
            self.keys.obey(self._obeyed)

    def _on_settings(self) -> None:
        """Somebody changed a setting, maybe with the command line; keys that were refused are not asked for at each."""
        engine = self._work.engine
        if engine is not None and engine.settings.desktop_keys != self._obeyed:
            self._on_opened()

    def _pause_or_go_on(self) -> None:
        if self._work.capturing.is_paused:
            self._work.capturing.go_on()
        elif self.state.is_live:
            self._work.capturing.pauses.begin(QUARTER)

    def shut_down(self) -> None:
        """Give back what is the desktop's."""
        self.keys.stop()
        self.tray.icon.hide()

    # closing -----------------------------------------------------------------------------------------------------
    def may_close(self) -> bool:
        """Whether the window may end now; else it went into the tray, or the user is asked in it."""
        engine = self._work.engine
        rule = "quit" if engine is None else engine.settings.on_close
        leave = decide(rule=rule, is_live=self.state.is_live, has_tray=self.has_tray, wants_quit=self._wants_quit)
        if leave is Leave.TRAY:
            self._window.hide()
        elif leave is Leave.ASK:
            self._ask()
        return leave is Leave.QUIT

    def quit(self) -> None:
        """End everything, whatever closing means."""
        self._wants_quit = True
        self._window.close()

    def _ask(self) -> None:
        words = Trouble(
            self.tr("It still records. What shall closing the window mean?"),
            self.tr("In the tray it goes on, and the icon says so. You can change this in the settings."),
        )
        self._notice.ask(
            words,
            act=self.tr("Go on in the tray"),
            keep=self.tr("Stop and quit"),
            do=lambda: self._settle("tray", then_quit=False),
            otherwise=lambda: self._settle("quit", then_quit=True),
            is_dangerous=False,
        )
        self._notice.act.setFocus()  # here it is the other button that ends something, and for good

    def _settle(self, rule: str, *, then_quit: bool) -> None:
        engine = self._work.engine
        if engine is not None:
            self._work.runner.submit(
                Lane.STORE,
                lambda _cancel, _report: engine.change_setting("on_close", rule),
                on_error=lambda error: self._notice.show_trouble(error_words(error)),
            )
        if then_quit:
            self.quit()
        else:
            self._window.hide()

    def come_forward(self) -> None:
        """Show the window in front of the others."""
        if self._window.isMinimized():
            self._window.showNormal()
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    # notifications -----------------------------------------------------------------------------------------------
    def look_at_disk(self) -> None:
        """Say it when the disk is nearly full, while something is recorded."""
        engine = self._work.engine
        if engine is not None:
            self._work.runner.submit(
                Lane.IO, lambda _cancel, _report: free_bytes(engine), slot="disk", on_result=self._on_free
            )

    def _on_free(self, n_bytes: int) -> None:
        if n_bytes >= LOW_BYTES or not self.restraint.may_tell(Cause.DISK, is_seen=False, is_wanted=True):
            return
        title = self.tr("The disk is nearly full")
        words = self.tr("{size} GB are free where the memory lies. Make room, or recording will stop.")
        told = words.format(size=f"{n_bytes / 1e9:.1f}")
        if not self._notice.is_asking:
            self._notice.show_trouble(Trouble(title, told))
        if self.is_wanted and not self.is_seen:
            self.tray.tell(title, told)

    def _on_imported(self) -> None:
        model = self._work.import_model
        self._tell(Cause.IMPORTED, self.tr("The import has ended"), f"{model.title()} {model.subtitle()}".strip())

    @property
    def is_wanted(self) -> bool:
        """Whether the user wants notifications."""
        engine = self._work.engine
        return engine is not None and engine.settings.notify == "on"

    @property
    def is_seen(self) -> bool:
        """Whether the window is in front of the user, who needs no notification then."""
        return self._window.isActiveWindow() and not self._window.isMinimized()

    def _tell(self, cause: Cause, title: str, words: str) -> None:
        if self.restraint.may_tell(cause, is_seen=self.is_seen, is_wanted=self.is_wanted):
            self.tray.tell(title, words)


def free_bytes(engine: Engine) -> int:
    """Free bytes where the memory lies."""
    return shutil.disk_usage(engine.memory.home.root).free
