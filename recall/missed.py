"""What did I miss? The followed conversation is found, and what ran in other directions meanwhile is told.

Role: the order of things: read the question, find the conversation and its stretches of time, take what the other
directions said during them less the followed words heard again there, make points, tell. Each of these lives in a
module of its own. No point without its utterance; nothing of the followed conversation is told as missed.
Source: papers.md 1.1 (Beamforming-LLM) and its product recipe.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from memory.records import Moment
from memory.store import Memory, Scope
from models.protocols import CancelToken, ChatModel, Embedder
from recall import digest
from recall.attended import Span
from recall.conversations import Conversation
from recall.find_followed import HEARD, FindRules, FollowedFinder, Setting, within
from recall.followed import Followed, read_followed
from recall.leaks import NEAR_US, Line, own_lines
from recall.missed_results import Attended, Missed, MissedDirection, Nothing
from recall.points import build_points
from recall.retrieve import Retriever
from recall.times import TimeRange

log = logging.getLogger(__name__)
PATIENCE_S = 10.0  # for a model's words, where everything is told already without them


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedRules:
    """How much is told.

    Attributes:
        pad_us: What began or ended so shortly beside the followed stretch was missed as well: an exchange does not stop
            where the one beside it does.
        n_points: Most points a direction.
        n_phrased: Directions that the model phrases a line for; the others get one by rule.
        me: Names by which the user is addressed.
    """

    pad_us: int = 6_000_000
    n_points: int = 30
    n_phrased: int = 3
    me: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """A direction as it is told by rule, and the lines that carry its points."""

    direction: MissedDirection
    lines: tuple[Line, ...]


class MissedTeller:
    """Tells what ran beside a conversation. Safe from any thread.

    Args:
        memory: What is kept.
        retriever: Finds the recording where the question names only a topic.
        embedder: The retriever's; without it words alone decide.
        chat: Phrases a line for each direction; without it (or its weights) lines are made by rule.
        rules: How much is told.
        find_rules: When a recording is the one that is meant.
    """

    def __init__(
        self,
        memory: Memory,
        retriever: Retriever,
        embedder: Embedder | None = None,
        chat: ChatModel | None = None,
        *,
        rules: MissedRules | None = None,
        find_rules: FindRules | None = None,
    ) -> None:
        self._memory = memory
        self._finder = FollowedFinder(memory, retriever, embedder, rules=find_rules)
        self._phraser = None if chat is None else digest.Phraser(chat)
        self._rules = rules or MissedRules()

    def tell(
        self,
        question: str,
        *,
        now: datetime,
        session: str | None = None,
        scope: Scope | None = None,
        followed_streams: Collection[int] = (),
        listen: Callable[[Missed], None] = lambda _missed: None,
        patience_s: float = PATIENCE_S,
        cancel: CancelToken | None = None,
    ) -> Missed:
        """Tell what ran beside the conversation named in a question.

        Everything is told by rule first; a model may then word a line for each direction, for as long as one waits.

        Args:
            question: "What did I miss while I was following the conversation about dogs?"
            now: The aware time it is asked at, in the user's zone.
            session: The recording, where it is known.
            scope: Hard limits of time.
            followed_streams: Streams of the recording that the user marked as followed: they count, whatever the
                question names; it may still name the recording.
            listen: Hears what is told by rule, before a model is asked for its words.
            patience_s: So many seconds the model may take for all of its lines together; 0 asks none.
            cancel: Stops within 200 ms.

        Raises:
            Cancelled: ``cancel`` was set.
            ModelError: the embedder cannot work.
        """
        started_s = time.perf_counter()
        cancel = cancel or CancelToken()
        followed = read_followed(question, now=now, speakers=self._memory.list_speakers(), holds=self._heard_in)
        scope = scope or Scope()
        setting = self._find(followed, scope, session)
        if followed_streams:
            followed = Followed()  # what the question says of the conversation was corrected
            setting = self._find_marked(setting, followed_streams, scope, session)
        cancel.raise_if_cancelled()
        told = [] if isinstance(setting, Nothing) else self._beside(setting, cancel)
        attended = Attended() if isinstance(setting, Nothing) else _attended(setting, followed)
        reason = setting if isinstance(setting, Nothing) else None if told else _why_nothing(setting)
        missed = tuple(one.direction for one in told)
        contrast = digest.nothing_words(reason, followed) if reason else digest.contrast(followed, attended, missed)
        by_rule = Missed(
            question=question,
            session=None if isinstance(setting, Nothing) else setting.session,
            attended=attended,
            missed=missed,
            contrast=contrast,
            reason=reason,
            took_ms=(time.perf_counter() - started_s) * 1000,
        )
        log.info("missed: %d directions told beside %d followed", len(missed), len(attended.directions))
        listen(by_rule)
        if isinstance(setting, Nothing) or self._phraser is None or patience_s <= 0:
            return by_rule
        texts = [m.text for c in setting.followed for m in c.utterances]
        worded = self._word(told, texts, self._phraser.wait(patience_s, cancel))
        return replace(
            by_rule,
            missed=worded,
            contrast=digest.contrast(followed, attended, worded) if worded else contrast,
            took_ms=(time.perf_counter() - started_s) * 1000,
        )

    def _find(self, followed: Followed, scope: Scope, session: str | None) -> Setting | Nothing:
        """What was followed; a time that does not fit may belong to the topic ("the dinner tonight")."""
        setting = self._finder.find(followed, scope, session=session)
        if setting is Nothing.NOT_FOUND and followed.times and followed.names_something:
            return self._finder.find(replace(followed, times=()), scope, session=session)
        return setting

    def _find_marked(
        self, found: Setting | Nothing, streams: Collection[int], scope: Scope, session: str | None
    ) -> Setting | Nothing:
        """What the user marked, in the recording that is given or was found."""
        named = session if session is not None or isinstance(found, Nothing) else found.session
        return Nothing.NOT_SAID if named is None else self._finder.find_marked(named, streams, scope)

    def _heard_in(self, span: TimeRange) -> bool:
        scope = within([span], Scope(kinds=HEARD))
        return next(self._memory.iter_moments(scope, limit=1), None) is not None

    def _beside(self, setting: Setting, cancel: CancelToken) -> list[_Told]:
        """The other directions, the one that said most first."""
        own = [m for c in setting.followed for m in c.utterances]
        heard = []
        for conversation in setting.conversations:
            if not any(conversation is c for c in setting.followed):
                heard.append((conversation, self._own_lines(conversation, own, setting.spans)))
        heard.sort(key=lambda pair: -sum(len(line.text) for line in pair[1]))
        told: list[_Told] = []
        for conversation, lines in heard:
            cancel.raise_if_cancelled()
            one = self._tell_direction(conversation, lines)
            if one is not None:
                told.append(one)
        return told

    def _word(
        self, told: Sequence[_Told], elsewhere: Sequence[str], waiting: digest.Waiting
    ) -> tuple[MissedDirection, ...]:
        """The same directions, as many of them worded by the model as is wanted and as it gets done in time."""
        worded = []
        for n, one in enumerate(told):
            phrased = waiting.phrase(one.lines, elsewhere) if n < self._rules.n_phrased else None
            worded.append(replace(one.direction, summary=phrased, is_phrased=True) if phrased else one.direction)
        return tuple(worded)

    def _own_lines(self, conversation: Conversation, own: Sequence[Moment], spans: Sequence[Span]) -> list[Line]:
        """What a direction said in the spans, in words of its own."""
        meanwhile = [
            m for m in conversation.utterances if any(span.touches(m, pad_us=self._rules.pad_us) for span in spans)
        ]
        if not meanwhile:
            return []
        whole = Span(meanwhile[0].started_us, max(m.ended_us for m in meanwhile))
        near = [m for m in own if whole.touches(m, pad_us=NEAR_US)]
        return own_lines(meanwhile, near, self._finder.vectors([*meanwhile, *near]) if near else {})

    def _tell_direction(self, conversation: Conversation, lines: Sequence[Line]) -> _Told | None:
        """One direction told, or None where nothing in it is worth telling."""
        points = build_points(lines, me=self._rules.me, n_most=self._rules.n_points)
        if not points:
            return None
        carrying = {key for point in points for key in point.moments}
        weighty = tuple(line for line in lines if line.moment.id in carrying)
        direction = conversation.direction
        summary = digest.rule_summary(direction, points)
        return _Told(MissedDirection(direction, tuple(line.moment for line in lines), summary, tuple(points)), weighty)


def _attended(setting: Setting, followed: Followed) -> Attended:
    directions = tuple(c.direction for c in setting.followed)
    moments = sorted(
        (m for c in setting.followed for m in c.utterances if any(span.touches(m) for span in setting.spans)),
        key=lambda m: (m.started_us, m.id),
    )
    zone = setting.conversations[0].utterances[0].zone
    summary = digest.attended_summary(followed, directions, setting.spans, zone, is_sure=setting.is_sure)
    return Attended(directions, tuple(moments), summary, is_sure=setting.is_sure)


def _why_nothing(setting: Setting) -> Nothing:
    """Nothing ran beside it, or nothing could be told apart: sound without any direction was not taken apart."""
    has_direction = any(c.direction.azimuth_rad is not None for c in setting.conversations)
    return Nothing.NOTHING_BESIDE if has_direction or not setting.followed else Nothing.ONE_DIRECTION
