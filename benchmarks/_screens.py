"""Pages as programs draw them, with the words that stand on them: for the benchmarks of screens.

Role: our own drawings, seeded: a browser with an article, a mail program, a table, a terminal, an editor, a dialog;
light and dark, 11 px upwards, several faces, by Pillow (grey antialiasing) and by Qt (the hinting of a desktop).
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FONT_FOLDER = Path("/usr/share/fonts/truetype/dejavu")
FACES = ("DejaVuSans.ttf", "DejaVuSerif.ttf", "DejaVuSansCondensed.ttf", "DejaVuSans-Bold.ttf")
MONO = "DejaVuSansMono.ttf"
WORDS = (
    " the invoice for a booking of two nights at Hotel Astor was sent on Thursday please confirm before noon and"
    " bring your passport because the reception closes early Meeting moved to room 4.12 with Anna Keller and Tom"
    " Brandt about budget figures quarterly report attached as draft version three see comments below kind regards"
    " train leaves platform nine ticket number payment received balance remaining account savings electricity"
    " water heating contract renewal deadline garden tomatoes basil olive oil flour yeast recipe oven minutes"
    " degrees butter sugar lemon salt pepper chicken rice error warning failed passed build test server cluster"
    " memory index query table column row value function returns museum castle bridge river harbour island"
    " mountain valley church market square station airport terminal gate boarding"
).split()  # fmt: skip


@dataclass
class Sheet:
    """A drawn page: pixels uint8 (height, width, 3) and the words in it."""

    pixels: NDArray[np.uint8]
    words: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Look:
    """How a page is dressed: size of its text, colours, faces."""

    size_px: int
    is_dark: bool
    face: str

    @property
    def ground(self) -> tuple[int, int, int]:
        """Of the page."""
        return (30, 31, 34) if self.is_dark else (255, 255, 255)

    @property
    def side(self) -> tuple[int, int, int]:
        """Of bars and columns beside it."""
        return (43, 45, 48) if self.is_dark else (240, 241, 244)

    @property
    def ink(self) -> tuple[int, int, int]:
        """Of text."""
        return (214, 216, 220) if self.is_dark else (32, 33, 36)

    @property
    def soft(self) -> tuple[int, int, int]:
        """Of text that matters less."""
        return (154, 158, 166) if self.is_dark else (95, 99, 104)


class Pen:
    """Writes on a page and remembers the words; whole words only, nothing is cut at an edge."""

    def __init__(self, width: int, height: int, ground: tuple[int, int, int]) -> None:
        self.width, self.height, self.words = width, height, list[str]()

    def box(self, left: int, top: int, right: int, bottom: int, colour: tuple[int, int, int]) -> None:
        """Fill a rectangle."""
        raise NotImplementedError

    def measure(self, text: str, face: str, size_px: int) -> int:
        """Width of a text in pixels."""
        raise NotImplementedError

    def put(self, x: int, y: int, text: str, face: str, size_px: int, colour: tuple[int, int, int]) -> None:
        """Write a text; its upper left corner is given."""
        raise NotImplementedError

    def pixels(self) -> NDArray[np.uint8]:
        """What was drawn, uint8 (height, width, 3)."""
        raise NotImplementedError

    def line(self, x: int, y: int, text: str, look: Look, **more: object) -> int:
        """Write what fits before the right edge; returns where it ends."""
        face, size = str(more.get("face", look.face)), int(str(more.get("size_px", look.size_px)))
        colour = more.get("colour", look.ink)
        words = text.split()
        room = int(str(more.get("right", self.width - 8))) - x
        while words and self.measure(" ".join(words), face, size) > room:
            words.pop()
        if words and y + size * 1.3 < self.height:
            self.put(x, y, " ".join(words), face, size, colour)  # type: ignore[arg-type]
            self.words += words
            return x + self.measure(" ".join(words), face, size)
        return x


class PillowPen(Pen):
    """Grey antialiasing, whole pixels."""

    def __init__(self, width: int, height: int, ground: tuple[int, int, int]) -> None:
        from PIL import Image, ImageDraw

        super().__init__(width, height, ground)
        self._image = Image.new("RGB", (width, height), ground)
        self._draw = ImageDraw.Draw(self._image)

    def _font(self, face: str, size_px: int) -> object:
        from PIL import ImageFont

        return ImageFont.truetype(str(FONT_FOLDER / face), size_px)

    def box(self, left: int, top: int, right: int, bottom: int, colour: tuple[int, int, int]) -> None:
        """Fill a rectangle."""
        self._draw.rectangle((left, top, right - 1, bottom - 1), fill=colour)

    def measure(self, text: str, face: str, size_px: int) -> int:
        """Width of a text in pixels."""
        return int(self._font(face, size_px).getlength(text)) + 1  # type: ignore[attr-defined]

    def put(self, x: int, y: int, text: str, face: str, size_px: int, colour: tuple[int, int, int]) -> None:
        """Write a text; its upper left corner is given."""
        self._draw.text((x, y), text, font=self._font(face, size_px), fill=colour)  # type: ignore[arg-type]

    def pixels(self) -> NDArray[np.uint8]:
        """What was drawn, uint8 (height, width, 3)."""
        return np.asarray(self._image)


class QtPen(Pen):
    """As Qt draws text on a desktop."""

    def __init__(self, width: int, height: int, ground: tuple[int, int, int]) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QImage, QPainter

        super().__init__(width, height, ground)
        self._application = QGuiApplication.instance() or QGuiApplication([])
        self._color, self._font_type, self._metrics = QColor, QFont, QFontMetrics
        self._families: dict[str, str] = {}
        self._database = QFontDatabase
        self._image = QImage(width, height, QImage.Format.Format_RGB888)
        self._image.fill(QColor(*ground))
        self._painter = QPainter(self._image)

    def _font(self, face: str, size_px: int) -> object:
        if face not in self._families:
            number = self._database.addApplicationFont(str(FONT_FOLDER / face))
            self._families[face] = self._database.applicationFontFamilies(number)[0]
        font = self._font_type(self._families[face])
        font.setPixelSize(size_px)
        font.setBold("Bold" in face)
        return font

    def box(self, left: int, top: int, right: int, bottom: int, colour: tuple[int, int, int]) -> None:
        """Fill a rectangle."""
        self._painter.fillRect(left, top, right - left, bottom - top, self._color(*colour))

    def measure(self, text: str, face: str, size_px: int) -> int:
        """Width of a text in pixels."""
        return int(self._metrics(self._font(face, size_px)).horizontalAdvance(text)) + 1  # type: ignore[arg-type]

    def put(self, x: int, y: int, text: str, face: str, size_px: int, colour: tuple[int, int, int]) -> None:
        """Write a text; its upper left corner is given."""
        font = self._font(face, size_px)
        self._painter.setFont(font)  # type: ignore[arg-type]
        self._painter.setPen(self._color(*colour))
        self._painter.drawText(x, y + self._metrics(font).ascent(), text)  # type: ignore[arg-type]

    def pixels(self) -> NDArray[np.uint8]:
        """What was drawn, uint8 (height, width, 3)."""
        self._painter.end()
        width, height = self._image.width(), self._image.height()
        rows = np.frombuffer(self._image.constBits(), np.uint8).reshape(height, self._image.bytesPerLine())
        return rows[:, : 3 * width].reshape(height, width, 3).copy()


def say(rng: random.Random, n_words: int) -> str:
    """So many words, with a number or an amount among them now and then."""
    words = [rng.choice(WORDS) for _ in range(n_words)]
    if rng.random() < 0.5:
        words[rng.randrange(n_words)] = rng.choice(
            (
                f"{rng.randrange(10, 999)}.{rng.randrange(10, 99)}",
                f"{rng.randrange(1000, 99999)}",
                "14:05",
                "2026-11-26",
            )
        )
    return " ".join(words)


def draw_article(pen: Pen, look: Look, rng: random.Random) -> None:
    """A browser: tabs, address, a heading, paragraphs, a column of links."""
    pen.box(0, 0, pen.width, 64, look.side)
    pen.line(16, 8, say(rng, 3), look, right=260)
    pen.box(120, 34, pen.width - 120, 60, look.ground)
    pen.line(
        132, 39, f"https://www.{rng.choice(('astor', 'museum', 'rail'))}.example/{rng.choice(WORDS).lower()}", look
    )
    pen.line(48, 84, say(rng, 5), look, size_px=look.size_px * 2, right=pen.width - 260)
    y, step = 84 + 3 * look.size_px, round(look.size_px * rng.choice((1.35, 1.5, 1.7)))
    while y < pen.height - step:
        for _ in range(rng.randrange(3, 6)):
            pen.line(48, y, say(rng, 16), look, right=pen.width - 270)
            y += step
        y += step
    for n in range(10):
        pen.line(pen.width - 230, 130 + n * 2 * look.size_px, say(rng, 3), look, colour=(38, 110, 200))


def draw_mail(pen: Pen, look: Look, rng: random.Random) -> None:
    """A mail program: folders, a list with sender, subject and time, the message below."""
    pen.box(0, 0, 190, pen.height, look.side)
    for n in range(9):
        pen.line(14, 40 + n * round(2.1 * look.size_px), say(rng, 1), look, right=180)
    y, step = 16, round(2.2 * look.size_px)
    for n in range(9):
        if n == 2:
            pen.box(190, y - 4, pen.width, y + step - 6, (60, 100, 170) if look.is_dark else (208, 226, 255))
        pen.line(204, y, say(rng, 2), look, right=370)
        pen.line(390, y, say(rng, 6), look, right=pen.width - 120, colour=look.soft)
        pen.line(pen.width - 100, y, f"{rng.randrange(8, 20)}:{rng.randrange(10, 60)}", look)
        y += step
    pen.box(190, y, pen.width, y + 1, look.soft)
    y += step
    while y < pen.height - step:
        pen.line(204, y, say(rng, 13), look)
        y += round(1.5 * look.size_px)


def draw_table(pen: Pen, look: Look, rng: random.Random) -> None:
    """A sheet of numbers and names with a grid."""
    columns, step = range(20, pen.width - 120, max(120, look.size_px * 9)), round(2 * look.size_px)
    for row, y in enumerate(range(40, pen.height - step, step)):
        for n, x in enumerate(columns):
            text = say(rng, 1) if n == 0 or row == 0 else f"{rng.randrange(1, 9999)}.{rng.randrange(10, 99)}"
            pen.line(x, y, text.split()[0], look, right=x + 115)
        pen.box(12, y + step - 5, pen.width - 12, y + step - 4, look.soft)
    for x in columns:
        pen.box(x - 8, 34, x - 7, pen.height, look.soft)


def draw_terminal(pen: Pen, look: Look, rng: random.Random) -> None:
    """A terminal: lines set tight."""
    step = round(1.17 * look.size_px)
    for n, y in enumerate(range(8, pen.height - 2 * step, step)):
        start = f"$ {rng.choice(('make', 'git', 'ls'))}" if n % 6 == 0 else f"{rng.choice(WORDS).lower()}:{n}:"
        pen.line(8, y, f"{start} {say(rng, rng.randrange(2, 9))}", look, face=MONO)


def draw_dialog(pen: Pen, look: Look, rng: random.Random) -> None:
    """An editor with a dialog in front of it."""
    step = round(1.6 * look.size_px)
    for y in range(30, 200, step):
        pen.line(60, y, say(rng, 11), look)
    left, top = pen.width // 4, 260
    pen.box(left, top, left + 520, top + 260, look.side)
    pen.line(left + 20, top + 16, say(rng, 4), look, size_px=round(1.4 * look.size_px), right=left + 500)
    for n in range(5):
        pen.line(left + 20, top + 60 + n * step, say(rng, 6), look, right=left + 500)
    pen.box(left + 330, top + 210, left + 410, top + 240, (38, 110, 200))
    pen.line(left + 345, top + 216, "Confirm", look, colour=(255, 255, 255), size_px=12)
    pen.line(left + 430, top + 216, "Cancel", look, size_px=12)


KINDS: dict[str, Callable[[Pen, Look, random.Random], None]] = {
    "article": draw_article,
    "mail": draw_mail,
    "table": draw_table,
    "terminal": draw_terminal,
    "dialog": draw_dialog,
}


def draw_sheet(
    kind: str, *, seed: int, size_px: int, is_dark: bool = False, face: str = FACES[0], with_qt: bool = False,
    width: int = 1280, height: int = 800,
) -> Sheet:  # fmt: skip
    """Draw one page; the same arguments give the same page."""
    look = Look(size_px, is_dark, face)
    pen = (QtPen if with_qt else PillowPen)(width, height, look.ground)
    pen.box(0, 0, width, height, look.ground)
    KINDS[kind](pen, look, random.Random(f"{kind}/{seed}/{size_px}"))
    words = pen.words
    return Sheet(pen.pixels(), words)
