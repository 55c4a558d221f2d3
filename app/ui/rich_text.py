"""Text with links to be read, selected and copied: never edited, never dropped on, never opening anything by itself.

It is a ``QTextEdit`` that one cannot write in, and no ``QTextBrowser``: that is a mere label to a screen reader, which
then says its name and none of its words.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from app.ui.aloud import announce

Link = tuple[int, int, str, str]  # its first position, the one after its last, its address, its tool tip


class RichText(QTextEdit):
    """A quiet text that tells which link was chosen; a caret goes through it by the arrows, Tab from link to link."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setReadOnly(True)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextBrowserInteraction | flags.TextSelectableByKeyboard)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(0)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.setMouseTracking(True)
        self._settle_stop()

    def show_html(self, html: str) -> None:
        """Show this text and keep the place one reads at, by eye and by caret."""
        bar, caret = self.verticalScrollBar(), self.textCursor().position()
        at = bar.value()
        self.setHtml(html)
        cursor = self.textCursor()
        cursor.setPosition(min(caret, max(0, self.document().characterCount() - 1)))
        self.setTextCursor(cursor)
        bar.setValue(at)
        self._settle_stop()

    def _settle_stop(self) -> None:
        """The Tab key stops here where there is something to read."""
        is_empty = self.document().isEmpty()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus if is_empty else Qt.FocusPolicy.StrongFocus)

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:  # noqa: N802, RUF100 - Qt's name
        """Load nothing: a text never brings pictures or files with it."""
        return None

    def links(self) -> list[Link]:
        """All links, in order."""
        found: list[Link] = []
        block = self.document().begin()
        while block.isValid():
            pieces = block.begin()
            while not pieces.atEnd():
                piece = pieces.fragment()
                look = piece.charFormat()
                if look.isAnchor() and look.anchorHref():
                    span = (piece.position(), piece.position() + piece.length())
                    found.append((*span, look.anchorHref(), look.toolTip()))
                pieces += 1
            block = block.next()
        return found

    def _link_at_caret(self) -> str:
        at = self.textCursor().position()
        return next((where for start, end, where, _tip in self.links() if start <= at <= end), "")

    def _leads_on(self, at: QPointF) -> bool:
        """Whether a click there does something."""
        return bool(self.anchorAt(at.toPoint()))

    # Qt's --------------------------------------------------------------------------------------------------------
    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802, FBT001, RUF100 - Qt's name
        """Tab goes to the next link, and after the last one on."""
        cursor, links = self.textCursor(), self.links()
        if forward:
            link = next((each for each in links if each[0] >= cursor.selectionEnd()), None)
        else:
            link = next((each for each in reversed(links) if each[1] <= cursor.selectionStart()), None)
        if link is None or not self.hasFocus():
            if cursor.hasSelection():  # the last link: the next time round begins at the first again
                cursor.setPosition(0)
                self.setTextCursor(cursor)
            return super().focusNextPrevChild(forward)
        cursor.setPosition(link[0])
        cursor.setPosition(link[1], QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        announce(self, link[3])  # its words are said because they are selected
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Enter follows the link at the caret."""
        target = self._link_at_caret() if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) else ""
        if target:
            self.chosen.emit(target)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Show what can be clicked."""
        super().mouseMoveEvent(event)
        leads_on = self._leads_on(event.position())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if leads_on else Qt.CursorShape.IBeamCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """A click on a link follows it; a selection stays one."""
        is_click = event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection()
        target = self.anchorAt(event.position().toPoint()) if is_click else ""
        super().mouseReleaseEvent(event)
        if target:
            self.chosen.emit(target)
