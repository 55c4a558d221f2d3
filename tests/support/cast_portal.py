"""A desktop of our own that lets the screen be watched: its portal on a real bus, and what stands for GStreamer."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_PATH = "/org/freedesktop/portal/desktop"
_LAUNCH = """#!{python} -ES
import json, os, re, sys, time
words = " ".join(sys.argv[1:])
out = int(re.search(r"fdsink fd=(\\d+)", words)[1])
assert re.search(r"pipewiresrc fd=\\d+ path=\\d+ ", words)
size = None
while True:
    told = json.load(open("{control}"))
    if told.get("ends"):
        sys.exit(1)
    if told.get("says"):
        print(told["says"])
    if told["size"] != size:
        size = told["size"]
        print("/p/GstFdSink:fdsink0.GstPad:sink: caps = video/x-raw, width=(int)%d, height=(int)%d" % (*size,))
    width, height = size
    line = bytes([told["shade"]]) * (3 * width) + bytes(-3 * width % 4)
    data = line * height
    while data and not told.get("is_still"):
        data = data[os.write(out, data):]
    time.sleep(0.03)
"""


@contextmanager
def run_session_bus() -> Iterator[str]:
    """A message bus of our own; its address."""
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE, text=True
    )
    assert daemon.stdout is not None
    try:
        yield daemon.stdout.readline().strip()
    finally:
        daemon.terminate()
        daemon.wait()
        daemon.stdout.close()


class FakeLaunch:
    """A program that stands on the path as ``gst-launch-1.0`` and writes pictures of one grey.

    They are larger than a pipe, as those of a monitor are.
    """

    def __init__(self, folder: Path) -> None:
        self._control = folder / "launch.json"
        self._told: dict[str, Any] = {"size": [302, 100], "shade": 100}
        self.folder = folder / "bin"
        self.folder.mkdir()
        program = self.folder / "gst-launch-1.0"
        program.write_text(_LAUNCH.format(python=sys.executable, control=self._control))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        self.tell()

    def tell(self, **changes: Any) -> None:
        """Say what it writes from now on."""
        self._told |= changes
        part = self._control.with_suffix(".part")
        part.write_text(json.dumps(self._told))
        part.replace(self._control)


class CastPortal:
    """Answers the calls of ScreenCast on the bus of the environment.

    Args:
        codes: The response to each request, 0 by default; None leaves the user thinking for ever.
        streams: What Start gives, each with its number and what is told of it.
        version: Of the interface.
    """

    def __init__(
        self,
        *,
        codes: dict[str, int | None] | None = None,
        streams: tuple[tuple[int, dict[str, Any]], ...] = ((7, {}),),
        version: int = 4,
    ) -> None:
        from jeepney import message_bus
        from jeepney.io.blocking import open_dbus_connection

        self.codes, self.streams, self.version = codes or {}, streams, version
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.closed: list[str] = []
        self.gives_remote = True
        self._session = ""
        self._connection = open_dbus_connection("SESSION", enable_fds=True)
        self._connection.send_and_get_reply(message_bus.RequestName("org.freedesktop.portal.Desktop"))
        self._ending = threading.Event()
        self._sending = threading.Lock()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def end_session(self) -> None:
        """The user presses the desktop's own button."""
        self._signal(self._session, "Session", "Closed", "a{sv}", ({},))

    def close(self) -> None:
        """Be gone."""
        self._ending.set()
        self._thread.join()
        self._connection.close()

    def _serve(self) -> None:
        from jeepney import HeaderFields, MessageType

        while not self._ending.is_set():
            try:
                message = self._connection.receive(timeout=0.05)
            except TimeoutError:
                continue
            if message.header.message_type is MessageType.method_call:
                self._answer(message, message.header.fields[HeaderFields.member])

    def _answer(self, message: Any, member: str) -> None:
        from jeepney import HeaderFields, new_error, new_method_return

        if member == "Get":
            self._send(new_method_return(message, "v", (("u", self.version),)))
        elif member == "Close":
            self.closed.append(message.header.fields[HeaderFields.path])
            self._send(new_method_return(message))
        elif member == "OpenPipeWireRemote" and self.gives_remote:
            remote = os.open(os.devnull, os.O_RDONLY)
            self._send(new_method_return(message, "h", (remote,)))
            os.close(remote)
        elif member in ("CreateSession", "SelectSources", "Start"):
            self._request(message, member)
        else:
            self._send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))

    def _request(self, message: Any, member: str) -> None:
        from jeepney import HeaderFields, new_method_return

        options = {name: value for name, (_kind, value) in message.body[-1].items()}
        self.asked.append((member, options))
        sender = message.header.fields[HeaderFields.sender].lstrip(":").replace(".", "_")
        path = f"{_PATH}/request/{sender}/{options['handle_token']}"
        self._send(new_method_return(message, "o", (path,)))
        results: dict[str, Any] = {}
        if member == "CreateSession":
            self._session = f"{_PATH}/session/{sender}/{options['session_handle_token']}"
            results = {"session_handle": ("s", self._session)}
        elif member == "Start":
            results = {"streams": ("a(ua{sv})", list(self.streams))}
            if self.version >= 4:
                results["restore_token"] = ("s", f"token {len(self.asked)}")
        code = self.codes.get(member, 0)
        if code is not None:
            self._signal(path, "Request", "Response", "ua{sv}", (code, results if code == 0 else {}))

    def _signal(self, path: str, interface: str, member: str, signature: str, body: tuple[Any, ...]) -> None:
        from jeepney import DBusAddress, new_signal

        emitter = DBusAddress(path, interface=f"org.freedesktop.portal.{interface}")
        self._send(new_signal(emitter, member, signature, body))

    def _send(self, message: Any) -> None:
        with self._sending:
            self._connection.send(message)
