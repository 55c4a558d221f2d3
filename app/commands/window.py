"""``madeleine app``: the window."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.terminal import Terminal
from app.errors import Exit, UserError
from app.looks import read_looks
from app.paths import default_home

if TYPE_CHECKING:
    from app.engine import Engine
    from app.recording import RecordingDesk
    from app.screens import ScreenDesk


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("app", help="open the window", description="Open the window.")
    parser.add_argument(
        "--example", metavar="QUESTION", action="append", default=[], help="a question that the window offers"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, home: Path, models: Path, _terminal: Terminal) -> int:
    """Open the window; the memory is opened behind it."""
    try:
        from app.ui.main import run as run_window
    except ImportError as error:
        raise UserError(
            f"The window cannot be opened: {error}.",
            hint="Install the system libraries of Qt (make setup names them); the other commands work without.",
            code=Exit.ENVIRONMENT,
        ) from error

    def open_memory() -> Engine:
        from app.serving import open_served_engine  # numpy and the rooms come behind the first paint

        return open_served_engine(home, models)

    def open_desk(engine: Engine) -> RecordingDesk:
        from app.recording import RecordingDesk
        from ingest.microphone import PortAudioMicrophones

        return RecordingDesk(engine, home, PortAudioMicrophones())

    def open_screens(engine: Engine) -> ScreenDesk:
        from app.screens import ScreenDesk

        return ScreenDesk(engine, home)

    looks = read_looks(home)
    return run_window(
        open_memory,
        home_label="" if home == default_home() else str(home),
        examples=arguments.example,
        desk_factory=open_desk,
        screen_factory=open_screens,
        language=looks.language,
        appearance=looks.appearance,
        state_file=home / "window.json",
        home=home,
    )
