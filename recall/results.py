"""What recall gives back: plain frozen records, ready to be shown or printed.

Role: the nouns between a question and those who show its answer. No search, no model, no JSON here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from memory.records import Kind, Moment


class Reason(StrEnum):
    """Why there is no answer."""

    NOT_IN_MEMORY = "not_in_memory"
    NOT_INDEXED_YET = "not_indexed_yet"
    NOT_RECORDING = "not_recording"


@dataclass(frozen=True, slots=True)
class AnchorTold:
    """An event that the question counts its time from: its words, the moment that tells of it, and when it was."""

    text: str
    moment: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpreted:
    """What was understood of a question. Times are half open in UTC microseconds; None means not said."""

    since_us: int | None = None
    until_us: int | None = None
    kinds: tuple[Kind, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    apps: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    widened: bool = False  # the time range held nothing and was given up
    without_people: tuple[str, ...] = ()
    without_kinds: tuple[Kind, ...] = ()
    asks: tuple[str, ...] = ()  # "when", "who", ..., and what is to be reckoned: "first", "how_many", "order", ...
    anchor: AnchorTold | None = None
    follows: str | None = None  # what a follow-up was taken to ask, in full
    ignored: tuple[str, ...] = ()  # keys that the user took out: "when", "who:Anna", "kind:photo", "not:Tom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One moment that was found, why, and the words in it to mark.

    Attributes:
        score: 0 to 1, comparable within one result only.
        signals: Each signal's own 0 to 1 share ("lexical", "semantic", "temporal", ...).
        matched: (start, end) character spans of ``moment.text`` that match the question, in order.
        versions: Ids of what was found too and is another version of this picture.
    """

    moment: Moment
    score: float
    signals: Mapping[str, float] = field(default_factory=dict)
    matched: tuple[tuple[int, int], ...] = ()
    versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """Ranked moments for a query; ``found`` is empty when nothing is close."""

    query: str
    interpreted: Interpreted
    found: tuple[Found, ...]
    took_ms: float


@dataclass(frozen=True, slots=True)
class Quote:
    """What answers a question at once.

    Attributes:
        text: The very words of a moment, or what follows from them.
        certain: No model need be asked.
        is_told: It follows from the words and is not to be shown as their own ("on Friday: the Friday after ...").
    """

    text: str
    moment: str
    certain: bool
    is_told: bool = False

    @classmethod
    def of(cls, text: str, moment: Moment, *, certain: bool) -> Quote:
        """A quote of a moment; whether it is verbatim is looked up in it."""
        is_told = " ".join(text.split()).casefold() not in " ".join(moment.text.split()).casefold()
        return cls(text, moment.id, certain, is_told)


@dataclass(frozen=True, slots=True)
class Citation:
    """Claim number ``n`` of the answer ("[1]") is carried by ``moment``; ``quote`` are words that stand in it."""

    n: int
    moment: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """Milliseconds from the question to the evidence, to the first word, to the end."""

    retrieve_ms: float
    first_token_ms: float
    total_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer with citations ("... at ten [1]."), or an honest no."""

    question: str
    text: str
    abstained: bool
    reason: Reason | None
    citations: tuple[Citation, ...]
    evidence: tuple[Found, ...]
    interpreted: Interpreted
    took: Took
    quote: Quote | None = None
    n_prompt_tokens: int = 0
    n_completion_tokens: int = 0
    model: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceReady:
    """Told first, as soon as the moments are found: what to show while the model still reads."""

    result: SearchResult
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class AnswerGrew:
    """Told while the model writes: the whole text so far (replace what was shown)."""

    text: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """Told when it is known how sure it is that the evidence holds the answer.

    Attributes:
        signs: What was weighed, see ``recall.confidence``.
        confidence: The probability that the evidence holds the answer.
    """

    signs: Mapping[str, float]
    confidence: float


AskEvent = EvidenceReady | AnswerGrew | Weighed
