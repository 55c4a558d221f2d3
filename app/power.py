"""Is there power and memory to spare for work that nobody waits for?

Role: reads what the system tells, each time it is asked. On Linux from files of the kernel; on other systems neither is
known here, and who asks has to take that for a no.
Source: Linux, Documentation/ABI/testing/sysfs-class-power; proc(5), MemAvailable.
"""

from __future__ import annotations

import sys
from pathlib import Path

_SUPPLIES = Path("/sys/class/power_supply")
_MEMORY = Path("/proc/meminfo")


def is_on_mains(supplies: Path = _SUPPLIES) -> bool | None:
    """Whether the computer runs on mains power; a Linux computer without a battery of its own does. None: not known."""
    if not sys.platform.startswith("linux"):
        return None
    batteries = []
    for supply in sorted(supplies.glob("*")):
        kind, scope = _read(supply / "type"), _read(supply / "scope")
        if kind in ("Mains", "USB") and _read(supply / "online") == "1":
            return True
        if kind == "Battery" and scope != "Device":  # that of a mouse drives no computer
            batteries.append(_read(supply / "status"))
    return all(status in ("Charging", "Full", "Not charging") for status in batteries)


def available_bytes(memory: Path = _MEMORY) -> int | None:
    """Memory that a program can take without others being put out to disk; None where that is not known."""
    for line in _read(memory).splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return None


def _read(path: Path) -> str:
    """What stands in a file of the kernel; nothing where there is none or it cannot be read now."""
    try:
        return path.read_text("ascii", errors="replace").strip()
    except OSError:
        return ""
