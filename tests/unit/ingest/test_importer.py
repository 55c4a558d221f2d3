from __future__ import annotations

import errno
import json
import shutil
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from ingest.audio import RATE_HZ, Stretch
from ingest.channels import iter_chapters
from ingest.errors import BadArray
from ingest.importer import MAX_TRIES
from ingest.records import ImportProgress
from ingest.streams import SoundStream
from memory.errors import DiskFull
from memory.records import Kind, TimeSource, moment_id
from memory.store import Memory, Scope
from models.errors import WeightsMissing, WeightsUnloadable
from models.protocols import Cancelled, CancelToken
from tests.support.ingest_files import (
    SENTENCES,
    build_importer,
    tone,
    wait_until,
    write_noise_picture,
    write_picture,
    write_png_bomb,
    write_wav,
)
from tests.support.models_fakes import FixedTextReader, HashEmbedder, ScriptedTranscriber

HINT = "Fetch it with: madeleine models pull"


@pytest.fixture
def day(tmp_path: Path) -> Path:
    """A folder with one file of each kind."""
    folder = tmp_path / "day"
    folder.mkdir()
    write_wav(folder / "2026-03-04_15-06-07.wav", 5.0)
    write_picture(folder / "Screenshot 2026-03-04 at 16.00.00.png", (400, 300))
    write_noise_picture(folder / "IMG_20260304_170000.jpg")
    (folder / "note.md").write_text("---\ndate: 2026-03-04\n---\nThe spare key is under the pot.")
    write_lines(folder / "chat.moments.jsonl", 3)
    return folder


def write_lines(path: Path, n_lines: int, *, text: str = "Line", session: str = "talk") -> Path:
    lines = [
        {
            "kind": "utterance",
            "started_at": f"2026-03-04T15:{index // 60 % 60:02d}:{index % 60:02d}+01:00",
            "text": f"{text} {index}",
            "speaker": "Ada",
            "session": session,
            "external_id": f"{session}:{index}",
        }
        for index in range(n_lines)
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_a_folder_of_every_kind_is_searchable_when_the_import_returns(memory: Memory, importer: Any, day: Path) -> None:
    report = importer.import_paths([day])
    assert (report.imported, report.duplicates, report.failed) == (5, 0, ())
    assert report.moments == memory.count_moments() == 8
    kinds = sorted(str(moment.kind) for moment in memory.iter_moments())
    assert kinds == ["note", "photo", "screenshot", *["utterance"] * 5]
    producer = "fake/hash-embedder@1"
    assert memory.moments_without_vectors(producer, limit=9) == []
    query = HashEmbedder().embed(["spare key pot"])[0]
    best = memory.search_vectors(query, model=producer, limit=1)[0]
    assert memory.get_moment(best.moment).kind is Kind.NOTE
    assert memory.search_lexical(["invoice"])
    assert {job.state for job in memory.jobs.list_jobs()} == {"done"}


def test_a_recording_becomes_a_session_with_utterances_that_can_be_played(
    memory: Memory, importer: Any, day: Path
) -> None:
    report = importer.import_paths([day / "2026-03-04_15-06-07.wav"])
    session = memory.find_session(report.sessions[0])
    assert session is not None
    assert (session.title, session.n_channels, session.rate_hz) == ("2026-03-04_15-06-07", 1, 16_000)
    assert (session.ended_us - session.started_us) == 5_000_000
    first, second = memory.iter_moments()
    assert (first.text, second.text) == SENTENCES
    assert (first.ordinal, second.ordinal, first.stream, first.session) == (0, 1, 0, session.id)
    assert first.started_us == session.started_us
    assert second.started_us == session.started_us + 2_000_000
    assert first.time_source is TimeSource.NAME
    assert second.media is not None
    assert (second.media.offset_s, second.media.duration_s) == (2.0, 2.0)
    assert memory.media_path(second.media).read_bytes() == (day / "2026-03-04_15-06-07.wav").read_bytes()
    assert second.details["words"][0] == ["Bring", 2.0, 2.5, 0.9]
    assert second.producer == "fake/scripted-transcriber@1"


def test_a_picture_keeps_its_lines_in_its_own_pixels(memory: Memory, importer: Any, tmp_path: Path) -> None:
    exif = {
        0x8769: {0x9003: "2026:03:04 10:00:00", 0x9011: "+00:00"},
        0x8825: {1: "N", 2: (38.72,), 3: "W", 4: (9.14,)},
    }
    exif[0x8825] = {1: "N", 2: (38.0, 43.0, 12.0), 3: "W", 4: (9.0, 8.0, 24.0)}
    importer.import_paths([write_picture(tmp_path / "x.jpg", (6000, 5000), exif=exif)])
    [moment] = memory.iter_moments()
    assert moment.text == "Invoice 4711\nTotal 12.50"
    assert moment.place is not None
    assert moment.place.name == "Lisbon, Portugal"
    assert moment.time_source is TimeSource.EXIF
    assert moment.details["lines"][1]["box"][2] == pytest.approx([6000, 5000], rel=0.01)
    assert moment.details["size_px"] == [6000, 5000]


def test_the_same_bytes_are_one_memory(memory: Memory, importer: Any, day: Path) -> None:
    importer.import_paths([day])
    before = list(memory.iter_moments())
    shutil.copy(day / "note.md", day / "copy.md")
    report = importer.import_paths([day])
    assert (report.imported, report.duplicates, report.moments) == (0, 6, 0)
    assert list(memory.iter_moments()) == before


def test_two_equal_files_in_one_import_are_one(importer: Any, tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav")
    shutil.copy(tmp_path / "a.wav", tmp_path / "b.wav")
    report = importer.import_paths([tmp_path / "a.wav", tmp_path / "b.wav"])
    assert (report.imported, report.duplicates) == (1, 1)


def test_what_was_forgotten_can_be_imported_again(memory: Memory, importer: Any, day: Path) -> None:
    importer.import_paths([day / "note.md"])
    memory.forget([moment.id for moment in memory.iter_moments()])
    assert importer.import_paths([day / "note.md"]).imported == 1
    assert memory.count_moments() == 1


def test_bad_files_are_listed_and_the_rest_goes_on(memory: Memory, importer: Any, day: Path) -> None:
    (day / "a_empty.wav").touch()
    (day / "b_scan.jpg").write_bytes(b"%PDF-1.7 ...")
    (day / "c_cut.png").write_bytes((day / "Screenshot 2026-03-04 at 16.00.00.png").read_bytes()[:60])
    write_png_bomb(day / "d_bomb.png")
    (day / "e_random.wav").write_bytes(np.random.default_rng(1).bytes(5000))
    (day / "f_folder.jpg").mkdir()
    report = importer.import_paths([day, day / "missing.wav"])
    assert report.imported == 5
    assert [Path(failure.path).name for failure in report.failed] == [
        "missing.wav",
        "a_empty.wav",
        "b_scan.jpg",
        "c_cut.png",
        "d_bomb.png",
        "e_random.wav",
    ]
    assert all(failure.error.endswith(".") and failure.hint.endswith(".") for failure in report.failed)
    again = importer.import_paths([day])
    assert (again.imported, again.duplicates, len(again.failed)) == (0, 5, 5)


def test_at_moves_recordings_pictures_and_notes(memory: Memory, importer: Any, day: Path) -> None:
    at_us = 1_700_000_000_000_000
    (day / "chat.moments.jsonl").unlink()
    importer.import_paths([day], at_us=at_us)
    moments = list(memory.iter_moments())
    assert {moment.time_source for moment in moments} == {TimeSource.GIVEN}
    assert {moment.started_us - at_us for moment in moments} == {0, 2_000_000}


def test_an_array_is_stored_when_it_fits_and_refused_when_not(memory: Memory, importer: Any, tmp_path: Path) -> None:
    four, two = write_wav(tmp_path / "four.wav", n_channels=4), write_wav(tmp_path / "two.wav", n_channels=2)
    report = importer.import_paths([four, two], array="circle4")
    session = memory.find_session(report.sessions[0])
    assert session is not None
    assert session.array is not None
    assert len(session.array["positions_m"]) == session.n_channels == 4
    assert "2 channels" in report.failed[0].error
    assert importer.import_paths([two]).imported == 0
    assert importer.import_paths([two], array='{"positions_m": [[0, 0, 0], [0.1, 0, 0]]}').imported == 1
    with pytest.raises(BadArray):
        importer.import_paths([four], array="no_such_array")


def test_bad_lines_are_listed_with_their_number_and_the_rest_is_kept(
    memory: Memory, importer: Any, tmp_path: Path
) -> None:
    path = write_lines(tmp_path / "x.moments.jsonl", 2)
    path.write_text(path.read_text() + "\n{\n" + json.dumps({"kind": "note"}) + "\n")
    report = importer.import_paths([path])
    assert (report.imported, report.moments, memory.count_moments()) == (1, 2, 2)
    assert [failure.error for failure in report.failed] == [
        "Line 3: it is not JSON.",
        "Line 4: “text” is missing or empty.",
    ]


def test_a_list_without_one_moment_fails(memory: Memory, importer: Any, tmp_path: Path) -> None:
    (tmp_path / "x.moments.jsonl").write_text("no\nnot\nnone\n")
    report = importer.import_paths([tmp_path / "x.moments.jsonl"])
    assert (report.imported, memory.count_moments()) == (0, 0)
    assert "holds no moments" in report.failed[0].error


def test_the_same_external_id_replaces_and_is_returned_unchanged(memory: Memory, importer: Any, tmp_path: Path) -> None:
    importer.import_paths([write_lines(tmp_path / "x.moments.jsonl", 3)])
    importer.import_paths([write_lines(tmp_path / "y.moments.jsonl", 3, text="Changed")])
    moments = list(memory.iter_moments())
    assert [moment.text for moment in moments] == ["Changed 0", "Changed 1", "Changed 2"]
    assert [moment.external_id for moment in moments] == ["talk:0", "talk:1", "talk:2"]
    assert [moment.id for moment in moments] == [moment_id("talk", f"talk:{index}") for index in range(3)]
    assert [moment.zone for moment in moments] == ["+01:00"] * 3


def test_a_list_keeps_the_order_of_its_lines_and_its_sessions(memory: Memory, importer: Any, tmp_path: Path) -> None:
    lines = [
        {"kind": "utterance", "started_at": "2026-03-04T15:00:00Z", "text": f"{session} {index}", "session": session}
        for index in range(4)
        for session in ("a", "b")
    ]
    (tmp_path / "x.moments.jsonl").write_text("\n".join(map(json.dumps, lines)))
    report = importer.import_paths([tmp_path / "x.moments.jsonl"])
    assert report.sessions == ("a", "b")
    first = next(moment for moment in memory.iter_moments() if moment.text == "b 1")
    assert [moment.text for moment in memory.find_neighbours(first.id, 1, 1)] == ["b 0", "b 1", "b 2"]


def test_a_finished_list_leaves_no_second_copy_of_its_words(memory: Memory, importer: Any, tmp_path: Path) -> None:
    importer.import_paths([write_lines(tmp_path / "x.moments.jsonl", 3, text="canary")])
    assert not [path for path in memory.home.media.rglob("*") if path.is_file()]
    assert importer.import_paths([tmp_path / "x.moments.jsonl"]).duplicates == 1


def test_long_notes_have_passages(memory: Memory, importer: Any, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(" ".join(f"word{index}" for index in range(500)))
    importer.import_paths([tmp_path / "long.txt"])
    [moment] = memory.iter_moments()
    vectors = memory.find_vectors([moment.id], model="fake/hash-embedder@1", unit="passage")
    assert vectors[moment.id].shape == (4, 64)


class Missing:
    """A model whose weights are not there."""

    producer = "fake/missing@1"
    n_dims = 8
    is_loaded = False

    def unload(self) -> None:
        pass

    def _raise(self, *_arguments: Any, **_named: Any) -> Any:
        raise WeightsMissing("The weights are not there.", hint=HINT)

    transcribe = read = read_screen = embed = _raise


class Unloadable(Missing):
    """A model whose weights are there and do not load."""

    def _raise(self, *_arguments: Any, **_named: Any) -> Any:
        raise WeightsUnloadable("Granite could not be loaded.", hint="There may be too little memory.")

    embed = _raise


def test_an_embedder_that_does_not_load_is_not_waited_for_but_named_and_tried_again(memory: Memory, day: Path) -> None:
    poor = build_importer(memory, embedder=Unloadable())
    report = poor.import_paths([day])
    poor.close()
    (failure,) = [each for each in report.failed if "Granite could not be loaded" in each.error]
    assert not failure.waits
    left = memory.jobs.list_jobs(("failed", "parked"))
    assert left
    assert all("Granite could not be loaded" in job.error for job in left)
    assert all("too little memory. Then try it again" in job.hint for job in left)
    assert memory.search_lexical(["spare"])
    rich = build_importer(memory)
    rich.resume()
    rich.close()
    assert not memory.jobs.list_jobs(("failed", "parked"))


def test_missing_weights_let_files_wait_and_the_rest_go_on(memory: Memory, day: Path) -> None:
    poor = build_importer(memory, transcriber=Missing(), text_reader=Missing(), embedder=Missing())
    report = poor.import_paths([day])
    poor.close()
    assert report.imported == 2  # the note and the list
    assert all(failure.waits and failure.hint == HINT for failure in report.failed)
    assert len(report.failed) == 4
    assert memory.search_lexical(["spare"])
    assert memory.count_moments(Scope(kinds=frozenset({Kind.PHOTO, Kind.SCREENSHOT}))) == 2
    rich = build_importer(memory)
    resumed = rich.resume()
    rich.close()
    assert resumed.imported == 5
    assert resumed.failed == ()
    assert memory.count_moments() == 8
    assert {job.state for job in memory.jobs.list_jobs()} == {"done"}
    assert memory.moments_without_vectors("fake/hash-embedder@1", limit=9) == []


class Broken(ScriptedTranscriber):
    """Fails as often as it is told to."""

    def __init__(self, n_failures: int) -> None:
        super().__init__()
        self.n_left = n_failures

    def transcribe(self, audio: Any, **options: Any) -> Any:
        if self.n_left:
            self.n_left -= 1
            raise ValueError("secret words")
        return super().transcribe(audio, **options)


@pytest.mark.parametrize("n_failures", [1, MAX_TRIES - 1])
def test_a_passing_trouble_is_tried_again(memory: Memory, tmp_path: Path, n_failures: int) -> None:
    importer = build_importer(memory, transcriber=Broken(n_failures))
    assert importer.import_paths([write_wav(tmp_path / "x.wav", 2.0)]).failed == ()
    assert memory.count_moments() == 1
    importer.close()


def test_three_tries_then_parked_and_tried_anew_when_imported_again(
    memory: Memory, tmp_path: Path, caplog: Any
) -> None:
    importer = build_importer(memory, transcriber=Broken(MAX_TRIES))
    report = importer.import_paths([write_wav(tmp_path / "x.wav", 2.0)])
    assert report.imported == 0
    assert "ValueError" in report.failed[0].error
    assert "secret" not in caplog.text + report.failed[0].error
    assert [job.state for job in memory.jobs.list_jobs()] == ["parked"]
    assert importer.resume().imported == 0
    assert importer.import_paths([tmp_path / "x.wav"]).imported == 1
    importer.close()


def test_a_full_disk_stops_the_import_and_loses_nothing(memory: Memory, day: Path, monkeypatch: Any) -> None:
    importer = build_importer(memory)
    write = memory.write_moments

    def fail_once(*arguments: Any, **named: Any) -> Any:
        monkeypatch.setattr(memory, "write_moments", write)
        raise DiskFull("The disk is full.") from OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(memory, "write_moments", fail_once)
    with pytest.raises(DiskFull):
        importer.import_paths([day])
    assert importer.resume().imported == 5
    assert memory.count_moments() == 8
    importer.close()


def test_a_cancelled_import_is_kept_and_goes_on(memory: Memory, importer: Any, day: Path) -> None:
    token = CancelToken()

    def cancel_at_work(progress: ImportProgress) -> None:
        if progress.stage == "transcribe":
            token.cancel()

    with pytest.raises(Cancelled):
        importer.import_paths([day], cancel=token, report=cancel_at_work)
    assert "running" not in {job.state for job in memory.jobs.list_jobs()}
    assert importer.resume().imported == 5
    assert memory.count_moments() == 8


def test_an_interrupted_file_goes_on_when_it_is_imported_again(memory: Memory, importer: Any, day: Path) -> None:
    token = CancelToken()
    with pytest.raises(Cancelled):
        importer.import_paths([day], cancel=token, report=lambda p: token.cancel() if p.stage == "ocr" else None)
    report = importer.import_paths([day])
    assert report.imported + report.duplicates == 5
    assert memory.count_moments() == 8


def test_progress_runs_from_nothing_to_all_and_never_back(importer: Any, day: Path) -> None:
    told: list[ImportProgress] = []
    importer.import_paths([day], report=told.append)
    shares = [progress.share for progress in told]
    assert shares == sorted(shares)
    assert told[0].stage == "keep"
    assert (told[-1].share, told[-1].n_done, told[-1].n_total) == (1.0, 5, 5)
    assert {"keep", "read", "ocr", "transcribe"} <= {progress.stage for progress in told}


def test_files_are_kept_while_another_import_thinks(memory: Memory, tmp_path: Path) -> None:
    began, go_on = threading.Event(), threading.Event()

    class Slow(ScriptedTranscriber):
        def transcribe(self, audio: Any, **options: Any) -> Any:
            began.set()
            assert go_on.wait(20)
            return super().transcribe(audio, **options)

    importer = build_importer(memory, transcriber=Slow())
    (tmp_path / "note.txt").write_text("The key is under the pot.")
    first = threading.Thread(target=importer.import_paths, args=([write_wav(tmp_path / "x.wav")],))
    second = threading.Thread(target=importer.import_paths, args=([tmp_path / "note.txt"],))
    first.start()
    assert began.wait(20)
    second.start()
    wait_until(lambda: len(memory.jobs.list_jobs()) == 2)
    go_on.set()
    first.join(20)
    second.join(20)
    importer.close()
    assert {job.state for job in memory.jobs.list_jobs()} == {"done"}
    assert memory.count_moments() == 2


class TwoStreams:
    """Each channel is a direction."""

    def separate(self, task: Any, recording: Any, array: Any) -> dict[str, Any]:
        return {}

    def split(self, task: Any, recording: Any, array: Any) -> list[SoundStream]:
        assert len(array.positions_m) == 2
        [chapter] = iter_chapters(recording, chapter_s=60)
        stretches = [Stretch(channel, 0, is_last=True) for channel in chapter.audio]
        return [
            SoundStream(number=n, azimuth_rad=n * np.pi, iter_stretches=lambda _skip, n=n: iter([stretches[n]]))  # type: ignore[misc]
            for n in range(2)
        ]


def test_a_splitter_gives_moments_a_stream_and_a_direction(memory: Memory, tmp_path: Path) -> None:
    """Both say the same words, each with a sound of its own and as loud: two people."""
    importer = build_importer(memory, splitter=TwoStreams())
    sound = np.concatenate([tone(4.0, hz=300), tone(4.0, hz=710)], axis=1)
    soundfile.write(tmp_path / "x.wav", sound, RATE_HZ, subtype="PCM_16")
    report = importer.import_paths([tmp_path / "x.wav"], array='{"positions_m": [[0, 0, 0], [0.1, 0, 0]]}')
    importer.close()
    assert report.moments == 4
    found = sorted((moment.stream, moment.ordinal, moment.azimuth_rad) for moment in memory.iter_moments())
    assert found == [(0, 0, 0.0), (0, 1, 0.0), (1, 0, np.pi), (1, 1, np.pi)]


def test_silence_is_a_session_without_words(memory: Memory, importer: Any, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "x.wav", np.zeros(RATE_HZ * 3), RATE_HZ)
    report = importer.import_paths([tmp_path / "x.wav"])
    assert (report.imported, report.moments, report.failed) == (1, 0, ())
    assert memory.find_session(report.sessions[0]) is not None


def test_a_cut_recording_is_imported_with_a_note(importer: Any, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "x.flac", np.random.default_rng(0).uniform(-0.3, 0.3, RATE_HZ * 3), RATE_HZ)
    data = (tmp_path / "x.flac").read_bytes()
    (tmp_path / "x.flac").write_bytes(data[: len(data) // 2])
    report = importer.import_paths([tmp_path / "x.flac"])
    assert report.imported == 1
    assert "damaged" in report.notes[0].text


def test_a_lost_copy_is_said_and_brought_back_by_the_file(memory: Memory, day: Path) -> None:
    importer = build_importer(memory, transcriber=Missing())
    importer.import_paths([day / "2026-03-04_15-06-07.wav"])
    importer.close()
    for path in memory.home.media.rglob("*.wav"):
        path.unlink()
    importer = build_importer(memory)
    assert "is gone" in importer.resume().failed[0].error
    assert importer.import_paths([day / "2026-03-04_15-06-07.wav"]).imported == 1
    importer.close()
    assert memory.count_moments() == 2


def test_embedding_what_another_model_left(memory: Memory, day: Path) -> None:
    importer = build_importer(memory)
    importer.import_paths([day])
    importer.close()
    other = build_importer(memory, embedder=HashEmbedder(producer="fake/other@1"))
    assert other.embed_pending() == 8
    assert other.embed_pending() == 0
    other.close()


def test_a_reader_that_finds_nothing_is_no_failure(memory: Memory, tmp_path: Path) -> None:
    importer = build_importer(memory, text_reader=FixedTextReader(lines=()))
    assert importer.import_paths([write_noise_picture(tmp_path / "x.jpg")]).failed == ()
    importer.close()
    [moment] = memory.iter_moments()
    assert (moment.text, moment.details["lines"]) == ("", [])
