"""One process owns a data folder; others ask it over a local socket.

Role: serve a ``Service`` on a Unix socket (mode 0600, in the home) and call it from a second process. A frame is one
line of JSON. Requests go one way, notes (progress) and one result the other; hanging up cancels the work.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from app.contract import Json
from app.errors import Exit, UserError
from app.service import Service
from models.protocols import Cancelled, CancelToken

log = logging.getLogger(__name__)
_MAX_PATH_BYTES = 100  # sockaddr_un holds 108
_CONNECT_S = 5.0


def socket_path(home: Path) -> Path:
    """Where the owner of a home listens: in the home, or (where that path is too long) in a private folder of /tmp."""
    path = home / "owner.sock"
    if len(os.fsencode(path)) <= _MAX_PATH_BYTES:
        return path
    digest = hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"madeleine-{os.getuid()}" / f"{digest}.sock"


class OwnerServer:
    """Serves other processes while this one owns the home. ``start`` and ``stop`` are each called once."""

    def __init__(self, home: Path, service: Service, *, describe: Callable[[Exception], Json]) -> None:
        self._path = socket_path(home)
        self._service = service
        self._describe = describe
        self._listener: socket.socket | None = None
        self._threads: list[threading.Thread] = []
        self._stopping = threading.Event()

    def start(self) -> None:
        """Listen; does nothing where there are no Unix sockets (a second process then reads SQLite only)."""
        if not hasattr(socket, "AF_UNIX"):
            return
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        self._path.unlink(missing_ok=True)  # we hold the lock, so a socket left there has no owner
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o177)
        try:
            listener.bind(str(self._path))
        finally:
            os.umask(before)
        os.chmod(self._path, 0o600)
        listener.listen(8)
        listener.settimeout(0.2)
        self._listener = listener
        self._run(self._accept, "owner-accept")

    def stop(self) -> None:
        """Stop listening, cancel what runs for others, and remove the socket."""
        self._stopping.set()
        for thread in list(self._threads):
            thread.join(timeout=5)
        if self._listener is not None:
            self._listener.close()
            self._path.unlink(missing_ok=True)

    def _run(self, work: Callable[[], None], name: str) -> None:
        thread = threading.Thread(target=work, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        assert self._listener is not None
        while not self._stopping.is_set():
            try:
                connection, _address = self._listener.accept()
            except TimeoutError:
                continue
            self._threads = [t for t in self._threads if t.is_alive()]
            self._run(lambda c=connection: self._serve(c), "owner-serve")  # type: ignore[misc]

    def _serve(self, connection: socket.socket) -> None:
        cancel = CancelToken()
        with connection, contextlib.suppress(OSError):
            request = json.loads(next(_lines(connection), b"{}"))
            done = threading.Event()
            watcher = threading.Thread(
                target=self._watch, args=(connection, cancel, done), name="owner-watch", daemon=True
            )
            watcher.start()
            try:
                frame = self._answer(request, connection, cancel)
            finally:
                done.set()
                watcher.join()
            _send(connection, frame)

    def _answer(self, request: Mapping[str, Any], connection: socket.socket, cancel: CancelToken) -> Json:
        def tell(note: Json) -> None:
            try:
                _send(connection, {"note": note})
            except OSError:
                cancel.cancel()

        try:
            return {"result": self._service.handle(request, tell=tell, cancel=cancel)}
        except Cancelled:
            return {"error": {"message": "It was cancelled.", "hint": "", "code": int(Exit.SOME_FAILED)}}
        except Exception as error:  # noqa: BLE001 - the edge: whatever goes wrong is told to the one who asked
            log.warning("a request of another process failed: %s", type(error).__name__)
            return {"error": self._describe(error)}

    def _watch(self, connection: socket.socket, cancel: CancelToken, done: threading.Event) -> None:
        """Cancel when the asker hangs up or this owner stops."""
        connection.settimeout(0.2)
        while not done.is_set():
            if self._stopping.is_set():
                cancel.cancel()
                return
            try:
                if not connection.recv(1):
                    cancel.cancel()
                    return
            except TimeoutError:
                continue
            except OSError:
                return


def call_owner(
    home: Path, request: Mapping[str, Any], *, tell: Callable[[Json], None] = lambda _note: None
) -> Json | None:
    """Ask the owner of a home.

    Returns:
        Its result, or None when nobody answers there.

    Raises:
        UserError: the owner says that it cannot be done.
    """
    if not hasattr(socket, "AF_UNIX"):
        return None
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(_CONNECT_S)
        try:
            connection.connect(str(socket_path(home)))
            connection.settimeout(None)
            _send(connection, dict(request))
            for line in _lines(connection):
                frame = json.loads(line)
                if "note" in frame:
                    tell(frame["note"])
                elif "error" in frame:
                    error = frame["error"]
                    raise UserError(error["message"], hint=error["hint"], code=Exit(error["code"]))
                else:
                    result: Json = frame["result"]
                    return result
        except OSError:
            return None
    return None


def _send(connection: socket.socket, frame: Json) -> None:
    data = json.dumps(frame, ensure_ascii=False).encode() + b"\n"
    connection.settimeout(None)
    connection.sendall(data)


def _lines(connection: socket.socket) -> Iterator[bytes]:
    buffer = bytearray()
    while True:
        at = buffer.find(b"\n")
        if at >= 0:
            yield bytes(buffer[:at])
            del buffer[: at + 1]
            continue
        data = connection.recv(65_536)
        if not data:
            return
        buffer += data
