"""The words of pictures of the screen: the stage "ocr" of what screen capture kept.

Role: reads each picture once, from its pixels where they are still at hand, and writes the lines into its moment.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace

from ingest.images import to_details
from ingest.pictures import PictureReader
from ingest.screen_folds import ScreenFolds
from ingest.screen_gaps import SOURCE
from ingest.screen_pages import find_address
from ingest.screen_privacy import HIDDEN, Exclusions
from ingest.seeing import Looks
from ingest.work import Task
from memory.records import Gap, Kind, Moment, Source, TimeSource
from models.protocols import ImageArray, TextReader

_MOST_AT_HAND = 4


class ScreenWords:
    """The stage, and the pixels of the last few pictures, so that these need not be decoded.

    Args:
        pictures: Opens what is not at hand any more.
        text_reader: Reads.
        exclusions: What is never kept; asked at each picture, for an address is known only once it was read.
        folds: Looks at pages, and folds those that show what the page before shows.
    """

    def __init__(
        self,
        pictures: PictureReader,
        text_reader: TextReader,
        *,
        exclusions: Callable[[], Exclusions] = Exclusions,
        folds: ScreenFolds | None = None,
    ) -> None:
        self._folds = folds or ScreenFolds(Looks())
        self._exclusions = exclusions
        self._pictures = pictures
        self._text_reader = text_reader
        self._at_hand: OrderedDict[str, ImageArray] = OrderedDict()
        self._changing = threading.Lock()

    def offer(self, moment: str, pixels: ImageArray) -> None:
        """Have the pixels of a moment at hand."""
        with self._changing:
            self._at_hand[moment] = pixels
            while len(self._at_hand) > _MOST_AT_HAND:
                self._at_hand.popitem(last=False)

    def recover(self, task: Task) -> None:
        """Stage "read": a crash came after the picture and before its moment; what was in front is not known any more.

        Its time is, and its words will be.
        """
        moment = Moment(
            id=str(task.payload["moment"]),
            kind=Kind.SCREENSHOT,
            started_us=int(task.payload["at_us"]),
            ended_us=int(task.payload["at_us"]),
            text="",
            zone=task.zone,
            time_source=TimeSource.RECORDING,
            source=task.sha256,
            media=task.media,
        )
        path = task.kept_path
        task.memory.sources.add(
            Source(
                sha256=task.sha256,
                path=task.name,
                n_bytes=path.stat().st_size,
                mime=str(task.payload["mime"]),
                imported_us=moment.started_us,
            )
        )
        task.memory.write_moments([moment], job_step=(task.job.id, "ocr", task.payload))

    def read_text(self, task: Task, writing: threading.Lock) -> None:
        """Stage "ocr" of a picture of the screen.

        Args:
            task: The picture; a moment that was forgotten meanwhile stays forgotten.
            writing: Held while the moment is read and written.

        Raises:
            BadInput: it cannot be opened any more.
            ModelError: the text reader cannot work.
        """
        moment_id = str(task.payload["moment"])
        with self._changing:
            pixels = self._at_hand.pop(moment_id, None)
        if pixels is None:
            pixels = self._pictures.read(task.kept_path, name=task.name).pixels
        lines = self._text_reader.read_screen(pixels)
        look = self._folds.look(str(task.payload.get("monitor")), pixels)
        with writing:
            moment = task.memory.find_moments([moment_id]).get(moment_id)
            if moment is None:
                task.memory.jobs.drop(task.job.id)
                return
            address = find_address(lines, moment.details.get("window_px"))
            if self._exclusions().excludes_page(address, moment.window):
                _let_go(task, moment)
                return
            details = {**moment.details, "lines": to_details(lines, (1.0, 1.0))}
            if address:
                details["address"] = address
            read = replace(
                moment,
                text="\n".join(line.text for line in lines),
                producer=self._text_reader.producer,
                details=details,
            )
            if self._folds.fold(task.memory, read, look):
                task.memory.jobs.drop(task.job.id)  # where another page shares the picture, forgetting left it
                return
            task.memory.write_moments([read], job_step=(task.job.id, "embed", task.payload))
            self._folds.keep(task.memory, read.id, look)
        task.outcome.n_moments += 1
        task.report(1.0)


def _let_go(task: Task, moment: Moment) -> None:
    """Delete a page that is never kept, picture and all; the gap names nothing.

    Its job goes last, so that after a crash before that the page is read, and let go, once more.
    """
    task.memory.forget([moment.id])
    if moment.ended_us > moment.started_us:
        task.memory.add_gap(Gap(source=SOURCE, started_us=moment.started_us, ended_us=moment.ended_us, reason=HIDDEN))
    task.memory.jobs.drop(task.job.id)
