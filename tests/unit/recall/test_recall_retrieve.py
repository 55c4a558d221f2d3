from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from memory.records import Kind, Moment
from memory.store import Memory, Scope
from recall import signals
from recall.question import understand
from recall.results import Found
from recall.retrieve import Retriever, search
from tests.support.app_memory import NOW, at_us, build_embedder, noted, remember, said, talk

STAND_UP = talk(
    [
        "Ana: Good morning everybody, who wants to begin?",
        "Ben: The gear box of bike eleven is broken again.",
        "Ana: Bring it into the workshop before lunch.",
        "Ben: And the helmets arrived yesterday from Hamburg.",
    ],
    at="2026-10-13 09:30",
    session="standup",
)
LUNCH = talk(
    ["Carla: The landlord wants two months as a deposit.", "Ben: That is a lot of money."],
    at="2026-09-01 12:30",
    session="lunch",
)
PAGES = [
    noted("Dentist on 3 November at 10:15, bring the insurance card", at="2026-10-12 18:00"),
    noted("Invoice 4711 for helmets, total 298.89 EUR", at="2026-10-11 11:00", kind=Kind.SCREENSHOT),
]


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Memory]:
    with Memory.open(tmp_path_factory.mktemp("home"), use_chroma=False) as opened:
        remember(opened, [*STAND_UP, *LUNCH, *PAGES])
        yield opened


@pytest.fixture(scope="module")
def retriever(memory: Memory) -> Retriever:
    return Retriever(memory, build_embedder())


def find(retriever: Retriever, query: str, *, scope: Scope | None = None, limit: int = 20) -> list[Found]:
    return list(search(retriever, query, scope=scope or Scope(), limit=limit, now=NOW).found)


def texts(found: list[Found]) -> list[str]:
    return [f.moment.text for f in found]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Which bike has a broken gear box?", STAND_UP[1]),
        ("When is the dentist?", PAGES[0]),
        ("What does the landlord want as a deposit?", LUNCH[0]),
        ("Total of the invoice for the helmets", PAGES[1]),
    ],
)
def test_what_fits_best_comes_first(retriever: Retriever, query: str, first: Moment) -> None:
    found = find(retriever, query)
    assert found[0].moment == first
    assert [f.score for f in found] == sorted((f.score for f in found), reverse=True)
    assert all(0.0 <= f.score <= 1.0 for f in found)
    assert all(f.signals for f in found)


@pytest.mark.parametrize("query", ["zyxgrf qwrtpl", "xylophone submarine", "🙂🙂🙂", "?!"])
def test_nonsense_finds_nothing(retriever: Retriever, query: str) -> None:
    assert find(retriever, query) == []


def test_an_empty_memory_finds_nothing(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "home", use_chroma=False) as empty:
        assert find(Retriever(empty, build_embedder()), "When is the dentist?") == []
        assert find(Retriever(empty, None), "What happened yesterday?") == []


def test_words_alone_find_without_an_embedder(memory: Memory) -> None:
    assert find(Retriever(memory, None), "dentist")[0].moment == PAGES[0]


def test_a_question_that_is_only_a_time_gives_that_time(retriever: Retriever) -> None:
    found = find(retriever, "What did I do yesterday?")
    assert {f.moment.id for f in found} >= {m.id for m in STAND_UP}
    assert not {f.moment.id for f in found} & {m.id for m in LUNCH}


def test_a_time_is_a_leaning_and_not_a_wall(retriever: Retriever) -> None:
    """The landlord spoke on 1 September; a question that remembers another month still finds him."""
    found = find(retriever, "What did the landlord want in August?")
    assert found[0].moment == LUNCH[0]
    assert found[0].signals["temporal"] < 1.0


def test_among_equals_the_time_decides(tmp_path: Path) -> None:
    rows = [
        said("We spoke about the boiler", at=f"2026-{month:02}-05 10:00", session=f"s{month}") for month in (3, 6, 9)
    ]
    with Memory.open(tmp_path / "home", use_chroma=False) as three:
        remember(three, rows)
        june = find(Retriever(three, build_embedder()), "What did we say about the boiler in June?")
    assert june[0].moment == rows[1]
    assert len(june) == 3


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        (Scope(kinds=frozenset({Kind.SCREENSHOT})), [PAGES[1]]),
        (Scope(since_us=at_us("2026-10-13 00:00")), STAND_UP),
        (Scope(until_us=at_us("2026-10-13 00:00")), [*LUNCH, *PAGES]),
        (Scope(since_us=at_us("2026-10-13 00:00"), until_us=at_us("2026-10-13 00:01")), []),
        (Scope(kinds=frozenset({Kind.PHOTO})), []),
    ],
)
@pytest.mark.parametrize("query", ["helmets from Hamburg", "What happened yesterday?", "dentist landlord helmets"])
def test_a_scope_is_a_wall(retriever: Retriever, scope: Scope, allowed: list[Moment], query: str) -> None:
    assert {f.moment.id for f in find(retriever, query, scope=scope)} <= {m.id for m in allowed}


def test_what_is_said_after_the_best_line_is_lifted(retriever: Retriever) -> None:
    """The line after the gear box shares no word with the question, but its window does."""
    found = {f.moment.id: f for f in find(retriever, "gear box of bike eleven is broken again")}
    after = found.get(STAND_UP[2].id)
    assert after is not None
    assert after.signals["neighbour_before"] > 0.5


def test_a_named_speaker_is_preferred(retriever: Retriever) -> None:
    found = find(retriever, "What did Carla want?")
    assert found[0].moment == LUNCH[0]
    assert found[0].signals["speaker"] == 1.0


def test_matched_words_are_marked_where_they_stand(retriever: Retriever) -> None:
    best = find(retriever, "Which helmet arrived?")[0]
    assert {best.moment.text[a:b].lower() for a, b in best.matched} == {"helmets", "arrived"}


def test_limit_keeps_the_best(retriever: Retriever) -> None:
    everything = find(retriever, "helmets arrived from Hamburg yesterday")
    assert find(retriever, "helmets arrived from Hamburg yesterday", limit=1) == everything[:1]


def test_the_same_question_gives_the_same_order(retriever: Retriever) -> None:
    assert texts(find(retriever, "helmets and the dentist")) == texts(find(retriever, "helmets and the dentist"))


def test_temporal_falls_off_with_the_distance() -> None:
    question = understand("What did we say yesterday?", now=NOW)
    fits = [signals.temporal(question, said("x", at=f"2026-10-{day:02} 12:00")) for day in (13, 12, 10, 5)]
    assert fits[0] == 1.0
    assert fits == sorted(fits, reverse=True)
    assert 0.0 < fits[-1] < 0.01


def test_neighbours_are_those_of_the_same_session_only() -> None:
    around = signals.places_around([*STAND_UP, *LUNCH])
    assert around[0] == (0, None, 1)
    assert around[3] == (3, 2, None)
    assert around[4] == (4, None, 5)


def test_expression_tells_whether_the_words_hold_what_is_asked_for() -> None:
    when, many = understand("When is it?", now=NOW), understand("How many are there?", now=NOW)
    assert signals.expression(when, said("on Friday")) == 1.0
    assert signals.expression(when, said("with pleasure")) == 0.0
    assert signals.expression(many, said("there are seven")) == 1.0
    assert signals.expression(understand("Who is it?", now=NOW), said("seven on Friday")) == 0.0
