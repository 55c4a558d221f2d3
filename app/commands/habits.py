"""``madeleine habits``: what comes back on the same day of the week, with its evidence."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands.terminal import Terminal, describe
from app.errors import Exit


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "habits",
        help="what comes back on the same weekday",
        description="Count over the events of the last weeks what comes back: people, places, programs, appointments.",
    )
    parser.add_argument("--weeks", type=int, default=13, metavar="N", help="how far back (default 13)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door

    with open_door(home, models, describe=describe) as door:
        result = door.call({"do": "habits", "weeks": arguments.weeks})
    if terminal.json_wanted:
        terminal.result(result)
        return Exit.DONE
    if not result["habits"]:
        terminal.write("Nothing has come back often enough yet.")
    for habit in result["habits"]:
        terminal.write(habit["text"])
    return Exit.DONE
