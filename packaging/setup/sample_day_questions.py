"""Ask the sample day's questions on the terminal: each answer as it comes, with citations, and the counts at the end.

An answer is *right* when it says the expected words and cites the right file, *abstained* when it says that the
memory does not hold it. A question whose answer is not in the day is right when it is abstained from.
Runs with the environment's Python and uses the command line only, like any other program.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from places import MADELEINE, SAMPLE_DAY, SAMPLE_DAY_ABOUT

WIDTH = 110


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the day.

    Attributes:
        id: Its name in the batch.
        text: The question.
        any_of: One of these in the answer makes it right.
        all_of: All of these must be in the answer.
        source: The file that must be cited; empty where the day does not hold the answer.
    """

    id: str
    text: str
    any_of: tuple[str, ...]
    all_of: tuple[str, ...]
    source: str

    def is_told_by(self, answer: str) -> bool:
        """Say whether the answer has the words."""
        return all(_has(answer, word) for word in self.all_of) and (
            not self.any_of or any(_has(answer, word) for word in self.any_of)
        )


def _has(answer: str, word: str) -> bool:
    """Find a word or number that is not a part of a longer one ("20" is in "20th", not in "2026")."""
    end = r"(?![.,]?\d)" if word[-1].isdigit() else r"(?!\w)"
    return re.search(rf"(?<!\w){re.escape(word)}{end}", answer, re.IGNORECASE) is not None


def load_questions(path: Path = SAMPLE_DAY_ABOUT / "questions.jsonl") -> list[Question]:
    """Read the questions and their answers."""
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Question(
            entry["id"],
            entry["question"],
            tuple(entry.get("any_of", ())),
            tuple(entry.get("all_of", ())),
            "" if entry.get("unanswerable") else entry["source"],
        )
        for entry in entries
    ]


def spread(questions: Sequence[Question], n_wanted: int) -> list[Question]:
    """Take some questions, evenly over the list: every kind of source, and unanswerable ones."""
    if not 0 < n_wanted < len(questions):
        return list(questions)
    return [questions[i * len(questions) // n_wanted] for i in range(n_wanted)]


class Sources:
    """Tells whether a moment comes from one of the day's files: by its file's name, else by its bytes or its time.

    What was separated from a recording is a file of its own; its moments name the recording as their source.
    """

    def __init__(self, folder: Path, truth: Path) -> None:
        entries = json.loads(truth.read_text(encoding="utf-8"))["files"]
        self._hashes = {entry["file"]: _hash(folder / entry["file"]) for entry in entries}
        self._notes = {entry["file"]: _wall_time(entry["started_at"]) for entry in entries if entry["kind"] == "note"}

    def holds(self, moment: Mapping[str, Any], file: str) -> bool:
        """Say whether the moment comes from this file."""
        if source := moment.get("source", ""):
            return Path(source).name == file
        path = moment.get("media", {}).get("path", "")
        if path:
            return self._hashes[file] == _hash(Path(path))
        return _wall_time(moment["started_at"]) == self._notes.get(file)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _wall_time(text: str) -> datetime:
    """Read a time as a clock on the wall shows it: a note's name tells no offset."""
    return datetime.fromisoformat(text).replace(tzinfo=None)


def judge(question: Question, result: Mapping[str, Any], sources: Sources) -> str:
    """Return "right", "wrong" or "abstained"."""
    if result["abstained"]:
        return "abstained" if question.source else "right"
    if not question.source:
        return "wrong"
    cited = {citation["moment"] for citation in result["citations"]}
    has_source = any(moment["id"] in cited and sources.holds(moment, question.source) for moment in result["evidence"])
    return "right" if has_source and question.is_told_by(result["answer"]) else "wrong"


def ask(questions: Sequence[Question], home: Path) -> Iterator[dict[str, Any]]:
    """Yield one result a question, in order, as soon as it is there.

    Raises:
        subprocess.CalledProcessError: The command line failed; it has said why.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as batch:
        batch.writelines(json.dumps({"id": question.id, "question": question.text}) + "\n" for question in questions)
        batch.flush()
        command: list[str | Path] = [MADELEINE, "--home", home, "ask", "--batch", batch.name, "--json"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as process:
            yield from (json.loads(line) for line in process.stdout or ())
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)


def print_result(question: Question, result: Mapping[str, Any], verdict: str, took_s: float) -> None:
    """Print one question, its answer and where it comes from."""
    moments = {moment["id"]: moment for moment in result.get("evidence", ())}
    print(f"\n{question.text}\n  {result.get('answer') or result['error']}")
    for citation in result.get("citations", ()):
        moment = moments[citation["moment"]]
        print(f"  [{citation['n']}] {moment['kind']}, {moment['started_at'][11:16]}: {_shorten(citation['quote'])}")
    print(f"  ({verdict}, {took_s:.1f} s)", flush=True)


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WIDTH else line[: WIDTH - 1] + "…"


def print_counts(verdicts: Sequence[tuple[Question, str]]) -> None:
    """Print how many were right, apart for what the day holds and what it does not."""
    print(f"\n{'':<28}{'right':>8}{'wrong':>8}{'abstained':>11}")
    for title, is_held in (("answer is in the day", True), ("answer is not in the day", False)):
        counts = Counter(verdict for question, verdict in verdicts if bool(question.source) == is_held)
        print(f"{title:<28}{counts['right']:>8}{counts['wrong']:>8}{counts['abstained']:>11}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask all questions of the sample day; 0 when each was answered or abstained from."""
    parser = argparse.ArgumentParser(description="Ask the sample day's questions on the terminal.")
    parser.add_argument("--home", type=Path, required=True, help="the memory that holds the sample day")
    parser.add_argument("--some", type=int, default=0, metavar="N", help="ask N of them, evenly over the list")
    options = parser.parse_args(arguments)
    everything, sources = load_questions(), Sources(SAMPLE_DAY, SAMPLE_DAY_ABOUT / "truth.json")
    questions = spread(everything, options.some)
    print(f"{len(questions)} of the day's {len(everything)} questions; `make questions` asks all", flush=True)
    verdicts, last = [], time.monotonic()
    try:
        for question, result in zip(questions, ask(questions, options.home), strict=False):
            now = time.monotonic()
            verdict = "wrong" if "error" in result else judge(question, result, sources)
            print_result(question, result, verdict, now - last)
            verdicts.append((question, verdict))
            last = now
    except subprocess.CalledProcessError as failed:
        return failed.returncode
    print_counts(verdicts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
