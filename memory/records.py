"""The records that memory keeps: plain frozen dataclasses that every floor may read.

Role: the nouns of Madeleine (moment, session, stream, source, job, gap). They know neither SQLite nor who made them.
Times are integers of microseconds since the Unix epoch in UTC (``_us``) with the zone at capture beside them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Kind(StrEnum):
    """What a moment is."""

    UTTERANCE = "utterance"
    PHOTO = "photo"
    SCREENSHOT = "screenshot"
    SCENE = "scene"
    NOTE = "note"


CALENDAR = "Calendar"  # the application of notes that are appointments: what was planned, not what was captured


class TimeSource(StrEnum):
    """Where a moment's time came from; everything but ``GIVEN``, ``EXIF`` and ``RECORDING`` carries doubt."""

    GIVEN = "given"  # told by the user or by the imported line itself
    RECORDING = "recording"  # the clock of a capture, or a recording's own metadata
    CONTAINER = "container"  # creation time of a video file: UTC by its standard; some cameras write local time
    EXIF = "exif"  # EXIF time with its offset
    EXIF_NO_OFFSET = "exif_no_offset"  # EXIF local time, zone assumed
    GPS = "gps"  # GPS stamp only (UTC)
    NAME = "name"  # read from the file's name
    FILE = "file"  # modification time of the file: a guess


@dataclass(frozen=True, slots=True)
class Media:
    """A stretch of a media file in the store.

    Attributes:
        sha256: Content hash; names the file in the media folder.
        suffix: File suffix with its dot, lower case (".flac").
        offset_s: Start of the stretch in seconds from the start of the file (0 for pictures).
        duration_s: Length of the stretch in seconds (0 for pictures).
    """

    sha256: str
    suffix: str
    offset_s: float = 0.0
    duration_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """A named place; latitude and longitude in degrees (WGS 84), None when only the name is known."""

    name: str
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The unit of memory: one utterance, photo, screenshot, video scene or note.

    Attributes:
        id: Opaque and stable: importing the same thing again gives the same id (see ``moment_id``).
        text: The words: what was said, read or written. May be empty (a photo without text).
        zone: IANA name or fixed offset ("Europe/Berlin", "+02:00") in force at capture.
        source: Id (sha256) of the imported file this moment came from, or None.
        external_id: The caller's own id, returned unchanged.
        session, stream: The recording and the direction within it; ``ordinal`` orders moments inside a session.
        azimuth_rad: Direction of arrival, counter-clockwise from the array's x axis, 0 to 2 pi.
        speaker: Name of the person who speaks; None where nobody has named the voice.
        media: What it is a stretch of; of a photo or screenshot the picture itself.
        picture: Its picture where ``media`` is something else: the key frame of a scene, or None.
        voice: Id of the voice that speaks, as the memory keeps it; writing a moment does not change it.
        original: The words as they were heard or read, where the user corrected them and ``text`` is what they typed.
        is_original_gone: The file it was imported from was found to be gone; likewise the memory's to know.
        producer: Model id and revision that made the text, empty when a person did.
        details: JSON-able extras: ``lines`` (OCR: text, box, confidence), ``words`` (word times), ``exif``, ``path``.
    """

    id: str
    kind: Kind
    started_us: int
    ended_us: int
    text: str
    zone: str = "UTC"
    time_source: TimeSource = TimeSource.GIVEN
    source: str | None = None
    external_id: str | None = None
    session: str | None = None
    stream: int | None = None
    ordinal: int = 0
    speaker: str | None = None
    azimuth_rad: float | None = None
    media: Media | None = None
    place: Place | None = None
    app: str | None = None
    window: str | None = None
    producer: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    voice: str | None = None
    picture: Media | None = None
    is_original_gone: bool = False
    original: str | None = None

    @property
    def shown(self) -> Media | None:
        """The file of the picture that it shows, or None where there is nothing to see."""
        if self.kind is Kind.SCENE:
            return self.picture
        return self.media if self.kind in (Kind.PHOTO, Kind.SCREENSHOT) else None


REMEMBERED = "Remembered"  # title of the session of a screen and its notes that were to be remembered together


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One continuous recording or conversation; ``id`` is opaque, ``title`` is what a person reads."""

    id: str
    started_us: int
    ended_us: int
    zone: str = "UTC"
    title: str = ""
    source: str | None = None
    media: Media | None = None
    n_channels: int = 1
    rate_hz: int = 0
    array: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class StreamSpan:
    """Somebody speaks in a stream: seconds from the start of the session, and from where (None when unknown)."""

    start_s: float
    end_s: float
    azimuth_rad: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamPart:
    """A stretch of one direction of a session, separated from the others.

    Attributes:
        number: Of the stream inside its session.
        start_s: Where the stretch begins, seconds from the start of the session.
        azimuth_rad: Its direction on the average, 0 to 2 pi, or None when unknown.
        media: Its own sound, mono at 16 kHz.
        spans: When somebody speaks in it.
    """

    session: str
    number: int
    start_s: float
    azimuth_rad: float | None
    media: Media
    spans: tuple[StreamSpan, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Voiceprint:
    """How the voice sounds in one utterance.

    Attributes:
        moment: The utterance.
        producer: Model id and revision that made the vector.
        seconds: Of speech it was made from.
        vector: float32 (dims,), of unit length.
        stream, started_us, ended_us: Of the utterance; filled when it is read.
    """

    moment: str
    producer: str
    seconds: float
    vector: NDArray[np.float32]
    stream: int | None = None
    started_us: int = 0
    ended_us: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class VoiceCentre:
    """How a voice sounds on the whole: a unit vector, from so many seconds of speech."""

    voice: str
    seconds: float
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One person as heard.

    Attributes:
        name: Given by the user, or None.
        n_moments, seconds, n_sessions: What is tied to it.
        first_us, last_us: When it was first and last heard, or None.
        n_samples: Recordings given to say how the person sounds (enrolment).
    """

    id: str
    name: str | None
    n_moments: int
    seconds: float
    n_sessions: int
    first_us: int | None
    last_us: int | None
    n_samples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One utterance of a voice, as far as choosing among them needs it.

    Attributes:
        occasion: The recording, or the local date where there is none.
        seconds: How long its sound is.
        likeness: Cosine of its print to how the voice sounds on the whole; None where there is no print.
    """

    moment: str
    occasion: str
    seconds: float
    likeness: float | None


@dataclass(frozen=True, slots=True)
class Correction:
    """Words that the user typed in the place of a moment's, and when."""

    text: str
    made_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """The last merge of voices, which can be undone.

    Attributes:
        into: Id of the voice that stayed; ``into_name`` is what it was called before.
        others: Id and name of those that became one with it.
    """

    into: str
    into_name: str | None
    others: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceLevel:
    """How loud a voice is in one session on the average, in decibels of full scale, over so many utterances."""

    voice: str
    session: str
    n_moments: int
    level_db: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One imported file. ``sha256`` of its bytes is its identity: the same file twice is one memory."""

    sha256: str
    path: str
    n_bytes: int
    mime: str
    imported_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A stretch in which ``source`` (a microphone, a screen) should have recorded and did not."""

    source: str
    started_us: int
    ended_us: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Moments that belong together. Derived: it goes when one of its moments changes or goes, and is made again.

    Attributes:
        id: Opaque; the same while its first moment stays the same.
        local_date: The day (ISO) it counts to, which lasts until 4 in the night.
        title, summary: What a person reads; made of its own moments only, by rules or by a model.
        reason: Why it begins where it does, in words.
        moments: Ids in order of time.
        words: Which model made the title or the summary, and of which moments; None where rules made both.
    """

    id: str
    local_date: str
    started_us: int
    ended_us: int
    zone: str
    title: str
    summary: str
    reason: str
    moments: tuple[str, ...]
    words: EventWords | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWords:
    """What a local model made of an event, checked against the words of its moments. Derived, and gone with the event.

    Attributes:
        title, summary: Empty where nothing that stood came of it; the rules' own then holds.
        producer: Of the model.
        rules: The version of prompt and checks it was made with.
        made_of: Ids of the moments the model was shown.
    """

    title: str
    summary: str
    producer: str
    rules: int
    made_of: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """What was captured in one place on one local date, put together.

    Attributes:
        lat, lon: Degrees, the mean of all.
        n_moments: How many.
        first: Id of one of them, the same while they stay the same.
    """

    local_date: str
    place: str
    lat: float
    lon: float
    n_moments: int
    started_us: int
    ended_us: int
    zone: str
    first: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A run of days away from home. Never kept: told anew from what was captured whenever it is asked for.

    Attributes:
        id: Opaque; the same while its first stay is.
        title: Where and when: "Lisbon, 3–6 May".
        places: Names of its places as moments have them, in order of time.
        started_us, ended_us: From leaving home, as far as that is known, to being back.
        first_date, last_date: Local dates (ISO).
        first: Id of a moment of its first stay.
        reason: Why it is one, in words.
    """

    id: str
    title: str
    places: tuple[str, ...]
    started_us: int
    ended_us: int
    zone: str
    first_date: str
    last_date: str
    first: str
    reason: str


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing that an event has: a person who spoke, a place, an application, an appointment.

    Attributes:
        kind: "person", "place", "app", "appointment", or "" where the event has none of these.
    """

    event: str
    local_date: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trace:
    """What the cutting of a day looks at of one moment: when, where, who, what about.

    Attributes:
        text: The beginning of its words.
        lat, lon: Degrees, None where they are not known.
        vector: float32 (dims,) of unit length, of the window around an utterance and of anything else itself; or None.
        versions: Of a picture the marks that tell its versions, as JSON, or None; see ``memory.versions``.
    """

    id: str
    kind: Kind
    started_us: int
    ended_us: int
    zone: str
    text: str
    session: str | None = None
    speaker: str | None = None
    voice: str | None = None
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    app: str | None = None
    window: str | None = None
    vector: NDArray[np.float32] | None = None
    versions: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one moment says of something: "Ana's phone number is 030 1234". Derived, and gone with its moment.

    Attributes:
        moment: Id of the moment that says it.
        subject: Whom or what it is about, as a person reads it ("Ana", "the budget meeting").
        subject_key: The same as it is compared (``memory.facts.to_key``).
        relation: Which of its sides ("phone number", "likes", "time").
        about: Claims that cannot all be true at once share this key: of one thing, one side.
        value: As it was said.
        value_key: As it is compared.
        quote: Words that stand in the moment.
        is_change: It says itself that something changed ("moved to Thursday", "my new number").
        until_us: When what it tells is over (the day of an appointment), or None.
        told_us, zone, kind, teller: Of the moment; filled when it is read. ``teller`` is who spoke, or "".
    """

    moment: str
    subject: str
    subject_key: str
    relation: str
    about: str
    value: str
    value_key: str
    quote: str
    is_change: bool = False
    until_us: int | None = None
    told_us: int = 0
    zone: str = "UTC"
    kind: Kind = Kind.NOTE
    teller: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a write changed, so that each view can decide what to reload."""

    added: frozenset[str] = frozenset()
    updated: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()


def moment_id(origin: str, part: str | int) -> str:
    """Build the stable id of a moment.

    Args:
        origin: What it came from: a source's sha256, or "session/external_id" for imported lines.
        part: Which part of it: an ordinal, a start time or a direction.

    Returns:
        22 characters: "m" and 84 bits of BLAKE2b in base 16.
    """
    digest = hashlib.blake2b(f"{origin}\x1f{part}".encode(), digest_size=16).hexdigest()
    return "m" + digest[:21]
