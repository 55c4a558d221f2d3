"""``madeleine reflect``: do now what is done by the way: cut days into events, read facts, name events better."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands.terminal import Terminal, describe
from app.errors import Exit

_MOST = 20


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "reflect",
        help="do now what is done while nobody needs the computer",
        description="Cut days that changed into events, read what came for facts, and let the local language model "
        "name the newest events in words of their own moments: some ten seconds of the processor each, 1.4 GB of "
        "memory meanwhile. Ctrl-C stops it; what was done stays.",
    )
    parser.add_argument("--titles", type=int, default=_MOST, metavar="N", help=f"at most so many (default {_MOST})")
    parser.add_argument("--drop", action="store_true", help="drop all titles of the model first; 0 titles leaves it so")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door

    request = {"do": "reflect", "titles": arguments.titles, "drop": arguments.drop}
    with open_door(home, models, describe=describe) as door:
        result = door.call(request, tell=lambda n: terminal.progress(f"{n['n_read']} of {n['n_most']} events"))
    if terminal.json_wanted:
        terminal.result(result)
        return Exit.DONE
    if arguments.drop:
        terminal.write("All titles are those that rules make.")
    if result["read"]:
        terminal.write(f"{result['read']} events read, {result['titles']} of them named in better words.")
    elif arguments.titles and result["done"]:
        terminal.write("Every event that is over was read before.")
    if arguments.titles and not result["done"]:
        more = "There are more" if result["read"] else "Nothing was read, for something else was wanted meanwhile"
        terminal.write(f"{more}: run it again.")
    return Exit.DONE
