"""The list of commands and the search in it."""

from __future__ import annotations

import pytest

from app.ui.commands import Command, Commands, Group, fold, match


def build(*names: str, done: list[str] | None = None, off: frozenset[str] = frozenset()) -> Commands:
    log = [] if done is None else done
    return Commands(
        Command(
            name=name,
            words=name,
            group=Group.LOOK,
            do=lambda name=name: log.append(name),  # type: ignore[misc]
            is_enabled=lambda name=name: name not in off,  # type: ignore[misc]
        )
        for name in names
    )


def names(commands: Commands, typed: str) -> list[str]:
    return [command.name for command in commands.find(typed)]


def test_words_may_be_typed_in_any_order_and_in_part() -> None:
    commands = build("Import a folder", "Import files", "Keyboard shortcuts")
    assert names(commands, "fol imp") == ["Import a folder"]
    assert names(commands, "IMPORT") == ["Import a folder", "Import files"]
    assert names(commands, "kbs") == ["Keyboard shortcuts"]
    assert names(commands, "zebra") == []


def test_the_beginning_of_a_word_comes_before_what_lies_within_one() -> None:
    assert names(build("Report", "Port settings"), "port") == ["Port settings", "Report"]


def test_accents_need_not_be_typed() -> None:
    assert match(["uber"], fold("Über Madeleine")) is not None


def test_what_was_used_last_stands_first() -> None:
    done: list[str] = []
    commands = build("a", "b", "c", done=done)
    for name in ("c", "b"):
        assert commands.run(name)
    assert done == ["c", "b"]
    assert names(commands, "") == ["b", "c", "a"]


def test_what_cannot_be_done_now_is_neither_offered_nor_done() -> None:
    done: list[str] = []
    commands = build("a", "b", done=done, off=frozenset({"b"}))
    assert names(commands, "") == ["a"]
    assert not commands.run("b")
    assert not done
    assert not commands.recent


def test_a_name_or_a_key_is_given_once() -> None:
    commands = build("a")
    with pytest.raises(ValueError, match="called a"):
        commands.add(commands.get("a"))
    commands.add(Command(name="x", words="x", group=Group.LOOK, do=print, keys=("F1",)))
    with pytest.raises(ValueError, match="taken"):
        commands.add(Command(name="y", words="y", group=Group.LOOK, do=print, keys=("F1",)))
