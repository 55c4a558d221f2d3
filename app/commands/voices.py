"""``madeleine voices``: who speaks, and what they are called."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands.terminal import Terminal, describe
from app.commands.verbs import add_verb, build_request
from app.errors import Exit


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "voices",
        help="list and name the people who were heard",
        description="Who speaks: list voices, name them once, join two that are one person, teach how someone sounds.",
    )
    verbs = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    add_verb(verbs, "list", "list voices, those heard most first", run)
    naming = add_verb(verbs, "name", "name a voice; “me” is you; an empty name takes the name away", run)
    naming.add_argument("voice", metavar="ID")
    naming.add_argument("name", metavar="NAME")
    merging = add_verb(verbs, "merge", "make one voice of several; the first keeps its name", run)
    merging.add_argument("voice", metavar="ID")
    merging.add_argument("others", nargs="+", metavar="ID")
    add_verb(verbs, "undo", "undo the last merge", run)
    splitting = add_verb(verbs, "split", "take utterances of somebody else out of a voice", run)
    splitting.add_argument("voice", metavar="ID")
    splitting.add_argument("moments", nargs="+", metavar="MOMENT")
    splitting.add_argument("--to", metavar="ID", help="the voice they belong to (a new one, unless said otherwise)")
    sampling = add_verb(verbs, "samples", "show up to three utterances to know a voice by", run)
    sampling.add_argument("voice", metavar="ID")
    enrolling = add_verb(
        verbs, "enrol", "learn how a person sounds from a recording of them alone; it is not kept", run
    )
    enrolling.add_argument("file", type=Path, metavar="FILE")
    enrolling.add_argument("--name", default="me", help="who it is (you, unless said otherwise)")
    add_verb(verbs, "learn", "listen to older recordings whose voices were never told apart", run)
    forgetting = add_verb(verbs, "forget", "forget how a person sounds; what was said stays", run)
    forgetting.add_argument("voice", metavar="ID")


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door

    request = build_request("voices", arguments, ("voice", "name", "others", "moments", "to"))
    if arguments.what == "enrol":
        request["path"] = str(arguments.file.absolute())
    with open_door(home, models, describe=describe) as door:
        result = door.call(request, tell=lambda note: terminal.progress(f"{note['n']} utterances heard again"))
    terminal.end_progress()
    if terminal.json_wanted:
        terminal.result(result)
        return Exit.DONE
    for voice in result["voices"]:
        name = voice["name"] or "(not named yet)"
        heard = f"{voice['utterances']} utterances in {voice['sessions']} recordings, {voice['seconds']:.0f} s"
        last = f", last {voice['last_at'][:16].replace('T', ' ')}" if voice["last_at"] else ""
        terminal.write(f"{voice['id']:6}  {name:24}  {heard}{last}{', enrolled' if voice['enrolled'] else ''}")
        if near := voice.get("nearest"):
            terminal.write(
                f"        the nearest to the microphones in {near['in']} of {near['of']} recordings with others. "
                f"If this is you: madeleine voices name {voice['id']} me"
            )
    for moment in result.get("moments", ()):
        terminal.write(f"        {moment['id']}  {moment['started_at'][:16].replace('T', ' ')}  {moment['text']}")
        if "media" in moment:
            media = moment["media"]
            terminal.write(f"        {media['path']} at {media['offset_s']:.1f} s, {media['duration_s']:.1f} s")
    if arguments.what == "list" and not result["voices"]:
        terminal.write("Nobody was heard yet.")
    return Exit.DONE
