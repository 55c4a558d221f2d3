"""The desktop portal, asked over a real bus of its own: a small service gives a picture, or does not."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.screen_doors import open_once
from ingest.portal import PortalScreen
from ingest.screen import NoScreen
from ingest.screen_once import take_now
from ingest.screen_privacy import Exclusions
from ingest.screen_recorder import LOCKED
from tests.support.session_bus import open_session_bus

pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="no dbus-daemon here")
REQUEST = "org.freedesktop.portal.Request"


class Portal:
    """Answers calls of Screenshot with one response; ``code`` None leaves the user thinking for ever."""

    def __init__(self, *, code: int | None, uri: str) -> None:
        from jeepney import message_bus
        from jeepney.io.blocking import open_dbus_connection

        self.asked: list[dict[str, tuple[str, Any]]] = []
        self.closed: list[str] = []
        self._code, self._uri = code, uri
        self._connection = open_dbus_connection("SESSION")
        self._connection.send_and_get_reply(message_bus.RequestName("org.freedesktop.portal.Desktop"))
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        from jeepney import HeaderFields, MessageType, new_method_return

        while not self._ending.is_set():
            try:
                message = self._connection.receive(timeout=0.1)
            except TimeoutError:
                continue
            if message.header.fields.get(HeaderFields.member) == "Close":
                self.closed.append(message.header.fields[HeaderFields.path])
                self._connection.send(new_method_return(message))
            elif message.header.message_type is MessageType.method_call:
                _parent, options = message.body
                self.asked.append(options)
                sender = message.header.fields[HeaderFields.sender].lstrip(":").replace(".", "_")
                path = f"/org/freedesktop/portal/desktop/request/{sender}/{options['handle_token'][1]}"
                self._connection.send(new_method_return(message, "o", (path,)))
                if self._code is not None:
                    self._respond(path)

    def _respond(self, path: str) -> None:
        from jeepney import DBusAddress, new_signal

        emitter = DBusAddress(path, interface=REQUEST)
        body = (self._code, {"uri": ("s", self._uri)} if self._uri else {})
        self._connection.send(new_signal(emitter, "Response", "ua{sv}", body))

    def close(self) -> None:
        self._ending.set()
        self._thread.join()
        self._connection.close()


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with open_session_bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield


@pytest.fixture
def open_portal(bus: None) -> Iterator[Callable[..., Portal]]:
    made: list[Portal] = []

    def build(*, code: int | None = 0, uri: str = "") -> Portal:
        made.append(Portal(code=code, uri=uri))
        return made[-1]

    yield build
    for portal in made:
        portal.close()


def test_the_picture_that_the_user_gives_is_taken_and_its_file_stays(
    open_portal: Callable[..., Portal], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pixels = np.random.default_rng(1).integers(0, 255, (40, 60, 3), dtype=np.uint8)
    path = tmp_path / "Bildschirmfoto vom 1. Mai.png"
    Image.fromarray(pixels).save(path)
    portal = open_portal(uri=path.as_uri())
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    screen = open_once()
    taken = take_now(screen, Exclusions.parse("", ""), now_us=lambda: 7, rest=lambda _s: None)
    screen.close()
    (shot,) = taken.shots
    assert np.array_equal(shot.pixels, pixels)
    assert (shot.at_us, shot.monitor.name, shot.view.windows) == (7, "portal", ())
    assert portal.asked[0]["interactive"] == ("b", True)  # the user sees what is given, for nothing can be excluded
    assert path.is_file()


@pytest.mark.parametrize(
    ("code", "uri", "words"),
    [
        (1, "", "No picture of the screen was given"),
        (2, "", "No picture of the screen was given"),
        (0, "https://a.example/b.png", "gave no file"),
        (0, "file:///nowhere/b.png", "cannot be opened"),
        (None, "", "in time"),
    ],
)
def test_what_is_not_given_is_said(open_portal: Callable[..., Portal], code: int | None, uri: str, words: str) -> None:
    open_portal(code=code, uri=uri)
    with pytest.raises(NoScreen, match=words):
        PortalScreen(choice_s=0.5)


def test_without_a_portal_or_a_bus_it_is_said(bus: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoScreen, match="gives no pictures of the screen"):
        PortalScreen()
    for address in ("unix:path=/nowhere", ""):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        with pytest.raises(NoScreen):
            PortalScreen()


def test_who_quits_does_not_wait_for_the_user_to_choose(open_portal: Callable[..., Portal]) -> None:
    portal = open_portal(code=None)
    with pytest.raises(NoScreen, match="in time"):
        PortalScreen(is_cancelled=lambda: True)
    ((_handle, token),) = [asked["handle_token"] for asked in portal.asked]
    assert [path.rpartition("/")[2] for path in portal.closed] == [token]  # the dialog does not stay


def test_a_locked_session_gives_nothing(open_portal: Callable[..., Portal], tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (40, 30), "red").save(path)
    open_portal(uri=path.as_uri())
    screen = PortalScreen(is_locked=lambda: True)
    assert take_now(screen, Exclusions(), now_us=lambda: 0).reasons == (LOCKED,)
