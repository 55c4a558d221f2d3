"""The bar of recording: choose a microphone, see what is kept, pause and stop, see what is being written down."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui.bearing_compass import BearingCompass
from app.ui.buttons import build_button, build_choice
from app.ui.capture_view_model import CaptureViewModel, Face, meter_share, microphones_words
from app.ui.known_errors import remedy_words
from app.ui.pause_controller import PauseMenu
from app.ui.theme import Theme, build_icon, icon_size, scaled_font, set_role
from app.ui.words import Remedy
from ingest.levels import Levels
from ingest.recorder_status import State

_REST_MS = 8_000  # how long a good end is told
_COMPASS_PX = 44
_METER_PX, _METER_GAP_PX = 8, 4
_BESIDE_WORDS_PX = 56  # icon and padding of a button
_LOUD = 0.95  # of the meter: about -3 dB of full scale, near clipping


class Meters(QWidget):
    """The level of each microphone: its loudness as a bar, its peak as a line above it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._levels = Levels()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_levels(Levels())

    def set_levels(self, levels: Levels) -> None:
        """Show these."""
        if len(levels.peak) != len(self._levels.peak):
            self.updateGeometry()
        self._levels = levels
        loudest = max(range(len(levels.peak)), key=lambda n: levels.peak[n], default=0)
        self.setAccessibleName(
            self.tr("Levels of {microphones}").format(microphones=microphones_words(len(levels.peak)))
        )
        self.setAccessibleDescription(self.tr("Loudest: microphone {n}").format(n=loudest + 1) if levels.peak else "")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, RUF100 - Qt's name
        """As wide as there are microphones."""
        return QSize(max(1, len(self._levels.peak)) * (_METER_PX + _METER_GAP_PX), 40)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Paint a bar for each microphone."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = float(self.height())
        painter.setPen(QColor(0, 0, 0, 0))
        for n, (peak, rms) in enumerate(zip(self._levels.peak, self._levels.rms, strict=True)):
            left = n * (_METER_PX + _METER_GAP_PX)
            painter.setBrush(QColor(self.theme.raised))
            painter.drawRoundedRect(QRectF(left, 0, _METER_PX, height), 3, 3)
            share, top = meter_share(rms), meter_share(peak)
            painter.setBrush(QColor(self.theme.trouble if top >= _LOUD else self.theme.accent))
            painter.drawRoundedRect(QRectF(left, height * (1 - share), _METER_PX, height * share), 3, 3)
            if top > 0:
                painter.drawRect(QRectF(left, min(height - 2, height * (1 - top)), _METER_PX, 2))
        painter.end()


class CaptureBar(QFrame):
    """Shows a ``CaptureViewModel``."""

    start_wanted = Signal(int, object)  # place of the device, a Layout
    stop_wanted = Signal()
    pause_wanted = Signal(bool)
    look_again_wanted = Signal()
    close_wanted = Signal()
    remedy_wanted = Signal(object)  # a ``Remedy``
    compass_shown = Signal(bool)  # whether somebody can see it

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._model: CaptureViewModel | None = None
        self._filled: object = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.close_wanted)
        self.setAccessibleName(self.tr("Recording"))
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setFont(scaled_font(self.font(), 1.0, bold=True))
        self.detail = QLabel()
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setProperty("role", "soft")
        self.detail.setWordWrap(True)
        self.meters = Meters(theme)
        self.compass = BearingCompass(theme, _COMPASS_PX)
        self._n_bearings = 0
        self.devices = self._box(self.tr("Microphone"))
        self.devices.currentIndexChanged.connect(self._fill_layouts)
        self.layouts = self._box(self.tr("Microphones and their places"))
        self.start = build_button(self.tr("Start recording"), role="primary")
        self.start.clicked.connect(self._on_start)
        self.again = build_button(self.tr("Look again"))
        self.again.clicked.connect(self.look_again_wanted)
        self.models = build_button(remedy_words(Remedy.MODELS))
        self.models.clicked.connect(lambda: self.remedy_wanted.emit(Remedy.MODELS))
        self.models.hide()
        self.pause = build_button(self.tr("Pause"))
        self.pause.clicked.connect(self._on_pause)
        self.pause_for = build_button("", name=self.tr("Pause sound and screen for a while"))
        self.lengths = PauseMenu(self)
        self.pause_for.setMenu(self.lengths)
        self.stop = build_button(self.tr("Stop"), role="primary")
        self.stop.clicked.connect(self.stop_wanted)
        self.dismiss = build_button("", role="quiet")
        self.dismiss.setAccessibleName(self.tr("Close the recording bar"))
        self.dismiss.clicked.connect(self.close_wanted)
        bold = QFontMetrics(scaled_font(self.font(), 1.0, bold=True))  # as the sheet paints them: the words must fit
        for button in (self.start, self.stop):
            button.setMinimumWidth(bold.horizontalAdvance(button.text()) + _BESIDE_WORDS_PX)
        self._arrange()
        self.set_theme(theme)
        self.hide()

    @staticmethod
    def _box(name: str) -> QComboBox:
        box = build_choice(name, n_letters=9, has_tip=True)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return box

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 12, 10)
        layout.setSpacing(10)
        layout.addWidget(self.meters)
        layout.addWidget(self.compass)
        layout.addLayout(words, 3)
        layout.addWidget(self.devices, 3)
        layout.addWidget(self.layouts, 3)
        for button in (self.again, self.models, self.start, self.pause, self.pause_for, self.stop, self.dismiss):
            layout.addWidget(button)

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self.theme = self.meters.theme = self.compass.theme = theme
        self.dismiss.setIcon(build_icon("close", theme.soft))
        self.dismiss.setIconSize(icon_size())
        self.pause_for.setIcon(build_icon("clock", theme.text))
        self.pause_for.setIconSize(icon_size())
        self.start.setIcon(build_icon("record", theme.on_accent, size_px=16))
        self.stop.setIcon(build_icon("stop", theme.on_accent, size_px=16))

    def show_model(self, model: CaptureViewModel) -> None:
        """Show how recording stands."""
        self._model = model
        face, state = model.face, model.look.status.state
        began = face is Face.RUNNING and not self.stop.isVisible()
        had_focus = self.isAncestorOf(self.focusWidget() or self)
        self.title.setText(model.title())
        self.detail.setText(model.detail())
        self.detail.setVisible(bool(model.detail()))
        self.setAccessibleDescription(f"{model.title()}. {model.detail()}")
        is_troubled = model.is_red or (model.trouble is not None and not model.is_waiting)
        set_role(self, "trouble" if is_troubled else "strip")
        self.models.setVisible(model.is_waiting)
        is_choosing, is_running = face is Face.CHOOSING, face is Face.RUNNING
        can_start = is_choosing and bool(model.devices)
        self.meters.setVisible(is_running)
        is_kept = is_running and state in (State.RECORDING, State.STARTING)
        if is_running:
            levels = model.look.status.levels
            self.meters.set_levels(levels if is_kept else Levels((0.0,) * len(levels.peak), (0.0,) * len(levels.rms)))
        self.compass.setVisible(is_kept and model.look.has_compass)
        if model.look.n_bearings != self._n_bearings:
            self._n_bearings = model.look.n_bearings
            self.compass.show_bearing(model.look.bearing_rad)
        for widget in (self.devices, self.layouts, self.start):
            widget.setVisible(can_start)
        self.again.setVisible(is_choosing and model.choices is not None and not model.devices)
        self.start.setEnabled(can_start and not model.is_busy)
        self._show_running(is_running, state, is_busy=model.is_busy)
        self.dismiss.setVisible(not is_running)
        if can_start and self._filled is not model.choices:
            self._fill_devices(model)
        if model.is_quiet_end and not self._rest.isActive():
            self._rest.start()
        elif not model.is_quiet_end:
            self._rest.stop()
        self.setVisible(face is not Face.HIDDEN)
        if began and had_focus:
            self.stop.setFocus()
        elif self.again.isVisible() and self.dismiss.hasFocus():
            self.again.setFocus()

    def _show_running(self, is_running: bool, state: State, *, is_busy: bool) -> None:
        self.pause.setVisible(is_running)
        words = self.tr("Go on") if state is State.PAUSED else self.tr("Pause")
        self.pause.setText(words)
        self.pause.setAccessibleName(words)
        self.pause_for.setVisible(is_running and state is not State.PAUSED)
        self.stop.setVisible(is_running)
        self.stop.setEnabled(not is_busy)

    def _fill_devices(self, model: CaptureViewModel) -> None:
        self._filled = model.choices
        had_focus = self.hasFocus() or self.isAncestorOf(self.focusWidget() or self)
        self.devices.blockSignals(True)
        self.devices.clear()
        for device in model.devices:
            self.devices.addItem(device.name)
        self.devices.setCurrentIndex(model.default_device)
        self.devices.blockSignals(False)
        self._fill_layouts(model.default_device)
        if had_focus:
            self.start.setFocus()

    def _fill_layouts(self, place: int) -> None:
        self.layouts.clear()
        for layout in self._model.layouts(place) if self._model else ():
            self.layouts.addItem(layout.words, layout)
        if self._model is not None:
            self.layouts.setCurrentIndex(self._model.default_layout(place))

    def _on_start(self) -> None:
        layout = self.layouts.currentData()
        if layout is not None:
            self.start_wanted.emit(self.devices.currentIndex(), layout)

    def _on_pause(self) -> None:
        if self._model is not None:
            self.pause_wanted.emit(self._model.look.status.state is not State.PAUSED)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Nobody looks at the compass any more."""
        super().hideEvent(event)
        self.compass_shown.emit(False)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, RUF100 - Qt's name
        """Those who came by keyboard go on by keyboard."""
        super().showEvent(event)
        self.compass_shown.emit(True)
        if self._model is not None and self._model.face is Face.CHOOSING:
            (self.start if self.start.isVisible() else self.dismiss).setFocus()
