"""The window over the bus that screen readers speak (AT-SPI): names, tabs, the timeline's items, an answer that comes.

Role: what Orca sees and hears, without Orca. Source: AT-SPI 2, interfaces Accessible, Action and Event.Object; roles
and states are numbers of atspi-constants.h.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.support.session_bus import open_session_bus
from tests.support.ui_xvfb import Display, open_display

LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
pytestmark = pytest.mark.skipif(
    not LAUNCHER.is_file() or shutil.which("dbus-daemon") is None, reason="at-spi2-core is not installed"
)
LIMIT_S = 60.0
FOCUSABLE, SELECTED, SHOWING = 11, 23, 25
LIST_ITEM, PAGE_TAB, NOTIFICATION = 32, 37, 101
PROGRAM = """
    import sys
    from pathlib import Path
    from app.ui import main
    from tests.support.app_engine import build_fake_engine
    from tests.support.ingest_files import write_picture
    from tests.support.ui_desk import settle_home

    folder = Path(sys.argv[1])
    home = settle_home(folder / "home")
    (folder / "note.txt").write_text("The gate code is 5927.", encoding="utf-8")
    write_picture(folder / "IMG_20261114_101500.jpg")
    engine = build_fake_engine(home)
    engine.import_paths([folder / "note.txt", folder / "IMG_20261114_101500.jpg"])
    raise SystemExit(main.run(lambda: engine, home_label="memory"))
"""
Node = tuple[str, str]  # the bus name of a program, and the path of an object of it


class Reader:
    """A program that assists: it looks at the objects of another, and hears what it tells."""

    def __init__(self, address: str) -> None:
        from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
        from jeepney.io.threading import DBusRouter, open_dbus_connection

        self._connection = open_dbus_connection(address)
        self._router = DBusRouter(self._connection)
        self.heard: list[str] = []
        rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="StateChanged")
        registry = DBusAddress(
            "/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "org.a11y.atspi.Registry"
        )  # fmt: skip
        self._router.send_and_get_reply(new_method_call(registry, "RegisterEvent", "s", ("object:state-changed",)))
        self._router.send_and_get_reply(message_bus.AddMatch(rule))
        self._filter = self._router.filter(rule, bufsize=10_000)
        self._signals = self._filter.__enter__()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        from jeepney import HeaderFields

        while (message := self._signals.get()) is not None:
            if message.body[:2] == ("showing", 1):
                node = (message.header.fields[HeaderFields.sender], message.header.fields[HeaderFields.path])
                with suppress(LookupError):  # it has gone already
                    if self.role(node) == NOTIFICATION:
                        self.heard.append(self.name(node))

    def call(self, node: Node, member: str, signature: str | None = None, *body: object, of: str = "Accessible") -> Any:
        from jeepney import DBusAddress, MessageType, new_method_call

        address = DBusAddress(node[1], node[0], f"org.a11y.atspi.{of}")
        reply = self._router.send_and_get_reply(new_method_call(address, member, signature, body), timeout=LIMIT_S)
        if reply.header.message_type is not MessageType.method_return:
            raise LookupError(member)
        return reply.body

    def name(self, node: Node) -> str:
        from jeepney import DBusAddress, Properties

        told = Properties(DBusAddress(node[1], node[0], "org.a11y.atspi.Accessible")).get("Name")
        return str(self._router.send_and_get_reply(told, timeout=LIMIT_S).body[0][1])

    def role(self, node: Node) -> int:
        return int(self.call(node, "GetRole")[0])

    def is_in(self, node: Node, state: int) -> bool:
        low, high = self.call(node, "GetState")[0]
        return bool((high << 32 | low) >> state & 1)

    def walk(self, node: Node) -> Iterator[Node]:
        """All that is shown, parents first."""
        for child in self.call(node, "GetChildren")[0]:
            if self.is_in(child, SHOWING):
                yield child
                yield from self.walk(child)

    def close(self) -> None:
        self._filter.__exit__(None, None, None)
        self._signals.put(None)
        self._router.close()
        self._connection.close()


def soon(find: Callable[[], Any], what: str) -> Any:
    end_s = time.monotonic() + LIMIT_S
    while time.monotonic() < end_s:
        found = find()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{what} did not come")


@contextmanager
def assisted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Display, Reader]]:
    """The program on a desktop where something assists."""
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    run = folder / "run"
    run.mkdir(mode=0o700)
    with open_display() as display, open_session_bus() as address:
        around = {
            "DBUS_SESSION_BUS_ADDRESS": address, "XDG_RUNTIME_DIR": str(run), "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }  # fmt: skip
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        environment = {**os.environ, **around, "DISPLAY": display.environment["DISPLAY"]}
        launcher = subprocess.Popen([LAUNCHER, "--launch-immediately"], env=environment, stderr=subprocess.DEVNULL)
        try:
            session = open_dbus_connection("SESSION")
            bus = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            found = soon(lambda: session.send_and_get_reply(new_method_call(bus, "GetAddress")).body[0], "the bus")
            session.close()
            with display.run(PROGRAM, folder, environment=around) as program:
                reader = Reader(found)
                display.focus("Madeleine")
                yield display, reader
                display.press("key", "ctrl+q")
                assert program.wait(30) == 0
                reader.close()
        finally:
            launcher.terminate()
            launcher.wait()


def test_what_a_screen_reader_sees_and_hears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with assisted(tmp_path, monkeypatch) as (display, reader):
        desktop = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")

        def find(name: str, role: int) -> Node | None:
            nodes = (node for each in reader.call(desktop, "GetChildren")[0] for node in reader.walk(each))
            return next((node for node in nodes if reader.role(node) == role and reader.name(node) == name), None)

        def has_items(root: list[Node]) -> bool:
            return any(reader.role(node) == LIST_ITEM for each in root for node in reader.walk(each))

        soon(lambda: find("Ask", PAGE_TAB), "the window")
        names = ("Ask", "What did I miss?", "Timeline", "People and places", "Library", "Settings")
        for name in names:
            tab = find(name, PAGE_TAB)
            assert tab is not None, f"{name} is a tab"
            actions = [each[0] for each in reader.call(tab, "GetActions", of="Action")[0]]
            reader.call(tab, "DoAction", "i", actions.index("Press"), of="Action")
            soon(lambda tab=tab: reader.is_in(tab, SELECTED), f"{name} is chosen")
            root = reader.call(desktop, "GetChildren")[0]
            reached = [node for each in root for node in reader.walk(each) if reader.is_in(node, FOCUSABLE)]
            nameless = [reader.role(node) for node in reached if not reader.name(node)]
            assert nameless == [], name
            if name == "Timeline":
                soon(lambda root=root: has_items(root), "the timeline's items")
        display.press("key", "ctrl+1", "ctrl+l")
        display.press("type", "--delay", "5", "gate code")
        display.press("key", "Return")
        soon(lambda: any("5927" in words or "know" in words for words in reader.heard), f"an answer in {reader.heard}")
