"""``madeleine missed``: what ran in other directions beside the conversation that was followed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.batch import run_batch
from app.commands.terminal import Terminal, describe
from app.errors import Exit, UserError

if TYPE_CHECKING:
    from app.contract import Json


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "missed",
        help="what ran beside a conversation",
        description="Tell what was said in other directions while you followed a conversation, or were away.",
    )
    parser.add_argument("question", nargs="?", help="names what you followed: its topic, a person, a direction, a time")
    parser.add_argument("--session", metavar="ID", help="the recording, where it is known")
    parser.add_argument("--since", metavar="T", help="only what is not before this time (ISO 8601)")
    parser.add_argument("--until", metavar="T", help="only what is before this time (ISO 8601)")
    parser.add_argument(
        "--batch", metavar="FILE", help="one JSON object a line with id and question; one result a line"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door

    request = {
        "do": "missed",
        "session": arguments.session,
        "since": arguments.since,
        "until": arguments.until,
    }
    if arguments.batch is None and not (arguments.question or "").strip():
        raise UserError(
            "The question is empty.",
            hint="Name what you followed: madeleine missed 'What did I miss while I followed the talk about dogs?'",
        )
    with open_door(home, models, describe=describe) as door:
        if arguments.batch is not None:
            return run_batch(door, arguments.batch, request, "question", terminal)
        if terminal.json_wanted:
            terminal.result(door.call({**request, "question": arguments.question}))
            return Exit.DONE
        told: list[Json] = []

        def take(note: Json) -> None:
            """All of it, told by rule: print it before a model finds words for it."""
            if "missed" in note:
                told.append(note["missed"])
                _print(note["missed"], terminal)

        missed = door.call({**request, "question": arguments.question}, tell=take)
    if not told:
        _print(missed, terminal)
    elif missed["contrast"] != told[-1]["contrast"]:
        terminal.write(f"\nIn a sentence: {missed['contrast']}")
    return Exit.DONE


def _print(missed: Json, terminal: Terminal) -> None:
    terminal.write(missed["contrast"])
    for one in missed["missed"]:
        times = {m["id"]: m["started_at"][11:19] for m in one["moments"]}
        azimuth = one["stream"]["azimuth_deg"]
        who = ", ".join(one["stream"]["speakers"])
        place = "direction unknown" if azimuth is None else f"{int(azimuth + 0.5) % 360}°"
        terminal.write(f"\n{place}{'  ' + who if who else ''}  {one['summary']}")
        for point in one["points"]:
            doubt = "  (perhaps misheard)" if point.get("unsure") else ""
            terminal.write(f"  {times[point['moments'][0]]}  {point['text']}{doubt}")
    if missed["missed"]:
        terminal.write(f"\n{missed['attended']['summary']}  Recording {missed['session']}.")
    terminal.flush()
