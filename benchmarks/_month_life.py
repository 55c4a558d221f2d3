"""The clock and the notebook of a generated month: what was captured, what truly belongs together, what can be asked.

Role: records, and one object that advances the time and adds to them. It decides nothing that happens; scenes do.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from memory.records import Kind

OWNER = "Sam"
_METRES_PER_DEGREE = 111_000.0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is: the town's name as the import would find it, degrees, zone."""

    name: str
    lat: float
    lon: float
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One thing that was captured; ``event`` is the true one, None for what belongs to nothing (a glance)."""

    id: str
    kind: Kind
    at: datetime
    seconds: float
    text: str
    event: str | None
    speaker: str | None = None
    session: str | None = None
    spot: Spot | None = None
    app: str | None = None
    window: str | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """A true event."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question: its kind of ten, the ids that hold its answer, and whether these are of several media."""

    id: str
    query: str
    kind: str
    evidence: tuple[str, ...]
    asked_at: datetime
    needs_context: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """A month of one life, in order of time."""

    seed: int
    kept: tuple[Kept, ...]
    happenings: tuple[Happening, ...]
    asked: tuple[Asked, ...]


@dataclass(slots=True)
class Life:
    """Adds what is captured while its clock runs."""

    rng: random.Random
    now: datetime
    home: Spot
    spot: Spot
    kept: list[Kept] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    event: str | None = None
    session: str | None = None
    used: set[object] = field(default_factory=set)  # what happens only once
    is_one_recording: bool = False  # the recorder runs all day, so that a session is no event

    def wait(self, least_s: float, most_s: float) -> None:
        """Let time go by."""
        self.now += timedelta(seconds=self.rng.uniform(least_s, most_s))

    def pause(self) -> None:
        """The time between two events: often none, sometimes an hour."""
        least, most = self.rng.choices(((15, 150), (150, 700), (700, 3600)), weights=(4, 3, 3))[0]
        self.wait(least, most)
        if self.rng.random() < 0.12:
            self.glance_between()

    def glance_between(self) -> None:
        """A look at the telephone that belongs to nothing."""
        from _month_words import GLANCES

        inside, self.event = self.event, None
        app, window, text = self.rng.choice(GLANCES)
        self.screen(app, window, text)
        self.event = inside
        self.wait(10, 200)

    @contextmanager
    def happening(self, title: str, spot: Spot | None = None) -> Iterator[str]:
        """While something happens, what is captured belongs to it."""
        number = f"e{len(self.happenings):03d}"
        self.happenings.append(Happening(number, title))
        before = self.event, self.spot
        self.event, self.spot = number, spot or self.spot
        if not self.is_one_recording or self.session is None:
            self.session = f"rec-{number}"
        yield number
        self.event, self.spot = before

    def somewhere(self, town: Spot, reach_m: float = 2500) -> Spot:
        """A spot in the same town."""
        lat = town.lat + self.rng.uniform(-reach_m, reach_m) / _METRES_PER_DEGREE
        lon = town.lon + self.rng.uniform(-reach_m, reach_m) / _METRES_PER_DEGREE
        return replace(town, lat=lat, lon=lon)

    def say(self, speaker: str, text: str) -> str:
        """An utterance; some voices have no name. Returns its id."""
        seconds = 0.8 + len(text.split()) * self.rng.uniform(0.25, 0.45)
        if self.rng.random() < 0.08:
            speaker = ""
        number = self._add(Kind.UTTERANCE, text, seconds, speaker=speaker or None, session=self.session)
        self.now += timedelta(seconds=seconds + self.rng.expovariate(1 / 3.0))
        return number

    def screen(self, app: str, window: str, text: str) -> str:
        """A screenshot; returns its id."""
        return self._add(Kind.SCREENSHOT, text, 0.0, app=app, window=window)

    def photo(self, text: str, *, has_gps: bool | None = None) -> str:
        """A photo; some telephones do not know where they are. Returns its id."""
        has_gps = self.rng.random() > 0.15 if has_gps is None else has_gps
        return self._add(Kind.PHOTO, text, 0.0, spot=self.somewhere(self.spot, 40) if has_gps else None)

    def note(self, text: str) -> str:
        """A note; returns its id."""
        return self._add(Kind.NOTE, text, 0.0)

    def ask(self, kind: str, query: str, evidence: Sequence[str], *, needs_context: bool = False) -> None:
        """Keep a question for the end."""
        one = Asked(
            id=f"q{len(self.asked):03d}", query=query, kind=kind, evidence=tuple(dict.fromkeys(evidence)),
            asked_at=self.now, needs_context=needs_context,
        )  # fmt: skip
        self.asked.append(one)

    def _add(self, kind: Kind, text: str, seconds: float, **more: object) -> str:
        number = f"{kind}-{len(self.kept):04d}"
        at = self.now.astimezone(ZoneInfo(self.spot.zone)).replace(microsecond=0)
        values = {"id": number, "kind": kind, "at": at, "seconds": seconds, "text": text, "event": self.event, **more}
        self.kept.append(Kept(**values))  # type: ignore[arg-type]
        return number
