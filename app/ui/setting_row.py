"""One setting as a row: its name and a sentence at the left, a control at the right, what is wrong with it below."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.ui.aloud import announce, give_role
from app.ui.buttons import Choice, build_button
from app.ui.section import build_words
from app.ui.settings_words import about_words, choice_words, title_words, unit_words, value_words
from app.ui.theme import scaled_font
from app.ui.words import Trouble

if TYPE_CHECKING:
    from app.ui.settings_spec import SettingSpec

_PAUSE_MS = 700  # after so long without a key, what was typed is meant
_MOST = 10**9
_LEAST_PX, _CONTROL_PX = 160, 300
_SPIN_H = 32
_MOST_IN_BUTTON = 24


class SettingRow(QWidget):
    """Shows and changes one setting."""

    library_wanted = Signal()
    changed = Signal(str, str)  # its key and what it is to be, as ``madeleine settings`` takes it

    def __init__(self, spec: SettingSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.value: str | int = spec.default
        title, about = title_words(spec.key), about_words(spec.key)
        self.searched = f"{title} {about} {spec.key} {' '.join(choice_words(spec.key, c) for c in spec.choices)}"
        self.setAccessibleName(title)
        self.title = QLabel(title)
        self.title.setFont(scaled_font(self.font(), 1.0, bold=True))
        self.title.setWordWrap(True)
        self.about = build_words(about, role="soft")
        self.trouble = build_words(role="trouble")
        self.trouble.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._on_written)
        self.control = self._build_control(title, about)
        self.title.setBuddy(self.control)
        give_role(self.about, QAccessible.Role.Paragraph)  # it is the control's, and not to be read for the whole card
        default = value_words(spec.key, spec.default)
        fits = len(default) <= _MOST_IN_BUTTON
        self.reset = build_button(
            self.tr("Back to “{default}”").format(default=default) if fits else self.tr("Back to the default"),
            name=self.tr("{title}: back to {default}").format(title=title, default=default),
            role="quiet",
        )
        self.reset.clicked.connect(self._on_reset)
        self._arrange()
        self.show_value(spec.default)

    def _build_control(self, title: str, about: str) -> QComboBox | QSpinBox | QLineEdit | QPushButton:
        control: QComboBox | QSpinBox | QLineEdit | QPushButton
        if self.spec.is_in_library:
            control = QPushButton(self.tr("Change in the library…"))
            control.clicked.connect(self.library_wanted)
        elif self.spec.choices:
            control = Choice()
            control.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            for choice in self.spec.choices:
                control.addItem(choice_words(self.spec.key, choice), choice)
            control.view().setAccessibleName(title)
            control.activated.connect(lambda _n: self._tell(str(control.currentData())))
        elif isinstance(self.spec.default, int):
            control = QSpinBox()
            control.setRange(self.spec.at_least, _MOST)
            control.setSuffix(unit_words(self.spec.key))
            control.setKeyboardTracking(False)
            control.setMinimumHeight(_SPIN_H)
            control.lineEdit().setAcceptDrops(False)
            control.editingFinished.connect(lambda: self._tell(str(control.value())))  # not at each step on the way
        else:
            control = QLineEdit()
            control.setProperty("role", "field")
            control.setAcceptDrops(False)  # files are for the window
            control.textEdited.connect(lambda _text: self._pause.start())
            control.editingFinished.connect(self._on_written)
            if self.spec.key == "zone":
                completer = QCompleter(sorted(available_timezones()), control)
                completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
                completer.setFilterMode(Qt.MatchFlag.MatchContains)
                control.setCompleter(completer)
        control.setAccessibleName(title)
        control.setAccessibleDescription(about)
        control.setMinimumWidth(_LEAST_PX)
        control.setMaximumWidth(_CONTROL_PX)
        control.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel scrolls the page, it changes nothing by accident
        control.installEventFilter(self)
        return control

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self.title, self.about, self.trouble):
            words.addWidget(label)
        if not self.about.text():
            self.about.hide()
        words.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.control)
        right.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignRight)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(16)
        row.addLayout(words, 3)
        row.addLayout(right, 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, RUF100 - Qt's name
        """Leave the wheel to the page unless the control was entered."""
        is_wheel = event.type() == QEvent.Type.Wheel
        if watched is self.control and is_wheel and not self.control.hasFocus():
            event.ignore()
            return True
        return False

    def show_value(self, value: str | int) -> None:
        """Show what holds; what is being written is left alone."""
        self.value = value
        self.reset.setVisible(value != self.spec.default)
        if isinstance(self.control, QComboBox):
            n = self.control.findData(value)
            if n < 0:  # written elsewhere, like another number of days
                self.control.addItem(choice_words(self.spec.key, str(value)), value)
                n = self.control.count() - 1
            self.control.setCurrentIndex(n)
        elif isinstance(self.control, QSpinBox):
            self.control.blockSignals(True)
            self.control.setValue(int(value))
            self.control.blockSignals(False)
        elif isinstance(self.control, QPushButton):
            return
        elif not (self._pause.isActive() or self.trouble.isVisible()) and self.control.text().strip() != value:
            self.control.setText(str(value))
            self.control.setCursorPosition(0)

    def show_trouble(self, trouble: Trouble | None) -> None:
        """Say why it cannot be what was wanted; the one that holds is still the old one."""
        self.trouble.setText(trouble.line if trouble else "")
        self.trouble.setVisible(trouble is not None)
        announce(self, self.trouble.text())
        if trouble is not None and not isinstance(self.control, QLineEdit):
            self.show_value(self.value)

    def _on_written(self) -> None:
        self._pause.stop()
        assert isinstance(self.control, QLineEdit)
        text = self.control.text().strip()
        if text != self.value:
            self._tell(text)
        else:
            self.show_trouble(None)

    def _on_reset(self) -> None:
        self._pause.stop()
        self.show_trouble(None)
        self._tell(str(self.spec.default))
        self.control.setFocus()

    def _tell(self, text: str) -> None:
        if text != str(self.value):
            self.changed.emit(self.spec.key, text)
