"""What the screen showed: the way to a page, and what was open while something was said.

Role: questions that no words of a page answer, but its place in time does. "How did I book the room?" is the trail of
the page that tells of the booking; "which page did I have open when Ana said …?" is the page that was there at that
time. Rules only; None wherever there is no clear page, and search and model go on as without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from memory.records import Kind, Moment
from memory.store import Memory, Scope
from recall.anchors import best_told
from recall.check import best_quote
from recall.computed import Computed
from recall.orders import usable
from recall.question import Question
from recall.results import Citation, Found
from recall.time_words import tell_day
from recall.trails import find_trail, iter_steps
from recall.words import content_words, stem, tokens

_WAY = re.compile(
    r"^how\s+(?:did|have)\s+(?:I|we)\s+(?:\w+ly\s+)?(?P<what>(?:book|buy|bought|order|find|found|reserve|get\s+to|come\s+to"
    r"|c[ao]me\s+across|land\s+on|choose|pay|register|sign\s+up|apply|look\s+up|search|rent)\w*\b.+?)[?.!\s]*$"
    r"|^(?:which|what)\s+(?:pages|steps|websites|screens)\s+(?:led|brought|took)\s+(?:me|us)\s+to\s+(?P<to>.+?)[?.!\s]*$",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"^(?:which|what)\b.{0,60}?\b(?:pages?|screens?|windows?|websites?|tabs?|documents?|programs?|apps?|open)\b"
    r".{0,40}?\b(?:when|while|as)\s+(?P<what>.+?)[?.!\s]*$",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:said|says|saying|told|tells?|asked|asks|mentioned|talked|talking|spoke|speaking|explained|called|promised"
    r"|suggested|announced|wanted|heard|discussed|discussing)\b",
    re.IGNORECASE,
)
_STEPS = 8  # as many are told; of a longer way the last ones, for they led there
_HELD_US = 10 * 60 * 1_000_000  # an imported page, of which no end is known, is taken to stay so long
_SLACK_US = 60 * 1_000_000  # the end of a page that was recorded is noted that often at least
_REACH_US = 12 * 3600 * 1_000_000
_MOST_PAGES = 200
_COVERED = 0.5  # of the question's words the page, or what was said, must hold


@dataclass(frozen=True, slots=True)
class Seen:
    """Pages that answer by their place in time.

    Attributes:
        pages: In order of time; at least one.
        told: What was said meanwhile, where the question counts its time from that.
    """

    pages: tuple[Moment, ...]
    told: Moment | None = None


Finds = Callable[[str, frozenset[Kind]], Sequence[Found]]


def find_seen(question: Question, memory: Memory, scope: Scope, *, find: Finds) -> Seen | None:
    """Find the pages that a question asks for by the way to them, or by what was said meanwhile.

    Args:
        question: As understood.
        memory: Holds the pages.
        scope: Hard limits of the caller.
        find: Searches moments of some kinds for a phrase, best first.
    """
    if scope.kinds is not None and Kind.SCREENSHOT not in scope.kinds:
        return None
    way = _WAY.search(question.text)
    if way is not None:
        return _find_way(way["what"] or way["to"], memory, find)
    shown = _OPEN.search(question.text)
    if shown is not None and _SAYING.search(shown["what"]):
        return _find_open(shown["what"], memory, scope, find)
    return None


def put_first(seen: Seen | None, found: Sequence[Found], limit: int) -> list[Found]:
    """The pages before all else that was found, the last step of a way first, and then what was said meanwhile."""
    if seen is None:
        return list(found)
    known = {f.moment.id: f for f in found}
    best = max((f.score for f in found), default=1.0)
    moments = [*reversed(seen.pages), *([seen.told] if seen.told else [])]
    first = [
        replace(known.get(m.id) or Found(moment=m, score=best), score=best, signals={"association": 1.0})
        for m in moments
    ]
    ids = {f.moment.id for f in first}
    return [*first, *(f for f in found if f.moment.id not in ids)][:limit]


def tell_seen(seen: Seen, question: Question, *, local: Callable[[int, str], datetime]) -> Computed:
    """Tell the pages in order, each cited.

    Args:
        seen: The pages.
        question: For the words of a page that are cited.
        local: UTC microseconds and a zone to a local time.
    """
    cited = [*seen.pages, *([seen.told] if seen.told else [])]
    numbers = {m.id: n for n, m in enumerate(cited, start=1)}
    names = [f"{_name(m)} at {local(m.started_us, m.zone):%H:%M} [{numbers[m.id]}]" for m in seen.pages]
    day = tell_day(local(seen.pages[0].started_us, seen.pages[0].zone).date())
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and then {names[-1]}"
    if seen.told is None:
        text = f"On {day} by way of {listed}."
    else:
        said = local(seen.told.started_us, seen.told.zone)
        who = f"{seen.told.speaker} said" if seen.told.speaker else "it was said"
        text = f"{listed}, when {who} it on {day} at {said:%H:%M} [{numbers[seen.told.id]}]."
    return Computed(text, tuple(Citation(numbers[m.id], m.id, best_quote(m.text, question.text)) for m in cited))


def _find_way(what: str, memory: Memory, find: Finds) -> Seen | None:
    page = _best(what, [f.moment for f in find(what, frozenset({Kind.SCREENSHOT}))])
    if page is None:
        return None
    trail = [one for one in find_trail(memory, page) if one.started_us <= page.started_us]
    steps = [pages[-1] for group in iter_steps(trail) if (pages := _readable(group))]
    return Seen(tuple(steps[-_STEPS:])) if len(steps) > 1 else None


def _find_open(what: str, memory: Memory, scope: Scope, find: Finds) -> Seen | None:
    told = _best(what, [f.moment for f in find(what, frozenset({Kind.UTTERANCE}))])
    if told is None:
        return None
    since_us = max(scope.since_us or 0, told.started_us - _REACH_US)
    around = replace(scope, since_us=since_us, until_us=told.started_us + 1, kinds=frozenset({Kind.SCREENSHOT}))
    shown: dict[str, Moment] = {}
    for page in memory.iter_moments(around, newest_first=True, limit=_MOST_PAGES):
        shown.setdefault(str(page.details.get("monitor", "")), page)  # the last one on each monitor
    pages = [page for page in _readable(list(shown.values())) if _is_open(page, told.started_us)]
    return Seen(tuple(sorted(pages, key=lambda page: page.started_us)), told) if pages else None


def _readable(pages: Sequence[Moment]) -> list[Moment]:
    """Pages whose words were read, and that do not try to give orders to who reads them."""
    return [f.moment for f in usable([Found(moment=page, score=1.0) for page in pages]) if f.moment.text.strip()]


def _is_open(page: Moment, at_us: int) -> bool:
    """Whether a page, the last that came before a time, was still there then."""
    is_recorded = "monitor" in page.details
    return at_us <= (page.ended_us + _SLACK_US if is_recorded else page.started_us + _HELD_US)


def _best(what: str, moments: Sequence[Moment]) -> Moment | None:
    """The moment that holds most words of a phrase, with who said it; None where it holds too few of them."""
    wanted = {stem(word) for word in content_words(_SAYING.sub(" ", what))}
    if not moments or not wanted:
        return None
    told = best_told(what, moments)
    words = " ".join(filter(None, (told.text, told.speaker, told.app, told.window)))
    held = {stem(word) for word in tokens(words)}
    return told if len(wanted & held) >= _COVERED * len(wanted) else None


def _name(page: Moment) -> str:
    title = page.window or page.details.get("address") or next(filter(None, map(str.strip, page.text.splitlines())), "")
    return f"“{title}”" + (f" in {page.app}" if page.app and page.app not in str(title) else "")
