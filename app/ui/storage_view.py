"""The card that shows what takes space: one bar for everything, a line for each kind, and what rules would free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from app.ui.buttons import build_button
from app.ui.section import Section, build_words
from app.ui.storage_words import (
    budget_words,
    month_words,
    saving_words,
    size_words,
    stored_words,
    total_words,
)
from app.ui.theme import Theme
from app.ui.words import Trouble, translate
from memory.storage import Stored, StoredKind

if TYPE_CHECKING:
    from app.storage import StorageReport

_BAR_H = 14
_DOT_PX = 10


class StorageView(Section):
    """Shows a ``StorageReport``."""

    rules_wanted = Signal(str)  # the name of the setting that frees space
    measure_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(translate("library", "Space"), parent=parent)
        self.theme = theme
        self.report: StorageReport | None = None
        self.measure = build_button(self.tr("Measure again"), role="quiet")
        self.measure.clicked.connect(self.measure_wanted)
        self.add_beside(self.measure)
        self.total = build_words()
        self.bar = _Bar(theme)
        self.month = build_words()
        self.budget = build_words()
        self.savings = build_words()
        self.rules = build_button(self.tr("Change what is kept…"), name=self.tr("Change in the settings what is kept"))
        self.rules.clicked.connect(self._on_rules)
        self._lines = QWidget()
        self._lines.setAccessibleName(self.tr("Space by kind"))
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 4, 0, 4)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        for widget in (self.total, self.bar, self._lines, self.month, self.budget, self.savings):
            self.body.addWidget(widget)
        self.add_row(self.rules)
        self.show_report(None)

    def lines(self) -> list[tuple[str, str]]:
        """What stands there, as (kind, size)."""
        report = self.report
        return [] if report is None else [(name, size) for name, size, _kind in self._iter_lines(report)]

    def show_report(self, report: StorageReport | None, trouble: Trouble | None = None) -> None:
        """Show figures; without any, that they are being counted, or why they could not be."""
        self.report = report
        for widget in (self.bar, self._lines, self.month, self.budget, self.savings, self.rules):
            widget.setVisible(report is not None)
        self.measure.setEnabled(report is not None or trouble is not None)
        if report is None:
            words = trouble.line if trouble else self.tr("Counting what is on the disk…")
            self.total.setText(words)
            return
        self.total.setText(total_words(report))
        self.month.setText(month_words(report))
        self.budget.setText(budget_words(report))
        self.savings.setText("\n".join(saving_words(saving) for saving in report.savings))
        self.savings.setVisible(bool(report.savings))
        self.bar.show_parts(report.storage.stored, self.theme)
        self._show_lines(report)

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self.theme = theme
        self.bar.theme = theme
        if self.report is not None:
            self.show_report(self.report)

    def _iter_lines(self, report: StorageReport) -> list[tuple[str, str, StoredKind | None]]:
        parts = sorted(report.storage.stored, key=lambda part: -part.n_bytes)
        lines: list[tuple[str, str, StoredKind | None]] = [
            (stored_words(part.kind), size_words(part.n_bytes), part.kind) for part in parts if part.n_bytes
        ]
        models = self.tr("Models (shared by all memories of this computer)")
        return [*lines, (models, size_words(report.models_bytes), None)]

    def _show_lines(self, report: StorageReport) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for row, (name, size, kind) in enumerate(self._iter_lines(report)):
            dot = QLabel()
            if kind is not None:
                dot.setStyleSheet(f"background: {find_colour(kind, self.theme)}; border-radius: {_DOT_PX // 2}px;")
            dot.setFixedSize(_DOT_PX, _DOT_PX)
            number = QLabel(size)
            number.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(dot, row, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(QLabel(name), row, 1)
            self._grid.addWidget(number, row, 2)

    def _on_rules(self) -> None:
        savings = self.report.savings if self.report else ()
        self.rules_wanted.emit(savings[0].key if savings else "screen_budget_gb")


class _Bar(QWidget):
    """All bytes in one line, a stretch for each kind; the lines below say the same in words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._parts: tuple[Stored, ...] = ()
        self.setAccessibleName(self.tr("Space by kind, drawn"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        return QSize(200, _BAR_H)

    def show_parts(self, parts: tuple[Stored, ...], theme: Theme) -> None:
        self._parts, self.theme = tuple(sorted(parts, key=lambda part: -part.n_bytes)), theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), _BAR_H / 2, _BAR_H / 2)
        painter.setClipPath(path)
        painter.fillRect(self.rect(), QColor(self.theme.raised))
        total = sum(part.n_bytes for part in self._parts) or 1
        left = 0.0
        for part in self._parts:
            width = self.width() * part.n_bytes / total
            painter.fillRect(QRectF(left, 0, width + 0.5, _BAR_H), QColor(find_colour(part.kind, self.theme)))
            left += width


def find_colour(kind: StoredKind, theme: Theme) -> str:
    """The colour of a kind; what is made anew or is kept apart is grey."""
    grey = (StoredKind.PREVIEWS, StoredKind.BACKUPS, StoredKind.OTHER)
    return theme.wave if kind in grey else theme.voices[[each for each in StoredKind if each not in grey].index(kind)]
