"""All that Madeleine can do, as plain calls: what the window, the command line and a test share.

Role: one object that holds the composed rooms and offers the user's verbs. No Qt, no printing, no argument parsing.
Made in ``app.compose`` only. Safe from any thread: the rooms serialize what must be.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.checks import run_checks
from app.clock import now_us, to_datetime
from app.corrections import CorrectionDesk
from app.diary import FACTS_AFTER_IMPORT, FACTS_IDLE, Diary
from app.failed import FailedFiles
from app.findings import Finding
from app.handed_out import HandedOut
from app.holds import Holds
from app.idle_titles import IdleTitles
from app.likes import LikeFinder
from app.looks import FILE_NAME
from app.models_desk import ModelDesk
from app.places import PlaceDesk
from app.previews import Previews
from app.quiet import Quiet
from app.settings import Settings, change_setting, load_settings, read_settings, save_settings
from app.sight import describe_reading, describe_sight, find_lacking
from app.spoken import SpokenNotes
from app.storage import StorageReport, read_storage
from app.voices import VoiceDesk
from ingest.importer import Importer
from ingest.places import Places
from ingest.raw_channels import RawChannels
from ingest.records import ImportNote, ImportProgress, ImportReport
from ingest.screen_privacy import Exclusions
from memory.records import Changes, Kind, Moment
from memory.store import Memory, Scope
from memory.texts import to_storable
from models.loading import give_back
from models.protocols import Backend, CancelToken
from models.pull import PullProgress
from models.weights import Profile, WeightsFolder, load_catalogue
from recall.answer import Answerer
from recall.feedback import Judged, question_key, read_judged
from recall.follow_up import Turn
from recall.missed import PATIENCE_S, MissedTeller
from recall.missed_results import Missed
from recall.results import Answer, AskEvent, SearchResult
from recall.retrieve import Retriever, search
from reflect.event_words import EventWorder
from reflect.events import EventMaker
from reflect.facts import FactMaker

log = logging.getLogger(__name__)
__all__ = ["Engine", "Finding", "Rooms"]
_LONGEST_ASKED = 2000  # letters, as many as the line of the window takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """What an engine is made of; see ``app.compose``."""

    home: Path
    memory: Memory
    importer: Importer
    retriever: Retriever
    answerer: Answerer
    missed: MissedTeller
    likes: LikeFinder
    voices: VoiceDesk
    events: EventMaker
    event_words: EventWorder
    facts: FactMaker
    places: Places
    backends: tuple[Backend, ...]
    weights: WeightsFolder
    profile: Profile
    settings: Settings
    zone: str


class Engine:
    """The verbs."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._settings = rooms.settings
        self._changing = threading.Lock()  # window and command line may change two settings at once
        self._previews = Previews(rooms.memory)
        self._handed_out = HandedOut(rooms.home / "handed-out")
        if not rooms.memory.events.is_read_only:
            self._handed_out.clear()
        self._tell_exclusions()
        self.holds = Holds(
            rooms.home,
            add_gap=rooms.memory.add_gap,
            places=lambda: rooms.places.own,
            keeps_unknown=lambda: self._settings.unknown_place == "record",
        )
        self.incognito, self.pause, self.place_guard = self.holds.incognito, self.holds.pause, self.holds.place_guard
        self.spoken = SpokenNotes(
            rooms.home, rooms.memory, holds=self.holds, settings=lambda: self._settings, zone=rooms.zone
        )
        self.diary = Diary(
            rooms.memory, rooms.events, rooms.facts, zone=rooms.zone, own_name=lambda: self._settings.own_name
        )
        self.quiet = Quiet()
        self.titles = IdleTitles(
            rooms.event_words,
            quiet=self.quiet,
            setting=lambda: self._settings.event_titles,
            is_held=lambda: self.incognito.is_on,
        )
        self._before_close: list[Callable[[], None]] = []
        self._settings_heard: list[Callable[[], None]] = []
        self._changes_heard: list[Callable[[frozenset[str]], None]] = []
        self._closed = False

    @property
    def memory(self) -> Memory:
        """What is kept."""
        return self._rooms.memory

    @property
    def voices(self) -> VoiceDesk:
        """Who speaks: voices, their names, enrolment."""
        return self._rooms.voices

    @property
    def corrections(self) -> CorrectionDesk:
        """What was heard wrongly, and what the user typed instead."""
        return CorrectionDesk(self.memory, self._rooms.importer)

    @property
    def places(self) -> PlaceDesk:
        """The user's own places."""
        return PlaceDesk(self._rooms.home, self.memory, self._rooms.places, self.diary.refresh_events)

    @property
    def zone(self) -> str:
        """The user's zone."""
        return self._rooms.zone

    @property
    def live(self) -> Importer:
        """What takes in a recording before it ends."""
        return self._rooms.importer

    @property
    def screens(self) -> Importer:
        """What keeps pictures of the screen and reads them."""
        return self._rooms.importer

    def import_paths(
        self,
        paths: Sequence[Path],
        *,
        at_us: int | None = None,
        array: str | None = None,
        cancel: CancelToken | None = None,
        report: Callable[[ImportProgress], None] = lambda _progress: None,
    ) -> ImportReport:
        """Import files and folders; returns when everything is searchable."""
        with self.quiet.busy():
            imported = self._rooms.importer.import_paths(paths, at_us=at_us, array=array, cancel=cancel, report=report)
            self.diary.reflect(cancel, n_facts=FACTS_AFTER_IMPORT)
        return imported

    def note_originals(self, folders: Sequence[Path]) -> list[ImportNote]:
        """Look which originals of imported folders are gone and which are back; imports nothing."""
        noted = self._rooms.importer.note_originals(folders)
        self.diary.reflect()
        return noted

    def resume_imports(
        self, *, cancel: CancelToken | None = None, report: Callable[[ImportProgress], None] = lambda _progress: None
    ) -> ImportReport:
        """Go on with imports and spoken notes that a quit or a crash left."""
        with self.quiet.busy():
            self.spoken.recover()
            resumed = self._rooms.importer.resume(cancel=cancel, report=report)
            self.diary.reflect(cancel, n_facts=FACTS_AFTER_IMPORT)
        return resumed

    @property
    def failed(self) -> FailedFiles:
        """Files that could not be imported."""
        return FailedFiles(self.memory, self._rooms.importer)

    @property
    def models(self) -> ModelDesk:
        """The models of this computer."""
        rooms = self._rooms
        return ModelDesk(rooms.weights, load_catalogue(), rooms.profile, rooms.home)

    def storage(self, *, cancel: CancelToken | None = None) -> StorageReport:
        """What takes space, what a month costs and what rules would free; one pass over the disk."""
        return read_storage(self.memory, self._rooms.weights.root, self._settings, cancel=cancel or CancelToken())

    def search(
        self,
        query: str,
        *,
        kinds: Iterable[Kind] = (),
        since_us: int | None = None,
        until_us: int | None = None,
        limit: int = 20,
        now_us: int | None = None,
        ignore: Collection[str] = (),
    ) -> SearchResult:
        """Find moments; ``ignore`` is what the user took out of what was understood, see ``Question.ignoring``."""
        self.quiet.touch()
        scope = Scope(since_us=since_us, until_us=until_us, kinds=frozenset(kinds) or None)
        return search(self._rooms.retriever, query, scope=scope, limit=limit, now=self._now(now_us), ignore=ignore)

    def ask(
        self,
        question: str,
        *,
        since_us: int | None = None,
        until_us: int | None = None,
        now_us: int | None = None,
        ignore: Collection[str] = (),
        after: Turn | None = None,
        cancel: CancelToken | None = None,
        listen: Callable[[AskEvent], None] = lambda _event: None,
    ) -> Answer:
        """Answer a question; ``listen`` hears the evidence first and then the growing answer, on the calling thread.

        ``ignore`` is as in ``search``; ``after`` is the turn before, which a follow-up question goes on from.
        """
        scope = Scope(since_us=since_us, until_us=until_us)
        now = self._now(now_us)
        with self.quiet.busy():
            return self._rooms.answerer.ask(
                question, scope=scope, now=now, ignore=ignore, after=after, cancel=cancel, listen=listen
            )

    def search_like(
        self,
        like: str,
        *,
        kinds: Iterable[Kind] = (),
        since_us: int | None = None,
        until_us: int | None = None,
        limit: int = 20,
    ) -> SearchResult:
        """Find pictures like that of a moment (its id) or like a picture on the disk (its path), nearest first.

        Raises:
            UserError: there is no CLIP, no such picture, or it was not looked at yet.
            BadInput: the file cannot be opened as a picture.
        """
        scope = Scope(since_us=since_us, until_us=until_us, kinds=frozenset(kinds) or None)
        return self._rooms.likes.find(like, scope=scope, limit=limit)

    def take_in_names(self) -> None:
        """Let search and events know names that were given with ``later``; takes a model, and nobody waits for it."""
        self.voices.catch_up()
        self.diary.reflect()

    def judge(self, question: str, moment: str, value: int) -> None:
        """Keep what the user said of a moment as evidence for a question; searching for it and asking it use that.

        Args:
            question: In words; where it names a time, what is said holds for the days that it means now.
            moment: Id.
            value: 1 more like this, -1 not this, 0 takes it back.

        Raises:
            UserError: incognito is on; the question's words would be kept.
        """
        self.incognito.require_off()
        self.memory.feedback.judge(self._key(question), moment, value, at_us=now_us())

    def find_judged(self, question: str) -> Judged:
        """What the user judged for a question."""
        return read_judged(self.memory, self._key(question))

    def unjudge(self, question: str) -> None:
        """Take back everything that was said of evidence for a question."""
        self.memory.feedback.clear(self._key(question))

    def _key(self, question: str) -> str:
        return question_key(question, self._now(None))

    def note_asked(self, question: str) -> None:
        """Keep a question among those that were asked, but not while incognito is on."""
        if question.strip() and not self.incognito.is_on:
            self.memory.feedback.note_asked(to_storable(question.strip()[:_LONGEST_ASKED]), at_us=now_us())

    @property
    def sight(self) -> Finding:
        """Whether pictures are found by what they show, and what is missing where they are not."""
        return describe_sight(self._rooms.weights, self._rooms.profile)

    @property
    def reading(self) -> Finding:
        """In which letters text in pictures is read."""
        return describe_reading()

    @property
    def sight_lacks(self) -> str:
        """What would have to be fetched for that, and how much it is: "CLIP ViT-B/32 (605 MB)"; empty where nothing."""
        model = find_lacking(self._rooms.weights, self._rooms.profile)
        return "" if model is None else f"{model.title} ({model.n_bytes / 1e6:,.0f} MB)"

    @property
    def lacks_meaning(self) -> bool:
        """Whether the last search was by words and times only, because what finds by meaning cannot be used."""
        return self._rooms.retriever.lacks_meaning

    def pull_sight(self, *, cancel: CancelToken, report: Callable[[float], None]) -> None:
        """Fetch that, because the user said so: with ``models pull`` the one thing that uses the network.

        Args:
            cancel: Stops it; the next pull goes on from there.
            report: Told the share that is there, 0 to 1.

        Raises:
            ModelError: it could not be had, or there is no room.
            Cancelled: ``cancel`` was set.
        """

        def tell(progress: PullProgress) -> None:
            report(progress.n_done_bytes / progress.n_total_bytes if progress.n_total_bytes else 1.0)

        model = find_lacking(self._rooms.weights, self._rooms.profile)
        if model is not None:
            self.models.pull(model.id, cancel=cancel, report=tell)

    def warm_search(self) -> None:
        """Load what a search needs, so that the first one is as quick as the others."""
        self.search("warm", limit=1)
        self._rooms.memory.relax()  # an exact search read all vectors while the index was being opened

    def warm(self, *, cancel: CancelToken | None = None) -> None:
        """Make ready for a question that is being typed, so that its answer begins sooner.

        Raises:
            ModelError: the language model cannot work.
            Cancelled: ``cancel`` was set.
        """
        with self.quiet.busy():
            self._rooms.answerer.warm(cancel)

    def missed(
        self,
        question: str,
        *,
        session: str | None = None,
        since_us: int | None = None,
        until_us: int | None = None,
        followed_streams: Collection[int] = (),
        now_us: int | None = None,
        cancel: CancelToken | None = None,
        listen: Callable[[Missed], None] = lambda _missed: None,
        patience_s: float = PATIENCE_S,
    ) -> Missed:
        """Tell what ran beside the conversation that a question says was followed, or that the user marked.

        ``listen`` hears all of it at once, told by rule; a model's words for it are waited for ``patience_s`` at most.
        """
        with self.quiet.busy():
            return self._rooms.missed.tell(
                question,
                now=self._now(now_us),
                session=session,
                scope=Scope(since_us=since_us, until_us=until_us),
                followed_streams=followed_streams,
                cancel=cancel,
                listen=listen,
                patience_s=patience_s,
            )

    def forget(self, ids: Iterable[str]) -> Changes:
        """Delete moments everywhere, the derived index included, before this returns."""
        changes = self.memory.forget(ids)
        self._previews.forget(changes.removed)
        self._handed_out.clear()
        self.memory.drain_outbox()
        self.diary.reflect()
        return changes

    def reindex(
        self, *, report: Callable[[str, float], None] = lambda _what, _share: None, cancel: CancelToken | None = None
    ) -> None:
        """Rebuild what is derived; then embed what a change of model left without vectors."""
        self.memory.reindex(report=report)
        self._rooms.importer.embed_pending(cancel=cancel)
        self.diary.reflect(cancel, n_facts=None)

    def thumbnail(self, moment: Moment) -> Path | None:
        """Path of a small JPEG of a picture (made when absent), or None when there is no picture."""
        return self._previews.thumbnail(moment)

    def hand_out(self, moment: Moment) -> Path | None:
        """A copy of a moment's picture for another program, named after its time; None where there is none.

        Raises:
            OSError: its file is not there, or there is no room.
        """
        if moment.shown is None:
            return None
        at = to_datetime(moment.started_us, moment.zone)
        name = f"{at:%Y-%m-%d %H.%M.%S} {moment.kind}{moment.shown.suffix}"
        return self._handed_out.copy(self.memory.media_path(moment.shown), name)

    def waveform(self, moment: Moment, n_points: int) -> list[float]:
        """Peak level (0 to 1) of ``n_points`` equal stretches of the moment's sound; empty when there is none."""
        return self._previews.waveform(moment, n_points)

    @property
    def settings(self) -> Settings:
        """What the user chose, as it holds from the next start on at the latest."""
        return self._settings

    def change_setting(self, key: str, text: str) -> None:
        """Change one setting, on disk and, where that can be, at once; ``drop_channels`` does what it may ask for.

        Raises:
            UserError: there is no such setting, or it cannot be that.
        """
        home = self._rooms.home
        with self._changing:
            # Read from the file, for the environment may hold another profile than the one that was chosen.
            changed = change_setting(read_settings(home), key, text, home / FILE_NAME)
            save_settings(home, changed)
            self._settings = load_settings(home)
        self._tell_exclusions()
        if key == "raw_channels":
            self._rooms.importer.raw_channels = RawChannels.parse(changed.raw_channels)
        for heard in self._settings_heard:
            heard()

    def hear_settings(self, listener: Callable[[], None]) -> None:
        """Have someone told, on the thread that made it, of each change of a setting, the command line's as well."""
        self._settings_heard.append(listener)

    def hear_changes(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Have someone told, on the thread that made it, of what another process had changed: the ids that are gone."""
        self._changes_heard.append(listener)

    def tell_changes(self, removed: frozenset[str] = frozenset()) -> None:
        """Another process had something changed here."""
        for heard in self._changes_heard:
            heard(removed)

    def _tell_exclusions(self) -> None:
        """What is known only once a picture was read is decided where it is read."""
        addresses = self._settings.screen_excluded_addresses
        self._rooms.importer.never_kept = Exclusions.parse("", "", addresses)

    def drop_channels(self, *, cancel: CancelToken | None = None) -> int:
        """Mix down the recordings whose channels need not be kept any longer; waits while an import is at work.

        Returns:
            How many that were.
        """
        return self._rooms.importer.drop_channels(cancel=cancel)

    def doctor(self) -> list[Finding]:
        """Check weights, disk, permissions, database, index and devices."""
        rooms = self._rooms
        return run_checks(rooms.home, rooms.memory, rooms.weights, rooms.profile)

    def unload_idle(self, cancel: CancelToken | None = None) -> None:
        """Put out of memory what was not used for a while, cut changed days, read some facts; called each minute."""
        self.diary.reflect(cancel, n_facts=FACTS_IDLE)
        unloads = (getattr(backend, "unload_idle", None) for backend in self._rooms.backends)
        gone = [unload() for unload in unloads if unload is not None]
        if self._rooms.memory.rest(self.settings.idle_unload_s) or any(gone):
            give_back()

    def before_close(self, action: Callable[[], None]) -> None:
        """Have something done first when the engine is closed."""
        self._before_close.append(action)

    def close(self) -> None:
        """Stop, unload, close index and database; safe to call twice."""
        if self._closed:
            return
        self._closed = True
        self.holds.close()
        for action in self._before_close:
            action()
        if not self.memory.events.is_read_only:  # else it is the owner's, and may be on its way into another program
            self._handed_out.clear()
        self._rooms.importer.close()
        for backend in self._rooms.backends:
            backend.unload()
        self.memory.close()
        log.info("engine closed")

    def _now(self, at_us: int | None) -> datetime:
        return to_datetime(now_us() if at_us is None else at_us, self.zone)
