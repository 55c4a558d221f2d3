"""Everything the window can be told to do, as one typed list; menu, sheet of keys and palette are made from it.

Role: the registry and the search in it. A plain class: no widgets, no keys bound. What is in it for this window stands
in ``command_list.py``: a new command is one more entry there, and appears in all three by itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.ui.words import translate

_N_RECENT = 8
_HEAD, _WITHIN, _SCATTERED = 4, 2, 1  # how well a typed word fits: begins a word, lies in one, its letters in order


class Group(StrEnum):
    """What a command is about, in the order of the menu."""

    BRING_IN = "bring-in"
    CAPTURE = "capture"
    LOOK = "look"
    PROGRAM = "program"
    GO = "go"


def group_words(group: Group) -> str:
    """The heading of a group."""
    return {
        Group.BRING_IN: translate("commands", "Bring in"),
        Group.CAPTURE: translate("commands", "Record"),
        Group.LOOK: translate("commands", "Look"),
        Group.PROGRAM: translate("commands", "Program"),
        Group.GO: translate("commands", "Go to"),
    }[group]


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing that the window can be told to do.

    Attributes:
        name: Stable, of lower-case words with hyphens; what was used last is kept by it.
        words: What menu, sheet and palette call it, translated.
        group: What it is about.
        do: Does it, on the GUI thread.
        keys: Key sequences as Qt reads them ("Ctrl+O"); several do the same.
        is_enabled: Whether it can be done now.
        binds_keys: False where a button has these keys already and they are only told here.
        is_in_menu: Whether the menu has it; palette and sheet have it anyway.
        is_listed: False for what only a key does (Esc).
    """

    name: str
    words: str
    group: Group
    do: Callable[[], object]
    keys: tuple[str, ...] = ()
    is_enabled: Callable[[], bool] = _always
    binds_keys: bool = True
    is_in_menu: bool = True
    is_listed: bool = True


class Commands:
    """The commands of one window, in order, and which were used last."""

    def __init__(self, commands: Iterable[Command] = ()) -> None:
        self._commands: dict[str, Command] = {}
        self.recent: tuple[str, ...] = ()
        for command in commands:
            self.add(command)

    def add(self, command: Command) -> None:
        """Add a command.

        Raises:
            ValueError: its name, or one of the keys it binds, is taken.
        """
        if command.name in self._commands:
            raise ValueError(f"two commands are called {command.name}")
        taken = {keys for other in self for keys in other.keys}
        if taken & set(command.keys):
            raise ValueError(f"the keys of {command.name} are taken")
        self._commands[command.name] = command

    def __iter__(self) -> Iterator[Command]:
        """All, in order."""
        return iter(self._commands.values())

    def get(self, name: str) -> Command:
        """A command by name.

        Raises:
            KeyError: there is none.
        """
        return self._commands[name]

    def has(self, name: str) -> bool:
        """Whether there is a command of that name."""
        return name in self._commands

    def of_group(self, group: Group) -> list[Command]:
        """Those of a group that are listed, in order."""
        return [command for command in self if command.group is group and command.is_listed]

    def run(self, name: str) -> bool:
        """Do one and remember it as used last; False when it cannot be done now."""
        command = self._commands[name]
        if not command.is_enabled():
            return False
        if command.is_listed:
            self.recent = (name, *(other for other in self.recent if other != name))[:_N_RECENT]
        command.do()
        return True

    def find(self, typed: str) -> list[Command]:
        """What can be done now and fits what was typed, best first; used last first among equals.

        Args:
            typed: Words or parts of words; nothing finds everything.
        """
        parts = fold(typed).split()
        last = {name: -place for place, name in enumerate(self.recent)}
        found: list[tuple[int, int, Command]] = []
        for command in self:
            if not command.is_listed or not command.is_enabled():
                continue
            share = match(parts, fold(f"{command.words} {group_words(command.group)}"))
            if share is not None:
                found.append((share, last.get(command.name, -_N_RECENT), command))
        found.sort(key=lambda each: (-each[0], -each[1]))
        return [command for _share, _last, command in found]


def fold(text: str) -> str:
    """Lower case without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def match(parts: Iterable[str], text: str) -> int | None:
    """How well folded words fit a folded text: more is better, None when one of them does not fit at all.

    A word fits best where it begins a word of the text, less within one, least with its letters scattered in order from
    the beginning of a word ("kbs" in "keyboard shortcuts").
    """
    total = 0
    words = text.split()
    for part in parts:
        if any(word.startswith(part) for word in words):
            total += _HEAD
        elif part in text:
            total += _WITHIN
        elif any(_is_scattered(part, " ".join(words[n:])) for n in range(len(words))):
            total += _SCATTERED
        else:
            return None
    return total


def _is_scattered(part: str, text: str) -> bool:
    if not text.startswith(part[0]):
        return False
    letters = iter(text)
    return all(letter in letters for letter in part)
