"""KWin's own list of windows, over a real bus of its own: a small service runs our script as far as it calls us."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.screen_doors import require_wayland
from ingest.kwin_windows import KWinList
from ingest.screen import NoScreen
from tests.support.cast_portal import FakeLaunch
from tests.support.session_bus import Service, open_session_bus
from tests.support.wayland_compositor import Compositor

pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="no dbus-daemon here")
NOTES, VAULT = ["{1}", "notes", "Today", False, True], ["{2}", "vault", "Pässe", True, False]


class KWin(Service):
    """Loads one script and tells it windows. As Plasma 5 it has its scripts elsewhere."""

    def __init__(self, *, is_plasma_5: bool) -> None:
        self.windows: Any = [NOTES]
        self.unloaded: list[str] = []
        self._is_plasma_5 = is_plasma_5
        self._loaded = self._service = self._path = ""
        super().__init__("org.kde.KWin")

    def tell(self, body: str | None = None) -> None:
        from jeepney import DBusAddress, new_method_call

        address = DBusAddress(self._path, bus_name=self._service, interface="org.madeleine.Windows")
        self.send(new_method_call(address, "Told", "s", (body or json.dumps(self.windows),)))

    def forget_script(self) -> None:
        self._loaded = ""

    def answer(self, message: Any, member: str, _sender: str) -> None:
        from jeepney import HeaderFields

        told = self._find(message.header.fields[HeaderFields.path], member)(*message.body)
        if told is None:
            self.refuse(message, what="UnknownObject")
        else:
            self.reply(message, *told)

    def _find(self, path: str, member: str) -> Callable[..., tuple[Any, ...] | None]:
        if path == "/Scripting":
            return {"loadScript": self._load, "unloadScript": self._unload, "isScriptLoaded": self._is_loaded}[member]
        is_there = path == ("/7" if self._is_plasma_5 else "/Scripting/Script7")
        return self._run if is_there and member == "run" else lambda: None

    def _load(self, path: str, name: str) -> tuple[Any, ...]:
        script = Path(path).read_text(encoding="utf-8")
        found = re.search(r'callDBus\("([^"]+)", "([^"]+)", "org.madeleine.Windows", "Told", ', script)
        assert found
        self._service, self._path = found.groups()
        assert "{" + "service}" not in script
        self._loaded = name
        return ("i", (7,))

    def _run(self) -> tuple[Any, ...]:
        self.tell()
        return ()

    def _is_loaded(self, name: str) -> tuple[Any, ...]:
        return ("b", (name == self._loaded,))

    def _unload(self, name: str) -> tuple[Any, ...]:
        self.unloaded.append(name)
        return ("b", (True,))


@pytest.fixture(autouse=True)
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with open_session_bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield


@pytest.fixture(params=[True, False], ids=["plasma 5", "plasma 6"])
def kwin(request: pytest.FixtureRequest) -> Iterator[KWin]:
    made = KWin(is_plasma_5=request.param)
    yield made
    made.close()


def test_kwin_tells_its_windows_and_each_time_counts(kwin: KWin) -> None:
    windows = KWinList()
    (notes,) = windows.list_windows()
    assert (notes.app, notes.title, notes.is_active, notes.is_minimized) == ("notes", "Today", True, False)
    before = windows.n_changes
    kwin.windows = [VAULT, NOTES]
    kwin.tell()
    vault, same = windows.list_windows()
    assert (vault.title, vault.is_minimized, vault.is_active, same.number) == ("Pässe", True, False, notes.number)
    kwin.tell()
    until_s = time.monotonic() + 10
    while windows.n_changes < before + 2:
        windows.take_in()
        assert time.monotonic() < until_s
    kwin.forget_script()
    with pytest.raises(NoScreen, match="any more"):
        windows.list_windows()
    windows.close()
    assert len(kwin.unloaded) == 1


@pytest.mark.parametrize("body", ["no JSON", "[[1]]", "7"])
def test_what_is_no_list_is_not_believed(kwin: KWin, body: str) -> None:
    windows = KWinList()
    kwin.tell(body)
    with pytest.raises(NoScreen, match="any more"):
        windows.list_windows()
    windows.close()


def test_without_kwin_there_is_no_list(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoScreen):
        KWinList()
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    with pytest.raises(NoScreen):
        KWinList()


def test_a_desktop_that_tells_its_windows_by_kwin_alone_can_be_watched(
    kwin: KWin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(FakeLaunch(tmp_path).folder))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "w")
    compositor = Compositor(tmp_path / "w", offers=(("wl_output", 4),))
    require_wayland()
    compositor.close()
    assert len(kwin.unloaded) == 1
