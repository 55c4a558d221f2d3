"""Sound out of any file: opened, checked and streamed as one channel at 16 kHz in stretches that end in quiet.

Role: a path in, arrays and what the file says about itself out, in bounded memory however long the recording is.
It hears no words. All channels stay in the kept file.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest import times
from ingest.containers import open_container
from ingest.errors import BadInput
from ingest.mixdown import FloatArray, Mixer
from ingest.times import When
from ingest.wav_header import check_wav
from memory.records import TimeSource

RATE_HZ = 16_000
MAX_CHANNELS = 16
STRETCH_S = 480.0  # transcribed and committed in one go: a crash costs at most this much work
_SEEK_QUIET_S = 30.0  # a stretch may end this much earlier, where it is quietest
_QUIET_S = 0.3
_BLOCK_S = 1.0
_MAX_ERRORS = 100  # damaged packets in a row before the rest of a file is given up
_FIRST_RECORDER_US = 631_152_000_000_000  # 1990: earlier metadata is a clock that was never set (1904, 1970)
_FULL_SCALE = {"u1": 128.0, "i2": 32768.0, "i4": 2147483648.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioInfo:
    """What a file says about its sound; lengths in headers are claims, not facts.

    Attributes:
        created_us: Creation time out of the metadata, or None.
        claimed_s: Length told by the header in seconds, or None.
        notes: What was found wrong on opening.
    """

    n_channels: int
    rate_hz: int
    codec: str
    has_video: bool
    created_us: int | None
    claimed_s: float | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a recording: float32 (samples,), mono, 16 kHz, -1 to 1, and where it begins in samples at 16 kHz."""

    audio: FloatArray
    start_sample: int
    is_last: bool

    @property
    def start_s(self) -> float:
        """Seconds from the start of the recording."""
        return self.start_sample / RATE_HZ

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.audio) / RATE_HZ


@dataclass(slots=True)
class Recording:
    """An audio file that is being read; ``notes`` grow while it is read."""

    path: Path
    name: str
    info: AudioInfo
    notes: list[str] = field(default_factory=list)
    n_samples: int = 0

    def iter_stretches(self, *, skip_samples: int = 0, stretch_s: float = STRETCH_S) -> Iterator[Stretch]:
        """Read the sound as one channel, piece by piece; the same file always gives the same pieces.

        Args:
            skip_samples: Samples at 16 kHz that are done already: the sum of the lengths of earlier pieces.
            stretch_s: Longest piece in seconds.

        Raises:
            BadInput: no sound at all can be decoded.
        """
        waiting: list[FloatArray] = []
        n_waiting = start = 0
        to_skip = skip_samples
        limit = int(stretch_s * RATE_HZ)
        for block in self._iter_mono():
            self.n_samples += len(block)
            skipped = min(to_skip, len(block))
            to_skip -= skipped
            start += skipped
            waiting.append(block[skipped:])
            n_waiting += len(block) - skipped
            while n_waiting >= limit:
                audio = np.concatenate(waiting)
                cut = find_quiet_cut(audio[:limit])
                yield Stretch(audio[:cut], start, is_last=False)
                start += cut
                waiting, n_waiting = [audio[cut:]], len(audio) - cut
        if self.n_samples == 0:
            raise BadInput(
                f"“{self.name}” holds no sound that can be decoded.",
                hint="Play it elsewhere to see whether it is whole.",
            )
        yield Stretch(np.concatenate(waiting) if waiting else np.zeros(0, np.float32), start, is_last=True)

    def iter_blocks(self) -> Iterator[tuple[FloatArray, int]]:
        """Read all channels as they are: float32 (channels, samples) of about a second, and their rate in Hz."""
        return _iter_blocks(self.path, self.notes)

    def _iter_mono(self) -> Iterator[FloatArray]:
        """Mix and resample blocks of about a second."""
        import soxr

        mixer = Mixer()
        resampler: Any = None
        rate_hz = 0
        for block, block_rate_hz in _iter_blocks(self.path, self.notes):
            if block_rate_hz != rate_hz:
                if resampler is not None:
                    yield resampler.resample_chunk(np.zeros(0, np.float32), last=True)
                rate_hz = block_rate_hz
                resampler = None if rate_hz == RATE_HZ else soxr.ResampleStream(rate_hz, RATE_HZ, 1, quality="HQ")
            mono = mixer.mix(block)
            yield np.clip(mono if resampler is None else resampler.resample_chunk(mono), -1, 1)
        if resampler is not None:
            yield np.clip(resampler.resample_chunk(np.zeros(0, np.float32), last=True), -1, 1)
        if mixer.n_bad_samples:
            self.notes.append(f"{mixer.n_bad_samples} samples were no numbers and count as silence")
        for channel, reason in sorted(mixer.dropped.items()):
            self.notes.append(f"channel {channel + 1} is {reason}")


def open_recording(path: Path, *, name: str = "") -> Recording:
    """Open a file and look at its sound without decoding it.

    Args:
        path: Where its bytes lie.
        name: What to call it in messages; the path's own name by default.

    Raises:
        BadInput: no sound in it, more than 16 channels, or damaged beyond reading.
    """
    import av

    name = name or path.name
    check = check_wav(path)
    if check.n_channels > MAX_CHANNELS:
        raise _too_many(name, check.n_channels)
    try:
        with open_container(path) as container:
            if not container.streams.audio:
                what = "a video without sound" if container.streams.video else "no sound"
                raise BadInput(
                    f"“{name}” holds {what}.", hint="Its picture may be kept as a video; there is nothing to hear."
                )
            if container.streams.audio[0].codec_context is None:
                raise BadInput(
                    f"“{name}” holds sound in a form that cannot be decoded.", hint="Export it as WAV, FLAC or MP3."
                )
            info = _read_info(container, check.notes)
    except (av.error.FFmpegError, ValueError, OverflowError, MemoryError) as error:
        raise BadInput(
            f"“{name}” is damaged: no sound could be read from it.",
            hint="Play it elsewhere to see whether it is whole.",
        ) from error
    if info.n_channels > MAX_CHANNELS:
        raise _too_many(name, info.n_channels)
    if info.n_channels < 1 or not 1_000 <= info.rate_hz <= 1_000_000:
        raise BadInput(
            f"“{name}” claims {info.n_channels} channels at {info.rate_hz} samples a second; its header is damaged.",
            hint="Export it again as WAV or FLAC.",
        )
    return Recording(path, name, info, list(info.notes))


def choose_time(
    info: AudioInfo, *, duration_s: float, name: str, file_us: int, zone: str, now_us: int, at_us: int | None
) -> When:
    """Choose when a recording began: told, else metadata, else the file's name, else the file's time less its length.

    Args:
        info: What the file says about itself.
        duration_s: Length in seconds, for the last case.
        name: The file's name.
        file_us: Modification time of the file, taken as the end of the recording.
        zone: The zone assumed where none is told.
        at_us: The start as told by the user, or None.
        now_us: Metadata later than tomorrow is a wrong clock and is not believed.
    """
    if at_us is not None:
        return When(at_us, zone, TimeSource.GIVEN)
    latest_us = now_us + 86_400_000_000
    if info.created_us is not None and _FIRST_RECORDER_US <= info.created_us <= latest_us:
        return When(info.created_us, zone, TimeSource.RECORDING)
    named = times.from_name(name, zone)
    return named or When(file_us - round(duration_s * 1e6), zone, TimeSource.FILE)


def find_quiet_cut(audio: FloatArray) -> int:
    """Find the quietest third of a second in the last half minute: where to cut without cutting a word.

    Args:
        audio: float32 (samples,), 16 kHz.

    Returns:
        The sample to cut at, greater than 0.
    """
    window = int(_QUIET_S * RATE_HZ)
    searched = min(int(_SEEK_QUIET_S * RATE_HZ), len(audio) // 2)
    if searched < 2 * window:
        return len(audio)
    tail = audio[len(audio) - searched :].astype(np.float64)
    energy = np.concatenate([[0.0], np.cumsum(tail * tail)])
    level = energy[window:] - energy[:-window]
    return len(audio) - searched + int(np.argmin(level)) + window // 2


def read_peaks(path: Path, *, offset_s: float, duration_s: float, n_points: int) -> list[float]:
    """Draw a stretch of sound: the peak level of equal parts, the loudest channel of each.

    Args:
        path: The file.
        offset_s: Start of the stretch in seconds.
        duration_s: Length of the stretch in seconds.
        n_points: How many parts.

    Returns:
        Levels from 0 to 1.

    Raises:
        BadInput: the file cannot be opened.
    """
    recording = open_recording(path)
    peaks = np.zeros(n_points)
    at_s = 0.0
    for samples, rate_hz, time_s in _iter_frames(path, recording.notes, start_s=max(0.0, offset_s - 1)):
        at_s = at_s if time_s is None else time_s
        level = np.nan_to_num(np.abs(samples).max(axis=0), nan=0.0, posinf=1.0)
        place = (at_s + np.arange(len(level)) / rate_hz - offset_s) / duration_s * n_points
        inside = (place >= 0) & (place < n_points)
        np.maximum.at(peaks, place[inside].astype(int), level[inside])
        at_s += len(level) / rate_hz
        if at_s > offset_s + duration_s:
            break
    return [float(peak) for peak in np.clip(peaks, 0, 1)]


def _too_many(name: str, n_channels: int) -> BadInput:
    return BadInput(
        f"“{name}” says it has {n_channels} channels; at most {MAX_CHANNELS} are taken.",
        hint="Export the channels you need, or check whether its header is damaged.",
    )


def read_clip(path: Path, *, offset_s: float, duration_s: float) -> FloatArray:
    """Read a short stretch as one channel: float32 (samples,), 16 kHz; empty where the file ends before.

    Raises:
        BadInput: the file cannot be opened.
    """
    import soxr

    recording = open_recording(path)
    parts: list[FloatArray] = []
    rate_hz, at_s = RATE_HZ, 0.0
    for samples, rate_hz, time_s in _iter_frames(path, recording.notes, start_s=max(0.0, offset_s - 1)):
        at_s = at_s if time_s is None else time_s
        first = max(0, round((offset_s - at_s) * rate_hz))
        last = max(0, round((offset_s + duration_s - at_s) * rate_hz))
        parts.append(np.nan_to_num(samples[:, first:last].mean(axis=0)))
        at_s += samples.shape[1] / rate_hz
        if at_s > offset_s + duration_s:
            break
    clip = np.concatenate(parts) if parts else np.zeros(0, np.float32)
    clip = clip if rate_hz == RATE_HZ or not len(clip) else soxr.resample(clip, rate_hz, RATE_HZ)
    return np.asarray(np.clip(clip, -1, 1), np.float32)


def _read_info(container: Any, notes: tuple[str, ...]) -> AudioInfo:
    stream = container.streams.audio[0]
    told = (container.metadata.get("creation_time"), stream.metadata.get("creation_time"))
    stamp = next(filter(None, told), None) or _bext_time(container) or _full_date(container)
    read = times.from_iso(stamp, "UTC") if stamp else None
    claimed = container.duration / 1e6 if container.duration and container.duration > 0 else None
    return AudioInfo(
        n_channels=stream.codec_context.channels,
        rate_hz=stream.codec_context.sample_rate or 0,
        codec=stream.codec_context.name,
        has_video=bool(container.streams.video),
        created_us=read[0] if read else None,
        claimed_s=claimed if claimed is not None and math.isfinite(claimed) else None,
        notes=notes,
    )


def _bext_time(container: Any) -> str | None:
    """Origination date and time of a broadcast wave (EBU Tech 3285), local time of the recorder."""
    date, clock = container.metadata.get("date", ""), container.metadata.get("origination_time")
    if clock is None:
        return None
    with contextlib.suppress(ValueError):
        return datetime.fromisoformat(f"{date}T{clock}").replace(tzinfo=UTC).isoformat()
    return None


def _full_date(container: Any) -> str | None:
    """A "date" that is a whole time with its offset, as our own recordings carry it; a year or a day alone is none."""
    date: str = container.metadata.get("date", "")
    with contextlib.suppress(ValueError):
        return date if "T" in date and datetime.fromisoformat(date).tzinfo is not None else None
    return None


def _iter_blocks(path: Path, notes: list[str]) -> Iterator[tuple[FloatArray, int]]:
    """Decode a file into blocks of about a second: float32 (channels, samples) and their rate in Hz."""
    waiting: list[FloatArray] = []
    n_waiting, shape = 0, (0, 0)
    for samples, rate_hz, _time_s in _iter_frames(path, notes):
        if shape != (samples.shape[0], rate_hz) and waiting:
            yield np.concatenate(waiting, axis=1), shape[1]
            waiting, n_waiting = [], 0
        shape = (samples.shape[0], rate_hz)
        waiting.append(samples)
        n_waiting += samples.shape[1]
        if n_waiting >= _BLOCK_S * rate_hz:
            yield np.concatenate(waiting, axis=1), rate_hz
            waiting, n_waiting = [], 0
    if waiting:
        yield np.concatenate(waiting, axis=1), shape[1]


def _iter_frames(
    path: Path, notes: list[str], *, start_s: float = 0.0
) -> Iterator[tuple[FloatArray, int, float | None]]:
    """Decode the first audio stream packet by packet; damage costs the packet, not the file.

    Yields:
        float32 (channels, samples), their rate in Hz, and their time in seconds from the start where it is known.
    """
    import av

    n_errors = n_in_row = 0
    with open_container(path) as container:
        stream = container.streams.audio[0]
        stream.thread_type = "NONE"
        first_s = float(stream.start_time * stream.time_base) if stream.start_time else 0.0
        if start_s > 0:
            with contextlib.suppress(av.error.FFmpegError):  # a file that cannot seek is read from its start
                container.seek(int((start_s + first_s) * 1_000_000))
        packets = container.demux(stream)
        while True:
            try:
                packet = next(packets)
                frames = [(frame, _to_float(frame)) for frame in packet.decode() if frame.samples and frame.sample_rate]
                n_in_row = 0
            except (StopIteration, EOFError):
                break
            except (av.error.FFmpegError, ValueError, MemoryError):
                n_errors += 1
                n_in_row += 1
                if n_in_row >= _MAX_ERRORS:
                    break
                continue
            for frame, samples in frames:
                yield samples, frame.sample_rate, None if frame.time is None else frame.time - first_s
    if n_errors:
        notes.append("parts of the file are damaged; what could be decoded was kept")


def _to_float(frame: Any) -> FloatArray:
    """Turn a decoded frame into float32 (channels, samples)."""
    if frame.format.name.startswith("s64"):  # numpy's door in PyAV knows no 64 bits
        import av

        (frame,) = av.AudioResampler(format="fltp").resample(frame)
    samples: NDArray[Any] = frame.to_ndarray()
    if not frame.format.is_planar:
        samples = samples.reshape(-1, len(frame.layout.channels)).T
    kind = samples.dtype.str[1:]
    if kind == "u1":
        samples = samples.astype(np.float32) - 128.0
    if kind in _FULL_SCALE:
        return np.ascontiguousarray(samples.astype(np.float32) / _FULL_SCALE[kind])
    with np.errstate(over="ignore", invalid="ignore"):
        return np.ascontiguousarray(samples, dtype=np.float32)
