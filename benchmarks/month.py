"""A generated month of one life: are its events found, and what its questions ask for?

    python benchmarks/month.py [--seeds 11,12,13] [--home DIR] [--reworded] [--screens] [--files DIR --days 2]

Each seed makes a month of photos, screens, talks and notes (see ``_month_plan.py``) in a home of its own; the words of
its pictures are given instead of read. Events are those of ``timeline --json``. A boundary is right when an event
begins within five minutes of a true one; the first event of a day counts for nothing. Questions go through
``search --batch``:
recall@10 is the share of a question's evidence among the first ten. ``--files`` writes the first days of each month as
real files and measures nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from _common import MADELEINE, measure, print_table, working_folder
from _month_keep import keep_directly, write_files
from _month_life import Month
from _month_plan import build_month
from _month_reword import reword
from _month_scores import Fit, fit
from _month_screens import SCREENS, with_screens
from _questions import Score, mean, score

MUST_F1 = MUST_FOUND = 0.80
HELD_OUT = "11,12,13,14,15"  # seeds 0 to 5 were looked at while events were written


def main() -> int:
    """Run the seeds that were asked for and print three tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default=HELD_OUT)
    parser.add_argument("--home", type=Path, help="keep the homes here, so that the next run need not import again")
    parser.add_argument("--reworded", action="store_true", help="ask in other words")
    parser.add_argument("--screens", action="store_true", help="ask also which page was open when somebody spoke")
    parser.add_argument("--files", type=Path, help="write the first days as files here")
    parser.add_argument("--days", type=int, default=2)
    arguments = parser.parse_args()
    months = [build_month(int(seed)) for seed in arguments.seeds.split(",")]
    months = [with_screens(month) for month in months] if arguments.screens else months
    if arguments.files is not None:
        for month in months:
            write_files(month, arguments.files / str(month.seed), n_days=arguments.days)
        return 0
    fits: dict[int, Fit] = {}
    scores: dict[str, list[Score]] = defaultdict(list)
    with working_folder(arguments.home) as folder:
        for month in months:
            home = folder / f"month-{month.seed}"
            keep_directly(month, home)
            fits[month.seed] = fit(month.kept, find_events(home))
            for name, found in ask_all(month, home, in_other_words=arguments.reworded).items():
                scores[name] += found
            print(f"  seed {month.seed}: {len(month.kept)} moments, {len(month.asked)} questions", file=sys.stderr)
    report(fits, scores)
    return 0


def find_events(home: Path) -> dict[str, str]:
    """The event of each moment, by external id."""
    days = json.loads(measure([*MADELEINE, "--home", home, "timeline", "--json"]).out)["days"]
    return {m["external_id"]: m["event"] for day in days for m in day["moments"] if "event" in m}


def ask_all(month: Month, home: Path, *, in_other_words: bool) -> dict[str, list[Score]]:
    """Scores of all questions that have evidence, by kind, and of those that need several moments' context."""
    batch = home / "questions.batch.jsonl"
    queries = [reword(q.query) if in_other_words else q.query for q in month.asked]
    rows = [
        {"id": q.id, "query": query, "asked_at": q.asked_at.isoformat()}
        for q, query in zip(month.asked, queries, strict=True)
    ]
    batch.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    done = measure([*MADELEINE, "--home", home, "search", "--batch", batch, "--limit", "20", "--json"])
    batch.unlink()
    results = [json.loads(line) for line in done.out.splitlines()]
    ranked = {row["id"]: [m.get("external_id") for m in row["moments"]] for row in results}
    scores: dict[str, list[Score]] = defaultdict(list)
    for asked in month.asked:
        if asked.evidence:
            one = score(ranked[asked.id], asked.evidence)
            whole = () if asked.kind == SCREENS else ("several media" if asked.needs_context else "one medium", "all")
            for name in (asked.kind, *whole):
                scores[name].append(one)
    return scores


def report(fits: Mapping[int, Fit], scores: Mapping[str, Sequence[Score]]) -> None:
    """Print the tables."""
    rows = [(f"seed {seed}", f.n_true, f.precision, f.recall, f.f1, f.exact_f1, f.together) for seed, f in fits.items()]
    n = max(1, len(rows))
    means = tuple(sum(float(row[i]) for row in rows) / n for i in range(2, 7))
    head = ("events", "boundaries", "precision", "recall", "F1", "F1 exact", "B-cubed F1")
    print_table(head, [*rows, ("mean", "", *means)])
    found = mean(scores["several media"])[0]
    print(f"F1 {means[2]:.3f}, must {MUST_F1:.2f}; several media {found:.3f}, must {MUST_FOUND:.2f}\n")
    order = sorted(scores, key=lambda name: (name in ("all", "several media", "one medium"), name))
    by_kind = [(k, len(scores[k]), *mean(scores[k])) for k in order]
    print_table(("questions", "n", "recall@10", "any-hit@10", "MRR"), by_kind)


if __name__ == "__main__":
    sys.exit(main())
