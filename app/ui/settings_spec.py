"""The rows of the settings, made from the typed fields of ``Settings``: one field, one row, with a control that fits.

Role: a plain function from types to specifications; no widgets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from app.settings import AT_LEAST, ONE_OF, Settings
from app.ui.settings_words import SettingGroup

_GROUPS = {
    "appearance": SettingGroup.WINDOW,
    "language": SettingGroup.WINDOW,
    "on_close": SettingGroup.WINDOW,
    "notify": SettingGroup.WINDOW,
    "desktop_keys": SettingGroup.WINDOW,
    "watched_folders": SettingGroup.OTHER,
    "own_name": SettingGroup.PERSON,
    "zone": SettingGroup.PERSON,
    "profile": SettingGroup.ANSWERS,
    "evidence_tokens": SettingGroup.ANSWERS,
    "idle_unload_s": SettingGroup.ANSWERS,
    "event_titles": SettingGroup.ANSWERS,
    "raw_channels": SettingGroup.RECORDING,
    "microphone": SettingGroup.RECORDING,
    "channels": SettingGroup.RECORDING,
    "array": SettingGroup.RECORDING,
    "unknown_place": SettingGroup.RECORDING,
    "screen_excluded_apps": SettingGroup.SCREEN,
    "screen_excluded_titles": SettingGroup.SCREEN,
    "screen_excluded_addresses": SettingGroup.SCREEN,
    "screen_budget_gb": SettingGroup.SCREEN,
}
_USUAL: Mapping[str, tuple[str, ...]] = {"raw_channels": ("keep", "365 days", "90 days", "30 days", "7 days", "drop")}
_IN_LIBRARY = frozenset({"watched_folders"})
ELSEWHERE = frozenset({"consent", "set_up"})  # what a page of its own sets (the first-run walk)


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """One row.

    Attributes:
        default: What it is until somebody changes it; its type is the setting's.
        choices: What it can be, or usually is; empty where it is written.
        at_least: Of a number.
        is_in_library: It is changed in the library; the row leads there.
    """

    key: str
    group: SettingGroup
    default: str | int
    choices: tuple[str, ...] = ()
    at_least: int = 0
    is_in_library: bool = False


def list_specs(profiles: Sequence[str]) -> list[SettingSpec]:
    """All rows, by group.

    Args:
        profiles: Names of the sets of models.
    """
    choices = {**ONE_OF, **_USUAL, "profile": tuple(profiles)}
    specs = [
        SettingSpec(
            key=field.name,
            group=_GROUPS.get(field.name, SettingGroup.OTHER),
            default=field.default,  # type: ignore[arg-type]
            choices=choices.get(field.name, ()),
            at_least=AT_LEAST.get(field.name, 0),
            is_in_library=field.name in _IN_LIBRARY,
        )
        for field in fields(Settings)
        if field.name not in ELSEWHERE
    ]
    order, listed = list(SettingGroup), list(_GROUPS)
    return sorted(
        specs, key=lambda spec: (order.index(spec.group), listed.index(spec.key) if spec.key in _GROUPS else 0)
    )
