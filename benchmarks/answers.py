"""Answers on the sample day, the talks and the receipts: right and cited, and abstained where the answer is not there.

    python benchmarks/answers.py [--home DIR] [--only sample_day,talks,receipts] [--show]

An answer is *right and cited* when it says one of the expected words (where several are asked for, all of them) and
cites a moment of the expected file. A question counts as *abstained* when the command line says so. Each set has its
own memory; a home given with ``--home`` is kept, so that the next run need not import again. Unanswerable questions of
our own are in ``unanswerable.jsonl``.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from _common import DATA, MADELEINE, ROOT

from recall.names import holds


@dataclass(frozen=True, slots=True)
class Case:
    """One question: the words of which one must be told (none: it is unanswerable) and the files that hold them.

    Attributes:
        every: Words that must all be told, where one is not enough.
        is_name: The word is a name, which OCR may have misread by a letter (``recall.names``).
    """

    question: str
    words: tuple[str, ...]
    files: tuple[str, ...]
    every: tuple[str, ...] = ()
    is_name: bool = False

    def is_told_by(self, answer: str) -> bool:
        """Whether an answer says what must be said."""
        if self.is_name:
            return holds(self.words[0], answer)
        return says(answer, self.words) and all(says(answer, (word,)) for word in self.every)


def sample_day() -> Iterator[Case]:
    """The shipped questions."""
    for path in sorted((ROOT / "assets").glob("sample_day*/questions.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            every, words = tuple(row.get("all_of", ())), tuple(row.get("any_of") or row.get("all_of") or ())
            yield Case(row["question"], () if row.get("unanswerable") else words, (row.get("source", ""),), every)


def talks() -> Iterator[Case]:
    """The plain questions of the talks, and our own that have no answer there."""
    for path in sorted((DATA / "talks").glob("*.json")):
        for question, words in json.loads(path.read_text("utf-8"))["questions"]:
            yield Case(question, tuple(words), (path.stem + ".flac",))
    yield from unanswerable("talks")


def receipts() -> Iterator[Case]:
    """For each shop the total and the date, where it gave several receipts those of any of them; for each the shop."""
    keys = [json.loads(line) for line in (DATA / "receipts" / "keys.jsonl").read_text("utf-8").splitlines()]
    for company in dict.fromkeys(key["company"] for key in keys):
        own = [key for key in keys if key["company"] == company]
        files = tuple(key["file"] for key in own)
        totals = tuple(re.sub(r"[^0-9.]", "", key["total"]) for key in own)
        yield Case(f"What was the total on the receipt from {company}?", totals, files)
        yield Case(f"What is the date on the receipt from {company}?", tuple(key["date"] for key in own), files)
    for key in keys:
        question = f"Which shop is the receipt of {key['date']} with a total of {key['total']} from?"
        yield Case(question, (key["company"],), (key["file"],), is_name=True)
    yield from unanswerable("receipts")


def unanswerable(name: str) -> Iterator[Case]:
    """Our own questions without an answer."""
    for line in (ROOT / "benchmarks" / "unanswerable.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["set"] == name:
            yield Case(row["question"], (), ())


def says(answer: str, words: tuple[str, ...]) -> bool:
    """Whether an answer says one of the words; digits must not be a part of a longer number."""
    plain = answer.lower().replace(",", "")
    return any(re.search(rf"(?<![\d.]){re.escape(w.lower().replace(',', ''))}(?!\d)", plain) for w in words)


SETS = {
    "sample_day": (sample_day, lambda: [ROOT / "assets" / "sample_day"]),
    "talks": (talks, lambda: sorted((DATA / "talks").glob("*.flac"))),
    "receipts": (receipts, lambda: sorted((DATA / "receipts").glob("*.jpg"))),
}


def main() -> int:
    """Run the sets that can be run here and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--only", default=",".join(SETS))
    parser.add_argument("--show", action="store_true", help="print every answer that is not as it should be")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        base = arguments.home or Path(temporary)
        rows = [row for name in arguments.only.split(",") if (row := run(name, base / name, show=arguments.show))]
    print(f"{'set':12} {'right and cited':>20} {'abstained':>16} {'refused wrongly':>16} {'s a question':>13}")
    for row in rows:
        print(row)
    return 0


def run(name: str, home: Path, *, show: bool) -> str:
    """Import a set, ask its questions, and give its line of the table."""
    cases_of, files_of = SETS[name]
    if name != "sample_day" and not DATA.is_dir():
        print(f"{name}: skipped, {DATA} is not here", file=sys.stderr)
        return ""
    cases, files = list(cases_of()), files_of()
    array = ["--array", "circle4_45mm"] if name == "sample_day" else []
    subprocess.run(
        [*MADELEINE, "--home", home, "import", *files, *array], check=False, cwd=ROOT, stdout=subprocess.DEVNULL
    )
    batch = home / "questions.batch.jsonl"
    batch.write_text(
        "".join(json.dumps({"id": i, "question": c.question}) + "\n" for i, c in enumerate(cases)), "utf-8"
    )
    done = subprocess.run(
        [*MADELEINE, "--home", home, "ask", "--batch", batch, "--json"],
        check=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    batch.unlink()
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return judge(name, cases, answers, show=show)


def judge(name: str, cases: list[Case], answers: list[dict[str, Any]], *, show: bool) -> str:
    """Count."""
    right = abstained = refused = 0
    took_ms = 0.0
    for case, answer in zip(cases, answers, strict=True):
        took_ms += answer["took_ms"]["total"]
        sources = {m["id"]: Path(m.get("source", "")).name for m in answer["evidence"]}
        cited = {sources.get(c["moment"]) for c in answer["citations"]}
        well = (
            answer["abstained"]
            if not case.words
            else case.is_told_by(answer["answer"]) and bool(cited & set(case.files))
        )
        right += bool(case.words) and well
        abstained += not case.words and well
        refused += bool(case.words) and answer["abstained"]
        if show and not well:
            print(f"  [{name}] {case.question}\n      {answer['answer']}  {sorted(map(str, cited))}")
            print(f"      wanted {case.words} {case.files}")
    n_right, n_none = sum(bool(c.words) for c in cases), sum(not c.words for c in cases)
    return (
        f"{name:12} {share(right, n_right):>20} {share(abstained, n_none):>16} {share(refused, n_right):>16}"
        f" {took_ms / 1000 / len(cases):13.1f}"
    )


def share(n: int, n_all: int) -> str:
    """A count and its share: "12/16 75.0%"."""
    return f"{n}/{n_all} {n / max(1, n_all):.1%}"


if __name__ == "__main__":
    sys.exit(main())
