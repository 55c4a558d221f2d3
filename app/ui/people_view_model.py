"""What the page of people, places and applications shows: entries, which one is chosen, its days and its moments.

Role: prepares what the widgets show. A plain class: no widgets, no engine, no clock of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.ui.cards_view_model import CardsViewModel
from app.ui.map_sight import MapPoint
from app.ui.people_words import place_words, voice_words
from app.ui.words import Trouble, flat
from ingest.nearest import Nearest
from ingest.own_places import OwnPlace
from memory.clues import AppSum, Clue, ClueKind, PlaceSum, Spot
from memory.records import Merge, Moment, Voice
from memory.scope import DayCount


class Tab(StrEnum):
    """The three lists of the page."""

    PEOPLE = "people"
    PLACES = "places"
    APPS = "apps"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row: a voice, a place or an application.

    Attributes:
        title: What it is called; of a voice without a name its number.
        n_moments: How many moments it has.
        seconds: How long it was heard or on the screen; 0 where that means nothing.
        last_us: When last; None where never.
        about: The record that it was made of.
    """

    clue: Clue
    title: str
    n_moments: int
    seconds: float
    last_us: int | None
    about: Voice | PlaceSum | AppSum


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All entries, as read in one go."""

    voices: Sequence[Voice]
    merge: Merge | None
    places: Sequence[PlaceSum]
    own: Sequence[OwnPlace]
    apps: Sequence[AppSum]


@dataclass(slots=True)
class Detail:
    """What is known of the chosen entry; the lists are empty until they were read.

    Attributes:
        days: How many moments on each local date, oldest first.
        samples: Utterances to know a voice by.
        spots: Where in a place moments were taken.
        has_more: Whether there are older moments than those in ``cards``.
    """

    days: Sequence[DayCount] = ()
    samples: Sequence[Moment] = ()
    spots: Sequence[Spot] = ()
    has_more: bool = False
    is_read: bool = False


@dataclass(slots=True)
class _List:
    entries: list[Entry] = field(default_factory=list)
    chosen: Clue | None = None


class PeopleViewModel:
    """State of the page."""

    def __init__(self) -> None:
        self.tab = Tab.PEOPLE
        self.is_read = False
        self.trouble: Trouble | None = None
        self.wanted = ""  # what a title must hold to be listed
        self.nearest: Nearest | None = None
        self.merge: Merge | None = None
        self.own: tuple[OwnPlace, ...] = ()
        self.detail = Detail()
        self.span: tuple[str, str] | None = None  # first and last local date that the moments are narrowed to
        self.unlike: Sequence[Moment] | None = None  # to part from a voice, the least alike first, while one does that
        self.cards = CardsViewModel()
        self._lists = {tab: _List() for tab in Tab}

    # entries -----------------------------------------------------------------------------------------------------
    def take(self, told: Told) -> None:
        """Show other entries; what was chosen stays chosen while it is there."""
        self.is_read, self.trouble = True, None
        self.merge, self.own = told.merge, tuple(told.own)
        self._lists[Tab.PEOPLE].entries = [_of_voice(voice) for voice in told.voices]
        self._lists[Tab.PLACES].entries = [*_of_places(told.places, told.own)]
        self._lists[Tab.APPS].entries = [_of_app(app) for app in told.apps]
        for each in self._lists.values():
            if self._find(each, each.chosen) is None:
                each.chosen = each.entries[0].clue if each.entries else None

    @property
    def entries(self) -> list[Entry]:
        """Those of the tab on show, narrowed to what is typed."""
        wanted = self.wanted.casefold()
        return [entry for entry in self._lists[self.tab].entries if wanted in entry.title.casefold()]

    @property
    def n_entries(self) -> int:
        """How many the tab has in all."""
        return len(self._lists[self.tab].entries)

    @property
    def voices(self) -> list[Entry]:
        """All voices."""
        return self._lists[Tab.PEOPLE].entries

    @property
    def chosen(self) -> Entry | None:
        """The entry that is shown in full."""
        here = self._lists[self.tab]
        return self._find(here, here.chosen)

    def choose(self, clue: Clue, *, on: Tab | None = None) -> bool:
        """Choose an entry of a tab, by default of the one on show; says whether it is another one than before."""
        here = self._lists[on or self.tab]
        was, here.chosen = here.chosen, clue
        return was != clue

    def choose_listed(self) -> bool:
        """Choose the first entry that is listed where the chosen one is not; says whether another is chosen."""
        listed = self.entries
        if not listed or any(self.chosen is entry for entry in listed):
            return False
        return self.choose(listed[0].clue)

    @property
    def points(self) -> list[MapPoint]:
        """The places that are listed and lie somewhere, for the map."""
        own = {place.name for place in self.own}
        return [
            MapPoint(place.name, place.lat, place.lon, place.n_moments, place.name in own)
            for entry in self.entries
            if isinstance(place := entry.about, PlaceSum) and place.lat is not None and place.lon is not None
        ]

    def find_own(self, name: str) -> OwnPlace | None:
        """The user's own place of that name."""
        return next((place for place in self.own if place.name == name), None)

    @staticmethod
    def _find(here: _List, clue: Clue | None) -> Entry | None:
        return next((entry for entry in here.entries if entry.clue == clue), None)

    # the chosen one ----------------------------------------------------------------------------------------------
    def begin_detail(self) -> None:
        """Another entry is shown; nothing of it is read yet."""
        self.detail, self.span, self.unlike = Detail(), None, None
        self.cards.cards = []

    def forget(self, ids: frozenset[str]) -> None:
        """Show nothing of moments that were forgotten."""
        self.cards.remove(ids)
        self.detail.samples = [moment for moment in self.detail.samples if moment.id not in ids]
        if self.unlike is not None:
            self.unlike = [moment for moment in self.unlike if moment.id not in ids]

    def find_moment(self, moment: str) -> Moment | None:
        """A moment that is on show."""
        row = self.cards.find(moment)
        shown = [] if row is None else [self.cards.cards[row].moment]
        shown += [*self.detail.samples, *(self.unlike or ())]
        return next((each for each in shown if each.id == moment), None)


def _of_voice(voice: Voice) -> Entry:
    return Entry(
        clue=Clue(ClueKind.VOICE, voice.id),
        title=voice_words(voice.id, voice.name),
        n_moments=voice.n_moments,
        seconds=voice.seconds,
        last_us=voice.last_us,
        about=voice,
    )


def _of_places(places: Sequence[PlaceSum], own: Sequence[OwnPlace]) -> list[Entry]:
    """Places with moments, then own places that have none yet."""
    known = {place.name for place in places}
    empty = [
        PlaceSum(name=place.name, n_moments=0, first_us=0, last_us=0, lat=place.lat, lon=place.lon)
        for place in own
        if place.name not in known
    ]
    return [
        Entry(
            clue=Clue(ClueKind.PLACE, place.name),
            title=place_words(place.name),
            n_moments=place.n_moments,
            seconds=0.0,
            last_us=place.last_us if place.n_moments else None,
            about=place,
        )
        for place in [*places, *empty]
    ]


def _of_app(app: AppSum) -> Entry:
    return Entry(
        clue=Clue(ClueKind.APP, app.name),
        title=flat(app.name),
        n_moments=app.n_moments,
        seconds=app.seconds,
        last_us=app.last_us,
        about=app,
    )
