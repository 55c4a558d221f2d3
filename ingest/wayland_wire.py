"""The Wayland wire: objects, requests and events over a socket, as far as a listener needs them.

Role: a small client of our own, for what is listened to here are two lists and nothing is drawn: no surface, no
buffer, no file descriptor. It knows no protocol but ``wl_display``, ``wl_registry`` and ``wl_callback``.
Source: The Wayland Protocol, chapter "Wire Format", and appendix A (wl_display, wl_registry, wl_callback).
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
import struct
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_DISPLAY = 1
_SYNC, _GET_REGISTRY = 0, 1  # requests of wl_display
_BIND = 0  # request of wl_registry
_ERROR, _DELETED = 0, 1  # events of wl_display
_GLOBAL, _GLOBAL_GONE = 0, 1  # events of wl_registry
_HEAD = struct.Struct("=II")  # object; bytes of the whole message << 16 | opcode
_N_BYTES = 1 << 16
PATIENCE_S = 3.0
_ORDER = sys.byteorder  # both ends are on one machine

Listener = Callable[[int, "Arguments"], None]


class WireBroken(Exception):
    """The compositor is gone, does not answer, or says that a request was wrong."""


@dataclass(frozen=True, slots=True)
class Global:
    """Something the compositor offers."""

    number: int
    interface: str
    version: int


class Arguments:
    """The arguments of one event, read one after the other.

    Raises:
        WireBroken: there are not so many.
    """

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0

    def unsigned(self) -> int:
        """A number of 32 bits: uint, object or new_id."""
        return int.from_bytes(self._take(4), _ORDER)

    def signed(self) -> int:
        """A number of 32 bits with its sign."""
        return int.from_bytes(self._take(4), _ORDER, signed=True)

    def text(self) -> str:
        """A string; empty for none."""
        return self.array().rstrip(b"\0").decode("utf-8", "replace")

    def array(self) -> bytes:
        """Some bytes."""
        n_bytes = self.unsigned()
        found = self._take(n_bytes)
        self._take(-n_bytes % 4)
        return found

    def rest(self) -> bytes:
        """All that was not read yet."""
        return self._body[self._at :]

    def _take(self, n_bytes: int) -> bytes:
        found = self._body[self._at : self._at + n_bytes]
        if len(found) < n_bytes:
            raise WireBroken("an event is shorter than it should be")
        self._at += n_bytes
        return found


class Wire:
    """A connection to the compositor.

    Args:
        path: Of its socket; that of the environment by default.
        patience_s: How long it may take to answer.

    Attributes:
        globals: What the compositor offers now, by number.
        on_global: Told of each that comes (True) or goes (False) after the first round.

    Raises:
        WireBroken: there is no compositor.
    """

    def __init__(self, path: Path | None = None, *, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self.globals: dict[int, Global] = {}
        self.on_global: Callable[[Global, bool], None] = lambda _one, _is_here: None
        self._listeners: dict[int, Listener] = {_DISPLAY: self._on_display}
        self._next = _DISPLAY
        self._free: list[int] = []  # numbers that the compositor has let go of: it keeps a list as long as the largest
        self._buffer = bytearray()
        self._socket = socket.socket(socket.AF_UNIX)
        try:
            self._socket.connect(str(path or find_socket()))
        except OSError as error:
            self._socket.close()
            raise WireBroken("no compositor answers") from error
        self._registry = self.new(self._on_registry)
        self.send(_DISPLAY, _GET_REGISTRY, unsigned(self._registry))

    def new(self, listener: Listener) -> int:
        """A number for a new object of ours, and who hears its events: their opcode and their arguments."""
        if self._free:
            number = self._free.pop()
        else:
            self._next += 1
            number = self._next
        self._listeners[number] = listener
        return number

    def adopt(self, number: int, listener: Listener) -> None:
        """Hear the events of an object that the compositor has made."""
        self._listeners[number] = listener

    def drop(self, number: int) -> None:
        """Hear nothing of an object any more."""
        self._listeners.pop(number, None)

    def bind(self, found: Global, version: int, listener: Listener) -> int:
        """Take up something that is offered, in a version that both know; returns its number."""
        number = self.new(listener)
        words = unsigned(found.number) + text(found.interface) + unsigned(min(version, found.version))
        self.send(self._registry, _BIND, words + unsigned(number))
        return number

    def find(self, interface: str) -> Global | None:
        """What is offered by that name."""
        return next((one for one in self.globals.values() if one.interface == interface), None)

    def send(self, number: int, opcode: int, body: bytes = b"") -> None:
        """Send a request.

        Raises:
            WireBroken: the compositor is gone.
        """
        try:
            self._socket.sendall(_HEAD.pack(number, (_HEAD.size + len(body)) << 16 | opcode) + body)
        except OSError as error:
            raise WireBroken("the compositor is gone") from error

    def take_in(self) -> bool:
        """Hear what has come meanwhile, without waiting; whether there was anything.

        Raises:
            WireBroken: the compositor is gone.
        """
        is_news = False
        while select.select([self._socket], [], [], 0)[0]:
            self._receive()
            is_news = True
        return is_news

    def round_trip(self) -> None:
        """Wait until the compositor has answered all that was asked, so that what it told until now has been heard.

        Raises:
            WireBroken: it is gone or does not answer.
        """
        is_done = False

        def on_done(_opcode: int, _arguments: Arguments) -> None:
            nonlocal is_done
            is_done = True

        callback = self.new(on_done)
        self.send(_DISPLAY, _SYNC, unsigned(callback))
        until_s = time.monotonic() + self._patience_s
        while not is_done:
            if not select.select([self._socket], [], [], max(0.0, until_s - time.monotonic()))[0]:
                raise WireBroken("the compositor does not answer")
            self._receive()

    def close(self) -> None:
        """Let go."""
        with contextlib.suppress(OSError):
            self._socket.close()

    def _receive(self) -> None:
        try:
            data = self._socket.recv(_N_BYTES)
        except OSError as error:
            raise WireBroken("the compositor is gone") from error
        if not data:
            raise WireBroken("the compositor is gone")
        self._buffer += data
        while len(self._buffer) >= _HEAD.size:
            number, what = _HEAD.unpack_from(self._buffer)
            n_bytes, opcode = what >> 16, what & 0xFFFF
            if n_bytes < _HEAD.size:
                raise WireBroken("an event has no length")
            if len(self._buffer) < n_bytes:
                return
            body = bytes(self._buffer[_HEAD.size : n_bytes])
            del self._buffer[:n_bytes]
            listener = self._listeners.get(number)
            if listener is not None:  # what was dropped may still be told of
                listener(opcode, Arguments(body))

    def _on_display(self, opcode: int, arguments: Arguments) -> None:
        if opcode == _ERROR:
            raise WireBroken("the compositor did not like a request")
        if opcode == _DELETED:
            number = arguments.unsigned()
            self.drop(number)
            self._free.append(number)

    def _on_registry(self, opcode: int, arguments: Arguments) -> None:
        number = arguments.unsigned()
        if opcode == _GLOBAL:
            found = self.globals[number] = Global(number, arguments.text(), arguments.unsigned())
            self.on_global(found, True)
        elif opcode == _GLOBAL_GONE and number in self.globals:
            self.on_global(self.globals.pop(number), False)


def unsigned(number: int) -> bytes:
    """A number as it is sent."""
    return number.to_bytes(4, _ORDER)


def text(words: str) -> bytes:
    """A string as it is sent: its length with the zero at its end, and zeros up to a multiple of four."""
    data = words.encode() + b"\0"
    return unsigned(len(data)) + data + b"\0" * (-len(data) % 4)


def find_socket() -> Path:
    """Where the compositor listens. Source: wl_display_connect(3)."""
    name = os.environ.get("WAYLAND_DISPLAY") or "wayland-0"
    return Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / name
