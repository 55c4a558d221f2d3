"""Speech to text with Whisper: the one door to faster-whisper's recognizer.

Role: sound in, segments with word times out, one stretch of some minutes at a time, so that hours need no more memory
than minutes. Silence and noise give nothing: a voice activity detector goes first, and what the recognizer itself
doubts is dropped afterwards.

Source: Radford et al. 2022 (Whisper), section 4.5 for the thresholds of failed and silent windows.
"""

from __future__ import annotations

import logging
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from models.loading import IDLE_S, Lazy, LazyBackend, load_weights
from models.protocols import CancelToken, FloatArray, Segment, Word
from models.vad import RATE_HZ, find_speech
from models.weights import Model, WeightsFolder
from models.word_pieces import give_back, without_pieces

logger = logging.getLogger(__name__)

# The last minute is searched for a pause: it costs a tenth of the detector, which is a twentieth of the recognizer.
_LOOK_BACK_S = 60.0
_SURE_LANGUAGE = 0.5
# What Whisper says when nobody speaks: the ends of the subtitles it was trained on.
_STOCK_PHRASES = frozenset(
    (
        "you",
        "bye",
        "bye bye",
        "thanks",
        "thank you",
        "thank you very much",
        "thank you so much",
        "thanks for watching",
        "thank you for watching",
        "please subscribe",
        "see you next time",
        "see you in the next video",
        "the end",
        "so",
        "oh",
        "hmm",
        "okay",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhisperOptions:
    """How to recognize.

    Attributes:
        beam_size: Hypotheses kept; 1 is greedy.
        temperatures: Tried in order while a window fails; few, because high ones invent words.
        n_threads: Of the processor.
        max_compression: Text that packs better than this is a loop (Whisper's own threshold).
        min_logprob: Mean log probability of a token below which a window has failed (Whisper's own threshold).
        max_no_speech: Probability of silence above which a doubtful window is silence (Whisper's own threshold).
        min_speech: Probability of speech from which the voice detector lets a window (32 ms) through. Silero's own .5
            cuts phrases out of separated streams; at .3 they stay, and noise, fans, keys and music still give nothing.
        stretch_s: Longer audio is worked through in stretches of at most this length, cut in pauses.
    """

    beam_size: int = 5
    temperatures: tuple[float, ...] = (0.0, 0.2, 0.4)
    n_threads: int = 2
    max_compression: float = 2.4
    min_logprob: float = -1.0
    max_no_speech: float = 0.6
    min_speech: float = 0.3
    stretch_s: float = 600.0


class WhisperTranscriber(LazyBackend[Any]):
    """Whisper, quantized to int8 at load.

    Args:
        folder: The folder of weights.
        model: Its entry in the catalogue.
        options: How to recognize.
        clock: Monotonic seconds.
        idle_s: Seconds without use after which it may be unloaded.
    """

    def __init__(
        self,
        folder: WeightsFolder,
        model: Model,
        options: WhisperOptions | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        idle_s: float = IDLE_S,
    ) -> None:
        self._options = options or WhisperOptions()

        def load() -> Any:
            return load_weights(folder, model, lambda path: _load(path, self._options.n_threads))

        super().__init__(f"{model.origin} int8", Lazy(load, clock=clock, idle_s=idle_s))

    def transcribe(
        self,
        audio: FloatArray,
        *,
        language: str | None = None,
        likely: str | None = None,
        cancel: CancelToken | None = None,
        report: Callable[[float], None] | None = None,
    ) -> Iterator[Segment]:
        """Recognize speech, in order of time; silence and noise give nothing.

        Args:
            audio: float32 (samples,), mono, 16 kHz, -1 to 1.
            language: ISO 639-1 code, or None to detect it in each stretch.
            likely: Taken where detection is in doubt: what the others in the room speak.
            cancel: Looked at between segments.
            report: Called with the seconds of audio finished so far.

        Raises:
            ValueError: The audio is not float32 of one dimension.
            WeightsMissing: The weights are not there.
            Cancelled: ``cancel`` was set.
        """
        if audio.ndim != 1 or audio.dtype != np.float32:
            raise ValueError(f"Audio must be float32 (samples,), not {audio.dtype} {audio.shape}")
        return self._iter_segments(audio, (language, likely), cancel or CancelToken(), report or (lambda _s: None))

    def _iter_segments(
        self,
        audio: FloatArray,
        languages: tuple[str | None, str | None],
        cancel: CancelToken,
        report: Callable[[float], None],
    ) -> Iterator[Segment]:
        language, likely = languages
        spoken = language or likely
        with self._lazy.borrow() as whisper:
            for start, end in iter_stretches(audio, stretch_s=self._options.stretch_s):
                cancel.raise_if_cancelled()
                offset_s = start / RATE_HZ
                raw, spoken = self._recognize(whisper, audio[start:end], language, spoken)
                for segment in self._keep_heard(raw, spoken or "", offset_s):
                    yield segment
                    cancel.raise_if_cancelled()
                    report(segment.end_s)
                report(end / RATE_HZ)

    def _recognize(
        self, whisper: Any, audio: FloatArray, asked: str | None, before: str | None
    ) -> tuple[Iterable[Any], str | None]:
        """Start one stretch; where its language is doubtful, that of the stretch before is taken."""
        options = self._options

        def start(language: str | None) -> tuple[Iterable[Any], Any]:
            found: tuple[Iterable[Any], Any] = whisper.transcribe(
                audio,
                language=language,
                beam_size=options.beam_size,
                temperature=list(options.temperatures),
                compression_ratio_threshold=options.max_compression,
                log_prob_threshold=options.min_logprob,
                no_speech_threshold=options.max_no_speech,
                condition_on_previous_text=False,
                word_timestamps=True,
                vad_filter=True,
                vad_parameters={"threshold": options.min_speech},
            )
            return found

        segments, info = start(asked)
        changed = asked is None and before is not None and info.language != before
        if changed and info.language_probability < _SURE_LANGUAGE:
            segments, info = start(before)
        return segments, info.language

    def _keep_heard(self, raw: Iterable[Any], language: str, offset_s: float) -> Iterator[Segment]:
        n_dropped = 0
        last = ""
        for found in raw:
            segment = _to_segment(found, language, offset_s)
            repeated = (
                bool(segment.text) and segment.text == last and segment.mean_logprob < self._options.min_logprob / 2
            )
            last = segment.text
            if repeated or self.is_invented(segment):
                n_dropped += 1
                continue
            yield segment
        if n_dropped:
            logger.info("dropped doubtful segments n=%d", n_dropped)

    def is_invented(self, segment: Segment) -> bool:
        """Whether a segment is a loop, hardly probable, or a stock phrase said with doubt."""
        options = self._options
        if not segment.text or compression_of(segment.text) > options.max_compression:
            return True
        if segment.mean_logprob < options.min_logprob * 1.3:
            return True
        sureness = float(np.mean([word.probability for word in segment.words])) if segment.words else 0.0
        if segment.no_speech_probability > options.max_no_speech and sureness < 0.5:
            return True
        bare = "".join(char for char in segment.text.lower() if char.isalnum() or char == " ").strip()
        return bare in _STOCK_PHRASES and (sureness < 0.5 or segment.no_speech_probability > options.max_no_speech)


def iter_stretches(audio: FloatArray, *, stretch_s: float) -> Iterator[tuple[int, int]]:
    """Cut long audio into stretches, each cut in the longest pause near its end.

    Args:
        audio: float32 (samples,), 16 kHz.
        stretch_s: A stretch is at most this long.

    Yields:
        (first, past the last) sample of each stretch; together they are the whole audio.
    """
    start, n_most = 0, round(stretch_s * RATE_HZ)
    n_back = round(min(_LOOK_BACK_S, stretch_s / 2) * RATE_HZ)
    while len(audio) - start > n_most:
        low = start + n_most - n_back
        end = low + _find_pause(audio[low : start + n_most])
        yield start, end
        start = end
    if start < len(audio):
        yield start, len(audio)


def _find_pause(audio: FloatArray) -> int:
    """Sample in the middle of the longest pause; without one, of the quietest 0.3 s."""
    duration_s = len(audio) / RATE_HZ
    spans = find_speech(audio, min_silence_s=0.3)
    edges = [0.0, *(edge for span in spans for edge in span), duration_s]
    pauses = [(edges[i], edges[i + 1]) for i in range(0, len(edges), 2)]
    start_s, end_s = max(pauses, key=lambda pause: pause[1] - pause[0])
    if end_s - start_s > 0.05:
        return max(1, round((start_s + end_s) / 2 * RATE_HZ))
    width = round(0.3 * RATE_HZ)
    blocks = audio[: len(audio) // width * width].reshape(-1, width)
    return int(np.argmin(np.mean(blocks**2, axis=1))) * width + width // 2


def compression_of(text: str) -> float:
    """How many times smaller zlib makes a text; speech stays below 2.4, loops do not."""
    data = text.encode()
    return len(data) / len(zlib.compress(data))


def _to_segment(found: Any, language: str, offset_s: float) -> Segment:
    return Segment(
        text=found.text.strip(),
        start_s=found.start + offset_s,
        end_s=found.end + offset_s,
        words=tuple(
            Word(word.word.strip(), word.start + offset_s, word.end + offset_s, word.probability)
            for word in found.words or ()
        ),
        mean_logprob=found.avg_logprob,
        no_speech_probability=found.no_speech_prob,
        language=language,
    )


def _load(path: Path, n_threads: int) -> Any:
    from faster_whisper import WhisperModel

    class OnceEncoded(WhisperModel):  # type: ignore[misc]
        """Encodes the first window once, though its language and its words both need it: a third of the work of a call.

        faster-whisper gives the detector of languages a frame of padding more than it decodes; here it gets the same.
        """

        _last: tuple[FloatArray, Any] | None = None

        def encode(self, features: FloatArray) -> Any:
            if self._last is None or not np.array_equal(self._last[0], features):
                self._last = (features.copy(), super().encode(features))
            return self._last[1]

        def detect_language(self, audio: Any = None, features: Any = None, **options: Any) -> Any:
            if features is not None and features.shape[-1] > 1:
                features = features[..., :-1]
            return super().detect_language(audio, features, **options)

    def load(folder: Path) -> OnceEncoded:
        return OnceEncoded(
            str(folder), device="cpu", compute_type="int8", cpu_threads=n_threads, num_workers=1, local_files_only=True
        )

    with without_pieces(path) as (folder, pieces):
        model = load(folder)
    if pieces is not None:
        try:
            give_back(model.hf_tokenizer, pieces)
        except ValueError:
            return load(path)
    return model
