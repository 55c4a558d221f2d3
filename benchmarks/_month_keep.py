"""A generated month into a memory: as the records that the import makes, or as real files for the import to read.

Role: the first way takes seconds (no letters are drawn and read again), the second proves that the inputs are real.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from _common import MADELEINE, measure
from _month_life import Kept, Month
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from memory.records import Kind, Moment, Place, Session, TimeSource, moment_id
from memory.store import Memory

_BATCH = 500
_PHOTO_PX, _SCREEN_PX = (1200, 900), (1280, 800)
_EXIF_MAKE, _EXIF_MODEL, _EXIF_IFD, _GPS_IFD = 271, 272, 0x8769, 0x8825
_EXIF_TAKEN, _EXIF_OFFSET = 36867, 36881


def keep_directly(month: Month, home: Path) -> None:
    """Write the moments into a home that holds none yet; ``reindex`` then makes all that is derived."""
    with Memory.open(home) as memory:
        if memory.count_moments():
            return
        places: Counter[str | None] = Counter()
        moments = []
        for one in month.kept:
            moments.append(to_moment(month, one, places[one.session]))
            places[one.session] += 1
        for start in range(0, len(moments), _BATCH):
            memory.write_moments(moments[start : start + _BATCH])
        for session in _sessions(moments):
            memory.add_session(session)
    measure([*MADELEINE, "--home", home, "reindex"])


def to_moment(month: Month, one: Kept, number: int) -> Moment:
    """The record that the import would make of what was captured, the ``number``-th of its session."""
    start_us = _to_us(one.at)
    spot = one.spot
    return Moment(
        id=moment_id(f"month-{month.seed}", one.id),
        kind=one.kind,
        started_us=start_us,
        ended_us=start_us + round(one.seconds * 1e6),
        text=one.text,
        zone=one.at.tzinfo.key,  # type: ignore[union-attr]
        time_source=TimeSource.EXIF if one.kind is Kind.PHOTO else TimeSource.GIVEN,
        external_id=one.id,
        session=one.session,
        ordinal=number if one.session else 0,
        speaker=one.speaker,
        place=Place(spot.name, spot.lat, spot.lon) if spot else None,
        app=one.app,
        window=one.window,
    )


def write_files(month: Month, folder: Path, *, n_days: int) -> None:
    """Write the first days as files: JPEG with EXIF, PNG with the window's title, talks and notes as lines."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    first = month.kept[0].at.date()
    for one in month.kept:
        if (one.at.date() - first).days >= n_days:
            break
        if one.kind is Kind.PHOTO:
            _write_photo(one, folder / f"{one.id}.jpg")
        elif one.kind is Kind.SCREENSHOT:
            _write_screen(one, folder / f"Screenshot_{one.at:%Y%m%d-%H%M%S}_{one.id}.png")
        else:
            lines.append(_to_line(one))
    (folder / "month.moments.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


def _sessions(moments: Iterable[Moment]) -> list[Session]:
    spans: dict[str, Session] = {}
    for m in moments:
        if m.session is not None:
            known = spans.get(m.session)
            started_us = known.started_us if known else m.started_us
            ended_us = max(m.ended_us, known.ended_us if known else 0)
            spans[m.session] = Session(
                id=m.session, started_us=started_us, ended_us=ended_us, zone=m.zone, title=m.session
            )
    return list(spans.values())


def _to_line(one: Kept) -> dict[str, Any]:
    line = {"kind": str(one.kind), "started_at": one.at.isoformat(), "text": one.text, "external_id": one.id}
    if one.seconds:
        line["ended_at"] = datetime.fromtimestamp(one.at.timestamp() + one.seconds, one.at.tzinfo).isoformat()
    return {**line, **{key: getattr(one, key) for key in ("speaker", "session") if getattr(one, key)}}


def _write_photo(one: Kept, path: Path) -> None:
    exif = Image.Exif()
    exif[_EXIF_MAKE], exif[_EXIF_MODEL] = "Made", "Up"
    offset = f"{one.at:%z}"
    told = {_EXIF_TAKEN: f"{one.at:%Y:%m:%d %H:%M:%S}", _EXIF_OFFSET: offset[:3] + ":" + offset[3:]}
    exif.get_ifd(_EXIF_IFD).update(told)
    if one.spot is not None:
        lat, lon = one.spot.lat, one.spot.lon
        exif.get_ifd(_GPS_IFD).update({
            1: "N" if lat >= 0 else "S", 2: _to_dms(lat), 3: "E" if lon >= 0 else "W", 4: _to_dms(lon),
        })  # fmt: skip
    _draw(one.text, _PHOTO_PX, 44, (214, 205, 188)).save(path, exif=exif, quality=88)


def _write_screen(one: Kept, path: Path) -> None:
    told = PngInfo()
    told.add_text("Application", one.app or "")
    told.add_text("Window", one.window or "")
    _draw(one.text, _SCREEN_PX, 22, (250, 250, 250)).save(path, pnginfo=told)


def _draw(text: str, size_px: tuple[int, int], letter_px: int, paper: tuple[int, int, int]) -> Image.Image:
    picture = Image.new("RGB", size_px, paper)
    font = ImageFont.load_default(letter_px)
    corner = (letter_px * 2, letter_px * 2)
    ImageDraw.Draw(picture).multiline_text(corner, text, (25, 25, 30), font, spacing=letter_px // 2)
    return picture


def _to_dms(degrees: float) -> tuple[float, float, float]:
    minutes, seconds = divmod(abs(degrees) * 3600, 60)
    return float(minutes // 60), float(minutes % 60), round(seconds, 3)


def _to_us(at: datetime) -> int:
    return round(at.timestamp() * 1e6)
