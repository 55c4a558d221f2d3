"""Questions for several things: each note is read on its own, and what each adds is told."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from memory.store import Memory, Scope
from models.protocols import CancelToken, GenerateOptions, Message
from recall.answer import Answerer
from recall.confidence import SIGNS, ConfidenceWeights, confidence, weigh_signs
from recall.pack import Note, Pack
from recall.prompt import VERDICT
from recall.question import understand
from recall.reader import Reader, ReadRules, Searched
from recall.results import AskEvent, Citation, Weighed
from recall.retrieve import Retriever
from recall.several import Part, asks_for_several, put_together
from tests.support.app_memory import NOW, build_embedder, remember, said, talk
from tests.support.models_fakes import ScriptedChat


@pytest.mark.parametrize(
    "question",
    [
        "What events has Ana planned?", "Which cities has Ben been to?", "What has Ana painted?",
        "Where has Ben made friends?", "What kinds of books does Ana read?", "List the things Ana bought.",
        "What are the names of Ana's cats?",
    ],
)  # fmt: skip
def test_a_question_for_several_things_is_known_by_its_words(question: str) -> None:
    assert asks_for_several(question)


@pytest.mark.parametrize(
    "question",
    ["What is the gate code?", "When was the bus late?", "Who has the key?", "Which class is it?", "What was said?"],
)
def test_a_question_for_one_thing_is_not(question: str) -> None:
    assert not asks_for_several(question)


def test_a_part_that_adds_nothing_is_left_out() -> None:
    parts = [
        Part(text, Citation(1, str(i), text)) for i, text in enumerate(["She painted a lake", "A lake", "A horse"])
    ]
    text, citations = put_together("What has she painted?", parts)
    assert text == "She painted a lake [1]. A horse [2]."
    assert [(c.n, c.moment) for c in citations] == [(1, "0"), (2, "2")]
    assert put_together("What has she painted?", []) == ("", ())
    echo = Part("She has painted", Citation(1, "0", "She has painted"))
    assert put_together("What has she painted?", [echo, parts[2]])[0] == "A horse [1]."


def test_each_note_gives_its_part(tmp_path: Path) -> None:
    lines = ["Ana: I painted a lake at sunrise for the kitchen.", "Ben: The bus was late again this morning.",
             "Ana: Today I painted a horse for my sister."]  # fmt: skip

    def reply(messages: Sequence[Message], _options: GenerateOptions) -> str:
        note = messages[-1].text.partition("Notes:\n")[2]
        assert "[2]" not in note
        thing = next((t for t in ("lake", "horse") if t in note), "")
        return f" Ana painted a {thing} [1]." if thing else " Ana painted 7 buses [1]."

    with Memory.open(tmp_path / "home", use_chroma=False) as memory:
        remember(memory, talk(lines))
        chat = ScriptedChat([reply] * 6, weights={VERDICT[0]: 19.0, VERDICT[1]: 1.0})
        heard: list[AskEvent] = []
        answer = Answerer(memory, Retriever(memory, build_embedder()), chat).ask(
            "What has Ana painted?", scope=Scope(), now=NOW, listen=heard.append
        )
    assert "lake" in answer.text
    assert "horse" in answer.text
    assert len(answer.citations) == 2
    assert any(isinstance(event, Weighed) and set(event.signs) == set(SIGNS) for event in heard)


def test_every_sign_for_an_answer_makes_it_surer() -> None:
    def sure(text: str, *, found: float, carried: float, names_people: bool, absent: float = 0.0) -> float:
        signs = weigh_signs(text, found=found, carried=carried, absent=absent, names_people=names_people)
        return confidence(signs, ConfidenceWeights())

    of_people = [sure("Who?", found=0.9, carried=c, names_people=True) for c in (0.0, 0.1, 0.5, 1.0)]
    of_things = [sure("Who?", found=f, carried=0.5, names_people=False) for f in (0.0, 0.4, 0.8, 1.0)]
    assert of_people == sorted(set(of_people))
    assert of_things == sorted(set(of_things))
    assert of_things[2] > sure("Who?", found=0.8, carried=0.5, names_people=False, absent=0.5)
    assert sure("When was it?", found=0.5, carried=0.3, names_people=True) > 0.5


def test_where_the_verdict_would_change_nothing_the_model_is_not_asked(tmp_path: Path) -> None:
    chat = ScriptedChat("", weights={VERDICT[0]: 19.0, VERDICT[1]: 1.0})
    heard: list[Weighed] = []
    moment = said("I painted the lake.", n=1, speaker="Ben")
    packed = Pack((Note(1, moment, moment.text, 1.0),), f"[1] {moment.text}")
    asked = understand("What is Ana's favourite dish?", now=NOW, speakers=["Ana", "Ben"])
    reading = Reader(chat, ReadRules(), around=lambda each: [each]).read(
        asked, packed, searched=Searched(0.2, 0.0), cancel=CancelToken(), grew=lambda _text: None, weighed=heard.append
    )
    assert (reading.text, reading.citations) == ("", ())
    assert (chat.weighed, chat.calls) == ([], [])
    assert [weighed.confidence < 0.5 for weighed in heard] == [True]
