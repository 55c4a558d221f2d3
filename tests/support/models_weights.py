"""Real weights for tests marked ``weights``: in place, or fetched through our own pull."""

from __future__ import annotations

import functools

import pytest

from models.errors import ModelError
from models.pull import Puller, build_sources
from models.weights import Catalogue, Model, WeightsFolder, find_weights_folder, load_catalogue


@functools.cache
def _catalogue() -> Catalogue:
    return load_catalogue()


def get_model(model_id: str) -> Model:
    """Entry of the catalogue."""
    return _catalogue().models[model_id]


@functools.cache
def get_weights(*model_ids: str) -> WeightsFolder:
    """The folder of weights with these models in it; skips the test where they cannot be had."""
    folder = WeightsFolder(find_weights_folder())
    models = [get_model(model_id) for model_id in model_ids]
    if any(state.state not in ("present", "bundled") for state in folder.list_files(models)):
        try:
            Puller(folder, build_sources()).pull(models)
        except ModelError as error:
            pytest.skip(f"weights cannot be fetched here: {error}")
    return folder
