"""Says to the portal of wlroots desktops that there is a graphics card, where there is none.

Role: a program between that portal and the compositor. xdg-desktop-portal-wlr 0.7 lets the screen be watched only where
the compositor offers pictures in a graphics card's memory, though it takes those in main memory as well (its issue
289). This adds the one event that says so; all else goes through as it is. Tests run it: ``python -P FILE REAL NEW``.
Source: wlr-screencopy-unstable-v1 (manager: capture_output, capture_output_region; frame: buffer, linux_dmabuf).
"""

from __future__ import annotations

import array
import os
import socket
import struct
import sys
import threading

_HEAD = struct.Struct("=II")
_MANAGER = b"zwlr_screencopy_manager_v1"
_XRGB = 0x34325258  # DRM_FORMAT_XRGB8888
_MOST_FILES = 28


class _Relay:
    """One client of the compositor."""

    def __init__(self, client: socket.socket, compositor: socket.socket) -> None:
        self._client, self._compositor = client, compositor
        self._registries: set[int] = set()
        self._managers: set[int] = set()
        self._frames: set[int] = set()
        for work in (self._ask, self._answer):
            threading.Thread(target=work, daemon=True).start()

    def _ask(self) -> None:
        rest = b""
        while data := _receive(self._client):
            messages, rest = _split(rest + data[0])
            for message in messages:
                self._note(*message)
            _send(self._compositor, *data)
        self._compositor.shutdown(socket.SHUT_WR)

    def _note(self, number: int, opcode: int, message: bytes) -> None:
        if (number, opcode) == (1, 1):  # wl_display.get_registry
            self._registries.add(struct.unpack_from("=I", message, 8)[0])
        elif number in self._registries and message[16 : 16 + len(_MANAGER)] == _MANAGER:
            self._managers.add(struct.unpack_from("=I", message, len(message) - 4)[0])
        elif number in self._managers and opcode in (0, 1):
            self._frames.add(struct.unpack_from("=I", message, 8)[0])

    def _answer(self) -> None:
        rest = b""
        while data := _receive(self._compositor):
            messages, rest = _split(rest + data[0])
            told = b""
            for number, opcode, message in messages:
                told += message
                if number in self._frames and opcode == 0:
                    _format, width, height, _stride = struct.unpack_from("=IIII", message, 8)
                    told += _HEAD.pack(number, 20 << 16 | 5) + struct.pack("=III", _XRGB, width, height)
            _send(self._client, told, data[1])
        self._client.shutdown(socket.SHUT_WR)


def _split(data: bytes) -> tuple[list[tuple[int, int, bytes]], bytes]:
    messages = []
    while len(data) >= _HEAD.size:
        number, what = _HEAD.unpack_from(data)
        if len(data) < what >> 16:
            break
        messages.append((number, what & 0xFFFF, data[: what >> 16]))
        data = data[what >> 16 :]
    return messages, data


def _receive(end: socket.socket) -> tuple[bytes, array.array[int]] | None:
    try:
        data, told, _flags, _address = end.recvmsg(1 << 16, socket.CMSG_SPACE(4 * _MOST_FILES))
    except OSError:
        return None
    files = array.array("i")
    for _level, _kind, body in told:
        files.frombytes(body[: len(body) // 4 * 4])
    return (data, files) if data else None


def _send(end: socket.socket, data: bytes, files: array.array[int]) -> None:
    if data:
        n_sent = end.sendmsg([data], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, files)] if files else [])
        end.sendall(data[n_sent:])
    for number in files:
        os.close(number)


def main(real: str, new: str) -> None:
    """Stand between ``real`` and whoever connects to ``new``."""
    server = socket.socket(socket.AF_UNIX)
    server.bind(new)
    server.listen()
    while True:
        client, _address = server.accept()
        compositor = socket.socket(socket.AF_UNIX)
        compositor.connect(real)
        _Relay(client, compositor)


if __name__ == "__main__":
    main(*sys.argv[1:])
