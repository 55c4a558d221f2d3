"""What Windows and macOS tell of their windows, by stand-ins for their libraries, and how it lies in the picture.

Neither system is here: these hold what our side does with the answers that the manuals promise.
"""

from __future__ import annotations

import ctypes
import os
from dataclasses import dataclass, field
from typing import Any

import pytest

from ingest.desktop_told import Layout, ToldScreen
from ingest.macos_windows import MacDesktop
from ingest.screen import Box, NoScreen, Window
from ingest.win32_windows import Win32Desktop


def test_magnified_monitors_lie_beside_each_other_and_windows_over_both_are_around_their_parts() -> None:
    layout = Layout([ToldScreen("A", Box(0, 0, 100, 50), (200, 100)), ToldScreen("B", Box(-80, 10, 0, 60), (80, 50))])
    assert [(m.name, m.box) for m in layout.monitors] == [("A", Box(0, 0, 200, 100)), ("B", Box(200, 0, 280, 50))]
    inside = Window(id=1, app="a", title="t", box=Box(10, 10, 30, 20), hides=(Box(11, 11, 29, 19),))
    assert layout.place(inside).box == Box(20, 20, 60, 40)
    assert layout.place(inside).hides == (Box(22, 22, 58, 38),)
    over = Window(id=2, app="a", title="t", box=Box(-10, 20, 10, 30), hides=(Box(-10, 20, 10, 30),))
    assert layout.place(over).box == Box(0, 10, 280, 60)
    assert layout.place(over).hides == (Box(0, 40, 20, 60), Box(270, 10, 280, 20))
    assert layout.place(Window(id=3, app="", title="", box=Box(500, 0, 510, 10))).box.is_empty
    thirds = Layout([ToldScreen("C", Box(0, 0, 30, 30), (40, 40))])
    assert thirds.place(Window(id=4, app="", title="", box=Box(1, 1, 2, 2))).box == Box(1, 1, 3, 3)  # whole pixels


@dataclass
class FakeWindow:
    title: str
    process: int
    rect: tuple[int, int, int, int]
    is_visible: bool = True
    is_iconic: bool = False
    cloaked: int = 0
    style: int = 0


@dataclass
class FakeWindows:
    """user32, dwmapi and kernel32 in one."""

    windows: dict[int, FakeWindow]
    programs: dict[int, str]
    front: int | None = None
    desktop: int | None = 7
    opened: list[int] = field(default_factory=list)

    def EnumWindows(self, callback: Any, more: Any) -> int:
        return int(all(callback(handle, more) for handle in self.windows))

    def GetForegroundWindow(self) -> int | None:
        return self.front

    def IsWindowVisible(self, handle: int) -> int:
        return self.windows[handle].is_visible

    def IsIconic(self, handle: int) -> int:
        return self.windows[handle].is_iconic

    def DwmGetWindowAttribute(self, handle: int, which: int, told: Any, _n_bytes: int) -> int:
        window = self.windows[handle]
        if which == 14:
            told._obj.value = window.cloaked
        else:
            told._obj.left, told._obj.top, told._obj.right, told._obj.bottom = window.rect
        return 0

    def GetWindowTextW(self, handle: int, words: Any, _longest: int) -> int:
        words.value = self.windows[handle].title
        return len(words.value)

    def GetWindowRect(self, handle: int, told: Any) -> int:
        told._obj.left, told._obj.top, told._obj.right, told._obj.bottom = self.windows[handle].rect
        return int(self.windows[handle].rect != (0, 0, 0, 0))

    def GetWindowThreadProcessId(self, handle: int, told: Any) -> int:
        told._obj.value = self.windows[handle].process
        return 1

    def GetWindowLongW(self, handle: int, which: int) -> int:
        assert which == -20
        return self.windows[handle].style

    def GetLastInputInfo(self, told: Any) -> int:
        assert told._obj.cbSize == ctypes.sizeof(told._obj)
        told._obj.dwTime = 2**32 - 1000
        return 1

    def OpenInputDesktop(self, _flags: int, _inherit: int, _rights: int) -> int | None:
        return self.desktop

    def CloseDesktop(self, desktop: int) -> int:
        assert desktop == self.desktop
        return 1

    def OpenProcess(self, _rights: int, _inherit: int, process: int) -> int | None:
        if process in self.programs:
            self.opened.append(process)
        return process if process in self.programs else None

    def CloseHandle(self, process: int) -> int:
        return int(process in self.programs)

    def QueryFullProcessImageNameW(self, process: int, _flags: int, path: Any, _n: Any) -> int:
        path.value = self.programs[process]
        return 1

    def GetTickCount(self) -> int:
        return 2000


def test_windows_tells_its_windows_in_front_first() -> None:
    system = FakeWindows(
        {
            11: FakeWindow("Neuer Tab (InPrivate)", 500, (0, 0, 800, 600)),
            12: FakeWindow("Glass", 501, (0, 0, 100, 100), style=0x80000),
            13: FakeWindow("Elsewhere", 500, (0, 0, 10, 10), cloaked=2),
            14: FakeWindow("Small", 500, (0, 0, 10, 10), is_iconic=True),
            15: FakeWindow("Unseen", 500, (0, 0, 10, 10), is_visible=False),
            16: FakeWindow("Madeleine", os.getppid(), (5, 5, 300, 300)),
            17: FakeWindow("Nowhere", 999, (0, 0, 0, 0)),
        },
        {500: r"C:\Program Files\Edge\msedge.exe", 501: r"C:\glass.exe", os.getppid(): r"C:\python.exe"},
        front=11,
    )
    desktop = Win32Desktop(system, system, system)
    told = desktop.read()
    edge, glass, own, nowhere = told.windows
    assert (edge.app, edge.title, edge.is_active) == ("msedge", "Neuer Tab (InPrivate)", True)
    assert edge.box == Box(0, 0, 800, 600)
    assert edge.hides == (Box(8, 8, 792, 592),)
    assert (glass.hides, glass.is_active, glass.is_own) == ((), False, False)
    assert own.is_own
    assert (nowhere.app, nowhere.box.size > 10**12) == ("", True)  # what is not told may be anywhere
    assert (told.idle_s, told.is_locked) == (3.0, False)
    desktop.read()
    assert system.opened.count(500) == 1
    system.desktop = None
    assert desktop.read().is_locked


def test_a_number_that_windows_gives_to_another_program_names_that_one() -> None:
    system = FakeWindows({11: FakeWindow("Notes", 500, (0, 0, 80, 60))}, {500: r"C:\notepad.exe"})
    desktop = Win32Desktop(system, system, system)
    assert desktop.read().windows[0].app == "notepad"
    del system.windows[11]
    desktop.read()
    system.windows[12], system.programs[500] = FakeWindow("Vault", 500, (0, 0, 80, 60)), r"C:\KeePass.exe"
    assert desktop.read().windows[0].app == "KeePass"


@dataclass
class FakeMac:
    """CoreGraphics and CoreFoundation in one; what they hand out are numbers of objects."""

    listed: list[dict[str, Any]] | None
    session: dict[str, Any] | None = field(default_factory=lambda: {"kCGSSessionOnConsoleKey": True})
    has_leave: bool = True
    objects: dict[int, Any] = field(default_factory=dict)
    n_asked: int = 0

    def _hand_out(self, what: Any) -> int:
        number = len(self.objects) + 1
        self.objects[number] = what
        return number

    def CGPreflightScreenCaptureAccess(self) -> bool:
        return self.has_leave

    def CGRequestScreenCaptureAccess(self) -> bool:
        self.n_asked += 1
        return False

    def CGWindowListCopyWindowInfo(self, options: int, window: int) -> int | None:
        assert (options, window) == (17, 0)
        return None if self.listed is None else self._hand_out(self.listed)

    def CGRectMakeWithDictionaryRepresentation(self, told: int, rect: Any) -> bool:
        rect._obj.x, rect._obj.y, rect._obj.width, rect._obj.height = self.objects[told]
        return True

    def CGEventSourceSecondsSinceLastEventType(self, _state: int, _kind: int) -> float:
        return 12.5

    def CGSessionCopyCurrentDictionary(self) -> int | None:
        return None if self.session is None else self._hand_out(self.session)

    def CFArrayGetCount(self, listed: int) -> int:
        return len(self.objects[listed])

    def CFArrayGetValueAtIndex(self, listed: int, n: int) -> int:
        return self._hand_out(self.objects[listed][n])

    def CFStringCreateWithCString(self, _allocator: None, words: bytes, _encoding: int) -> int:
        return self._hand_out(words.decode())

    def CFDictionaryGetValue(self, told: int, key: int) -> int | None:
        found = self.objects[told].get(self.objects[key])
        return None if found is None else self._hand_out(found)

    def CFStringGetCString(self, text: int, words: Any, _longest: int, _encoding: int) -> bool:
        words.value = self.objects[text].encode()
        return True

    def CFNumberGetValue(self, number: int, kind: int, told: Any) -> bool:
        assert kind == 13
        told._obj.value = self.objects[number]
        return True

    def CFBooleanGetValue(self, told: int) -> bool:
        return bool(self.objects[told])

    def CFRelease(self, number: int) -> None:
        del self.objects[number]
        self.objects[number] = None


def describe(
    number: int, app: str, title: str | None, process: int, *, layer: int = 0, alpha: float = 1.0
) -> dict[str, Any]:
    told = {
        "kCGWindowNumber": number, "kCGWindowOwnerName": app, "kCGWindowOwnerPID": process, "kCGWindowLayer": layer,
        "kCGWindowAlpha": alpha, "kCGWindowBounds": (10.5, 20, 200, 100),
    }  # fmt: skip
    return told if title is None else told | {"kCGWindowName": title}


def test_macos_tells_its_windows_in_front_first() -> None:
    system = FakeMac([
        describe(1, "Dock", None, 40, layer=20),
        describe(2, "Safari", "Privé – Café", 41),
        describe(3, "Notes", "Einkauf", 42, alpha=0.5),
        describe(4, "Python", "Madeleine", os.getppid()),
        {key: value for key, value in describe(5, "Vault", "x", 43).items() if key != "kCGWindowBounds"},
    ])  # fmt: skip
    told = MacDesktop(system, system).read()
    dock, safari, notes, own, vault = told.windows
    assert (safari.id, safari.app, safari.title, safari.is_active) == (2, "Safari", "Privé – Café", True)
    assert (safari.box, safari.hides) == (Box(10, 20, 211, 120), (Box(22, 32, 199, 108),))
    assert (dock.title, dock.is_active, dock.hides, notes.hides, own.is_own) == ("", False, (), (), True)
    assert vault.box.size > 10**12
    assert (told.idle_s, told.is_locked) == (12.5, False)
    for session in (None, {}, {"kCGSSessionOnConsoleKey": True, "CGSSessionScreenIsLocked": True}):
        system.session = session
        assert MacDesktop(system, system).read().is_locked


def test_without_the_users_leave_macos_tells_nothing_and_asks() -> None:
    system = FakeMac([])
    desktop = MacDesktop(system, system)
    system.has_leave = False
    with pytest.raises(NoScreen, match="does not let") as caught:
        desktop.read()
    assert "System Settings" in caught.value.hint
    assert system.n_asked == 1
    system.has_leave, system.listed = True, None
    with pytest.raises(NoScreen, match="does not tell"):
        desktop.read()


def test_elsewhere_both_say_what_they_are_not() -> None:
    with pytest.raises(NoScreen, match="no Windows"):
        Win32Desktop()
    with pytest.raises(NoScreen, match="macOS"):
        MacDesktop()
