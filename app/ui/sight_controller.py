"""What is missing to find photos by what they show: said in words, and fetched when the user wants it.

Role: joins the notice with the engine. Nothing is fetched unless a button was pressed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui.notice import Notice
from app.ui.task_runner import Lane, TaskRunner
from app.ui.words import Trouble, error_words

if TYPE_CHECKING:
    from app.engine import Engine

_SLOT = "sight-pull"
_RUN = "Run: "


class SightController(QObject):
    """Tells how photos are found, and fetches the weights that are missing."""

    def __init__(self, runner: TaskRunner, notice: Notice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._notice = notice
        self._stop = partial(runner.stop, _SLOT)

    def tell(self, engine: Engine) -> None:
        """Say how photos are found and what is read in them; where something can be fetched for it, offer to."""
        finding, lacks = engine.sight, engine.sight_lacks
        told = (finding.detail, engine.reading.detail)
        hint = "" if finding.hint.removeprefix(_RUN) in finding.detail else finding.hint
        words = Trouble("\n".join(f"{one[:1].upper()}{one[1:].rstrip('.')}." for one in told), hint)
        if not lacks:
            self._notice.show_trouble(words)
        elif self._runner.is_busy(_SLOT):
            self._show_share(lacks, 0.0)
        else:
            act = self.tr("Fetch {what}").format(what=lacks)
            do = partial(self._fetch, engine, lacks)
            self._notice.ask(words, act=act, keep=self.tr("Close"), do=do, is_dangerous=False)

    def _fetch(self, engine: Engine, what: str) -> None:
        def done(_nothing: object) -> None:
            finding = engine.sight
            self._notice.show_trouble(Trouble(self.tr("{what} is here.").format(what=what), finding.hint))

        def stopped() -> None:
            words = self.tr("Stopped. What has come stays, and the next time goes on from there.")
            self._notice.show_trouble(Trouble(words))

        self._show_share(what, 0.0)
        self._runner.submit(
            Lane.FETCH,
            lambda cancel, report: engine.pull_sight(cancel=cancel, report=report),
            slot=_SLOT,
            on_report=lambda share: self._show_share(what, share, is_new=False),
            on_result=done,
            on_error=lambda error: self._notice.show_trouble(error_words(error)),
            on_cancelled=stopped,
        )

    def _show_share(self, what: str, share: float, *, is_new: bool = True) -> None:
        words = Trouble(self.tr("Fetching {what}: {share:.0%}").format(what=what, share=share))
        if is_new:
            self._notice.ask(words, act=self.tr("Stop"), keep=self.tr("Hide"), do=self._stop, is_dangerous=False)
        else:
            self._notice.reword(words, of=self._stop)
