"""A page's own view, and in its place a moment in full while one is open.

Role: what two pages share of opening, leaving and going back; which moment it is, is the page's affair.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.moment_desk import MomentDesk
from app.ui.moment_view import MomentView
from memory.records import Moment


class MomentStack(QStackedWidget):
    """Two widgets, of which one is seen.

    Args:
        page_view: The page's own.
        moment_view: Shows a moment.
        desk: Reads what belongs to it.
        name: For screen readers.
        focus: What has the keys of the page's own view.
    """

    def __init__(
        self, page_view: QWidget, moment_view: MomentView, desk: MomentDesk, *, name: str, focus: QWidget
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._page_view, self._moment_view, self._desk, self._focus = page_view, moment_view, desk, focus
        self.addWidget(page_view)
        self.addWidget(moment_view)

    def open_moment(self, moment: Moment, matched: Sequence[tuple[int, int]] = ()) -> None:
        """Show a moment in full."""
        self._desk.show(moment, matched)
        self.setCurrentWidget(self._moment_view)
        self._moment_view.setFocus()

    def close_moment(self) -> None:
        """Go back to the page's own view; who types in the line stays there."""
        if self._moment_view.moment is None:
            return
        self._desk.close()
        had_focus = self._moment_view.hasFocus() or self._moment_view.isAncestorOf(self.focusWidget())
        self.setCurrentWidget(self._page_view)
        if had_focus:
            self._focus.setFocus()

    def step_back(self) -> bool:
        """Put a line away, select nothing any more, or leave the moment; says whether one was open."""
        if self._moment_view.moment is None:
            return False
        if not self._moment_view.put_away() and not self._moment_view.picture.drop_selection():
            self.close_moment()
        return True
