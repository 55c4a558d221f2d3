"""What a language model has made of the fixed beginning of its prompts, kept on disk between starts.

Role: files of state beside the weights. They hold our own instructions and worked examples only, never a word of the
user's: whoever writes one must have read nothing else. Derived: each can be deleted and is made again by reading.

Source: papers.md 1.31 (reused prefixes); llama.cpp, include/llama.h, ``llama_state_seq_get_data``.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

log = logging.getLogger(__name__)
_ENDING = ".prefix"
_N_KEPT = 4
_N_DIGEST = hashlib.sha256().digest_size


class PrefixStore:
    """State of prefixes in one folder.

    Args:
        folder: Where they lie; made when the first is saved.
        recipe: Everything but the tokens that a state depends on: weights, library, kind of cache.
    """

    def __init__(self, folder: Path, recipe: str) -> None:
        self._folder = folder
        self._recipe = recipe

    def load(self, tokens: Sequence[int]) -> bytes | None:
        """Give the state of these tokens, or None where it is not there or not whole."""
        path = self._path(tokens)
        try:
            whole = path.read_bytes()
        except OSError:
            return None
        digest, state = whole[:_N_DIGEST], whole[_N_DIGEST:]
        if hashlib.sha256(state).digest() != digest:
            log.warning("a kept prompt prefix is damaged and is made again")
            path.unlink(missing_ok=True)
            return None
        return state

    def save(self, tokens: Sequence[int], state: bytes) -> None:
        """Keep the state of these tokens; a folder that cannot be written to only costs time at the next start."""
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            handle, draft = tempfile.mkstemp(prefix=".draft-", dir=self._folder)
            try:
                with open(handle, "wb") as stream:
                    stream.write(hashlib.sha256(state).digest() + state)
                os.replace(draft, self._path(tokens))
            finally:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(draft)
            self._drop_old()
        except OSError as error:
            log.info("a prompt prefix could not be kept: %s", error.strerror)

    def _path(self, tokens: Sequence[int]) -> Path:
        digest = hashlib.sha256(self._recipe.encode() + b"\0" + np.asarray(tokens, "<i4").tobytes())
        return self._folder / f"{digest.hexdigest()[:32]}{_ENDING}"

    def _drop_old(self) -> None:
        newest_first = sorted(self._folder.glob(f"*{_ENDING}"), key=lambda path: -path.stat().st_mtime_ns)
        for path in newest_first[_N_KEPT:]:
            path.unlink(missing_ok=True)
