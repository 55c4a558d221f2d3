"""Names are given once and stand everywhere; forgetting takes the sound of a voice along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from memory.errors import NotFound
from memory.records import Media, Merge, Moment, Voiceprint
from memory.store import Memory, VectorRow
from tests.support.memory_samples import build_utterance, hash_vector


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path, use_chroma=False) as found:
        yield found


def heard(memory: Memory, n: int = 3, *, session: str = "talk", sound: str = "low") -> list[Moment]:
    """Utterances nobody is named for, with prints."""
    moments = [build_utterance(f"words {i} {session}", ordinal=i, session=session, speaker=None) for i in range(n)]
    prints = [Voiceprint(moment=m.id, producer="p", seconds=2.0, vector=hash_vector(sound)) for m in moments]
    memory.write_moments(moments, voiceprints=prints)
    return moments


def tie(memory: Memory, moments: list[Moment]) -> str:
    before = {v.id for v in memory.voices.list_voices()}
    memory.voices.assign([(None, [m.id for m in moments])])
    return next(v.id for v in memory.voices.list_voices() if v.id not in before)


def found(memory: Memory, word: str, unit: str = "moment") -> set[str]:
    return {hit.moment for hit in memory.search_lexical([word], unit=unit)}  # type: ignore[arg-type]


def test_a_name_is_given_once_and_changed_once(memory: Memory) -> None:
    moments = heard(memory)
    voice = tie(memory, moments)
    assert {m.speaker for m in memory.find_moments(m.id for m in moments).values()} == {None}
    assert found(memory, voice) == set()
    memory.voices.name(voice, " Marta  Silva ")
    assert memory.list_speakers() == ["Marta Silva"]
    assert found(memory, "marta") == found(memory, "silva", "window") == {m.id for m in moments}
    memory.voices.name(voice, "Ana")
    assert found(memory, "marta") == set()
    assert memory.window_text(moments[0]).startswith("Ana: ")
    memory.voices.name(voice, None)
    assert memory.list_speakers() == []
    assert found(memory, "ana", "window") == set()


def test_a_new_name_makes_windows_stale_but_not_the_words_themselves(memory: Memory) -> None:
    moments = heard(memory)
    voice = tie(memory, moments)
    rows = [VectorRow(m.id, unit, 0, hash_vector(m.text)) for m in moments for unit in ("moment", "window")]
    assert len(memory.moments_without_vectors("hash", limit=9)) == 3
    memory.put_vectors("hash", rows)
    memory.voices.name(voice, "Ana")
    assert len(memory.find_vectors([m.id for m in moments], model="hash", unit="moment")) == 3
    assert memory.find_vectors([m.id for m in moments], model="hash", unit="window") == {}
    assert len(memory.moments_without_vectors("hash", limit=9)) == 3


def test_what_is_written_again_keeps_its_voice_and_name(memory: Memory) -> None:
    moments = heard(memory)
    voice = tie(memory, moments)
    memory.voices.name(voice, "Ana")
    assert memory.write_moments(moments).updated == frozenset()
    memory.write_moments([replace(moments[0], text="other words")])
    again = memory.get_moment(moments[0].id)
    assert (again.text, again.speaker, again.voice) == ("other words", "Ana", voice)


def test_merge_and_split(memory: Memory) -> None:
    ours, theirs = heard(memory), heard(memory, session="other", sound="high")
    one, other = tie(memory, ours), tie(memory, theirs)
    memory.voices.name(other, "Ana")
    memory.voices.merge(one, [other])
    assert [(v.id, v.name, v.n_moments) for v in memory.voices.list_voices()] == [(one, "Ana", 6)]
    centre = memory.voices.list_centres("p")[0].vector
    np.testing.assert_allclose(centre @ hash_vector("low"), centre @ hash_vector("high"), atol=1e-5)
    with pytest.raises(NotFound):
        memory.voices.split(one, ["never was"])
    new = memory.voices.split(one, [m.id for m in theirs])
    assert new not in (one, other)
    assert memory.get_moment(theirs[0].id).speaker is None
    np.testing.assert_allclose(memory.voices.list_centres("p")[0].vector, hash_vector("low"), atol=1e-5)
    for unknown in ("v99", "", "vx", "7"):
        with pytest.raises(NotFound):
            memory.voices.name(unknown, "Ana")


def test_forgetting_takes_the_sound_of_the_voice_along(tmp_path: Path) -> None:
    with Memory.open(tmp_path, use_chroma=False) as memory:
        kept, gone = heard(memory, 1), heard(memory, 1, session="secret", sound="high")
        voice, other = tie(memory, [*kept, *gone]), tie(memory, heard(memory, 1, session="third", sound="secret"))
        memory.voices.name(other, "Xylograph")
        memory.forget([gone[0].id])
        np.testing.assert_allclose(memory.voices.list_centres("p")[0].vector, hash_vector("low"), atol=1e-6)
        memory.forget([m.id for m in memory.iter_moments() if m.voice == other])
        assert [v.id for v in memory.voices.list_voices()] == [voice]
        needles = [hash_vector("high").tobytes(), hash_vector("secret").tobytes(), b"Xylograph", b"xylograph"]
        files = [p for p in tmp_path.rglob("*") if p.is_file()]
        assert [p.name for p in files if any(needle in p.read_bytes() for needle in needles)] == []


def test_an_enrolled_voice_stays_without_utterances_until_it_is_forgotten(memory: Memory) -> None:
    voice = memory.voices.enrol("me", "p", 9.0, hash_vector("low"))
    assert memory.voices.enrol("Me", "p", 9.0, hash_vector("low")) == voice
    moments = heard(memory, 1)
    memory.voices.assign([(voice, [moments[0].id])])
    assert memory.get_moment(moments[0].id).speaker == "me"
    memory.forget([moments[0].id])
    assert memory.voices.get(voice).n_samples == 2
    again = heard(memory, 1)
    memory.voices.assign([(voice, [again[0].id])])
    memory.voices.forget(voice)
    assert memory.voices.list_voices() == []
    assert memory.voices.list_centres("p") == []
    assert (memory.get_moment(again[0].id).speaker, memory.get_moment(again[0].id).voice) == (None, None)


def test_a_merge_is_undone_until_the_next_one(memory: Memory) -> None:
    ours, theirs = heard(memory), heard(memory, session="other", sound="high")
    one, other = tie(memory, ours), tie(memory, theirs)
    memory.voices.name(other, "Ana")
    with pytest.raises(NotFound):
        memory.voices.undo_merge()
    memory.voices.merge(one, [other])
    assert memory.voices.find_merge() == Merge(into=one, into_name=None, others=((other, "Ana"),))
    later = heard(memory, 1, session="later")
    memory.voices.assign([(one, [later[0].id])])
    changes = memory.voices.undo_merge()
    assert changes.updated == {m.id for m in [*ours, *later]}  # they lose the name that came from the other
    assert {(v.id, v.name, v.n_moments) for v in memory.voices.list_voices()} == {(one, None, 4), (other, "Ana", 3)}
    assert found(memory, "ana") == {m.id for m in theirs}
    centres = {c.voice: c.vector for c in memory.voices.list_centres("p")}
    np.testing.assert_allclose(centres[other], hash_vector("high"), atol=1e-6)
    assert memory.voices.find_merge() is None


def test_what_happened_since_a_merge_outlives_its_undoing(memory: Memory) -> None:
    ours, theirs = heard(memory, 2), heard(memory, 3, session="other")
    one, other = tie(memory, ours), tie(memory, theirs)
    memory.voices.enrol("Ana", "p", 9.0, hash_vector("low"))
    ana = next(v.id for v in memory.voices.list_voices() if v.name == "Ana")
    memory.voices.merge(one, [other, ana])
    memory.voices.name(one, "Bea")
    away = memory.voices.split(one, [theirs[0].id])
    memory.forget([theirs[1].id])
    memory.voices.undo_merge()
    named = {v.id: (v.name, v.n_moments, v.n_samples) for v in memory.voices.list_voices()}
    assert named == {one: ("Bea", 2, 0), other: (None, 1, 0), away: (None, 1, 0), ana: ("Ana", 0, 1)}


def test_no_name_of_a_merged_voice_outlives_what_it_is_about(tmp_path: Path) -> None:
    with Memory.open(tmp_path, use_chroma=False) as memory:
        kept, gone = heard(memory, 1), heard(memory, 1, session="secret", sound="high")
        one, other = tie(memory, kept), tie(memory, gone)
        memory.voices.name(one, "Bea")
        memory.voices.name(other, "Xylograph")
        memory.voices.merge(one, [other])
        memory.forget([gone[0].id])
        assert memory.voices.find_merge() is None
        memory.voices.forget(one)
        files = [p for p in tmp_path.rglob("*") if p.is_file()]
        assert [p.name for p in files if b"Xylograph" in p.read_bytes()] == []


def test_words_are_given_to_a_voice_that_is_known(memory: Memory) -> None:
    ours, theirs = heard(memory), heard(memory, session="other", sound="high")
    one, other = tie(memory, [*ours, theirs[0]]), tie(memory, theirs[1:])
    memory.voices.name(other, "Ana")
    assert memory.voices.split(one, [theirs[0].id], to=other) == other
    assert memory.get_moment(theirs[0].id).speaker == "Ana"
    with pytest.raises(NotFound):
        memory.voices.split(one, [ours[0].id], to="v99")
    assert memory.get_moment(ours[0].id).voice == one


def test_how_much_each_utterance_sounds_like_its_voice(memory: Memory) -> None:
    moments = [replace(m, media=Media("a" * 64, ".flac", 0.0, 3.0)) for m in heard(memory, 4)]
    odd = Voiceprint(moment=moments[0].id, producer="p", seconds=2.0, vector=hash_vector("high"))
    memory.write_moments(moments, voiceprints=[odd])
    listed = memory.voices.list_heard(tie(memory, moments))
    assert min(listed, key=lambda each: each.likeness or 9).moment == moments[0].id
    assert {(each.occasion, each.seconds) for each in listed} == {("talk", 3.0)}
