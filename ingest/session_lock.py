"""Is the session locked? Asked of the desktop over D-Bus.

Role: with ``portal_bus``, ``kwin_windows`` and ``whereabouts`` the one door to jeepney. Where nobody answers (no login
manager, no screen saver) it says no: the X server's own screen saver is asked beside it.
Source: org.freedesktop.login1 (LockedHint), org.freedesktop.ScreenSaver (GetActive).
"""

from __future__ import annotations

import contextlib
import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

log = logging.getLogger(__name__)
_ASK_EVERY_S = 1.0
_TRY_EVERY_S = 30.0
_PATIENCE_S = 0.5


@dataclass(slots=True)
class _Bus:
    """One connection, and when it may be tried again."""

    name: str
    connection: Any = None
    retry_s: float = 0.0


class SessionLock:
    """Asks at most once a second; a bus that does not answer is left alone for half a minute.

    Args:
        clock: Monotonic seconds.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._system, self._session = _Bus("SYSTEM"), _Bus("SESSION")
        self._asked_s = float("-inf")
        self._was_locked = False

    def is_locked(self) -> bool:
        """Whether the login manager or a screen saver says so."""
        now_s = self._clock()
        if now_s - self._asked_s >= _ASK_EVERY_S:
            self._asked_s = now_s
            self._was_locked = self._ask_login() or self._ask_saver()
        return self._was_locked

    def close(self) -> None:
        """Let go of both buses."""
        for bus in (self._system, self._session):
            self._drop(bus)

    def _ask_login(self) -> bool:
        from jeepney import DBusAddress, Properties

        session = DBusAddress(
            "/org/freedesktop/login1/session/auto",
            bus_name="org.freedesktop.login1",
            interface="org.freedesktop.login1.Session",
        )
        told = self._call(self._system, Properties(session).get("LockedHint"))
        return bool(told and told[0][1])

    def _ask_saver(self) -> bool:
        from jeepney import DBusAddress, new_method_call

        for name, path in (
            ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
            ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
        ):
            saver = DBusAddress(path, bus_name=name, interface=name)
            told = self._call(self._session, new_method_call(saver, "GetActive"))
            if told and told[0] is True:
                return True
        return False

    def _call(self, bus: _Bus, message: Any) -> tuple[Any, ...] | None:
        """Send one question; None where there is no answer."""
        from jeepney import HeaderFields, MessageType

        connection = self._connect(bus)
        if connection is None:
            return None
        message.header.flags |= 2  # NO_AUTO_START: asking must not start anything (D-Bus specification, Message Format)
        try:
            reply = connection.send_and_get_reply(message, timeout=_PATIENCE_S)
        except Exception as error:  # noqa: BLE001 - whatever a bus does, the screen goes on being recorded
            log.info("a bus does not answer: %s", type(error).__name__)
            self._drop(bus)
            return None
        if reply.header.message_type is not MessageType.method_return:
            log.debug("no answer: %s", reply.header.fields.get(HeaderFields.error_name))
            return None
        return tuple(reply.body)

    def _connect(self, bus: _Bus) -> Any:
        now_s = self._clock()
        if bus.connection is None and now_s >= bus.retry_s and _may_be_there(bus.name):
            from jeepney.io.blocking import open_dbus_connection

            bus.retry_s = now_s + _TRY_EVERY_S
            try:
                bus.connection = open_dbus_connection(bus.name)
            except Exception as error:  # noqa: BLE001 - no bus is an ordinary thing
                log.info("no %s bus: %s", bus.name.lower(), type(error).__name__)
        return bus.connection

    def _drop(self, bus: _Bus) -> None:
        connection, bus.connection = bus.connection, None
        bus.retry_s = self._clock() + _TRY_EVERY_S
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.close()


def _may_be_there(bus: str) -> bool:
    return bus == "SYSTEM" or bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS"))
