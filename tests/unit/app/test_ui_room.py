from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.ui.directions import Voices, direction_words, side_words, speaker_words, title_words
from app.ui.lanes_geometry import GUTTER_PX, LANE_PX, LanesGeometry
from app.ui.missed_view_model import MissedViewModel, Phase, nothing_hint, recording_words
from app.ui.room import Room, read_room
from app.ui.theme import LIGHT
from memory.records import Session
from memory.store import Memory
from recall.followed import asks_what_was_missed
from recall.missed_results import Attended, Direction, Missed, MissedDirection, Nothing, Point
from tests.support.app_memory import remember, talk
from tests.support.ui_room import CUT_S, LENGTH_S, fill_room, fill_turns


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Memory]:
    with Memory.open(tmp_path_factory.mktemp("room") / "home", use_chroma=False) as opened:
        fill_room(opened)
        fill_turns(opened)
        remember(opened, talk(["Ana: My car is in the garage.", "Ben: What is wrong with it?"], session="call"))
        yield opened


@pytest.fixture
def room(memory: Memory) -> Room:
    found = read_room(memory, "room")
    assert found is not None
    return found


def told(room: Room, *, reason: Nothing | None = None) -> Missed:
    kitchen, window = room.lanes
    beside = MissedDirection(
        Direction(window.azimuth_rad, (), window.streams), window.utterances, "They talked about the play.",
        (Point("Emma needs a silver costume.", (window.utterances[1].id,)),),
    )  # fmt: skip
    followed = Attended((Direction(kitchen.azimuth_rad, (), kitchen.streams),), kitchen.utterances, "The car, 140°.")
    return Missed(
        question="q", session="room", attended=followed, missed=() if reason else (beside,), contrast="While you …",
        reason=reason, took_ms=1.0,
    )  # fmt: skip


def test_a_recording_becomes_lanes_by_azimuth_with_their_own_sound(room: Room) -> None:
    assert [round(math.degrees(lane.azimuth_rad or 0)) for lane in room.lanes] == [140, 290]
    assert [lane.streams for lane in room.lanes] == [(0,), (1,)]
    assert [len(lane.stretches) for lane in room.lanes] == [1, 2]
    assert (room.length_s, room.mix is not None, len(room.gaps)) == (LENGTH_S, True, 1)
    assert room.lanes[1].starts_s[1] == 4.5
    assert room.find_moment(room.lanes[1].utterances[2].id) == (1, 2)
    assert room.find_lanes([1]) == {1}


def test_sound_speakers_and_subtitles_of_a_second(room: Room) -> None:
    assert room.find_speaking(2.0) == {0, 1}
    assert room.find_speaking(4.3) == frozenset()
    assert room.subtitles(5.0) == ("How much will the car repair cost?", "Emma needs a silver costume.")
    assert room.subtitles(16.0) == ("", "")
    first, second = (room.lanes[1].find_sound(at_s) for at_s in (CUT_S - 0.1, CUT_S))
    assert first is not None
    assert second is not None
    assert (first.start_s, first.end_s, second.start_s, second.end_s) == (0.0, CUT_S, CUT_S, LENGTH_S)
    assert room.lanes[1].find_sound(LENGTH_S + 1) is None
    assert [room.lanes[1].find_near(at_s) for at_s in (0.0, 4.4, 5.0, 99.0)] == [0, 0, 1, 4]


def test_a_direction_of_two_streams_plays_the_one_that_speaks(memory: Memory) -> None:
    turns = read_room(memory, "turns")
    assert turns is not None
    (lane,) = turns.lanes
    heard = [lane.find_sound(at_s) for at_s in (0.5, 3.9, 4.2, 5.0, 7.0, 11.0)]
    assert [stretch.stream for stretch in heard if stretch] == [0, 0, 1, 1, 0, 1]
    first, second = heard[0], heard[3]
    assert first is not None
    assert second is not None
    assert lane.find_other_sound(first, 5.0) == second
    assert [lane.find_other_sound(first, at_s) for at_s in (2.0, 4.2, 7.0)] == [None, None, None]


def test_what_has_no_streams_plays_from_its_utterances_or_not_at_all(memory: Memory) -> None:
    call = read_room(memory, "call")
    assert call is not None
    assert call.lanes[0].speakers == ("Ana", "Ben")
    assert (call.lanes[0].stretches, call.mix) == ((), None)
    assert read_room(memory, "nothing") is None


@pytest.mark.parametrize(
    ("degrees", "words"),
    [(0, "ahead"), (36, "ahead left"), (90, "left"), (141, "behind left"), (181, "behind"), (240, "behind right"),
     (270, "right"), (320, "ahead right"), (350, "ahead")],
)  # fmt: skip
def test_directions_in_words(degrees: int, words: str) -> None:
    assert side_words(math.radians(degrees)) == words
    assert direction_words(math.radians(degrees)) == f"{words}, {degrees}°"


def test_names_and_colours() -> None:
    assert title_words(None) == "Direction unknown"
    assert (speaker_words(()), speaker_words(["Ana"]), speaker_words(["Ana", "Ben", "Cy"])) == (
        "", "Ana", "Ana, Ben and Cy",
    )  # fmt: skip


def test_each_known_voice_has_a_colour_and_each_unknown_direction_one(memory: Memory, room: Room) -> None:
    voices, colours = Voices(room.lanes), LIGHT.voices
    assert [voices.lane_colour(LIGHT, lane) for lane in room.lanes] == list(colours[:2])
    call = read_room(memory, "call")
    assert call is not None
    ana, ben = call.lanes[0].utterances
    named = Voices(call.lanes)
    assert [named.colour(LIGHT, 0, moment) for moment in (ana, ben)] == [colours[0], colours[1]]
    unnamed = [replace(ana, speaker=None, voice="v1"), replace(ben, speaker=None, voice="v2")]
    apart = Voices([replace(call.lanes[0], utterances=tuple(unnamed))])
    assert [apart.colour(LIGHT, 0, moment) for moment in unnamed] == [colours[0], colours[1]]


def test_seconds_and_pixels_agree_at_every_zoom_and_scroll() -> None:
    for zoom, scroll in ((1.0, 0), (4.0, 700)):
        geometry = LanesGeometry(width_px=800, length_s=120.0, zoom=zoom, scroll_px=scroll)
        for at_s in (40.0, 60.5):
            assert geometry.second_at(geometry.x_of(at_s)) == pytest.approx(at_s)
    whole = LanesGeometry(width_px=800, length_s=120.0)
    assert whole.x_of(0.0) == GUTTER_PX
    assert whole.content_px <= 800 - GUTTER_PX
    assert [whole.lane_at(y, 2) for y in (0, LANE_PX - 1, LANE_PX, 2 * LANE_PX, -1)] == [0, 0, 1, None, None]
    hours = LanesGeometry(width_px=800, length_s=7200.0)
    assert hours.content_px == 7200 * 3  # it scrolls rather than being a smear
    first, last = hours.visible_s()
    assert (first, round(last)) == (0.0, round((800 - GUTTER_PX) / 3))


def test_marks_stand_at_round_times_of_day() -> None:
    geometry = LanesGeometry(width_px=800, length_s=120.0)
    assert geometry.step_s() == 30
    assert geometry.ticks(first_s=45_307.0) == [23.0, 53.0, 83.0, 113.0]  # 12:35:07 at the start


def test_an_answer_fills_list_picture_and_selection(room: Room) -> None:
    model = MissedViewModel()
    model.begin("q")
    assert (model.is_busy, model.hint()) == (True, "q")
    model.take(told(room), room)
    assert (model.phase, model.headline(), model.hint()) == (Phase.TOLD, "While you …", "The car, 140°.")
    head, point = model.rows
    assert (head.title, head.lane, head.text) == (
        "Right, 290°",
        1,
        "They talked about the play.",
    )
    assert (point.at, point.spoken) == ("14:00:04", "14:00:04. Emma needs a silver costume.")
    assert (model.followed, model.told) == ({0}, {room.lanes[1].utterances[1].id})
    assert model.span_s == (0.4, 13.0)
    assert (model.lane, model.place, model.selected_s()) == (1, 1, 4.5)
    assert (model.can_mark, model.mark_words()) == (True, "This is the one I followed")
    model.step_lane(-1)
    assert (model.lane, model.place) == (0, 1)
    assert (model.can_mark, model.mark_words()) == (False, "You followed this one")
    model.step_place(10)
    assert model.place == 3


@pytest.mark.parametrize("reason", list(Nothing))
def test_every_reason_for_nothing_is_said_with_what_to_do(room: Room, reason: Nothing) -> None:
    model = MissedViewModel()
    model.take(replace(told(room, reason=reason), session=None), None)
    assert (model.phase, model.headline()) == (Phase.NOTHING, "While you …")
    assert model.hint() == nothing_hint(reason) != ""
    assert model.offers_asking == (reason in (Nothing.NOT_SAID, Nothing.NOT_FOUND))


def test_a_recording_without_a_followed_conversation_asks_which_it_was(room: Room) -> None:
    model = MissedViewModel()
    model.take_room(room)
    assert (model.phase, model.headline()) == (Phase.CHOOSING, "Which direction did you follow?")
    model.take(replace(told(room, reason=Nothing.NOT_SAID), session=None), room)
    assert model.phase is Phase.CHOOSING
    model.forget(frozenset({room.lanes[0].utterances[0].id}))
    assert (model.phase, model.room) == (Phase.IDLE, None)


def test_errors_and_stops_are_said(room: Room) -> None:
    model = MissedViewModel()
    model.begin("q")
    model.stop()
    assert (model.phase, model.headline()) == (Phase.STOPPED, "Stopped.")
    model.take_error(RuntimeError("secret words"))
    assert "secret" not in model.headline() + model.hint()


def test_recordings_are_named_by_title_and_time() -> None:
    session = Session(id="s", started_us=0, ended_us=1, zone="Europe/Lisbon", title="2026-10-14_12-35-00 lunch")
    assert recording_words(session) == "lunch · 1 January 1970, 01:00"
    assert recording_words(replace(session, title="Recording 2026-10-14 12-35-00")).startswith("Recording · 1 January")
    assert recording_words(replace(session, title="")) == "1 January 1970, 01:00"


@pytest.mark.parametrize(
    ("question", "is_one"),
    [
        ("What did I miss while I was following the conversation about dogs?", True),
        ("While I was away from 2 to 4 pm, what did I miss?", True),
        ("what have we missed", True),
        ("Did I miss anything while I talked to Ana?", True),
        ("What else was said while I listened to Tom?", True),
        ("What is missing from the box?", False),
        ("Which bus did Anna miss?", False),
        ("Did I miss the bus?", False),
        ("What is beside the library?", False),
    ],
)
def test_a_question_for_what_was_missed_is_known_by_its_words(question: str, is_one: bool) -> None:
    assert asks_what_was_missed(question) == is_one
