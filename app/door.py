"""How a command reaches a memory: in this process when it may own the home, through the owner when another does.

Role: decides between three ways, each with the same requests and answers: own it; ask its owner; or, when the owner
does not answer, read it (searching, asking and looking around need no lock).
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from app.contract import Json
from app.errors import Exit, UserError
from app.owner import OwnerServer, call_owner
from app.service import Service, Tell
from memory.errors import HomeLocked
from models.protocols import CancelToken

if TYPE_CHECKING:
    from app.engine import Engine

_READING = frozenset(
    {"search", "ask", "missed", "timeline", "trail", "habits", "facts", "storage", "failed", "doctor", "ping"}
)
_PATIENCE_S = 2.0  # an owner that has just begun or is about to leave does not answer for a moment
_LOOK_S = 0.1


class Door(Protocol):
    """Something that answers requests (see ``app.service``)."""

    def call(self, request: Mapping[str, Any], *, tell: Tell = ..., cancel: CancelToken | None = None) -> Json:
        """Do what a request asks."""
        ...


class _OwnDoor:
    def __init__(self, service: Service) -> None:
        self._service = service

    def call(
        self, request: Mapping[str, Any], *, tell: Tell = lambda _note: None, cancel: CancelToken | None = None
    ) -> Json:
        return self._service.handle(request, tell=tell, cancel=cancel)


class _OwnersDoor:
    """Asks the owner; reads beside it when it does not answer."""

    def __init__(self, home: Path, models: Path) -> None:
        self._home = home
        self._models = models
        self._reader: Service | None = None
        self._closing = contextlib.ExitStack()

    def call(
        self, request: Mapping[str, Any], *, tell: Tell = lambda _note: None, cancel: CancelToken | None = None
    ) -> Json:
        if self._reader is None:
            answer = call_owner(self._home, request, tell=tell)
            if answer is not None:
                return answer
        if request.get("do") not in _READING:
            raise UserError(
                "Another Madeleine is using this memory and does not answer.",
                hint="Wait until it is done, or close it, and try again.",
                code=Exit.ENVIRONMENT,
            )
        if self._reader is None:
            from app.compose import build_engine

            engine = build_engine(self._home, models=self._models, read_only=True)
            self._closing.callback(engine.close)
            self._reader = Service(engine)
        return self._reader.handle(request, tell=tell, cancel=cancel)

    def close(self) -> None:
        """Let go of what was opened to read."""
        self._closing.close()


@contextlib.contextmanager
def open_door(home: Path, models: Path, *, describe: Callable[[Exception], Json]) -> Iterator[Door]:
    """Open the best way to a home; an owned home is served to other processes meanwhile.

    Args:
        home: The data folder.
        models: The folder of weights.
        describe: Turns an error into message, hint and code for another process.
    """
    engine = _own(home, models)
    if engine is None:
        with contextlib.closing(_OwnersDoor(home, models)) as door:
            yield door
        return
    with contextlib.closing(engine):
        service = Service(engine)
        server = OwnerServer(home, service, describe=describe)
        server.start()
        try:
            yield _OwnDoor(service)
        except BaseException:
            server.stop()
            raise
        server.stop(cancel=False)


def _own(home: Path, models: Path) -> Engine | None:
    """Become the owner, or None where another process is the owner and answers (or goes on not answering)."""
    from app.compose import build_engine

    until_s = time.monotonic() + _PATIENCE_S
    while True:
        try:
            return build_engine(home, models=models)
        except HomeLocked:
            if call_owner(home, {"do": "ping"}) is not None or time.monotonic() > until_s:
                return None
        time.sleep(_LOOK_S)
