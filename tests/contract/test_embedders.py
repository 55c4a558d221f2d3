"""What every embedder promises, on the fake and on the real one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from models.embedding import MiniLmEmbedder
from models.protocols import Cancelled, CancelToken, Embedder
from tests.support.models_fakes import HashEmbedder
from tests.support.models_weights import get_model, get_weights


@pytest.fixture(params=["fake", pytest.param("minilm", marks=pytest.mark.weights)], scope="module")
def embedder(request: pytest.FixtureRequest) -> Iterator[Embedder]:
    if request.param == "fake":
        yield HashEmbedder()
        return
    real = MiniLmEmbedder(get_weights("minilm-l6"), get_model("minilm-l6"))
    yield real
    real.unload()


def test_speaks_the_protocol(embedder: Embedder) -> None:
    assert isinstance(embedder, Embedder)
    assert "@" in embedder.producer


def test_rows_are_unit_vectors_in_order(embedder: Embedder) -> None:
    texts = ["a long sentence about the boiler man who comes on friday " * 8, "dogs", "", "ünïcode 😀", "dogs"]
    rows = embedder.embed(texts)
    assert rows.shape == (5, embedder.n_dims)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
    np.testing.assert_allclose(rows[1], rows[4], atol=1e-5)
    assert rows[0] @ rows[1] < 0.9


def test_batch_gives_what_single_texts_give(embedder: Embedder) -> None:
    texts = [f"text number {i} with {'more ' * (i % 7)}words" for i in range(40)]
    together = embedder.embed(texts)
    alone = np.concatenate([embedder.embed([text]) for text in texts[:5]])
    assert np.min(np.sum(together[:5] * alone, axis=1)) > 0.99


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, embedder.n_dims)


def test_cancelled_before_it_began(embedder: Embedder) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        embedder.embed(["a", "b"], cancel=cancel)


def test_unloads_and_loads_again(embedder: Embedder) -> None:
    before = embedder.embed(["dogs"])
    embedder.unload()
    assert not embedder.is_loaded
    np.testing.assert_allclose(embedder.embed(["dogs"]), before, atol=1e-5)
    assert embedder.is_loaded


@pytest.mark.weights
def test_minilm_orders_and_values_are_those_of_the_published_model() -> None:
    # Cosines to the first sentence, of the float32 model as its authors publish them in the sentence-transformers
    # documentation (semantic textual similarity, "A man is eating food." and the corpus of semantic search).
    texts = [
        "A man is eating food.",
        "A man is eating a piece of bread.",
        "A man is riding a horse.",
        "A woman is playing violin.",
        "A cheetah is running behind its prey.",
    ]
    rows = MiniLmEmbedder(get_weights("minilm-l6"), get_model("minilm-l6")).embed(texts)
    cosines = rows[1:] @ rows[0]
    assert cosines[0] == pytest.approx(0.755, abs=0.03)
    assert list(np.argsort(-cosines)[:2]) == [0, 1]
