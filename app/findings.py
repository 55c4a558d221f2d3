"""One line of ``doctor``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of ``doctor``: what was looked at, whether it is well, what was seen and what to do."""

    name: str
    ok: bool
    detail: str
    hint: str = ""
