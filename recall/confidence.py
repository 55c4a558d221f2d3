"""How sure it is, before a word is written, that the evidence holds the answer: one probability.

Role: arithmetic over what the search and the model said. Where people are asked about, the model's verdict tells
nothing (it finds another's answer as gladly), and whose words they are tells most; where nobody is, the verdict does.
Learned by logistic regression on dev questions, folds by conversation (``benchmarks/learn_confidence.py``), and moved
so that .5 is where one in twelve answerable questions about people is refused, and of those about things one in seven,
nearly all of which the model answers wrongly; what it refuses stands in ``benchmarks/README.md``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from recall.several import asks_for_several
from recall.yes_no import is_supposing

_WHEN = re.compile(r"^when\b", re.IGNORECASE)
_MOST = 6.0  # log odds beyond which a probability counts no more


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceWeights:
    """What each sign counts towards an answer being there (in log odds).

    Attributes:
        carried: ``recall.carries`` (log odds) where the question names people, else 0.
        supposing: 1 where it names people and asks what would or might be: that need not be said anywhere.
        several: 1 where it names people and asks for several things.
        when: 1 where it names people and asks when: most talk tells a time.
        people: 1 where it names people.
        found: The model's verdict that the notes hold the answer (log odds) where it names nobody, else 0.
        absent: The share of its words that stand nowhere in the memory where it names nobody, else 0.
        things: 1 where it names nobody.
    """

    carried: float = 1.0
    supposing: float = 2.2
    several: float = 1.0
    when: float = 1.96
    people: float = 0.59
    found: float = 1.79
    absent: float = -1.22
    things: float = -1.9


SIGNS = tuple(f.name for f in fields(ConfidenceWeights))


def weigh_signs(text: str, *, found: float, carried: float, absent: float, names_people: bool) -> dict[str, float]:
    """The signs of one question.

    Args:
        text: The question.
        found: The model's probability that the notes hold the answer.
        carried: Probability by ``recall.carries``.
        absent: The share of the question's words that stand nowhere in the memory.
        names_people: Whether the question names people.
    """
    people, things = float(names_people), float(not names_people)
    return {
        "carried": people * _log_odds(carried),
        "supposing": people * is_supposing(text),
        "several": people * asks_for_several(text),
        "when": people * bool(_WHEN.search(text)),
        "people": people,
        "found": things * _log_odds(found),
        "absent": things * absent,
        "things": things,
    }


def confidence(signs: Mapping[str, float], weights: ConfidenceWeights) -> float:
    """The probability that the evidence holds the answer."""
    return 1.0 / (1.0 + math.exp(-sum(getattr(weights, name) * signs[name] for name in SIGNS)))


def _log_odds(probability: float) -> float:
    clipped = min(max(probability, 1e-9), 1 - 1e-9)
    return max(-_MOST, min(_MOST, math.log(clipped / (1 - clipped))))
