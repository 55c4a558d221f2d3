"""Texts on their way into SQLite: what is not valid Unicode (lone surrogates of hostile or badly decoded input).

Role: pure functions. Words lose what cannot be said; paths keep every byte, because they are used again.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from typing import Any


def to_storable(text: str) -> str:
    """The text with each lone surrogate as a question mark."""
    return text if is_storable(text) else text.encode("utf-8", "replace").decode("utf-8")


def is_storable(text: str) -> bool:
    """Whether the text is valid Unicode."""
    if text.isascii():
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def dump_json(value: object) -> str:
    """JSON that says the same when it is read back, lone surrogates included; no number that is none (RFC 8259, 6)."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError:  # SQLite's JSON functions, and with them an index, fail on NaN
        return dump_json(_finite(value))
    return text if is_storable(text) else json.dumps(value)


def _finite(value: object) -> object:
    """The value with null in the place of NaN and infinities."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _finite(each) for key, each in value.items()}
    return [_finite(each) for each in value] if isinstance(value, list | tuple) else value


def dump_path(path: str) -> str | bytes:
    """A path as it is kept: text, or its bytes where they are no text."""
    return path if is_storable(path) else os.fsencode(path)


def load_path(kept: Any) -> str:
    """The path that ``dump_path`` kept."""
    return os.fsdecode(kept) if isinstance(kept, bytes) else str(kept)
