"""A desktop of our own that lets the screen be watched: its portal on a real bus, and what stands for GStreamer."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path
from typing import Any

from tests.support.session_bus import Portal

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


class CastPortal(Portal):
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
        self.codes, self.streams, self.version = codes or {}, streams, version
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.gives_remote = True
        self._session = ""
        super().__init__(takes_files=True)

    def press_stop(self) -> None:
        """The user presses the desktop's own button."""
        self.end_session(self._session)

    def answer(self, message: Any, member: str, sender: str) -> None:
        """See ``Service``."""
        if member == "Get":
            self.reply(message, "v", (("u", self.version),))
        elif member == "Close":
            self.take_close(message)
        elif member == "OpenPipeWireRemote" and self.gives_remote:
            remote = os.open(os.devnull, os.O_RDONLY)
            self.reply(message, "h", (remote,))
            os.close(remote)
        elif member in ("CreateSession", "SelectSources", "Start"):
            self._answer_request(message, member, sender)
        else:
            self.refuse(message)

    def _answer_request(self, message: Any, member: str, sender: str) -> None:
        options = message.body[-1]
        self.asked.append((member, {name: value for name, (_kind, value) in options.items()}))
        results: dict[str, Any] = {}
        if member == "CreateSession":
            self._session = self.name_session(sender, options)
            results = {"session_handle": ("s", self._session)}
        elif member == "Start":
            results = {"streams": ("a(ua{sv})", list(self.streams))}
            if self.version >= 4:
                results["restore_token"] = ("s", f"token {len(self.asked)}")
        self.respond(message, sender, options, results, self.codes.get(member, 0))
