"""The window: the line on top and, below it, what there is to see.

Role: the shell that is painted first. Everything else (``Workspace``: views, lanes, player) is imported and built after
the first paint, and the memory is opened after that, so that the window is there at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.looks import SYSTEM
from app.ui.buttons import build_button
from app.ui.empty_view import EmptyView
from app.ui.notice import Notice
from app.ui.search_line import SearchLine
from app.ui.theme import THEMES, Theme, apply_theme, build_icon, find_theme, icon_size, scaled_font
from app.ui.window_state import WindowState, read_state, restore_place, restore_size, take_state, write_state

if TYPE_CHECKING:
    from app.engine import Engine
    from app.ui.aloud import Crier
    from app.ui.capture_controller import DeskFactory
    from app.ui.command_palette import CommandPalette
    from app.ui.commands import Commands
    from app.ui.drop_overlay import DropOverlay
    from app.ui.player import Sound
    from app.ui.presence import Presence
    from app.ui.raw_menu import RawMenu
    from app.ui.remember_aside import RememberAside
    from app.ui.screen_controller import ScreenDeskFactory
    from app.ui.shortcut_sheet import ShortcutSheet
    from app.ui.workspace import Workspace

_ROOM_FOR_NAME_PX = 900


def _clock_us() -> int:
    return time.time_ns() // 1000


class MainWindow(QMainWindow):
    """Madeleine's window.

    Args:
        engine_factory: Opens the memory; called in a lane after the window has been painted.
        home_label: Which memory this is, for the title.
        sound: Plays sound; Qt Multimedia when None.
        now_us: The clock.
        theme: Light or dark; as the desktop says when None.
        examples: Questions that the window offers; general ones when there are none.
        desk_factory: Makes the recording desk on the open memory; without it the window does not record.
        screen_factory: Makes the screen desk likewise; without it the window does not keep the screen.
        has_tray: Whether the desktop has a tray; it is asked when None.
        appearance: A name of ``THEMES``, or "system" for what ``theme`` or the desktop says.
        state_file: Where it is kept how the window was left; nowhere when None.
        home: The folder of the memory, to be opened or mended where it cannot be used.
    """

    furnished = Signal()
    ended = Signal()  # closed for good: from the tray too, where Qt sees no window that it could miss

    work: Workspace  # there from ``furnished`` on
    commands: Commands
    palette_card: CommandPalette
    presence: Presence
    aside: RememberAside
    sheet: ShortcutSheet
    raw_menu: RawMenu
    drop_overlay: DropOverlay
    crier: Crier

    def __init__(
        self,
        engine_factory: Callable[[], Engine],
        *,
        home_label: str,
        sound: Sound | None = None,
        now_us: Callable[[], int] = _clock_us,
        theme: Theme | None = None,
        examples: Sequence[str] = (),
        desk_factory: DeskFactory | None = None,
        screen_factory: ScreenDeskFactory | None = None,
        has_tray: bool | None = None,
        appearance: str = SYSTEM,
        state_file: Path | None = None,
        home: Path | None = None,
    ) -> None:
        super().__init__()
        self._home = home
        self._engine_factory = engine_factory
        self._sound = sound
        self._now_us = now_us
        self._examples = tuple(examples)
        self._desk_factory = desk_factory
        self._screen_factory = screen_factory
        self._has_tray = has_tray
        self._appearance = appearance
        self._system_theme = theme  # what the desktop would say, where that is given
        self._painted = False
        self.is_furnished = False
        self.ended_in_time = True
        self.theme = self._choose_theme()
        title = self.tr("Madeleine: {home}").format(home=home_label) if home_label else self.tr("Madeleine")
        self.setWindowTitle(title)
        self.setAccessibleName(self.tr("Madeleine"))
        self.setMinimumSize(640, 480)
        self.resize(1200, 780)
        self._state_file = state_file
        self._state = read_state(state_file) if state_file is not None else WindowState()
        restore_size(self, self._state)
        self.setAcceptDrops(True)
        self._build()
        self._dress(self.theme)
        self.line.setFocus()

    # the shell: painted first ------------------------------------------------------------------------------------
    def _build(self) -> None:
        page = QWidget()
        page.setObjectName("page")
        page.setAccessibleName(self.tr("Page"))
        self.line = SearchLine(self.theme)
        self.ask_button = self._button(self.tr("Ask"), self.tr("Ask the question"), role="primary")
        self.record_button = self._button(self.tr("Record"), self.tr("Record with a microphone (Ctrl+R)"))
        self.record_button.setEnabled(False)
        self.record_button.setVisible(self._desk_factory is not None)
        self.screen_button = self._button(self.tr("Screen"), self.tr("Keep the screen (Ctrl+Shift+S)"))
        self.screen_button.setCheckable(True)
        self.screen_button.setEnabled(False)
        self.screen_button.setVisible(self._screen_factory is not None)
        self.import_button = self._button(self.tr("Import"), self.tr("Import files"))
        self.menu_button = self._button("", self.tr("Menu"))
        self.notice = Notice()
        self.empty_view = EmptyView(self.theme)
        self._layout = QVBoxLayout(page)
        self._layout.setContentsMargins(24, 16, 24, 16)
        self._layout.setSpacing(12)
        self._layout.addLayout(self._build_head())
        self._layout.addWidget(self.notice)
        self._layout.addWidget(self.empty_view, 1)
        self.setCentralWidget(page)

    @staticmethod
    def _button(words: str, name: str, *, role: str = "") -> QPushButton:
        button = build_button(words, name=name, role=role)
        button.setIconSize(icon_size())
        button.setMinimumHeight(40)
        return button

    def _build_head(self) -> QHBoxLayout:
        self.logo = QLabel()
        self.logo.setAccessibleName(self.tr("Madeleine"))
        self.name = QLabel(self.tr("Madeleine"))
        self.name.setFont(scaled_font(self.font(), 1.25, bold=True))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.logo)
        head.addWidget(self.name)
        head.addSpacing(16)
        head.addWidget(self.line, 1)
        head.addWidget(self.ask_button)
        head.addSpacing(8)
        head.addWidget(self.record_button)
        head.addWidget(self.screen_button)
        head.addWidget(self.import_button)
        head.addWidget(self.menu_button)
        return head

    def start(self) -> None:
        """Show the window; the rest follows its first paint."""
        self.show()

    def event(self, event: QEvent) -> bool:
        """Go on once the window has been painted."""
        handled = super().event(event)
        if event.type() == QEvent.Type.Paint and not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._furnish)
        return handled

    # the rest: built after the first paint -----------------------------------------------------------------------
    def _furnish(self) -> None:
        from app.ui.aloud import Crier
        from app.ui.drop_overlay import DropOverlay
        from app.ui.presence import Presence
        from app.ui.remember_aside import RememberAside
        from app.ui.workspace import Workspace

        self.crier = Crier(self)
        self.work = Workspace(
            self._engine_factory,
            line=self.line,
            notice=self.notice,
            empty_view=self.empty_view,
            sound=self._sound,
            now_us=self._now_us,
            theme=self.theme,
            examples=self._examples,
            desk_factory=self._desk_factory,
            screen_factory=self._screen_factory,
            home=self._home,
        )
        self._layout.addWidget(self.work, 1)
        self.drop_overlay = DropOverlay(self.theme, self)
        self.aside = RememberAside(self)
        self.work.opened.connect(self._on_opened)
        self.presence = Presence(self, self.work, self.notice, has_tray=self._has_tray)
        self.presence.tray.remember_wanted.connect(self.aside.ask)
        self.is_furnished = True
        self._build_actions()
        self.ask_button.clicked.connect(lambda: self.work.ask_now(self.line.text().strip()))
        self.record_button.clicked.connect(self.work.capturing.toggle_recording)
        self.work.capturing.capture_changed.connect(self._on_capture_changed)
        self.screen_button.clicked.connect(self.work.capturing.toggle_screen)
        self.work.capturing.screen_changed.connect(self._on_screen_changed)
        self.import_button.clicked.connect(self.choose_files)
        self.empty_view.files_wanted.connect(self.choose_files)
        self.empty_view.folder_wanted.connect(self.choose_folder)
        self.work.library.files_wanted.connect(self.choose_files)
        self.work.library.folder_wanted.connect(self.choose_folder)
        if self._system_theme is None:
            QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme)
            QGuiApplication.styleHints().accessibility().contrastPreferenceChanged.connect(self._on_contrast)
        self.work.settings.appearance_changed.connect(self.set_appearance)
        self.furnished.emit()
        self.work.open_memory()

    def _build_actions(self) -> None:
        """Menu, sheet of keys and palette, all made from the one list of commands."""
        from app.ui.command_list import list_commands
        from app.ui.command_menu import CommandMenu
        from app.ui.command_palette import CommandPalette
        from app.ui.commands import Group
        from app.ui.pause_controller import PauseMenu
        from app.ui.raw_menu import RawMenu
        from app.ui.shortcut_sheet import ShortcutSheet

        settings = self.work.settings.controller
        self.raw_menu = RawMenu(self)
        self.raw_menu.rule_chosen.connect(settings.choose_raw_channels)
        settings.raw_rule_told.connect(self.raw_menu.show_rule)
        self.work.settings_changed.connect(self._on_settings, Qt.ConnectionType.QueuedConnection)
        lengths = PauseMenu(self)
        lengths.length_chosen.connect(self.work.capturing.pauses.begin)
        self.palette_card = CommandPalette(self.theme, self)
        self.commands = list_commands(self)
        self.palette_card.set_commands(self.commands)
        self.sheet = ShortcutSheet(self.commands, self)
        self.presence.keys.changed.connect(lambda: self.sheet.show_desktop_keys(self.presence.keys.rows()))
        self.menu_button.setMenu(CommandMenu(self.commands, self, {Group.CAPTURE: (lengths, self.raw_menu)}))

    def _on_settings(self) -> None:
        """Somebody changed a setting, maybe with the command line."""
        settings = self.work.settings.controller.settings
        if settings is not None:
            self.raw_menu.show_rule(settings.raw_channels)

    def _on_capture_changed(self) -> None:
        """The record button says whether it records, and is red while nothing is kept."""
        model = self.work.capturing.capture_model
        self.record_button.setEnabled(model.is_ready and not model.is_busy)
        words = self.tr("Stop recording (Ctrl+R)") if model.is_on else self.tr("Record with a microphone (Ctrl+R)")
        self.record_button.setAccessibleName(words)
        self.record_button.setToolTip(words)
        self._dress_record_button()

    def _dress_record_button(self) -> None:
        is_on = self.is_furnished and self.work.capturing.capture_model.is_on
        wide = self.width() >= _ROOM_FOR_NAME_PX
        self.record_button.setText((self.tr("Stop") if is_on else self.tr("Record")) if wide else "")
        colour = self.theme.trouble if self.record_button.isEnabled() else self.theme.wave
        self.record_button.setIcon(build_icon("stop" if is_on else "record", colour))

    def _on_screen_changed(self) -> None:
        """The screen button says whether the screen is kept, and is red while it should be and is not."""
        model = self.work.capturing.screen_model
        self.screen_button.setEnabled(model.is_ready and not model.is_busy)
        self.screen_button.setChecked(model.is_on)
        words = self.tr("Stop keeping the screen") if model.is_on else self.tr("Keep the screen")
        self.screen_button.setAccessibleName(words)
        self.screen_button.setToolTip(f"{words} (Ctrl+Shift+S)")
        self._dress_screen_button()

    def _dress_screen_button(self) -> None:
        self.screen_button.setText(self.tr("Screen") if self.width() >= _ROOM_FOR_NAME_PX else "")
        model = self.work.capturing.screen_model if self.is_furnished else None
        colour = self.theme.text if model is None or not model.is_on else self.theme.accent
        self.screen_button.setIcon(build_icon("screenshot", self.theme.trouble if model and model.is_red else colour))

    def step_back(self) -> None:
        """Esc: put away what lies over the page, else step back in it."""
        if self.sheet.isVisible():
            self.sheet.put_away()
        else:
            self.work.step_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Enter presses the button that has the keys; Qt has the space bar alone do so outside of dialogs."""
        focus = self.focusWidget()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
        if is_enter and isinstance(focus, QAbstractButton) and focus.isVisible():
            focus.click()
        else:
            super().keyPressEvent(event)

    def _on_opened(self) -> None:
        restore_place(self, self._state)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """End the work within its time limits, then the window; or go into the tray, as the user said."""
        if self.is_furnished and self._state_file is not None:
            write_state(self._state_file, take_state(self))
        if self.is_furnished and not self.presence.may_close():
            event.ignore()
            return
        self.hide()
        self._painted = True  # a window closed before its first paint is never furnished
        if self.is_furnished:
            self.presence.shut_down()
            self.aside.let_go()
            self.ended_in_time = self.work.shut_down()
        event.accept()
        self.ended.emit()

    # importing ---------------------------------------------------------------------------------------------------
    def choose_files(self) -> None:
        """Let the user choose files to import."""
        names, _filter = QFileDialog.getOpenFileNames(self, self.tr("Import files"))
        self.work.imports.add([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Let the user choose a folder to import."""
        name = QFileDialog.getExistingDirectory(self, self.tr("Import a folder"))
        if name:
            self.work.imports.add([Path(name)])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Welcome files and folders, and words; a picture or an address is taken to say what can be done with it."""
        is_ours = event.source() is not None  # what is dragged out of here is in the memory already
        dragged = event.mimeData()
        if self.is_furnished and not is_ours and (dragged.hasUrls() or dragged.hasImage() or dragged.hasText()):
            event.setDropAction(Qt.DropAction.CopyAction)  # nothing is ever taken away from where it comes from
            event.accept()
            self.drop_overlay.cover()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """They went away."""
        self.drop_overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Import what was dropped."""
        self.drop_overlay.hide()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        dropped = event.mimeData()
        files = [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]
        if files:
            self.work.imports.add(files)
            if len(files) < len(dropped.urls()):
                self.work.tell_addresses_stay()
        elif dropped.hasImage() or dropped.hasUrls():
            self.work.refuse_address()
        else:
            self.work.keep_words(dropped.text())

    # looks -------------------------------------------------------------------------------------------------------
    def set_appearance(self, appearance: str) -> None:
        """Look light, dark, or as the desktop does."""
        self._appearance = appearance
        self._change_theme(self._choose_theme())

    def _choose_theme(self) -> Theme:
        return THEMES.get(self._appearance) or self._system_theme or find_theme()

    def _on_scheme(self, scheme: Qt.ColorScheme) -> None:
        if self._appearance == SYSTEM:
            self._change_theme(find_theme(scheme))

    def _on_contrast(self, _preference: Qt.ContrastPreference) -> None:
        self.set_appearance(self._appearance)

    def _change_theme(self, theme: Theme) -> None:
        if theme is not self.theme:
            self._dress(theme)
            self.work.set_theme(theme)
            self.drop_overlay.theme = theme
        self.palette_card.set_theme(self.theme)

    def _dress(self, theme: Theme) -> None:
        self.theme = self.line.theme = theme
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, theme)
        self.empty_view.set_theme(theme)
        self.logo.setPixmap(build_icon("madeleine", theme.accent, size_px=28).pixmap(icon_size(28)))
        self._dress_record_button()
        self._dress_screen_button()
        self.import_button.setIcon(build_icon("import", theme.text))
        self.menu_button.setIcon(build_icon("menu", theme.text))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Keep overlays over everything; give the line the room of the name when it is scarce."""
        super().resizeEvent(event)
        self.name.setVisible(self.width() >= _ROOM_FOR_NAME_PX)
        self._dress_record_button()
        self._dress_screen_button()
        if self.is_furnished:
            self.sheet.cover()
            self.palette_card.cover()
            self.drop_overlay.setGeometry(self.rect())
