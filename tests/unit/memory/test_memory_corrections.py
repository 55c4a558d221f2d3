"""What the user typed is what is searched, survives what comes after it, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from memory.errors import NotFound
from memory.records import Moment
from memory.store import Memory, VectorRow
from tests.support.memory_samples import build_utterance, hash_vector

HEARD, TYPED = "no it is the corner standing hold seven", "no it is the corner stand in hall seven"


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path, use_chroma=False) as found:
        yield found


@pytest.fixture
def moment(memory: Memory) -> Moment:
    said = replace(build_utterance(HEARD, ordinal=1), producer="whisper")
    memory.write_moments([build_utterance("which one", ordinal=0), said])
    return said


def found(memory: Memory, word: str, unit: str = "moment") -> set[str]:
    return {hit.moment for hit in memory.search_lexical([word], unit=unit)}  # type: ignore[arg-type]


def test_what_is_typed_is_searched_and_what_was_heard_is_kept_beside_it(memory: Memory, moment: Moment) -> None:
    memory.put_vectors("m", [VectorRow(moment.id, "moment", 0, hash_vector(HEARD))])
    assert memory.corrections.correct(moment.id, TYPED).updated == {moment.id}
    kept = memory.get_moment(moment.id)
    assert (kept.text, kept.original) == (TYPED, HEARD)
    assert found(memory, "hall") == {moment.id}
    assert len(found(memory, "hall", "window")) == 2  # of the one before it too
    assert found(memory, "hold") == found(memory, "hold", "window") == set()
    assert memory.find_vectors([moment.id], model="m", unit="moment") == {}  # the old words' meaning is not searched
    memory.reindex()
    assert found(memory, "hall") == {moment.id}


def test_it_survives_being_heard_or_written_again(memory: Memory, moment: Moment) -> None:
    memory.corrections.correct(moment.id, TYPED)
    assert memory.write_moments([moment]).updated == frozenset()  # the import was resumed
    kept = memory.get_moment(moment.id)
    memory.write_moments([replace(kept, details={"level_db": -20})])  # somebody who read it adds to it
    memory.write_moments([replace(moment, text="corner stand hall", producer="better")])
    again = memory.get_moment(moment.id)
    assert (again.text, again.original, again.producer) == (TYPED, "corner stand hall", "better")
    memory.write_moments([replace(moment, text="a line imported anew", producer="")])
    assert memory.get_moment(moment.id).text == "a line imported anew"
    assert memory.get_moment(moment.id).original is None


def test_what_was_heard_comes_back_and_what_was_typed_stays_a_version(memory: Memory, moment: Moment) -> None:
    memory.corrections.correct(moment.id, TYPED)
    memory.corrections.correct(moment.id, "the corner stand")
    memory.corrections.restore(moment.id)
    kept = memory.get_moment(moment.id)
    assert (kept.text, kept.original) == (HEARD, None)
    assert found(memory, "hold") == {moment.id}
    assert {version.text for version in memory.corrections.list_versions(moment.id)} == {TYPED, "the corner stand"}
    assert memory.corrections.restore(moment.id).updated == frozenset()
    memory.forget([moment.id])
    assert memory.corrections.list_versions(moment.id) == []
    with pytest.raises(NotFound):
        memory.corrections.correct(moment.id, TYPED)


def test_one_utterance_is_given_to_who_said_it(memory: Memory, moment: Moment) -> None:
    memory.voices.give(moment.id, "Oscar")
    (oscar,) = memory.voices.list_voices()
    assert memory.get_moment(moment.id).speaker == "Oscar"
    assert found(memory, "oscar") == {moment.id}
    assert memory.write_moments([moment]).updated == frozenset()  # the line it came from still says Ana
    memory.voices.give(moment.id, None)
    kept = memory.get_moment(moment.id)
    assert kept.speaker is None
    assert kept.voice not in (None, oscar.id)
    other = build_utterance("me too", ordinal=2, speaker=None)
    memory.write_moments([other])
    memory.voices.give(other.id, "Oscar")
    memory.voices.give(moment.id, "oscar ")
    assert {v.name: v.n_moments for v in memory.voices.list_voices()} == {"Oscar": 2}
    with pytest.raises(NotFound):
        memory.voices.give("m0", "Oscar")
