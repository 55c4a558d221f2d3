"""sway's own list of windows, over a real socket, by a small service that answers as sway does."""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.screen import Box, NoScreen
from ingest.sway_windows import SwayList

_HEAD = struct.Struct("=6sII")
OUTPUTS = [
    {"active": True, "scale": 1.0, "transform": "normal", "rect": {"x": 0, "y": 0, "width": 800, "height": 600}},
    {"active": True, "scale": 2.0, "transform": "normal", "rect": {"x": 800, "y": 0, "width": 800, "height": 600}},
    {"active": False},
]


def describe(number: int, app: str, title: str, **more: Any) -> dict[str, Any]:
    rect = {"x": 100, "y": 200, "width": 300, "height": 100}
    return {"id": number, "pid": 9, "app_id": app, "name": title, "visible": True, "rect": rect, "nodes": [], **more}


class Sway:
    """Answers any number of clients."""

    def __init__(self, path: Path) -> None:
        self.windows: list[dict[str, Any]] = []
        self.floating: list[dict[str, Any]] = []
        self.answer: bytes | None = None  # instead of the tree
        self._listeners: list[socket.socket] = []
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(str(path))
        self._server.listen()
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def tell(self, data: bytes = b'{"change": "title"}', magic: bytes = b"i3-ipc") -> None:
        for client in self._listeners:
            client.sendall(_HEAD.pack(magic, len(data), 0x80000003) + data)

    def close(self) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _address = self._server.accept()
                self._threads.append(threading.Thread(target=self._serve, args=(client,)))
                self._threads[-1].start()

    def _serve(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            while head := client.recv(_HEAD.size):
                _magic, n_bytes, kind = _HEAD.unpack(head)
                client.recv(n_bytes) if n_bytes else None
                if kind == 2:
                    self._listeners.append(client)
                data = json.dumps({2: {"success": True}, 3: OUTPUTS, 4: self._build()}[kind]).encode()
                data = self.answer if kind == 4 and self.answer is not None else data
                client.sendall(_HEAD.pack(b"i3-ipc", len(data), kind) + data)

    def _build(self) -> dict[str, Any]:
        rect = {"x": 0, "y": 0, "width": 0, "height": 0}
        workspace = {"id": 3, "rect": rect, "nodes": self.windows, "floating_nodes": self.floating}
        return {"id": 1, "rect": rect, "nodes": [{"id": 2, "rect": rect, "nodes": [workspace]}]}


@pytest.fixture
def sway(tmp_path: Path) -> Iterator[Sway]:
    made = Sway(tmp_path / "sway")
    yield made
    made.close()


@pytest.fixture
def windows(sway: Sway, tmp_path: Path) -> Iterator[SwayList]:
    made = SwayList(str(tmp_path / "sway"))
    yield made
    made.close()


def test_windows_are_told_with_their_places_and_whether_they_can_be_seen(sway: Sway, windows: SwayList) -> None:
    assert windows.monitors == {Box(0, 0, 800, 600)}  # the other one magnifies
    assert windows.list_windows() == []
    sway.windows = [describe(7, "notes", "Einkäufe", focused=True), describe(8, "vault", "x", visible=False)]
    sway.floating = [describe(9, None, "Old", window_properties={"class": "Xterm"})]  # type: ignore[arg-type]
    notes, vault, old = windows.list_windows()
    assert (notes.app, notes.title, notes.is_active, notes.is_minimized) == ("notes", "Einkäufe", True, False)
    assert notes.box == Box(90, 140, 410, 310)  # with what a frame may need
    assert (vault.is_minimized, vault.is_active, old.app) == (True, False, "Xterm")
    before = windows.n_changes
    assert before == 1
    windows.list_windows()
    assert windows.n_changes == before
    sway.tell()
    sway.tell()
    while windows.n_changes < before + 2:
        windows.take_in()


@pytest.mark.parametrize("answer", [b"no JSON", b'{"nodes": 7}', b'{"pid": 1, "id": 1}', b"[]"])
def test_what_is_no_tree_is_not_believed(sway: Sway, windows: SwayList, answer: bytes) -> None:
    sway.answer = answer
    with pytest.raises(NoScreen, match="any more"):
        windows.list_windows()


def test_a_sway_that_speaks_nonsense_ends_or_is_not_there_is_told(
    sway: Sway, windows: SwayList, tmp_path: Path
) -> None:
    sway.tell(magic=b"x3-ipc")
    with pytest.raises(NoScreen, match="any more"):
        windows.list_windows()
    with pytest.raises(NoScreen):
        SwayList(str(tmp_path / "nothing"))
