"""Learn the weights of ``recall/confidence.py`` from questions with and without an answer, asked with all bars off.

    python benchmarks/learn_confidence.py [--home DIR] [--things] [--each 12]

Questions that name people: all of LoCoMo but those that ``answers_long.py`` scores. The model's verdict does not count
there, so a model that is never sure stands in its place, and it takes seconds. With ``--things`` also questions that
name nobody, of LongMemEval (``--each`` of each kind), the talks and the sample day, with the real model. What was
weighed is kept in the home's ``confidence.jsonl``, so that a run which was stopped goes on. One logistic regression for
each of the two; the scores are of folds: each conversation (of the others every fifth question) is scored by weights
fitted without it. Printed: the weights of all, and how many questions are refused from which log odds; the bar that is
chosen there is taken off the constants, so that the bar of the rules is one half.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import answers
import answers_long
import numpy as np
from _common import import_into, print_table, require_data, working_folder
from numpy.typing import NDArray
from quotes import NeverSure

from app.compose import build_engine
from app.paths import default_models
from memory.store import Scope
from recall.answer import Answerer, Rules
from recall.reader import ReadRules
from recall.results import AskEvent, Weighed

SEED = 20261127
DECAY = 1.0
SHARES = (0.02, 0.05, 0.08, 0.12, 0.2)
PEOPLE = ("carried", "supposing", "several", "when", "people")
THINGS = ("found", "absent", "things")
Array = NDArray[np.float64]
NOTHING_REFUSED = Rules(carried_at_least=0.0, reading=ReadRules(sure=0.0, found_at_least=0.0, near_at_least=0.0))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and whether it has an answer."""

    id: str
    part: str
    kind: str
    question: str
    gold: str
    at: datetime


def main() -> int:
    """Ask what was not asked yet, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--things", action="store_true", help="also questions that name nobody, with the real model")
    parser.add_argument("--each", type=int, default=12, help="questions of each kind of LongMemEval")
    arguments = parser.parse_args()
    if not require_data("locomo", "longmemeval", "talks"):
        return 0
    with working_folder(arguments.home) as folder:
        kept = folder / "confidence.jsonl"
        done = {row["id"] for row in _rows(kept)} if kept.exists() else set()
        by_part: dict[str, list[Asked]] = defaultdict(list)
        for each in draw(arguments.each):
            if each.id not in done and (arguments.things or each.part.startswith("locomo")):
                by_part[each.part].append(each)
        for part, todo in by_part.items():
            ask_all(folder / part, todo, kept)
        report(list(_rows(kept)))
    return 0


def draw(n_each: int) -> Iterator[Asked]:
    """All of LoCoMo, ``n_each`` of each kind of LongMemEval, the recordings whole."""
    cases = list(answers_long.load_cases())
    scored = {case.id for case in answers_long.draw(cases, 60)}
    n_drawn: Counter[str] = Counter()
    random.Random(SEED).shuffle(cases)
    for case in cases:
        n_drawn[case.kind] += case.id not in scored
        if case.id not in scored and (case.part != "longmemeval" or n_drawn[case.kind] <= n_each):
            yield Asked(case.id, case.part, case.kind, case.question, case.gold, case.at)
    for name in ("talks", "sample_day"):
        for case in answers.SETS[name][0]():
            gold = " / ".join(case.words)
            yield Asked(f"{name}: {case.question}", name, name, case.question, gold, datetime.now(UTC))


def ask_all(home: Path, todo: Sequence[Asked], kept: Path) -> None:
    """Import one memory and put its questions; each is written down at once."""
    if home.name in answers.SETS:
        array = ["--array", "circle4_45mm"] if home.name == "sample_day" else []
        import_into(home, [*answers.SETS[home.name][1](), *array])
    else:
        source = "longmemeval/memory" if home.name == "longmemeval" else home.name.replace("-", "/", 1)
        import_into(home, [answers_long.DATA / f"{source}.moments.jsonl"])
    engine = build_engine(home, models=default_models(), read_only=True)
    try:
        chat = NeverSure() if home.name.startswith("locomo") else answers_long._chat(engine)
        answerer = Answerer(engine.memory, engine._rooms.retriever, chat, rules=NOTHING_REFUSED)
        for each in todo:
            row = ask(answerer, each)
            with kept.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(row) + "\n")
            print(f"  {each.question[:80]} -> {row['text'][:80]}", file=sys.stderr, flush=True)
    finally:
        engine.close()


def ask(answerer: Answerer, each: Asked) -> dict[str, Any]:
    """Put one question and note what was weighed; nothing where no model was asked."""
    weighed: list[dict[str, float]] = []

    def listen(event: AskEvent) -> None:
        if isinstance(event, Weighed):
            weighed.append(dict(event.signs))

    answer = answerer.ask(each.question, scope=Scope(), now=each.at, listen=listen)
    return {
        "id": each.id, "part": each.part, "kind": each.kind, "question": each.question, "gold": each.gold,
        "text": answer.text, "signs": weighed[0] if weighed else None,
    }  # fmt: skip


def report(rows: Sequence[dict[str, Any]]) -> None:
    """Fit both, print the weights and the curves."""
    for name, names in (("people", PEOPLE), ("things", THINGS)):
        own = [row for row in rows if row["signs"] and row["signs"][name] and _has_verdict(row, name)]
        if not own:
            continue
        signs = np.array([[row["signs"][sign] for sign in names] for row in own], dtype=float)
        has_answer = np.array([float(bool(row["gold"])) for row in own])
        fold = np.array([_fold(row) for row in own])
        out = np.zeros(len(own))
        for each in set(fold):
            rest = fold != each
            out[~rest] = signs[~rest] @ fit(signs[rest], has_answer[rest])
        print(f"{name}: {len(own)} questions, {int(has_answer.sum())} with an answer")
        for sign, value in zip(names, fit(signs, has_answer), strict=True):
            print(f"    {sign}={value:.2f},")
        print_curve(out, has_answer, np.array([row["part"].split("-")[0] for row in own]))


def fit(signs: Array, labels: Array) -> Array:
    """Logistic regression with ridge, by Newton's method; the last sign is the constant and is not shrunk."""
    weights = np.zeros(signs.shape[1])
    ridge = np.full(len(weights), DECAY)
    ridge[-1] = 1e-6
    for _ in range(60):
        p = 1 / (1 + np.exp(-signs @ weights))
        step = np.linalg.solve(
            signs.T * (p * (1 - p)) @ signs + np.diag(ridge), signs.T @ (p - labels) + ridge * weights
        )
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def print_curve(out: Array, labels: Array, sets: NDArray[np.str_]) -> None:
    """At which confidence how many of each set are refused, with and without an answer."""
    table = []
    for share in SHARES:
        bar = float(np.quantile(out[labels == 1], share))
        cells = [f"{bar:.2f}", f"{(out[labels == 1] < bar).mean():.2f}", f"{(out[labels == 0] < bar).mean():.2f}"]
        for name in sorted(set(sets)):
            own = sets == name
            wrongly, rightly = (out[own & (labels == 1)] < bar), (out[own & (labels == 0)] < bar)
            cells.append(f"{wrongly.sum()}/{len(wrongly)}, {rightly.sum()}/{len(rightly)}")
        table.append(tuple(cells))
    print_table(("log odds", "refused", "abstained", *sorted(set(sets))), table)


def _has_verdict(row: dict[str, Any], name: str) -> bool:
    """Whether the real model was asked, where its verdict counts."""
    return name == "people" or not row["part"].startswith("locomo")


def _fold(row: dict[str, Any]) -> str:
    return row["part"] if "locomo" in row["part"] else str(zlib.crc32(row["id"].encode()) % 5)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    yield from (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())


if __name__ == "__main__":
    sys.exit(main())
