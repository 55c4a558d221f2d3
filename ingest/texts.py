"""Texts: notes, and lists of moments that another program wrote (``*.moments.jsonl``, as in the contract).

Role: a path in, words and records out; long texts cut into passages for the embedder. It writes nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ingest import times
from ingest.errors import BadInput
from ingest.files import MAX_NOTE_BYTES
from ingest.times import When
from memory.records import Kind, Moment, TimeSource, moment_id

MAX_LINE_BYTES = 2**20
PASSAGE_WORDS = 160  # about 210 of the embedder's 256 tokens
PASSAGE_STRIDE = 120  # a quarter of each passage stands in the next one too
LONG_WORDS = 180  # a text up to here is one vector

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<fields>.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_DATE_FIELD = re.compile(r"^(?:date|created|created_at|time)[ \t]*:[ \t]*[\"']?(?P<value>[^\"'\n]+)", re.I | re.M)


@dataclass(frozen=True, slots=True)
class Note:
    """A text file: its words without front matter, and the date that the front matter tells, as written."""

    text: str
    told_date: str | None


@dataclass(frozen=True, slots=True)
class LineFault:
    """A line of a list of moments that cannot be taken, counted from 1."""

    n: int
    error: str


def read_note(path: Path, *, name: str = "") -> Note:
    """Read a note in whatever common encoding it is in.

    Raises:
        BadInput: it is too large, unreadable, or holds no words.
    """
    name = name or path.name
    if path.stat().st_size > MAX_NOTE_BYTES:
        raise BadInput(
            f"“{name}” is longer than {MAX_NOTE_BYTES // 2**20} MiB of text.",
            hint="Cut it into chapters, or leave it out.",
        )
    text = decode_text(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    front = _FRONT_MATTER.match(text)
    told = _DATE_FIELD.search(front["fields"]) if front else None
    body = (text[front.end() :] if front else text).strip()
    if not any(char.isalnum() for char in body):
        raise BadInput(f"“{name}” holds no words.", hint="Leave it out.")
    return Note(body, told["value"].strip() if told else None)


def decode_text(data: bytes) -> str:
    """Decode text of unknown encoding: by its byte order mark, else UTF-8, else Windows-1252."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def choose_time(note: Note, *, name: str, file_us: int, zone: str, at_us: int | None) -> When:
    """Choose when a note was written: told, else its front matter, else its name, else the file's time."""
    if at_us is not None:
        return When(at_us, zone, TimeSource.GIVEN)
    told = times.from_iso(note.told_date, zone) if note.told_date else None
    if told is not None and times.is_plausible(told[0]):
        return When(told[0], told[1], TimeSource.GIVEN)
    return times.from_name(name, zone) or When(file_us, zone, TimeSource.FILE)


def split_passages(text: str) -> list[str]:
    """Cut a long text into overlapping passages of whole words; a short one gives none."""
    words = text.split()
    if len(words) <= LONG_WORDS:
        return []
    starts = range(0, len(words) - (PASSAGE_WORDS - PASSAGE_STRIDE), PASSAGE_STRIDE)
    return [" ".join(words[start : start + PASSAGE_WORDS]) for start in starts]


def iter_lines(path: Path, sha256: str) -> Iterator[tuple[int, Moment | LineFault]]:
    """Read a list of moments line by line; a bad line is a fault, the others go on.

    Args:
        path: The file: UTF-8, one JSON object a line.
        sha256: Its hash, the origin of moments that bring no id of their own.

    Yields:
        The number of the line from 1, and its moment (``ordinal`` 0) or what is wrong with it. Blank lines are skipped.
    """
    with path.open("rb") as file:
        number = 0
        while line := file.readline(MAX_LINE_BYTES + 1):
            number += 1
            if len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
                while (rest := file.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
                    continue
                yield number, LineFault(number, f"it is longer than {MAX_LINE_BYTES // 2**20} MiB")
                continue
            if line.strip(b" \t\r\n\xef\xbb\xbf\x00"):
                yield number, _parse_line(line, number, sha256)


def _parse_line(line: bytes, number: int, sha256: str) -> Moment | LineFault:
    try:
        told = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError:
        return LineFault(number, "it is not UTF-8")
    except (ValueError, RecursionError):
        return LineFault(number, "it is not JSON")
    if not isinstance(told, dict):
        return LineFault(number, "it is not a JSON object")
    try:
        return _to_moment(told, moment_id(sha256, number), sha256)
    except _Fault as fault:
        return LineFault(number, str(fault))


class _Fault(ValueError):
    """One thing that is wrong with a line."""


def _to_moment(told: Mapping[str, Any], own_id: str, sha256: str) -> Moment:
    kind = told.get("kind")
    if kind not in ("utterance", "note"):
        raise _Fault("“kind” must be “utterance” or “note”")
    text = _get_text(told, "text")
    if text is None or not text.strip():
        raise _Fault("“text” is missing or empty")
    started_us, zone = _get_time(told, "started_at")
    ended_us = _get_time(told, "ended_at")[0] if told.get("ended_at") is not None else started_us
    if ended_us < started_us:
        raise _Fault("“ended_at” is before “started_at”")
    session, external_id = _get_text(told, "session"), _get_text(told, "external_id")
    return Moment(
        id=own_id if external_id is None else moment_id(session or "", external_id),
        kind=Kind(kind),
        started_us=started_us,
        ended_us=ended_us,
        text=text,
        zone=zone,
        time_source=TimeSource.GIVEN,
        source=sha256,
        external_id=external_id,
        session=session or None,
        speaker=_get_text(told, "speaker") or None,
    )


def _get_text(told: Mapping[str, Any], key: str) -> str | None:
    value = told.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _Fault(f"“{key}” must be text")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _Fault(f"“{key}” holds half of a character") from None
    return value


def _get_time(told: Mapping[str, Any], key: str) -> tuple[int, str]:
    value = told.get(key)
    if value is None:
        raise _Fault(f"“{key}” is missing")
    if not isinstance(value, str):
        raise _Fault(f"“{key}” must be a time like 2026-11-20T14:03:05+01:00")
    try:
        when = datetime.fromisoformat(value.strip())
    except ValueError:
        raise _Fault(f"“{key}” is not a time like 2026-11-20T14:03:05+01:00") from None
    offset = when.utcoffset()
    if offset is None:
        raise _Fault(f"“{key}” has no offset (write +01:00 or Z behind it)")
    try:
        return times.to_us(when), times.offset_name(offset)
    except OverflowError:
        raise _Fault(f"“{key}” is outside of the calendar") from None
