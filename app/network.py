"""Whether this program talks to any network now: told by the system, not by the program's own word.

Role: counts the network sockets of this process and of its children. It opens none itself.
Source: proc(5), /proc/PID/fd and /proc/PID/net/tcp; a state of 0A is a socket that listens.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.findings import Finding

_PROC = Path("/proc")
_TABLES = ("tcp", "tcp6", "udp", "udp6", "raw", "raw6")
_LISTENS = "0A"
_SOCKET = re.compile(r"socket:\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class NetworkLook:
    """What was seen: sockets with a way to another program over a network, and those of them that wait for callers."""

    n_sockets: int
    n_listening: int


def look_at_network(proc: Path = _PROC) -> NetworkLook | None:
    """Count the network sockets that are open now; None where the system does not tell."""
    own = proc / "self"
    states: dict[str, str] = {}
    for name in _TABLES:
        try:
            lines = (own / "net" / name).read_text(encoding="ascii", errors="replace").splitlines()[1:]
        except OSError:
            continue
        parts = (line.split() for line in lines)
        states.update({each[9]: each[3] for each in parts if len(each) > 9})
    try:
        found = set(_iter_sockets(proc, os.getpid()))
    except OSError:
        return None
    ours = [states[inode] for inode in found if inode in states]
    return NetworkLook(len(ours), sum(state == _LISTENS for state in ours))


def describe_network() -> Finding:
    """Say whether any network connection is open."""
    look = look_at_network()
    if look is None:
        return Finding("network", True, "this system does not tell which connections a program has")
    if not look.n_sockets:
        return Finding("network", True, "no connection to any network is open, and nobody can call")
    detail = f"{look.n_sockets} network sockets are open, {look.n_listening} of them wait for callers"
    return Finding("network", False, detail, "Only fetching models may use the network. Please report this.")


def _iter_sockets(proc: Path, pid: int) -> Iterator[str]:
    """Inodes of the sockets of a process and of all it started."""
    for entry in (proc / str(pid) / "fd").iterdir():
        try:
            found = _SOCKET.fullmatch(os.readlink(entry))
        except OSError:  # closed meanwhile
            continue
        if found:
            yield found[1]
    for task in (proc / str(pid) / "task").iterdir():
        try:
            children = (task / "children").read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in children:
            try:
                yield from _iter_sockets(proc, int(child))
            except OSError:  # ended meanwhile
                continue
