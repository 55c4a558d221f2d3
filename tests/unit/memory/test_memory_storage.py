"""What takes space: every file of a home is counted once, under what it is for."""

from __future__ import annotations

from pathlib import Path

from memory.records import Kind, Media, Moment, Session, StreamPart
from memory.storage import DAY_US, StoredKind
from memory.store import Memory

NOW_US = 1_800_000_000_000_000


def moment(name: str, kind: Kind, media: Media, days_ago: float, **details: object) -> Moment:
    at_us = NOW_US - round(days_ago * DAY_US)
    return Moment(id=name, kind=kind, started_us=at_us, ended_us=at_us, text=name, media=media, details=details)


def test_every_byte_is_counted_once_under_its_kind(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "home", use_chroma=False, now_us=lambda: NOW_US) as memory:
        channels, direction = memory.keep_bytes(b"c" * 4000, ".wav"), memory.keep_bytes(b"d" * 300, ".flac")
        array = Session(
            id="room", started_us=NOW_US - DAY_US, ended_us=NOW_US, zone="UTC", title="room", media=channels,
            n_channels=4, rate_hz=16_000, array={"preset": "x"},
        )  # fmt: skip
        memory.add_session(array)
        memory.add_streams([StreamPart(session="room", number=0, start_s=0.0, media=direction, azimuth_rad=1.0)])
        memory.write_moments([
            moment("screen", Kind.SCREENSHOT, memory.keep_bytes(b"s" * 50, ".webp"), 2, monitor="DP-1"),
            moment("old screen", Kind.SCREENSHOT, memory.keep_bytes(b"o" * 70, ".webp"), 60, monitor="DP-1"),
            moment("photo", Kind.PHOTO, memory.keep_bytes(b"p" * 900, ".jpg"), 400),
            moment("spoken", Kind.UTTERANCE, memory.keep_bytes(b"u" * 80, ".wav"), 3),
        ])  # fmt: skip
        memory.keep_bytes(b"?" * 11, ".txt")
        (tmp_path / "home" / "settings.json").write_text("{}")
        storage = memory.measure_storage()
        assert storage is not None
        on_disk = sum(path.stat().st_size for path in (tmp_path / "home").rglob("*") if path.is_file())
    sizes = {part.kind: part.n_bytes for part in storage.stored}
    assert sizes[StoredKind.CHANNELS] == 4000
    assert sizes[StoredKind.DIRECTIONS] == 300
    assert sizes[StoredKind.SCREENS] == 120
    assert sizes[StoredKind.PICTURES] == 900
    assert sizes[StoredKind.SOUND] == 80
    assert storage.find(StoredKind.SCREENS).recent_bytes == 50, "what is older than 30 days is not of this month"
    assert storage.find(StoredKind.PICTURES).recent_bytes == 0
    assert storage.n_bytes == on_disk
    assert storage.n_days == 30


def test_a_young_memory_tells_its_month_by_the_days_it_has(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "home", use_chroma=False, now_us=lambda: NOW_US) as memory:
        memory.write_moments([moment("photo", Kind.PHOTO, memory.keep_bytes(b"p" * 10**6, ".jpg"), 10)])
        storage = memory.measure_storage()
        assert storage is not None
        assert storage.n_days == 10
        photos = storage.find(StoredKind.PICTURES).recent_bytes
        assert photos == 10**6
        assert storage.month_bytes >= 3 * photos
        assert memory.measure_storage(should_stop=lambda: True) is None
