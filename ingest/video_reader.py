"""Videos: what they say of themselves, and their scenes out of a child process.

Role: a path in, facts and scenes with key frames out, one after the other, in bounded memory however long the video is.
It hears nothing and writes no moment.
"""

from __future__ import annotations

import math
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.child import end, read_message, start
from ingest.containers import open_container
from ingest.errors import BadInput
from ingest.video_worker import find_stream

QUIET_S = 90.0  # without a sign of life for so long, a child is given up; its own limit is 60 s of processor time
# ISO 6709, annex H: degrees, or degrees and minutes, or degrees, minutes and seconds, the last with a fraction.
_POINT = re.compile(r"([+-])(\d{2}|\d{4}|\d{6})(\.\d+)?([+-])(\d{3}|\d{5}|\d{7})(\.\d+)?(?!\d)")
_BROKE = (
    "could not be opened: it broke the reader of videos",
    "It may be damaged or hostile; save it anew, or leave it out.",
)
_POINT_KEYS = ("com.apple.quicktime.location.ISO6709", "location", "location-eng", "LOCATION")


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoFacts:
    """What a video says about itself; None or "" where it says nothing.

    Attributes:
        length_s: As its header claims.
        has_sound: There is a sound track with a decoder.
        created: Creation time as the container tells it, ISO 8601, UTC by its standard.
        local_time: The same with its offset, as phones write it beside.
        lat, lon: Degrees (WGS 84).
    """

    length_s: float
    has_sound: bool
    created: str = ""
    local_time: str = ""
    lat: float | None = None
    lon: float | None = None
    camera: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A stretch of a video in which the picture stays much the same, and the frame that stands for it.

    Attributes:
        start_s, end_s: Seconds from the start of the file.
        key_s: When the key frame is shown.
        size_px: Width and height of the key frame, upright.
        jpeg: The key frame.
    """

    start_s: float
    end_s: float
    key_s: float
    size_px: tuple[int, int]
    jpeg: bytes


def read_facts(path: Path) -> VideoFacts | None:
    """What a file says of its moving picture; None where it has none (sound alone, with or without a cover)."""
    import av

    try:
        with open_container(path) as container:
            stream = find_stream(container)
            if stream is None:
                return None
            told = dict(container.metadata)
            length_s = container.duration / 1e6 if container.duration and container.duration > 0 else 0.0
            lat, lon = _find_point(told)
            return VideoFacts(
                length_s=length_s if math.isfinite(length_s) else 0.0,
                has_sound=any(track.codec_context is not None for track in container.streams.audio),
                created=told.get("creation_time") or stream.metadata.get("creation_time", ""),
                local_time=_apple(told, "creationdate"),
                lat=lat,
                lon=lon,
                camera=" ".join(
                    word for word in (_apple(told, "make"), _apple(told, "model")) if word and word.isprintable()
                )[:200],
            )
    except (av.error.FFmpegError, ValueError, OverflowError, MemoryError):
        return None


def _apple(told: dict[str, str], key: str) -> str:
    return told.get(f"com.apple.quicktime.{key}", "").strip()


def _find_point(told: dict[str, str]) -> tuple[float | None, float | None]:
    return next(
        (point for key in _POINT_KEYS if (point := parse_point(told.get(key, "")))[0] is not None), (None, None)
    )


def parse_point(text: str) -> tuple[float | None, float | None]:
    """Read latitude and longitude as ISO 6709 writes them ("+48.8584+002.2945+035/"); None where they are none."""
    found = _POINT.match(text)
    if not found:
        return None, None
    lat, lon = (_degrees(*found.group(at, at + 1, at + 2)) for at in (1, 4))
    if abs(lat) > 90 or abs(lon) > 180 or (lat == 0 and lon == 0):
        return None, None  # 0, 0 is what devices write that have no fix
    return lat, lon


def _degrees(sign: str, digits: str, fraction: str | None) -> float:
    n_whole = 2 + len(digits) % 2  # two digits of degrees of latitude, three of longitude
    parts = [digits[:n_whole], *(digits[at : at + 2] for at in range(n_whole, len(digits), 2))]
    parts[-1] += fraction or ""
    degrees = sum(float(part) / 60.0**power for power, part in enumerate(parts))
    return -degrees if sign == "-" else degrees


class SceneReading:
    """One pass through the picture of a video; iterating gives its scenes.

    Attributes:
        at_s: How far it is.
        notes: What a person should know; filled at the end.
    """

    def __init__(self, path: Path, *, name: str, start_s: float = 0.0, n_before: int = 0) -> None:
        self.at_s = start_s
        self.notes: list[str] = []
        self._path = path
        self._name = name
        self._start_s = start_s
        self._n_before = n_before

    def __iter__(self) -> Iterator[Scene]:
        """Read scene by scene.

        Raises:
            BadInput: no picture can be read.
        """
        child = start("ingest.video_worker", str(self._path), repr(self._start_s), str(self._n_before))
        n_found, broken = self._n_before, ("", "")
        try:
            for head, body in _messages(child):
                if "error" in head:
                    broken = head["error"], "Play it elsewhere to see whether it is whole."
                    break
                if "scene" in head:
                    n_found += 1
                    yield _to_scene(head["scene"], body)
                self.at_s = float(head.get("at_s", head.get("end_s", self.at_s)))
                self.notes += head.get("notes", ())
        except (TimeoutError, EOFError, ValueError):
            broken = _BROKE
        finally:
            end(child)
        why, hint = broken
        if why and not n_found:
            raise BadInput(f"“{self._name}” {why}.", hint=hint)
        if why:
            self.notes.append(f"the picture could be read up to second {self.at_s:.0f} only")


def _to_scene(told: dict[str, Any], jpeg: bytes) -> Scene:
    width, height = told["size_px"]
    return Scene(start_s=told["start_s"], end_s=told["end_s"], key_s=told["key_s"], size_px=(width, height), jpeg=jpeg)


def _messages(child: subprocess.Popen[bytes]) -> Iterator[tuple[dict[str, Any], bytes]]:
    """What a child says, up to and with the message that ends it."""
    while True:
        head, body = read_message(child, QUIET_S)
        yield head, body
        if "end_s" in head or "error" in head:
            return
