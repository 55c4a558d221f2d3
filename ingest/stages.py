"""The stages of a file, from its kept copy to moments: which reader does which, and what the readers share.

Role: hands each stage to the module of its kind of file. In which order files and stages come, what is tried again and
what is given up is the importer's.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from ingest.appointments import read_appointments
from ingest.errors import BadInput
from ingest.images import ImageStages
from ingest.pictures import PictureReader
from ingest.places import Places
from ingest.recordings import read_recording, separate_recording, transcribe_recording
from ingest.screen_book import Shot
from ingest.screen_folds import ScreenFolds
from ingest.screen_keeper import HOLDS as SCREEN
from ingest.screen_keeper import MemoryKeeper
from ingest.screen_privacy import Exclusions
from ingest.screen_words import ScreenWords
from ingest.seeing import Looks, see_pending
from ingest.speakers import find_speakers
from ingest.spoken_notes import hear_note, recover_note
from ingest.streams import Splitter
from ingest.video_reader import read_facts
from ingest.videos import SceneLooks, find_scenes, read_video
from ingest.work import Task, leave_out
from ingest.writings import read_list, read_text
from memory import failpoints
from memory.store import Memory
from models.errors import ModelError
from models.protocols import CancelToken, PictureEmbedder, PictureTagger, TextReader, Transcriber, VoiceEmbedder

log = logging.getLogger(__name__)


class Stages:
    """What is done to one file; its arguments are those of ``ingest.importer.Importer``, and one more.

    Args:
        exclusions: Tells the pages of the screen that are never kept, by their addresses.
    """

    def __init__(
        self,
        memory: Memory,
        *,
        transcriber: Transcriber,
        text_reader: TextReader,
        splitter: Splitter,
        voices: VoiceEmbedder | None,
        eye: PictureEmbedder | None,
        tagger: PictureTagger | None,
        places: Places,
        exclusions: Callable[[], Exclusions],
    ) -> None:
        self._memory = memory
        self._transcriber, self._splitter, self._voices = transcriber, splitter, voices
        self._eye, self._places = eye, places
        self._pictures = PictureReader()
        looks = Looks(eye, tagger)
        self._images = ImageStages(self._pictures, places, text_reader, looks, kept_path=memory.media_path)
        self._scenes = SceneLooks(self._pictures, text_reader, looks)
        self._folds = ScreenFolds(looks)
        self._screen_words = ScreenWords(self._pictures, text_reader, exclusions=exclusions, folds=self._folds)
        self._writing_screens = threading.Lock()

    def close(self) -> None:
        """End the child process that opens pictures."""
        self._pictures.close()

    def keeper_of_screens(self, zone: str, on_kept: Callable[[int], None]) -> MemoryKeeper:
        """What keeps pictures of the screen; ``on_kept`` is told the jobs whose words are to be read."""

        def hand_on(job: int, moment: str, shot: Shot) -> None:
            self._screen_words.offer(moment, shot.pixels)
            on_kept(job)

        return MemoryKeeper(
            self._memory, zone=zone, writing=self._writing_screens, on_kept=hand_on, find=self._folds.find
        )

    def do(self, task: Task) -> list[str]:
        """Do the stage that a file stands at; its progress in the job and what it brings share a transaction.

        Returns:
            What is wrong with single lines of a list, in words.

        Raises:
            BadInput: the file cannot be understood, whatever is done.
            ModelError: a model is missing or does not load.
            MemoryFault: the disk is full or the home cannot be used.
            Cancelled: what was committed stays.
        """
        task.report(0.0)
        failpoints.hit("ingest.begin")
        if not task.kept_path.is_file():
            if task.payload["holds"] == SCREEN:  # the crash came before the picture was on disk: nothing was kept
                task.memory.jobs.drop(task.job.id)
                return []
            raise BadInput(f"The kept copy of “{task.name}” is gone.", hint="Import the file again.")
        faults: list[str] = []
        match (task.job.stage, task.payload["holds"]):
            case ("read", "audio"):
                self._read_medium(task)
            case ("scenes", _):
                find_scenes(task)
            case ("look", _):
                self._scenes.look(task)
            case ("read", "spoken"):
                recover_note(task)
            case ("transcribe", "spoken"):
                hear_note(task, self._transcriber)
            case ("separate", _):
                separate_recording(task, self._splitter)
            case ("transcribe", _):
                self._hear(task)
            case ("voices", _):
                find_speakers(task, self._voices)
            case ("read", "picture"):
                self._images.read(task)
            case ("read", "screen"):
                self._screen_words.recover(task)
            case ("ocr", "screen"):
                self._screen_words.read_text(task, self._writing_screens)
            case ("ocr", _):
                self._images.read_text(task)
            case ("read", "note"):
                read_text(task)
            case ("read", "calendar"):
                read_appointments(task)
            case ("read", "moments"):
                faults = read_list(task)
            case _:
                raise BadInput("This file was begun by another version of Madeleine.", hint="Import it again.")
        failpoints.hit(f"ingest.{task.job.stage}")
        return faults

    def see(self, cancel: CancelToken) -> None:
        """Look at pictures that an earlier run, another model or a crash has left without vectors."""
        if self._eye is None:
            return
        try:
            see_pending(self._memory, self._eye, self._images.open_kept, cancel=cancel)
        except ModelError as error:  # they are found by words, time and place
            log.warning("pictures were not looked at: %s", type(error).__name__)

    def _read_medium(self, task: Task) -> None:
        """A video where there is a moving picture, a recording otherwise."""
        facts = read_facts(task.kept_path)
        if facts is None:
            read_recording(task)
        elif self._places.is_excluded(facts.lat, facts.lon):
            leave_out(task)
        else:
            read_video(task, facts, self._places)

    def _hear(self, task: Task) -> None:
        """The words of a recording; a video whose sound cannot be decoded keeps its scenes."""
        try:
            transcribe_recording(task, self._transcriber, self._splitter, self._voices)
        except BadInput as error:
            if not task.payload.get("video", {}).get("n_scenes"):
                raise
            task.outcome.notes.append(f"only its picture is kept: {error}")
            task.memory.jobs.advance(task.job.id, "look", task.payload)
