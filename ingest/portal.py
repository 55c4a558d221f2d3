"""One picture of the screen through the desktop portal, for Wayland, where programs may not look at other windows.

Role: asks org.freedesktop.portal.Screenshot and hands on what the user chose to give. It knows no windows, so that
nothing can be excluded in it: it serves "remember this", where a person looks at the picture first, and no recording.
Source: XDG Desktop Portal, interfaces Screenshot (version 2) and Request.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from ingest.errors import BadInput
from ingest.pictures import PictureReader
from ingest.screen import Box, Monitor, NoScreen, View
from models.protocols import ImageArray

MONITOR = "portal"
_BUS, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_ANSWER_S = 5.0  # the portal answers the call at once, and the request when the user has chosen
CHOICE_S = 120.0
_LOOK_S = 0.5
_HINT = "Without a portal: let the system save screenshots into a folder and watch it: madeleine capture --watch DIR"


class PortalScreen:
    """A picture that was taken when this was made; every look at it is the same.

    Args:
        choice_s: How long the user may take to choose.
        is_cancelled: Asked while the user chooses; the program does not wait any more when it says yes.
        is_locked: Whether the session is locked.
        on_close: Called when it is closed.

    Raises:
        NoScreen: there is no portal, or the user gave no picture.
    """

    def __init__(
        self,
        *,
        choice_s: float = CHOICE_S,
        is_cancelled: Callable[[], bool] = lambda: False,
        is_locked: Callable[[], bool] = lambda: False,
        on_close: Callable[[], None] = lambda: None,
    ) -> None:
        self._is_locked = is_locked
        self._on_close = on_close
        self._pixels = _read(_take(choice_s, is_cancelled))

    def has_news(self) -> bool:
        """It never changes."""
        return False

    def has_paint(self) -> bool:
        """It never changes."""
        return False

    def look(self) -> View:
        """One monitor of the picture's size, and no windows, for nobody tells them."""
        height, width = self._pixels.shape[:2]
        monitor = Monitor(MONITOR, Box(0, 0, width, height))
        return View(monitors=(monitor,), windows=(), is_locked=self._is_locked())

    def grab(self) -> ImageArray:
        """The picture, uint8 (height, width, 3), RGB."""
        return self._pixels

    def close(self) -> None:
        """Let go."""
        self._on_close()


def _read(path: Path) -> ImageArray:
    reader = PictureReader()
    try:
        pixels: ImageArray = reader.read(path).pixels
        return pixels
    except (BadInput, OSError) as error:
        raise NoScreen("The picture that the desktop gave cannot be opened.", hint=_HINT) from error
    finally:
        reader.close()


def _take(choice_s: float, is_cancelled: Callable[[], bool]) -> Path:
    """Ask the portal; returns where the picture lies. That file is the desktop's and stays where it is."""
    from jeepney.io.blocking import open_dbus_connection

    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        raise NoScreen("There is no desktop to ask for a picture of the screen.", hint=_HINT)
    try:
        connection = open_dbus_connection("SESSION")
    except Exception as error:
        raise NoScreen("The desktop cannot be asked for a picture of the screen.", hint=_HINT) from error
    with contextlib.closing(connection):
        try:
            code, results = _ask(connection, choice_s, is_cancelled)
        except TimeoutError as error:
            raise NoScreen("Nobody chose a picture of the screen in time.", hint="Try again.") from error
        except OSError as error:
            raise NoScreen("The desktop stopped answering.", hint="Try again.") from error
    if code != 0:
        raise NoScreen("No picture of the screen was given.", hint="Choose “Share” or “Take” when the desktop asks.")
    address = urlparse(str(results.get("uri", ("s", ""))[1]))
    if address.scheme != "file":
        raise NoScreen("The desktop gave no file with the picture.", hint=_HINT)
    return Path(unquote(address.path))


def _ask(connection: Any, choice_s: float, is_cancelled: Callable[[], bool]) -> tuple[int, dict[str, tuple[str, Any]]]:
    """Ask for a picture that the user chooses.

    Returns:
        The response (0 given, 1 cancelled, 2 ended otherwise) and its results by name, each with its D-Bus type.
    """
    from jeepney import DBusAddress, MatchRule, MessageType, message_bus, new_method_call

    token = f"madeleine_{secrets.token_hex(8)}"
    sender = connection.unique_name.lstrip(":").replace(".", "_")
    # The path is known before the call, so that an answer cannot come too early. The bus lets through what the portal
    # sends; the filter on this side sees its unique name only.
    path = f"{_PATH}/request/{sender}/{token}"
    answered = {"type": "signal", "interface": "org.freedesktop.portal.Request", "member": "Response", "path": path}
    portal = DBusAddress(_PATH, bus_name=_BUS, interface="org.freedesktop.portal.Screenshot")
    options = {"handle_token": ("s", token), "interactive": ("b", True)}
    with connection.filter(MatchRule(**answered)) as answers:
        connection.send_and_get_reply(message_bus.AddMatch(MatchRule(sender=_BUS, **answered)), timeout=_ANSWER_S)
        call = new_method_call(portal, "Screenshot", "sa{sv}", ("", options))
        reply = connection.send_and_get_reply(call, timeout=_ANSWER_S)
        if reply.header.message_type is not MessageType.method_return:
            raise NoScreen("This desktop gives no pictures of the screen to programs.", hint=_HINT)
        until_s = time.monotonic() + choice_s
        while time.monotonic() < until_s and not is_cancelled():
            with contextlib.suppress(TimeoutError):
                code, results = connection.recv_until_filtered(answers, timeout=min(_LOOK_S, choice_s)).body
                return int(code), results
        request = DBusAddress(path, bus_name=_BUS, interface="org.freedesktop.portal.Request")
        # Nobody waits any more, so the dialog must not stay. A portal that has just answered knows no such request.
        connection.send_and_get_reply(new_method_call(request, "Close"), timeout=_ANSWER_S)
    raise TimeoutError
