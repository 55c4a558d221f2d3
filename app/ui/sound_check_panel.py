"""The test of the microphones in the first-run walk: a level for each, and from which side a clap comes.

Role: shows what a ``SoundLook`` says and tells what is wanted. It says plainly what one microphone cannot do.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.bearing_compass import BearingCompass
from app.ui.buttons import build_button, build_choice
from app.ui.capture_bar import Meters
from app.ui.capture_view_model import CaptureViewModel, Choices, Layout, microphones_words
from app.ui.section import build_words
from app.ui.theme import Theme
from app.ui.words import Trouble, translate
from ingest.devices import Wanted
from ingest.sound_check import SoundLook

_COMPASS_PX = 120
_SOON_S = 2.0  # so long a device may take to give its first sound


class SoundCheckPanel(QWidget):
    """Device, places, button, meters, compass, and a sentence."""

    listen_wanted = Signal(int, object)  # place of the device, a Layout
    stop_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Test of the microphones"))
        self._model = CaptureViewModel()  # its words for devices and places
        self._is_listening = False
        self._heard_side = ""
        self.devices = build_choice(self.tr("Microphone to test"), n_letters=12, has_tip=True)
        self.devices.currentIndexChanged.connect(self._fill_layouts)
        self.layouts = build_choice(self.tr("Where its microphones are"), n_letters=12, has_tip=True)
        self.listen = build_button(self.tr("Listen"), name=self.tr("Listen, and keep nothing of it"))
        self.listen.clicked.connect(self._on_listen)
        self.meters = Meters(theme)
        self.compass = BearingCompass(theme, _COMPASS_PX)
        self.said = build_words()
        self._arrange()
        self.show_idle()

    def _arrange(self) -> None:
        choose = QHBoxLayout()
        choose.setSpacing(8)
        choose.addWidget(self.devices, 1)
        choose.addWidget(self.layouts, 1)
        choose.addWidget(self.listen)
        heard = QHBoxLayout()
        heard.setSpacing(16)
        heard.addWidget(self.meters)
        heard.addWidget(self.compass)
        heard.addWidget(self.said, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(choose)
        layout.addLayout(heard)

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self.meters.theme = self.compass.theme = theme

    def show_choices(self, choices: Choices) -> None:
        """Offer the microphones that are there."""
        self._model.take_choices(choices)
        self.devices.blockSignals(True)
        self.devices.clear()
        for device in choices.devices:
            self.devices.addItem(device.name)
        self.devices.setCurrentIndex(self._model.default_device)
        self.devices.blockSignals(False)
        self._fill_layouts(self._model.default_device)
        self.show_idle()

    def choose_wanted(self, place: int, layout: Layout) -> Wanted | None:
        """What to ask the desk for; None where that device is not there."""
        return self._model.wanted(place, layout) if 0 <= place < len(self._model.devices) else None

    def show_idle(self) -> None:
        """Nothing is listened to."""
        self._is_listening, self._heard_side = False, ""
        has_devices = bool(self._model.devices)
        for widget in (self.devices, self.layouts, self.listen):
            widget.setEnabled(has_devices)
        self.listen.setText(self.tr("Listen"))
        self.listen.setAccessibleName(self.listen.toolTip())
        self.meters.hide()
        self.compass.hide()
        self._say(
            self.tr("Nothing of the test is kept.")
            if has_devices
            else self.tr("There is no microphone. Everything else works without one.")
        )

    def show_trouble(self, trouble: Trouble) -> None:
        """The device could not be opened."""
        self.show_idle()
        self._say(trouble.line)

    def show_look(self, look: SoundLook) -> None:
        """Show what is heard."""
        self._is_listening = True
        self.listen.setText(self.tr("Stop"))
        self.listen.setAccessibleName(self.tr("Stop listening"))
        self.meters.set_levels(look.levels)
        self.meters.show()
        self.compass.setVisible(look.has_compass)
        self.compass.show_bearing(look.bearing_rad)
        self._heard_side = self.compass.words() or self._heard_side
        self._say(check_words(look, self._heard_side))

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.setAccessibleName(words)

    def _fill_layouts(self, place: int) -> None:
        self.layouts.clear()
        for layout in self._model.layouts(place):
            self.layouts.addItem(layout.words, layout)
        self.layouts.setCurrentIndex(self._model.default_layout(place))

    def _on_listen(self) -> None:
        layout = self.layouts.currentData()
        if self._is_listening:
            self.stop_wanted.emit()
        elif layout is not None:
            self.listen_wanted.emit(self.devices.currentIndex(), layout)


def check_words(look: SoundLook, heard_side: str) -> str:
    """What the test has shown so far, and what to do next.

    Args:
        look: The newest.
        heard_side: The last side that stood out, in words; empty before the first.
    """
    n = len(look.levels.peak)
    if look.heard_s == 0:
        return translate("check", "Waiting for sound…")
    parts = []
    if look.heard_s > _SOON_S and not any(look.levels.peak) and not look.silent:
        return translate("check", "Only zeros come: it is muted, or dead.")
    if look.silent:
        names = ", ".join(str(place + 1) for place in look.silent)
        parts.append(translate("check", "Silent: microphone {names}.").format(names=names))
    if n == 1:
        parts.append(translate("check", "One microphone only: it hears words, and no directions."))
    elif not look.has_compass:
        words = translate("check", "{microphones}; where they are is not known, so no directions are told.")
        parts.append(words.format(microphones=microphones_words(n)))
    elif heard_side:
        parts.append(translate("check", "Heard from: {side}. Is that right?").format(side=heard_side))
    else:
        parts.append(translate("check", "Clap once, or speak from one side."))
    return " ".join(parts)
