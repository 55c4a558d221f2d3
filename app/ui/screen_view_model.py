"""Keeping the screen as it is shown: what is kept, when last, and why nothing is.

Role: the state behind the screen button and its bar. What it says comes from ``ScreenStatus``, which counts what is on
disk. A plain class: no widgets, no threads.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.incognito import INCOGNITO
from app.ui.capture_view_model import size_words
from app.ui.gap_words import cause_words, help_words
from app.ui.words import Trouble, error_words, to_local, translate
from ingest.screen_status import SCREEN_OFF, ScreenState, ScreenStatus


@dataclass(frozen=True, slots=True)
class ScreenLook:
    """What the screen desk says at one moment.

    Attributes:
        n_waiting: Pictures whose words are still to be read.
        n_thinned: Old pictures that were let go to stay within the budget.
    """

    status: ScreenStatus = SCREEN_OFF
    n_waiting: int = 0
    n_thinned: int = 0


class ScreenViewModel:
    """What the screen button and the screen bar show."""

    def __init__(self) -> None:
        self.is_ready = False
        self.is_busy = False  # a start or a stop is under way
        self.look = ScreenLook()
        self.trouble: Trouble | None = None
        self.pause_words = ""  # until when nothing is to be recorded, where a pause with an end holds

    def take_error(self, error: BaseException) -> None:
        """A start or a stop failed."""
        self.is_busy, self.trouble = False, error_words(error)

    @property
    def is_on(self) -> bool:
        """Whether keeping the screen was asked for, kept or not."""
        return self.look.status.state is not ScreenState.OFF

    @property
    def is_paused(self) -> bool:
        """Whether the user paused it."""
        return self.look.status.state is ScreenState.PAUSED

    @property
    def is_incognito(self) -> bool:
        """Whether it is paused because nothing at all may be kept."""
        return self.is_paused and self.look.status.reason == INCOGNITO

    @property
    def is_red(self) -> bool:
        """Whether nothing is kept though it should be."""
        return self.look.status.state is ScreenState.FAILING or self.trouble is not None

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to say."""
        return self.is_on or self.trouble is not None

    def title(self) -> str:
        """One line: what is going on."""
        if not self.is_on:
            return translate("screen", "The screen cannot be kept") if self.trouble else ""
        if self.is_incognito:
            return translate("screen", "Incognito: the screen is not kept")
        if self.is_paused and self.pause_words:
            return translate("screen", "{paused}: the screen is not kept").format(paused=self.pause_words)
        return {
            ScreenState.STARTING: translate("screen", "Looking at the screen…"),
            ScreenState.KEEPING: translate("screen", "Keeping the screen"),
            ScreenState.PAUSED: translate("screen", "Paused: the screen is not kept"),
            ScreenState.HIDDEN: translate("screen", "The screen is not kept now"),
            ScreenState.FAILING: translate("screen", "The screen is not being kept"),
        }[self.look.status.state]

    def detail(self) -> str:
        """A second line: why nothing is kept, what is kept, and when last."""
        if self.trouble:
            return self.trouble.line
        status = self.look.status
        parts = []
        if status.reason and status.state is not ScreenState.PAUSED:
            reason, helps = cause_words(status.reason), help_words(status.reason)
            parts.append(f"{reason[0].upper()}{reason[1:]}" + (f". {helps}" if helps else ""))
        parts.append(self._kept_words())
        if self.look.n_waiting:
            parts.append(translate("screen", "{n} still to be read").format(n=self.look.n_waiting))
        if self.look.n_thinned:
            parts.append(translate("screen", "{n} old pictures let go, their words kept").format(n=self.look.n_thinned))
        return " · ".join(parts)

    def _kept_words(self) -> str:
        status = self.look.status
        if not status.n_pictures or status.last_us is None:
            return translate("screen", "No picture yet")
        words = {
            "n": status.n_pictures,
            "size": size_words(status.n_bytes),
            "time": f"{to_local(status.last_us):%H:%M}",
        }
        if status.n_pictures == 1:
            return translate("screen", "1 picture, {size}, last seen at {time}").format(**words)
        return translate("screen", "{n} pictures, {size}, last seen at {time}").format(**words)
