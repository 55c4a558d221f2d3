"""``pause``: record nothing for a while; recording goes on by itself."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands.terminal import Terminal, describe
from app.errors import Exit


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "pause",
        help="record nothing for a while; it goes on by itself",
        description="Whatever records pauses at once, here and in an open window, and goes on by itself; a quit or a "
        "restart does not end the pause. “tomorrow” is the next 6:00 that is at least three hours away. The stretch is "
        "noted as a gap.",
    )
    parser.add_argument("what", nargs="*", metavar="HOW LONG", help="15 minutes, 2h, tomorrow, off or status")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door

    with open_door(home, models, describe=describe) as door:
        result = door.call({"do": "pause", "what": " ".join(arguments.what) or "status"})
    if terminal.json_wanted:
        terminal.result(result)
    elif result["is_on"]:
        terminal.write(f"Paused from {result['since']} until {result['until'] or 'you end it'}.")
    else:
        terminal.write("There is no pause.")
    return Exit.DONE
