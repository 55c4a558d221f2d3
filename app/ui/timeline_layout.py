"""Where the lanes of the timeline lie: for the painter, the mouse and screen readers alike."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from app.ui.timeline_view_model import LANES, Lane

GUTTER_PX = 148
AXIS_PX = 52
GAP_PX = 8
_EVENTS_PX = 46
_SHARES = {Lane.VOICES: 36, Lane.SCREENS: 26, Lane.PICTURES: 24, Lane.NOTES: 14}
_RIGHT_PX = 8


@dataclass(frozen=True, slots=True)
class Layout:
    """The picture at one size."""

    width_px: int
    height_px: int

    @property
    def time_px(self) -> int:
        """Width of what shows time."""
        return max(40, self.width_px - GUTTER_PX - _RIGHT_PX)

    def lane_rect(self, lane: Lane) -> QRectF:
        """A lane with its name."""
        rest = max(0.0, self.height_px - AXIS_PX - _EVENTS_PX - (len(LANES)) * GAP_PX)
        top = float(AXIS_PX)
        for each in LANES:
            height = _EVENTS_PX if each is Lane.EVENTS else rest * _SHARES[each] / 100
            if each is lane:
                return QRectF(0, top, self.width_px, max(8.0, height))
            top += height + GAP_PX
        raise AssertionError(lane)

    def track_rect(self, lane: Lane) -> QRectF:
        """A lane without its name."""
        rect = self.lane_rect(lane)
        return QRectF(GUTTER_PX, rect.top(), self.time_px, rect.height())

    def lanes_rect(self) -> QRectF:
        """All lanes without their names."""
        return self.track_rect(LANES[0]).united(self.track_rect(LANES[-1]))

    def lane_at(self, y: float) -> Lane | None:
        """The lane at a height."""
        return next((lane for lane in LANES if self.lane_rect(lane).contains(1, y)), None)
