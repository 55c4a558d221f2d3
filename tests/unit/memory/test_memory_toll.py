"""What forgetting takes along is said before, as it is done then."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from memory.records import Kind, Media, Session
from memory.store import Memory
from memory.toll import Toll
from tests.support.memory_samples import MAY_8_2023_US, build_utterance


def keep(memory: Memory, data: bytes, suffix: str) -> Media:
    return memory.keep_bytes(data, suffix)


def test_what_is_said_is_what_goes(tmp_path: Path) -> None:
    with Memory.open(tmp_path, use_chroma=False) as memory:
        sound, picture = keep(memory, b"s" * 700, ".wav"), keep(memory, b"p" * 300, ".jpg")
        memory.add_session(
            Session(id="talk", started_us=MAY_8_2023_US, ended_us=MAY_8_2023_US + 1, media=sound, n_channels=1)
        )
        first, second = (build_utterance(f"words {n}", ordinal=n, media=replace(sound, offset_s=n)) for n in range(2))
        page = replace(
            build_utterance("a page", ordinal=7, kind=Kind.SCREENSHOT, media=picture, speaker=None), session="talk"
        )
        memory.write_moments([first, second, page])
        memory.voices.give(first.id, "Oscar")
        memory.corrections.correct(second.id, "other words")
        assert memory.read_toll(first.id) == Toll(n_beside=2, voice="Oscar")
        assert memory.read_toll(second.id) == Toll(n_beside=2, n_versions=1)
        assert memory.read_toll(page.id) == Toll(n_bytes=300)  # of the same session, but a file of its own
        assert memory.read_toll("m0") == Toll()
        memory.forget([page.id])
        assert not memory.media_path(picture).exists()
        assert memory.media_path(sound).exists()
        memory.forget([first.id])
        assert memory.voices.list_voices() == []
        assert memory.read_toll(second.id) == Toll(n_bytes=700, n_versions=1)
        memory.forget([second.id])
        assert not memory.media_path(sound).exists()
