"""The page of the library: what comes in, what failed, and what takes space."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.import_controller import ImportController
from app.ui.library_controller import LibraryController
from app.ui.library_view import FailedSection, ImportSection
from app.ui.pages import Page
from app.ui.section import SectionPage
from app.ui.storage_view import StorageView
from app.ui.task_runner import TaskRunner
from app.ui.theme import Theme
from app.ui.watch_controller import WatchController
from app.ui.watched_section import WatchedSection

if TYPE_CHECKING:
    from app.engine import Engine


def open_folder(folder: Path) -> None:
    """Show a folder in the desktop's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


class LibraryPage(Page):
    """What the memory is fed with and what it weighs.

    Args:
        runner: The lanes.
        imports: What the bar of imports shows as well.
        theme: Light or dark.
        show_folder: Opens a folder in the file manager.
    """

    key = "library"
    needs_moments = False
    files_wanted = Signal()
    folder_wanted = Signal()
    setting_wanted = Signal(str)

    def __init__(
        self,
        runner: TaskRunner,
        imports: ImportController,
        *,
        theme: Theme,
        show_folder: Callable[[Path], None] = open_folder,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", "", parent)
        self.title = self.tr("Library")
        self.line_hint = self.tr("Search, or ask a question and press Enter")
        self.setAccessibleName(self.title)
        self._imports = imports
        self.controller = LibraryController(runner, self)
        self.importing = ImportSection()
        self.failed = FailedSection()
        self.watching = WatchController(runner, imports, self)
        self.watched = WatchedSection(self.watching)
        self.space = StorageView(theme)
        self.cards = SectionPage(self.tr("Cards of the library"))
        for section in (self.importing, self.failed, self.watched, self.space):
            self.cards.add(section)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.cards)
        self._connect(show_folder)
        self._on_changed()

    def _connect(self, show_folder: Callable[[Path], None]) -> None:
        self.controller.changed.connect(self._on_changed)
        self.controller.troubled.connect(self.troubled)
        self._imports.changed.connect(self._on_imports)
        self.importing.files_wanted.connect(self.files_wanted)
        self.importing.folder_wanted.connect(self.folder_wanted)
        self.importing.stop_wanted.connect(self._imports.stop)
        self.importing.resume_wanted.connect(self._imports.resume)
        self.failed.retry_wanted.connect(self._imports.retry)
        self.failed.folder_wanted.connect(show_folder)
        self.failed.drop_wanted.connect(self.controller.drop)
        self.watched.folder_wanted.connect(show_folder)
        self.watching.troubled.connect(self.troubled)
        self.watching.undoable.connect(self.undoable)
        self.space.measure_wanted.connect(self.controller.measure)
        self.space.rules_wanted.connect(self.setting_wanted)

    # what every page hears ---------------------------------------------------------------------------------------
    def set_engine(self, engine: Engine) -> None:
        """See ``Page``."""
        self.controller.set_engine(engine)
        self.watching.set_engine(engine)
        if self.isVisible():
            self.enter()

    def refresh(self) -> None:
        """See ``Page``."""
        if self.isVisible():
            self.enter()

    def enter(self) -> None:
        """See ``Page``."""
        self.controller.read()
        self.watching.read()

    def takes(self, question: str) -> bool:
        """See ``Page``: questions are for the first page."""
        return False

    def focus_content(self) -> None:
        """See ``Page``."""
        (self.failed.list if self.failed.list.isVisible() else self.importing.files).setFocus()

    def set_theme(self, theme: Theme) -> None:
        """See ``Page``."""
        self.space.set_theme(theme)

    # slots -------------------------------------------------------------------------------------------------------
    def _on_imports(self) -> None:
        """Progress comes twenty times a second: only what it changes is shown anew."""
        if self.isVisible():
            self.importing.show_model(self._imports.model, self.controller.files.n_waiting)
        self.failed.set_busy(self._imports.model.running)

    def _on_changed(self) -> None:
        self.importing.show_model(self._imports.model, self.controller.files.n_waiting)
        self.failed.show_failed(self.controller.files)
        self.space.show_report(self.controller.report, self.controller.space_trouble)
