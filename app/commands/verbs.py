"""Commands that have verbs ("voices name", "places add"): the parser of a verb, and the request that it makes.

Role: what such commands share; each of them says its own words.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import Any


def add_verb(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, words: str, run: Callable[..., int]
) -> argparse.ArgumentParser:
    """Add a verb, which prints JSON where that is wanted."""
    parser = verbs.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)
    return parser


def build_request(do: str, arguments: argparse.Namespace, keys: Iterable[str]) -> dict[str, Any]:
    """The request of a verb, with those of the keys that it has."""
    told = {key: getattr(arguments, key) for key in keys if hasattr(arguments, key)}
    return {"do": do, "what": arguments.what, **told}
