"""What cannot be corrected is refused in words, and nothing changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.engine import Engine
from app.errors import UserError
from memory.records import Kind, Media
from tests.support.memory_samples import build_utterance

MEDIA = Media("ab" * 32, ".png")


def test_words_in_a_picture_and_no_words_at_all_are_refused(engine: Engine) -> None:
    said = build_utterance("The mating is at ten", session=None)
    page = replace(said, id="page", kind=Kind.SCREENSHOT, media=MEDIA, stream=None)
    engine.memory.write_moments([said, page])
    for moment, text, words in (
        (page.id, "x", "in a picture"),
        (said.id, " \n", "no words"),
        (said.id, "a" * 30_000, "too long"),
    ):
        with pytest.raises(UserError, match=words):
            engine.corrections.correct(moment, text)
    assert {m.text for m in engine.memory.find_moments([said.id, page.id]).values()} == {said.text}
    engine.corrections.correct(said.id, "The meeting is at ten")
    assert engine.memory.get_moment(said.id).text == "The meeting is at ten"
