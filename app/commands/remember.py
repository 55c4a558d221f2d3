"""``remember``: keep the screen as it is now, with a note; made for a key of the desktop."""

from __future__ import annotations

import argparse
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.terminal import Terminal, describe
from app.errors import Exit

if TYPE_CHECKING:
    from app.contract import Json
    from models.protocols import CancelToken

LONGEST_S = 60.0
MOST_S = 600.0


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "remember",
        help="keep the screen as it is now, with a note",
        description="Keeps the screen and the note together. Bind it to a key of your desktop; it works beside a "
        "window that is open. A spoken note ends when you are silent, and is kept as sound and as words.",
    )
    parser.add_argument("note", nargs="*", metavar="NOTE", help="what to remember about it; may be left out")
    parser.add_argument(
        "--speak", nargs="?", type=_read_seconds, const=LONGEST_S, metavar="SECONDS",
        help=f"say it: listen until you are silent, for {LONGEST_S:g} seconds at most or as many as you write",
    )  # fmt: skip
    parser.add_argument("--no-screen", action="store_true", help="keep the note alone")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def _read_seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 1 <= seconds <= MOST_S:
        raise argparse.ArgumentTypeError(
            f"“{text}” is no number of seconds from 1 to {MOST_S:g}; a typed note stands before --speak"
        )
    return seconds


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door
    from models.protocols import CancelToken

    request = {
        "do": "remember", "note": " ".join(arguments.note), "screen": not arguments.no_screen, "speak": arguments.speak,
    }  # fmt: skip
    if arguments.speak:
        terminal.say("Speak now. It ends when you are silent; Ctrl-C ends it too.")
    cancel = CancelToken()
    with open_door(home, models, describe=describe) as door, _ended_by_interrupt(cancel):
        result = door.call(request, tell=lambda note: terminal.progress(_meter(note)), cancel=cancel)
    if result["not_heard"]:
        terminal.say(f"Not heard: {result['not_heard']['error']} {result['not_heard']['hint']}".strip())
    for reason in result["not_kept"]:
        terminal.say(f"Not all of the screen is kept: {reason.rstrip('.')}.")
    for failure in result["failed"]:
        terminal.say(f"{failure['error']} {failure['hint']}".strip())
    if terminal.json_wanted:
        terminal.result(result)
    else:
        terminal.write(f"Remembered: {' and '.join(dict.fromkeys(map(_call, result['moments'])))}.")
        for moment in result["moments"]:
            if moment["kind"] == "note" and moment.get("media") and moment["text"]:
                terminal.write(f"Heard: {' '.join(moment['text'].split())}")
    if result["not_heard"]:
        return Exit.SOME_FAILED
    if result["failed"] and all(failure["waits"] for failure in result["failed"]):
        return Exit.ENVIRONMENT  # everything is kept; only the weights are missing
    return Exit.SOME_FAILED if result["failed"] else Exit.DONE


def _call(moment: Json) -> str:
    if moment["kind"] == "note":
        return "what you said" if moment.get("media") else "the note"
    return "the screen" if moment["kind"] == "screenshot" else str(moment["kind"])


def _meter(note: Json) -> str:
    level = "▁▂▃▄▅▆▇█"[min(7, int(float(note["peak"]) ** 0.5 * 8))]
    return f"Listening  {note['seconds']:5.1f} s  {level}"


@contextmanager
def _ended_by_interrupt(cancel: CancelToken) -> Iterator[None]:
    """Ctrl-C ends the listening and keeps what was said, instead of tearing it off."""
    before = signal.signal(signal.SIGINT, lambda _number, _frame: cancel.cancel())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
