"""Pictures into memory: when and where at once, the words in them afterwards.

Role: the stages "read" and "ocr" of photos and screenshots. The first makes the picture findable by time and place
even where the text reader's weights are missing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from ingest import exif
from ingest.errors import BadInput
from ingest.pictures import Picture, PictureReader, classify, find_app_and_window, is_drawn
from ingest.places import Places
from ingest.seeing import Looks
from ingest.times import When
from ingest.versions import fingerprint, mark_of_name, mark_of_second
from ingest.work import Task, leave_out
from memory.records import Kind, Media, Moment, TimeSource, moment_id
from models.protocols import ImageArray, TextLine, TextReader

_LEAST_SIDE_PX = 12  # smaller pictures hold no letters


class ImageStages:
    """The two stages; keeps the last picture's pixels between them, so that it is opened once."""

    def __init__(
        self,
        reader: PictureReader,
        places: Places,
        text_reader: TextReader,
        looks: Looks | None = None,
        *,
        kept_path: Callable[[Media], Path] | None = None,
    ) -> None:
        self._reader = reader
        self._places = places
        self._text_reader = text_reader
        self._looks = looks or Looks()
        self._kept_path = kept_path
        self._last: tuple[str, Picture] | None = None

    def read(self, task: Task) -> None:
        """Stage "read": open it, find time, place and kind, and keep the moment without its words.

        Raises:
            BadInput: it cannot be opened.
        """
        picture = self._open(task)
        if self._places.is_excluded(picture.exif.lat, picture.exif.lon):
            leave_out(task)
            return
        moment = self._build_moment(task, picture)
        task.memory.write_moments([moment], job_step=(task.job.id, "ocr", task.payload))
        task.outcome.n_moments += 1
        task.report(0.3)

    def read_text(self, task: Task) -> None:
        """Stage "ocr": read the lines and write them into the moment.

        Raises:
            BadInput: it cannot be opened any more.
            ModelError: the text reader cannot work.
        """
        picture = self._open(task)
        lines: tuple[TextLine, ...] = ()
        if min(picture.pixels.shape[:2]) >= _LEAST_SIDE_PX:
            how = self._text_reader.read_screen if is_drawn(picture, task.name) else self._text_reader.read
            lines = how(picture.pixels)
        kept = task.memory.find_moments([moment_id(task.sha256, "picture")])
        moment = next(iter(kept.values()), None) or self._build_moment(task, picture)
        look = self._looks.look(picture.pixels)
        read = replace(
            moment,
            text="\n".join([*(line.text for line in lines), *filter(None, [picture.xmp.words])]),
            producer=self._text_reader.producer,
            details={**moment.details, "lines": to_details(lines, picture.scale), **look.details},
        )
        payload = {key: value for key, value in task.payload.items() if key != "sidecar"}  # what it says is kept by now
        task.memory.write_moments([read], job_step=(task.job.id, "embed", payload))
        self._looks.keep(task.memory, read.id, look)
        self._last = None
        if picture.note:
            task.outcome.notes.append(picture.note)
        task.report(1.0)

    def open_kept(self, moment: Moment) -> ImageArray:
        """The pixels of a picture that is in the memory already.

        Raises:
            BadInput: it cannot be opened any more.
        """
        if self._kept_path is None or moment.shown is None:
            raise BadInput("The picture is not kept.", hint="")
        return self._reader.read(self._kept_path(moment.shown)).pixels

    def _open(self, task: Task) -> Picture:
        if self._last is None or self._last[0] != task.sha256:
            self._last = None  # let go of the old pixels before the new ones come
            self._last = (
                task.sha256,
                self._reader.read(task.kept_path, name=task.name, sidecar=task.payload.get("sidecar", "")),
            )
        return self._last[1]

    def _build_moment(self, task: Task, picture: Picture) -> Moment:
        facts, at_us = picture.exif, task.payload.get("at_us")
        when = exif.choose_time(
            facts, name=task.name, file_us=task.payload["file_us"], zone=task.zone, now_us=task.now_us
        )
        if at_us is not None:
            when = When(at_us, task.zone, TimeSource.GIVEN)
        kind = classify(picture, task.name)
        app, window = find_app_and_window(picture, task.name) if kind is Kind.SCREENSHOT else (None, None)
        has_place = facts.lat is not None and facts.lon is not None
        return Moment(
            id=moment_id(task.sha256, "picture"),
            kind=kind,
            started_us=when.us,
            ended_us=when.us,
            text=picture.xmp.words,
            zone=when.zone,
            time_source=when.source,
            source=task.sha256,
            media=task.media,
            place=self._places.find_place(facts.lat or 0.0, facts.lon or 0.0) if has_place else None,
            app=app,
            window=window,
            details=_describe(task, picture),
        )


def _describe(task: Task, picture: Picture) -> dict[str, Any]:
    facts = picture.exif
    told = {
        "camera": facts.camera,
        "software": facts.software,
        "local_time": facts.local_time,
        "offset": facts.offset,
        "gps_us": facts.gps_us,
    }
    details: dict[str, Any] = {
        "path": task.job.path,
        "size_px": [picture.width_px, picture.height_px],
        "exif": {key: value for key, value in told.items() if value},
        "versions": {
            "name": mark_of_name(task.job.path),
            "second": mark_of_second(task.job.path, facts.camera, facts.local_time),
            "look": fingerprint(picture.pixels),
        },
    }
    xmp = {key: value for key, value in asdict(picture.xmp).items() if value}
    if xmp:
        details["xmp"] = xmp
    if picture.note:
        details["note"] = picture.note
    return details


def to_details(lines: Sequence[TextLine], scale: tuple[float, float]) -> list[dict[str, Any]]:
    """Lines as they are kept, boxes in pixels of the upright picture in full size."""
    across, down = scale
    return [
        {
            "text": line.text,
            "box": [[round(x * across, 1), round(y * down, 1)] for x, y in line.box_px],
            "confidence": round(line.confidence, 3),
        }
        | ({"words": [[round(x * across, 1) for x in word] for word in line.words]} if line.words else {})
        for line in lines
    ]
