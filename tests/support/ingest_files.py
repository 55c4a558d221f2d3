"""Small real files for the tests of ingest: sound, pictures with EXIF, hostile headers."""

from __future__ import annotations

import struct
import time
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from ingest.importer import Importer
from memory.store import Memory
from tests.support.models_fakes import FixedTextReader, HashEmbedder, ScriptedTranscriber

SENTENCES = (
    "The boiler man comes on Friday at nine and he needs the key of the cellar door.",
    "Bring the blue key.",
)
NOW_US = 1_795_000_000_000_000  # 2026-11-18


def tone(duration_s: float, rate_hz: int = 16_000, n_channels: int = 1, hz: float = 300.0) -> NDArray[np.float64]:
    """A tone of level 0.3, float64 (samples, channels)."""
    wave = 0.3 * np.sin(2 * np.pi * hz * np.arange(int(duration_s * rate_hz)) / rate_hz)
    return np.repeat(wave[:, None], n_channels, axis=1)


def write_wav(
    path: Path, duration_s: float = 1.0, rate_hz: int = 16_000, n_channels: int = 1, hz: float = 300.0
) -> Path:
    soundfile.write(path, tone(duration_s, rate_hz, n_channels, hz), rate_hz, subtype="PCM_16", format="WAV")
    return path


def write_tones(path: Path, *parts: tuple[float, float]) -> Path:
    """A WAV of tones one after the other, each (seconds, Hz)."""
    soundfile.write(path, np.concatenate([tone(seconds, hz=hz) for seconds, hz in parts]), 16_000, subtype="PCM_16")
    return path


def write_picture(
    path: Path, size: tuple[int, int] = (64, 48), *, exif: dict[int, Any] | None = None, **options: Any
) -> Path:
    """A picture whose corners differ: upper left red, upper right green, lower left blue, lower right white."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    half = (size[0] // 2, size[1] // 2)
    draw.rectangle((0, 0, half[0] - 1, half[1] - 1), fill="red")
    draw.rectangle((half[0], 0, size[0], half[1] - 1), fill="lime")
    draw.rectangle((0, half[1], half[0] - 1, size[1]), fill="blue")
    if exif is not None:
        tags = Image.Exif()
        for tag, value in exif.items():
            if tag in (0x8769, 0x8825):
                tags.get_ifd(tag).update(value)
            else:
                tags[tag] = value
        options["exif"] = tags
    image.save(path, **options)
    return path


def write_noise_picture(path: Path, size: tuple[int, int] = (320, 240), **options: Any) -> Path:
    """A picture as a sensor sees it: no two neighbours equal."""
    pixels = np.random.default_rng(5).integers(0, 255, (size[1], size[0], 3), dtype=np.uint8)
    Image.fromarray(pixels).save(path, **options)
    return path


def write_png_bomb(path: Path, side: int = 60_000) -> Path:
    """A PNG whose header claims side x side pixels; the data behind it are a few bytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 1000)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
    return path


def patch(path: Path, offset: int, data: bytes) -> Path:
    """Overwrite bytes of a file."""
    old = path.read_bytes()
    path.write_bytes(old[:offset] + data + old[offset + len(data) :])
    return path


def build_importer(memory: Memory, **parts: Any) -> Importer:
    """An importer with fakes for the models that are not given."""
    parts.setdefault("transcriber", ScriptedTranscriber(SENTENCES))
    parts.setdefault("text_reader", FixedTextReader())
    parts.setdefault("embedder", HashEmbedder())
    parts.setdefault("now_us", lambda: NOW_US)
    parts.setdefault("zone", "Europe/Berlin")
    return Importer(memory, **parts)


def wait_until(condition: Any, *, timeout_s: float = 10.0) -> None:
    """Wait for something that happens in another thread."""
    deadline_s = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline_s, "it did not happen in time"
        time.sleep(0.01)
