"""Media files, each named by the hash of its bytes; and the thumbnails derived from them.

Role: brings bytes into the home durably (temporary file, fsync, rename, fsync of the folder) and takes them out. It
knows neither what is in them nor which moment they belong to.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from memory import failpoints
from memory.errors import HomeUnusable
from memory.home import Home, explained, make_dir, open_private, sync_dir
from memory.records import Media

_CHUNK_BYTES = 1 << 20
_SUFFIX = re.compile(r"\.[a-z0-9]{1,10}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class MediaStore:
    """The media folder of one home."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def keep_file(self, path: Path, *, move: bool = False, suffix: str | None = None) -> Media:
        """Copy a file in, hashing it on the way; with ``move`` the original is deleted once the copy is durable."""
        with explained(path), path.open("rb") as file:
            chunks = iter(lambda: file.read(_CHUNK_BYTES), b"")
            media = self._keep(chunks, path.suffix if suffix is None else suffix)
        if move:
            with explained(path):
                path.unlink(missing_ok=True)
        return media

    def keep_bytes(self, data: bytes, suffix: str) -> Media:
        """Write bytes as a media file."""
        return self._keep([data], suffix)

    def path(self, media: Media) -> Path:
        """Where a media file lies.

        Raises:
            ValueError: ``media`` does not name one (so that no record can point outside the folder).
        """
        suffix = clean_suffix(media.suffix)
        if not _SHA256.fullmatch(media.sha256) or suffix != media.suffix:
            raise ValueError("not a media file's name")
        return self._home.media / media.sha256[:2] / (media.sha256[2:] + suffix)

    def thumbnail_path(self, moment: str) -> Path:
        """Where a moment's thumbnail lies or may be put; its folder exists when this returns."""
        name = hashlib.blake2b(moment.encode(), digest_size=16).hexdigest()
        folder = self._home.thumbnails / name[:2]
        if not folder.is_dir() and os.access(self._home.thumbnails, os.W_OK):
            with explained(folder):
                make_dir(folder)
        return folder / (name + ".jpg")

    def delete(self, relative: str) -> None:
        """Delete a file of the home by its path relative to the root; it may be gone already."""
        path = self._home.root / relative
        if not path.resolve().is_relative_to(self._home.root.resolve()):
            raise HomeUnusable("A file to delete lies outside of the memory.")
        with explained(path):
            path.unlink(missing_ok=True)

    def relative(self, path: Path) -> str:
        """A path as it is noted in the database."""
        return path.relative_to(self._home.root).as_posix()

    def draft_path(self) -> Path:
        """Where a file may be written before it is kept; what a dead process left there goes at the next opening."""
        return self._home.media / (secrets.token_hex(8) + ".part")

    def delete_leftovers(self) -> int:
        """Delete half-written files of a dead process; returns how many. Only the owner may call it."""
        leftovers = list(self._home.media.glob("*.part"))
        for path in leftovers:
            path.unlink(missing_ok=True)
        return len(leftovers)

    def list_copies(self) -> list[str]:
        """Paths of the copies that updates wrote by themselves, as they are noted in the database."""
        return [self.relative(path) for path in self._home.backups.glob("before-*.db*")]

    def iter_files(self) -> Iterator[Path]:
        """All media files."""
        return self._home.media.glob("??/*")

    def _keep(self, chunks: Iterable[bytes], suffix: str) -> Media:
        partial = self.draft_path()
        with explained(partial):
            try:
                digest = _write_durably(partial, chunks)
                media = Media(digest, clean_suffix(suffix))
                target = self.path(media)
                if target.is_file() and target.stat().st_size == partial.stat().st_size:
                    return media
                make_dir(target.parent)
                partial.replace(target)
                sync_dir(target.parent)
                sync_dir(self._home.media)
            finally:
                partial.unlink(missing_ok=True)
        failpoints.hit("file_written")
        return media


def clean_suffix(suffix: str) -> str:
    """A file suffix that is safe in a name: lower case letters and digits after the dot, or nothing."""
    lower = suffix.lower()
    return lower if _SUFFIX.fullmatch(lower) else ""


def _write_durably(path: Path, chunks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    with os.fdopen(open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb") as file:
        for chunk in chunks:
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()
