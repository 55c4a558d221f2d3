from __future__ import annotations

import math

import pytest

from memory.records import Moment
from recall.attended import Closeness, Span, find_spans, is_surely_about, rate, with_partners
from recall.conversations import angle_between, gather, mean_azimuth
from recall.followed import Followed
from recall.leaks import containment, own_lines
from recall.words import stem
from tests.support.recall_room import KITCHEN, WINDOW, heard, room


def about(*words: str) -> Closeness:
    return Closeness({}, frozenset(stem(word) for word in words))


def test_each_direction_is_one_conversation() -> None:
    conversations = gather(room())
    assert [round(math.degrees(c.direction.azimuth_rad or 0)) for c in conversations] == [140, 290]
    assert [len(c.utterances) for c in conversations] == [len(KITCHEN), len(WINDOW)]


def test_one_line_that_comes_close_makes_no_topic() -> None:
    (kitchen,) = gather(heard(KITCHEN, azimuth_deg=140, stream=0))
    first, second = (m.id for m in kitchen.utterances[:2])
    zebras = frozenset({stem("zebras")})
    assert not is_surely_about(kitchen, Closeness({first: 0.31}, zebras), cosine=0.3)
    assert is_surely_about(kitchen, Closeness({first: 0.31, second: 0.35}, zebras), cosine=0.3)
    assert is_surely_about(kitchen, about("brakes"), cosine=0.3)


def test_neighbours_who_take_turns_are_one_conversation() -> None:
    ana = heard(KITCHEN[0::2], azimuth_deg=133.0, stream=0, speaker="Ana")
    ben = heard(KITCHEN[1::2], azimuth_deg=147.0, stream=1, speaker="Ben")
    (together,) = gather([*ana, *ben])
    assert together.direction.streams == (0, 1)
    assert together.direction.speakers == ("Ana", "Ben")
    assert 133.0 < math.degrees(together.direction.azimuth_rad or 0) < 147.0
    assert [m.text for m in together.utterances] == [text for _start, _end, text in KITCHEN]


def test_neighbours_who_talk_at_once_are_two() -> None:
    assert len(gather([*heard(KITCHEN, azimuth_deg=133, stream=0), *heard(WINDOW, azimuth_deg=147, stream=1)])) == 2


def test_one_talker_heard_by_two_neighbouring_streams_is_told_once() -> None:
    fuller = heard(KITCHEN, azimuth_deg=133, stream=0)
    echo = heard([(0.5, 4.0, "the brakes of the car are worn out")], azimuth_deg=147, stream=1)
    (together,) = gather([*fuller, *echo])
    assert [m.id for m in together.utterances] == [m.id for m in fuller]


def test_directions_around_north_have_a_mean_at_north() -> None:
    moments = [
        *heard([(0.0, 2.0, "one two")], azimuth_deg=350, stream=0),
        *heard([(3.0, 5.0, "three four")], azimuth_deg=10, stream=0),
    ]
    mean = mean_azimuth(moments)
    assert mean is not None
    assert angle_between(mean, 0.0) < math.radians(0.5)
    assert mean_azimuth(heard(KITCHEN, azimuth_deg=None, stream=0)) is None


def test_the_conversation_that_says_the_topic_is_rated_first() -> None:
    car, play = gather(room())
    assert rate(car, [play], about("car", "repair")) > rate(play, [car], about("car", "repair"))
    assert rate(play, [car], about("school", "play")) > rate(car, [play], about("school", "play"))


def test_people_around_a_table_are_partners_if_they_never_speak_at_once() -> None:
    first = heard(KITCHEN[0::2], azimuth_deg=100.0, stream=0)
    second = heard(KITCHEN[1::2], azimuth_deg=160.0, stream=1)
    conversations = gather([*first, *second, *heard(WINDOW, azimuth_deg=290.0, stream=2)])
    assert with_partners(0, conversations, [1.0, 0.9, 0.9]) == [0, next(
        i for i, c in enumerate(conversations) if c.direction.streams == (1,)
    )]  # fmt: skip


def test_a_short_talk_is_followed_as_a_whole() -> None:
    moments = heard(KITCHEN, azimuth_deg=140.0, stream=0)
    (span,) = find_spans(moments, Followed(topic="repair", terms=("repair",)), about("repair"))
    assert (span.since_us, span.until_us) == (moments[0].started_us, moments[-1].ended_us)


def test_of_a_long_talk_only_the_stretch_on_the_topic_counts() -> None:
    lines = [(10.0 * n, 10.0 * n + 8.0, f"We speak of matter number {n}.") for n in range(90)]
    lines[45] = (450.0, 458.0, "The boiler is broken.")
    lines[47] = (470.0, 478.0, "A new boiler costs a lot.")
    moments = heard(lines, azimuth_deg=140.0, stream=0)
    (span,) = find_spans(moments, Followed(topic="boiler", terms=("boiler",)), about("boiler"))
    assert span.touches(moments[45])
    assert span.touches(moments[47])
    assert span.until_us - span.since_us < 120_000_000


def leaked(moment: Moment) -> list[str]:
    return [line.text for line in own_lines([moment], heard(KITCHEN, azimuth_deg=140.0, stream=0), {})]


def test_followed_words_heard_again_are_cut() -> None:
    (whole,) = heard([(0.6, 4.1, "the brakes of the car are worn out")], azimuth_deg=290, stream=1)
    assert leaked(whole) == []
    (part,) = heard(
        [(0.6, 4.1, "Emma needs a silver costume and the mechanic called, the brakes of")], azimuth_deg=290, stream=1
    )
    assert leaked(part) == ["Emma needs a silver costume and"]


def test_words_that_were_heard_better_here_stay() -> None:
    blurred = heard(KITCHEN[:1], azimuth_deg=140, stream=0, sure=0.4)
    clear = heard([(0.6, 4.1, KITCHEN[0][2])], azimuth_deg=290, stream=1, sure=0.9)
    assert [line.text for line in own_lines(clear, blurred, {})] == [KITCHEN[0][2]]
    assert own_lines(blurred, clear, {}) == []


def test_the_same_words_at_another_time_are_said_again() -> None:
    (later,) = heard([(60.0, 63.0, KITCHEN[0][2])], azimuth_deg=290, stream=1)
    assert leaked(later) == [KITCHEN[0][2]]


@pytest.mark.parametrize(
    ("text", "other", "share"),
    [("one two three four five", "one two three four five six", 1.0), ("one two", "two one", 0.0), ("", "one", 0.0)],
)
def test_containment_counts_runs(text: str, other: str, share: float) -> None:
    assert containment(text, other) == share


def test_a_span_touches_what_has_a_part_in_it() -> None:
    (moment,) = heard([(2.0, 3.0, "word")], azimuth_deg=0, stream=0)
    span = Span(moment.ended_us, moment.ended_us + 1)
    assert not span.touches(moment)
    assert span.touches(moment, pad_us=1)
