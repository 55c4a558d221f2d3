"""What was asked and said of evidence, without a database."""

from __future__ import annotations


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
