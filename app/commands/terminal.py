"""What a command says and how: results on standard output, everything else on standard error.

Role: printing, progress and the words and exit codes of errors. It knows no command.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from typing import TYPE_CHECKING, Any

from app.errors import Exit, UserError

if TYPE_CHECKING:
    from app.contract import Json

log = logging.getLogger(__name__)


class Terminal:
    """Standard output and error of one run."""

    def __init__(self, *, json_wanted: bool) -> None:
        self.json_wanted = json_wanted
        self._progress_open = False

    def result(self, document: Json) -> None:
        """Print the one JSON document of a command."""
        self.end_progress()
        sys.stdout.write(_to_text(document, indent=2 if sys.stdout.isatty() else None) + "\n")
        sys.stdout.flush()

    def line(self, document: Json) -> None:
        """Print one JSON line of a batch, at once."""
        self.end_progress()
        sys.stdout.write(_to_text(document) + "\n")
        sys.stdout.flush()

    def write(self, text: str = "") -> None:
        """Print a line of the result for a person."""
        self.end_progress()
        sys.stdout.write(text + "\n")

    def flush(self) -> None:
        """Show what was printed so far, though more may come."""
        sys.stdout.flush()

    def say(self, text: str) -> None:
        """Print a message."""
        self.end_progress()
        sys.stderr.write(text + "\n")
        sys.stderr.flush()

    def progress(self, text: str) -> None:
        """Show where the work stands: one line that is written over on a terminal, nothing otherwise."""
        if sys.stderr.isatty():
            sys.stderr.write("\r\033[K" + text[: _columns() - 1])
            sys.stderr.flush()
            self._progress_open = True

    def end_progress(self) -> None:
        """Leave the progress line."""
        if self._progress_open:
            sys.stderr.write("\r\033[K")
            self._progress_open = False

    def fail(self, error: Exception) -> int:
        """Say an error in words, with what to do, and give its exit code."""
        told = describe(error)
        self.say(f"madeleine: {told['message']}")
        if told["hint"]:
            self.say(f"  {told['hint']}")
        return int(told["code"])


def _to_text(document: Json, *, indent: int | None = None) -> str:
    """JSON in which no character but the line's own end counts as one, for readers that split at all of Unicode's."""
    text = json.dumps(document, ensure_ascii=False, indent=indent)
    return text.translate({0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"})


def describe(error: Exception) -> Json:
    """An error as message, hint and exit code."""
    from ingest.errors import BadInput
    from memory.errors import MemoryFault, NotFound
    from models.errors import ModelError

    if isinstance(error, UserError):
        return _told(str(error), error.hint, error.code)
    if isinstance(error, BadInput):
        return _told(str(error), error.hint, Exit.SOME_FAILED)
    if isinstance(error, NotFound):
        return _told(str(error), error.hint, Exit.NOT_FOUND)
    if isinstance(error, (MemoryFault, ModelError)):
        return _told(str(error), error.hint, Exit.ENVIRONMENT)
    if isinstance(error, OSError):
        return _told(
            f"{error.strerror or error}.",
            "Check the disk and the permissions of the folder, then try again.",
            Exit.ENVIRONMENT,
        )
    log.error("unexpected %s", type(error).__name__, exc_info=bool(os.environ.get("MADELEINE_DEBUG")))
    if os.environ.get("MADELEINE_DEBUG"):
        raise error
    return _told(
        f"Something unexpected went wrong ({type(error).__name__}). Nothing that was kept is lost.",
        "Run it again with MADELEINE_DEBUG=1 to see where.",
        Exit.ENVIRONMENT,
    )


def _told(message: str, hint: str, code: Exit) -> Json:
    return {"message": message, "hint": hint, "code": int(code)}


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns
    except OSError:
        return 80


def moment_lines(moment: dict[str, Any], *, width: int = 160) -> list[str]:
    """A moment of the contract in two lines for a person."""
    audio = moment.get("audio") or {}
    where = (
        audio.get("speaker") or audio.get("voice") or (moment.get("place") or {}).get("name") or moment.get("app") or ""
    )
    kind = f"{moment['kind']}, {1 + len(moment['versions'])} versions" if moment.get("versions") else moment["kind"]
    head = "  ".join(part for part in (moment["started_at"].replace("T", " ")[:19], kind, where, moment["id"]) if part)
    text = " ".join(moment["text"].split())
    return [head, "    " + (text if len(text) <= width else text[: width - 1] + "…")]
