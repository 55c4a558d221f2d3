"""One talker heard in two streams is one utterance; two people who say the same words stay two.

Role: compares the words and the sound of the streams of one stretch and leaves each utterance where it belongs. No
separation is perfect: what leaks has the same words at the same time and the same waveform, only fainter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np

from ingest.audio import RATE_HZ
from ingest.mixdown import FloatArray
from ingest.utterances import Utterance, join_words
from models.protocols import Word

_NEAR_S = 1.5  # the recognizer's times of one sound in two streams differ by less
_GRAM = 5  # characters: a word misheard in one place leaves the others alone
_CONTAINED = 0.6
_ALIKE = 0.8  # of the words of short utterances
_SHORT_WORDS = 3
_SAME_SOUND = 0.25  # correlation; two voices that say the same stay below 0.1 over a second
_SAME_SOUND_SHORT = 0.5
_MUCH_FAINTER_DB = 10.0  # so much fainter, and word by word at the same instants: a leak, whatever filters did to it
_SAME_TIME_S = 0.3  # the recognizer's times of one sound in two streams, median over the words
_EVEN_DB = 1.0
_LAG_S = 0.02
_NOT_WORD = re.compile(r"[^\w']+")


@dataclass(slots=True)
class StreamWords:
    """What was heard in one stream during a stretch.

    Attributes:
        utterances: In order of time, seconds from the start of the recording.
        audio: float32 (samples,), 16 kHz, what was listened to; all streams on the same scale.
        start_s: Where the audio begins in the recording.
    """

    utterances: list[Utterance]
    audio: FloatArray
    start_s: float

    def cut(self, start_s: float, end_s: float) -> FloatArray:
        """The sound between two times of the recording."""
        first = max(0, int((start_s - self.start_s) * RATE_HZ))
        return self.audio[first : max(first, int((end_s - self.start_s) * RATE_HZ))]


def drop_leaks(streams: Sequence[StreamWords]) -> int:
    """Take utterances out of the streams they leaked into.

    Args:
        streams: Of one stretch of one recording; changed in place.

    Returns:
        How many utterances were taken out or cut.
    """
    n_dropped = 0
    for index, one in enumerate(streams):
        for other in streams[index + 1 :]:
            while _drop_one(one, other):
                n_dropped += 1
    return n_dropped


def is_same_words(small: Utterance, large: Utterance) -> bool:
    """Whether all but a little of ``small`` is also said in ``large`` at the same time."""
    near = [w for w in large.words if small.start_s - _NEAR_S <= _middle_s(w) <= small.end_s + _NEAR_S]
    said, heard = _plain(small.words), _plain(near)
    if not said or not heard:
        return False
    if len(said) < _SHORT_WORDS:
        return len(heard) <= len(said) + 1 and SequenceMatcher(None, said, heard).ratio() >= _ALIKE
    grams = _grams(said)
    return len(grams & _grams(heard)) / len(grams) >= _CONTAINED or SequenceMatcher(None, said, heard).ratio() >= _ALIKE


def likeness(one: FloatArray, other: FloatArray) -> float:
    """Greatest correlation of two sounds within 20 ms, 0 to 1."""
    n = min(len(one), len(other))
    if n == 0:
        return 0.0
    size = 1 << (2 * n - 1).bit_length()
    x, y = one[:n].astype(np.float64), other[:n].astype(np.float64)
    scale = float(np.linalg.norm(x) * np.linalg.norm(y))
    if scale < 1e-9:
        return 0.0
    correlation = np.fft.irfft(np.fft.rfft(x, size) * np.conj(np.fft.rfft(y, size)), size)
    lag = int(_LAG_S * RATE_HZ)
    return float(np.abs(np.concatenate([correlation[: lag + 1], correlation[-lag:]])).max()) / scale


def _drop_one(one: StreamWords, other: StreamWords) -> bool:
    """Find one leak between two streams and take it out; False where there is none."""
    for mine in one.utterances:
        for theirs in other.utterances:
            if theirs.start_s > mine.end_s + _NEAR_S:
                break
            if theirs.end_s < mine.start_s - _NEAR_S:
                continue
            is_mine_small = len(mine.words) <= len(theirs.words)
            small, large = (mine, theirs) if is_mine_small else (theirs, mine)
            if not is_same_words(small, large):
                continue
            home_of_small, home_of_large = (one, other) if is_mine_small else (other, one)
            fainter = _find_fainter(small, large, home_of_small, home_of_large)
            if fainter is small:
                home_of_small.utterances.remove(small)
                return True
            if fainter is large:
                _cut_out(home_of_large, large, small)
                return True
    return False


def _find_fainter(small: Utterance, large: Utterance, of_small: StreamWords, of_large: StreamWords) -> Utterance | None:
    """Which of two that say the same is the leak, or None where two people speak."""
    sounds = [home.cut(small.start_s, small.end_s) for home in (of_small, of_large)]
    levels = [10 * np.log10(float(np.mean(sound**2)) + 1e-12) if len(sound) else -120.0 for sound in sounds]
    louder_db = levels[0] - levels[1]
    needed = _SAME_SOUND if small.end_s - small.start_s >= 1.0 else _SAME_SOUND_SHORT
    is_faint = abs(louder_db) >= _MUCH_FAINTER_DB and apart_s(small, large) <= _SAME_TIME_S
    if not is_faint and likeness(sounds[0], sounds[1]) < needed:
        return None
    if abs(louder_db) < _EVEN_DB:
        return small if _trust(small) < _trust(large) or len(small.words) < len(large.words) else large
    return large if louder_db > 0 else small


def apart_s(small: Utterance, large: Utterance) -> float:
    """How far apart in time two say their common words: the median; two people who say the same drift apart."""
    times = [[(plain[0], _middle_s(w)) for w in one.words if (plain := _plain([w]))] for one in (small, large)]
    said, heard = times
    blocks = SequenceMatcher(None, [w for w, _at in said], [w for w, _at in heard], autojunk=False)
    apart = [
        abs(said[block.a + n][1] - heard[block.b + n][1])
        for block in blocks.get_matching_blocks()
        for n in range(block.size)
    ]
    return float(np.median(apart)) if apart else abs(small.start_s - large.start_s)


def _cut_out(home: StreamWords, large: Utterance, small: Utterance) -> None:
    """Leave of ``large`` what comes before and after the words that belong to ``small``."""
    said = _plain(small.words)
    inside = [
        index
        for index, word in enumerate(large.words)
        if small.start_s - _NEAR_S <= _middle_s(word) <= small.end_s + _NEAR_S
    ]
    heard = [" ".join(_plain([large.words[index]])) for index in inside]
    blocks = [b for b in SequenceMatcher(None, heard, said, autojunk=False).get_matching_blocks() if b.size]
    first = inside[blocks[0].a] if blocks else inside[0]
    last = inside[blocks[-1].a + blocks[-1].size - 1] if blocks else inside[-1]
    at = home.utterances.index(large)
    rest = [part for part in (large.words[:first], large.words[last + 1 :]) if len(part) > 1]
    home.utterances[at : at + 1] = [join_words(part) for part in rest]


def _trust(utterance: Utterance) -> float:
    return float(np.mean([word.probability for word in utterance.words]))


def _middle_s(word: Word) -> float:
    return (word.start_s + word.end_s) / 2


def _plain(words: Sequence[Word]) -> list[str]:
    return [plain for word in words if (plain := _NOT_WORD.sub("", word.text.lower()))]


def _grams(words: Sequence[str]) -> set[str]:
    text = " ".join(words)
    return {text[index : index + _GRAM] for index in range(max(1, len(text) - _GRAM + 1))}
