"""Joins the page of people, places and applications with the engine: reads entries, changes voices and places.

Role: lives on the GUI thread; the engine is only touched inside lanes. Whatever changes a name tells ``renamed``, for
it stands on other pages too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.ui.card_pictures import read_card_picture
from app.ui.cards_view_model import Card
from app.ui.fetching import read_wave
from app.ui.land import read_land
from app.ui.people_view_model import Detail, PeopleViewModel, Tab, Told
from app.ui.task_runner import Lane, TaskRunner
from app.ui.undo import Step
from app.ui.words import error_words
from ingest.nearest import Nearest
from memory.clues import Clue, ClueKind
from memory.records import Moment, Voice
from recall.results import Found

if TYPE_CHECKING:
    from app.engine import Engine

N_PAGE = 40
_ENTRIES, _NEAREST, _DETAIL, _MORE, _UNLIKE = (
    f"people-{what}" for what in ("entries", "nearest", "detail", "more", "unlike")
)


class PeopleController(QObject):
    """Reads and changes who, where and in what.

    Signals:
        changed: The view model holds something else.
        renamed: A name has changed, or whose words some are.
        undoable: A ``Step``.
        troubled: A ``Trouble``.
        land_read: The outline of the land, for the map.
    """

    changed = Signal()
    renamed = Signal()
    undoable = Signal(object)
    troubled = Signal(object)
    land_read = Signal(object)

    def __init__(
        self, model: PeopleViewModel, runner: TaskRunner, now_us: Callable[[], int], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.model = model
        self._runner, self._now_us = runner, now_us
        self._engine: Engine | None = None
        self._has_land = False

    def set_engine(self, engine: Engine) -> None:
        """The memory is open; it is read when the page comes into sight."""
        self._engine = engine

    # reading -----------------------------------------------------------------------------------------------------
    def load(self) -> None:
        """Read all entries, and the chosen one again."""

        def take(told: Told) -> None:
            before = self.model.chosen
            self.model.take(told)
            now = self.model.chosen
            if before is None or now is None or before.clue != now.clue:
                self._begin_detail()
            else:
                self.changed.emit()
                self._read_detail()

        def fail(error: BaseException) -> None:
            self.model.trouble = error_words(error)
            self.changed.emit()

        self._read(_ENTRIES, read_all, take, fail=fail)

    def guess_own(self) -> None:
        """Find the voice that may be the user's; read apart, for it looks at how loud every utterance is."""

        def take(nearest: Nearest | None) -> None:
            self.model.nearest = nearest
            self.changed.emit()

        self._read(_NEAREST, lambda engine: engine.voices.guess_own(), take)

    def _read(
        self,
        slot: str,
        work: Callable[[Engine], Any],
        take: Callable[[Any], None],
        *,
        fail: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Read something of the memory in a lane, once it is open."""
        engine = self._engine
        if engine is not None:
            self._runner.submit(
                Lane.IO, lambda _c, _r: work(engine), slot=slot, on_result=take, on_error=fail or self._tell
            )

    def show_tab(self, tab: Tab) -> None:
        """Turn to people, places or applications."""
        self.model.tab = tab
        if tab is Tab.PLACES:
            self._read_land()
        self.model.choose_listed()
        self._begin_detail()

    def _read_land(self) -> None:
        """Read the outline of the land, once."""
        if not self._has_land:
            self._has_land = True
            self._runner.submit(Lane.IO, lambda _c, _r: read_land(), on_result=self.land_read.emit, on_error=self._tell)

    def narrow(self, wanted: str) -> None:
        """List only what holds these words."""
        self.model.wanted = wanted.strip()
        if self.model.choose_listed():
            self._begin_detail()
        else:
            self.changed.emit()

    def choose(self, clue: Clue) -> None:
        """Show an entry in full."""
        if self.model.choose(clue):
            self._begin_detail()

    def show_span(self, span: tuple[str, str] | None) -> None:
        """Narrow the moments to some days, or to none."""
        self.model.span = span
        self.model.cards.cards = []
        self._read_detail()

    def _begin_detail(self) -> None:
        """Another entry is shown: what is being read belongs to the one before."""
        self.model.begin_detail()
        for slot in (_DETAIL, _MORE, _UNLIKE):
            self._runner.drop(slot)
        self._read_detail()
        self.changed.emit()

    def _read_detail(self) -> None:
        entry = self.model.chosen
        if entry is None:
            return
        clue, span = entry.clue, self.model.span

        def take(read: tuple[Detail, list[Moment]]) -> None:
            self.model.detail, moments = read
            self.model.cards.replace([Found(moment=m, score=0.0) for m in moments], self._now_us())
            self.changed.emit()

        self._read(_DETAIL, lambda engine: read_detail(engine, clue, span), take)

    # the list of moments: a ``Pager`` ----------------------------------------------------------------------------
    def has_more(self) -> bool:
        """Whether there are older moments than are shown."""
        return self.model.detail.has_more and not self._runner.is_busy(_MORE)

    def want_more(self) -> None:
        """Read some of them."""
        entry, cards = self.model.chosen, self.model.cards.cards
        if entry is None or not cards:
            return
        clue, span = entry.clue, self.model.span
        before = (cards[-1].moment.started_us, cards[-1].id)

        def take(moments: list[Moment]) -> None:
            if self.model.cards.cards and self.model.cards.cards[-1].id == before[1]:
                self.model.cards.add_missing([Found(moment=m, score=0.0) for m in moments], self._now_us())
                self.model.detail.has_more = len(moments) == N_PAGE
                self.changed.emit()

        self._read(
            _MORE,
            lambda engine: engine.memory.clues.list_moments(clue, days=span, before=before, limit=N_PAGE),
            take,
        )

    def fetch_picture(self, card: Card, give: Callable[[Any], None]) -> None:
        """Read the picture of a card."""
        engine = self._engine
        if engine is not None:
            self._runner.submit(
                Lane.IO, lambda _c, _r: read_card_picture(engine, card.moment, card.matched), on_result=give
            )

    def fetch_wave(self, card: Card, give: Callable[[Any], None]) -> None:
        """Read the peaks of a card's sound."""
        engine = self._engine
        if engine is not None:
            self._runner.submit(Lane.IO, lambda _c, _r: read_wave(engine, card.moment), on_result=give)

    # voices ------------------------------------------------------------------------------------------------------
    def name(self, name: str) -> None:
        """Name the chosen voice; an empty name takes the name away."""
        entry = self.model.chosen
        if entry is None or not isinstance(entry.about, Voice):
            return
        voice, was = entry.clue.key, entry.about.name
        words = self.tr("“{was}” is called “{name}” now.") if name else self.tr("“{was}” has no name any more.")
        step = Step(
            words.format(was=entry.title, name=name),
            lambda: self._change(lambda engine: engine.voices.name(voice, was, later=True)),
        )
        self._change(lambda engine: engine.voices.name(voice, name or None, later=True), step=step)

    def join(self, other: str) -> None:
        """The chosen voice is the same person as another, which it takes in."""

        def merge(engine: Engine, voice: str) -> None:
            engine.voices.merge(voice, [other], later=True)

        self._change_voice(merge)

    def undo_join(self) -> None:
        """Take the last merge back."""
        self._change(lambda engine: engine.voices.undo_merge(later=True))

    def forget_voice(self, clue: Clue) -> None:
        """Forget how a voice sounds and what it is called; what was said stays."""
        self._change(lambda engine: engine.voices.forget(clue.key, later=True))

    def begin_parting(self) -> None:
        """Read what to choose among where another person's words stand under the chosen voice."""
        entry = self.model.chosen
        if entry is None or entry.clue.kind is not ClueKind.VOICE:
            return

        def take(moments: list[Moment]) -> None:
            self.model.unlike = moments
            self.changed.emit()

        voice = entry.clue.key
        self._read(_UNLIKE, lambda engine: engine.voices.list_unlike(voice), take)

    def end_parting(self) -> None:
        """Part nothing."""
        self._runner.drop(_UNLIKE)
        self.model.unlike = None
        self.changed.emit()

    def part(self, moments: Sequence[str], to: str | None) -> None:
        """Utterances of the chosen voice are another person's: ``to`` is their voice, None is a new one."""
        chosen = list(moments)
        self.model.unlike = None
        self._change_voice(lambda engine, voice: engine.voices.split(voice, chosen, to=to, later=True))

    def _change_voice(self, do: Callable[[Engine, str], object]) -> None:
        entry = self.model.chosen
        if entry is not None and entry.clue.kind is ClueKind.VOICE:
            voice = entry.clue.key
            self._change(lambda engine: do(engine, voice))

    # places ------------------------------------------------------------------------------------------------------
    def keep_place(self, name: str, at: tuple[float, float], radius_m: float) -> None:
        """Give a name of one's own to a position (degrees) and so many metres around it."""
        self._change(lambda engine: engine.places.add(name, *at, radius_m), then=self._follow_place(name))

    def change_place(self, name: str, radius_m: float) -> None:
        """Call the chosen own place otherwise, or let it reach farther."""
        if self.model.chosen is not None:
            old = self.model.chosen.clue.key
            own, new = self.model.find_own(old), " ".join(name.split())

            def back(engine: Engine) -> None:
                engine.places.rename(new, old, radius_m=None if own is None else own.radius_m)

            step = Step(
                self.tr("The place “{was}” was changed.").format(was=old),
                lambda: self._change(back, then=self._follow_place(old)),
            )
            self._change(
                lambda engine: engine.places.rename(old, name, radius_m=radius_m),
                then=self._follow_place(name),
                step=step,
            )

    def exclude_place(self, is_excluded: bool) -> None:
        """Keep nothing at the chosen own place from now on, or keep it again."""
        if self.model.chosen is not None:
            name = self.model.chosen.clue.key
            self._change(lambda engine: engine.places.exclude(name, is_excluded=is_excluded))

    def remove_place(self) -> None:
        """Take the name of the chosen own place away."""
        if self.model.chosen is not None:
            old = self.model.chosen.clue.key
            own = self.model.find_own(old)

            def back(engine: Engine) -> None:
                if own is not None:
                    engine.places.add(own.name, own.lat, own.lon, own.radius_m)
                    engine.places.exclude(own.name, own.networks, is_excluded=own.is_excluded)

            step = Step(
                self.tr("The place “{was}” was taken away.").format(was=old),
                lambda: self._change(back, then=self._follow_place(old)),
            )
            self._change(lambda engine: engine.places.remove(old), step=None if own is None else step)

    def _follow_place(self, name: str) -> Callable[[], None]:
        """The place that has a name now is the one to show."""
        clue = Clue(ClueKind.PLACE, " ".join(name.split()))

        def follow() -> None:
            self.model.choose(clue, on=Tab.PLACES)

        return follow

    # changing ----------------------------------------------------------------------------------------------------
    def _change(
        self, do: Callable[[Engine], object], *, then: Callable[[], None] = lambda: None, step: Step | None = None
    ) -> None:
        engine = self._engine
        if engine is None:
            return

        def done(_nothing: object) -> None:
            then()
            self.model.nearest = None  # who is known now changes it; it is read again when the page is entered
            self.renamed.emit()
            if step is not None:
                self.undoable.emit(step)

        self._runner.submit(Lane.STORE, lambda _c, _r: do(engine), on_result=done, on_error=self._tell)

    def _tell(self, error: BaseException) -> None:
        self.troubled.emit(error_words(error))
        self.changed.emit()


def read_all(engine: Engine) -> Told:
    """Read all voices, places and applications; called in a lane."""
    voices, clues = engine.voices, engine.memory.clues
    return Told(
        voices=voices.list_voices(),
        merge=voices.find_merge(),
        places=clues.list_places(),
        own=engine.places.list_places(),
        apps=clues.list_apps(),
    )


def read_detail(engine: Engine, clue: Clue, span: tuple[str, str] | None) -> tuple[Detail, list[Moment]]:
    """Read what is shown of one entry, and its newest moments; called in a lane."""
    clues = engine.memory.clues
    moments = clues.list_moments(clue, days=span, limit=N_PAGE)
    detail = Detail(
        days=clues.count_days(clue),
        samples=engine.voices.list_samples(clue.key) if clue.kind is ClueKind.VOICE else (),
        spots=clues.list_spots(clue.key) if clue.kind is ClueKind.PLACE else (),
        has_more=len(moments) == N_PAGE,
        is_read=True,
    )
    return detail, moments
