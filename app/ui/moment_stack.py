"""A page's own view, and in its place a moment in full while one is open.

Role: what pages share of opening, leaving and going back; which moment it is, is the page's affair. Who goes from a
moment to what lies beside it comes back the way they went.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.ui.aloud import Stack
from app.ui.moment_desk import MomentDesk
from app.ui.moment_view import MomentView
from memory.records import Moment

_MOST_STEPS = 50


class MomentStack(Stack):
    """Two widgets, of which one is seen.

    Args:
        page_view: The page's own.
        moment_view: Shows a moment.
        desk: Reads what belongs to it.
        focus: What has the keys of the page's own view.
    """

    def __init__(self, page_view: QWidget, moment_view: MomentView, desk: MomentDesk, *, focus: QWidget) -> None:
        super().__init__()
        self._page_view, self._moment_view, self._desk, self._focus = page_view, moment_view, desk, focus
        self._way: list[str] = []  # ids of moments one came by; read anew on the way back, for they may be forgotten
        self.addWidget(page_view)
        self.addWidget(moment_view)
        moment_view.back_wanted.connect(self.go_back)

    def open_moment(self, moment: Moment, matched: Sequence[tuple[int, int]] = ()) -> None:
        """Show a moment in full."""
        before = self._moment_view.moment
        if before is not None and before.id != moment.id:
            self._way = [*self._way, before.id][-_MOST_STEPS:]
        self._show(moment, matched)

    def _show(self, moment: Moment, matched: Sequence[tuple[int, int]] = ()) -> None:
        self._desk.show(moment, matched)
        self.setCurrentWidget(self._moment_view)
        self._moment_view.setFocus()

    def close_moment(self) -> None:
        """Go back to the page's own view; who types in the line stays there."""
        self._way = []
        if self._moment_view.moment is None:
            return
        self._desk.close()
        had_focus = self._moment_view.hasFocus() or self._moment_view.isAncestorOf(self.focusWidget())
        self.setCurrentWidget(self._page_view)
        if had_focus:
            self._focus.setFocus()

    def go_back(self) -> None:
        """Go back to the moment one came from, else to the page's own view."""
        if self._way:
            self._desk.find(self._way.pop(), self._on_found)
        else:
            self.close_moment()

    def _on_found(self, moment: Moment | None) -> None:
        if self._moment_view.moment is None:
            return  # it was left meanwhile
        if moment is None:
            self.go_back()
        else:
            self._show(moment)

    def step_back(self) -> bool:
        """Put a line away, select nothing any more, or leave the moment; says whether one was open."""
        if self._moment_view.moment is None:
            return False
        if not self._moment_view.put_away() and not self._moment_view.picture.drop_selection():
            self.go_back()
        return True
