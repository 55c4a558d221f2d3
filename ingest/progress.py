"""How far an import is: shares of the expected work and the time that is left.

Role: turns "this file, this stage, this share" into ``ImportProgress``. The costs are rough; the rate is measured.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from ingest.records import ImportProgress

_KEEP_SHARE = 0.05
_EMBED_SHARE = 0.05
_TELL_EVERY_S = 0.05
_SETTLED_S = 2.0  # before this the rate says nothing,
_LEAST_GAIN = 0.01  # nor before this much is done


def estimate_cost(payload: Mapping[str, Any], n_bytes: int) -> float:
    """Expected seconds of work on a file, on an ordinary machine."""
    if payload["holds"] in ("audio", "spoken"):
        return 0.5 + n_bytes / (32_000 if payload["suffix"] == ".wav" else 12_000) * 0.1
    if payload["holds"] in ("picture", "screen"):
        return 3.0
    return 0.05 + n_bytes / 200_000


class Meter:
    """Counts what is done and tells it, at most twenty times a second."""

    def __init__(
        self, report: Callable[[ImportProgress], None], *, clock_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._report = report
        self._clock_s = clock_s
        self._began_s = clock_s()
        self._told_s = -1.0
        self._told_stage = ""
        self._costs: dict[int, float] = {}
        self._done_cost = 0.0
        self._n_done = 0
        self._n_total = 0
        self._share = 0.0
        self._first: tuple[float, float] | None = None  # when work began, and the share that was done before

    @property
    def took_s(self) -> float:
        """Seconds since it was made."""
        return self._clock_s() - self._began_s

    def keep(self, path: str, n_kept: int, n_files: int) -> None:
        """Tell that a file is being kept."""
        self._n_total = n_files
        self._tell(path, "keep", _KEEP_SHARE * n_kept / max(1, n_files))

    def plan(self, costs: Mapping[int, float]) -> None:
        """Note the jobs that are to be done and what each is expected to cost."""
        self._costs = dict(costs)
        self._n_total = len(costs)
        self._n_done = 0
        self._done_cost = 0.0

    def work(self, job: int, path: str, stage: str, share: float) -> None:
        """Tell how far one job is, 0 to 1."""
        total = sum(self._costs.values()) or 1.0
        done = (self._done_cost + self._costs.get(job, 0.0) * min(1.0, max(0.0, share))) / total
        reached = _KEEP_SHARE + (1 - _KEEP_SHARE - _EMBED_SHARE) * done
        if self._first is None and share > 0:
            self._first = (self._clock_s(), reached)  # what an earlier run has done took none of this one's time
        self._tell(path, stage, reached)

    def finish(self, job: int) -> None:
        """Note that a job is done, or given up."""
        self._done_cost += self._costs.get(job, 0.0)
        self._n_done += 1

    def embed(self, path: str) -> None:
        """Tell that vectors are being made."""
        self._tell(path, "embed", self._share)

    def end(self) -> None:
        """Tell that all is done."""
        self._told_s = -1.0
        self._tell("", "index", 1.0)

    def _tell(self, path: str, stage: str, share: float) -> None:
        self._share = max(self._share, min(1.0, share))  # a bar never runs backwards
        now_s = self._clock_s()
        if stage == self._told_stage and now_s - self._told_s < _TELL_EVERY_S and self._told_s >= 0:
            return
        self._told_s, self._told_stage = now_s, stage
        self._report(
            ImportProgress(
                n_done=self._n_done,
                n_total=self._n_total,
                path=path,
                stage=stage,
                share=self._share,
                left_s=self._left_s(now_s),
            )
        )

    def _left_s(self, now_s: float) -> float | None:
        """Seconds that are left at the rate of this run; None while that says nothing."""
        began_s, begun = self._first or (self._began_s, 0.0)
        took_s, gained = now_s - began_s, self._share - begun
        return took_s / gained * (1 - self._share) if gained > _LEAST_GAIN and took_s > _SETTLED_S else None
