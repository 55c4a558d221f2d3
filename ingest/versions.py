"""Which pictures are versions of one: edited, of a burst, of a live photo, in two formats.

Role: pure functions from what a file is called and says of itself to the marks by which versions are known;
``memory.versions`` compares them.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray

LIVE_S = 5.0  # a live photo moves for three seconds
_APPLE_EDIT = re.compile(r"^(IMG_)E(\d{4,})$", re.IGNORECASE)
_EDIT = re.compile(r"(?:[-_ ]?(?:edited|edit|bearbeitet|modifié|editado|modificato)|~\d)+$", re.IGNORECASE)
_BURST_TIME = re.compile(r"BURST(\d{14,})", re.IGNORECASE)
_BURST = re.compile(r"[-_.]BURST[-_]?\d*|[-_.](?:COVER|MP)$", re.IGNORECASE)


def mark_of_name(path: str) -> str:
    """The mark that versions in one folder share by their names: IMG_1234.HEIC, IMG_E1234.JPG, IMG_1234-edited.jpg."""
    parts = PurePath(path)
    return _hash("name", str(parts.parent), plain_stem(parts.stem))


def plain_stem(stem: str) -> str:
    """A name without what programs add to it for a version; a number in brackets is another picture's."""
    burst = _BURST_TIME.search(stem)
    if burst:
        return f"burst{burst[1]}"
    apple = _APPLE_EDIT.match(stem)
    plain = f"{apple[1]}{apple[2]}" if apple else stem
    plain = _BURST.sub("", _BURST.sub("", _EDIT.sub("", plain)))
    return (plain or stem).lower()


def mark_of_second(path: str, camera: str, local_time: str | None) -> str | None:
    """The mark of what one camera took in one second; None where no camera or no time is told."""
    if not camera or local_time is None:
        return None
    return _hash("second", str(PurePath(path).parent), camera, local_time[:19])


def fingerprint(pixels: NDArray[np.uint8]) -> str:
    """64 bits (hex) of how brightness steps from left to right in nine by eight parts; alike pictures differ in few.

    Args:
        pixels: uint8 (height, width, 3), RGB.

    Source: N. Krawetz, "Kind of like that" (2013), the difference hash.
    """
    from PIL import Image

    small = np.asarray(Image.fromarray(pixels).convert("L").resize((9, 8), Image.Resampling.BOX), np.int16)
    bits = (small[:, 1:] > small[:, :-1]).ravel()
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):016x}"


def _hash(*parts: str) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode(errors="surrogateescape"), digest_size=8).hexdigest()
