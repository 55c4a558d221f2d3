"""Which windows a KDE Plasma desktop has, told by KWin itself through a script that is loaded into it.

Role: KWin tells no other program its windows over Wayland, but runs scripts for its user. Ours calls us over the bus
with all windows whenever one comes, goes, is renamed, minimised or gets the keyboard; it changes nothing and is taken
out with us. Read by the same rules as other lists; where windows are is not used.
Source: KWin scripting API (workspace, Window, callDBus), org.kde.kwin.Scripting and org.kde.kwin.Script.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import tempfile
from collections import deque
from typing import Any

from ingest.screen import Box, NoScreen
from ingest.wayland_windows import OpenWindow

_KWIN, _SCRIPTING = "org.kde.KWin", "org.kde.kwin.Scripting"
_INTERFACE, _TOLD = "org.madeleine.Windows", "Told"
_ANSWER_S = 3.0
_GONE = "KWin does not tell its windows any more."
# The first words are those of Plasma 6, the second those of Plasma 5.
_SCRIPT = """
function tell() {
    var windows = workspace.windowList ? workspace.windowList() : workspace.clientList();
    callDBus("{service}", "{path}", "{interface}", "{told}", JSON.stringify(windows.map(function (one) {
        return [String(one.internalId), String(one.resourceClass), String(one.caption), one.minimized, one.active];
    })));
}
function watch(one) {
    ["captionChanged", "minimizedChanged", "activeChanged", "windowClassChanged"].forEach(function (name) {
        if (one[name]) { one[name].connect(tell); }
    });
}
(workspace.windowList ? workspace.windowList() : workspace.clientList()).forEach(watch);
(workspace.windowAdded || workspace.clientAdded).connect(function (one) { watch(one); tell(); });
(workspace.windowRemoved || workspace.clientRemoved).connect(tell);
(workspace.windowActivated || workspace.clientActivated).connect(tell);
tell();
"""


class KWinList:
    """All windows of a Plasma desktop.

    Attributes:
        n_changes: Grows with whatever KWin tells.
        monitors: None: where windows are is not used.

    Raises:
        NoScreen: there is no KWin on this bus, or it runs no script.
    """

    def __init__(self) -> None:
        from jeepney import DBusAddress, MatchRule
        from jeepney.io.blocking import open_dbus_connection

        self.n_changes = 0
        self.monitors: frozenset[Box] = frozenset()
        self._windows: list[OpenWindow] | None = None
        self._numbers: dict[str, int] = {}
        self._name = f"madeleine_{secrets.token_hex(8)}"
        path = f"/madeleine/{secrets.token_hex(8)}"  # nobody else can guess where we listen
        self._scripting = DBusAddress("/Scripting", bus_name=_KWIN, interface=_SCRIPTING)
        self._heard: deque[Any] = deque()
        if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
            raise NoScreen(_GONE)
        try:
            self._connection = open_dbus_connection("SESSION")
        except Exception as error:
            raise NoScreen(_GONE) from error
        self._filter = self._connection.filter(
            MatchRule(type="method_call", interface=_INTERFACE, member=_TOLD, path=path), queue=self._heard
        )
        try:
            self._load(path)
            self.list_windows()
        except BaseException:
            self.close()
            raise

    def take_in(self) -> None:
        """Hear what has come meanwhile, without waiting."""
        try:
            with contextlib.suppress(TimeoutError):
                while True:
                    self._connection.recv_messages(timeout=0)
        except OSError as error:
            raise NoScreen(_GONE) from error
        self._read()

    def list_windows(self) -> list[OpenWindow]:
        """Those that are open now: KWin answers after all it had to tell before."""
        (is_loaded,) = self._ask(self._scripting, "isScriptLoaded", "s", self._name)
        self._read()
        if not is_loaded or self._windows is None:
            raise NoScreen(_GONE)
        return list(self._windows)

    def close(self) -> None:
        """Take the script out, and listen no more."""
        with contextlib.suppress(NoScreen):
            self._ask(self._scripting, "unloadScript", "s", self._name)
        self._filter.close()
        self._connection.close()

    def _load(self, path: str) -> None:
        """Load and run the script; KWin reads it once, from a file that only we can write."""
        words = {"service": self._connection.unique_name, "path": path, "interface": _INTERFACE, "told": _TOLD}
        script = _SCRIPT
        for name, value in words.items():
            script = script.replace(f"{{{name}}}", value)
        with tempfile.NamedTemporaryFile("w", suffix=".js", encoding="utf-8") as file:
            file.write(script)
            file.flush()
            (number,) = self._ask(self._scripting, "loadScript", "ss", file.name, self._name)
            try:
                self._ask(_script_address(f"/Scripting/Script{number}"), "run")
            except NoScreen:
                self._ask(_script_address(f"/{number}"), "run")  # Plasma 5

    def _ask(self, address: Any, member: str, signature: str = "", *words: object) -> tuple[Any, ...]:
        from jeepney import MessageFlag, MessageType, new_method_call

        message = new_method_call(address, member, signature, words)
        message.header.flags |= MessageFlag.no_auto_start  # asking must not start anything
        try:
            reply = self._connection.send_and_get_reply(message, timeout=_ANSWER_S)
        except OSError as error:
            raise NoScreen(_GONE) from error
        if reply.header.message_type is not MessageType.method_return:
            raise NoScreen(_GONE)
        return tuple(reply.body)

    def _read(self) -> None:
        from jeepney import new_method_return

        while self._heard:
            message = self._heard.popleft()
            with contextlib.suppress(OSError):
                self._connection.send(new_method_return(message))
            try:
                self._windows = [self._build(*one) for one in json.loads(message.body[0])]
            except (ValueError, TypeError, IndexError) as error:
                raise NoScreen(_GONE) from error
            self.n_changes += 1

    def _build(self, number: str, app: str, title: str, is_minimized: bool, is_active: bool) -> OpenWindow:
        known = self._numbers.setdefault(number, len(self._numbers) + 1)
        return OpenWindow(known, app, title, is_minimized=bool(is_minimized), is_active=bool(is_active))


def _script_address(path: str) -> Any:
    from jeepney import DBusAddress

    return DBusAddress(path, bus_name=_KWIN, interface="org.kde.kwin.Script")
