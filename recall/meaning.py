"""Meaning of words as vectors, where there is a model for it: without one, words and times are searched."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.errors import ModelError
from models.protocols import Embedder

log = logging.getLogger(__name__)


def try_embed(embedder: Embedder | None, texts: Sequence[str]) -> NDArray[np.float32] | None:
    """Unit vectors (texts, dims), or None where the model is not there or cannot be loaded."""
    if embedder is None or not texts:
        return None
    try:
        vectors: NDArray[np.float32] = embedder.embed(list(texts))
    except ModelError as error:
        log.info("searched without meaning: %s", type(error).__name__)
        return None
    return vectors
