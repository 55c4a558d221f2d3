"""The command line: words in, one request, words or JSON out.

Role: parses, opens the door to a memory, prints. Standard output carries the result and nothing else; messages and
progress go to standard error. Heavy libraries are imported by the command that needs them, so ``--help`` answers at
once.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path

from app.commands.terminal import Terminal
from app.errors import Exit
from app.paths import default_home, default_models

VERSION = "0.1.0"


# What is typed and the module of app.commands behind it, in the order of --help.
COMMANDS = {
    "app": "window",
    "import": "imports",
    "capture": "capture",
    "incognito": "incognito",
    "pause": "pause",
    "remember": "remember",
    "search": "search",
    "ask": "ask",
    "missed": "missed",
    "timeline": "timeline",
    "trail": "trail",
    "habits": "habits",
    "facts": "facts",
    "forget": "forget",
    "voices": "voices",
    "places": "places",
    "apps": "apps",
    "storage": "storage",
    "settings": "settings",
    "models": "models",
    "reflect": "reflect",
    "reindex": "reindex",
    "doctor": "doctor",
}


def build_parser(names: Iterable[str] = COMMANDS) -> argparse.ArgumentParser:
    """The parser of some commands, or of all.

    Args:
        names: Keys of ``COMMANDS``. Each costs the import of its module.
    """
    parser = argparse.ArgumentParser(
        prog="madeleine",
        description="A private memory for one person, on that person's own computer.",
        epilog="Without a command it opens the window. "
        "Exit codes: 0 done, 1 some inputs failed, 2 usage, 3 environment, 4 not found.",
    )
    parser.add_argument("--home", type=Path, default=None, metavar="DIR", help="the data folder (or MADELEINE_HOME)")
    parser.add_argument("--version", action="version", version=f"madeleine {VERSION}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name in names:
        import_module(f"app.commands.{COMMANDS[name]}").add_parser(commands)
    return parser


def find_wanted(argv: Sequence[str]) -> Iterable[str]:
    """The commands that a line can mean: one where it names one, all where it asks for help or is not understood."""
    words = iter(argv)
    for word in words:
        if word == "--home":
            next(words, None)
        elif not word.startswith("--home="):
            return (word,) if word in COMMANDS else COMMANDS
    return ("app",)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        The exit code of the contract.
    """
    os.umask(0o077)
    # Our matrices are small: a second BLAS thread spins for as long as the first works and saves no time
    # (benchmarks/README.md, Waiting). Read by OpenBLAS when numpy is first imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _allow_odd_names()
    words = sys.argv[1:] if argv is None else list(argv)
    parser = build_parser(find_wanted(words))  # the window waits for no other command's modules
    arguments = parser.parse_args(words)
    if arguments.command is None:
        arguments = parser.parse_args([*words, "app"])
    home = (arguments.home or default_home()).expanduser().absolute()
    terminal = Terminal(json_wanted=getattr(arguments, "json", False))
    try:
        return int(arguments.run(arguments, home, default_models().absolute(), terminal))
    except KeyboardInterrupt:
        terminal.say("Stopped. What was kept stays; run the command again to go on.")
        return int(Exit.SOME_FAILED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Exit.DONE)
    except Exception as error:  # noqa: BLE001 - the edge: told in words, with what to do
        return terminal.fail(error)


def _allow_odd_names() -> None:
    """Let a file's name that is not UTF-8 be printed, as an escape, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
