"""Errors of memory/: what went wrong, in words for a person, and what to do about it."""

from __future__ import annotations


class MemoryFault(Exception):
    """Something is wrong with the data folder or its database.

    Attributes:
        hint: What the user can do, one sentence; may be empty.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class HomeLocked(MemoryFault):
    """Another process owns the data folder."""


class NewerDatabase(MemoryFault):
    """The database was written by a newer Madeleine than this one."""


class DatabaseDamaged(MemoryFault):
    """The database is not one, or its pages are damaged. Nothing is repaired in place."""


class DiskFull(MemoryFault):
    """There is no room left to write."""


class HomeUnusable(MemoryFault):
    """The data folder cannot be created, read or written."""


class NotFound(MemoryFault):
    """There is no such moment, session or source."""
