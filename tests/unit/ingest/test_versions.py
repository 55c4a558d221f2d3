"""Versions of one picture: edited, burst, live; told once, counted once, all of them kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.contract import timeline_json
from ingest.importer import Importer
from ingest.versions import plain_stem
from memory.records import Kind, Moment
from memory.store import Memory
from memory.timeline import tell_once
from memory.versions import VersionMarks, group, is_version
from recall.results import Found
from recall.versions import find_versions, fold
from reflect.events import EventMaker
from tests.support.videos import plain, write_video


def take(path: Path, seed: int, *, shift: int = 0, at: str = "2026:03:04 10:00:00") -> Path:
    """A photo as a camera takes it: soft shapes of a seed, the camera held a little otherwise, at a time."""
    parts = np.random.default_rng(seed).integers(0, 256, (12, 16), dtype=np.uint8)
    whole = Image.fromarray(parts).resize((680, 520), Image.Resampling.BICUBIC).convert("RGB")
    tags = Image.Exif()
    tags[0x0110] = "Camera 7"
    tags.get_ifd(0x8769)[0x9003] = at
    whole.crop((shift, shift, 640 + shift, 480 + shift)).save(path, exif=tags, quality=90)
    return path


def found_of(memory: Memory) -> dict[str, Moment]:
    return {Path(moment.details["path"]).name: moment for moment in memory.iter_moments()}


@pytest.mark.parametrize(
    ("name", "plain_name"),
    [
        ("IMG_E1234", "img_1234"),
        ("IMG_1234-edited", "img_1234"),
        ("PXL_20250601_1200~2", "pxl_20250601_1200"),
        ("20250601_120000-bearbeitet", "20250601_120000"),
        ("IMG_20250601_120000_BURST3", "img_20250601_120000"),
        ("PXL_20250601_BURST-01.COVER", "pxl_20250601"),
        ("00000IMG_00002_BURST20250601120000123_COVER", "burst20250601120000123"),
        ("IMG_1234 (1)", "img_1234 (1)"),
        ("Edited", "edited"),
    ],
)
def test_names_of_versions_are_the_same_without_what_programs_add(name: str, plain_name: str) -> None:
    assert plain_stem(name) == plain_name


def test_edited_and_burst_are_one_and_others_are_not(memory: Memory, importer: Importer, tmp_path: Path) -> None:
    take(tmp_path / "IMG_0001.jpg", 1)
    take(tmp_path / "IMG_E0001.jpg", 1, shift=20, at="2026:03:09 10:00:00")
    take(tmp_path / "IMG_0002.jpg", 1, shift=6)  # the next of a burst
    take(tmp_path / "IMG_0003.jpg", 3)  # the same second by a clock that stands still
    take(tmp_path / "IMG_0004.jpg", 1, shift=6, at="2026:03:04 10:00:01")
    importer.import_paths(sorted(tmp_path.glob("*.jpg")))
    kept = found_of(memory)
    assert len(kept) == 5
    first = kept["IMG_0001.jpg"]
    same = {name for name, moment in kept.items() if is_version(first, moment)}
    assert same == {"IMG_0001.jpg", "IMG_E0001.jpg", "IMG_0002.jpg"}
    shown = fold(
        [
            Found(moment=moment, score=0.5)
            for moment in (kept["IMG_0002.jpg"], first, kept["IMG_0003.jpg"], kept["IMG_E0001.jpg"])
        ]
    )
    assert [each.moment.id for each in shown][1] == kept["IMG_0003.jpg"].id
    assert len(shown) <= 3
    assert first.id in shown[0].versions


def test_a_live_photo_is_its_photo_and_a_long_video_is_none(memory: Memory, importer: Importer, tmp_path: Path) -> None:
    take(tmp_path / "IMG_0001.jpg", 1)
    take(tmp_path / "party.jpg", 2)
    write_video(tmp_path / "IMG_0001.mov", [(2.0, plain("navy"))], hz=None)
    write_video(tmp_path / "party.mov", [(7.0, plain("navy"))], hz=None)
    importer.import_paths(sorted(tmp_path.glob("*.*")))
    kept = found_of(memory)
    assert kept["IMG_0001.mov"].kind is Kind.SCENE
    [live] = fold([Found(moment=kept["IMG_0001.mov"], score=0.9), Found(moment=kept["IMG_0001.jpg"], score=0.4)])
    assert (live.moment.id, live.score, live.versions) == (kept["IMG_0001.jpg"].id, 0.9, (kept["IMG_0001.mov"].id,))
    assert len(fold([Found(moment=kept["party.mov"], score=0.9), Found(moment=kept["party.jpg"], score=0.4)])) == 2


def test_versions_are_looked_up_from_any_of_them_and_are_one_on_the_timeline(
    memory: Memory, importer: Importer, tmp_path: Path
) -> None:
    take(tmp_path / "IMG_0001.jpg", 1)
    take(tmp_path / "IMG_E0001.jpg", 1, shift=20)
    take(tmp_path / "IMG_0002.jpg", 1, shift=6)
    take(tmp_path / "IMG_0009.jpg", 9, at="2026:03:04 10:00:02")
    write_video(tmp_path / "IMG_0001.mov", [(2.0, plain("navy"))], hz=None)
    importer.import_paths(sorted(tmp_path.glob("*.*")))
    kept = found_of(memory)
    all_of_it = {kept[name].id for name in ("IMG_0001.jpg", "IMG_E0001.jpg", "IMG_0002.jpg")}
    assert {m.id for m in find_versions(memory, kept["IMG_0001.jpg"])} == all_of_it | {kept["IMG_0001.mov"].id}
    assert {m.id for m in find_versions(memory, kept["IMG_0002.jpg"])} == all_of_it
    assert find_versions(memory, kept["IMG_0009.jpg"]) == []
    first_us = min(moment.started_us for moment in kept.values())
    tile = memory.timeline.read_tile(first_us // 1_000_000 * 1_000_000, 1_000_000, 192)
    photos = tell_once(tile.marks[Kind.PHOTO])
    assert [len(mark.versions) for mark in photos] == [2, 0]
    following = memory.timeline.find_beside([Kind.PHOTO], (photos[0].started_us, photos[0].id), forward=True)
    assert following is not None
    assert following.id == kept["IMG_0009.jpg"].id
    told = timeline_json([("2026-03-04", list(memory.iter_moments()), [])], {}, memory.media_path, "UTC")
    pictures = {moment["id"]: moment for moment in told["days"][0]["moments"]}
    fronts = {moment["version_of"] for moment in pictures.values() if "version_of" in moment}
    assert len(pictures) == 5
    assert [len(pictures[front]["versions"]) for front in fronts] == [3]
    EventMaker(memory, model=None).refresh()
    assert "2 s: 2 photos." in {event.summary for event in memory.events.list_events()}
    memory.forget(all_of_it - {kept["IMG_0002.jpg"].id})
    assert find_versions(memory, kept["IMG_0002.jpg"]) == []


def test_many_pictures_of_other_names_stay_their_own() -> None:
    marks = [VersionMarks(f"n{n}", "same second", f"{(1 << 20 * n) - 1:016x}") for n in range(3)]
    assert group([*marks, None, marks[1], None]) == [[0], [1, 4], [2], [3], [5]]
