"""Import: files become jobs that go through their stages until everything in them is searchable.

Role: the order of things. All files are kept first, then understood one by one; each step and the job's progress share
a transaction, so that a crash at any point loses and doubles nothing. What a stage does is in ``stages``, how jobs end
in ``last_stage``.
"""

from __future__ import annotations

import contextlib
import json
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from ingest.arrays import load_array
from ingest.capture import Capture, Telling
from ingest.embed import embed_pending
from ingest.errors import BadInput, say_why
from ingest.files import walk
from ingest.import_run import Run
from ingest.last_stage import LastStage
from ingest.live import LiveRecording, begin_live, end_live, find_live_job, samples_done, take_chapter
from ingest.live_sound import LiveChapter
from ingest.originals import note_originals
from ingest.places import Places
from ingest.progress import Meter, estimate_cost
from ingest.raw_channels import RawChannels, drop_channels
from ingest.records import ImportFailure, ImportNote, ImportProgress, ImportReport
from ingest.refused import Refused
from ingest.screen_keeper import MemoryKeeper
from ingest.screen_privacy import Exclusions
from ingest.separation import DirectionSplitter
from ingest.stages import Stages
from ingest.streams import MixDown, Splitter
from ingest.work import LAST_STAGES, LIVE, Outcome, Task, held
from memory.errors import MemoryFault
from memory.store import Job, Memory
from models.errors import NO_WEIGHTS, ModelError
from models.protocols import (
    Cancelled,
    CancelToken,
    Embedder,
    PictureEmbedder,
    PictureTagger,
    TextReader,
    Transcriber,
    VoiceEmbedder,
)

log = logging.getLogger(__name__)

MAX_TRIES = 3
_YIELD_S = 0.1
_AGAIN = "It is kept. Import it again to try once more; if it fails again, report it."


class Importer:
    """Brings files into the memory. One import thinks at a time; keeping files never waits for it.

    Args:
        memory: Where to.
        transcriber: Speech to text.
        text_reader: Text in pictures.
        embedder: Text to vectors.
        now_us: Tells the time.
        zone: The user's zone, assumed where a file tells none.
        splitter: Turns a recording into streams; all channels mixed down by default.
        voices: Tells speakers apart; without it nobody is.
        raw_channels: How long the channels of an array recording are kept once it is separated.
        eye: Pictures to vectors; without it they are found by everything but what they show.
        tagger: Tells in words what a picture probably shows; may be the eye itself.
        places: Names the places of positions.
    """

    def __init__(
        self,
        memory: Memory,
        *,
        transcriber: Transcriber,
        text_reader: TextReader,
        embedder: Embedder,
        now_us: Callable[[], int],
        zone: str,
        splitter: Splitter | None = None,
        voices: VoiceEmbedder | None = None,
        raw_channels: RawChannels | None = None,
        eye: PictureEmbedder | None = None,
        tagger: PictureTagger | None = None,
        places: Places | None = None,
    ) -> None:
        self.raw_channels = raw_channels or RawChannels()
        self._memory = memory
        self._transcriber = transcriber
        self._embedder = embedder
        self._voices = voices
        self._now_us = now_us
        self._zone = zone
        self._splitter: Splitter = splitter or MixDown()
        self.never_kept = Exclusions()  # of pages of the screen, by their addresses
        self._stages = Stages(
            memory,
            transcriber=transcriber,
            text_reader=text_reader,
            splitter=self._splitter,
            voices=voices,
            eye=eye,
            tagger=tagger,
            places=places or Places(),
            exclusions=lambda: self.never_kept,
        )
        self._last = LastStage(memory, embedder)
        self._capturing = threading.Lock()
        self._thinking = threading.Lock()
        self._counting = threading.Lock()
        self._n_wanted = 0

    def import_paths(
        self,
        paths: Sequence[Path],
        *,
        at_us: int | None = None,
        array: str | None = None,
        cancel: CancelToken | None = None,
        report: Callable[[ImportProgress], None] = lambda _progress: None,
    ) -> ImportReport:
        """Import files and folders; returns when everything is searchable.

        Args:
            paths: Files and folders.
            at_us: When they began, as told by the user; recordings, pictures and notes take it over.
            array: Preset or geometry of the microphone array of recordings with several channels.
            cancel: Stops between steps; what is kept goes on with ``resume``.
            report: Told the progress, on the calling thread.

        Raises:
            BadArray: ``array`` is no array.
            MemoryFault: the disk is full or the home cannot be used; what was committed stays.
            Cancelled: ``cancel`` was called.
        """
        run = Run(Meter(report), cancel or CancelToken())
        told = None if array is None else json.dumps(load_array(array).to_json())
        with self._wanted():
            with held(self._capturing, run.cancel):
                numbers = self._capture(paths, Telling(at_us=at_us, array=told), run)
            return self._think(numbers, run)

    def resume(
        self,
        *,
        cancel: CancelToken | None = None,
        report: Callable[[ImportProgress], None] = lambda _progress: None,
    ) -> ImportReport:
        """Go on with what a crash, a quit or missing weights have left.

        Raises:
            MemoryFault: the disk is full or the home cannot be used.
            Cancelled: ``cancel`` was called.
        """
        run = Run(Meter(report), cancel or CancelToken())
        left = [job for job in self._memory.jobs.list_jobs(("queued", "running", "failed")) if job.stage != LIVE]
        for job in left:
            if job.state == "failed":
                self._memory.jobs.retry(job.id)
        return self._think([job.id for job in left], run)

    def keeper_of_screens(self, on_kept: Callable[[int], None]) -> MemoryKeeper:
        """What keeps pictures of the screen; ``on_kept`` is told the jobs whose words ``finish`` is to read."""
        return self._stages.keeper_of_screens(self._zone, on_kept)

    def finish(
        self,
        numbers: Sequence[int],
        *,
        cancel: CancelToken | None = None,
        report: Callable[[ImportProgress], None] = lambda _progress: None,
    ) -> ImportReport:
        """Bring jobs to their end that were begun elsewhere; waits while an import is at work.

        Raises:
            MemoryFault: the disk is full or the home cannot be used.
            Cancelled: ``cancel`` was called.
        """
        return self._think(numbers, Run(Meter(report), cancel or CancelToken()))

    def begin_live(self, recording: LiveRecording) -> int | None:
        """Begin, or go on with, a recording that has not ended; returns how many samples at 16 kHz are taken in.

        None where recordings cannot be taken in before they end, or this one stopped Madeleine too often.
        """
        if recording.facts.array is None or not isinstance(self._splitter, DirectionSplitter):
            return None
        job = find_live_job(self._memory, recording)
        if job is None:
            job = begin_live(self._memory, recording, zone=self._zone, now_us=self._now_us())
        return samples_done(job) if job.stage == LIVE and job.tries < MAX_TRIES else None

    def take_live(self, recording: LiveRecording, heard: LiveChapter, *, cancel: CancelToken) -> int:
        """Take in the next chapter of a recording that has not ended; returns how many moments it gave.

        What the user waits for goes first: while an import waits or runs, this waits.

        Raises:
            ModelError: weights are missing; all of it waits for the end of the recording.
            Cancelled: what was committed stays.
        """
        assert isinstance(self._splitter, DirectionSplitter)
        while self._n_wanted:
            cancel.raise_if_cancelled()
            time.sleep(_YIELD_S)
        with held(self._thinking, cancel):
            job = find_live_job(self._memory, recording)
            if job is None:  # the user had it forgotten: from here on it is a new one
                begun = heard.chapter.start_sample
                job = begin_live(self._memory, recording, zone=self._zone, now_us=self._now_us(), from_sample=begun)
            self._memory.jobs.start(job.id)
            outcome = Outcome()
            try:
                task = self._task(job, outcome, cancel)
                take_chapter(task, heard, self._transcriber, self._splitter, self._voices)
            except (Cancelled, ModelError, MemoryFault):
                with contextlib.suppress(MemoryFault):
                    self._memory.jobs.retry(job.id)
                raise
            with contextlib.suppress(ModelError):  # found by words and time until the weights are here
                embed_pending(self._memory, self._embedder, cancel=cancel)
        return outcome.n_moments

    def end_live(
        self, recording: LiveRecording, path: Path, *, length_s: float, cancel: CancelToken
    ) -> ImportReport | None:
        """Bring to its end what was begun before the recording had ended; None where nothing was.

        Raises:
            MemoryFault: the disk is full or the home cannot be used.
            Cancelled: what was committed stays.
        """
        job = find_live_job(self._memory, recording)
        if job is None:
            return None
        end_live(self._memory, job, path, length_s=length_s)
        return self._think([job.id], Run(Meter(lambda _progress: None), cancel))

    def embed_pending(
        self, *, cancel: CancelToken | None = None, report: Callable[[int], None] = lambda _n: None
    ) -> int:
        """Embed what has no vectors of the present embedder yet; returns how many moments that were."""
        token = cancel or CancelToken()
        with held(self._thinking, token):
            self._stages.see(token)
            return embed_pending(self._memory, self._embedder, cancel=token, report=report)

    def try_embed_pending(self, *, cancel: CancelToken | None = None) -> bool:
        """The same, unless an import is at work (it will do it at its end) or the weights are missing.

        Returns:
            Whether it was done.
        """
        if not self._thinking.acquire(blocking=False):
            return False
        try:
            self._stages.see(cancel or CancelToken())
            embed_pending(self._memory, self._embedder, cancel=cancel or CancelToken())
        except ModelError as error:
            log.info("nothing was embedded: %s", type(error).__name__)
            return False
        finally:
            self._thinking.release()
        return True

    def close(self) -> None:
        """End the child process that opens pictures. Imports that still run must have been cancelled."""
        self._stages.close()

    def drop_channels(self, *, cancel: CancelToken | None = None) -> int:
        """Mix down the recordings whose channels need not be kept any longer; returns how many that were."""
        token = cancel or CancelToken()
        with held(self._thinking, token):
            return self._drop_channels(token)

    def note_originals(self, folders: Sequence[Path]) -> list[ImportNote]:
        """Look which originals of imported folders are gone and which are back; imports nothing."""
        files = [path for path in walk(folders, home=self._memory.home.root) if isinstance(path, Path)]
        return note_originals(self._memory, folders, files)

    def _drop_channels(self, cancel: CancelToken) -> int:
        return drop_channels(self._memory, self.raw_channels, now_us=self._now_us(), cancel=cancel)

    def _capture(self, paths: Iterable[Path], telling: Telling, run: Run) -> list[int]:
        """Keep every file before any is understood; returns the jobs to do."""
        found = list(walk(paths, home=self._memory.home.root))
        files = [path for path in found if isinstance(path, Path)]
        run.failures.extend(failure for failure in found if isinstance(failure, ImportFailure))
        run.notes.extend(note for note in found if isinstance(note, ImportNote))
        capture, refused = Capture(self._memory, now_us=self._now_us()), Refused(self._memory)
        numbers: dict[int, None] = {}
        for n_kept, path in enumerate(files):
            run.cancel.raise_if_cancelled()
            run.meter.keep(str(path), n_kept, len(files))
            try:
                captured = capture.keep(path, telling, run.cancel)
            except BadInput as error:
                run.failures.append(ImportFailure(str(path), str(error), error.hint))
                refused.note(path, error)
                continue
            refused.clear(path)
            if captured.is_duplicate or captured.job in numbers:
                run.n_duplicates += 1
            else:
                numbers[captured.job] = None
        run.notes.extend(note_originals(self._memory, list(paths), files))
        return list(numbers)

    def _think(self, numbers: Sequence[int], run: Run) -> ImportReport:
        """Bring jobs to their end, then make what they brought searchable by meaning."""
        with held(self._thinking, run.cancel):
            run.meter.plan({number: self._estimate(number) for number in numbers})
            try:
                for number in numbers:
                    run.cancel.raise_if_cancelled()
                    self._advance(number, run)
                    run.meter.finish(number)
                    self._last.embed_full(run)
                self._stages.see(run.cancel)
                self._last.embed(run, is_last=True)
                self._drop_channels(run.cancel)
            except BaseException:
                self._last.put_back(run)
                raise
        run.meter.end()
        log.info("import done: %d files, %d moments, %d failures", run.n_imported, run.n_moments, len(run.failures))
        return run.to_report()

    def _estimate(self, number: int) -> float:
        job = self._memory.jobs.find(number)
        if job is None or job.state == "done":
            return 0.0
        source = self._memory.sources.find(str(job.payload["sha256"]))
        return estimate_cost(job.payload, source.n_bytes if source else 0)

    def _advance(self, number: int, run: Run) -> None:
        """Take one job through its stages up to "embed", or note why it does not get there."""
        outcome, path = Outcome(), ""
        while (job := self._memory.jobs.find(number)) is not None:
            path = job.path
            if job.state == "done" or job.stage in LAST_STAGES:
                run.take_in(job, outcome)
                return
            if job.tries >= MAX_TRIES:
                self._give_up(
                    job,
                    BadInput(
                        f"“{job.payload['name']}” stopped Madeleine {MAX_TRIES} times and was set aside.", hint=_AGAIN
                    ),
                    run,
                    park=True,
                )
                return
            self._memory.jobs.start(number)
            try:
                self._do_stage(job, outcome, run)
            except BadInput as error:
                self._give_up(job, error, run, park=True)
                return
            except NO_WEIGHTS as error:
                self._give_up(job, error, run, park=False)
                return
            except (Cancelled, MemoryFault):
                with contextlib.suppress(MemoryFault):  # a full disk is told by the error that comes first
                    self._memory.jobs.retry(number)
                raise
            except Exception as error:  # noqa: BLE001 - one file's trouble must not stop the others
                log.warning("job %d, stage %s, try %d: %s", job.id, job.stage, job.tries + 1, type(error).__name__)
                if job.tries + 1 >= MAX_TRIES:
                    self._give_up(job, _in_words(error, job), run, park=True)
                    return
        run.notes.extend(ImportNote(path, note) for note in outcome.notes)  # it was left out, and its job with it

    def _do_stage(self, job: Job, outcome: Outcome, run: Run) -> None:
        def report(share: float) -> None:
            run.meter.work(job.id, job.path, job.stage, share)

        faults = self._stages.do(self._task(job, outcome, run.cancel, report=report))
        run.failures.extend(ImportFailure(job.path, fault) for fault in faults)

    def _task(
        self,
        job: Job,
        outcome: Outcome,
        cancel: CancelToken,
        *,
        report: Callable[[float], None] = lambda _share: None,
    ) -> Task:
        return Task(
            job=job,
            memory=self._memory,
            zone=self._zone,
            now_us=self._now_us(),
            cancel=cancel,
            report=report,
            outcome=outcome,
        )

    @contextlib.contextmanager
    def _wanted(self) -> Iterator[None]:
        """While the user waits for an import."""
        with self._counting:
            self._n_wanted += 1
        try:
            yield
        finally:
            with self._counting:
                self._n_wanted -= 1

    def _give_up(self, job: Job, error: BadInput | ModelError, run: Run, *, park: bool) -> None:
        words, hint = say_why(error)
        self._memory.jobs.fail(job.id, words, hint, park=park)
        run.failures.append(ImportFailure(job.path, words, hint, waits=not park))


def _in_words(error: Exception, job: Job) -> BadInput:
    hint = getattr(error, "hint", "") or _AGAIN
    words = str(error) if isinstance(error, ModelError) else f"an unexpected error ({type(error).__name__})"
    return BadInput(f"“{job.payload['name']}” could not be understood: {words}", hint=hint)
