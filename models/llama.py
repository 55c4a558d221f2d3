"""The one door to llama.cpp: tokens in, logits out, with the work on a common prefix kept between calls.

Role: a thin layer over the C interface that ``llama_cpp`` binds. It knows no messages. Used by one thread at a time;
``models.chat`` sees to that.

The C interface and not the ``Llama`` class, because that class redirects the whole process's standard output while it
loads, keeps a copy of the logits of every token, and cannot be stopped while it reads a prompt.

Source: llama.cpp, include/llama.h.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.errors import ModelError
from models.protocols import Cancelled, CancelToken, FloatArray

_N_BATCH = 512
_WATCH_EVERY_S = 0.02
_ABORTED = 2
# Candidates a grammar looks at before it is asked about the whole vocabulary.
_N_LIKELY = 64


@functools.cache
def _load_library() -> tuple[Any, Any]:
    """Import llama.cpp once and make it silent; the callback must live as long as the library."""
    import llama_cpp

    @llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]
    def be_silent(_level: int, _text: bytes, _data: object) -> None:
        return

    llama_cpp.llama_log_set(be_silent, ctypes.c_void_p(0))
    llama_cpp.llama_backend_init()
    return llama_cpp, be_silent


def _library() -> Any:
    return _load_library()[0]


class Grammar:
    """A parsed GBNF grammar; each answer walks through a copy of it.

    Args:
        vocab: The vocabulary it speaks about.
        text: GBNF with a rule ``root``.

    Raises:
        ValueError: The text is no grammar.
    """

    def __init__(self, vocab: Any, text: str) -> None:
        self._lib = _library()
        self._fresh = self._lib.llama_sampler_init_grammar(vocab, text.encode(), b"root")
        if not self._fresh:
            raise ValueError("The grammar could not be parsed")

    def close(self) -> None:
        """Free it."""
        self._lib.llama_sampler_free(self._fresh)

    @contextlib.contextmanager
    def walk(self) -> Iterator[GrammarWalk]:
        """Begin an answer."""
        state = self._lib.llama_sampler_clone(self._fresh)
        try:
            yield GrammarWalk(self._lib, state)
        finally:
            self._lib.llama_sampler_free(state)


class GrammarWalk:
    """Where an answer stands in its grammar."""

    def __init__(self, lib: Any, state: Any) -> None:
        self._lib = lib
        self._state = state

    def allow(self, tokens: Sequence[int]) -> list[bool]:
        """Say for each token whether it may come next."""
        rows = (self._lib.llama_token_data * len(tokens))()
        for row, token in zip(rows, tokens, strict=True):
            row.id, row.logit, row.p = token, 0.0, 0.0
        array = self._lib.llama_token_data_array(data=rows, size=len(tokens), selected=-1, sorted=False)
        self._lib.llama_sampler_apply(self._state, ctypes.byref(array))
        return [array.data[i].logit > -1e30 for i in range(array.size)]

    def accept(self, token: int) -> None:
        """Go on with this token."""
        self._lib.llama_sampler_accept(self._state, token)


class LlamaEngine:
    """A loaded model with one sequence of tokens in its cache.

    Args:
        path: The GGUF file.
        n_context: Tokens the cache holds.
        n_threads: For writing.
        n_threads_batch: For reading the prompt.

    Raises:
        RuntimeError: The file cannot be loaded, or there is too little memory.
    """

    def __init__(self, path: Path, *, n_context: int, n_threads: int, n_threads_batch: int) -> None:
        lib = self._lib = _library()
        self._model: Any = None
        self._context: Any = None
        self._model = lib.llama_model_load_from_file(str(path).encode(), lib.llama_model_default_params())
        if not self._model:
            raise RuntimeError("llama.cpp could not load the file")
        self._abort_flag = ctypes.create_string_buffer(2)
        params = lib.llama_context_default_params()
        params.n_ctx, params.n_batch, params.n_ubatch = n_context, _N_BATCH, _N_BATCH
        params.n_threads, params.n_threads_batch = n_threads, n_threads_batch
        params.flash_attn_type = lib.LLAMA_FLASH_ATTN_TYPE_DISABLED
        params.no_perf = True
        self._abort = _flag_reader(lib)
        params.abort_callback = self._abort
        params.abort_callback_data = ctypes.cast(self._abort_flag, ctypes.c_void_p)
        self._context = lib.llama_init_from_model(self._model, params)
        if not self._context:
            lib.llama_model_free(self._model)
            self._model = None
            raise RuntimeError("llama.cpp could not make a context; there may be too little memory")
        self._memory = lib.llama_get_memory(self._context)
        self.vocab: Any = lib.llama_model_get_vocab(self._model)
        self.n_vocab = int(lib.llama_vocab_n_tokens(self.vocab))
        self.n_context = int(lib.llama_n_ctx(self._context))
        self._tokens: list[int] = []

    def close(self) -> None:
        """Free model and cache."""
        if self._context:
            self._lib.llama_free(self._context)
            self._context = None
        if self._model:
            self._lib.llama_model_free(self._model)
            self._model = None

    @property
    def recipe(self) -> str:
        """What a kept state depends on beside the weights."""
        return f"llama-cpp-python {self._lib.__version__}, f16 cache, no flash attention"

    @property
    def tokens(self) -> tuple[int, ...]:
        """What the cache holds."""
        return tuple(self._tokens)

    def tokenize(self, text: str, *, special: bool = False) -> list[int]:
        """Turn text into tokens.

        Args:
            text: Any text.
            special: Whether marks such as ``<|im_end|>`` become control tokens; never for words of others.
        """
        data = text.encode()
        n_room = len(data) + 8
        room = (self._lib.llama_token * n_room)()
        n_tokens = self._lib.llama_tokenize(self.vocab, data, len(data), room, n_room, False, special)
        if n_tokens < 0:
            raise ModelError("A text could not be turned into tokens.", hint="Report this.")
        return [int(token) for token in room[:n_tokens]]

    def piece(self, token: int) -> bytes:
        """Bytes of one token; control tokens give none. They need not be whole characters."""
        room = ctypes.create_string_buffer(256)
        n_bytes = self._lib.llama_token_to_piece(self.vocab, token, room, len(room), 0, False)
        return room.raw[: max(n_bytes, 0)]

    def ends(self, token: int) -> bool:
        """Whether a token says that the answer is over."""
        return bool(self._lib.llama_vocab_is_eog(self.vocab, token))

    def read(self, tokens: Sequence[int], cancel: CancelToken) -> int:
        """Bring the cache to exactly these tokens; what it shares with them at the start is not read again.

        Args:
            tokens: At least one, and fewer than the context holds.
            cancel: Stops the reading at once, also inside a batch.

        Returns:
            How many tokens had to be read.

        Raises:
            Cancelled: ``cancel`` was set; what was read stays for the next time.
            ModelError: llama.cpp failed.
        """
        n_shared = min(_n_common(self._tokens, tokens), len(tokens) - 1)
        if not self._lib.llama_memory_seq_rm(self._memory, 0, n_shared, -1):
            self._lib.llama_memory_clear(self._memory, True)
            n_shared = 0
        del self._tokens[n_shared:]
        with self._watched(cancel):
            for start in range(n_shared, len(tokens), _N_BATCH):
                cancel.raise_if_cancelled()
                self._decode(tokens[start : start + _N_BATCH])
        return len(tokens) - n_shared

    def copy_state(self) -> bytes:
        """What the cache holds, to be put back by ``restore`` of an engine with the same weights and library."""
        room = (ctypes.c_uint8 * self._lib.llama_state_seq_get_size(self._context, 0))()
        n_bytes = self._lib.llama_state_seq_get_data(self._context, room, len(room), 0)
        return bytes(memoryview(room)[:n_bytes])

    def restore(self, tokens: Sequence[int], state: bytes) -> bool:
        """Put a state back instead of reading its tokens.

        Returns:
            Whether llama.cpp took it; if not, the cache is empty.
        """
        self._lib.llama_memory_clear(self._memory, True)
        self._tokens.clear()
        room = (ctypes.c_uint8 * len(state)).from_buffer_copy(state)
        if not self._lib.llama_state_seq_set_data(self._context, room, len(state), 0):
            self._lib.llama_memory_clear(self._memory, True)
            return False
        self._tokens.extend(tokens)
        return True

    def append(self, token: int) -> None:
        """Read one more token."""
        self._decode([token])

    def logits(self) -> FloatArray:
        """Of the token after the last one read: float32 (vocabulary,); valid until the next read."""
        pointer = self._lib.llama_get_logits_ith(self._context, -1)
        return np.ctypeslib.as_array(pointer, shape=(self.n_vocab,))

    def _decode(self, tokens: Sequence[int]) -> None:
        room = (self._lib.llama_token * len(tokens))(*tokens)
        code = self._lib.llama_decode(self._context, self._lib.llama_batch_get_one(room, len(tokens)))
        if code == 0:
            self._tokens.extend(tokens)
            return
        self._lib.llama_memory_seq_rm(self._memory, 0, len(self._tokens), -1)
        if code == _ABORTED:
            raise Cancelled
        raise ModelError(f"The language model failed (code {code}).", hint="Ask again; if it fails again, restart.")

    @contextlib.contextmanager
    def _watched(self, cancel: CancelToken) -> Iterator[None]:
        """Let the token reach into llama.cpp while it computes without the interpreter."""
        self._abort_flag[0] = b"\0"
        over = threading.Event()

        def watch() -> None:
            while not over.wait(_WATCH_EVERY_S):
                if cancel.is_cancelled:
                    self._abort_flag[0] = b"\1"
                    return

        watcher = threading.Thread(target=watch, name="llama-cancel", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()
            self._abort_flag[0] = b"\0"


def choose(logits: FloatArray, walk: GrammarWalk | None, temperature: float, random: np.random.Generator) -> int:
    """Choose the next token: the likeliest that the grammar allows, or one drawn by its probability.

    Args:
        logits: float32 (vocabulary,).
        walk: The grammar's state, or None.
        temperature: 0 is greedy.
        random: Draws, where temperature is above 0.

    Raises:
        ModelError: The grammar allows no token at all.
    """
    if temperature <= 0 and walk is None:
        return int(np.argmax(logits))
    for n_likely in (min(_N_LIKELY, len(logits)), len(logits)):
        likely = np.argpartition(logits, -n_likely)[-n_likely:]
        likely = likely[np.argsort(-logits[likely], kind="stable")]
        allowed = likely if walk is None else likely[np.array(walk.allow(likely.tolist()), dtype=bool)]
        if len(allowed):
            return _draw(allowed, logits[allowed], temperature, random)
    raise ModelError("The grammar of the answer leaves no way to go on.", hint="Ask the question in other words.")


def softmax(logits: FloatArray) -> NDArray[np.float64]:
    """Probabilities of logits: float64 of the same length, summing to 1."""
    weights = np.exp(logits.astype(np.float64) - np.max(logits))
    probabilities: NDArray[np.float64] = weights / np.sum(weights)
    return probabilities


def _draw(tokens: Any, logits: FloatArray, temperature: float, random: np.random.Generator) -> int:
    if temperature <= 0:
        return int(tokens[0])
    probabilities = softmax(logits / np.float32(temperature))
    return int(random.choice(tokens, p=probabilities))


def _n_common(left: Sequence[int], right: Sequence[int]) -> int:
    n_most = min(len(left), len(right))
    return next((i for i in range(n_most) if left[i] != right[i]), n_most)


def _flag_reader(lib: Any) -> Any:
    """A C function that tells whether the byte it is given is set.

    llama.cpp asks it after every node of its graph, about a thousand times a token. A Python callback would wait for
    the interpreter's lock each time. ``strlen`` of a buffer that holds nothing or one character is 0 or 1, which is
    just what is asked for.
    """
    libc = ctypes.CDLL(None)
    return ctypes.cast(libc.strlen, lib.ggml_abort_callback)
