"""CR3: written here box by box as the published description has it, and damaged in every way a byte can be."""

from __future__ import annotations

import io
import random
import struct
from pathlib import Path

import pytest

from ingest.canon_raw import is_canon_raw, read_canon_raw
from ingest.errors import BadInput
from ingest.files import sniff
from ingest.pictures import PictureReader
from tests.support.ingest_files import write_picture
from tests.unit.ingest.test_raw_preview import directory

CANON, PREVIEW = "85c0b687820f11e08111f4ce462b6a48", "eaf42b5e1c984b88b9fbb7dc406e4d16"


def box(kind: bytes, *contents: bytes) -> bytes:
    body = b"".join(contents)
    return struct.pack(">I", len(body) + 8) + kind + body


def uuid(name: str, *contents: bytes) -> bytes:
    return box(b"uuid", bytes.fromhex(name), *contents)


def tiff(*entries: tuple[int, int, int, int], then: bytes = b"") -> bytes:
    """One directory, and behind it what it points at (from byte 200 on)."""
    return (b"II*\0\x08\0\0\0" + directory("<", *entries)).ljust(200, b"\0") + then


def track(offset: int, length: int) -> bytes:
    sizes = box(b"stsz", struct.pack(">III", 0, length, 1))
    places = box(b"co64", struct.pack(">IIQ", 0, 1, offset))
    return box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", sizes, places))))


def write_cr3(path: Path, tmp_path: Path, *, with_track: bool = True) -> Path:
    """Camera, time, place and way up in the boxes CMT; a preview of 160 px, and one of 640 px in the first track."""
    small = write_picture(tmp_path / "small.jpg", (160, 120)).read_bytes()
    large = write_picture(tmp_path / "large.jpg", (640, 480), quality=90).read_bytes()
    camera, when = b"Canon EOS R5\0", b"2026:03:04 10:00:00\0"
    lat = struct.pack("<6I", 38, 1, 43, 1, 12, 1)
    lon = struct.pack("<6I", 9, 1, 8, 1, 24, 1)
    tags = [
        box(b"CMT1", tiff((0x0110, 2, len(camera), 200), (0x0112, 3, 1, 6), then=camera)),
        box(b"CMT2", tiff((0x9003, 2, len(when), 200), then=when)),
        box(
            b"CMT4",
            tiff((1, 2, 2, ord("N")), (2, 5, 3, 200), (3, 2, 2, ord("W")), (4, 5, 3, 224), then=lat + lon),
        ),
    ]
    preview = box(b"PRVW", struct.pack(">IHHHHI", 0, 1, 160, 120, 1, len(small)), small)
    head = box(b"ftyp", b"crx \0\0\0\x01crx isom")
    behind = uuid(PREVIEW, bytes(8), preview)

    def build(at: int) -> bytes:
        tracks = [track(at, len(large)), track(at + len(large), 500)] if with_track else []
        return head + box(b"moov", uuid(CANON, *tags), *tracks) + behind

    at = len(build(0)) + 8
    path.write_bytes(build(at) + box(b"mdat", large, bytes(500)))
    return path


def test_the_largest_picture_is_taken_with_the_files_own_facts(tmp_path: Path) -> None:
    path = write_cr3(tmp_path / "x.CR3", tmp_path)
    assert (sniff(path).holds, sniff(path).suffix) == ("picture", ".cr3")
    reader = PictureReader()
    picture = reader.read(path)
    assert (picture.width_px, picture.height_px) == (480, 640)  # it stood on its side
    assert (picture.exif.camera, picture.exif.local_time) == ("Canon EOS R5", "2026-03-04T10:00:00")
    assert picture.exif.lat == pytest.approx(38.72)
    assert picture.exif.lon == pytest.approx(-9.14)
    without = write_cr3(tmp_path / "y.CR3", tmp_path, with_track=False)
    assert reader.read(without).width_px == 120
    (tmp_path / "z.CR3").write_bytes(box(b"ftyp", b"crx \0\0\0\x01crx isom") + box(b"moov"))
    with pytest.raises(BadInput, match="no picture that can be shown"):
        reader.read(tmp_path / "z.CR3")
    reader.close()


@pytest.mark.filterwarnings("ignore")  # Pillow's, of tags that end early; the process that opens pictures hears none
def test_damage_gives_another_picture_or_none_and_never_more(tmp_path: Path) -> None:
    whole = write_cr3(tmp_path / "x.CR3", tmp_path).read_bytes()
    rng = random.Random(4)
    for n in range(300):
        data = bytearray(whole[: rng.randrange(len(whole))] if n % 2 else whole)
        for _ in range(rng.randrange(1, 8)):
            if len(data) > 12:
                data[rng.randrange(12, min(len(data), 3000))] = rng.choice((0, 1, 0x7F, 0xFF, rng.randrange(256)))
        file = io.BytesIO(bytes(data))
        if is_canon_raw(file):
            jpeg, _facts = read_canon_raw(file)
            assert jpeg is None or len(jpeg) <= len(whole)
