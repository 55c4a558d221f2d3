"""Retrieval on LoCoMo, MeetingQA and LongMemEval through ``search --batch``, beside BM25 over the same stores.

    python benchmarks/retrieval.py [--home DIR] [--only locomo,meetingqa,longmemeval]

Every LoCoMo conversation is imported into a home of its own; the other sets into one each. The exact turn must be
found. Recall@10 is the share of a question's evidence among the first ten, any-hit@10 whether one of it is there, MRR
the mean of 1 / rank of the first (among twenty). The baseline is FTS5's bm25 over the words of a moment (date,
speaker, text; stop words cut from the question), asked of the very same store in the same run.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

from _common import DATA, MADELEINE, import_into, measure, print_table, require_data, working_folder
from _questions import Memories, Score, load_sets, mean, score

from memory.store import Memory
from recall.words import content_words

MUSTS = {"locomo": 0.70, "meetingqa": 0.66, "longmemeval": 0.80}
LIMIT = 20


def main() -> int:
    """Run the sets that were asked for and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="keep the homes here, so that the next run need not import again")
    parser.add_argument("--only", default=",".join(MUSTS))
    arguments = parser.parse_args()
    if not require_data("locomo", "meetingqa", "longmemeval"):
        return 0
    print(f"Retrieval through search --batch --limit {LIMIT}, questions from {DATA}\n", flush=True)
    ours: dict[tuple[str, str], list[Score]] = defaultdict(list)
    bm25: dict[tuple[str, str], list[Score]] = defaultdict(list)
    with working_folder(arguments.home) as folder:
        for memories in load_sets():
            if memories.name in arguments.only.split(","):
                run(memories, folder / f"{memories.name}-{memories.part}", ours, bm25)
    report(ours, bm25)
    return 0


def run(
    memories: Memories,
    home: Path,
    ours: dict[tuple[str, str], list[Score]],
    bm25: dict[tuple[str, str], list[Score]],
) -> None:
    """Import one memory, ask all of its questions both ways, and add their scores under (set, kind)."""
    import_into(home, [memories.moments])
    ranked = search_all(memories, home)
    lexical = search_words(memories, home)
    for asked in memories.questions:
        for scores, lists in ((ours, ranked), (bm25, lexical)):
            scores[memories.name, asked.kind].append(score(lists[asked.id], asked.evidence))
    print(f"  {memories.name} {memories.part}: {len(memories.questions)} questions asked", file=sys.stderr)


def search_all(memories: Memories, home: Path) -> dict[str, list[str | None]]:
    """The external ids that ``search --batch`` gives for each question, best first."""
    batch = home / "questions.batch.jsonl"
    rows = [
        {"id": q.id, "query": q.query, **({"asked_at": q.asked_at} if q.asked_at else {})} for q in memories.questions
    ]
    batch.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    done = measure([*MADELEINE, "--home", home, "search", "--batch", batch, "--limit", str(LIMIT), "--json"])
    batch.unlink()
    results = [json.loads(line) for line in done.out.splitlines()]
    return {row["id"]: [m.get("external_id") for m in row["moments"]] for row in results}


def search_words(memories: Memories, home: Path) -> dict[str, list[str | None]]:
    """The same by bm25 alone."""
    lists = {}
    with Memory.open(home, read_only=True) as memory:
        for asked in memories.questions:
            hits = memory.search_lexical(content_words(asked.query), limit=LIMIT)
            moments = memory.find_moments([hit.moment for hit in hits])
            lists[asked.id] = [moments[hit.moment].external_id for hit in hits]
    return lists


def report(ours: dict[tuple[str, str], list[Score]], bm25: dict[tuple[str, str], list[Score]]) -> None:
    """Print one line a set, and one a kind of question."""
    head = ("", "questions", "recall@10", "must", "any-hit@10", "MRR", "BM25 recall@10", "any-hit@10", "MRR")
    rows: list[tuple[object, ...]] = []
    for name in dict.fromkeys(name for name, _kind in ours):
        mine = [s for (of, _kind), scores in ours.items() if of == name for s in scores]
        words = [s for (of, _kind), scores in bm25.items() if of == name for s in scores]
        found, hit, rank = mean(mine)
        rows.append((name, len(mine), found, f"{MUSTS[name]:.2f}", hit, rank, *mean(words)))
    print_table(head, rows)
    kinds = [
        (f"{name}, {kind}", len(scores), found, "", hit, rank, *mean(bm25[name, kind]))
        for (name, kind), scores in sorted(ours.items())
        for found, hit, rank in [mean(scores)]
        if kind != "all"
    ]
    if kinds:
        print_table(head, kinds)


if __name__ == "__main__":
    sys.exit(main())
