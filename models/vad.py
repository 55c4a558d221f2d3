"""Where somebody speaks: Silero's voice activity detector, as faster-whisper carries it.

Role: audio to spans of speech. It keeps nothing and needs no weights of ours.
"""

from __future__ import annotations

from models.offline import set_offline_flags, set_thread_flags
from models.protocols import FloatArray

RATE_HZ = 16_000


def find_speech(
    audio: FloatArray,
    *,
    threshold: float = 0.5,
    min_silence_s: float = 0.5,
    min_speech_s: float = 0.1,
    pad_s: float = 0.1,
) -> tuple[tuple[float, float], ...]:
    """Find the stretches in which somebody speaks.

    Args:
        audio: float32 (samples,), mono, 16 kHz, -1 to 1.
        threshold: Probability of speech from which a window (32 ms) counts.
        min_silence_s: Shorter pauses do not end a stretch.
        min_speech_s: Shorter stretches are left out.
        pad_s: Added on both sides of a stretch.

    Returns:
        (start_s, end_s) in order, not overlapping.
    """
    if len(audio) == 0:
        return ()
    set_offline_flags()
    set_thread_flags()
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(
        threshold=threshold,
        min_silence_duration_ms=round(min_silence_s * 1000),
        min_speech_duration_ms=round(min_speech_s * 1000),
        speech_pad_ms=round(pad_s * 1000),
    )
    spans = get_speech_timestamps(audio, options, sampling_rate=RATE_HZ)
    return tuple((span["start"] / RATE_HZ, span["end"] / RATE_HZ) for span in spans)
