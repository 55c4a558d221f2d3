"""From what the recognizer gives to what a person said in one go: words joined and cut at pauses and sentences.

Role: segments in, utterances out; no sound, no files. The unit matters for search: about a sentence or two, as a turn
in a conversation is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from models.protocols import Segment, Word

_PAUSE_S = 1.2  # silence that ends an utterance anywhere
_SENTENCE_PAUSE_S = 0.35  # silence that ends it behind a sentence
_ENOUGH_WORDS = 14  # a sentence's end closes an utterance of this many words even without a pause
_MOST_WORDS = 60
_MOST_S = 30.0
_ENDS = re.compile(r"[.!?…。！？][\"'”’)\]]*$")
# What a recognizer that splits at punctuation cuts off a word: "4" ",000", "9" ":30", "deep" "-sea", "don" "'t".
_GLUED = re.compile(r"(?<=\d) (?=[,.:/-]\d)| (?=[.-][^\W\d_])| (?=%)| (?=['’](?:t|s|re|ve|ll|d|m)\b)")
_SENTENCES = re.compile(r"(?<=[.!?…。！？])\s+")


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words said in one go; times in seconds on the same clock as the segments they came from."""

    text: str
    start_s: float
    end_s: float
    words: tuple[Word, ...]


def build_utterances(segments: Iterable[Segment]) -> list[Utterance]:
    """Join and cut segments into utterances, in order of time, no word lost."""
    utterances: list[Utterance] = []
    pending: list[Word] = []
    for segment in segments:
        for word in segment.words or tuple(_spread(segment)):
            if not word.text.strip():
                continue
            if pending and _is_cut(pending, word):
                utterances.append(join_words(pending))
                pending = []
            pending.append(word)
    if pending:
        utterances.append(join_words(pending))
    return utterances


def _is_cut(pending: Sequence[Word], following: Word) -> bool:
    last = pending[-1]
    pause_s = following.start_s - last.end_s
    if pause_s >= _PAUSE_S or following.end_s - pending[0].start_s > _MOST_S or len(pending) >= _MOST_WORDS:
        return True
    if not _ENDS.search(last.text.strip()):
        return False
    return pause_s >= _SENTENCE_PAUSE_S or len(pending) >= _ENOUGH_WORDS


def join_words(words: Sequence[Word]) -> Utterance:
    """Make one utterance of words (one at least); recognizers lead each with its own space, other sources have none."""
    has_spaces = any(word.text.startswith(" ") for word in words)
    text = "".join(w.text for w in words) if has_spaces else _GLUED.sub("", " ".join(w.text for w in words))
    start_s = min(word.start_s for word in words)
    return Utterance(" ".join(text.split()), start_s, max(start_s, *(word.end_s for word in words)), tuple(words))


def _spread(segment: Segment) -> Iterator[Word]:
    """Give a segment without word times one piece a sentence, its time shared by length."""
    pieces = [piece for piece in _SENTENCES.split(segment.text.strip()) if piece]
    total = sum(len(piece) for piece in pieces)
    at_s = segment.start_s
    for piece in pieces:
        until_s = at_s + (segment.end_s - segment.start_s) * len(piece) / total
        yield Word(" " + piece, at_s, until_s, 0.0)
        at_s = until_s
