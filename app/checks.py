"""What ``doctor`` looks at: weights, disk, permissions, database, index and devices, each a finding in words.

Role: looks only; mends nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

from app.findings import Finding
from app.network import describe_network
from app.sight import describe_reading, describe_sight
from memory.store import Memory
from models.weights import Profile, WeightsFolder

_LOW_BYTES = 2_000_000_000


def run_checks(home: Path, memory: Memory, weights: WeightsFolder, profile: Profile) -> list[Finding]:
    """Look at everything; one check that fails does not keep the others from running."""
    checks: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
        ("weights", lambda: _weights(weights, profile)),
        ("disk", lambda: _disk(home)),
        ("memory", lambda: _memory(memory)),
        ("sound", _sound),
        ("screen", _screen),
        ("keys", _keys),
        ("network", lambda: iter([describe_network()])),
    )
    findings: list[Finding] = []
    for name, check in checks:
        try:
            findings.extend(check())
        except Exception as error:  # noqa: BLE001 - a check that breaks is itself a finding
            findings.append(
                Finding(name, False, f"the check itself failed ({type(error).__name__})", "Please report this.")
            )
    return findings


def _weights(folder: WeightsFolder, profile: Profile) -> Iterator[Finding]:
    yield describe_sight(folder, profile)
    yield describe_reading()
    for state in folder.list_files(profile.models.values()):
        well = state.state in ("present", "bundled")
        detail = f"{state.model}/{state.name} is {state.state} ({state.n_bytes / 1e6:,.1f} MB)"
        yield Finding("weights", well, detail, "" if well else "Run: madeleine models pull")


def _disk(home: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(home).free
    yield Finding(
        "disk", free > _LOW_BYTES, f"{free / 1e9:.1f} GB free where the memory lies", "Make room, or move the home."
    )


def _memory(memory: Memory) -> Iterator[Finding]:
    status = memory.status()
    yield Finding("memory", True, ", ".join(f"{f.name} {getattr(status, f.name)}" for f in fields(status)))
    for check in memory.check():
        yield Finding(check.name, check.ok, check.detail, check.hint)


def _sound() -> Iterator[Finding]:
    from ingest.devices import NoMicrophone
    from ingest.microphone import PortAudioMicrophones

    try:
        devices = PortAudioMicrophones().list_devices()
    except NoMicrophone as error:
        yield Finding("sound", False, str(error), f"Recording needs it; importing does not. {error.hint}".strip())
        return
    detail = f"PyAudio works; microphones to record from: {len(devices)}"
    hint = "" if devices else "Recording needs one, and the rights to use it; importing does not."
    yield Finding("sound", True, detail, hint)


def _screen() -> Iterator[Finding]:
    """A computer without a screen is well; it only cannot keep one. Nobody is asked for leave here."""
    from app.screen_doors import is_through_qt, is_wayland, open_qt, open_x11, require_wayland
    from ingest.screen import NoScreen

    try:
        if is_wayland():
            require_wayland()
            yield Finding("screen", True, "Wayland tells its windows here; the desktop asks before it gives pictures")
            return
        screen = open_qt() if is_through_qt() else open_x11()
    except NoScreen as error:
        yield Finding("screen", True, str(error), f"Keeping the screen needs one; all else works. {error.hint}".strip())
        return
    try:
        view = screen.look()
        way = "Qt" if is_through_qt() else "X11"
        yield Finding("screen", True, f"{way} works; monitors that can be kept: {len(view.monitors)}")
    except NoScreen as error:
        yield Finding("screen", False, str(error), error.hint)
    finally:
        screen.close()


def _keys() -> Iterator[Finding]:
    """A desktop that gives no keys is well; Madeleine is only reached by her window and the tray."""
    from app.screen_doors import is_wayland
    from ingest.keys import NoKeys
    from ingest.portal_keys import require_portal
    from ingest.x11_keys import require_x11

    try:
        (require_portal if is_wayland() else require_x11)()
    except NoKeys as error:
        yield Finding("keys", True, f"No keys for every program: {error} {error.hint}")
        return
    giver = "The desktop's portal" if is_wayland() else "X11"
    yield Finding("keys", True, f"{giver} can give keys for every program (settings: desktop_keys)")
