"""What is said about space: sizes, what bytes are for, and what stricter rules would free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.words import Trouble, translate
from memory.storage import StoredKind

if TYPE_CHECKING:
    from app.storage import Saving, StorageReport

_STEPS = ((10**12, "TB"), (10**9, "GB"), (10**6, "MB"), (10**3, "kB"))


def size_words(n_bytes: int) -> str:
    """Write a size with two or three digits, in powers of ten as disks are sold: "3.2 GB", "14 MB"."""
    for step, unit in _STEPS:
        if n_bytes >= step:
            number = n_bytes / step
            return f"{number:.1f} {unit}" if number < 10 else f"{number:.0f} {unit}"
    return f"{n_bytes} B"


def stored_words(kind: StoredKind) -> str:
    """Name what bytes are for."""
    return {
        StoredKind.CHANNELS: translate("storage", "Sound of each microphone"),
        StoredKind.DIRECTIONS: translate("storage", "Sound of each direction"),
        StoredKind.SOUND: translate("storage", "Other recordings"),
        StoredKind.SCREENS: translate("storage", "Pictures of the screen"),
        StoredKind.PICTURES: translate("storage", "Photos and imported screenshots"),
        StoredKind.VIDEOS: translate("storage", "Videos"),
        StoredKind.PREVIEWS: translate("storage", "Previews"),
        StoredKind.WORDS: translate("storage", "Words and their index"),
        StoredKind.VECTORS: translate("storage", "Vectors, for finding by meaning"),
        StoredKind.BACKUPS: translate("storage", "Backups"),
        StoredKind.OTHER: translate("storage", "Notes and other files"),
    }[kind]


def total_words(report: StorageReport) -> str:
    """Say how much the memory takes, and how much room is left."""
    return translate("storage", "This memory takes {size}. {free} are free on its disk.").format(
        size=size_words(report.storage.n_bytes), free=size_words(report.free_bytes)
    )


def month_words(report: StorageReport) -> str:
    """Say what a month costs at the pace of the last days."""
    storage = report.storage
    if not storage.month_bytes:
        return translate("storage", "The last 30 days have brought nothing.")
    days = round(storage.n_days)
    size = size_words(storage.month_bytes)
    if days == 1:
        return translate("storage", "At the pace of the last day, a month costs about {size}.").format(size=size)
    return translate("storage", "At the pace of the last {n} days, a month costs about {size}.").format(
        n=days, size=size
    )


def budget_words(report: StorageReport) -> str:
    """Say how much of the budget for pictures of the screen is used."""
    used = report.storage.find(StoredKind.SCREENS).n_bytes
    return translate("storage", "Pictures of the screen use {used} of the {budget} they may take.").format(
        used=size_words(used), budget=size_words(report.screen_budget_bytes)
    )


def budget_loss(report: StorageReport, budget_gb: int) -> Trouble | None:
    """Say what another budget for pictures of the screen lets go; None where all that are kept fit into it."""
    n_bytes = report.storage.find(StoredKind.SCREENS).n_bytes - budget_gb * 10**9
    return Trouble(_within_words(str(budget_gb), n_bytes), budget_words(report)) if n_bytes > 0 else None


def channels_loss(rule: str) -> Trouble | None:
    """Say what a rule for the channels of array recordings lets go; None where they are all kept."""
    if rule == "keep":
        return None
    if rule == "drop":
        hint = translate("storage", "The sound of each single microphone goes then, and cannot be brought back.")
    else:
        words = translate(
            "storage", "The sound of each single microphone goes after {n} days, and cannot be brought back."
        )
        hint = words.format(n=rule.split()[0])
    return Trouble(
        translate("storage", "Keep only the directions and the mixed sound of recordings that are separated?"),
        hint,
    )


def _within_words(budget_gb: str, n_bytes: int) -> str:
    words = translate("storage", "Pictures of the screen within {budget} GB: frees {size}, their words stay.")
    return words.format(budget=budget_gb, size=size_words(n_bytes))


def saving_words(saving: Saving) -> str:
    """Say what a stricter rule would free."""
    size = size_words(saving.n_bytes)
    if saving.key == "screen_budget_gb":
        return _within_words(saving.value, saving.n_bytes)
    if saving.value == "drop":
        words = translate("storage", "Sound of each microphone let go once it is separated: frees up to {size}.")
        return words.format(size=size)
    words = translate("storage", "Sound of each microphone kept for 30 days only: frees up to {size}.")
    return words.format(size=size)
