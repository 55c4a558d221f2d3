"""``madeleine places``: the user's own names for places."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.terminal import Terminal, describe
from app.commands.verbs import add_verb, build_request
from app.errors import Exit

if TYPE_CHECKING:
    from app.contract import Json


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "places",
        help="name places of your own",
        description="Your own names for places; photos and videos taken there are found by them.",
    )
    verbs = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    add_verb(verbs, "list", "list them", run)
    add_verb(verbs, "visited", "list all places of photos and videos, those with most first", run)
    adding = add_verb(verbs, "add", "name a place; what was taken there gets the name at once", run)
    adding.add_argument("name", metavar="NAME")
    adding.add_argument("lat", type=float, metavar="LAT", help="degrees north; south is negative")
    adding.add_argument("lon", type=float, metavar="LON", help="degrees east; west is negative")
    adding.add_argument("--radius", type=float, default=150.0, metavar="METRES", help="how far it reaches (150)")
    renaming = add_verb(verbs, "rename", "call a place otherwise", run)
    renaming.add_argument("name", metavar="NAME")
    renaming.add_argument("new", metavar="NEW-NAME")
    excluding = add_verb(
        verbs, "exclude", "keep nothing there: no sound and no screen, and no photo that was taken there", run
    )
    excluding.add_argument("name", metavar="NAME")
    excluding.add_argument(
        "--network", action="append", metavar="NAME",
        help="a wireless network that tells that this computer is there; may be given several times",
    )  # fmt: skip
    including = add_verb(verbs, "include", "keep again what happens there", run)
    including.add_argument("name", metavar="NAME")
    removing = add_verb(verbs, "remove", "take a name away", run)
    removing.add_argument("name", metavar="NAME")


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door

    request = build_request("places", arguments, ("name", "new", "lat", "lon", "radius", "network"))
    with open_door(home, models, describe=describe) as door:
        result = door.call(request)
    if terminal.json_wanted:
        terminal.result(result)
        return Exit.DONE
    for place in result.get("visited", ()):
        where = f"{place['lat']:.2f} {place['lon']:.2f}" if place["lat"] is not None else ""
        last = place["last_at"][:10]
        terminal.write(f"{place['name']:32}  {place['moments']:6} moments, last {last}  {where}".rstrip())
    if "visited" in result:
        return Exit.DONE
    for place in result["places"]:
        where = f"{place['lat']:.5f} {place['lon']:.5f}, {place['radius_m']:g} m around"
        terminal.write(f"{place['name']:24}  {where}{_tell_exclusion(place)}")
    if not result["places"]:
        terminal.write("No place has a name of your own.")
    if arguments.what in ("add", "rename", "remove"):
        terminal.say(f"{result['changed']} moments have another place now.")
    if arguments.what == "exclude":
        terminal.say("What was kept before stays; forget it if it is to go.")
    return Exit.DONE


def _tell_exclusion(place: Json) -> str:
    if not place.get("is_excluded"):
        return ""
    names = ", ".join(f"“{name}”" for name in place.get("networks", ()))
    how = f"told by the network {names}" if names else "photos only: no network tells that this computer is there"
    return f"; nothing is kept there ({how})"
