"""Learn the weights of ``recall/fusion.py`` from questions whose evidence is known, and say what each signal is worth.

    python benchmarks/learn_weights.py [--home DIR] [--ablate] [--save FILE] [--load FILE]

The candidates of every question and their signals come from the real ``Retriever``. One linear layer over the signals
is fitted by a listwise softmax: the probability that it gives to the evidence among the candidates of a question is
made as high as possible (cross entropy with the evidence's uniform distribution). Each data set counts the same,
whatever its number of questions. Scores are of five folds, each fitted without the conversations (meetings, questions)
it is scored on; the weights that are printed are fitted on everything and scaled so that the four lists sum to 4.

Source: Cao et al. 2007 (ListNet), equation 9, with the top-one probability.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from _common import import_into, print_table, require_data, working_folder
from _questions import Memories, Score, load_sets, mean, score
from numpy.typing import NDArray

from app.paths import default_models
from memory.store import Memory, Scope
from models.profile import build_embedder
from models.weights import WeightsFolder, load_catalogue
from recall.fusion import LISTS, SIGNALS, Weights
from recall.retrieve import Closeness, Retriever

N_FOLDS = 5
N_STEPS, RATE, DECAY = 300, 0.05, 1e-3
SETS = ("locomo", "meetingqa", "longmemeval")
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One question: signals float32 (candidates, signals), their external ids, its evidence, set and fold."""

    signals: NDArray[np.float32]
    ids: tuple[str, ...]
    evidence: frozenset[str]
    name: str
    fold: int

    def rank(self, weights: Array) -> Score:
        """Score the ranking that some weights give."""
        order = np.argsort(-(self.signals @ weights), kind="stable")[:20]
        return score([self.ids[i] for i in order], self.evidence)


def main() -> int:
    """Collect, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="keep the homes here (those of retrieval.py can be used)")
    parser.add_argument("--ablate", action="store_true", help="fit again without each of the signals")
    parser.add_argument("--save", type=Path, help="keep the signals in this file")
    parser.add_argument("--load", type=Path, help="take the signals from a file that --save wrote")
    arguments = parser.parse_args()
    if not require_data(*SETS):
        return 0
    if arguments.load:
        examples = pickle.loads(arguments.load.read_bytes())  # our own file
    else:
        with working_folder(arguments.home) as folder:
            examples = [e for n, m in enumerate(load_sets()) for e in collect(m, folder / f"{m.name}-{m.part}", n)]
    if arguments.save:
        arguments.save.write_bytes(pickle.dumps(examples))
    report(examples, ablate=arguments.ablate)
    return 0


def collect(memories: Memories, home: Path, number: int) -> Iterable[Example]:
    """Ask one memory all of its questions and keep the signals of every candidate."""
    import_into(home, [memories.moments])
    embedder = build_embedder(WeightsFolder(default_models()), load_catalogue().get_profile("default"))
    with Memory.open(home, read_only=True) as memory:
        everything = Closeness(cosine=-1.0, window=0.0)
        retriever = Retriever(memory, embedder, closeness=everything)
        for asked in memories.questions:
            now = datetime.fromisoformat(asked.asked_at) if asked.asked_at else datetime.now(UTC)
            found = retriever.find(retriever.understand(asked.query, now=now), scope=Scope(), limit=10_000)
            if found:
                rows = [[f.signals.get(name, 0.0) for name in SIGNALS] for f in found]
                ids = tuple(str(f.moment.external_id) for f in found)
                # A LoCoMo conversation is one fold; a meeting, or a question of LongMemEval, stays in one.
                group = f"{sorted(asked.evidence)[0].split('/')[0]}" if memories.name == "meetingqa" else asked.id
                fold = number if memories.name == "locomo" else zlib.crc32(group.encode()) % N_FOLDS
                yield Example(np.array(rows, np.float32), ids, asked.evidence, memories.name, fold)
    print(f"  {memories.name} {memories.part}: {len(memories.questions)} questions collected", file=sys.stderr)


def fit(examples: Sequence[Example], *, without: int | None = None, start: Array | None = None) -> Array:
    """Fit the weights by Adam; the problem is convex, so that where it starts only decides how long it takes."""
    useful = [e for e in examples if e.evidence.intersection(e.ids)]
    n_most = max(len(e.ids) for e in useful)
    x = np.zeros((len(useful), n_most, len(SIGNALS)), np.float32)
    target, mask = np.zeros(x.shape[:2], np.float32), np.full(x.shape[:2], -np.inf, np.float32)
    share = np.empty(len(useful), np.float32)
    counts = {name: sum(e.name == name for e in useful) for name in SETS}
    for i, example in enumerate(useful):
        n = len(example.ids)
        x[i, :n], mask[i, :n] = example.signals, 0.0
        right = np.array([found in example.evidence for found in example.ids], np.float32)
        target[i, :n] = right / right.sum()
        share[i] = 1 / counts[example.name] / sum(map(bool, counts.values()))
    if without is not None:
        x[:, :, without] = 0.0
    weights = np.full(len(SIGNALS), 2.0) if start is None else start.copy()
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, (N_STEPS if start is None else N_STEPS // 3) + 1):
        scores = x @ weights.astype(np.float32) + mask
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        off = (scores / scores.sum(axis=1, keepdims=True) - target) * share[:, None]
        gradient = np.tensordot(off, x, axes=2) + 2 * DECAY * weights
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        weights = weights - RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-9)
    return weights


def score_folds(examples: Sequence[Example], *, without: int | None = None, start: Array | None = None) -> list[float]:
    """Recall@10 and MRR of each set, every example scored by weights fitted without its fold."""
    scores: dict[str, list[Score]] = {name: [] for name in SETS}
    for fold in range(N_FOLDS):
        weights = fit([e for e in examples if e.fold != fold], without=without, start=start)
        if without is not None:
            weights[without] = 0.0
        for example in examples:
            if example.fold == fold:
                scores[example.name].append(example.rank(weights))
    return _flat(scores)


def score_fixed(examples: Sequence[Example], weights: Array) -> list[float]:
    """The same with given weights."""
    scores: dict[str, list[Score]] = {name: [] for name in SETS}
    for example in examples:
        scores[example.name].append(example.rank(weights))
    return _flat(scores)


def _flat(scores: dict[str, list[Score]]) -> list[float]:
    return [value for name in SETS if scores[name] for value in (mean(scores[name])[i] for i in (0, 2))]


def normalise(weights: Array) -> Array:
    """Scale weights so that the four lists sum to 4, as they stand in ``recall/fusion.py``."""
    return weights * 4 / sum(weights[SIGNALS.index(name)] for name in LISTS)


def report(examples: Sequence[Example], *, ablate: bool) -> None:
    """Print fold scores, weights and, if asked for, what is lost without each signal."""
    head = ("", *(f"{name} {what}" for name in SETS for what in ("R@10", "MRR")))
    present = np.array([getattr(Weights(), name) for name in SIGNALS])
    equal = np.array([1.0 if name in LISTS else 0.0 for name in SIGNALS])
    learned = fit(examples)
    bm25 = np.array([float(name == "lexical") for name in SIGNALS])
    rows: list[tuple[object, ...]] = [
        ("BM25 of the moment alone", *score_fixed(examples, bm25)),
        ("the four lists, equal", *score_fixed(examples, equal)),
        ("weights in recall/fusion.py", *score_fixed(examples, present)),
        ("learned, five folds", *score_folds(examples)),
        ("learned on all, scored on all", *score_fixed(examples, learned)),
    ]
    reach = [np.mean([len(e.evidence & set(e.ids)) / len(e.evidence) for e in examples if e.name == n]) for n in SETS]
    told = ", ".join(f"{name} {share:.3f}" for name, share in zip(SETS, reach, strict=True))
    print(f"Share of the evidence among the candidates: {told}\n")
    print_table(head, rows)
    scaled = normalise(learned)
    print_table(
        ("signal", "learned", "in fusion.py"),
        [(name, float(scaled[i]), float(present[i])) for i, name in enumerate(SIGNALS)],
    )
    if ablate:
        full = rows[3]
        print_table(head, [("all signals", *full[1:]), *_ablation(examples, learned)])


def _ablation(examples: Sequence[Example], learned: Array) -> Iterable[tuple[object, ...]]:
    for i, name in enumerate(SIGNALS):
        if any(example.signals[:, i].any() for example in examples):
            yield (f"without {name}", *score_folds(examples, without=i, start=learned))


if __name__ == "__main__":
    sys.exit(main())
