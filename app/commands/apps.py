"""``madeleine apps``: which applications were on the screen, and how long."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands.terminal import Terminal, describe
from app.errors import Exit


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "apps",
        help="list the applications that were on the screen",
        description="List the applications that were on the screen, those seen longest first.",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door

    with open_door(home, models, describe=describe) as door:
        result = door.call({"do": "apps"})
    if terminal.json_wanted:
        terminal.result(result)
        return Exit.DONE
    if not result["apps"]:
        terminal.write("Nothing was seen on the screen yet.")
    for app in result["apps"]:
        seen = f"{app['seconds'] / 3600:7.1f} h" if app["seconds"] else " " * 9
        terminal.write(f"{app['name']:24}  {seen}  {app['moments']:6} moments, last {app['last_at'][:10]}")
    return Exit.DONE
