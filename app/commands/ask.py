"""``madeleine ask``: an answer with citations, or an honest no."""

from __future__ import annotations

import argparse
import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.batch import add_ignore, run_batch
from app.commands.terminal import Terminal, describe, moment_lines
from app.errors import Exit, UserError

if TYPE_CHECKING:
    from app.contract import Json
    from app.door import Door


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "ask", help="answer a question", description="Answer a question from the memory, with citations."
    )
    parser.add_argument("question", nargs="?", help="a question in plain words")
    parser.add_argument("--since", metavar="T", help="only what is not before this time (ISO 8601)")
    parser.add_argument("--until", metavar="T", help="only what is before this time (ISO 8601)")
    parser.add_argument(
        "--batch", metavar="FILE", help="one JSON object a line with id and question; one result a line"
    )
    add_ignore(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door

    request = {"do": "ask", "since": arguments.since, "until": arguments.until, "ignore": arguments.ignore}
    if arguments.batch is None and not (arguments.question or "").strip():
        raise UserError(
            "The question is empty.", hint="Ask in plain words: madeleine ask 'When is the boiler inspection?'"
        )
    with open_door(home, models, describe=describe) as door:
        if arguments.batch is not None:
            with _warming(door):
                return run_batch(door, arguments.batch, request, "question", terminal)
        answer = door.call({**request, "question": arguments.question})
    if terminal.json_wanted:
        terminal.result(answer)
    else:
        _print(answer, terminal)
    return Exit.DONE


@contextlib.contextmanager
def _warming(door: Door) -> Iterator[None]:
    """Have the language model loaded while the first question is looked up; if it cannot be, the question says so."""
    from models.protocols import CancelToken

    cancel = CancelToken()

    def warm() -> None:
        with contextlib.suppress(Exception):
            door.call({"do": "warm"}, cancel=cancel)

    thread = threading.Thread(target=warm, name="warm", daemon=True)
    thread.start()
    try:
        yield
    finally:
        cancel.cancel()
        thread.join()


def _print(answer: Json, terminal: Terminal) -> None:
    terminal.write(answer["answer"])
    moments = {m["id"]: m for m in answer["evidence"]}
    for citation in answer["citations"]:
        lines = moment_lines(moments[citation["moment"]])
        terminal.write(f"\n[{citation['n']}] {lines[0]}\n    “{citation['quote']}”")
    if answer["abstained"] and answer["evidence"]:
        terminal.write("\nThe closest that was found:")
        for moment in answer["evidence"][:3]:
            for line in moment_lines(moment):
                terminal.write(line)
