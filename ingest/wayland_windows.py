"""Which windows a Wayland desktop has: the complete list that compositors of the wlroots kind tell.

Role: listens to zwlr_foreign_toplevel_manager_v1 (sway, Hyprland, labwc, wayfire, river, niri and others) and to the
monitors. It tells titles and states, not places: where a window is, nobody says there.
Source: wlr-foreign-toplevel-management-unstable-v1, version 3; The Wayland Protocol, wl_output version 4.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ingest.screen import Box, NoScreen
from ingest.wayland_wire import PATIENCE_S, Arguments, Global, Wire, WireBroken

MANAGER, OUTPUT = "zwlr_foreign_toplevel_manager_v1", "wl_output"
_MANAGER_VERSION, _OUTPUT_VERSION = 3, 4
_TOPLEVEL, _FINISHED = 0, 1  # events of the manager
_TITLE, _APP, _STATE, _CLOSED = 0, 1, 4, 6  # events of a window
_MINIMIZED, _ACTIVATED = 1, 2  # its states
_DESTROY = 7  # request of a window
GONE = "The desktop does not tell its windows any more."
_MODE, _IS_CURRENT = 1, 1  # event of a monitor, and the flag of the mode that it has now


@dataclass(slots=True)
class OpenWindow:
    """One window as the desktop tells of it; ``box`` is where it surely is, frame and all, None where nobody tells."""

    number: int
    app: str = ""
    title: str = ""
    is_minimized: bool = False
    is_active: bool = False
    box: Box | None = None


class WindowList(Protocol):
    """Who tells which windows are open.

    Attributes:
        n_changes: Grows with whatever may have changed.
        monitors: Those on which the boxes of windows are pixels.
    """

    n_changes: int
    monitors: frozenset[Box]

    def take_in(self) -> None:
        """Hear what has come meanwhile, without waiting.

        Raises:
            NoScreen: nobody tells any more.
        """
        ...

    def list_windows(self) -> list[OpenWindow]:
        """Those that are open now, after all that was told until now has been heard.

        Raises:
            NoScreen: nobody tells any more.
        """
        ...

    def close(self) -> None:
        """Listen no more."""
        ...


class ToplevelList:
    """All windows of the desktop, and whether its monitors are still what they were.

    Args:
        path: Of the compositor's socket; that of the environment by default.
        patience_s: How long it may take to answer.

    Attributes:
        n_outputs: Grows when a monitor comes, goes or changes.
        monitors: None: where windows are is not told.

    Raises:
        NoScreen: there is no compositor.
    """

    def __init__(self, path: Path | None = None, *, patience_s: float = PATIENCE_S) -> None:
        self.n_changes = self.n_outputs = 0
        self.monitors: frozenset[Box] = frozenset()
        self._windows: dict[int, OpenWindow] = {}
        self._outputs: dict[tuple[int, int], bytes] = {}
        self._is_finished = False
        try:
            self._wire = Wire(path, patience_s=patience_s)
        except WireBroken as error:
            raise NoScreen("The desktop cannot be reached.", hint="Start Madeleine inside your desktop.") from error
        try:
            self._wire.round_trip()
            found = self._wire.find(MANAGER)
            self.is_complete = found is not None
            if found is not None:
                self._wire.bind(found, _MANAGER_VERSION, self._on_manager)
            for one in list(self._wire.globals.values()):
                self._watch_output(one)
            self._wire.round_trip()  # the windows
            self._wire.round_trip()  # and what they are called
        except WireBroken as error:
            self.close()
            raise NoScreen("The desktop does not tell its windows.") from error
        self._wire.on_global = self._on_global

    @property
    def n_monitors(self) -> int:
        """How many there are, granted or not."""
        return sum(one.interface == OUTPUT for one in self._wire.globals.values())

    def take_in(self) -> None:
        """Hear what has come meanwhile, without waiting."""
        try:
            self._wire.take_in()
        except WireBroken as error:
            raise NoScreen(GONE) from error
        self._require_told()

    def list_windows(self) -> list[OpenWindow]:
        """Those that are open now."""
        try:
            self._wire.round_trip()
        except WireBroken as error:
            raise NoScreen(GONE) from error
        self._require_told()
        return list(self._windows.values())

    def close(self) -> None:
        """Listen no more."""
        self._wire.close()

    def _require_told(self) -> None:
        if self._is_finished:
            raise NoScreen(GONE)

    def _on_manager(self, opcode: int, arguments: Arguments) -> None:
        self.n_changes += 1
        if opcode == _FINISHED:
            self._is_finished = True
        elif opcode == _TOPLEVEL:
            window = OpenWindow(arguments.unsigned())
            self._windows[window.number] = window
            self._wire.adopt(window.number, lambda opcode, told: self._on_window(window, opcode, told))

    def _on_window(self, window: OpenWindow, opcode: int, told: Arguments) -> None:
        before = (window.title, window.app, window.is_minimized, window.is_active)
        if opcode == _TITLE:
            window.title = told.text()
        elif opcode == _APP:
            window.app = told.text()
        elif opcode == _STATE:
            states = told.array()
            found = struct.unpack(f"={len(states) // 4}I", states[: len(states) // 4 * 4])
            window.is_minimized, window.is_active = _MINIMIZED in found, _ACTIVATED in found
        elif opcode == _CLOSED:
            self.n_changes += 1
            self._windows.pop(window.number, None)
            self._wire.drop(window.number)
            self._wire.send(window.number, _DESTROY)
        if before != (window.title, window.app, window.is_minimized, window.is_active):
            self.n_changes += 1

    def _watch_output(self, one: Global) -> None:
        if one.interface == OUTPUT:
            self._wire.bind(one, _OUTPUT_VERSION, lambda opcode, told: self._on_output(one.number, opcode, told))

    def _on_output(self, number: int, opcode: int, told: Arguments) -> None:
        """A compositor tells a monitor again when its background changes, say: only other words are a change."""
        words = told.rest()
        if opcode == _MODE and not told.unsigned() & _IS_CURRENT:
            return
        if self._outputs.get((number, opcode)) != words:
            self._outputs[number, opcode] = words
            self.n_outputs += 1

    def _on_global(self, one: Global, _is_here: bool) -> None:
        if one.interface == OUTPUT:
            self.n_outputs += 1
