"""Counted answers: how often something was said, how many pictures, when first or last, on which days; from the store.

Role: only what can be looked up moment by moment: who says which words, and which kinds of source lie in which time and
place. Every counted moment is cited, the same words heard twice count once, and the answer tells what was counted. A
question that asks for more than that ("photos of my dog") is not answered here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from memory.records import Kind, Moment
from memory.store import Memory, Scope
from memory.versions import is_version
from recall.check import best_quote
from recall.computed import Computed
from recall.question import KIND_WORDS, Question
from recall.reckon import Reckon, Reckoning
from recall.results import Citation
from recall.time_words import tell_day
from recall.words import STOP_WORDS, content_words, stem, tokens

MOST_CITED = 100
_MOST = 10_000  # moments looked at; above it nothing is counted
_MOST_DAYS = 12  # told one by one
_SAYS = re.compile(
    r"^(?P<who>.*?)\b(?:mention(?:ed|s|ing)?|(?:talk|sp[eo]ak|spoke)(?:ed|en|s|ing)?\s+(?:about|of)"
    r"|discuss(?:ed|es|ing)?|(?:bring|brought)\s+up|(?:hear|heard)(?:\s+(?:about|of))?|sa(?:y|id|ys)\b(?:\s+the\s+word)?)\b"
    r"\s*(?P<what>.*)$",
    re.IGNORECASE,
)
_IS_SAID = re.compile(
    r"^(?P<what>.+?)\s+(?:been\s+)?(?:mentioned|discussed|brought\s+up|(?:talked|spoken)\s+(?:about|of)|come\s+up|came\s+up)"
    r"(?:\s+by\s+(?P<who>.+))?$",
    re.IGNORECASE,
)
_MADE = frozenset(
    """
    take took taken make made have had save saved get got see saw seen shoot shot capture captured record recorded there
    all every each list number times total altogether
    """.split()
)
_ANYBODY = re.compile(
    r"^(?:did|have|has|had)?\s*(?:we|anyone|anybody|somebody|someone|people|they|was|were)?\s*$", re.IGNORECASE
)
_I = re.compile(r"\bI\b|\bhave i\b|\bdid i\b", re.IGNORECASE)
_PICTURED = re.compile(
    r"^(?P<what>\w[\w -]*?)\s+(?:did|have|has)\s+(?:I|we)\s+photograph(?:ed)?\s*(?:(?:in|on|during|at)\b.*)?$",
    re.IGNORECASE,
)
_SEEN_FROM = 0.5  # share of a guess from which it counts
_SAME_WITHIN_US = 60_000_000
_SAME_WORDS = 0.9


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is counted: moments of these kinds, said by one of these, that hold all the words; told as ``what``.

    ``is_shown``: what a picture seems to show counts as a word of it.
    """

    what: str
    kinds: frozenset[Kind]
    speakers: frozenset[str] | None
    terms: tuple[str, ...]
    places: tuple[str, ...]
    apps: tuple[str, ...]
    is_shown: bool = False


def count(
    reckoning: Reckoning,
    question: Question,
    memory: Memory,
    scope: Scope,
    *,
    me: Collection[str] = (),
    local: Callable[[int, str], datetime],
) -> Computed | None:
    """Count, list, or tell the first or last; None where it is not clear-cut or nothing is there.

    Args:
        reckoning: COUNT, LIST, FIRST or LAST.
        question: As understood; its times, people, places and applications are hard here.
        memory: Is looked up.
        scope: Hard limits of the caller.
        me: Names under which the user speaks.
        local: UTC microseconds and a zone to a local time.
    """
    if (
        question.widened
        or (question.anchor is not None and not question.anchor.is_journey)
        or question.ignored
        or len(question.times) > 1
        or reckoning.kind not in _TELLERS
    ):
        return None
    phrase = _without_journey(reckoning.phrases[0], question)
    wanted = _read_saying(phrase, question, me) or _read_kinds(phrase, question) or _read_pictured(phrase, question)
    if wanted is None:
        return None
    moments = _look_up(wanted, question, memory, _narrowed(scope, question))
    if not moments:
        return None
    return _TELLERS[reckoning.kind](wanted, moments, local)


def _read_saying(phrase: str, question: Question, me: Collection[str]) -> _Wanted | None:
    match = _IS_SAID.match(phrase) or _SAYS.match(phrase)
    if match is None:
        return None
    who_said = match["who"] or ""
    theirs = {t for person in question.people for t in tokens(person)}
    terms = tuple(w for w in content_words(match["what"]) if w in question.terms)
    before = set(tokens(who_said))
    if question.people and before & theirs and not theirs & set(tokens(match["what"])):
        speakers, who = frozenset(question.people), " or ".join(question.people)
    elif not question.people and _ANYBODY.match(who_said):
        speakers, who = None, "somebody"
    elif not question.people and me and _I.search(who_said):
        speakers, who = frozenset(me), "you"
    else:
        return None
    if not terms or question.kinds or question.places or question.apps:
        return None
    says = "say" if who == "you" else "says"
    what = f"moments in which {who} {says} “{' '.join(terms)}”"
    return _Wanted(what, frozenset({Kind.UTTERANCE}), speakers, terms, (), ())


def _without_journey(phrase: str, question: Question) -> str:
    """The phrase without the words of the journey, which is its time."""
    return phrase if question.anchor is None else phrase.replace(question.anchor.text, " ")


def _read_pictured(phrase: str, question: Question) -> _Wanted | None:
    """Photos of a thing: those that say its name, or seem to show it."""
    match = _PICTURED.match(phrase)
    terms = tuple(content_words(match["what"])) if match else ()
    if match is None or not terms or question.people or question.apps:
        return None
    where = "" if question.anchor else "".join(f" in {name}" for name in question.places)
    on = f" on {question.anchor.text.removeprefix('on ')}" if question.anchor else ""
    what = f"photos{where}{on} that say or seem to show “{' '.join(terms)}”"
    places = () if question.anchor else question.places
    return _Wanted(what, frozenset({Kind.PHOTO}), None, terms, places, (), is_shown=True)


def _read_kinds(phrase: str, question: Question) -> _Wanted | None:
    """Pictures, screenshots or notes, with nothing asked of them but when and where they were made."""
    known = {t for name in (*question.places, *question.apps) for t in tokens(name)}
    kinds = [kind for kind, words in KIND_WORDS.items() if set(tokens(phrase)) & set(words)]
    of_kind = {w for kind in kinds for w in KIND_WORDS[kind]}
    in_time = set(tokens(question.text)) - set(tokens(_without_times(question)))
    left = set(tokens(phrase)) - STOP_WORDS - _MADE - known - of_kind - in_time
    if len(kinds) != 1 or left or question.people:
        return None
    words = {Kind.PHOTO: "photos", Kind.SCREENSHOT: "screenshots", Kind.NOTE: "notes"}[kinds[0]]
    places = () if question.anchor else question.places  # a journey leads through other places too
    where = "".join(f" in {name}" for name in (*places, *question.apps))
    on = f" on {question.anchor.text.removeprefix('on ')}" if question.anchor else ""
    return _Wanted(f"{words}{where}{on}", frozenset(kinds), None, (), places, question.apps)


def _without_times(question: Question) -> str:
    text = question.text
    for span in sorted(question.times, key=lambda t: -t.span[0]):
        text = text[: span.span[0]] + " " + text[span.span[1] :]
    return text


def _narrowed(scope: Scope, question: Question) -> Scope:
    for span in question.times:
        since = span.since_us if scope.since_us is None else max(scope.since_us, span.since_us)
        until = span.until_us if scope.until_us is None else min(scope.until_us, span.until_us)
        scope = replace(scope, since_us=since, until_us=until)
    return scope


def _look_up(wanted: _Wanted, question: Question, memory: Memory, scope: Scope) -> list[Moment]:
    """Every moment that is meant, in order of time; none at all where there are too many to look at."""
    kinds = wanted.kinds if scope.kinds is None else wanted.kinds & scope.kinds
    within = replace(scope, kinds=kinds)
    if wanted.terms and not wanted.is_shown:
        hits = memory.search_lexical(wanted.terms, unit="moment", scope=within, limit=_MOST)
        moments = list(memory.find_moments(hit.moment for hit in hits).values()) if len(hits) < _MOST else []
    else:
        moments = list(memory.iter_moments(within, limit=_MOST)) if memory.has_at_most(_MOST - 1, within) else []
    stems = {stem(term) for term in wanted.terms}
    kept = [
        m
        for m in moments
        if not question.leaves_out(m)
        and (wanted.speakers is None or m.speaker in wanted.speakers)
        and stems <= {stem(t) for t in (*tokens(m.text), *(_shown(m) if wanted.is_shown else ()))}
        and (not wanted.places or (m.place is not None and m.place.name in wanted.places))
        and (not wanted.apps or m.app in wanted.apps)
    ]
    return _once(sorted(kept, key=lambda m: (m.started_us, m.id)))


def _shown(moment: Moment) -> list[str]:
    """What a picture surely enough seems to show."""
    return [t for word, share in moment.details.get("tags") or () if share >= _SEEN_FROM for t in tokens(word)]


def _once(moments: Sequence[Moment]) -> list[Moment]:
    """The same words within a minute are one saying heard twice, the same file or another version of it one picture."""
    kept: list[Moment] = []
    for moment in moments:
        if not any(_is_same(moment, other) for other in kept[-8:]):
            kept.append(moment)
    return kept


def _is_same(one: Moment, other: Moment) -> bool:
    if is_version(one, other):
        return True
    if one.kind is not Kind.UTTERANCE:
        return one.media is not None and other.media is not None and one.media.sha256 == other.media.sha256
    if abs(one.started_us - other.started_us) > _SAME_WITHIN_US:
        return False
    first, second = set(tokens(one.text)), set(tokens(other.text))
    return len(first & second) >= _SAME_WORDS * max(len(first), len(second), 1)


_Local = Callable[[int, str], datetime]


def _cite(moments: Sequence[Moment], wanted: _Wanted) -> tuple[Citation, ...]:
    about = " ".join(wanted.terms)
    return tuple(Citation(n, m.id, best_quote(m.text, about)) for n, m in enumerate(moments, 1))


def _days(moments: Sequence[Moment], local: _Local) -> list[tuple[date, list[int]]]:
    """Days in order, each with the numbers its moments are cited by."""
    days: dict[date, list[int]] = {}
    for n, moment in enumerate(moments, 1):
        days.setdefault(local(moment.started_us, moment.zone).date(), []).append(n)
    return sorted(days.items())


def _tell_days(moments: Sequence[Moment], local: _Local) -> str:
    days = _days(moments, local)
    told = [f"{tell_day(day)} " + "".join(f"[{n}]" for n in numbers) for day, numbers in days[:_MOST_DAYS]]
    rest = len(days) - len(told)
    return ", ".join(told) + (f" and {rest} more day{'s' if rest > 1 else ''}" if rest else "")


def _tell_count(wanted: _Wanted, moments: Sequence[Moment], local: _Local) -> Computed:
    shown = moments[:MOST_CITED]
    n_days = len(_days(moments, local))
    is_said = bool(wanted.terms) and not wanted.is_shown
    times = f"{len(moments)} time{'s' if len(moments) > 1 else ''}" if is_said else str(len(moments))
    on = f", on {n_days} days" if n_days > 1 else ""
    cut = f" The first {MOST_CITED} are cited." if len(moments) > MOST_CITED else ""
    text = f"{times}{on}: {_tell_days(shown, local)}. Counted: {wanted.what}.{cut}"
    return Computed(text, _cite(shown, wanted))


def _tell_list(wanted: _Wanted, moments: Sequence[Moment], local: _Local) -> Computed:
    shown = moments[:MOST_CITED]
    cut = f" The first {MOST_CITED} are cited." if len(moments) > MOST_CITED else ""
    head = f"{len(moments)} {wanted.what}"
    if len(moments) == 1:  # "1 photo"
        head = re.sub(r"^1 (\w+)s\b", r"1 \1", head)
    return Computed(f"{head}: {_tell_days(shown, local)}.{cut}", _cite(shown, wanted))


def _tell_end(index: int) -> Callable[[_Wanted, Sequence[Moment], _Local], Computed]:
    def tell(wanted: _Wanted, moments: Sequence[Moment], local: _Local) -> Computed:
        moment = moments[index]
        at = local(moment.started_us, moment.zone)
        word = "First" if index == 0 else "Last"
        text = f"{word} on {tell_day(at.date())} at {at:%H:%M} [1]. Looked at: {wanted.what}."
        return Computed(text, _cite([moment], wanted))

    return tell


_TELLERS: dict[Reckon, Callable[[_Wanted, Sequence[Moment], _Local], Computed]] = {
    Reckon.COUNT: _tell_count,
    Reckon.LIST: _tell_list,
    Reckon.FIRST: _tell_end(0),
    Reckon.LAST: _tell_end(-1),
}
