"""The card of privacy: where the memory lies, what is never kept, and the proof that nothing leaves the computer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.network import NetworkLook, look_at_network
from app.ui.buttons import build_button
from app.ui.library_page import open_folder
from app.ui.section import Section, build_words
from app.ui.task_runner import Lane, TaskRunner
from app.ui.words import translate

if TYPE_CHECKING:
    from app.engine import Engine

_SLOT = "privacy-look"


class PrivacySection(Section):
    """Says what holds and shows how it was found out."""

    incognito_wanted = Signal()

    def __init__(self, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(
            translate("privacy", "Privacy"),
            translate(
                "privacy",
                "Nothing leaves this computer. Madeleine opens no connection but to fetch a model, and only when you "
                "press “Fetch”; it waits for no callers, sends no statistics and looks for no updates.",
            ),
            parent=parent,
        )
        self._runner = runner
        self._engine: Engine | None = None
        self.proof = build_words()
        self.again = build_button(self.tr("Look again"), name=self.tr("Look again at open connections"))
        self.again.clicked.connect(self.look)
        self.place = build_words(role="soft")
        self.folder = build_button(self.tr("Open folder"), name=self.tr("Open the folder of the memory"))
        self.folder.clicked.connect(self._on_folder)
        self.never = build_words(
            self.tr(
                "Never kept: private windows of browsers, Madeleine’s own window, a locked screen, and the "
                "applications, titles and addresses that are named above. While incognito is on nothing is kept at "
                "all, neither sound nor screen."
            ),
            role="soft",
        )
        self.incognito = build_button("")
        self.incognito.clicked.connect(self.incognito_wanted)
        self.body.addWidget(self.proof)
        self.add_row(self.again)
        self.body.addWidget(self.place)
        self.add_row(self.folder)
        self.body.addWidget(self.never)
        self.add_row(self.incognito)
        self.show_incognito()

    def set_engine(self, engine: Engine) -> None:
        """The memory is open."""
        self._engine = engine
        self.place.setText(
            self.tr(
                "The memory lies in {folder}; only you can read it. Who can read your files can read it too."
            ).format(folder=engine.memory.home.root)
        )
        self.show_incognito()

    def look(self) -> None:
        """Ask the system which connections are open."""
        self._runner.submit(Lane.IO, lambda _cancel, _report: look_at_network(), slot=_SLOT, on_result=self._on_looked)

    def show_incognito(self) -> None:
        """Say on the button what it does now."""
        is_on = self._engine is not None and self._engine.incognito.is_on
        words = self.tr("End incognito") if is_on else self.tr("Begin incognito")
        self.incognito.setText(words)
        self.incognito.setAccessibleName(words)
        self.incognito.setEnabled(self._engine is not None)

    def _on_looked(self, look: NetworkLook | None) -> None:
        self.proof.setText(proof_words(look))

    def _on_folder(self) -> None:
        if self._engine is not None:
            open_folder(Path(self._engine.memory.home.root))


def proof_words(look: NetworkLook | None) -> str:
    """Say what the system told of open connections."""
    if look is None:
        return translate("privacy", "This system does not tell which connections a program has.")
    if not look.n_sockets:
        return translate(
            "privacy", "Looked just now, as the system tells it: this program has no network connection open."
        )
    if look.n_sockets == 1:
        return translate("privacy", "Looked just now: 1 network connection is open. That is right only while fetching.")
    return translate(
        "privacy", "Looked just now: {n} network connections are open. That is right only while fetching."
    ).format(n=look.n_sockets)
