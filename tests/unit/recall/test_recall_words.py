from __future__ import annotations

from dataclasses import asdict
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recall.fusion import SIGNALS, Weights, scale, weigh
from recall.names import holds, missing, similarity
from recall.words import content_words, find_spans, fold, stem, tokens


def test_words_are_folded_and_possessives_cut() -> None:
    assert tokens("Ana’s CAFÉ isn't 'far'") == ["ana", "cafe", "isn't", "far"]


def test_content_words_are_what_carries_a_question() -> None:
    assert content_words("Can you remind me when the boiler man comes to the boiler?") == ["boiler", "man", "comes"]
    assert content_words("the of and") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("classes", "class"), ("walking", "walk"), ("planned", "plan"), ("cities", "city"), ("houses", "house"),
        ("running", "run"), ("quickly", "quick"),
    ],
)  # fmt: skip
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_short_words_and_numbers_keep_their_form() -> None:
    assert [stem(w) for w in ("bus", "gas", "2000s"[:4], "12345")] == ["bus", "gas", "2000", "12345"]


def test_marks_every_form_of_a_word_where_it_stands() -> None:
    text = "We planned it. Ängstlich plans, the PLAN!"
    assert [text[a:b] for a, b in find_spans(text, ["plan"])] == ["planned", "plans", "PLAN"]


def test_the_small_words_of_a_name_are_marked_only_beside_it() -> None:
    text = "Quinta da Ponte, Rua da Moeda"
    assert [text[a:b] for a, b in find_spans(text, ["quinta", "da", "ponte"])] == ["Quinta", "da", "Ponte"]
    assert find_spans("Rua da Moeda", ["da"]) == ((4, 6),)  # where nothing else is asked for


@given(st.text(max_size=80))
def test_spans_fit_the_text_whatever_stands_in_it(text: str) -> None:
    words = tokens(text)
    spans = find_spans(text, words)
    assert len(fold(text)) == len(text)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert len(spans) >= len(set(words)) if words else spans == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("WATSON'S", "WATSONS PERSONAL CARE STORES"),
        ("Aeon Hardware Sdn Bhd", "AEON HARDWARE S/B\nTotal 12.00"),
        ("Padaria Lima", "padaria l1ma, cake for grandma"),  # a letter misread
        ("Santa Apolónia", "last bus from Santa Apolonia"),
        ("GP-2026-0381", "Invoice GP-2026-0381"),
        ("Bo", "and then Bo said"),
    ],
)
def test_a_text_holds_a_name_that_is_misread_a_little(name: str, text: str) -> None:
    assert holds(name, text)
    assert missing([name], text) == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Café Oliva", "grilled sardines at Tasca"),
        ("hall 7", "we meet in hall 8"),
        ("line 735", "line 734 runs every 20 minutes"),
        ("Bo", "the boat in the harbour"),
        ("Anchor Hotel", ""),
    ],
)
def test_a_text_does_not_hold_another_name(name: str, text: str) -> None:
    assert not holds(name, text)
    assert missing([name], text) == (name,)


@given(st.text(max_size=20), st.text(max_size=60))
def test_similarity_is_a_share_and_whole_where_the_name_stands(name: str, text: str) -> None:
    assert 0.0 <= similarity(name, text) <= 1.0
    if any(c.isalnum() for c in fold(name)) and similarity(name, name) == 1.0:
        assert similarity(name, text + name) == 1.0


def test_scores_are_scaled_over_their_list() -> None:
    assert scale({"a": 2.0, "b": 4.0, "c": 3.0}) == {"a": 0.5, "b": 1.0, "c": 0.75}
    assert scale({"a": 2.0, "b": 4.0, "c": 3.0}, n_down=200) == {"a": 0.0, "b": 1.0, "c": 0.5}
    assert scale({"a": 2.0, "b": 4.0, "c": 3.0}, n_down=2) == {"a": 0.0, "b": 1.0, "c": 0.0}
    assert scale({"a": -7.0}, n_down=200) == {"a": 1.0}
    assert scale({"a": 3.0, "b": 3.0}, n_down=200) == {"a": 1.0, "b": 1.0}
    assert scale({}) == {}


def test_weighing_is_a_sum_in_which_what_is_missing_counts_nothing() -> None:
    weights = asdict(Weights())
    assert weigh({}, weights) == 0.0
    assert weigh({"lexical": 0.5, "speaker": 1.0}, weights) == pytest.approx(
        0.5 * weights["lexical"] + weights["speaker"]
    )
    assert weigh(dict.fromkeys(SIGNALS, 1.0), weights) == pytest.approx(sum(weights.values()))
