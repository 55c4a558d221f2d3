"""The child process that opens pictures, so that a hostile one can hurt nobody but itself.

Role: one request a line on standard input (JSON), one answer on standard output (JSON line, then raw bytes). It has a
ceiling on memory for its life and on processor time for each picture; ``ingest.pictures`` starts it again when it died.
Run as ``python -m ingest.decode_worker``.
"""

from __future__ import annotations

import io
import json
import math
import sys
import warnings
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ingest.canon_raw import is_canon_raw, read_canon_raw
from ingest.child import tell
from ingest.exif import ExifFacts, read_exif
from ingest.raw_preview import find_preview, read_outer_exif
from ingest.xmp import MAX_BYTES, XmpFacts, correct, merge, parse_xmp

try:
    import resource
except ImportError:  # Windows has no limits of this kind; the parent's clock is what is left there
    resource = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from PIL.Image import Image

MEMORY_BYTES = 1_400 * 2**20
CPU_S = 10
MAX_PIXELS = 200_000_000  # the largest phone cameras; 60,000 x 60,000 is 3,600,000,000
READ_PIXELS = 25_000_000  # what the text reader is given at most; more detail than any reader uses
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "HEIF", "AVIF", "MPO", "JPEG2000")
_TEXT_KEYS = ("Title", "Window", "Application", "App", "Software", "Comment", "Description")
# What Pillow raises on damaged files: its own errors are OSError or ValueError; parsers leak the rest.
_DAMAGED = (
    ArithmeticError, AttributeError, EOFError, LookupError, MemoryError, OSError, RuntimeError, SyntaxError, TypeError,
    ValueError,
)  # fmt: skip


class Refused(Exception):
    """This picture is not opened; the message is for a person."""


def main() -> None:
    """Answer requests until standard input ends."""
    limit_memory()
    warnings.simplefilter("ignore")  # damaged metadata makes Pillow talk; the answer says what matters
    _register_formats()
    for line in sys.stdin.buffer:
        limit_processor(CPU_S)
        tell(*answer(json.loads(line)))


def answer(request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Open one picture.

    Args:
        request: ``path``; ``side_px`` for a thumbnail (JPEG bytes), absent for the pixels (RGB bytes); ``sidecar``, the
            text of an XMP file beside it.

    Returns:
        The head (``error``, or ``width_px``, ``height_px``, ``format``, ``exif``, ``note``, ...) and the bytes.
    """
    try:
        with Path(request["path"]).open("rb") as file:
            return _thumbnail(file, int(request["side_px"])) if "side_px" in request else _pixels(file, request)
    except Refused as refusal:
        return {"error": str(refusal)}, b""
    except MemoryError:
        return {"error": "needs more memory than one picture may take"}, b""
    except _DAMAGED as error:
        return {"error": "is damaged: no picture could be read from it", "cause": type(error).__name__}, b""


def _pixels(file: BinaryIO, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    file, image, told = _open_any(file)
    embedded, beside = _read_xmp(image), parse_xmp(str(request.get("sidecar", "")))
    facts = correct(told, embedded, beside)
    head: dict[str, Any] = {
        "format": image.format,
        "exif": asdict(facts),
        "xmp": asdict(merge(embedded, beside)),
        "texts": _texts(image),
        "has_alpha": image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info,
        "n_frames": _n_frames(image),
    }
    image, note = _decode(file, image)
    upright = _upright(image, facts.orientation)
    head |= {"width_px": upright.width, "height_px": upright.height, "note": note}
    shrink = math.sqrt(READ_PIXELS / (upright.width * upright.height))
    if shrink < 1:
        upright = upright.resize((max(1, int(upright.width * shrink)), max(1, int(upright.height * shrink))))
    rgb = _to_rgb(upright)
    head |= {"read_width_px": rgb.width, "read_height_px": rgb.height, "flatness": _flatness(rgb)}
    return head, rgb.tobytes()


def _thumbnail(file: BinaryIO, side_px: int) -> tuple[dict[str, Any], bytes]:
    file, image, told = _open_any(file)
    orientation = told.orientation
    if image.format == "JPEG":
        image.draft("RGB", (side_px * 2, side_px * 2))
    image, note = _decode(file, image)
    image.thumbnail((side_px, side_px))
    rgb = _to_rgb(_upright(image, orientation))
    packed = io.BytesIO()
    rgb.save(packed, "JPEG", quality=82)
    return {"width_px": rgb.width, "height_px": rgb.height, "note": note}, packed.getvalue()


def _open_any(file: BinaryIO) -> tuple[BinaryIO, Image, ExifFacts]:
    """A picture, or the one inside a raw file, with what the file says of itself."""
    if is_canon_raw(file):
        jpeg, facts = read_canon_raw(file)
        if jpeg is None:
            raise Refused("holds no picture that can be shown")
        inner = io.BytesIO(jpeg)
        return inner, _open(inner), facts
    preview = find_preview(file)
    if preview is None:
        image = _open(file)
        return file, image, read_exif(image)
    inner = io.BytesIO(preview)
    return inner, _open(inner), read_outer_exif(file)


def _open(file: BinaryIO) -> Image:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # the limit below says more than Pillow's
    try:
        image = Image.open(file)
    except _DAMAGED as error:
        raise Refused("is damaged: no picture could be read from it") from error
    if image.format not in _FORMATS:
        raise Refused(f"is a kind of picture that is not taken ({image.format})")
    if image.width < 1 or image.height < 1 or image.width * image.height > MAX_PIXELS:
        raise Refused(
            f"says it is {image.width:,} x {image.height:,} pixels, more than the {MAX_PIXELS // 1_000_000} million"
            " that are opened"
        )
    return image


def _decode(file: BinaryIO, image: Image) -> tuple[Image, str]:
    """Decode the first frame; of a cut file, what is there."""
    from PIL import Image, ImageFile

    try:
        image.load()
    except MemoryError:
        raise
    except _DAMAGED:
        file.seek(0)
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        try:
            image = Image.open(file)
            image.load()
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
        if all(low == high for low, high in _extrema(image)):
            raise Refused("is damaged: no part of the picture could be read") from None
        return image, "the file is cut short: only a part of the picture could be read"
    return image, ""


def _extrema(image: Image) -> tuple[tuple[float, float], ...]:
    found = image.getextrema()
    return found if isinstance(found[0], tuple) else (found,)


def _upright(image: Image, orientation: int) -> Image:
    """Turn the pixels as the orientation tag says (Exif 2.32, 4.6.4 A); HEIF decoders have done so already."""
    from PIL import Image

    turns = Image.Transpose
    turn = {
        2: turns.FLIP_LEFT_RIGHT, 3: turns.ROTATE_180, 4: turns.FLIP_TOP_BOTTOM, 5: turns.TRANSPOSE,
        6: turns.ROTATE_270, 7: turns.TRANSVERSE, 8: turns.ROTATE_90,
    }.get(orientation)  # fmt: skip
    return image if turn is None or image.format in ("HEIF", "AVIF") else image.transpose(turn)


def _to_rgb(image: Image) -> Image:
    from PIL import Image

    if image.mode in ("I", "F", "I;16", "I;16B", "I;16L", "I;16N"):
        image = _to_eight_bits(image)
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image)
        image = ground
    return image if image.mode == "RGB" else image.convert("RGB")


def _to_eight_bits(image: Image) -> Image:
    low, high = _extrema(image)[0]
    if image.mode.startswith("I;16") or (image.mode == "I" and 255 < high <= 65535 and low >= 0):
        low, high = 0, 65535
    scale = 255.0 / (high - low) if high > low else 0.0
    return image.convert("F").point(lambda value: value * scale - low * scale).convert("L")


def _flatness(rgb: Image) -> float:
    """Share of pixels equal to their left neighbour: high on screens, low on what a sensor saw."""
    from PIL import Image, ImageChops

    if rgb.width < 2:
        return 0.0
    middle = rgb.crop((0, 0, rgb.width, rgb.height))
    if middle.height > 400:  # forty strips of ten lines tell as much as the whole
        middle = Image.new("RGB", (rgb.width, 400))
        for strip in range(40):
            top = strip * (rgb.height - 10) // 39
            middle.paste(rgb.crop((0, top, rgb.width, top + 10)), (0, strip * 10))
    left = middle.crop((0, 0, middle.width - 1, middle.height))
    right = middle.crop((1, 0, middle.width, middle.height))
    counts = ImageChops.difference(left, right).convert("L").histogram()
    return counts[0] / max(1, sum(counts))


def _texts(image: Image) -> dict[str, str]:
    return {
        key: value[:200]
        for key in _TEXT_KEYS
        if isinstance(value := image.info.get(key), str) and value.isprintable() and value.strip()
    }


def _read_xmp(image: Image) -> XmpFacts:
    """The packet in a file: JPEG, WebP, AVIF and HEIF have it as "xmp", PNG under its keyword, TIFF as tag 700."""
    packets = [image.info.get("xmp"), image.info.get("XML:com.adobe.xmp")]
    if image.format == "TIFF":
        try:
            packets.append(image.getexif().get(700))
        except _DAMAGED:
            return XmpFacts()
    for packet in packets:
        if isinstance(packet, (bytes, str)) and 0 < len(packet) <= MAX_BYTES:
            return parse_xmp(packet)
    return XmpFacts()


def _n_frames(image: Image) -> int:
    try:
        return int(getattr(image, "n_frames", 1))
    except _DAMAGED:
        return 1


def _register_formats() -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()


def limit_memory() -> None:
    """Put a ceiling on the memory of this process for its life."""
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_processor(cpu_s: int) -> None:
    """Grant the next piece of work its processor time; the kernel ends a process that goes beyond it."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + cpu_s
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main()
