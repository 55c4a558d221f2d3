"""Answers with the language model on LoCoMo and LongMemEval, beside the same model given BM25's first ten.

    python benchmarks/answers_long.py [--home DIR] [--each 60] [--arms ours,bm25] [--show]

Questions are drawn with a fixed seed, as evenly over the kinds as they allow, unanswerable ones among them: LoCoMo's
category 5, and what LongMemEval marks. *Right* is what ``_judging.py`` says of the answer's sentence. *Refused* is an
answerable question that got a no, *abstained* an unanswerable one that did. *Unsupported* is an answer with a number or
a name that stands in none of the moments it cites, nor in their date or speaker, nor in the question (checked here and
not by the program's own check). The other arm is plain retrieval-augmented answering: FTS5's bm25 over the same store,
the first ten turns (at most 80 words of each), the same weights, a strict instruction, greedy; it is not asked for
citations (asked for them, this model writes nothing else), so that any of the ten may hold what it says.

Answers are kept in the home's ``answers.jsonl``, so that a run which was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from _common import DATA, import_into, print_table, require_data, working_folder
from _judging import is_right
from _questions import LOCOMO_KINDS

from app.compose import build_engine
from app.engine import Engine
from app.paths import default_models
from memory.records import Moment
from models.protocols import ChatModel, GenerateOptions, Message
from recall.numerals import numbers_in, ordinals_in
from recall.time_words import tell_day, with_dates
from recall.times import local_time
from recall.words import STOP_WORDS, content_words, tokens

SEED = 20261126
N_NOTES, N_WORDS = 10, 80
_NO = re.compile(r"\bI (?:don't|do not) know\b|\bnot (?:mentioned|stated|specified|provided)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+\b")
_STRICT = (
    "You answer questions from notes. Answer in one short sentence, without numbers of notes. "
    "If the notes do not give the answer, reply exactly: I don't know."
)


@dataclass(frozen=True, slots=True)
class Case:
    """One question; without a gold answer it is unanswerable."""

    id: str
    part: str
    question: str
    gold: str
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What an arm answered."""

    text: str
    abstained: bool
    n_prompt: int
    cited: tuple[Moment, ...]


def load_cases() -> Iterator[Case]:
    """All questions of both sets."""
    for path in sorted((DATA / "locomo").glob("*.questions.jsonl")):
        part = f"locomo-{path.name.split('.')[0]}"
        for row in _rows(path):
            kind, is_there = f"LoCoMo {LOCOMO_KINDS[row['category']]}", row["category"] != 5
            yield Case(row["id"], part, row["question"], str(row["answer"]) * is_there, kind, datetime.now(UTC))
    for row in _rows(DATA / "longmemeval/questions.jsonl"):
        kind = f"LongMemEval {'unanswerable' if row['unanswerable'] else row['type']}"
        gold = "" if row["unanswerable"] else str(row["answer"])
        yield Case(row["id"], "longmemeval", row["question"], gold, kind, datetime.fromisoformat(row["asked_at"]))


def draw(cases: Sequence[Case], n_each: int) -> list[Case]:
    """``n_each`` of each set: in turn one of each kind, each kind in a seeded order."""
    chosen: list[Case] = []
    for name in ("LoCoMo", "LongMemEval"):
        kinds: dict[str, list[Case]] = defaultdict(list)
        for case in cases:
            if case.kind.startswith(name):
                kinds[case.kind].append(case)
        for kind, own in sorted(kinds.items()):
            random.Random(f"{SEED} {kind}").shuffle(own)
        turns = [own[i] for i in range(n_each) for _kind, own in sorted(kinds.items()) if i < len(own)]
        chosen += turns[:n_each]
    return chosen


def ask_ours(engine: Engine, case: Case) -> Told:
    """As the window asks."""
    answer = engine.ask(case.question, now_us=int(case.at.timestamp() * 1e6))
    cited = engine.memory.find_moments(c.moment for c in answer.citations)
    return Told(answer.text, answer.abstained, answer.n_prompt_tokens, tuple(cited.values()))


def ask_bm25(engine: Engine, case: Case) -> Told:
    """The same weights, ten turns, one instruction."""
    hits = engine.memory.search_lexical(content_words(case.question), limit=N_NOTES)
    found = list(engine.memory.find_moments(hit.moment for hit in hits).values())
    notes = "\n".join(f"[{n}] {_note(moment)}" for n, moment in enumerate(found, 1))
    messages = [Message("system", _STRICT), Message("user", f"Notes:\n{notes}\n\nQuestion: {case.question}")]
    text, n_prompt = "", 0
    for chunk in _chat(engine).generate(messages, GenerateOptions(max_tokens=96)):
        text, n_prompt = text + chunk.text, n_prompt or chunk.n_prompt_tokens
    return Told(text, bool(_NO.search(text)), n_prompt, tuple(found))


ARMS: dict[str, Callable[[Engine, Case], Told]] = {"ours": ask_ours, "bm25": ask_bm25}


def main() -> int:
    """Ask what was not asked yet, and print a table for each arm."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--each", type=int, default=60, help="questions of each set")
    parser.add_argument("--arms", default=",".join(ARMS))
    parser.add_argument("--show", action="store_true", help="print every answer that is not as it should be")
    arguments = parser.parse_args()
    if not require_data("locomo", "longmemeval"):
        return 0
    cases = draw(list(load_cases()), arguments.each)
    with working_folder(arguments.home) as folder:
        kept = folder / "answers.jsonl"
        rows = {(row["arm"], row["id"]): row for row in _rows(kept)} if kept.exists() else {}
        for part in sorted({case.part for case in cases}):
            todo = [
                (a, c) for a in arguments.arms.split(",") for c in cases if c.part == part and (a, c.id) not in rows
            ]
            if todo:
                ask_all(folder / part, todo, kept, rows)
    for arm in arguments.arms.split(","):
        report(arm, [rows[arm, case.id] for case in cases], show=arguments.show)
    return 0


def ask_all(home: Path, todo: list[tuple[str, Case]], kept: Path, rows: dict[tuple[str, str], dict[str, Any]]) -> None:
    """Import one memory and put its questions; each answer is written down at once."""
    source = "longmemeval/memory" if home.name == "longmemeval" else home.name.replace("-", "/", 1)
    import_into(home, [DATA / f"{source}.moments.jsonl"])
    engine = build_engine(home, models=default_models(), read_only=True)
    try:
        for arm, case in todo:
            started_s = time.perf_counter()
            told = ARMS[arm](engine, case)
            rows[arm, case.id] = row = {
                "arm": arm, "id": case.id, "kind": case.kind, "question": case.question, "gold": case.gold,
                "text": told.text, "abstained": told.abstained, "n_prompt": told.n_prompt,
                "right": bool(case.gold) and not told.abstained and is_right(case.gold, told.text),
                "unsupported": [] if told.abstained else unsupported(case, told),
                "took_s": time.perf_counter() - started_s,
            }  # fmt: skip
            with kept.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(row) + "\n")
            print(f"  {arm}: {case.question[:80]} -> {told.text.strip()[:80]}", file=sys.stderr, flush=True)
    finally:
        engine.close()


def unsupported(case: Case, told: Told) -> list[str]:
    """Numbers and names of an answer that stand in nothing it cites; what was computed from it is among them."""
    said = re.sub(r"\[\d+\]", " ", told.text)
    held = " ".join([case.question, *(_note(moment) for moment in told.cited)])
    dated = " ".join(with_dates(m.text, local_time(m.started_us, m.zone)) for m in told.cited)
    days = " ".join(f"{local_time(m.started_us, m.zone):%a %A}" for m in told.cited)
    dated = f"{dated} {days}"
    numbers = set(numbers_in(said)) - set(numbers_in(f"{held} {dated}")) - set(ordinals_in(held))
    names = {t for name in _NAME.findall(said) for t in tokens(name)} - STOP_WORDS - set(tokens(f"{held} {dated}"))
    return sorted([*map(str, numbers), *names])


def report(arm: str, rows: Sequence[dict[str, Any]], *, show: bool) -> None:
    """Print one line a kind and one for all."""
    kinds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        for name in (row["kind"], "all of " + row["kind"].split()[0], "all"):
            kinds[name].append(row)
    table = []
    for name, own in sorted(kinds.items()):
        held, none = [r for r in own if r["gold"]], [r for r in own if not r["gold"]]
        answered = [r for r in own if not r["abstained"]]
        table.append((
            name, len(own), _share(held, "right"), _share(held, "abstained"), _share(none, "abstained"),
            f"{sum(bool(r['unsupported']) for r in answered)} of {len(answered)}",
            sum(r["n_prompt"] for r in own) / len(own), sum(r["took_s"] for r in own) / len(own),
        ))  # fmt: skip
    print(arm)
    print_table(("", "n", "right", "refused", "abstained", "unsupported", "prompt tokens", "s"), table)
    for row in rows if show else ():
        if not (row["right"] if row["gold"] else row["abstained"]) or row["unsupported"]:
            print(f"  [{row['kind']}] {row['question']}\n      {row['text'].strip()}  {row['unsupported'] or ''}")
            print(f"      wanted {row['gold'] or 'a no'}")


def _share(rows: Sequence[dict[str, Any]], key: str) -> str:
    return f"{sum(bool(row[key]) for row in rows)} of {len(rows)}" if rows else ""


def _note(moment: Moment) -> str:
    at = local_time(moment.started_us, moment.zone)
    return f"({tell_day(at.date())}, {moment.speaker or moment.kind}) {' '.join(moment.text.split()[:N_WORDS])}"


def _chat(engine: Engine) -> ChatModel:
    return next(backend for backend in engine._rooms.backends if isinstance(backend, ChatModel))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    yield from (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())


if __name__ == "__main__":
    sys.exit(main())
