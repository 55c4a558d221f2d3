"""Joins the timeline with the memory: reads what comes into sight, steps from item to item, fetches small pictures.

Role: lives on the GUI thread; the engine is only touched inside lanes. One read at a time, the most urgent first, so
that a quick zoom through ten levels does not read all ten.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.ui.fetching import read_image
from app.ui.task_runner import Lane as TaskLane
from app.ui.task_runner import TaskRunner
from app.ui.timeline_scale import BUCKETS_US, N_BUCKETS, TileKey, tile_span_us
from app.ui.timeline_view_model import KINDS, Heap, Item, Lane, Phase, TimelineViewModel
from app.ui.words import Trouble, error_words, to_zone
from memory.store import Scope
from memory.timeline import Band, Mark, Tile

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from app.engine import Engine
    from memory.records import Moment
    from models.protocols import CancelToken

_TILES, _EVENTS, _BOUNDS, _STEP, _PICTURES, _OPEN = (
    "timeline-tiles", "timeline-events", "timeline-bounds", "timeline-step", "timeline-pictures", "timeline-open",
)  # fmt: skip
_AT_ONCE = 4  # tiles
_PICTURES_AT_ONCE = 6
_LONG_AGO_US = 2**61


class TimelineController(QObject):
    """What happens behind the timeline.

    Signals:
        changed: There is more to show, or something else.
        chosen: Another item was chosen by a step.
        picture_read: A moment's id and its picture, or None.
        opened: A moment to be shown in full.
        troubled: A ``Trouble``.
    """

    changed = Signal()
    chosen = Signal()
    picture_read = Signal(str, object)
    opened = Signal(object)
    troubled = Signal(object)

    def __init__(
        self, model: TimelineViewModel, runner: TaskRunner, now_us: Callable[[], int], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.model = model
        self.trouble: Trouble | None = None
        self._runner, self._now_us = runner, now_us
        self._engine: Engine | None = None
        self._is_entered = False
        self._pictures: list[Mark] = []
        self._on_the_way: frozenset[str] = frozenset()  # pictures that are being read

    def set_engine(self, engine: Engine) -> None:
        """The memory is open."""
        self._engine = engine
        if self._is_entered:
            self.enter()

    def enter(self) -> None:
        """The page is in sight: read when the memory begins and ends, and then what is in sight."""
        self._is_entered = True
        self.load()
        self._refresh_events()

    def _refresh_events(self) -> None:
        """Have days that changed cut into events; they are read once more then."""
        engine = self._engine
        if engine is None or self._runner.is_busy(_EVENTS):
            return

        def work(cancel: CancelToken, _report: object) -> bool:
            is_due = bool(engine.memory.events.list_stale()) and not engine.memory.events.is_read_only
            if is_due:
                engine.diary.reflect(cancel)
            return is_due

        def take(is_changed: bool) -> None:
            if is_changed:
                self._outdate()
                self.read()

        self._runner.submit(TaskLane.IO, work, slot=_EVENTS, on_result=take)

    def _outdate(self) -> None:
        """What is shown is no longer all there is, nor is what is being read now."""
        self._runner.drop(_TILES)
        self.model.make_stale()

    def refresh(self, *, is_shown: bool) -> None:
        """The memory has changed; what nobody looks at is read when somebody comes."""
        self._outdate()
        if self._is_entered and is_shown:
            self.load()

    def forget(self, ids: frozenset[str]) -> None:
        """Moments were forgotten: show nothing of them from now on."""
        for slot in (_TILES, _STEP, _PICTURES, _OPEN):  # what is on its way was read before
            self._runner.drop(slot)
        self._pictures, self._on_the_way = [mark for mark in self._pictures if mark.id not in ids], frozenset()
        self.model.forget(ids)
        self.changed.emit()
        if self._is_entered:
            self.load()

    def load(self) -> None:
        """Look again at where the memory begins and ends, then read what is in sight."""
        engine = self._engine
        if engine is None:
            return
        self.model.zone = to_zone(engine.zone)

        def take(found: tuple[tuple[int, int] | None, list[Band]]) -> None:
            bounds, journeys = found
            self.trouble = None
            self.model.take_bounds(bounds, self._now_us())
            self.model.take_journeys(journeys)
            self.changed.emit()
            self.read()

        self._runner.submit(
            TaskLane.IO,
            lambda _cancel, _report: (engine.memory.timeline.read_bounds(), _read_journeys(engine)),
            slot=_BOUNDS,
            on_result=take,
            on_error=self._on_error,
        )

    # tiles -------------------------------------------------------------------------------------------------------
    def read(self) -> None:
        """Read what is missing, unless a read is on its way: it goes on with what is missing then."""
        engine, wanted = self._engine, self.model.wanted()[:_AT_ONCE]
        if engine is None or not wanted or self._runner.is_busy(_TILES):
            return

        def take(tiles: list[tuple[TileKey, Tile]]) -> None:
            self.model.take_tiles(tiles)
            self.changed.emit()
            self.read()

        self._runner.submit(
            TaskLane.IO,
            lambda _cancel, _report: [(key, _read_tile(engine, key)) for key in wanted],
            slot=_TILES,
            on_result=take,
            on_error=self._on_error,
        )

    # steps -------------------------------------------------------------------------------------------------------
    def step(self, forward: bool) -> None:
        """Choose the next item of the lane, or the one before; where many are a number, the next number."""
        model, engine = self.model, self._engine
        if engine is None or model.phase is not Phase.READY:
            return
        lane, timeline = model.lane, engine.memory.timeline
        at_us, item = model.anchor_us(lane)
        heap = model.chosen if isinstance(model.chosen, Heap) and model.chosen.lane is lane else None
        if heap is not None:
            at_us = heap.ended_us if forward else heap.started_us
        work: Callable[[], Item | None]
        if lane is Lane.EVENTS:

            def work() -> Item | None:
                return timeline.find_band_beside((at_us, item), forward=forward)
        else:
            place = (at_us - 1, "") if heap is not None and forward else (at_us, item)

            def work() -> Item | None:
                return timeline.find_beside(KINDS[lane], place, forward=forward)

        self._choose(work)

    def step_gap(self, forward: bool) -> None:
        """Choose the next gap, or the one before."""
        engine, model = self._engine, self.model
        if engine is None or model.phase is not Phase.READY:
            return
        timeline = engine.memory.timeline
        middle = round(model.scale.left_us + model.scale.span_us / 2)
        at_us = model.chosen.started_us if model.chosen is not None else middle
        self._choose(lambda: timeline.find_gap_beside(at_us, forward=forward))

    def go_to_edge(self, last: bool) -> None:
        """Choose the first moment of the lane, or the last; of the memory where the lane is of events."""
        engine, model = self._engine, self.model
        if engine is None or model.phase is not Phase.READY:
            return
        timeline, at_us = engine.memory.timeline, _LONG_AGO_US if last else -_LONG_AGO_US
        lane = model.lane
        if lane is Lane.EVENTS:
            self._choose(lambda: timeline.find_band_beside((at_us, ""), forward=not last))
        else:
            self._choose(lambda: timeline.find_beside(KINDS[lane], (at_us, ""), forward=not last))

    def show_moment(self, moment: str, *, span_us: int) -> None:
        """Choose a moment with so much time around it."""
        engine = self._engine
        if engine is None:
            return
        timeline = engine.memory.timeline

        def found(item: Item) -> None:
            self.model.scale = self.model.scale.centred((item.started_us + item.ended_us) / 2, span_us)

        self._choose(lambda: timeline.find_mark(moment), before=found)

    def _choose(self, find: Callable[[], Item | None], *, before: Callable[[Item], None] = lambda _item: None) -> None:
        def take(item: Item | None) -> None:
            if item is None:
                return
            before(item)
            self.model.choose(item)
            if isinstance(item, Mark):
                heap = self.model.heap_at(self.model.lane, item.started_us)
                if heap is not None:
                    self.model.chosen = heap
            self.chosen.emit()
            self.read()

        self._runner.submit(
            TaskLane.IO, lambda _cancel, _report: find(), slot=_STEP, on_result=take, on_error=self._on_error
        )

    # pictures and moments ----------------------------------------------------------------------------------------
    def want_pictures(self, marks: list[Mark]) -> None:
        """Fetch small pictures; those asked for last come first, for they are in sight now."""
        fresh = [mark for mark in marks if mark.id not in self._on_the_way]
        known = {mark.id for mark in fresh}
        self._pictures = (fresh + [mark for mark in self._pictures if mark.id not in known])[:60]
        self._fetch_pictures()

    def _fetch_pictures(self) -> None:
        engine = self._engine
        if engine is None or not self._pictures or self._runner.is_busy(_PICTURES):
            return
        wanted, self._pictures = self._pictures[:_PICTURES_AT_ONCE], self._pictures[_PICTURES_AT_ONCE:]

        self._on_the_way = frozenset(mark.id for mark in wanted)

        def go_on(_error: BaseException | None = None) -> None:
            self._on_the_way = frozenset()
            self._fetch_pictures()

        def take(images: dict[str, QImage | None]) -> None:
            for moment, image in images.items():
                self.picture_read.emit(moment, image)
            go_on()

        self._runner.submit(
            TaskLane.IO,
            lambda _cancel, _report: _read_pictures(engine, [mark.id for mark in wanted]),
            slot=_PICTURES,
            on_result=take,
            on_error=go_on,
        )

    def open(self, moment: str) -> None:
        """Read a moment to show it in full."""
        engine = self._engine
        if engine is None:
            return

        def take(found: dict[str, Moment]) -> None:
            for each in found.values():
                self.opened.emit(each)

        self._runner.submit(
            TaskLane.IO,
            lambda _cancel, _report: engine.memory.find_moments([moment]),
            slot=_OPEN,
            on_result=take,
            on_error=self._on_error,
        )

    def _on_error(self, error: BaseException) -> None:
        self.trouble = error_words(error)
        if self.model.phase is Phase.OPENING:
            self.model.phase = Phase.FAILED
        self.changed.emit()
        self.troubled.emit(self.trouble)


def _read_journeys(engine: Engine) -> list[Band]:
    return [Band(j.id, j.title, j.started_us, j.ended_us, is_journey=True) for j in engine.diary.journeys(Scope())]


def _read_tile(engine: Engine, key: TileKey) -> Tile:
    return engine.memory.timeline.read_tile(tile_span_us(key)[0], BUCKETS_US[key[0]], N_BUCKETS)


def _read_pictures(engine: Engine, ids: list[str]) -> dict[str, Any]:
    found = engine.memory.find_moments(ids)
    images: dict[str, Any] = dict.fromkeys(ids)
    for moment in found.values():
        path = engine.thumbnail(moment)
        images[moment.id] = read_image(path) if path is not None else None
    return images
