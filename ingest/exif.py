"""What a picture's EXIF says about when, where and with what it was taken; garbage gives None, never an error.

Role: tags in, plain facts out, and the choice of a time with its doubt.
Source of tag numbers and formats: CIPA DC-008 (Exif 2.32).
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from ingest import times
from ingest.times import When
from memory.records import TimeSource

if TYPE_CHECKING:
    from PIL.Image import Image

T = TypeVar("T")

_MAKE, _MODEL, _ORIENTATION, _SOFTWARE, _MODIFIED = 0x010F, 0x0110, 0x0112, 0x0131, 0x0132
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_EXPOSURE, _ORIGINAL, _DIGITIZED, _COMMENT, _FOCAL = 0x829A, 0x9003, 0x9004, 0x9286, 0x920A
_OFFSET, _OFFSET_ORIGINAL, _OFFSET_DIGITIZED = 0x9010, 0x9011, 0x9012
_LAT_REF, _LAT, _LON_REF, _LON, _GPS_CLOCK, _GPS_DATE = 1, 2, 3, 4, 7, 29

_TIME = re.compile(r"\s*(\d{4})[:/.-](\d{1,2})[:/.-](\d{1,2})[ T]+(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?\s*(Z)?")
_INFO = re.compile(r"^(\w+)=(.*?)\s*$", re.MULTILINE)
_FIRST_CAMERA = 1990  # a clock that was never set counts from 1970
_GPS_STALE_S = 180.0  # how old the last satellite fix may be at the shutter
_GARBAGE = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)  # fmt: skip - all that reading a hostile tag was seen to raise


@dataclass(frozen=True, slots=True)
class ExifFacts:
    """What the tags say; None or "" where they say nothing or nonsense.

    Attributes:
        local_time: ISO 8601 wall-clock time without offset.
        offset: "+02:00" as told by the offset tags.
        gps_us: Satellite time in UTC microseconds.
        lat, lon: Degrees (WGS 84).
        orientation: 1 to 8 as stored (already applied by some decoders).
        has_exposure: A shutter opened: exposure time or focal length is given.
    """

    local_time: str | None = None
    offset: str | None = None
    gps_us: int | None = None
    lat: float | None = None
    lon: float | None = None
    orientation: int = 1
    camera: str = ""
    software: str = ""
    comment: str = ""
    has_exposure: bool = False


def read_exif(image: Image) -> ExifFacts:
    """Read the facts out of an opened picture without decoding it."""
    base: Mapping[int, Any] = _attempt(image.getexif, {})
    facts = from_tags(base, _sub_ifd(base, _EXIF_IFD), _sub_ifd(base, _GPS_IFD))
    return facts if facts.local_time else _attempt(lambda: _add_picture_info(facts, image), facts)


def _add_picture_info(facts: ExifFacts, image: Image) -> ExifFacts:
    """What cameras before EXIF wrote into a JPEG's segment APP12 as lines of text (Olympus, Agfa, Epson, 1996 to 2000).

    Their time counts seconds from 1970 on the camera's own clock, so that it tells no zone. Source: exiftool's
    APP12.pm, "PictureInfo".
    """
    for name, data in getattr(image, "applist", ()):
        if name != "APP12" or b"[picture info]" not in data:
            continue
        told = dict(_INFO.findall(data.decode("ascii", "ignore")))
        local = datetime(1970, 1, 1) + timedelta(seconds=int(told["TimeDate"]))
        return replace(
            facts,
            local_time=local.isoformat() if local.year >= _FIRST_CAMERA else None,
            camera=facts.camera or _text(told.get("ID", "")),
            has_exposure=facts.has_exposure or "Shutter" in told,
        )
    return facts


def _sub_ifd(base: Mapping[int, Any], ifd: int) -> Mapping[int, Any]:
    getter = getattr(base, "get_ifd", None)
    found: Any = _attempt(lambda: getter(ifd), {}) if getter else {}
    return found if isinstance(found, Mapping) else {}


def from_tags(base: Mapping[int, Any], exif: Mapping[int, Any], gps: Mapping[int, Any]) -> ExifFacts:
    """Interpret the tags of the three directories (IFD 0, Exif, GPS)."""
    local, zulu, offset_tag = _local_time(base, exif)
    lat, lon = _position(gps)
    orientation = _attempt(lambda: int(_get(base, _ORIENTATION)), 1)
    return ExifFacts(
        local_time=local,
        offset="+00:00" if zulu else _offset(exif, offset_tag),
        gps_us=_attempt(lambda: _gps_time(gps), None),
        lat=lat,
        lon=lon,
        orientation=orientation if 1 <= orientation <= 8 else 1,
        camera=_camera(_text(_get(base, _MAKE)), _text(_get(base, _MODEL))),
        software=_text(_get(base, _SOFTWARE)),
        comment=_comment(_get(exif, _COMMENT)),
        has_exposure=_get(exif, _EXPOSURE) is not None or _get(exif, _FOCAL) is not None,
    )


def choose_time(facts: ExifFacts, *, name: str, file_us: int, zone: str, now_us: int) -> When:
    """Choose when a picture was taken: EXIF, else satellite time, else the file's name, else the file's own time.

    Args:
        facts: What its EXIF says.
        name: The file's name.
        file_us: Modification time of the file.
        zone: The zone assumed where none is told.
        now_us: A later time than tomorrow is a wrong clock and is not believed.
    """
    latest_us = now_us + 36 * 3_600_000_000
    told = _told_time(facts, zone)
    for when in (told, _gps_when(facts, zone), times.from_name(name, zone)):
        if when is not None and times.is_plausible(when.us) and when.us <= latest_us:
            return when
    return When(file_us, zone, TimeSource.FILE)


def _told_time(facts: ExifFacts, zone: str) -> When | None:
    if facts.local_time is None:
        return None
    local = datetime.fromisoformat(facts.local_time)
    offset = facts.offset or _offset_from_gps(local, facts.gps_us)
    if offset is not None:
        named = times.from_iso(facts.local_time + offset, zone)
        return When(named[0], named[1], TimeSource.EXIF) if named else None
    us = times.from_local(local, zone)
    return None if us is None else When(us, zone, TimeSource.EXIF_NO_OFFSET)


def _offset_from_gps(local: datetime, gps_us: int | None) -> str | None:
    """Derive the zone from the difference between camera clock and satellites, if it is a plausible one."""
    if gps_us is None:
        return None
    ahead_s = (times.to_us(local.replace(tzinfo=UTC)) - gps_us) / 1e6
    half_hours = round(ahead_s / 1800)
    if abs(half_hours) > 28 or abs(ahead_s - half_hours * 1800) > _GPS_STALE_S:
        return None
    name = times.offset_name(timedelta(seconds=half_hours * 1800))
    return "+00:00" if name == "UTC" else name


def _gps_when(facts: ExifFacts, zone: str) -> When | None:
    return None if facts.gps_us is None else When(facts.gps_us, zone, TimeSource.GPS)


def _local_time(base: Mapping[int, Any], exif: Mapping[int, Any]) -> tuple[str | None, bool, int]:
    tags = ((exif, _ORIGINAL, _OFFSET_ORIGINAL), (exif, _DIGITIZED, _OFFSET_DIGITIZED), (base, _MODIFIED, _OFFSET))
    for ifd, tag, offset_tag in tags:
        found = _TIME.match(_text(_get(ifd, tag)))
        if not found:
            continue
        fields = [int(group) for group in found.groups()[:6]]
        local = _attempt(lambda fields=fields: datetime(*fields), None)  # type: ignore[misc]
        if local is not None and local.year >= 1900:
            return local.isoformat(), found[7] is not None, offset_tag
    return None, False, _OFFSET_ORIGINAL


def _offset(exif: Mapping[int, Any], tag: int) -> str | None:
    for candidate in (tag, _OFFSET):
        text = _text(_get(exif, candidate))
        if text == "Z":
            return "+00:00"
        found = re.fullmatch(r"([+-])(\d\d):([0-5]\d)", text)
        if found and int(found[2]) <= 14:
            return text
    return None


def _position(gps: Mapping[int, Any]) -> tuple[float | None, float | None]:
    lat = _attempt(lambda: _degrees(_get(gps, _LAT), _get(gps, _LAT_REF), "S"), None)
    lon = _attempt(lambda: _degrees(_get(gps, _LON), _get(gps, _LON_REF), "W"), None)
    if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180 or (lat == 0 and lon == 0):
        return None, None  # 0, 0 is what devices write that have no fix
    return lat, lon


def _degrees(value: Any, ref: Any, negative: str) -> float | None:
    if value is None:
        return None
    parts = [float(part) for part in (value if isinstance(value, (tuple, list)) else (value,))]
    degrees = sum((part / 60.0**power for power, part in enumerate(parts[:3])), 0.0)
    if not parts or not math.isfinite(degrees):
        return None
    return -degrees if _text(ref).upper().startswith(negative) else degrees


def _gps_time(gps: Mapping[int, Any]) -> int | None:
    date = re.match(r"\s*(\d{4})[:/-](\d{1,2})[:/-](\d{1,2})", _text(_get(gps, _GPS_DATE)))
    clock = _get(gps, _GPS_CLOCK)
    if not date or clock is None:
        return None
    hours, minutes, seconds = (float(part) for part in clock)
    if not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= seconds < 61):
        return None
    day = datetime(int(date[1]), int(date[2]), int(date[3]), tzinfo=UTC)
    us = times.to_us(day + timedelta(hours=hours, minutes=minutes, seconds=seconds))
    return us if day.year >= 1980 and times.is_plausible(us) else None  # satellites count from 1980


def _camera(make: str, model: str) -> str:
    return model if make and model.lower().startswith(make.split()[0].lower()) else f"{make} {model}".strip()


def _comment(value: Any) -> str:
    """Read a UserComment: eight bytes name the character code, then the text (Exif 2.32, 4.6.5)."""
    if not isinstance(value, bytes):
        return _text(value)
    code, text = value[:8], value[8:2048]
    if code.startswith(b"UNICODE"):
        return text.decode("utf-16-be" if text[:1] == b"\x00" else "utf-16-le", "ignore").strip("\x00 ")
    return _text(text if code.startswith((b"ASCII", b"\x00\x00")) else value)


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value[:2048].decode("utf-8", "ignore")
    if not isinstance(value, str):
        return ""
    return "".join(char for char in value.split("\x00", 1)[0][:1024] if char.isprintable()).strip()


def _get(ifd: Mapping[int, Any], tag: int) -> Any:
    return _attempt(lambda: ifd.get(tag), None)


def _attempt(read: Callable[[], T], otherwise: T) -> T:
    try:
        return read()
    except _GARBAGE:
        return otherwise
