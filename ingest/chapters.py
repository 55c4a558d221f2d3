"""One chapter of an array recording: is the array sound, who speaks where, and each direction by itself.

Role: arrays in, separated voices and notes in words out; no files, no database. Where the array cannot be believed, or
nothing has a direction, the chapter comes back mixed down, and the notes say so.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ingest.audio import RATE_HZ
from ingest.hearing.blocks import BlockHearing, BlockOptions, Piece
from ingest.hearing.calibrate import Calibration, Issue, Kind, check
from ingest.hearing.geometry import MicArray
from ingest.mixdown import FloatArray, Mixer
from memory.records import StreamSpan

log = logging.getLogger(__name__)

_CHECK_S = 20.0  # enough speech for the calibration; the loudest stretch of a chapter tells most
_CHECK_FROM_DB = -60.0  # below full scale: in quieter sound nothing can be said of the microphones
_PUSH_S = 10.0
_SHORTEST_S = 1.0
_LEAST_SPEECH_S = 0.3
_GEOMETRY: tuple[Kind, ...] = ("swapped", "wrong_geometry")
AS_ONE = "All directions were heard as one."  # noted where the array could not be believed, or separation failed


@dataclass(frozen=True, slots=True)
class Voice:
    """One direction of a chapter.

    Attributes:
        azimuth_rad: On the average, or None when unknown.
        audio: float32 (samples,), as long as the chapter, as loud as at the first microphone.
        spans: When somebody speaks there; seconds from the start of the chapter.
    """

    azimuth_rad: float | None
    audio: FloatArray
    spans: tuple[StreamSpan, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """What a chapter gave.

    Attributes:
        voices: One a direction.
        notes: What a person should know, in words.
        calibration: What was found out about the microphones; None where it was too quiet to tell.
    """

    voices: tuple[Voice, ...]
    notes: tuple[str, ...] = ()
    calibration: Calibration | None = None


def hear_chapter(
    audio: FloatArray,
    positions_m: Sequence[Sequence[float]],
    *,
    options: BlockOptions,
    calibration: Calibration | None = None,
    step: Callable[[float], None] = lambda _share: None,
) -> Heard:
    """Separate one chapter.

    Args:
        audio: float32 (channels, samples), 16 kHz.
        positions_m: (channels, 2 or 3), metres.
        options: How it is cut and separated.
        calibration: What is known of the microphones; found out anew by default.
        step: Told the share that is done, 0 to 1; may raise to stop.
    """
    if not audio.any():
        return Heard(())
    array = MicArray.from_positions(positions_m)
    notes: list[str] = []
    if audio.shape[1] < _SHORTEST_S * RATE_HZ:
        return Heard((_mix(audio),))
    found = calibration or _calibrate(audio, array)
    if found is not None:
        notes += [issue.message for issue in found.issues]
        if len(found.usable) < 2 or any(issue.kind in _GEOMETRY for issue in found.issues):
            return Heard((_mix(audio),), (*notes, AS_ONE), found)
        audio, array = found.apply(audio, array)
    try:
        voices = _separate(audio, array, options, step)
    except (ValueError, ArithmeticError, np.linalg.LinAlgError) as error:
        log.warning("a chapter of %d channels could not be separated: %s", len(audio), type(error).__name__)
        return Heard((_mix(audio),), (*notes, f"A part of the recording could not be separated. {AS_ONE}"), found)
    return Heard(tuple(voices) or (_mix(audio),), tuple(notes), found)


def mean_azimuth_rad(spans: Sequence[StreamSpan], start_s: float = -np.inf, end_s: float = np.inf) -> float | None:
    """The circular mean of the azimuths of spans, weighted by how long each lasts between two times.

    Source: Mardia and Jupp 2000, "Directional Statistics", section 2.2.
    """
    total = 0j
    for span in spans:
        length_s = min(span.end_s, end_s) - max(span.start_s, start_s)
        if span.azimuth_rad is not None and length_s > 0:
            total += length_s * np.exp(1j * span.azimuth_rad)
    return float(np.angle(total) % (2 * np.pi)) if abs(total) > 1e-9 else None


def _calibrate(audio: FloatArray, array: MicArray) -> Calibration | None:
    """Look at the loudest stretch; None where it is too quiet to tell.

    What is said of the geometry rests on who happened to speak from where: it is believed only if at least one
    half of the stretch finds something wrong with it by itself.
    """
    window = _find_loudest(audio)
    if 10 * np.log10(np.mean(window**2, axis=1).max() + 1e-20) < _CHECK_FROM_DB:
        return None
    found = check(window, array)
    if not any(issue.kind in _GEOMETRY for issue in found.issues):
        return found
    half = window.shape[1] // 2
    halves = [check(part, array).issues for part in (window[:, :half], window[:, half:])]
    believed = tuple(issue for issue in found.issues if _is_believed(issue, halves, array))
    return replace(found, issues=believed)


def _is_believed(issue: Issue, halves: Sequence[Sequence[Issue]], array: MicArray) -> bool:
    if issue.kind not in _GEOMETRY:
        return True
    if issue.kind == "wrong_geometry" and array.is_ambiguous:
        return False  # to a line, greater distances look like a talker nearer to its ends
    return any(other.kind in _GEOMETRY for half in halves for other in half)


def _find_loudest(audio: FloatArray) -> FloatArray:
    n_window = int(_CHECK_S * RATE_HZ)
    sums = np.concatenate([[0.0], np.cumsum(np.max(audio**2, axis=0), dtype=np.float64)])
    starts = range(0, max(1, audio.shape[1] - n_window + 1), RATE_HZ)
    best = max(starts, key=lambda start: sums[min(start + n_window, audio.shape[1])] - sums[start])
    return audio[:, best : best + n_window]


def _separate(audio: FloatArray, array: MicArray, options: BlockOptions, step: Callable[[float], None]) -> list[Voice]:
    hearing = BlockHearing(array.positions_m, options=options)
    n_push = int(_PUSH_S * RATE_HZ)
    pieces: dict[int, list[Piece]] = {}
    for start in range(0, audio.shape[1], n_push):
        step(start / audio.shape[1])
        for piece in hearing.push(audio[:, start : start + n_push]):
            pieces.setdefault(piece.track, []).append(piece)
    for piece in hearing.finish():
        pieces.setdefault(piece.track, []).append(piece)
    voices = [_join(track, audio.shape[1]) for _number, track in sorted(pieces.items())]
    return [voice for voice in voices if sum(s.end_s - s.start_s for s in voice.spans) >= _LEAST_SPEECH_S]


def _join(pieces: Sequence[Piece], n_samples: int) -> Voice:
    audio = np.zeros(n_samples, np.float32)
    spans: list[StreamSpan] = []
    for piece in pieces:
        start = round(piece.start_s * RATE_HZ)
        n = min(len(piece.audio), n_samples - start)
        audio[start : start + n] = piece.audio[:n]
        spans += [StreamSpan(round(a, 3), round(b, 3), piece.azimuth_rad) for a, b in piece.activity if b > a]
    return Voice(mean_azimuth_rad(spans), audio, tuple(spans))


def _mix(audio: FloatArray) -> Voice:
    """The whole chapter as one voice without a direction."""
    mixer = Mixer()
    n_samples = audio.shape[1]
    mixed = [mixer.mix(audio[:, start : start + RATE_HZ]) for start in range(0, n_samples, RATE_HZ)]
    return Voice(None, np.concatenate(mixed), (StreamSpan(0.0, n_samples / RATE_HZ),))
