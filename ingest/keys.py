"""Keys that work in every program, as whoever asks for them sees it: by which way they come is no matter of his.

Role: what ``x11_keys`` and ``portal_keys`` share. It asks no desktop for anything.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Protocol

_REPEAT_MS = 30  # a desktop lets go of a key that is held and presses it again in one moment; fingers take longer
_LOST_MS = 3000  # longer than any desktop waits before it repeats a key: its release was not told
_HINT = "The keys of the window and the menu in the tray do the same."


class NoKeys(Exception):
    """This desktop gives no program keys of its own.

    Attributes:
        hint: What the user can do.
    """

    def __init__(self, message: str, *, hint: str = _HINT) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Key:
    """A key that is wanted.

    Attributes:
        letter: With Control and Alt: "m" is Ctrl+Alt+M.
        words: What it does, for where the desktop asks the user.
    """

    letter: str
    words: str

    @property
    def usual(self) -> str:
        """How it is pressed where nobody chose otherwise."""
        return f"Ctrl+Alt+{self.letter.upper()}"


class Keys(Protocol):
    """Keys of one desktop, from ``start`` to ``stop``; what is pressed is told on a thread of theirs."""

    @property
    def triggers(self) -> Mapping[str, str]:
        """How each key that was given is pressed, by its name."""
        ...

    def start(self) -> tuple[str, ...]:
        """Ask for the keys.

        Returns:
            The names of those that are another program's.

        Raises:
            NoKeys: the desktop gives none.
        """
        ...

    def stop(self) -> None:
        """Give the keys back."""
        ...


class HeldKeys:
    """Tells the press of a key from its repetition while it is held. Times are in ms modulo 2**32."""

    def __init__(self) -> None:
        self._pressed_ms: dict[Hashable, int] = {}
        self._released_ms: dict[Hashable, int] = {}

    def press(self, code: Hashable, time_ms: int) -> bool:
        """Whether a finger has pressed the key just now."""
        last_ms, self._pressed_ms[code] = self._pressed_ms.get(code), time_ms
        released_ms = self._released_ms.pop(code, None)
        if released_ms is not None:
            return _between_ms(released_ms, time_ms) > _REPEAT_MS
        return last_ms is None or _between_ms(last_ms, time_ms) > _LOST_MS

    def release(self, code: Hashable, time_ms: int) -> None:
        """The desktop says that the key was let go."""
        self._released_ms[code] = time_ms


def _between_ms(earlier_ms: int, later_ms: int) -> int:
    return (later_ms - earlier_ms) & 0xFFFFFFFF
