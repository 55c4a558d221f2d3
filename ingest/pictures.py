"""Pictures: opened in a child process, turned upright, told apart into photos and screenshots.

Role: a path in, pixels and what the file says about itself out; thumbnails. It reads no text and writes no moment.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.child import end, read_message, start
from ingest.errors import BadInput
from ingest.exif import ExifFacts
from ingest.xmp import XmpFacts
from memory.records import Kind

WALL_S = 20.0  # backstop; the child's own limit is ten seconds of processor time

_SCREENSHOT_NAME = re.compile(
    r"screen[-_ ]?shot|screen[-_ ]?grab|screen[-_ ]?cap|bildschirmfoto|capture d.?.?.cran|captura de pantalla"
    r"|captura de tela|schermata|schermafbeelding|skärmbild|zrzut ekranu|скриншот|снимок экрана"
    r"|スクリーンショット|截屏|截图|屏幕快照",
    re.IGNORECASE,
)
_SCREENSHOT_SOFTWARE = re.compile(
    r"screenshot|spectacle|flameshot|shutter|scrot|ksnip|snipping|snagit|greenshot|sharex|grim|maim", re.IGNORECASE
)
_ANDROID_APP = re.compile(r"^screenshot_\d{8}-\d{6}(?:_\d+)?_([\w .]{2,60})$", re.IGNORECASE)
_SCREEN_PX = frozenset(
    {
        (1024, 768),
        (1280, 720),
        (1280, 800),
        (1280, 1024),
        (1366, 768),
        (1440, 900),
        (1536, 864),
        (1600, 900),
        (1680, 1050),
        (1920, 1080),
        (1920, 1200),
        (2048, 1536),
        (2160, 1440),
        (2256, 1504),
        (2560, 1080),
        (2560, 1440),
        (2560, 1600),
        (2880, 1800),
        (3024, 1964),
        (3072, 1920),
        (3440, 1440),
        (3456, 2234),
        (3840, 2160),
        (5120, 2880),
        (1334, 750),
        (1792, 828),
        (1920, 886),
        (2208, 1242),
        (2340, 1080),
        (2400, 1080),
        (2436, 1125),
        (2532, 1170),
        (2556, 1179),
        (2622, 1206),
        (2688, 1242),
        (2778, 1284),
        (2796, 1290),
        (2868, 1320),
        (2160, 1080),
        (2220, 1080),
        (2280, 1080),
        (2310, 1080),
        (2960, 1440),
        (3040, 1440),
        (3088, 1440),
        (3120, 1440),
        (3200, 1440),
        (2224, 1668),
        (2388, 1668),
        (2360, 1640),
        (2732, 2048),
        (2048, 1536),
    }
)  # fmt: skip - sizes of common screens of desktops, phones and tablets
_FLAT = 0.5  # share of pixels equal to their neighbour: photos .01 to .3 where lossless, rendered windows .7 and more


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An opened picture.

    Attributes:
        pixels: uint8 (height, width, 3), RGB, upright; smaller than the picture where that is very large.
        width_px, height_px: Size of the upright picture.
        exif: What its EXIF says.
        texts: Texts of the file's own metadata (PNG): "Title", "Application", ...
        flatness: Share of pixels equal to their left neighbour.
        xmp: What its XMP says, the file's own and that of a sidecar; times and places are in ``exif``.
        note: What a person should know ("the file is cut short"), or "".
    """

    pixels: NDArray[np.uint8]
    width_px: int
    height_px: int
    format: str
    exif: ExifFacts
    texts: Mapping[str, str]
    flatness: float
    note: str
    xmp: XmpFacts = field(default_factory=XmpFacts)

    @property
    def scale(self) -> tuple[float, float]:
        """Pixels of the picture per pixel of ``pixels``, across and down."""
        return self.width_px / self.pixels.shape[1], self.height_px / self.pixels.shape[0]


class PictureReader:
    """Opens pictures in one child process that is kept, and started anew when a picture killed it. Thread-safe."""

    def __init__(self, *, wall_s: float = WALL_S) -> None:
        self._wall_s = wall_s
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def read(self, path: Path, *, name: str = "", sidecar: str = "") -> Picture:
        """Open a picture.

        Args:
            path: Where its bytes lie.
            name: What to call it in messages; the path's own name by default.
            sidecar: The text of an XMP file beside it.

        Raises:
            BadInput: it is damaged, hostile, too large, or no picture.
        """
        head, body = self._ask({"path": str(path), "sidecar": sidecar}, name or path.name)
        pixels = np.frombuffer(body, np.uint8).reshape(head["read_height_px"], head["read_width_px"], 3)
        return Picture(
            pixels=pixels,
            width_px=head["width_px"],
            height_px=head["height_px"],
            format=head["format"],
            exif=ExifFacts(**head["exif"]),
            texts=head["texts"],
            flatness=head["flatness"],
            note=head["note"],
            xmp=_to_xmp(head["xmp"]),
        )

    def make_thumbnail(self, source_path: Path, target_path: Path, side_px: int) -> None:
        """Write a small upright JPEG, whole or not at all, mode 0600.

        Args:
            source_path: The picture.
            target_path: Where the JPEG goes; its folder is made.
            side_px: Longest side at most.

        Raises:
            BadInput: the picture cannot be opened.
        """
        _head, body = self._ask({"path": str(source_path), "side_px": side_px}, source_path.name)
        target_path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, partial = tempfile.mkstemp(dir=target_path.parent, prefix=".thumb-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(body)
            os.replace(partial, target_path)
        except OSError:
            Path(partial).unlink(missing_ok=True)
            raise

    def close(self) -> None:
        """End the child process; the next picture starts a new one."""
        with self._lock:
            self._end()

    def _ask(self, request: Mapping[str, Any], name: str) -> tuple[dict[str, Any], bytes]:
        with self._lock:
            child = self._child if self._child and self._child.poll() is None else self._start()
            try:
                head, body = _exchange(child, request, self._wall_s)
            except TimeoutError as error:
                self._end()
                raise BadInput(
                    f"“{name}” took too long to open and was given up.", hint="Save it anew, or leave it out."
                ) from error
            except (BrokenPipeError, EOFError, ValueError) as error:
                self._end()
                raise BadInput(
                    f"“{name}” could not be opened: it broke the reader of pictures.",
                    hint="It may be damaged or hostile; save it anew, or leave it out.",
                ) from error
        if "error" in head:
            raise BadInput(f"“{name}” {head['error']}.", hint="Save it anew from the original, or leave it out.")
        return head, body

    def _start(self) -> subprocess.Popen[bytes]:
        self._end()
        self._child = start("ingest.decode_worker", takes_requests=True)
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            end(child)


def _to_xmp(told: Mapping[str, Any]) -> XmpFacts:
    facts = XmpFacts(**told)
    return replace(facts, keywords=tuple(facts.keywords), people=tuple(facts.people))


def make_thumbnail(source_path: Path, target_path: Path, side_px: int) -> None:
    """Write one thumbnail with a child process of its own; see ``PictureReader.make_thumbnail``."""
    reader = PictureReader()
    try:
        reader.make_thumbnail(source_path, target_path, side_px)
    finally:
        reader.close()


def _exchange(
    child: subprocess.Popen[bytes], request: Mapping[str, Any], limit_s: float
) -> tuple[dict[str, Any], bytes]:
    assert child.stdin is not None
    child.stdin.write(json.dumps(request).encode() + b"\n")
    child.stdin.flush()
    return read_message(child, limit_s)


def classify(picture: Picture, name: str) -> Kind:
    """Tell a screenshot from a photo by what the file says about itself, then by how its pixels look."""
    exif = picture.exif
    if _SCREENSHOT_NAME.search(name) or exif.comment.lower() == "screenshot":
        return Kind.SCREENSHOT
    if _SCREENSHOT_SOFTWARE.search(exif.software) or _SCREENSHOT_SOFTWARE.search(picture.texts.get("Software", "")):
        return Kind.SCREENSHOT
    if exif.has_exposure or exif.camera:
        return Kind.PHOTO
    size = (max(picture.width_px, picture.height_px), min(picture.width_px, picture.height_px))
    if size in _SCREEN_PX:
        return Kind.SCREENSHOT
    lossless = picture.format in ("PNG", "WEBP", "BMP", "GIF")
    return Kind.SCREENSHOT if lossless and picture.flatness >= _FLAT else Kind.PHOTO


def is_drawn(picture: Picture, name: str) -> bool:
    """Whether a computer drew the picture as it is: a screenshot whose pixels no lossy coding has touched."""
    return classify(picture, name) is Kind.SCREENSHOT and picture.flatness >= _FLAT and max(picture.scale) == 1.0


def find_app_and_window(picture: Picture, name: str) -> tuple[str | None, str | None]:
    """The program and window that a screenshot's own metadata or an Android name tells; None where it does not."""
    app = picture.texts.get("Application") or picture.texts.get("App")
    android = _ANDROID_APP.match(Path(name).stem)
    if app is None and android:
        app = android[1].replace("_", " ")
    return app, picture.texts.get("Window") or picture.texts.get("Title")
