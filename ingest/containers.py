"""Opens the files that FFmpeg reads, sound and video alike.

Role: the one door to ``av.open`` for files of the user's. Only local bytes come through it: FFmpeg gets no path, so
that a list of other files or addresses is never followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ingest.wav_header import PatchedFile, check_wav


@contextmanager
def open_container(path: Path) -> Iterator[Any]:
    """Open a container, a wave file with its header put right.

    Raises:
        av.error.FFmpegError, ValueError: it cannot be opened.
    """
    import av

    file = PatchedFile(path, check_wav(path).patches)
    try:
        with av.open(file, metadata_errors="ignore") as container:
            yield container
    finally:
        file.close()
