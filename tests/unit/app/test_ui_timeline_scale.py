from __future__ import annotations

import itertools
import random
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.ui.timeline_scale import (
    BUCKETS_US,
    DAY_US,
    HOUR_US,
    LEAST_SPAN_US,
    MOST_SPAN_US,
    N_BUCKETS,
    STEPS,
    Scale,
    Step,
    find_step,
    iter_ticks,
    tile_span_us,
    to_us,
)

BERLIN = ZoneInfo("Europe/Berlin")
NOW_US = to_us(datetime(2026, 10, 14, 20, tzinfo=BERLIN))


def test_zooming_keeps_what_is_under_the_pointer_where_it_is_at_every_scale() -> None:
    scale = Scale(NOW_US - 10 * 365 * DAY_US, 12 * 365.0 * DAY_US, 1100)
    dice = random.Random(1)
    while scale.span_us > LEAST_SPAN_US:
        x = dice.uniform(0, 1100)
        before = scale.left_us + x / scale.px_per_us
        scale = scale.zoomed(1.3, x)
        assert scale.left_us + x / scale.px_per_us == pytest.approx(before, abs=2)
    assert scale.zoomed(10, 500).span_us == LEAST_SPAN_US
    assert scale.zoomed(1e-12, 500).span_us == MOST_SPAN_US


def test_the_tiles_cover_what_is_in_sight_and_are_few() -> None:
    scale = Scale(-5.0 * 365 * DAY_US, 40 * 365.0 * DAY_US, 1100)
    while scale.span_us > LEAST_SPAN_US:
        spans = sorted(tile_span_us(key) for key in scale.tiles())
        assert spans[0][0] <= scale.left_us
        assert spans[-1][1] >= scale.right_us
        assert all(one[1] == other[0] for one, other in itertools.pairwise(spans))
        assert len(spans) <= 4
        scale = scale.zoomed(1.7, 300)


def test_long_buckets_fit_the_store_counts() -> None:
    assert all(bucket % HOUR_US == 0 for bucket in BUCKETS_US if bucket >= HOUR_US)
    assert all(bucket % DAY_US == 0 for bucket in BUCKETS_US if bucket >= DAY_US)
    assert all(one < other <= 4 * one for one, other in itertools.pairwise(BUCKETS_US))
    assert N_BUCKETS > 0


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.n} {step.unit}")
def test_ticks_go_forward_and_are_no_farther_apart_than_their_step(step: Step) -> None:
    dice = random.Random(step.length_us)
    for _ in range(6):
        middle = to_us(
            datetime(dice.randrange(1950, 2050), dice.choice((3, 10)), dice.randrange(20, 31), tzinfo=BERLIN)
        )
        n_steps = 24 if step.length_us < 5 * 365 * DAY_US else 3
        scale = Scale(middle - n_steps / 2 * step.length_us, n_steps * float(step.length_us), 1000)
        times = [to_us(at) for at in iter_ticks(scale, step, BERLIN)]
        assert times[0] <= scale.left_us
        assert times[-1] >= scale.right_us - 1.2 * step.length_us - HOUR_US
        gaps = [other - one for one, other in itertools.pairwise(times)]
        assert all(0 < gap <= 1.1 * step.length_us + HOUR_US for gap in gaps)


def test_on_the_day_the_clocks_go_back_every_hour_is_there_once() -> None:
    begin = to_us(datetime(2026, 10, 25, tzinfo=BERLIN))
    scale = Scale(begin, 25.0 * HOUR_US, 1000)
    times = [to_us(at) for at in iter_ticks(scale, Step("hour", 1), BERLIN)]
    assert times[:26] == [begin + n * HOUR_US for n in range(26)]
    assert find_step(scale, 76).unit == "hour"
