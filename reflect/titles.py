"""What an event is called: a title and a summary made of its own moments.

Role: words out of words; no database, no model. Everything told stands in a moment of the event, so that it can be
withdrawn with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

import numpy as np

from memory.records import Kind, Moment, Trace
from memory.versions import VersionMarks, front_of, group
from reflect.segment import Run, say_length

_WORD = re.compile(r"[^\W\d_][\w’'-]{3,}")
_PARTS = re.compile(r"\s+[-–—|]\s+")
_MOST_NAMES = 2
_MOST_WORDS = 3
_QUOTED_LETTERS = 120
_QUOTED_WORDS = 4  # shorter ones ("Oh, really?") say nothing by themselves
# Words that fill talk and stand beside any subject.
_TALK = frozenset(
    "think thought well okay yeah yes right really honestly maybe actually basically know mean like just good great"
    " sure want need needs going gonna thing things something nothing anything everything someone somebody nobody"
    " nice back come came look make makes take takes still even also much away here there today tomorrow".split()
)
_KINDS = (
    (Kind.UTTERANCE, "utterance", "utterances"),
    (Kind.PHOTO, "photo", "photos"),
    (Kind.SCREENSHOT, "screenshot", "screenshots"),
    (Kind.SCENE, "scene", "scenes"),
    (Kind.NOTE, "note", "notes"),
)


class Namer:
    """Names the events of one day.

    Args:
        runs: All of them: what stands in many of them tells none from another.
        idle_words: Words that say nothing, small letters.
        me: The user's own names, which are left out of "with …".
    """

    def __init__(self, runs: Sequence[Run], *, idle_words: Collection[str], me: Collection[str]) -> None:
        self._idle = idle_words
        self._me = {name.casefold() for name in me}
        self._in_runs = Counter(word for run in runs for word in set(self._iter_words(run.traces)))
        self._n_runs = len(runs)

    def title(self, run: Run) -> str:
        """What it was, with whom, where: "Hedge, compost with Anna, Lisbon"."""
        planned = run.appointments[0].window if run.appointments else None
        what = planned or self._heading(run.traces) or self._subject(run.traces) or _say_kinds(run.traces)
        place = _most_common(t.place.split(",")[0] for t in run.traces if t.place)
        return _with(what, _people((t.speaker for t in run.traces), self._me), place)

    def summary(self, run: Run) -> str:
        """How long and of what it is, and the words nearest to all of it."""
        seconds = (max(t.ended_us for t in run.traces) - run.traces[0].started_us) / 1e6
        length = f"{say_length(seconds)}: " if seconds >= 1 else ""
        words = _central_words(run.traces)
        return f"{length}{_say_kinds(run.traces)}." + (f" “{words}”" if words else "")

    def _heading(self, traces: Sequence[Trace]) -> str | None:
        """The title of the window that most screens show, or the first line of a photo, where no one talks."""
        if any(t.kind is Kind.UTTERANCE for t in traces):
            return None
        titles = [_PARTS.split(t.window)[0].strip() for t in traces if t.window]
        if titles:
            return _most_common(titles)
        lines = (t.text.strip().splitlines()[0].strip() for t in traces if t.kind is Kind.PHOTO and t.text.strip())
        return next((_tidy(line) for line in lines if sum(c.isalpha() for c in line) > 3), None)

    def _subject(self, traces: Sequence[Trace]) -> str | None:
        """The words that stand in it more than once and in few other events of the day."""
        counts = Counter(self._iter_words(traces))
        if not counts:
            return None
        weight = {word: n * np.log((1 + self._n_runs) / self._in_runs[word]) for word, n in counts.items() if n > 1}
        best = sorted(weight, key=lambda word: (-weight[word], word))[:_MOST_WORDS]
        best = best or sorted(counts, key=lambda word: (self._in_runs[word], word))[:_MOST_WORDS]
        words = ", ".join(best)
        return words[:1].upper() + words[1:]

    def _iter_words(self, traces: Iterable[Trace]) -> Iterable[str]:
        for trace in traces:
            for match in _WORD.finditer(trace.text.lower()):
                if match.group() not in self._idle and match.group() not in _TALK:
                    yield match.group()


def with_people_and_place(what: str, moments: Sequence[Moment], me: Collection[str]) -> str:
    """The same of the words that something else has found for moments: with whom, and where."""
    place = _most_common(m.place.name.split(",")[0] for m in moments if m.place)
    return _with(what, _people((m.speaker for m in moments), {name.casefold() for name in me}), place)


def _with(what: str, people: Sequence[str], place: str | None) -> str:
    told = what.casefold()
    unnamed = [name for name in people if name.casefold() not in told]
    named = f"{what} with {' and '.join(unnamed)}" if unnamed else what
    return named if place is None or place in named else f"{named}, {place}"


def _people(speakers: Iterable[str | None], me: Collection[str]) -> list[str]:
    named = Counter(name for name in speakers if name and name.casefold() not in me)
    return [name for name, _n in named.most_common(_MOST_NAMES)]


def _say_kinds(traces: Sequence[Trace]) -> str:
    once = group(VersionMarks.parse(t.versions, t.kind) for t in traces)
    counts = Counter(traces[alike[front_of([traces[n].kind is Kind.SCENE for n in alike])]].kind for alike in once)
    told = [(counts[kind], one if counts[kind] == 1 else many) for kind, one, many in _KINDS if counts[kind]]
    return ", ".join(f"{n} {name}" for n, name in told)


def _central_words(traces: Sequence[Trace]) -> str:
    """The words of the moment that is nearest in meaning to all of them."""
    told = [t for t in traces if t.vector is not None and len(t.text.split()) >= _QUOTED_WORDS]
    if not told:
        return ""
    rows = np.stack([t.vector for t in told if t.vector is not None])
    nearest = told[int(np.argmax(rows @ rows.sum(axis=0)))]
    words = " ".join(nearest.text.split())
    return words if len(words) <= _QUOTED_LETTERS else words[: _QUOTED_LETTERS - 1] + "…"


def _most_common(names: Iterable[str]) -> str | None:
    counts = Counter(name for name in names if name)
    return counts.most_common(1)[0][0] if counts else None


def _tidy(line: str) -> str:
    return line.capitalize() if line.isupper() else line
