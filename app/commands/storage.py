"""``madeleine storage``: what takes space, what a month costs, and what stricter rules would free."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands.terminal import Terminal, describe
from app.errors import Exit


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "storage",
        help="what takes space",
        description="Bytes by kind, what a month costs at the pace of the last 30 days, what stricter settings free.",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door

    with open_door(home, models, describe=describe) as door:
        result = door.call({"do": "storage"})
    if terminal.json_wanted:
        terminal.result(result)
        return Exit.DONE
    for part in result["stored"]:
        terminal.write(f"{part['kind']:12} {_size(part['bytes'])}  {part['files']} files")
    terminal.write(f"{'in all':12} {_size(result['bytes'])}")
    terminal.write(f"{'models':12} {_size(result['models_bytes'])}  shared by all memories of this computer")
    terminal.write(f"{'free':12} {_size(result['free_bytes'])}")
    terminal.write(
        f"A month costs about {_size(result['month_bytes']).strip()}, by the last {result['days']:.0f} days."
    )
    for saving in result["savings"]:
        freed = _size(saving["bytes"]).strip()
        terminal.write(f"Frees up to {freed}: madeleine settings {saving['key']} “{saving['value']}”")
    return Exit.DONE


def _size(n_bytes: int) -> str:
    return f"{n_bytes / 1e6:12,.1f} MB"
