"""The picture inside a Canon CR3: a raw file that is built of boxes, as films are.

Role: finds the largest JPEG that the camera put there for looking, and what the file says of itself. It develops
nothing. Boxes are believed no further than the file goes.
Source: ISO/IEC 14496-12 (boxes, sample tables); L. Clevy, "Describing the Canon Raw v3 (CR3) file format" (2018 to
2023): the boxes CMT1, CMT2 and CMT4 (directories of TIFF: camera, shot, satellites) and PRVW.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from ingest.exif import ExifFacts, from_tags
from ingest.raw_preview import is_shown

BRAND = b"crx "
_CANON = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
_PREVIEW = bytes.fromhex("eaf42b5e1c984b88b9fbb7dc406e4d16")
_HOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}
_MOST_BOXES, _MOST_DEPTH = 300, 8
_MOST_JPEG_BYTES = 100 * 2**20
_MOST_TAG_BYTES = 2**20
_PREVIEW_HEAD = 8  # bytes of a box "uuid" of the preview that stand before PRVW
_JPEG_AT, _LENGTH_AT = 16, 12  # within PRVW, counted from the end of its head


@dataclass(frozen=True, slots=True)
class _Box:
    """A box: its kind ("uuid" boxes by their sixteen bytes), where its contents begin, and where it ends."""

    kind: bytes
    start: int
    end: int


def is_canon_raw(file: BinaryIO) -> bool:
    """Whether a file is one; the place in it is kept."""
    at = file.tell()
    file.seek(4)
    head = file.read(8)
    file.seek(at)
    return head == b"ftyp" + BRAND


def read_canon_raw(file: BinaryIO) -> tuple[bytes | None, ExifFacts]:
    """The largest JPEG of a CR3 (None where there is none that can be shown), and when, where and how it was taken."""
    boxes = list(_iter_boxes(file))
    found = (jpeg for place in _iter_places(file, boxes) if (jpeg := _read_jpeg(file, *place)) is not None)
    tags = {box.kind: _read_tags(file, box) for box in boxes if box.kind in (b"CMT1", b"CMT2", b"CMT4")}
    facts = from_tags(tags.get(b"CMT1", {}), tags.get(b"CMT2", {}), tags.get(b"CMT4", {}))
    return max(found, key=len, default=None), facts


def _iter_boxes(file: BinaryIO) -> Iterator[_Box]:
    """All boxes that are of use, each before those in it."""
    size = file.seek(0, 2)
    waiting, n_seen = [(0, size, 0)], 0
    while waiting:
        at, end, depth = waiting.pop(0)
        while at + 8 <= end and n_seen < _MOST_BOXES:
            box = _read_box(file, at, end)
            if box is None:
                break
            n_seen += 1
            yield box
            if depth < _MOST_DEPTH and box.kind in _HOLDERS | {_CANON}:
                waiting.append((box.start, box.end, depth + 1))
            elif box.kind == _PREVIEW:
                waiting.append((box.start + _PREVIEW_HEAD, box.end, depth + 1))
            at = box.end


def _read_box(file: BinaryIO, at: int, end: int) -> _Box | None:
    file.seek(at)
    head = file.read(32)
    length, kind = struct.unpack(">I4s", head[:8]) if len(head) >= 8 else (0, b"")
    start = at + 8
    if length == 1 and len(head) >= 16:
        length, start = struct.unpack(">Q", head[8:16])[0], at + 16
    elif length == 0:
        length = end - at
    if kind == b"uuid":
        kind, start = head[start - at : start - at + 16], start + 16
    return _Box(kind, start, at + length) if start <= at + length <= end else None


def _iter_places(file: BinaryIO, boxes: list[_Box]) -> Iterator[tuple[int, int]]:
    """Where JPEGs may lie: the preview's, and the first sample of each track; offset and length."""
    n_tracks = 0
    offsets: dict[int, int] = {}
    lengths: dict[int, int] = {}
    for box in sorted(boxes, key=lambda box: box.start):
        file.seek(box.start)
        if box.kind == b"PRVW" and len(head := file.read(_JPEG_AT)) == _JPEG_AT:
            yield box.start + _JPEG_AT, struct.unpack(">I", head[_LENGTH_AT:])[0]
        elif box.kind == b"trak":
            n_tracks += 1
        elif box.kind == b"co64" and len(head := file.read(16)) == 16:
            offsets[n_tracks] = struct.unpack(">Q", head[8:])[0]
        elif box.kind == b"stco" and len(head := file.read(12)) == 12:
            offsets[n_tracks] = struct.unpack(">I", head[8:])[0]
        elif box.kind == b"stsz" and len(head := file.read(16)) >= 12:
            fixed = struct.unpack(">I", head[4:8])[0]
            lengths[n_tracks] = fixed or (struct.unpack(">I", head[12:16])[0] if len(head) == 16 else 0)
    yield from ((offset, lengths[track]) for track, offset in offsets.items() if track in lengths)


def _read_jpeg(file: BinaryIO, offset: int, length: int) -> bytes | None:
    if not 100 < length <= _MOST_JPEG_BYTES or offset >= 2**62:
        return None
    file.seek(offset)
    if file.read(3) != b"\xff\xd8\xff":  # a track of the sensor, coded otherwise
        return None
    file.seek(offset)
    data = file.read(length)
    return data if is_shown(data) else None


def _read_tags(file: BinaryIO, box: _Box) -> Mapping[int, Any]:
    from PIL import Image

    file.seek(box.start)
    tags = Image.Exif()
    try:
        tags.load(b"Exif\0\0" + file.read(min(_MOST_TAG_BYTES, box.end - box.start)))
    except (ValueError, SyntaxError, OSError, struct.error):
        return {}
    return tags
