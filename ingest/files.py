"""Which files an import takes, and what each one holds: the walk over folders and the look at the first bytes.

Role: paths in, paths and content types out. A file is what its bytes say; its name only decides between kinds of text.
It decodes nothing.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ingest.errors import BadInput
from ingest.records import ImportFailure, ImportNote

Found = Path | ImportFailure | ImportNote
Holds = Literal["audio", "picture", "note", "moments", "calendar"]

MAX_FILE_BYTES = 64 * 2**30  # more than a week of sound; a larger file is a disk image, not a memory
MAX_TEXT_BYTES = 512 * 2**20
MAX_NOTE_BYTES = 8 * 2**20
_HEAD_BYTES = 4096

_NOTE_SUFFIXES = frozenset({"", ".txt", ".text", ".md", ".markdown", ".org", ".rst", ".log"})
_AUDIO_SUFFIXES = frozenset(
    (
        ".wav",
        ".wave",
        ".bwf",
        ".flac",
        ".mp3",
        ".mp2",
        ".m4a",
        ".aac",
        ".ogg",
        ".oga",
        ".opus",
        ".aif",
        ".aiff",
        ".caf",
        ".au",
        ".amr",
        ".wma",
        ".mp4",
        ".m4v",
        ".mov",
        ".mkv",
        ".webm",
        ".avi",
        ".3gp",
        ".ts",
        ".mts",
        ".mpg",
        ".mpeg",
        ".flv",
        ".wmv",
        ".w64",
    )
)
_PICTURE_SUFFIXES = frozenset(
    (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".webp", ".heic", ".heif", ".avif", ".bmp")
)
# Files that other programs put beside recordings and pictures: noted in a folder, refused when named.
_SIDECARS = frozenset((".json", ".xmp", ".aae", ".thm", ".lrv", ".cue", ".m3u", ".m3u8", ".url", ".lnk"))
_NOT_MEMORIES = frozenset({"thumbs.db", "desktop.ini", "icon\r"})

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_SIGNATURES: tuple[tuple[bytes, Holds, str, str], ...] = (
    (b"\xff\xd8\xff", "picture", "image/jpeg", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", "picture", "image/png", ".png"),
    (b"GIF87a", "picture", "image/gif", ".gif"),
    (b"GIF89a", "picture", "image/gif", ".gif"),
    (b"II*\x00", "picture", "image/tiff", ".tiff"),
    (b"MM\x00*", "picture", "image/tiff", ".tiff"),
    (b"BM", "picture", "image/bmp", ".bmp"),
    (b"fLaC", "audio", "audio/flac", ".flac"),
    (b"OggS", "audio", "audio/ogg", ".ogg"),
    (b"ID3", "audio", "audio/mpeg", ".mp3"),
    (b"caff", "audio", "audio/x-caf", ".caf"),
    (b".snd", "audio", "audio/basic", ".au"),
    (b"#!AMR", "audio", "audio/amr", ".amr"),
    (b"riff\x2e\x91\xcf\x11", "audio", "audio/x-w64", ".w64"),
    (b"\x1a\x45\xdf\xa3", "audio", "video/x-matroska", ".mkv"),
    (b"FLV\x01", "audio", "video/x-flv", ".flv"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "audio", "video/x-ms-asf", ".wmv"),
    (b"\x00\x00\x01\xba", "audio", "video/mpeg", ".mpg"),
)
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3", "a database"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
)


@dataclass(frozen=True, slots=True)
class FileType:
    """What a file holds: the reader it goes to, its media type and the suffix that fits its content."""

    holds: Holds
    mime: str
    suffix: str


def walk(paths: Iterable[Path], *, home: Path | None = None) -> Iterator[Found]:
    """List what there is to import, folders in sorted order, hidden files left out, each real file once.

    Args:
        paths: Files and folders. A file named here is taken even if it is hidden.
        home: The data folder of the memory; it is left out where one of the folders holds it.

    Yields:
        Paths of regular files, failures for what is missing or no file, notes for what is left out.
    """
    seen: set[tuple[int, int]] = set()
    if home is not None:
        state = home.stat()
        seen.add((state.st_dev, state.st_ino))
    for path in paths:
        yield from _walk_one(Path(path).expanduser(), seen)


def _walk_one(path: Path, seen: set[tuple[int, int]]) -> Iterator[Found]:
    try:
        found = path.stat()
    except FileNotFoundError:
        hint = "Look where the link points." if path.is_symlink() else "Check the spelling of the path."
        yield ImportFailure(str(path), f"There is no file or folder “{path.name}”.", hint)
        return
    except (OSError, ValueError) as error:
        yield ImportFailure(
            str(path), f"“{path.name}” cannot be looked at: {_reason(error)}.", "Check its permissions."
        )
        return
    if (found.st_dev, found.st_ino) in seen:
        return  # a loop of links, or the same file named twice
    seen.add((found.st_dev, found.st_ino))
    if stat.S_ISDIR(found.st_mode):
        yield from _walk_folder(path, seen)
    elif stat.S_ISREG(found.st_mode):
        yield path
    else:
        yield ImportFailure(
            str(path), f"“{path.name}” is not a file but a {_irregular(found.st_mode)}.", "Leave it out of the import."
        )


def _walk_folder(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Found]:
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        yield ImportFailure(
            str(folder), f"The folder “{folder.name}” cannot be opened: {_reason(error)}.", "Check its permissions."
        )
        return
    for name in names:
        if name.startswith(".") or name.lower() in _NOT_MEMORIES:
            continue
        if _is_sidecar(folder / name):
            yield ImportNote(str(folder / name), "left out: it belongs to another program")
        else:
            yield from _walk_one(folder / name, seen)


def _is_sidecar(path: Path) -> bool:
    """Whether another program keeps its own notes in this file: known names, and JSON lines that are no moments."""
    suffix = path.suffix.lower()
    if suffix not in _SIDECARS and (suffix != ".jsonl" or path.name.lower().endswith(".moments.jsonl")):
        return False
    try:
        if suffix != ".jsonl":
            return stat.S_ISREG(path.stat().st_mode)
        with path.open("rb") as file:
            return b'"started_at"' not in file.read(_HEAD_BYTES)
    except OSError:
        return False  # said in words by the one who imports it


def check_file(path: Path) -> None:
    """Refuse what cannot hold a memory before a byte of it is copied.

    Raises:
        BadInput: it is empty, too large, unreadable or no regular file.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise BadInput(f"“{path.name}” is not a file but a {_irregular(found.st_mode)}.", hint="Leave it out.")
        if found.st_size == 0:
            raise BadInput(f"“{path.name}” is empty (0 bytes).", hint="Record or save it again, or leave it out.")
        if found.st_size > MAX_FILE_BYTES:
            raise BadInput(
                f"“{path.name}” is larger than {MAX_FILE_BYTES // 2**30} GiB.", hint="Cut it into smaller files."
            )
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        raise BadInput(
            f"“{path.name}” cannot be read: {_reason(error)}.", hint="Check its permissions and the disk it lies on."
        ) from error


def sniff(path: Path) -> FileType:
    """Tell from its bytes what a file holds; the name decides only what the bytes leave open.

    Raises:
        BadInput: it holds nothing that Madeleine reads, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise BadInput(f"“{path.name}” cannot be read: {_reason(error)}.", hint="Check its permissions.") from error
    suffix = path.suffix.lower()
    found = _find_signature(head)
    if found is not None:
        return found
    for magic, words in _FOREIGN:
        if head.startswith(magic):
            raise BadInput(_misnamed(path, words), hint="Export its pages as pictures or text, or leave it out.")
    if looks_like_text(head):
        return _text_type(path, head, suffix)
    if suffix in _AUDIO_SUFFIXES:  # a damaged head: the demuxer may still find sound further on
        return FileType("audio", "application/octet-stream", suffix)
    raise BadInput(
        f"“{path.name}” holds nothing that Madeleine can read"
        + (f", although it is named {suffix}." if suffix in _PICTURE_SUFFIXES else "."),
        hint="It takes sound, video, pictures, text, calendars (.ics) and *.moments.jsonl; the file may be damaged.",
    )


def _find_signature(head: bytes) -> FileType | None:
    if head[4:8] == b"ftyp":
        return _iso_type(head)
    if head[:4] in (b"RIFF", b"RIFX", b"RF64", b"BW64"):
        return {
            b"WAVE": FileType("audio", "audio/x-wav", ".wav"),
            b"WEBP": FileType("picture", "image/webp", ".webp"),
            b"AVI ": FileType("audio", "video/x-msvideo", ".avi"),
        }.get(head[8:12])
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return FileType("audio", "audio/aiff", ".aiff")
    for magic, holds, mime, suffix in _SIGNATURES:
        if head.startswith(magic):
            return FileType(holds, mime, suffix)
    if len(head) > 188 and head[0] == head[188] == 0x47:
        return FileType("audio", "video/mp2t", ".ts")
    if len(head) > 2 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0:
        return FileType("audio", "audio/aac", ".aac")
    is_frame = len(head) > 2 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] & 0x06 in (2, 4)
    if is_frame and head[2] & 0xF0 not in (0xF0, 0x00):  # MPEG layers II and III; layer I looks like UTF-16
        return FileType("audio", "audio/mpeg", ".mp3")
    return None


def _iso_type(head: bytes) -> FileType:
    """Tell pictures, sound and video in the ISO box format apart by their brands (ISO/IEC 14496-12, 4.3)."""
    size = min(int.from_bytes(head[:4], "big"), 256)
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, size, 4))]
    if brands[0] in (b"avif", b"avis"):
        return FileType("picture", "image/avif", ".avif")
    if brands[0] == b"crx ":
        return FileType("picture", "image/x-canon-cr3", ".cr3")
    if brands[0] in _HEIF_BRANDS:
        return FileType("picture", "image/heic", ".heic")
    if brands[0] in (b"M4A ", b"M4B "):
        return FileType("audio", "audio/mp4", ".m4a")
    if brands[0] == b"qt  ":
        return FileType("audio", "video/quicktime", ".mov")
    return FileType("audio", "video/mp4", ".mp4")


def looks_like_text(head: bytes) -> bool:
    """Whether these first bytes of a file are text in some common encoding."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    if b"\x00" in head:
        return False
    odd = sum(byte < 32 and byte not in (7, 8, 9, 10, 11, 12, 13, 27) for byte in head)
    return bool(head) and odd <= len(head) // 100


def _text_type(path: Path, head: bytes, suffix: str) -> FileType:
    if path.name.lower().endswith(".moments.jsonl") or (suffix in (".jsonl", ".ndjson") and b'"started_at"' in head):
        return FileType("moments", "application/x-ndjson", ".jsonl")
    if head.lstrip(b"\xef\xbb\xbf \r\n").upper().startswith(b"BEGIN:VCALENDAR"):
        return FileType("calendar", "text/calendar", ".ics")
    if suffix in _NOTE_SUFFIXES:
        return FileType("note", "text/markdown" if suffix in (".md", ".markdown") else "text/plain", suffix or ".txt")
    raise BadInput(
        _misnamed(path, "text"),
        hint="Name notes .txt or .md and lists of moments .moments.jsonl, or leave it out.",
    )


def _misnamed(path: Path, words: str) -> str:
    suffix = path.suffix.lower()
    if suffix in _PICTURE_SUFFIXES or suffix in _AUDIO_SUFFIXES or suffix in _NOTE_SUFFIXES - {""}:
        return f"“{path.name}” is named {suffix} but holds {words}."
    return f"“{path.name}” holds {words}, which Madeleine does not take as a memory."


def _irregular(mode: int) -> str:
    if stat.S_ISFIFO(mode):
        return "pipe"
    if stat.S_ISSOCK(mode):
        return "socket"
    return "device" if stat.S_ISCHR(mode) or stat.S_ISBLK(mode) else "folder"


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror or "unknown reason").lower() if isinstance(error, OSError) else "its name is not a path"
