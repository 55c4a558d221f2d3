"""What pictures show: the signal ``visual`` of a search, and pictures like a picture.

Role: from words or a picture to the moments whose pictures are near, by the vectors that the import has kept. Only
where a model of pictures and texts (CLIP) is there; nothing else in recall knows it.
"""

from __future__ import annotations

import logging
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from memory.store import Hit, Memory, Scope
from models.errors import ModelError
from models.protocols import ImageArray, PictureEmbedder

log = logging.getLogger(__name__)
# Cosines of the text embedder. What people say of a photo comes to .28 (median) with the nearest of the utterances of a
# long conversation that is about other things; questions about that conversation come to .54, nine in ten to .48.
_UNANSWERED, _ANSWERED = 0.30, 0.50
_LEAST_SHARE = 0.5  # what the farthest picture that is still close counts, against the nearest


class Eye:
    """Looks for pictures in one memory with one model."""

    def __init__(self, memory: Memory, model: PictureEmbedder) -> None:
        self._memory = memory
        self._model = model

    def look(
        self, words: str, scope: Scope, limit: int, *, answered: float = 0.0, without: Collection[str] = frozenset()
    ) -> dict[str, float]:
        """Moments whose pictures are close to some words; empty where none is close.

        A model that cannot work is noted and gives nothing: the words themselves are searched all the same.

        Args:
            words: What to look for.
            scope: Where.
            limit: At most so many.
            answered: The best cosine of anybody's words with these: what was said or written goes first, and a picture
                counts the less the nearer it is.
            without: Ids that are left out.

        Returns:
            .5 to 1 at the nearest picture, times how little the words are answered.
        """
        fade = 1.0 - min(1.0, max(0.0, (answered - _UNANSWERED) / (_ANSWERED - _UNANSWERED)))
        if fade == 0.0 or not self._memory.has_vectors(model=self._model.producer, unit="picture"):
            return {}
        try:
            vector = self._model.embed_texts([words])[0]
        except ModelError as error:
            log.warning("pictures were not looked at: %s", type(error).__name__)
            return {}
        hits = [hit for hit in self._near(vector, scope, limit) if hit.moment not in without]
        return {moment: fade * share for moment, share in to_shares(hits, self._model.least_cosine).items()}

    def like_moment(self, moment: str, scope: Scope, limit: int) -> list[Hit] | None:
        """Pictures like that of a moment, itself left out, nearest first; None where it has not been embedded."""
        found = self._memory.find_vectors([moment], model=self._model.producer, unit="picture")
        if moment not in found:
            return None
        hits = self._near(found[moment][0], scope, limit + 1)
        return [hit for hit in hits if hit.moment != moment][:limit]

    def like_picture(self, image: ImageArray, scope: Scope, limit: int) -> list[Hit]:
        """Pictures like one that need not be in the memory, nearest first.

        Raises:
            ModelError: the model cannot work.
        """
        return self._near(self._model.embed_pictures([image])[0], scope, limit)

    def _near(self, vector: NDArray[np.float32], scope: Scope, limit: int) -> list[Hit]:
        return self._memory.search_vectors(vector, model=self._model.producer, unit="picture", scope=scope, limit=limit)


def to_shares(hits: Collection[Hit], least_cosine: float) -> dict[str, float]:
    """Cosines from ``least_cosine`` on, as .5 there to 1 at the best; what is less close is left out."""
    close = {hit.moment: hit.score for hit in hits if hit.score >= least_cosine}
    spread = max(close.values(), default=0.0) - least_cosine
    return {
        moment: 1.0 if spread <= 0 else _LEAST_SHARE + (1 - _LEAST_SHARE) * (score - least_cosine) / spread
        for moment, score in close.items()
    }
