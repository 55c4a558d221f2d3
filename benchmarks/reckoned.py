"""Computed answers: how many questions are computed, and how many of these are right.

    python benchmarks/reckoned.py [--home DIR] [--show]

Every question of LongMemEval and LoCoMo is understood and reckoned as ``ask`` does; no language model is loaded. Right
is what ``_judging`` says; of an order, that the gold answer is told first. What is not computed goes to the model.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from _common import DATA, import_into, print_table, require_data, working_folder
from _judging import is_right
from quotes import Case, locomo, longmemeval

from app.paths import default_models
from memory.store import Memory, Scope
from models.profile import ModelOptions, build_embedder
from models.weights import WeightsFolder, load_catalogue
from recall.reckon import Reckon, read_reckoning
from recall.reckoner import Reckoner
from recall.retrieve import Retriever
from recall.times import local_time


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    if not require_data("locomo", "longmemeval"):
        return 0
    counted: Counter[tuple[str, str, str]] = Counter()
    with working_folder(arguments.home) as base:
        for name, moments, cases in _sets():
            home = base / f"home-{name}"
            import_into(home, [moments])
            kind = name.split("-")[0]
            for case, reckon, told in _reckon(home, list(cases)):
                right = told is not None and _is_right(case, reckon, told)
                counted[kind, reckon, "asked"] += 1
                counted[kind, reckon, "computed"] += told is not None
                counted[kind, reckon, "right"] += right
                if arguments.show and told is not None:
                    print("right" if right else "WRONG", "|", case.question, "|", told, "| gold:", *case.gold)
    keys = sorted({(kind, reckon) for kind, reckon, _what in counted})
    rows = [(f"{k}, {r}", *(counted[k, r, what] for what in ("asked", "computed", "right"))) for k, r in keys]
    print_table(("questions", "asked", "computed", "right"), rows)
    return 0


def _sets() -> Iterator[tuple[str, Path, Iterator[Case]]]:
    folder = DATA / "longmemeval"
    yield "lme", folder / "memory.moments.jsonl", longmemeval(folder / "questions.jsonl")
    for path in sorted((DATA / "locomo").glob("*.moments.jsonl")):
        yield path.name.split(".")[0], path, locomo(path.with_name(path.name.replace("moments", "questions")))


def _reckon(home: Path, cases: list[Case]) -> Iterator[tuple[Case, str, str | None]]:
    embedder = build_embedder(WeightsFolder(default_models()), load_catalogue().get_profile("default"), ModelOptions())
    with Memory.open(home) as memory:
        retriever = Retriever(memory, embedder)
        reckoner = Reckoner(memory, retriever, local=local_time)
        for case in cases:
            reckoning = read_reckoning(" ".join(case.question.split()))
            if reckoning is not None:
                question = retriever.understand(case.question, now=case.at)
                computed = reckoner.reckon(question, scope=Scope(), now=case.at)
                yield case, str(reckoning.kind), computed.text if computed else None


def _is_right(case: Case, reckon: str, told: str) -> bool:
    said = told.split(", then ")[0] if reckon == Reckon.ORDER else told
    return any(is_right(gold, said) for gold in case.gold)


if __name__ == "__main__":
    sys.exit(main())
