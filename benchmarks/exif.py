"""Is what Madeleine reads of pictures' metadata what exiftool reads? Time, place and orientation, file by file.

    .venv/bin/python benchmarks/exif.py [--photos FOLDER]

Needs Debian's libimage-exiftool-perl. Damaged and hostile files are in the folder as well: each one must be read or
refused in words, within ten seconds of processor time, and the next one must be read as if nothing had happened.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from pathlib import Path
from typing import Any

from _common import DATA

from ingest.errors import BadInput
from ingest.exif import ExifFacts
from ingest.pictures import PictureReader

_TAGS = ("DateTimeOriginal", "CreateDate", "ModifyDate", "Orientation", "GPSLatitude", "GPSLongitude")
_NEAR_DEG = 1e-4  # ten metres
_SLOW_S = 10.0


def main() -> None:
    """Read every file with both, print what differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=Path, default=DATA / "photos" / "exif")
    files = sorted(path for path in parser.parse_args().photos.rglob("*") if path.is_file())
    theirs = ask_exiftool(files)
    reader = PictureReader()
    wrong, refused, slow, n_read = [], [], [], 0
    for path in files:
        began_s = time.monotonic()
        try:
            facts = reader.read(path).exif
        except BadInput as error:
            refused.append(f"{path.name}: {error}")
            continue
        finally:
            if time.monotonic() - began_s > _SLOW_S:
                slow.append(path.name)
        n_read += 1
        wrong += [f"{path.name}: {what}" for what in compare(facts, theirs[path.name])]
    reader.close()
    print(f"{len(files)} files: {n_read} read, {len(refused)} refused in words, {len(slow)} over {_SLOW_S:.0f} s")
    print(f"time, place or orientation other than exiftool's: {len(wrong)}")
    for line in [*wrong, *refused, *slow]:
        print(f"  {line}")


def ask_exiftool(files: list[Path]) -> dict[str, dict[str, Any]]:
    """What exiftool says of each file: group and tag to value, numbers as numbers."""
    command = ["exiftool", "-json", "-n", "-G1", *(f"-{tag}" for tag in _TAGS), *map(str, files)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True).stdout)
    return {Path(entry["SourceFile"]).name: entry for entry in told}


def compare(facts: ExifFacts, told: dict[str, Any]) -> list[str]:
    """What differs, in words; a time may stand in XMP where EXIF has none."""
    found = []
    own = {key.split(":")[-1]: value for key, value in reversed(told.items()) if not key.startswith("XMP")}
    everywhere = own | {key.split(":")[-1]: value for key, value in told.items() if key.startswith("XMP")}
    taken = next((str(one[tag])[:19] for one in (own, everywhere) for tag in _TAGS[:3] if one.get(tag)), None)
    if (facts.local_time or "").replace("-", ":").replace("T", " ") != (taken or ""):
        found.append(f"time {facts.local_time}, exiftool {taken}")
    if facts.orientation != (told.get("IFD0:Orientation") or 1):
        found.append(f"orientation {facts.orientation}, exiftool {told.get('IFD0:Orientation')}")
    for name, ours, theirs in (("lat", facts.lat, own.get("GPSLatitude")), ("lon", facts.lon, own.get("GPSLongitude"))):
        if (ours is None) != (theirs is None) or (ours is not None and abs(abs(ours) - abs(float(theirs))) > _NEAR_DEG):
            found.append(f"{name} {ours}, exiftool {theirs}")
    return found


if __name__ == "__main__":
    main()
