"""A small canvas over QPainter: boxes, texts and window frames in pixels, without a display.

Says how things are painted, not what stands in the windows (`screens.py`).
"""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)
from voices import MissingToolError

WIDTH_PX, HEIGHT_PX = 1280, 800
SANS, MONO, SERIF = "Liberation Sans", "DejaVu Sans Mono", "Liberation Serif"


def start_qt() -> QGuiApplication:
    """A Qt without windows, with the fonts that the screens need.

    Raises:
        MissingToolError: A font is not installed.
    """
    application = QGuiApplication.instance() or QGuiApplication([])
    for family, package in ((SANS, "fonts-liberation"), (MONO, "fonts-dejavu-core"), (SERIF, "fonts-liberation")):
        if family not in QFontDatabase.families():
            raise MissingToolError(f"The font {family} is missing. Install it: apt-get install {package}")
    return application  # type: ignore[return-value]


class Canvas:
    """One picture of 1280 x 800 pixels; coordinates from the upper left corner, sizes in pixels."""

    def __init__(self, background: str = "#ffffff") -> None:
        self.image = QImage(WIDTH_PX, HEIGHT_PX, QImage.Format.Format_RGB32)
        self.image.fill(QColor(background))
        self._painter = QPainter(self.image)
        self._painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)

    def save(self, path: Path) -> None:
        """Ends painting and writes a PNG."""
        self._painter.end()
        if not self.image.save(str(path)):
            raise OSError(f"could not write {path}")

    def box(self, x: float, y: float, w: float, h: float, fill: str = "", *, edge: str = "", radius: float = 0) -> None:
        """A filled box, with an edge of one pixel where `edge` is given."""
        inset = 0.5 if edge else 0.0
        self._painter.setPen(QPen(QColor(edge)) if edge else Qt.PenStyle.NoPen)
        self._painter.setBrush(QBrush(QColor(fill)) if fill else Qt.BrushStyle.NoBrush)
        self._painter.drawRoundedRect(QRectF(x + inset, y + inset, w - 2 * inset, h - 2 * inset), radius, radius)

    def fade(self, x: float, y: float, w: float, h: float, top: str, bottom: str, *, radius: float = 0) -> None:
        """A box filled from `top` to `bottom` colour."""
        gradient = QLinearGradient(x, y, x, y + h)
        gradient.setColorAt(0.0, QColor(top))
        gradient.setColorAt(1.0, QColor(bottom))
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QBrush(gradient))
        self._painter.drawRoundedRect(QRectF(x, y, w, h), radius, radius)

    def disc(self, x: float, y: float, radius: float, fill: str, *, edge: str = "") -> None:
        """A filled circle around (x, y)."""
        self._painter.setPen(QPen(QColor(edge), 1.5) if edge else Qt.PenStyle.NoPen)
        self._painter.setBrush(QBrush(QColor(fill)))
        self._painter.drawEllipse(QPointF(x, y), radius, radius)

    def line(self, x1: float, y1: float, x2: float, y2: float, color: str = "#d9dce1", width: float = 1) -> None:
        """A straight line."""
        self.path(((x1, y1), (x2, y2)), color, width)

    def path(
        self, points: tuple[tuple[float, float], ...], color: str, width: float = 1, *, dashed: bool = False
    ) -> None:
        """A line through points, with round corners and ends."""
        pen = QPen(QColor(color), width, Qt.PenStyle.DotLine if dashed else Qt.PenStyle.SolidLine)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        track = QPainterPath(QPointF(*points[0]))
        for point in points[1:]:
            track.lineTo(QPointF(*point))
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPath(track)

    def area(self, points: tuple[tuple[float, float], ...], fill: str) -> None:
        """A filled polygon."""
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QBrush(QColor(fill)))
        self._painter.drawPolygon(QPolygonF([QPointF(*point) for point in points]))

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: int = 13,
        color: str = "#1f2328",
        *,
        bold: bool = False,
        font: str = SANS,
        align: str = "left",
        angle: float = 0.0,
    ) -> float:
        """One line of text; `x` is its left end, middle or right end by `align`, `y` its top. Returns its width."""
        self._set_font(size, bold, font)
        metrics = QFontMetricsF(self._painter.font())
        width = metrics.horizontalAdvance(words)
        shift = {"left": 0.0, "center": width / 2, "right": width}[align]
        self._painter.setPen(QPen(QColor(color)))
        self._painter.save()
        self._painter.translate(x, y)
        self._painter.rotate(angle)
        self._painter.drawText(QPointF(-shift, metrics.ascent()), words)
        self._painter.restore()
        return float(width)

    def paragraph(
        self,
        x: float,
        y: float,
        width: float,
        words: str,
        size: int = 14,
        color: str = "#1f2328",
        *,
        bold: bool = False,
        font: str = SANS,
        leading: float = 1.45,
    ) -> float:
        """Text wrapped into `width`. Returns the y below it."""
        self._set_font(size, bold, font)
        metrics = QFontMetricsF(self._painter.font())
        for part in _wrap(words, width, metrics):
            self.text(x, y, part, size, color, bold=bold, font=font)
            y += size * leading
        return y

    def button(
        self, x: float, y: float, w: float, words: str, *, fill: str = "#f3f4f6", color: str = "#1f2328"
    ) -> None:
        """A button of 30 pixels height."""
        self.box(x, y, w, 30, fill, edge="#c9ced6" if fill == "#f3f4f6" else fill, radius=5)
        self.text(x + w / 2, y + 7, words, 13, color, align="center", bold=fill != "#f3f4f6")

    def clip(self, x: float, y: float, w: float, h: float) -> None:
        """Paints only inside this box until `unclip`."""
        self._painter.save()
        self._painter.setClipRect(QRectF(x, y, w, h))

    def unclip(self) -> None:
        """Ends `clip`."""
        self._painter.restore()

    def _set_font(self, size: int, bold: bool, family: str) -> None:
        font = QFont(family)
        font.setPixelSize(size)
        font.setBold(bold)
        font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
        self._painter.setFont(font)


def window(canvas: Canvas, title: str, *, dark: bool = False, clock: str = "") -> None:
    """A desktop's top panel with the clock, and below it the title bar of a maximised window (ends at y = 60)."""
    canvas.box(0, 0, WIDTH_PX, 26, "#1b1e24")
    canvas.text(14, 6, "Activities", 12, "#e8eaed", bold=True)
    canvas.text(WIDTH_PX / 2, 6, f"Wed 14 Oct  {clock}", 12, "#e8eaed", align="center", bold=True)
    canvas.text(WIDTH_PX - 14, 6, "en   Wi-Fi   84 %", 12, "#c8ccd2", align="right")
    bar, words = ("#2b2f36", "#d5d8de") if dark else ("#e6e8eb", "#2d333b")
    canvas.fade(0, 26, WIDTH_PX, 34, bar, bar)
    canvas.text(WIDTH_PX / 2, 35, title, 13, words, align="center", bold=True)
    canvas.line(0, 59.5, WIDTH_PX, 59.5, "#1d2026" if dark else "#c9cdd3")
    middle = 43
    for x, kind in ((1192, "minimise"), (1224, "maximise"), (1256, "close")):
        canvas.disc(x, middle, 10, "#3a3f48" if dark else "#d3d7dc")
        if kind == "minimise":
            canvas.line(x - 4, middle + 3, x + 4, middle + 3, words, 1.4)
        elif kind == "maximise":
            canvas.box(x - 4, middle - 4, 8, 8, edge=words)
        else:
            canvas.line(x - 3.5, middle - 3.5, x + 3.5, middle + 3.5, words, 1.4)
            canvas.line(x - 3.5, middle + 3.5, x + 3.5, middle - 3.5, words, 1.4)


def browser(canvas: Canvas, tabs: tuple[str, ...], address: str, *, clock: str) -> None:
    """A browser with its tabs (the first is open) and its address; the page begins at y = 100."""
    window(canvas, "", clock=clock)
    for number, title in enumerate(tabs):
        x = 10 + number * 226
        if number == 0:
            canvas.box(x, 30, 220, 30, "#ffffff", radius=7)
            canvas.box(x, 48, 220, 12, "#ffffff")
        canvas.disc(x + 16, 45, 6, ("#2f6fb2", "#c0563b", "#4c8c4a")[number % 3])
        canvas.text(x + 30, 38, title, 12, "#2d333b" if number == 0 else "#5b636e")
        canvas.text(x + 204, 38, "×", 13, "#5b636e", align="center")
    canvas.box(0, 60, WIDTH_PX, 40, "#ffffff")
    for x, sign in ((22, "←"), (52, "→"), (82, "⟳")):
        canvas.text(x, 70, sign, 16, "#4b535e", font="DejaVu Sans", align="center")
    canvas.box(108, 66, 1060, 28, "#eef0f3", radius=14)
    canvas.text(128, 72, address, 13, "#3b424c")
    canvas.text(1214, 70, "☆", 16, "#4b535e", font="DejaVu Sans", align="center")
    canvas.text(1248, 70, "≡", 16, "#4b535e", font="DejaVu Sans", align="center")
    canvas.line(0, 99.5, WIDTH_PX, 99.5)


def _wrap(words: str, width: float, metrics: QFontMetricsF) -> list[str]:
    lines: list[str] = []
    for paragraph in words.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}".strip()
            if line and metrics.horizontalAdvance(longer) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines
