"""Separation of an array recording on its way into memory: streams, their files, what falls back, what survives."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from ingest.audio import open_recording
from ingest.channels import iter_chapters
from ingest.chapters import Heard, Voice, hear_chapter, mean_azimuth_rad
from ingest.hearing.blocks import BlockOptions
from ingest.records import ImportProgress
from ingest.separation import match_tracks, open_spans
from memory.records import Moment, StreamSpan
from memory.store import Memory
from models.protocols import Cancelled, CancelToken
from tests.support.hearing_room import CIRCLE_4, LINE_4, RATE_HZ, error_deg, scene
from tests.support.ingest_files import build_importer
from tests.support.models_fakes import ScriptedTranscriber
from tests.support.separation import (
    ARRAY,
    LEFT_DEG,
    LENGTH_S,
    RIGHT_DEG,
    build_splitter,
    run_separation,
    two_people,
    write_array,
)

SAID = (
    "the boiler man comes on friday",
    "our dog learned to open a fridge",
    "seven bikes need new brakes",
    "she moved to Lisbon in May",
    "add lemon juice and pepper",
)
SHORT = BlockOptions(block_s=8.0, overlap_s=2.0)


@pytest.fixture(scope="module")
def audio() -> NDArray[np.float32]:
    return two_people()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, audio: NDArray[np.float32]) -> Path:
    return write_array(tmp_path_factory.mktemp("room") / "2026-03-04_15-06-07 two.flac", audio)


def take_in(memory: Memory, path: Path, **parts: Any) -> Any:
    importer = build_importer(memory, **{"splitter": build_splitter(), **parts})
    report = importer.import_paths([path], array=ARRAY)
    importer.close()
    assert report.failed == ()
    return report


class Numbered(ScriptedTranscriber):
    """Says something else in each stretch, so that nothing passes for a leak."""

    def transcribe(self, audio: Any, **options: Any) -> Any:
        self._sentences = (SAID[len(self.heard_s) % len(SAID)],)
        return super().transcribe(audio, **options)


def test_each_direction_is_a_stream_with_its_own_sound(memory: Memory, file: Path) -> None:
    report = take_in(memory, file, transcriber=Numbered())
    [session] = report.sessions
    parts = memory.list_streams(session)
    numbers = sorted({part.number for part in parts})
    assert numbers == [0, 1]
    azimuths = [mean_azimuth_rad([s for part in parts if part.number == n for s in part.spans]) for n in numbers]
    assert error_deg([a for a in azimuths if a is not None], [np.deg2rad(LEFT_DEG), np.deg2rad(RIGHT_DEG)]).max() < 5
    for part in parts:
        sound, rate_hz = soundfile.read(memory.media_path(part.media))
        assert (sound.ndim, rate_hz, len(sound)) == (1, RATE_HZ, round(part.media.duration_s * RATE_HZ))
    kept = memory.find_session(session)
    assert kept is not None
    assert kept.media is not None
    assert (kept.n_channels, kept.media.duration_s) == (4, LENGTH_S)
    assert memory.media_path(kept.media).read_bytes() == file.read_bytes()


def test_a_moment_plays_its_own_direction_from_its_second(memory: Memory, file: Path) -> None:
    report = take_in(memory, file, transcriber=Numbered())
    moments = list(memory.iter_moments())
    assert {moment.stream for moment in moments} == {0, 1}
    parts = {part.media.sha256: part for part in memory.list_streams(report.sessions[0])}
    session = memory.find_session(report.sessions[0])
    assert session is not None
    for moment in moments:
        assert moment.media is not None
        part = parts[moment.media.sha256]
        assert part.number == moment.stream
        at_s = (moment.started_us - session.started_us) / 1e6
        assert moment.media.offset_s == pytest.approx(at_s - part.start_s, abs=0.002)
        assert moment.azimuth_rad is not None
    for number in (0, 1):
        assert [m.ordinal for m in moments if m.stream == number] == list(
            range(sum(m.stream == number for m in moments))
        )


def test_the_silence_of_a_direction_is_not_listened_to(memory: Memory, file: Path) -> None:
    """The second one speaks five seconds of twenty-four."""
    heard: list[NDArray[np.float32]] = []

    class Listening(Numbered):
        def transcribe(self, audio: Any, **options: Any) -> Any:
            heard.append(audio.copy())
            return super().transcribe(audio, **options)

    take_in(memory, file, transcriber=Listening())
    open_s = sorted(float(np.count_nonzero(sound)) / RATE_HZ for sound in heard)
    assert len(heard) >= 3
    assert open_s[0] < 7
    assert all(np.abs(sound).max() == pytest.approx(0.5, abs=0.01) for sound in heard)


def test_a_doubtful_language_is_that_of_the_others_in_the_room(memory: Memory, file: Path) -> None:
    """Alone, a faint stream of six seconds was once taken for Hindi."""
    likely: list[str | None] = []

    class Asking(Numbered):
        def transcribe(self, audio: Any, **options: Any) -> Any:
            likely.append(options["likely"])
            return super().transcribe(audio, **options)

    take_in(memory, file, transcriber=Asking(language="pt"))
    assert likely[:2] == [None, "pt"]


def test_without_an_array_all_is_one_stream(memory: Memory, file: Path) -> None:
    importer = build_importer(memory, splitter=build_splitter())
    report = importer.import_paths([file])
    importer.close()
    assert memory.list_streams(report.sessions[0]) == []
    assert {(m.stream, m.azimuth_rad) for m in memory.iter_moments()} == {(0, None)}
    [media] = {m.media.sha256 for m in memory.iter_moments() if m.media}
    source = memory.sources.find(media)
    assert source is not None


def test_forgetting_the_last_moment_takes_the_separated_sound_along(memory: Memory, file: Path) -> None:
    report = take_in(memory, file)
    paths = [memory.media_path(part.media) for part in memory.list_streams(report.sessions[0])]
    assert all(path.is_file() for path in paths)
    memory.forget([moment.id for moment in memory.iter_moments()])
    assert memory.list_streams(report.sessions[0]) == []
    assert not [path for path in paths if path.exists()]
    assert [path for path in memory.home.media.rglob("*") if path.is_file()] == []


def test_silence_gives_no_stream_and_no_words(memory: Memory, tmp_path: Path) -> None:
    report = take_in(memory, write_array(tmp_path / "x.flac", np.zeros((4, 3 * RATE_HZ), np.float32)))
    assert (report.imported, report.moments) == (1, 0)
    assert memory.list_streams(report.sessions[0]) == []


def test_a_cut_file_is_separated_as_far_as_it_goes_and_said(memory: Memory, tmp_path: Path, file: Path) -> None:
    data = file.read_bytes()
    (tmp_path / "x.flac").write_bytes(data[: len(data) // 3])
    report = take_in(memory, tmp_path / "x.flac")
    assert any("damaged" in note.text for note in report.notes)
    assert memory.list_streams(report.sessions[0])


def test_what_has_no_direction_is_still_heard(memory: Memory, tmp_path: Path) -> None:
    """Noise of each microphone's own: nothing to separate, but the recognizer gets it."""
    noise = np.random.default_rng(1).normal(0, 0.01, (4, 4 * RATE_HZ)).astype(np.float32)
    take_in(memory, write_array(tmp_path / "x.flac", noise))
    assert {(m.stream, m.azimuth_rad) for m in memory.iter_moments()} == {(0, None)}


def test_a_dead_microphone_is_said_and_left_out(memory: Memory, tmp_path: Path, audio: NDArray[np.float32]) -> None:
    broken = audio[:, : 10 * RATE_HZ].copy()
    broken[2] = 0
    report = take_in(memory, write_array(tmp_path / "x.flac", broken), transcriber=Numbered())
    assert [note.text for note in report.notes] == ["Microphone 3 gives no sound."]
    found = [moment.azimuth_rad for moment in memory.iter_moments() if moment.azimuth_rad is not None]
    assert error_deg(found, [np.deg2rad(LEFT_DEG)]).max() < 8


def test_an_inverted_microphone_is_turned_back(audio: NDArray[np.float32]) -> None:
    broken = audio[:, : 8 * RATE_HZ].copy()
    broken[1] *= -1
    heard = hear_chapter(broken, CIRCLE_4, options=SHORT)
    assert heard.notes == ("Microphone 2 is wired with reversed polarity.",)
    assert error_deg([v.azimuth_rad for v in heard.voices if v.azimuth_rad is not None], [np.deg2rad(LEFT_DEG)])[0] < 5


def test_one_microphone_in_all_channels_is_heard_as_one(audio: NDArray[np.float32]) -> None:
    heard = hear_chapter(np.repeat(audio[:1, : 8 * RATE_HZ], 4, axis=0), CIRCLE_4, options=SHORT)
    assert [voice.azimuth_rad for voice in heard.voices] == [None]
    assert any("carry the same signal" in note for note in heard.notes)
    assert heard.notes[-1] == "All directions were heard as one."


def test_an_overdriven_microphone_is_left_out(audio: NDArray[np.float32]) -> None:
    broken = audio[:, : 8 * RATE_HZ].copy()
    broken[3] = np.clip(20 * broken[3], -1, 1)
    heard = hear_chapter(broken, CIRCLE_4, options=SHORT)
    assert heard.notes == ("Microphone 4 is overdriven: lower its gain.",)
    assert np.abs(heard.voices[0].audio).max() < 0.9


def test_exchanged_microphones_are_said_and_no_direction_made_up(audio: NDArray[np.float32]) -> None:
    heard = hear_chapter(audio[[1, 0, 2, 3], : 14 * RATE_HZ], CIRCLE_4, options=SHORT)
    assert heard.notes == (
        "Microphones 1 and 2, or 3 and 4, seem to be exchanged.",
        "All directions were heard as one.",
    )
    assert [voice.azimuth_rad for voice in heard.voices] == [None]


def test_a_wrong_geometry_is_said_and_no_direction_made_up(audio: NDArray[np.float32]) -> None:
    wrong = [(2 * x, 2 * y, z) for x, y, z in CIRCLE_4]
    heard = hear_chapter(audio[:, : 14 * RATE_HZ], wrong, options=SHORT)
    assert "times as far apart" in heard.notes[0]
    assert [voice.azimuth_rad for voice in heard.voices] == [None]
    assert np.abs(heard.voices[0].audio).max() > 0.1


def read_all(home: Path) -> tuple[list[Moment], list[Any], set[str]]:
    """All that an import has made."""
    with Memory.open(home, use_chroma=False) as memory:
        moments = list(memory.iter_moments())
        [session] = {moment.session for moment in moments}
        assert session is not None
        parts = memory.list_streams(session)
        assert {job.state for job in memory.jobs.list_jobs()} == {"done"}
        return moments, parts, {path.name for path in memory.home.media.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory, file: Path) -> Any:
    home = tmp_path_factory.mktemp("whole") / "home"
    assert run_separation(home, file)[0] == 0
    return read_all(home)


@pytest.mark.parametrize("point", ["file_written:2", "ingest.chapter", "ingest.separate", "ingest.stretch"])
def test_a_killed_separation_goes_on_and_ends_the_same(tmp_path: Path, file: Path, expected: Any, point: str) -> None:
    home = tmp_path / "home"
    assert run_separation(home, file, failpoint=point)[0] == -9
    with Memory.open(home, use_chroma=False) as memory:
        importer = build_importer(memory, splitter=build_splitter())
        assert importer.resume().failed == ()
        importer.close()
    assert read_all(home) == expected


def test_a_finished_chapter_is_not_separated_again(memory: Memory, file: Path, monkeypatch: Any) -> None:
    lengths: list[int] = []

    def counting(audio: Any, *args: Any, **options: Any) -> Any:
        lengths.append(audio.shape[1])
        return hear_chapter(audio, *args, **options)

    monkeypatch.setattr("ingest.separation.hear_chapter", counting)
    cancel = CancelToken()
    importer = build_importer(memory, splitter=build_splitter())

    def stop(progress: Any) -> None:
        if progress.stage == "separate" and len(lengths) == 2:
            cancel.cancel()

    with pytest.raises(Cancelled):
        importer.import_paths([file], array=ARRAY, cancel=cancel, report=stop)
    n_before = len(lengths)
    assert importer.resume().failed == ()
    importer.close()
    [job] = memory.jobs.list_jobs()
    ends = job.payload["separated"]["ends"]
    assert len(lengths) == n_before + len(ends) - 1
    assert ends[-1] == round(LENGTH_S * RATE_HZ)


def test_chapters_cover_the_recording_once_and_end_the_same_after_a_skip(
    tmp_path: Path, audio: NDArray[np.float32]
) -> None:
    path = tmp_path / "x.wav"
    soundfile.write(path, audio.T, 48_000, subtype="FLOAT")  # as if three times as fast
    recording = open_recording(path)
    whole = list(iter_chapters(recording, chapter_s=3.0))
    assert [c.is_last for c in whole] == [False] * (len(whole) - 1) + [True]
    assert [c.start_sample for c in whole] == [0, *[c.end_sample for c in whole[:-1]]]
    assert whole[-1].end_sample == pytest.approx(LENGTH_S / 3 * RATE_HZ, abs=2)
    again = list(iter_chapters(recording, chapter_s=3.0, skip_samples=whole[0].end_sample))
    assert [c.start_sample for c in again] == [c.start_sample for c in whole[1:]]
    assert np.array_equal(again[0].audio, whole[1].audio)


def test_a_line_is_not_said_to_be_stretched() -> None:
    """Its distances and the talkers' angles cannot be told from each other."""
    room = scene(LINE_4, [40.0, 115.0], seconds=8.0, rt60_s=0.3, seed=5)
    heard = hear_chapter(room.audio, LINE_4, options=SHORT)
    assert heard.notes == ()
    assert len(heard.voices) == 2


def test_directions_keep_their_numbers_over_chapters() -> None:
    numbers, tracks = match_tracks([0.1, 3.0], [])
    assert (numbers, tracks) == ([0, 1], ((0, 0.1), (1, 3.0)))
    numbers, tracks = match_tracks([3.1, 6.2, None], tracks)
    assert (numbers, tracks) == ([1, 0, 2], ((0, 6.2), (1, 3.1), (2, None)))
    assert match_tracks([None, 1.5, 3.2, 3.15], tracks)[0] == [2, 3, 4, 1]


def test_the_mean_of_azimuths_goes_round_the_circle() -> None:
    spans = [StreamSpan(0, 2, np.deg2rad(350)), StreamSpan(2, 4, np.deg2rad(20)), StreamSpan(4, 5)]
    mean = mean_azimuth_rad(spans)
    assert mean is not None
    assert np.rad2deg(mean) == pytest.approx(5, abs=0.01)
    late = mean_azimuth_rad(spans, 2.5, 3.0)
    assert late is not None
    assert np.rad2deg(late) == pytest.approx(20)
    assert mean_azimuth_rad([StreamSpan(4, 5)]) is None


def test_short_pauses_are_bridged_and_speech_keeps_its_edges() -> None:
    spans = [StreamSpan(1.0, 2.0), StreamSpan(3.0, 4.0), StreamSpan(9.0, 10.0)]
    assert open_spans(spans) == [pytest.approx((0.7, 4.3)), pytest.approx((8.7, 10.3))]


def test_a_long_recording_needs_the_memory_of_a_chapter_and_tells_how_far_it_is(
    memory: Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Separation itself is left out; a real half hour is measured in ``benchmarks/long_import.py``."""

    def hear_nothing_apart(audio: NDArray[np.float32], *_args: object, **_options: object) -> Heard:
        return Heard((Voice(0.5, audio[0], (StreamSpan(0.0, audio.shape[1] / RATE_HZ),)),))

    monkeypatch.setattr("ingest.separation.hear_chapter", hear_nothing_apart)
    rng = np.random.default_rng(7)
    peaks = []
    for minutes in (1, 8):
        path = tmp_path / f"{minutes}.wav"
        soundfile.write(path, rng.normal(0, 0.01, (minutes * 60 * RATE_HZ, 4)), RATE_HZ, subtype="PCM_16")
        told: list[ImportProgress] = []
        importer = build_importer(memory, splitter=build_splitter(), transcriber=Numbered())
        tracemalloc.start()
        report = importer.import_paths([path], array=ARRAY, report=told.append)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        importer.close()
        assert report.failed == ()
        shares = [progress.share for progress in told]
        assert shares == sorted(shares)
        assert shares[-1] == 1.0
    assert peaks[1] < 1.3 * peaks[0]
    heard = [job.payload["length_s"] for job in memory.jobs.list_jobs()]
    assert heard == [60.0, 480.0]
