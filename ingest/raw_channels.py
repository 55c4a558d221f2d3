"""What becomes of an array recording's channels once its directions are separated, as the user set.

Role: finds recordings whose time has come and puts the mixed sound in the place of the channels. The streams, their
voices and the original's hash (so that it is known when it is imported again) stay. Nothing is dropped where separation
failed, nor before every stream's file is there and the mixed sound is durable; a crash at any point leaves one of the
two.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.audio import RATE_HZ, open_recording
from ingest.chapters import AS_ONE
from ingest.errors import BadInput
from ingest.mixdown import FloatArray
from memory import failpoints
from memory.errors import MemoryFault
from memory.home import open_private
from memory.records import Session
from memory.store import Memory
from models.protocols import CancelToken

log = logging.getLogger(__name__)
_DAY_US = 86_400_000_000
_DAYS = re.compile(r"(\d{1,5}) days?")
_SLACK_S = 1.0  # a mix that is shorter than what was separated by more than this is not the whole recording


@dataclass(frozen=True, slots=True)
class RawChannels:
    """For how many days after separation the channels are kept; None keeps them for good."""

    days: int | None = None

    @classmethod
    def parse(cls, text: str) -> RawChannels:
        """Read "keep", "drop" or "30 days".

        Raises:
            ValueError: it is none of these.
        """
        if text == "keep":
            return cls()
        if text == "drop":
            return cls(0)
        told = _DAYS.fullmatch(text)
        if told is None:
            raise ValueError(f"“{text}” is neither keep, drop nor a number of days")
        return cls(int(told[1]))


def drop_channels(memory: Memory, rule: RawChannels, *, now_us: int, cancel: CancelToken) -> int:
    """Mix down every recording whose time has come; returns how many that were.

    Raises:
        Cancelled: what was done stays; the recording at work keeps its channels.
    """
    if rule.days is None:
        return 0
    n_done = 0
    for session, job in memory.list_settled(now_us - rule.days * _DAY_US):
        cancel.raise_if_cancelled()
        try:
            n_done += _mix_down(memory, session, job, cancel)
        except (BadInput, MemoryFault) as error:  # it keeps its channels, and is tried again at the next import
            log.warning("job %d keeps its channels: %s", job, type(error).__name__)
    return n_done


def _mix_down(memory: Memory, session_id: str, job_id: int, cancel: CancelToken) -> bool:
    session, job = memory.find_session(session_id), memory.jobs.find(job_id)
    if session is None or session.media is None or job is None:
        return False
    if any(AS_ONE in note for note in job.payload["separated"]["notes"]) or not _is_whole(memory, session):
        return False
    draft = memory.draft_path()
    try:
        n_samples = _write_mix(memory.media_path(session.media), session.title, draft, cancel)
        if n_samples < job.payload["separated"]["ends"][-1] - _SLACK_S * RATE_HZ:
            raise BadInput("The recording ends before what was separated from it.")
        media = memory.keep_file(draft, move=True, suffix=".flac")
    finally:
        draft.unlink(missing_ok=True)
    failpoints.hit("raw.mixed")
    payload = {**job.payload, "media_sha256": media.sha256, "suffix": media.suffix, "is_mixed_down": True}
    mixed = replace(media, duration_s=round(n_samples / RATE_HZ, 3))
    return memory.replace_recording(session, mixed, job_step=(job.id, "done", payload))


def _is_whole(memory: Memory, session: Session) -> bool:
    """Whether the sound of every direction is there: where one is lost, the channels are all that is left of it."""
    return all(memory.media_path(part.media).is_file() for part in memory.list_streams(session.id))


def _write_mix(raw: Path, name: str, draft: Path, cancel: CancelToken) -> int:
    """Write all channels as one, 16 kHz; returns how many samples that are."""
    import soundfile

    n_samples = 0
    descriptor = open_private(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    with (
        os.fdopen(descriptor, "wb") as file,
        soundfile.SoundFile(file, "w", RATE_HZ, 1, format="FLAC", subtype="PCM_16") as mix,
    ):
        for audio in _iter_mix(raw, name):
            cancel.raise_if_cancelled()
            mix.write(audio)
            n_samples += len(audio)
    return n_samples


def _iter_mix(raw: Path, name: str) -> Iterator[FloatArray]:
    for stretch in open_recording(raw, name=name).iter_stretches():
        yield stretch.audio
