"""The icon in the desktop's tray: what is recorded, and the few things one does without the window.

Role: shows a ``KeepingState`` and tells what was chosen. Where the desktop has no tray, nothing is shown or promised.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from app.ui.capture_state import Keeping, KeepingState
from app.ui.pause_controller import PauseMenu
from app.ui.theme import DARK, LIGHT, build_icon

_SIZES_PX = (16, 22, 32, 48)
_MARKS = {  # of the state, on a logo that is legible on light and dark panels
    Keeping.ON: "#d0402b",
    Keeping.PAUSED: "#b7860b",
    Keeping.INCOGNITO: "#5b5b5b",
    Keeping.FAILING: "#d0402b",
}


class Tray(QObject):
    """The icon, its tool tip and its menu."""

    open_wanted = Signal()
    remember_wanted = Signal()
    pause_wanted = Signal(str)
    go_on_wanted = Signal()
    incognito_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._state: KeepingState | None = None
        self.icon = QSystemTrayIcon(self)
        self.menu = QMenu(parent)
        self.menu.setAccessibleName(self.tr("Madeleine"))
        self.said = self.menu.addAction("")
        self.said.setEnabled(False)
        self.menu.addSeparator()
        self.open = self.menu.addAction(self.tr("Open the window"))
        self.remember = self.menu.addAction(self.tr("Remember this…"))
        self.menu.addSeparator()
        self.lengths = PauseMenu(parent)
        self.menu.addMenu(self.lengths)
        self.go_on = self.menu.addAction(self.tr("Go on"))
        self.incognito = self.menu.addAction(self.tr("Incognito: keep nothing"))
        self.incognito.setCheckable(True)
        self.menu.addSeparator()
        self.quit = self.menu.addAction(self.tr("Stop recording and quit"))
        self.icon.setContextMenu(self.menu)
        self._connect()

    def _connect(self) -> None:
        self.open.triggered.connect(lambda: self.open_wanted.emit())
        self.remember.triggered.connect(lambda: self.remember_wanted.emit())
        self.lengths.length_chosen.connect(self.pause_wanted)
        self.go_on.triggered.connect(lambda: self.go_on_wanted.emit())
        self.incognito.triggered.connect(lambda: self.incognito_wanted.emit())
        self.quit.triggered.connect(lambda: self.quit_wanted.emit())
        self.icon.activated.connect(self._on_activated)
        self.icon.messageClicked.connect(self.open_wanted)

    @staticmethod
    def is_available() -> bool:
        """Whether the desktop has a tray now."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show_state(self, state: KeepingState) -> None:
        """Show what is recorded."""
        self.lengths.setEnabled(state.keeping in (Keeping.ON, Keeping.FAILING))
        self.go_on.setVisible(state.keeping is Keeping.PAUSED)
        self.incognito.setChecked(state.keeping is Keeping.INCOGNITO)
        if state != self._state:
            self._state = state
            self.said.setText(state.words)
            self.icon.setIcon(build_tray_icon(state.keeping))
            self.icon.setToolTip(self.tr("Madeleine: {state}").format(state=state.words))
        may_come = QGuiApplication.platformName() != "offscreen"  # with a panel that starts later: Qt adds it then
        if not self.icon.isVisible() and (may_come or self.is_available()):
            self.icon.show()

    def tell(self, title: str, words: str) -> bool:
        """Show a notification of the desktop; False where there is no way to."""
        if not (self.is_available() and self.icon.isVisible() and self.icon.supportsMessages()):
            return False
        self.icon.showMessage(title, words, build_tray_icon(self._state.keeping if self._state else Keeping.OFF))
        return True

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.open_wanted.emit()


def build_tray_icon(keeping: Keeping) -> QIcon:
    """The logo on a disc, with a mark of the state: a dot while recording, two bars in a pause, a cross when red."""
    icon = QIcon()
    for size_px in _SIZES_PX:
        pixmap = QPixmap(size_px, size_px)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(LIGHT.card))
        painter.drawEllipse(0, 0, size_px, size_px)
        logo = build_icon("madeleine", LIGHT.accent, size_px=size_px)
        inner = round(size_px * 0.76)
        painter.drawPixmap((size_px - inner) // 2, (size_px - inner) // 2, logo.pixmap(QSize(inner, inner), 1.0))
        if keeping in _MARKS:
            _paint_mark(painter, keeping, size_px)
        painter.end()
        icon.addPixmap(pixmap)
    return icon


def _paint_mark(painter: QPainter, keeping: Keeping, size_px: int) -> None:
    side = size_px * 0.56
    left = top = size_px - side
    painter.setBrush(QColor(_MARKS[keeping]))
    painter.drawEllipse(round(left), round(top), round(side), round(side))
    painter.setBrush(QColor(DARK.text))
    bar = max(1.0, side * 0.14)
    middle_x, middle_y, reach = left + side / 2, top + side / 2, side * 0.24
    if keeping is Keeping.PAUSED:
        for x in (middle_x - reach, middle_x + reach - bar):
            painter.drawRect(round(x), round(middle_y - reach), max(1, round(bar)), round(2 * reach))
    elif keeping is Keeping.INCOGNITO:
        painter.drawRect(round(middle_x - reach), round(middle_y - bar / 2), round(2 * reach), max(1, round(bar)))
    elif keeping is Keeping.FAILING:  # an exclamation mark
        painter.drawRect(round(middle_x - bar / 2), round(middle_y - reach), max(1, round(bar)), round(reach * 1.2))
        painter.drawRect(
            round(middle_x - bar / 2), round(middle_y + reach * 0.6), max(1, round(bar)), max(1, round(bar))
        )
