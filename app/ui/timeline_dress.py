"""Theme, fonts and metrics of the timeline, and words cut to a width once.

Role: what all its painters share.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPixmap

from app.ui.theme import Theme, scaled_font

_MOST_CUTS = 4000


@dataclass(slots=True)
class Dress:
    """Theme, fonts and metrics, made once."""

    theme: Theme
    base: QFont
    small: QFont = field(init=False)
    bold: QFont = field(init=False)
    head: QFont = field(init=False)
    small_metrics: QFontMetricsF = field(init=False)
    bold_metrics: QFontMetricsF = field(init=False)
    head_metrics: QFontMetricsF = field(init=False)
    ground: tuple[object, QPixmap] | None = None
    _mixed: dict[tuple[str, float], QColor] = field(default_factory=dict)
    _cuts: dict[tuple[str, int, bool], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.small = scaled_font(self.base, 0.82)
        self.bold = scaled_font(self.base, 0.86, bold=True)
        self.head = scaled_font(self.base, 0.92, bold=True)
        self.small_metrics = QFontMetricsF(self.small)
        self.bold_metrics = QFontMetricsF(self.bold)
        self.head_metrics = QFontMetricsF(self.head)

    def cut(self, words: str, width_px: float, *, bold: bool = False) -> str:
        """Words that fit a width."""
        key = (words, int(width_px) // 4 * 4, bold)
        found = self._cuts.get(key)
        if found is None:
            if len(self._cuts) > _MOST_CUTS:
                self._cuts.clear()
            metrics = self.bold_metrics if bold else self.small_metrics
            found = metrics.elidedText(" ".join(words.split()), Qt.TextElideMode.ElideRight, key[1])
            self._cuts[key] = found
        return found

    def mixed(self, colour: str, share: float) -> QColor:
        """An opaque colour that looks like ``share`` of a colour on a lane's ground."""
        found = self._mixed.get((colour, share))
        if found is None:
            over, ground = QColor(colour), QColor(self.theme.card)
            parts = (
                round(share * a + (1 - share) * b)
                for a, b in zip(over.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]
            )
            found = self._mixed[colour, share] = QColor(*parts)
        return found
