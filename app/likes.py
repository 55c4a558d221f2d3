"""Pictures like a picture: of a moment, or of a file on the disk.

Role: wiring between the reader of pictures and recall's eye; says what is missing where there is no CLIP.
"""

from __future__ import annotations

import time
from pathlib import Path

from app.errors import Exit, UserError
from ingest.pictures import PictureReader
from memory.store import Hit, Memory, Scope
from models.protocols import PictureEmbedder
from recall.results import Found, Interpreted, SearchResult
from recall.seen import Eye


class LikeFinder:
    """Finds pictures like a picture; ``model`` is None where CLIP is not there."""

    def __init__(self, memory: Memory, model: PictureEmbedder | None) -> None:
        self._memory = memory
        self._eye = Eye(memory, model) if model is not None else None

    def find(self, like: str, *, scope: Scope, limit: int) -> SearchResult:
        """Find them, nearest first.

        Args:
            like: The id of a moment with a picture, or the path of a picture.
            scope: What may be found.
            limit: At most so many.

        Raises:
            UserError: there is no CLIP, no such picture, or it was not looked at yet.
            BadInput: the file cannot be opened as a picture.
        """
        started_s = time.perf_counter()
        if self._eye is None:
            raise UserError(
                "Pictures are not compared: CLIP is not here.",
                hint="Run `madeleine doctor`; the line “sight” says how to get it.",
                code=Exit.ENVIRONMENT,
            )
        found = self._memory.find_moments([like])
        hits = self._like_moment(self._eye, like, scope, limit) if found else self._like_file(like, scope, limit)
        moments = self._memory.find_moments(hit.moment for hit in hits)
        return SearchResult(
            query=like,
            interpreted=Interpreted(),
            found=tuple(
                Found(moment=moments[hit.moment], score=max(0.0, hit.score), signals={"visual": max(0.0, hit.score)})
                for hit in hits
                if hit.moment in moments
            ),
            took_ms=(time.perf_counter() - started_s) * 1000,
        )

    @staticmethod
    def _like_moment(eye: Eye, moment: str, scope: Scope, limit: int) -> list[Hit]:
        hits = eye.like_moment(moment, scope, limit)
        if hits is None:
            raise UserError(
                "This moment has no picture that was looked at.",
                hint="Choose a photo or screenshot; what was imported before CLIP came is seen by `madeleine reindex`.",
            )
        return hits

    def _like_file(self, path: str, scope: Scope, limit: int) -> list[Hit]:
        assert self._eye is not None
        if not Path(path).is_file():
            raise UserError(
                f"There is no moment and no picture “{path}”.",
                hint="See ids with: madeleine search … --json",
                code=Exit.NOT_FOUND,
            )
        reader = PictureReader()
        try:
            return self._eye.like_picture(reader.read(Path(path)).pixels, scope, limit)
        finally:
            reader.close()
