"""Keys that work in every program, given by the desktop portal: the way of Wayland desktops.

Role: asks org.freedesktop.portal.GlobalShortcuts for a few keys and tells when one is pressed. The desktop asks the
user and may give others than were wished for, or take them back. It reads no other keys and decides nothing.
Source: XDG Desktop Portal, interfaces GlobalShortcuts (version 1) and Session; how a wished key is written: XDG
shortcuts specification.
"""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from ingest.keys import HeldKeys, Key, NoKeys
from ingest.portal_bus import BUS, PATH, Heard, NoPortal, NotOffered, Options, PortalBus

log = logging.getLogger(__name__)
_PROGRAM = "org.madeleine.Madeleine"
_PORTAL = "GlobalShortcuts"
_CHOICE_S = 300.0
_JOIN_S = 2.0


def require_portal() -> None:
    """Look whether this desktop has a portal that gives keys.

    Raises:
        NoKeys: it has none.
    """
    try:
        with contextlib.closing(PortalBus(_PORTAL)) as bus:
            _require_version(bus)
    except (NoPortal, NotOffered, OSError) as error:
        raise _no_portal() from error


class PortalKeys:
    """Keys of one session with the portal, from ``start`` to ``stop``.

    Args:
        wanted: A name for each key, and the key.
        on_press: Told the name.
        on_given: Told when the desktop gave the keys, or others than before.
        on_lost: Told why there are none, once; then it has ended.

    All three are called on a thread of this object.
    """

    def __init__(
        self,
        wanted: Mapping[str, Key],
        on_press: Callable[[str], None],
        *,
        on_given: Callable[[], None] = lambda: None,
        on_lost: Callable[[NoKeys], None] = lambda _error: None,
    ) -> None:
        self._wanted = dict(wanted)
        self._on_press, self._on_given, self._on_lost = on_press, on_given, on_lost
        self._triggers: dict[str, str] = {}
        self._session = ""
        self._held = HeldKeys()
        self._ending = threading.Event()
        self._wake: tuple[int, int] | None = None
        self._thread: threading.Thread | None = None

    @property
    def triggers(self) -> dict[str, str]:
        """See ``Keys``: in the desktop's words; those that nobody gave are not in it."""
        return dict(self._triggers)

    def start(self) -> tuple[str, ...]:
        """See ``Keys``: which are given, ``on_given`` tells once the user has decided."""
        try:
            bus = PortalBus(_PORTAL)
        except NoPortal as error:
            raise _no_portal() from error
        self._wake = os.pipe()
        told = (bus, self._wake[0])
        self._thread = threading.Thread(target=self._run, args=told, name="portal-keys", daemon=True)
        self._thread.start()
        return ()

    def stop(self) -> None:
        """See ``Keys``; a dialog that is still open goes."""
        thread, self._thread = self._thread, None
        if thread is None or self._wake is None:
            return
        self._ending.set()
        os.write(self._wake[1], b".")
        thread.join(_JOIN_S)
        if not thread.is_alive():  # a portal that hangs keeps its ends; the process closes them
            for end in self._wake:
                os.close(end)

    # on the thread -----------------------------------------------------------------------------------------------
    def _run(self, bus: PortalBus, wake: int) -> None:
        lost: NoKeys | None = None
        try:
            self._bind(bus)
            while (heard := bus.next_signal(wake)) is not None:
                self._take_signal(heard)
        except NoKeys as error:
            lost = error
        except NotOffered:
            lost = _no_portal()
        except TimeoutError:
            lost = NoKeys("Nobody answered the desktop's question about the keys in time.")
        except (OSError, EOFError):
            lost = NoKeys("The desktop stopped answering: its keys are gone.")
        with contextlib.suppress(OSError):
            if self._session:
                bus.close_object("Session", self._session)
        bus.close()
        self._triggers = {}
        if lost is not None and not self._ending.is_set():
            log.warning("the keys of the desktop are not given, or gone")
            self._on_lost(lost)

    def _bind(self, bus: PortalBus) -> None:
        """Make the session and ask for the keys."""
        bus.introduce(_PROGRAM)
        _require_version(bus)
        token = f"madeleine_{secrets.token_hex(8)}"
        expected = bus.own_path("session", token)
        bus.hear(_PORTAL, PATH)
        bus.hear("Session", expected)
        made = self._ask(bus, "CreateSession", "a{sv}", (), {"session_handle_token": ("s", token)})
        self._session = str(made.get("session_handle", ("s", expected))[1])
        shortcuts = [
            (name, {"description": ("s", key.words), "preferred_trigger": ("s", f"CTRL+ALT+{key.letter}")})
            for name, key in self._wanted.items()
        ]
        bound = self._ask(bus, "BindShortcuts", "oa(sa{sv})sa{sv}", (self._session, shortcuts, ""), {})
        self._take(bound.get("shortcuts", ("a(sa{sv})", []))[1])

    def _ask(self, bus: PortalBus, member: str, signature: str, before: tuple[Any, ...], options: Options) -> Options:
        code, results = bus.request(
            member, signature, before, options, choice_s=_CHOICE_S, is_cancelled=self._ending.is_set
        )
        if code != 0:
            raise NoKeys("The desktop was told to give no keys for every program.")
        return results

    def _take_signal(self, heard: Heard) -> None:
        body = heard.body
        is_gone = heard.member == "NameOwnerChanged" and body[0] == BUS and not body[2]
        if is_gone or (heard.member == "Closed" and heard.path == self._session):
            self._session = ""
            raise NoKeys("The desktop has taken its keys back.")
        if heard.path != PATH or not body or body[0] != self._session:
            return
        now_ms = round(time.monotonic() * 1000) & 0xFFFFFFFF
        if heard.member == "ShortcutsChanged":
            self._take(body[1])
        elif heard.member == "Deactivated":
            self._held.release(body[1], now_ms)
        elif heard.member == "Activated" and body[1] in self._wanted and self._held.press(body[1], now_ms):
            self._on_press(body[1])

    def _take(self, shortcuts: Any) -> None:
        """Which keys the desktop gave, and how they are pressed."""
        self._triggers = {
            name: str(told.get("trigger_description", ("s", ""))[1]) for name, told in shortcuts if name in self._wanted
        }
        self._on_given()


def _require_version(bus: PortalBus) -> None:
    if not bus.read_version():
        raise NotOffered(_PORTAL)


def _no_portal() -> NoKeys:
    return NoKeys("This desktop has no portal that gives keys for every program (GlobalShortcuts).")
