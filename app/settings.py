"""Typed, versioned settings of one home, kept as JSON beside the database.

Role: read, upgrade and write them; unknown keys are kept out with a clear error, so that a typing mistake is never
silent.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from app.clock import is_zone
from app.errors import BadSettings, Exit, UserError
from app.looks import APPEARANCES, FILE_NAME, LANGUAGES
from ingest.raw_channels import RawChannels
from memory.home import write_whole

VERSION = 1
PASSWORD_KEEPERS = "keepass; 1password; bitwarden; enpass; lastpass; dashlane; proton pass; seahorse; kwallet; pinentry"
AT_LEAST = {"idle_unload_s": 1, "evidence_tokens": 100, "channels": 0, "screen_budget_gb": 1}
ONE_OF: Mapping[str, tuple[str, ...]] = {
    "event_titles": ("off", "mains", "always"),
    "unknown_place": ("pause", "record"),
    "on_close": ("ask", "quit", "tray"),
    "notify": ("on", "off"),
    "appearance": APPEARANCES,
    "language": LANGUAGES,
    "desktop_keys": ("on", "off"),
    "set_up": ("no", "yes"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the user chose.

    Attributes:
        profile: Name of the set of models ("default", "larger").
        zone: IANA zone to read and show times in; empty means the machine's.
        idle_unload_s: Models are put out of memory after so many seconds without use.
        evidence_tokens: Most tokens of evidence a prompt may carry.
        event_titles: Whether the local language model finds better titles for events while nobody needs the computer:
            never ("off"), on mains power ("mains"), or on battery too ("always").
        own_name: What the user is called; a voice named "me" gets this name. May be empty.
        raw_channels: What becomes of an array recording's channels once its directions are separated: "keep", "drop",
            or a number of days ("30 days") for which they are kept. The streams and the mixed sound always stay.
        microphone: What was recorded with last and is recorded with again; empty means the system's own choice.
        channels: Of that microphone; 0 leaves it to the program.
        array: Where its microphones are: a preset's name or the geometry as JSON; empty where that is not known.
        screen_excluded_apps: Parts of names of applications that no picture of the screen may show, with semicolons.
        screen_excluded_titles: The same of titles of windows. Private windows of browsers are never kept anyway.
        screen_excluded_addresses: The same of addresses of pages ("bank.example"). An address is known once it was
            read: until then the picture lies on the disk, then it is deleted.
        screen_budget_gb: Most gigabytes that pictures of the screen may take; the oldest pictures go first, and their
            words stay.
        on_close: What closing the window means while something is recorded: "quit", "tray" (go on there) or "ask".
        notify: Whether the desktop is told of what happens while the window is not in front: "on" or "off".
        watched_folders: Folders whose new files are imported while the window is open, one a line.
        appearance: Colours of the window: "light", "dark", "contrast-light", "contrast-dark", or as the desktop has
            them ("system").
        language: Of the window: "en", "de", or as the desktop's ("system").
        unknown_place: What is recorded while there are excluded places and it cannot be told where the computer is:
            nothing ("pause"), or as elsewhere ("record").
        desktop_keys: Whether Ctrl+Alt+M (remember this) and Ctrl+Alt+P (pause, go on) work in every program, where the
            desktop allows it (a Wayland desktop asks the user, who may choose others): "on" or "off".
        consent: What the window may record: "microphone", "screen" or both, with a semicolon.
        set_up: Whether the first-run walk was seen to its end, or left: "no" or "yes".
    """

    profile: str = "default"
    zone: str = ""
    idle_unload_s: int = 600
    evidence_tokens: int = 450
    event_titles: str = "mains"
    own_name: str = ""
    raw_channels: str = "keep"
    microphone: str = ""
    channels: int = 0
    array: str = ""
    screen_excluded_apps: str = PASSWORD_KEEPERS
    screen_excluded_titles: str = ""
    screen_excluded_addresses: str = ""
    screen_budget_gb: int = 8
    unknown_place: str = "pause"
    on_close: str = "ask"
    notify: str = "on"
    watched_folders: str = ""
    appearance: str = "system"
    language: str = "system"
    desktop_keys: str = "off"
    consent: str = ""
    set_up: str = "no"


def load_settings(home: Path) -> Settings:
    """Read the settings of a home; the defaults where there are none. ``MADELEINE_PROFILE`` overrides the profile.

    Raises:
        UserError: the file is not valid.
    """
    settings = read_settings(home)
    profile = os.environ.get("MADELEINE_PROFILE")
    return replace(settings, profile=profile) if profile else settings


def read_settings(home: Path) -> Settings:
    """Read what stands in the file, whatever the environment says.

    Raises:
        UserError: the file is not valid.
    """
    path = home / FILE_NAME
    values: dict[str, Any] = {}
    if path.is_file():
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(values, dict):
                raise ValueError("not an object")
        except ValueError as error:
            raise BadSettings(
                f"The settings file {path} is not valid JSON.",
                hint="Correct it, or move it away to go back to the defaults.",
                code=Exit.ENVIRONMENT,
            ) from error
    return _from_values(values, path)


def put_aside(home: Path) -> Path:
    """Go back to the defaults: a file that is not valid is kept beside them, under a name that says so."""
    path, n = home / FILE_NAME, 1
    while (aside := path.with_name(f"{path.stem}.damaged-{n}{path.suffix}")).exists():
        n += 1
    path.rename(aside)
    return aside


def save_settings(home: Path, settings: Settings) -> None:
    """Write the settings whole or not at all, mode 0600."""
    write_whole(home / FILE_NAME, json.dumps({"version": VERSION, **asdict(settings)}, indent=2))


def change_setting(settings: Settings, key: str, text: str, path: Path) -> Settings:
    """Change one setting to what a person wrote.

    Raises:
        UserError: there is no such setting, or it cannot be that.
    """
    kinds = {f.name: type(f.default) for f in fields(Settings)}
    value: str | int = text.strip()
    if kinds.get(key) is int:
        try:
            value = int(value)
        except ValueError as error:
            raise UserError(f"“{key}” must be a whole number, not “{text}”.") from error
    try:
        return _from_values({**asdict(settings), key: value}, path)
    except UserError as error:  # what is wrong was written on the command line, not in the file
        hint = f"Settings are {', '.join(kinds)}." if key not in kinds else error.hint
        raise UserError(str(error).replace(f" in {path}", ""), hint=hint) from error


def _from_values(values: dict[str, Any], path: Path) -> Settings:
    version = values.pop("version", VERSION)
    if not isinstance(version, int) or version > VERSION:
        raise UserError(
            f"The settings file {path} is of a newer Madeleine.", hint="Update Madeleine.", code=Exit.ENVIRONMENT
        )
    known = {f.name: type(f.default) for f in fields(Settings)}
    for key, value in values.items():
        if key not in known:
            raise BadSettings(f"“{key}” in {path} is not a setting.", hint="Remove it.", code=Exit.ENVIRONMENT)
        if not isinstance(value, known[key]) or isinstance(value, bool):
            raise BadSettings(
                f"“{key}” in {path} must be a {known[key].__name__}.", hint="Correct it.", code=Exit.ENVIRONMENT
            )
        if isinstance(value, int) and value < AT_LEAST[key]:
            raise BadSettings(
                f"“{key}” in {path} must be at least {AT_LEAST[key]}.", hint="Correct it.", code=Exit.ENVIRONMENT
            )
        if key in ONE_OF and value not in ONE_OF[key]:
            raise BadSettings(
                f"“{key}” in {path} cannot be “{value}”.",
                hint=f"It is one of: {', '.join(ONE_OF[key])}.",
                code=Exit.ENVIRONMENT,
            )
    settings = Settings(**values)
    if settings.zone and not is_zone(settings.zone):
        raise BadSettings(
            f"“{settings.zone}” in {path} is not a time zone.",
            hint="Write it like Europe/Lisbon, or leave it empty for the machine's own.",
            code=Exit.ENVIRONMENT,
        )
    try:
        RawChannels.parse(settings.raw_channels)
    except ValueError as error:
        raise BadSettings(
            f"“{settings.raw_channels}” in {path} does not say what becomes of raw channels.",
            hint="Write keep, drop, or for how long they are kept, like 30 days.",
            code=Exit.ENVIRONMENT,
        ) from error
    return settings
