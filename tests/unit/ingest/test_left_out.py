"""Photos and videos that were taken at an excluded place: left out, said, and nothing of them stays in the home."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.own_places import OwnPlace
from ingest.places import Places
from ingest.work import LEFT_OUT
from memory.failpoints import VARIABLE
from memory.store import Memory
from tests.support.ingest_files import build_importer, write_picture
from tests.support.videos import plain, write_video

LISBON = {1: "N", 2: (38.0, 43.0, 12.0), 3: "W", 4: (9.0, 8.0, 24.0)}
PORTO = {1: "N", 2: (41.0, 9.0, 0.0), 3: "W", 4: (8.0, 37.0, 0.0)}
THERE = OwnPlace("Clinic", 38.7201, -9.1401, 500.0, is_excluded=True)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    write_picture(folder / "there.jpg", exif={0x8825: LISBON})
    write_picture(folder / "elsewhere.jpg", exif={0x8825: PORTO})
    write_picture(folder / "nowhere.jpg", (50, 40))
    return folder


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "home", use_chroma=False) as opened:
        yield opened


def list_media(home: Path) -> list[Path]:
    return [path for path in (home / "media").rglob("*") if path.is_file()]


def test_a_photo_taken_there_is_left_out_and_said(photos: Path, memory: Memory, tmp_path: Path) -> None:
    places = Places([THERE])
    importer = build_importer(memory, places=places)
    report = importer.import_paths([photos])
    assert [(Path(note.path).name, note.text) for note in report.notes] == [("there.jpg", LEFT_OUT)]
    assert (report.imported, report.moments, report.failed) == (2, 2, ())
    assert (photos / "there.jpg").is_file()  # originals are never touched
    assert len(list_media(tmp_path / "home")) == 2
    assert [job.path for job in memory.jobs.list_jobs() if "there.jpg" in job.path] == []
    again = importer.import_paths([photos])
    assert (again.duplicates, len(again.notes), again.moments) == (2, 1, 0)
    places.own = (replace(THERE, is_excluded=False),)
    assert importer.import_paths([photos]).moments == 1
    importer.close()


def test_a_video_taken_there_is_left_out(memory: Memory, tmp_path: Path) -> None:
    write_video(tmp_path / "clip.mp4", [(1.0, plain("navy"))], metadata={"location": "+38.7200-009.1400/"})
    importer = build_importer(memory, places=Places([THERE]))
    report = importer.import_paths([tmp_path / "clip.mp4"])
    assert [note.text for note in report.notes] == [LEFT_OUT]
    assert memory.count_moments() == 0
    assert list_media(tmp_path / "home") == []
    importer.close()


def test_kill_9_while_it_is_let_go(photos: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    script = (
        "import sys; from pathlib import Path; from tests.unit.ingest.test_left_out import *\n"
        "memory = Memory.open(Path(sys.argv[1]), use_chroma=False)\n"
        "build_importer(memory, places=Places([THERE])).import_paths([Path(sys.argv[2])])\n"
    )
    environment = {**os.environ, VARIABLE: "ingest.left_out"}
    ran = subprocess.run([sys.executable, "-c", script, str(home), str(photos)], env=environment, check=False)
    assert ran.returncode == -signal.SIGKILL
    with Memory.open(home, use_chroma=False) as memory:
        importer = build_importer(memory, places=Places([THERE]))
        importer.resume()
        importer.close()
        assert len(list_media(home)) == memory.count_moments() == 2
