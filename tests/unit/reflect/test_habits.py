from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from memory.records import Trait
from reflect.habits import find_habits

MONDAY = date(2026, 6, 1)


def traits(n_days: int, *, on_fridays: str = "", daily: str = "", once: str = "") -> list[Trait]:
    rows = []
    for n in range(n_days):
        day = (MONDAY + timedelta(days=n)).isoformat()
        rows.append(Trait(f"e{n}", day, "", ""))
        if on_fridays and n % 7 == 4:
            rows.append(Trait(f"e{n}", day, "person", on_fridays))
        if daily:
            rows.append(Trait(f"e{n}", day, "place", daily))
        if once and n == 3:
            rows.append(Trait(f"e{n}", day, "person", once))
    return rows


def test_a_weekly_habit_names_its_day_its_count_and_its_evidence() -> None:
    (habit,) = find_habits(traits(70, on_fridays="Ana", once="Tom"))
    assert habit.text == "On most Fridays: with Ana (10 of 10 Fridays)."
    assert (habit.weekday, habit.n_days, habit.of_days) == (4, 10, 10)
    assert habit.events[0] == "e67"
    assert len(habit.events) == 10


def test_what_is_there_on_most_days_is_no_habit_of_one_weekday() -> None:
    (habit,) = find_habits(traits(30, daily="Ghent, Belgium"))
    assert habit.text == "On most days: in Ghent (30 of 30 days)."


def test_the_user_is_no_habit_and_twice_is_none() -> None:
    assert find_habits(traits(30, on_fridays="Sam"), me=("sam",)) == []
    assert find_habits(traits(14, on_fridays="Ana")) == []
    assert find_habits([]) == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 29), st.integers(0, 20)), min_size=60, max_size=120))
def test_chance_makes_few_habits_of_a_month(met: list[tuple[int, int]]) -> None:
    rows = [Trait(f"e{n}", (MONDAY + timedelta(days=n)).isoformat(), "", "") for n in range(30)]
    rows += [Trait(f"e{n}", (MONDAY + timedelta(days=n)).isoformat(), "person", f"p{who}") for n, who in met]
    for habit in find_habits(rows):
        assert habit.n_days >= 3
        assert habit.n_days <= habit.of_days
