"""Joins the question line, the engine and the page: searches while one types, asks at Enter, forgets, fetches.

Role: lives on the GUI thread and holds no widgets but its view; the engine is only touched inside lanes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.ui.ask_view_model import JUDGED, RESTORE, AskViewModel, Phase, Taken
from app.ui.card_pictures import read_card_picture
from app.ui.cards_view_model import Card
from app.ui.fetching import Latest, read_latest, read_wave
from app.ui.task_runner import Lane, TaskRunner, Work
from app.ui.undo import Step
from app.ui.words import Trouble, error_words
from memory.records import Moment
from recall.feedback import Judged

if TYPE_CHECKING:
    from app.engine import Engine

N_LATEST = 40
_LATEST = "latest"
_WARM = "warm"
_JUDGED, _ASKED = "judged", "asked"
_REREAD = "reread-evidence"
_QUESTION = "question"  # one slot: a new search or question makes the one before it late


class AskController(QObject):
    """What happens around one question."""

    changed = Signal()
    troubled = Signal(object)
    undoable = Signal(object)  # a Step

    def __init__(
        self, model: AskViewModel, runner: TaskRunner, now_us: Callable[[], int], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.model = model
        self.engine: Engine | None = None
        self._runner = runner
        self._now_us = now_us
        self._n_latest = N_LATEST
        self._waiting: Callable[[], None] | None = None

    def set_engine(self, engine: Engine) -> None:
        """The memory is open: do what was asked meanwhile, or show the latest moments."""
        self.engine = engine
        self.load_latest()
        self._runner.submit(Lane.BEHIND, lambda _cancel, _report: engine.warm_search(), slot=_WARM)
        self.load_asked()
        waiting, self._waiting = self._waiting, None
        if waiting:
            waiting()

    # the line ----------------------------------------------------------------------------------------------------
    def search(self, query: str) -> None:
        """Find evidence for what is being typed; nothing typed shows the latest moments."""
        if query == self.model.question:
            return
        if not query:
            self._waiting = None
            self._n_latest = N_LATEST
            self._runner.drop(_QUESTION)
            self.model.clear()
            self.load_latest()
            return
        engine = self.engine
        if engine is None:
            self._waiting = lambda: self.search(query)
            return
        self._warm(engine)
        self._find(engine, query)

    def _find(self, engine: Engine, query: str) -> None:
        self.model.begin_search(query)
        self._read_judged(engine)
        now_us, limits = self._now_us(), self._limits()
        self._submit(
            lambda _cancel, _report: engine.search(query, now_us=now_us, **limits),
            lambda result: self.model.take_search(result, self._now_us()),
        )

    def ask(self, question: str) -> None:
        """Ask; evidence and the growing answer arrive as they are."""
        if not question:
            return
        engine = self.engine
        if engine is None:
            self._waiting = lambda: self.ask(question)
            return
        self.model.begin_ask(question)
        self._read_judged(engine)
        self._note_asked(engine, question)
        now_us, limits, after = self._now_us(), self._limits(), self.model.after
        self._submit(
            lambda cancel, report: engine.ask(
                question, now_us=now_us, after=after, cancel=cancel, listen=report, **limits
            ),
            lambda answer: self.model.take_answer(answer, self._now_us()),
        )

    def _warm(self, engine: Engine) -> None:
        """Who types may ask: have the language model ready. Where it cannot be, the question itself will say so."""
        if not self._runner.is_busy(_WARM):
            self._runner.submit(Lane.BEHIND, lambda cancel, _report: engine.warm(cancel=cancel), slot=_WARM)

    # what the user says of it ------------------------------------------------------------------------------------
    def judge(self, moment: str, value: int) -> None:
        """Keep what the user says of evidence (1 more like this, -1 not this), and look or ask again with that."""
        question, engine, judged = self.model.question, self.engine, self.model.judged
        if not question or engine is None:
            return
        before = (moment in judged.liked) - (moment in judged.disliked)
        self._change_verdicts(lambda: engine.judge(question, moment, value), question)
        comes, goes = self.tr("It comes first for this question now."), self.tr("It is left out for this question now.")
        step = Step(
            comes if value > 0 else goes,
            lambda: self._change_verdicts(lambda: engine.judge(question, moment, before), question),
            is_offered=value > 0,  # for what is left out a chip offers it already
        )
        self.undoable.emit(step)

    def _change_verdicts(self, change: Callable[[], None], question: str) -> None:
        """Change what was said of evidence for a question, which is asked again if it is still on show."""

        def changed(_none: object) -> None:
            if question == self.model.question:
                self._again(lambda: None)

        self._runner.submit(Lane.STORE, lambda _cancel, _report: change(), on_result=changed, on_error=self._tell)

    def _read_judged(self, engine: Engine) -> None:
        question = self.model.question

        def take(judged: Judged) -> None:
            if judged != self.model.judged:  # mostly nothing was said: then all is on show already
                self.model.take_judged(judged, self._now_us())
                self.changed.emit()

        self._runner.submit(
            Lane.IO, lambda _cancel, _report: engine.find_judged(question), slot=_JUDGED, on_result=take
        )

    def _note_asked(self, engine: Engine, question: str) -> None:
        self._runner.submit(
            Lane.STORE,
            lambda _cancel, _report: engine.note_asked(question),
            on_result=lambda _none: self.load_asked(),
            on_error=self._tell,
        )

    def load_asked(self) -> None:
        """Read what was asked before."""
        engine = self.engine
        if engine is not None:
            self._runner.submit(
                Lane.IO,
                lambda _cancel, _report: tuple(engine.memory.feedback.list_asked()),
                slot=_ASKED,
                on_result=lambda asked: self._then(lambda each: setattr(self.model, "asked_before", each), asked),
            )

    def forget_asked(self) -> None:
        """Forget what was asked and what was said of evidence, in the memory and on show."""

        def forgotten(_none: object) -> None:
            self.model.forget_asked(self._now_us())
            self.changed.emit()
            self.load_asked()

        engine = self.engine
        if engine is not None:
            self._runner.submit(
                Lane.STORE,
                lambda _cancel, _report: engine.memory.feedback.forget_asked(),
                on_result=forgotten,
                on_error=self._tell,
            )

    def take_out(self, key: str) -> None:
        """Ask or search again without what a chip says."""
        engine, question = self.engine, self.model.question
        if key == JUDGED and engine is not None:
            self._change_verdicts(lambda: engine.unjudge(question), question)
            return
        taken = self.model.taken
        self._again(lambda: self.model.take_out(key))
        if key != RESTORE:
            words = self.tr("The question is read without it now.")
            step = Step(words, lambda: self._give_back(taken), is_offered=False)  # a chip offers it already
            self.undoable.emit(step)

    def _give_back(self, taken: Taken) -> None:
        """Let count again what a chip said, unless another question was asked since: its answer is left alone."""
        if taken.question == self.model.question:
            self._again(lambda: self.model.give_back(taken))

    def change_time(self, how: str) -> None:
        """Ask or search again in another time."""
        self._again(lambda: self.model.change_time(how, self._now_us()))

    def limit_to(self, span: tuple[int, int], words: str) -> None:
        """Let what is asked from now on be about a stretch of time."""
        self._runner.drop(_QUESTION)
        self.model.limit_to(span, words)
        self.changed.emit()
        self.load_latest()

    def start_afresh(self) -> None:
        """Let the next question follow up on nothing."""
        self.model.start_afresh()
        self.changed.emit()

    def _again(self, change: Callable[[], None]) -> None:
        question, engine = self.model.question, self.engine
        if engine is None:
            return
        change()
        if not question:
            self.changed.emit()
        elif self.model.is_asked:
            self.ask(question)
        else:
            self._find(engine, question)

    def _limits(self) -> dict[str, Any]:
        """What the user took out of the question, and the time chosen instead."""
        limits: dict[str, Any] = {}
        if self.model.ignored:
            limits["ignore"] = self.model.ignored
        if self.model.span is not None:
            limits["since_us"], limits["until_us"] = self.model.span
        return limits

    def stop(self) -> bool:
        """Cancel what runs; say whether anything did."""
        self._waiting = None
        if not self._runner.drop(_QUESTION):
            return False
        self.model.stop()
        self.changed.emit()
        return True

    def _submit(self, work: Work, take: Callable[[Any], None]) -> None:
        self._runner.submit(
            Lane.ASK,
            work,
            slot=_QUESTION,
            on_result=lambda result: self._then(take, result),
            on_report=lambda event: self._then(lambda each: self.model.take_event(each, self._now_us()), event),
            on_error=lambda error: self._then(self.model.take_error, error),
            on_cancelled=lambda: self._then(lambda _nothing: self.model.stop(), None),
        )
        self.changed.emit()

    def _then(self, take: Callable[[Any], None], what: Any) -> None:
        if self.engine is not None:
            self.model.lacks_meaning = self.engine.lacks_meaning
        take(what)
        self.changed.emit()

    def has_more(self) -> bool:
        """Whether the latest moments on show are not all there are."""
        shown, total = len(self.model.cards.cards), self.model.n_moments or 0
        return self.model.phase is Phase.IDLE and shown < total and not self._runner.is_busy(_LATEST)

    def want_more(self) -> None:
        """Show more of the latest moments."""
        self._n_latest += N_LATEST
        self.load_latest()

    # the memory --------------------------------------------------------------------------------------------------
    def load_latest(self) -> None:
        """Read the newest moments; while a question is on show only their number is taken."""
        engine = self.engine
        if engine is None:
            return

        n_latest = self._n_latest

        def take(latest: Latest) -> None:
            self.model.lacks_sight = latest.lacks_sight
            if self.model.question:
                self.model.n_moments = latest.n_moments
            else:
                self.model.show_latest(latest.moments, latest.n_moments, self._now_us())
            self.changed.emit()

        self._runner.submit(
            Lane.IO,
            lambda _cancel, _report: read_latest(engine, n_latest),
            slot=_LATEST,
            on_result=take,
            on_error=self._tell,
        )

    def refresh(self) -> None:
        """The memory has changed: look again, but leave an answer alone."""
        self.load_latest()
        query, engine = self.model.question, self.engine
        if query and engine is not None and not self.model.is_asked:
            self._find(engine, query)

    def reread(self) -> None:
        """A voice or a place has another name: let the evidence on show say it, and leave its order alone."""
        engine, ids = self.engine, [card.id for card in self.model.cards.cards]
        if engine is None or not ids:
            return

        def take(moments: dict[str, Moment]) -> None:
            if self.model.cards.reword(moments):
                self.changed.emit()

        self._runner.submit(
            Lane.IO, lambda _c, _r: engine.memory.find_moments(ids), slot=_REREAD, on_result=take, on_error=self._tell
        )

    def forget(self, moment: str, *, then: Callable[[], None]) -> None:
        """Delete a moment everywhere."""
        engine = self.engine
        if engine is None:
            return

        def take(changes: Any) -> None:
            self.let_go(changes.removed | {moment})
            then()

        self._runner.submit(
            Lane.STORE, lambda _cancel, _report: engine.forget([moment]), on_result=take, on_error=self._tell
        )

    def let_go(self, ids: frozenset[str]) -> None:
        """Moments were forgotten: nothing of them stays, and no answer comes for which they were read before."""
        if self.model.is_asked:
            self._runner.drop(_QUESTION)
        self.model.forget(ids)
        self.changed.emit()

    def fetch_picture(self, card: Card, give: Callable[[Any], None]) -> None:
        """Read a card's picture."""
        self._fetch(lambda engine: read_card_picture(engine, card.moment, card.matched), give)

    def fetch_wave(self, card: Card, give: Callable[[Any], None]) -> None:
        """Read a card's waveform."""
        self._fetch(lambda engine: read_wave(engine, card.moment), give)

    def _fetch(self, read: Callable[[Engine], Any], give: Callable[[Any], None]) -> None:
        engine = self.engine
        if engine is not None:
            self._runner.submit(Lane.IO, lambda _cancel, _report: read(engine), on_result=give)

    def _tell(self, error: BaseException) -> None:
        trouble: Trouble = error_words(error)
        self.troubled.emit(trouble)
