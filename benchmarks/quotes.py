"""The answer at once, without a language model: is the quote right, is "certain" right, who is refused by rule?

    python benchmarks/quotes.py [--home DIR] [--show]

Every question of LoCoMo (each conversation a memory of its own), LongMemEval and the receipts ("What was the total on
the receipt from X?") is asked as ``ask`` does, with a model that is never sure, so that only what the rules do is seen.
Right is what ``_judging`` says; of a receipt, the total's figure. *Short* are gold answers of at most five words.
*Refused by rule* is what is answered "I don't know" before the model would be asked.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from _common import DATA, import_into, print_table, require_data, working_folder
from _judging import is_right
from _questions import LOCOMO_KINDS
from answers import receipts, says

from app.paths import default_models
from memory.store import Memory, Scope
from models.profile import ModelOptions, build_embedder
from models.protocols import CancelToken, Chunk, GenerateOptions, Message
from models.weights import WeightsFolder, load_catalogue
from recall.answer import Answerer
from recall.results import AskEvent, EvidenceReady, Quote
from recall.retrieve import Retriever

_N_SHORT = 5


@dataclass(frozen=True, slots=True)
class Case:
    """One question: its gold answers (none: it has no answer), its kind, and when it is asked."""

    question: str
    gold: tuple[str, ...]
    kind: str
    at: datetime

    def is_told_by(self, quote: Quote | None) -> bool:
        """Whether a quote holds one of the gold answers."""
        if quote is None or not self.gold:
            return False
        if self.kind == "receipts, total":
            return says(quote.text, self.gold)
        return any(is_right(gold, quote.text) for gold in self.gold)


class NeverSure:
    """A model that finds nothing in any notes; it remembers whether it was asked."""

    producer = "none"
    n_context = 4096
    is_loaded = True

    def __init__(self) -> None:
        self.was_asked = False

    def unload(self) -> None:
        """Nothing is loaded."""

    def count_tokens(self, text: str) -> int:
        """About four letters a token."""
        return len(text) // 4 + 1

    def prepare(self, _messages: Sequence[Message], *, cancel: CancelToken | None = None) -> None:
        """Nothing is read."""

    def weigh(
        self,
        _messages: Sequence[Message],
        _choices: Sequence[str],
        *,
        prefill: str = "",
        cancel: CancelToken | None = None,
    ) -> tuple[float, ...]:
        """Say "Missing"."""
        self.was_asked = True
        return (0.0, 1.0)

    def generate(
        self, _messages: Sequence[Message], _options: GenerateOptions, *, cancel: CancelToken | None = None
    ) -> Iterator[Chunk]:
        """Write nothing."""
        yield Chunk("", True, 0, 0, "end")


@dataclass(slots=True)
class Count:
    """What was counted of one kind of question."""

    n: int = 0
    right: int = 0
    short: int = 0
    short_right: int = 0
    certain: int = 0
    certain_right: int = 0
    refused: int = 0


def locomo(path: Path) -> Iterator[Case]:
    """The questions of one conversation."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        gold = () if row["category"] == 5 else (str(row["answer"]),)
        yield Case(row["question"], gold, f"LoCoMo, {LOCOMO_KINDS[row['category']]}", datetime.now(UTC))


def longmemeval(path: Path) -> Iterator[Case]:
    """All of its questions, each asked at its own time."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        gold = () if row["unanswerable"] else (str(row["answer"]),)
        kind = "unanswerable" if row["unanswerable"] else row["type"]
        yield Case(row["question"], gold, f"LongMemEval, {kind}", datetime.fromisoformat(row["asked_at"]))


def receipt_totals() -> Iterator[Case]:
    """The totals, and the shops that are not there."""
    for case in (c for c in receipts() if "total on" in c.question or not c.words):
        yield Case(case.question, case.words, f"receipts, {'total' if case.words else 'not there'}", datetime.now(UTC))


def main() -> int:
    """Ask all and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="keep the homes here, so that the next run need not import again")
    parser.add_argument("--show", action="store_true", help="print every certain quote that is wrong")
    arguments = parser.parse_args()
    if not require_data("locomo", "longmemeval", "receipts"):
        return 0
    counts: dict[str, Count] = defaultdict(Count)
    with working_folder(arguments.home) as folder:
        for path in sorted((DATA / "locomo").glob("*.moments.jsonl")):
            questions = path.with_name(path.name.replace("moments", "questions"))
            ask_all(folder / f"locomo-{path.name.split('.')[0]}", [path], locomo(questions), counts, arguments.show)
        path = DATA / "longmemeval"
        cases = longmemeval(path / "questions.jsonl")
        ask_all(folder / "longmemeval-all", [path / "memory.moments.jsonl"], cases, counts, arguments.show)
        pictures = sorted((DATA / "receipts").glob("*.jpg"))
        ask_all(folder / "receipts", pictures, receipt_totals(), counts, arguments.show)
    report(counts)
    return 0


def ask_all(home: Path, files: list[Path], cases: Iterator[Case], counts: dict[str, Count], show: bool) -> None:
    """Import one memory and put its questions."""
    import_into(home, files)
    profile = load_catalogue().get_profile("default")
    embedder = build_embedder(WeightsFolder(default_models()), profile, ModelOptions())
    chat = NeverSure()
    with Memory.open(home, read_only=True) as memory:
        answerer = Answerer(memory, Retriever(memory, embedder), chat)
        for case in cases:
            chat.was_asked = False
            quotes: list[Quote | None] = []

            def listen(event: AskEvent, into: list[Quote | None] = quotes) -> None:
                if isinstance(event, EvidenceReady):
                    into.append(event.quote)

            answer = answerer.ask(case.question, scope=Scope(), now=case.at, listen=listen)
            count(counts[case.kind], case, quotes[0], refused=answer.abstained and not chat.was_asked, show=show)


def count(of: Count, case: Case, quote: Quote | None, *, refused: bool, show: bool) -> None:
    """Add one question."""
    right, certain = case.is_told_by(quote), quote is not None and quote.certain
    short = any(len(gold.split()) <= _N_SHORT for gold in case.gold)
    of.n += 1
    of.right += right
    of.short += short
    of.short_right += short and right
    of.certain += certain
    of.certain_right += certain and right
    of.refused += refused
    if show and quote is not None and certain and not right:
        print(f"  {case.question}\n      {quote.text}\n      wanted {case.gold}")


def report(counts: dict[str, Count]) -> None:
    """Print one line a kind."""
    rows = [
        (
            kind,
            c.n,
            c.right / c.n,
            c.short,
            c.short_right / max(1, c.short),
            c.certain,
            c.certain_right,
            c.refused / c.n,
        )
        for kind, c in sorted(counts.items())
    ]
    head = ("", "questions", "quote right", "short", "right", "certain", "of these right", "refused by rule")
    print_table(head, rows)


if __name__ == "__main__":
    sys.exit(main())
