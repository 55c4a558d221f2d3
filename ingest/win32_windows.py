"""Which windows a Windows desktop has, where, and of which program; whether it is locked and how long nobody was there.

Role: the one door to user32, dwmapi and kernel32, through ctypes. It takes no picture. Written by the manual and
tested with stand-ins for these libraries; it has never run on Windows itself.
Source: Microsoft's Win32 reference (EnumWindows, IsWindowVisible, IsIconic, GetWindowTextW, GetWindowRect,
GetWindowLongW, GetForegroundWindow, GetWindowThreadProcessId, QueryFullProcessImageNameW, DwmGetWindowAttribute,
GetLastInputInfo, OpenInputDesktop).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import byref, c_int, c_long, c_uint, c_ulong, c_void_p
from pathlib import PureWindowsPath
from typing import Any

from ingest.desktop_told import ToldDesktop, is_ours
from ingest.screen import Box, NoScreen, Window

_CLOAKED, _FRAME = 14, 9  # DWMWA_CLOAKED: drawn nowhere, as on another virtual desktop; DWMWA_EXTENDED_FRAME_BOUNDS
_STYLE, _LAYERED, _TRANSPARENT = -20, 0x80000, 0x20  # GWL_EXSTYLE, WS_EX_LAYERED, WS_EX_TRANSPARENT
_NAME_OF_PROCESS = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION
_READ_DESKTOP = 0x0001  # DESKTOP_READOBJECTS
_LONGEST = 1024
_ROUND = 8  # corners of windows are round since Windows 11


class _Rect(ctypes.Structure):
    _fields_ = (("left", c_long), ("top", c_long), ("right", c_long), ("bottom", c_long))

    def to_box(self) -> Box:
        return Box(self.left, self.top, self.right, self.bottom)


class _LastInput(ctypes.Structure):
    _fields_ = (("cbSize", c_uint), ("dwTime", c_ulong))


class Win32Desktop:
    """Asks Windows.

    Args:
        user32: The library, by default the system's; and so on.
        dwmapi: Of the compositor.
        kernel32: Of processes.

    Raises:
        NoScreen: this is no Windows.
    """

    def __init__(self, user32: Any = None, dwmapi: Any = None, kernel32: Any = None) -> None:
        load: Callable[[str], Any] | None = getattr(ctypes, "WinDLL", None)
        if load is None and user32 is None:
            raise NoScreen("This is no Windows.")
        self._user: Any = user32 or (load and _declare(load("user32")))
        self._dwm: Any = dwmapi or (load and load("dwmapi"))
        self._kernel: Any = kernel32 or (load and _declare_kernel(load("kernel32")))
        self._callback = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)(c_int, c_void_p, c_void_p)
        self._apps: dict[int, str] = {}

    def read(self) -> ToldDesktop:
        """What is where, in pixels of the desktop.

        Raises:
            NoScreen: Windows does not tell it.
        """
        if self._is_locked():
            return ToldDesktop(windows=(), is_locked=True)
        handles: list[int] = []

        def take(handle: int | None, _more: int | None) -> int:
            handles.append(handle or 0)
            return 1

        if not self._user.EnumWindows(self._callback(take), None):
            raise NoScreen("Windows does not tell which windows are open.")
        front = self._user.GetForegroundWindow() or 0
        known, self._apps = self._apps, {}
        windows = tuple(self._read_window(handle, front, known) for handle in handles if self._is_shown(handle))
        return ToldDesktop(windows=windows, idle_s=self._read_idle_s())

    def _is_shown(self, handle: int) -> bool:
        if not self._user.IsWindowVisible(handle) or self._user.IsIconic(handle):
            return False
        cloaked = c_uint(0)
        failed = self._dwm.DwmGetWindowAttribute(handle, _CLOAKED, byref(cloaked), ctypes.sizeof(cloaked))
        return bool(failed) or not cloaked.value

    def _read_window(self, handle: int, front: int, known: dict[int, str]) -> Window:
        words = ctypes.create_unicode_buffer(_LONGEST)
        self._user.GetWindowTextW(handle, words, _LONGEST)
        rect, number = _Rect(), c_ulong(0)
        if not self._user.GetWindowRect(handle, byref(rect)):
            rect = _Rect(-(2**30), -(2**30), 2**30, 2**30)  # anywhere: the safe direction
        self._user.GetWindowThreadProcessId(handle, byref(number))
        app = self._name_app(number.value, known)
        return Window(
            id=handle,
            app=app,
            title=words.value,
            box=rect.to_box(),
            hides=self._find_hides(handle),
            is_active=handle == front,
            is_own=is_ours(number.value, app),
        )

    def _find_hides(self, handle: int) -> tuple[Box, ...]:
        """What of it surely hides what lies below: nothing where it may be seen through."""
        rect = _Rect()
        is_thin = self._user.GetWindowLongW(handle, _STYLE) & (_LAYERED | _TRANSPARENT)
        if is_thin or self._dwm.DwmGetWindowAttribute(handle, _FRAME, byref(rect), ctypes.sizeof(rect)):
            return ()
        inner = Box(rect.left + _ROUND, rect.top + _ROUND, rect.right - _ROUND, rect.bottom - _ROUND)
        return () if inner.is_empty else (inner,)

    def _name_app(self, process: int, known: dict[int, str]) -> str:
        """The name of a program without its folder and ending; empty where it is not told.

        Windows gives the number of a program that has ended to another one: what was known of it counts only while
        one of its windows is there.
        """
        if process not in self._apps:
            self._apps[process] = known.get(process) or self._ask_name(process)
        return self._apps[process]

    def _ask_name(self, process: int) -> str:
        opened = self._kernel.OpenProcess(_NAME_OF_PROCESS, 0, process)
        if not opened:
            return ""
        path, n_letters = ctypes.create_unicode_buffer(_LONGEST), c_ulong(_LONGEST)
        told = self._kernel.QueryFullProcessImageNameW(opened, 0, path, byref(n_letters))
        self._kernel.CloseHandle(opened)
        return PureWindowsPath(path.value).stem if told else ""

    def _read_idle_s(self) -> float:
        last = _LastInput(ctypes.sizeof(_LastInput), 0)
        if not self._user.GetLastInputInfo(byref(last)):
            return 0.0
        return float((self._kernel.GetTickCount() - last.dwTime) % 2**32) / 1000.0

    def _is_locked(self) -> bool:
        """Whether keys go to another desktop than the user's: that of the lock or of a password."""
        desktop = self._user.OpenInputDesktop(0, 0, _READ_DESKTOP)
        if not desktop:
            return True
        self._user.CloseDesktop(desktop)
        return False


def _declare(user32: Any) -> Any:
    """Handles are as wide as pointers, which ctypes would not know."""
    for name in ("IsWindowVisible", "IsIconic", "CloseDesktop"):
        getattr(user32, name).argtypes = (c_void_p,)
    user32.GetWindowTextW.argtypes = (c_void_p, c_void_p, c_int)
    user32.GetWindowLongW.argtypes = (c_void_p, c_int)
    for name in ("GetWindowRect", "GetWindowThreadProcessId", "EnumWindows"):
        getattr(user32, name).argtypes = (c_void_p, c_void_p)
    user32.GetForegroundWindow.restype = user32.OpenInputDesktop.restype = c_void_p
    return user32


def _declare_kernel(kernel32: Any) -> Any:
    kernel32.OpenProcess.restype = c_void_p
    kernel32.CloseHandle.argtypes = (c_void_p,)
    kernel32.QueryFullProcessImageNameW.argtypes = (c_void_p, c_ulong, c_void_p, c_void_p)
    kernel32.GetTickCount.restype = c_ulong
    return kernel32
