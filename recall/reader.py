"""The model's part of an answer: do the notes hold it, what do they say, does what was written stand?

Role: weigh, write under a grammar that can cite only what was shown, check, and weigh again with what was cited. It
finds nothing and packs nothing; it returns no text that did not stand.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.records import Moment
from models.protocols import CancelToken, ChatModel, GenerateOptions, Message
from recall.both_asked import add_other
from recall.check import Checked, check
from recall.confidence import ConfidenceWeights, confidence, weigh_signs
from recall.dated import with_doubt
from recall.evidence import is_about_them, names_owner, share_of, words_near
from recall.fits import is_about
from recall.pack import Pack, alone
from recall.prompt import VERDICT, build_beginning, build_grammar, build_messages
from recall.question import Question
from recall.results import Citation, Weighed
from recall.several import Part, asks_for_several, put_together
from recall.times import local_time
from recall.yes_no import CHOICES, opening, wants_yes_or_no

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRules:
    """When a model's answer is told.

    Attributes:
        sure: Confidence (``recall.confidence``) from which the model is asked to write.
        found_at_least: The model's own probability below which it is never asked to.
        near_at_least: The share of the question's words that must stand in the cited notes or near them: the 450
            dollars of the car are no price of a boiler.
        max_tokens: Most tokens of a sentence or two.
        n_each: Notes that are read one by one where a question asks for several things.
        found_each: The model's probability from which one of these is asked what it says.
    """

    sure: float = 0.5
    found_at_least: float = 0.4
    near_at_least: float = 0.34
    max_tokens: int = 96
    n_each: int = 6
    found_each: float = 0.9


@dataclass(frozen=True, slots=True)
class Searched:
    """What the search said before the model was asked.

    Attributes:
        carried: The probability by ``recall.carries``.
        absent: The share of the question's words that stand nowhere in the memory.
    """

    carried: float
    absent: float


@dataclass(slots=True)
class Reading:
    """What came of it: the text and its citations, empty where nothing stood; tokens, and when the first word came.

    Attributes:
        n_prompt: Tokens read, the beginning that all prompts share counted once.
        first_s: ``time.perf_counter`` at the first word or verdict; 0 where the model was not asked.
    """

    text: str = ""
    citations: tuple[Citation, ...] = ()
    n_prompt: int = 0
    n_completion: int = 0
    first_s: float = 0.0


class Reader:
    """Reads packed notes with a local model. Safe from any thread; the model takes one at a time."""

    def __init__(self, chat: ChatModel, rules: ReadRules, *, around: Callable[[Moment], Sequence[Moment]]) -> None:
        self._chat = chat
        self._rules = rules
        self._around = around

    def prepare(self, cancel: CancelToken | None = None) -> None:
        """Load what a reading needs, and read what every prompt begins with.

        Raises:
            Cancelled: ``cancel`` was set.
            ModelError: the model cannot work.
        """
        self._chat.prepare(build_beginning(), cancel=cancel)

    def read(
        self,
        question: Question,
        packed: Pack,
        *,
        searched: Searched,
        cancel: CancelToken,
        grew: Callable[[str], None],
        weighed: Callable[[Weighed], None],
    ) -> Reading:
        """Read the notes.

        Args:
            question: As understood.
            packed: The notes.
            searched: What the search said of it.
            cancel: Stops within 200 ms.
            grew: Hears the text so far.
            weighed: Hears how sure it is, and why.

        Raises:
            Cancelled: ``cancel`` was set.
            ModelError: the model cannot work.
        """
        reading = Reading()
        asked = _Asked(question, packed, searched, cancel, weighed)
        if question.people and not self._is_sure(asked):  # the model's verdict would not change it
            return reading
        self.prepare(cancel)
        if asks_for_several(question.text) and len(packed.notes) > 1:
            self._read_each(asked, reading, grew)
            if reading.text:
                return reading
        return self._read_all(asked, reading, grew)

    def _read_all(self, asked: _Asked, reading: Reading, grew: Callable[[str], None]) -> Reading:
        """Read all the notes together."""
        found = self._weigh(asked.packed, asked, reading)
        if found < self._rules.found_at_least or not self._is_verdict_enough(asked, found):
            return reading
        checked = self._write(asked.packed, asked, reading, grew)
        if not checked.citations or not self._stands(checked.citations, asked):
            return reading
        reading.text = self._whole(self._told(checked, asked), checked.citations, asked)
        reading.citations = checked.citations
        return reading

    def _read_each(self, asked: _Asked, reading: Reading, grew: Callable[[str], None]) -> None:
        """Read the best notes one by one; what each adds makes up the answer."""
        parts: list[Part] = []
        best_first = sorted(asked.packed.notes, key=lambda note: -note.n)
        own = [note for note in best_first if is_about(asked.question, note.moment) >= 0]
        for note in own[: self._rules.n_each]:
            single = alone(note, local_time)
            found = self._weigh(single, asked, reading)
            if found < self._rules.found_each or not self._is_verdict_enough(asked, found):
                continue
            told = put_together(asked.question.text, parts)[0]
            checked = self._write(single, asked, reading, _after(told, grew))
            if checked.citations and self._stands(checked.citations, asked):
                parts.append(Part(self._told(checked, asked).partition(" [")[0], checked.citations[0]))
        text, reading.citations = put_together(asked.question.text, parts)
        reading.text = self._whole(text, reading.citations, asked)

    def _weigh(self, packed: Pack, asked: _Asked, reading: Reading) -> float:
        messages = build_messages(packed.text, asked.question.text)
        found, _missing = self._chat.weigh(messages, VERDICT, cancel=asked.cancel)
        reading.first_s = reading.first_s or time.perf_counter()
        return found

    def _write(self, packed: Pack, asked: _Asked, reading: Reading, grew: Callable[[str], None]) -> Checked:
        messages = build_messages(packed.text, asked.question.text)
        opens = self._open(messages, asked)
        options = GenerateOptions(
            max_tokens=self._rules.max_tokens,
            grammar=build_grammar(note.n for note in packed.notes),
            prefill=f"{VERDICT[0]}: {opens}".rstrip(),
        )
        written = opens
        for chunk in self._chat.generate(messages, options, cancel=asked.cancel):
            asked.cancel.raise_if_cancelled()
            if chunk.done:
                more = self._chat.count_tokens(messages[-1].text) if reading.n_prompt else chunk.n_prompt_tokens
                reading.n_prompt += more
                reading.n_completion += chunk.n_completion_tokens
            elif chunk.text:
                written += chunk.text
                grew(written.strip())
        checked = check(written, packed, asked.question.text, local=_local(packed))
        if checked.n_dropped:
            log.info("claims dropped: %d", checked.n_dropped)
        return checked

    def _open(self, messages: list[Message], asked: _Asked) -> str:
        """How a yes-or-no question's answer begins."""
        if not wants_yes_or_no(asked.question):
            return ""
        yes, _no = self._chat.weigh(messages, CHOICES, prefill=f"{VERDICT[0]}:", cancel=asked.cancel)
        return opening(yes)

    def _stands(self, citations: Sequence[Citation], asked: _Asked) -> bool:
        """Whether what was cited is about those asked about, and stands in talk about what was asked."""
        near = words_near(citations, asked.packed, around=self._around)
        return (
            is_about_them(asked.question, citations, asked.packed)
            and share_of(asked.question, near) >= self._rules.near_at_least
            and names_owner(asked.question, near)
        )

    def _is_verdict_enough(self, asked: _Asked, found: float) -> bool:
        """Whether the model's verdict makes it sure; about people it was sure before, or is not asked at all."""
        return bool(asked.question.people) or self._is_sure(asked, found)

    def _is_sure(self, asked: _Asked, found: float = 0.5) -> bool:
        signs = weigh_signs(
            asked.question.text,
            found=found,
            carried=asked.searched.carried,
            absent=asked.searched.absent,
            names_people=bool(asked.question.people),
        )
        weighed = Weighed(signs, confidence(signs, ConfidenceWeights()))
        asked.weighed(weighed)
        log.info("confidence: %.2f", weighed.confidence)
        return weighed.confidence >= self._rules.sure

    @staticmethod
    def _whole(text: str, citations: Sequence[Citation], asked: _Asked) -> str:
        return add_other(text, asked.question, citations, {n.moment.id: n.moment for n in asked.packed.notes})

    @staticmethod
    def _told(checked: Checked, asked: _Asked) -> str:
        moments = {note.moment.id: note.moment for note in asked.packed.notes}
        return with_doubt(checked.text, asked.question, checked.citations, moments=moments, local=_local(asked.packed))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one reading is about, and who listens."""

    question: Question
    packed: Pack
    searched: Searched
    cancel: CancelToken
    weighed: Callable[[Weighed], None]


def _after(told: str, grew: Callable[[str], None]) -> Callable[[str], None]:
    """Tell a growing part behind what was told before it."""
    return lambda text: grew(f"{told} {text}".strip())


def _local(packed: Pack) -> dict[str, datetime]:
    return {note.moment.id: local_time(note.moment.started_us, note.moment.zone) for note in packed.notes}
