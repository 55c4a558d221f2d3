"""Does what was found carry an answer? A probability from signs that are looked up, before any model is asked.

Role: arithmetic over ``recall.fits`` and ``recall.about``. The strongest sign against is that the words of the question
are said of somebody else. Learned on the dev conversations by logistic regression, folds by conversation
(what they refuse stands in ``benchmarks/README.md``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields

from recall.about import shares
from recall.fits import Fitted, is_about, question_stems
from recall.question import Question
from recall.words import ASKING_WORDS, tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryWeights:
    """What each sign counts towards an answer being there (in log odds).

    Attributes:
        score: The score of the best of what was found.
        fit: How well the one that fits best answers (``recall.fits``), in tens.
        theirs, others: The largest share of the question's words said of the people asked about, and of others; each
            times the moment's score against the best one's.
        gap: ``others`` - ``theirs`` where the question names people.
        best_theirs: ``theirs`` of the one that fits best.
        of_another: 1 where the one that fits best is about another person.
        said_by_another: 1 where the one that fits best is said by another person.
        absent: 1 where a word of the question stands nowhere in the memory.
        people: 1 where the question names people.
        margin: By how much the best one fits better than the second, in threes.
        constant: With no sign at all.
    """

    score: float = 6.91
    fit: float = 4.2
    theirs: float = 1.44
    others: float = -2.0
    gap: float = -1.74
    best_theirs: float = 1.26
    of_another: float = -2.3
    said_by_another: float = -1.04
    absent: float = -0.82
    people: float = -1.59
    margin: float = -1.13
    constant: float = -6.91


SIGNS = tuple(f.name for f in fields(CarryWeights))


def carry_signs(question: Question, fitted: Sequence[Fitted], *, absent: float) -> dict[str, float]:
    """The signs for and against.

    Args:
        question: As understood.
        fitted: What was found, the best fitting first.
        absent: The share of the question's words that stand nowhere in the memory (``share_absent``).
    """
    if not fitted:
        return {**dict.fromkeys(SIGNS, 0.0), "constant": 1.0}
    wanted = frozenset(question_stems(question))
    top_score = max(f.hit.score for f in fitted)
    said_of = [shares(f.hit.moment, question.people, wanted) for f in fitted]
    weighed = [
        (t * f.hit.score / (top_score or 1.0), o * f.hit.score / (top_score or 1.0))
        for f, (t, o) in zip(fitted, said_of, strict=True)
    ]
    theirs, others = max(t for t, _o in weighed), max(o for _t, o in weighed)
    best = fitted[0]
    named = bool(question.people)
    return {
        "score": top_score,
        "fit": best.value / 10,
        "theirs": theirs,
        "others": others,
        "gap": others - theirs if named else 0.0,
        "best_theirs": said_of[0][0],
        "of_another": float(is_about(question, best.hit.moment) < 0),
        "said_by_another": float(named and best.hit.moment.speaker not in question.people),
        "absent": float(absent > 0),
        "people": float(named),
        "margin": (best.value - fitted[1].value if len(fitted) > 1 else best.value) / 3,
        "constant": 1.0,
    }


def share_absent(question: Question, *, holds: Callable[[str], bool]) -> float:
    """The share of a question's words that stand nowhere in the memory; times, people and words that ask left out."""
    dated = {t for span in question.times for t in tokens(question.text[slice(*span.span)])}  # never said in a moment
    of_people = {t for person in question.people for t in tokens(person)}
    terms = [t for t in question.terms if t not in dated | of_people | ASKING_WORDS]
    return sum(not holds(term) for term in terms) / max(1, len(terms))


def carried(signs: Mapping[str, float], weights: CarryWeights) -> float:
    """The probability that the evidence carries an answer."""
    return 1.0 / (1.0 + math.exp(-sum(getattr(weights, name) * signs[name] for name in SIGNS)))
