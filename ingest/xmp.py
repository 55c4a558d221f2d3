"""What XMP says of a picture: title, description, keywords, rating, people, when and where.

Role: a packet (bytes or text) in, facts out; embedded packets and sidecar files look the same. It trusts nothing: no
document type, no deep nesting, no entities; what cannot be parsed says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from xml.parsers import expat

from ingest.exif import ExifFacts

MAX_BYTES = 1 << 20  # a packet with thousands of face regions has a tenth of it
_MAX_DEPTH = 40
_MAX_CHARS = 4000
_MOST = 100  # keywords, and people
_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:\d\d)?")
# XMP specification part 2, 2.6: "DDD,MM,SSk" or "DDD,MM.mmk", k one of N, S, E, W.
_DEGREES = re.compile(r"(\d{1,3}),(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?([NSEW])")
_DC = "http://purl.org/dc/elements/1.1/"
_EXIF = "http://ns.adobe.com/exif/1.0/"
_XMP = "http://ns.adobe.com/xap/1.0/"
_PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
_REGIONS = "http://www.metadataworkinggroup.com/schemas/regions/"  # MWG guidelines 2.0, 5.9
_MICROSOFT = "http://ns.microsoft.com/photo/1.2/t/Region#"
_IPTC_EXT = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
_TIMES = (_EXIF + " DateTimeOriginal", _PHOTOSHOP + " DateCreated", _XMP + " CreateDate")


@dataclass(frozen=True, slots=True)
class XmpFacts:
    """What a packet says; empty where it says nothing or nonsense.

    Attributes:
        local_time: ISO 8601 wall-clock time without offset; ``offset`` as told ("+02:00"), or None.
        lat, lon: Degrees (WGS 84).
        rating: 1 to 5, -1 for rejected, 0 for none.
        people: Names of the persons shown: of face regions, and listed.
    """

    title: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    rating: int = 0
    local_time: str | None = None
    offset: str | None = None
    lat: float | None = None
    lon: float | None = None

    @property
    def words(self) -> str:
        """What people wrote about the picture, a line each; may be empty."""
        parts = [self.title, self.description if self.description != self.title else ""]
        parts += [", ".join(self.keywords), ", ".join(name for name in self.people if name not in self.keywords)]
        return "\n".join(part for part in parts if part)


@dataclass(slots=True)
class _Gathering:
    """What the parser has met so far: values by property, and regions one by one."""

    values: dict[str, list[str]] = field(default_factory=dict)
    people: list[str] = field(default_factory=list)
    stack: list[str] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)
    items: list[dict[str, str]] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.stack) >= _MAX_DEPTH:
            raise ValueError("nested too deeply")
        self.stack.append(name)
        self.texts.append([])
        if name.endswith(" li"):
            self.items.append({})
        for key, value in attributes.items():
            self.note(key, value)

    def text(self, text: str) -> None:
        if self.texts:
            self.texts[-1].append(text)

    def end(self, name: str) -> None:
        self.stack.pop()
        text = "".join(self.texts.pop())
        is_item = name.endswith(" li")
        if is_item:
            self.take_region(self.items.pop())
        around = [one for one in self.stack if "22-rdf-syntax-ns#" not in one]
        if text.strip():
            self.note(around[-1] if is_item and around else name, text)

    def note(self, name: str, value: str) -> None:
        if self.items:
            self.items[-1][name] = value
        known = self.values.setdefault(name, [])
        if len(known) < _MOST:
            known.append(clean(value))

    def take_region(self, item: dict[str, str]) -> None:
        kind = item.get(_REGIONS + " Type", "Face")
        name = item.get(_REGIONS + " Name", "") if kind == "Face" else ""
        self.people += [clean(one) for one in (name, item.get(_MICROSOFT + " PersonDisplayName", "")) if one.strip()]

    def first(self, *names: str) -> str:
        return next((value for name in names for value in self.values.get(name, ()) if value), "")


def parse_xmp(packet: bytes | str) -> XmpFacts:
    """Read a packet; nothing where it is damaged, hostile, or larger than ``MAX_BYTES``."""
    data = packet.encode() if isinstance(packet, str) else packet
    start = data.find(b"<")
    if start < 0 or len(data) > MAX_BYTES:
        return XmpFacts()
    gathered = _Gathering()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = gathered.start
    parser.EndElementHandler = gathered.end
    parser.CharacterDataHandler = gathered.text
    parser.StartDoctypeDeclHandler = _refuse
    parser.buffer_text = True
    try:
        parser.Parse(data[start:].rstrip(b"\0 \r\n\t"), True)
    except (expat.ExpatError, ValueError, LookupError):
        return XmpFacts()
    return _to_facts(gathered)


def _refuse(*_declared: object) -> None:
    raise ValueError("XMP has no document type")


def _to_facts(gathered: _Gathering) -> XmpFacts:
    local_time, offset = _read_time(gathered.first(*_TIMES))
    lat = _read_degrees(gathered.first(_EXIF + " GPSLatitude"), "NS", 90)
    lon = _read_degrees(gathered.first(_EXIF + " GPSLongitude"), "EW", 180)
    is_placed = lat is not None and lon is not None and (lat, lon) != (0.0, 0.0)
    listed = gathered.values.get(_IPTC_EXT + " PersonInImage", ())
    rating = gathered.first(_XMP + " Rating")
    return XmpFacts(
        title=gathered.first(_DC + " title"),
        description=gathered.first(_DC + " description"),
        keywords=_once(gathered.values.get(_DC + " subject", ())),
        people=_once((*gathered.people, *listed)),
        rating=int(rating) if re.fullmatch(r"-1|[0-5]", rating) else 0,
        local_time=local_time,
        offset=offset,
        lat=lat if is_placed else None,
        lon=lon if is_placed else None,
    )


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))[:_MOST]


def _read_time(text: str) -> tuple[str | None, str | None]:
    found = _TIME.match(text)
    if not found:
        return None, None
    try:
        local = datetime(*(int(part or 0) for part in found.groups()[:6]))  # type: ignore[arg-type]
    except ValueError:
        return None, None
    return (local.isoformat(), "+00:00" if found[7] == "Z" else found[7]) if local.year >= 1900 else (None, None)


def _read_degrees(text: str, signs: str, most: float) -> float | None:
    found = _DEGREES.fullmatch(text.replace(" ", ""))
    if not found or found[4] not in signs:
        return None
    degrees = int(found[1]) + float(found[2]) / 60 + float(found[3] or 0) / 3600
    return None if degrees > most else -degrees if found[4] == signs.replace("N", "").replace("E", "") else degrees


def clean(text: str) -> str:
    """Text as it is kept: printable, single spaces, not endless."""
    kept = "".join(char if char.isprintable() else " " for char in text[: 2 * _MAX_CHARS])
    return " ".join(kept.split())[:_MAX_CHARS]


def correct(facts: ExifFacts, embedded: XmpFacts, beside: XmpFacts) -> ExifFacts:
    """When and where by all that is known: a sidecar is a correction, the file's own XMP fills what is missing.

    Args:
        facts: Of the file's EXIF.
        embedded: Of the packet in the file.
        beside: Of the sidecar file.
    """
    for told, wins in ((embedded, False), (beside, True)):
        if told.local_time is not None and (wins or facts.local_time is None):
            facts = replace(facts, local_time=told.local_time, offset=told.offset)
        if told.lat is not None and (wins or facts.lat is None):
            facts = replace(facts, lat=told.lat, lon=told.lon)
    return facts


def merge(embedded: XmpFacts, beside: XmpFacts) -> XmpFacts:
    """What both say of a picture; the sidecar is the newer one."""
    return XmpFacts(
        title=beside.title or embedded.title,
        description=beside.description or embedded.description,
        keywords=_once((*embedded.keywords, *beside.keywords)),
        people=_once((*embedded.people, *beside.people)),
        rating=beside.rating or embedded.rating,
    )
