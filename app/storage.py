"""Storage as a budget one can see: what takes space, what a month costs, and what each rule of the settings would free.

Role: figures only, from bytes on the disk and rows of the database; nothing is deleted here.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.clock import now_us
from app.settings import Settings
from memory.storage import DAY_US, Storage, StoredKind
from memory.store import Memory
from models.protocols import CancelToken

GIGABYTE = 10**9
_RAW_RULES = (("30 days", 30), ("drop", 0))
_BUDGETS_GB = (16, 8, 4, 2, 1)


@dataclass(frozen=True, slots=True)
class Saving:
    """What a setting would free if it were ``value``; at most so much, for what stays in its place takes a little."""

    key: str
    value: str
    n_bytes: int


@dataclass(frozen=True, slots=True)
class StorageReport:
    """What the memory takes and what is left.

    Attributes:
        storage: By kind.
        models_bytes: Of the weights, which all memories of this computer share.
        free_bytes: On the disk where the memory lies.
        screen_budget_bytes: Most that pictures of the screen may take.
        savings: What stricter rules would free, each for itself; only those that would free anything.
    """

    storage: Storage
    models_bytes: int
    free_bytes: int
    screen_budget_bytes: int
    savings: tuple[Saving, ...]


def read_storage(memory: Memory, weights: Path, settings: Settings, *, cancel: CancelToken) -> StorageReport:
    """Measure everything once.

    Raises:
        Cancelled: ``cancel`` was set.
    """
    storage = memory.measure_storage(should_stop=lambda: cancel.is_cancelled)
    cancel.raise_if_cancelled()
    assert storage is not None  # it is None only where it was to stop
    return StorageReport(
        storage=storage,
        models_bytes=_count_bytes(weights),
        free_bytes=shutil.disk_usage(memory.home.root).free,
        screen_budget_bytes=settings.screen_budget_gb * GIGABYTE,
        savings=tuple(_iter_savings(memory, storage)),
    )


def _iter_savings(memory: Memory, storage: Storage) -> Iterator[Saving]:
    for rule, days in _RAW_RULES:
        n_bytes = _count_channels(memory, now_us() - days * DAY_US)
        if n_bytes:
            yield Saving("raw_channels", rule, n_bytes)
    n_screens = storage.find(StoredKind.SCREENS).n_bytes
    for budget_gb in _BUDGETS_GB:
        if n_screens > budget_gb * GIGABYTE:
            yield Saving("screen_budget_gb", str(budget_gb), n_screens - budget_gb * GIGABYTE)


def _count_channels(memory: Memory, until_us: int) -> int:
    """Bytes of recordings that were separated by a time and still have the sound of each microphone."""
    n_bytes = 0
    for session_id, _job in memory.list_settled(until_us):
        session = memory.find_session(session_id)
        if session is not None and session.media is not None:
            path = memory.media_path(session.media)
            n_bytes += path.stat().st_size if path.is_file() else 0
    return n_bytes


def _count_bytes(folder: Path) -> int:
    return sum(
        (Path(root) / name).lstat().st_size
        for root, _folders, names in os.walk(folder)
        for name in names
        if (Path(root) / name).is_file()
    )
