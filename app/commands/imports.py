"""``madeleine import``: files and folders in; returns when everything is searchable."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.terminal import Terminal, describe
from app.errors import Exit, UserError

if TYPE_CHECKING:
    from app.contract import Json


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "import",
        help="bring files and folders in",
        description="Import recordings, photos, screenshots, videos, notes and *.moments.jsonl.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a file or a folder")
    parser.add_argument("--failed", action="store_true", help="list the files that could not be imported")
    parser.add_argument("--retry", action="store_true", help="try all files once more that could not be imported")
    parser.add_argument("--at", metavar="TIME", help="when it was recorded or taken (ISO 8601)")
    parser.add_argument(
        "--array", metavar="PRESET|FILE.json", help="geometry of the microphone array of multichannel recordings"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door

    if arguments.failed:
        return _list_failed(home, models, terminal)
    if not arguments.paths and not arguments.retry:
        raise UserError("Name a file or a folder to import (PATH).", hint="Or try again what failed: --retry")
    request = {
        "do": "import",
        "retry": arguments.retry,
        "paths": [str(Path(p).expanduser().absolute()) for p in arguments.paths],
        "at": arguments.at,
        "array": _array(arguments.array),
    }
    with open_door(home, models, describe=describe) as door:
        report = door.call(request, tell=lambda note: terminal.progress(_progress(note)))
    for failure in report["failed"]:
        terminal.say(f"{failure['path']}: {failure['error']}" + (f" {failure['hint']}" if failure["hint"] else ""))
    for note in report["notes"]:
        terminal.say(f"{note['path']}: {note['text']}")
    if terminal.json_wanted:
        terminal.result(report)
    else:
        terminal.write(
            f"{report['imported']} imported, {report['duplicates']} known already, {len(report['failed'])} failed; "
            f"{report['moments']} moments in {report['took_s']:.0f} s."
        )
    if report["failed"] and all(failure["waits"] for failure in report["failed"]):
        return Exit.ENVIRONMENT  # everything is kept; only the weights are missing
    return Exit.SOME_FAILED if report["failed"] else Exit.DONE


def _list_failed(home: Path, models: Path, terminal: Terminal) -> int:
    from app.door import open_door

    with open_door(home, models, describe=describe) as door:
        result = door.call({"do": "failed"})
    if terminal.json_wanted:
        terminal.result(result)
        return Exit.DONE
    for failure in result["failed"]:
        terminal.write(f"{failure['path']}: {failure['error']} {failure['hint']}".strip())
    if not result["failed"]:
        terminal.write("No file has failed.")
    return Exit.DONE


def _array(name: str | None) -> str | None:
    """A preset's name as it is, a file as an absolute path."""
    return str(Path(name).expanduser().absolute()) if name and (name.endswith(".json") or "/" in name) else name


def _progress(note: Json) -> str:
    left = "" if note.get("left_s") is None else f", about {_duration(note['left_s'])} left"
    n_files = f"{note['n_done']}/{note['n_total']} files"
    return f"{note['share']:4.0%}  {n_files}  {note['stage']} {Path(note['path']).name}{left}"


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
