"""``madeleine doctor``: check weights, disk, permissions, database, index and devices."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands.terminal import Terminal, describe
from app.errors import Exit


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "doctor", help="check that all is well", description="Check weights, disk, permissions, index, devices."
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door

    with open_door(home, models, describe=describe) as door:
        result = door.call({"do": "doctor"})
    if terminal.json_wanted:
        terminal.result(result)
    else:
        for finding in result["findings"]:
            terminal.write(f"{'ok  ' if finding['ok'] else 'LOOK'}  {finding['name']}: {finding['detail']}")
            if finding["hint"] and not finding["ok"]:
                terminal.write(f"      {finding['hint']}")
    return Exit.DONE if result["ok"] else Exit.ENVIRONMENT
