"""Damaged and hostile pictures, made from a seed: each a name, its bytes, and nothing that a reader should die of."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

import numpy as np
import pillow_heif
from PIL import Image

_NESTED = b"<a>" * 60_000
_BOMB = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><svg>&b;</svg>'


def make_hostile(seed: int) -> Iterator[tuple[str, bytes]]:
    """Make them; the same seed gives the same bytes.

    Yields:
        A file name with what is wrong in it, and the bytes.
    """
    rng = np.random.default_rng(seed)
    yield from _whole_but_odd(rng)
    yield from _cut_and_scratched(rng)
    yield from _bombs()
    yield from _lying_directories(rng)
    yield from _no_pictures(rng)


def _noise(rng: np.random.Generator, mode: str = "RGB", size: tuple[int, int] = (160, 120)) -> Image.Image:
    n_bands = len(Image.new(mode, (1, 1)).getbands())
    shape = (size[1], size[0], n_bands) if n_bands > 1 else (size[1], size[0])
    return Image.fromarray(rng.integers(0, 256, shape, dtype=np.uint8), mode if mode != "P" else "L").convert(mode)


def _save(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def _heic(rng: np.random.Generator) -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(_noise(rng)).save(out, quality=70)
    return out.getvalue()


def _whole_but_odd(rng: np.random.Generator) -> Iterator[tuple[str, bytes]]:
    yield "cmyk.jpg", _save(_noise(rng, "CMYK"), "JPEG")
    deep = Image.fromarray(rng.integers(0, 65536, (90, 120), dtype=np.uint16))
    yield "sixteen-bit.png", _save(deep, "PNG")
    yield "sixteen-bit.tiff", _save(deep, "TIFF")
    palette = _noise(rng).quantize(64)
    yield "palette-with-transparency.png", _save(palette, "PNG", transparency=3)
    yield "palette-with-bytes-of-transparency.png", _save(palette, "PNG", transparency=bytes(range(64)))
    yield "grey-with-alpha.png", _save(_noise(rng, "LA"), "PNG")
    yield "float.tiff", _save(Image.fromarray(rng.standard_normal((60, 80)).astype(np.float32)), "TIFF")
    yield "nan.tiff", _save(Image.fromarray(np.full((60, 80), np.nan, np.float32)), "TIFF")
    yield "one-pixel.gif", _save(Image.new("RGB", (1, 1)), "GIF")
    yield "long-line.png", _save(Image.new("L", (65_000, 1)), "PNG")
    yield "65500-wide.jpg", _save(Image.new("L", (65_500, 16)), "JPEG")
    frames = [Image.new("P", (400, 300), n % 250) for n in range(600)]
    yield "600-frames.gif", _save(frames[0], "GIF", save_all=True, append_images=frames[1:], loop=0, duration=1)
    yield (
        "animated.png",
        _save(_noise(rng), "PNG", save_all=True, append_images=[_noise(rng) for _ in range(9)], loop=0),
    )
    yield "nested.xmp.jpg", _save(_noise(rng), "JPEG", xmp=_NESTED[:60_000])
    yield "bomb.xmp.png.jpg", _save(_noise(rng), "JPEG", xmp=_BOMB)


def _cut_and_scratched(rng: np.random.Generator) -> Iterator[tuple[str, bytes]]:
    forms = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "AVIF")
    wholes = [(form.lower(), _save(_noise(rng), form)) for form in forms] + [("heic", _heic(rng))]
    for suffix, whole in wholes:
        yield f"cut.{suffix}", whole[: int(len(whole) * rng.uniform(0.1, 0.9))]
        scratched = bytearray(whole)
        for at in rng.integers(16, len(whole), 40):
            scratched[at] = rng.integers(0, 256)
        yield f"scratched.{suffix}", bytes(scratched)
    yield "head-only.jpg", wholes[0][1][:20]


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _png(width: int, height: int, *chunks: bytes, depth: int = 8, colour: int = 2) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + b"".join(chunks) + _chunk(b"IEND", b"")


def _bombs() -> Iterator[tuple[str, bytes]]:
    zeros = zlib.compress(bytes(64 << 20), 9)
    pixels = _chunk(b"IDAT", zlib.compress(bytes(200)))
    yield "says-60000-square.png", _png(60_000, 60_000, _chunk(b"IDAT", zlib.compress(bytes(999))))
    yield "14000-square-of-nothing.png", _png(14_000, 14_000, _chunk(b"IDAT", zeros))
    yield (
        "64-mb-of-text.png",
        _png(8, 8, _chunk(b"zTXt", b"Comment\0\0" + zeros), pixels),
    )
    profile = _chunk(b"iCCP", b"icc\0\0" + zeros)
    yield "64-mb-of-profile.png", _png(8, 8, profile, pixels)
    yield "no-height.png", _png(100, 0, _chunk(b"IDAT", zlib.compress(b"")))
    endless = _chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))
    yield "two-billion-frames.png", _png(8, 8, endless, pixels)
    yield (
        "says-65535-square.jpg",
        b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xd9",
    )
    yield (
        "says-65535-square.gif",
        b"GIF89a\xff\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\xff\xff\xff\xff\x00\x08" + bytes(99),
    )
    yield (
        "says-65535-square.bmp",
        b"BM" + struct.pack("<IHHIIiiHHIIiiII", 99, 0, 0, 54, 40, 65535, 65535, 1, 24, 0, 0, 0, 0, 0, 0),
    )


def _entry(tag: int, kind: int, count: int, value: int) -> bytes:
    return struct.pack("<HHII", tag, kind, count, value)


def _directory(*entries: bytes, then: int = 0) -> bytes:
    return struct.pack("<H", len(entries)) + b"".join(entries) + struct.pack("<I", then)


def _lying_directories(rng: np.random.Generator) -> Iterator[tuple[str, bytes]]:
    size = (_entry(256, 4, 1, 64), _entry(257, 4, 1, 64), _entry(258, 3, 1, 8), _entry(259, 3, 1, 1))
    whole = (*size, _entry(262, 3, 1, 1), _entry(273, 4, 1, 200), _entry(278, 4, 1, 64), _entry(279, 4, 1, 4096))
    head = b"II*\0\x08\0\0\0"
    yield "loop.tiff", head + _directory(*whole, then=8) + bytes(4400)
    yield "own-child.tiff", head + _directory(*whole, _entry(330, 4, 1, 8), _entry(34665, 4, 1, 8)) + bytes(4400)
    yield "four-billion-values.tiff", head + _directory(*whole, _entry(700, 7, 2**32 - 1, 100)) + bytes(4400)
    yield "strip-beyond-the-end.tiff", head + _directory(*size, _entry(273, 4, 1, 2**31), _entry(279, 4, 1, 2**31))
    yield "65535-entries.tiff", head + struct.pack("<H", 65535) + bytes(12 * 300)
    for name, offset in (("far", 2**32 - 2), ("itself", 8)):
        exif = b"Exif\0\0" + head + _directory(_entry(0x8769, 4, 1, offset), _entry(0x8825, 4, 1, offset), then=offset)
        yield f"exif-{name}.jpg", _save(_noise(rng), "JPEG", exif=exif)
    absurd = (
        b"Exif\0\0"
        + head
        + _directory(_entry(0x0112, 3, 1, 999), _entry(0x010F, 2, 2**31, 30), _entry(0x9286, 7, 9, 9))
    )
    yield "exif-absurd.jpg", _save(_noise(rng), "JPEG", exif=absurd)


def _no_pictures(rng: np.random.Generator) -> Iterator[tuple[str, bytes]]:
    yield "empty.jpg", b""
    yield "zeros.png", bytes(5000)
    yield "noise.webp", rng.integers(0, 256, 5000, dtype=np.uint8).tobytes()
    yield "drawing.jpg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
    yield "bomb.jpg", _BOMB
    yield "document.png", b"%PDF-1.7\n" + bytes(99)
    yield "archive.heic", b"PK\x03\x04" + bytes(99)
    yield "png.jpg", _save(_noise(rng), "PNG")
    yield "jpeg.heic", _save(_noise(rng), "JPEG")
    yield "brand-only.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(50)
    yield "icon.ico", b"\0\0\x01\0\x01\0" + rng.integers(0, 256, 99, dtype=np.uint8).tobytes()
    yield "postscript.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(ls) system\n"
