"""Answering: evidence first, then a sentence that it carries, or an honest no.

Role: the order of things. Understand, find, show; refuse by rule what the evidence cannot be about; pack; ask the model
whether the notes hold the answer before a word is written; write under a grammar that can cite only what was shown;
check; show what stood. Each of these lives in a module of its own.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from memory.records import Kind, Moment
from memory.store import Memory, Scope
from models.protocols import CancelToken, ChatModel
from recall.bearing import find_bearing
from recall.carries import CarryWeights, carried, carry_signs, share_absent
from recall.computed import Computed
from recall.conflicts import find_change
from recall.evidence import anchor
from recall.fits import Fitted, rank
from recall.follow_up import FollowUp, Turn, follow
from recall.known import tell_known
from recall.on_screen import tell_seen
from recall.orders import usable, without_orders
from recall.pack import Pack, pack
from recall.papers import read_papers
from recall.question import Question
from recall.quoted import find_quote
from recall.reader import Reader, ReadRules, Searched
from recall.reckoner import Reckoner
from recall.results import (
    Answer,
    AnswerGrew,
    AskEvent,
    Citation,
    EvidenceReady,
    Found,
    Quote,
    Reason,
    SearchResult,
    Took,
)
from recall.retrieve import Retriever
from recall.times import local_time
from recall.told import tell
from recall.why_not import lies_in_gaps, why_not

log = logging.getLogger(__name__)
_N_PAPERS = 40  # receipts that are looked through for an amount
_WORDS = {
    Reason.NOT_IN_MEMORY: "I don't know: nothing in the memory says this.",
    Reason.NOT_INDEXED_YET: "I don't know yet: some of what was captured is still being read.",
    Reason.NOT_RECORDING: "I don't know: nothing was recording then.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """When to answer.

    Attributes:
        carried_at_least: The probability (``recall.carries``) below which a question about people is refused by rule,
            before the model is asked.
        n_evidence: Moments shown as evidence.
        n_tokens: Most tokens of notes in a prompt.
        reading: When what the model writes is told.
    """

    carried_at_least: float = 0.05
    n_evidence: int = 12
    n_tokens: int = 450
    reading: ReadRules = field(default_factory=ReadRules)


@dataclass(slots=True)
class _Run:
    """One question on its way."""

    question: Question
    result: SearchResult
    quote: Quote | None
    started_s: float
    scope: Scope
    now: datetime
    searched: Searched = field(default_factory=lambda: Searched(0.0, absent=1.0))
    first_token_ms: float = 0.0
    n_prompt: int = 0
    n_completion: int = 0

    def took(self) -> Took:
        return Took(
            retrieve_ms=self.result.took_ms,
            first_token_ms=self.first_token_ms,
            total_ms=(time.perf_counter() - self.started_s) * 1000,
        )


class Answerer:
    """Answers questions from a memory with a local model. Safe from any thread; the model takes one at a time."""

    def __init__(
        self,
        memory: Memory,
        retriever: Retriever,
        chat: ChatModel,
        *,
        rules: Rules | None = None,
        me: Collection[str] = (),
    ) -> None:
        self._memory = memory
        self._me = tuple(me)
        self._reckoner = Reckoner(memory, retriever, me=me, local=local_time)
        self._retriever = retriever
        self._chat = chat
        self._rules = rules or Rules()
        self._reader = Reader(chat, self._rules.reading, around=self._around)

    def ask(
        self,
        question: str,
        *,
        scope: Scope,
        now: datetime,
        ignore: Collection[str] = (),
        after: Turn | None = None,
        cancel: CancelToken | None = None,
        listen: Callable[[AskEvent], None] = lambda _event: None,
    ) -> Answer:
        """Answer a question.

        Args:
            question: In plain words.
            scope: Hard limits of time and kind.
            now: The aware time it is asked at, in the user's zone.
            ignore: What the user took out of what was understood, see ``Question.ignoring``; with "follow" the
                words are asked as they are.
            after: The turn before, for what only follows up on it.
            cancel: Stops within 200 ms.
            listen: Hears the evidence first and then the growing answer, on the calling thread.

        Raises:
            Cancelled: ``cancel`` was set.
            ModelError: the model cannot work; the evidence was told before.
        """
        cancel = cancel or CancelToken()
        followed = self._follow(question, after, now) if "follow" not in ignore else None
        run = self._find(question, scope, now, ignore, followed=followed)
        if followed is not None and followed.told is not None:
            return self._tell_computed(run, followed.told, listen)
        computed = self._reckoner.reckon(run.question, scope=scope, now=now)
        cancel.raise_if_cancelled()
        if computed is not None:
            return self._tell_computed(run, computed, listen)
        seen = self._retriever.find_seen(run.question, scope=scope, now=now)
        if seen is not None:
            return self._tell_computed(run, tell_seen(seen, run.question, local=local_time), listen)
        anchored = anchor(run.question, self._usable(run), around=self._around)
        fitted = rank(run.question, anchored.found, before=self._before)
        absent = share_absent(run.question, holds=self._holds)
        signs = carry_signs(run.question, fitted, absent=absent)
        run.searched = Searched(carried(signs, CarryWeights()), absent)
        refused = (
            not anchored.found
            or bool(anchored.missing)
            or self._is_of_another(run)
            or lies_in_gaps(self._memory, run.question, anchored.found, now)
        )
        ruled = None if refused else self._answer_by_rule(run, anchored.found, fitted)
        if ruled is not None:
            return self._tell_computed(run, ruled, listen)
        if not refused:
            run.quote = find_quote(run.question, fitted, carried=run.searched.carried, local=local_time)
        listen(EvidenceReady(run.result, run.quote))
        cancel.raise_if_cancelled()
        if refused:
            log.info("abstained by rule: %d names missing, carried %.2f", len(anchored.missing), run.searched.carried)
            return self._no(run)
        if run.quote is not None and run.quote.certain:
            return self._tell_quote(run, run.quote, listen)
        return self._read(run, self._pack(run.question, fitted), cancel, listen)

    def warm(self, cancel: CancelToken | None = None) -> None:
        """Load what an answer needs and read what every prompt begins with, so that the first question waits less.

        Raises:
            Cancelled: ``cancel`` was set.
            ModelError: the model cannot work.
        """
        self._reader.prepare(cancel)

    def _is_of_another(self, run: _Run) -> bool:
        """Most questions without an answer ask about the wrong person; who said or did it is looked up."""
        return bool(run.question.people) and run.searched.carried < self._rules.carried_at_least

    def _tell_quote(self, run: _Run, quote: Quote, listen: Callable[[AskEvent], None]) -> Answer:
        """Answer in the words of the evidence; no model is asked."""
        text, citations = tell(quote, self._memory.get_moment(quote.moment), local=local_time)
        run.first_token_ms = run.first_token_ms or (time.perf_counter() - run.started_s) * 1000
        listen(AnswerGrew(text))
        return self._answer(run, text, citations, run.result.found)

    def _tell_computed(self, run: _Run, computed: Computed, listen: Callable[[AskEvent], None]) -> Answer:
        """Answer what the store reckoned; what it reckoned with is shown first."""
        cited = self._memory.find_moments(c.moment for c in computed.citations)
        scores = {f.moment.id: f for f in run.result.found}
        first = tuple(scores.get(m) or Found(moment=moment, score=1.0) for m, moment in cited.items())
        rest = tuple(f for f in run.result.found if f.moment.id not in cited)[: self._rules.n_evidence]
        run.result = replace(run.result, found=(*first, *rest))
        run.first_token_ms = (time.perf_counter() - run.started_s) * 1000
        listen(EvidenceReady(run.result, run.quote))
        listen(AnswerGrew(computed.text))
        return self._answer(run, computed.text, computed.citations, run.result.found)

    def _follow(self, text: str, after: Turn | None, now: datetime) -> FollowUp | None:
        if after is None:
            return None
        known = self._memory.find_moments(after.cited)
        cited = [without_orders(known[m]) for m in after.cited if m in known]
        speakers = self._memory.list_speakers()
        return follow(text, after, cited=cited, speakers=speakers, now=now, local=local_time)

    def _find(
        self, text: str, scope: Scope, now: datetime, ignore: Collection[str], *, followed: FollowUp | None
    ) -> _Run:
        started_s = time.perf_counter()
        follows = followed.question if followed else None
        whole = text if followed is None or followed.told else followed.question
        question = self._retriever.understand(whole, now=now, ignore=ignore)
        found = self._retriever.find(question, scope=scope, limit=self._rules.n_evidence)
        took_ms = (time.perf_counter() - started_s) * 1000
        interpreted = replace(question.interpreted(), follows=follows)
        result = SearchResult(query=text, interpreted=interpreted, found=tuple(found), took_ms=took_ms)
        return _Run(question, result, None, started_s, scope, now)

    def _usable(self, run: _Run) -> list[Found]:
        """What may be read: found as if moments that hold nothing but orders to a machine were not there."""
        found = usable(run.result.found)
        ordering = frozenset(f.moment.id for f in run.result.found) - {f.moment.id for f in found}
        if not ordering:
            return found
        log.info("moments with orders left out: %d", len(ordering))
        limit = self._rules.n_evidence
        return usable(self._retriever.find(run.question, scope=run.scope, limit=limit, without=ordering))

    def _neighbours(self, moment: Moment, n_before: int, n_after: int) -> list[Moment]:
        """The moments around one, without orders to a machine."""
        around = [without_orders(m) for m in self._memory.find_neighbours(moment.id, n_before, n_after)]
        return [m for m in around if m.text.strip()]

    def _before(self, moment: Moment) -> Moment | None:
        if moment.kind is not Kind.UTTERANCE:
            return None
        around = self._neighbours(moment, 1, 0)
        return around[0] if around and around[0].id != moment.id else None

    def _holds(self, term: str) -> bool:
        return bool(self._memory.search_lexical([term], unit="moment", scope=Scope(), limit=1))

    def _answer_by_rule(self, run: _Run, found: Sequence[Found], fitted: Sequence[Fitted]) -> Computed | None:
        """What needs no model: a fact that changed, what a paper says, what bears on what cannot be decided."""
        changed = find_change(run.question, found, me=self._me, local=local_time)
        if changed is not None:
            return changed
        known = self._retriever.find_known(run.question) if run.scope == Scope() else None
        told = tell_known(known, local=local_time) if known is not None else None
        if told is not None:
            return told
        papers = read_papers(run.question, fitted, search=partial(self._search_words, run.scope))
        if papers is not None:
            computed, run.quote = papers
            return computed
        return find_bearing(run.question, fitted, me=self._me, local=local_time)

    def _search_words(self, scope: Scope, words: Sequence[str]) -> list[Moment]:
        hits = self._memory.search_lexical(list(words), unit="moment", scope=scope, limit=_N_PAPERS)
        return list(self._memory.find_moments(hit.moment for hit in hits).values())

    def _around(self, moment: Moment) -> Sequence[Moment]:
        return self._neighbours(moment, 4, 4)

    def _pack(self, question: Question, fitted: Sequence[Fitted]) -> Pack:
        return pack(
            question,
            [f.hit for f in fitted],
            neighbours=lambda moment: self._neighbours(moment, 1, 2),
            to_local=local_time,
            count_tokens=self._chat.count_tokens,
            budget=self._rules.n_tokens,
        )

    def _read(self, run: _Run, packed: Pack, cancel: CancelToken, listen: Callable[[AskEvent], None]) -> Answer:
        reading = self._reader.read(
            run.question,
            packed,
            searched=run.searched,
            cancel=cancel,
            grew=lambda text: listen(AnswerGrew(text)),
            weighed=listen,
        )
        run.first_token_ms = ((reading.first_s or time.perf_counter()) - run.started_s) * 1000
        run.n_prompt, run.n_completion = reading.n_prompt, reading.n_completion
        if not reading.text:
            return self._no(run)
        listen(AnswerGrew(reading.text))
        return self._answer(run, reading.text, reading.citations, self._with_packed(run, packed))

    @staticmethod
    def _with_packed(run: _Run, packed: Pack) -> tuple[Found, ...]:
        """The evidence shown: what was found, and the neighbours that the notes brought along."""
        shown = {f.moment.id for f in run.result.found}
        brought = [Found(moment=n.moment, score=n.score * 0.5) for n in packed.notes if n.moment.id not in shown]
        return (*run.result.found, *brought)

    def _no(self, run: _Run) -> Answer:
        reason = why_not(self._memory, run.question, run.scope, run.now)
        return self._answer(run, _WORDS[reason], (), run.result.found, reason=reason)

    def _answer(
        self,
        run: _Run,
        text: str,
        citations: tuple[Citation, ...],
        evidence: tuple[Found, ...],
        *,
        reason: Reason | None = None,
    ) -> Answer:
        return Answer(
            question=run.result.query,
            text=text,
            abstained=reason is not None,
            reason=reason,
            citations=citations,
            evidence=evidence,
            interpreted=run.result.interpreted,
            took=run.took(),
            quote=None if reason else run.quote,
            n_prompt_tokens=run.n_prompt,
            n_completion_tokens=run.n_completion,
            model=self._chat.producer,
        )
