from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from memory.records import CALENDAR, Kind, Trace
from reflect.boundaries import distance_m, find_gaps, weigh_steps
from reflect.segment import cut_day, say_distance, say_length, waking_date
from reflect.titles import Namer
from tests.support.memory_samples import hash_vector

MORNING_US = 1_683_532_800_000_000  # 2023-05-08T08:00:00Z


def trace(minute: float, text: str = "", *, kind: Kind = Kind.UTTERANCE, lasts_s: float = 3.0, **more: object) -> Trace:
    start = MORNING_US + round(minute * 60e6)
    end = start + round(lasts_s * 1e6) if kind is Kind.UTTERANCE else start
    vector = more.pop("rows", hash_vector(text, 64) if text else None)
    return Trace(
        id=f"m{minute}", kind=kind, started_us=start, ended_us=end, zone="UTC", text=text, vector=vector, **more
    )  # type: ignore[arg-type]


def sizes(day: list[Trace]) -> list[int]:
    return [len(run.traces) for run in cut_day(day)]


def test_nothing_and_one_are_cut_too() -> None:
    assert cut_day([]) == []
    assert sizes([trace(0)]) == [1]


def test_half_an_hour_without_anything_parts_two_events() -> None:
    day = [trace(n / 10, "hedge compost") for n in range(20)] + [trace(40 + n / 10, "hedge compost") for n in range(20)]
    assert sizes(day) == [20, 20]
    assert "38 min" in cut_day(day)[1].reason


def test_a_pause_inside_one_talk_parts_nothing() -> None:
    day = [trace(n / 10, "hedge compost tulips", session="a", speaker="Ana") for n in range(20)]
    day += [trace(4 + n / 10, "hedge compost tulips", session="a", speaker="Ana") for n in range(20)]
    assert sizes(day) == [40]


def test_another_talk_right_after_the_first_is_another_event() -> None:
    day = [trace(n / 10, f"hedge compost tulips line{n}", session="a", speaker="Ana") for n in range(20)]
    day += [trace(3.5 + n / 10, f"budget invoice licence word{n}", session="b", speaker="Tom") for n in range(20)]
    assert sizes(day) == [20, 20]
    reason = cut_day(day)[1].reason
    assert "recording" in reason or "people" in reason or "else" in reason


def test_screens_beside_a_talk_belong_to_it() -> None:
    day = [trace(n / 6, "budget invoice licence", session="a", speaker="Ana") for n in range(40)]
    day += [trace(n + 0.05, "budget invoice", kind=Kind.SCREENSHOT, app="Teams", window="Budget") for n in range(6)]
    assert sizes(sorted(day, key=lambda t: t.started_us)) == [46]


def test_photos_elsewhere_are_another_event_and_it_says_how_far() -> None:
    here, there = {"lat": 51.05, "lon": 3.72}, {"lat": 51.07, "lon": 3.72}
    day = [trace(n, kind=Kind.PHOTO, **here) for n in range(6)]
    day += [trace(18 + n, kind=Kind.PHOTO, **there) for n in range(6)]
    runs = cut_day(day)
    assert [len(run.traces) for run in runs] == [6, 6]
    assert "2.2 km" in runs[1].reason


def test_a_day_lasts_until_four_in_the_night() -> None:
    one_us = MORNING_US - 7 * 3_600_000_000  # 01:00
    assert waking_date(one_us, "UTC").isoformat() == "2023-05-07"
    assert waking_date(one_us + 3 * 3_600_000_000, "UTC").isoformat() == "2023-05-08"


def test_moments_that_overlap_leave_no_gap() -> None:
    assert find_gaps([trace(0, lasts_s=600), trace(1), trace(11)]).tolist() == [0.0, 60.0]


def test_evidence_is_finite_without_vectors_people_or_places() -> None:
    evidence = weigh_steps([trace(n, kind=Kind.NOTE) for n in range(5)])
    assert evidence.total.shape == (4,)
    assert np.isfinite(evidence.total).all()


def test_twenty_thousand_moments_are_cut_without_comparing_all_with_all() -> None:
    rng = np.random.default_rng(1)
    rows = rng.standard_normal((64, 32)).astype(np.float32)
    day = [trace(n / 20, lasts_s=0, speaker=f"s{n // 500 % 7}", rows=rows[n % 64]) for n in range(20_000)]
    assert sum(sizes(day)) == 20_000


def test_distances_and_lengths_are_said_in_words() -> None:
    assert distance_m(0, 0, 0, 1) == pytest.approx(111_195, rel=1e-3)
    assert [say_distance(m) for m in (640, 2224, 12_400)] == ["600 m", "2.2 km", "12 km"]
    assert [say_length(s) for s in (5, 600, 7200, 7500)] == ["5 s", "10 min", "2 h", "2 h 5 min"]


def test_a_title_is_made_of_the_events_own_words_people_and_place() -> None:
    day = [trace(n / 10, "the hedge and the compost", speaker="Ana" if n % 2 else "Sam") for n in range(12)]
    day += [trace(60 + n / 10, "the budget for licences", speaker="Tom") for n in range(12)]
    day += [trace(120, "BLUE HERON\nRestaurant", kind=Kind.PHOTO, place="Ghent, Belgium")]
    runs = cut_day(day)
    namer = Namer(runs, idle_words={"the", "and", "for"}, me=("Sam",))
    titles = [namer.title(run) for run in runs]
    assert "Ana" in titles[0]
    assert "Sam" not in titles[0]
    assert "ompost" in titles[0]
    assert titles[2] == "Blue heron, Ghent"
    assert "12 utterances" in namer.summary(runs[1])
    assert "“the budget for licences”" in namer.summary(runs[1])


def test_an_appointment_names_what_happened_then_and_is_an_event_alone_where_nothing_did() -> None:
    planned = Trace(
        id="a", kind=Kind.NOTE, started_us=MORNING_US, ended_us=MORNING_US + 600_000_000, zone="UTC", text="Choir",
        app=CALENDAR, window="Choir",
    )  # fmt: skip
    later = replace(planned, id="b", started_us=MORNING_US + 7_200_000_000, ended_us=MORNING_US + 7_300_000_000)
    day = [trace(n / 10, "sing the third line again", speaker="Ana") for n in range(1, 50)]
    runs = cut_day([planned, *day, later])
    assert [len(run.traces) for run in runs] == [49, 1]
    assert runs[0].appointments == (planned,)
    assert "calendar" in runs[1].reason
    assert Namer(runs, idle_words=(), me=()).title(runs[0]) == "Choir with Ana"


def test_a_talk_is_parted_where_the_calendar_has_the_next_appointment() -> None:
    day = [trace(n / 10, f"budget line{n}") for n in range(40)]
    day += [trace(4.4 + n / 10, f"hiring row{n}") for n in range(40)]
    planned = Trace(
        id="a", kind=Kind.NOTE, started_us=MORNING_US + 240_000_000, ended_us=MORNING_US + 3_600_000_000, zone="UTC",
        text="Hiring", app=CALENDAR, window="Hiring",
    )  # fmt: skip
    steps = weigh_steps(day, [planned])
    assert int(np.argmax(steps.parts["calendar"])) in (38, 39, 40)
