"""A card with a heading, and a page of such cards that scrolls: what the library and the settings are made of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.ui.commands import fold
from app.ui.theme import scaled_font

_WIDTH_PX = 880


class Section(QFrame):
    """One card. Controls that act on all of it stand right of its heading."""

    def __init__(self, title: str, about: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._searched = fold(f"{title} {about}")
        self._found: list[tuple[QWidget, str]] = []
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        heading = QLabel(title)
        heading.setFont(scaled_font(self.font(), 1.15, bold=True))
        self.about = build_words(about)
        self.about.setProperty("role", "soft")
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(heading, 1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 14)
        self.body.setSpacing(8)
        self.body.addLayout(self._head)
        self.body.addWidget(self.about)
        self.about.setVisible(bool(about))  # only now: without a parent it would be a window, and take the keys

    def add_beside(self, widget: QWidget) -> None:
        """Put a control right of the heading."""
        self._head.addWidget(widget)

    def add_found(self, row: QWidget, searched: str) -> None:
        """Add a row that is found by itself, by the words in ``searched`` and those of the heading."""
        self._found.append((row, fold(searched)))
        self.body.addWidget(row)

    def filter(self, parts: Sequence[str]) -> bool:
        """Show only the rows that all of these folded parts of words are in; say whether there were any.

        A card without such rows is shown whole, or not at all.
        """
        is_shown = False
        for row, searched in self._found:
            row.setVisible(all(part in f"{self._searched} {searched}" for part in parts))
            is_shown = is_shown or not row.isHidden()
        if not self._found:
            is_shown = all(part in self._searched for part in parts)
        self.setVisible(is_shown)
        return is_shown

    def add_row(self, *widgets: QWidget) -> None:
        """Put widgets side by side, at the left."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        self.body.addLayout(row)


class SectionPage(QWidget):
    """Cards below each other that scroll, in a column that is not wider than reads well; above it what stays in sight.

    Args:
        name: For screen readers.
        head: What does not scroll.
    """

    def __init__(self, name: str, *, head: Sequence[QWidget] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        above, above_column = _build_column(name)
        for widget in head:
            above_column.addWidget(widget)
        inner, self._column = _build_column(name)
        self._column.setContentsMargins(0, 0, 8, 8)
        self._column.addStretch(1)
        self.area = QScrollArea()
        self.area.setAccessibleName(name)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(above)
        layout.addWidget(self.area, 1)
        above.setVisible(bool(head))

    def add(self, section: QWidget) -> None:
        """Add a card at the end."""
        self._column.insertWidget(self._column.count() - 1, section)

    def show_widget(self, widget: QWidget) -> None:
        """Bring something into sight."""
        self.area.ensureWidgetVisible(widget)

    def show_top(self, section: QWidget) -> None:
        """Bring a card to the top."""
        self.area.verticalScrollBar().setValue(section.y())


def _build_column(name: str) -> tuple[QWidget, QVBoxLayout]:
    """A widget with a column in its middle."""
    inner = QWidget()
    inner.setAccessibleName(name)
    inner.setObjectName("page")
    column = QWidget()
    column.setMaximumWidth(_WIDTH_PX)
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 8, 0)
    layout.setSpacing(12)
    row = QHBoxLayout(inner)
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(column, 20)
    row.addStretch(1)
    return inner, layout


def build_words(text: str = "", *, role: str = "") -> QLabel:
    """A label of plain words that wrap."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    return label
