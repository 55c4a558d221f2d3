"""What is being recorded, in one word and one sentence: for the tray, where there is room for no more.

Role: pure; puts together what the view models of sound and screen say, which comes from the bytes on disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.ui.capture_view_model import CaptureViewModel
from app.ui.screen_view_model import ScreenViewModel
from app.ui.words import translate


class Keeping(StrEnum):
    """What the tray's icon shows; the value names its icon."""

    OFF = "madeleine"
    ON = "record"
    PAUSED = "pause"
    INCOGNITO = "incognito"
    FAILING = "warning"


@dataclass(frozen=True, slots=True)
class KeepingState:
    """The state and its sentence.

    Attributes:
        keeping: What the tray's icon shows.
        words: What the tray says.
        is_live: Whether something was asked to be recorded, kept or not at this moment.
    """

    keeping: Keeping
    words: str
    is_live: bool = False


def judge_keeping(sound: CaptureViewModel, screen: ScreenViewModel, *, is_incognito: bool) -> KeepingState:
    """What is worst is told first: nothing that should be kept may look as if it were."""
    keeping, words = _judge(sound, screen, is_incognito=is_incognito)
    return KeepingState(keeping, words, is_live=sound.is_on or screen.is_on)


def _judge(sound: CaptureViewModel, screen: ScreenViewModel, *, is_incognito: bool) -> tuple[Keeping, str]:
    if sound.is_red:
        return Keeping.FAILING, f"{sound.title()}. {sound.detail()}"
    if screen.is_on and screen.is_red:
        return Keeping.FAILING, f"{screen.title()}. {screen.detail()}"
    if is_incognito:
        return Keeping.INCOGNITO, translate("tray", "Incognito: nothing is kept")
    is_heard, is_seen = sound.is_on and not sound.is_paused, screen.is_on and not screen.is_paused
    if is_heard and is_seen:
        return Keeping.ON, translate("tray", "Recording sound, keeping the screen")
    if is_heard:
        return Keeping.ON, translate("tray", "Recording sound")
    if is_seen:
        return Keeping.ON, translate("tray", "Keeping the screen")
    if sound.is_on or screen.is_on:
        return Keeping.PAUSED, sound.pause_words or translate("tray", "Paused: nothing is kept")
    return Keeping.OFF, translate("tray", "Nothing is being recorded")
