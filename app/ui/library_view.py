"""The cards of the library: imports, files that failed, and what takes space."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from app.ui.buttons import build_button
from app.ui.import_view_model import ImportViewModel
from app.ui.known_errors import remedy_words
from app.ui.library_controller import FilesRead
from app.ui.row_list import Row, RowList
from app.ui.section import Section, build_words
from app.ui.told_words import told_words
from app.ui.words import Remedy, translate

if TYPE_CHECKING:
    from app.failed import FailedFile

_MOST_LISTED = 500  # nobody reads more, and making their words would hold up the window


class ImportSection(Section):
    """How far the import is, and what can be done about it."""

    files_wanted = Signal()
    folder_wanted = Signal()
    stop_wanted = Signal()
    resume_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("library", "Imports"), parent=parent)
        self.title = build_words()
        self.subtitle = build_words(role="soft")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of the import, in the library"))
        self.files = build_button(self.tr("Import files…"))
        self.files.clicked.connect(self.files_wanted)
        self.folder = build_button(self.tr("Import a folder…"))
        self.folder.clicked.connect(self.folder_wanted)
        self.stop = build_button(self.tr("Cancel"), name=self.tr("Cancel the import"))
        self.stop.clicked.connect(self.stop_wanted)
        self.resume = build_button(self.tr("Go on"), name=self.tr("Go on with what is waiting"), role="primary")
        self.resume.clicked.connect(self.resume_wanted)
        for widget in (self.title, self.subtitle, self.progress):
            self.body.addWidget(widget)
        self.add_row(self.resume, self.stop, self.files, self.folder)

    def show_model(self, model: ImportViewModel, n_waiting: int) -> None:
        """Show the import that runs or has just run, and how many files wait for somebody to go on."""
        is_left = (n_waiting > 0 or model.trouble is not None) and not model.running
        self.title.setText(model.title() or self.tr("Nothing is being imported."))
        told = " · ".join(part for part in (model.subtitle(), model.speed()) if part)
        self.subtitle.setText(_waiting_words(n_waiting) if is_left and model.trouble is None else told)
        self.subtitle.setVisible(bool(self.subtitle.text()))
        share = model.share
        self.progress.setVisible(model.running)
        self.progress.setRange(0, 0 if share is None else 1000)
        if share is not None:
            self.progress.setValue(round(share * 1000))
        self.stop.setVisible(model.running)
        self.stop.setEnabled(not model.stopping)
        self.resume.setVisible(is_left)


class FailedSection(Section):
    """Files that could not be imported, with their reasons."""

    retry_wanted = Signal(object)  # numbers of jobs
    folder_wanted = Signal(object)  # a path
    drop_wanted = Signal(object)
    remedy_wanted = Signal(object)  # a ``Remedy``

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("library", "Files that failed"), parent=parent)
        self._failed: tuple[FailedFile, ...] = ()
        self._is_busy = False
        self.words = build_words(role="soft")
        self.list = RowList(self.tr("Files that could not be imported"), n_visible=5)
        self.list.chosen_changed.connect(self._on_chosen)
        self.list.activated.connect(lambda _index: self._on_retry())
        self.retry = build_button(self.tr("Try again"), name=self.tr("Try the chosen files again"))
        self.retry.clicked.connect(self._on_retry)
        self.retry_all = build_button(self.tr("Try all again"), name=self.tr("Try all failed files again"))
        self.retry_all.clicked.connect(self._on_retry_all)
        self.folder = build_button(self.tr("Open folder"), name=self.tr("Open the folder of the chosen file"))
        self.folder.clicked.connect(self._on_folder)
        self.drop = build_button(
            self.tr("Take off the list"), name=self.tr("Take chosen files off the list that were never kept")
        )
        self.drop.clicked.connect(lambda: self.drop_wanted.emit(self.list.chosen))
        self.models = build_button(remedy_words(Remedy.MODELS), role="primary")
        self.models.clicked.connect(lambda: self.remedy_wanted.emit(Remedy.MODELS))
        self.body.addWidget(self.words)
        self.body.addWidget(self.list)
        self.add_beside(self.models)
        self.add_row(self.retry, self.retry_all, self.folder, self.drop)
        self.show_failed(FilesRead())

    def set_busy(self, is_busy: bool) -> None:
        """While an import is at work none is tried again."""
        if is_busy != self._is_busy:
            self._is_busy = is_busy
            self._on_chosen()

    def show_failed(self, read: FilesRead) -> None:
        """List them."""
        self._failed = read.failed
        self.words.setText(_failed_words(read.failed))
        self.list.show_rows([_to_row(each) for each in read.failed[:_MOST_LISTED]])
        for widget in (self.list, self.retry, self.retry_all, self.folder, self.drop):
            widget.setVisible(bool(read.failed))
        self.models.setVisible(any(each.waits for each in read.failed))
        self._on_chosen()

    def _chosen(self) -> list[FailedFile]:
        numbers = set(self.list.chosen)
        return [each for each in self._failed if each.job in numbers]

    def _on_chosen(self) -> None:
        chosen = self._chosen()
        self.retry.setEnabled(bool(chosen) and not self._is_busy)
        self.retry_all.setEnabled(not self._is_busy)
        self.folder.setEnabled(len(chosen) == 1)
        self.drop.setEnabled(any(not each.is_kept for each in chosen))

    def _on_retry(self) -> None:
        if self.list.chosen and not self._is_busy:
            self.retry_wanted.emit(self.list.chosen)

    def _on_retry_all(self) -> None:
        self.retry_wanted.emit([each.job for each in self._failed])

    def _on_folder(self) -> None:
        chosen = self._chosen()
        if chosen:
            self.folder_wanted.emit(Path(chosen[0].path).parent)


def _to_row(failed: FailedFile) -> Row:
    name = PurePath(failed.path).name or translate("library", "A picture of the screen")
    kept = "" if failed.is_kept else translate("library", "It is not kept: the original is needed.")
    reason = " ".join(part for part in (told_words(failed.error), told_words(failed.hint), kept) if part)
    if failed.waits:  # nothing is wrong with it, and the button that fetches stands above
        reason = translate("library", "It is kept, and read to its end once a model is here.")
    return Row(failed.job, f"{name}\n{reason}", failed.path)


def _failed_words(failed: Sequence[FailedFile]) -> str:
    if not failed:
        return translate("library", "None. A file that cannot be imported is listed here with its reason.")
    n_waiting = sum(each.waits for each in failed)
    n_failed = len(failed) - n_waiting
    parts = []
    if n_failed == 1:
        parts.append(translate("library", "1 file could not be imported."))
    elif n_failed:
        parts.append(translate("library", "{n} files could not be imported.").format(n=f"{n_failed:,}"))
    if n_waiting == 1:
        parts.append(translate("library", "1 file is kept and waits for a model."))
    elif n_waiting:
        parts.append(translate("library", "{n} files are kept and wait for a model.").format(n=f"{n_waiting:,}"))
    if len(failed) > _MOST_LISTED:
        parts.append(translate("library", "The latest {n} are listed.").format(n=_MOST_LISTED))
    return " ".join(parts)


def _waiting_words(n: int) -> str:
    if n == 1:
        return translate("library", "1 file is kept and waits to be read.")
    return translate("library", "{n} files are kept and wait to be read.").format(n=f"{n:,}")
