"""Keys by the desktop's portal, asked over a real bus of its own: of a small portal, and of the real one."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.keys import Key, NoKeys
from ingest.portal_bus import BUS
from ingest.portal_keys import PortalKeys, require_portal
from tests.support.session_bus import open_session_bus
from tests.support.shortcuts_portal import ShortcutsBackend, ShortcutsPortal

pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="no dbus-daemon here")
WANTED = {"remember": Key("m", "Remember this"), "pause": Key("p", "Pause, or go on")}
LIMIT_S = 10.0
FRONT = Path("/usr/libexec/xdg-desktop-portal")


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with open_session_bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield


class Told:
    """What keys tell."""

    def __init__(self) -> None:
        self.pressed: list[str] = []
        self.lost: list[str] = []
        self.n_given = 0
        self._changed = threading.Condition()

    def press(self, name: str) -> None:
        with self._changed:
            self.pressed.append(name)
            self._changed.notify_all()

    def give(self) -> None:
        with self._changed:
            self.n_given += 1
            self._changed.notify_all()

    def lose(self, error: NoKeys) -> None:
        with self._changed:
            self.lost.append(str(error))
            self._changed.notify_all()

    def until(self, is_so: Callable[[], object]) -> None:
        with self._changed:
            assert self._changed.wait_for(is_so, LIMIT_S)


@contextmanager
def asking() -> Iterator[tuple[PortalKeys, Told]]:
    told = Told()
    keys = PortalKeys(WANTED, told.press, on_given=told.give, on_lost=told.lose)
    assert keys.start() == ()
    try:
        yield keys, told
    finally:
        keys.stop()


@contextmanager
def serving(service: ShortcutsPortal | ShortcutsBackend) -> Iterator[None]:
    try:
        yield
    finally:
        service.close()


def test_keys_are_given_pressed_changed_and_given_back(bus: None) -> None:
    portal = ShortcutsPortal()
    with serving(portal):
        require_portal()
        with asking() as (keys, told):
            told.until(lambda: told.n_given)
            assert keys.triggers == {"remember": "Press Ctrl+Alt+M"}, "the other was not given"
            assert portal.registered == ["org.madeleine.Madeleine"]
            wished = {name: (told["description"][1], told["preferred_trigger"][1]) for name, told in portal.bound}
            assert wished == {
                "remember": ("Remember this", "CTRL+ALT+m"),
                "pause": ("Pause, or go on", "CTRL+ALT+p"),
            }
            portal.press("remember", session="/org/freedesktop/portal/desktop/session/1_1/other")
            portal.press("nothing of ours")
            for _ in range(3):
                portal.press("remember")  # held: the desktop repeats it
            told.until(lambda: told.pressed)
            portal.let_go("remember")
            time.sleep(0.1)  # fingers take longer than a repetition
            portal.press("remember")
            portal.press("pause")
            told.until(lambda: len(told.pressed) >= 3)
            assert told.pressed == ["remember", "remember", "pause"]
            portal.change("pause", "Meta+F2")
            told.until(lambda: told.n_given == 2)
            assert keys.triggers == {"pause": "Meta+F2"}
        assert portal.session in portal.closed or _soon(lambda: portal.session in portal.closed)
        assert told.lost == []


def _soon(is_so: Callable[[], bool]) -> bool:
    until_s = time.monotonic() + LIMIT_S
    while not is_so() and time.monotonic() < until_s:
        time.sleep(0.01)
    return is_so()


def test_keys_that_are_taken_back_are_told_once(bus: None) -> None:
    portal = ShortcutsPortal()
    with serving(portal), asking() as (keys, told):
        told.until(lambda: told.n_given)
        portal.take_back()
        told.until(lambda: told.lost)
        assert "taken its keys back" in told.lost[0]
        assert keys.triggers == {}
        portal.close()
        time.sleep(0.1)
        assert len(told.lost) == 1


def test_a_portal_that_ends_takes_its_keys_along(bus: None) -> None:
    portal = ShortcutsPortal()
    with serving(portal), asking() as (_keys, told):
        told.until(lambda: told.n_given)
        portal.close()
        told.until(lambda: told.lost)
        assert "taken its keys back" in told.lost[0]


def test_a_user_who_says_no_and_one_who_is_not_waited_for(bus: None) -> None:
    portal = ShortcutsPortal(code=1)
    with serving(portal), asking() as (_keys, told):
        told.until(lambda: told.lost)
        assert "told to give no keys" in told.lost[0]
    portal = ShortcutsPortal(code=None)
    with serving(portal):
        with asking() as (_keys, told):
            assert _soon(lambda: bool(portal.bound))
        assert told.lost == []
        assert any("/request/" in path for path in portal.closed), "the dialog does not stay"


def test_without_a_portal_or_a_bus_it_is_said(bus: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoKeys, match="no portal"):
        require_portal()
    with asking() as (_keys, told):
        told.until(lambda: told.lost)
        assert "no portal" in told.lost[0]
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "")
    with pytest.raises(NoKeys, match="no portal"):
        PortalKeys(WANTED, lambda _name: None).start()


@pytest.mark.skipif(not FRONT.is_file(), reason="no xdg-desktop-portal here")
def test_the_real_portal_gives_keys_of_a_desktop_behind_it(bus: None, tmp_path: Path) -> None:
    (tmp_path / "tried.portal").write_text(
        "[portal]\nDBusName=org.freedesktop.impl.portal.desktop.tried\n"
        "Interfaces=org.freedesktop.impl.portal.GlobalShortcuts;\nUseIn=tried\n"
    )
    (tmp_path / "portals.conf").write_text("[preferred]\ndefault=tried\n")
    backend = ShortcutsBackend()
    around = {"XDG_DESKTOP_PORTAL_DIR": str(tmp_path), "XDG_CURRENT_DESKTOP": "tried", "XDG_RUNTIME_DIR": str(tmp_path)}
    with serving(backend), subprocess.Popen([FRONT], env={**os.environ, **around}, stderr=subprocess.PIPE) as front:
        try:
            assert _soon(_is_there), "the portal did not start"
            require_portal()
            with asking() as (keys, told):
                told.until(lambda: told.n_given or told.lost)
                assert told.lost == []
                assert keys.triggers == {"remember": "CTRL+ALT+m", "pause": "CTRL+ALT+p"}
                assert [name for name, _told in backend.bound] == ["remember", "pause"]
                backend.press("pause")
                told.until(lambda: told.pressed)
                assert told.pressed == ["pause"]
            assert _soon(lambda: backend.session in backend.ended), "the session was ended"
        finally:
            front.terminate()


def _is_there() -> bool:
    """Whether it has its name on the bus; a call before that would have the bus start another one."""
    from jeepney import message_bus
    from jeepney.io.blocking import open_dbus_connection

    with open_dbus_connection("SESSION") as connection:
        (has_owner,) = connection.send_and_get_reply(message_bus.NameHasOwner(BUS)).body
        return bool(has_owner)
