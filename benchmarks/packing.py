"""What the notes of a prompt hold: the evidence, and the words of the gold answer. No language model is asked.

    python benchmarks/packing.py [--home DIR]

All questions of LoCoMo and LongMemEval that have evidence. *Evidence* is the share of a question's evidence that is
among the notes, in any length; *gold* is the share of questions whose notes hold the numbers and two thirds of the
content words of the gold answer (``_judging.py``), the most that a reader who only reads can get right. Baseline:
FTS5's bm25, its turns whole, as many as the same budget of tokens takes.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import answers_long
from _common import import_into, print_table, require_data, working_folder
from _judging import _key_words, acceptable

from app.compose import build_engine
from app.engine import Engine
from app.paths import default_models
from memory.records import Moment
from memory.store import Scope
from recall.evidence import anchor
from recall.fits import rank
from recall.words import content_words

BUDGET = 450


def main() -> int:
    """Pack the notes of every question and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path)
    arguments = parser.parse_args()
    if not require_data("locomo", "longmemeval"):
        return 0
    cases: dict[str, list[answers_long.Case]] = defaultdict(list)
    for case in answers_long.load_cases():
        if case.gold:
            cases[case.part].append(case)
    evidence = load_evidence()
    counts: dict[tuple[str, str], list[tuple[float, float, int]]] = defaultdict(list)
    with working_folder(arguments.home) as folder:
        for part, own in cases.items():
            source = "longmemeval/memory" if part == "longmemeval" else part.replace("-", "/", 1)
            import_into(folder / part, [answers_long.DATA / f"{source}.moments.jsonl"])
            engine = build_engine(folder / part, models=default_models(), read_only=True)
            try:
                for case in own:
                    for arm, (ids, text, n_tokens) in (("ours", ours(engine, case)), ("bm25", bm25(engine, case))):
                        wanted = evidence[case.id]
                        share = len(wanted & ids) / len(wanted) if wanted else 0.0
                        held = any(_key_words(gold, text) for gold in acceptable(case.gold))
                        for kind in (case.kind, f"all of {case.kind.split()[0]}"):
                            counts[arm, kind].append((share, float(held), n_tokens))
            finally:
                engine.close()
    print_table(
        ("", "kind", "n", "evidence", "gold", "tokens"),
        [
            (arm, kind, len(rows), *(f"{sum(column) / len(rows):.3f}" for column in list(zip(*rows, strict=True))[:2]),
             f"{sum(row[2] for row in rows) / len(rows):.0f}")
            for (arm, kind), rows in sorted(counts.items(), key=lambda item: (item[0][1], item[0][0]))
        ],
    )  # fmt: skip
    return 0


def load_evidence() -> dict[str, set[str]]:
    """The external ids of each question's evidence."""
    paths = [
        *sorted((answers_long.DATA / "locomo").glob("*.questions.jsonl")),
        answers_long.DATA / "longmemeval/questions.jsonl",
    ]
    return {row["id"]: set(row.get("evidence") or ()) for path in paths for row in answers_long._rows(path)}


def ours(engine: Engine, case: answers_long.Case) -> tuple[set[str], str, int]:
    """Ids, text and tokens of the notes that a prompt would hold."""
    answerer = engine._rooms.answerer
    question = engine._rooms.retriever.understand(case.question, now=case.at)
    found = engine._rooms.retriever.find(question, scope=Scope(), limit=12)
    anchored = anchor(question, found, around=answerer._around)
    packed = answerer._pack(question, rank(question, anchored.found, before=answerer._before))
    return _told([note.moment for note in packed.notes], packed.text, engine)


def bm25(engine: Engine, case: answers_long.Case) -> tuple[set[str], str, int]:
    """The first turns of bm25 that fit the budget."""
    hits = engine.memory.search_lexical(content_words(case.question), limit=12)
    taken: list[Moment] = []
    lines: list[str] = []
    count = answers_long._chat(engine).count_tokens
    for moment in engine.memory.find_moments(hit.moment for hit in hits).values():
        line = f"({moment.speaker}) {' '.join(moment.text.split())}"
        if count("\n".join([*lines, line])) <= BUDGET:
            taken.append(moment)
            lines.append(line)
    return _told(taken, "\n".join(lines), engine)


def _told(moments: Sequence[Moment], text: str, engine: Engine) -> tuple[set[str], str, int]:
    return {m.external_id or "" for m in moments}, text, answers_long._chat(engine).count_tokens(text)


if __name__ == "__main__":
    sys.exit(main())
