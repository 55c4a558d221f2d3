"""Which of what was found may carry an answer: names that the question gives must be held by the evidence.

Role: rules between finding and reading. Questions about a name that nothing holds are refused here; where some
moments hold the name, the others are left out, for a small reader mixes them up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from memory.records import Kind, Moment
from recall.names import holds
from recall.pack import Pack
from recall.question import Question
from recall.results import Citation, Found
from recall.words import ASKING_WORDS, POSSESSIVE, fold, stem, tokens

# Capitals that name nothing a memory could be asked for, and questions that only suppose something.
_NO_NAME = re.compile(
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?|u\.?s\.?(?:a\.?)?|united states"
    r"|uk|tv|dvd|cd|ok|am|pm|answer|yes|no"
)
_LIGHT_VERBS = frozenset(
    map(stem, "come came go goes gone went get got make made take took give gave put have need use want".split())
)
_SUPPOSING = re.compile(r"^(?:would|might|could|should)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Anchored:
    """Evidence that holds the question's names.

    Attributes:
        found: What may carry an answer, best first.
        missing: Names of the question that nothing holds; empty where most of its names are held.
    """

    found: tuple[Found, ...]
    missing: tuple[str, ...]


def anchor(question: Question, found: Sequence[Found], *, around: Callable[[Moment], Sequence[Moment]]) -> Anchored:
    """Keep the moments whose surroundings hold the names the question gives.

    Args:
        question: Its ``names`` and ``people`` count.
        found: Ranked, best first.
        around: The moments near an utterance, itself included; what is said there counts as held.
    """
    names = tuple(name for name in question.names if not _NO_NAME.fullmatch(fold(name)))
    if not names or _SUPPOSING.match(question.text):
        return Anchored(tuple(found), ())
    contexts = _contexts(found, around)
    held = {name: [f for f in found if holds(name, contexts[f.moment.id])] for name in names}
    missing = tuple(name for name in names if not held[name])
    if 2 * len(missing) >= len(names):
        return Anchored(tuple(found), missing)
    every = [f for f in found if all(f in held[name] for name in names)]
    return Anchored(tuple(every or [f for f in found if any(f in held[name] for name in names)]), ())


def words_near(
    citations: Sequence[Citation], packed: Pack, *, around: Callable[[Moment], Sequence[Moment]]
) -> list[str]:
    """The words of the cited notes and of what was said near them.

    Args:
        citations: What an answer cites.
        packed: The notes it was written from.
        around: The moments near an utterance, itself included.
    """
    cited = {c.moment for c in citations}
    moments = [note.moment for note in packed.notes if note.moment.id in cited]
    return [_words(m) for moment in moments for m in (moment, *around(moment))]


def names_owner(question: Question, near: Sequence[str]) -> bool:
    """Whether who owns the thing asked about ("Oscar's rent") is named in the words of what is cited and near it."""
    owners = [POSSESSIVE.sub("", name) for name in question.names if POSSESSIVE.search(name)]
    text = "\n".join(near)
    return all(holds(owner, text) for owner in owners)


def share_of(question: Question, texts: Sequence[str]) -> float:
    """Share of the question's content words (by stem) that stand in the texts.

    Verbs that say little do not count: a technician who "comes" may "ring at the door".
    """
    # A note tells its own date.
    dated = {t for span in question.times for t in tokens(question.text[slice(*span.span)])}
    wanted = {stem(term) for term in question.terms if term not in ASKING_WORDS and term not in dated} - _LIGHT_VERBS
    held = {stem(t) for text in texts for t in tokens(text)}
    return len(wanted & held) / len(wanted) if wanted else 1.0


def is_about_them(question: Question, citations: Sequence[Citation], packed: Pack) -> bool:
    """Whether one of the cited notes is said by, or names, a person the question is about.

    Most questions without an answer ask about the wrong person ("she painted it, not he"): that is looked up here.
    """
    if not question.people:
        return True
    cited = {c.moment for c in citations}
    for note in packed.notes:
        if note.moment.id not in cited:
            continue
        if note.moment.kind is not Kind.UTTERANCE or note.moment.speaker in question.people:
            return True
        if any(holds(person.split()[0], note.moment.text) for person in question.people):
            return True
    return False


def _contexts(found: Sequence[Found], around: Callable[[Moment], Sequence[Moment]]) -> dict[str, str]:
    """All the words near each moment: of a page its own; of an utterance what was found of its whole conversation."""
    said: dict[str, list[str]] = defaultdict(list)
    for f in found:
        if f.moment.kind is Kind.UTTERANCE and f.moment.session:
            said[f.moment.session].extend(_words(m) for m in around(f.moment))
    return {f.moment.id: "\n".join([_words(f.moment), *said.get(f.moment.session or "", ())]) for f in found}


def _words(moment: Moment) -> str:
    """Everything written on a moment: text, speaker, place, application, window and file name."""
    place = moment.place.name if moment.place else ""
    parts = (moment.text, moment.speaker, place, moment.app, moment.window, str(moment.details.get("path", "")))
    return "\n".join(part for part in parts if part)
