"""One question and what became of it: searching, reading, writing, answered, or not.

Role: the state behind the answer panel and the chips. A plain class: it hears what the engine tells and says what to
show. No widgets, no threads, no clock of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from app.ui.cards_view_model import CardsViewModel
from app.ui.words import (
    Chip,
    Trouble,
    count_words,
    error_words,
    interpreted_chips,
    range_words,
    reason_words,
    translate,
)
from memory.records import Kind, Moment
from recall.feedback import Judged
from recall.follow_up import Turn
from recall.results import (
    Answer,
    AnswerGrew,
    AskEvent,
    Citation,
    EvidenceReady,
    Found,
    Interpreted,
    Quote,
    SearchResult,
)
from recall.suggest import suggest
from recall.times import local_time

WHEN, FOLLOW, RESTORE, JUDGED = "when", "follow", "restore", "judged"  # keys of chips
_LEAST_US = 3_600_000_000  # a time is moved by an hour at least
_N_HISTORY = 50
_MARK = re.compile(r"\s*\[(\d{1,3})\]")


class Phase(StrEnum):
    """How far a question has come."""

    IDLE = "idle"  # nothing asked: the latest moments are shown
    SEARCHING = "searching"  # typed, evidence on its way
    FOUND = "found"  # evidence is there, nothing was asked
    READING = "reading"  # asked, no word yet
    WRITING = "writing"  # the answer grows
    ANSWERED = "answered"
    ABSTAINED = "abstained"
    STOPPED = "stopped"  # cancelled by the user
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the answer: plain words, or citation ``n`` that leads to ``moment`` (None while unknown)."""

    text: str
    n: int | None = None
    moment: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What of a question counts, and what was taken out, at one moment; see ``AskViewModel`` for each."""

    question: str
    ignored: tuple[str, ...]
    span: tuple[int, int] | None
    limit: tuple[tuple[int, int], str] | None
    chips: tuple[Chip, ...]


class AskViewModel:
    """What the question line led to."""

    def __init__(self) -> None:
        self.cards = CardsViewModel()
        self.n_moments: int | None = None
        self.lacks_sight = False
        self.lacks_meaning = False  # only words and times are searched, for want of weights
        self.took_ms: float | None = None
        self.question = ""
        self.ignored: tuple[str, ...] = ()
        self.span: tuple[int, int] | None = None
        self.limit: tuple[tuple[int, int], str] | None = None  # a time that every question is about, with its words
        self.turn: Turn | None = None  # the last that was answered: what a follow-up goes on from
        self.after: Turn | None = None  # the one that the present question goes on from
        self.history: tuple[str, ...] = ()
        self.asked_before: tuple[str, ...] = ()  # in this memory, the newest first
        self.judged = Judged()  # what the user said of evidence for the present question
        self._reset("", Phase.IDLE)

    def _reset(self, question: str, phase: Phase) -> None:
        if question != self.question:
            self.ignored = ()
            self.judged = Judged()
            self.span = self._limit_span()
        self.question = question
        self.phase = phase
        self.text = ""
        self.quote: Quote | None = None
        self.citations: tuple[Citation, ...] = ()
        self.trouble: Trouble | None = None
        self.chips: tuple[Chip, ...] = self._limit_chips()
        self.interpreted: Interpreted | None = None
        self.suggestions: tuple[str, ...] = ()
        self.model = ""

    @property
    def is_busy(self) -> bool:
        """Whether work for this question is under way."""
        return self.phase in (Phase.SEARCHING, Phase.READING, Phase.WRITING)

    @property
    def is_asked(self) -> bool:
        """Whether an answer is wanted, on its way or there."""
        return self.phase not in (Phase.IDLE, Phase.SEARCHING, Phase.FOUND)

    @property
    def shows_quote(self) -> bool:
        """Whether the quoted words stand: the uncertain ones only until the answer is there."""
        if self.quote is None or self.phase is Phase.ABSTAINED:
            return False
        return self.quote.certain or self.phase is not Phase.ANSWERED

    # what happens ------------------------------------------------------------------------------------------------
    def begin_search(self, query: str) -> None:
        """A query was typed; the old evidence stays until the new one is there."""
        self._reset(query, Phase.SEARCHING)

    def begin_ask(self, question: str) -> None:
        """A question was asked."""
        is_again = question == self.question and self.is_asked
        chips = self.chips if question == self.question else ()
        self._reset(question, Phase.READING)
        if not is_again:
            self.after = self.turn
        self.chips = chips
        self.cards.cite(())

    def clear(self) -> None:
        """Nothing is asked any more; the cards stay until the latest moments are there."""
        self._reset("", Phase.IDLE)

    def show_latest(self, moments: list[Moment], n_moments: int, now_us: int) -> None:
        """Nothing is asked: show the newest moments."""
        self._reset("", Phase.IDLE)
        self.n_moments = n_moments
        self.took_ms = None
        self.cards.replace((Found(moment=moment, score=0.0) for moment in moments), now_us)

    def take_search(self, result: SearchResult, now_us: int) -> None:
        """Evidence for a typed query is there."""
        self._take_evidence(result, now_us)
        self.phase = Phase.FOUND

    def take_event(self, event: AskEvent, now_us: int) -> None:
        """The engine told how far the answer is."""
        if isinstance(event, EvidenceReady):
            self._take_evidence(event.result, now_us)
            self.quote = event.quote
        elif isinstance(event, AnswerGrew):
            self.text = event.text
            self.phase = Phase.WRITING

    def take_answer(self, answer: Answer, now_us: int) -> None:
        """The answer is whole."""
        self.text = answer.text
        self.quote = answer.quote
        self.citations = () if answer.abstained else answer.citations
        self._understand(answer.interpreted, now_us)
        self.model = answer.model
        self.phase = Phase.ABSTAINED if answer.abstained else Phase.ANSWERED
        has_evidence = bool(answer.evidence)
        self.trouble = reason_words(answer.reason, has_evidence=has_evidence) if answer.abstained else None
        self.cards.add_missing(answer.evidence, now_us)
        self.cards.cite(self.citations)
        self._go_on(answer)

    def _go_on(self, answer: Answer) -> None:
        """Note the turn, for what follows up on it, and what one might ask next."""
        shown = {f.moment.id: f.moment for f in answer.evidence}
        cited = [shown[c.moment] for c in self.citations if c.moment in shown]
        self.suggestions = suggest(answer, cited, self.history, local=local_time)
        asked = answer.interpreted.follows or answer.question
        if cited:
            self.turn = Turn(asked, tuple(m.id for m in cited))
        self.history = (*(q for q in self.history if q != answer.question), answer.question)[-_N_HISTORY:]

    def take_judged(self, judged: Judged, now_us: int) -> None:
        """What the user said of evidence for this question was read."""
        self.judged = judged
        if self.interpreted is not None:
            self._understand(self.interpreted, now_us)

    def forget_asked(self, now_us: int) -> None:
        """What was asked was forgotten, and what was said of evidence: nothing goes on from it."""
        self.turn, self.history, self.asked_before = None, (), ()
        self.take_judged(Judged(), now_us)

    def start_afresh(self) -> None:
        """The next question follows up on nothing."""
        self.turn = None

    def take_error(self, error: BaseException) -> None:
        """The question failed; evidence that is there stays, but not what was on show before it."""
        if self.interpreted is None:
            self.cards.replace((), 0)
        self.phase = Phase.FAILED
        self.trouble = error_words(error)

    def stop(self) -> None:
        """The user cancelled; what is there stays."""
        if self.is_asked:
            self.phase = Phase.STOPPED
        elif self.phase is Phase.SEARCHING:
            self.phase = Phase.FOUND

    def forget(self, ids: frozenset[str]) -> None:
        """Moments were forgotten: neither cards nor quoted words of them may stay."""
        self.cards.remove(ids)
        if self.n_moments is not None:
            self.n_moments = max(0, self.n_moments - len(ids))
        if self.turn is not None and ids & set(self.turn.cited):
            self.turn = None
        is_cited = any(citation.moment in ids for citation in self.citations)
        if is_cited or (self.quote and self.quote.moment in ids) or (self.is_asked and self.is_busy):
            self._reset(self.question, Phase.FOUND)
            self.cards.cite(())

    def _take_evidence(self, result: SearchResult, now_us: int) -> None:
        self.cards.replace(result.found, now_us)
        self._understand(result.interpreted, now_us)
        self.took_ms = result.took_ms

    def _understand(self, interpreted: Interpreted, now_us: int) -> None:
        self.interpreted = interpreted
        chips = list(interpreted_chips(interpreted, now_us))
        if interpreted.follows is not None:
            chips.insert(0, Chip(translate("ask", "goes on"), interpreted.follows, FOLLOW))
        if self.limit is not None and self.span == self.limit[0]:
            chips[:0] = self._limit_chips()
        elif self.span is not None:
            chips.insert(0, Chip(translate("words", "when"), range_words(*self.span, now_us), WHEN))
        if self.ignored:
            chips.append(Chip(translate("ask", "left out"), self._ignored_words(), RESTORE))
        if self.judged.disliked:
            chips.append(Chip(translate("ask", "left out"), count_words(len(self.judged.disliked)), JUDGED))
        self.chips = tuple(chips)

    def _ignored_words(self) -> str:
        """What the user took out, in words: "Anna, any time"."""
        named = {WHEN: translate("ask", "the time"), FOLLOW: translate("ask", "the question before")}
        return ", ".join(named.get(key) or key.partition(":")[2] for key in self.ignored)

    # what the user changes ---------------------------------------------------------------------------------------
    def take_out(self, key: str) -> None:
        """Count a chip no more; the one that tells what was taken out brings all of it back."""
        if key == RESTORE:
            self.ignored, self.span = (), self._limit_span()
            return
        if key == WHEN:
            self.span = self.limit = None
            if not self.question:  # nothing is asked yet: there is nothing else to leave out
                self.chips = ()
                return
        self.ignored = tuple(dict.fromkeys((*self.ignored, key)))

    @property
    def taken(self) -> Taken:
        """What counts no more, to be given back by ``give_back``."""
        return Taken(self.question, self.ignored, self.span, self.limit, self.chips)

    def give_back(self, taken: Taken) -> None:
        """Let count again what counted then, as long as the question is the same."""
        if taken.question == self.question:
            self.ignored, self.span, self.limit, self.chips = taken.ignored, taken.span, taken.limit, taken.chips

    def limit_to(self, span: tuple[int, int], words: str) -> None:
        """Let what is asked from now on be about a stretch of time, until its chip is taken out."""
        self.limit = (span, words)
        self._reset("", Phase.IDLE)
        self.span = span

    def _limit_span(self) -> tuple[int, int] | None:
        return self.limit[0] if self.limit is not None else None

    def _limit_chips(self) -> tuple[Chip, ...]:
        return (Chip(translate("words", "when"), self.limit[1], WHEN),) if self.limit is not None else ()

    def change_time(self, how: str, now_us: int) -> None:
        """Move or widen the time that counts, by its own length; "any" takes it out.

        Before anything is asked, what moves is the time that every question is about.
        """
        told = self.interpreted
        span = self.span
        if span is None and told is not None and told.since_us is not None and told.until_us is not None:
            span = (told.since_us, told.until_us)
        is_asked = bool(self.question)
        self.take_out(WHEN)
        if how == "any" or span is None:
            return
        length = max(span[1] - span[0], _LEAST_US)
        first, last = {"earlier": (-length, -length), "later": (length, length), "wider": (-length, length)}[how]
        moved = (span[0] + first, span[1] + last)
        if is_asked:
            self.span = moved
        else:
            self.limit_to(moved, range_words(*moved, now_us))

    # what to show ------------------------------------------------------------------------------------------------
    def pieces(self) -> tuple[Piece, ...]:
        """The answer cut at its citation marks; a mark nobody stands behind is left out once the answer is whole."""
        targets = {citation.n: citation.moment for citation in self.citations}
        pieces: list[Piece] = []
        at = 0
        for mark in _MARK.finditer(self.text):
            pieces.append(Piece(self.text[at : mark.start()]))
            n = int(mark[1])
            if n in targets or self.phase is Phase.WRITING:
                pieces.append(Piece(f"[{n}]", n, targets.get(n)))
            at = mark.end()
        pieces.append(Piece(self.text[at:]))
        return tuple(piece for piece in pieces if piece.text)

    def heading(self) -> str:
        """What stands over the cards."""
        if self.phase is Phase.IDLE:
            return translate("ask", "Latest moments")
        if self.phase is Phase.SEARCHING and not self.cards.cards:
            return translate("ask", "Searching…")
        if not self.cards.cards:
            if self.phase is Phase.READING:
                return translate("ask", "Searching…")
            if self.lacks_sight and self.interpreted is not None and Kind.PHOTO in self.interpreted.kinds:
                words = "Nothing close was found. Photos are found by guesses here; the menu says what is missing."
                return translate("ask", words)
            if self.phase is Phase.FAILED:
                return translate("ask", "This could not be searched")
            return translate("ask", "Nothing close to this was found")
        return translate("ask", "Evidence")

    def tally(self) -> str:
        """What stands beside the heading: how many, how fast."""
        if self.phase is Phase.IDLE:
            total = self.n_moments or 0
            shown = len(self.cards.cards)
            if shown < total:
                return translate("ask", "{shown} of {total}").format(shown=shown, total=f"{total:,}")
            return self.cards.count_words() if shown else ""
        if not self.cards.cards:
            return ""
        took = f" · {self.took_ms:.0f} ms" if self.took_ms is not None else ""
        return self.cards.count_words() + took

    def going_on(self) -> str:
        """What the next question may follow up on; empty when nothing."""
        if self.turn is None or self.is_busy:
            return ""
        return translate("ask", "You can go on from: “{question}”").format(question=self.turn.question)

    def status(self) -> str:
        """What the answer panel says about itself."""
        return {
            Phase.READING: translate("ask", "Reading the evidence…"),
            Phase.WRITING: translate("ask", "Writing…"),
            Phase.STOPPED: translate("ask", "Stopped."),
        }.get(self.phase, "")
