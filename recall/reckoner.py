"""Answers that are computed and not written: finds what a reckoning is about and computes it, or leaves it alone.

Role: joins ``recall.reckon`` (what is asked), the retriever and the store (what is there), ``recall.counted`` and
``recall.computed`` (the answer). Precision first: None wherever the evidence is not clear-cut, and the model reads on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta

from memory.store import Memory, Scope
from recall.computed import Computed, compute
from recall.counted import count
from recall.happened import Happening, happenings, only
from recall.orders import usable
from recall.question import Question
from recall.reckon import Reckon, read_reckoning
from recall.retrieve import Retriever
from recall.times import to_us

log = logging.getLogger(__name__)
_N_LOOKED_AT = 20


class Reckoner:
    """Computes what can be computed. Safe from any thread."""

    def __init__(
        self,
        memory: Memory,
        retriever: Retriever,
        *,
        me: Collection[str] = (),
        local: Callable[[int, str], datetime],
    ) -> None:
        self._memory = memory
        self._retriever = retriever
        self._me = tuple(me)
        self._local = local

    def reckon(self, question: Question, *, scope: Scope, now: datetime) -> Computed | None:
        """Compute the answer to a question, or None where it has none that is clear-cut.

        Args:
            question: As understood.
            scope: Hard limits of the caller.
            now: The aware time it is asked at; what is kept under a later day does not count.
        """
        reckoning = read_reckoning(question.text)
        if reckoning is None:
            return None
        counted = count(reckoning, question, self._memory, scope, me=self._me, local=self._local)
        if counted is not None or reckoning.kind in (Reckon.COUNT, Reckon.LIST):
            return counted
        told = [self._happenings(phrase, scope, now) for phrase in reckoning.phrases]
        if reckoning.kind in (Reckon.FIRST, Reckon.LAST):
            found = told[0]
        else:
            found = [happened for each in told if (happened := only(each)) is not None]
        computed = compute(reckoning, found, question=question.text, today=now.date())
        log.info("reckoning %s: %d told, computed %s", reckoning.kind, len(found), computed is not None)
        return computed

    def _happenings(self, phrase: str, scope: Scope, now: datetime) -> list[Happening]:
        question = self._retriever.understand(phrase, now=now)
        end_us = to_us(now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1))
        until_us = end_us if scope.until_us is None else min(scope.until_us, end_us)
        found = self._retriever.find(question, scope=replace(scope, until_us=until_us), limit=_N_LOOKED_AT)
        return happenings(
            phrase,
            [hit.moment for hit in usable(found)],
            people=question.people,
            me=self._me,
            local=self._local,
        )
