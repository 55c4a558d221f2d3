"""One picture of the screen through the desktop portal, for Wayland, where programs may not look at other windows.

Role: asks org.freedesktop.portal.Screenshot and hands on what the user chose to give. It knows no windows, so that
nothing can be excluded in it: it serves "remember this", where a person looks at the picture first, and no recording.
Source: XDG Desktop Portal, interface Screenshot (version 2).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlparse

from ingest.errors import BadInput
from ingest.pictures import PictureReader
from ingest.portal_bus import CHOICE_S, NoPortal, NotOffered, PortalBus
from ingest.screen import Box, Monitor, NoScreen, View
from models.protocols import ImageArray

MONITOR = "portal"
_HINT = "Without a portal: let the system save screenshots into a folder and watch it: madeleine capture --watch DIR"


class PortalScreen:
    """A picture that was taken when this was made; every look at it is the same.

    Args:
        choice_s: How long the user may take to choose.
        is_cancelled: Asked while the user chooses; the program does not wait any more when it says yes.
        is_locked: Whether the session is locked.
        on_close: Called when it is closed.

    Raises:
        NoScreen: there is no portal, or the user gave no picture.
    """

    def __init__(
        self,
        *,
        choice_s: float = CHOICE_S,
        is_cancelled: Callable[[], bool] = lambda: False,
        is_locked: Callable[[], bool] = lambda: False,
        on_close: Callable[[], None] = lambda: None,
    ) -> None:
        self._is_locked = is_locked
        self._on_close = on_close
        self._pixels = _read(_take(choice_s, is_cancelled))

    def has_news(self) -> bool:
        """It never changes."""
        return False

    def has_paint(self) -> bool:
        """It never changes."""
        return False

    def look(self) -> View:
        """One monitor of the picture's size, and no windows, for nobody tells them."""
        height, width = self._pixels.shape[:2]
        monitor = Monitor(MONITOR, Box(0, 0, width, height))
        return View(monitors=(monitor,), windows=(), is_locked=self._is_locked())

    def grab(self) -> ImageArray:
        """The picture, uint8 (height, width, 3), RGB."""
        return self._pixels

    def close(self) -> None:
        """Let go."""
        self._on_close()


def _read(path: Path) -> ImageArray:
    reader = PictureReader()
    try:
        pixels: ImageArray = reader.read(path).pixels
        return pixels
    except (BadInput, OSError) as error:
        raise NoScreen("The picture that the desktop gave cannot be opened.", hint=_HINT) from error
    finally:
        reader.close()


def _take(choice_s: float, is_cancelled: Callable[[], bool]) -> Path:
    """Ask the portal; returns where the picture lies. That file is the desktop's and stays where it is."""
    try:
        bus = PortalBus("Screenshot")
    except NoPortal as error:
        raise NoScreen("The desktop cannot be asked for a picture of the screen.", hint=_HINT) from error
    with contextlib.closing(bus):
        try:
            code, results = bus.request(
                "Screenshot", "sa{sv}", ("",), {"interactive": ("b", True)},
                choice_s=choice_s, is_cancelled=is_cancelled,
            )  # fmt: skip
        except NotOffered as error:
            raise NoScreen("This desktop gives no pictures of the screen to programs.", hint=_HINT) from error
        except TimeoutError as error:
            raise NoScreen("Nobody chose a picture of the screen in time.", hint="Try again.") from error
        except OSError as error:
            raise NoScreen("The desktop stopped answering.", hint="Try again.") from error
    if code != 0:
        raise NoScreen("No picture of the screen was given.", hint="Choose “Share” or “Take” when the desktop asks.")
    address = urlparse(str(results.get("uri", ("s", ""))[1]))
    if address.scheme != "file":
        raise NoScreen("The desktop gave no file with the picture.", hint=_HINT)
    return Path(unquote(address.path))
