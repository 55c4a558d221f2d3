"""Makes the photos: a print in perspective on a table or a wall, light, blur, sensor noise; EXIF time and place.

Two photos and the picture on the poster are CC0 or public domain pictures that come with scikit-image.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageFilter
from prints import PRINTS, poster
from story import DAY, OFFSET, SEED, Shot
from voices import MissingToolError

SIZE_PX = (1600, 1200)
_CAMERA = ("Aurelia", "A5")

Corners = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
Picture = NDArray[np.float64]  # (height, width, 3), 0 to 1


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the print's corners lie in the photo (clockwise from the upper left), on what it lies, how it is lit."""

    corners: Corners
    ground: str
    light_from: tuple[float, float] = (0.3, 0.1)
    warmth: float = 0.0  # above 0 yellow lamp light, below 0 blue daylight


_SCENES = {
    "menu": Scene(((430, 70), (1180, 120), (1260, 1130), (340, 1090)), "wood", (0.7, 0.0), 0.06),
    "timetable": Scene(((190, 190), (1420, 130), (1440, 1010), (210, 1060)), "plaster", (0.2, 0.0), -0.04),
    "whiteboard": Scene(((110, 160), (1500, 90), (1510, 1090), (100, 1030)), "plaster", (0.8, 0.2), 0.0),
    "parking": Scene(((470, 120), (1090, 90), (1180, 1080), (430, 1110)), "fabric", (0.5, 0.0), -0.02),
    "parcel": Scene(((230, 250), (1360, 190), (1420, 1010), (200, 1040)), "cardboard", (0.1, 0.4), 0.03),
    "street_sign": Scene(((240, 330), (1350, 260), (1370, 820), (230, 840)), "stone", (0.9, 0.0), 0.05),
    "poster": Scene(((440, 40), (1180, 70), (1190, 1120), (420, 1150)), "stone", (0.5, 0.2), 0.04),
    "receipt": Scene(((530, 60), (1060, 90), (1110, 1120), (480, 1090)), "wood", (0.2, 0.8), 0.08),
}
_GROUNDS = {  # mean colour, how much it varies, grain across and along in pixels
    "wood": ((0.46, 0.31, 0.19), 0.22, (14, 420)),
    "plaster": ((0.74, 0.72, 0.69), 0.05, (90, 90)),
    "fabric": ((0.20, 0.21, 0.24), 0.16, (3, 3)),
    "cardboard": ((0.66, 0.51, 0.35), 0.06, (12, 160)),
    "stone": ((0.66, 0.60, 0.52), 0.11, (40, 60)),
}


def make_photo(shot: Shot, path: Path) -> None:
    """Writes one JPEG with EXIF.

    Raises:
        MissingToolError: scikit-image or a font is not installed.
    """
    if shot.scene in ("cat", "coffee"):
        picture = _library_picture({"cat": "chelsea", "coffee": "coffee"}[shot.scene])
    else:
        sheet = poster(_library_picture("rocket")) if shot.scene == "poster" else PRINTS[shot.scene]()
        random = np.random.default_rng([SEED, zlib.crc32(shot.scene.encode())])
        picture = _photograph(sheet, _SCENES[shot.scene], random)
    picture.save(path, "JPEG", quality=84, exif=_exif(shot), subsampling=2)


def _library_picture(name: str) -> Image.Image:
    try:
        from skimage import data
    except ImportError as error:
        raise MissingToolError("scikit-image is missing. Install it: pip install '.[samples]'") from error
    return Image.fromarray(getattr(data, name)()).convert("RGB")


def _photograph(sheet: Image.Image, scene: Scene, random: np.random.Generator) -> Image.Image:
    ground = _ground(scene.ground, random)
    warp = _perspective(scene.corners, sheet.size)
    flat = sheet.transform(SIZE_PX, Image.Transform.PERSPECTIVE, warp, Image.Resampling.BICUBIC)
    mask = Image.new("L", sheet.size, 255).transform(
        SIZE_PX, Image.Transform.PERSPECTIVE, warp, Image.Resampling.BICUBIC
    )
    shadow = np.asarray(mask.filter(ImageFilter.GaussianBlur(16)), dtype=np.float64)[..., None] / 255
    ground *= 1 - 0.45 * np.roll(shadow, (14, 10), axis=(0, 1))
    cover = np.asarray(mask.filter(ImageFilter.GaussianBlur(0.8)), dtype=np.float64)[..., None] / 255
    picture = ground * (1 - cover) + np.asarray(flat, dtype=np.float64) / 255 * cover
    return _through_lens(_light(picture, scene), random)


def _ground(name: str, random: np.random.Generator) -> Picture:
    mean, spread, (across, along) = _GROUNDS[name]
    width, height = SIZE_PX
    total = np.zeros((height, width))
    for scale in (1.0, 0.5, 0.22, 0.1):
        size = (max(2, int(width / (along * scale))), max(2, int(height / (across * scale))))
        coarse = Image.fromarray(random.standard_normal((size[1], size[0])).astype(np.float32))
        total += scale**0.6 * np.asarray(coarse.resize(SIZE_PX, Image.Resampling.BICUBIC))
    return np.clip(np.array(mean) * (1 + spread * 0.5 * total[..., None]), 0, 1)


def _perspective(corners: Corners, sheet_size: tuple[int, int]) -> list[float]:
    """The eight numbers by which Pillow finds the sheet's pixel for a pixel of the photo.

    Source: Hartley and Zisserman, Multiple View Geometry, 2nd edition, section 4.1 (h33 set to 1).
    """
    width, height = sheet_size
    rows: list[list[float]] = []
    targets: list[float] = []
    for (x, y), (u, v) in zip(corners, ((0, 0), (width, 0), (width, height), (0, height)), strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        targets += [u, v]
    return [float(number) for number in np.linalg.solve(np.array(rows), np.array(targets))]


def _light(picture: Picture, scene: Scene) -> Picture:
    height, width, _ = picture.shape
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    distance = np.hypot(x - scene.light_from[0], y - scene.light_from[1])
    edge = np.hypot(x - 0.5, y - 0.5)
    light = (1.06 - 0.28 * distance) * (1 - 0.35 * edge**2)
    tint = np.array([1 + scene.warmth, 1.0, 1 - 1.4 * scene.warmth])
    return np.asarray(picture * light[..., None] * tint)


def _through_lens(picture: Picture, random: np.random.Generator) -> Image.Image:
    noisy = picture + random.standard_normal(picture.shape) * (0.010 + 0.012 * np.sqrt(np.clip(picture, 0, 1)))
    image = Image.fromarray((np.clip(noisy, 0, 1) * 255).astype(np.uint8))
    return image.filter(ImageFilter.GaussianBlur(0.9))


def _exif(shot: Shot) -> Image.Exif:
    stamp = f"{DAY.replace('-', ':')} {shot.time}"
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = _CAMERA
    exif[ExifTags.Base.Orientation] = 1
    exif[ExifTags.Base.DateTime] = stamp
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.ExifVersion], details[ExifTags.Base.ColorSpace] = b"0232", 1
    details[ExifTags.Base.DateTimeOriginal] = details[ExifTags.Base.DateTimeDigitized] = stamp
    for tag in (ExifTags.Base.OffsetTime, ExifTags.Base.OffsetTimeOriginal, ExifTags.Base.OffsetTimeDigitized):
        details[tag] = OFFSET
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSVersionID] = b"\x02\x03\x00\x00"
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", _sexagesimal(shot.latitude)
    place[ExifTags.GPS.GPSLongitudeRef], place[ExifTags.GPS.GPSLongitude] = "W", _sexagesimal(-shot.longitude)
    return exif


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    whole_seconds = round(degrees * 3600, 2)
    return float(whole_seconds // 3600), float(whole_seconds % 3600 // 60), round(whole_seconds % 60, 2)
