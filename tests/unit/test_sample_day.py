"""The shipped sample day is what its truth, its questions and its README say it is."""

import importlib
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from PIL import ExifTags, Image

ASSETS = Path(__file__).resolve().parents[2] / "assets"
FOLDER = ASSETS / "sample_day"
ABOUT = ASSETS / "sample_day_about"
TRUTH: dict[str, Any] = json.loads((ABOUT / "truth.json").read_text("utf-8"))
FILES: dict[str, dict[str, Any]] = {entry["file"]: entry for entry in TRUTH["files"]}
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line) for line in (ABOUT / "questions.jsonl").read_text("utf-8").splitlines()
]
RECORDINGS = sorted(TRUTH["recordings"])
LUNCH = next(name for name in RECORDINGS if "lunch" in name)
ARRAYS = sorted(path.stem for path in (ASSETS / "arrays").glob("*.json"))
SPEED_OF_SOUND_M_S = 343.0


def of_kind(kind: str) -> list[str]:
    return sorted(name for name, entry in FILES.items() if entry["kind"] == kind)


def segments_of(recording: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, conversation in enumerate(TRUTH["recordings"][recording]["conversations"]):
        for segment in conversation["segments"]:
            yield number, segment


def is_alone(recording: str, segment: dict[str, Any]) -> bool:
    others = [other for _, other in segments_of(recording) if other is not segment]
    return all(other["end_s"] <= segment["start_s"] or other["start_s"] >= segment["end_s"] for other in others)


def test_has_what_the_issue_asks_for_and_stays_small() -> None:
    assert len(of_kind("photo")) >= 8
    assert len(of_kind("screenshot")) >= 8
    assert len(of_kind("note")) == 1
    assert [TRUTH["recordings"][name]["array"]["mics"] for name in RECORDINGS] == [1, 4]
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 15_000_000


def test_folder_holds_memories_only_and_exactly_the_listed_ones() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(FILES)
    assert {path.name for path in ABOUT.iterdir()} == {"README.md", "questions.jsonl", "truth.json"}


def test_readme_names_every_file_with_a_licence() -> None:
    rows = [line.split("|") for line in (ABOUT / "README.md").read_text("utf-8").splitlines() if line.startswith("| `")]
    licences = {row[1].strip().strip("`"): row[3] for row in rows}
    assert set(licences) == set(FILES) | {"questions.jsonl", "truth.json"}
    assert all("MIT" in licence or "CC0" in licence for licence in licences.values())
    assert all(entry["licence"] and entry["source"] for entry in FILES.values())


@pytest.mark.parametrize("name", RECORDINGS)
def test_recording_has_the_length_and_channels_of_its_truth(name: str) -> None:
    truth, info = TRUTH["recordings"][name], soundfile.info(FOLDER / name)
    assert (info.format, info.samplerate, info.channels) == ("FLAC", truth["fs"], truth["array"]["mics"])
    assert info.duration == pytest.approx(truth["duration_s"], abs=0.001)
    assert len(truth["array"]["positions_m"]) == info.channels


@pytest.mark.parametrize("name", RECORDINGS)
def test_people_of_one_conversation_take_turns(name: str) -> None:
    for conversation in TRUTH["recordings"][name]["conversations"]:
        for before, after in pairwise(conversation["segments"]):
            assert before["start_s"] < before["end_s"] < after["start_s"]


@pytest.mark.parametrize("name", RECORDINGS)
def test_speech_is_where_the_truth_says(name: str) -> None:
    samples, rate_hz = soundfile.read(FOLDER / name, always_2d=True)
    speaking = np.zeros(len(samples), dtype=bool)
    for _, segment in segments_of(name):
        speaking[round(segment["start_s"] * rate_hz) : round((segment["end_s"] + 0.4) * rate_hz)] = True
    loud, quiet = (np.sqrt(np.mean(samples[mask] ** 2)) for mask in (speaking, ~speaking))
    assert 20 * np.log10(loud / quiet) > 25
    assert np.abs(samples).max() < 0.99


def test_lunch_begins_with_one_conversation_and_ends_with_the_other() -> None:
    first, second = (conversation["segments"] for conversation in TRUTH["recordings"][LUNCH]["conversations"])
    assert second[0]["start_s"] > 25
    assert second[-1]["end_s"] - first[-1]["end_s"] > 25
    assert sum(not is_alone(LUNCH, segment) for _, segment in segments_of(LUNCH)) >= 14


def test_lunch_has_four_voices_in_two_directions() -> None:
    azimuths = {segment["talker"]: segment["azimuth_deg"] for _, segment in segments_of(LUNCH)}
    assert len(azimuths) == 4
    first, second = (conversation["azimuth_deg"] for conversation in TRUTH["recordings"][LUNCH]["conversations"])
    assert 90 <= abs(first - second) <= 115


def test_each_voice_comes_from_its_azimuth() -> None:
    samples, rate_hz = soundfile.read(FOLDER / LUNCH, always_2d=True)
    positions = np.array(TRUTH["recordings"][LUNCH]["array"]["positions_m"])
    alone = [segment for _, segment in segments_of(LUNCH) if is_alone(LUNCH, segment)]
    assert {segment["talker"] for segment in alone} == {"Clara", "Oscar", "Robert", "Peter"}
    for segment in alone:
        piece = samples[round(segment["start_s"] * rate_hz) : round(segment["end_s"] * rate_hz)]
        error_deg = (loudest_azimuth_deg(piece, positions, rate_hz) - segment["azimuth_deg"] + 180) % 360 - 180
        assert abs(error_deg) <= 8


def loudest_azimuth_deg(piece: NDArray[np.float64], positions_m: NDArray[np.float64], rate_hz: int) -> float:
    """Steered response power with phase transform, 300 to 3500 Hz. Source: DiBiase 2000, equation 5.13."""
    frames = np.lib.stride_tricks.sliding_window_view(piece, 1024, axis=0)[::512]
    spectra = np.fft.rfft(frames * np.hanning(1024), axis=-1)
    hertz = np.fft.rfftfreq(1024, 1 / rate_hz)
    band = (hertz > 300) & (hertz < 3500)
    phases = spectra[..., band] / (np.abs(spectra[..., band]) + 1e-12)
    azimuths_rad = np.deg2rad(np.arange(0, 360, 2))
    towards = np.stack([np.cos(azimuths_rad), np.sin(azimuths_rad), np.zeros(len(azimuths_rad))])
    delays_s = -(positions_m @ towards) / SPEED_OF_SOUND_M_S
    steering = np.exp(2j * np.pi * hertz[band][None, :, None] * delays_s[:, None, :])
    power = np.abs(np.einsum("tmf,mfa->tfa", phases, steering)) ** 2
    return float(np.rad2deg(azimuths_rad[power.sum(axis=(0, 1)).argmax()]))


@pytest.mark.parametrize("name", of_kind("photo"))
def test_photo_carries_time_offset_and_place(name: str) -> None:
    entry = FILES[name]
    with Image.open(FOLDER / name) as image:
        exif = image.getexif()
    details, place = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    day, clock = details[ExifTags.Base.DateTimeOriginal].split(" ")
    assert f"{day.replace(':', '-')}T{clock}{details[ExifTags.Base.OffsetTimeOriginal]}" == entry["started_at"]
    assert degrees_of(place, ExifTags.GPS.GPSLatitudeRef, ExifTags.GPS.GPSLatitude) == pytest.approx(
        entry["lat"], abs=1e-5
    )
    assert degrees_of(place, ExifTags.GPS.GPSLongitudeRef, ExifTags.GPS.GPSLongitude) == pytest.approx(
        entry["lon"], abs=1e-5
    )


def degrees_of(place: dict[int, Any], reference: int, tag: int) -> float:
    degrees, minutes, seconds = (float(part) for part in place[tag])
    return (degrees + minutes / 60 + seconds / 3600) * (1 if place[reference] in "NE" else -1)


@pytest.mark.parametrize("name", of_kind("screenshot"))
def test_screenshot_has_the_size_of_a_screen_and_is_not_empty(name: str) -> None:
    with Image.open(FOLDER / name) as image:
        assert image.size == (1280, 800)
        assert image.convert("L").entropy() > 1


@pytest.mark.parametrize("name", [name for name in FILES if FILES[name]["kind"] != "photo"])
def test_time_stands_in_the_name(name: str) -> None:
    day, clock = FILES[name]["started_at"].removesuffix(TRUTH["offset"]).split("T")
    assert day in name
    assert clock.replace(":", "-") in name


def test_questions_are_enough_and_each_is_asked_once() -> None:
    unanswerable = [question for question in QUESTIONS if question.get("unanswerable")]
    assert len(QUESTIONS) - len(unanswerable) >= 30
    assert len(unanswerable) >= 10
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    assert len({question["question"] for question in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["id"])
def test_question_has_words_and_a_source_or_no_answer(question: dict[str, Any]) -> None:
    words = question.get("any_of", []) + question.get("all_of", [])
    if question.get("unanswerable"):
        assert not words
        assert "source" not in question
    else:
        assert words
        assert question["source"] in FILES


@pytest.mark.parametrize("name", RECORDINGS)
def test_plain_questions_ask_for_what_was_said_by_one_voice_alone(name: str) -> None:
    spoken = " ".join(segment["text"] for _, segment in segments_of(name) if is_alone(name, segment)).lower()
    asked = [question for question in QUESTIONS if question.get("source") == name]
    assert len(asked) >= 6
    for question in asked:
        assert any(word.lower() in spoken for word in question["any_of"]), question["id"]


@pytest.mark.parametrize("name", RECORDINGS)
def test_facts_were_said_in_their_conversation(name: str) -> None:
    for conversation in TRUTH["recordings"][name]["conversations"]:
        spoken = " ".join(segment["text"] for segment in conversation["segments"]).lower()
        for words in conversation["facts"]:
            assert any(word in spoken for word in words), words


def test_note_holds_the_answers_that_cite_it() -> None:
    note = of_kind("note")[0]
    text = (FOLDER / note).read_text("utf-8")
    asked = [question for question in QUESTIONS if question.get("source") == note]
    assert asked
    assert all(any(word in text for word in question["any_of"]) for question in asked)


@pytest.mark.parametrize("preset", ARRAYS)
def test_preset_places_each_microphone_once_and_names_its_source(preset: str) -> None:
    geometry = json.loads((ASSETS / "arrays" / f"{preset}.json").read_text("utf-8"))
    positions = np.array(geometry["positions_m"])
    assert positions.ndim == 2
    assert positions.shape[1] == 3
    assert len(np.unique(positions, axis=0)) == len(positions)
    assert np.linalg.norm(positions, axis=1).max() < 0.2
    assert geometry["name"]
    assert geometry["source"]


def test_presets_have_the_microphones_of_their_devices() -> None:
    counts = {
        preset: len(json.loads((ASSETS / "arrays" / f"{preset}.json").read_text("utf-8"))["positions_m"])
        for preset in ARRAYS
    }
    assert counts == {
        "circle4_45mm": 4,
        "laptop_pair": 2,
        "matrix_voice": 8,
        "minidsp_uma8": 7,
        "mono": 1,
        "respeaker_4": 4,
        "respeaker_6": 6,
        "webcam_linear4": 4,
    }


def test_lunch_was_recorded_with_its_preset() -> None:
    preset = json.loads((ASSETS / "arrays" / "circle4_45mm.json").read_text("utf-8"))
    assert TRUTH["recordings"][LUNCH]["array"]["positions_m"] == preset["positions_m"]


def test_recordings_say_what_the_script_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ASSETS.parent / "packaging" / "sample_day"))
    story = importlib.import_module("story")
    script = {
        recording.file: [[line.text for line in talk.lines] for talk in recording.conversations]
        for recording in story.RECORDINGS
    }
    said = {
        name: [[segment["text"] for segment in talk["segments"]] for talk in truth["conversations"]]
        for name, truth in TRUTH["recordings"].items()
    }
    assert said == script
    assert {shot.file for shot in story.SHOTS} == set(of_kind("photo"))
    assert {screen.file for screen in story.SCREENS} == set(of_kind("screenshot"))
