"""How the window looks and which language it speaks: the two settings that are needed before the memory is opened.

Role: reads them with nothing heavy imported, so that the first paint is right; a file that is not valid is told of by
``settings`` once the memory opens, and leaves the choice to the desktop until then.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

FILE_NAME = "settings.json"
SYSTEM = "system"
# A theme is one more name here and in ``ui.theme.THEMES``.
APPEARANCES = (SYSTEM, "light", "dark", "contrast-light", "contrast-dark")
LANGUAGES = (SYSTEM, "en", "de")


@dataclass(frozen=True, slots=True)
class Looks:
    """What was chosen; "system" leaves it to the desktop."""

    appearance: str = SYSTEM
    language: str = SYSTEM


def read_looks(home: Path) -> Looks:
    """Read the looks of a home; never fails."""
    try:
        values = json.loads((home / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Looks()
    if not isinstance(values, dict):
        return Looks()
    appearance, language = values.get("appearance"), values.get("language")
    return Looks(appearance if appearance in APPEARANCES else SYSTEM, language if language in LANGUAGES else SYSTEM)
