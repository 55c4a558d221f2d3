"""Where things lie in the picture of a room: seconds to pixels and back, lanes, ticks.

Role: arithmetic for the painter, the mouse and the tests. No painting.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

GUTTER_PX = 184
LANE_PX = 68  # of a lane at least; where there is room they grow
MOST_LANE_PX = 100
AXIS_PX = 28
_BLOCK_SHARE = 0.47
_TICK_GAP_PX = 84
_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400)
_MOVE_PX = 12  # a voice this far off its lane's middle stands
_MOVE_RAD = math.radians(15.0)  # so far off its middle
_LEAST_PX_PER_S = 3.0  # where a whole recording would be denser than this, it scrolls instead
MOST_PX_PER_S = 200.0


@dataclass(frozen=True, slots=True)
class LanesGeometry:
    """The picture as it is scrolled now.

    Attributes:
        width_px: Of the viewport, the names of the lanes included.
        length_s: Of the recording.
        zoom: 1 shows as much as is legible.
        scroll_px: How far it is scrolled to the right.
        scroll_y_px: And down.
        lane_px: Height of a lane.
    """

    width_px: int
    length_s: float
    zoom: float = 1.0
    scroll_px: int = 0
    scroll_y_px: int = 0
    lane_px: int = LANE_PX

    @property
    def px_per_s(self) -> float:
        """Scale."""
        room_px = max(80, self.width_px - GUTTER_PX - 12)
        fitting = room_px / max(1.0, self.length_s)
        return max(fitting, min(MOST_PX_PER_S, max(fitting, _LEAST_PX_PER_S) * self.zoom))

    @property
    def content_px(self) -> int:
        """Width of the whole recording."""
        return round(self.length_s * self.px_per_s)

    @property
    def block_px(self) -> float:
        """Height of an utterance."""
        return self.lane_px * _BLOCK_SHARE

    def x_of(self, at_s: float) -> float:
        """Pixel of a second."""
        return GUTTER_PX + at_s * self.px_per_s - self.scroll_px

    def second_at(self, x: float) -> float:
        """Second at a pixel, inside the recording."""
        return min(self.length_s, max(0.0, (x - GUTTER_PX + self.scroll_px) / self.px_per_s))

    def lane_top(self, lane: int) -> int:
        """Upper edge of a lane."""
        return lane * self.lane_px - self.scroll_y_px

    def lane_at(self, y: float, n_lanes: int) -> int | None:
        """The lane at a pixel."""
        lane = math.floor((y + self.scroll_y_px) / self.lane_px)
        return lane if 0 <= lane < n_lanes else None

    def visible_s(self) -> tuple[float, float]:
        """First and last second in sight."""
        return self.second_at(GUTTER_PX), self.second_at(self.width_px)

    def block_top(self, lane: int, off_rad: float) -> float:
        """Upper edge of an utterance that came from so far beside the middle of its lane."""
        share = max(-1.0, min(1.0, off_rad / _MOVE_RAD))
        return self.lane_top(lane) + (self.lane_px - self.block_px) / 2 + share * _MOVE_PX

    def step_s(self) -> int:
        """Seconds between the marks of the axis."""
        return next((s for s in _STEPS_S if s * self.px_per_s >= _TICK_GAP_PX), _STEPS_S[-1])

    def ticks(self, first_s: float = 0.0) -> list[float]:
        """Seconds of the marks in sight, at round times of day.

        Args:
            first_s: Second of the day at which the recording begins.
        """
        step = self.step_s()
        since_s, until_s = self.visible_s()
        n = math.ceil((since_s + first_s) / step)
        marks = []
        while n * step - first_s <= until_s:
            marks.append(n * step - first_s)
            n += 1
        return marks
