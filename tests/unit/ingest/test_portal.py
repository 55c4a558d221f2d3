"""The desktop portal, asked over a real bus of its own: a small service gives a picture, or does not."""

from __future__ import annotations

import shutil
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
from tests.support.session_bus import Portal, open_session_bus

pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="no dbus-daemon here")


class ShotPortal(Portal):
    """Answers calls of Screenshot with one response; ``code`` None leaves the user thinking for ever."""

    def __init__(self, *, code: int | None, uri: str) -> None:
        self.asked: list[dict[str, tuple[str, Any]]] = []
        self._code, self._uri = code, uri
        super().__init__()

    def answer(self, message: Any, member: str, sender: str) -> None:
        if member == "Close":
            self.take_close(message)
            return
        _parent, options = message.body
        self.asked.append(options)
        self.respond(message, sender, options, {"uri": ("s", self._uri)} if self._uri else {}, self._code)


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with open_session_bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield


@pytest.fixture
def open_portal(bus: None) -> Iterator[Callable[..., ShotPortal]]:
    made: list[ShotPortal] = []

    def build(*, code: int | None = 0, uri: str = "") -> ShotPortal:
        made.append(ShotPortal(code=code, uri=uri))
        return made[-1]

    yield build
    for portal in made:
        portal.close()


def test_the_picture_that_the_user_gives_is_taken_and_its_file_stays(
    open_portal: Callable[..., ShotPortal], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
def test_what_is_not_given_is_said(
    open_portal: Callable[..., ShotPortal], code: int | None, uri: str, words: str
) -> None:
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


def test_who_quits_does_not_wait_for_the_user_to_choose(open_portal: Callable[..., ShotPortal]) -> None:
    portal = open_portal(code=None)
    with pytest.raises(NoScreen, match="in time"):
        PortalScreen(is_cancelled=lambda: True)
    ((_handle, token),) = [asked["handle_token"] for asked in portal.asked]
    assert [path.rpartition("/")[2] for path in portal.closed] == [token]  # the dialog does not stay


def test_a_locked_session_gives_nothing(open_portal: Callable[..., ShotPortal], tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (40, 30), "red").save(path)
    open_portal(uri=path.as_uri())
    screen = PortalScreen(is_locked=lambda: True)
    assert take_now(screen, Exclusions(), now_us=lambda: 0).reasons == (LOCKED,)
