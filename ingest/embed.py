"""Meaning for what was kept: vectors of moments, of windows of utterances and of passages of long texts.

Role: takes the memory's own list of what has no vectors yet, so that nothing depends on which import wrote it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.texts import split_passages
from memory import failpoints
from memory.records import Kind, Moment
from memory.store import Memory, Unit, VectorRow
from models.protocols import CancelToken, Embedder

BATCH = 256
_INDEX_FROM = 64  # a screenshot's one to three vectors are not worth .6 s for opening the index


def embed_pending(
    memory: Memory, embedder: Embedder, *, cancel: CancelToken, report: Callable[[int], None] = lambda _n: None
) -> int:
    """Embed every moment that lacks vectors and bring them into the index.

    Args:
        memory: Where from and where to.
        embedder: Its producer names the vectors.
        cancel: Looked at between batches.
        report: Told how many moments are done so far.

    Returns:
        How many moments were embedded.

    Raises:
        ModelError: the embedder cannot work.
        Cancelled: what was put stays.
    """
    n_done = 0
    before: list[str] = []
    while batch := memory.moments_without_vectors(embedder.producer, limit=BATCH):
        cancel.raise_if_cancelled()
        ids = [moment.id for moment in batch]
        if ids == before:
            raise RuntimeError("vectors were put, but the moments still lack them")
        before = ids
        memory.put_vectors(embedder.producer, _embed(memory, embedder, batch, cancel))
        failpoints.hit("ingest.embed")
        n_done += len(batch)
        report(n_done)
    memory.drain_outbox(at_least=_INDEX_FROM, should_stop=lambda: cancel.is_cancelled)
    failpoints.hit("ingest.index")
    cancel.raise_if_cancelled()
    return n_done


def list_units(memory: Memory, moment: Moment) -> list[tuple[Unit, int, str]]:
    """What is embedded of a moment: unit, part and text of each vector."""
    units: list[tuple[Unit, int, str]] = [("moment", 0, moment.text)]
    if moment.kind is Kind.UTTERANCE:
        units.append(("window", 0, memory.window_text(moment)))
    units.extend(("passage", part, passage) for part, passage in enumerate(split_passages(moment.text)))
    return units


def _embed(memory: Memory, embedder: Embedder, batch: Sequence[Moment], cancel: CancelToken) -> list[VectorRow]:
    """Embed a batch; a text that occurs twice (a lone utterance is its own window) is embedded once."""
    wanted = [(moment.id, *unit) for moment in batch for unit in list_units(memory, moment)]
    texts = list(dict.fromkeys(text for *_rest, text in wanted))
    vectors = dict(zip(texts, embedder.embed(texts, cancel=cancel), strict=True))
    return [VectorRow(moment, unit, part, vectors[text]) for moment, unit, part, text in wanted]
