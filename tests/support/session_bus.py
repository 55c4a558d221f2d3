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
    """A program with a name on the session's bus, which serves calls on a thread; ``answer`` says how.

    Args:
        name: Its name on the bus.
        takes_files: Whether open files come and go with its messages.
    """

    def __init__(self, name: str, *, takes_files: bool = False) -> None:
        from jeepney import message_bus
        from jeepney.io.blocking import open_dbus_connection

        self._connection = open_dbus_connection("SESSION", enable_fds=takes_files)
        self._connection.send_and_get_reply(message_bus.RequestName(name))
        self._sending = threading.Lock()  # a test sends as well as the thread
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def answer(self, message: Any, member: str, sender: str) -> None:
        """Answer a call."""
        raise NotImplementedError

    def send(self, message: Any) -> None:
        """Send any message."""
        with self._sending:
            self._connection.send(message)

    def reply(self, message: Any, signature: str | None = None, body: tuple[Any, ...] = ()) -> None:
        """Give back what a call returns."""
        from jeepney import new_method_return

        self.send(new_method_return(message, signature, body))

    def refuse(self, message: Any, *, what: str = "UnknownMethod") -> None:
        """Say that there is no such thing."""
        from jeepney import new_error

        self.send(new_error(message, f"org.freedesktop.DBus.Error.{what}"))

    def emit(self, path: str, interface: str, member: str, signature: str, body: tuple[Any, ...]) -> None:
        """Send a signal."""
        from jeepney import DBusAddress, new_signal

        self.send(new_signal(DBusAddress(path, interface=interface), member, signature, body))

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


class Portal(Service):
    """A desktop's portal: answers requests, each under a path of its own, and sessions that can be closed.

    Attributes:
        closed: Paths on which Close was called.
    """

    PATH = "/org/freedesktop/portal/desktop"

    def __init__(self, *, takes_files: bool = False) -> None:
        self.closed: list[str] = []
        super().__init__("org.freedesktop.portal.Desktop", takes_files=takes_files)

    def take_close(self, message: Any) -> None:
        """Answer Close of a request or a session."""
        from jeepney import HeaderFields

        self.closed.append(message.header.fields[HeaderFields.path])
        self.reply(message)

    def name_session(self, sender: str, options: dict[str, tuple[str, Any]]) -> str:
        """The path of a session that is being made."""
        return f"{self.PATH}/session/{_as_path(sender)}/{options['session_handle_token'][1]}"

    def respond(
        self, message: Any, sender: str, options: dict[str, tuple[str, Any]], results: dict[str, Any], code: int | None
    ) -> None:
        """Answer a call with its request, and that with a response; ``code`` None leaves the user thinking for ever."""
        path = f"{self.PATH}/request/{_as_path(sender)}/{options['handle_token'][1]}"
        self.reply(message, "o", (path,))
        if code is not None:
            body = (code, results if code == 0 else {})
            self.emit(path, "org.freedesktop.portal.Request", "Response", "ua{sv}", body)

    def end_session(self, session: str) -> None:
        """The desktop ends a session."""
        self.emit(session, "org.freedesktop.portal.Session", "Closed", "a{sv}", ({},))


def _as_path(sender: str) -> str:
    return sender.lstrip(":").replace(".", "_")
