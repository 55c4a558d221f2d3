from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from memory.store import Memory
from tests.support.memory_process import PRELUDE, ROOT, run_python

INGEST = """
with Memory.open(home, use_chroma=False) as memory:
    memory.moments_without_vectors("hash", limit=1)
    for job in memory.jobs.list_jobs(["queued"]):
        memory.jobs.start(job.id)
        n = int(job.path)
        media = memory.keep_bytes(b"sound %d" % n, ".flac")
        moments = [build_utterance(f"file {n} line {k}", ordinal=n * 10 + k, session=f"s{n}", media=media)
                   for k in range(3)]
        memory.write_moments(moments, job_step=(job.id, "embed", {"n": n}))
        memory.put_vectors("hash", rows(moments))
        memory.jobs.finish(job.id)
        print(n, flush=True)
"""


def add_jobs(home: Path, n_jobs: int) -> None:
    with Memory.open(home, use_chroma=False) as memory:
        for n in range(n_jobs):
            memory.jobs.add(str(n), stage="read", payload={})


def assert_sound(home: Path, reported: set[int]) -> None:
    """What was reported is there once, whole, and nothing is half there."""
    with Memory.open(home, use_chroma=False) as memory:
        assert [check.name for check in memory.check() if not check.ok] == []
        assert memory.jobs.list_jobs(["running"]) == []
        done = {int(job.path) for job in memory.jobs.list_jobs(["done"])}
        assert reported <= done
        sessions: dict[str, int] = {}
        for moment in memory.iter_moments():
            sessions[moment.session] = sessions.get(moment.session, 0) + 1
            assert moment.media is not None
            assert memory.media_path(moment.media).read_bytes() == f"sound {moment.session[1:]}".encode()
        assert set(sessions.values()) <= {3}
        assert {f"s{n}" for n in done} <= set(sessions)
        for moment in memory.moments_without_vectors("hash", limit=1000):
            assert int(moment.session[1:]) not in done


@pytest.mark.parametrize("point", ["file_written:2", "row_inserted:2", "vectors_put:2"])
def test_killed_at_a_failpoint_nothing_reported_is_lost(tmp_path: Path, point: str) -> None:
    add_jobs(tmp_path, 4)
    died = run_python(INGEST, tmp_path, failpoint=point)
    assert died.returncode == -9, died.stderr
    reported = {int(line) for line in died.stdout.split()}
    assert reported == {0}
    assert_sound(tmp_path, reported)
    again = run_python(INGEST, tmp_path)
    assert again.returncode == 0, again.stderr
    assert_sound(tmp_path, {0, 1, 2, 3})
    with Memory.open(tmp_path, use_chroma=False) as memory:
        assert memory.count_moments() == 12
        assert memory.moments_without_vectors("hash", limit=9) == []


def test_killed_at_random_times_nothing_reported_is_lost(tmp_path: Path) -> None:
    rng = random.Random(5)
    add_jobs(tmp_path, 400)
    reported: set[int] = set()
    for _ in range(8):
        with subprocess.Popen(
            [sys.executable, "-c", PRELUDE + INGEST, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            time.sleep(rng.uniform(0, 0.15))
            process.send_signal(signal.SIGKILL)
            lines = [first, *process.stdout.read().splitlines()]
        reported |= {int(line) for line in lines if line.strip()}
        assert_sound(tmp_path, reported)
    assert len(reported) >= 8
