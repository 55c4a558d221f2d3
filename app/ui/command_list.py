"""What this window can be told to do.

Role: the one place where a command of the window is written down: name, words, keys, action, group, when enabled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from app.ui.commands import Command, Commands, Group
from app.ui.pause_controller import HOUR, MORNING, QUARTER
from app.ui.words import translate

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.ui.workspace import Workspace


def list_commands(window: MainWindow) -> Commands:
    """All commands of a furnished window."""
    work = window.work
    commands = Commands()
    for family in (_bring_in(window), _capture(window), _look(work), _answer(work), _program(window), _go(window)):
        for command in family:
            commands.add(command)
    return commands


def _is_open(work: Workspace) -> Callable[[], bool]:
    return lambda: work.engine is not None


def _bring_in(window: MainWindow) -> Iterator[Command]:
    yield Command(
        name="import-files",
        words=translate("commands", "Import files…"),
        group=Group.BRING_IN,
        keys=("Ctrl+O",),
        do=window.choose_files,
    )
    yield Command(
        name="import-folder",
        words=translate("commands", "Import a folder…"),
        group=Group.BRING_IN,
        keys=("Ctrl+Shift+O",),
        do=window.choose_folder,
    )


def _capture(window: MainWindow) -> Iterator[Command]:
    work = window.work
    yield Command(
        name="record",
        words=translate("commands", "Record, or stop recording"),
        group=Group.CAPTURE,
        keys=("Ctrl+R",),
        do=work.capturing.toggle_recording,
        is_enabled=lambda: work.capturing.capture is not None and work.capturing.capture_model.is_ready,
    )
    yield Command(
        name="keep-screen",
        words=translate("commands", "Keep the screen, or stop"),
        group=Group.CAPTURE,
        keys=("Ctrl+Shift+S",),
        do=work.capturing.toggle_screen,
        is_enabled=lambda: work.capturing.screens is not None and work.capturing.screen_model.is_ready,
    )
    yield Command(
        name="remember",
        words=translate("commands", "Remember this…"),
        group=Group.CAPTURE,
        keys=("Ctrl+Shift+M",),
        do=window.aside.ask,
        is_enabled=_is_open(work),
    )
    for name, told, words in (
        ("pause-quarter", QUARTER, translate("commands", "Pause recording for 15 minutes")),
        ("pause-hour", HOUR, translate("commands", "Pause recording for an hour")),
        ("pause-morning", MORNING, translate("commands", "Pause recording until tomorrow morning")),
    ):
        yield Command(
            name=name,
            words=words,
            group=Group.CAPTURE,
            keys=("Ctrl+Shift+H",) if told == QUARTER else (),
            do=lambda told=told: work.capturing.pauses.begin(told),  # type: ignore[misc]
            is_enabled=_is_open(work),
            is_in_menu=False,
        )
    yield Command(
        name="go-on",
        words=translate("commands", "Go on after a pause"),
        group=Group.CAPTURE,
        keys=("Ctrl+Shift+G",),
        do=work.capturing.go_on,
        is_enabled=lambda: work.capturing.is_paused,
        is_in_menu=False,
    )
    yield Command(
        name="incognito",
        words=translate("commands", "Incognito: keep nothing, or end it"),
        group=Group.CAPTURE,
        keys=("Ctrl+Shift+N",),
        do=work.capturing.toggle_incognito,
        is_enabled=_is_open(work),
    )


def _look(work: Workspace) -> Iterator[Command]:
    yield Command(
        name="show-on-timeline",
        words=translate("commands", "Show on the timeline"),
        group=Group.LOOK,
        keys=("Ctrl+T",),
        do=work.show_on_timeline,
    )
    yield Command(
        name="how-photos-are-found",
        words=translate("commands", "How photos are found"),
        group=Group.LOOK,
        do=work.tell_sight,
        is_enabled=_is_open(work),
    )


def _answer(work: Workspace) -> Iterator[Command]:
    yield Command(
        name="copy-answer",
        words=translate("commands", "Copy what is told here, with its sources"),
        group=Group.LOOK,
        keys=("Ctrl+Shift+C",),
        do=lambda: work.pages.current.copy(),
        is_enabled=_is_open(work),
        is_in_menu=False,
    )
    yield Command(
        name="forget-asked",
        words=translate("commands", "Forget what was asked…"),
        group=Group.PROGRAM,
        do=work.questions.confirm_forget_asked,
        is_enabled=_is_open(work),
        is_in_menu=False,
    )


def _program(window: MainWindow) -> Iterator[Command]:
    yield Command(
        name="palette",
        words=translate("commands", "Find a command…"),
        group=Group.PROGRAM,
        keys=("Ctrl+K", "Ctrl+Shift+P"),
        do=window.palette_card.toggle,
    )
    yield Command(
        name="undo",
        words=translate("commands", "Undo the last change"),
        group=Group.PROGRAM,
        keys=("Ctrl+Z",),
        do=window.work.undo.undo,
        is_enabled=lambda: not window.work.undo.is_empty,
    )
    yield Command(
        name="keys",
        words=translate("commands", "Keyboard shortcuts"),
        group=Group.PROGRAM,
        keys=("F1",),
        do=lambda: window.sheet.toggle(),
    )
    yield Command(
        name="welcome",
        words=translate("commands", "Welcome: what is kept, consent, test of the microphones"),
        group=Group.PROGRAM,
        do=window.work.welcome.open_again,
        is_enabled=_is_open(window.work),
    )
    yield Command(
        name="quit",
        words=translate("commands", "Quit"),
        group=Group.PROGRAM,
        keys=("Ctrl+Q",),
        do=window.presence.quit,
    )


def _go(window: MainWindow) -> Iterator[Command]:
    work = window.work
    for number, page in enumerate(work.pages, start=1):
        yield Command(
            name=f"go-{page.key}",
            words=page.title,
            group=Group.GO,
            keys=(f"Ctrl+{number}", *page.more_keys) if number < 10 else page.more_keys,
            do=lambda key=page.key: work.pages.show_page(key),  # type: ignore[misc]
            is_in_menu=not page.needs_moments,
        )
    yield Command(
        name="go-line",
        words=translate("commands", "The line on top"),
        group=Group.GO,
        keys=("Ctrl+L", "/"),
        do=work.focus_line,
        is_in_menu=False,
    )
    yield Command(
        name="step-back",
        words=translate("commands", "Stop, go back"),
        group=Group.GO,
        keys=("Escape",),
        do=window.step_back,
        is_listed=False,
        is_in_menu=False,
    )
