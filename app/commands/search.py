"""``madeleine search``: ranked moments."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands.batch import add_ignore, run_batch
from app.commands.terminal import Terminal, describe, moment_lines
from app.errors import Exit, UserError


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "search", help="find moments", description="Find moments by words, meaning, time and kind."
    )
    parser.add_argument("query", nargs="?", help="what to look for, in plain words")
    parser.add_argument(
        "--kind", action="append", metavar="K", help="utterance, photo, screenshot, scene or note (repeatable)"
    )
    parser.add_argument("--like", metavar="ID|FILE", help="pictures like that of a moment, or like a picture file")
    parser.add_argument("--since", metavar="T", help="not before this time (ISO 8601)")
    parser.add_argument("--until", metavar="T", help="before this time (ISO 8601)")
    parser.add_argument("--limit", type=int, default=20, metavar="N", help="at most so many (default 20)")
    parser.add_argument("--batch", metavar="FILE", help="one JSON object a line with id and query; one result a line")
    add_ignore(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door

    request = {
        "do": "search",
        "kinds": arguments.kind,
        "since": arguments.since,
        "until": arguments.until,
        "limit": arguments.limit,
        "ignore": arguments.ignore,
        "like": arguments.like,
    }
    if arguments.like and Path(arguments.like).is_file():
        request["like"] = str(Path(arguments.like).resolve())  # another process may answer, in another folder
    if arguments.batch is None and not arguments.like and not (arguments.query or "").strip():
        raise UserError("The query is empty.", hint="Say what to look for: madeleine search boiler inspection")
    with open_door(home, models, describe=describe) as door:
        if arguments.batch is not None:
            return run_batch(door, arguments.batch, request, "query", terminal)
        result = door.call({**request, "query": arguments.query or arguments.like})
    if terminal.json_wanted:
        terminal.result(result)
        return Exit.DONE
    if not result["moments"]:
        terminal.write("Nothing close to that is in the memory.")
    for moment in result["moments"]:
        for line in moment_lines(moment):
            terminal.write(line)
    return Exit.DONE
