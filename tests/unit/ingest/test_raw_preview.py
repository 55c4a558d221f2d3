"""Raw files of cameras: the picture that the camera put into them, with the file's own time and way up."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
from PIL import Image

from ingest.pictures import PictureReader, make_thumbnail
from tests.support.ingest_files import write_picture

Entry = tuple[int, int, int, int]  # tag, kind, count, value


def directory(order: str, *entries: Entry, then: int = 0) -> bytes:
    packed = b""
    for tag, kind, n, value in sorted(entries):
        field = struct.pack(order + "HH", value, 0) if kind == 3 else struct.pack(order + "I", value)
        packed += struct.pack(order + "HHI", tag, kind, n) + field
    return struct.pack(order + "H", len(entries)) + packed + struct.pack(order + "I", then)


def write_raw(path: Path, tmp_path: Path, *, order: str, mark: bytes = b"") -> Path:
    """A small thumbnail first, the preview in a directory below, the sensor's data (none) in another."""
    write_picture(tmp_path / "large.jpg", (640, 480), quality=90)
    write_picture(tmp_path / "small.jpg", (64, 48))
    large, small = (tmp_path / "large.jpg").read_bytes(), (tmp_path / "small.jpg").read_bytes()
    when = b"2026:03:04 10:00:00\0"
    first, preview, sensor, exif = 100, 400, 600, 800
    at_when, at_subs, at_small = 900, 950, 1000
    at_large = at_small + len(small)
    parts = {
        0: (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", first) + mark,
        first: directory(
            order, (254, 4, 1, 1), (259, 3, 1, 7), (274, 3, 1, 6), (273, 4, 1, at_small), (279, 4, 1, len(small)),
            (330, 4, 2, at_subs), (0x8769, 4, 1, exif),
        ),
        preview: directory(order, (513, 4, 1, at_large), (514, 4, 1, len(large))),
        sensor: directory(order, (262, 3, 1, 32803), (259, 3, 1, 7), (273, 4, 1, 8), (279, 4, 1, 5000)),
        exif: directory(order, (0x9003, 2, len(when), at_when)),
        at_when: when,
        at_subs: struct.pack(order + "II", preview, sensor),
        at_small: small,
        at_large: large,
    }  # fmt: skip
    data = bytearray(at_large + len(large))
    for at, part in parts.items():
        data[at : at + len(part)] = part
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(("name", "order"), [("x.dng", "<"), ("x.NEF", ">")])
def test_the_largest_picture_is_taken_with_the_files_own_facts(tmp_path: Path, name: str, order: str) -> None:
    path = write_raw(tmp_path / name, tmp_path, order=order)
    reader = PictureReader()
    try:
        picture = reader.read(path)
    finally:
        reader.close()
    assert (picture.width_px, picture.height_px) == (480, 640)
    assert picture.exif.local_time == "2026-03-04T10:00:00"
    make_thumbnail(path, tmp_path / "thumb.jpg", side_px=320)
    with Image.open(tmp_path / "thumb.jpg") as image:
        assert image.size == (240, 320)


def test_an_ordinary_tiff_is_left_as_it_is(tmp_path: Path) -> None:
    from ingest.raw_preview import find_preview

    path = write_picture(tmp_path / "x.tiff", compression="jpeg")
    with path.open("rb") as file:
        assert find_preview(file) is None
        assert file.tell() == 0


def test_directories_in_a_ring_end(tmp_path: Path) -> None:
    from ingest.raw_preview import find_preview

    entries = ((262, 3, 1, 32803), (330, 4, 1, 8), (513, 4, 1, 2**31), (514, 4, 1, 5000))
    assert find_preview(io.BytesIO(b"II*\0\x08\0\0\0" + directory("<", *entries, then=8))) is None
