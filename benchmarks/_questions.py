"""The three retrieval sets and how a ranking is scored on them.

Role: reads the development data in place; no search.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from _common import DATA

LOCOMO_KINDS = {1: "multi-hop", 2: "temporal", 3: "open", 4: "single-hop", 5: "adversarial"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, the external ids that hold its answer, and what kind it is."""

    id: str
    query: str
    evidence: frozenset[str]
    kind: str
    asked_at: str | None


@dataclass(frozen=True, slots=True)
class Memories:
    """What goes into one home, and what is asked of it."""

    name: str
    part: str
    moments: Path
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Of one question: share of its evidence among the first ten, whether any is there, and 1 / rank of the first."""

    recall: float
    any_hit: float
    reciprocal_rank: float


def load_sets() -> list[Memories]:
    """LoCoMo (each conversation a memory of its own), MeetingQA and LongMemEval."""
    pairs = [
        ("locomo", path.name.split(".")[0], path, path.with_name(path.name.replace("moments", "questions")))
        for path in sorted((DATA / "locomo").glob("*.moments.jsonl"))
    ]
    pairs.append(("meetingqa", "all", DATA / "meetingqa/meetings.moments.jsonl", DATA / "meetingqa/questions.jsonl"))
    pairs.append(
        ("longmemeval", "all", DATA / "longmemeval/memory.moments.jsonl", DATA / "longmemeval/questions.jsonl")
    )
    return [Memories(name, part, moments, tuple(_read(questions, moments))) for name, part, moments, questions in pairs]


def _read(path: Path, moments: Path) -> list[Asked]:
    """Questions whose evidence is in the memory; the few of LoCoMo that name a turn that is not there lose it."""
    there = {json.loads(line)["external_id"] for line in moments.read_text("utf-8").splitlines()}
    asked = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        evidence = there.intersection(row["evidence"])
        if evidence:
            category = row.get("category")
            kind = LOCOMO_KINDS[category] if category else row.get("type", "all")
            asked.append(Asked(row["id"], row["query"], frozenset(evidence), kind, row.get("asked_at")))
    return asked


def score(ranked: Sequence[str | None], evidence: Collection[str], *, n_first: int = 10) -> Score:
    """Score a ranking of external ids."""
    first = set(ranked[:n_first]) & set(evidence)
    rank = next((i for i, found in enumerate(ranked, 1) if found in evidence), None)
    return Score(len(first) / len(evidence), float(bool(first)), 1 / rank if rank else 0.0)


def mean(scores: Sequence[Score]) -> tuple[float, float, float]:
    """Recall@10, any-hit@10 and MRR."""
    found = np.mean([(s.recall, s.any_hit, s.reciprocal_rank) for s in scores], axis=0)
    return float(found[0]), float(found[1]), float(found[2])
