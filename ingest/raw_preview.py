"""The picture inside a camera's raw file: the largest JPEG that the camera put there for looking.

Role: finds it by the directories of the TIFF structure that DNG, CR2, NEF, ARW and PEF are built on. It develops
nothing: what a person saw on the camera is what is remembered. Directories are believed no further than the file goes.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import BinaryIO

from ingest.exif import ExifFacts, read_exif

_MOST_DIRECTORIES = 40
_MOST_ENTRIES = 1000
_MOST_BYTES = 100 * 2**20  # of one preview
_EXIF_BYTES = 2**20  # directories of raw files stand at their beginning
_CFA, _LINEAR_RAW = 32803, 34892  # TIFF/EP and DNG: what a sensor saw; PhotometricInterpretation, tag 262
_DNG_VERSION, _SUB_IFDS, _PHOTOMETRIC, _COMPRESSION = 50706, 330, 262, 259
_OFFSETS, _LENGTHS = (513, 273), (514, 279)  # JPEGInterchangeFormat, else the only strip
_JPEG_KINDS = (6, 7)
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 6: 1, 7: 1, 8: 2, 9: 4, 13: 4}
_Directory = dict[int, list[int]]


def find_preview(file: BinaryIO) -> bytes | None:
    """The largest JPEG inside a raw file, or None where there is none; the place in ``file`` is kept."""
    at = file.tell()
    try:
        directories = list(_directories(file))
        is_raw = any(_DNG_VERSION in one or set(one.get(_PHOTOMETRIC, ())) & {_CFA, _LINEAR_RAW} for one in directories)
        file.seek(8)
        if not is_raw and file.read(2) != b"CR":  # Canon's mark; its sensor's directory has no photometric tag
            return None
        found = (jpeg for one in directories if (jpeg := _read_jpeg(file, one)) is not None)
        return max(found, key=len, default=None)
    finally:
        file.seek(at)


def read_outer_exif(file: BinaryIO) -> ExifFacts:
    """What the raw file itself says: when, where, which camera, which way up. The place in ``file`` is kept."""
    from PIL import Image

    at = file.tell()
    file.seek(0)
    head = file.read(_EXIF_BYTES)
    file.seek(at)
    tags = Image.Exif()
    try:
        tags.load(b"Exif\0\0" + head)
    except (ValueError, SyntaxError, OSError, struct.error):
        return ExifFacts()
    holder = Image.new("L", (1, 1))
    holder.getexif = lambda: tags  # type: ignore[method-assign]
    return read_exif(holder)


def _directories(file: BinaryIO) -> Iterator[_Directory]:
    """All directories, each once, however they point at each other."""
    file.seek(0)
    head = file.read(8)
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(head[:4])
    if order is None:
        return
    waiting: list[int] = list(struct.unpack(order + "I", head[4:8]))
    seen: set[int] = set()
    while waiting and len(seen) < _MOST_DIRECTORIES:
        offset = waiting.pop(0)
        if offset in seen or offset < 8:
            continue
        seen.add(offset)
        directory, following = _read_directory(file, offset, order)
        waiting += [*directory.get(_SUB_IFDS, ()), following]
        yield directory


def _read_directory(file: BinaryIO, offset: int, order: str) -> tuple[_Directory, int]:
    file.seek(offset)
    count = file.read(2)
    n_entries = struct.unpack(order + "H", count)[0] if len(count) == 2 else 0
    if not 0 < n_entries <= _MOST_ENTRIES:
        return {}, 0
    body = file.read(12 * n_entries + 4)
    directory: _Directory = {}
    for start in range(0, len(body) - 11, 12):
        tag, kind, n_values = struct.unpack(order + "HHI", body[start : start + 8])
        if start < 12 * n_entries and kind in _SIZES and 0 < n_values <= _MOST_DIRECTORIES:
            directory[tag] = _read_values(file, body[start + 8 : start + 12], kind, n_values, order)
    following = body[12 * n_entries :]
    return directory, struct.unpack(order + "I", following)[0] if len(following) == 4 else 0


def _read_values(file: BinaryIO, field: bytes, kind: int, n_values: int, order: str) -> list[int]:
    size = _SIZES[kind]
    if size * n_values > 4:
        file.seek(struct.unpack(order + "I", field)[0])
        field = file.read(size * n_values)
    letter = {1: "B", 2: "H", 4: "I"}[size]
    whole = field[: min(n_values, len(field) // size) * size]
    return [number for (number,) in struct.iter_unpack(order + letter, whole)]


def _read_jpeg(file: BinaryIO, directory: _Directory) -> bytes | None:
    """The JPEG that a directory points at, if it is one that can be shown (the sensor's own is coded without loss)."""
    for offset_tag, length_tag in zip(_OFFSETS, _LENGTHS, strict=True):
        offsets, lengths = directory.get(offset_tag, []), directory.get(length_tag, [])
        is_jpeg = offset_tag == 513 or set(directory.get(_COMPRESSION, ())) & set(_JPEG_KINDS)
        if len(offsets) != 1 or len(lengths) != 1 or not is_jpeg or not 100 < lengths[0] <= _MOST_BYTES:
            continue
        file.seek(offsets[0])
        data = file.read(lengths[0])
        if data[:3] == b"\xff\xd8\xff" and is_shown(data):
            return data
    return None


def is_shown(jpeg: bytes) -> bool:
    """Whether its frame is baseline, extended or progressive (ISO/IEC 10918-1, table B.1)."""
    stream = io.BytesIO(jpeg)
    stream.seek(2)
    while len(marker := stream.read(4)) == 4 and marker[0] == 0xFF:
        if 0xC0 <= marker[1] <= 0xCF and marker[1] not in (0xC4, 0xC8, 0xCC):
            return marker[1] in (0xC0, 0xC1, 0xC2)
        stream.seek(max(0, int.from_bytes(marker[2:4], "big") - 2), io.SEEK_CUR)
    return False
