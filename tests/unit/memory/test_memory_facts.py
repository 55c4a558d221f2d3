"""Facts: gathered from claims, superseded by newer ones, withdrawn with their evidence in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from memory.facts import Fact, Standing, gather, to_key
from memory.records import Claim, Kind, Moment
from memory.store import Memory
from recall.papers import read_receipt
from recall.time_words import TimeWords, find_time_words
from reflect.claims import Readers
from reflect.facts import FactMaker
from tests.support.memory_process import run_python
from tests.support.memory_samples import MAY_8_2023_US, build_utterance

DAY_US = 86_400_000_000
READERS = Readers(find_time_words, read_receipt)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "home", use_chroma=False) as opened:
        yield opened


def claim(value: str, day: int, *, teller: str = "Ana", about: str = "ana|phone number", **more: object) -> Claim:
    values = {
        "moment": f"m{day}", "subject": "Ana", "subject_key": "ana", "relation": about.split("|")[1], "about": about,
        "value": value, "value_key": value, "quote": value, "told_us": day * DAY_US, "kind": Kind.UTTERANCE,
        "teller": teller,
    }  # fmt: skip
    return Claim(**{**values, **more})  # type: ignore[arg-type]


def standings(facts: list[Fact], day: int = 99) -> list[tuple[str, Standing]]:
    return [(fact.value, fact.standing(day * DAY_US)) for fact in facts]


def test_the_same_said_twice_is_one_fact_with_two_moments() -> None:
    [fact] = gather([claim("123", 1), claim("123", 2, teller="Tom")])
    assert [c.moment for c in fact.claims] == ["m1", "m2"]
    assert (fact.since_us, fact.until_us) == (DAY_US, None)


def test_what_one_says_anew_takes_the_older_values_place_and_both_are_told() -> None:
    old, new = gather([claim("123", 1), claim("456", 5)])
    assert (old.replaced_by, old.until_us, old.since_us) == ("456", 5 * DAY_US, DAY_US)
    assert standings([old, new]) == [("123", Standing.SUPERSEDED), ("456", Standing.CURRENT)]
    assert standings(gather([claim("1", 1), claim("2", 2), claim("1", 3)])) == [
        ("1", Standing.SUPERSEDED),
        ("2", Standing.SUPERSEDED),
        ("1", Standing.CURRENT),
    ]


def test_two_people_who_say_otherwise_are_both_told_unless_one_says_that_it_changed() -> None:
    facts = gather([claim("123", 1), claim("456", 2, teller="Tom")])
    assert standings(facts) == [("123", Standing.DISPUTED), ("456", Standing.DISPUTED)]
    facts = gather([claim("123", 1), claim("456", 2, teller="Tom", is_change=True)])
    assert standings(facts) == [("123", Standing.SUPERSEDED), ("456", Standing.CURRENT)]


def test_of_what_anybody_may_mean_only_the_same_teller_takes_words_back() -> None:
    def rent(value: str, day: int, teller: str, subject: str = "the rent") -> Claim:
        return claim(value, day, teller=teller, about="rent|amount", subject=subject, is_change=day > 1)

    facts = gather([rent("500", 1, "Tom"), rent("1200", 2, "Ana")])
    assert standings(facts) == [("500", Standing.DISPUTED), ("1200", Standing.DISPUTED)]
    facts = gather([rent("500", 1, "", "my rent"), rent("1200", 2, "Ana")])
    assert standings(facts) == [("500", Standing.DISPUTED), ("1200", Standing.DISPUTED)]
    facts = gather([rent("500", 1, "Ana"), rent("1200", 2, "Ana")])
    assert standings(facts) == [("500", Standing.SUPERSEDED), ("1200", Standing.CURRENT)]


def test_a_cancelled_appointment_is_over_when_it_would_have_been() -> None:
    facts = gather([at("2023-05-09", 1, 30), at("cancelled", 2, 16, is_change=True)])
    assert standings(facts, 20) == [("2023-05-09", Standing.SUPERSEDED), ("cancelled", Standing.CURRENT)]
    assert standings(facts, 31)[1] == ("cancelled", Standing.OVER)
    facts = gather([at("cancelled", 2, 16, is_change=True), at("2024-05-09", 300, 310)])
    assert standings(facts, 301) == [("cancelled", Standing.OVER), ("2024-05-09", Standing.CURRENT)]


def at(key: str, day: int, until: int, **more: object) -> Claim:
    return claim(key, day, about="meeting|time", value_key=key, until_us=until * DAY_US, **more)


def test_an_appointment_that_is_over_is_replaced_by_none_and_one_ahead_only_by_words_that_say_so() -> None:
    facts = gather([at("2023-05-09", 1, 2), at("2023-05-16", 5, 8)])
    assert standings(facts, 6) == [("2023-05-09", Standing.OVER), ("2023-05-16", Standing.CURRENT)]
    facts = gather([at("2023-05-09", 1, 4), at("2023-05-11", 2, 6)])
    assert standings(facts, 3) == [("2023-05-09", Standing.DISPUTED), ("2023-05-11", Standing.DISPUTED)]
    facts = gather([at("2023-05-09", 1, 4), at("2023-05-11", 2, 6, is_change=True)])
    assert standings(facts, 3) == [("2023-05-09", Standing.SUPERSEDED), ("2023-05-11", Standing.CURRENT)]


@pytest.mark.parametrize(
    ("one", "other", "n"),
    [("2023-05-09 15:00", "2023-05-09 3 o'clock", 1), ("2023-05-09", "2023-05-09 15:00", 1),
     ("2023-05-09 15:00", "2023-05-09 16:00", 2), ("2023-05-09 15:30", "2023-05-09 3 o'clock", 2)],
)  # fmt: skip
def test_times_are_one_where_one_of_them_says_less(one: str, other: str, n: int) -> None:
    assert len(gather([at(one, 1, 9), at(other, 2, 9)])) == n


def test_keys_know_no_articles_endings_or_signs() -> None:
    assert to_key("the Robertsons’ House") == "robertsons house"
    assert to_key("My passport") == "passport"
    assert to_key("Ana's “QX-77”") == "ana qx 77"


def remember(memory: Memory, *rows: tuple[str, int]) -> list[Moment]:
    moments = [
        build_utterance(text, ordinal=day, started_us=MAY_8_2023_US + day * DAY_US, speaker="Ana", session=f"s{day}")
        for text, day in rows
    ]
    memory.write_moments(moments)
    FactMaker(memory, READERS).refresh()
    return moments


def values(memory: Memory) -> list[tuple[str, bool]]:
    return [(fact.value, fact.replaced_by is None) for fact in gather(memory.claims.list_claims())]


def test_forgetting_the_newer_words_makes_the_older_value_true_again(memory: Memory) -> None:
    _old, new = remember(memory, ("My number is 030 5550199.", 0), ("My new number is 030 5550188.", 3))
    assert values(memory) == [("030 5550199", False), ("030 5550188", True)]
    memory.forget([new.id])
    assert values(memory) == [("030 5550199", True)]
    assert memory.claims.find_claims(["ana"])[0].teller == "Ana"


def test_what_is_written_anew_is_read_anew_and_no_old_words_stay(memory: Memory) -> None:
    [moment] = remember(memory, ("My number is 030 5550199.", 0))
    memory.write_moments([replace(moment, text="My birthday is on 3 May.")])
    assert memory.claims.list_claims() == []
    assert FactMaker(memory, READERS).refresh() == 1
    assert values(memory) == [("3 May", True)]
    assert FactMaker(memory, READERS).refresh() == 0


def test_a_moment_that_changed_while_it_was_read_stays_to_be_read(memory: Memory) -> None:
    [moment] = remember(memory, ("My number is 030 5550199.", 0))
    memory.claims.mark_all_unread()
    [(number, changes, _moment)] = memory.claims.list_unread(limit=9)
    memory.write_moments([replace(moment, text="My number is 030 5550188.")])
    stale = replace(claim("030 5550199", 0), moment=moment.id)
    memory.claims.put({number: [stale]}, seen={number: changes})
    assert memory.claims.list_claims() == []
    FactMaker(memory, READERS).refresh()
    assert values(memory) == [("030 5550188", True)]


def test_reindex_and_other_rules_have_everything_read_anew(memory: Memory) -> None:
    remember(memory, ("My number is 030 5550199.", 0), ("It rains.", 1))
    before = memory.claims.list_claims()
    memory.reindex()
    assert memory.claims.list_claims() == []
    assert FactMaker(memory, READERS).refresh() == 2
    assert memory.claims.list_claims() == before
    memory.claims.use_rules(-1)
    assert FactMaker(memory, READERS).refresh() == 2
    memory.claims.mark_all_unread()
    assert FactMaker(memory, READERS).refresh(should_stop=lambda: True) == 0
    assert FactMaker(memory, READERS).refresh(most=1) == 1
    assert FactMaker(memory, READERS).refresh() == 1


def test_who_waits_reads_nothing_while_another_reads_and_who_reads_all_lets_go_between(memory: Memory) -> None:
    remember(memory, ("My number is 030 5550199.", 0))
    memory.claims.mark_all_unread()
    inner: list[int] = []

    def find_days(text: str, at: datetime) -> list[TimeWords]:
        inner.append(maker.refresh(most=10))
        return find_time_words(text, at)

    def is_held() -> bool:
        taken = maker._reading.acquire(blocking=False)
        if taken:
            maker._reading.release()
        held.append(not taken)
        return False

    held: list[bool] = []
    maker = FactMaker(memory, Readers(find_days, read_receipt))
    memory.write_moments([build_utterance("The concert is on 20 May.", ordinal=9, speaker="Ana", session="s9")])
    assert maker.refresh(should_stop=is_held) == 2
    assert set(inner) == {0}
    assert held == [False, False]


READ = """
from recall.papers import read_receipt
from recall.time_words import find_time_words
from reflect.claims import Readers
from reflect.facts import FactMaker
with Memory.open(home, use_chroma=False) as memory:
    FactMaker(memory, Readers(find_time_words, read_receipt)).refresh()
    print(len(memory.claims.list_claims()), flush=True)
    memory.forget([memory.claims.list_claims()[0].moment])
"""


@pytest.mark.parametrize("point", ["claims_put", "mid_forget", "before_unlink"])
def test_killed_while_facts_are_read_or_forgotten_none_stands_without_its_moment(tmp_path: Path, point: str) -> None:
    with Memory.open(tmp_path, use_chroma=False) as memory:
        moments = [
            build_utterance(f"My number is 030 55501{n:02d}.", ordinal=n, session=f"s{n}", speaker="Ana")
            for n in range(3)
        ]
        memory.write_moments(moments)
    died = run_python(READ, tmp_path, failpoint=point)
    assert died.returncode == -9, died.stderr
    with Memory.open(tmp_path, use_chroma=False) as memory:
        assert [check.name for check in memory.check() if not check.ok] == []
        FactMaker(memory, READERS).refresh()
        kept = {moment.id for moment in memory.iter_moments()}
        assert {c.moment for c in memory.claims.list_claims()} == kept
        assert len(kept) == (2 if point == "before_unlink" else 3)
