"""The local language model: messages in, an answer that grows, with grammar, stop words and cancel.

Role: everything between ``models.protocols.ChatModel`` and the tokens of ``models.llama``. Words of others (evidence,
questions) never become control tokens, whatever they contain.

Source: ChatML, the template in the metadata of the Qwen2.5, Qwen3 and SmolLM2 files.
"""

from __future__ import annotations

import codecs
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np

from models.errors import ModelError
from models.llama import Grammar, GrammarWalk, LlamaEngine, choose, softmax
from models.loading import IDLE_S, Lazy, LazyBackend, load_weights
from models.prefixes import PrefixStore
from models.protocols import Cancelled, CancelToken, Chunk, GenerateOptions, Message
from models.weights import Model, WeightsFolder

_START, _END = "<|im_start|>", "<|im_end|>"
_N_GRAMMARS = 16
_PREFIXES = "prefixes"


@dataclass(slots=True)
class _Loaded:
    engine: LlamaEngine
    prefixes: PrefixStore
    grammars: dict[str, Grammar] = field(default_factory=dict)

    def grammar(self, text: str) -> Grammar:
        """Parse a grammar once; the oldest goes when there are many."""
        if text not in self.grammars:
            if len(self.grammars) >= _N_GRAMMARS:
                self.grammars.pop(next(iter(self.grammars))).close()
            self.grammars[text] = Grammar(self.engine.vocab, text)
        return self.grammars[text]

    def close(self) -> None:
        for grammar in self.grammars.values():
            grammar.close()
        self.engine.close()


class LlamaChat(LazyBackend[_Loaded]):
    """A GGUF model with the ChatML format.

    Prompts that begin alike are cheap one after the other: only what differs is read again. One answer at a time; close
    an iterator (or read it to its end) before the next call on the same thread.

    Args:
        folder: The folder of weights.
        model: Its entry in the catalogue.
        n_context: Tokens of prompt and answer together.
        n_threads: For writing; None takes the physical cores, at most four.
        clock: Monotonic seconds.
        idle_s: Seconds without use after which it may be unloaded.
    """

    def __init__(
        self,
        folder: WeightsFolder,
        model: Model,
        *,
        n_context: int = 4096,
        n_threads: int | None = None,
        clock: Callable[[], float] = time.monotonic,
        idle_s: float = IDLE_S,
    ) -> None:
        threads = n_threads or min(4, _count_cores())

        def load_file(path: Path) -> _Loaded:
            file = path / model.files[0].name
            engine = LlamaEngine(file, n_context=n_context, n_threads=threads, n_threads_batch=threads)
            if len(engine.tokenize(_START, special=True)) != 1:
                engine.close()
                raise ModelError(f"{model.title} does not speak ChatML.", hint="Choose another profile.")
            recipe = f"{file.name} {model.files[0].sha256} {engine.recipe}"
            return _Loaded(engine, PrefixStore(path / _PREFIXES, recipe))

        def load() -> _Loaded:
            return load_weights(folder, model, load_file)

        super().__init__(
            f"{model.origin} {model.files[0].name}", Lazy(load, close=_Loaded.close, clock=clock, idle_s=idle_s)
        )
        self._n_context = n_context
        self._busy = threading.Lock()
        self._owner: int | None = None

    @property
    def n_context(self) -> int:
        """Tokens that prompt and answer may have together."""
        return self._n_context

    def count_tokens(self, text: str) -> int:
        """Count the tokens of a text without special tokens; may be called while an answer is written."""
        with self._lazy.borrow() as loaded:
            return len(loaded.engine.tokenize(text))

    def prepare(self, messages: Sequence[Message], *, cancel: CancelToken | None = None) -> None:
        """Read the messages that many prompts begin with, so that each is read from there on only.

        What they come to is kept beside the weights, for the next start and for when other prompts came between.

        Args:
            messages: The same for all; nothing of the user's, for it is written to disk.
            cancel: Stops the reading.

        Raises:
            ModelError: They are longer than the context.
            WeightsMissing: The weights are not there.
            Cancelled: ``cancel`` was set.
        """
        cancel = cancel or CancelToken()
        with self._lazy.borrow() as loaded, self._alone():
            engine = loaded.engine
            tokens = self._tokens_of(engine, messages)
            self._require_room(engine, tokens)
            if engine.tokens[: len(tokens)] == tuple(tokens):
                return
            state = loaded.prefixes.load(tokens)
            if state is None or not engine.restore(tokens, state):
                engine.read(tokens, cancel)
                loaded.prefixes.save(tokens, engine.copy_state())

    def generate(
        self, messages: Sequence[Message], options: GenerateOptions, *, cancel: CancelToken | None = None
    ) -> Iterator[Chunk]:
        """Write an answer piece by piece.

        Args:
            messages: The prompt.
            options: How to write.
            cancel: Stops within 200 ms; the last chunk then says so.

        Yields:
            Chunks of text; the last one is ``done``.

        Raises:
            ValueError: The grammar cannot be parsed.
            ModelError: The prompt is longer than the context.
            WeightsMissing: The weights are not there.
        """
        cancel = cancel or CancelToken()
        with self._lazy.borrow() as loaded, self._alone():
            prompt = self._prompt(loaded.engine, messages, options.prefill)
            if options.grammar is None:
                yield from self._write(loaded.engine, prompt, options, None, cancel)
            else:
                with loaded.grammar(options.grammar).walk() as walk:
                    yield from self._write(loaded.engine, prompt, options, walk, cancel)

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
            choices: Texts that differ in their first token; after a prefill that ends in a word, begin with a space.
            prefill: Words put into the assistant's mouth before the choice.
            cancel: Stops the reading of the prompt.

        Returns:
            Probabilities that sum to 1 over the choices.

        Raises:
            ValueError: Two choices begin with the same token, or there is none.
            ModelError: The prompt is longer than the context.
            Cancelled: ``cancel`` was set.
        """
        cancel = cancel or CancelToken()
        cancel.raise_if_cancelled()
        with self._lazy.borrow() as loaded, self._alone():
            firsts = [loaded.engine.tokenize(choice)[:1] for choice in choices]
            tokens = [first[0] for first in firsts if first]
            if not tokens or len(set(tokens)) < len(choices):
                raise ValueError("Choices must differ in their first token")
            loaded.engine.read(self._prompt(loaded.engine, messages, prefill), cancel)
            weights = softmax(loaded.engine.logits()[tokens])
            return tuple(float(weight) for weight in weights)

    def _prompt(self, engine: LlamaEngine, messages: Sequence[Message], prefill: str) -> list[int]:
        tokens = self._tokens_of(engine, messages)
        tokens += engine.tokenize(f"{_START}assistant\n", special=True)
        tokens += engine.tokenize(prefill)
        self._require_room(engine, tokens)
        return tokens

    @staticmethod
    def _tokens_of(engine: LlamaEngine, messages: Sequence[Message]) -> list[int]:
        tokens: list[int] = []
        for message in messages:
            tokens += engine.tokenize(f"{_START}{message.role}\n", special=True)
            tokens += engine.tokenize(message.text)
            tokens += engine.tokenize(f"{_END}\n", special=True)
        return tokens

    @staticmethod
    def _require_room(engine: LlamaEngine, tokens: Sequence[int]) -> None:
        if len(tokens) >= engine.n_context:
            raise ModelError(
                f"The prompt has {len(tokens):,} tokens; the language model takes {engine.n_context - 1:,}.",
                hint="Ask about fewer things at once.",
            )

    def _write(
        self,
        engine: LlamaEngine,
        prompt: list[int],
        options: GenerateOptions,
        walk: GrammarWalk | None,
        cancel: CancelToken,
    ) -> Iterator[Chunk]:
        text = GrowingText(options.stop)
        n_most = min(options.max_tokens, engine.n_context - len(prompt))
        random = np.random.default_rng(options.seed)
        n_written = 0
        stopped_by: Literal["end", "length", "cancel"] = "length"
        try:
            engine.read(prompt, cancel)
            while n_written < n_most:
                cancel.raise_if_cancelled()
                token = choose(engine.logits(), walk, options.temperature, random)
                if engine.ends(token):
                    stopped_by = "end"
                    break
                n_written += 1
                if walk is not None:
                    walk.accept(token)
                if piece := text.add(engine.piece(token)):
                    yield Chunk(piece)
                if text.stopped:
                    stopped_by = "end"
                    break
                if n_written < n_most:
                    engine.append(token)
        except Cancelled:
            stopped_by = "cancel"
        if rest := text.finish():
            yield Chunk(rest)
        yield Chunk("", True, len(prompt), n_written, stopped_by)

    def _alone(self) -> _Turn:
        return _Turn(self)


class _Turn:
    """One answer at a time; a second one on the same thread is a mistake and not a deadlock."""

    def __init__(self, chat: LlamaChat) -> None:
        self._chat = chat

    def __enter__(self) -> None:
        if self._chat._owner == threading.get_ident():
            raise RuntimeError("An answer is still being written on this thread; close its iterator first")
        self._chat._busy.acquire()
        self._chat._owner = threading.get_ident()

    def __exit__(self, *_error: object) -> None:
        self._chat._owner = None
        self._chat._busy.release()


class GrowingText:
    """Bytes in, whole characters out, held back while they may be the beginning of a stop word."""

    def __init__(self, stops: Sequence[str]) -> None:
        self._stops = tuple(stop for stop in stops if stop)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self.stopped = False

    def add(self, data: bytes) -> str:
        """Take bytes; give the text that is certain now."""
        self._held += self._decoder.decode(data)
        found = [at for stop in self._stops if (at := self._held.find(stop)) >= 0]
        if found:
            self.stopped = True
            text, self._held = self._held[: min(found)], ""
            return text
        n_held = max((_n_overlap(self._held, stop) for stop in self._stops), default=0)
        text, self._held = self._held[: len(self._held) - n_held], self._held[len(self._held) - n_held :]
        return text

    def finish(self) -> str:
        """Give what was held back."""
        text, self._held = self._held + self._decoder.decode(b"", final=True), ""
        return "" if self.stopped else text


def _n_overlap(text: str, stop: str) -> int:
    """Length of the longest end of the text that begins the stop word."""
    return next((n for n in range(min(len(text), len(stop) - 1), 0, -1) if text.endswith(stop[:n])), 0)


def _count_cores() -> int:
    """Physical cores this process may use (its logical ones where the kernel does not tell)."""
    cpus = os.sched_getaffinity(0)
    cores = set()
    for cpu in cpus:
        try:
            cores.add(Path(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list").read_text("ascii"))
        except OSError:
            return len(cpus)
    return max(len(cores), min(2, len(cpus)))
