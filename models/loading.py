"""Load a model when it is first needed, keep it while it is used, and give the memory back when it is idle.

Role: one small holder that every backend uses. It starts no thread: somebody above calls ``unload_idle`` now and then.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Generic, TypeVar

from models.errors import ModelError
from models.offline import set_offline_flags, set_thread_flags
from models.weights import Model, WeightsFolder

T = TypeVar("T")
IDLE_S = 300.0


class Lazy(Generic[T]):
    """A value that is made by its first use, under a lock, and dropped when nobody has used it for a while.

    Args:
        load: Makes the value; whatever it raises goes to the caller, and the next use tries again.
        close: Called with the value before it is dropped.
        clock: Monotonic seconds.
        idle_s: Seconds without use after which ``unload_idle`` drops the value.
    """

    def __init__(
        self,
        load: Callable[[], T],
        *,
        close: Callable[[T], None] = lambda _value: None,
        clock: Callable[[], float] = time.monotonic,
        idle_s: float = IDLE_S,
    ) -> None:
        self._load = load
        self._close = close
        self._clock = clock
        self._idle_s = idle_s
        self._condition = threading.Condition()
        self._value: T | None = None
        self._n_users = 0
        self._used_s = 0.0

    @property
    def is_loaded(self) -> bool:
        """Whether the value is in memory now."""
        return self._value is not None

    @contextlib.contextmanager
    def borrow(self) -> Iterator[T]:
        """Use the value; it stays loaded until the last borrower has given it back."""
        with self._condition:
            if self._value is None:
                self._value = self._load()
            value = self._value
            self._n_users += 1
        try:
            yield value
        finally:
            with self._condition:
                self._n_users -= 1
                self._used_s = self._clock()
                self._condition.notify_all()

    def unload(self) -> None:
        """Drop the value; waits for its borrowers. Not to be called by one of them."""
        with self._condition:
            self._condition.wait_for(lambda: self._n_users == 0)
            self._drop()

    def unload_idle(self) -> bool:
        """Drop the value if it has been idle long enough; never waits.

        Returns:
            Whether it was dropped.
        """
        if not self._condition.acquire(blocking=False):
            return False
        try:
            idle = self._value is not None and self._n_users == 0 and self._clock() - self._used_s >= self._idle_s
            if idle:
                self._drop()
            return idle
        finally:
            self._condition.release()

    def _drop(self) -> None:
        value, self._value = self._value, None
        if value is not None:
            self._close(value)


class LazyBackend(Generic[T]):
    """What all our backends share: a producer's name and a lazily loaded engine.

    Args:
        producer: Model id and revision, named in everything the model makes.
        lazy: Holds the engine.
    """

    def __init__(self, producer: str, lazy: Lazy[T]) -> None:
        self._producer = producer
        self._lazy = lazy

    @property
    def producer(self) -> str:
        """Model id and revision."""
        return self._producer

    @property
    def is_loaded(self) -> bool:
        """Whether the weights are in memory now."""
        return self._lazy.is_loaded

    def unload(self) -> None:
        """Give the memory back; waits for a running call."""
        self._lazy.unload()

    def unload_idle(self) -> bool:
        """Give the memory back if the model has been idle long enough; never waits."""
        return self._lazy.unload_idle()


def load_weights(folder: WeightsFolder, model: Model, load: Callable[[Path], T]) -> T:
    """Check the files, keep the libraries off the network, and load.

    Args:
        folder: The folder of weights.
        model: What to load.
        load: Makes the engine from the model's folder.

    Raises:
        WeightsMissing: A file is not there or cut short.
        WeightsDamaged: A file has wrong bytes.
        ModelError: Loading failed although the bytes are right.
    """
    path = folder.require(model)
    folder.check(model)
    set_offline_flags()
    set_thread_flags()
    try:
        return load(path)
    except ModelError:
        raise
    except Exception as error:
        # The libraries raise anything on a damaged file, even bare Exceptions.
        raise folder.explain(model, error) from error


def give_back() -> None:
    """Return memory that was freed to the system, where the C library keeps it for itself (glibc, malloc_trim(3))."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform.startswith("linux") else None
    if trim is not None:
        trim(0)
