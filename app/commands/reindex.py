"""``madeleine reindex``: rebuild everything that is derived from what is kept."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands.terminal import Terminal, describe
from app.errors import Exit


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "reindex", help="rebuild what is derived", description="Rebuild the indexes from what is kept."
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door

    with open_door(home, models, describe=describe) as door:
        result = door.call({"do": "reindex"}, tell=lambda n: terminal.progress(f"{n['share']:4.0%}  {n['stage']}"))
    if terminal.json_wanted:
        terminal.result(result)
    else:
        terminal.write(f"Rebuilt for {result['moments']} moments.")
    return Exit.DONE
