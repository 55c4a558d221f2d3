"""Small real memories for end-to-end tests: lines of talk, a picture with words, a stretch of speech."""

from __future__ import annotations

import json
from pathlib import Path

import soundfile
from PIL import Image, ImageDraw, ImageFont

ASSETS = Path(__file__).resolve().parents[2] / "assets"
SAMPLE_DAY = ASSETS / "sample_day"
ABOUT = ASSETS / "sample_day_about"
STAND_UP = SAMPLE_DAY / "2026-10-14_09-30-00 stand-up.flac"


def load_truth() -> dict[str, object]:
    """What is known of the sample day."""
    truth: dict[str, object] = json.loads((ABOUT / "truth.json").read_text("utf-8"))
    return truth


def load_questions() -> list[dict[str, object]]:
    """The sample day's questions."""
    return [json.loads(line) for line in (ABOUT / "questions.jsonl").read_text("utf-8").splitlines()]


def write_lines(path: Path, n_lines: int, *, name: str, minute: int = 0) -> list[str]:
    """Write a ``*.moments.jsonl``; returns the external ids of its lines."""
    ids = [f"{name}-{n}" for n in range(n_lines)]
    rows = [
        {
            "kind": "utterance",
            "started_at": f"2026-10-12T{9 + minute // 60:02}:{minute % 60:02}:{n:02}+01:00",
            "text": f"Line {n} of the talk {name} about parcel number {n}.",
            "session": name,
            "external_id": external_id,
        }
        for n, external_id in enumerate(ids)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return ids


def write_page(path: Path, *lines: str) -> Path:
    """A picture of a page with these lines."""
    image = Image.new("RGB", (480, 60 + 50 * len(lines)), "white")
    font = ImageFont.load_default(size=32)
    for n, line in enumerate(lines):
        ImageDraw.Draw(image).text((30, 30 + 50 * n), line, fill="black", font=font)
    image.save(path)
    return path


def write_speech(path: Path, *, begin_s: float = 0.0, duration_s: float = 8.0) -> Path:
    """A stretch of the sample day's stand-up meeting as a wav file."""
    with soundfile.SoundFile(STAND_UP) as file:
        file.seek(int(begin_s * file.samplerate))
        samples = file.read(int(duration_s * file.samplerate), dtype="int16")
        soundfile.write(path, samples, file.samplerate, subtype="PCM_16", format="WAV")
    return path
