"""Recording as it is shown: what could be recorded, what is kept, why nothing is kept, what is being written down.

Role: the state behind the record button and the capture bar. What it says of a recording comes from ``Status``, which
comes from the bytes on disk. A plain class: no widgets, no threads, no clock.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.ui.gap_words import cause_words, help_words
from app.ui.told_words import told_words
from app.ui.words import Remedy, Trouble, count_words, error_words, length_words, translate
from ingest.arrays import Array
from ingest.devices import Device, NoMicrophone, Wanted, choose_channels
from ingest.recorder_status import OFF, State, Status
from ingest.records import ImportFailure

_FLOOR_DB = -60.0  # a meter's lower end: about the noise of a quiet room


@dataclass(frozen=True, slots=True)
class Look:
    """What the recording desk says at one moment.

    Attributes:
        status: Of the recorder, by the bytes on disk.
        n_waiting: Recordings that are complete and not yet in memory.
        n_recordings: Brought into memory so far; ``n_moments`` what they gave.
        failures: What could not be brought in.
        has_compass: Whether it is known where the microphones are.
        bearing_rad: From where sound came when it was last looked; None where no direction stood out.
        n_bearings: How often it was looked.
    """

    status: Status = OFF
    n_waiting: int = 0
    n_recordings: int = 0
    n_moments: int = 0
    failures: tuple[ImportFailure, ...] = ()
    has_compass: bool = False
    bearing_rad: float | None = None
    n_bearings: int = 0

    @property
    def is_idle(self) -> bool:
        """Whether nothing more will change by itself."""
        return self.status.state is State.OFF and not self.n_waiting


@dataclass(frozen=True, slots=True)
class Layout:
    """How many microphones of a device are recorded, and where they stand where that is known."""

    words: str
    n_channels: int
    array: Array | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be recorded with, and what was recorded with last."""

    devices: tuple[Device, ...]
    arrays: tuple[Array, ...]
    last_device: str | None = None
    last_channels: int | None = None
    last_array: Array | None = None


class Face(StrEnum):
    """Which side of the bar is shown."""

    HIDDEN = "hidden"
    CHOOSING = "choosing"
    RUNNING = "running"
    AFTER = "after"  # what was recorded is being written down, or that is told


class CaptureViewModel:
    """What the record button and the capture bar show."""

    def __init__(self) -> None:
        self.is_ready = False
        self.is_busy = False  # a start or a stop is under way
        self.look = Look()
        self.choices: Choices | None = None
        self.trouble: Trouble | None = None
        self.face = Face.HIDDEN
        self.pause_words = ""  # until when nothing is to be recorded, where a pause with an end holds
        self._n_failures_seen = 0

    # what happens ------------------------------------------------------------------------------------------------
    def open_choices(self) -> None:
        """The user wants to record: devices are looked for."""
        self.face, self.choices, self.trouble = Face.CHOOSING, None, None

    def take_choices(self, choices: Choices) -> None:
        """What can be recorded with is known."""
        self.choices = choices

    def take_look(self, look: Look) -> None:
        """The desk told how it stands."""
        self.look = look
        if look.status.state is not State.OFF:
            self.face = Face.RUNNING
        elif self.face is Face.RUNNING or (self.face is Face.HIDDEN and look.n_waiting):
            self.face = Face.AFTER
        if len(look.failures) > self._n_failures_seen:
            self._n_failures_seen = len(look.failures)
            last = look.failures[-1]
            self.trouble = _waiting_trouble() if last.waits else Trouble(told_words(last.error), told_words(last.hint))
            self.face = Face.AFTER if self.face is Face.HIDDEN else self.face

    def take_error(self, error: BaseException) -> None:
        """A start, a stop or a look at the devices failed."""
        self.is_busy, self.trouble = False, error_words(error)
        self.choices = self.choices or Choices((), ())
        self.face = Face.CHOOSING if self.look.status.state is State.OFF else Face.RUNNING

    def take_blind(self, error: BaseException) -> None:
        """The desk cannot say how it stands: what it said before is not claimed any longer."""
        trouble = error_words(error)
        if self.is_on:
            status = replace(self.look.status, state=State.FAILING, reason=trouble.message.rstrip("."))
            self.look = replace(self.look, status=status)
        elif self.face is Face.AFTER:
            self.trouble = trouble

    def close(self) -> None:
        """The user put the bar away; a recording that runs cannot be put away."""
        if self.look.status.state is State.OFF:
            self.face, self.trouble = Face.HIDDEN, None

    # what to show ------------------------------------------------------------------------------------------------
    @property
    def is_on(self) -> bool:
        """Whether recording was asked for, kept or not."""
        return self.look.status.state is not State.OFF

    @property
    def is_paused(self) -> bool:
        """Whether recording was asked for and is paused."""
        return self.look.status.state is State.PAUSED

    @property
    def is_red(self) -> bool:
        """Whether nothing is kept though it should be."""
        return self.look.status.state is State.FAILING

    @property
    def is_waiting(self) -> bool:
        """Whether nothing is wrong but that a model is not here."""
        return self.trouble is not None and self.trouble.remedy is Remedy.MODELS

    @property
    def is_quiet_end(self) -> bool:
        """Whether the bar may go by itself: all is written down and nothing failed."""
        return self.face is Face.AFTER and self.look.is_idle and self.trouble is None

    def title(self) -> str:
        """One line: what is going on."""
        if self.face is Face.CHOOSING:
            return self._choosing_title()
        if self.face is Face.AFTER:
            return self._after_title()
        return {
            State.STARTING: translate("capture", "Starting…"),
            State.RECORDING: translate("capture", "Recording"),
            State.PAUSED: self.pause_words or translate("capture", "Paused"),
            State.FAILING: translate("capture", "Nothing is being kept"),
        }.get(self.look.status.state, "")

    def detail(self) -> str:
        """A second line: what is kept, or why nothing is."""
        status = self.look.status
        if self.trouble:
            return self.trouble.line
        if self.face is Face.CHOOSING:
            return "" if self.devices or self.choices is None else self._no_device_words()
        if self.face is Face.AFTER:
            return translate("capture", "You can go on meanwhile.") if self.look.n_waiting else ""
        kept = self._kept_words()
        if status.state is State.FAILING:
            reason = cause_words(status.reason) or translate("capture", "no sound reaches the disk")
            parts = [f"{reason[0].upper()}{reason[1:]}.", help_words(status.reason), f"{kept}."]
            return " ".join(part for part in parts if part)
        parts = [kept, status.device, microphones_words(status.n_channels)]
        if status.n_lost_frames and status.rate_hz:
            lost_s = status.n_lost_frames / status.rate_hz
            parts.append(translate("capture", "{seconds} s lost").format(seconds=f"{lost_s:.1f}"))
        if self.look.n_waiting:
            parts.append(translate("capture", "writing down what came before…"))
        return " · ".join(part for part in parts if part)

    def _kept_words(self) -> str:
        """How much there is; the bytes are those of the present session, which may not have begun or has ended."""
        status = self.look.status
        time = length_words(status.recorded_s)
        if status.n_bytes < 1000:
            return translate("capture", "{time} kept").format(time=time)
        return translate("capture", "{time} kept, {size} on disk").format(time=time, size=size_words(status.n_bytes))

    @property
    def devices(self) -> tuple[Device, ...]:
        """What can be recorded from."""
        return self.choices.devices if self.choices else ()

    @property
    def default_device(self) -> int:
        """Place of what was recorded with last, else of the system's own choice."""
        last = self.choices.last_device if self.choices else None
        known = [place for place, device in enumerate(self.devices) if device.name == last]
        return next(iter(known), next((place for place, device in enumerate(self.devices) if device.is_default), 0))

    def default_layout(self, place: int) -> int:
        """Place among the layouts of a device of the one it was recorded with last, else of the first."""
        choices = self.choices
        if choices is None or not 0 <= place < len(self.devices) or self.devices[place].name != choices.last_device:
            return 0
        layouts = self.layouts(place)
        same_array = [index for index, layout in enumerate(layouts) if layout.array == choices.last_array]
        same = [index for index in same_array if layouts[index].n_channels == choices.last_channels]
        return next(iter(same), 0)

    def layouts(self, place: int) -> tuple[Layout, ...]:
        """How a device can be recorded."""
        if self.choices is None or not 0 <= place < len(self.devices):
            return ()
        return list_layouts(self.devices[place], self.choices.arrays)

    def wanted(self, place: int, layout: Layout) -> Wanted:
        """What to ask the desk for; a name that two devices share is told by its number."""
        device = self.devices[place]
        is_alone = sum(other.name.casefold() == device.name.casefold() for other in self.devices) == 1
        return Wanted(device=device.name if is_alone else str(device.number), n_channels=layout.n_channels)

    def _choosing_title(self) -> str:
        if self.choices is None:
            return translate("capture", "Looking for microphones…")
        if self.trouble and not self.devices:
            return translate("capture", "Recording cannot start")
        if not self.devices:
            return translate("capture", "There is no microphone")
        return translate("capture", "Record with")

    @staticmethod
    def _no_device_words() -> str:
        return translate(
            "capture", "Plug one in, or check that the sound server runs. Everything else works without one."
        )

    def _after_title(self) -> str:
        look = self.look
        if look.n_waiting == 1:
            return translate("capture", "Writing down what was recorded…")
        if look.n_waiting:
            return translate("capture", "Writing down {n} recordings…").format(n=look.n_waiting)
        if self.is_waiting and not look.n_moments:
            return translate("capture", "The recording is kept")
        if self.trouble and not look.n_recordings:
            return translate("capture", "Not everything could be written down")
        return translate("capture", "Written down: {moments}").format(moments=count_words(look.n_moments))


def _waiting_trouble() -> Trouble:
    words = translate("capture", "It is written down to its end once a model is here.")
    return Trouble(words, remedy=Remedy.MODELS)


def list_layouts(device: Device, arrays: Sequence[Array]) -> tuple[Layout, ...]:
    """How a device can be recorded: as it comes, as one of the arrays that fit it, or with one microphone alone."""
    try:
        n_own = choose_channels(device, None)
    except NoMicrophone:
        n_own = 1
    plain = translate("capture", "{microphones}, places unknown") if n_own > 1 else "{microphones}"
    layouts = [Layout(plain.format(microphones=microphones_words(n_own)), n_own)]
    fitting = [a for a in arrays if 1 < len(a.positions_m) <= device.max_channels]
    fitting.sort(key=lambda a: (len(a.positions_m) != n_own, -len(a.positions_m), a.name))
    layouts += [Layout(array.name, len(array.positions_m), array) for array in fitting]
    if n_own > 1:
        layouts.append(Layout(microphones_words(1), 1))
    return tuple(layouts)


def microphones_words(n: int) -> str:
    """Count microphones."""
    if n == 1:
        return translate("capture", "1 microphone")
    return translate("capture", "{n} microphones").format(n=n)


def size_words(n_bytes: int) -> str:
    """Bytes as a person reads them: "640 kB", "1.3 MB"."""
    if n_bytes < 1_000_000:
        return f"{n_bytes // 1000} kB"
    return f"{n_bytes / 1e6:.1f} MB" if n_bytes < 1e9 else f"{n_bytes / 1e9:.2f} GB"


def meter_share(level: float) -> float:
    """How far a meter stands out, 0 to 1, for a level of 0 to 1 of full scale; even steps in decibels."""
    if level <= 0:
        return 0.0
    return min(1.0, max(0.0, 1.0 - 20.0 * math.log10(level) / _FLOOR_DB))
