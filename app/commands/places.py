"""``madeleine places``: the user's own names for places."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands.terminal import Terminal, describe
from app.commands.verbs import add_verb, build_request
from app.errors import Exit


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "places",
        help="name places of your own",
        description="Your own names for places; photos and videos taken there are found by them.",
    )
    verbs = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    add_verb(verbs, "list", "list them", run)
    adding = add_verb(verbs, "add", "name a place; what was taken there gets the name at once", run)
    adding.add_argument("name", metavar="NAME")
    adding.add_argument("lat", type=float, metavar="LAT", help="degrees north; south is negative")
    adding.add_argument("lon", type=float, metavar="LON", help="degrees east; west is negative")
    adding.add_argument("--radius", type=float, default=150.0, metavar="METRES", help="how far it reaches (150)")
    renaming = add_verb(verbs, "rename", "call a place otherwise", run)
    renaming.add_argument("name", metavar="NAME")
    renaming.add_argument("new", metavar="NEW-NAME")
    removing = add_verb(verbs, "remove", "take a name away", run)
    removing.add_argument("name", metavar="NAME")


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door

    request = build_request("places", arguments, ("name", "new", "lat", "lon", "radius"))
    with open_door(home, models, describe=describe) as door:
        result = door.call(request)
    if terminal.json_wanted:
        terminal.result(result)
        return Exit.DONE
    for place in result["places"]:
        terminal.write(f"{place['name']:24}  {place['lat']:.5f} {place['lon']:.5f}, {place['radius_m']:g} m around")
    if not result["places"]:
        terminal.write("No place has a name of your own.")
    if arguments.what != "list":
        terminal.say(f"{result['changed']} moments have another place now.")
    return Exit.DONE
