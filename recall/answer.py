"""Answering: evidence first, then a sentence that it carries, or an honest no.

Role: the order of things. Understand, find, show; refuse by rule what the evidence cannot be about; pack; ask the model
whether the notes hold the answer before a word is written; write under a grammar that can cite only what was shown;
check; show what stood. Each of these lives in a module of its own.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from memory.records import Kind, Moment
from memory.store import Memory, Scope
from models.protocols import CancelToken, ChatModel, GenerateOptions
from recall.carries import CarryWeights, carried, carry_signs
from recall.check import check
from recall.computed import Computed
from recall.conflicts import find_change
from recall.dated import with_doubt
from recall.evidence import anchor, is_about_them, is_told_near, share_held, words_near
from recall.fits import Fitted, rank
from recall.follow_up import FollowUp, Turn, follow
from recall.orders import usable, without_orders
from recall.pack import Pack, pack
from recall.papers import read_papers
from recall.prompt import VERDICT, build_beginning, build_grammar, build_messages
from recall.question import Question
from recall.quoted import find_quote
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
        found_at_least: The model's own probability that the notes hold the answer; below it, it is not asked to write.
        found_more_if_missing: How much more is asked for, times the share of the question's words that the notes lack:
            "what keeps the birds away?" is not answered by what keeps the snails away. Both were set on the sample day
            and the dev talks (``benchmarks/answers.py``), where notes that hold all the words lie at .66 and above when
            they answer, and notes that lack a third of them at .87 and below when they do not.
        found_enough: Where the model is surer than this, no more is asked for.
        found_sure: Where the model is less sure than this, only the cited notes themselves count for ``near_at_least``.
        near_at_least: The share of the question's words that must stand in the cited notes and what was said near them.
        carried_at_least: The probability (``recall.carries``) below which a question about people is refused by rule,
            before the model is asked.
        n_evidence: Moments shown as evidence.
        n_tokens: Most tokens of notes in a prompt.
        max_tokens: Most tokens of an answer.
    """

    found_at_least: float = 0.66
    found_more_if_missing: float = 0.5
    found_enough: float = 0.88
    found_sure: float = 0.75
    near_at_least: float = 0.5
    carried_at_least: float = 0.4
    n_evidence: int = 12
    n_tokens: int = 450
    max_tokens: int = 96

    def least_found(self, held: float) -> float:
        """The probability from which an answer is written, by the share of the question's words that the notes hold."""
        return min(self.found_enough, self.found_at_least + self.found_more_if_missing * (1.0 - held))


@dataclass(slots=True)
class _Run:
    """One question on its way."""

    question: Question
    result: SearchResult
    quote: Quote | None
    started_s: float
    scope: Scope
    now: datetime
    carried: float = 0.0
    found: float = 0.0
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
        anchored = anchor(run.question, self._usable(run), around=self._around)
        fitted = rank(run.question, anchored.found, before=self._before)
        run.carried = carried(carry_signs(run.question, fitted, holds=self._holds), CarryWeights())
        refused = (
            not anchored.found
            or bool(anchored.missing)
            or self._is_of_another(run)
            or lies_in_gaps(self._memory, run.question, anchored.found, now)
        )
        changed = None if refused else find_change(run.question, anchored.found, me=self._me, local=local_time)
        told = changed or (None if refused else self._read_papers(run, fitted))
        if told is not None:
            return self._tell_computed(run, told, listen)
        if not refused:
            run.quote = find_quote(run.question, fitted, carried=run.carried, local=local_time)
        listen(EvidenceReady(run.result, run.quote))
        cancel.raise_if_cancelled()
        if refused:
            log.info("abstained by rule: %d names missing, carried %.2f", len(anchored.missing), run.carried)
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
        self._chat.prepare(build_beginning(), cancel=cancel)

    def _is_of_another(self, run: _Run) -> bool:
        """Most questions without an answer ask about the wrong person; who said or did it is looked up."""
        return bool(run.question.people) and run.carried < self._rules.carried_at_least

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
        listen(EvidenceReady(run.result, None))
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

    def _read_papers(self, run: _Run, fitted: Sequence[Fitted]) -> Computed | None:
        def search(words: Sequence[str]) -> list[Moment]:
            hits = self._memory.search_lexical(list(words), unit="moment", scope=run.scope, limit=_N_PAPERS)
            return list(self._memory.find_moments(hit.moment for hit in hits).values())

        return read_papers(run.question, fitted, search=search)

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
        messages = build_messages(packed.text, run.question.text)
        self._chat.prepare(build_beginning(), cancel=cancel)
        found, _missing = self._chat.weigh(messages, VERDICT, cancel=cancel)
        run.found = found
        run.first_token_ms = (time.perf_counter() - run.started_s) * 1000
        held = share_held(run.question, packed)
        if found < self._rules.least_found(held):
            log.info("abstained by the model: %.2f with %.2f of the words held", found, held)
            return self._no(run)
        options = GenerateOptions(
            max_tokens=self._rules.max_tokens,
            grammar=build_grammar(note.n for note in packed.notes),
            prefill=f"{VERDICT[0]}:",
        )
        written = ""
        for chunk in self._chat.generate(messages, options, cancel=cancel):
            cancel.raise_if_cancelled()
            if chunk.done:
                run.n_prompt, run.n_completion = chunk.n_prompt_tokens, chunk.n_completion_tokens
            elif chunk.text:
                written += chunk.text
                listen(AnswerGrew(written.strip()))
        return self._finish(run, written, packed, listen)

    def _finish(self, run: _Run, written: str, packed: Pack, listen: Callable[[AskEvent], None]) -> Answer:
        local = {note.moment.id: local_time(note.moment.started_us, note.moment.zone) for note in packed.notes}
        checked = check(written, packed, run.question.text, local=local)
        if checked.n_dropped:
            log.info("claims dropped: %d", checked.n_dropped)
        if not checked.citations or not is_about_them(run.question, checked.citations, packed):
            return self._no(run)
        is_sure = run.found >= self._rules.found_sure
        near = words_near(checked.citations, packed, around=self._around if is_sure else lambda _moment: ())
        if not is_told_near(run.question, near, at_least=self._rules.near_at_least):
            log.info("abstained: what was cited stands in talk about something else")
            return self._no(run)
        moments = {note.moment.id: note.moment for note in packed.notes}
        text = with_doubt(checked.text, run.question, checked.citations, moments=moments, local=local)
        listen(AnswerGrew(text))
        return self._answer(run, text, checked.citations, self._with_packed(run, packed))

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
