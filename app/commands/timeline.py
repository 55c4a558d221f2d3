"""``madeleine timeline``: days, their events and moments."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from app.commands.terminal import Terminal, describe, moment_lines
from app.errors import Exit, UserError


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "timeline", help="events and moments by day", description="Show days, their events, moments and gaps."
    )
    parser.add_argument("--day", metavar="DATE", help="one day, like 2026-10-14")
    parser.add_argument("--since", metavar="T", help="not before this time (ISO 8601)")
    parser.add_argument("--until", metavar="T", help="before this time (ISO 8601)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door

    if arguments.day is not None:
        try:
            date.fromisoformat(arguments.day)
        except ValueError as error:
            raise UserError(f"“{arguments.day}” is not a date.", hint="Write it like 2026-10-14.") from error
    with open_door(home, models, describe=describe) as door:
        result = door.call({"do": "timeline", "day": arguments.day, "since": arguments.since, "until": arguments.until})
    if terminal.json_wanted:
        terminal.result(result)
        return Exit.DONE
    if not result["days"]:
        terminal.write("There is nothing in that time.")
    begins = {journey["dates"][0]: journey for journey in reversed(result["journeys"])}
    for day in result["days"]:
        if journey := begins.get(day["date"]):
            terminal.write(f"\nAway: {journey['title']}\n  {journey['reason']}")
        day["moments"] = [m for m in day["moments"] if "version_of" not in m]  # told with the picture they are of
        terminal.write(f"\n{day['date']}  {_count(day['events'], 'event')}, {_count(day['moments'], 'moment')}")
        for line in _day_lines(day):
            terminal.write(line)
        for gap in day["gaps"]:
            terminal.write(
                f"  not recording: {gap['source']} from {gap['started_at']} to {gap['ended_at']}: {gap['reason']}"
            )
    return Exit.DONE


def _day_lines(day: dict[str, Any]) -> list[str]:
    """A day's moments under the events they belong to."""
    events = {event["id"]: event for event in day["events"]}
    lines: list[str] = []
    current: str | None = None
    for moment in day["moments"]:
        if moment.get("event") != current:
            current = moment.get("event")
            lines += _event_lines(events[current]) if current in events else [""]
        lines += ["    " + line for line in moment_lines(moment)]
    return lines


def _event_lines(event: dict[str, Any]) -> list[str]:
    begun, ended = event["started_at"][11:16], event["ended_at"][11:16]
    is_named = "title" in event.get("words", {}).get("made", ())
    named = "; named by the language model in words of its moments" if is_named else ""
    return ["", f"  {begun}-{ended}  {event['title']}", f"  {event['summary']}", f"  {event['reason']}{named}"]


def _count(rows: list[Any], name: str) -> str:
    return f"{len(rows)} {name}" + ("" if len(rows) == 1 else "s")
