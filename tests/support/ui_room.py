"""A real engine whose memory holds one recording with two directions and their sound."""

from __future__ import annotations

import io
import wave
from dataclasses import replace
from pathlib import Path

from app.engine import Engine
from memory.records import Gap, Media, Session, StreamPart, StreamSpan
from memory.store import Memory
from tests.support.app_engine import build_fake_engine
from tests.support.app_memory import remember
from tests.support.recall_room import KITCHEN, ROOM_START_US, WINDOW, heard, room

LENGTH_S = 20.0
CUT_S = 9.0  # where the sound of the second direction begins anew
CAR = "What did I miss while I was following the conversation about the car repair?"


def now_us() -> int:
    """Two hours after the recording."""
    return ROOM_START_US + 7_200_000_000


def tone(seconds: float, n_channels: int = 1) -> bytes:
    """Silence as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(n_channels)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(bytes(2 * n_channels * round(seconds * 8000)))
    return file.getvalue()


def build_room_engine(home: Path) -> Engine:
    """Compose the engine and fill its memory."""
    engine = build_fake_engine(home)
    fill_room(engine.memory)
    return engine


def fill_room(memory: Memory) -> None:
    """The car at 140 degrees (one piece of sound), the school play at 290 (two pieces), a gap at the end."""
    mix = keep(memory, LENGTH_S, n_channels=4)
    ended_us = ROOM_START_US + round(LENGTH_S * 1e6)
    memory.add_session(
        Session(
            id="room", started_us=ROOM_START_US, ended_us=ended_us, zone="Europe/Berlin",
            title="2026-10-13_14-00-00 lunch", media=mix, n_channels=4, rate_hz=8000,
        )
    )  # fmt: skip
    parts = [
        StreamPart(
            session="room", number=number, start_s=start_s, azimuth_rad=azimuth,
            media=keep(memory, end_s - start_s), spans=tuple(StreamSpan(a, b) for a, b, _text in said),
        )
        for number, start_s, end_s, azimuth, said in (
            (0, 0.0, LENGTH_S, 2.44, KITCHEN), (1, 0.0, CUT_S, 5.06, WINDOW), (1, CUT_S, LENGTH_S, 5.06, WINDOW)
        )
    ]  # fmt: skip
    memory.add_streams(parts)
    own = {0: parts[0].media, 1: parts[1].media}
    remember(
        memory,
        [
            replace(m, zone="Europe/Berlin", media=replace(own[m.stream or 0], offset_s=0.1, duration_s=1.0))
            for m in room()
        ],
    )
    memory.add_gap(Gap(source="Desk array", started_us=ended_us - 2_000_000, ended_us=ended_us, reason="it was muted"))


def fill_turns(memory: Memory) -> None:
    """A recording of one conversation whose two talkers, at 140 and 150 degrees, have a stream each."""
    start_us = ROOM_START_US - 3_600_000_000
    memory.add_session(Session(id="turns", started_us=start_us, ended_us=start_us + 20_000_000, zone="Europe/Berlin"))
    for number, said in ((0, KITCHEN[::2]), (1, KITCHEN[1::2])):
        media = keep(memory, LENGTH_S - number)
        memory.add_streams([StreamPart(session="turns", number=number, start_s=0.0, azimuth_rad=2.5, media=media)])
        remember(memory, heard(said, azimuth_deg=140 + 10 * number, stream=number, session="turns", start_us=start_us))


def keep(memory: Memory, seconds: float, *, n_channels: int = 1) -> Media:
    """Keep a silent recording."""
    media = memory.keep_bytes(tone(seconds, n_channels), ".wav")
    return replace(media, duration_s=seconds)
