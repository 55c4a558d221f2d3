"""An engine that also answers other processes: what the window opens.

Role: composes an engine that owns its home and a server beside it, closed together.
"""

from __future__ import annotations

from pathlib import Path

from app.commands.terminal import describe
from app.compose import build_engine
from app.engine import Engine
from app.owner import OwnerServer
from app.service import Service


def open_served_engine(home: Path, models: Path) -> Engine:
    """Open a home as its owner and serve it to the command line; closing the engine stops the server first.

    Raises:
        HomeLocked: another process owns it.
    """
    engine = build_engine(home, models=models)
    server = OwnerServer(home, Service(engine), describe=describe)
    server.start()
    engine.before_close(server.stop)
    return engine
