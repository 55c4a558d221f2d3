"""The bar of an import: how far, how long still, stop, and the files that failed with their reasons."""

from __future__ import annotations

from html import escape
from pathlib import PurePath

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.ui.aloud import announce
from app.ui.buttons import build_button
from app.ui.import_view_model import ImportViewModel
from app.ui.known_errors import remedy_words
from app.ui.rich_text import RichText
from app.ui.theme import Theme, build_icon, icon_size, scaled_font
from app.ui.told_words import told_words
from app.ui.words import Remedy

_FAILURES_H = 150
REST_MS = 10_000  # how long a good end is told


class ImportBar(QFrame):
    """Shows an ``ImportViewModel``."""

    stop_wanted = Signal()
    resume_wanted = Signal()
    remedy_wanted = Signal(object)  # a ``Remedy``

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._shows_failures = self._was_running = False
        self._shown_failures: object = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.hide)
        self.setProperty("role", "strip")
        self.setAccessibleName(self.tr("Import"))
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setFont(scaled_font(self.font(), 1.0, bold=True))
        self.title.setWordWrap(True)
        self.subtitle = QLabel()
        self.subtitle.setTextFormat(Qt.TextFormat.PlainText)
        self.subtitle.setProperty("role", "soft")
        self.subtitle.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of the import"))
        self.stop = QPushButton(self.tr("Cancel"))
        self.stop.setAccessibleName(self.tr("Cancel the import"))
        self.stop.clicked.connect(self.stop_wanted)
        self.resume = build_button(self.tr("Try again"), name=self.tr("Try the import again"), role="primary")
        self.resume.clicked.connect(self.resume_wanted)
        self.models = build_button(remedy_words(Remedy.MODELS))
        self.models.clicked.connect(lambda: self.remedy_wanted.emit(Remedy.MODELS))
        self.failures_button = QPushButton()
        self.failures_button.setAccessibleName(self.tr("Show what failed"))
        self.failures_button.clicked.connect(self._on_failures)
        self.dismiss = QPushButton()
        self.dismiss.setProperty("role", "quiet")
        self.dismiss.setAccessibleName(self.tr("Close the import bar"))
        self.dismiss.clicked.connect(self.hide)
        self.failures = RichText(self.tr("Files that could not be imported"))
        self._arrange()
        self.set_theme(theme)
        self.hide()

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(words, 1)
        for button in (self.failures_button, self.models, self.resume, self.stop, self.dismiss):
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.progress)
        layout.addWidget(self.failures)

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self.theme = theme
        self.dismiss.setIcon(build_icon("close", theme.soft))
        self.dismiss.setIconSize(icon_size())

    def show_model(self, model: ImportViewModel) -> None:
        """Show how far the import is."""
        self.title.setText(model.title())
        self.subtitle.setText(model.subtitle())
        self.subtitle.setVisible(bool(model.subtitle()))
        self.progress.setVisible(model.running)
        share = model.share
        self.progress.setRange(0, 0 if share is None else 1000)
        if share is not None:
            self.progress.setValue(round(share * 1000))
        self.stop.setVisible(model.running)
        self.resume.setVisible(model.trouble is not None and not model.running)
        self.stop.setEnabled(not model.stopping)
        self.dismiss.setVisible(not model.running)
        is_quiet_end = model.report is not None and not model.failed and not model.was_stopped
        if is_quiet_end and not model.running:
            self._rest.start()
        else:
            self._rest.stop()
        self._show_failures(model)
        self.show()
        if model.running != self._was_running:
            self._was_running = model.running
            announce(self, f"{model.title()} {model.subtitle()}")

    def _show_failures(self, model: ImportViewModel) -> None:
        failed = model.failed
        if failed is not self._shown_failures:
            self._shown_failures = failed
            self._shows_failures = False
            rows = (
                f"<p><b>{escape(PurePath(each.path).name)}</b><br/>{escape(told_words(each.error))}"
                f' <span style="color:{self.theme.soft}">{escape(told_words(each.hint))}</span></p>'
                for each in failed
                if not each.waits
            )
            self.failures.show_html("".join(rows))
        self.models.setVisible(any(each.waits for each in failed))
        self.failures_button.setVisible(any(not each.waits for each in failed))
        words = self.tr("Hide what failed") if self._shows_failures else self.tr("Show what failed")
        self.failures_button.setText(words)
        self.failures_button.setAccessibleName(words)
        self.failures.setVisible(self._shows_failures)

    def _on_failures(self) -> None:
        self._shows_failures = not self._shows_failures
        self.failures.document().setTextWidth(self.width() - 40)
        self.failures.setFixedHeight(min(_FAILURES_H, round(self.failures.document().size().height()) + 4))
        self.failures.setVisible(self._shows_failures)
        words = self.tr("Hide what failed") if self._shows_failures else self.tr("Show what failed")
        self.failures_button.setText(words)
        self.failures_button.setAccessibleName(words)
