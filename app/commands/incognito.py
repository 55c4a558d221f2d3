"""``incognito``: keep nothing, neither sound nor screen, until it is ended."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands.terminal import Terminal, describe
from app.errors import Exit


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "incognito",
        help="keep nothing, neither sound nor screen, until it is ended",
        description="Whatever records pauses at once, here and in an open window, and nothing new can be begun; a quit "
        "or a restart does not end it. The stretch is noted as a gap. What is imported by hand is kept all the same.",
    )
    parser.add_argument("what", nargs="?", choices=("on", "off", "status"), default="status")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door

    with open_door(home, models, describe=describe) as door:
        result = door.call({"do": "incognito", "what": arguments.what})
    if terminal.json_wanted:
        terminal.result(result)
    elif result["is_on"]:
        terminal.write(f"Incognito since {result['since']}: nothing is kept, neither sound nor screen.")
    else:
        terminal.write("Incognito is off.")
    return Exit.DONE
