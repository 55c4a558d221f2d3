"""The spool: sound on disk within a second of being heard, in short files that a crash cannot make unreadable.

Role: names, folders and the writer. A session is a folder; its pieces are FLAC (WAV beyond the eight channels that
FLAC can hold), ten seconds each, named by number, start in UTC and device. A FLAC whose end is missing is read up to
its last whole block (256 ms at 16 kHz); the header of the WAV is put right at each write.
Source: RFC 9639, 9.1.3 (at most eight channels).
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ingest.levels import Pcm
from memory.home import make_dir, open_private, write_whole

FLAC_CHANNELS = 8
PIECE_S = 10.0
_SYNC_S = 1.0
_NO_ROOM_BYTES = 2_000_000
_ABOUT = "session.json"
_INTENT = "recording.json"
_ENDED = "ended.json"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STAMP = "%Y%m%dT%H%M%S%fZ"
_PIECE = re.compile(r"(?P<number>\d{6})_(?P<start>\d{8}T\d{12}Z)_[a-z0-9-]*\.(flac|wav)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFacts:
    """What is known of a recording when it begins.

    Attributes:
        started_us: UTC microseconds of its first sample.
        array: Geometry of the microphones as JSON text, or None.
    """

    started_us: int
    device: str
    n_channels: int
    rate_hz: int
    array: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A short file of a session: where it lies, its number, and when its first sample was heard."""

    path: Path
    number: int
    started_us: int


class Spool:
    """A folder of a home where sound waits to be brought into memory.

    Args:
        home: The home.
        name: Of the folder.
    """

    def __init__(self, home: Path, name: str = "spool") -> None:
        self.folder = home / name

    def create(self) -> None:
        """Make the folder, mode 0700."""
        make_dir(self.folder)

    def list_keys(self) -> list[str]:
        """Sessions that are not in memory yet, oldest first."""
        if not self.folder.is_dir():
            return []
        return sorted(path.name for path in self.folder.iterdir() if path.is_dir())

    def session_folder(self, key: str) -> Path:
        """Where a session's pieces lie."""
        return self.folder / key

    def delete(self, key: str) -> None:
        """Delete a session that is kept in memory now."""
        shutil.rmtree(self.folder / key, ignore_errors=True)

    def measure(self, key: str | None) -> tuple[int, float]:
        """What the disk says of a session: its bytes, and when they last grew in seconds since the epoch (or 0)."""
        n_bytes, grown_s = 0, 0.0
        with contextlib.suppress(OSError):
            for entry in os.scandir(self.folder / key) if key else ():
                if _PIECE.fullmatch(entry.name):
                    found = entry.stat()
                    n_bytes += found.st_size
                    grown_s = max(grown_s, found.st_mtime)
        return n_bytes, grown_s

    def is_full(self) -> bool:
        """Whether the disk has no room for even a few seconds of sound."""
        try:
            return shutil.disk_usage(self.folder).free < _NO_ROOM_BYTES
        except OSError:
            return False

    def note_intent(self, sound_until_us: int) -> None:
        """Note that recording is on and up to when there is sound, so that a crash leaves a gap and not a riddle."""
        write_whole(self.folder / _INTENT, json.dumps({"sound_until_us": sound_until_us}))

    def drop_intent(self) -> None:
        """Note that recording is off."""
        (self.folder / _INTENT).unlink(missing_ok=True)

    def find_intent(self) -> int | None:
        """Up to when there was sound if recording is on, or was when the program ended, else None."""
        told = _read_json(self.folder / _INTENT).get("sound_until_us")
        return told if isinstance(told, int) else None

    def note_end(self, now_us: int) -> None:
        """At a start: keep what the note of an earlier run tells apart from the one that the next recording writes."""
        until_us = self.find_intent()
        if until_us is not None and not (self.folder / _ENDED).exists():
            write_whole(self.folder / _ENDED, json.dumps({"sound_until_us": until_us, "noticed_us": now_us}))
        self.drop_intent()

    def find_end(self) -> tuple[int, int] | None:
        """Up to when an earlier run that was torn off had sound, and when that was noticed; None when none was."""
        told = _read_json(self.folder / _ENDED)
        try:
            return int(told["sound_until_us"]), int(told["noticed_us"])
        except (KeyError, TypeError, ValueError):
            return None

    def drop_end(self) -> None:
        """Note that the gap of the earlier run is kept."""
        (self.folder / _ENDED).unlink(missing_ok=True)


class SessionWriter:
    """Writes one continuous recording into the spool, piece by piece."""

    def __init__(self, spool: Spool, facts: SessionFacts) -> None:
        self.facts = facts
        self.n_frames = 0
        self._writer: _FlacPiece | _WavePiece | None = None
        self._n_piece = self._n_pieces = self._n_unsynced = 0
        self.key = stamp(facts.started_us)
        while (folder := spool.session_folder(self.key)).exists():  # two in the same microsecond: a clock set back
            self.key += "b"
        make_dir(folder)
        self._folder = folder
        write_whole(folder / _ABOUT, json.dumps(asdict(facts)))

    @property
    def length_s(self) -> float:
        """Seconds of sound so far."""
        return self.n_frames / self.facts.rate_hz

    @property
    def end_us(self) -> int:
        """When its last sample was heard, counted in samples from its start."""
        return self.facts.started_us + round(self.length_s * 1e6)

    def write(self, pcm: Pcm) -> None:
        """Append int16 (frames, channels); on disk when this returns, but for the block that is being coded.

        Raises:
            OSError: the disk is full or gone.
        """
        piece_frames = round(PIECE_S * self.facts.rate_hz)
        while len(pcm):
            if self._writer is None:
                self._writer = self._open_piece()
            part = pcm[: piece_frames - self._n_piece]
            self._writer.write(part)
            self.n_frames += len(part)
            self._n_piece += len(part)
            self._n_unsynced += len(part)
            pcm = pcm[len(part) :]
            if self._n_piece >= piece_frames:
                self._close_piece()
        if self._writer is not None and self._n_unsynced >= _SYNC_S * self.facts.rate_hz:
            self._writer.sync()
            self._n_unsynced = 0

    def close(self) -> None:
        """Finish the last piece; safe to call twice."""
        self._close_piece()

    def _open_piece(self) -> _FlacPiece | _WavePiece:
        is_flac = self.facts.n_channels <= FLAC_CHANNELS
        name = f"{self._n_pieces:06d}_{stamp(self.end_us)}_{_slug(self.facts.device)}{'.flac' if is_flac else '.wav'}"
        self._n_pieces += 1
        return (_FlacPiece if is_flac else _WavePiece)(self._folder / name, self.facts)

    def _close_piece(self) -> None:
        writer, self._writer = self._writer, None
        self._n_piece = self._n_unsynced = 0
        if writer is not None:
            writer.close()


class _FlacPiece:
    def __init__(self, path: Path, facts: SessionFacts) -> None:
        import soundfile

        self._error: type[Exception] = soundfile.LibsndfileError
        with self._told():
            self._file: Any = soundfile.SoundFile(
                open_private(path, os.O_RDWR | os.O_CREAT | os.O_EXCL), "w", samplerate=facts.rate_hz,
                channels=facts.n_channels, subtype="PCM_16", format="FLAC", closefd=True,
            )  # fmt: skip

    def write(self, pcm: Pcm) -> None:
        with self._told():
            self._file.write(pcm)

    def sync(self) -> None:
        with self._told():
            self._file.flush()

    def close(self) -> None:
        with self._told():
            self._file.flush()
            self._file.close()

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except self._error as error:
            raise OSError(errno.EIO, "sound cannot be written") from error


class _WavePiece:
    def __init__(self, path: Path, facts: SessionFacts) -> None:
        import wave

        self._raw = os.fdopen(open_private(path, os.O_RDWR | os.O_CREAT | os.O_EXCL), "w+b")
        self._file = wave.Wave_write(self._raw)
        self._file.setnchannels(facts.n_channels)
        self._file.setsampwidth(2)
        self._file.setframerate(facts.rate_hz)

    def write(self, pcm: Pcm) -> None:
        self._file.writeframes(pcm.astype("<i2").tobytes())
        self._raw.flush()

    def sync(self) -> None:
        os.fsync(self._raw.fileno())

    def close(self) -> None:
        self._file.close()
        self.sync()
        self._raw.close()


def list_pieces(folder: Path) -> list[Piece]:
    """The pieces of a session in order."""
    found = [(path, _PIECE.fullmatch(path.name)) for path in folder.iterdir()]
    pieces = [Piece(path, int(named["number"]), parse_stamp(named["start"])) for path, named in found if named]
    return sorted(pieces, key=lambda piece: piece.number)


def find_facts(folder: Path) -> SessionFacts | None:
    """What was known of a session when it began, or None when that note is not readable."""
    told = _read_json(folder / _ABOUT)
    try:
        return SessionFacts(**told)
    except TypeError:
        return None


def stamp(at_us: int) -> str:
    """A UTC time as it stands in file names, to the microsecond, in order when sorted."""
    return (_EPOCH + timedelta(microseconds=at_us)).strftime(_STAMP)


def parse_stamp(text: str) -> int:
    """Read what ``stamp`` wrote: UTC microseconds."""
    return (datetime.strptime(text, _STAMP).replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40]


def _read_json(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
