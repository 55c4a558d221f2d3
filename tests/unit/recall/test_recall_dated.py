from datetime import UTC, datetime

import pytest

from memory.records import Kind, Moment, TimeSource
from recall.dated import with_doubt
from recall.question import understand
from recall.results import Citation

SAID_AT = datetime(2023, 7, 15, 13, 51, tzinfo=UTC)


def told(answer: str, said: str, question: str = "When did Caroline go to the adoption meeting?") -> str:
    us = int(SAID_AT.timestamp() * 1e6)
    moment = Moment(id="m1", kind=Kind.UTTERANCE, started_us=us, ended_us=us, text=said, zone="UTC",
                    time_source=TimeSource.GIVEN, source="s")  # fmt: skip
    asked = understand(question, now=SAID_AT, speakers=["Caroline"])
    return with_doubt(answer, asked, (Citation(1, "m1", said),), moments={"m1": moment}, local={"m1": SAID_AT})


@pytest.mark.parametrize(
    ("said", "answer", "wanted"),
    [
        ("I went to the adoption meeting last Friday.", "She went on 14 July 2023 [1].",
         "She went on 14 July 2023 (the Friday before 15 July 2023) [1]."),
        ("I went to the adoption meeting last week.", "She went on 15 July 2023 [1].",
         "She went the week before 15 July 2023 [1]."),
        ("I went to the adoption meeting yesterday.", "She went on 15 July 2023 [1].", "She went on 14 July 2023 [1]."),
        ("I went to the adoption meeting last year.", "She went on 15 July 2023 [1].", "She went in 2022 [1]."),
        ("I went to the adoption meeting last Friday.",
         "She went the Friday before 15 July 2023, that is 14 July 2023 [1].",
         "She went the Friday before 15 July 2023, that is 14 July 2023 [1]."),
    ],
)  # fmt: skip
def test_a_date_is_told_as_the_words_mean_it(said: str, answer: str, wanted: str) -> None:
    assert told(answer, said) == wanted


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("We meet on 3 May 2023 and then next week.", "They meet on 3 May 2023 [1]."),
        ("The adoption meeting was on 3 May 2023.", "It was on 3 May 2023 [1]."),
        ("Nothing about a time here.", "It was on 15 July 2023 [1]."),
    ],
)
def test_a_date_that_stands_is_left_alone(said: str, answer: str) -> None:
    assert told(answer, said) == answer


def test_only_questions_for_a_time_are_touched() -> None:
    answer = "She met her sister on 15 July 2023 [1]."
    assert told(answer, "I met my sister last Friday.", question="Who did Caroline meet?") == answer
