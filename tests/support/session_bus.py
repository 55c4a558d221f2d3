"""A session bus of our own, and a program on it that answers calls: what a desktop's services are tried against."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def open_session_bus() -> Iterator[str]:
    """Run a bus; gives its address."""
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE, text=True
    )
    assert daemon.stdout is not None
    try:
        yield daemon.stdout.readline().strip()
    finally:
        daemon.terminate()
        daemon.wait()
        daemon.stdout.close()


class Service:
    """A program with a name on the session's bus, which serves calls on a thread; ``answer`` says how."""

    def __init__(self, name: str) -> None:
        from jeepney import message_bus
        from jeepney.io.blocking import open_dbus_connection

        self._connection = open_dbus_connection("SESSION")
        self._connection.send_and_get_reply(message_bus.RequestName(name))
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def answer(self, message: Any, member: str, sender: str) -> None:
        """Answer a call."""
        raise NotImplementedError

    def reply(self, message: Any, signature: str | None = None, body: tuple[Any, ...] = ()) -> None:
        """Give back what a call returns."""
        from jeepney import new_method_return

        self._connection.send(new_method_return(message, signature, body))

    def refuse(self, message: Any) -> None:
        """Say that there is no such thing."""
        from jeepney import new_error

        self._connection.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))

    def emit(self, path: str, interface: str, member: str, signature: str, body: tuple[Any, ...]) -> None:
        """Send a signal."""
        from jeepney import DBusAddress, new_signal

        self._connection.send(new_signal(DBusAddress(path, interface=interface), member, signature, body))

    def _serve(self) -> None:
        from jeepney import HeaderFields, MessageType

        while not self._ending.is_set():
            try:
                message = self._connection.receive(timeout=0.05)
            except TimeoutError:
                continue
            if message.header.message_type is MessageType.method_call:
                fields = message.header.fields
                self.answer(message, fields[HeaderFields.member], fields[HeaderFields.sender])

    def close(self) -> None:
        """End."""
        if self._thread.is_alive():
            self._ending.set()
            self._thread.join()
            self._connection.close()
