"""From the pieces of a session to one recording: whole, bit-exact, and carrying its own start.

Role: reads pieces, torn ones up to their last whole block, and writes one file whose metadata tell when it began. The
same pieces always give the same bytes, so that joining twice after a crash makes no second recording.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from ingest.levels import Pcm
from ingest.spool import FLAC_CHANNELS, SessionFacts, find_facts, list_pieces
from ingest.times import from_us
from memory.home import make_dir, open_private, sync_dir

_BLOCK = 65_536
_WHOLE = "whole"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """One recording out of its pieces.

    Attributes:
        path: Where it lies, or None when no sound could be read.
        ended_us: When its last sample was heard.
        holes_us: Stretches that a damaged piece lost; silence stands in their place.
    """

    path: Path | None
    facts: SessionFacts
    ended_us: int
    holes_us: tuple[tuple[int, int], ...] = ()


def join_session(folder: Path, *, zone: str) -> Joined | None:
    """Join what a session's folder holds; None when there is nothing to join.

    Args:
        folder: The session's folder in the spool.
        zone: The zone in which its name tells the time.

    Raises:
        OSError: the disk is full or gone.
    """
    pieces = list_pieces(folder)
    facts = find_facts(folder) or _facts_of_piece(folder)
    if facts is None:
        return None
    target = folder / _WHOLE / name_recording(facts, zone=zone)
    make_dir(target.parent)
    n_frames, holes = 0, []
    with _Writer(target, facts) as writer:
        for piece in pieces:
            begins = round((piece.started_us - facts.started_us) / 1e6 * facts.rate_hz)
            if begins > n_frames:
                holes.append((_at(facts, n_frames), _at(facts, begins)))
                writer.write_silence(begins - n_frames)
                n_frames = begins
            for pcm in read_piece(piece.path):
                writer.write(pcm)
                n_frames += len(pcm)
        writer.is_wanted = n_frames > 0
    return Joined(path=target if n_frames else None, facts=facts, ended_us=_at(facts, n_frames), holes_us=tuple(holes))


def name_recording(facts: SessionFacts, *, zone: str) -> str:
    """What the file of a session is called, in a zone."""
    suffix = ".flac" if facts.n_channels <= FLAC_CHANNELS else ".wav"
    return f"Recording {from_us(facts.started_us, zone):%Y-%m-%d %H-%M-%S}{suffix}"


def read_piece(path: Path) -> Iterator[Pcm]:
    """Read a piece bit-exactly, up to where it is torn.

    Yields:
        int16 (frames, channels).
    """
    import av

    try:
        with av.open(str(path), metadata_errors="ignore") as container:
            stream = container.streams.audio[0]
            for frame in container.decode(stream):
                n_channels = len(frame.layout.channels)
                yield np.ascontiguousarray(frame.to_ndarray().reshape(-1, n_channels))
    except (av.error.FFmpegError, IndexError, ValueError):
        return  # torn here: what was read before is whole


def _facts_of_piece(folder: Path) -> SessionFacts | None:
    """What the first readable piece tells, where the session's own note is lost."""
    import av

    for piece in list_pieces(folder):
        try:
            with av.open(str(piece.path)) as container:
                codec = container.streams.audio[0].codec_context
                return SessionFacts(
                    started_us=piece.started_us, device="", n_channels=codec.channels, rate_hz=codec.sample_rate
                )
        except (av.error.FFmpegError, IndexError):
            continue
    return None


def _at(facts: SessionFacts, n_frames: int) -> int:
    return facts.started_us + round(n_frames / facts.rate_hz * 1e6)


class _Writer:
    """Writes the whole beside its final name and moves it there when it is durable."""

    def __init__(self, target: Path, facts: SessionFacts) -> None:
        import soundfile

        self._target = target
        self._partial = target.with_suffix(".part")
        self._facts = facts
        self.is_wanted = True
        self._file: Any = soundfile.SoundFile(
            open_private(self._partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC), "w", samplerate=facts.rate_hz,
            channels=facts.n_channels, subtype="PCM_16", format="FLAC" if target.suffix == ".flac" else "WAV",
            closefd=True,
        )  # fmt: skip
        began = _EPOCH + timedelta(microseconds=facts.started_us)
        self._file.date = began.isoformat(timespec="microseconds")

    def write(self, pcm: Pcm) -> None:
        self._file.write(pcm)

    def write_silence(self, n_frames: int) -> None:
        for start in range(0, n_frames, _BLOCK):
            self._file.write(np.zeros((min(_BLOCK, n_frames - start), self._facts.n_channels), np.int16))

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        self._file.flush()
        self._file.close()
        if kind is None and self.is_wanted:
            self._partial.replace(self._target)
            sync_dir(self._target.parent)
        else:
            self._partial.unlink(missing_ok=True)
