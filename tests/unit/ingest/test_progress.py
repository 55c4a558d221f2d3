"""The time that is left, at the rate of this run."""

from __future__ import annotations

import pytest

from ingest.progress import Meter
from ingest.records import ImportProgress


class Clock:
    """Stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def told() -> list[ImportProgress]:
    return []


@pytest.mark.parametrize("done_before", [0.0, 0.5, 0.9])
def test_what_an_earlier_run_has_done_does_not_count_as_this_ones_speed(
    told: list[ImportProgress], done_before: float
) -> None:
    """A tenth of the work in ten seconds leaves ten seconds for each other tenth, wherever the run began."""
    clock = Clock()
    meter = Meter(told.append, clock_s=clock)
    meter.plan({1: 200.0})
    meter.work(1, "/in/room.flac", "separate", 0.0)
    clock.now_s += 3.0  # models are loaded
    meter.work(1, "/in/room.flac", "separate", done_before + 0.001)
    assert told[-1].left_s is None
    clock.now_s += 5.0
    meter.work(1, "/in/room.flac", "separate", done_before + 0.051)
    left = 1.0 - (0.05 + 0.9 * (done_before + 0.051))
    assert told[-1].left_s == pytest.approx(5.0 * left / (0.9 * 0.05))


def test_a_bar_never_runs_backwards_and_ends_full(told: list[ImportProgress]) -> None:
    clock = Clock()
    meter = Meter(told.append, clock_s=clock)
    meter.plan({1: 10.0, 2: 30.0})
    for job, share in ((1, 0.5), (1, 0.2), (1, 1.0), (2, 0.1)):
        clock.now_s += 1.0
        meter.work(job, "/in/a.wav", "transcribe", share)
        if share == 1.0:
            meter.finish(job)
    meter.end()
    shares = [progress.share for progress in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
