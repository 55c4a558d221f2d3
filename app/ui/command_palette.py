"""The command palette: type a few letters of what is to be done, Enter does it.

Role: a line and a list over the window; what fits is found by ``Commands``. Works without a mouse.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.command_menu import keys_words
from app.ui.commands import Command, Commands, group_words
from app.ui.cover import Cover
from app.ui.theme import Theme, scaled_font

_NAME, _KEYS, _GROUP = (Qt.ItemDataRole.UserRole + n for n in range(3))
_ROW_PX, _PAD_PX = 18, 12  # a row is its letters and so much
_WIDTH_PX, _ABOVE_PX, _N_ROWS = 620, 72, 9
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _N_ROWS - 1, Qt.Key.Key_PageUp: 1 - _N_ROWS}


class _Row(QStyledItemDelegate):
    """What it does at the left, its group and its keys at the right."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """As high as its letters."""
        return QSize(0, option.fontMetrics.height() + _ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a row."""
        theme, box = self.theme, option.rect.adjusted(_PAD_PX, 0, -_PAD_PX, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.tint))
            painter.drawRoundedRect(option.rect, 6, 6)
            painter.setBrush(QColor(theme.accent))  # not by the ground alone: a bar as well
            painter.drawRoundedRect(
                QRect(option.rect.left(), option.rect.top() + 6, 3, option.rect.height() - 12), 1, 1
            )
        across = Qt.AlignmentFlag.AlignVCenter
        told = " · ".join(part for part in (index.data(_GROUP), index.data(_KEYS)) if part)
        painter.setPen(QColor(theme.soft))
        painter.drawText(box, across | Qt.AlignmentFlag.AlignRight, told)
        room = box.width() - option.fontMetrics.horizontalAdvance(told) - _PAD_PX
        painter.setPen(QColor(theme.text))
        words = option.fontMetrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, across | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()


class CommandPalette(Cover):
    """Over the whole window while it is open; Esc or a click beside it closes it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._commands = Commands()
        self.setAccessibleName(self.tr("Commands"))
        self.line = QLineEdit()
        self.line.setProperty("role", "field")
        self.line.setAccessibleName(self.tr("Find a command"))
        self.line.setPlaceholderText(self.tr("What is to be done? Type a few letters"))
        self.line.setAcceptDrops(False)  # a dropped file is imported by the window
        self.line.textChanged.connect(lambda _text: self._find())
        self.line.installEventFilter(self)
        self.setFocusProxy(self.line)
        self._found = QStandardItemModel(self)
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Commands that fit"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the line keeps the keys
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setModel(self._found)
        self._row = _Row(theme, self.list)
        self.list.setItemDelegate(self._row)
        self.list.clicked.connect(lambda _index: self._run())
        self.nothing = QLabel(self.tr("Nothing is called that. Fewer letters find more."))
        self.nothing.setProperty("role", "soft")
        self.nothing.setWordWrap(True)
        self._card = QFrame(self)
        self._card.setProperty("role", "card")
        self._card.setAccessibleName(self.tr("Commands"))
        layout = QVBoxLayout(self._card)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        for widget in (self.line, self.list, self.nothing):
            layout.addWidget(widget)
        self.line.setFont(scaled_font(self.font(), 1.1))

    def set_commands(self, commands: Commands) -> None:
        """What can be done in this window."""
        self._commands = commands

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self._row.theme = theme

    def toggle(self) -> None:
        """See ``Cover``: it opens with an empty line."""
        if not self.isVisible():
            self.line.clear()
            self._find()
        super().toggle()

    def cover(self) -> None:
        """See ``Cover``: the card stands in its upper half."""
        super().cover()
        width = min(_WIDTH_PX, self.width() - 32)
        row = self.list.fontMetrics().height() + _ROW_PX
        self.list.setFixedHeight(min(max(1, self._found.rowCount()), _N_ROWS) * row + 4)
        height = min(self._card.sizeHint().height(), self.height() - 16)
        top = min(_ABOVE_PX, (self.height() - height) // 2)
        self._card.setGeometry((self.width() - width) // 2, top, width, height)

    def _find(self) -> None:
        self._found.clear()
        for command in self._commands.find(self.line.text()):
            if command.do != self.toggle:
                self._found.appendRow(self._item(command))
        self.list.setCurrentIndex(self._found.index(0, 0))
        self.list.setVisible(self._found.rowCount() > 0)
        self.nothing.setVisible(self._found.rowCount() == 0)
        self._tell()
        self._card.layout().invalidate()  # type: ignore[union-attr]
        self.cover()

    @staticmethod
    def _item(command: Command) -> QStandardItem:
        item = QStandardItem(command.words)
        keys = keys_words(command.keys)
        item.setData(command.name, _NAME)
        item.setData(keys, _KEYS)
        item.setData(group_words(command.group), _GROUP)
        item.setData(f"{command.words}, {keys}" if keys else command.words, Qt.ItemDataRole.AccessibleTextRole)
        return item

    def _tell(self) -> None:
        """The line keeps the focus, so it tells a screen reader which row is chosen."""
        index = self.list.currentIndex()
        told = index.data(Qt.ItemDataRole.AccessibleTextRole) if index.isValid() else self.nothing.text()
        self.line.setAccessibleDescription(str(told))

    def _move(self, by: int) -> None:
        n = self._found.rowCount()
        if n:
            at = self.list.currentIndex().row() + by
            at = at % n if abs(by) == 1 else min(n - 1, max(0, at))
            self.list.setCurrentIndex(self._found.index(at, 0))
            self._tell()

    def _run(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            name = str(index.data(_NAME))
            self.put_away()
            self._commands.run(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, RUF100 - Qt's name
        """In the line: arrows choose, Enter does it, Esc closes, Tab stays."""
        if watched is self.line and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # while the palette is open its line has all keys, Esc and Ctrl+K too
            return True
        if watched is not self.line or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        is_toggle = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier) and key in (
            Qt.Key.Key_K,
            Qt.Key.Key_P,
        )
        if key in _MOVES:
            self._move(_MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run()
        elif key == Qt.Key.Key_Escape or is_toggle:
            self.put_away()
        else:
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        return True
