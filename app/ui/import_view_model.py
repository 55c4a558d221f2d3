"""An import as it is shown: how far, how long still, what failed and why.

Role: the state behind the import bar. A plain class: no widgets, no threads.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import PurePath

from app.ui.words import Trouble, count_words, error_words, left_words, translate
from ingest.records import ImportFailure, ImportProgress, ImportReport

_SETTLED_MIN = 1 / 12  # before this the speed says nothing
_TELLING_FILES = 3


class ImportViewModel:
    """The import that runs or has just run."""

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._clock_s = clock_s
        self._first: tuple[float, ImportProgress] | None = None  # when this run told something first, and what
        self.running = False
        self.stopping = False
        self.n_waiting = 0
        self.progress: ImportProgress | None = None
        self.report: ImportReport | None = None
        self.trouble: Trouble | None = None
        self.was_stopped = False

    def begin(self) -> None:
        """An import starts."""
        self.running, self.stopping, self.was_stopped = True, False, False
        self.progress = self.report = self.trouble = self._first = None

    def take_progress(self, progress: ImportProgress) -> None:
        """The importer told how far it is."""
        self.progress = progress
        if self._first is None:
            self._first = (self._clock_s(), progress)

    def take_report(self, report: ImportReport) -> None:
        """The import is done."""
        self.running, self.was_stopped, self.report = False, self.stopping, report

    def take_error(self, error: BaseException) -> None:
        """The import as a whole failed."""
        self.running, self.trouble = False, error_words(error)

    def ask_stop(self) -> None:
        """The user wants it to stop; it will after the file in hand."""
        self.stopping = True

    def take_stop(self) -> None:
        """It has stopped."""
        self.running, self.was_stopped = False, True

    # what to show ------------------------------------------------------------------------------------------------
    @property
    def share(self) -> float | None:
        """Share done, 0 to 1, or None while unknown."""
        return min(1.0, max(0.0, self.progress.share)) if self.progress else None

    @property
    def failed(self) -> tuple[ImportFailure, ...]:
        """Files that could not be imported."""
        return self.report.failed if self.report else ()

    def speed(self) -> str:
        """How fast it goes: in files where there are some, else in shares of the whole; empty until that says much."""
        if not self.running or self.progress is None or self._first is None:
            return ""
        began_s, first = self._first
        minutes = (self._clock_s() - began_s) / 60
        if minutes < _SETTLED_MIN:
            return ""
        n_files = self.progress.n_done - first.n_done
        if n_files >= _TELLING_FILES:
            return translate("import", "{n} files a minute").format(n=f"{n_files / minutes:,.0f}")
        gained = self.progress.share - first.share
        return translate("import", "{n} % a minute").format(n=f"{100 * gained / minutes:.1f}") if gained > 0 else ""

    def title(self) -> str:
        """One line: what is going on or what came of it."""
        if self.running:
            return self._running_title()
        if self.trouble:
            return self.trouble.message
        if self.report:
            return self._report_title(self.report)
        return translate("import", "Import stopped.") if self.was_stopped else ""

    def subtitle(self) -> str:
        """A second line: the file in hand and the time left, or what to do."""
        if self.running:
            return self._running_subtitle()
        if self.trouble:
            return self.trouble.hint
        if self.was_stopped:
            return translate("import", "What was imported so far is kept. Import again to go on.")
        return ""

    def _running_title(self) -> str:
        if self.stopping:
            return translate("import", "Stopping the import…")
        if not self.progress or not self.progress.n_total:
            return translate("import", "Importing…")
        at = min(self.progress.n_done + 1, self.progress.n_total)
        return translate("import", "Importing file {at} of {total}").format(at=at, total=self.progress.n_total)

    def _running_subtitle(self) -> str:
        parts = []
        if self.progress:
            name = PurePath(self.progress.path).name
            parts = [f"{stage_words(self.progress.stage)} {name}".strip(), left_words(self.progress.left_s)]
        if self.n_waiting:
            parts.append(translate("import", "{n} more waiting").format(n=self.n_waiting))
        return " · ".join(part for part in parts if part)

    def _report_title(self, report: ImportReport) -> str:
        n_failed = sum(not each.waits for each in report.failed)
        is_waiting = len(report.failed) > n_failed
        parts = [
            translate("import", "{files} imported").format(files=_files(report.imported)),
            translate("import", "{moments} new").format(moments=count_words(report.moments)) if report.moments else "",
            translate("import", "{n} already known").format(n=report.duplicates) if report.duplicates else "",
            translate("import", "{n} failed").format(n=n_failed) if n_failed else "",
            translate("import", "more is read once a model is here") if is_waiting else "",
        ]
        return ", ".join(part for part in parts if part) + "."


def stage_words(stage: str) -> str:
    """Say what is being done to a file."""
    return {
        "keep": translate("import", "Keeping"),
        "read": translate("import", "Reading"),
        "separate": translate("import", "Telling directions apart in"),
        "transcribe": translate("import", "Listening to"),
        "voices": translate("import", "Telling voices apart in"),
        "ocr": translate("import", "Reading the words in"),
        "embed": translate("import", "Understanding"),
        "index": translate("import", "Indexing"),
    }.get(stage, "")


def _files(n: int) -> str:
    if n == 0:
        return translate("import", "No file")
    return translate("import", "1 file") if n == 1 else translate("import", "{n} files").format(n=n)
