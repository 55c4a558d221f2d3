"""Draws the flat things that the photos show: a menu, a timetable, a whiteboard, a ticket, a label, signs, a receipt.

A print is a picture seen straight from the front; `photos.py` puts it into a scene. Every text is invented.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont, ImageOps
from story import SEED
from voices import MissingToolError

_FONTS = {
    "sans": ("liberation/LiberationSans-Regular.ttf", "fonts-liberation"),
    "bold": ("liberation/LiberationSans-Bold.ttf", "fonts-liberation"),
    "serif": ("liberation/LiberationSerif-Regular.ttf", "fonts-liberation"),
    "serif bold": ("liberation/LiberationSerif-Bold.ttf", "fonts-liberation"),
    "mono": ("liberation/LiberationMono-Bold.ttf", "fonts-liberation"),
    "marker": ("dejavu/DejaVuSansCondensed-Oblique.ttf", "fonts-dejavu-extra"),
}
_FONT_FOLDER = Path("/usr/share/fonts/truetype")


def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A font by its role here.

    Raises:
        MissingToolError: The font's Debian package is not installed.
    """
    file, package = _FONTS[name]
    path = _FONT_FOLDER / file
    if not path.is_file():
        raise MissingToolError(f"The font {path.name} is missing. Install it: apt-get install {package}")
    return ImageFont.truetype(str(path), size)


def _sheet(width: int, height: int, color: str = "#fbf8f1") -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (width, height), color)
    return image, ImageDraw.Draw(image)


def menu() -> Image.Image:
    """The menu of a small restaurant."""
    image, draw = _sheet(900, 1200, "#fdf6e6")
    draw.rectangle((26, 26, 874, 1174), outline="#7a3b1e", width=4)
    draw.text((450, 92), "Tasca da Esquina Azul", font=font("serif bold", 60), fill="#7a3b1e", anchor="mm")
    draw.text((450, 150), "Lunch, Wednesday 14 October", font=font("serif", 36), fill="#33261c", anchor="mm")
    rows = (
        ("Pumpkin soup", "2.80"),
        ("Bread and olives", "1.90"),
        ("", ""),
        ("Grilled sardines with salad", "9.50"),
        ("Bean stew with rice (vegetarian)", "8.20"),
        ("Cod with cream and potatoes", "11.40"),
        ("", ""),
        ("Rice pudding", "3.10"),
        ("Orange cake", "3.60"),
        ("Coffee", "0.90"),
    )
    for number, (dish, price) in enumerate(rows):
        y = 235 + number * 66
        draw.text((80, y), dish, font=font("serif", 42), fill="#33261c")
        draw.text((820, y), price, font=font("serif", 42), fill="#33261c", anchor="ra")
    draw.line((80, 930, 820, 930), fill="#7a3b1e", width=3)
    draw.text((450, 985), "Prices in euros. Closed on Sundays.", font=font("serif", 36), fill="#33261c", anchor="mm")
    draw.text((450, 1050), "Wi-Fi: TascaGuests", font=font("serif bold", 40), fill="#33261c", anchor="mm")
    draw.text((450, 1105), "Password: sardine4471", font=font("serif bold", 40), fill="#33261c", anchor="mm")
    return image


def timetable() -> Image.Image:
    """The board of a bus stop with two lines: the second is there to be confused with the first."""
    image, draw = _sheet(1200, 900, "#f4f6f7")
    draw.rectangle((0, 0, 1200, 120), fill="#0f5c8c")
    draw.text((40, 60), "Santa Apolónia", font=font("bold", 60), fill="#ffffff", anchor="lm")
    draw.text((1160, 60), "Stop 10412", font=font("sans", 42), fill="#ffffff", anchor="rm")
    lines = (
        ("728", "Portela to Restelo", ("6:10", "then every 12 min", "23:40")),
        ("734", "Martim Moniz to Xabregas", ("6:35", "then every 20 min", "21:55")),
    )
    for number, (line, way, (first, often, last)) in enumerate(lines):
        y = 170 + number * 330
        draw.rectangle((40, y, 220, y + 96), fill="#f2b705")
        draw.text((130, y + 48), line, font=font("bold", 68), fill="#1c1c1c", anchor="mm")
        draw.text((260, y + 48), way, font=font("bold", 50), fill="#1c1c1c", anchor="lm")
        for row, (label, value) in enumerate((("First bus", first), ("Weekdays", often), ("Last bus", last))):
            draw.text((60, y + 128 + row * 56), label, font=font("sans", 42), fill="#3a4248")
            draw.text((420, y + 128 + row * 56), value, font=font("bold", 42), fill="#1c1c1c")
        draw.line((40, y + 312, 1160, y + 312), fill="#9aa5ad", width=3)
    draw.text((40, 848), "No service on 25 December. Information: 21 555 01 00", font=font("sans", 34), fill="#3a4248")
    return ImageOps.expand(image, 22, "#2b3036")  # the frame of the board


def whiteboard() -> Image.Image:
    """A whiteboard after the planning: each letter a little crooked, as by hand."""
    image, draw = _sheet(1400, 940, "#f7f9f8")
    random = np.random.default_rng(SEED)
    _by_hand(image, random, (70, 50), "SPRINT 14 - goals", 78, "#1b3f94")
    draw.line((70, 150, 760, 156), fill="#1b3f94", width=7)
    rows = (
        ("1  fix payment on old phones - Robert", "#20242b"),
        ("2  new map colours - Clara", "#20242b"),
        ("3  battery swap at 6 stations - Peter", "#20242b"),
        ("4  helmet rental? after the fair", "#b02a2a"),
        ("Demo: Thursday 29 Oct, 16:00", "#1d6b36"),
    )
    for number, (words, color) in enumerate(rows):
        _by_hand(image, random, (90, 215 + number * 118), words, 64, color)
    draw.ellipse((1060, 640, 1350, 800), outline="#b02a2a", width=7)
    _by_hand(image, random, (1100, 684), "42 bikes", 56, "#b02a2a")
    _by_hand(image, random, (90, 830), "do not wipe!", 48, "#20242b")
    return ImageOps.expand(image, 26, "#aeb4ba")  # the aluminium frame


def _by_hand(
    image: Image.Image, random: np.random.Generator, at: tuple[int, int], words: str, size: int, color: str
) -> None:
    x, y = float(at[0]), at[1]
    for letter in words:
        letter_font = font("marker", size + int(random.integers(-2, 3)))
        tile = Image.new("RGBA", (size * 2, size * 2))
        ImageDraw.Draw(tile).text(
            (size // 2, size // 4), letter, font=letter_font, fill=color, stroke_width=1, stroke_fill=color
        )
        turned = tile.rotate(float(random.uniform(-3, 3)), Image.Resampling.BICUBIC)
        image.paste(turned, (round(x) - size // 2, y - size // 4 + int(random.integers(-2, 3))), turned)
        x += letter_font.getlength(letter) + 1.5


def parking() -> Image.Image:
    """A ticket of a parking machine."""
    image, draw = _sheet(700, 1000, "#fdfdf9")
    draw.rectangle((0, 0, 700, 120), fill="#1d4f91")
    draw.text((350, 60), "PARKING LISBOA", font=font("bold", 60), fill="#ffffff", anchor="mm")
    rows = (
        ("Zone", "Baixa 12, red"),
        ("Plate", "48-TR-91"),
        ("Paid", "3.20 EUR"),
        ("From", "14-10-2026 14:14"),
        ("Machine", "0837"),
        ("Ticket", "550 1926"),
    )
    for number, (label, value) in enumerate(rows):
        y = 175 + number * 74
        draw.text((50, y), label, font=font("sans", 42), fill="#333333")
        draw.text((650, y), value, font=font("mono", 42), fill="#111111", anchor="ra")
    draw.text((350, 690), "VALID UNTIL", font=font("bold", 58), fill="#111111", anchor="mm")
    draw.text((350, 790), "16:05", font=font("bold", 130), fill="#111111", anchor="mm")
    draw.text((350, 930), "Place behind the windscreen", font=font("sans", 40), fill="#333333", anchor="mm")
    return image


def parcel() -> Image.Image:
    """The label of a parcel that came to the office."""
    image, draw = _sheet(1100, 800, "#ffffff")
    draw.rectangle((8, 8, 1092, 792), outline="#111111", width=5)
    draw.rectangle((8, 8, 1092, 110), fill="#111111")
    draw.text((40, 60), "SWIFT PARCEL", font=font("bold", 60), fill="#ffffff", anchor="lm")
    draw.text((1060, 60), "4.6 kg", font=font("bold", 54), fill="#ffffff", anchor="rm")
    draw.text((40, 140), "From: Velo Parts GmbH, Lindenweg 8, 20099 Hamburg", font=font("sans", 36), fill="#222222")
    draw.line((8, 205, 1092, 205), fill="#111111", width=4)
    for number, words in enumerate(
        ("To: Bluefin Bikes", "Peter Nunes, workshop", "Rua do Alecrim 40", "1200-018 Lisboa")
    ):
        draw.text((40, 225 + number * 66), words, font=font("bold", 54), fill="#111111")
    draw.text((40, 510), "Contents: 6 brake cables, 2 saddles", font=font("sans", 40), fill="#222222")
    random = np.random.default_rng(SEED + 1)
    x = 60
    while x < 760:
        width = int(random.integers(3, 13))
        draw.rectangle((x, 580, x + width, 710), fill="#111111")
        x += width + int(random.integers(4, 12))
    draw.text((60, 722), "SP 9041 7735 28 PT", font=font("mono", 46), fill="#111111")
    draw.text((1060, 640), "A-17", font=font("bold", 110), fill="#111111", anchor="rm")
    return image


def street_sign() -> Image.Image:
    """The sign of a street, blue on white tiles."""
    image, draw = _sheet(1100, 520, "#f4f4ee")
    for x in range(0, 1100, 110):
        draw.line((x, 0, x, 520), fill="#dcdcd2", width=3)
    for y in range(0, 520, 104):
        draw.line((0, y, 1100, y), fill="#dcdcd2", width=3)
    draw.rectangle((20, 20, 1080, 500), outline="#1f4fa3", width=14)
    draw.text((550, 150), "RUA DO", font=font("serif bold", 92), fill="#1f4fa3", anchor="mm")
    draw.text((550, 270), "VALE VERDE", font=font("serif bold", 132), fill="#1f4fa3", anchor="mm")
    draw.text((550, 405), "Freguesia de Arroios", font=font("serif", 56), fill="#1f4fa3", anchor="mm")
    return image


def poster(picture: Image.Image) -> Image.Image:
    """The poster of an exhibition around a picture of a rocket's launch."""
    image, draw = _sheet(900, 1240, "#10182b")
    image.paste(picture.resize((820, 547), Image.Resampling.LANCZOS), (40, 210))
    draw.text((450, 100), "NIGHT LAUNCH", font=font("bold", 104), fill="#ffffff", anchor="mm")
    draw.text((450, 175), "Photographs of rockets", font=font("sans", 46), fill="#f2b705", anchor="mm")
    for number, words in enumerate(
        ("Harbour Museum, hall B", "10 October to 29 November", "Tuesday to Sunday, 10:00 to 18:00")
    ):
        draw.text(
            (450, 830 + number * 80),
            words,
            font=font("bold" if number == 1 else "sans", 50),
            fill="#ffffff",
            anchor="mm",
        )
    draw.text((450, 1090), "Admission 7 euros", font=font("bold", 56), fill="#f2b705", anchor="mm")
    draw.text((450, 1165), "free on the first Sunday of the month", font=font("sans", 42), fill="#ffffff", anchor="mm")
    return image


def receipt() -> Image.Image:
    """A till receipt of a grocery."""
    image, draw = _sheet(640, 1120, "#fbfbf8")
    draw.text((320, 60), "MERCEARIA GRAÇA", font=font("bold", 54), fill="#222222", anchor="mm")
    draw.text((320, 115), "Largo da Graça 9, Lisboa", font=font("sans", 34), fill="#222222", anchor="mm")
    draw.text((320, 165), "14-10-2026   18:09", font=font("mono", 36), fill="#222222", anchor="mm")
    rows = (
        ("Cat food 6 tins", "7.74"),
        ("Milk 1 l", "1.15"),
        ("Apples 1.2 kg", "2.88"),
        ("Light bulb E27", "4.95"),
        ("Candles", "3.40"),
        ("Chocolate", "2.29"),
    )
    for number, (item, price) in enumerate(rows):
        y = 230 + number * 66
        draw.text((40, y), item, font=font("mono", 38), fill="#222222")
        draw.text((600, y), price, font=font("mono", 38), fill="#222222", anchor="ra")
    draw.line((40, 650, 600, 650), fill="#222222", width=3)
    draw.text((40, 680), "TOTAL EUR", font=font("bold", 54), fill="#111111")
    draw.text((600, 680), "22.41", font=font("bold", 54), fill="#111111", anchor="ra")
    draw.text((40, 765), "Card", font=font("mono", 38), fill="#222222")
    draw.text((600, 765), "22.41", font=font("mono", 38), fill="#222222", anchor="ra")
    draw.text((320, 870), "You were served by Rita", font=font("sans", 38), fill="#222222", anchor="mm")
    draw.text((320, 930), "Exchange within 14 days", font=font("sans", 38), fill="#222222", anchor="mm")
    draw.text((320, 1020), "Receipt 00218-7", font=font("mono", 38), fill="#222222", anchor="mm")
    return image


PRINTS: dict[str, Callable[[], Image.Image]] = {
    "menu": menu,
    "timetable": timetable,
    "whiteboard": whiteboard,
    "parking": parking,
    "parcel": parcel,
    "street_sign": street_sign,
    "receipt": receipt,
}
