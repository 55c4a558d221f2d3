"""Every control of every page has a name for screen readers and is reached without a mouse. The figures are 0 and 0."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.ui.main_window import MainWindow

CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)
_MOST_STEPS = 2000


def told(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{widget.accessibleName()}” in {type(widget.parentWidget()).__name__}"


def list_controls(window: MainWindow) -> list[QWidget]:
    """What a person could use now; scroll bars follow the wheel and the page keys of what they belong to."""
    return [
        each
        for each in window.findChildren(QWidget)
        if isValid(each)  # a page may let go of a list while this looks
        and isinstance(each, CONTROLS)
        and not isinstance(each, QScrollBar)
        and not each.objectName().startswith("qt_")
        and each.isVisible()
        and each.isEnabled()
    ]


def list_tab_stops(window: MainWindow) -> set[QWidget]:
    """Where the Tab key leads, once around."""
    stops: set[QWidget] = set()
    at: QWidget = window.line
    for _ in range(_MOST_STEPS):
        at = at.nextInFocusChain()
        if at is window.line:
            break
        stop = at.focusProxy() or at
        if stop.focusPolicy() & Qt.FocusPolicy.TabFocus and stop.isVisible() and stop.isEnabled():
            stops.add(stop)
    return stops | {window.line}


def is_reached(widget: QWidget, stops: set[QWidget]) -> bool:
    """By Tab, by keys of its own, or as a part of something that is."""
    if isinstance(widget, QAbstractButton):
        if not widget.shortcut().isEmpty():
            return True
        group = widget.group()
        if group is not None and group.exclusive() and any(each in stops for each in group.buttons()):
            return True  # arrow keys go through an exclusive group
    parent = widget.parentWidget()
    inner = isinstance(parent, QComboBox | QAbstractSpinBox) or isinstance(widget.parent(), QComboBox)
    return widget in stops or (inner and parent in stops)


def test_every_control_has_a_name_and_a_way_without_a_mouse(qtbot: QtBot, window: MainWindow) -> None:
    nameless: set[str] = set()
    mouse_only: set[str] = set()
    keys = [page.key for page in window.work.pages]
    assert len(keys) >= 5
    for key in keys:
        window.commands.run(f"go-{key}")
        qtbot.wait(150)
        stops = list_tab_stops(window)
        controls = list_controls(window)
        assert controls
        nameless |= {f"{key}: {told(each)}" for each in controls if not each.accessibleName()}
        mouse_only |= {f"{key}: {told(each)}" for each in controls if not is_reached(each, stops)}
    window.work.welcome.open_again()
    stops = list_tab_stops(window)
    nameless |= {f"welcome: {told(each)}" for each in list_controls(window) if not each.accessibleName()}
    mouse_only |= {f"welcome: {told(each)}" for each in list_controls(window) if not is_reached(each, stops)}
    assert nameless == set()
    assert mouse_only == set()


def test_every_page_and_every_command_of_the_menu_is_reached_by_keys(window: MainWindow) -> None:
    for page in window.work.pages:
        assert window.commands.get(f"go-{page.key}").keys or len(list(window.work.pages)) > 9
    listed = {command.name for command in window.commands.find("")}
    window.import_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    assert not is_reached(window.import_button, list_tab_stops(window)), "the figure can be other than 0"
    in_menu = {each.name for each in window.commands if each.is_in_menu and each.is_enabled()}
    assert in_menu <= listed, "the palette has all of the menu"


def press_tabs(qtbot: QtBot, window: MainWindow) -> set[QWidget]:
    """Where the Tab key leads when it is pressed, until it is back at the line."""
    stops: set[QWidget] = set()
    window.line.setFocus()
    for _ in range(_MOST_STEPS):
        focus = window.focusWidget()
        assert focus is not None
        stops.add(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        if window.focusWidget() is window.line:
            return stops
    raise AssertionError(f"Tab does not come round: {told(window.focusWidget())}")


def test_the_tab_key_comes_round_each_page_and_to_all_that_is_shown(qtbot: QtBot, window: MainWindow) -> None:
    for page in window.work.pages:
        window.commands.run(f"go-{page.key}")
        qtbot.wait(150)
        stops = press_tabs(qtbot, window)
        left_out = [told(each) for each in list_controls(window) if not is_reached(each, stops)]
        assert left_out == [], page.key


def test_enter_presses_the_button_that_has_the_keys(qtbot: QtBot, window: MainWindow) -> None:
    tab = window.work.pages.tab("library")
    tab.setFocus()
    qtbot.keyClick(tab, Qt.Key.Key_Return)
    assert window.work.pages.current.key == "library"
