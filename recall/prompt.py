"""The prompt of a question and the grammar of its answer.

Role: text only. Fixed instructions and worked examples come first, so that a model keeps its state between questions
(papers.md 1.31); then the notes; then the question. One worked example is a correct "no" (papers.md 1.18). The
assistant's turn opens with whether the notes hold the answer, so that this can be weighed before a word is written.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.protocols import Message

_SYSTEM = (
    "You answer questions from numbered notes: a person's own records, one event a line. "
    "Use nothing but the notes. First say whether the notes give the answer: Found or Missing. "
    "A note about another person, thing, day or detail than the one asked about does not count: then it is Missing. "
    "If Found, answer in one short sentence with the number of the note, like [2]."
)
_EXAMPLES = (
    (
        "[1] (Mon 2 Mar 2026 18:02, Ines said) How late will you be?\n"
        "[2] (Mon 2 Mar 2026 18:02, Paul said) Half an hour, the 17:40 train was cancelled.\n"
        "[3] (Tue 3 Mar 2026 09:15, screenshot) Hotel Astor / Booking 8841-K / 2 nights / Total 214.00",
        (
            (
                "What is the booking number of the Hotel Astor?",
                "Found: The booking number of the Hotel Astor is 8841-K [3].",
            ),
            ("When does the Hotel Astor serve breakfast?", "Missing."),
            ("How late will Paul be?", "Found: Paul will be half an hour late [2]."),
            ("What did Ines cancel?", "Missing."),
        ),
    ),
)
VERDICT = ("Found", "Missing")


def build_messages(notes: str, question: str) -> list[Message]:
    """The messages of one question; everything before the notes is ``build_beginning``."""
    return [*build_beginning(), Message("user", _turn(notes, question))]


def build_beginning() -> list[Message]:
    """The messages that all questions begin with: instructions and worked examples, no word of the user's."""
    messages = [Message("system", _SYSTEM)]
    for example_notes, exchanges in _EXAMPLES:
        for number, (asked, answered) in enumerate(exchanges):
            messages.append(Message("user", _turn(example_notes if number == 0 else "", asked)))
            messages.append(Message("assistant", answered))
    return messages


def build_grammar(numbers: Iterable[int]) -> str:
    """GBNF of an answer: one or two sentences, each ended by citations of the given notes and of nothing else.

    Source: llama.cpp grammars/README.md (GBNF).
    """
    cited = " | ".join(f'"[{n}]"' for n in sorted(numbers))
    return (
        'root ::= " " sentence (" " sentence)?\n'
        'sentence ::= words " " cite (" "? cite)? "."\n'
        "words ::= [^\\[\\]\\n]+\n"
        f"cite ::= {cited}\n"
    )


def _turn(notes: str, question: str) -> str:
    return (f"Notes:\n{notes}\n\n" if notes else "") + f"Question: {question}"
