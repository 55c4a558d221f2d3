"""Errors of ingest/: what is wrong with one input, in words for a person, and what to do about it."""

from __future__ import annotations

from models.errors import ModelError, WeightsDamaged, WeightsMissing


class BadInput(Exception):
    """One input cannot be taken in; the others go on.

    Attributes:
        hint: What the user can do, one sentence; may be empty.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class BadArray(BadInput):
    """The geometry of a microphone array is not one, or does not fit the recording."""


def say_why(error: BadInput | ModelError) -> tuple[str, str]:
    """Why a file is not whole yet, and what to do: named by the model that is missing, not by its path."""
    if isinstance(error, WeightsMissing | WeightsDamaged) and error.model:
        return f"It is kept and waits for {error.model}.", error.hint
    return str(error), error.hint
