"""Files that could not even be kept are noted, once each, and their notes go when they come in."""

from __future__ import annotations

from pathlib import Path

from app.failed import FailedFiles
from ingest.refused import REFUSED
from memory.store import Memory
from tests.support.ingest_files import build_importer


def test_a_refused_file_is_noted_once_and_never_worked_on(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    with Memory.open(tmp_path / "home", use_chroma=False) as memory:
        importer = build_importer(memory)
        failed = FailedFiles(memory, importer)
        for _ in range(2):
            assert len(importer.import_paths([empty]).failed) == 1
        (job,) = memory.jobs.list_jobs()
        assert (job.stage, job.state, job.path) == (REFUSED, "parked", str(empty))
        assert importer.resume().imported == 0
        assert failed.count_waiting() == 0

        empty.unlink()
        assert len(failed.retry([job.id]).failed) == 1
        assert len(failed.list_failed()) == 1, "a file that went is still listed"
        empty.write_text("The gate code is 5927.")
        assert failed.retry([job.id]).imported == 1
        assert failed.list_failed() == []
        assert memory.count_moments() == 1
        importer.close()
