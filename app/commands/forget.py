"""``madeleine forget``: delete moments everywhere."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from app.commands.terminal import Terminal, describe, moment_lines
from app.errors import Exit, UserError


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "forget", help="delete moments", description="Delete moments and everything derived from them."
    )
    parser.add_argument("--id", action="append", required=True, metavar="ID", help="the moment to delete (repeatable)")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door

    with open_door(home, models, describe=describe) as door:
        listed = door.call({"do": "forget", "ids": arguments.id, "dry_run": True})["moments"]
        if not arguments.yes and not _confirmed(listed, terminal):
            terminal.say("Nothing was deleted.")
            return Exit.DONE
        result = door.call({"do": "forget", "ids": arguments.id})
    if terminal.json_wanted:
        terminal.result(result)
    else:
        terminal.write(f"{len(result['forgotten'])} forgotten.")
    return Exit.DONE


def _confirmed(moments: list[dict[str, object]], terminal: Terminal) -> bool:
    if not sys.stdin.isatty():
        raise UserError("There is no one to ask.", hint="Say --yes to delete without being asked.")
    for moment in moments:
        for line in moment_lines(moment):
            terminal.say(line)
    terminal.say("Delete this for good? [y/N] ")
    return input().strip().lower() in {"y", "yes"}
