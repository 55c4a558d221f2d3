"""Computed answers: how many questions are computed, and how many of these are right.

    python benchmarks/reckoned.py [--home DIR] [--show] [--changed]

Every question of LongMemEval and LoCoMo is understood and reckoned as ``ask`` does; no language model is loaded. Right
is what ``_judging`` says; of an order, that the gold answer is told first. What is not computed goes to the model. With
``--changed`` all questions are also searched for facts that changed (some minutes); of these, what is told before the
older values has to be right.
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
from recall.conflicts import find_change
from recall.orders import usable
from recall.reckon import Reckon, read_reckoning
from recall.reckoner import Reckoner
from recall.retrieve import Retriever
from recall.times import local_time

_CHANGED = "changed fact"
_N_FOUND = 12  # as many as ``ask`` looks at


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--changed", action="store_true")
    arguments = parser.parse_args()
    if not require_data("locomo", "longmemeval"):
        return 0
    counted: Counter[tuple[str, str, str]] = Counter()
    with working_folder(arguments.home) as base:
        for name, moments, cases in _sets():
            home = base / f"home-{name}"
            import_into(home, [moments])
            kind = name.split("-")[0]
            for case, reckon, told in _reckon(home, list(cases), changed=arguments.changed):
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


def _reckon(home: Path, cases: list[Case], *, changed: bool) -> Iterator[tuple[Case, str, str | None]]:
    embedder = build_embedder(WeightsFolder(default_models()), load_catalogue().get_profile("default"), ModelOptions())
    with Memory.open(home) as memory:
        retriever = Retriever(memory, embedder)
        reckoner = Reckoner(memory, retriever, local=local_time)
        for case in cases:
            if changed:
                question = retriever.understand(case.question, now=case.at)
                found = usable(retriever.find(question, scope=Scope(), limit=_N_FOUND))
                change = find_change(question, found, local=local_time)
                yield case, _CHANGED, change.text if change else None
            reckoning = read_reckoning(" ".join(case.question.split()))
            if reckoning is not None:
                question = retriever.understand(case.question, now=case.at)
                computed = reckoner.reckon(question, scope=Scope(), now=case.at)
                yield case, str(reckoning.kind), computed.text if computed else None


def _is_right(case: Case, reckon: str, told: str) -> bool:
    said = {Reckon.ORDER: told.split(", then ")[0], _CHANGED: told.split(", as of ")[0]}.get(reckon, told)
    return any(is_right(gold, said) for gold in case.gold)


if __name__ == "__main__":
    sys.exit(main())
