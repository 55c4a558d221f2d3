"""Where the computer is, asked over a real bus of its own: a small service plays NetworkManager."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from ingest.whereabouts import find_networks

pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="no dbus-daemon here")
NAME, ROOT = "org.freedesktop.NetworkManager", "/org/freedesktop/NetworkManager"
OBJECTS: dict[tuple[str, str], tuple[str, Any]] = {
    (ROOT, "ActiveConnections"): ("ao", ["/cable", "/air", "/joining"]),
    ("/cable", "Type"): ("s", "802-3-ethernet"),
    ("/cable", "State"): ("u", 2),
    ("/air", "Type"): ("s", "802-11-wireless"),
    ("/air", "State"): ("u", 2),
    ("/air", "SpecificObject"): ("o", "/point"),
    ("/point", "Ssid"): ("ay", "Clinic Gäste".encode()),
    ("/joining", "Type"): ("s", "802-11-wireless"),
    ("/joining", "State"): ("u", 1),
}


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE, text=True
    )
    assert daemon.stdout is not None
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", daemon.stdout.readline().strip())
    yield
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


@pytest.fixture
def manager(bus: None) -> Iterator[None]:
    from jeepney import HeaderFields, MessageType, message_bus, new_error, new_method_return
    from jeepney.io.blocking import open_dbus_connection

    connection, ending = open_dbus_connection("SYSTEM"), threading.Event()
    connection.send_and_get_reply(message_bus.RequestName(NAME))

    def serve() -> None:
        while not ending.is_set():
            try:
                message = connection.receive(timeout=0.1)
            except TimeoutError:
                continue
            if message.header.message_type is MessageType.method_call:
                told = OBJECTS.get((message.header.fields[HeaderFields.path], message.body[1]))
                answer = new_error(message, f"{NAME}.No") if told is None else new_method_return(message, "v", (told,))
                connection.send(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    yield
    ending.set()
    thread.join()
    connection.close()


def test_the_wireless_networks_that_are_joined_are_named(manager: None) -> None:
    assert find_networks() == ("Clinic Gäste",)


def test_without_a_manager_or_a_bus_nothing_is_told(bus: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_networks() == ()
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere")
    assert find_networks() == ()
