"""What the user asked and said of the evidence: read and written as ``memory.feedback``.

Role: rows in, rows out. What makes two questions the same, and what a verdict does, is recall's affair.
"""

from __future__ import annotations

from memory.database import Database

N_ASKED = 200  # so many questions are kept; the oldest go


class FeedbackBook:
    """Verdicts on evidence and questions that were asked. Made by ``Memory``; safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def judge(self, question: str, moment: str, value: int, *, at_us: int) -> None:
        """Keep a verdict on a moment for a question, instead of an earlier one.

        Args:
            question: What stands for the question and those like it.
            moment: Id; one that was forgotten meanwhile is no error.
            value: 1 more like this, -1 not this, 0 takes the verdict back.
            at_us: When, UTC microseconds.
        """
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM verdict WHERE question = ? AND moment = (SELECT n FROM moment WHERE id = ?)",
                (question, moment),
            )
            if value:
                connection.execute(
                    "INSERT INTO verdict (question, moment, value, given_us)"
                    " SELECT ?, n, ?, ? FROM moment WHERE id = ?",
                    (question, value, at_us, moment),
                )

    def verdicts(self, question: str) -> dict[str, int]:
        """The verdicts on moments for a question, in the order they were given."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT moment.id, value FROM verdict JOIN moment ON moment.n = verdict.moment"
                " WHERE question = ? ORDER BY given_us",
                (question,),
            )
            return {str(moment): int(value) for moment, value in rows}

    def clear(self, question: str) -> None:
        """Take back all verdicts for a question."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM verdict WHERE question = ?", (question,))

    def note_asked(self, question: str, *, at_us: int) -> None:
        """Keep a question that was asked, as the newest."""
        with self._database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO asked (question, asked_us) VALUES (?, ?)", (question, at_us))
            connection.execute(
                "DELETE FROM asked WHERE question NOT IN (SELECT question FROM asked ORDER BY asked_us DESC LIMIT ?)",
                (N_ASKED,),
            )

    def list_asked(self, limit: int = N_ASKED) -> list[str]:
        """What was asked, the newest first."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT question FROM asked ORDER BY asked_us DESC LIMIT ?", (limit,))
            return [str(row[0]) for row in rows]

    def forget_asked(self) -> None:
        """Forget what was asked, and the verdicts, which tell of it."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM asked")
            connection.execute("DELETE FROM verdict")
