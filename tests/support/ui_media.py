"""The files of the fake memory: pictures that are drawn, a recording that hums.

Role: writes them into a folder, for tests and pictures of the window.
"""

from __future__ import annotations

import math
import wave
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QLinearGradient, QPainter, QPainterPath


def write_media(folder: Path) -> None:
    """Write the pictures and the recording of the fake memory."""
    folder.mkdir(parents=True, exist_ok=True)
    _photo("#f4b98a", "#5b7fa6", hills=True).save(str(folder / "p1.png"))
    _page(
        "#fffdf6", "TRATTORIA DA MARIO", ["2 Pasta   19.00", "1 Acqua   3.50", "", "TOTAL   22.50 EUR"], 700, 940
    ).save(str(folder / "p2.png"))
    _page("#ffffff", "Booking confirmed", [
        "ICE 703   Berlin Hbf to Hamburg Hbf", "Thursday 26 November, 08:34, platform 7", "Coach 12, seat 64", "",
        "Total paid 39.90 EUR"], 1280, 800).save(str(folder / "s1.png"))  # fmt: skip
    _page("#f3f7ff", "Thursday 26 November", ["08:34 Train to Hamburg", "14:30 Dentist"], 1280, 800).save(
        str(folder / "s2.png")
    )
    write_tone(folder / "aaaaaaaa.wav", seconds=45)


def write_tone(path: Path, *, seconds: float, rate_hz: int = 8000) -> None:
    """Write a quiet tone."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate_hz)
        samples = (int(3000 * math.sin(2 * math.pi * 220 * i / rate_hz)) for i in range(int(seconds * rate_hz)))
        out.writeframes(b"".join(sample.to_bytes(2, "little", signed=True) for sample in samples))


def _page(ground: str, title: str, lines: list[str], width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(ground))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(0, 0, width, 72, QColor("#e8ecf3"))
    for n, colour in enumerate(("#e0685c", "#e3b341", "#66a85a")):
        painter.setBrush(QColor(colour))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(24 + 34 * n, 26, 20, 20)
    font = QFont(painter.font())
    font.setPixelSize(52)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor("#1f2a3a"))
    painter.drawText(QRectF(64, 120, width - 128, 90), title)
    font.setPixelSize(34)
    font.setBold(False)
    painter.setFont(font)
    for n, line in enumerate(lines):
        painter.drawText(QRectF(64, 240 + 66 * n, width - 128, 60), line)
    painter.end()
    return image


def _photo(sky: str, sea: str, *, hills: bool) -> QImage:
    image = QImage(1200, 900, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    gradient = QLinearGradient(0, 0, 0, 900)
    gradient.setColorAt(0, QColor(sea))
    gradient.setColorAt(0.6, QColor(sky))
    gradient.setColorAt(1, QColor("#8a5a44"))
    painter.fillRect(image.rect(), gradient)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#fff0c9"))
    painter.drawEllipse(820, 300, 140, 140)
    if hills:
        for base, colour in ((560, "#6d6a86"), (660, "#4a4a66"), (760, "#2f3148")):
            path = QPainterPath()
            path.moveTo(0, 900)
            for x in range(0, 1201, 20):
                path.lineTo(x, base + 60 * math.sin(x / 140 + base) + 24 * math.sin(x / 47))
            path.lineTo(1200, 900)
            painter.setBrush(QColor(colour))
            painter.drawPath(path)
    painter.end()
    return image
