"""A desktop that a test arranges, and a recorder of screens on it with clocks set by hand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from ingest.screen import Box, Monitor, NoScreen, ScreenRefused, View, Window
from ingest.screen_book import Shot
from ingest.screen_privacy import Exclusions
from ingest.screen_recorder import ScreenRecorder
from memory.records import Gap
from models.protocols import ImageArray
from tests.support.capture_fakes import HandClock

WIDTH, HEIGHT = 320, 192
LEFT = Monitor("L", Box(0, 0, WIDTH, HEIGHT))
RIGHT = Monitor("R", Box(WIDTH, 0, 2 * WIDTH, HEIGHT))
NOTES = Window(id=1, app="notes", title="Shopping", box=LEFT.box, hides=(LEFT.box,), is_active=True)


def draw(seed: int) -> ImageArray:
    """A page of its own on both monitors: uint8 (height, 2 * width, 3)."""
    rows = np.random.default_rng(seed).integers(0, 255, (HEIGHT // 8, 2 * WIDTH // 8, 3), dtype=np.uint8)
    return rows.repeat(8, axis=0).repeat(8, axis=1)


@dataclass
class Desktop:
    """What is on the screen, as a test arranges it; ``between`` happens right after the next picture was taken."""

    windows: tuple[Window, ...] = (NOTES,)
    monitors: tuple[Monitor, ...] = (LEFT,)
    pixels: ImageArray = field(default_factory=lambda: draw(1))
    is_locked: bool = False
    idle_s: float = 0.0
    is_gone: bool = False
    is_refused: bool = False
    n_changes: int = 0
    n_closed: int = 0
    news: bool = True
    n_grabs: int = 0
    after_grab: tuple[Window, ...] | None = None
    tells_paint: bool = False
    _grabbed: ImageArray | None = None

    def has_news(self) -> bool:
        return self.news

    def has_paint(self) -> bool:
        return not self.tells_paint or self._grabbed is None or not np.array_equal(self._grabbed, self.pixels)

    def look(self) -> View:
        if self.is_refused:
            raise ScreenRefused("no more")
        if self.is_gone:
            raise NoScreen("gone")
        self.news = False
        return View(
            monitors=self.monitors,
            windows=self.windows,
            is_locked=self.is_locked,
            idle_s=self.idle_s,
            n_changes=self.n_changes,
        )

    def grab(self) -> ImageArray:
        self.n_grabs += 1
        picture = self._grabbed = self.pixels.copy()
        if self.after_grab is not None:
            self.windows, self.after_grab = self.after_grab, None
        return picture

    def close(self) -> None:
        self.n_closed += 1

    def rename(self, title: str, *, app: str = "notes") -> None:
        """Give the first window another title."""
        self.windows = (replace(self.windows[0], title=title, app=app), *self.windows[1:])
        self.news = True


@dataclass
class Kept:
    """Remembers what it was given to keep."""

    shots: list[Shot] = field(default_factory=list)
    until: dict[str, int] = field(default_factory=dict)

    def keep(self, shot: Shot) -> tuple[str, int]:
        self.shots.append(shot)
        return f"m{len(self.shots)}", shot.pixels.nbytes

    def extend(self, moment: str, until_us: int) -> None:
        self.until[moment] = until_us


class Watched:
    """A recorder on a desktop; ``run`` lets time pass."""

    def __init__(self, desktop: Desktop | None = None, *, exclusions: Exclusions | None = None) -> None:
        self.desktop, self.kept, self.clock = desktop or Desktop(), Kept(), HandClock()
        self.gaps: list[Gap] = []
        self.recorder = ScreenRecorder(
            lambda: self.desktop, self.kept, add_gap=self.gaps.append,
            exclusions=lambda: exclusions or Exclusions(), clock=self.clock,
        )  # fmt: skip
        self.recorder.begin()

    def run(self, seconds: float) -> None:
        """Step five times a second."""
        for _ in range(round(seconds * 5)):
            self.clock.advance(0.2)
            self.recorder.step()

    @property
    def titles(self) -> list[str]:
        """Titles of the active windows of what was kept."""
        return [shot.view.active.title if shot.view.active else "" for shot in self.kept.shots]

    def finish(self) -> list[tuple[str, str]]:
        """Stop; sources and reasons of all gaps."""
        self.recorder.finish()
        return [(gap.source, gap.reason) for gap in self.gaps]
