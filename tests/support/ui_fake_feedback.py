"""What was asked and said of evidence, without a database."""

from __future__ import annotations

from typing import Any

from recall.feedback import Judged


class FakeFeedback:
    """What was asked and judged, in lists."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.verdicts: dict[tuple[str, str], int] = {}

    def list_asked(self) -> list[str]:
        return self.asked[::-1]

    def forget_asked(self) -> None:
        self.asked.clear()
        self.verdicts.clear()


class FakeJudging:
    """The part of an engine that keeps what the user says of evidence."""

    memory: Any
    calls: list[str]

    def judge(self, question: str, moment: str, value: int) -> None:
        self.calls.append(f"judge {moment} {value}")
        self.memory.feedback.verdicts[question, moment] = value

    def find_judged(self, question: str) -> Judged:
        given = [(m, v) for (q, m), v in self.memory.feedback.verdicts.items() if q == question]
        return Judged(tuple(m for m, v in given if v > 0), tuple(m for m, v in given if v < 0))

    def unjudge(self, question: str) -> None:
        kept = {key: value for key, value in self.memory.feedback.verdicts.items() if key[0] != question}
        self.memory.feedback.verdicts = kept

    def note_asked(self, question: str) -> None:
        asked = self.memory.feedback.asked
        self.memory.feedback.asked = [*(q for q in asked if q != question), question]
