"""Small real videos for tests, encoded on the spot: a list of still or moving pictures one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from tests.support.ingest_files import tone

SIZE_PX = (192, 108)
RATE_HZ = 10
Paint = Callable[[float], NDArray[np.uint8]]


def plain(colour: str) -> Paint:
    """One colour with a lighter square, so that there is something to see."""
    return words("", colour)


def words(text: str, ground: str = "white") -> Paint:
    """A slide: dark words on a ground, with a square in a corner."""
    image = Image.new("RGB", SIZE_PX, ground)
    draw = ImageDraw.Draw(image)
    draw.rectangle((4, 4, 24, 24), fill="silver")
    for line, part in enumerate(text.split("\n")):
        draw.text((16, 30 + 18 * line), part, fill="black", font_size=16)
    pixels = np.asarray(image)
    return lambda _at_s: pixels


def walk(seed: int) -> Paint:
    """A camera that is carried past things: everything moves all the time, the colours stay."""
    wide = np.random.default_rng(seed).integers(60, 200, (14, 400, 3), dtype=np.uint8).repeat(8, 0).repeat(8, 1)
    return lambda at_s: wide[: SIZE_PX[1], (first := int(at_s * 60)) : first + SIZE_PX[0]]


def write_video(
    path: Path,
    parts: Sequence[tuple[float, Paint]],
    *,
    hz: float | None = 300.0,
    metadata: dict[str, str] | None = None,
    codec: str = "libx264",
    rotation: int = 0,
    keys_every: int = 250,
) -> Path:
    """Encode pictures, and a tone where ``hz`` is given.

    Args:
        path: Where to; its suffix chooses the container.
        parts: (seconds, what is painted at a time since the part began).
        hz: Pitch of the sound, or None for a silent video.
        metadata: Of the container.
        codec: Of the picture.
        rotation: Degrees by which a player is to turn it.
        keys_every: Frames between those that stand alone, at most.
    """
    options = {"movflags": "use_metadata_tags"} if path.suffix in (".mp4", ".mov") else {}
    with av.open(str(path), "w", options=options) as container:
        container.metadata.update(metadata or {})
        video = container.add_stream(codec, rate=RATE_HZ, options={"preset": "ultrafast", "g": str(keys_every)})
        video.width, video.height = SIZE_PX
        video.pix_fmt = "yuv420p"
        if rotation:
            video.set_display_rotation(rotation)
        sound = None
        if hz is not None:
            sound = container.add_stream("libopus" if path.suffix == ".webm" else "aac", rate=48_000, layout="mono")
        n = 0
        for seconds, paint in parts:
            for step in range(round(seconds * RATE_HZ)):
                frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(paint(step / RATE_HZ)), format="rgb24")
                frame.pts, frame.time_base = n, Fraction(1, RATE_HZ)
                container.mux(video.encode(frame))
                n += 1
        container.mux(video.encode(None))
        if sound is not None:
            wave = tone(n / RATE_HZ, 48_000, hz=hz or 0).T.astype(np.float32)
            for first in range(0, wave.shape[1], 960):
                piece = av.AudioFrame.from_ndarray(np.ascontiguousarray(wave[:, first : first + 960]), "fltp", "mono")
                piece.sample_rate, piece.pts, piece.time_base = 48_000, first, Fraction(1, 48_000)
                container.mux(sound.encode(piece))
            container.mux(sound.encode(None))
    return path
