"""kill -9 at every step of an import, then the same import again: nothing lost, nothing doubled."""

from __future__ import annotations

from pathlib import Path

import pytest

from memory.store import Memory
from tests.support.ingest_files import build_importer, write_picture, write_wav
from tests.support.ingest_process import run_import
from tests.unit.ingest.test_importer import write_lines

POINTS = [
    "file_written",
    "file_written:3",
    "ingest.keep",
    "ingest.keep:2",
    "ingest.read",
    "ingest.ocr",
    "ingest.transcribe",
    "ingest.stretch",
    "ingest.begin:3",
    "ingest.batch",
    "ingest.batch:2",
    "row_inserted",
    "row_inserted:3",
    "vectors_put",
    "ingest.embed",
    "ingest.index",
    "ingest.done",
    "ingest.done:3",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("files")
    write_wav(found / "2026-03-04_15-06-07.wav", 5.0)
    write_picture(found / "2026-03-04.png", (400, 300))
    (found / "2026-03-05.md").write_text("The spare key is under the pot.")
    write_lines(found / "chat.moments.jsonl", 1100)
    return found


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> list[tuple[object, ...]]:
    home = tmp_path_factory.mktemp("whole") / "home"
    code, report = run_import(home, folder)
    assert (code, report["imported"], report["failed"]) == (0, 4, [])
    return read_all(home)


def read_all(home: Path) -> list[tuple[object, ...]]:
    """All that an import has made, in order."""
    with Memory.open(home, use_chroma=False) as memory:
        moments = list(memory.iter_moments())
        ids = [moment.id for moment in moments]
        vectors = {
            unit: memory.find_vectors(ids, model="fake/hash-embedder@1", unit=unit) for unit in ("moment", "window")
        }
        sessions = {moment.session for moment in moments if moment.session}
        assert all(memory.find_session(session) for session in sessions)
        assert all(memory.media_path(moment.media).is_file() for moment in moments if moment.media)
        assert {job.state for job in memory.jobs.list_jobs()} == {"done"}
        assert memory.moments_without_vectors("fake/hash-embedder@1", limit=1) == []
        return [
            (
                moment,
                *(vectors[unit].get(moment.id, [[]])[0].tobytes() for unit in vectors if moment.id in vectors[unit]),
            )
            for moment in moments
        ]


@pytest.mark.parametrize("point", POINTS)
def test_a_killed_import_done_again_gives_the_same_rows(
    tmp_path: Path, folder: Path, expected: list[tuple[object, ...]], point: str
) -> None:
    home = tmp_path / "home"
    code, report = run_import(home, folder, failpoint=point)
    assert (code, report) == (-9, {}), f"{point} was not reached"
    code, report = run_import(home, folder)
    assert (code, report["failed"]) == (0, [])
    assert report["imported"] + report["duplicates"] == 4
    assert read_all(home) == expected


@pytest.mark.parametrize("point", ["ingest.keep:4", "ingest.stretch", "ingest.batch:2", "ingest.embed"])
def test_a_killed_import_resumes_without_its_files(
    tmp_path: Path, folder: Path, expected: list[tuple[object, ...]], point: str
) -> None:
    home = tmp_path / "home"
    assert run_import(home, folder, failpoint=point)[0] == -9
    with Memory.open(home, use_chroma=False) as memory:
        importer = build_importer(memory)
        assert importer.resume().failed == ()
        importer.close()
    assert read_all(home) == expected


def test_a_file_that_kills_three_times_is_set_aside(tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "home"
    for _ in range(3):
        assert run_import(home, folder / "2026-03-04.png", failpoint="ingest.begin")[0] == -9
    code, report = run_import(home, folder)
    assert code == 0
    assert [Path(failure["path"]).name for failure in report["failed"]] == ["2026-03-04.png"]
    assert "set aside" in report["failed"][0]["error"]
    assert report["imported"] == 3
