"""What is read in the ``io`` lane: thumbnails, large pictures, waveforms, neighbours.

Role: plain functions over the engine. QImage may be used on any thread; no QObject, no QPixmap here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from memory.records import Kind, Moment
from recall.trails import find_trail
from recall.versions import find_versions

if TYPE_CHECKING:
    from app.engine import Engine

N_WAVE_POINTS = 160
_LARGE_PX = 2400
_NEAR_SILENCE = 0.05
CARD_PICTURE = QSize(240, 168)  # twice the size on the card, for screens at 200 %
_N_BEFORE = _N_AFTER = 6


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest moments and how many there are in all."""

    moments: list[Moment]
    n_moments: int
    lacks_sight: bool = False  # photos are found by guesses only, for want of weights


def read_latest(engine: Engine, limit: int) -> Latest:
    """Read the newest moments."""
    moments = list(engine.memory.iter_moments(newest_first=True, limit=limit))
    return Latest(moments, engine.memory.count_moments(), bool(engine.sight_lacks))


def read_thumbnail(engine: Engine, moment: Moment) -> QImage | None:
    """Read a picture's thumbnail; None when there is none."""
    path = engine.thumbnail(moment)
    image = read_image(path) if path else None
    if image is None:
        return None
    smooth = Qt.TransformationMode.SmoothTransformation
    return image.scaled(CARD_PICTURE, Qt.AspectRatioMode.KeepAspectRatioByExpanding, smooth)


def read_picture(engine: Engine, moment: Moment) -> QImage | None:
    """Read a picture large; formats Qt cannot read give their thumbnail."""
    if moment.shown is None:
        return None
    image = read_image(engine.memory.media_path(moment.shown))
    if image is not None:
        return image
    path = engine.thumbnail(moment)
    return read_image(path) if path else None


def read_wave(engine: Engine, moment: Moment) -> list[float]:
    """Read the peaks of a moment's sound, 0 to 1 of its loudest; near silence stays low."""
    peaks = [float(peak) for peak in engine.waveform(moment, N_WAVE_POINTS)]
    loudest = max([_NEAR_SILENCE, *peaks])
    return [peak / loudest for peak in peaks]


def read_neighbours(engine: Engine, moment: Moment) -> list[Moment]:
    """Read what came before and after."""
    return list(engine.memory.find_neighbours(moment.id, _N_BEFORE, _N_AFTER))


def read_trail(engine: Engine, moment: Moment) -> list[Moment]:
    """Read the trail of a page of the screen, what a note was remembered with, or the versions of a picture."""
    if moment.kind in (Kind.SCREENSHOT, Kind.NOTE):
        return list(find_trail(engine.memory, moment))
    return find_versions(engine.memory, moment)


def find_sound(engine: Engine, moment: Moment) -> Path | None:
    """Where a moment's recording lies."""
    return engine.memory.media_path(moment.media) if moment.media else None


def read_image(path: Path) -> QImage | None:
    """Read an image upright and not larger than a screen needs; None when it cannot be read."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _LARGE_PX:
        reader.setScaledSize(size.scaled(QSize(_LARGE_PX, _LARGE_PX), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image
