"""Pictures of the screen into memory: encoded small, kept durably, a moment at once and its words later.

Role: what ``screen_book`` asks for. The job comes before the file, so that a crash in between leaves no picture that
nobody knows of; the moment and the job's next stage share a transaction.
"""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from ingest.screen_book import Shot
from memory import failpoints
from memory.records import Kind, Media, Moment, Source, TimeSource, moment_id
from memory.store import Memory
from models.protocols import ImageArray

HOLDS = "screen"
SUFFIX = ".webp"
NAME = "screen"
# Measured on dense pages of 1920 x 1080: text 74 kB without loss (160 kB with loss at quality 60, and blurred), one
# with a photo 443 kB without and 92 kB with. So what is drawn is kept as it is, and what was photographed is not.
_FLAT = 0.85
_LOSSLESS = {"lossless": True, "method": 4, "quality": 75}
_LOSSY = {"lossless": False, "method": 4, "quality": 60}
_TRAIL_US = 10 * 60 * 1_000_000  # pages further apart do not belong to one thing that was done


class MemoryKeeper:
    """Keeps pictures in a memory.

    Args:
        memory: Where to.
        zone: The user's zone.
        writing: Held by whoever changes a moment of the screen, while it is read and written.
        find: Tells which page stands for one that was folded.
        on_kept: Told the number of each job whose words are still to be read, its moment, and the picture.
    """

    def __init__(
        self,
        memory: Memory,
        *,
        zone: str,
        writing: threading.Lock,
        on_kept: Callable[[int, str, Shot], None] = lambda _job, _moment, _shot: None,
        find: Callable[[str], str] = lambda moment: moment,
    ) -> None:
        self._find = find
        self._memory = memory
        self._zone = zone
        self._on_kept = on_kept
        self._last: dict[str, Moment] = {}
        self._writing = writing

    def keep(self, shot: Shot, *, session: str | None = None, ordinal: int = 0) -> tuple[str, int]:
        """Keep a picture and what is known of it.

        Args:
            shot: The picture.
            session: What it belongs to, and which place it has in there.
            ordinal: That place.

        Raises:
            MemoryFault: the disk is full or the home cannot be used.
        """
        data = encode(shot.pixels)
        sha256 = hashlib.sha256(data).hexdigest()
        identity = moment_id(sha256, f"{shot.at_us}/{shot.monitor.name}")
        payload = {
            "sha256": sha256, "suffix": SUFFIX, "holds": HOLDS, "mime": "image/webp", "name": NAME,
            "file_us": shot.at_us, "at_us": shot.at_us, "array": None, "moment": identity,
            "monitor": shot.monitor.name,
        }  # fmt: skip
        number = self._memory.jobs.add(NAME, stage="read", payload=payload)
        failpoints.hit("screen.job")
        media = self._memory.keep_bytes(data, SUFFIX)
        failpoints.hit("screen.file")
        self._memory.sources.add(
            Source(sha256=sha256, path=NAME, n_bytes=len(data), mime="image/webp", imported_us=shot.at_us)
        )
        moment = replace(self._build(shot, identity, media), session=session, ordinal=ordinal)
        self._memory.write_moments([moment], job_step=(number, "ocr", payload))
        failpoints.hit("screen.kept")
        self._last[shot.monitor.name] = moment
        self._on_kept(number, moment.id, shot)
        return moment.id, len(data)

    def extend(self, moment: str, until_us: int) -> None:
        """Note that a picture was still to be seen at that time; one that was forgotten meanwhile stays forgotten."""
        with self._writing:
            self._memory.change_moments(
                [self._find(moment)], lambda seen: replace(seen, ended_us=max(seen.ended_us, until_us))
            )

    def _build(self, shot: Shot, number: str, media: Media) -> Moment:
        box = shot.monitor.box
        front = shot.view.main_window(box)
        before = self._last.get(shot.monitor.name)
        details: dict[str, object] = {
            "size_px": [shot.pixels.shape[1], shot.pixels.shape[0]],
            "monitor": shot.monitor.name,
        }
        if front is not None:
            seen = front.box.cut(box).move(-box.left, -box.top)
            details["window_px"] = [seen.left, seen.top, seen.right, seen.bottom]
        details |= follow(before, number, shot.at_us)
        if before is not None and "page_before" in details:
            details["page_before"] = self._find(before.id)
        return Moment(
            id=number,
            kind=Kind.SCREENSHOT,
            started_us=shot.at_us,
            ended_us=shot.at_us,
            text="",
            zone=self._zone,
            time_source=TimeSource.RECORDING,
            source=media.sha256,
            media=media,
            app=(front.app or None) if front else None,
            window=(front.title or None) if front else None,
            details=details,
        )


def follow(before: Moment | None, moment: str, at_us: int) -> Mapping[str, object]:
    """What links a page to the one seen before it: the trail both belong to, and which one it was."""
    if before is None or at_us - before.started_us > _TRAIL_US:
        return {"trail": moment}
    return {"trail": before.details.get("trail", before.id), "page_before": before.id}


def encode(pixels: ImageArray) -> bytes:
    """A picture as WebP: without loss where it was drawn, with some where it was photographed.

    Args:
        pixels: uint8 (height, width, 3), RGB.
    """
    from PIL import Image

    packed = io.BytesIO()
    is_flat = measure_flatness(pixels) >= _FLAT
    Image.fromarray(pixels).save(packed, "WEBP", **(_LOSSLESS if is_flat else _LOSSY))
    return packed.getvalue()


def measure_flatness(pixels: ImageArray) -> float:
    """Share of pixels equal to their left neighbour, over every eighth row."""
    rows = pixels[::8, :, 1]
    return float(np.mean(rows[:, 1:] == rows[:, :-1])) if rows.shape[1] > 1 else 1.0
