"""What Madeleine asks of a model: protocols over arrays and text, and the plain records they return.

Role: the contract between those who compute and those who ask. Nothing here loads a model, reads a file of the user's,
looks at a clock or opens a database. Constructing a backend is cheap; the first call loads it under a lock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
ImageArray = NDArray[np.uint8]


class Cancelled(Exception):
    """Raised inside work whose ``CancelToken`` was cancelled. Not an error: nothing is shown."""


class CancelToken:
    """A flag that the one who waits sets and the one who works looks at."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; safe from any thread, any number of times."""
        self._event.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether ``cancel`` was called."""
        return self._event.is_set()

    def raise_if_cancelled(self) -> None:
        """Leave the work here if it is no longer wanted.

        Raises:
            Cancelled: ``cancel`` was called.
        """
        if self.is_cancelled:
            raise Cancelled


@dataclass(frozen=True, slots=True)
class Word:
    """One recognized word; times in seconds from the start of the audio, probability 0 to 1."""

    text: str
    start_s: float
    end_s: float
    probability: float


@dataclass(frozen=True, slots=True)
class Segment:
    """One output of the recognizer; times in seconds from the start of the audio."""

    text: str
    start_s: float
    end_s: float
    words: tuple[Word, ...] = ()
    mean_logprob: float = 0.0
    no_speech_probability: float = 0.0
    language: str = ""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text in a picture.

    Attributes:
        text: The words of the line.
        box_px: Four corners (x, y) in pixels of the upright picture, clockwise from the upper left.
        confidence: 0 to 1.
        words: Where each word of an upright line is: from and to in pixels across; empty where that is not known.
    """

    text: str
    box_px: tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
    confidence: float
    words: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a prompt."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerateOptions:
    """How to generate. Unknown keys are refused by the dataclass itself.

    Attributes:
        max_tokens: Upper bound of tokens written.
        temperature: 0 is greedy.
        grammar: GBNF text that limits what can be written, or None.
        stop: Texts that end the answer (not returned).
        seed: Of the sampler, where temperature is above 0.
        prefill: Words put into the assistant's mouth before it goes on; not returned.
    """

    max_tokens: int = 256
    temperature: float = 0.0
    grammar: str | None = None
    stop: tuple[str, ...] = ()
    seed: int = 0
    prefill: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of generated text. The last chunk has ``done`` set, an empty text and the token counts."""

    text: str
    done: bool = False
    n_prompt_tokens: int = 0
    n_completion_tokens: int = 0
    stopped_by: Literal["", "end", "length", "cancel"] = ""


@runtime_checkable
class Backend(Protocol):
    """What all models share."""

    @property
    def producer(self) -> str:
        """Model id and revision ("Systran/faster-whisper-base@ebe41f7 int8"); named in everything it makes."""
        ...

    @property
    def is_loaded(self) -> bool:
        """Whether its weights are in memory now."""
        ...

    def unload(self) -> None:
        """Give the memory back; the next call loads again. Waits for a running call."""
        ...


@runtime_checkable
class Transcriber(Backend, Protocol):
    """Speech to text."""

    def transcribe(
        self,
        audio: FloatArray,
        *,
        language: str | None = None,
        likely: str | None = None,
        cancel: CancelToken | None = None,
        report: Callable[[float], None] | None = None,
    ) -> Iterator[Segment]:
        """Recognize speech, in order of time; silence gives nothing.

        Args:
            audio: float32 (samples,), mono, 16 kHz, -1 to 1.
            language: ISO 639-1 code, or None to detect it.
            likely: Taken where detection is in doubt: what the others in the room speak.
            cancel: Looked at between segments.
            report: Called with the seconds of audio finished so far.
        """
        ...


@runtime_checkable
class TextReader(Backend, Protocol):
    """Text in pictures (OCR)."""

    def read(self, image: ImageArray) -> tuple[TextLine, ...]:
        """Read all lines in reading order.

        Args:
            image: uint8 (height, width, 3), RGB, upright.
        """
        ...

    def read_screen(self, image: ImageArray) -> tuple[TextLine, ...]:
        """The same of a picture that a computer drew: upright lines of exact pixels, each read once.

        Args:
            image: uint8 (height, width, 3), RGB, upright.
        """
        ...


@runtime_checkable
class Embedder(Backend, Protocol):
    """Text to vectors."""

    @property
    def n_dims(self) -> int:
        """Length of a vector."""
        ...

    def embed(self, texts: Sequence[str], *, cancel: CancelToken | None = None) -> FloatArray:
        """Embed texts.

        Returns:
            float32 (texts, dims), each row of unit length; an empty text gives a row of unit length too.
        """
        ...


@runtime_checkable
class PictureEmbedder(Backend, Protocol):
    """Pictures and texts to vectors of one space: a text is near the pictures that show what it says."""

    @property
    def n_dims(self) -> int:
        """Length of a vector."""
        ...

    @property
    def least_cosine(self) -> float:
        """From this cosine on a picture is close to a text."""
        ...

    @property
    def certainty(self) -> float:
        """How much its word counts beside what a moment's own words say, 0 to 1."""
        ...

    def embed_pictures(self, images: Sequence[ImageArray], *, cancel: CancelToken | None = None) -> FloatArray:
        """Embed pictures.

        Args:
            images: Each uint8 (height, width, 3), RGB, upright.
            cancel: Looked at between batches.

        Returns:
            float32 (pictures, dims), each row of unit length.
        """
        ...

    def embed_texts(self, texts: Sequence[str], *, cancel: CancelToken | None = None) -> FloatArray:
        """Embed texts.

        Returns:
            float32 (texts, dims), each row of unit length.
        """
        ...


@dataclass(frozen=True, slots=True)
class Tag:
    """A word for what a picture probably shows, and its share of the classifier's whole, 0 to 1."""

    word: str
    share: float


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What was seen in one picture: words for a person, best first, and its vector, float32 (dims,)."""

    tags: tuple[Tag, ...]
    vector: FloatArray


@runtime_checkable
class PictureTagger(Backend, Protocol):
    """Pictures to everyday words for what they probably show."""

    def see(self, image: ImageArray) -> Seen:
        """Look at one picture, uint8 (height, width, 3), RGB, upright."""
        ...


@runtime_checkable
class VoiceEmbedder(Backend, Protocol):
    """The sound of a voice to a vector: near for the same person, far for another, whatever is said."""

    @property
    def n_dims(self) -> int:
        """Length of a vector."""
        ...

    def embed(self, clips: Sequence[FloatArray], *, cancel: CancelToken | None = None) -> FloatArray:
        """Embed clips in which one person speaks.

        Args:
            clips: Each float32 (samples,), mono, 16 kHz, -1 to 1; how loud it is does not matter.
            cancel: Looked at between batches.

        Returns:
            float32 (clips, dims), each row of unit length; silence gives a row of unit length too.
        """
        ...


@runtime_checkable
class WordEmbedder(Protocol):
    """An embedder that also knows single words, at the cost of a look-up."""

    def embed_words(self, words: Sequence[str]) -> FloatArray:
        """Look words up.

        Returns:
            float32 (words, dims), each row of unit length, or zero for a word that is not known at all.
        """
        ...


@runtime_checkable
class ChatModel(Backend, Protocol):
    """A local language model."""

    @property
    def n_context(self) -> int:
        """Tokens that prompt and answer may have together."""
        ...

    def count_tokens(self, text: str) -> int:
        """Count the tokens of a text without special tokens."""
        ...

    def prepare(self, messages: Sequence[Message], *, cancel: CancelToken | None = None) -> None:
        """Read the messages that many prompts begin with; each of these is then read from there on only.

        Args:
            messages: The same for all prompts, and nothing of the user's: what they come to may be kept on disk.
            cancel: Looked at while reading.
        """
        ...

    def generate(
        self, messages: Sequence[Message], options: GenerateOptions, *, cancel: CancelToken | None = None
    ) -> Iterator[Chunk]:
        """Write an answer piece by piece; stops within 200 ms of ``cancel``. The last chunk is ``done``."""
        ...

    def weigh(
        self,
        messages: Sequence[Message],
        choices: Sequence[str],
        *,
        prefill: str = "",
        cancel: CancelToken | None = None,
    ) -> tuple[float, ...]:
        """How likely the model is to go on with each of the choices, by the first token of each.

        Args:
            messages: The prompt.
            choices: Texts that differ in their first token ("yes", "no").
            prefill: Words put into the assistant's mouth before the choice.
            cancel: Looked at before reading the prompt.

        Returns:
            Probabilities that sum to 1 over the choices.
        """
        ...
