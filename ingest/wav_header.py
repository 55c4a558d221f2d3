"""Wave files whose header lies: found by reading the chunks, and read past the lie.

Role: a file in, the same bytes out with a handful of header bytes put right. Sizes in the header are never trusted for
an allocation. Sources: RIFF/WAVE (Microsoft, 1994); RF64 (EBU Tech 3306).
"""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_UNKNOWN = 0xFFFFFFFF
_MAX_CHUNKS = 64


@dataclass(frozen=True, slots=True)
class WavCheck:
    """What the header claims and what has to be put right.

    Attributes:
        patches: Bytes to put at an offset of the file.
        notes: What was wrong, for a person.
        n_channels: Channels claimed, 0 when there is no format chunk.
    """

    patches: Mapping[int, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    n_channels: int = 0


class PatchedFile(io.RawIOBase):
    """A file read with some of its bytes replaced; the file itself is not touched."""

    def __init__(self, path: Path, patches: Mapping[int, bytes]) -> None:
        super().__init__()
        self._file = path.open("rb")
        self._patches = dict(patches)

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move the position as a file does."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Position in bytes."""
        return self._file.tell()

    def read(self, size: int = -1) -> bytes:
        """Read up to ``size`` bytes, patched."""
        start = self._file.tell()
        data = self._file.read(size)
        for offset, patch in self._patches.items():
            low, high = max(start, offset), min(start + len(data), offset + len(patch))
            if low < high:
                data = data[: low - start] + patch[low - offset : high - offset] + data[high - start :]
        return data

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()


def check_wav(path: Path) -> WavCheck:
    """Compare a wave file's header with its length."""
    n_bytes = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(12)
        if head[:4] not in (b"RIFF", b"RF64", b"BW64") or head[8:12] != b"WAVE":
            return WavCheck()
        patches: dict[int, bytes] = {}
        notes: list[str] = []
        n_channels = block_bytes = 0
        at = 12
        for _ in range(_MAX_CHUNKS):
            file.seek(at)
            chunk = file.read(8)
            if len(chunk) < 8:
                break
            name, size = chunk[:4], struct.unpack("<I", chunk[4:])[0]
            if name == b"fmt ":
                n_channels, block_bytes = _check_format(file.read(min(size, 64)), at + 8, patches, notes)
            if name == b"data":
                if head[:4] == b"RIFF" and _data_size_lies(file, at + 8, size, n_bytes):
                    patches[at + 4] = struct.pack("<I", _UNKNOWN)
                    notes.append("the header tells a wrong length; everything in the file was read")
                elif size != _UNKNOWN and at + 8 + size > n_bytes + max(block_bytes, 1):
                    notes.append("the file ends before the length its header tells")
                break
            at += 8 + size + (size & 1)
    return WavCheck(patches, tuple(notes), n_channels)


def _check_format(body: bytes, at: int, patches: dict[int, bytes], notes: list[str]) -> tuple[int, int]:
    if len(body) < 16:
        return 0, 0
    code, channels, rate, byte_rate, block_bytes, bits = struct.unpack("<HHIIHH", body[:16])
    if code in (_PCM, _FLOAT, _EXTENSIBLE) and 0 < channels <= 64 and bits in (8, 16, 24, 32, 64):
        right = channels * bits // 8
        if block_bytes != right:
            patches[at + 12] = struct.pack("<H", right)
            notes.append("the header tells a wrong block size; it was put right")
        if byte_rate != rate * right and rate * right < 2**32:
            patches[at + 8] = struct.pack("<I", rate * right)
        block_bytes = right
    return channels, block_bytes


def _data_size_lies(file: io.BufferedReader, start: int, size: int, n_bytes: int) -> bool:
    """Whether sound goes on behind the end that the header tells: what follows there is no chunk."""
    end = start + size + (size & 1)
    if size in (0, _UNKNOWN):
        return size == 0 and n_bytes > start
    for _ in range(_MAX_CHUNKS):
        if end + 8 > n_bytes:
            return n_bytes - end > 64  # a few bytes of padding are no lie
        file.seek(end)
        name, length = struct.unpack("<4sI", file.read(8))
        if not all(32 <= byte < 127 for byte in name) or end + 8 + length > n_bytes + 1:
            return True
        end += 8 + length + (length & 1)
    return False
