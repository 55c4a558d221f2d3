"""The timeline for screen readers: each item in sight is a child of the strip, in order of lanes and time.

Role: says what is there and where, and does what Enter does. Qt asks for it only while an assistive program runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QRectF
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from app.ui.timeline_view_model import LANES, Item
from app.ui.timeline_words import item_words

if TYPE_CHECKING:
    from app.ui.timeline_strip import TimelineStrip

_kept: list[object] = []  # Qt holds the factory by a bare pointer


def install() -> None:
    """Have Qt ask here for timelines; once a process."""
    if not _kept:
        _kept.append(_build)
        QAccessible.installFactory(_build)


def _build(key: str, thing: QObject | None) -> QAccessibleInterface | None:
    from app.ui.timeline_strip import TimelineStrip

    if not isinstance(thing, TimelineStrip):
        return None
    thing.access = StripAccess(thing)
    return thing.access


class ItemAccess(QAccessibleInterface):
    """One item in sight."""

    def __init__(self, strip: TimelineStrip, item: Item) -> None:
        super().__init__()
        self._strip = strip
        self.item = item

    def isValid(self) -> bool:  # noqa: N802, RUF100 - Qt's name
        """Always."""
        return True

    def object(self) -> QObject | None:  # type: ignore[override]
        """It is painted, and no object of its own."""
        return None

    def parent(self) -> QAccessibleInterface:
        """The strip."""
        return QAccessible.queryAccessibleInterface(self._strip)

    def child(self, _index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """None."""
        return None

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802, RUF100
        """None."""
        return None

    def childCount(self) -> int:  # noqa: N802, RUF100 - Qt's name
        """None."""
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:  # noqa: N802, RUF100 - Qt's name
        """None."""
        return -1

    def text(self, what: QAccessible.Text) -> str:
        """Kind, who, when and the first words."""
        return item_words(self.item, self._strip.model.zone) if what == QAccessible.Text.Name else ""

    def setText(self, _what: QAccessible.Text, _words: str) -> None:  # noqa: N802, RUF100 - Qt's name
        """It cannot be renamed here."""

    def rect(self) -> QRect:
        """Where it was painted, on the screen."""
        rect = (self._strip.rect_of(self.item) or QRectF()).toRect()
        return QRect(self._strip.mapToGlobal(rect.topLeft()), rect.size())

    def role(self) -> QAccessible.Role:
        """An item of a list."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Whether it is chosen."""
        state = QAccessible.State()
        state.selectable = state.focusable = 1
        state.selected = state.focused = int(self._strip.model.chosen == self.item)
        return state


class StripAccess(QAccessibleWidget):
    """The strip, with what is in sight as its children."""

    def __init__(self, strip: TimelineStrip) -> None:
        super().__init__(strip, QAccessible.Role.List, strip.accessibleName())
        self._strip = strip
        self._known: dict[Item, ItemAccess] = {}

    def items(self) -> list[Item]:
        """What is in sight, lane by lane."""
        return [item for lane in LANES for item in self._strip.model.items(lane)]

    def childCount(self) -> int:  # noqa: N802, RUF100 - Qt's name
        """How many items are in sight."""
        return len(self.items())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """An item."""
        items = self.items()
        if not 0 <= index < len(items):
            return None
        item = items[index]
        if len(self._known) > 4 * len(items) + 100:
            self._known = {}
        return self._known.setdefault(item, ItemAccess(self._strip, item))

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802, RUF100 - Qt's name
        """Which item."""
        item = getattr(child, "item", None)
        items = self.items()
        return items.index(item) if item in items else -1

    def text(self, what: QAccessible.Text) -> str:
        """Its name, and what is chosen."""
        if what == QAccessible.Text.Name:
            return self._strip.accessibleName()
        return self._strip.accessibleDescription() if what == QAccessible.Text.Description else ""
