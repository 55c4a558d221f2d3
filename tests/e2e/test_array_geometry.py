"""Trial 14: a broken microphone or a wrong geometry is found and said, and the words in the room are heard anyway."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from tests.support.e2e_files import SAMPLE_DAY, STAND_UP
from tests.support.e2e_process import Madeleine
from tests.support.hearing_room import CIRCLE_4, CIRCLE_6, RATE_HZ

CLIP_S = 16.0
AS_ONE = "All directions were heard as one."
# What is wrong with the array, what is said of it, and whether directions can be told all the same.
FAULTS = {
    "sound": ((), True),
    "dead": (("Microphone 3 gives no sound.",), True),
    "clipped": (("Microphone 4 is overdriven: lower its gain.",), True),
    "inverted": (("Microphone 2 is wired with reversed polarity.",), True),
    "doubled": (("Microphones 1 and 4 carry the same signal.",), True),
    "swapped": (("Microphones 1 and 2, or 3 and 4, seem to be exchanged.", AS_ONE), False),
}
Sound = NDArray[np.float64]
Heard = dict[str, list[dict[str, Any]]]


def break_array(sound: Sound, fault: str) -> Sound:
    broken = sound.copy()
    match fault:
        case "dead":
            broken[2] = 0
        case "clipped":
            broken[3] = np.clip(30 * broken[3], -1, 1)
        case "inverted":
            broken[1] *= -1
        case "doubled":
            broken[3] = 0.8 * broken[0]
        case "swapped":
            broken = broken[[1, 0, 2, 3]]
    return broken


def read_clip(path: Path) -> Sound:
    """float64 (channels, samples)."""
    sound, _rate_hz = soundfile.read(path, frames=int(CLIP_S * RATE_HZ), always_2d=True)
    return np.ascontiguousarray(sound.T)


def take_in(
    madeleine: Madeleine, folder: Path, sounds: dict[str, Sound], *options: str
) -> tuple[Heard, dict[str, Any]]:
    """Import sounds in one go; utterances and notes by name."""
    for name, sound in sounds.items():
        soundfile.write(folder / f"{name}.flac", sound.T, RATE_HZ, subtype="PCM_16")
    ran = madeleine("import", "--json", *options, *(folder / f"{name}.flac" for name in sounds))
    assert ran.code == 0, ran.err
    moments = madeleine.list_moments()
    heard = {name: [m for m in moments if Path(m["source"]).stem == name] for name in sounds}
    notes = {name: tuple(n["text"] for n in ran.json["notes"] if Path(n["path"]).stem == name) for name in sounds}
    return heard, notes


def share_heard(moments: list[dict[str, Any]], expected: list[dict[str, Any]]) -> float:
    """How many of the words that are expected stand there."""
    words, wanted = ({w.strip(".,?!").lower() for m in rows for w in m["text"].split()} for rows in (moments, expected))
    return len(words & wanted) / len(wanted)


def test_array_geometry_of_broken_arrays(madeleine: Madeleine, tmp_path: Path) -> None:
    clip = read_clip(SAMPLE_DAY / "2026-10-14_12-35-00 lunch.flac")
    sounds = {fault: break_array(clip, fault) for fault in FAULTS}
    heard, notes = take_in(madeleine, tmp_path, sounds, "--array", "circle4_45mm")
    assert notes == {fault: said for fault, (said, _has_direction) in FAULTS.items()}
    for fault, (_said, has_direction) in FAULTS.items():
        azimuths = [m["audio"]["azimuth_deg"] for m in heard[fault]]
        assert azimuths, fault
        assert all((azimuth is not None) == has_direction for azimuth in azimuths), fault
        assert not has_direction or all(abs(azimuth - 36) < 15 for azimuth in azimuths), (fault, azimuths)
        assert share_heard(heard[fault], heard["sound"]) >= 0.8, fault


def test_array_geometry_that_is_not_this_arrays(madeleine: Madeleine, tmp_path: Path) -> None:
    """Distances that are wrong are noticed; a file for another count of microphones is refused, and nothing is lost."""
    clip = read_clip(SAMPLE_DAY / "2026-10-14_12-35-00 lunch.flac")
    wide = tmp_path / "wide.json"
    wide.write_text(json.dumps({"positions_m": [[2 * x, 2 * y, z] for x, y, z in CIRCLE_4]}), "utf-8")
    heard, notes = take_in(madeleine, tmp_path, {"scaled": clip}, "--array", str(wide))
    assert "times as far apart" in notes["scaled"][0]
    assert notes["scaled"][1:] == (AS_ONE,)
    assert {m["audio"]["azimuth_deg"] for m in heard["scaled"]} == {None}

    six = tmp_path / "six.json"
    six.write_text(json.dumps({"positions_m": np.asarray(CIRCLE_6).tolist()}), "utf-8")
    soundfile.write(tmp_path / "four.flac", clip[:, : 5 * RATE_HZ].T, RATE_HZ, subtype="PCM_16")
    ran = madeleine("import", "--json", "--array", six, tmp_path / "four.flac")
    assert ran.code == 1
    (failure,) = ran.json["failed"]
    assert "4 channels" in failure["error"]
    assert "6 microphones" in failure["error"]
    assert madeleine("import", "--json", "--array", "circle4_45mm", tmp_path / "four.flac").json["imported"] == 1


def test_array_geometry_channels_against_each_other_are_heard(madeleine: Madeleine, tmp_path: Path) -> None:
    """Without an array: a plain mean of channels in opposite phase would be silence."""
    voice = read_clip(STAND_UP)[0]
    sounds = {"plain": voice[None], "two": np.stack([voice, -voice]), "four": np.stack([voice, -voice] * 2)}
    heard, notes = take_in(madeleine, tmp_path, sounds)
    assert notes["plain"] == ()
    for name in ("two", "four"):
        assert [note for note in notes[name] if "inverted" in note] == list(notes[name]) != []
        assert share_heard(heard[name], heard["plain"]) >= 0.95
