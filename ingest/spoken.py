"""A spoken note: a microphone is listened to until the speaker falls silent, and every block is on disk at once.

Role: sound in, a session of the spool out. It loads no model: that somebody speaks is told by loudness, and what was
said is found out later. Where sound is being recorded anyway, it is given that stream instead of a device.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from ingest.devices import Microphones, OpenMicrophone, Wanted
from ingest.levels import Levels, Pcm, measure
from ingest.ring import LateSink, Ring
from ingest.spool import SessionFacts, SessionWriter, Spool

LONGEST_S = 60.0
SILENCE_S = 1.5  # so long nobody speaks at the end: longer than people pause within what they say in one go
PATIENCE_S = 10.0  # so long it is waited for the first word
_RING_S = 20.0
_STEP_S = 0.05
_BLOCK_S = 0.1
_STALL_S = 3.0
_LEAST_LEVEL = 0.003  # -50 dB of full scale: quieter than a voice at arm's length into any microphone
_OVER_GROUND = 3.0  # 10 dB over the quietest tenth of a second so far


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard.

    Attributes:
        key: Of its session in the spool.
        duration_s: Of all of it.
        was_loud: Whether somebody seems to have spoken.
    """

    key: str
    duration_s: float
    was_loud: bool


class SpeechEnd:
    """Tells when somebody who has spoken is silent: by the loudness of blocks, against the quietest one so far.

    Args:
        silence_s: So much silence is an end.
        patience_s: So long nobody need have spoken.
    """

    def __init__(self, *, silence_s: float = SILENCE_S, patience_s: float = PATIENCE_S) -> None:
        self._silence_s = silence_s
        self._patience_s = patience_s
        self._ground = float("inf")
        self._quiet_s = 0.0
        self.was_loud = False

    def is_over(self, levels: Levels, duration_s: float) -> bool:
        """Whether the note has ended with this block."""
        loudest = max(levels.rms, default=0.0)
        self._ground = min(self._ground, max(loudest, _LEAST_LEVEL / _OVER_GROUND))
        if loudest > _OVER_GROUND * self._ground:
            self._quiet_s, self.was_loud = 0.0, True
        else:
            self._quiet_s += duration_s
        return self._quiet_s >= (self._silence_s if self.was_loud else self._patience_s)


class NoteListener:
    """Listens to one note, on the thread that calls.

    Args:
        spool: Where its sound goes.
        microphones: Where it comes from.
        now_us: Tells the time.
        rest: Waits so many seconds.
    """

    def __init__(
        self,
        spool: Spool,
        microphones: Microphones,
        *,
        now_us: Callable[[], int],
        rest: Callable[[float], None] = time.sleep,
    ) -> None:
        self._spool = spool
        self._microphones = microphones
        self._now_us = now_us
        self._rest = rest

    def listen(
        self,
        wanted: Wanted,
        *,
        longest_s: float = LONGEST_S,
        is_stopped: Callable[[], bool] = lambda: False,
        on_begin: Callable[[str], None] = lambda _key: None,
        report: Callable[[Levels, float], None] = lambda _levels, _seconds: None,
    ) -> Heard | None:
        """Listen until the speaker is silent, it is stopped, or it has taken ``longest_s``.

        Args:
            wanted: With which microphone.
            longest_s: Most seconds.
            is_stopped: Asked many times a second.
            on_begin: Told the key of the session before its first block is written.
            report: Told the loudness of each tenth of a second, and the seconds so far.

        Returns:
            What was heard, on disk; None where the microphone gave nothing, or nothing but zeros.

        Raises:
            NoMicrophone: there is none, or it cannot be opened.
            OSError: the disk is full or gone; what was heard before is kept in the spool.
        """
        sink = LateSink()
        stream = self._microphones.open(wanted, sink)
        try:
            note = self._begin(stream, on_begin)
            with contextlib.closing(note.writer):
                ring = Ring(int(_RING_S * stream.rate_hz) * stream.n_channels * 2)
                sink.open(ring)
                self._follow(stream, ring, note, longest_s=longest_s, is_stopped=is_stopped, report=report)
        finally:
            stream.close()
        if note.has_sound:
            return Heard(note.writer.key, note.writer.length_s, note.end.was_loud)
        self._spool.delete(note.writer.key)
        return None

    def _begin(self, stream: OpenMicrophone, on_begin: Callable[[str], None]) -> _Note:
        self._spool.create()
        facts = SessionFacts(
            started_us=self._now_us(), device=stream.device.name, n_channels=stream.n_channels, rate_hz=stream.rate_hz
        )
        note = _Note(SessionWriter(self._spool, facts))
        on_begin(note.writer.key)
        return note

    def _follow(
        self,
        stream: OpenMicrophone,
        ring: Ring,
        note: _Note,
        *,
        longest_s: float,
        is_stopped: Callable[[], bool],
        report: Callable[[Levels, float], None],
    ) -> None:
        """Bring to the disk what comes, until it is over."""
        n_channels, rate_hz = stream.n_channels, stream.rate_hz
        n_left = round(longest_s * rate_hz)
        still_s = 0.0
        while n_left > 0 and still_s < _STALL_S:
            is_last = is_stopped() or not stream.is_active()  # asked first: what came before it is still taken
            still_s = 0.0 if ring.n_waiting else still_s + _STEP_S
            while n_left > 0 and (data := ring.read(min(round(_BLOCK_S * rate_hz), n_left) * 2 * n_channels)):
                ring.take_loss()  # what a busy computer lost of a note cannot be brought back; what comes after it can
                ring.take_break()
                pcm = np.frombuffer(data, "<i2").reshape(-1, n_channels)
                n_left -= len(pcm)
                if note.take(pcm, report):
                    return
            if is_last:
                return
            self._rest(_STEP_S)


@dataclass(slots=True)
class _Note:
    """A note that is being heard."""

    writer: SessionWriter
    end: SpeechEnd = field(default_factory=SpeechEnd)
    has_sound: bool = False

    def take(self, pcm: Pcm, report: Callable[[Levels, float], None]) -> bool:
        """Keep a block; says whether the note has ended with it."""
        self.writer.write(pcm)
        self.has_sound = self.has_sound or bool(pcm.any())
        levels = measure(pcm)
        report(levels, self.writer.length_s)
        return self.end.is_over(levels, len(pcm) / self.writer.facts.rate_hz)
