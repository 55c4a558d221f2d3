"""Sound out of any file with all its channels: 16 kHz, in chapters that end in quiet, for separation.

Role: the multichannel twin of ``Recording.iter_stretches``; at most one chapter is held. It separates nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ingest.audio import RATE_HZ, Recording, find_quiet_cut
from ingest.errors import BadInput
from ingest.mixdown import FloatArray


@dataclass(frozen=True, slots=True)
class Chapter:
    """A piece of a recording: float32 (channels, samples), 16 kHz, -1 to 1, and where it begins in samples."""

    audio: FloatArray
    start_sample: int
    is_last: bool

    @property
    def end_sample(self) -> int:
        """Where the next one begins."""
        return self.start_sample + int(self.audio.shape[1])


def iter_chapters(recording: Recording, *, chapter_s: float, skip_samples: int = 0) -> Iterator[Chapter]:
    """Read all channels piece by piece; the same file always gives the same pieces.

    Args:
        recording: What to read; the channels are those its header tells.
        chapter_s: Longest piece in seconds.
        skip_samples: Samples at 16 kHz that are done already: the end of an earlier piece.

    Raises:
        BadInput: no sound at all can be decoded.
    """
    limit = int(chapter_s * RATE_HZ)
    waiting: list[FloatArray] = []
    n_waiting = n_read = start = 0
    to_skip = skip_samples
    for block in _iter_resampled(recording):
        n_read += block.shape[1]
        skipped = min(to_skip, block.shape[1])
        to_skip -= skipped
        start += skipped
        waiting.append(block[:, skipped:])
        n_waiting += block.shape[1] - skipped
        while n_waiting >= limit:
            audio = np.concatenate(waiting, axis=1)
            cut = find_quiet_cut(np.sqrt(np.mean(audio[:, :limit] ** 2, axis=0)))
            rest = audio[:, cut:].copy()
            waiting, n_waiting = [rest], rest.shape[1]
            yield Chapter(audio[:, :cut], start, is_last=False)
            start += cut
    if n_read == 0:
        raise BadInput(
            f"“{recording.name}” holds no sound that can be decoded.",
            hint="Play it elsewhere to see whether it is whole.",
        )
    empty = np.zeros((recording.info.n_channels, 0), np.float32)
    yield Chapter(np.concatenate([empty, *waiting], axis=1), start, is_last=True)


def _iter_resampled(recording: Recording) -> Iterator[FloatArray]:
    import soxr

    n_channels = recording.info.n_channels
    resampler: Any = None
    rate_hz = 0
    for block, block_rate_hz in recording.iter_blocks():
        if block_rate_hz != rate_hz:
            if resampler is not None:
                yield _finish(resampler, n_channels)
            rate_hz = block_rate_hz
            resampler = None if rate_hz == RATE_HZ else soxr.ResampleStream(rate_hz, RATE_HZ, n_channels, quality="HQ")
        fitted = _fit(block, n_channels)
        if resampler is not None:
            fitted = np.ascontiguousarray(resampler.resample_chunk(np.ascontiguousarray(fitted.T)).T)
        yield np.clip(fitted, -1, 1)
    if resampler is not None:
        yield _finish(resampler, n_channels)


def _finish(resampler: Any, n_channels: int) -> FloatArray:
    rest: FloatArray = resampler.resample_chunk(np.zeros((0, n_channels), np.float32), last=True)
    return np.clip(np.ascontiguousarray(rest.T), -1, 1)


def _fit(block: FloatArray, n_channels: int) -> FloatArray:
    """Make values finite; a file that changes its channels on the way keeps the count it began with."""
    fitted = np.zeros((n_channels, block.shape[1]), np.float32)
    n_common = min(n_channels, len(block))
    fitted[:n_common] = np.nan_to_num(block[:n_common], posinf=0.0, neginf=0.0)
    return fitted
