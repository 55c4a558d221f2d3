"""``madeleine timeline``: days and their moments."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from app.commands.terminal import Terminal, describe, moment_lines
from app.errors import Exit, UserError


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("timeline", help="moments by day", description="Show days, their moments and gaps.")
    parser.add_argument("--day", metavar="DATE", help="one day, like 2026-10-14")
    parser.add_argument("--since", metavar="T", help="not before this time (ISO 8601)")
    parser.add_argument("--until", metavar="T", help="before this time (ISO 8601)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door

    if arguments.day is not None:
        try:
            date.fromisoformat(arguments.day)
        except ValueError as error:
            raise UserError(f"“{arguments.day}” is not a date.", hint="Write it like 2026-10-14.") from error
    with open_door(home, models, describe=describe) as door:
        result = door.call({"do": "timeline", "day": arguments.day, "since": arguments.since, "until": arguments.until})
    if terminal.json_wanted:
        terminal.result(result)
        return Exit.DONE
    if not result["days"]:
        terminal.write("There is nothing in that time.")
    for day in result["days"]:
        terminal.write(f"\n{day['date']}  {len(day['moments'])} moments")
        for moment in day["moments"]:
            for line in moment_lines(moment):
                terminal.write(line)
        for gap in day["gaps"]:
            terminal.write(
                f"  not recording: {gap['source']} from {gap['started_at']} to {gap['ended_at']}: {gap['reason']}"
            )
    return Exit.DONE
