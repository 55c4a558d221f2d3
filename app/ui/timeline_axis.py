"""Paints the axis of the timeline: ticks, the periods they lie in, and the lines they draw through the lanes."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from app.ui.timeline_dress import Dress
from app.ui.timeline_layout import AXIS_PX, GUTTER_PX, Layout
from app.ui.timeline_scale import LARGER, PERIODS, Step, find_step, floor_to, iter_ticks, to_us
from app.ui.timeline_view_model import LANES, TimelineViewModel
from app.ui.timeline_words import is_long, period_words, tick_words

_TICK_GAP_PX = 76
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def paint_axis(painter: QPainter, model: TimelineViewModel, layout: Layout, dress: Dress) -> None:
    """Paint ticks with their words, and faint lines through all lanes; a stronger one where something larger begins."""
    step = find_step(model.scale, _TICK_GAP_PX)
    larger = Step(LARGER[step.unit] or "year", 1)
    theme = dress.theme
    lanes = [layout.track_rect(lane) for lane in LANES]
    faint: list[QLineF] = []
    strong: list[QLineF] = []
    painter.setFont(dress.small)
    for at in iter_ticks(model.scale, step, model.zone):
        x = GUTTER_PX + model.scale.x_of(to_us(at))
        begins = step.unit != "year" and floor_to(at, larger) == at
        if x >= GUTTER_PX:
            lines = [QLineF(x, lane.top() + 1, x, lane.bottom() - 2) for lane in lanes]
            (strong if begins else faint).extend([QLineF(x, 28, x, AXIS_PX - 2), *lines])
        words = tick_words(at, step)
        width = dress.small_metrics.horizontalAdvance(words) + 12
        if x >= GUTTER_PX - 2 and x + width <= layout.width_px:
            painter.setPen(QColor(theme.text if begins else theme.soft))
            painter.drawText(QRectF(x + 5, 27, width, 20), _LEFT, words)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for lines, colour in ((faint, theme.line), (strong, theme.wave)):
        painter.setPen(QColor(colour))
        painter.drawLines(lines)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if step.unit != "year":
        _paint_periods(painter, model, layout, dress, step)


def _paint_periods(painter: QPainter, model: TimelineViewModel, layout: Layout, dress: Dress, step: Step) -> None:
    """The year, month or day that the ticks lie in; that at the left edge stays there until the next pushes it."""
    painter.save()
    painter.setFont(dress.head)
    painter.setPen(QColor(dress.theme.text))
    painter.setClipRect(QRectF(GUTTER_PX, 0, layout.time_px, AXIS_PX))
    starts = list(iter_ticks(model.scale, Step("month" if is_long(step) else PERIODS[step.unit], 1), model.zone))
    places = [max(float(GUTTER_PX), GUTTER_PX + model.scale.x_of(to_us(at))) for at in starts]
    for i, at in enumerate(starts):
        words = period_words(at, step)
        width = dress.head_metrics.horizontalAdvance(words) + 14
        left = places[i]
        following = places[i + 1] if i + 1 < len(places) else None
        if following is not None and left + width > following:
            if i > 0:
                continue
            left = following - width
        painter.drawText(QRectF(left + 5, 3, width, 22), _LEFT, words)
    painter.restore()
