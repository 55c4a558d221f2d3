"""When each word of an utterance is heard, so that words can follow the sound and be played from.

Role: pure functions over a moment. The recognizer's word times are kept in the moment's details; a word without one
(the user corrected the text, or no recognizer that tells times ever heard it) shares the time between its neighbours by
its length.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from memory.records import Moment

_WORD = re.compile(r"\S+")
_BARE = re.compile(r"\W+")
Times = tuple[float, float]


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word: its span in the moment's text, and when it is heard in seconds from the moment's start."""

    start: int
    end: int
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """The words of an utterance, in order.

    Attributes:
        words: Each with its time.
        is_measured: Whether any of the times was heard; otherwise all are shared out by length.
    """

    words: tuple[SpokenWord, ...]
    is_measured: bool

    def at(self, second: float) -> SpokenWord | None:
        """The word that is heard at a second of the moment: the last one that began."""
        after = bisect_right([word.start_s for word in self.words], second)
        return self.words[max(0, after - 1)] if self.words else None

    def of(self, place: int) -> SpokenWord | None:
        """The word that holds a place of the text; between two words there is none."""
        return next((word for word in self.words if word.start <= place <= word.end), None)


def read_words(moment: Moment) -> SpokenWords:
    """Read when the words of a moment are heard.

    Times in the details count from the start of the recording, and a moment begins with its first word.
    """
    spans = [match.span() for match in _WORD.finditer(moment.text)]
    heard = [(str(word), float(start), float(end)) for word, start, end, *_sure in moment.details.get("words") or ()]
    begin_s = min((start for _word, start, _end in heard), default=0.0)
    pieces = [(word, start - begin_s, end - begin_s) for word, start, end in heard if word]
    length_s = moment.media.duration_s if moment.media else (moment.ended_us - moment.started_us) / 1e6
    known = _walk(moment.text, spans, pieces) or _align(moment.text, spans, pieces)
    times = _fill(spans, known, length_s)
    words = tuple(SpokenWord(*span, *time) for span, time in zip(spans, times, strict=True))
    return SpokenWords(words, any(time is not None for time in known))


def _walk(
    text: str, spans: Sequence[tuple[int, int]], pieces: Sequence[tuple[str, float, float]]
) -> list[Times | None] | None:
    """Times of words where the text is the one that was heard; several pieces may make one word ("4" ",000")."""
    found: list[Times | None] = [None] * len(spans)
    at = n = 0
    for piece, start_s, end_s in pieces:
        while at < len(text) and text[at].isspace():
            at += 1
        while n < len(spans) and spans[n][1] <= at:
            n += 1
        if n == len(spans) or not text.startswith(piece, at):
            return None
        before = found[n]
        found[n] = (before[0] if before else start_s, end_s)
        at += len(piece)
    return found if pieces else None


def _align(
    text: str, spans: Sequence[tuple[int, int]], pieces: Sequence[tuple[str, float, float]]
) -> list[Times | None]:
    """Times of the words that a corrected text shares with what was heard."""
    found: list[Times | None] = [None] * len(spans)
    now = [_BARE.sub("", text[start:end]).casefold() for start, end in spans]
    then = [_BARE.sub("", piece).casefold() for piece, _start, _end in pieces]
    for a, b, size in SequenceMatcher(None, now, then, autojunk=False).get_matching_blocks():
        for n in range(size):
            found[a + n] = pieces[b + n][1:]
    return found


def _fill(spans: Sequence[tuple[int, int]], known: Sequence[Times | None], length_s: float) -> list[Times]:
    """Share the time between two known words among those between them, by their letters."""
    times: list[Times] = []
    n = 0
    while n < len(spans):
        here = known[n]
        if here is not None:
            times.append(here)
            n += 1
            continue
        until = next((m for m in range(n, len(spans)) if known[m] is not None), len(spans))
        following = known[until] if until < len(spans) else None
        begin_s = times[-1][1] if times else 0.0
        end_s = max(begin_s, following[0] if following else length_s)
        letters = sum(end - start for start, end in spans[n:until])
        for start, end in spans[n:until]:
            stop_s = begin_s + (end_s - begin_s) * (end - start) / letters
            letters -= end - start
            times.append((begin_s, stop_s))
            begin_s = stop_s
        n = until
    return times
