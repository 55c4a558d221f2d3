"""A small real engine for the window: a believable memory of a few days, scripted answers, files on disk.

``FakeEngine`` has the verbs of ``app.engine.Engine`` that the window uses. It keeps its moments
in a list, finds by words, answers from a script, and can be told to fail or to wait.
"""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from app.failed import FailedFile
from app.findings import Finding
from app.incognito import Incognito
from app.models_desk import ModelDesk
from app.pause import Pause
from app.place_guard import PlaceGuard
from app.quiet import Quiet
from app.settings import Settings, change_setting
from app.storage import Saving, StorageReport
from app.ui.player import NoSoundDevice
from ingest.records import ImportFailure, ImportProgress, ImportReport
from memory.home import Home
from memory.records import Changes, Kind, Media, Moment, Place, TimeSource
from memory.storage import Storage, Stored, StoredKind
from memory.toll import Toll
from models.weights import WeightsFolder, load_catalogue
from recall.results import (
    Answer,
    AnswerGrew,
    AskEvent,
    Citation,
    EvidenceReady,
    Found,
    Interpreted,
    Quote,
    Reason,
    SearchResult,
    Took,
)
from reflect.event_words import Worded
from tests.support.ui_fake_feedback import FakeFeedback, FakeJudging

if TYPE_CHECKING:
    from memory.store import Scope
    from models.protocols import CancelToken
    from recall.follow_up import Turn

ZONE = "Europe/Berlin"
_STOP = frozenset(
    "a an and are at did do for from how i in is it of on or say said that "
    "the to was we were what when where who with".split()
)


def at_us(text: str, zone: str = ZONE) -> int:
    """Microseconds of a local time such as "2026-11-19 10:24:00"."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()) * 1_000_000


NOW_US = at_us("2026-11-20 18:30:00")


def now_us() -> int:
    """The fixed clock of the fake memory."""
    return NOW_US


def say(n: int, at: str, speaker: str | None, text: str, offset_s: float, seconds: float, session: str) -> Moment:
    """An utterance in a recording."""
    start = at_us(at)
    return Moment(
        id=f"u{n}", kind=Kind.UTTERANCE, started_us=start, ended_us=start + int(seconds * 1e6), text=text, zone=ZONE,
        time_source=TimeSource.RECORDING, speaker=speaker, session=session, ordinal=n,
        media=Media("a" * 64, ".wav", offset_s, seconds),
    )  # fmt: skip


def day_of_moments() -> list[Moment]:
    """What the fake memory holds, oldest first."""
    shot, photo = Kind.SCREENSHOT, Kind.PHOTO
    return [
        Moment(id="p1", kind=photo, started_us=at_us("2026-11-14 11:05:00", "Europe/Lisbon"),
               ended_us=at_us("2026-11-14 11:05:00", "Europe/Lisbon"), text="Miradouro da Graça", zone="Europe/Lisbon",
               time_source=TimeSource.EXIF, place=Place("Lisbon, Portugal", 38.72, -9.13), media=Media("p1", ".png")),
        Moment(id="p2", kind=photo, started_us=at_us("2026-11-15 19:40:00"), ended_us=at_us("2026-11-15 19:40:00"),
               text="TRATTORIA DA MARIO\n2 Pasta 19.00\n1 Acqua 3.50\nTOTAL 22.50 EUR", zone=ZONE,
               time_source=TimeSource.EXIF_NO_OFFSET, place=Place("Berlin"), media=Media("p2", ".png")),
        Moment(id="s1", kind=shot, started_us=at_us("2026-11-18 09:12:00"), ended_us=at_us("2026-11-18 09:12:00"),
               text="Booking confirmed\nICE 703 Berlin Hbf to Hamburg Hbf\nThursday 26 November, 08:34, platform 7\n"
               "Coach 12, seat 64. Total paid 39.90 EUR", zone=ZONE, app="Firefox", window="Your booking – Bahn",
               time_source=TimeSource.NAME, media=Media("s1", ".png")),
        say(1, "2026-11-19 10:24:00", "Anna", "The dentist called. They can only take you on Thursday at half past "
            "two, not in the morning.", 12.0, 6.4, "k"),
        say(2, "2026-11-19 10:24:07", "Tom", "Half past two is fine, I can leave the office earlier that day.",
            18.8, 4.2, "k"),
        say(3, "2026-11-19 10:24:12", "Anna", "Good. And please bring the insurance card, they asked for it twice.",
            23.2, 4.8, "k"),
        say(4, "2026-11-19 10:24:18", "Tom", "It is in the blue folder. I will put it next to the keys tonight so that "
            "I do not forget it again, because last time I had to go back home and the dentist had to wait for almost "
            "twenty minutes, which was rather embarrassing for everybody who was there.", 28.4, 13.1, "k"),
        Moment(id="s2", kind=shot, started_us=at_us("2026-11-20 08:50:00"), ended_us=at_us("2026-11-20 08:50:00"),
               text="Thursday 26 November\n08:34 Train to Hamburg\n14:30 Dentist", zone=ZONE, app="Calendar",
               window="Week 48", time_source=TimeSource.FILE, media=Media("s2", ".png"),
               details=_boxes("Thursday 26 November\n08:34 Train to Hamburg\n14:30 Dentist")),
        Moment(id="n1", kind=Kind.NOTE, started_us=at_us("2026-11-20 12:15:00"), ended_us=at_us("2026-11-20 12:15:00"),
               text="Ask the dentist to move the appointment: the train to Hamburg leaves on the same Thursday.",
               zone=ZONE),
    ]  # fmt: skip


def _boxes(text: str) -> dict[str, Any]:
    """OCR lines as the importer keeps them, where ``_page`` draws them."""
    lines = [
        {"text": line, "box": [[64, y], [64 + 19 * len(line), y], [64 + 19 * len(line), y + 44], [64, y + 44]]}
        for line, y in zip(text.split("\n"), (140, *range(244, 800, 66)), strict=False)
    ]
    return {"size_px": [1280, 800], "lines": lines}


class FakeMemory:
    """Moments in a list, media in a folder."""

    def __init__(self, folder: Path, moments: list[Moment]) -> None:
        self.feedback = FakeFeedback()
        self.folder = folder
        self.home = Home(folder)
        self.moments = moments
        self.events = FakeEvents()

    def media_path(self, media: Media) -> Path:
        return self.folder / f"{media.sha256[:8]}{media.suffix}"

    def count_moments(self, scope: Scope | None = None) -> int:
        return len(self.moments)

    def find_moments(self, ids: Iterable[str]) -> dict[str, Moment]:
        wanted = set(ids)
        return {each.id: each for each in self.moments if each.id in wanted}

    def read_toll(self, moment: str) -> Toll:
        return Toll()

    def find_session(self, session: str) -> None:
        return None

    def list_sessions(self, *, directed: bool = False, limit: int = 200) -> list[Any]:
        return []

    def iter_moments(
        self, scope: Scope | None = None, *, newest_first: bool = False, limit: int | None = None
    ) -> Iterator[Moment]:
        told = [each for each in self.moments if scope is None or _is_inside(each, scope)]
        yield from sorted(told, key=lambda each: each.started_us, reverse=newest_first)[:limit]

    def find_neighbours(self, moment: str, n_before: int, n_after: int) -> list[Moment]:
        here = next(each for each in self.moments if each.id == moment)
        if here.session is None:
            return [here]
        return [each for each in self.moments if each.session == here.session]


def _is_inside(moment: Moment, scope: Scope) -> bool:
    is_late = scope.since_us is None or moment.started_us >= scope.since_us
    is_early = scope.until_us is None or moment.started_us < scope.until_us
    return is_late and is_early and (scope.kinds is None or moment.kind in scope.kinds)


class FakeEvents:
    """No day was cut."""

    def find_of(self, moments: Iterable[str]) -> dict[str, str]:
        return {}

    def find_events(self, ids: Iterable[str]) -> dict[str, Any]:
        return {}


@dataclass
class Script:
    """How the engine behaves: what it answers, where it waits, what it refuses."""

    answers: dict[str, Answer] = field(default_factory=dict)
    ask_error: Exception | None = None
    search_error: Exception | None = None
    hold_answer: threading.Event | None = None  # the answer waits for it after its first words
    hold_search: dict[str, threading.Event] = field(default_factory=dict)
    hold_import: threading.Event | None = None
    failures: tuple[ImportFailure, ...] = ()
    grow_s: float = 0.0
    left_over: tuple[Path, ...] = ()


def _limits(since_us: int | None, until_us: int | None, ignore: Collection[str]) -> str:
    """What a call was limited to, as ``FakeEngine.calls`` notes it."""
    span = "" if since_us is None or until_us is None else f" [{(until_us - since_us) // 3_600_000_000} h]"
    return "".join(f" -{key}" for key in sorted(ignore)) + span


class FakeFailed:
    """Nothing ever failed."""

    def list_failed(self) -> list[FailedFile]:
        return []

    def count_waiting(self) -> int:
        return 0


def storage_report(*, n_bytes: int = 8_400_000_000) -> StorageReport:
    """What a memory of some months takes, half of it pictures of the screen."""
    shares = {StoredKind.SCREENS: 0.5, StoredKind.DIRECTIONS: 0.2, StoredKind.CHANNELS: 0.2, StoredKind.WORDS: 0.1}
    stored = [Stored(kind, int(n_bytes * shares.get(kind, 0.0)), 1, int(n_bytes * 0.1)) for kind in StoredKind]
    savings = (Saving("raw_channels", "30 days", 900_000_000), Saving("screen_budget_gb", "2", 2_200_000_000))
    return StorageReport(Storage(tuple(stored), 30.0), 1_500_000_000, 120_000_000_000, 8_000_000_000, savings)


class FakeTitles:
    """Names nothing."""

    def improve(self, _cancel: CancelToken | None = None) -> Worded:
        return Worded()


class FakeEngine(FakeJudging):
    """See the module's first line. ``calls`` lists the verbs that were used, in order."""

    def __init__(self, folder: Path, *, moments: list[Moment] | None = None, script: Script | None = None) -> None:
        self.memory = FakeMemory(folder, day_of_moments() if moments is None else moments)
        self.script = script or Script()
        self.calls: list[str] = []
        self.turns: list[Turn | None] = []
        self.settings = Settings(set_up="yes", consent="microphone; screen")
        self.lacks_meaning = False
        self.settings_heard: list[Callable[[], None]] = []
        self.changes_heard: list[Callable[[frozenset[str]], None]] = []
        self.closed = False
        self._failed = FakeFailed()
        self.catalogue = load_catalogue()
        folder.mkdir(parents=True, exist_ok=True)
        self.incognito = Incognito(folder, add_gap=lambda _gap: None, clock_us=now_us)
        self.pause = Pause(folder, add_gap=lambda _gap: None)
        self.place_guard = PlaceGuard(folder, add_gap=lambda _gap: None, places=tuple, keeps_unknown=lambda: False)
        self.quiet = Quiet()
        self.titles = FakeTitles()

    reading = Finding("reading", True, "text is read in Latin letters")
    sight_lacks = ""
    hold_pull: threading.Event | None = None

    def pull_sight(self, *, cancel: CancelToken, report: Callable[[float], None]) -> None:
        self.calls.append("pull sight")
        for share in (0.0, 0.25, 0.5):
            report(share)
            cancel.raise_if_cancelled()
        while self.hold_pull and not self.hold_pull.wait(0.02):
            cancel.raise_if_cancelled()
        self.sight_lacks = ""

    @property
    def sight(self) -> Finding:
        return Finding("sight", True, "photos are found by guesses", "Run: make clip")

    def search(
        self, query: str, *, kinds: Iterable[Kind] = (), since_us: int | None = None, until_us: int | None = None,
        limit: int = 20, now_us: int | None = None, ignore: Collection[str] = (),
    ) -> SearchResult:  # fmt: skip
        self.calls.append(f"search {query}" + _limits(since_us, until_us, ignore))
        held = self.script.hold_search.get(query)
        if held:
            held.wait(10)
        if self.script.search_error:
            raise self.script.search_error
        terms = [word for word in re.findall(r"\w+", query.lower()) if word not in _STOP]
        found = [each for each in (_match(moment, terms) for moment in self.memory.moments) if each]
        out = self.find_judged(query).disliked
        found = [each for each in found if each.moment.id not in out]
        found.sort(key=lambda each: -each.score)
        people = tuple(name for name in ("Anna", "Tom") if name.lower() in terms and f"who:{name}" not in ignore)
        times = {} if "when" in ignore else _understood(query)
        interpreted = Interpreted(people=people, terms=tuple(terms), ignored=tuple(sorted(ignore)), **times)
        return SearchResult(query=query, interpreted=interpreted, found=tuple(found[:limit]), took_ms=11.7)

    def ask(
        self, question: str, *, since_us: int | None = None, until_us: int | None = None, now_us: int | None = None,
        ignore: Collection[str] = (), after: Turn | None = None, cancel: CancelToken | None = None,
        listen: Callable[[AskEvent], None] = lambda _event: None,
    ) -> Answer:  # fmt: skip
        self.calls.append(f"ask {question}" + _limits(since_us, until_us, ignore))
        self.turns.append(after)
        result = self.search(question, ignore=ignore)
        answer = self.script.answers.get(question) or self._answer(question, result)
        listen(EvidenceReady(result, answer.quote))
        if self.script.ask_error:
            raise self.script.ask_error
        words = answer.text.split(" ")
        for n in range(1, len(words) + 1):
            if cancel:
                cancel.raise_if_cancelled()
            listen(AnswerGrew(" ".join(words[:n])))
            if n == min(4, len(words)) and self.script.hold_answer:
                while not self.script.hold_answer.wait(0.02):
                    if cancel:
                        cancel.raise_if_cancelled()
            if self.script.grow_s:
                threading.Event().wait(self.script.grow_s)
        return answer

    def _answer(self, question: str, result: SearchResult) -> Answer:
        took = Took(retrieve_ms=result.took_ms, first_token_ms=400.0, total_ms=900.0)
        known = {each.moment.id for each in result.found}
        base: dict[str, Any] = {
            "question": question,
            "evidence": result.found,
            "interpreted": result.interpreted,
            "took": took,
        }
        if "dentist" in question.lower() and "u1" in known:
            return Answer(
                text="The appointment is on Thursday at half past two [1]. It is also in your calendar for 26 "
                "November, at 14:30 [2]. Note that the train to Hamburg leaves on the same day [3].",
                abstained=False, reason=None, model="fake",
                citations=(
                    Citation(1, "u1", "on Thursday at half past two"), Citation(2, "s2", "14:30 Dentist"),
                    Citation(3, "n1", "the train to Hamburg leaves on the same Thursday"),
                ),
                quote=Quote("They can only take you on Thursday at half past two, not in the morning.", "u1", False),
                **base,
            )  # fmt: skip
        return Answer(text="", abstained=True, reason=Reason.NOT_IN_MEMORY, citations=(), **base)

    def import_paths(
        self, paths: Sequence[Path], *, at_us: int | None = None, array: str | None = None,
        cancel: CancelToken | None = None, report: Callable[[ImportProgress], None] = lambda _progress: None,
    ) -> ImportReport:  # fmt: skip
        self.calls.append(f"import {len(paths)}")
        return self._import(paths, cancel, report)

    def _import(
        self, paths: Sequence[Path], cancel: CancelToken | None, report: Callable[[ImportProgress], None]
    ) -> ImportReport:
        files = [each for path in paths for each in (sorted(path.rglob("*")) if path.is_dir() else [path])]
        for n, path in enumerate(files):
            share = n / len(files)
            report(
                ImportProgress(
                    n_done=n, n_total=len(files), path=str(path), stage="transcribe", share=share, left_s=95.0
                )
            )
            if self.script.hold_import:
                while not self.script.hold_import.wait(0.02):
                    if cancel:
                        cancel.raise_if_cancelled()
            self.memory.moments.append(
                Moment(
                    id=f"i{n}", kind=Kind.NOTE, started_us=NOW_US + n, ended_us=NOW_US + n, text=path.stem, zone=ZONE
                )
            )
        failed = self.script.failures
        return ImportReport(
            imported=len(files) - len(failed), duplicates=0, failed=failed, moments=len(files) - len(failed),
            sessions=(), took_s=0.1,
        )  # fmt: skip

    def resume_imports(
        self, *, cancel: CancelToken | None = None, report: Callable[[ImportProgress], None] = lambda _progress: None
    ) -> ImportReport:
        if not self.script.left_over:
            return ImportReport(imported=0, duplicates=0, failed=(), moments=0, sessions=(), took_s=0.0)
        self.calls.append("resume")
        return self._import(self.script.left_over, cancel, report)

    def change_setting(self, key: str, text: str) -> None:
        self.calls.append(f"setting {key}={text}")
        self.settings = change_setting(self.settings, key, text, Path("settings.json"))
        for heard in self.settings_heard:
            heard()

    def hear_changes(self, listener: Callable[[frozenset[str]], None]) -> None:
        self.changes_heard.append(listener)

    def hear_settings(self, listener: Callable[[], None]) -> None:
        self.settings_heard.append(listener)

    @property
    def models(self) -> ModelDesk:
        return ModelDesk(
            WeightsFolder(self.memory.folder / "no-models"),
            self.catalogue,
            self.catalogue.get_profile("default"),
            self.memory.folder,
        )

    @property
    def failed(self) -> FakeFailed:
        return self._failed

    def storage(self, *, cancel: CancelToken | None = None) -> StorageReport:
        self.calls.append("storage")
        return storage_report()

    def warm_search(self) -> None:
        """Nothing is loaded."""

    def warm(self, *, cancel: CancelToken | None = None) -> None:
        self.calls.append("warm")

    def unload_idle(self, cancel: CancelToken | None = None) -> None:
        self.calls.append("unload")

    def forget(self, ids: Iterable[str]) -> Changes:
        gone = frozenset(ids)
        self.calls.append(f"forget {' '.join(sorted(gone))}")
        self.memory.moments = [each for each in self.memory.moments if each.id not in gone]
        return Changes(removed=gone)

    def thumbnail(self, moment: Moment) -> Path | None:
        path = self.memory.media_path(moment.media) if moment.media else None
        return path if path and path.is_file() else None

    def waveform(self, moment: Moment, n_points: int) -> list[float]:
        if moment.media is None or not moment.media.duration_s:
            return []
        seed = sum(map(ord, moment.id))
        return [
            min(
                1.0,
                0.12 + 0.8 * abs(math.sin(i * 0.31 + seed) * math.sin(i * 0.083 + seed * 2)) * abs(math.sin(i * 0.9)),
            )
            for i in range(n_points)
        ]

    def close(self) -> None:
        self.closed = True


def _understood(query: str) -> dict[str, int]:
    if "yesterday" in query.lower():
        return {"since_us": at_us("2026-11-19 00:00:00"), "until_us": at_us("2026-11-20 00:00:00")}
    return {}


def _match(moment: Moment, terms: list[str]) -> Found | None:
    spans = [
        match.span() for term in terms for match in re.finditer(rf"\b{re.escape(term)}\w*", moment.text, re.IGNORECASE)
    ]
    named = moment.speaker is not None and moment.speaker.lower() in terms
    if not spans and not named:
        return None
    return Found(moment=moment, score=len(spans) / 4 + (0.5 if named else 0.0), matched=tuple(sorted(spans)))


class FakeSound:
    """Plays nothing but remembers what it was asked; ``tell`` moves its position."""

    def __init__(self, *, has_device: bool = True) -> None:
        self.has_device = has_device
        self.path: Path | None = None
        self.start_s: float | None = None
        self.calls: list[str] = []
        self.rate = 1.0
        self._told: Callable[[float], None] = lambda _s: None
        self.end: Callable[[], None] = lambda: None
        self.fail: Callable[[str], None] = lambda _why: None

    def open(
        self, path: Path, *, start_s: float, told: Callable[[float], None], ended: Callable[[], None],
        failed: Callable[[str], None],
    ) -> None:  # fmt: skip
        if not self.has_device:
            raise NoSoundDevice
        self.path, self.start_s = path, start_s
        self._told, self.end, self.fail = told, ended, failed
        self.calls.append("open")

    def tell(self, position_s: float) -> None:
        self._told(position_s)

    def pause(self) -> None:
        self.calls.append("pause")

    def resume(self) -> None:
        self.calls.append("resume")

    def seek(self, position_s: float) -> None:
        self.calls.append(f"seek {position_s:.2f}")

    def stop(self) -> None:
        self.calls.append("stop")

    def set_rate(self, rate: float) -> None:
        self.rate = rate
