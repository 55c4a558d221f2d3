"""The picture of videos into memory: one moment a scene, with its key frame, then what is read and seen in it.

Role: the stages "scenes" and "look" of videos; their sound goes through the stages of recordings and shares clock and
source with the scenes. A crash costs the scene that was being worked on, no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ingest.errors import BadArray, BadInput
from ingest.images import to_details
from ingest.pictures import PictureReader
from ingest.places import Places
from ingest.recordings import read_recording
from ingest.seeing import Looks
from ingest.times import When
from ingest.versions import LIVE_S, mark_of_name
from ingest.video_reader import Scene, SceneReading, VideoFacts
from ingest.video_times import choose_time
from ingest.work import Task, to_place
from memory import failpoints
from memory.records import Kind, Media, Moment, TimeSource, moment_id
from models.protocols import TextReader

_SCENES_SHARE = 0.3  # of the work on a video
_LEAST_SIDE_PX = 12


def read_video(task: Task, facts: VideoFacts, places: Places) -> None:
    """Stage "read" of a video: when, where, and whether there is sound.

    Raises:
        BadArray: the array that the user named does not fit its sound.
    """
    when = choose_time(
        facts,
        name=task.name,
        file_us=task.payload["file_us"],
        zone=task.zone,
        now_us=task.now_us,
        at_us=task.payload.get("at_us"),
    )
    added = _begin(facts, places, when)
    if facts.has_sound:
        try:
            read_recording(task, when=when, added=added)
            return
        except BadArray:
            raise
        except BadInput as error:
            task.outcome.notes.append(f"only its picture is kept: {error}")
            added["video"]["has_sound"] = False
    payload = {**task.payload, **added, "time_source": str(when.source), "then": "look"}
    task.memory.jobs.advance(task.job.id, "scenes", payload)


def _begin(facts: VideoFacts, places: Places, when: When) -> dict[str, Any]:
    """What the later stages need to know of a video; goes into its job's payload."""
    video = {
        "has_sound": facts.has_sound,
        "length_s": facts.length_s,
        "camera": facts.camera,
        "started_us": when.us,
        "zone": when.zone,
        "n_scenes": 0,
        "until_s": 0.0,
        "n_seen": 0,
    }
    place = None if facts.lat is None or facts.lon is None else places.find_place(facts.lat, facts.lon)
    return {"video": video} | ({"place": [place.name, place.lat, place.lon]} if place else {})


def scene_id(sha256: str, number: int) -> str:
    """The id of a scene of a video; the same file always gives the same."""
    return moment_id(sha256, f"scene/{number}")


def find_scenes(task: Task) -> None:
    """Stage "scenes": look through the picture, and keep each scene as soon as it is over.

    Raises:
        BadInput: no picture can be read, and there is no sound either.
        Cancelled: what was committed stays.
    """
    video: dict[str, Any] = dict(task.payload["video"])
    reading = SceneReading(task.kept_path, name=task.name, start_s=video["until_s"], n_before=video["n_scenes"])
    try:
        for scene in reading:
            task.cancel.raise_if_cancelled()
            picture = task.memory.keep_bytes(scene.jpeg, ".jpg")
            moment = _to_moment(task, video, scene, picture)
            video |= {"n_scenes": video["n_scenes"] + 1, "until_s": scene.end_s}
            task.memory.write_moments([moment], job_step=(task.job.id, "scenes", {**task.payload, "video": video}))
            task.outcome.n_moments += 1
            failpoints.hit("ingest.scene")
            task.report(_SCENES_SHARE * min(1.0, scene.end_s / max(video["length_s"], scene.end_s, 1e-3)))
    except BadInput as error:
        if not video["has_sound"]:
            raise
        task.outcome.notes.append(f"only its sound is kept: {error}")
    task.outcome.notes += reading.notes
    task.memory.jobs.advance(task.job.id, task.payload["then"], {**task.payload, "video": video})


def _to_moment(task: Task, video: Mapping[str, Any], scene: Scene, picture: Media) -> Moment:
    details: dict[str, Any] = {"path": task.job.path, "size_px": list(scene.size_px), "key_s": round(scene.key_s, 3)}
    if video["length_s"] <= LIVE_S:
        details["versions"] = {"name": mark_of_name(task.job.path)}
    if not video["has_sound"]:
        details["silent"] = True
    if video["camera"]:
        details["exif"] = {"camera": video["camera"]}
    return Moment(
        id=scene_id(task.sha256, video["n_scenes"]),
        kind=Kind.SCENE,
        started_us=video["started_us"] + round(scene.start_s * 1e6),
        ended_us=video["started_us"] + round(scene.end_s * 1e6),
        text="",
        zone=video["zone"],
        time_source=TimeSource(task.payload["time_source"]),
        source=task.sha256,
        ordinal=video["n_scenes"],
        media=replace(task.media, offset_s=round(scene.start_s, 3), duration_s=round(scene.end_s - scene.start_s, 3)),
        picture=picture,
        place=to_place(task.payload),
        details=details,
    )


class SceneLooks:
    """The stage "look": reads and sees the key frames of a video."""

    def __init__(self, pictures: PictureReader, text_reader: TextReader, looks: Looks) -> None:
        self._pictures = pictures
        self._text_reader = text_reader
        self._looks = looks

    def look(self, task: Task) -> None:
        """Go through the scenes that were not looked at; those that were forgotten meanwhile stay forgotten.

        Raises:
            ModelError: the text reader cannot work.
            Cancelled: what was committed stays.
        """
        video: dict[str, Any] = dict(task.payload["video"])
        while video["n_seen"] < video["n_scenes"]:
            task.cancel.raise_if_cancelled()
            number = scene_id(task.sha256, video["n_seen"])
            moment = task.memory.find_moments([number]).get(number)
            video["n_seen"] += 1
            payload = {**task.payload, "video": video}
            if moment is None or moment.picture is None:
                task.memory.jobs.advance(task.job.id, "look", payload)
            else:
                self._look_at(task, moment, moment.picture, payload)
            failpoints.hit("ingest.look")
            task.report(1 - _SCENES_SHARE * (1 - video["n_seen"] / video["n_scenes"]))
        task.memory.jobs.advance(task.job.id, "embed", {**task.payload, "video": video})

    def _look_at(self, task: Task, moment: Moment, picture: Media, payload: Mapping[str, Any]) -> None:
        """Read one key frame; one that was lost since is left as it is, for its time and its sound are kept."""
        try:
            opened = self._pictures.read(task.memory.media_path(picture), name=task.name)
        except BadInput:
            task.memory.jobs.advance(task.job.id, "look", payload)
            return
        is_small = min(opened.pixels.shape[:2]) < _LEAST_SIDE_PX
        lines = () if is_small else self._text_reader.read(opened.pixels)
        look = self._looks.look(opened.pixels)

        def with_words(kept: Moment) -> Moment:
            return replace(
                kept,
                text="\n".join(line.text for line in lines),
                producer=self._text_reader.producer,
                details={**kept.details, "lines": to_details(lines, opened.scale), **look.details},
            )

        if task.memory.change_moment(moment.id, with_words, job_step=(task.job.id, "look", payload)):
            self._looks.keep(task.memory, moment.id, look)
