"""Errors of app/ and the exit codes of the contract."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes, as other programs rely on them."""

    DONE = 0
    SOME_FAILED = 1
    USAGE = 2
    ENVIRONMENT = 3
    NOT_FOUND = 4
    LOCKED_VAULT = 5


class UserError(Exception):
    """Something the user can mend.

    Attributes:
        hint: What to do, one sentence; may be empty.
        code: The exit code of the command line.
    """

    def __init__(self, message: str, *, hint: str = "", code: Exit = Exit.USAGE) -> None:
        super().__init__(message)
        self.hint = hint
        self.code = code


class BadSettings(UserError):
    """The file of the settings is not one; it was left as it is."""
