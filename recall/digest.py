"""Telling in sentences: a line for each direction and the one that sets them against what was followed.

Role: words only. A model may phrase what a direction talked about; its sentence is told only where every number and
name in it, and nearly every word, stands in that direction's utterances. Otherwise a sentence made by rule stands.
"""

from __future__ import annotations

import logging
import math
import re
import time
from collections.abc import Sequence

from models.errors import ModelError
from models.protocols import Cancelled, CancelToken, ChatModel, GenerateOptions, Message
from recall.attended import Span
from recall.check import numbers_in
from recall.followed import Followed
from recall.leaks import Line
from recall.missed_results import Attended, Direction, MissedDirection, Nothing, Point
from recall.names import holds
from recall.orders import has_orders
from recall.points import names_in
from recall.times import TimeRange, local_time
from recall.words import STOP_WORDS, stem, tokens

log = logging.getLogger(__name__)
_SYSTEM = (
    "You are given what was said in one corner of a room. Say in one short sentence what it was about, "
    "with the words of the speakers. Add nothing that was not said."
)
_EXAMPLE = (
    "- Did you hear from the plumber?\n- He comes on Monday at ten, and he wants the old pipes out before.",
    "They talked about the plumber, who comes on Monday at ten and wants the old pipes out before.",
)
_PREFILL = "They talked about"
_GRAMMAR = 'root ::= " " [^\\n\\[\\]"“”.!?]+ "."\n'
_MAX_TOKENS = 56
_MOST_CHARS = 1600  # of lines shown to the model: its time grows with them
_CARRIED = 0.75  # share of a sentence's words that must have been said
_FREE = frozenset(
    "talk talked discuss discussed plan planned planning need needed needing someone somebody person people".split()
)
_CLIPPED = 160
_TIRED_S = 300.0


def where(direction: Direction) -> str:
    """A direction in words: degrees, for no array knows which way its user looks."""
    if direction.azimuth_rad is None:
        return "somewhere in the room"
    return f"at {round(math.degrees(direction.azimuth_rad)) % 360}°"


def clock(span: Span, zone: str) -> str:
    """From when to when, on the wall clock."""
    since, until = local_time(span.since_us, zone), local_time(span.until_us, zone)
    return f"{since:%-d %B %Y, %H:%M:%S} to {until:%H:%M:%S}"


def followed_words(followed: Followed) -> str:
    """What was followed, as the question names it."""
    parts = []
    if followed.people:
        parts.append("with " + " and ".join(followed.people))
    if followed.partner:
        parts.append(f"with {followed.partner}")
    elif followed.topic:
        parts.append(f"about {followed.topic}")
    return " ".join(["the conversation", *parts])


def attended_summary(
    followed: Followed, directions: Sequence[Direction], spans: Sequence[Span], zone: str, *, is_sure: bool = True
) -> str:
    """One line about what was followed; it says so where that is only the closest to what was asked."""
    times = " and ".join(clock(span, zone) for span in spans)
    if not directions:
        return f"Away, {times}."
    words = _capital(followed_words(followed)) if is_sure else _closest(followed)
    return f"{words} {_places(directions)}, {times}."


def rule_summary(direction: Direction, points: Sequence[Point]) -> str:
    """A line made of the weightiest point (of at least one)."""
    more = f" (and {len(points) - 1} more)" if len(points) > 1 else ""
    return f"{_who_where(direction)}: {clip(points[0].text)}{more}."


def contrast(followed: Followed, attended: Attended, missed: Sequence[MissedDirection]) -> str:
    """The sentence that sets what was missed (at least one direction) against what was followed."""
    told = "; ".join(_told(one) for one in missed)
    if followed.away:
        return f"While you were away, {told}."
    if not attended.is_sure:
        return f"{_closest(followed)} ran {_places(attended.directions)}. Meanwhile {told}."
    return f"While you followed {followed_words(followed)} {_places(attended.directions)}, {told}."


def _closest(followed: Followed) -> str:
    return f"No words on {followed.topic} were heard; the conversation closest to it"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _told(one: MissedDirection) -> str:
    who = " and ".join(one.direction.speakers)
    if one.is_phrased:
        return f"{who or 'those'} {where(one.direction)} {one.summary.removeprefix('They ').rstrip('.')}"
    return f"{who or 'someone'} {where(one.direction)} said: “{clip(one.points[0].text)}”"


def _places(directions: Sequence[Direction]) -> str:
    return " and ".join(where(direction) for direction in directions)


def _who_where(direction: Direction) -> str:
    who = " and ".join(direction.speakers)
    place = where(direction)
    return f"{who} {place}" if who else _capital(place)


def nothing_words(reason: Nothing, followed: Followed) -> str:
    """Why nothing is told."""
    if reason is Nothing.NOT_SAID:
        if followed.side:
            return (
                f"I cannot tell what is {followed.side} of you: the array does not know which way you look. "
                "Name the topic, a person, a time, or a direction in degrees."
            )
        return "Say which conversation you followed: its topic, a person, a direction in degrees, or a time."
    if reason is Nothing.NOT_FOUND:
        return f"No recording holds {followed_words(followed)}."
    if reason is Nothing.ONE_DIRECTION:
        return "This recording has one direction: it was not taken apart, and what ran beside it cannot be told."
    if followed.away and followed.times:
        when = " and ".join(_stretch(t) for t in followed.times)
        if reason is Nothing.NOT_RECORDED:
            return f"Nothing was recorded {when}, while you were away."
        return f"A recording ran {when}, while you were away, but no words were heard."
    return "Nobody spoke in another direction meanwhile."


def _stretch(times: TimeRange) -> str:
    """A stretch of time that a question named."""
    since, until = times.since, times.until
    first = f"from {since:%-d %B %Y, %H:%M}"
    return f"{first} to {until:%H:%M}" if since.date() == until.date() else f"{first} to {until:%-d %B %Y, %H:%M}"


class _Patience(CancelToken):
    """Cancelled when the caller's token is, or when time is up: a busy machine gets the line made by rule."""

    def __init__(self, outer: CancelToken | None, seconds: float) -> None:
        super().__init__()
        self._outer = outer
        self._until_s = time.monotonic() + seconds

    @property
    def is_up(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() >= self._until_s

    @property
    def is_cancelled(self) -> bool:
        """Whether nobody waits any more."""
        is_outer = self._outer is not None and self._outer.is_cancelled
        return is_outer or super().is_cancelled or self.is_up


class Phraser:
    """Has a local model say what a direction talked about, and believes only what was said.

    A model that was too slow is not waited for again as long for some minutes, so that many questions in a row wait
    once.
    """

    def __init__(self, chat: ChatModel) -> None:
        self._chat = chat
        self._too_short_s = 0.0  # a patience that was not enough, and until when that counts
        self._until_s = 0.0

    def wait(self, patience_s: float, cancel: CancelToken | None = None) -> Waiting:
        """Begin to wait, for so many seconds, for lines of one answer."""
        is_in_vain = patience_s <= self._too_short_s and time.monotonic() < self._until_s
        return Waiting(self, 0.0 if is_in_vain else patience_s, cancel)

    def was_too_slow(self, patience_s: float) -> None:
        """Note that a patience was not enough."""
        if patience_s > 0:
            self._too_short_s, self._until_s = patience_s, time.monotonic() + _TIRED_S

    def phrase(self, lines: Sequence[Line], followed: Sequence[str], *, cancel: CancelToken) -> str | None:
        """Phrase one sentence.

        Args:
            lines: What the direction said.
            followed: Texts of the followed conversation: a word only they hold betrays a mix-up.
            cancel: Stops within 200 ms.

        Returns:
            "They talked about …", or None where the model cannot work, is stopped, or says what was not said.
        """
        shown = "\n".join(f"- {line.text}" for line in lines if not has_orders(line.text))[:_MOST_CHARS]
        if not shown:
            return None
        messages = [
            Message("system", _SYSTEM),
            Message("user", _EXAMPLE[0]),
            Message("assistant", _EXAMPLE[1]),
            Message("user", shown),
        ]
        options = GenerateOptions(max_tokens=_MAX_TOKENS, grammar=_GRAMMAR, prefill=_PREFILL)
        try:
            text = "".join(chunk.text for chunk in self._chat.generate(messages, options, cancel=cancel))
        except ModelError as error:
            log.info("no model to phrase with: %s", type(error).__name__)
            return None
        except Cancelled:
            return None
        sentence = f"{_PREFILL} {' '.join(text.split())}"
        if not text.rstrip().endswith(".") or not is_carried(sentence, [line.text for line in lines], followed):
            log.info("a phrased line did not stand: %d characters", len(sentence))
            return None
        return sentence


class Waiting:
    """Waits for the lines of one answer, all of them together no longer than was said."""

    def __init__(self, phraser: Phraser, patience_s: float, cancel: CancelToken | None) -> None:
        self._phraser = phraser
        self._patience_s = patience_s
        self._cancel = cancel
        self._patience = _Patience(cancel, patience_s)

    def phrase(self, lines: Sequence[Line], followed: Sequence[str]) -> str | None:
        """Phrase one sentence, see ``Phraser.phrase``; None when time is up.

        Raises:
            Cancelled: the caller cancelled.
        """
        if self._patience.is_up:
            return None
        sentence = self._phraser.phrase(lines, followed, cancel=self._patience)
        if self._cancel is not None:
            self._cancel.raise_if_cancelled()
        if sentence is None and self._patience.is_up:
            self._phraser.was_too_slow(self._patience_s)
        return sentence


def is_carried(sentence: str, said: Sequence[str], followed: Sequence[str] = ()) -> bool:
    """Whether a sentence says only what was said: every number and name, and nearly every other word.

    Args:
        sentence: To be told.
        said: The utterances it is about.
        followed: What was said elsewhere; no content word may come from there alone.
    """
    text = "\n".join(said)
    if not set(numbers_in(sentence)) <= set(numbers_in(text)):
        return False
    if not all(holds(name, text) for name in names_in(sentence)):
        return False
    there = {stem(w) for w in tokens(text)}
    elsewhere = {stem(w) for other in followed for w in tokens(other)} - there
    content = [stem(w) for w in tokens(sentence) if w not in STOP_WORDS and w not in _FREE]
    if any(word in elsewhere for word in content):
        return False
    return bool(content) and sum(word in there for word in content) >= _CARRIED * len(content)


def clip(text: str) -> str:
    """A text cut at a word where it is long, without its closing full stop."""
    if len(text) <= _CLIPPED:
        return re.sub(r"\.$", "", text)
    return text[:_CLIPPED].rsplit(" ", 1)[0] + "…"
