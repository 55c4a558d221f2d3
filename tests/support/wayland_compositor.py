"""A compositor of our own, as far as one that listens can tell: it offers windows and monitors and draws nothing."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from pathlib import Path

from ingest.wayland_windows import MANAGER, OUTPUT

_HEAD = struct.Struct("=II")
MINIMIZED, ACTIVATED = 1, 2
_FIRST_OWN = 0xFF000000  # objects that a compositor makes are numbered from here


class Compositor:
    """Serves one client after the other on a socket.

    Args:
        path: Of the socket.
        offers: Interfaces and versions, in order; number 1 is the first.
    """

    def __init__(self, path: Path, *, offers: tuple[tuple[str, int], ...] = ((MANAGER, 3), (OUTPUT, 4))) -> None:
        self._offers = offers
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(str(path))
        self._server.listen()
        self._client: socket.socket | None = None
        self._registry = 0
        self._bound: dict[str, int] = {}
        self._windows = 0
        self.is_deaf = False  # answers nothing any more
        self.versions: dict[str, int] = {}
        self.destroyed: list[int] = []
        self.highest = 0  # number of an object that the client has made
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def open_window(self, app: str, title: str, *states: int) -> int:
        """A window comes; its number."""
        number = _FIRST_OWN + self._windows
        self._windows += 1
        self._tell(self._bound[MANAGER], 0, _number(number))
        self.rename(number, title)
        self._tell(number, 1, _text(app))
        self.set_states(number, *states)
        return number

    def rename(self, window: int, title: str) -> None:
        """A window gets another title."""
        self._tell(window, 0, _text(title))

    def set_states(self, window: int, *states: int) -> None:
        """A window is minimised, or has the keyboard."""
        words = b"".join(map(_number, states))
        self._tell(window, 4, _number(len(words)) + words)
        self._tell(window, 5)

    def close_window(self, window: int) -> None:
        """A window goes."""
        self._tell(window, 6)

    def finish(self) -> None:
        """It tells no windows any more."""
        self._tell(self._bound[MANAGER], 1)

    def change_monitor(self) -> None:
        """The monitor has another size."""
        self._tell(self._bound[OUTPUT], 1, struct.pack("=Iiii", 1, 800, 600, 60))

    def remove_monitor(self) -> None:
        """The monitor goes."""
        number = 1 + [interface for interface, _version in self._offers].index(OUTPUT)
        self._tell(self._registry, 1, _number(number))

    def tell_raw(self, data: bytes) -> None:
        """Say anything."""
        assert self._client is not None
        self._client.sendall(data)

    def close(self) -> None:
        """Be gone."""
        for end in (self._client, self._server):
            if end is not None:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()
        self._thread.join()

    def _tell(self, number: int, opcode: int, body: bytes = b"") -> None:
        self.tell_raw(_HEAD.pack(number, (_HEAD.size + len(body)) << 16 | opcode) + body)

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                self._client, _address = self._server.accept()
                with self._client, contextlib.suppress(ConnectionError):
                    self._listen(self._client)

    def _listen(self, client: socket.socket) -> None:
        rest = b""
        while data := client.recv(1 << 16):
            rest += data
            while len(rest) >= _HEAD.size and len(rest) >= (n_bytes := _HEAD.unpack_from(rest)[1] >> 16):
                self._hear(rest[:n_bytes])
                rest = rest[n_bytes:]

    def _hear(self, message: bytes) -> None:
        number, what = _HEAD.unpack_from(message)
        opcode = what & 0xFFFF
        if number == 1 and opcode == 1:
            (self._registry,) = struct.unpack_from("=I", message, 8)
            for at, (interface, version) in enumerate(self._offers, 1):
                self._tell(self._registry, 0, _number(at) + _text(interface) + _number(version))
        elif number == 1 and not self.is_deaf:
            (callback,) = struct.unpack_from("=I", message, 8)
            self.highest = max(self.highest, callback)
            self._tell(callback, 0, _number(0))
            self._tell(1, 1, _number(callback))
        elif number == self._registry:
            at, _length = struct.unpack_from("=II", message, 8)
            interface = self._offers[at - 1][0]
            self.versions[interface], self._bound[interface] = struct.unpack_from("=II", message, len(message) - 8)
        elif number >= _FIRST_OWN:
            self.destroyed.append(number)


def _number(number: int) -> bytes:
    return struct.pack("=I", number)


def _text(words: str) -> bytes:
    data = words.encode() + b"\0"
    return _number(len(data)) + data + b"\0" * (-len(data) % 4)
