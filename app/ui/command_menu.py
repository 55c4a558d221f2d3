"""The menu made from the commands, and their keys bound to the window."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.commands import Command, Commands, Group


def keys_words(keys: Iterable[str]) -> str:
    """Keys as a person reads them on this system."""
    return ", ".join(QKeySequence(each).toString(QKeySequence.SequenceFormat.NativeText) for each in keys)


class CommandMenu(QMenu):
    """Binds the keys of all commands to a window and shows those that belong in the menu.

    An action that is greyed has no keys; so actions are greyed only while the menu is open, and a key asks the command
    itself whether it can be done.

    Args:
        commands: What can be done.
        window: Where keys work.
        submenus: Menus that stand at the end of a group.
    """

    def __init__(
        self, commands: Commands, window: QWidget, submenus: dict[Group, tuple[QMenu, ...]] | None = None
    ) -> None:
        super().__init__(window)
        self.setAccessibleName(self.tr("Menu"))
        self._commands = commands
        self._actions: dict[str, QAction] = {}
        for command in commands:
            window.addAction(self._build(command))
        for group in Group:
            self._fill(group, (submenus or {}).get(group, ()))
        self.aboutToShow.connect(self._grey)
        self.aboutToHide.connect(self._ungrey)

    def action(self, name: str) -> QAction:
        """The action of a command."""
        return self._actions[name]

    def _build(self, command: Command) -> QAction:
        action = QAction(command.words, self)
        if command.binds_keys:
            action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.triggered.connect(lambda _checked=False, name=command.name: self._commands.run(name))
        self._actions[command.name] = action
        return action

    def _fill(self, group: Group, submenus: tuple[QMenu, ...]) -> None:
        actions = [self._actions[each.name] for each in self._commands.of_group(group) if each.is_in_menu]
        if actions and self.actions():
            self.addSeparator()
        self.addActions(actions)
        for submenu in submenus:
            self.addMenu(submenu)

    def _grey(self) -> None:
        for name, action in self._actions.items():
            action.setEnabled(self._commands.get(name).is_enabled())

    def _ungrey(self) -> None:
        for action in self._actions.values():
            action.setEnabled(True)
