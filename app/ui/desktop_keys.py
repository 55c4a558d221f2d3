"""Keys that work in every program: "remember this", and a pause.

Role: holds the desktop's keys while the setting ``desktop_keys`` is on, and tells on the GUI thread what was pressed.
Where the desktop gives none it says so once, when somebody turns the setting on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from app.ui.words import Trouble, translate

if TYPE_CHECKING:
    from ingest.x11_keys import X11Keys

REMEMBER, PAUSE = "remember", "pause"
KEYS = {REMEMBER: "m", PAUSE: "p"}  # with Ctrl and Alt


class DesktopKeys(QObject):
    """Takes the keys and gives them back."""

    remember_wanted = Signal()
    pause_wanted = Signal()
    refused = Signal(object)  # a Trouble
    _pressed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys: X11Keys | None = None
        self._pressed.connect(self._on_pressed, Qt.ConnectionType.QueuedConnection)

    @property
    def is_on(self) -> bool:
        """Whether the desktop gave the keys."""
        return self._keys is not None

    def obey(self, setting: str) -> None:
        """Follow the setting: "on" or "off"."""
        if setting == "on" and self._keys is None:
            self._start()
        elif setting != "on":
            self.stop()

    def stop(self) -> None:
        """Give the keys back."""
        keys, self._keys = self._keys, None
        if keys is not None:
            keys.stop()

    def _start(self) -> None:
        from ingest.x11_keys import NoKeys, X11Keys

        keys = X11Keys(KEYS, self._pressed.emit)
        try:
            taken = keys.start()
        except NoKeys as error:
            self.refused.emit(Trouble(str(error), error.hint))
            return
        self._keys = keys
        if taken:
            names = ", ".join(f"Ctrl+Alt+{KEYS[name].upper()}" for name in taken)
            words = translate("keys", "Another program has {keys} already.").format(keys=names)
            self.refused.emit(Trouble(words, translate("keys", "The keys of the window do the same.")))

    def _on_pressed(self, name: str) -> None:
        (self.remember_wanted if name == REMEMBER else self.pause_wanted).emit()
