from __future__ import annotations

from dataclasses import replace

import pytest

from memory.records import Kind, Place
from recall.follow_up import FollowUp, Turn, follow
from recall.results import Answer, Citation, Interpreted, Took
from recall.suggest import suggest
from recall.times import local_time
from tests.support.app_memory import NOW, noted, said

SPEAKERS = ("Ana", "Tom Berg")
CITED = said("The boiler man comes on Friday at ten.", at="2026-10-13 09:30", speaker="Ana")
PHOTO = replace(noted("Harbour", kind=Kind.PHOTO), place=Place("Lisbon, Portugal"))


def ask(text: str, last: str, *cited: object) -> FollowUp | None:
    moments = [CITED] if not cited else list(cited)
    turn = Turn(last, tuple(m.id for m in moments))  # type: ignore[attr-defined]
    return follow(text, turn, cited=moments, speakers=SPEAKERS, now=NOW, local=local_time)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "told", "cited"),
    [
        ("And who said that?", "Ana [1].", CITED),
        ("when was that?", "13 October 2026 at 09:30 [1].", CITED),
        ("Where was that taken?", "Lisbon, Portugal [1].", PHOTO),
    ],
)
def test_who_when_and_where_are_told_from_what_was_cited(text: str, told: str, cited: object) -> None:
    followed = ask(text, "When does the boiler man come?", cited)
    assert followed is not None
    assert followed.told is not None
    assert (followed.told.text, followed.told.citations[0].moment) == (told, cited.id)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "last", "whole"),
    [
        ("The day before?", "What did Ana say on 13 October 2026?", "What did Ana say on 12 October 2026?"),
        ("And the day after?", "What did Ana say yesterday about the key?",
         "What did Ana say on 14 October 2026 about the key?"),
        ("the day before that?", "What did Ana say about the key?",
         "What did Ana say about the key on 12 October 2026?"),
        ("and the week before?", "What did we buy on 13 October 2026?",
         "What did we buy between 6 October 2026 and 12 October 2026?"),
        ("And what about the week after?", "What did we buy on 13 October 2026?",
         "What did we buy between 14 October 2026 and 20 October 2026?"),
        ("And Tom?", "What did Ana say about the key?", "What did Tom say about the key?"),
        ("And on Monday?", "What did Ana say yesterday?", "What did Ana say on Monday?"),
        ("What about last week?", "What did Ana buy?", "What did Ana buy last week?"),
        ("and the price?", "When is the booking at the Hotel Astor?", "What is the price of the Hotel Astor?"),
        ("How much did it cost?", "Where is the red kettle?", "How much did the red kettle cost?"),
        ("And what did she say about Friday?", "Where is Ana?", "what did Ana say about Friday?"),
        ("What is his number?", "When did Tom call?", "What is Tom's number?"),
    ],
)  # fmt: skip
def test_a_follow_up_is_made_whole(text: str, last: str, whole: str) -> None:
    followed = ask(text, last)
    assert followed is not None
    assert (followed.question, followed.told) == (whole, None)


@pytest.mark.parametrize(
    "text",
    [
        "What is the gate code?",
        "When does Tom come?",
        "What did Ana say about it?",  # whom it is about is said; what, is not
        "boiler inspection",
        "And",
        "How much did the new washing machine in the cellar of the house cost when it was bought?",
    ],
)
def test_what_stands_for_itself_is_left_alone(text: str) -> None:
    assert ask(text, "Where is the key?") is None


def test_a_voice_without_a_name_is_told_as_such() -> None:
    followed = ask("Who said that?", "Where is the key?", replace(CITED, speaker=None))
    assert followed is not None
    assert followed.told is not None
    assert followed.told.text == "A voice that has no name yet [1]."


def test_the_next_questions_come_from_the_answer_and_from_earlier_ones() -> None:
    answer = Answer(
        question="When does the boiler man come?",
        text="On Friday at ten, says Tom Berg [1].",
        abstained=False,
        reason=None,
        citations=(Citation(1, CITED.id, CITED.text),),
        evidence=(),
        interpreted=Interpreted(),
        took=Took(retrieve_ms=1, first_token_ms=1, total_ms=1),
    )
    history = ["Who has the key?", "What did the boiler cost?"]
    assert suggest(answer, [CITED], history, local=local_time) == (
        "Who said that?",
        "What did the boiler cost?",
        "What else is known about Tom Berg?",
    )
    assert suggest(replace(answer, abstained=True), [CITED], history, local=local_time) == ()
