from __future__ import annotations

import pytest

from memory.records import Moment
from recall.about import attribute, shares
from recall.carries import CarryWeights, carried, carry_signs, share_absent
from recall.fits import Fitted, rank
from recall.question import understand
from recall.results import Found
from tests.support.app_memory import NOW, noted, said

NECKLACE = said("This necklace is a gift from my grandma in Sweden.", n=1, speaker="Caroline")
PRAISE = said("Your necklace is lovely! A gift from your grandma?", n=2, speaker="Melanie")


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("I painted the lake.", 1),
        ("Took a short trip to Rome.", 1),
        ("Your painting of the lake is great.", -1),
        ("Where did you go?", -1),
        ("That road trip sounds great!", -1),
        ("Congrats on the store!", -1),
    ],
)
def test_a_sentence_is_the_speakers_or_the_others(text: str, whose: int) -> None:
    assert [sentence.whose for sentence in attribute(text)] == [whose]


def test_what_she_said_of_herself_is_hers_and_what_was_said_to_her_is_hers_too() -> None:
    wanted = frozenset({"gift", "grandma"})
    assert shares(NECKLACE, ("Caroline",), wanted) == (1.0, 0.0)
    assert shares(NECKLACE, ("Melanie",), wanted) == (0.0, 1.0)
    assert shares(PRAISE, ("Caroline",), wanted) == (1.0, 0.0)
    assert shares(PRAISE, ("Melanie",), wanted) == (0.0, 1.0)


def test_without_people_or_a_speaker_both_are_told_alike() -> None:
    wanted = frozenset({"gift"})
    assert shares(NECKLACE, (), wanted) == (1.0, 1.0)
    assert shares(noted("A gift"), ("Melanie",), wanted) == (1.0, 1.0)


def _probability(question: str) -> float:
    understood = understand(question, now=NOW, speakers=["Caroline", "Melanie"])
    fitted: list[Fitted] = rank(understood, [Found(moment=m, score=0.6) for m in (NECKLACE, PRAISE)], before=_nothing)
    return carried(carry_signs(understood, fitted, absent=0.0), CarryWeights())


def _nothing(_moment: Moment) -> None:
    return None


def test_the_wrong_person_is_less_likely_answered() -> None:
    hers, others = (
        _probability("What was grandma's gift to Caroline?"),
        _probability("What was grandma's gift to Melanie?"),
    )
    assert hers > 0.5 > others


def test_nothing_found_carries_nothing() -> None:
    question = understand("What is it?", now=NOW)
    assert carried(carry_signs(question, [], absent=0.0), CarryWeights()) < 0.01


def test_words_that_only_ask_are_not_looked_for_in_the_memory() -> None:
    question = understand("How high is the call-out fee in Paris last week?", now=NOW)
    assert share_absent(question, holds=lambda term: term in {"call", "fee"}) == pytest.approx(1 / 3)
