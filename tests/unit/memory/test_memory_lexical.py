from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memory import lexical
from memory.records import Kind, Place
from memory.store import Memory, Scope
from tests.support.memory_samples import DAY_US, MAY_8_2023_US, build_utterance

HOSTILE = [
    '"', '""', "*", "NEAR(a b)", "a AND", "text:x", "-a", "^a", "(", "a\0b", "\ud800", "' OR 1=1 --", "{", "+", "💥",
    "a OR b NOT c", "moment_words", "\u202e", "日本語", ".", "NULL", "%", "_",
]  # fmt: skip


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Memory]:
    with Memory.open(tmp_path_factory.mktemp("home"), use_chroma=False) as opened:
        texts = [
            "the boiler breaks",
            "Déjà vu in Zürich",
            "invoice 2,450.00 of New York Air",
            "don't panic",
            "日本語 text",
        ]
        opened.write_moments([build_utterance(text, ordinal=n) for n, text in enumerate(texts)])
        yield opened


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=()), max_size=20)), max_size=6
    )
)
def test_no_term_is_ever_syntax(memory: Memory, terms: list[str]) -> None:
    for unit in ("moment", "window"):
        for hit in memory.search_lexical(terms, unit=unit):
            assert hit.score >= 0 or len(terms) > 0
    found = {hit.moment for hit in memory.search_lexical([*terms, "boiler"])}
    assert memory.search_lexical(["boiler"])[0].moment in found


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(whitelist_categories=("Lu", "Ll", "Nd"), max_codepoint=0x24F), min_size=1, max_size=30))
def test_a_word_that_was_written_is_found(memory: Memory, word: str) -> None:
    moment = build_utterance(f"before {word} after", ordinal=77, session=None)
    memory.write_moments([moment])
    assert moment.id in {hit.moment for hit in memory.search_lexical([word], limit=1000)}


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("deja", "Déjà vu in Zürich"),
        ("ZURICH", "Déjà vu in Zürich"),
        ("breaking", "the boiler breaks"),
        ("new york", "invoice 2,450.00 of New York Air"),
        ("2,450.00", "invoice 2,450.00 of New York Air"),
        ("don't", "don't panic"),
    ],
)
def test_words_are_folded_and_stemmed(memory: Memory, term: str, text: str) -> None:
    (hit,) = memory.search_lexical([term])
    assert memory.get_moment(hit.moment).text == text


def test_several_words_in_one_term_stand_together(memory: Memory) -> None:
    assert memory.search_lexical(["york new"]) == []


def test_nothing_to_look_for_finds_nothing(memory: Memory) -> None:
    assert memory.search_lexical([]) == []
    assert memory.search_lexical(["", "  ", '"', "?!"]) == []
    assert memory.search_lexical(["boiler"], limit=0) == []


def test_rarer_words_count_more_and_the_best_comes_first(tmp_path: Path) -> None:
    with Memory.open(tmp_path, use_chroma=False) as memory:
        texts = ["common rare", "common common", "common words", "other things", "nothing at all", "still nothing"]
        moments = [build_utterance(text, ordinal=n, session=f"s{n}") for n, text in enumerate(texts)]
        memory.write_moments(moments)
        hits = memory.search_lexical(["common", "rare"])
        assert hits[0].moment == moments[0].id
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        assert memory.search_lexical(["common", "rare"], limit=1) == hits[:1]


def test_a_scope_is_part_of_the_search(tmp_path: Path) -> None:
    with Memory.open(tmp_path, use_chroma=False) as memory:
        moments = [
            build_utterance("same words", ordinal=n, started_us=MAY_8_2023_US + n * DAY_US, session=f"s{n % 2}")
            for n in range(40)
        ]
        moments.append(replace(moments[0], id="note", kind=Kind.NOTE, session=None))
        memory.write_moments(moments)

        def found(scope: Scope) -> set[str]:
            return {hit.moment for hit in memory.search_lexical(["same"], scope=scope, limit=5)}

        assert found(Scope(kinds=frozenset({Kind.NOTE}))) == {"note"}
        assert found(Scope(since_us=MAY_8_2023_US + 39 * DAY_US)) == {moments[39].id}
        assert found(Scope(since_us=1, until_us=MAY_8_2023_US)) == set()
        assert found(Scope(kinds=frozenset())) == set()
        assert found(Scope(until_us=MAY_8_2023_US + 2 * DAY_US, sessions=frozenset({"s1"}))) == {moments[1].id}
        assert len(found(Scope())) == 5


def test_place_app_and_window_title_are_words_too(tmp_path: Path) -> None:
    with Memory.open(tmp_path, use_chroma=False) as memory:
        shot = replace(
            build_utterance("", session=None, speaker=None),
            kind=Kind.SCREENSHOT,
            place=Place("Lisbon"),
            app="Firefox",
            window="Order 4711",
        )
        memory.write_moments([shot])
        for term in ("lisbon", "firefox", "4711", "may", "2023"):
            assert [hit.moment for hit in memory.search_lexical([term])] == [shot.id]
            assert [hit.moment for hit in memory.search_lexical([term], unit="window")] == [shot.id]


def test_in_a_large_memory_common_words_give_way_to_rare_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexical, "_LARGE", 50)
    with Memory.open(tmp_path, use_chroma=False) as memory:
        moments = [build_utterance("zebra" if n == 7 else "horse", ordinal=n, session=f"s{n}") for n in range(100)]
        memory.write_moments(moments)
        assert [hit.moment for hit in memory.search_lexical(["horse", "zebra"])] == [moments[7].id]
        assert len(memory.search_lexical(["horse"])) == 99
        assert len(memory.search_lexical(["horse", "ana"])) == 100
        assert len(memory.search_lexical(["horse", "zebra", "nowhere"], scope=Scope(since_us=1))) == 100


def test_in_a_very_large_memory_a_search_scores_a_bounded_number_of_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lexical, "_LARGE", 50)
    monkeypatch.setattr(lexical, "_MOST_ROWS", 10)
    words = {"river": range(60), "stone": range(40, 100), "fern": range(3), "moss": range(20, 29)}
    with Memory.open(tmp_path, use_chroma=False) as memory:
        texts = [" ".join(word for word, own in words.items() if n in own) or "nothing" for n in range(100)]
        moments = [build_utterance(text, ordinal=n, session=f"s{n}") for n, text in enumerate(texts)]
        memory.write_moments(moments)

        def found(*terms: str) -> set[int]:
            hits = memory.search_lexical(list(terms), limit=100)
            return {n for n, moment in enumerate(moments) if moment.id in {hit.moment for hit in hits}}

        assert found("river", "stone") == set(range(40, 60))  # all of them common: rows with both
        assert found("river", "fern") == {0, 1, 2}
        assert found("fern", "moss") == {0, 1, 2}  # both together would be more than may be scored


HOT = [
    (scope, unit)
    for unit in ("moment", "window")
    for scope in (
        None,
        Scope(since_us=1, until_us=2),
        Scope(kinds=frozenset({Kind.NOTE})),
        Scope(sessions=frozenset("a")),
    )
]


def plan(memory: Memory, statement: str, values: list[object]) -> list[str]:
    with memory._database.read() as connection:
        return [str(row[3]) for row in connection.execute("EXPLAIN QUERY PLAN " + statement, values)]


@pytest.mark.parametrize(("scope", "unit"), HOT)
def test_a_search_does_not_scan_moments(memory: Memory, scope: Scope | None, unit: lexical.LexicalUnit) -> None:
    statement, values = lexical.search_sql(unit, scope)
    steps = plan(memory, statement, ["x", *values, 5])
    assert any("VIRTUAL TABLE INDEX" in step for step in steps)
    assert [step for step in steps if step.startswith("SCAN moment") and "VIRTUAL" not in step] == []


def test_rebuilding_gives_the_same_rows(memory: Memory) -> None:
    def dump() -> str:
        with memory._database.read() as connection:
            return json.dumps(
                [
                    connection.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid").fetchall()
                    for table in ("moment_words", "window_words")
                ]
            )

    before = dump()
    memory.reindex()
    assert dump() == before
