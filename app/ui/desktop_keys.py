"""Keys that work in every program: "remember this", and a pause.

Role: holds the desktop's keys while the setting ``desktop_keys`` is on, and tells on the GUI thread what was pressed.
An X11 display is asked for them, on Wayland the desktop's portal. Where the desktop gives none, or takes them back, it
says so once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from app.ui.words import Trouble, error_words, translate

if TYPE_CHECKING:
    from ingest.keys import Key, Keys

REMEMBER, PAUSE = "remember", "pause"
_LETTERS = {REMEMBER: "m", PAUSE: "p"}  # with Ctrl and Alt, unless the user chose others where the desktop asks


class DesktopKeys(QObject):
    """Takes the keys and gives them back.

    Signals:
        refused: A ``Trouble``: why there are none, or which are missing.
        changed: They were given, are pressed otherwise than before, or are gone.
    """

    remember_wanted = Signal()
    pause_wanted = Signal()
    refused = Signal(object)
    changed = Signal()
    _pressed = Signal(str)
    _given = Signal(object)  # the ``Keys`` that tell it: what came late from others counts no more
    _lost = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys: Keys | None = None
        queued = Qt.ConnectionType.QueuedConnection
        self._pressed.connect(self._on_pressed, queued)
        self._given.connect(self._on_given, queued)
        self._lost.connect(self._on_lost, queued)

    @property
    def is_on(self) -> bool:
        """Whether the desktop gave the keys, or is asking the user."""
        return self._keys is not None

    def rows(self) -> tuple[tuple[str, str], ...]:
        """How each key that works now is pressed, and what it does."""
        triggers = self._keys.triggers if self._keys is not None else {}
        return tuple((triggers[name], words) for name, words in action_words().items() if triggers.get(name))

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
            self.changed.emit()

    def _start(self) -> None:
        from ingest.keys import Key, NoKeys

        wanted = {name: Key(_LETTERS[name], words) for name, words in action_words().items()}
        keys = self._build(wanted)
        try:
            taken = keys.start()
        except NoKeys as error:
            self.refused.emit(error_words(error))
            return
        self._keys = keys
        self.changed.emit()
        if taken:
            names = ", ".join(wanted[name].usual for name in taken)
            words = translate("keys", "Another program has {keys} already.").format(keys=names)
            self.refused.emit(Trouble(words, translate("keys", "The keys of the window do the same.")))

    def _build(self, wanted: dict[str, Key]) -> Keys:
        from app.screen_doors import is_wayland

        if is_wayland():
            from ingest.portal_keys import PortalKeys

            keys = PortalKeys(
                wanted,
                self._pressed.emit,
                on_given=lambda: self._given.emit(keys),
                on_lost=lambda error: self._lost.emit(keys, error),
            )
            return keys
        from ingest.x11_keys import X11Keys

        return X11Keys(wanted, self._pressed.emit)

    def _on_pressed(self, name: str) -> None:
        (self.remember_wanted if name == REMEMBER else self.pause_wanted).emit()

    def _on_given(self, keys: object) -> None:
        if keys is self._keys:
            self.changed.emit()

    def _on_lost(self, keys: object, error: BaseException) -> None:
        if keys is self._keys:
            self.stop()
            self.refused.emit(error_words(error))


def action_words() -> dict[str, str]:
    """What each key does, by its name."""
    return {
        REMEMBER: translate("keys", "Remember this"),
        PAUSE: translate("keys", "Pause recording for 15 minutes, or go on"),
    }
