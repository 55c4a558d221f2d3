from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from memory.records import Session
from memory.store import Memory
from models.protocols import Cancelled, CancelToken, Chunk
from recall.find_followed import FindRules
from recall.missed import MissedTeller
from recall.missed_results import Missed, Nothing
from recall.retrieve import Retriever
from tests.support.app_memory import build_embedder, remember, talk
from tests.support.models_fakes import ChatCall, ScriptedChat
from tests.support.recall_room import KITCHEN, ROOM_START_US, WINDOW, heard, room

NOW = datetime(2026, 10, 13, 20, 0, tzinfo=UTC)
HOUR_US = 3_600_000_000
CAR = "What did I miss while I was following the conversation about the car repair?"
PLAY = "What did I miss while I was following the conversation about the school play?"


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "home", use_chroma=False) as opened:
        remember(opened, talk(["Ana: My car is in the garage.", "Ben: What is wrong with it?"], session="call"))
        remember(opened, room())
        yield opened


def tell(
    memory: Memory,
    question: str,
    *,
    chat: ScriptedChat | None = None,
    session: str | None = None,
    words_only: bool = False,
) -> Missed:
    embedder = None if words_only else build_embedder()
    teller = MissedTeller(memory, Retriever(memory, embedder), embedder, chat)
    return teller.tell(question, now=NOW, session=session)


def texts(missed: Missed) -> str:
    return " ".join(text for one in missed.missed for text in (one.summary, *(p.text for p in one.points)))


@pytest.mark.parametrize("words_only", [False, True])
@pytest.mark.parametrize(
    ("question", "told", "kept_out"),
    [
        (CAR, ("fifteenth of December", "silver costume", "Tuesday", "cake"), ("brakes", "fifty", "bus")),
        (PLAY, ("brakes", "Four hundred and fifty dollars", "bus"), ("December", "costume", "Tuesday")),
    ],
)
def test_the_other_conversation_is_told_and_nothing_of_the_followed_one(
    memory: Memory, question: str, told: tuple[str, ...], kept_out: tuple[str, ...], words_only: bool
) -> None:
    missed = tell(memory, question, words_only=words_only)
    assert missed.session == "room"
    assert missed.reason is None
    assert all(word in texts(missed) for word in told)
    assert not any(word in texts(missed) for word in kept_out)


def test_every_point_is_carried_by_utterances_that_play(memory: Memory) -> None:
    (other,) = tell(memory, CAR).missed
    by_id = {m.id: m for m in other.moments}
    assert other.points
    for point in other.points:
        assert point.moments
        carried = " ".join(by_id[key].text for key in point.moments)
        assert point.text.rstrip(".") in carried
        assert all(by_id[key].media is not None for key in point.moments)


def test_direction_time_and_contrast_are_told(memory: Memory) -> None:
    missed = tell(memory, CAR)
    assert missed.contrast.startswith("While you followed the conversation about the car repair at 140°, ")
    assert "at 290°" in missed.contrast
    assert "13 October 2026, 12:00:00 to 12:00:13" in missed.attended.summary
    assert [m.text for m in missed.attended.moments] == [text for _start, _end, text in KITCHEN]


def test_a_model_phrases_the_line_and_the_contrast(memory: Memory) -> None:
    chat = ScriptedChat(" the school play, and Emma needs a silver costume.")
    missed = tell(memory, CAR, chat=chat)
    assert missed.missed[0].summary == "They talked about the school play, and Emma needs a silver costume."
    assert missed.contrast.endswith("at 290° talked about the school play, and Emma needs a silver costume.")


def test_what_the_model_takes_from_the_followed_conversation_is_not_told(memory: Memory) -> None:
    missed = tell(memory, CAR, chat=ScriptedChat(" the brakes of the car."))
    assert "brakes" not in texts(missed) + missed.contrast
    assert missed.missed[0].summary.startswith("At 290°: ")


def test_of_two_recordings_on_the_topic_the_latest_is_taken_unless_one_is_named(memory: Memory) -> None:
    remember(memory, room("later", start_us=ROOM_START_US + HOUR_US))
    assert tell(memory, CAR).session == "later"
    assert tell(memory, CAR, session="room").session == "room"


def test_a_person_or_a_direction_names_the_conversation(memory: Memory) -> None:
    remember(
        memory,
        [
            *heard(KITCHEN, azimuth_deg=30, stream=0, session="named", speaker="Ana", start_us=ROOM_START_US + HOUR_US),
            *heard([(1.0, 4.0, "The parcel is with the neighbour.")], azimuth_deg=200, stream=1, session="named",
                   speaker="Carla", start_us=ROOM_START_US + HOUR_US),
        ],
    )  # fmt: skip
    by_person = tell(memory, "What did I miss while I was talking to Ana?", session="named")
    assert [d.speakers for d in by_person.attended.directions] == [("Ana",)]
    assert by_person.missed[0].direction.speakers == ("Carla",)
    by_direction = tell(memory, "What did I miss while following the conversation at 190 degrees?", session="named")
    assert [d.speakers for d in by_direction.attended.directions] == [("Carla",)]


def test_who_was_away_is_told_everything(memory: Memory) -> None:
    missed = tell(memory, "What did I miss while I was away from 11 am to 1 pm?")
    assert missed.attended.moments == ()
    assert len(missed.missed) == 2
    assert missed.contrast.startswith("While you were away, ")


@pytest.mark.parametrize(
    "question", ["What did I miss while I was away from 2 am to 3 am?", "What did I miss from 2 to 3 am?"]
)
def test_of_a_time_in_which_nothing_was_heard_that_is_the_answer(memory: Memory, question: str) -> None:
    empty = tell(memory, question)
    assert (empty.missed, empty.reason) == ((), Nothing.NOT_RECORDED)
    when = "from 13 October 2026, 02:00 to 03:00, while you were away"
    assert empty.contrast == f"Nothing was recorded {when}."
    start_us = ROOM_START_US - 10 * HOUR_US  # two in the morning
    memory.add_session(Session(id="quiet", started_us=start_us, ended_us=start_us + HOUR_US))
    quiet = tell(memory, question)
    assert (quiet.missed, quiet.reason) == ((), Nothing.NOTHING_BESIDE)
    assert quiet.contrast == f"A recording ran {when}, but no words were heard."


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What did I miss?", Nothing.NOT_SAID),
        ("What did I miss while I listened to the people at my left?", Nothing.NOT_SAID),
        ("What did I miss while following the conversation about zebras?", Nothing.NOT_FOUND),
    ],
)
def test_nothing_is_told_where_nothing_can_be_known(memory: Memory, question: str, reason: Nothing) -> None:
    missed = tell(memory, question)
    assert (missed.reason, missed.missed, missed.session) == (reason, (), None)
    assert missed.contrast


def test_one_direction_is_said_to_be_one(memory: Memory) -> None:
    missed = tell(memory, CAR, session="call")
    assert missed.reason is Nothing.ONE_DIRECTION
    assert "one direction" in missed.contrast
    assert missed.attended.moments


def test_where_an_array_heard_one_direction_alone_nobody_spoke_beside_it(memory: Memory) -> None:
    remember(memory, heard(KITCHEN, azimuth_deg=140.0, stream=0, session="alone", start_us=ROOM_START_US + HOUR_US))
    assert tell(memory, CAR, session="alone").reason is Nothing.NOTHING_BESIDE


def test_what_has_no_direction_is_not_said_to_come_from_another(memory: Memory) -> None:
    away = tell(memory, "What did I miss while I was away?", session="call")
    assert "somewhere in the room" in away.contrast
    assert away.missed[0].summary.startswith("Ana and Ben somewhere in the room: ")


class SlowChat(ScriptedChat):
    """Never gets done."""

    def generate(self, messages: Any, options: Any, *, cancel: CancelToken | None = None) -> Iterator[Chunk]:
        self.calls.append(ChatCall(tuple(messages), options))
        assert cancel is not None
        while not cancel.is_cancelled:
            time.sleep(0.005)
        yield Chunk("", True, 1, 0, "cancel")


def test_all_is_told_by_rule_before_a_model_is_asked(memory: Memory) -> None:
    heard_first: list[tuple[Missed, int]] = []
    chat = ScriptedChat(" the school play, and Emma needs a silver costume.")
    embedder = build_embedder()
    teller = MissedTeller(memory, Retriever(memory, embedder), embedder, chat)
    last = teller.tell(CAR, now=NOW, listen=lambda missed: heard_first.append((missed, len(chat.calls))))
    ((by_rule, n_calls),) = heard_first
    assert n_calls == 0
    assert by_rule.missed[0].summary.startswith("At 290°: ")
    assert [p.text for p in by_rule.missed[0].points] == [p.text for p in last.missed[0].points]
    assert last.missed[0].is_phrased


def test_a_model_that_is_too_slow_is_waited_for_once(memory: Memory) -> None:
    chat, embedder = SlowChat(), build_embedder()
    teller = MissedTeller(memory, Retriever(memory, embedder), embedder, chat)
    answers = [teller.tell(question, now=NOW, patience_s=0.1) for question in (CAR, PLAY, CAR)]
    assert len(chat.calls) == 1
    assert not any(one.is_phrased for missed in answers for one in missed.missed)
    assert all(missed.missed for missed in answers)
    teller.tell(CAR, now=NOW, patience_s=0.2)  # who has more patience waits
    assert len(chat.calls) == 2
    teller.tell(CAR, now=NOW, patience_s=0.0)
    assert len(chat.calls) == 2


def test_what_was_said_at_another_time_was_not_missed(memory: Memory) -> None:
    remember(
        memory,
        [
            *heard(KITCHEN, azimuth_deg=30, stream=0, session="apart"),
            *heard([(120.0, 124.0, "The parcel is with the neighbour.")], azimuth_deg=200, stream=1, session="apart"),
        ],
    )
    missed = tell(memory, CAR, session="apart")
    assert (missed.missed, missed.reason) == ((), Nothing.NOTHING_BESIDE)


def test_the_closest_conversation_is_told_as_such(memory: Memory) -> None:
    embedder = build_embedder()
    rules = FindRules(cosine=0.99, cosine_told=0.0)
    teller = MissedTeller(memory, Retriever(memory, embedder), embedder, find_rules=rules)
    missed = teller.tell("What did I miss while following the conversation about zebras?", now=NOW, session="room")
    assert not missed.attended.is_sure
    assert missed.contrast.startswith("No words on zebras were heard; the conversation closest to it ran at ")
    assert missed.missed


def test_what_the_user_marks_as_followed_counts_whatever_the_question_says(memory: Memory) -> None:
    embedder = build_embedder()
    teller = MissedTeller(memory, Retriever(memory, embedder), embedder)
    as_asked = teller.tell(CAR, now=NOW)
    corrected = teller.tell(CAR, now=NOW, followed_streams=[1])  # the recording is still the one that was found
    assert [d.streams for d in as_asked.attended.directions] == [(0,)]
    assert (corrected.session, [d.streams for d in corrected.attended.directions]) == ("room", [(1,)])
    assert [m.text for m in corrected.attended.moments] == [text for _start, _end, text in WINDOW]
    assert "brakes" in texts(corrected)
    assert "costume" not in texts(corrected)
    assert corrected.contrast.startswith("While you followed the conversation at 290°, ")
    assert teller.tell("What did I miss?", now=NOW, session="room", followed_streams=[1]).missed == corrected.missed
    assert teller.tell("What did I miss?", now=NOW, followed_streams=[1]).reason is Nothing.NOT_SAID
    assert teller.tell(CAR, now=NOW, session="room", followed_streams=[7]).reason is Nothing.NOT_FOUND


def test_a_cancelled_question_ends(memory: Memory) -> None:
    cancel = CancelToken()
    cancel.cancel()
    embedder = build_embedder()
    with pytest.raises(Cancelled):
        MissedTeller(memory, Retriever(memory, embedder), embedder).tell(CAR, now=NOW, cancel=cancel)
