"""Whisper's tokenizer, read in steps, so that no other thread waits long for the interpreter.

Role: the library builds it in one call that keeps the interpreter for .14 s (of 50,000 pieces of words), in which no
window can paint. Here the file is read, its pairs are listed and its model is built one after the other, .04 s the
longest; the tokenizer is the library's, the same in every word.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.passing import passing_folder, passing_home

FILE = "tokenizer.json"
_OPTIONS = ("dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix", "fuse_unk", "byte_fallback")
_FLAGS = ("single_word", "lstrip", "rstrip", "normalized")


@dataclass(frozen=True, slots=True)
class Pieces:
    """What was taken out of a tokenizer: its model (type "BPE") and the tokens added to it, as its file has them."""

    model: dict[str, Any]
    added: list[dict[str, Any]]


@contextlib.contextmanager
def without_pieces(folder: Path, *, home: Path | None = None) -> Iterator[tuple[Path, Pieces | None]]:
    """A folder of weights whose tokenizer is empty, for a loader that would read it whole; and what it lacks.

    Args:
        folder: The weights.
        home: Where the passing folder is made; in the user's cache by default.

    Yields:
        A passing folder of links, and the pieces for ``give_back``; the folder itself, and None, where its tokenizer
        is of another kind, or where links or locks cannot be made.
    """
    found: tuple[Path, Pieces | None] = folder, None
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError, ImportError, ValueError, KeyError, TypeError, AttributeError):
            passing = stack.enter_context(passing_folder(home or passing_home()))
            pieces = _lay_out(folder, passing)  # a damaged file is left to its loader, which says what is wrong
            if pieces is not None:
                found = passing, pieces
        yield found


def give_back(tokenizer: Any, pieces: Pieces) -> None:
    """Fill an empty tokenizer (``tokenizers.Tokenizer``) with its pieces.

    Raises:
        ValueError: a token that was added got another number than the file gives it.
    """
    from tokenizers import AddedToken
    from tokenizers.models import BPE

    model = pieces.model
    pairs = (pair.split(" ") if isinstance(pair, str) else pair for pair in model["merges"])
    merges = [(left, right) for left, right in pairs]
    options = {key: model.get(key) for key in _OPTIONS if model.get(key) is not None}
    tokenizer.model = BPE(model["vocab"], merges, **options)
    for token in sorted(pieces.added, key=lambda token: int(token["id"])):
        flags = {key: bool(token[key]) for key in _FLAGS}
        add = tokenizer.add_special_tokens if token["special"] else tokenizer.add_tokens
        add([AddedToken(token["content"], special=bool(token["special"]), **flags)])
        if tokenizer.token_to_id(token["content"]) != token["id"]:
            raise ValueError("The tokenizer numbers its tokens in another way")


def _lay_out(folder: Path, passing: Path) -> Pieces | None:
    """Link the weights, and write the tokenizer without its pieces; None where it is of another kind."""
    whole = json.loads((folder / FILE).read_bytes())
    model = whole["model"]
    if model.get("type") != "BPE" or not model.get("merges"):
        return None
    pieces = Pieces(model, whole["added_tokens"])
    empty = whole | {"model": model | {"vocab": {}, "merges": []}, "added_tokens": []}
    for file in folder.iterdir():
        if file.name != FILE:
            (passing / file.name).symlink_to(file.resolve())
    (passing / FILE).write_text(json.dumps(empty), encoding="utf-8")
    return pieces
