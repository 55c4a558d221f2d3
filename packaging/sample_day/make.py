"""Makes the sample day: `python packaging/sample_day/make.py` writes it into assets.

The media go into assets/sample_day, `truth.json` into assets/sample_day_about. Needs Debian's flite, fonts-liberation,
fonts-dejavu-core and fonts-dejavu-extra, and the Python packages of the `samples` extra (pyroomacoustics, scikit-image)
beside PySide6, Pillow and soundfile. Everything is seeded: the same versions of these give the same files. The note,
the questions and the README are written by hand.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import photos
import room
import soundfile
from story import DAY, OFFSET, RECORDINGS, SAMPLE_RATE_HZ, SCREENS, SHOTS
from voices import MissingToolError

ASSETS = Path(__file__).resolve().parents[2] / "assets"
NOTE = f"{DAY}_21-30-00 note.txt"
PARTS = ("sound", "photos", "screens")

_FREE = "our own, MIT"
_PICTURES = {
    "cat": ("CC0", "photograph by Stefan van der Walt, scikit-image data.chelsea"),
    "coffee": ("CC0", "photograph by Rachel Michetti, scikit-image data.coffee"),
    "poster": ("our own, MIT, around a public domain picture", "photograph by SpaceX, scikit-image data.rocket"),
}


def make_sound(folder: Path) -> dict[str, Any]:
    """Writes the recordings; returns the truth about each by file name."""
    truths = {}
    for recording in RECORDINGS:
        samples, truth = room.render(recording)
        with soundfile.SoundFile(
            folder / recording.file,
            "w",
            SAMPLE_RATE_HZ,
            samples.shape[1],
            "PCM_16",
            format="FLAC",
            compression_level=1.0,
        ) as file:
            file.date = _time_of(recording.file)
            file.write(samples)
        truths[recording.file] = truth
    return truths


def make_photos(folder: Path) -> None:
    """Writes the photos."""
    for shot in SHOTS:
        photos.make_photo(shot, folder / shot.file)


def make_screens(folder: Path) -> None:
    """Paints and writes the screenshots."""
    import paint
    from screens import WINDOWS

    application = paint.start_qt()
    for screen in SCREENS:
        WINDOWS[screen.window]().save(folder / screen.file)
    application.quit()


def list_files() -> list[dict[str, Any]]:
    """One entry a file: kind, time, place where known, licence, source."""
    entries: list[dict[str, Any]] = []
    for recording in RECORDINGS:
        source = "synthetic voices of flite (slt, awb, rms, kal16), our own script"
        entries.append(_entry(recording.file, "recording", _time_of(recording.file), _FREE, source))
    for shot in SHOTS:
        licence, source = _PICTURES.get(shot.scene, (_FREE, "rendered by packaging/sample_day/photos.py"))
        entry = _entry(shot.file, "photo", f"{DAY}T{shot.time}{OFFSET}", licence, source)
        entries.append(entry | {"lat": shot.latitude, "lon": shot.longitude})
    for screen in SCREENS:
        source = "painted by packaging/sample_day/screens.py and screens_web.py"
        entries.append(_entry(screen.file, "screenshot", f"{DAY}T{screen.time}{OFFSET}", _FREE, source))
    entries.append(_entry(NOTE, "note", _time_of(NOTE), _FREE, "written by hand"))
    return sorted(entries, key=lambda entry: str(entry["started_at"]))


def _entry(file: str, kind: str, started_at: str, licence: str, source: str) -> dict[str, Any]:
    return {"file": file, "kind": kind, "started_at": started_at, "licence": licence, "source": source}


def _time_of(file: str) -> str:
    day, clock = file.split(" ")[0].split("_")
    return f"{day}T{clock.replace('-', ':')}{OFFSET}"


def write_truth(folder: Path, recordings: dict[str, Any]) -> None:
    """Writes `truth.json`; keeps what is known of recordings that were not made anew."""
    path = folder / "truth.json"
    known = json.loads(path.read_text("utf-8"))["recordings"] if path.is_file() else {}
    truth = {"day": DAY, "offset": OFFSET, "files": list_files(), "recordings": known | recordings}
    path.write_text(json.dumps(truth, indent=1, ensure_ascii=False) + "\n", "utf-8")


def main() -> int:
    """Makes the parts that are asked for; 0 when all is written, 3 when something is not installed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ASSETS, help="folder to write both folders into (default: assets)")
    parser.add_argument("--only", choices=PARTS, action="append", help="make this part only (may be repeated)")
    arguments = parser.parse_args()
    parts = arguments.only or PARTS
    media, about = arguments.out / "sample_day", arguments.out / "sample_day_about"
    for folder in (media, about):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        recordings = make_sound(media) if "sound" in parts else {}
        if "photos" in parts:
            make_photos(media)
        if "screens" in parts:
            make_screens(media)
    except MissingToolError as error:
        print(error, file=sys.stderr)
        return 3
    write_truth(about, recordings)
    print(f"made {', '.join(parts)} in {arguments.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
