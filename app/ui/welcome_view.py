"""The first-run walk: what is kept and where, what never leaves, what may be recorded, a test of the microphones.

Role: one page to read and to agree on; it tells what was chosen and records nothing. It can be left and opened again.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.consent import Source
from app.ui.buttons import build_button
from app.ui.section import Section, SectionPage, build_words
from app.ui.sound_check_panel import SoundCheckPanel
from app.ui.theme import Theme, scaled_font


class WelcomeView(QWidget):
    """Four cards and two buttons."""

    consent_given = Signal(object, bool)  # a Source, whether it may be recorded
    folder_wanted = Signal()
    left = Signal()
    record_wanted = Signal()
    shown = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Welcome"))
        self.kept = build_words()
        self.check = SoundCheckPanel(theme)
        self.boxes = {
            Source.MICROPHONE: self._box(self.tr("Sound: what the microphone hears, while I record")),
            Source.SCREEN: self._box(self.tr("Screen: pictures of what it shows, while I keep it")),
        }
        for source, box in self.boxes.items():
            box.toggled.connect(lambda is_given, source=source: self.consent_given.emit(source, is_given))
        self.folder = build_button(self.tr("Choose a folder of photos…"))
        self.folder.clicked.connect(self.folder_wanted)
        self.record = build_button(self.tr("Record now"), role="primary")
        self.record.clicked.connect(self.record_wanted)
        self.done = build_button(self.tr("Done"), name=self.tr("Leave this page; the menu opens it again"))
        self.done.clicked.connect(self.left)
        self._arrange()

    @staticmethod
    def _box(words: str) -> QCheckBox:
        box = QCheckBox(words)
        box.setAccessibleName(words)
        return box

    def _arrange(self) -> None:
        title = build_words(self.tr("Welcome. Let us agree on what is remembered."))
        title.setFont(scaled_font(self.font(), 1.5, bold=True))
        page = SectionPage(self.tr("Welcome"))
        page.add(title)
        for section in (self._kept_section(), self._consent_section(), self._test_section()):
            page.add(section)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.done)
        buttons.addWidget(self.record)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(page, 1)
        layout.addLayout(buttons)

    def _kept_section(self) -> Section:
        section = Section(self.tr("What is kept, and where"))
        section.body.addWidget(self.kept)
        stays = self.tr(
            "Nothing leaves this computer: no account, no cloud, no statistics. Only fetching models uses the network, "
            "and only when you ask for it. You can forget any moment, and it is deleted everywhere."
        )
        section.body.addWidget(build_words(stays))
        return section

    def _consent_section(self) -> Section:
        section = Section(
            self.tr("What may be recorded"),
            self.tr(
                "Nothing is recorded before you say so here, and then only while the bar or the tray shows it. "
                "“Remember this” keeps one picture, and what you say to it, each time you ask for it."
            ),
        )
        for box in self.boxes.values():
            section.body.addWidget(box)
        others = self.tr("Others who are heard have to agree as well, in many countries by law: tell them.")
        section.body.addWidget(build_words(others, role="soft"))
        section.add_row(self.folder)
        photos = self.tr("Photos: copies of the pictures in a folder that you choose. The originals are not touched.")
        section.body.addWidget(build_words(photos, role="soft"))
        return section

    def _test_section(self) -> Section:
        section = Section(
            self.tr("Test the microphones in this room"),
            self.tr("With several microphones at known places, Madeleine tells who spoke from where."),
        )
        section.body.addWidget(self.check)
        return section

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self.check.set_theme(theme)

    def show_home(self, home: str) -> None:
        """Say where it is kept."""
        words = self.tr("Words, sound, pictures and where and when they were, in one folder that only you can read:")
        self.kept.setText(f"{words}\n{home}")

    def show_consents(self, given: frozenset[Source]) -> None:
        """Check what was agreed to."""
        for source, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(source in given)
            box.blockSignals(False)
        self.record.setEnabled(Source.MICROPHONE in given)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Somebody reads it."""
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Nobody does any more: the test ends."""
        super().hideEvent(event)
        self.shown.emit(False)
