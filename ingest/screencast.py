"""The desktop's leave to watch all monitors, through its portal: asked once, taken back by the user at any time.

Role: asks org.freedesktop.portal.ScreenCast and says which streams of pictures there are. It reads no picture.
Source: XDG Desktop Portal, ScreenCast version 4 (restore tokens), Session (Closed).
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ingest.portal_bus import CHOICE_S, NoPortal, NotOffered, Options, PortalBus
from ingest.screen import Box, NoScreen, ScreenRefused

_MONITORS, _CURSOR_HIDDEN, _UNTIL_REVOKED = 1, 1, 2
_WITH_TOKENS = 4  # the version that remembers what was granted
_SILENT = "The desktop stopped answering."
_PORTAL_HINT = (
    "Install the portal of your desktop (xdg-desktop-portal-gnome, -kde or -wlr), or let the system save screenshots "
    "into a folder and watch it: madeleine capture --watch DIR"
)


@dataclass(frozen=True, slots=True)
class Stream:
    """The pictures of one monitor.

    Attributes:
        node: Its number in PipeWire.
        box: Where the monitor stands, in the desktop's own units, which are larger than pixels where it magnifies;
            None where that is not told.
    """

    node: int
    box: Box | None


class ScreenCast:
    """A session in which the desktop lets all monitors be watched.

    Args:
        token: What an earlier session was remembered by, so that the desktop need not ask again; may be empty.
        choice_s: How long the user may take to choose.
        is_cancelled: Asked while the user chooses.

    Attributes:
        streams: One for each monitor that was granted.
        token: What this session is remembered by; empty where the desktop remembers nothing.

    Raises:
        NoScreen: there is no portal, or it gives nothing.
        ScreenRefused: the user said no, or nothing.
    """

    def __init__(
        self, *, token: str = "", choice_s: float = CHOICE_S, is_cancelled: Callable[[], bool] = lambda: False
    ) -> None:
        try:
            self._bus = PortalBus("ScreenCast", takes_files=True)
        except NoPortal as error:
            raise NoScreen("There is no desktop to ask for the screen.", hint=_PORTAL_HINT) from error
        self._choice_s, self._is_cancelled = choice_s, is_cancelled
        self._closings = contextlib.ExitStack()
        self._closings.callback(self._bus.close)
        try:
            self._open(token)
        except NotOffered as error:
            self.close()
            raise NoScreen("This desktop does not let programs watch the screen.", hint=_PORTAL_HINT) from error
        except TimeoutError as error:
            self.close()
            raise ScreenRefused("Nobody answered when the desktop asked whether the screen may be watched.") from error
        except OSError as error:
            self.close()
            raise NoScreen(_SILENT, hint="Try again.") from error
        except BaseException:
            self.close()
            raise

    def _open(self, token: str) -> None:
        created = self._ask("CreateSession", "a{sv}", (), {"session_handle_token": ("s", f"m{secrets.token_hex(8)}")})
        self._session = str(created["session_handle"][1])
        self._closed = self._closings.enter_context(self._bus.listen("Session", "Closed", self._session))
        self._owners = self._closings.enter_context(self._bus.listen_owner())
        wish: Options = {
            "types": ("u", _MONITORS),
            "multiple": ("b", True),
            "cursor_mode": ("u", _CURSOR_HIDDEN),
        }
        if self._bus.read_version() >= _WITH_TOKENS:
            wish["persist_mode"] = ("u", _UNTIL_REVOKED)
            if token:
                wish["restore_token"] = ("s", token)
        self._ask("SelectSources", "oa{sv}", (self._session,), wish)
        granted = self._ask("Start", "osa{sv}", (self._session, ""), {})
        self.token = str(granted.get("restore_token", ("s", ""))[1])
        self.streams = tuple(_read_stream(*one) for one in granted.get("streams", ("", []))[1])
        if not self.streams:
            raise ScreenRefused("No monitor was chosen when the desktop asked.")

    def _ask(self, member: str, signature: str, before: tuple[Any, ...], options: Options) -> Options:
        code, results = self._bus.request(
            member, signature, before, options, choice_s=self._choice_s, is_cancelled=self._is_cancelled
        )
        if code == 1:
            raise ScreenRefused("The screen may not be watched: the desktop asked, and the answer was no.")
        if code != 0:
            raise NoScreen("The desktop could not let the screen be watched.", hint=_PORTAL_HINT)
        return results

    def open_remote(self) -> int:
        """A connection to PipeWire that sees these streams alone: an open file, the caller's to close.

        Raises:
            NoScreen: the desktop gives none.
        """
        try:
            (remote,) = self._bus.call("OpenPipeWireRemote", "oa{sv}", (self._session, {}))
            return int(remote.to_raw_fd())
        except (NotOffered, OSError) as error:
            raise NoScreen("The desktop gives no pictures of the screen.", hint=_PORTAL_HINT) from error

    def is_closed(self) -> bool:
        """Whether the desktop has ended it, by its own button for example; costs little.

        Raises:
            NoScreen: the desktop is gone.
        """
        try:
            is_closed = self._bus.take_in(self._closed)
        except OSError as error:
            raise NoScreen(_SILENT) from error
        if self._owners:  # a portal that is gone says of no session that it is closed
            raise NoScreen(_SILENT)
        return is_closed

    def close(self) -> None:
        """End it; the desktop's sign that the screen is watched goes."""
        session, self._session = getattr(self, "_session", ""), ""
        if session:
            with contextlib.suppress(OSError):
                self._bus.close_object("Session", session)
        self._closings.close()


def _read_stream(node: int, told: Options) -> Stream:
    position, size = told.get("position"), told.get("size")
    if position is None or size is None:
        return Stream(node, None)
    (left, top), (width, height) = position[1], size[1]
    return Stream(node, Box(left, top, left + width, top + height))
