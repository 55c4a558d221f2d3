"""What an import reports while it runs and when it is done: plain frozen records."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportFailure:
    """A file that could not be imported: where, why in words for a person, and what to do.

    Attributes:
        waits: The file is kept and goes on by itself once the hint is followed (weights that are missing).
    """

    path: str
    error: str
    hint: str = ""
    waits: bool = False


@dataclass(frozen=True, slots=True)
class ImportNote:
    """Something a person should know about a file that was imported: a part that could not be read."""

    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProgress:
    """Where an import stands.

    Attributes:
        n_done, n_total: Files finished and files known.
        path: The file being worked on.
        stage: "keep", "read", "separate", "scenes", "transcribe", "voices", "look", "ocr", "embed" or "index".
        share: Of the whole import, 0 to 1.
        left_s: Estimated seconds left, or None while unknown.
    """

    n_done: int
    n_total: int
    path: str
    stage: str
    share: float
    left_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """The outcome of an import (``import`` in the contract)."""

    imported: int
    duplicates: int
    failed: tuple[ImportFailure, ...]
    moments: int
    sessions: tuple[str, ...]
    took_s: float
    notes: tuple[ImportNote, ...] = ()
