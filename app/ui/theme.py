"""Colours, type and spacing of the window, light and dark, and the icons tinted to fit.

Role: the one place that knows how Madeleine looks. Widgets and painters take a ``Theme`` and invent no colours.
Contrast of text on its ground is at least 4.5 to 1 (WCAG 2.2, 1.4.3), of the two themes of high contrast at least 7
to 1 (1.4.6); a test computes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QImage, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

ICONS = Path(__file__).resolve().parents[2] / "assets" / "icons"
HEAD_GAP_PX = 8  # between a heading and what it stands over; the grid is 8 px
_MIN_POINTS = 10.5


@dataclass(frozen=True, slots=True)
class Theme:
    """Named colours (#rrggbb)."""

    name: str
    ground: str
    card: str
    raised: str
    line: str
    text: str
    soft: str
    accent: str
    on_accent: str
    accent_hover: str
    tint: str
    mark: str
    wave: str
    trouble: str
    trouble_tint: str
    voices: tuple[str, ...]  # who speaks; told apart by hue and lightness, 3 to 1 on a card


LIGHT = Theme(
    name="light",
    ground="#f6f4ef",
    card="#ffffff",
    raised="#efece5",
    line="#e2ddd2",
    text="#211f1b",
    soft="#68635a",
    accent="#0f6862",
    on_accent="#ffffff",
    accent_hover="#0b524d",
    tint="#e6f1ef",
    mark="#fbe9b0",
    wave="#b8b1a3",
    trouble="#9c3420",
    trouble_tint="#fbeae5",
    voices=("#2f6db3", "#b3541e", "#6b4fa3", "#8a6d00", "#b03a6b", "#3f7d3a", "#4a6a78", "#8c4a4a"),
)

DARK = Theme(
    name="dark",
    ground="#181716",
    card="#222120",
    raised="#2d2b29",
    line="#3a3835",
    text="#ece8e0",
    soft="#a8a196",
    accent="#62c7bd",
    on_accent="#0c2321",
    accent_hover="#86d8cf",
    tint="#1f3532",
    mark="#5a4a16",
    wave="#66625b",
    trouble="#f2a08c",
    trouble_tint="#3b2420",
    voices=("#7fb2ef", "#f0a06a", "#b9a1ee", "#dcc15a", "#f08cb4", "#92cf8b", "#9dbac7", "#dba0a0"),
)


CONTRAST_LIGHT = Theme(
    name="contrast-light",
    ground="#ffffff",
    card="#ffffff",
    raised="#f0f0f0",
    line="#000000",
    text="#000000",
    soft="#2b2b2b",
    accent="#00356b",
    on_accent="#ffffff",
    accent_hover="#001f42",
    tint="#e3eefb",
    mark="#ffe680",
    wave="#4a4a4a",
    trouble="#7a0000",
    trouble_tint="#ffecec",
    voices=("#1a4a85", "#7a330f", "#4a3385", "#574500", "#7d1f48", "#235520", "#2c4854", "#662f2f"),
)

CONTRAST_DARK = Theme(
    name="contrast-dark",
    ground="#000000",
    card="#000000",
    raised="#1c1c1c",
    line="#ffffff",
    text="#ffffff",
    soft="#e6e6e6",
    accent="#ffe100",
    on_accent="#000000",
    accent_hover="#fff27a",
    tint="#262200",
    mark="#4a3c00",
    wave="#c4c4c4",
    trouble="#ff9c8f",
    trouble_tint="#330a05",
    voices=("#8ec5ff", "#ffb37a", "#cdb5ff", "#f2d95c", "#ff9ec8", "#9fe398", "#b5d3e0", "#f0b3b3"),
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK)}


def find_theme(scheme: Qt.ColorScheme | None = None, *, has_contrast: bool | None = None) -> Theme:
    """Choose a theme: as asked, else as the desktop says, light when it says nothing.

    Args:
        scheme: Light or dark.
        has_contrast: Whether high contrast is wanted.
    """
    hints = QGuiApplication.styleHints()
    is_dark = (hints.colorScheme() if scheme is None else scheme) == Qt.ColorScheme.Dark
    if has_contrast is None:
        has_contrast = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
    if has_contrast:
        return CONTRAST_DARK if is_dark else CONTRAST_LIGHT
    return DARK if is_dark else LIGHT


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Dress the whole application."""
    application.setPalette(_palette(theme))
    application.setStyleSheet(_sheet(theme))


def settle_font(application: QApplication) -> None:
    """Use the system's font, not smaller than is read with ease."""
    font = application.font()
    if font.pointSizeF() < _MIN_POINTS:
        font.setPointSizeF(_MIN_POINTS)
        application.setFont(font)


def scaled_font(base: QFont, factor: float, *, bold: bool = False) -> QFont:
    """A font ``factor`` times as large; bold is semi-bold, as in all headings here."""
    font = QFont(base)
    font.setPointSizeF(base.pointSizeF() * factor)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


@lru_cache(maxsize=128)
def icon_image(name: str, colour: str, size_px: int) -> QImage:
    """Read an icon of ``assets/icons`` in one colour, ``size_px`` physical pixels wide; empty when it is missing."""
    try:
        source = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    except OSError:
        return QImage()
    drawn = source.replace("currentColor", colour)
    drawn = drawn.replace('width="24" height="24"', f'width="{size_px}" height="{size_px}"', 1)
    return QImage.fromData(QByteArray(drawn.encode()))


def paint_icon(painter: QPainter, name: str, colour: str, x: float, y: float, size_px: int) -> None:
    """Paint an icon with its top left corner at (x, y), sharp at any scale."""
    ratio = painter.device().devicePixelRatio() if painter.device() else 1.0
    image = icon_image(name, colour, round(size_px * ratio))
    image.setDevicePixelRatio(ratio)
    painter.drawImage(round(x), round(y), image)


def build_icon(name: str, colour: str, *, size_px: int = 20) -> QIcon:
    """An icon for a button, sharp at 100 and 200 %."""
    icon = QIcon()
    for ratio in (1, 2):
        pixmap = QPixmap.fromImage(icon_image(name, colour, size_px * ratio))
        pixmap.setDevicePixelRatio(ratio)
        icon.addPixmap(pixmap)
    return icon


def set_role(widget: QWidget, role: str) -> None:
    """Dress a widget by a role of the style sheet ("strip", "trouble", "soft", "primary", "danger")."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def icon_size(size_px: int = 20) -> QSize:
    """The size to give a button for ``build_icon``."""
    return QSize(size_px, size_px)


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for roles, colour in (
        ((role.Window,), theme.ground),
        ((role.Base, role.Button), theme.card),
        ((role.AlternateBase, role.ToolTipBase), theme.raised),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), theme.text),
        ((role.PlaceholderText,), theme.soft),
        ((role.Highlight, role.Accent, role.Link, role.LinkVisited), theme.accent),
        ((role.HighlightedText,), theme.on_accent),
        ((role.Mid, role.Midlight, role.Light, role.Dark, role.Shadow), theme.line),
    ):
        for each in roles:
            palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(theme.soft))
    return palette


def _sheet(theme: Theme) -> str:
    return _SHEET.format(icons=ICONS.as_posix(), **{name: getattr(theme, name) for name in Theme.__dataclass_fields__})


_SHEET = """
QWidget#page, QMainWindow {{ background: {ground}; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {line}; padding: 4px 8px; }}
QLabel {{ background: transparent; }}
QLabel[role="soft"] {{ color: {soft}; }}
QLabel[role="trouble"] {{ color: {trouble}; }}
QFrame[role="card"] {{ background: {card}; border: 1px solid {line}; border-radius: 12px; }}
QFrame[role="strip"] {{ background: {card}; border: 1px solid {line}; border-radius: 12px; }}
QFrame[role="trouble"] {{ background: {trouble_tint}; border: 1px solid {trouble}; border-radius: 12px; }}
QLineEdit#line {{ background: {card}; color: {text}; border: 1px solid {line}; border-radius: 22px;
  padding: 0 16px 0 44px; placeholder-text-color: {soft};
  selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit[role="field"] {{ background: {card}; color: {text}; border: 1px solid {line}; border-radius: 8px;
  padding: 6px 12px; placeholder-text-color: {soft};
  selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit[role="field"]:focus {{ border: 2px solid {accent}; padding: 5px 11px; }}
QLineEdit#line:focus {{ border: 2px solid {accent}; padding: 0 15px 0 43px; }}
QPlainTextEdit {{ background: {card}; color: {text}; border: 1px solid {line}; border-radius: 8px; padding: 4px 8px;
  selection-background-color: {accent}; selection-color: {on_accent}; }}
QPlainTextEdit:focus {{ border: 2px solid {accent}; padding: 3px 7px; }}
QPushButton {{ background: {card}; color: {text}; border: 1px solid {line}; border-radius: 8px; padding: 7px 14px; }}
QPushButton:hover {{ background: {raised}; }}
QPushButton:pressed {{ background: {line}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 6px 13px; }}
QPushButton:disabled {{ color: {soft}; background: {ground}; }}
QPushButton:checked {{ background: {tint}; border-color: {accent}; color: {accent}; }}
QPushButton[role="primary"] {{ background: {accent}; color: {on_accent}; border: 1px solid {accent};
  font-weight: 600; }}
QPushButton[role="primary"]:hover {{ background: {accent_hover}; border-color: {accent_hover}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {text}; padding: 6px 13px; }}
QPushButton[role="primary"]:disabled {{ background: {raised}; color: {soft}; border-color: {line}; }}
QPushButton[role="danger"] {{ background: {trouble}; color: {card}; border: 1px solid {trouble}; font-weight: 600; }}
QPushButton[role="danger"]:focus {{ border: 2px solid {text}; padding: 6px 13px; }}
QPushButton[role="quiet"] {{ background: transparent; border: 1px solid transparent; color: {accent}; }}
QPushButton[role="quiet"]:hover {{ background: {tint}; }}
QPushButton[role="quiet"]:focus {{ border: 2px solid {accent}; }}
QPushButton[role="example"] {{ background: {tint}; border: 1px solid transparent; color: {accent}; text-align: left;
  padding: 9px 14px; }}
QPushButton[role="example"]:hover, QPushButton[role="example"]:focus {{ border: 1px solid {accent}; }}
QPushButton[role="tab"] {{ background: transparent; border: 1px solid transparent; color: {soft}; border-radius: 14px;
  padding: 5px 14px; text-align: left; }}
QPushButton[role="tab"]:hover {{ background: {raised}; }}
QPushButton[role="tab"]:checked {{ background: {tint}; color: {accent}; border-color: transparent; }}
QPushButton[role="tab"]:focus {{ border: 2px solid {accent}; padding: 4px 13px; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}
QCheckBox {{ spacing: 8px; padding: 2px; border: 2px solid transparent; border-radius: 6px; }}
QCheckBox:focus {{ border-color: {accent}; }}
QCheckBox::indicator {{ width: 16px; height: 16px; border: 1px solid {soft}; border-radius: 4px; background: {card}; }}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent}; image: url("{icons}/check-{name}.svg"); }}
QComboBox {{ background: {card}; color: {text}; border: 1px solid {line}; border-radius: 8px; padding: 6px 12px; }}
QComboBox:hover {{ background: {raised}; }}
QComboBox:focus {{ border: 2px solid {accent}; padding: 5px 11px; }}
QComboBox:disabled {{ color: {soft}; background: {ground}; }}
QComboBox::drop-down {{ border: none; width: 26px; }}
QComboBox::down-arrow {{ image: url("{icons}/down-{name}.svg"); width: 16px; height: 16px; }}
QComboBox QAbstractItemView {{ background: {card}; color: {text}; border: 1px solid {line}; padding: 4px; outline: none;
  selection-background-color: {tint}; selection-color: {text}; }}
QMenu {{ background: {card}; color: {text}; border: 1px solid {line}; padding: 6px; }}
QMenu::item {{ padding: 7px 20px 7px 12px; border-radius: 6px; }}
QMenu::item:selected {{ background: {tint}; color: {text}; }}
QMenu::item:disabled {{ background: transparent; color: {soft}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 6px 8px; }}
QListView {{ background: transparent; border: none; outline: none; }}
QListView[role="ticks"]::item {{ padding: 8px; border-radius: 8px; color: {text}; }}
QListView[role="ticks"]::item:hover {{ background: {raised}; }}
QListView[role="ticks"]::item:selected {{ background: {tint}; color: {text}; }}
QListView[role="ticks"]::indicator {{ width: 16px; height: 16px; border: 1px solid {soft}; border-radius: 4px;
  background: {card}; margin-left: 8px; }}
QListView[role="ticks"]::indicator:checked {{ background: {accent}; border-color: {accent};
  image: url("{icons}/check-{name}.svg"); }}
QTextEdit[readOnly="true"] {{ background: transparent; color: {text}; border: none;
  selection-background-color: {accent}; selection-color: {on_accent}; }}
QScrollArea {{ background: transparent; border: none; }}
QProgressBar {{ background: {raised}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
QScrollBar::handle:vertical {{ background: {wave}; border-radius: 3px; min-height: 32px; }}
QScrollBar::handle:vertical:hover {{ background: {soft}; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
QScrollBar::handle:horizontal {{ background: {wave}; border-radius: 3px; min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
