"""How a command reaches a memory: in this process when it may own the home, through the owner when another does.

Role: decides between three ways, each with the same requests and answers: own it; ask its owner; or, when the owner
does not answer, read it (searching, asking and looking around need no lock).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from app.contract import Json
from app.errors import Exit, UserError
from app.owner import OwnerServer, call_owner
from app.service import Service, Tell
from memory.errors import HomeLocked
from models.protocols import CancelToken

_READING = frozenset({"search", "ask", "timeline", "doctor", "ping"})


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

            self._reader = Service(build_engine(self._home, models=self._models, read_only=True))
        return self._reader.handle(request, tell=tell, cancel=cancel)


@contextlib.contextmanager
def open_door(home: Path, models: Path, *, describe: Callable[[Exception], Json]) -> Iterator[Door]:
    """Open the best way to a home; an owned home is served to other processes meanwhile.

    Args:
        home: The data folder.
        models: The folder of weights.
        describe: Turns an error into message, hint and code for another process.
    """
    from app.compose import build_engine

    try:
        engine = build_engine(home, models=models)
    except HomeLocked:
        yield _OwnersDoor(home, models)
        return
    service = Service(engine)
    server = OwnerServer(home, service, describe=describe)
    server.start()
    try:
        yield _OwnDoor(service)
    finally:
        server.stop()
        engine.close()
