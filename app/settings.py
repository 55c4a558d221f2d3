"""Typed, versioned settings of one home, kept as JSON beside the database.

Role: read, upgrade and write them; unknown keys are kept out with a clear error, so that a typing mistake is never
silent.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from app.clock import is_zone
from app.errors import Exit, UserError

VERSION = 1
_AT_LEAST = {"idle_unload_s": 1, "evidence_tokens": 100}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the user chose.

    Attributes:
        profile: Name of the set of models ("default", "larger").
        zone: IANA zone to read and show times in; empty means the machine's.
        idle_unload_s: Models are put out of memory after so many seconds without use.
        evidence_tokens: Most tokens of evidence a prompt may carry.
        own_name: What the user is called; a voice named "me" gets this name. May be empty.
    """

    profile: str = "default"
    zone: str = ""
    idle_unload_s: int = 600
    evidence_tokens: int = 450
    own_name: str = ""


def load_settings(home: Path) -> Settings:
    """Read the settings of a home; the defaults where there are none. ``MADELEINE_PROFILE`` overrides the profile.

    Raises:
        UserError: the file is not valid.
    """
    path = home / "settings.json"
    values: dict[str, Any] = {}
    if path.is_file():
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(values, dict):
                raise ValueError("not an object")
        except ValueError as error:
            raise UserError(
                f"The settings file {path} is not valid JSON.",
                hint="Correct it, or move it away to go back to the defaults.",
                code=Exit.ENVIRONMENT,
            ) from error
    settings = _from_values(values, path)
    profile = os.environ.get("MADELEINE_PROFILE")
    return Settings(**{**asdict(settings), "profile": profile}) if profile else settings


def save_settings(home: Path, settings: Settings) -> None:
    """Write the settings whole or not at all, mode 0600."""
    path = home / "settings.json"
    part = path.with_suffix(".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"version": VERSION, **asdict(settings)}, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


def _from_values(values: dict[str, Any], path: Path) -> Settings:
    version = values.pop("version", VERSION)
    if not isinstance(version, int) or version > VERSION:
        raise UserError(
            f"The settings file {path} is of a newer Madeleine.", hint="Update Madeleine.", code=Exit.ENVIRONMENT
        )
    known = {f.name: type(f.default) for f in fields(Settings)}
    for key, value in values.items():
        if key not in known:
            raise UserError(f"“{key}” in {path} is not a setting.", hint="Remove it.", code=Exit.ENVIRONMENT)
        if not isinstance(value, known[key]) or isinstance(value, bool):
            raise UserError(
                f"“{key}” in {path} must be a {known[key].__name__}.", hint="Correct it.", code=Exit.ENVIRONMENT
            )
        if isinstance(value, int) and value < _AT_LEAST[key]:
            raise UserError(
                f"“{key}” in {path} must be at least {_AT_LEAST[key]}.", hint="Correct it.", code=Exit.ENVIRONMENT
            )
    settings = Settings(**values)
    if settings.zone and not is_zone(settings.zone):
        raise UserError(
            f"“{settings.zone}” in {path} is not a time zone.",
            hint="Write it like Europe/Lisbon, or leave it empty for the machine's own.",
            code=Exit.ENVIRONMENT,
        )
    return settings
