"""What a screen reader is told beyond what Qt's widgets tell it: news, and roles that Qt does not give.

Role: two things. ``announce`` has something said that only eyes would notice: an answer that has come, a trouble, that
recording has begun. ``give_role`` makes a widget appear as what it is (a tab, not a check box). Nothing is decided
here, and nothing is seen of it.
Source: Orca's default script says a NOTIFICATION when it begins to show, in every version; AT-SPI's announcements it
hears from version 45 on only (Debian 12 has 43). Where the system is no Linux, Qt hands an announcement on.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAccessibleWidget,
    QApplication,
    QLabel,
    QListView,
    QStackedWidget,
    QWidget,
)

_ROLE = "accessRole"  # property of a widget: the number of its role
_kept: list[object] = []  # Qt holds the factory by a bare pointer


class Crier(QWidget):
    """Has words said; one of a window, a point in its corner that nobody sees.

    Attributes:
        said: What was said last.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.said = ""
        give_role(self, QAccessible.Role.Notification)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(1, 1)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    def say(self, words: str) -> None:
        """Have something said."""
        flat = " ".join(words.split())
        if not flat:
            return
        self.said = flat
        self.setAccessibleName(flat)
        if not QAccessible.isActive():
            return
        if sys.platform in ("darwin", "win32"):
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, flat))
        else:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.ObjectShow))

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """A list that has the keys again: Qt tells of the list, and not of the row one stands on."""
        if QAccessible.isActive() and isinstance(now, QListView) and now.window() is self.window():
            QTimer.singleShot(0, now, lambda: tell_row(now))


def tell_row(view: QAbstractItemView) -> None:
    """Have it said on which row of a list the keys are."""
    index = view.currentIndex()
    if index.isValid() and view.hasFocus():
        event = QAccessibleEvent(view, QAccessible.Event.Focus)
        event.setChild(index.row())
        QAccessible.updateAccessibility(event)


def announce(widget: QWidget, words: str) -> None:
    """Have something said in the window of a widget."""
    crier = widget.window().findChild(Crier)
    if isinstance(crier, Crier):
        crier.say(words)


def give_role(widget: QWidget, role: QAccessible.Role) -> None:
    """Let a widget appear as something else than what its class stands for.

    What assists can still press a button that has another role.
    """
    if not _kept and QApplication.instance() is not None:  # before it, Qt's own factory would be asked first
        _kept.append(_build)
        QAccessible.installFactory(_build)
    widget.setProperty(_ROLE, role.value)
    make_anew(widget)


def make_anew(widget: QWidget) -> None:
    """Let Qt ask again what a widget is.

    Where something assists, Qt has told of the widget while its class was still being made, and as what its base is.
    """
    if QAccessible.isActive():
        old = QAccessible.queryAccessibleInterface(widget)
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(old))


class Stack(QStackedWidget):
    """Widgets of which one is seen; to a screen reader it is nothing, and what it shows lies where it lies."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_role(self, QAccessible.Role.Client)


def _build(_key: str, thing: QObject | None) -> QAccessibleInterface | None:
    number = thing.property(_ROLE) if isinstance(thing, QWidget) else None
    if not isinstance(thing, QWidget) or number is None:
        return None
    access = _Access(thing, QAccessible.Role(number))
    thing._access = access  # type: ignore[attr-defined] # kept as long as the widget, for Qt
    return access


class _Access(QAccessibleWidget):
    """A widget with another role."""

    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role)
        self._widget = widget

    def text(self, what: QAccessible.Text) -> str:
        """The name of a label is what it says."""
        if what == QAccessible.Text.Name and isinstance(self._widget, QLabel):
            return self._widget.text()
        return super().text(what)

    def state(self) -> QAccessible.State:
        """A tab is chosen or not."""
        state = super().state()
        if isinstance(self._widget, QAbstractButton) and self._widget.isCheckable():
            state.selectable = 1
            state.selected = int(self._widget.isChecked())
        return state

    def actionNames(self) -> list[str]:  # noqa: N802, RUF100 - Qt's name
        """A button can be pressed."""
        names = list(super().actionNames())
        return [self.pressAction(), *names] if isinstance(self._widget, QAbstractButton) else names

    def doAction(self, name: str) -> None:  # noqa: N802, RUF100 - Qt's name
        """Press it."""
        if name == self.pressAction() and isinstance(self._widget, QAbstractButton):
            self._widget.click()
        else:
            super().doAction(name)
