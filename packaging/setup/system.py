"""The Debian packages Madeleine stands on: which are missing, and how to get them.

Each need is probed (a library that loads, a program on the path, a header), so that a machine which has the thing from
elsewhere is left alone. Standard library only.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sysconfig
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from say import SetupError, line

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")
INCLUDE_FOLDERS = ("/usr/include", "/usr/local/include", "/opt/homebrew/include")
APT_OPTIONS = ("-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3")


@dataclass(frozen=True, slots=True)
class Need:
    """A Debian package and the test that tells whether what it brings is there already."""

    package: str
    is_met: Callable[[], bool]


def library(package: str, soname: str) -> Need:
    """Need a shared library that loads."""

    def loads() -> bool:
        try:
            ctypes.CDLL(soname)
        except OSError:
            return False
        return True

    return Need(package, loads)


def program(package: str, name: str) -> Need:
    """Need a program on the path (system folders included)."""
    return Need(package, lambda: shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") is not None)


def header(package: str, name: str, folders: Sequence[str] = INCLUDE_FOLDERS) -> Need:
    """Need a C header."""
    return Need(package, lambda: any(Path(folder, name).is_file() for folder in folders))


def _has_venv() -> bool:
    return importlib.util.find_spec("venv") is not None and importlib.util.find_spec("ensurepip") is not None


def _has_font() -> bool:
    return any(next(Path(folder).rglob("*.[ot]t[fc]"), None) for folder in FONT_FOLDERS)


# To compile llama.cpp and PyAudio, and to make an environment at all.
BUILD = (
    Need("g++", lambda: any(shutil.which(name) for name in ("g++", "clang++", "c++"))),
    program("make", "make"),
    Need("python3.11-venv", _has_venv),
    header("python3.11-dev", "Python.h", (sysconfig.get_path("include"),)),
    header("portaudio19-dev", "portaudio.h"),
)

# What PySide6's widgets, its xcb, Wayland and multimedia plugins link to (by ldd), less what these packages depend on.
WINDOW = (
    library("libegl1", "libEGL.so.1"),
    library("libgl1", "libGL.so.1"),
    library("libglib2.0-0", "libgthread-2.0.so.0"),
    library("libdbus-1-3", "libdbus-1.so.3"),
    library("libfontconfig1", "libfontconfig.so.1"),
    library("libgssapi-krb5-2", "libgssapi_krb5.so.2"),
    library("libpulse0", "libpulse.so.0"),
    library("libwayland-egl1", "libwayland-egl.so.1"),
    library("libwayland-cursor0", "libwayland-cursor.so.0"),
    library("libx11-xcb1", "libX11-xcb.so.1"),
    library("libxkbcommon-x11-0", "libxkbcommon-x11.so.0"),
    library("libxcb-cursor0", "libxcb-cursor.so.0"),
    library("libxcb-icccm4", "libxcb-icccm.so.4"),
    library("libxcb-keysyms1", "libxcb-keysyms.so.1"),
    library("libxcb-shape0", "libxcb-shape.so.0"),
    library("libxrandr2", "libXrandr.so.2"),
    Need("fonts-dejavu-core", _has_font),
)

# For tests only: a display, a sound server, tools that make and check files. Without them tests skip and say why.
TEST = (
    program("xvfb", "Xvfb"),
    program("xdotool", "xdotool"),
    program("pulseaudio", "pulseaudio"),
    program("pulseaudio-utils", "paplay"),
    Need("libasound2-plugins", lambda: any(Path("/usr/lib").glob("*/alsa-lib/libasound_module_pcm_pulse.so"))),
    program("ffmpeg", "ffmpeg"),
    program("flac", "flac"),
    program("libimage-exiftool-perl", "exiftool"),
    program("dbus", "dbus-daemon"),
    Need("at-spi2-core", lambda: Path("/usr/libexec/at-spi-bus-launcher").is_file()),
    program("iproute2", "ip"),
    program("util-linux", "unshare"),
)

# For ``make test-wayland``: two Wayland desktops without a monitor, 240 MB with what they pull in.
WAYLAND = (
    program("sway", "sway"),
    program("swaybg", "swaybg"),
    program("swaylock", "swaylock"),
    program("kwin-wayland", "kwin_wayland"),
    program("pipewire", "pipewire"),
    program("wireplumber", "wireplumber"),
    Need("xdg-desktop-portal", lambda: Path("/usr/libexec/xdg-desktop-portal").is_file()),
    Need("xdg-desktop-portal-wlr", lambda: Path("/usr/libexec/xdg-desktop-portal-wlr").is_file()),
    program("gstreamer1.0-tools", "gst-launch-1.0"),
    Need("gstreamer1.0-pipewire", lambda: any(Path("/usr/lib").glob("*/gstreamer-1.0/libgstpipewire.so"))),
    Need("gstreamer1.0-plugins-base", lambda: any(Path("/usr/lib").glob("*/gstreamer-1.0/libgstvideoconvert*.so"))),
)


def find_missing(needs: Iterable[Need]) -> list[str]:
    """Return the Debian packages whose need is not met, in order."""
    return [need.package for need in needs if not need.is_met()]


def has_display() -> bool:
    """Say whether a window could be shown."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def provide(essential: Sequence[Need], useful: Sequence[Need] = ()) -> None:
    """Install what is missing, or say what to install.

    Raises:
        SetupError: Something essential is missing and cannot be installed from here; the message is the line to run.
    """
    missing = find_missing([*essential, *useful])
    if not missing:
        line("    nothing is missing")
        return
    line(f"    missing: {' '.join(missing)}")
    prefix = _find_privilege()
    if prefix is not None and shutil.which("apt-get"):
        _install(prefix, missing)
    still = find_missing(essential)
    by_hand = "sudo apt-get install --no-install-recommends " + " ".join(find_missing([*essential, *useful]))
    if still:
        raise SetupError(
            f"These are needed and cannot be installed from here. Run this, then make again:\n\n  {by_hand}"
        )
    if left := find_missing(useful):
        line(f"    going on without {' '.join(left)}; to have it: {by_hand}")


def _find_privilege() -> list[str] | None:
    """Return what to put before apt-get: nothing for root, sudo where it asks no password, None where neither is so."""
    if os.geteuid() == 0:
        return []
    asks_nothing = shutil.which("sudo") and not subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode
    return ["sudo", "-n"] if asks_nothing else None


def _install(prefix: Sequence[str], packages: Sequence[str]) -> None:
    """Run apt-get; its failure is judged afterwards, by what is still missing."""
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    for arguments in (["-q", "update"], ["-q", "install", *APT_OPTIONS, *packages]):
        done = subprocess.run([*apt, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            line("\n".join((done.stdout + done.stderr).splitlines()[-15:]))
