"""A Wayland screen from the desktop's leave to the picture: real bus, real sockets, a process that writes pictures."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.screen_doors import SHARE_FILE, open_live
from ingest.screen import NoScreen, Screen, ScreenRefused
from ingest.screen_privacy import HIDDEN, OWN_SOMEWHERE, Exclusions
from ingest.wayland import NO_FRONT
from ingest.wayland_windows import MANAGER, OUTPUT
from tests.support.cast_portal import CastPortal, FakeLaunch
from tests.support.session_bus import open_session_bus
from tests.support.wayland_compositor import ACTIVATED, MINIMIZED, Compositor

pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="no dbus-daemon here")
LIMIT_S = 10.0


@pytest.fixture
def launch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeLaunch:
    made = FakeLaunch(tmp_path)
    monkeypatch.setenv("PATH", str(made.folder), prepend=":")
    return made


@pytest.fixture
def compositor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Compositor]:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    made = Compositor(tmp_path / "wayland-7")
    yield made
    made.close()


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Iterator[CastPortal]:
    with open_session_bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere")
        made = CastPortal()
        yield made
        made.close()


@pytest.fixture
def screen(launch: FakeLaunch, compositor: Compositor, portal: CastPortal, tmp_path: Path) -> Iterator[Screen]:
    opened = open_live(tmp_path)
    yield opened
    opened.close()


def wait_until(is_so: Callable[[], bool]) -> None:
    until_s = time.monotonic() + LIMIT_S
    while not is_so():
        assert time.monotonic() < until_s
        time.sleep(0.02)


def test_the_desktop_is_asked_once_and_its_pictures_are_the_monitors(
    launch: FakeLaunch, compositor: Compositor, portal: CastPortal, tmp_path: Path
) -> None:
    portal.streams = ((7, {"position": ("(ii)", (0, 0)), "size": ("(ii)", (302, 100))}), (9, {}))
    screen = open_live(tmp_path)
    wishes = dict(portal.asked)["SelectSources"]
    assert (wishes["types"], wishes["multiple"], wishes["cursor_mode"], wishes["persist_mode"]) == (1, True, 1, 2)
    assert "restore_token" not in wishes
    compositor.open_window("notes", "Today", ACTIVATED)
    wait_until(lambda: not screen.look().veto)
    assert [monitor.box.right for monitor in screen.look().monitors] == [302, 604]
    picture = screen.grab()
    assert (picture.shape, set(picture.flat)) == ((100, 604, 3), {100})
    screen.close()
    assert len(portal.closed) == 1
    assert (tmp_path / SHARE_FILE).stat().st_mode & 0o777 == 0o600
    open_live(tmp_path).close()
    assert portal.asked[4][1]["restore_token"] == "token 3"


@pytest.mark.parametrize(
    ("member", "code", "words"),
    [("Start", 1, "answer was no"), ("Start", 2, "could not let"), ("SelectSources", 1, "answer was no")],
)
def test_what_the_user_or_the_desktop_does_not_want_is_said(
    compositor: Compositor, portal: CastPortal, tmp_path: Path, member: str, code: int, words: str
) -> None:
    portal.codes = {member: code}
    with pytest.raises(NoScreen, match=words) as caught:
        open_live(tmp_path)
    assert isinstance(caught.value, ScreenRefused) == (code == 1)
    assert portal.closed  # nothing stays open


def test_who_quits_does_not_wait_for_the_answer_and_no_monitor_is_no_leave(
    compositor: Compositor, portal: CastPortal, tmp_path: Path
) -> None:
    portal.codes = {"Start": None}
    with pytest.raises(ScreenRefused, match="Nobody answered"):
        open_live(tmp_path, is_cancelled=lambda: True)
    assert sum("/request/" in path for path in portal.closed) == 1  # the dialog does not stay
    portal.codes, portal.streams = {}, ()
    with pytest.raises(ScreenRefused, match="No monitor"):
        open_live(tmp_path)


def test_what_is_missing_is_named(
    compositor: Compositor, portal: CastPortal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoScreen) as caught:
        open_live(tmp_path)
    assert "gstreamer1.0-pipewire" in caught.value.hint
    portal.gives_remote = False
    with pytest.raises(NoScreen, match="gives no pictures"):
        open_live(tmp_path)
    portal.close()
    with pytest.raises(NoScreen, match="does not let programs"):
        open_live(tmp_path)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    with pytest.raises(NoScreen, match="no desktop to ask"):
        open_live(tmp_path)


def test_a_desktop_that_tells_no_windows_is_not_even_asked(
    portal: CastPortal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "bare")
    compositor = Compositor(tmp_path / "bare", offers=(("wl_output", 4),))
    with pytest.raises(NoScreen, match="which windows are open"):
        open_live(tmp_path)
    compositor.close()
    assert portal.asked == []


def test_every_open_window_may_be_anywhere_and_a_minimised_one_is_nowhere(
    compositor: Compositor, screen: Screen
) -> None:
    rules = Exclusions.parse("vault", "")
    box = screen.look().monitors[0].box
    assert rules.judge(screen.look(), box) == NO_FRONT
    compositor.open_window("notes", "Today", ACTIVATED)
    wait_until(lambda: not screen.look().veto)
    vault = compositor.open_window("vault", "Passwords")
    assert rules.judge(screen.look(), box) == HIDDEN
    compositor.set_states(vault, MINIMIZED)
    wait_until(lambda: rules.judge(screen.look(), box) is None)
    own = compositor.open_window("org.madeleine.Madeleine", "Madeleine")
    assert rules.judge(screen.look(), box) == OWN_SOMEWHERE
    compositor.set_states(own, MINIMIZED)
    assert rules.judge(screen.look(), box) is None


def test_a_picture_is_handed_out_only_when_it_is_newer_than_the_last_change(
    launch: FakeLaunch, compositor: Compositor, screen: Screen
) -> None:
    compositor.open_window("notes", "Today", ACTIVATED)
    vault = compositor.open_window("vault", "Passwords")
    wait_until(lambda: not screen.look().veto)
    launch.tell(shade=200)  # what the vault shows
    wait_until(lambda: screen.grab()[0, 0, 0] == 200)
    compositor.close_window(vault)
    before = screen.look()
    changed_s = time.monotonic()
    launch.tell(shade=50)
    assert screen.grab()[0, 0, 0] == 50
    assert time.monotonic() - changed_s > 0.5
    assert screen.look() == before
    compositor.rename(vault - 1, "Tomorrow")
    wait_until(screen.has_news)
    screen.grab()  # waits for nothing, for it will be dropped
    assert screen.look() != before


def test_a_window_that_may_be_on_a_monitor_that_was_not_granted_names_no_picture(
    launch: FakeLaunch, portal: CastPortal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "two")
    offers = ((MANAGER, 3), (OUTPUT, 4), (OUTPUT, 4))
    with (
        contextlib.closing(Compositor(tmp_path / "two", offers=offers)) as compositor,
        contextlib.closing(open_live(tmp_path)) as screen,
    ):
        compositor.open_window("notes", "Today", ACTIVATED)
        wait_until(lambda: not screen.look().veto)
        view = screen.look()
    assert (len(view.monitors), view.main_window(view.monitors[0].box)) == (1, None)


@pytest.mark.parametrize(
    "trouble",
    [{"ends": True}, {"says": "WARNING: from element x"}, {"size": [300, 100]}],
    ids=["ends", "warns", "size"],
)
def test_pictures_that_stop_or_change_their_shape_are_a_lost_screen(
    launch: FakeLaunch, compositor: Compositor, screen: Screen, trouble: dict[str, object]
) -> None:
    compositor.open_window("notes", "Today", ACTIVATED)
    wait_until(lambda: not screen.look().veto)
    launch.tell(**trouble)
    with pytest.raises(NoScreen, match="no more pictures"):
        wait_until(lambda: bool(screen.look().veto))


def test_a_monitor_that_changes_opens_it_anew(compositor: Compositor, screen: Screen) -> None:
    compositor.change_monitor()
    with pytest.raises(NoScreen, match="not what they were"):
        wait_until(lambda: screen.look() is None)


def test_the_desktops_own_button_ends_it(portal: CastPortal, screen: Screen) -> None:
    portal.press_stop()
    with pytest.raises(ScreenRefused, match="ended"):
        wait_until(lambda: screen.look() is None)


def test_a_portal_that_is_gone_has_taken_the_screen_with_it_before_any_picture_too(
    launch: FakeLaunch, compositor: Compositor, portal: CastPortal, tmp_path: Path
) -> None:
    launch.tell(is_still=True)
    screen = open_live(tmp_path)
    try:
        assert screen.look().veto
        portal.close()
        with pytest.raises(NoScreen):
            wait_until(lambda: not screen.look().veto)
    finally:
        screen.close()
