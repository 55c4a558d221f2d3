"""Errors of ingest/: what is wrong with one input, in words for a person, and what to do about it."""

from __future__ import annotations


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
