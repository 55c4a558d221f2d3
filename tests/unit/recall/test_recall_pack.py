from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.records import Kind, Moment, Place
from recall.evidence import anchor
from recall.fits import rank
from recall.pack import Pack, pack, trim
from recall.prompt import build_grammar, build_messages
from recall.question import Question, understand
from recall.quoted import find_quote
from recall.results import Found, Quote
from recall.times import local_time
from tests.support.app_memory import NOW, noted, said, talk


def count_tokens(text: str) -> int:
    return max(len(text.split()), (len(text) + 3) // 4)


def found_of(moments: Sequence[Moment]) -> list[Found]:
    return [Found(moment=m, score=1.0 - 0.1 * n) for n, m in enumerate(moments)]


def pack_of(
    moments: Sequence[Moment], question: str = "What is it?", *, budget: int = 700, talked: Sequence[Moment] = ()
) -> Pack:
    def neighbours(moment: Moment) -> Sequence[Moment]:
        around = [m for m in talked if abs(m.ordinal - moment.ordinal) <= 1 and m.session == moment.session]
        return around or [moment]

    return pack(
        understand(question, now=NOW),
        found_of(moments),
        neighbours=neighbours,
        to_local=local_time,
        count_tokens=count_tokens,
        budget=budget,
    )


@given(
    st.lists(st.text(alphabet="abcdef \n0123456789", min_size=1, max_size=900), min_size=1, max_size=9),
    st.integers(0, 300),
)
def test_the_budget_is_never_exceeded(lines: list[str], budget: int) -> None:
    packed = pack_of([noted(text, at=f"2026-10-13 18:{n:02}") for n, text in enumerate(lines)], budget=budget)
    assert sum(count_tokens(line) for line in packed.text.splitlines()) <= budget
    assert [note.n for note in packed.notes] == list(range(1, len(packed.notes) + 1))
    assert all(packed.note(note.n) is note for note in packed.notes)


def test_the_best_comes_last_with_its_time_and_source() -> None:
    best = noted("the best", at="2026-10-13 18:00", kind=Kind.SCREENSHOT)
    packed = pack_of([best, noted("the second", at="2026-10-12 18:00")])
    assert [note.text for note in packed.notes] == ["the second", "the best"]
    assert packed.text.splitlines()[-1] == "[2] (Tue 13 Oct 2026 18:00, screenshot) the best"


def test_an_utterance_brings_its_neighbours_in_the_order_they_were_said() -> None:
    lines = talk(["Ana: How late?", "Ben: Half an hour.", "Ana: Fine.", "Ben: Bye."])
    packed = pack_of([lines[1]], talked=lines)
    assert [note.text for note in packed.notes] == ["How late?", "Half an hour.", "Fine."]
    assert "Ben said" in packed.text


def test_where_neighbours_do_not_fit_the_moment_itself_stays() -> None:
    lines = talk(["x " * 100, "Half an hour.", "y " * 100])
    packed = pack_of([lines[1]], talked=lines, budget=40)
    assert [note.text for note in packed.notes] == ["Half an hour."]


def test_no_moment_is_shown_twice() -> None:
    lines = talk(["one", "two", "three"])
    packed = pack_of(lines, talked=lines)
    assert sorted(note.moment.id for note in packed.notes) == sorted(m.id for m in lines)


def test_trimming_a_long_receipt_keeps_its_total() -> None:
    rows = ["MERCEARIA GRAÇA", "Rua da Graça 12", "Lisboa"]
    rows += [f"item {n} {n}.50" for n in range(60)] + ["TOTAL 22.41", "thank you"] + ["advert"] * 30
    receipt = noted("\n".join(rows), kind=Kind.PHOTO)
    trimmed = trim(understand("What was the total on the receipt from Mercearia Graça?", now=NOW), receipt)
    assert "TOTAL 22.41" in trimmed
    assert "MERCEARIA GRAÇA" in trimmed
    assert len(trimmed) < len(receipt.text) / 2


def test_short_texts_stay_whole() -> None:
    note = noted("gate code 5927\nvet on 26 October")
    assert trim(understand("What is the gate code?", now=NOW), note) == "gate code 5927 / vet on 26 October"


# the prompt ----------------------------------------------------------------------------------------------------
def _matches(text: str, numbers: set[int]) -> bool:
    """What the grammar says, said once more by hand: sentences that end in citations of the given numbers."""
    cite = "(?:" + "|".join(re.escape(f"[{n}]") for n in sorted(numbers)) + ")"
    sentence = rf"[^\[\]\n]+ {cite}(?: ?{cite})?\."
    return re.fullmatch(rf" {sentence}(?: {sentence})?", text) is not None


def test_the_grammar_offers_the_given_numbers_and_no_others() -> None:
    grammar = build_grammar([3, 1])
    assert re.findall(r'"\[(\d+)\]"', grammar) == ["1", "3"]
    assert _matches(" The code is 5927 [1].", {1, 3})
    assert not _matches(" The code is 5927 [2].", {1, 3})
    assert "\\[\\]" in next(line for line in grammar.splitlines() if line.startswith("words"))


def test_the_prompt_begins_the_same_for_all_questions() -> None:
    one, other = build_messages("[1] (now, note) a", "A?"), build_messages("[1] (now, note) b", "B?")
    assert one[:-1] == other[:-1]
    assert one[-1].role == "user"
    assert one[-1].text == "Notes:\n[1] (now, note) a\n\nQuestion: A?"
    assert any(message.role == "assistant" and message.text.startswith("Missing") for message in one)


def quote_of(question: Question, found: Sequence[Found]) -> Quote | None:
    fitted = rank(question, found, before=lambda _moment: None)
    return find_quote(question, fitted, carried=1.0, local=local_time)


# the quote -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        (
            "When is the dentist?",
            "Buy milk.\nDentist on 3 November at 10:15.\nCall Ana.",
            "Dentist on 3 November at 10:15.",
        ),
        ("How much is the deposit?", "The flat is nice. The deposit is two months. Bye.", "The deposit is two months."),
    ],
)
def test_the_quote_holds_the_sentence_of_the_right_kind(question: str, text: str, words: str) -> None:
    quote = quote_of(understand(question, now=NOW), found_of([noted(text)]))
    assert quote is not None
    assert words in quote.text
    assert quote.certain


def test_a_question_in_the_notes_is_no_answer_and_a_wrong_kind_is_none() -> None:
    question = understand("When is the dentist?", now=NOW)
    assert quote_of(question, found_of([said("Is the dentist at 10:15?")])) is None
    assert quote_of(question, found_of([said("The dentist is nice")])) is None
    assert quote_of(question, []) is None


@given(st.text(max_size=200), st.text(max_size=60))
def test_a_quote_stands_in_its_moment(text: str, asked: str) -> None:
    moment = noted(text)
    quote = quote_of(understand(asked, now=NOW), found_of([moment]))
    assert quote is None or (quote.moment == moment.id and quote.text in text)


# names the evidence must hold ----------------------------------------------------------------------------------
def test_evidence_without_the_named_shop_is_left_out_and_a_name_nowhere_is_missing() -> None:
    tasca, oliva = noted("Tasca: sardines 9.50"), noted("Café Oliva: cod 12.00", at="2026-10-12 12:00")
    question = understand("How much is the cod at Café Oliva?", now=NOW)
    anchored = anchor(question, found_of([tasca, oliva]), around=lambda m: [m])
    assert [f.moment for f in anchored.found] == [oliva]
    nowhere = anchor(question, found_of([tasca]), around=lambda m: [m])
    assert nowhere.missing == ("Café Oliva",)


def test_a_name_said_in_the_same_talk_or_written_on_the_picture_counts() -> None:
    lines = talk(["We looked at Quinta da Ponte.", "The rooms cost 80 a night."])
    question = understand("What do rooms cost at Quinta da Ponte?", now=NOW)
    assert not anchor(question, found_of([lines[1]]), around=lambda _m: lines).missing
    placed = noted("menu", kind=Kind.PHOTO)
    shown = Moment(**{f: getattr(placed, f) for f in placed.__slots__} | {"place": Place("Quinta da Ponte")})
    assert not anchor(question, found_of([shown]), around=lambda m: [m]).missing
