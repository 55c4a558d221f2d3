"""``trail``: what was on the screen before and after a page, step by step."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands.terminal import Terminal, describe
from app.errors import Exit


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "trail",
        help="the pages of the screen before and after one",
        description="Lists the steps that a page of the screen was one of: how it was reached, and where it led.",
    )
    parser.add_argument("id", metavar="ID", help="a screenshot's id, from search … --json")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door

    with open_door(home, models, describe=describe) as door:
        result = door.call({"do": "trail", "id": arguments.id})
    if terminal.json_wanted:
        terminal.result(result)
        return Exit.DONE
    for step in result["steps"]:
        told = " · ".join(part for part in (step["app"], step["window"], step["address"]) if part) or "a page"
        mark = ">" if step["is_here"] else " "
        terminal.write(f"{mark} {step['started_at'][:16].replace('T', ' ')}  {told}")
    return Exit.DONE
