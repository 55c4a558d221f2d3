"""Titles and summaries of events by a local model, while nobody waits: the newest events first, one at a time.

Role: reads an event's moments, asks the model, keeps what stands. It can be stopped at any token: an event is either
read and noted as read, or still waits. What makes an idle time is decided elsewhere (``app.idle_titles``).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from memory.event_words import Unworded
from memory.records import CALENDAR, EventWords, Moment
from memory.store import Memory
from models.protocols import CancelToken, ChatModel, GenerateOptions, Message
from reflect import wording
from reflect.titles import with_people_and_place
from reflect.wording import RULES, Lent, Shown, Wording

log = logging.getLogger(__name__)
SETTLED_US = 30 * 60 * 1_000_000  # an event that ended so long ago does not go on: after it a cut is sure
_MOST_MEMBERS = 400  # of an event that is longer, every so many
_MOST_TOKENS = 96
_MOST_NOTES = 1_500  # tokens; letters of some scripts are several each


@dataclass(slots=True)
class Worded:
    """What one pass came to.

    Attributes:
        n_read: Events that were read; of each it is known now what it is called.
        n_titles, n_summaries: What stood.
        n_prompt_tokens, n_completion_tokens: That the model read and wrote.
        is_done: Whether no event is left.
    """

    n_read: int = 0
    n_titles: int = 0
    n_summaries: int = 0
    n_prompt_tokens: int = 0
    n_completion_tokens: int = 0
    is_done: bool = False


class EventWorder:
    """Finds better words for events.

    Args:
        memory: Where from and where to.
        chat: The local model.
        model: Whose vectors tell which moments are nearest to all.
        lent: What recall judges.
        me: The user's own names.
    """

    def __init__(self, memory: Memory, chat: ChatModel, *, model: str, lent: Lent, me: Sequence[str] = ()) -> None:
        self._memory, self._chat, self._model, self._lent, self._me = memory, chat, model, lent, tuple(me)
        self._working = threading.Lock()

    @property
    def is_loaded(self) -> bool:
        """Whether the model is in memory already."""
        return self._chat.is_loaded

    def has_work(self, *, now_us: int) -> bool:
        """Whether an event waits to be read."""
        book = self._memory.events
        return not book.is_read_only and book.has_unworded(rules=RULES, until_us=now_us - SETTLED_US)

    def refresh(
        self, *, most: int, now_us: int, cancel: CancelToken, went_on: Callable[[int], None] = lambda _n: None
    ) -> Worded:
        """Read events that no model has read yet, no more than ``most``.

        Args:
            most: So many at most.
            now_us: UTC; an event that may still go on is left alone.
            cancel: Ends it at the next token; the event that was being read waits on.
            went_on: Told how many were read, after each.

        Raises:
            ModelError: the model cannot work.
        """
        done = Worded()
        if self._memory.events.is_read_only or not self._working.acquire(blocking=False):
            return done
        try:
            waiting = self._list(most + 1, now_us)
            for event in waiting[:most]:
                if cancel.is_cancelled or not self._read(event, cancel, done):
                    return done
                went_on(done.n_read)
            done.is_done = len(waiting) <= most
        finally:
            self._working.release()
            if done.n_read:
                log.info("events named: %d read, %d titles", done.n_read, done.n_titles)
        return done

    def _list(self, limit: int, now_us: int) -> list[Unworded]:
        return self._memory.events.list_unworded(rules=RULES, until_us=now_us - SETTLED_US, limit=limit)

    def _read(self, event: Unworded, cancel: CancelToken, done: Worded) -> bool:
        """Read one event and keep what stands; False where it was stopped."""
        step = -(-len(event.moments) // _MOST_MEMBERS)
        members = event.moments[::step]
        found = self._memory.find_moments(members)
        moments = [found[id_] for id_ in members if id_ in found]
        shown = self._choose(moments)
        made = Wording("", "")
        if shown is not None and shown.is_enough:
            reply = self._ask(shown, cancel, done)
            if reply is None:
                return False
            made = wording.read_reply(reply, shown, self._lent)
        words = EventWords(
            title=with_people_and_place(made.title, moments, self._me) if made.title else "",
            summary=made.summary,
            producer=self._chat.producer,
            rules=RULES,
            made_of=() if shown is None else tuple(moment.id for moment in shown.moments),
        )
        if self._memory.events.put_words(event.number, words):
            done.n_titles += bool(words.title)
            done.n_summaries += bool(words.summary)
        done.n_read += 1
        return True

    def _choose(self, moments: Sequence[Moment]) -> Shown | None:
        """What the model is shown; None where the user's calendar names the event."""
        if any(moment.app == CALENDAR for moment in moments):
            return None
        vectors = self._memory.find_vectors([moment.id for moment in moments], model=self._model, unit="moment")
        shown = wording.choose(moments, vectors, self._lent)
        while len(shown.moments) > 1 and self._chat.count_tokens(wording.build_notes(shown)) > _MOST_NOTES:
            shown = shown.less()
        return shown

    def _ask(self, shown: Shown, cancel: CancelToken, done: Worded) -> str | None:
        """What the model writes; None where it was stopped."""
        beginning = wording.build_beginning()
        self._chat.prepare(beginning, cancel=cancel)
        messages = [*beginning, Message("user", wording.build_notes(shown))]
        options = GenerateOptions(
            max_tokens=_MOST_TOKENS, grammar=wording.build_grammar(shown), prefill=wording.PREFILL
        )
        reply = ""
        try:
            for chunk in self._chat.generate(messages, options, cancel=cancel):
                reply += chunk.text
                if chunk.done:
                    done.n_prompt_tokens += chunk.n_prompt_tokens
                    done.n_completion_tokens += chunk.n_completion_tokens
                    if chunk.stopped_by == "cancel":
                        return None
        except ValueError:  # odd letters that no grammar can be made of: they must not keep the events behind it back
            log.warning("no grammar could be made of an event's words")
            return ""
        return reply
