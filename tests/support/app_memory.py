"""Memories of a few spoken lines and notes, with vectors, for tests of those who ask a memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ingest.embed import embed_pending
from memory.records import Kind, Moment, moment_id
from memory.store import Memory
from models.protocols import CancelToken
from tests.support.models_fakes import HashEmbedder

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 10, 14, 20, 0, tzinfo=BERLIN)  # a Wednesday


def at_us(text: str) -> int:
    """Microseconds of a local time in Berlin ("2026-10-13 09:30")."""
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp()) * 1_000_000


def build_embedder() -> HashEmbedder:
    """An embedder of so many dimensions that texts without a common word are not near each other."""
    return HashEmbedder(n_dims=1024)


def said(
    text: str, *, at: str = "2026-10-13 09:30", n: int = 0, session: str = "talk", speaker: str | None = None
) -> Moment:
    """An utterance: the ``n``-th of its session, ten seconds a line."""
    start = at_us(at) + n * 10_000_000
    return Moment(
        id=moment_id(session, n),
        kind=Kind.UTTERANCE,
        started_us=start,
        ended_us=start + 5_000_000,
        text=text,
        zone="Europe/Berlin",
        session=session,
        stream=0,
        ordinal=n,
        speaker=speaker,
    )


def noted(text: str, *, at: str = "2026-10-13 18:00", kind: Kind = Kind.NOTE) -> Moment:
    """A note (or a picture with these words)."""
    start = at_us(at)
    return Moment(
        id=moment_id(f"note {at}", text), kind=kind, started_us=start, ended_us=start, text=text, zone="Europe/Berlin"
    )


def talk(lines: Iterable[str], *, at: str = "2026-10-13 09:30", session: str = "talk") -> list[Moment]:
    """A conversation; a line may begin with its speaker ("Ana: ...")."""
    out = []
    for n, line in enumerate(lines):
        speaker, colon, words = line.partition(": ")
        out.append(said(words if colon else line, at=at, n=n, session=session, speaker=speaker if colon else None))
    return out


def remember(memory: Memory, moments: Sequence[Moment], embedder: HashEmbedder | None = None) -> None:
    """Write moments and their vectors."""
    memory.write_moments(moments)
    embed_pending(memory, embedder or build_embedder(), cancel=CancelToken())


def write_moments_file(path: Path, rows: Iterable[tuple[str, str]], *, session: str = "talk") -> Path:
    """A ``*.moments.jsonl`` of utterances: (local time, words); external ids count from 0."""
    lines = [
        {
            "kind": "utterance",
            "started_at": datetime.fromisoformat(at).replace(tzinfo=BERLIN).isoformat(),
            "text": text,
            "session": session,
            "external_id": f"{session}-{number}",
        }
        for number, (at, text) in enumerate(rows)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path
