"""Videos: scenes with key frames, times and places, sound beside them, damage, crashes."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from ingest import video_reader
from ingest.errors import BadInput
from ingest.scenes import MANY, SMALL_PX, SceneCutter
from ingest.video_reader import SceneReading, VideoFacts, parse_point, read_facts
from ingest.video_times import choose_time
from memory.records import Kind, Moment, TimeSource
from memory.store import Memory
from models.protocols import TextLine
from tests.support.ingest_files import NOW_US, build_importer, write_wav
from tests.support.ingest_process import run_import
from tests.support.models_fakes import FixedTextReader
from tests.support.videos import plain, walk, words, write_video

HOLIDAY = [(2.0, plain("darkred")), (3.0, words("Invoice 4711")), (2.0, plain("navy"))]
BERLIN = "Europe/Berlin"
TOLD = {"creation_time": "2025-06-01T10:00:00.000000Z", "location": "+48.8584+002.2945/"}


def scenes_of(memory: Memory) -> list[Moment]:
    return [moment for moment in memory.iter_moments() if moment.kind is Kind.SCENE]


def edges(path: Path) -> list[float]:
    """Where scenes begin, and the end of the last one."""
    scenes = list(SceneReading(path, name="it"))
    assert all(one.end_s == next_one.start_s for one, next_one in pairwise(scenes))
    return [*(scene.start_s for scene in scenes), scenes[-1].end_s]


@pytest.mark.parametrize(
    ("suffix", "codec"),
    [("mp4", "libx264"), ("mov", "libx264"), ("mkv", "libx264"), ("avi", "mpeg4"), ("webm", "libvpx")],
)
def test_scenes_end_where_the_picture_changes(tmp_path: Path, suffix: str, codec: str) -> None:
    path = write_video(tmp_path / f"x.{suffix}", HOLIDAY, codec=codec)
    assert edges(path) == pytest.approx([0, 2, 5, 7], abs=0.21)


def test_a_page_of_text_that_follows_another_is_a_scene_of_its_own(tmp_path: Path) -> None:
    pages = [(3.0, words("The first page\nsays one thing")), (3.0, words("Now another\npage is there"))]
    assert edges(write_video(tmp_path / "talk.mp4", pages, hz=None)) == pytest.approx([0, 3, 6], abs=0.21)


def test_a_camera_that_is_carried_and_a_flash_are_no_change_of_scene(tmp_path: Path) -> None:
    parts = [(6.0, walk(1)), (3.0, plain("navy")), (0.2, plain("white")), (3.0, plain("navy"))]
    assert edges(write_video(tmp_path / "walk.mp4", parts, hz=None)) == pytest.approx([0, 6, 12.2], abs=0.21)


def test_a_picture_that_dissolves_into_another_is_two_scenes(tmp_path: Path) -> None:
    first, second = (
        np.random.default_rng(seed).integers(low, high, (27, 48, 3))
        for seed, low, high in ((1, 30, 120), (2, 130, 230))
    )

    def dissolve(at_s: float) -> Any:
        share = min(1.0, max(0.0, (at_s - 4.0) / 1.5))
        return ((1 - share) * first + share * second).astype(np.uint8).repeat(4, 0).repeat(4, 1)

    assert edges(write_video(tmp_path / "x.mp4", [(10.0, dissolve)], hz=None)) == pytest.approx([0, 4.75, 10], abs=0.8)


def test_an_interrupted_look_goes_on_where_it_was(tmp_path: Path) -> None:
    path = write_video(tmp_path / "x.mp4", HOLIDAY)
    whole = list(SceneReading(path, name="it"))
    rest = list(SceneReading(path, name="it", start_s=whole[0].end_s, n_before=1))
    assert [(s.start_s, s.end_s, s.jpeg) for s in rest] == [(s.start_s, s.end_s, s.jpeg) for s in whole[1:]]


def test_long_videos_are_looked_at_by_their_key_frames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest import video_worker

    often = write_video(tmp_path / "often.mp4", HOLIDAY, keys_every=10)
    seldom = write_video(tmp_path / "seldom.mp4", [(7.0, plain("navy"))])
    monkeypatch.setattr(video_worker, "_SHORT_S", 1.0)
    assert video_worker._choose_how(often) == "NONKEY"
    assert video_worker._choose_how(seldom) == "NONREF"
    reading = video_worker._Reading(often, 0.0)
    assert [round(at_s, 1) for at_s, _frame in reading] == pytest.approx([0, 1, 2, 3, 4, 5, 6], abs=0.11)


def test_frames_a_second_apart_of_what_moves_are_no_scenes_and_slides_are() -> None:
    wide = np.random.default_rng(3).integers(60, 200, (3, 9, 400), dtype=np.uint8).repeat(8, 1).repeat(8, 2)
    moving, slides = SceneCutter(), SceneCutter()
    cuts = [moving.tell(n * 1.0, wide[:, :, n * 40 : n * 40 + SMALL_PX[0]], n) for n in range(60)]
    assert not any(cuts)
    pages = [np.full((3, SMALL_PX[1], SMALL_PX[0]), 200, np.uint8) for _ in range(3)]
    for n, page in enumerate(pages):
        page[:, 10 : 20 + 10 * n, 20 + 20 * n : 60 + 20 * n] = 40
    found = [slides.tell(30.0 * n, page, n) for n, page in enumerate(pages)] + slides.finish(90.0)
    assert [(cut.start_s, cut.key) for cut in found if cut] == [(0.0, 0), (30.0, 1), (60.0, 2)]


def test_a_day_of_flicker_has_few_scenes() -> None:
    cutter, n_cuts = SceneCutter(), 0
    grounds = [np.full((3, SMALL_PX[1], SMALL_PX[0]), level, np.uint8) for level in (40, 200)]
    for n in range(700):
        n_cuts += cutter.tell(n * 1.0, grounds[n % 2], n) is not None
    assert 2 * MANY < n_cuts <= 3 * MANY
    assert cutter.n_joined > 300


def test_a_video_becomes_scenes_and_utterances_with_one_clock(memory: Memory, importer: Any, tmp_path: Path) -> None:
    report = importer.import_paths([write_video(tmp_path / "holiday.mp4", HOLIDAY, metadata=TOLD)])
    assert (report.imported, report.failed, report.notes) == (1, (), ())
    scenes = scenes_of(memory)
    said = [moment for moment in memory.iter_moments() if moment.kind is Kind.UTTERANCE]
    assert len(scenes) == 3
    assert said
    assert report.moments == len(scenes) + len(said)
    [session] = memory.list_sessions()
    for moment in (*scenes, *said):
        assert moment.source == scenes[0].source
        assert moment.media is not None
        assert moment.media.sha256 == moment.source
        assert moment.started_us == session.started_us + round(moment.media.offset_s * 1e6)
        assert moment.time_source is TimeSource.CONTAINER
        assert moment.place is not None
        assert moment.place.name == "Paris, France"
    assert scenes[0].started_us == 1_748_772_000_000_000
    assert all(scene.text == "Invoice 4711\nTotal 12.50" for scene in scenes)  # what the fake reads everywhere
    assert scenes[1].picture is not None
    with Image.open(memory.media_path(scenes[1].picture)) as key:
        assert min(key.convert("L").getextrema()) < 60  # the words are in it
    assert importer.import_paths([tmp_path / "holiday.mp4"]).duplicates == 1


def test_a_video_without_sound_is_kept(memory: Memory, importer: Any, tmp_path: Path) -> None:
    path = write_video(tmp_path / "2025-06-01 10.00.00.mkv", HOLIDAY, hz=None)
    assert importer.import_paths([path]).failed == ()
    scenes = scenes_of(memory)
    assert len(scenes) == 3
    assert scenes[0].time_source is TimeSource.NAME
    assert scenes[0].details["silent"]
    assert memory.list_sessions() == []


def test_a_recording_with_a_cover_is_no_video(tmp_path: Path) -> None:
    import av

    path, cover = tmp_path / "song.mp3", tmp_path / "cover.png"
    Image.new("RGB", (64, 64), "red").save(cover)
    with av.open(str(cover)) as picture, av.open(str(path), "w") as container:
        sound = container.add_stream("libmp3lame", rate=48_000, layout="mono")
        kept = container.add_stream_from_template(picture.streams.video[0])
        kept.disposition = av.stream.Disposition.attached_pic
        packet = next(picture.demux(picture.streams.video[0]))
        packet.stream = kept
        container.mux(packet)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 48_000), np.float32), "fltp", "mono")
        frame.sample_rate = 48_000
        container.mux(sound.encode(frame))
        container.mux(sound.encode(None))
    assert read_facts(path) is None


def test_forgetting_takes_the_key_frames_too(memory: Memory, importer: Any, tmp_path: Path) -> None:
    importer.import_paths([write_video(tmp_path / "holiday.mp4", HOLIDAY)])
    scenes = scenes_of(memory)
    kept = [memory.media_path(media) for media in (*(s.picture for s in scenes), scenes[0].media) if media]
    assert all(path.is_file() for path in kept)
    memory.forget([scenes[0].id])
    assert [path.exists() for path in kept] == [False, True, True, True]
    memory.forget([moment.id for moment in memory.iter_moments()])
    assert not any(path.exists() for path in kept)


def test_a_scene_that_is_forgotten_while_it_is_read_stays_forgotten(memory: Memory, tmp_path: Path) -> None:
    class Forgetful(FixedTextReader):
        def read(self, image: Any) -> tuple[TextLine, ...]:
            if not forgotten:
                forgotten.append(scenes_of(memory)[0].id)
                memory.forget(forgotten)
            return super().read(image)

    forgotten: list[str] = []
    importer = build_importer(memory, text_reader=Forgetful())
    importer.import_paths([write_video(tmp_path / "holiday.mp4", HOLIDAY)])
    importer.close()
    assert len(scenes_of(memory)) == 2
    assert forgotten[0] not in {scene.id for scene in scenes_of(memory)}
    assert all(check.ok for check in memory.check())


def test_a_list_of_other_files_is_not_followed(tmp_path: Path) -> None:
    write_video(tmp_path / "secret.ts", HOLIDAY, hz=None)
    told = tmp_path / "list.ts"
    told.write_bytes(b"ffconcat version 1.0\n#" + bytes(600) + b"\nfile secret.ts\n")
    assert read_facts(told) is None
    with pytest.raises(BadInput):
        list(SceneReading(told, name="it"))


def test_an_error_after_the_first_scene_costs_what_comes_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [({"scene": {"start_s": 0, "end_s": 1, "key_s": 0.5, "size_px": [4, 4]}}, b"jpeg"), ({"error": "ends"}, b"")]
    monkeypatch.setattr(video_reader, "_messages", lambda _child: iter(told))
    reading = SceneReading(write_video(tmp_path / "x.mp4", [(1.0, plain("navy"))], hz=None), name="it")
    assert len(list(reading)) == 1
    assert reading.notes == ["the picture could be read up to second 0 only"]


def test_a_turned_video_gives_upright_key_frames(tmp_path: Path) -> None:
    path = write_video(tmp_path / "x.mp4", [(1.0, plain("navy"))], hz=None, rotation=90)
    [scene] = SceneReading(path, name="it")
    assert scene.size_px == (108, 192)


def test_a_cut_video_keeps_what_could_be_read(memory: Memory, importer: Any, tmp_path: Path) -> None:
    path = write_video(tmp_path / "x.mkv", [(3.0, walk(1)), (3.0, plain("navy")), (6.0, walk(2))])
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    report = importer.import_paths([path])
    assert report.failed == ()
    assert len(scenes_of(memory)) >= 2


def test_damage_in_the_middle_costs_the_damage(memory: Memory, importer: Any, tmp_path: Path) -> None:
    path = write_video(tmp_path / "x.mkv", [(3.0, walk(1)), (3.0, plain("navy")), (3.0, walk(2))], keys_every=10)
    data = bytearray(path.read_bytes())
    middle = len(data) // 6
    data[middle : middle + 400] = np.random.default_rng(1).integers(0, 256, 400, dtype=np.uint8).tobytes()
    path.write_bytes(data)
    assert importer.import_paths([path]).failed == ()
    assert scenes_of(memory)[-1].ended_us - scenes_of(memory)[0].started_us > 8_000_000


def test_a_video_that_is_none_is_refused_in_words(memory: Memory, importer: Any, tmp_path: Path) -> None:
    path = write_video(tmp_path / "x.mkv", HOLIDAY, hz=None)
    (tmp_path / "x.mkv").write_bytes(path.read_bytes()[:600] + bytes(5000))
    write_wav(tmp_path / "y.wav")
    report = importer.import_paths([path, tmp_path / "y.wav"])
    assert report.imported == 1
    [failure] = report.failed
    assert "x.mkv" in failure.error
    assert failure.hint


def test_killed_anywhere_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    path = write_video(tmp_path / "2025-06-01.mp4", HOLIDAY)
    run_import(tmp_path / "whole", path)
    killed = tmp_path / "killed"
    for failpoint in ("file_written:3", "ingest.scene", "ingest.scenes", "ingest.look:2"):  # one after the other
        code, _report = run_import(killed, path, failpoint=failpoint)
        assert code == -9
    assert run_import(killed, path)[1]["failed"] == []
    kept = []
    for home in (tmp_path / "whole", killed):
        with Memory.open(home, use_chroma=False) as memory:
            kept.append([(m.id, m.text, m.media, m.picture, m.started_us, m.ended_us) for m in memory.iter_moments()])
            assert all(check.ok for check in memory.check())
    assert kept[0] == kept[1]
    assert len(kept[0]) >= 4


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("+48.8584+002.2945+035.000/", (48.8584, 2.2945)),
        ("-3340.25-07030.5/", (-33.6708333, -70.5083333)),
        ("+273420.5+0864236/", (27.5723611, 86.71)),
        ("+00.0000+000.0000/", (None, None)),
        ("+95.0000+002.2945/", (None, None)),
        ("Paris", (None, None)),
    ],
)
def test_places_are_read_as_iso_6709_writes_them(text: str, point: tuple[float | None, float | None]) -> None:
    assert parse_point(text) == pytest.approx(point)


@pytest.mark.parametrize(
    ("told", "name", "expected"),
    [
        ({"local_time": "2025-06-01T12:00:00+0300"}, "x.mov", ("09:00", "+03:00", TimeSource.RECORDING)),
        ({"created": "2025-06-01T10:00:00Z"}, "x.mp4", ("10:00", BERLIN, TimeSource.CONTAINER)),
        ({"created": "2025-06-01T10:00:00Z"}, "2025-06-01.mp4", ("10:00", BERLIN, TimeSource.CONTAINER)),
        # name and creation time are two hours apart, as in Berlin in summer; or five and a half
        ({"created": "2025-06-01T10:00:10Z"}, "VID_20250601_120010.mp4", ("10:00", BERLIN, TimeSource.RECORDING)),
        ({"created": "2025-06-01T10:00:10Z"}, "VID_20250601_153010.mp4", ("10:00", "+05:30", TimeSource.RECORDING)),
        # a camera that writes its local time for UTC
        ({"created": "2025-06-01T10:00:10Z"}, "V_20250601_100010.avi", ("08:00", BERLIN, TimeSource.EXIF_NO_OFFSET)),
        ({"created": "1904-01-01T00:00:00Z"}, "2025-06-01 10.00.00.mp4", ("08:00", BERLIN, TimeSource.NAME)),
        ({}, "x.mp4", ("12:00", BERLIN, TimeSource.FILE)),
    ],
)  # fmt: skip
def test_the_time_is_told_with_its_doubt(told: dict[str, str], name: str, expected: tuple[object, ...]) -> None:
    from ingest.times import from_us

    facts = VideoFacts(length_s=60.0, has_sound=True, **told)  # type: ignore[arg-type]
    file_us = 1_748_779_260_000_000  # 12:01 UTC
    when = choose_time(facts, name=name, file_us=file_us, zone="Europe/Berlin", now_us=NOW_US, at_us=None)
    assert (f"{from_us(when.us):%H:%M}", when.zone, when.source) == expected
