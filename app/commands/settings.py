"""``madeleine settings``: what the user chose, and changing it."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands.terminal import Terminal, describe
from app.errors import Exit, UserError

# What the window's bars and walk keep for themselves (microphone, consent, …) is not changed by hand.
KEPT_BY_THE_WINDOW = frozenset({"microphone", "channels", "array", "consent", "set_up"})
_WORDS = {  # what each can be stands in ``ONE_OF`` where it is one of a few
    "profile": "the set of models: default, larger",
    "zone": "time zone, like Europe/Lisbon; empty is the machine's",
    "idle_unload_s": "seconds without use after which models leave memory",
    "evidence_tokens": "most tokens of evidence a prompt may carry",
    "event_titles": "whether the language model names events while nobody needs the computer",
    "own_name": "what you are called; a voice named “me” gets this name",
    "raw_channels": "of an array recording, once its directions are separated: keep, drop, or like 30 days",
    "screen_excluded_apps": "applications of which no picture is kept: parts of names, like keepass; bitwarden",
    "screen_excluded_titles": "the same by parts of titles of windows, like payroll; diary",
    "screen_excluded_addresses": "the same by parts of addresses, like bank.example; deleted once the address was read",
    "unknown_place": "while there are excluded places and it cannot be told where this computer is",
    "screen_budget_gb": "most gigabytes of pictures of the screen; the oldest go first, their words stay",
    "watched_folders": "what comes into them is imported while the window is open; one a line",
    "appearance": "colours of the window",
    "language": "of the window",
    "on_close": "what closing the window means while something is recorded",
    "notify": "whether the desktop is told of what happens while the window is not in front",
    "desktop_keys": "whether Ctrl+Alt+M and Ctrl+Alt+P (or what the desktop gives) work in every program",
}


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "settings",
        help="see and change settings",
        description="Without a name: list the settings. With a name and a value: change one. "
        "raw_channels and the screen’s hold at once, the others from the next start on.",
    )
    parser.add_argument("key", nargs="?", metavar="NAME", help=", ".join(_WORDS))
    parser.add_argument("value", nargs="?", metavar="VALUE", help="what it is to be; “” empties it")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from app.door import open_door
    from app.settings import ONE_OF

    key, value = arguments.key, arguments.value
    if key is not None and key not in _WORDS:
        raise UserError(f"“{key}” is not a setting.", hint=f"Settings are {', '.join(_WORDS)}.")
    request = {"do": "settings"} if value is None else {"do": "settings", "key": key, "value": value}
    with open_door(home, models, describe=describe) as door:
        result = door.call(request)
    if terminal.json_wanted:
        terminal.result(result)
        return Exit.DONE
    for name, words in _WORDS.items():
        if key in (None, name):
            held = result["settings"][name]
            about = f"{words}: {', '.join(ONE_OF[name])}" if name in ONE_OF else words
            terminal.write(f"{name:22}  {'(empty)' if held == '' else held!s:16}  {about}")
    return Exit.DONE
