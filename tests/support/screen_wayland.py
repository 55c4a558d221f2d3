"""A Wayland desktop of our own without a monitor: sway, PipeWire, the desktop's portal, and windows on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.support.own_window import PROGRAM, OwnWindow

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 30.0
_TOOLS = ("dbus-daemon", "sway", "pipewire", "wireplumber", "gst-launch-1.0", "setpriv")
_PORTALS = tuple(Path("/usr/libexec") / name for name in ("xdg-desktop-portal-wlr", "xdg-desktop-portal"))
_NOBODY = 65534


class WaylandDesktop:
    """A desktop that runs.

    Attributes:
        environment: What programs on it are started with.
    """

    def __init__(self, folder: Path, environment: dict[str, str], running: ExitStack) -> None:
        self.environment = environment
        self._folder, self._running = folder, running
        self._n_paints = 0
        self._portals: list[subprocess.Popen[bytes]] = []

    def tell(self, *words: str) -> None:
        """Tell sway something."""
        subprocess.run(["swaymsg", *words], env=self.environment, check=True, timeout=LIMIT_S, capture_output=True)

    def start(self, *words: str | Path, **changes: str) -> subprocess.Popen[bytes]:
        """Run a program on it until the end."""
        log = self._running.enter_context((self._folder / f"{Path(words[0]).name}.log").open("ab"))
        process = subprocess.Popen(words, env=self.environment | changes, stdout=log, stderr=log)
        self._running.callback(_end, process)
        return process

    def repaint(self) -> None:
        """Paint everything anew: the portal of wlroots desktops lets go of a monitor with its next picture only."""
        self._n_paints += 1
        self.tell("output", "*", "bg", f"#2040{self._n_paints % 256:02x}", "solid_color")
        time.sleep(0.3)

    def start_portals(self) -> None:
        """Start the desktop's portal, whatever the user's answers would be: it chooses the first monitor by itself."""
        for number, path in enumerate(_PORTALS):
            self._portals.append(self.start(path, **({} if number else {"WAYLAND_DISPLAY": "with-gpu"})))
        time.sleep(0.5)  # both take their names on the bus; a call before that would start another

    def stop_portals(self) -> None:
        """The desktop ends all watching."""
        for process in reversed(self._portals):
            _end(process)
        self._portals.clear()

    @contextmanager
    def open_window(self, app: str, title: str, text: str) -> Iterator[OwnWindow]:
        """Open a window; it gets the keyboard."""
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, app, title, text],
            env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield OwnWindow(process)
        finally:
            _end(process)
            process.stdin.close()
            process.stdout.close()


@contextmanager
def open_desktop() -> Iterator[WaylandDesktop]:
    """Start one; the test is skipped where its parts are not installed."""
    missing = [tool for tool in _TOOLS if shutil.which(tool) is None] + [p.name for p in _PORTALS if not p.exists()]
    if missing:
        pytest.skip(f"not installed (make test-wayland installs them): {', '.join(missing)}")
    with ExitStack() as running:
        folder = Path(running.enter_context(_folder()))
        environment = _prepare(folder)
        desktop = WaylandDesktop(folder, environment, running)
        desktop.start("dbus-daemon", "--session", "--nofork", f"--address={environment['DBUS_SESSION_BUS_ADDRESS']}")
        desktop.start("pipewire")
        _wait_for(lambda: (folder / "run" / "pipewire-0").exists())
        desktop.start("wireplumber")
        desktop.start(*_as_somebody(), "sway", "-c", folder / "sway.conf")
        _wait_for(lambda: (folder / "run" / "sway.sock").exists())
        _wait_for(lambda: (folder / "run" / "wayland-1").exists())
        relay = ROOT / "tests" / "support" / "wayland_gpu.py"
        run = folder / "run"
        desktop.start(sys.executable, "-P", relay, run / "wayland-1", run / "with-gpu")
        _wait_for(lambda: (run / "with-gpu").exists() and (folder / "bus").exists())
        desktop.start_portals()
        yield desktop


def _folder() -> tempfile.TemporaryDirectory[str]:
    """A short path, for sockets; the desktop's document portal may still have something mounted there in the end."""
    return tempfile.TemporaryDirectory(prefix="mw", dir="/tmp", ignore_cleanup_errors=True)


@contextmanager
def open_kwin() -> Iterator[WaylandDesktop]:
    """Start KWin alone; the test is skipped where it is not installed."""
    found = shutil.which("kwin_wayland")
    if found is None or shutil.which("dbus-daemon") is None:
        pytest.skip("not installed (make test-wayland installs it): kwin_wayland")
    with ExitStack() as running:
        folder = Path(running.enter_context(_folder()))
        environment = _prepare(folder) | {"KWIN_COMPOSE": "Q"}
        os.chown(folder / "run", os.geteuid(), -1)
        program = shutil.copy(found, folder)  # without the right to be quicker than others, which a container has not
        desktop = WaylandDesktop(folder, environment, running)
        desktop.start("dbus-daemon", "--session", "--nofork", f"--address={environment['DBUS_SESSION_BUS_ADDRESS']}")
        _wait_for(lambda: (folder / "bus").exists())
        bare = {"WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
        desktop.start(program, "--virtual", "--socket", environment["WAYLAND_DISPLAY"], **bare)
        _wait_for(lambda: (folder / "run" / "wayland-1").exists())
        yield desktop


def _prepare(folder: Path) -> dict[str, str]:
    folder.chmod(0o755)
    run, config = folder / "run", folder / "config" / "xdg-desktop-portal-wlr"
    run.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(run, _NOBODY, -1)
    config.mkdir(parents=True)
    (config / "config").write_text("[screencast]\nchooser_type=none\n")
    (folder / "sway.conf").write_text("default_border normal\noutput * mode 1280x720\n")
    bare = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "DBUS_SYSTEM_BUS_ADDRESS")}
    return bare | {
        "XDG_RUNTIME_DIR": str(run), "XDG_CONFIG_HOME": str(folder / "config"), "XDG_CURRENT_DESKTOP": "sway",
        "XDG_DATA_HOME": str(folder / "data"), "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder / 'bus'}",
        "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={folder / 'none'}", "SWAYSOCK": str(run / "sway.sock"),
        "WAYLAND_DISPLAY": "wayland-1", "WLR_BACKENDS": "headless", "WLR_LIBINPUT_NO_DEVICES": "1",
        "WLR_RENDERER": "pixman", "QT_QPA_PLATFORM": "wayland", "PYTHONPATH": str(ROOT),
    }  # fmt: skip


def _as_somebody() -> Sequence[str]:
    """Sway does not run as root."""
    if os.geteuid() != 0:
        return ()
    return ("setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups")


def _wait_for(is_there: Callable[[], bool]) -> None:
    until_s = time.monotonic() + LIMIT_S
    while not is_there():
        if time.monotonic() > until_s:
            pytest.fail("the desktop did not come up")
        time.sleep(0.05)


def _end(process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
