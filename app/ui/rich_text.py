"""Text with links to be read, selected and copied: never edited, never dropped on, never opening anything by itself."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget


class RichText(QTextBrowser):
    """A quiet text browser that tells which link was chosen."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(0)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.anchorClicked.connect(lambda url: self.chosen.emit(url.toString()))

    def show_html(self, html: str) -> None:
        """Show this text and keep the place one reads at."""
        bar = self.verticalScrollBar()
        at = bar.value()
        self.setHtml(html)
        bar.setValue(at)
        self.setAccessibleDescription(self.toPlainText())

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:  # noqa: N802, RUF100 - Qt's name
        """Load nothing: a text never brings pictures or files with it."""
        return None
