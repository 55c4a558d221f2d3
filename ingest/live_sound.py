"""The sound of a recording that still goes on, read from its spool as it grows: chapters that end in quiet.

Role: reads pieces up to what is on disk, brings them to 16 kHz, and cuts. What it gives is, sample by sample, what the
joined recording gives later (``spool_join``, ``channels``). It holds one chapter and what comes before it, no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ingest.audio import RATE_HZ, find_quiet_cut
from ingest.channels import Chapter
from ingest.levels import Pcm
from ingest.mixdown import FloatArray
from ingest.spool import SessionFacts, list_pieces
from ingest.spool_join import read_piece

SHORTEST_S = 8.0  # a call of the recognizer costs 1.4 to 2.4 s whether it hears 2 s or 28 s (facts.md)
LONGEST_S = 120.0  # when behind: most of the fixed cost is saved from a minute on
CONTEXT_S = 16.0  # heard again for the separation, which gains 5.8 dB from 8 s and 7.6 dB from half a minute (facts.md)
_FULL_SCALE = np.float32(1 / 32768)


@dataclass(frozen=True, slots=True)
class LiveChapter:
    """What is heard next, and the sound before it, float32 (channels, samples)."""

    chapter: Chapter
    context: FloatArray


class LiveSound:
    """Follows one session of the spool.

    Args:
        folder: Where its pieces lie.
        facts: What is known of it.
        done: Samples at 16 kHz that were taken in by an earlier run.
    """

    def __init__(self, folder: Path, facts: SessionFacts, *, done: int = 0) -> None:
        import soxr

        self._folder = folder
        self._facts = facts
        self._resampler: Any = None
        if facts.rate_hz != RATE_HZ:
            self._resampler = soxr.ResampleStream(facts.rate_hz, RATE_HZ, facts.n_channels, quality="HQ")
        self._piece, self._n_of_piece, self._n_frames = 0, 0, 0
        self._held = np.zeros((facts.n_channels, 0), np.float32)
        self._held_from = 0
        self.done = done

    @property
    def waiting_s(self) -> float:
        """Seconds that were read and not given yet."""
        return (self._held_from + self._held.shape[1] - self.done) / RATE_HZ

    def read_on(self) -> None:
        """Read what came to the disk, but never much more than is given next."""
        pieces = [piece for piece in list_pieces(self._folder) if piece.number >= self._piece]
        for piece in pieces:
            if self.waiting_s >= LONGEST_S:
                break
            if piece.number > self._piece:
                self._piece, self._n_of_piece = piece.number, 0
            begins = round((piece.started_us - self._facts.started_us) / 1e6 * self._facts.rate_hz)
            if self._n_of_piece == 0 and begins > self._n_frames:  # lost with a damaged piece
                self._add(np.zeros((begins - self._n_frames, self._facts.n_channels), np.int16))
            self._read_piece(piece.path, is_growing=piece is pieces[-1])
        self._drop_old()

    def find_next(self) -> LiveChapter | None:
        """The next chapter, or None while there is not enough sound for one. Not given again once ``done`` moved on."""
        if self.waiting_s < SHORTEST_S:
            return None
        first = self.done - self._held_from
        audio = self._held[:, first : first + round(LONGEST_S * RATE_HZ)]
        cut = find_quiet_cut(np.sqrt(np.mean(audio**2, axis=0)))
        return LiveChapter(Chapter(audio[:, :cut], self.done, is_last=False), self._held[:, :first])

    def _read_piece(self, path: Path, *, is_growing: bool) -> None:
        blocks = list(read_piece(path))
        if is_growing:  # the end of its last block may not be on disk yet
            blocks = blocks[:-1]
        pcm = np.concatenate(blocks)[self._n_of_piece :] if blocks else np.zeros((0, self._facts.n_channels), np.int16)
        if len(pcm):
            self._n_of_piece += len(pcm)
            self._add(pcm)

    def _add(self, pcm: Pcm) -> None:
        self._n_frames += len(pcm)
        audio: FloatArray = pcm.astype(np.float32) * _FULL_SCALE
        if self._resampler is not None:
            audio = self._resampler.resample_chunk(audio)
        self._held = np.concatenate([self._held, np.clip(audio.T, -1, 1)], axis=1)

    def _drop_old(self) -> None:
        n_old = self.done - round(CONTEXT_S * RATE_HZ) - self._held_from
        if n_old > 0:
            n_old = min(n_old, self._held.shape[1])
            self._held = self._held[:, n_old:].copy()
            self._held_from += n_old
