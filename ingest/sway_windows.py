"""Which windows a sway desktop has, where they are, and which can be seen: its own IPC tells more than Wayland does.

Role: reads the tree of windows and listens for changes. It sends no commands.
Source: sway-ipc(7): SUBSCRIBE, GET_OUTPUTS, GET_TREE.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import struct
from collections.abc import Iterator
from typing import Any

from ingest.screen import Box, NoScreen
from ingest.wayland_windows import GONE, OpenWindow

_MAGIC = b"i3-ipc"
_HEAD = struct.Struct("=6sII")  # magic, bytes that follow, kind
_SUBSCRIBE, _OUTPUTS, _TREE = 2, 3, 4
_PATIENCE_S = 3.0
_MOST_BYTES = 1 << 24
_EDGE_PX, _TITLE_PX = 10, 60  # a window's frame may lie outside what the tree tells: more than any of them


class SwayList:
    """All windows of sway.

    Args:
        path: Of its socket; that of the environment by default.

    Attributes:
        n_changes: Grows with whatever sway tells of windows and workspaces.
        monitors: Where those monitors are that magnify nothing, so that places are pixels.

    Raises:
        NoScreen: there is no sway.
    """

    def __init__(self, path: str | None = None) -> None:
        self.n_changes = 0
        self._seen: list[OpenWindow] = []
        self._buffer = bytearray()
        self._sockets: list[socket.socket] = []
        try:
            self._events, self._answers = (self._connect(path or os.environ.get("SWAYSOCK", "")) for _ in range(2))
            if not self._ask(self._events, _SUBSCRIBE, b'["window", "workspace"]').get("success"):
                raise NoScreen(GONE)
            self.monitors = frozenset(_read_monitors(self._ask(self._answers, _OUTPUTS)))
            self.list_windows()
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            self.close()
            raise NoScreen(GONE) from error
        except NoScreen:
            self.close()
            raise

    def take_in(self) -> None:
        """Hear what has come meanwhile, without waiting."""
        try:
            while select.select([self._events], [], [], 0)[0]:
                data = self._events.recv(1 << 16)
                if not data:
                    raise NoScreen(GONE)
                self._buffer += data
        except OSError as error:
            raise NoScreen(GONE) from error
        while len(self._buffer) >= _HEAD.size:
            magic, n_bytes, _kind = _HEAD.unpack_from(self._buffer)
            if magic != _MAGIC or n_bytes > _MOST_BYTES:
                raise NoScreen(GONE)
            if len(self._buffer) < _HEAD.size + n_bytes:
                return
            del self._buffer[: _HEAD.size + n_bytes]
            self.n_changes += 1

    def list_windows(self) -> list[OpenWindow]:
        """Those that are open now; one that cannot be seen anywhere counts as minimised."""
        self.take_in()
        try:
            found = list(_iter_windows(self._ask(self._answers, _TREE)))
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise NoScreen(GONE) from error
        if found != self._seen:
            self.n_changes += 1
            self._seen = found
        return found

    def close(self) -> None:
        """Listen no more."""
        for each in self._sockets:
            with contextlib.suppress(OSError):
                each.close()

    def _connect(self, path: str) -> socket.socket:
        made = socket.socket(socket.AF_UNIX)
        self._sockets.append(made)
        made.settimeout(_PATIENCE_S)
        made.connect(path)
        return made

    def _ask(self, where: socket.socket, kind: int, body: bytes = b"") -> Any:
        where.sendall(_HEAD.pack(_MAGIC, len(body), kind) + body)
        magic, n_bytes, told = _HEAD.unpack(_receive(where, _HEAD.size))
        if magic != _MAGIC or told != kind or n_bytes > _MOST_BYTES:
            raise ValueError
        return json.loads(_receive(where, n_bytes))


def _receive(where: socket.socket, n_bytes: int) -> bytes:
    data = bytearray()
    while len(data) < n_bytes:
        part = where.recv(n_bytes - len(data))
        if not part:
            raise ConnectionError
        data += part
    return bytes(data)


def _read_monitors(outputs: list[dict[str, Any]]) -> Iterator[Box]:
    for one in outputs:
        if one.get("active") and one.get("scale") == 1 and one.get("transform") == "normal":
            yield _read_box(one["rect"])


def _iter_windows(node: dict[str, Any]) -> Iterator[OpenWindow]:
    """The windows at and below a node of the tree: those nodes that tell a process."""
    for child in (*node.get("nodes", ()), *node.get("floating_nodes", ())):
        yield from _iter_windows(child)
    if "pid" not in node:
        return
    box = _read_box(node["rect"])
    yield OpenWindow(
        int(node["id"]),
        str(node.get("app_id") or (node.get("window_properties") or {}).get("class") or ""),
        str(node.get("name") or ""),
        is_minimized=not node.get("visible", True),
        is_active=bool(node.get("focused")),
        box=Box(box.left - _EDGE_PX, box.top - _TITLE_PX, box.right + _EDGE_PX, box.bottom + _EDGE_PX),
    )


def _read_box(rect: dict[str, int]) -> Box:
    left, top = int(rect["x"]), int(rect["y"])
    return Box(left, top, left + int(rect["width"]), top + int(rect["height"]))
