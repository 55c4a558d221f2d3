"""Samples are long, typical of the voice and of different occasions."""

from __future__ import annotations

from ingest.samples import choose_samples, order_unlike
from memory.records import Heard


def heard(moment: str, occasion: str, seconds: float, likeness: float | None = 0.8) -> Heard:
    return Heard(moment=moment, occasion=occasion, seconds=seconds, likeness=likeness)


def test_the_longest_typical_utterance_of_each_occasion_goes_first() -> None:
    told = [
        heard("covered", "a", 9.0, 0.3),
        heard("long", "a", 6.0),
        heard("longer", "a", 7.0),
        heard("b", "b", 4.0),
        heard("c", "c", 5.0, 0.9),
        heard("yes", "d", 0.4, 0.9),
    ]
    assert choose_samples(told) == ["longer", "c", "b"]


def test_one_occasion_gives_several_and_nothing_gives_none() -> None:
    assert choose_samples([heard(str(n), "a", float(n), None) for n in range(1, 5)]) == ["4", "3", "2"]
    assert choose_samples([]) == []


def test_what_sounds_least_like_the_voice_comes_first() -> None:
    assert order_unlike([heard("a", "x", 1, 0.9), heard("b", "x", 1, 0.1), heard("c", "x", 1, None)]) == ["b", "a", "c"]
