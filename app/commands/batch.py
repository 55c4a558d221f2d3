"""Reading a batch file: one JSON object a line, one result a line, models loaded once."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands.terminal import Terminal, describe
from app.errors import Exit, UserError

if TYPE_CHECKING:
    from app.contract import Json
    from app.door import Door

_PASSED_ON = ("since", "until", "session", "followed_streams", "asked_at", "limit", "kinds", "ignore")


def add_ignore(parser: argparse.ArgumentParser) -> None:
    """Add ``--ignore``, which takes out of what is understood of a question."""
    parser.add_argument(
        "--ignore",
        action="append",
        metavar="WHAT",
        help="take out of what is understood: when, who:NAME, where:PLACE, app:NAME, kind:KIND, not:NAME (repeatable)",
    )


def run_batch(door: Door, path: str, request: Mapping[str, Any], words_key: str, terminal: Terminal) -> Exit:
    """Run one request for each line of a file ("-" is standard input).

    Args:
        door: The way to the memory.
        path: The batch file.
        request: What all lines share.
        words_key: "query" or "question".
        terminal: Where results and messages go.

    Returns:
        ``SOME_FAILED`` where a line could not be done; its error is told in its own result line.
    """
    outcome = Exit.DONE
    turns: dict[object, Json] = {}
    for number, line in _read(path):
        try:
            asked = _parse(line, number, words_key)
        except UserError as error:
            terminal.say(f"madeleine: {error}")
            terminal.line({"id": None, "line": number, "error": str(error)})
            outcome = Exit.SOME_FAILED
            continue
        try:
            own = {key: asked[key] for key in _PASSED_ON if asked.get(key) is not None}
            own |= _after(asked, turns)
            result = door.call({**request, **own, words_key: asked[words_key]})
            turns[asked.get("id")] = result
        except UserError as error:
            if error.code is Exit.ENVIRONMENT:
                raise
            result, outcome = {"error": describe(error)["message"]}, Exit.SOME_FAILED
        terminal.line({"id": asked.get("id"), **result})
    return outcome


def _after(asked: Json, turns: Mapping[object, Json]) -> Json:
    """The turn that a line follows up on: ``after`` is the id of an earlier line."""
    if asked.get("after") is None:
        return {}
    last = turns.get(asked["after"]) if isinstance(asked["after"], (str, int)) else None
    if last is None:
        raise UserError("“after” must be the id of an earlier line that was answered.")
    question = last.get("interpreted", {}).get("follows") or last.get("question", "")
    return {"after": {"question": question, "moments": [c["moment"] for c in last.get("citations", ())]}}


def _read(path: str) -> Iterator[tuple[int, str]]:
    if path == "-":
        yield from _numbered(sys.stdin.read())
        return
    try:
        yield from _numbered(Path(path).read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise UserError(f"There is no file {path}.", code=Exit.NOT_FOUND) from error
    except (UnicodeDecodeError, IsADirectoryError) as error:
        raise UserError(
            f"{path} is not a text file.", hint="A batch file has one JSON object a line, in UTF-8."
        ) from error


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), 1):  # a JSON string may hold other line separators
        if line.strip():
            yield number, line


def _parse(line: str, number: int, words_key: str) -> Json:
    try:
        asked = json.loads(line)
    except ValueError as error:
        raise UserError(f"Line {number} of the batch file is not JSON.") from error
    if not isinstance(asked, dict):
        raise UserError(f"Line {number} of the batch file is not a JSON object.")
    words = asked.get(words_key) or asked.get("query") or asked.get("question")
    if not isinstance(words, str) or not words.strip():
        raise UserError(f"Line {number} of the batch file has no “{words_key}”.")
    return {**asked, words_key: words}
