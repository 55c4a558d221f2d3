"""One talker in two streams is one utterance; two who say the same words stay two (trial beam_dedup)."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.leaks import StreamWords, drop_leaks, likeness
from ingest.utterances import Utterance, join_words
from models.protocols import Word
from tests.support.hearing_room import voice

LONG = "the boiler man comes on friday at nine"
OTHER = "our dog learned to open the fridge last week"


def say(text: str, start_s: float, *, probability: float = 0.9, word_s: float = 0.3) -> Utterance:
    words = text.split()
    return join_words(
        [Word(f" {w}", start_s + i * word_s, start_s + (i + 1) * word_s, probability) for i, w in enumerate(words)]
    )


def stream(audio: NDArray[np.float32], *utterances: Utterance) -> StreamWords:
    return StreamWords(list(utterances), audio, 0.0)


def texts(one: StreamWords) -> list[str]:
    return [utterance.text for utterance in one.utterances]


@pytest.fixture(scope="module")
def mine() -> NDArray[np.float32]:
    return voice(1, 8.0)


@pytest.fixture(scope="module")
def theirs() -> NDArray[np.float32]:
    return voice(2, 8.0, pitch_hz=180.0)


def test_a_leak_is_kept_where_it_is_louder(mine: NDArray[np.float32]) -> None:
    faint = stream(np.float32(0.3) * mine, say("the boiler men comes on friday at nine", 1.2))
    loud = stream(mine, say(LONG, 1.0))
    assert drop_leaks([faint, loud]) == 1
    assert (texts(faint), texts(loud)) == ([], [LONG])


def test_one_talker_in_all_streams_is_one_utterance(mine: NDArray[np.float32]) -> None:
    streams = [stream(np.float32(gain) * mine, say(LONG, 1.0)) for gain in (0.2, 0.4, 1.0, 0.3)]
    drop_leaks(streams)
    assert [texts(one) for one in streams] == [[], [], [LONG], []]


def test_as_loud_and_the_same_sound_the_surer_words_stay(mine: NDArray[np.float32]) -> None:
    unsure = stream(mine, say("the boiler men comes on friday at nine", 1.0, probability=0.5))
    sure = stream(mine, say(LONG, 1.0))
    drop_leaks([unsure, sure])
    assert (texts(unsure), texts(sure)) == ([], [LONG])


def test_two_people_who_say_the_same_words_stay_two(mine: NDArray[np.float32], theirs: NDArray[np.float32]) -> None:
    streams = [stream(mine, say(LONG, 1.0)), stream(theirs, say(LONG, 1.4))]
    assert drop_leaks(streams) == 0
    assert [texts(one) for one in streams] == [[LONG], [LONG]]


def test_a_faint_person_who_says_the_same_words_in_another_pace_stays(
    mine: NDArray[np.float32], theirs: NDArray[np.float32]
) -> None:
    """Only a leak is word by word at the same instants; how faint somebody is does not make them one."""
    faint = np.float32(0.2) * theirs
    assert drop_leaks([stream(mine, say(LONG, 1.0)), stream(faint, say(LONG, 1.4, word_s=0.4))]) == 0
    assert drop_leaks([stream(mine, say(LONG, 1.0)), stream(faint, say(LONG, 1.1))]) == 1


def test_the_same_words_at_another_time_stay(mine: NDArray[np.float32]) -> None:
    streams = [stream(mine, say(LONG, 0.0)), stream(np.float32(0.2) * mine, say(LONG, 5.0))]
    assert drop_leaks(streams) == 0


def test_a_leak_inside_ones_own_words_is_cut_out(mine: NDArray[np.float32], theirs: NDArray[np.float32]) -> None:
    """The one speaks until 2.7 s; then the other is heard in the one's stream as well."""
    own = mine.copy()
    own[int(2.8 * 16_000) :] = 0.2 * theirs[int(2.8 * 16_000) :]
    one = stream(own, say(f"{OTHER} {LONG}", 0.0))
    other = stream(theirs, say(LONG, 2.8))
    assert drop_leaks([one, other]) == 1
    assert (texts(one), texts(other)) == ([OTHER], [LONG])


def test_a_short_answer_is_a_leak_only_if_it_is_the_same_sound(
    mine: NDArray[np.float32], theirs: NDArray[np.float32]
) -> None:
    leak = [stream(mine, say("yes", 1.0)), stream(np.float32(0.3) * mine, say("Yes.", 1.0))]
    assert drop_leaks(leak) == 1
    both = [stream(mine, say("yes", 1.0)), stream(theirs, say("yes", 1.0))]
    assert drop_leaks(both) == 0
    inside = [stream(mine, say("yes", 1.0)), stream(np.float32(0.3) * mine, say("yes we will come on friday", 1.0))]
    assert drop_leaks(inside) == 0


def test_other_words_are_left_alone(mine: NDArray[np.float32]) -> None:
    streams = [stream(mine, say(LONG, 1.0)), stream(np.float32(0.1) * mine, say(OTHER, 1.0))]
    assert drop_leaks(streams) == 0


def test_likeness_finds_a_delayed_copy_and_no_stranger(mine: NDArray[np.float32], theirs: NDArray[np.float32]) -> None:
    assert likeness(mine, np.roll(mine, 160)) > 0.95
    assert likeness(mine, -mine) > 0.99
    assert likeness(mine[:48_000], theirs[:48_000]) < 0.15
    assert likeness(mine, np.zeros_like(mine)) == 0.0
