"""Which windows a macOS desktop has, where, and of which program; whether it is locked and how long nobody was there.

Role: the one door to CoreGraphics and CoreFoundation, through ctypes. It takes no picture. Without the user's leave
macOS tells no titles: then nothing can be kept out, so nothing is told at all. Written by the manual and tested with
stand-ins for these libraries; it has never run on macOS itself.
Source: Apple's reference of Quartz Window Services (CGWindowListCopyWindowInfo, CGPreflightScreenCaptureAccess),
Quartz Event Services (CGEventSourceSecondsSinceLastEventType), Core Foundation (CFArray, CFDictionary, CFNumber).
"""

from __future__ import annotations

import ctypes
from ctypes import byref, c_bool, c_char_p, c_double, c_int, c_long, c_uint32, c_void_p
from dataclasses import replace
from typing import Any

from ingest.desktop_told import ToldDesktop, is_ours
from ingest.screen import Box, NoScreen, Window

_GRAPHICS = "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics"
_FOUNDATION = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
_ON_SCREEN, _NO_DESKTOP = 1, 16  # kCGWindowListOptionOnScreenOnly, kCGWindowListExcludeDesktopElements
_UTF8, _DOUBLE = 0x08000100, 13  # kCFStringEncodingUTF8, kCFNumberDoubleType
_HID, _ANY_EVENT = 1, 0xFFFFFFFF  # kCGEventSourceStateHIDSystemState, kCGAnyInputEventType
_LONGEST = 4096
_ROUND = 12  # corners of windows are round
_DENIED = "macOS does not let Madeleine see the screen."
_DENIED_HINT = (
    "Allow it in System Settings, Privacy & Security, Screen & System Audio Recording; then start Madeleine again."
)


class _Rect(ctypes.Structure):
    _fields_ = (("x", c_double), ("y", c_double), ("width", c_double), ("height", c_double))

    def to_box(self) -> Box:
        """Whole points around it."""
        right, bottom = -int(-(self.x + self.width) // 1), -int(-(self.y + self.height) // 1)
        return Box(int(self.x // 1), int(self.y // 1), right, bottom)


class MacDesktop:
    """Asks macOS.

    Args:
        graphics: CoreGraphics, by default the system's.
        foundation: CoreFoundation, likewise.

    Raises:
        NoScreen: this is no macOS, or the user has not given leave; macOS asks for it then.
    """

    def __init__(self, graphics: Any = None, foundation: Any = None) -> None:
        try:
            self._graphics: Any = graphics or _declare_graphics(ctypes.CDLL(_GRAPHICS))
            self._foundation: Any = foundation or _declare_foundation(ctypes.CDLL(_FOUNDATION))
        except (OSError, AttributeError) as error:
            raise NoScreen("This macOS does not tell its windows; version 11 or later does.") from error
        self._require_leave()

    def read(self) -> ToldDesktop:
        """What is where, in points of the desktop.

        Raises:
            NoScreen: macOS does not tell it, or the leave was taken back.
        """
        self._require_leave()
        listed = self._graphics.CGWindowListCopyWindowInfo(_ON_SCREEN | _NO_DESKTOP, 0)
        if not listed:
            raise NoScreen("macOS does not tell which windows are open.")
        try:
            n_windows = self._foundation.CFArrayGetCount(listed)
            told = [self._foundation.CFArrayGetValueAtIndex(listed, n) for n in range(n_windows)]
            windows = tuple(self._read_window(one) for one in told)
        finally:
            self._foundation.CFRelease(listed)
        idle_s = float(self._graphics.CGEventSourceSecondsSinceLastEventType(_HID, _ANY_EVENT))
        return ToldDesktop(windows=_mark_active(windows), is_locked=self._is_locked(), idle_s=max(0.0, idle_s))

    def _require_leave(self) -> None:
        if not self._graphics.CGPreflightScreenCaptureAccess():
            self._graphics.CGRequestScreenCaptureAccess()  # macOS asks its user, once
            raise NoScreen(_DENIED, hint=_DENIED_HINT)

    def _read_window(self, told: int) -> Window:
        rect = _Rect()
        bounds = self._find(told, "kCGWindowBounds")
        if not bounds or not self._graphics.CGRectMakeWithDictionaryRepresentation(bounds, byref(rect)):
            rect = _Rect(-1e6, -1e6, 2e6, 2e6)  # anywhere: the safe direction
        app, box = self._read_text(told, "kCGWindowOwnerName"), rect.to_box()
        layer = int(self._read_number(told, "kCGWindowLayer"))
        inner = Box(box.left + _ROUND, box.top + _ROUND, box.right - _ROUND, box.bottom - _ROUND)
        is_solid = layer == 0 and self._read_number(told, "kCGWindowAlpha") >= 1 and not inner.is_empty
        process = int(self._read_number(told, "kCGWindowOwnerPID"))
        return Window(
            id=int(self._read_number(told, "kCGWindowNumber")),
            app=app,
            title=self._read_text(told, "kCGWindowName"),
            box=box,
            hides=(inner,) if is_solid else (),
            is_active=layer == 0,
            is_own=is_ours(process, app),
        )

    def _is_locked(self) -> bool:
        """Whether the session says so, or is not the one that is shown."""
        session = self._graphics.CGSessionCopyCurrentDictionary()
        if not session:
            return True
        try:
            return self._read_flag(session, "CGSSessionScreenIsLocked") or not self._read_flag(
                session, "kCGSSessionOnConsoleKey"
            )
        finally:
            self._foundation.CFRelease(session)

    # reading of dictionaries ----------------------------------------------------------------------------------------
    def _find(self, told: int, name: str) -> int:
        """A value of a dictionary whose keys are the names of the constants; 0 for none."""
        key = self._foundation.CFStringCreateWithCString(None, name.encode(), _UTF8)
        try:
            return self._foundation.CFDictionaryGetValue(told, key) or 0
        finally:
            self._foundation.CFRelease(key)

    def _read_text(self, told: int, name: str) -> str:
        found, words = self._find(told, name), ctypes.create_string_buffer(_LONGEST)
        if not found or not self._foundation.CFStringGetCString(found, words, _LONGEST, _UTF8):
            return ""
        return words.value.decode("utf-8", "replace")

    def _read_number(self, told: int, name: str) -> float:
        found, number = self._find(told, name), c_double(0)
        if found:
            self._foundation.CFNumberGetValue(found, _DOUBLE, byref(number))
        return number.value

    def _read_flag(self, told: int, name: str) -> bool:
        found = self._find(told, name)
        return bool(found and self._foundation.CFBooleanGetValue(found))


def _mark_active(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    """Of the ordinary windows (layer 0), the one in front has the keyboard; menus and panels lie above them."""
    front = next((window.id for window in windows if window.is_active), None)
    return tuple(replace(window, is_active=window.id == front) for window in windows)


def _declare_graphics(graphics: Any) -> Any:
    graphics.CGWindowListCopyWindowInfo.restype = c_void_p
    graphics.CGWindowListCopyWindowInfo.argtypes = (c_uint32, c_uint32)
    graphics.CGPreflightScreenCaptureAccess.restype = graphics.CGRequestScreenCaptureAccess.restype = c_bool
    graphics.CGRectMakeWithDictionaryRepresentation.restype = c_bool
    graphics.CGRectMakeWithDictionaryRepresentation.argtypes = (c_void_p, c_void_p)
    graphics.CGEventSourceSecondsSinceLastEventType.restype = c_double
    graphics.CGEventSourceSecondsSinceLastEventType.argtypes = (c_int, c_uint32)
    graphics.CGSessionCopyCurrentDictionary.restype = c_void_p
    return graphics


def _declare_foundation(foundation: Any) -> Any:
    foundation.CFArrayGetCount.restype = c_long
    foundation.CFArrayGetCount.argtypes = foundation.CFRelease.argtypes = (c_void_p,)
    foundation.CFArrayGetValueAtIndex.restype = c_void_p
    foundation.CFArrayGetValueAtIndex.argtypes = (c_void_p, c_long)
    foundation.CFDictionaryGetValue.restype = foundation.CFStringCreateWithCString.restype = c_void_p
    foundation.CFDictionaryGetValue.argtypes = (c_void_p, c_void_p)
    foundation.CFStringCreateWithCString.argtypes = (c_void_p, c_char_p, c_uint32)
    foundation.CFStringGetCString.restype = c_bool
    foundation.CFStringGetCString.argtypes = (c_void_p, c_void_p, c_long, c_uint32)
    foundation.CFNumberGetValue.argtypes = (c_void_p, c_long, c_void_p)
    foundation.CFBooleanGetValue.restype = c_bool
    foundation.CFBooleanGetValue.argtypes = (c_void_p,)
    return foundation
