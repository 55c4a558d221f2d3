"""One process owns a data folder; others ask it over a local socket.

Role: serve a ``Service`` on a Unix socket (mode 0600, in a folder of mode 0700) and call it from a second process. A
frame is one line of JSON. Requests go one way, notes (progress) and one result the other; hanging up cancels the work.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import selectors
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
_CANCEL_S = 5.0
_LOOK_S = 0.1


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
        self._cancelling = threading.Event()

    def start(self) -> None:
        """Listen; does nothing where there are no Unix sockets (a second process then reads SQLite only)."""
        if not hasattr(socket, "AF_UNIX"):
            return
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        if not _is_private(self._path.parent):
            log.warning("the folder of the socket belongs to someone else; other processes are not served")
            return
        self._path.unlink(missing_ok=True)  # we hold the lock, so a socket left there has no owner
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(str(self._path))
        os.chmod(self._path, 0o600)
        listener.listen(8)
        listener.settimeout(0.2)
        self._listener = listener
        self._run(self._accept, "owner-accept")

    def stop(self, *, cancel: bool = True) -> None:
        """Stop listening, end what runs for others, and remove the socket.

        Args:
            cancel: Cancel what runs for others; otherwise it is brought to its end first.
        """
        if cancel:
            self._cancelling.set()
        self._stopping.set()
        for thread in list(self._threads):
            thread.join(timeout=_CANCEL_S if cancel else None)
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
            request = _parse(next(_lines(connection), b""))
            done = threading.Event()
            watcher = threading.Thread(
                target=self._watch, args=(connection, cancel, done), name="owner-watch", daemon=True
            )
            watcher.start()
            try:
                _send(connection, self._answer(request, connection, cancel))
            finally:
                done.set()
                watcher.join()

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
        """Cancel when the asker hangs up or this owner quits. It never touches the connection's time limit."""
        with selectors.DefaultSelector() as selector:
            selector.register(connection, selectors.EVENT_READ)
            while not done.is_set():
                if self._cancelling.is_set() or (selector.select(timeout=_LOOK_S) and _has_hung_up(connection)):
                    cancel.cancel()
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
        path = socket_path(home)
        try:
            if not _is_private(path.parent):
                return None
            connection.connect(str(path))
            connection.settimeout(None)
            _send(connection, dict(request))
        except OSError:
            return None
        for frame in _frames(connection):
            if "note" in frame:
                tell(frame["note"])
            elif "error" in frame:
                error = frame["error"]
                raise UserError(error["message"], hint=error["hint"], code=Exit(error["code"]))
            else:
                result: Json = frame["result"]
                return result
    return None


def _frames(connection: socket.socket) -> Iterator[Json]:
    """What the owner sends, until it ends or dies."""
    with contextlib.suppress(ConnectionError):
        for line in _lines(connection):
            yield json.loads(line)


def _send(connection: socket.socket, frame: Json) -> None:
    connection.sendall(json.dumps(frame).encode() + b"\n")  # ASCII: a file's name may hold what UTF-8 cannot


def _parse(line: bytes) -> Json:
    """A request; what is none is handed on as one without a verb, so that the asker is told."""
    try:
        request = json.loads(line)
    except ValueError:
        return {}
    return request if isinstance(request, dict) else {}


def _has_hung_up(connection: socket.socket) -> bool:
    try:
        return not connection.recv(4096)
    except OSError:
        return True


def _is_private(folder: Path) -> bool:
    """Whether a folder is ours alone (one in /tmp could have been put there by someone else)."""
    state = folder.stat()
    return state.st_uid == os.getuid() and state.st_mode & 0o077 == 0


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
