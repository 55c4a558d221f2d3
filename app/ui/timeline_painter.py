"""Paints the timeline: lanes, bars, voices, pictures, events, gaps.

Role: pixels only, and what of them stands for which item (``hits``). It reads the view model and changes nothing. Only
what is in sight is painted; words are cut once and kept.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen, QPixmap

from app.ui.theme import Theme, paint_icon
from app.ui.timeline_axis import paint_axis
from app.ui.timeline_dress import Dress
from app.ui.timeline_layout import GUTTER_PX, Layout
from app.ui.timeline_view_model import LANES, Heap, Item, Lane, LaneContent, TimelineViewModel, row_key
from app.ui.timeline_words import head_words, lane_words, row_words
from memory.timeline import Band, Mark

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_TEXT_FROM_PX = 40
_JOURNEY_PX = 15
_MARK_PX = 4.0
_HATCH_FROM_PX = 8
_ROUND_FROM_PX = 14
_PICTURE_FROM_PX = 36  # a lane this high shows pictures
_ICONS = {
    Lane.EVENTS: "event",
    Lane.VOICES: "voice",
    Lane.SCREENS: "screenshot",
    Lane.PICTURES: "photo",
    Lane.NOTES: "note",
}
_HEAD_PX = 34  # of the name of the lane of voices, over the names of its rows
_ROWS_FROM_PX = 96

FindPicture = Callable[[Mark, int, int], QImage | None]


def lane_colour(theme: Theme, lane: Lane) -> str:
    """The colour of a lane."""
    return {
        Lane.EVENTS: theme.accent,
        Lane.VOICES: theme.accent,
        Lane.SCREENS: theme.voices[0],
        Lane.PICTURES: theme.voices[1],
        Lane.NOTES: theme.voices[3],
    }[lane]


def row_colours(theme: Theme, content: LaneContent) -> dict[str, str]:
    """The colour of each row: that of its name, or the next one where another row has it."""
    found: dict[str, str] = {}
    free = list(theme.voices)
    for row in content.rows:
        if not row.key:
            continue
        place = zlib.crc32(row.key.encode()) % len(theme.voices)
        order = (*theme.voices[place:], *theme.voices[:place])
        found[row.key] = next(colour for colour in order if colour in free)
        free.remove(found[row.key])
    return found


class TimelinePainter:
    """Paints one frame.

    Args:
        painter: On the widget.
        model: What is shown.
        layout: Where.
        dress: How.
        find_picture: Gives the picture of a moment, cut to a size, once it has been read.
        has_focus: Whether keys go here.
    """

    def __init__(
        self,
        painter: QPainter,
        model: TimelineViewModel,
        layout: Layout,
        dress: Dress,
        *,
        find_picture: FindPicture,
        has_focus: bool,
    ) -> None:
        self._painter, self._model, self._layout, self._dress = painter, model, layout, dress
        self._theme = dress.theme
        self._find_picture = find_picture
        self._has_focus = has_focus
        self.hits: list[tuple[QRectF, Item]] = []

    def paint(self) -> None:
        """Paint everything."""
        painter = self._painter
        painter.drawPixmap(0, 0, self._ground())
        paint_axis(painter, self._model, self._layout, self._dress)
        self._paint_span()
        painter.save()
        painter.setClipRect(self._layout.lanes_rect())
        for lane in LANES:
            content = self._model.content(lane)
            self._paint_gaps(lane, content)
            self._paint_heaps(lane, content)
            if lane is Lane.EVENTS:
                self._paint_bands(content)
            elif lane is Lane.VOICES:
                self._paint_voices(content)
            elif lane is Lane.NOTES:
                self._paint_notes(content)
            else:
                self._paint_film(lane, content)
        self._paint_now()
        self._paint_chosen()
        painter.restore()
        self._paint_rows()

    def _x(self, at_us: float) -> float:
        return GUTTER_PX + self._model.scale.x_of(at_us)

    # ground and axis ---------------------------------------------------------------------------------------------
    def _ground(self) -> QPixmap:
        """Lanes with their names, painted once for a size: large round corners are the dearest of all."""
        layout, device = self._layout, self._painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        here = self._model.lane if self._has_focus else None
        key = (layout.width_px, layout.height_px, ratio, here)
        if self._dress.ground is None or self._dress.ground[0] != key:
            pixmap = QPixmap(round(layout.width_px * ratio), round(layout.height_px * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(QColor(self._theme.ground))
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for lane in LANES:
                self._paint_ground(painter, lane, is_here=lane is here)
            painter.end()
            self._dress.ground = (key, pixmap)
        return self._dress.ground[1]

    def _paint_ground(self, painter: QPainter, lane: Lane, *, is_here: bool) -> None:
        theme, rect = self._theme, self._layout.lane_rect(lane)
        painter.setPen(QPen(QColor(theme.accent if is_here else theme.line), 1.0))
        painter.setBrush(QColor(theme.card))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        painter.setFont(self._dress.head)
        painter.setPen(QColor(theme.text))
        left, top = rect.left() + 14, rect.top() + ((rect.height() - 20) / 2 if rect.height() < 60 else 12)
        paint_icon(painter, _ICONS[lane], lane_colour(theme, lane), left, top, 18)
        left += 26
        painter.drawText(QRectF(left, top - 1, GUTTER_PX - left, 20), _LEFT, lane_words(lane))

    def _paint_now(self) -> None:
        x = self._x(self._model.now_us)
        if GUTTER_PX <= x <= self._layout.width_px:
            self._painter.setPen(QPen(QColor(self._theme.accent), 1.5))
            rect = self._layout.lanes_rect()
            self._painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))

    def _paint_span(self) -> None:
        if self._model.span is None:
            return
        left, right = (self._x(at) for at in self._model.span)
        ground = QColor(self._theme.accent)
        ground.setAlphaF(0.12)
        rect = self._layout.lanes_rect()
        shown = QRectF(left, 26, right - left, rect.bottom() - 26)
        self._painter.fillRect(shown.intersected(rect.adjusted(0, -26, 0, 0)), ground)

    # lanes -------------------------------------------------------------------------------------------------------
    def _paint_gaps(self, lane: Lane, content: LaneContent) -> None:
        """Stretches that were not recorded; hatched where they are wide enough for it."""
        track = self._layout.track_rect(lane).adjusted(0, 1, 0, -1)
        thin, free = [], float("-inf")
        for gap in content.gaps:
            left, right = self._x(gap.started_us), self._x(gap.ended_us)
            rect = QRectF(left, track.top(), max(3.0, right - left), track.height()).intersected(track)
            if rect.isEmpty():
                continue
            self.hits.append((rect, gap))
            if rect.width() >= _HATCH_FROM_PX:
                self._painter.fillRect(rect, QColor(self._theme.raised))
                self._painter.fillRect(rect, QBrush(QColor(self._theme.wave), Qt.BrushStyle.BDiagPattern))
            elif left >= free:
                thin.append(rect.toRect())
                free = left + 3
        self._fill(thin, self._dress.mixed(self._theme.wave, 0.45))

    def _fill(self, rects: list[QRect], colour: QColor) -> None:
        """Whole pixels of an opaque colour: what a raster engine does fastest."""
        painter = self._painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRects(rects)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_heaps(self, lane: Lane, content: LaneContent) -> None:
        """Numbers as bars: their height grows with the square root, so that few are still seen beside many."""
        if not content.heaps:
            return
        track = self._layout.track_rect(lane).adjusted(0, 8, 0, -6)
        scale, bottom, most = self._model.scale, round(track.bottom()), content.most
        per_us, left_us, right_us, height_px = scale.px_per_us, scale.left_us, scale.right_us, track.height()
        first = bisect_left(content.heaps, left_us, key=lambda heap: heap.ended_us)
        bars = []
        for heap in content.heaps[first:]:
            if heap.started_us > right_us:
                break
            left = round(GUTTER_PX + (heap.started_us - left_us) * per_us)
            right = round(GUTTER_PX + (heap.ended_us - left_us) * per_us)
            height = int(3 + (height_px - 3) * (heap.n / most) ** 0.5)
            bars.append(QRect(left, bottom - height, right - left - 1, height))
        self._fill(bars, self._dress.mixed(lane_colour(self._theme, lane), 0.55))

    def _paint_bands(self, content: LaneContent) -> None:
        """Events, the longest first; a title is told where no longer event stands."""
        track = self._layout.track_rect(Lane.EVENTS).adjusted(0, 6, 0, -6)
        if content.journeys:
            self._paint_journeys(content.journeys, QRectF(track.left(), track.top() - 3, track.width(), _JOURNEY_PX))
            track.setTop(track.top() + _JOURNEY_PX - 1)
        painter, theme = self._painter, self._theme
        shown: list[tuple[QRectF, Band]] = []
        for band in content.bands:
            left, right = self._x(band.started_us), self._x(band.ended_us)
            rect = QRectF(left, track.top(), max(_MARK_PX, right - left - 1), track.height())
            if rect.right() >= GUTTER_PX and rect.left() <= self._layout.width_px:
                shown.append((rect, band))
        self.hits.extend(shown)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tint))
        for rect, _band in shown:
            if rect.width() > _ROUND_FROM_PX:
                painter.drawRoundedRect(rect, 6, 6)
        edges = [QRect(round(r.left()), round(r.top()), 2, round(r.height())) for r, _band in shown]
        self._fill(edges, self._dress.mixed(theme.accent, 0.75))
        self._paint_titles(shown)

    def _paint_journeys(self, journeys: Iterable[Band], track: QRectF) -> None:
        """Days away from home, over the events in their time; the title where there is room."""
        painter, dress = self._painter, self._dress
        painter.setFont(dress.small)
        for band in journeys:
            left, right = self._x(band.started_us), self._x(band.ended_us)
            rect = QRectF(left, track.top(), max(3.0, right - left - 1), track.height()).intersected(track)
            if rect.isEmpty():
                continue
            self.hits.append((rect, band))
            colour = lane_colour(self._theme, Lane.PICTURES)
            self._fill([rect.toRect()], dress.mixed(colour, 0.3))
            room_px = rect.width() - 12
            if room_px >= _TEXT_FROM_PX:
                painter.setPen(QColor(self._theme.text))
                painter.drawText(rect.adjusted(6, 0, -6, 0), _LEFT, dress.cut(band.title, room_px))

    def _paint_titles(self, shown: list[tuple[QRectF, Band]]) -> None:
        """Titles from event to event, those of long events first."""
        painter, dress = self._painter, self._dress
        painter.setFont(dress.bold)
        painter.setPen(QColor(self._theme.text))
        taken: list[tuple[float, float]] = []
        starts = sorted(rect.left() for rect, _band in shown)
        for rect, band in sorted(shown, key=lambda each: -each[0].width()):
            left = max(rect.left(), float(GUTTER_PX)) + 9
            place = bisect_right(starts, max(rect.left(), float(GUTTER_PX)))
            limit = (starts[place] if place < len(starts) else float(self._layout.width_px)) - 4
            right = max(rect.right(), limit) - 4
            if right - left < _TEXT_FROM_PX or any(left < b and right > a for a, b in taken):
                continue
            words = dress.cut(band.title, right - left, bold=True)
            taken.append((left, left + dress.bold_metrics.horizontalAdvance(words) + 6))
            painter.drawText(QRectF(left, rect.top(), right - left + 4, rect.height()), _LEFT, words)

    def row_rect(self, index: int, n_rows: int) -> QRectF:
        """A row of the lane of voices."""
        track = self._layout.track_rect(Lane.VOICES)
        track.adjust(0, _HEAD_PX if n_rows > 1 and track.height() > _ROWS_FROM_PX else 6, 0, -6)
        height = track.height() / max(1, n_rows)
        return QRectF(track.left(), track.top() + index * height, track.width(), height)

    def _paint_voices(self, content: LaneContent) -> None:
        painter, theme, dress = self._painter, self._theme, self._dress
        n_rows = max(1, len(content.rows))
        height = min(34.0, self.row_rect(0, n_rows).height() - 3)
        places = {row.key: i for i, row in enumerate(content.rows) if not row.is_rest}
        colours = row_colours(theme, content)
        groups: dict[str, list[QRectF]] = {}
        worded: list[tuple[QRectF, Mark]] = []
        for mark in self._in_sight(content.marks):
            key = row_key(mark)
            row = self.row_rect(places.get(key, n_rows - 1), n_rows)
            left, right = self._x(mark.started_us), self._x(mark.ended_us)
            rect = QRectF(left, row.center().y() - height / 2, max(3.0, right - left - 1), height)
            groups.setdefault(key, []).append(rect)
            self.hits.append((rect, mark))
            if rect.right() - max(rect.left(), GUTTER_PX) >= _TEXT_FROM_PX:
                worded.append((rect, mark))
        for key, rects in groups.items():
            colour = colours.get(key, theme.soft)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(dress.mixed(colour, 0.2))
            for rect in rects:
                if rect.width() > _ROUND_FROM_PX:
                    painter.drawRoundedRect(rect, 4, 4)
            narrow = [rect.toRect() for rect in rects if 6 < rect.width() <= _ROUND_FROM_PX]
            self._fill(narrow, dress.mixed(colour, 0.2))
            self._fill([QRect(round(r.left()), round(r.top()), 3, round(r.height())) for r in rects], QColor(colour))
        painter.setFont(dress.small)
        painter.setPen(QColor(theme.text))
        for rect, mark in worded:
            left = max(rect.left(), float(GUTTER_PX)) + 8
            words = dress.cut(mark.words, rect.right() - left - 2)
            painter.drawText(QRectF(left, rect.top(), rect.right() - left, rect.height()), _LEFT, words)

    def _paint_rows(self) -> None:
        """Names of who speaks, below the name of the lane or in its place."""
        content = self._model.content(Lane.VOICES)
        painter, theme, dress = self._painter, self._theme, self._dress
        colours = row_colours(theme, content)
        painter.setFont(dress.small)
        top = self._layout.lane_rect(Lane.VOICES).top() + 34
        for i, row in enumerate(content.rows):
            rect = self.row_rect(i, len(content.rows))
            y = rect.center().y()
            if y < top + 6 or rect.height() < 13:
                continue
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.get(row.key, theme.soft)))
            painter.drawEllipse(QPointF(22, y), 3.5, 3.5)
            painter.setPen(QColor(theme.soft))
            room_px = GUTTER_PX - 40
            painter.drawText(QRectF(32, y - 10, room_px + 4, 20), _LEFT, dress.cut(row_words(row), room_px))

    def _paint_notes(self, content: LaneContent) -> None:
        track = self._layout.track_rect(Lane.NOTES).adjusted(0, 6, 0, -6)
        painter, theme, dress = self._painter, self._theme, self._dress
        height = min(30.0, track.height())
        marks = list(self._in_sight(content.marks))
        rects = [self._pill(mark, track, height) for mark in marks]
        bars = [QRect(round(rect.left()), round(rect.top()) + 2, 3, round(rect.height()) - 4) for rect in rects]
        self._fill(bars, QColor(lane_colour(theme, Lane.NOTES)))
        painter.setFont(dress.small)
        painter.setPen(QColor(theme.text))
        free = float("-inf")
        for i, (mark, rect) in enumerate(zip(marks, rects, strict=True)):
            following = rects[i + 1].left() if i + 1 < len(rects) else float(self._layout.width_px)
            left, room_px = rect.left() + 8, min(following, rect.left() + 260) - rect.left() - 12
            if room_px >= _TEXT_FROM_PX and left >= free:
                words = dress.cut(mark.words, room_px)
                painter.drawText(QRectF(left, rect.top(), room_px + 4, rect.height()), _LEFT, words)
                rect = QRectF(rect.left(), rect.top(), room_px + 8, rect.height())
                free = rect.right()
            self.hits.append((rect, mark))

    def _pill(self, mark: Mark, track: QRectF, height: float) -> QRectF:
        return QRectF(self._x(mark.started_us), track.center().y() - height / 2, _MARK_PX, height)

    def _paint_film(self, lane: Lane, content: LaneContent) -> None:
        """Pictures as a strip: each where it was taken, as far as there is room; below, all as ticks."""
        track = self._layout.track_rect(lane).adjusted(0, 6, 0, -5)
        height = track.height() - 9
        width = round(height * (1.6 if lane is Lane.SCREENS else 1.25))
        ticks, free = [], float("-inf")
        right_edge = self._layout.width_px
        for mark in content.marks:
            left, right = self._x(mark.started_us), self._x(mark.ended_us)
            tick = QRectF(left, track.bottom() - 5, max(3.0, right - left - 1), 4)
            if tick.right() >= GUTTER_PX and left <= right_edge:
                ticks.append(tick.toRect())
                if right - left > 8:
                    self.hits.append((QRectF(left, track.top(), right - left, track.height()), mark))
                else:
                    self.hits.append((tick.adjusted(-1, -3, 1, 3), mark))
            held = max(left, min(float(GUTTER_PX) + 2, right - width))  # a long page keeps its picture in sight
            if held >= free and height >= _PICTURE_FROM_PX:
                free = held + width + 5
                if held + width >= GUTTER_PX and held <= right_edge:
                    self._paint_picture(QRectF(held, track.top(), width, height), mark)
        self._fill(ticks, QColor(lane_colour(self._theme, lane)))

    def _paint_picture(self, rect: QRectF, mark: Mark) -> None:
        painter, theme = self._painter, self._theme
        image = self._find_picture(mark, round(rect.width()), round(rect.height())) if mark.has_picture else None
        if image is not None:
            painter.drawImage(rect.topLeft(), image)
        else:
            path = QPainterPath()
            path.addRoundedRect(rect, 6, 6)
            painter.fillPath(path, QColor(theme.raised))
            painter.setFont(self._dress.small)
            painter.setPen(QColor(theme.soft))
            inner = rect.adjusted(8, 4, -8, -4)
            words = self._dress.cut(head_words(mark), inner.width())
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, words)
        if mark.versions:
            self._paint_number(rect, 1 + len(mark.versions))
        self.hits.append((rect, mark))

    def _paint_number(self, picture: QRectF, n: int) -> None:
        """How many versions a picture stands for, in its corner; the preview says it in words."""
        painter, theme = self._painter, self._theme
        painter.setFont(self._dress.small)
        words = f"×{n}"
        width = painter.fontMetrics().horizontalAdvance(words) + 10
        plate = QRectF(picture.right() - width - 3, picture.top() + 3, width, 17)
        path = QPainterPath()
        path.addRoundedRect(plate, 5, 5)
        painter.fillPath(path, QColor(theme.card))
        painter.setPen(QColor(theme.text))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)

    def _in_sight(self, marks: Iterable[Mark]) -> Iterable[Mark]:
        left, right = self._model.scale.left_us, self._model.scale.right_us
        return (mark for mark in marks if mark.started_us < right and mark.ended_us >= left)

    # what is chosen ----------------------------------------------------------------------------------------------
    def _paint_chosen(self) -> None:
        painter, theme, model = self._painter, self._theme, self._model
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for item, colour, width in ((model.hovered, theme.wave, 1.5), (model.chosen, theme.accent, 2.0)):
            rect = self.find_rect(item) if item is not None else None
            if rect is not None:
                painter.setPen(QPen(QColor(colour), width))
                painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), 6, 6)

    def find_rect(self, item: Item) -> QRectF | None:
        """Where an item was painted: its largest part."""
        if isinstance(item, Heap):
            track = self._layout.track_rect(item.lane)
            left, right = self._x(item.started_us), self._x(item.ended_us)
            return QRectF(left, track.top() + 2, max(3.0, right - left), track.height() - 4)
        rects = [rect for rect, each in self.hits if _is_same(each, item)]
        return max(rects, key=lambda rect: rect.width() * rect.height()) if rects else None


def _is_same(one: Item, other: Item) -> bool:
    if isinstance(one, Mark | Band) and isinstance(other, Mark | Band):
        return one.id == other.id and type(one) is type(other)
    return one == other
