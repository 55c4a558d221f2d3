"""Work off the GUI thread: lanes by urgency, one queued signal back, late answers dropped.

Role: the only place of the window where threads are made. Work is a plain function without Qt,
``work(cancel_token, report)``; its result, error and reports are delivered on the GUI thread.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from models.priority import step_back

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from models.protocols import CancelToken

_log = logging.getLogger(__name__)
_INTERVAL_S = 0.05  # at most 20 deliveries of reports a second and request (style.md, Qt 2)

Report = Callable[[Any], None]
Work = Callable[["CancelToken", Report], Any]


class Lane(StrEnum):
    """Where work queues."""

    ASK = "ask"  # what the user waits for
    STORE = "store"  # all writes, one at a time
    INGEST = "ingest"  # imports, one at a time
    IO = "io"  # thumbnails, waveforms, reading
    FETCH = "fetch"  # models: fetched, checked, tried, one at a time; that takes minutes
    WATCH = "watch"  # watched folders: one on a network may not answer
    BEHIND = "behind"  # what nobody waits for: models made ready and put away, the disk counted
    IDLE = "idle"  # what is done while nobody needs the computer, and cut when somebody does
    REMEMBER = "remember"  # what is said to be remembered, and the picture that the user chooses for it
    CAPTURE = "capture"  # the recording desk: one looks at it, one lists its devices and starts it
    SOUND_CHECK = "sound-check"  # the test of the microphones, for as long as its page is looked at
    SWITCH = "switch"  # incognito and pauses; nothing slow may queue before them
    STOP = "stop"  # a recorder of sound, one of screens; a silent disk holds a stop for seconds


_WORKERS = {
    Lane.ASK: 2, Lane.STORE: 1, Lane.INGEST: 1, Lane.IO: 2, Lane.FETCH: 1, Lane.WATCH: 1, Lane.BEHIND: 2,
    Lane.IDLE: 1,    Lane.REMEMBER: 2, Lane.CAPTURE: 2, Lane.SOUND_CHECK: 1, Lane.SWITCH: 1, Lane.STOP: 2,
}  # fmt: skip

# These stand behind the thread of the window. A recorder is made in a lane and stands where that stands: never behind.
_COMPUTING = (Lane.ASK, Lane.IO, Lane.INGEST, Lane.FETCH, Lane.WATCH, Lane.BEHIND)


@dataclass(eq=False, slots=True)
class _Request:
    number: int
    slot: str | None
    token: CancelToken
    on_result: Callable[[Any], None]
    on_error: Callable[[BaseException], None]
    on_report: Callable[[Any], None]
    on_cancelled: Callable[[], None]
    reports: list[Any] = field(default_factory=list)
    delivered_s: float = 0.0
    to_the_end: bool = False
    dropped: bool = False


def _ignore(*_args: object) -> None:
    """Do nothing with what was told."""


class TaskRunner(QObject):
    """Runs plain functions in lanes and calls back on the GUI thread."""

    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executors: dict[Lane, ThreadPoolExecutor] = {}
        self._futures: dict[Future[None], _Request] = {}
        self._lock = threading.Lock()
        self._live: dict[int, _Request] = {}
        self._slots: dict[str, int] = {}
        self._done: list[tuple[_Request, Any, BaseException | None]] = []
        self._awake = False
        self._closed = False
        self._n_requests = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_woken)
        self._woken.connect(self._on_woken, Qt.ConnectionType.QueuedConnection)

    def submit(
        self,
        lane: Lane,
        work: Work,
        *,
        on_result: Callable[[Any], None] = _ignore,
        on_error: Callable[[BaseException], None] = _ignore,
        on_report: Callable[[Any], None] = _ignore,
        on_cancelled: Callable[[], None] = _ignore,
        slot: str | None = None,
        to_the_end: bool = False,
    ) -> int:
        """Run ``work(cancel_token, report)`` in a lane.

        Reports of one type that follow each other faster than 20 a second are coalesced: the latest is delivered.

        Args:
            lane: Where to queue.
            work: A plain function; it must not touch any QObject.
            on_result: Called on the GUI thread with what ``work`` returned; likewise the others.
            on_error: Called with what ``work`` raised.
            on_report: Called with what ``work`` reported, in order.
            on_cancelled: Called when ``work`` left because of ``stop``.
            slot: Only the latest request of a slot is heard; an earlier one is cancelled and dropped.
            to_the_end: ``shutdown`` cancels its token, so that it is brief, but it is done, be it begun or not: what
                was accepted must be on disk.

        Returns:
            The request number, or 0 after ``shutdown``.
        """
        from models.protocols import CancelToken  # brings numpy: not before the first window is painted

        if self._closed:
            return 0
        if slot is not None:
            self.drop(slot)
        self._n_requests += 1
        request = _Request(self._n_requests, slot, CancelToken(), on_result, on_error, on_report, on_cancelled)
        request.to_the_end = to_the_end
        self._live[request.number] = request
        if slot is not None:
            self._slots[slot] = request.number
        future = self._executor(lane).submit(self._run, request, work)
        self._futures[future] = request
        future.add_done_callback(lambda done: self._futures.pop(done, None))
        return request.number

    def is_busy(self, slot: str) -> bool:
        """Whether the slot's latest request still runs."""
        return slot in self._slots

    def stop(self, slot: str) -> None:
        """Cancel the slot's request; it is still heard (its result, or ``on_cancelled``)."""
        number = self._slots.get(slot)
        if number is not None:
            self._live[number].token.cancel()

    def drop(self, slot: str) -> bool:
        """Cancel the slot's request and hear nothing more of it; say whether there was one."""
        number = self._slots.pop(slot, None)
        if number is None:
            return False
        request = self._live.pop(number)
        request.dropped = True
        request.token.cancel()
        return True

    def take_late(self, slot: str) -> Any:
        """After ``shutdown``: the result that a slot's request brought too late to be heard, or None.

        For what must be closed although nobody waits for it any more.
        """
        with self._lock:
            late = [result for request, result, _error in self._done if request.slot == slot]
        return late[-1] if late else None

    def shutdown(self, limit_s: float = 5.0) -> bool:
        """Refuse new work, cancel what need not be done to its end, drop every answer and join the lanes.

        Returns:
            Whether all lanes ended within ``limit_s`` seconds.
        """
        from concurrent.futures import wait

        self._closed = True
        self._timer.stop()
        for request in self._live.values():
            request.dropped = True
            request.token.cancel()
        self._live.clear()
        self._slots.clear()
        for future, request in list(self._futures.items()):
            if not request.to_the_end:
                future.cancel()
        for executor in self._executors.values():
            executor.shutdown(wait=False)
        late = wait(list(self._futures), timeout=limit_s).not_done
        if late:
            _log.warning("%d tasks did not end within %.1f s", len(late), limit_s)
            return False
        for executor in self._executors.values():
            executor.shutdown(wait=True)
        return True

    def _executor(self, lane: Lane) -> ThreadPoolExecutor:
        from concurrent.futures import ThreadPoolExecutor  # not before the first paint

        if lane not in self._executors:
            begin = step_back if lane in _COMPUTING else None
            self._executors[lane] = ThreadPoolExecutor(_WORKERS[lane], f"lane-{lane}", initializer=begin)
        return self._executors[lane]

    # on the lanes' threads ---------------------------------------------------------------------------------------
    def _run(self, request: _Request, work: Work) -> None:
        result: Any = None
        error: BaseException | None = None
        try:
            if not request.to_the_end:
                request.token.raise_if_cancelled()
            result = work(request.token, lambda item: self._take_report(request, item))
        except BaseException as failure:  # noqa: BLE001 - the edge of a lane: whatever it is, it is delivered
            error = failure
        with self._lock:
            self._done.append((request, result, error))
        self._wake()

    def _take_report(self, request: _Request, item: Any) -> None:
        with self._lock:
            if request.reports and type(request.reports[-1]) is type(item):
                request.reports[-1] = item
            else:
                request.reports.append(item)
        self._wake()

    def _wake(self) -> None:
        with self._lock:
            if self._awake or self._closed:
                return
            self._awake = True
        self._woken.emit()

    # on the GUI thread -------------------------------------------------------------------------------------------
    def _on_woken(self) -> None:
        with self._lock:
            done, self._done = self._done, []
            self._awake = False
        finished = {request.number for request, _result, _error in done}
        now_s = time.monotonic()
        rest_s: float | None = None
        for request in list(self._live.values()):
            if not request.reports:
                continue
            due_s = request.delivered_s + _INTERVAL_S - now_s
            if due_s <= 0 or request.number in finished:
                self._deliver(request, now_s)
            else:
                rest_s = due_s if rest_s is None else min(rest_s, due_s)
        for request, result, error in done:
            self._finish(request, result, error)
        if rest_s is not None and not self._closed:
            self._timer.start(max(1, round(rest_s * 1000)))

    def _deliver(self, request: _Request, now_s: float) -> None:
        with self._lock:
            items, request.reports = request.reports, []
        request.delivered_s = now_s
        for item in items:
            if not request.dropped:
                self._call(request.on_report, item)

    def _finish(self, request: _Request, result: Any, error: BaseException | None) -> None:
        from models.protocols import Cancelled

        if request.dropped:
            return
        self._live.pop(request.number, None)
        if request.slot is not None and self._slots.get(request.slot) == request.number:
            del self._slots[request.slot]
        if error is None:
            self._call(request.on_result, result)
        elif isinstance(error, Cancelled):
            self._call(request.on_cancelled)
        else:
            _log.warning("task %d failed: %s", request.number, type(error).__name__, exc_info=_traceback_of(error))
            self._call(request.on_error, error)

    @staticmethod
    def _call(callback: Callable[..., None], *args: object) -> None:
        try:
            callback(*args)
        except Exception:  # noqa: BLE001 - the edge of a slot: one failing view must not silence the others
            sys.excepthook(*sys.exc_info())


def _traceback_of(error: BaseException) -> tuple[type[BaseException], BaseException, Any] | None:
    """Where a failure came from, for the log; its message may hold content, so a bare copy carries the traceback."""
    return (type(error), type(error).__new__(type(error)), error.__traceback__)
