"""What is read in the ``io`` lane: thumbnails, large pictures, sounds as they are drawn, neighbours.

Role: plain functions over the engine. QImage may be used on any thread; no QObject, no QPixmap here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from app.ui.around_rows import Row, build_rows
from app.ui.silences import PEAK_S, find_silences
from memory.records import Kind, Media, Moment
from recall.around import find_around
from recall.trails import find_trail
from recall.versions import find_versions

if TYPE_CHECKING:
    from app.engine import Engine

N_WAVE_POINTS = 160
_LARGE_PX = 2400
_NEAR_SILENCE = 0.05
CARD_PICTURE = QSize(240, 168)  # twice the size on the card, for screens at 200 %
_N_BEFORE = _N_AFTER = 20
_MOST_PEAKS = 24_000  # twenty minutes; a longer sound is drawn coarser


@dataclass(frozen=True, slots=True)
class Heard:
    """A sound as it is drawn, and where it is silent.

    Attributes:
        wave: Peaks, 0 to 1 of its loudest.
        silences: (from, to) in seconds from its start.
        room: The same stretch of the whole recording, where that is another file; else None.
    """

    wave: list[float]
    silences: tuple[tuple[float, float], ...]
    room: Media | None


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
    return _to_wave([float(peak) for peak in engine.waveform(moment, N_WAVE_POINTS)])


def read_heard(engine: Engine, moment: Moment) -> Heard:
    """Read a moment's sound finely enough to find its pauses, and what plays the room around it."""
    length_s = moment.media.duration_s if moment.media else 0.0
    n_fine = max(N_WAVE_POINTS, min(_MOST_PEAKS, round(length_s / PEAK_S)))
    fine = [float(peak) for peak in engine.waveform(moment, n_fine)]
    edges = [n * len(fine) // N_WAVE_POINTS for n in range(N_WAVE_POINTS + 1)]
    coarse = [max(fine[begin:end]) for begin, end in pairwise(edges)] if fine else []
    return Heard(_to_wave(coarse), find_silences(fine, length_s), find_room(engine, moment))


def find_room(engine: Engine, moment: Moment) -> Media | None:
    """The stretch of the whole recording in which a moment was said; None where its own sound is that already."""
    session = engine.memory.find_session(moment.session) if moment.session and moment.media else None
    if session is None or session.media is None or moment.media is None:
        return None
    whole = session.media
    if whole.sha256 == moment.media.sha256:
        return None
    offset_s = whole.offset_s + (moment.started_us - session.started_us) / 1e6
    return Media(whole.sha256, whole.suffix, max(0.0, offset_s), moment.media.duration_s)


def _to_wave(peaks: list[float]) -> list[float]:
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


def read_around(engine: Engine, moment: Moment) -> list[Row]:
    """Read what lies around a moment, as rows."""
    return build_rows(find_around(engine.memory, moment), moment.zone)


def find_sound(engine: Engine, moment: Moment, *, whole_room: bool = False) -> tuple[Path, Media] | None:
    """Where a moment's recording lies and which stretch of it plays; with ``whole_room`` that of all directions."""
    media = (find_room(engine, moment) if whole_room else None) or moment.media
    return (engine.memory.media_path(media), media) if media else None


def read_image(path: Path) -> QImage | None:
    """Read an image upright and not larger than a screen needs; None when it cannot be read."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _LARGE_PX:
        reader.setScaledSize(size.scaled(QSize(_LARGE_PX, _LARGE_PX), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image
