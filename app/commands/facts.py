"""``madeleine facts``: what moments state of people and things, what replaced it, and the words that say so."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.commands.terminal import Terminal, describe
from app.errors import Exit

_MOST_QUOTES = 3
_STANDINGS = {"superseded": "not any more", "disputed": "told differently by others", "over": "over"}


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "facts",
        help="what was stated, with its evidence",
        description="Show what moments state of people and things (numbers, addresses, times, tastes, what was paid), "
        "each with the words that say so. A newer statement takes an older one's place.",
    )
    parser.add_argument("--about", default="", metavar="WORDS", help="only facts that hold all of these words")
    parser.add_argument("--all", action="store_true", help="also what was replaced or is over")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door

    with open_door(home, models, describe=describe) as door:
        result = door.call({"do": "facts", "about": arguments.about, "all": arguments.all})
    if terminal.json_wanted:
        terminal.result(result)
        return Exit.DONE
    if not result["facts"]:
        terminal.write("Nothing was stated plainly enough to be kept as a fact.")
    for fact in result["facts"]:
        for line in _lines(fact):
            terminal.write(line)
    return Exit.DONE


def _lines(fact: dict[str, Any]) -> list[str]:
    """A fact in one line, and below it the newest words that state it."""
    standing = _STANDINGS.get(fact["standing"], "")
    if fact.get("replaced_by"):
        standing = f"until {fact['until'][:10]}, then {fact['replaced_by']}"
    told = f"{fact['source']} {fact['since'][:10]}" + (f"; {standing}" if standing else "")
    lines = [f"{fact['subject']} · {fact['relation']}: {fact['value']}  ({told})"]
    for one in reversed(fact["evidence"][-_MOST_QUOTES:]):
        by = f"{one['by']}, " if one["by"] else ""
        lines.append(f"    “{one['quote']}”  {by}{one['told_at'][:16].replace('T', ' ')}  {one['moment']}")
    return lines
