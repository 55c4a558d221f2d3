"""Questions that want a yes or a no: "Do I have a spare screwdriver?", "Did both of them dance?".

Role: rules over the question's words, and how an answer opens. A small model repeats the question as a sentence and
leaves the yes out; so the yes is put before it where it is clear. It says yes to nearly all it is asked, so that a
weak yes opens nothing, and what only would be is not decided at all (``recall.bearing``).
"""

from __future__ import annotations

import re

from recall.question import Asked, Question

CHOICES = (" Yes", " No")
YES = "Yes,"
_ALTERNATIVES = re.compile(r"\bor\b(?!\s+not\b)", re.IGNORECASE)
_SUPPOSING = re.compile(r"\b(?:would|might|could|should|likely|probably)\b", re.IGNORECASE)  # "may" is a month, too
_SURE = 0.9  # dev questions of LoCoMo and LongMemEval that are answered yes had .92 and more


def is_supposing(text: str) -> bool:
    """Whether a question asks for what would or might be, which need not have been said by anybody."""
    return bool(_SUPPOSING.search(text))


def asks_yes_or_no(question: Question) -> bool:
    """Whether a question asks for yes or no, and not for one of the things it names."""
    return question.asked is Asked.YES_NO and not _ALTERNATIVES.search(question.text)


def wants_yes_or_no(question: Question) -> bool:
    """Whether a question is answered by yes or no, without guessing."""
    return asks_yes_or_no(question) and not is_supposing(question.text)


def opening(yes: float) -> str:
    """How the answer opens.

    Args:
        yes: The model's probability of the first of ``CHOICES``, against the second.

    Returns:
        "Yes,", or nothing where the sentence has to speak for itself.
    """
    return YES if yes >= _SURE else ""
