"""The pages of the window and the tabs that lead to them.

Role: a registry. A ``Page`` is one way to use the memory: a view with the one controller behind it. The workspace hands
each page the open memory, what is typed and Esc, and knows nothing else of it; a new page is one more ``add``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.aloud import Stack, announce, give_role
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.engine import Engine


class Page(QWidget):
    """One page. What a page does not need, it does not override.

    Attributes:
        key: Its name in the registry.
        title: What its tab says.
        short_title: What its tab says where there is no room for all titles; the title when empty.
        line_hint: What the line on top says while this page is shown.
        more_keys: Keys that lead to it beside Ctrl and the number of its tab.
        needs_moments: Whether there is nothing to see on it while the memory is empty.
        troubled: Something went wrong that concerns the whole window (a ``Trouble``).
        line_wanted: The focus belongs to the line.
        undoable: A change was made that can be taken back (a ``Step``).
    """

    key = ""
    short_title = ""
    more_keys: tuple[str, ...] = ()
    needs_moments = True
    troubled = Signal(object)
    line_wanted = Signal()
    undoable = Signal(object)

    def __init__(self, title: str, line_hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.line_hint = line_hint
        self._told = ""
        self.setAccessibleName(title)

    def set_engine(self, engine: Engine) -> None:
        """The memory is open."""

    def refresh(self) -> None:
        """The memory has changed: look again."""

    def reread(self) -> None:
        """Voices or places have other names: what is on show is to say so at once."""

    def forget(self, ids: frozenset[str]) -> None:
        """Moments were forgotten: nothing of them may stay on show."""

    def enter(self) -> None:
        """The page comes into sight."""

    def take_typing(self, text: str) -> None:
        """What stands in the line while it is typed."""

    def claims(self, question: str) -> bool:
        """Whether a question is meant for this page, whichever is shown."""
        return False

    def takes(self, question: str) -> bool:
        """Whether a question that no page claims may be asked here."""
        return True

    def ask(self, question: str) -> None:
        """Enter was pressed in the line."""

    def focus_content(self) -> None:
        """The down key was pressed in the line."""

    def stop(self) -> bool:
        """Cancel what the user waits for; say whether there was anything."""
        return False

    @property
    def moment_at_hand(self) -> str | None:
        """The moment that is open or chosen here; None where there is none."""
        return None

    def copy(self) -> bool:
        """Put what the page tells on the clipboard, in plain words; say whether there was anything."""
        return False

    def leave_models(self) -> None:
        """Something is asked on another page: give up what models still do here and nobody waits for."""

    def step_back(self) -> bool:
        """Go back one step; say whether there was one."""
        return False

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""

    def tell_news(self, news: str) -> None:
        """Have it said what has come of a question; once, and only where the page is in sight."""
        if news != self._told and self.isVisible():
            announce(self, news)
        self._told = news


class Pages(QWidget):
    """The tabs, what stands beside them, and the page that is shown."""

    turned = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Pages"))
        self._pages: dict[str, Page] = {}
        self._tabs: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._stack = Stack()
        self.tabs = QWidget()  # stands above the start as well, so that no page is out of reach
        self.tabs.setAccessibleName(self.tr("Tabs"))
        self.tabs.installEventFilter(self)
        self._bar = QHBoxLayout(self.tabs)
        self._bar.setContentsMargins(0, 0, 0, 0)
        self._bar.setSpacing(8)
        self._bar.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack, 1)

    def add(self, page: Page) -> None:
        """Add a page; the first one is shown, the n-th is reached by Ctrl+n (see ``command_list``)."""
        number = len(self._pages) + 1
        tab = QPushButton(page.title)
        give_role(tab, QAccessible.Role.PageTab)
        tab.setProperty("role", "tab")
        tab.setCheckable(True)
        tab.setAccessibleName(page.title)
        tab.setToolTip(self.tr("{title} (Ctrl+{n})").format(title=page.title, n=number))
        tab.clicked.connect(lambda _checked=False, key=page.key: self.show_page(key))
        self._group.addButton(tab)
        self._bar.insertWidget(number - 1, tab)
        self._pages[page.key] = page
        self._tabs[page.key] = tab
        self._stack.addWidget(page)
        self._settle_tab(tab, is_shown=number == 1)

    def add_beside(self, widget: QWidget) -> None:
        """Put a control at the right of the tabs."""
        self._bar.addWidget(widget)

    def __iter__(self) -> Iterator[Page]:
        """All pages, in order of their tabs."""
        return iter(self._pages.values())

    @property
    def current(self) -> Page:
        """The page on show."""
        page = self._stack.currentWidget()
        assert isinstance(page, Page)
        return page

    def tab(self, key: str) -> QPushButton:
        """The tab of a page."""
        return self._tabs[key]

    def choose(self, question: str) -> Page:
        """Turn to the page that a question is meant for: who claims it, else the one on show, else the first."""
        pages = list(self._pages.values())
        wanted = next((page for page in pages if page.claims(question)), None)
        if wanted is None:
            wanted = self.current if self.current.takes(question) else pages[0]
        self.show_page(wanted.key)
        return wanted

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, RUF100 - Qt's name
        """Shorten the titles where they would be cut."""
        if watched is self.tabs and event.type() == QEvent.Type.Resize:
            self._say_titles(short=False)
            if self._bar.sizeHint().width() > self.tabs.width():
                self._say_titles(short=True)
        return False

    def _say_titles(self, *, short: bool) -> None:
        for key, page in self._pages.items():
            words = (short and page.short_title) or page.title
            if self._tabs[key].text() != words:
                self._tabs[key].setText(words)

    def show_page(self, key: str) -> None:
        """Turn to a page."""
        page = self._pages[key]
        for each, tab in self._tabs.items():
            self._settle_tab(tab, is_shown=each == key)
        if page is not self._stack.currentWidget():
            focus = QApplication.focusWidget()
            was_inside = focus is not None and self._stack.isAncestorOf(focus)
            self._stack.setCurrentWidget(page)
            page.enter()
            self.turned.emit(key)
            self._go_along(page, goes_in=was_inside)

    @staticmethod
    def _settle_tab(tab: QPushButton, *, is_shown: bool) -> None:
        """The Tab key stops at the tab of the page on show; from there the arrows lead to the others."""
        tab.setChecked(is_shown)
        tab.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_shown else Qt.FocusPolicy.ClickFocus)

    def _go_along(self, page: Page, *, goes_in: bool) -> None:
        """Whose keys were in the page before has them in this one, and not where Qt happens to go on."""
        if goes_in:
            page.focus_content()
        focus = QApplication.focusWidget()
        if goes_in and (focus is None or not page.isAncestorOf(focus)):
            self._tabs[page.key].setFocus()
        elif focus is None or not self.isAncestorOf(focus):
            announce(self, page.title)
