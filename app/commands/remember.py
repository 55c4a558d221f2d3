"""``remember``: keep the screen as it is now, with a note; made for a key of the desktop."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands.terminal import Terminal, describe
from app.errors import Exit


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "remember",
        help="keep the screen as it is now, with a note",
        description="Keeps the screen and the note together. Bind it to a key of your desktop; it works beside a "
        "window that is open.",
    )
    parser.add_argument("note", nargs="*", metavar="NOTE", help="what to remember about it; may be left out")
    parser.add_argument("--no-screen", action="store_true", help="keep the note alone")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door

    request = {"do": "remember", "note": " ".join(arguments.note), "screen": not arguments.no_screen}
    with open_door(home, models, describe=describe) as door:
        result = door.call(request)
    for reason in result["not_kept"]:
        terminal.say(f"Not all of the screen is kept: {reason.rstrip('.')}.")
    for failure in result["failed"]:
        terminal.say(f"{failure['error']} {failure['hint']}".strip())
    if terminal.json_wanted:
        terminal.result(result)
    else:
        kinds = [moment["kind"] for moment in result["moments"]]
        words = {"note": "the note", "screenshot": "the screen"}
        terminal.write(f"Remembered: {' and '.join(dict.fromkeys(words.get(kind, kind) for kind in kinds))}.")
    if result["failed"] and all(failure["waits"] for failure in result["failed"]):
        return Exit.ENVIRONMENT  # everything is kept; only the weights are missing
    return Exit.SOME_FAILED if result["failed"] else Exit.DONE
