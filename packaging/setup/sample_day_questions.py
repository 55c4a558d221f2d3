"""Ask the sample day's questions on the terminal: each answer as it comes, with citations, and the counts at the end.

An answer is *right* when it says one of the expected words and cites the right file, *abstained* when it says that the
memory does not hold it. A question whose answer is not in the day is right when it is abstained from.
Runs with the environment's Python and uses the command line only, like any other program.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from places import MADELEINE, SAMPLE_DAY

WIDTH = 110


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the day.

    Attributes:
        id: Its name in the batch.
        text: The question.
        words: Any of these, anywhere in the answer, makes it right; none where the day does not hold the answer.
        files: The files of which one must be cited.
    """

    id: str
    text: str
    words: tuple[str, ...]
    files: tuple[str, ...]


def load_questions(path: Path = SAMPLE_DAY / "questions.jsonl") -> list[Question]:
    """Read the questions and their answers."""
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Question(entry["id"], entry["question"], tuple(entry.get("answers", ())), tuple(entry.get("sources", ())))
        for entry in entries
    ]


class Sources:
    """Tells whether a moment comes from one of the day's files: by content hash, and for notes by the time."""

    def __init__(self, folder: Path) -> None:
        entries = json.loads((folder / "truth.json").read_text(encoding="utf-8"))["files"]
        self._hashes = {
            entry["file"]: hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest() for entry in entries
        }
        self._notes = {entry["file"]: entry["started_at"] for entry in entries if entry["kind"] == "note"}

    def holds(self, moment: Mapping[str, Any], files: Sequence[str]) -> bool:
        """Say whether the moment comes from one of these files."""
        path = moment.get("media", {}).get("path", "")
        if path:
            return any(self._hashes[file] in path for file in files)
        return any(moment["started_at"][:16] == self._notes.get(file, "")[:16] for file in files)


def judge(question: Question, result: Mapping[str, Any], sources: Sources) -> str:
    """Return "right", "wrong" or "abstained"."""
    if result["abstained"]:
        return "abstained" if question.words else "right"
    told = " ".join([result["answer"], result.get("quote", {}).get("text", "")]).lower()
    cited = {citation["moment"] for citation in result["citations"]}
    has_source = any(moment["id"] in cited and sources.holds(moment, question.files) for moment in result["evidence"])
    return "right" if has_source and any(word.lower() in told for word in question.words) else "wrong"


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
    moments = {moment["id"]: moment for moment in result["evidence"]}
    print(f"\n{question.text}\n  {result['answer']}")
    for citation in result["citations"]:
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
        counts = Counter(verdict for question, verdict in verdicts if bool(question.words) == is_held)
        print(f"{title:<28}{counts['right']:>8}{counts['wrong']:>8}{counts['abstained']:>11}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask all questions of the sample day; 0 when each was answered or abstained from."""
    parser = argparse.ArgumentParser(description="Ask the sample day's questions on the terminal.")
    parser.add_argument("--home", type=Path, required=True, help="the memory that holds the sample day")
    home = parser.parse_args(arguments).home
    questions, sources = load_questions(), Sources(SAMPLE_DAY)
    verdicts, last = [], time.monotonic()
    try:
        for question, result in zip(questions, ask(questions, home), strict=False):
            verdict = judge(question, result, sources) if "error" not in result else "wrong"
            now = time.monotonic()
            print_result(
                question,
                {"answer": result.get("error", ""), "citations": [], "evidence": []} | result,
                verdict,
                now - last,
            )
            verdicts.append((question, verdict))
            last = now
    except subprocess.CalledProcessError as failed:
        return failed.returncode
    print_counts(verdicts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
