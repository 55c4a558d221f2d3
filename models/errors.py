"""Errors of models/: what went wrong, in words for a person, and what to do about it."""

from __future__ import annotations


class ModelError(Exception):
    """A model cannot do its work.

    Attributes:
        hint: What the user can do, one sentence; may be empty.
        model: The title of the model; may be empty.
        task: What it is for, as in ``weights.toml``; may be empty.
    """

    def __init__(self, message: str, *, hint: str = "", model: str = "", task: str = "") -> None:
        super().__init__(message)
        self.hint = hint
        self.model, self.task = model, task


class WeightsMissing(ModelError):
    """A weights file is not there (or is cut short); the hint names the command that fetches it."""


class WeightsDamaged(ModelError):
    """A weights file has other bytes than its sha256 says."""


NO_WEIGHTS = (WeightsMissing, WeightsDamaged)  # fetching them helps, and what waits for them goes on


class WeightsUnloadable(ModelError):
    """A weights file has the right bytes and cannot be loaded; there may be too little memory."""


class SourceUnreachable(ModelError):
    """None of the sources of a weights file could be reached, or none gave the right bytes."""


class DiskFull(ModelError):
    """There is too little room for the weights."""
