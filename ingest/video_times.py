"""When a video was taken: what its container says, held against its name and its own clock's habits.

Role: pure functions from told times to one time with where it came from.
"""

from __future__ import annotations

from datetime import timedelta

from ingest import times
from ingest.times import When
from ingest.video_reader import VideoFacts
from memory.records import TimeSource

_FIRST_CAMERA_US = 631_152_000_000_000  # 1990: earlier metadata is a clock that was never set (1904, 1970)
_QUARTER_US = 900 * 1_000_000  # every zone is so many quarters of an hour from UTC
_NAME_SLACK_US = 120 * 1_000_000  # some cameras note the end of a short video and name it after its start


def choose_time(facts: VideoFacts, *, name: str, file_us: int, zone: str, now_us: int, at_us: int | None) -> When:
    """Choose when a video began: told, else its own local time, its creation time, its name, its file less its length.

    Args:
        facts: What it says of itself.
        name: The file's name.
        file_us: Modification time of the file, taken as the end of the recording.
        zone: The zone assumed where none is told.
        now_us: Metadata later than tomorrow is a wrong clock and is not believed.
        at_us: The start as told by the user, or None.
    """
    if at_us is not None:
        return When(at_us, zone, TimeSource.GIVEN)
    latest_us = now_us + 86_400_000_000
    named = times.from_name(name, zone)
    for told, source in ((facts.local_time, TimeSource.RECORDING), (facts.created, TimeSource.CONTAINER)):
        read = times.from_iso(told, "UTC") if told else None
        if read is None or not _FIRST_CAMERA_US <= read[0] <= latest_us:
            continue
        if source is TimeSource.RECORDING:
            return When(read[0], read[1], source)
        return _agree(read[0], name, zone) or When(read[0], zone, source)
    return named or When(file_us - round(facts.length_s * 1e6), zone, TimeSource.FILE)


def _agree(created_us: int, name: str, zone: str) -> When | None:
    """What creation time (UTC) and a name (local time, to the second) say together; None where they say nothing.

    A whole number of quarters between them is the zone of the camera. None at all, where it is not to be expected, is a
    camera that writes local time for UTC: the zone is assumed then.
    """
    named = times.from_name(name, "UTC")
    if named is None or (named.us % 1_000_000 == 0 and times.from_us(named.us).strftime("%H%M%S") == "120000"):
        return None  # a date alone counts as noon
    ahead_us = named.us - created_us
    n_quarters = round(ahead_us / _QUARTER_US)
    if abs(ahead_us - n_quarters * _QUARTER_US) > _NAME_SLACK_US or not -48 <= n_quarters <= 56:
        return None
    local = times.from_us(named.us).replace(tzinfo=None)
    home_us = times.from_local(local, zone)
    if n_quarters == 0 and home_us is not None and home_us != named.us:
        return When(home_us, zone, TimeSource.EXIF_NO_OFFSET)
    offset = times.offset_name(timedelta(minutes=15 * n_quarters))
    is_home = home_us is not None and abs(home_us - created_us) <= _NAME_SLACK_US
    return When(created_us, zone if is_home else offset, TimeSource.RECORDING)
