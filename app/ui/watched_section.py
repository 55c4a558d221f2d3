"""The card of the watched folders: which there are, how each stands, and adding and removing them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.buttons import build_button
from app.ui.row_list import Row, RowList
from app.ui.section import Section, build_words
from app.ui.watch_controller import WatchController
from app.ui.words import to_local, translate
from app.watched import WatchedFolder


class WatchedSection(Section):
    """Shows a ``WatchController``."""

    folder_wanted = Signal(object)  # a path to open

    def __init__(self, controller: WatchController, parent: QWidget | None = None) -> None:
        super().__init__(
            translate("library", "Watched folders"),
            translate(
                "library",
                "What comes into these folders is imported by itself while this window is open. "
                "Without a window: madeleine capture --watch.",
            ),
            parent=parent,
        )
        self._controller = controller
        self.list = RowList(self.tr("Watched folders"))
        self.list.chosen_changed.connect(self._on_chosen)
        self.words = build_words(role="soft")
        self.add = build_button(self.tr("Add a folder…"), name=self.tr("Watch another folder"))
        self.add.clicked.connect(self._on_add)
        self.remove = build_button(self.tr("Remove"), name=self.tr("Watch the chosen folder no more"))
        self.remove.clicked.connect(self._on_remove)
        self.open = build_button(self.tr("Open folder"), name=self.tr("Open the chosen watched folder"))
        self.open.clicked.connect(self._on_open)
        self.look = build_button(self.tr("Look now"), name=self.tr("Look into the watched folders now"))
        self.look.clicked.connect(controller.look_now)
        self.body.addWidget(self.list)
        self.body.addWidget(self.words)
        self.add_row(self.add, self.remove, self.open, self.look)
        controller.changed.connect(self.show_folders)
        self.show_folders()

    def show_folders(self) -> None:
        """Show how the folders stand."""
        folders = self._controller.folders
        self.list.show_rows([Row(folder.path, f"{folder.path}\n{_state_words(folder)}") for folder in folders])
        self.words.setText(self._state() if folders else "")
        for widget in (self.list, self.words, self.remove, self.open, self.look):
            widget.setVisible(bool(folders))
        self._on_chosen()

    def _state(self) -> str:
        if self._controller.is_incognito:
            return self.tr("Incognito is on: nothing is brought in until it ends.")
        if self._controller.is_held:
            return self.tr("You cancelled an import: nothing is brought in by itself until you look again.")
        if self._controller.looked_us is None:
            return self.tr("Not looked yet.")
        at = to_local(self._controller.looked_us)
        return self.tr("Last look at {time}.").format(time=f"{at:%H:%M:%S}")

    def _on_chosen(self) -> None:
        n_chosen = len(self.list.chosen)
        self.remove.setEnabled(n_chosen == 1)
        self.open.setEnabled(n_chosen == 1)

    def _on_add(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Watch a folder"))
        if name:
            self._controller.add(Path(name))

    def _on_remove(self) -> None:
        for path in self.list.chosen:
            self._controller.remove(path)

    def _on_open(self) -> None:
        for path in self.list.chosen:
            self.folder_wanted.emit(path)


def _state_words(folder: WatchedFolder) -> str:
    if not folder.is_there:
        return translate("library", "Not there now: is its disk connected? It is watched again when it is back.")
    if folder.n_files is None:
        return translate("library", "Watched.")
    if folder.n_files == 0:
        return translate("library", "Watched. No file of the memory came from it yet.")
    if folder.n_files == 1:
        return translate("library", "Watched. 1 file of the memory came from it.")
    return translate("library", "Watched. {n} files of the memory came from it.").format(n=f"{folder.n_files:,}")
