"""Small real models for tests: deterministic, instant, without weights.

Each one keeps its protocol's promises (order, unit length, cancel, ``done``), so that a test of a room above ``models``
sees the behaviour of the real thing, only with words the test has chosen.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from models.protocols import (
    CancelToken,
    Chunk,
    FloatArray,
    GenerateOptions,
    ImageArray,
    Message,
    Segment,
    TextLine,
    Word,
)

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_PIECE = re.compile(r"\s*\S+|\s+$")


class _Loadable:
    """The part of ``Backend`` that all fakes share: loaded by the first use, unloaded on request."""

    def __init__(self, producer: str) -> None:
        self._producer = producer
        self._loaded = False
        self.n_loads = 0

    @property
    def producer(self) -> str:
        return self._producer

    @property
    def is_loaded(self) -> bool:
        return self._loaded

    def unload(self) -> None:
        self._loaded = False

    def _load(self) -> None:
        if not self._loaded:
            self._loaded = True
            self.n_loads += 1


class ToneVoices(_Loadable):
    """A voice is its pitch: the energies in 64 bands of 125 Hz, so that two tones are two people."""

    def __init__(self, *, producer: str = "fake/tone-voices@1") -> None:
        super().__init__(producer)
        self.n_clips = 0

    @property
    def n_dims(self) -> int:
        return 64

    def embed(self, clips: Sequence[FloatArray], *, cancel: CancelToken | None = None) -> FloatArray:
        self._load()
        if cancel is not None:
            cancel.raise_if_cancelled()
        self.n_clips += len(clips)
        rows = np.full((len(clips), self.n_dims), 1e-6, np.float32)
        for row, clip in zip(rows, clips, strict=True):
            if len(clip):
                row += (np.abs(np.fft.rfft(clip, 16_000))[:8000] ** 2).reshape(self.n_dims, -1).sum(axis=1)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


class HashEmbedder(_Loadable):
    """Bag of words: each word adds a fixed pseudo-random direction, so texts that share words are near each other."""

    def __init__(self, n_dims: int = 64, *, producer: str = "fake/hash-embedder@1") -> None:
        super().__init__(producer)
        self._n_dims = n_dims
        self._directions: dict[str, FloatArray] = {}
        self.n_texts = 0

    @property
    def n_dims(self) -> int:
        return self._n_dims

    def embed(self, texts: Sequence[str], *, cancel: CancelToken | None = None) -> FloatArray:
        self._load()
        rows = np.zeros((len(texts), self._n_dims), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            if cancel is not None:
                cancel.raise_if_cancelled()
            for word in _WORD.findall(text.lower()) or [""]:
                row += self._direction(word)
            row /= np.linalg.norm(row)
        self.n_texts += len(texts)
        return rows

    def _direction(self, word: str) -> FloatArray:
        if word not in self._directions:
            seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "little")
            self._directions[word] = np.random.default_rng(seed).standard_normal(self._n_dims).astype(np.float32)
        return self._directions[word]


Reply = str | Callable[[Sequence[Message], GenerateOptions], str]


@dataclass(frozen=True, slots=True)
class ChatCall:
    """One request a ``ScriptedChat`` got."""

    messages: tuple[Message, ...]
    options: GenerateOptions


class ScriptedChat(_Loadable):
    """Says what it was told to say, word by word.

    Args:
        replies: One text (or a function of messages and options) a call, in order; the last one again and again.
        weights: Probabilities ``weigh`` gives before it makes them sum to 1, by choice; others weigh 1.
    """

    def __init__(
        self,
        replies: Iterable[Reply] | str = "I do not know.",
        *,
        weights: dict[str, float] | None = None,
        n_context: int = 4096,
        producer: str = "fake/scripted-chat@1",
    ) -> None:
        super().__init__(producer)
        self._replies: list[Reply] = [replies] if isinstance(replies, str) else list(replies)
        self._weights = weights or {}
        self._n_context = n_context
        self.calls: list[ChatCall] = []
        self.weighed: list[tuple[tuple[Message, ...], tuple[str, ...]]] = []
        self.prepared: list[tuple[Message, ...]] = []

    @property
    def n_context(self) -> int:
        return self._n_context

    def count_tokens(self, text: str) -> int:
        """Count one token for about four characters, never fewer than words."""
        return max(len(text.split()), (len(text) + 3) // 4)

    def prepare(self, messages: Sequence[Message], *, cancel: CancelToken | None = None) -> None:
        """Note them."""
        self._load()
        if cancel is not None:
            cancel.raise_if_cancelled()
        self.prepared.append(tuple(messages))

    def generate(
        self, messages: Sequence[Message], options: GenerateOptions, *, cancel: CancelToken | None = None
    ) -> Iterator[Chunk]:
        self._load()
        self.calls.append(ChatCall(tuple(messages), options))
        reply = self._replies[min(len(self.calls), len(self._replies)) - 1]
        text = reply if isinstance(reply, str) else reply(messages, options)
        for stop in options.stop:
            text = text.split(stop, 1)[0]
        pieces = _PIECE.findall(text)
        n_prompt = sum(self.count_tokens(message.text) for message in messages)
        for n_said, piece in enumerate(pieces):
            if cancel is not None and cancel.is_cancelled:
                yield Chunk("", True, n_prompt, n_said, "cancel")
                return
            if n_said >= options.max_tokens:
                yield Chunk("", True, n_prompt, n_said, "length")
                return
            yield Chunk(piece)
        yield Chunk("", True, n_prompt, len(pieces), "end")

    def weigh(
        self,
        messages: Sequence[Message],
        choices: Sequence[str],
        *,
        prefill: str = "",
        cancel: CancelToken | None = None,
    ) -> tuple[float, ...]:
        self._load()
        if cancel is not None:
            cancel.raise_if_cancelled()
        self.weighed.append((tuple(messages), tuple(choices)))
        weights = [self._weights.get(choice, 1.0) for choice in choices]
        return tuple(weight / sum(weights) for weight in weights)


class ScriptedTranscriber(_Loadable):
    """Hears the sentences it was told to hear, one after the other, as long as the sound lasts.

    Args:
        sentences: What is said. Each takes ``sentence_s`` seconds; what does not fit into the audio is not said.
        sentence_s: Seconds a sentence.
        language: Reported language where none is asked for.

    Digital silence gives nothing, as with the real one.
    """

    def __init__(
        self,
        sentences: Sequence[str] = ("the boiler man comes on friday",),
        *,
        sentence_s: float = 2.0,
        language: str = "en",
        producer: str = "fake/scripted-transcriber@1",
    ) -> None:
        super().__init__(producer)
        self._sentences = tuple(sentences)
        self._sentence_s = sentence_s
        self._language = language
        self.heard_s: list[float] = []

    def transcribe(
        self,
        audio: FloatArray,
        *,
        language: str | None = None,
        likely: str | None = None,
        cancel: CancelToken | None = None,
        report: Callable[[float], None] | None = None,
    ) -> Iterator[Segment]:
        self._load()
        duration_s = len(audio) / 16_000
        self.heard_s.append(duration_s)
        if len(audio) == 0 or not np.any(audio):
            return
        for index, sentence in enumerate(self._sentences):
            if cancel is not None:
                cancel.raise_if_cancelled()
            start_s = index * self._sentence_s
            if start_s >= duration_s:
                break
            end_s = min(start_s + self._sentence_s, duration_s)
            yield Segment(
                text=sentence,
                start_s=start_s,
                end_s=end_s,
                words=_spread(sentence, start_s, end_s),
                mean_logprob=-0.2,
                language=language or self._language,
            )
            if report is not None:
                report(end_s)


def _spread(sentence: str, start_s: float, end_s: float) -> tuple[Word, ...]:
    """Give every word of a sentence an equal part of its time."""
    words = sentence.split()
    edges = np.linspace(start_s, end_s, len(words) + 1)
    return tuple(Word(word, float(edges[i]), float(edges[i + 1]), 0.9) for i, word in enumerate(words))


@dataclass
class FixedTextReader:
    """Reads the same lines in every picture, one below the other; remembers the shapes it was shown."""

    lines: Sequence[str] = ("Invoice 4711", "Total 12.50")
    producer: str = "fake/fixed-text-reader@1"
    is_loaded: bool = False
    shapes: list[tuple[int, ...]] = field(default_factory=list)

    def read(self, image: ImageArray) -> tuple[TextLine, ...]:
        self.is_loaded = True
        self.shapes.append(image.shape)
        height, width = image.shape[:2]
        step = height / max(len(self.lines), 1)
        return tuple(
            TextLine(
                text,
                ((0.0, i * step), (float(width), i * step), (float(width), (i + 1) * step), (0.0, (i + 1) * step)),
                0.99,
            )
            for i, text in enumerate(self.lines)
        )

    def read_screen(self, image: ImageArray) -> tuple[TextLine, ...]:
        return self.read(image)

    def unload(self) -> None:
        self.is_loaded = False


class ColourEye(_Loadable):
    """Sees which of four colours a picture is made of; a text is where the colours it names are."""

    COLOURS: ClassVar = {"red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}
    least_cosine = 0.8
    certainty = 1.0

    def __init__(self, *, producer: str = "fake/colour-eye@1") -> None:
        super().__init__(producer)
        self.n_pictures = 0
        self.error: Exception | None = None

    @property
    def n_dims(self) -> int:
        return len(self.COLOURS) + 1

    def embed_pictures(self, images: Sequence[ImageArray], *, cancel: CancelToken | None = None) -> FloatArray:
        if self.error is not None:
            raise self.error
        self._load()
        self.n_pictures += len(images)
        rows = np.full((len(images), self.n_dims), 1e-6, np.float32)
        for row, image in zip(rows, images, strict=True):
            for column, colour in enumerate(self.COLOURS.values()):
                row[column] += float((np.abs(image.astype(int) - colour).max(axis=2) < 60).mean())
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)

    def embed_texts(self, texts: Sequence[str], *, cancel: CancelToken | None = None) -> FloatArray:
        if self.error is not None:
            raise self.error
        self._load()
        rows = np.zeros((len(texts), self.n_dims), np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[:-1] = [float(name in text.lower()) for name in self.COLOURS]
            row[-1] = float(not row.any())
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)
