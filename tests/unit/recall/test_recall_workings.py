from __future__ import annotations

import pytest

from recall.workings import work_out
from tests.unit.recall.test_recall_check import checked, moment, pack_of

PAGES = pack_of("I am on page 250 of The Nightingale.", "The Nightingale has 440 pages.", "Bread for 4.")
QUESTION = "How many pages of The Nightingale do I have left?"


def test_a_difference_is_told_with_its_working_and_both_notes() -> None:
    told = checked("You have 190 pages left [1].", PAGES, QUESTION)
    assert told.text == "You have 190 pages left (440 − 250) [1][2]."
    assert [c.moment for c in told.citations] == [moment(PAGES, 2).id, moment(PAGES, 1).id]


def test_a_number_that_no_pair_gives_is_dropped() -> None:
    assert checked("You have 180 pages left [1].", PAGES, QUESTION).citations == ()


def test_a_number_is_not_worked_out_where_nothing_of_the_kind_is_asked() -> None:
    assert checked("The Nightingale is 190 pages long [1].", PAGES, "How long is The Nightingale?").citations == ()


def test_a_name_that_no_note_holds_is_no_better_for_a_right_number() -> None:
    assert checked("You owe Rosalind 190 pages [1].", PAGES, QUESTION).citations == ()


def test_two_ways_to_a_number_are_none() -> None:
    packed = pack_of("Lunch of the team: 30 euros, dinner 50.", "The team's cab was 60, the train 40.")
    assert work_out("20", packed.notes, "How much more was the team's dinner?") is None


@pytest.mark.parametrize(("number", "text"), [("80", "30 + 50"), ("80.5", None), ("zero", None)])
def test_sums_are_worked_out_where_a_total_is_asked(number: str, text: str | None) -> None:
    packed = pack_of("The lunch was 30 euros.", "The dinner was 50 euros.")
    worked = work_out(number, packed.notes, "How much were lunch and dinner in total?")
    assert (worked.text if worked else None) in (text, "50 + 30" if text else None)
