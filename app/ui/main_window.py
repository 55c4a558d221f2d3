"""The window: the line on top, one page below it, notices and the import bar; it joins views and controllers.

Role: arranges and connects. What is shown comes from view models, what is done from controllers.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui.ask_controller import AskController
from app.ui.ask_view import AskView
from app.ui.ask_view_model import AskViewModel, Phase
from app.ui.cards_model import CardsModel
from app.ui.cards_view_model import has_picture, has_sound
from app.ui.drop_overlay import DropOverlay
from app.ui.empty_view import EmptyView
from app.ui.fetching import find_sound, read_neighbours, read_picture, read_wave
from app.ui.import_bar import ImportBar
from app.ui.import_controller import ImportController
from app.ui.import_view_model import ImportViewModel
from app.ui.moment_view import MomentView
from app.ui.notice import Notice
from app.ui.player import Player, Sound
from app.ui.search_line import SearchLine
from app.ui.shortcut_sheet import ShortcutSheet
from app.ui.task_runner import Lane, TaskRunner
from app.ui.theme import Theme, apply_theme, build_icon, find_theme, icon_size, scaled_font
from app.ui.words import Trouble, error_words
from memory.records import Moment

if TYPE_CHECKING:
    from app.engine import Engine

_log = logging.getLogger(__name__)
_LANES_LIMIT_S = 8.0
_CLOSE_LIMIT_S = 8.0


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
    """

    opened = Signal()

    def __init__(
        self,
        engine_factory: Callable[[], Engine],
        *,
        home_label: str,
        sound: Sound | None = None,
        now_us: Callable[[], int] = _clock_us,
        theme: Theme | None = None,
    ) -> None:
        super().__init__()
        self._engine_factory = engine_factory
        self._now_us = now_us
        self._follows_desktop = theme is None
        self.theme = theme or find_theme()
        self.engine: Engine | None = None
        self.ended_in_time = True
        self.runner = TaskRunner(self)
        self.player = Player(self, sound=sound)
        self.ask_model, self.import_model = AskViewModel(), ImportViewModel()
        self.ask = AskController(self.ask_model, self.runner, now_us, self)
        self.imports = ImportController(self.import_model, self.runner, self)
        self.setWindowTitle(self.tr("Madeleine: {home}").format(home=home_label))
        self.setAccessibleName(self.tr("Madeleine"))
        self.setMinimumSize(640, 480)
        self.resize(1200, 780)
        self.setAcceptDrops(True)
        self._build()
        self._build_actions()
        self._connect()
        self._dress(self.theme)
        self.show_page()
        self.line.setFocus()

    # building ----------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        theme = self.theme
        page = QWidget()
        page.setObjectName("page")
        page.setAccessibleName(self.tr("Page"))
        self.line = SearchLine(theme)
        self.ask_button = self._button(self.tr("Ask"), self.tr("Ask the question"), role="primary")
        self.import_button = self._button(self.tr("Import"), self.tr("Import files"))
        self.menu_button = self._button("", self.tr("Menu"))
        self.notice = Notice()
        self.cards = CardsModel(
            self.ask_model.cards, fetch_picture=self.ask.fetch_picture, fetch_wave=self.ask.fetch_wave, parent=self
        )
        self.empty_view = EmptyView(theme)
        self.ask_view = AskView(self.cards, self.player, theme)
        self.moment_view = MomentView(self.player, theme)
        self.pages = QStackedWidget()
        self.pages.setAccessibleName(self.tr("Pages"))
        for view in (self.empty_view, self.ask_view, self.moment_view):
            self.pages.addWidget(view)
        self.import_bar = ImportBar(theme)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(self._build_head())
        layout.addWidget(self.notice)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.import_bar)
        self.setCentralWidget(page)
        self.sheet = ShortcutSheet(self)
        self.drop_overlay = DropOverlay(theme, self)

    @staticmethod
    def _button(words: str, name: str, *, role: str = "") -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setProperty("role", role)
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
        head.addWidget(self.import_button)
        head.addWidget(self.menu_button)
        return head

    def _build_actions(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("Menu"))
        rows: tuple[tuple[str, str, Callable[[], object]], ...] = (
            (self.tr("Import files…"), "Ctrl+O", self.choose_files),
            (self.tr("Import a folder…"), "Ctrl+Shift+O", self.choose_folder),
            (self.tr("Keyboard shortcuts"), "F1", self.sheet.toggle),
            (self.tr("Quit"), "Ctrl+Q", self.close),
        )
        for n, (words, keys, do) in enumerate(rows):
            action = QAction(words, self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _checked=False, do=do: do())
            self.addAction(action)
            menu.addAction(action)
            if n in (1, 2):
                menu.addSeparator()
        self.menu_button.setMenu(menu)
        for key, act in (("Ctrl+L", self.focus_line), ("/", self.focus_line), ("Escape", self.step_back)):
            action = QAction(self)
            action.setShortcut(QKeySequence(key))
            action.triggered.connect(act)
            self.addAction(action)

    def _connect(self) -> None:
        self.line.typed.connect(self._on_typed)
        self.line.asked.connect(self._on_asked)
        self.line.left_down.connect(self.ask_view.focus_cards)
        self.ask_button.clicked.connect(lambda: self._on_asked(self.line.text().strip()))
        self.import_button.clicked.connect(self.choose_files)
        self.empty_view.files_wanted.connect(self.choose_files)
        self.empty_view.folder_wanted.connect(self.choose_folder)
        self.empty_view.retry_wanted.connect(self.open_memory)
        self.ask.changed.connect(self._on_question_changed)
        self.ask.troubled.connect(self.notice.show_trouble)
        answer, cards = self.ask_view.answer, self.ask_view.cards
        answer.example_chosen.connect(self._on_example)
        answer.stop_wanted.connect(self.ask.stop)
        cards.play_wanted.connect(lambda moment: self.play(moment, -1.0))
        cards.open_wanted.connect(self.open_moment)
        cards.forget_wanted.connect(self.confirm_forget)
        cards.left_up.connect(self.focus_line)
        self.ask_view.delegate.play_clicked.connect(lambda moment: self.play(moment, -1.0))
        self.ask_view.delegate.seek_clicked.connect(self.play)
        self.moment_view.back_wanted.connect(self.close_moment)
        self.moment_view.play_wanted.connect(self.play)
        self.moment_view.forget_wanted.connect(self.confirm_forget)
        self.import_bar.stop_wanted.connect(self.imports.stop)
        self.imports.changed.connect(lambda: self.import_bar.show_model(self.import_model))
        self.imports.done.connect(self.ask.refresh)
        self.player.changed.connect(self.ask_view.cards.viewport().update)
        self.player.failed.connect(lambda words: self.notice.show_trouble(Trouble(words)))
        if self._follows_desktop:
            QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme)

    # opening and closing -----------------------------------------------------------------------------------------
    def open_memory(self) -> None:
        """Open the memory in a lane."""
        self.empty_view.show_opening()
        factory = self._engine_factory
        self.runner.submit(
            Lane.STORE,
            lambda _cancel, _report: factory(),
            slot="open",
            on_result=self._on_opened,
            on_error=lambda error: self.empty_view.show_trouble(error_words(error)),
        )

    def _on_opened(self, engine: Engine) -> None:
        self.engine = engine
        self.ask.set_engine(engine)
        self.imports.set_engine(engine)
        self.opened.emit()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Stop, cancel, join, close; each step with a time limit (style.md, Qt 5)."""
        self.hide()
        self.player.stop()
        self.ended_in_time = self.runner.shutdown(_LANES_LIMIT_S)
        _log.info("lanes joined: %s", self.ended_in_time)
        engine, self.engine = self.engine, None
        if engine is not None:
            closing = threading.Thread(target=engine.close, name="close-engine", daemon=True)
            closing.start()
            closing.join(_CLOSE_LIMIT_S)
            self.ended_in_time = self.ended_in_time and not closing.is_alive()
            _log.info("memory closed: %s", not closing.is_alive())
        event.accept()

    # the line ----------------------------------------------------------------------------------------------------
    def focus_line(self) -> None:
        """Go to the line and select what stands there."""
        self.line.setFocus()
        self.line.selectAll()

    def step_back(self) -> None:
        """Esc: put away, stop, go back or clear, whichever comes first."""
        if self.sheet.isVisible():
            self.sheet.hide()
        elif self.notice.isVisible():
            self.notice.put_away()
        elif self.ask.stop():
            return
        elif self.pages.currentWidget() is self.moment_view:
            self.close_moment()
        elif self.line.text():
            self.line.clear()
            self.ask.search("")
            self.line.setFocus()

    def _on_typed(self, text: str) -> None:
        self.close_moment()
        self.ask.search(text)

    def _on_asked(self, text: str) -> None:
        if not text:
            self.line.setFocus()
            return
        self.close_moment()
        self.notice.put_away()
        self.ask.ask(text)

    def _on_example(self, question: str) -> None:
        self.line.setText(question)
        self._on_asked(question)

    def _on_question_changed(self) -> None:
        self.ask_view.show_model(self.ask_model)
        self.show_page()

    def show_page(self) -> None:
        """Show the page that fits: the moment, the start, or the question."""
        if self.moment_view.moment is not None:
            self.pages.setCurrentWidget(self.moment_view)
        elif self.engine is None or self.ask_model.n_moments is None:
            self.pages.setCurrentWidget(self.empty_view)
        elif self.ask_model.n_moments == 0 and self.ask_model.phase is Phase.IDLE:
            self.empty_view.show_empty()
            self.pages.setCurrentWidget(self.empty_view)
        else:
            self.pages.setCurrentWidget(self.ask_view)

    # moments -----------------------------------------------------------------------------------------------------
    def _find_moment(self, moment: str) -> Moment | None:
        row = self.cards.find(moment)
        card = self.cards.card(row) if row is not None else None
        return card.moment if card else self.moment_view.find_moment(moment)

    def open_moment(self, moment: str) -> None:
        """Show a moment in full."""
        found, engine = self._find_moment(moment), self.engine
        if found is None or engine is None:
            return
        view = self.moment_view
        view.show_moment(found, self._now_us())
        self.show_page()
        view.setFocus()
        self.runner.submit(
            Lane.IO, lambda _c, _r: read_neighbours(engine, found), slot="neighbours", on_result=view.set_neighbours
        )
        if has_picture(found):
            self.runner.submit(
                Lane.IO, lambda _c, _r: read_picture(engine, found), slot="picture", on_result=view.picture.set_image
            )
        if has_sound(found):
            self.runner.submit(
                Lane.IO, lambda _c, _r: read_wave(engine, found), slot="wave", on_result=view.sound.set_peaks
            )

    def close_moment(self) -> None:
        """Go back to the evidence."""
        if self.moment_view.moment is None:
            return
        for slot in ("neighbours", "picture", "wave"):
            self.runner.drop(slot)
        self.moment_view.moment = None
        self.show_page()
        self.ask_view.cards.setFocus()

    def play(self, moment: str, share: float) -> None:
        """Play a moment from ``share`` of it (0 to 1), or hold and go on when ``share`` is negative."""
        if self.player.moment == moment:
            if share < 0:
                self.player.toggle()
            else:
                self.player.seek(share)
            return
        found, engine = self._find_moment(moment), self.engine
        if found is None or engine is None or found.media is None or not has_sound(found):
            return
        media = found.media

        def start(path: Path | None) -> None:
            if path is not None:
                self.player.play(
                    moment, path, offset_s=media.offset_s, length_s=media.duration_s, at_share=max(0.0, share)
                )

        self.runner.submit(
            Lane.IO,
            lambda _cancel, _report: find_sound(engine, found),
            slot="play",
            on_result=start,
            on_error=lambda error: self.notice.show_trouble(error_words(error)),
        )

    def confirm_forget(self, moment: str) -> None:
        """Ask in the page before a moment is deleted."""
        words = Trouble(self.tr("Forget this moment?"), self.tr("It is deleted everywhere and cannot be brought back."))
        self.notice.ask(words, act=self.tr("Forget"), keep=self.tr("Keep"), do=lambda: self._forget(moment))

    def _forget(self, moment: str) -> None:
        if self.player.moment == moment:
            self.player.stop()

        def then() -> None:
            if self.moment_view.moment is not None and self.moment_view.moment.id == moment:
                self.close_moment()
            self.ask_view.cards.setFocus()

        self.ask.forget(moment, then=then)

    # importing ---------------------------------------------------------------------------------------------------
    def choose_files(self) -> None:
        """Let the user choose files to import."""
        names, _filter = QFileDialog.getOpenFileNames(self, self.tr("Import files"))
        self.imports.add([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Let the user choose a folder to import."""
        name = QFileDialog.getExistingDirectory(self, self.tr("Import a folder"))
        if name:
            self.imports.add([Path(name)])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Welcome files and folders."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.drop_overlay.cover()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """They went away."""
        self.drop_overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Import what was dropped."""
        self.drop_overlay.hide()
        event.acceptProposedAction()
        self.imports.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    # looks -------------------------------------------------------------------------------------------------------
    def _on_scheme(self, scheme: Qt.ColorScheme) -> None:
        self._dress(find_theme(scheme))
        self.ask_view.show_model(self.ask_model)

    def _dress(self, theme: Theme) -> None:
        self.theme = theme
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, theme)
        self.line.theme = self.drop_overlay.theme = theme
        for view in (self.empty_view, self.ask_view, self.moment_view, self.import_bar):
            view.set_theme(theme)
        self.logo.setPixmap(build_icon("madeleine", theme.accent, size_px=28).pixmap(icon_size(28)))
        self.import_button.setIcon(build_icon("import", theme.text))
        self.menu_button.setIcon(build_icon("menu", theme.text))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Keep overlays over everything; give the line the room of the name when it is scarce."""
        super().resizeEvent(event)
        self.sheet.setGeometry(self.rect())
        self.drop_overlay.setGeometry(self.rect())
        self.name.setVisible(self.width() >= 900)

    def start(self) -> None:
        """Show the window, and open the memory once it has been painted."""
        self.show()
        QTimer.singleShot(0, self.open_memory)
