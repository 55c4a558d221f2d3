from __future__ import annotations

import io
import json
import math
import shutil
import struct
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ingest.errors import BadInput
from ingest.exif import ExifFacts, choose_time, from_tags, read_exif
from ingest.pictures import PictureReader
from ingest.times import from_us, to_us
from memory.records import TimeSource
from tests.support.ingest_files import NOW_US, write_picture
from tests.support.shared_data import SHARED_DATA

SAMPLES = SHARED_DATA / "photos" / "exif"
FILE_US = 1_790_000_000_000_000


def choose(facts: ExifFacts, *, name: str = "x.jpg", zone: str = "Europe/Berlin"):
    return choose_time(facts, name=name, file_us=FILE_US, zone=zone, now_us=NOW_US)


def local(when: Any) -> str:
    return from_us(when.us, when.zone).isoformat()


def test_time_with_its_offset_is_exact() -> None:
    when = choose(from_tags({}, {0x9003: "2026:03:04 15:06:07", 0x9011: "-05:00"}, {}))
    assert local(when) == "2026-03-04T15:06:07-05:00"
    assert when.source is TimeSource.EXIF


def test_time_without_offset_assumes_the_zone_and_says_so() -> None:
    when = choose(from_tags({}, {0x9003: "2026:07:04 15:06:07"}, {}))
    assert local(when) == "2026-07-04T15:06:07+02:00"
    assert when.source is TimeSource.EXIF_NO_OFFSET


def test_satellite_time_tells_the_offset() -> None:
    gps = {29: "2026:07:04", 7: (6.0, 5.0, 30.0)}
    when = choose(from_tags({}, {0x9003: "2026:07:04 15:06:07"}, gps))
    assert local(when) == "2026-07-04T15:06:07+09:00"
    assert when.source is TimeSource.EXIF


def test_a_stale_satellite_time_tells_nothing() -> None:
    gps = {29: "2026:07:04", 7: (6.0, 20.0, 30.0)}
    assert choose(from_tags({}, {0x9003: "2026:07:04 15:06:07"}, gps)).source is TimeSource.EXIF_NO_OFFSET


def test_satellite_time_alone_is_taken() -> None:
    when = choose(from_tags({}, {}, {29: "2026:07:04", 7: (6.0, 5.0, 30.0)}))
    assert (when.us, when.source) == (to_us(datetime(2026, 7, 4, 6, 5, 30, tzinfo=UTC)), TimeSource.GPS)


def test_without_exif_the_name_tells_and_else_the_file() -> None:
    named = choose(ExifFacts(), name="IMG_20260704_150607.jpg")
    assert (local(named), named.source) == ("2026-07-04T15:06:07+02:00", TimeSource.NAME)
    guessed = choose(ExifFacts(), name="holiday.jpg")
    assert (guessed.us, guessed.source) == (FILE_US, TimeSource.FILE)


def test_a_time_in_the_future_is_not_believed() -> None:
    assert choose(from_tags({}, {0x9003: "2031:01:01 00:00:00"}, {})).source is TimeSource.FILE


@pytest.mark.parametrize("text", ["0000:00:00 00:00:00", "    :  :     :  :  ", "2026:13:45 99:99:99", "", "\x00\x01"])
def test_garbage_times_are_none(text: str) -> None:
    assert from_tags({}, {0x9003: text}, {}).local_time is None


def test_original_then_digitized_then_modified() -> None:
    base = {0x0132: "2026:01:03 00:00:00"}
    assert from_tags(base, {0x9004: "2026:01:02 00:00:00"}, {}).local_time == "2026-01-02T00:00:00"
    assert from_tags(base, {}, {}).local_time == "2026-01-03T00:00:00"


def test_positions_have_signs() -> None:
    facts = from_tags({}, {}, {1: "S", 2: (33.0, 51.0, 30.0), 3: "W", 4: (70.0, 30.0, 0.0)})
    assert (facts.lat, facts.lon) == pytest.approx((-33.858333, -70.5))


@pytest.mark.parametrize(
    "gps",
    [
        {1: "N", 2: (91.0, 0.0, 0.0), 3: "E", 4: (1.0, 0.0, 0.0)},
        {1: "N", 2: (math.nan, 0.0, 0.0), 3: "E", 4: (1.0, 0.0, 0.0)},
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {2: "north", 4: "east"},
        {2: (), 4: ()},
        {2: None, 4: 5},
    ],
)
def test_bad_positions_are_none(gps: dict[int, Any]) -> None:
    facts = from_tags({}, {}, gps)
    assert (facts.lat, facts.lon) == (None, None)


ANYTHING = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.binary(max_size=30),
    st.integers(),
    st.floats(),
    st.tuples(st.floats(), st.floats(), st.floats()),
    st.lists(st.one_of(st.fractions(), st.text(max_size=3)), max_size=4),
)


@given(
    base=st.dictionaries(st.sampled_from([0x010F, 0x0110, 0x0112, 0x0131, 0x0132]), ANYTHING),
    exif=st.dictionaries(st.sampled_from([0x9003, 0x9004, 0x9010, 0x9011, 0x9286, 0x829A]), ANYTHING),
    gps=st.dictionaries(st.sampled_from([1, 2, 3, 4, 7, 29]), ANYTHING),
)
def test_any_tags_give_facts_that_can_be_told(base: dict[int, Any], exif: dict[int, Any], gps: dict[int, Any]) -> None:
    facts = from_tags(base, exif, gps)
    assert 1 <= facts.orientation <= 8
    assert facts.lat is None or (abs(facts.lat) <= 90 and facts.lon is not None and abs(facts.lon) <= 180)
    assert facts.gps_us is None or isinstance(facts.gps_us, int)
    assert choose(facts).us is not None
    json.dumps([facts.camera, facts.software, facts.comment, facts.local_time, facts.offset, facts.lat])


def test_what_we_write_is_what_we_read(tmp_path: Path) -> None:
    tags = {
        0x010F: "Canon",
        0x0110: "Canon EOS 40D",
        0x8769: {0x9003: "2026:07:04 15:06:07", 0x9011: "+09:00", 0x829A: 0.01},
        0x8825: {1: "N", 2: (38.0, 43.0, 12.0), 3: "W", 4: (9.0, 8.0, 24.0)},
    }
    reader = PictureReader()
    facts = reader.read(write_picture(tmp_path / "x.jpg", exif=tags)).exif
    reader.close()
    assert (facts.camera, facts.local_time, facts.offset) == ("Canon EOS 40D", "2026-07-04T15:06:07", "+09:00")
    assert (facts.lat, facts.lon) == pytest.approx((38.72, -9.14))
    assert facts.has_exposure


@pytest.mark.skipif(not SAMPLES.is_dir() or not shutil.which("exiftool"), reason="needs the EXIF samples and exiftool")
def test_exiftool_agrees_on_real_files() -> None:
    asked = [
        "-EXIF:DateTimeOriginal",
        "-EXIF:CreateDate",
        "-EXIF:ModifyDate",
        "-EXIF:GPSLatitude",
        "-EXIF:GPSLongitude",
    ]
    asked += ["-EXIF:GPSLatitudeRef", "-EXIF:GPSLongitudeRef", "-EXIF:Orientation"]
    asked += ["-XMP:DateTimeOriginal", "-XMP:CreateDate", "-XMP:ModifyDate"]  # which count where EXIF has no time
    asked += ["-APP12:DateTimeOriginal"]  # and where there is neither
    run = subprocess.run(["exiftool", "-json", "-G", "-n", *asked, str(SAMPLES)], capture_output=True, check=True)
    reader = PictureReader()
    n_compared = 0
    for told in json.loads(run.stdout):
        path = Path(told["SourceFile"])
        try:
            facts = reader.read(path).exif
        except BadInput:
            continue
        keys = ("DateTimeOriginal", "CreateDate", "ModifyDate")
        dates = [told.get(f"{group}:{key}") for group in ("EXIF", "XMP", "APP12") for key in keys]
        date = next((d for d in dates if d and not str(d).startswith(("0000", " "))), None)
        expected = None if date is None else str(date)[:10].replace(":", "-") + "T" + str(date)[11:19]
        assert facts.local_time == expected, path.name
        assert facts.orientation == told.get("EXIF:Orientation", 1), path.name
        if facts.lat is not None:
            sign = -1 if told["EXIF:GPSLatitudeRef"] == "S" else 1
            assert facts.lat == pytest.approx(sign * told["EXIF:GPSLatitude"], abs=1e-6), path.name
        n_compared += 1
    reader.close()
    assert n_compared >= 40


def with_info(path: Path, text: bytes) -> ExifFacts:
    """What is read of a JPEG whose segment APP12 says this."""
    data = io.BytesIO()
    Image.new("RGB", (8, 8)).save(data, "JPEG")
    plain = data.getvalue()
    path.write_bytes(plain[:2] + b"\xff\xec" + struct.pack(">H", len(text) + 2) + text + plain[2:])
    with Image.open(path) as image:
        return read_exif(image)


def test_a_camera_before_exif_tells_its_time_in_lines_of_text(tmp_path: Path) -> None:
    head = b"OLYMPUS OPTICAL CO.,LTD.   \0 713\r\n[picture info]\r\n"
    facts = with_info(
        tmp_path / "a.jpg", head + b"TimeDate=909698819\r\nShutter=33363\r\nID=OLYMPUS DIGITAL CAMERA\r\n"
    )
    assert (facts.local_time, facts.offset) == ("1998-10-29T22:06:59", None)
    assert (facts.camera, facts.has_exposure) == ("OLYMPUS DIGITAL CAMERA", True)
    for lines in (b"TimeDate=0\r\n", b"TimeDate=9999999999999999\r\n", b"TimeDate=soon\r\n", b"Flash=1\r\n", b""):
        assert with_info(tmp_path / "b.jpg", head + lines).local_time is None
