"""What pictures show, for those kept: vectors of photos, screenshots and scenes.

Role: takes the memory's own list of pictures that a model has not embedded, so that nothing depends on which import
kept them: weights that come later, a crash between two steps and a change of model are all the same case.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.colours import name_colours
from ingest.errors import BadInput
from memory.records import Moment
from memory.store import Memory, VectorRow
from models.errors import ModelError
from models.protocols import CancelToken, ImageArray, PictureEmbedder, PictureTagger

log = logging.getLogger(__name__)
BATCH = 8
Opens = Callable[[Moment], ImageArray]


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What was seen in a picture: additions to its moment's details, and its vector where an eye gave one."""

    details: Mapping[str, Any]
    vector: NDArray[np.float32] | None = None


class Looks:
    """Looks at pictures while they are open, with what there is of ``eye`` (vectors) and ``tagger`` (words)."""

    def __init__(self, eye: PictureEmbedder | None = None, tagger: PictureTagger | None = None) -> None:
        self._eye = eye
        self._tagger = tagger

    def look(self, image: ImageArray) -> Look:
        """Look at one; a model that cannot work is noted, and the rest of the import goes on.

        Args:
            image: uint8 (height, width, 3), RGB, upright.
        """
        details: dict[str, Any] = {"colours": [list(colour) for colour in name_colours(image)]}
        vector: NDArray[np.float32] | None = None
        try:
            if self._tagger is not None:
                seen = self._tagger.see(image)
                details["tags"] = [[tag.word, tag.share] for tag in seen.tags]
                details["tags_by"] = self._tagger.producer
                vector = seen.vector
            if self._eye is not None and id(self._eye) != id(self._tagger):
                vector = None
                vector = self._eye.embed_pictures([image])[0]
        except ModelError as error:
            log.warning("a picture was not looked at: %s", type(error).__name__)
        return Look(details, vector if self._eye is not None else None)

    def embed(self, image: ImageArray) -> NDArray[np.float32] | None:
        """The vector alone; None where there is no eye, or it cannot work."""
        if self._eye is None:
            return None
        try:
            return np.asarray(self._eye.embed_pictures([image])[0], np.float32)
        except ModelError as error:
            log.warning("a picture was not looked at: %s", type(error).__name__)
            return None

    def keep(self, memory: Memory, moment: str, look: Look) -> None:
        """Keep the vector of a look; where there is none, the end of the import tries again."""
        if look.vector is not None:
            self.keep_vectors(memory, [VectorRow(moment, "picture", 0, look.vector)])

    def keep_vectors(self, memory: Memory, rows: Sequence[VectorRow]) -> None:
        """Keep vectors of the eye."""
        if self._eye is not None and rows:
            memory.put_vectors(self._eye.producer, rows)


def see_pending(
    memory: Memory,
    model: PictureEmbedder,
    open_picture: Opens,
    *,
    cancel: CancelToken,
    report: Callable[[int], None] = lambda _n: None,
) -> int:
    """Embed every picture that has no vector of this model.

    Args:
        memory: Where from and where to.
        model: Its producer names the vectors.
        open_picture: Gives the pixels of a moment, uint8 (height, width, 3); raises ``BadInput`` where it cannot.
        cancel: Looked at between batches.
        report: Told how many are done so far.

    Returns:
        How many were embedded. What cannot be opened any more is left out, and tried again another time.

    Raises:
        ModelError: the model cannot work.
        Cancelled: what was put stays.
    """
    n_done = 0
    wanted = memory.unseen_pictures(model.producer)
    for start in range(0, len(wanted), BATCH):
        cancel.raise_if_cancelled()
        opened: dict[str, ImageArray] = {}
        for moment in memory.find_moments(wanted[start : start + BATCH]).values():
            try:
                opened[moment.id] = open_picture(moment)
            except BadInput as error:
                log.info("a picture was not looked at: %s", type(error).__name__)
        if opened:
            vectors = model.embed_pictures(list(opened.values()), cancel=cancel)
            rows = [VectorRow(moment, "picture", 0, vector) for moment, vector in zip(opened, vectors, strict=True)]
            memory.put_vectors(model.producer, rows)
        n_done += len(opened)
        report(n_done)
    return n_done
