"""Screens on a real X server: real windows, a real screen saver, a real message bus, and kill -9."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ingest.screen import NoScreen, View
from ingest.screen_privacy import Exclusions
from ingest.session_lock import SessionLock
from ingest.x11 import X11Screen
from tests.e2e.test_capture_pulse import stop, wait_for
from tests.support.e2e_process import Madeleine
from tests.support.screen_x11 import open_window
from tests.support.ui_xvfb import Display, open_display

LIMIT_S = 30.0


@pytest.fixture(scope="module")
def display() -> Iterator[Display]:
    with open_display("1280x800x24") as opened:
        yield opened


@contextmanager
def open_screen(display: Display) -> Iterator[X11Screen]:
    screen = X11Screen(display.environment["DISPLAY"])
    try:
        yield screen
    finally:
        screen.close()


def look_until(screen: X11Screen, titles: set[str]) -> View:
    until_s = time.monotonic() + LIMIT_S
    view = screen.look()
    while {w.title for w in view.windows} != titles:
        assert time.monotonic() < until_s, [w.title for w in view.windows]
        time.sleep(0.05)
        view = screen.look()
    return view


def test_windows_are_seen_with_application_title_place_and_what_hides_them(display: Display) -> None:
    with (
        open_window(display, "vault", "Pässe – Tresor", "secret", place=(100, 100, 400, 200)),
        open_window(display, "notes", "Today", "plumber", place=(50, 50, 600, 400)) as notes,
        open_screen(display) as screen,
    ):
        view = look_until(screen, {"Pässe – Tresor", "Today"})
        assert [(m.box.right, m.box.bottom) for m in view.monitors] == [(1280, 800)]
        front, behind = view.windows
        assert (front.app, front.title, front.is_active, front.is_own) == ("notes", "Today", True, False)
        assert (behind.app, behind.box.left, behind.box.top) == ("vault", 100, 100)
        box = view.monitors[0].box
        rules = Exclusions.parse("vault", "")
        assert view.seen_px(behind, box) == 0
        assert rules.judge(view, box) is None
        picture = screen.grab()
        assert picture.shape == (800, 1280, 3)
        assert (picture[449, 60] == 255).all()
        screen.grab()
        time.sleep(0.3)
        assert not screen.has_paint()
        display.press("search", "--name", "Tresor", "windowmove", "500", "100")
        wait_until(screen.has_paint)
        assert screen.has_news()
        moved = screen.look()
        assert moved.seen_px(next(w for w in moved.windows if w.app == "vault"), box) == 250 * 200
        assert rules.judge(moved, box) is not None
        notes.show("Tomorrow", "electrician")
        look_until(screen, {"Pässe – Tresor", "Tomorrow"})
        screen.grab()
        notes.show("Tomorrow", "painter")  # no window moves and no title changes
        wait_until(screen.has_paint)


def test_a_window_of_madeleine_is_known_and_a_running_screen_saver_locks(display: Display) -> None:
    from Xlib import display as xdisplay

    with (
        open_window(display, "madeleine", "My memory", "x", place=(0, 0, 300, 200)),
        open_screen(display) as screen,
    ):
        assert [w.is_own for w in look_until(screen, {"My memory"}).windows] == [True]
        assert not screen.look().is_locked
        other = xdisplay.Display(display.environment["DISPLAY"])
        other.force_screen_saver(1)
        other.sync()
        assert screen.look().is_locked
        other.force_screen_saver(0)
        other.sync()
        assert not screen.look().is_locked
        other.close()


def test_a_display_that_dies_or_is_none_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_display("640x480x24") as display:
        screen = X11Screen(display.environment["DISPLAY"])
        screen.look()
    with pytest.raises(NoScreen, match="cannot be read any more"):
        screen.look()
    with pytest.raises(NoScreen, match="gives no picture"):
        screen.grab()
    screen.close()
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(NoScreen, match="no screen here"):
        X11Screen()
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with pytest.raises(NoScreen, match="Wayland"):
        X11Screen()


@contextmanager
def run_bus(folder: Path) -> Iterator[str]:
    """A message bus of our own; its address."""
    address = f"unix:path={folder / 'bus'}"
    try:
        bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address", f"--address={address}"],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("dbus-daemon is not installed")
    assert bus.stdout is not None
    try:
        assert bus.stdout.readline()
        yield address
    finally:
        bus.terminate()
        bus.wait(10)
        bus.stdout.close()


def answer_as(address: str, name: str, answers: dict[str, tuple[str, tuple[Any, ...]]]) -> threading.Thread:
    """Be a service on the bus until it ends."""
    from jeepney import HeaderFields, MessageType, new_method_return
    from jeepney.bus_messages import message_bus
    from jeepney.io.blocking import open_dbus_connection

    connection = open_dbus_connection(address)
    connection.send_and_get_reply(message_bus.RequestName(name))

    def serve() -> None:
        with connection:
            while True:
                try:
                    asked = connection.receive()
                except (EOFError, OSError):
                    return
                if asked.header.message_type is MessageType.method_call:
                    member = asked.header.fields[HeaderFields.member]
                    connection.send(new_method_return(asked, *answers[member]))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    return thread


def test_a_locked_session_is_known_over_the_bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now_s = 0.0
    with run_bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        saver = {"GetActive": ("b", (False,))}
        login = {"Get": ("v", (("b", False),))}
        threads = [
            answer_as(address, "org.freedesktop.ScreenSaver", saver),
            answer_as(address, "org.freedesktop.login1", login),
        ]
        lock = SessionLock(clock=lambda: now_s)
        assert not lock.is_locked()
        login["Get"] = ("v", (("b", True),))
        assert not lock.is_locked()  # asked once a second
        now_s += 1.1
        assert lock.is_locked()
        login["Get"], saver["GetActive"] = ("v", (("b", False),)), ("b", (True,))
        now_s += 1.1
        assert lock.is_locked()
        saver["GetActive"] = ("b", (False,))
        now_s += 1.1
        assert not lock.is_locked()
    for thread in threads:
        thread.join(10)
    now_s += 1.1
    assert not lock.is_locked()  # nobody answers any more
    lock.close()


def test_the_screen_is_kept_and_read_and_what_is_excluded_is_nowhere(
    tmp_path: Path, weights: Path, display: Display
) -> None:
    madeleine = Madeleine(tmp_path / "home", weights, environment=display.environment)
    assert madeleine("settings", "screen_excluded_titles", "canary").code == 0
    with open_window(display, "notes", "Shopping list", "Olive oil and capers", place=(50, 50, 700, 300)) as notes:
        for point in ("screen.file", "screen.kept"):
            dying = madeleine.dying_at(point).start("capture", "--screen")
            dying.communicate(timeout=120)
            assert dying.returncode == -signal.SIGKILL
        watching = madeleine.start("capture", "--screen", "--json")
        wait_for(watching, "Keeping what is on the screen")
        wait_until(lambda: len(pictures(madeleine)) >= 2)
        notes.show("Canary birds", "xylophone quartz")
        wait_for(watching, "something that is never kept")
        notes.show("Travel", "Booking 8841 in Sintra")
        wait_until(lambda: any(m.get("window") == "Travel" for m in pictures(madeleine)))
        ran = stop(watching)
    assert ran.code == 0, ran.err
    assert ran.json["failed"] == []
    found = {m.get("window"): m for m in pictures(madeleine)}
    assert found["Travel"]["app"] == "notes"
    assert "8841" in found["Travel"]["text"]
    assert all("capers" in m["text"] for m in pictures(madeleine) if m.get("window") in (None, "Shopping list"))
    reasons = {g["reason"] for day in madeleine("timeline", "--json").json["days"] for g in day["gaps"]}
    hidden = "something that is never kept was on the screen"
    assert reasons == {hidden, "the program ended without stopping the recording"}
    assert madeleine("search", "capers", "--json").json["moments"][0].get("window") in (None, "Shopping list")
    ids = [part for m in pictures(madeleine) for part in ("--id", m["id"])]
    assert madeleine("forget", *ids, "--yes").code == 0
    files = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert not [path for path in files if path.suffix == ".webp"]
    for word in (b"capers", b"Sintra", b"xylophone", b"Canary birds"):
        assert not [path.name for path in files if word in path.read_bytes()]
    assert oct((tmp_path / "home").stat().st_mode & 0o777) == "0o700"


def test_remember_keeps_the_screen_and_the_note_in_one_session_and_nothing_excluded(
    tmp_path: Path, weights: Path, display: Display
) -> None:
    madeleine = Madeleine(tmp_path / "home", weights, environment=display.environment)
    with open_window(display, "shop", "Kettles", "Steel kettle 1.7 litres", place=(50, 50, 700, 300)) as shop:
        ran = madeleine("remember", "the", "kettle", "for", "Anna", "--json")
        assert ran.code == 0, ran.err
        assert [(m["kind"], m.get("window")) for m in ran.json["moments"]] == [
            ("note", None),
            ("screenshot", "Kettles"),
        ]
        assert ran.json["moments"][0]["text"] == "the kettle for Anna"
        assert "1.7 litres" in ran.json["moments"][1]["text"]
        assert ran.json["not_kept"] == []
        shop.show("Start (Private)", "secret gift")
        time.sleep(1.0)
        ran = madeleine("remember", "a gift")
        assert (ran.code, ran.out) == (0, "Remembered: the note.\n")
        assert "something that is never kept was on the screen" in ran.err
    assert len(pictures(madeleine)) == 1


def pictures(madeleine: Madeleine) -> list[dict[str, Any]]:
    return [m for m in madeleine.list_moments() if m["kind"] == "screenshot"]


def wait_until(is_so: Any) -> None:
    until_s = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < until_s
        time.sleep(0.3)


def test_without_a_screen_capture_says_so(tmp_path: Path) -> None:
    bare = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    madeleine = Madeleine(tmp_path / "home", tmp_path / "no weights", environment={**bare, "DISPLAY": ""})
    ran = madeleine("capture", "--screen")
    assert (ran.code, "There is no screen here." in ran.err) == (3, True)
