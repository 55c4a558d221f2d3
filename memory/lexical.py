"""Words: the FTS5 tables of moments and of the windows around them, and the search over both.

Role: decides which words stand for a moment (its date as people say it, speaker, place, app, window title, text) and
keeps two derived tables that ``rebuild`` can make again from the rows of truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from memory.database import Connection
from memory.moments import list_around, read_numbered
from memory.records import Moment
from memory.scope import Hit, Scope, is_everything, scope_sql
from memory.texts import to_storable
from memory.zones import date_words, to_local_date

LexicalUnit = Literal["moment", "window"]
_TABLES: dict[LexicalUnit, str] = {"moment": "moment_words", "window": "window_words"}
# Weights of date, speaker, about, text. All equal is bm25 over "date speaker text" as one field, which found the exact
# turn of LoCoMo more often than the text alone (R@10 .652 against .608).
WEIGHTS = (1.0, 1.0, 1.0, 1.0)
_BATCH = 1000
_LARGE = 20_000
_COMMON_SHARE = 0.1
_MOST_ROWS = 30_000  # scored for one search, some 60 ms; what stands in more is left to rarer words and to meaning


def put_moments(connection: Connection, numbers: Iterable[int]) -> None:
    """Bring the words of moments up to the rows of truth; deleted moments lose theirs."""
    wanted = list(numbers)
    present = read_numbered(connection, wanted)
    connection.executemany("DELETE FROM moment_words WHERE rowid = ?", [(n,) for n in wanted])
    connection.executemany(
        "INSERT INTO moment_words (rowid, date, speaker, about, text) VALUES (?, ?, ?, ?, ?)",
        [(n, *_words(moment)) for n, moment in present.items()],
    )


def put_windows(connection: Connection, numbers: Iterable[int]) -> list[int]:
    """Bring the words of windows up to the rows of truth; returns those that changed."""
    changed = []
    for number in numbers:
        old = connection.execute(
            "SELECT date, speaker, about, text FROM window_words WHERE rowid = ?", (number,)
        ).fetchone()
        new = _window_words(connection, number)
        if new == old:
            continue
        changed.append(number)
        connection.execute("DELETE FROM window_words WHERE rowid = ?", (number,))
        if new is not None:
            connection.execute(
                "INSERT INTO window_words (rowid, date, speaker, about, text) VALUES (?, ?, ?, ?, ?)", (number, *new)
            )
    return changed


def window_text(around: Sequence[Moment]) -> str:
    """The words of a window, one "speaker: words" a line; the speaker is left out where nobody is named."""
    return "\n".join(f"{m.speaker}: {m.text}" if m.speaker else m.text for m in around if m.text.strip())


def rebuild(connection: Connection) -> None:
    """Make both tables again from the rows of truth, inside the caller's transaction."""
    for table in _TABLES.values():
        connection.execute(f"DELETE FROM {table}")
    last = 0
    while True:
        rows = connection.execute("SELECT n FROM moment WHERE n > ? ORDER BY n LIMIT ?", (last, _BATCH)).fetchall()
        if not rows:
            break
        numbers = [row[0] for row in rows]
        put_moments(connection, numbers)
        put_windows(connection, numbers)
        last = numbers[-1]
    optimize(connection)


def optimize(connection: Connection) -> None:
    """Merge the segments of both tables into one, so that words of deleted rows are nowhere in them any more."""
    for table in _TABLES.values():
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")


def build_match(terms: Sequence[str], *, of_all: bool = False) -> str:
    """An FTS5 expression for any (or all) of the terms, each a quoted string; empty when no term has a word in it."""
    words = dict.fromkeys(to_storable(term).replace("\0", " ").strip() for term in terms)
    quoted = ('"' + word.replace('"', '""') + '"' for word in words if any(c.isalnum() for c in word))
    return (" AND " if of_all else " OR ").join(quoted)


def search_sql(unit: LexicalUnit, scope: Scope | None) -> tuple[str, list[object]]:
    """The statement of a search; its values are the match, those of the scope, and the limit."""
    table = _TABLES[unit]
    score = f"bm25({table}, {', '.join(map(str, WEIGHTS))})"
    if is_everything(scope):
        return (
            f"SELECT moment.id, -found.score FROM (SELECT rowid AS n, {score} AS score FROM {table}"
            f" WHERE {table} MATCH ? ORDER BY score LIMIT ?) AS found CROSS JOIN moment ON moment.n = found.n"
            " ORDER BY found.score, moment.n",
            [],
        )
    condition, values = scope_sql(scope)
    return (
        f"SELECT moment.id, -{score} AS score FROM {table} CROSS JOIN moment ON moment.n = {table}.rowid"
        f" WHERE {table} MATCH ?{condition} ORDER BY score DESC, moment.n LIMIT ?",
        values,
    )


def search(
    connection: Connection, terms: Sequence[str], *, unit: LexicalUnit, scope: Scope | None, limit: int
) -> list[Hit]:
    """Moments (or windows) with any of the terms, best first."""
    match = _match_rare(connection, terms, unit) if is_everything(scope) else build_match(terms)
    if not match or limit <= 0:
        return []
    statement, values = search_sql(unit, scope)
    return [Hit(moment, score) for moment, score in connection.execute(statement, [match, *values, limit])]


def _match_rare(connection: Connection, terms: Sequence[str], unit: LexicalUnit) -> str:
    """An expression of the terms; in a large memory of the rarer ones, so that it matches a bounded number of rows.

    Scoring costs about 2 µs a row that matches, and a term of a tenth of all rows adds little to a score (bm25's idf is
    below 2.2 there, 7 and more for a term in a thousandth). Where each term alone has more rows than are scored, those
    with all of them count.
    """
    n_rows = int(connection.execute("SELECT coalesce(max(n), 0) FROM moment").fetchone()[0])
    if n_rows < _LARGE or len(terms) < 2:
        return build_match(terms)
    ceiling = min(int(n_rows * _COMMON_SHARE), _MOST_ROWS)
    counted = sorted(
        (_count(connection, match, unit, ceiling), term) for term in terms if (match := build_match([term]))
    )
    rare: list[str] = []
    n_matched = 0
    for n_own, term in counted:
        n_matched += n_own
        if n_own >= ceiling or (rare and n_matched > _MOST_ROWS):
            break
        rare.append(term)
    if rare:
        return build_match([term for term in terms if term in rare])
    return build_match(terms, of_all=ceiling == _MOST_ROWS)


def _count(connection: Connection, match: str, unit: LexicalUnit, ceiling: int) -> int:
    """How many rows match, counted no further than a ceiling."""
    table = _TABLES[unit]
    count = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT ?)"
    return int(connection.execute(count, (match, ceiling)).fetchone()[0])


def _words(moment: Moment) -> tuple[str, str, str, str]:
    place = moment.place.name if moment.place else None
    about = " ".join(part for part in (place, moment.app, moment.window) if part)
    return (date_words(to_local_date(moment.started_us, moment.zone)), moment.speaker or "", about, moment.text)


def _window_words(connection: Connection, number: int) -> tuple[str, str, str, str] | None:
    around = list_around(connection, number, 1, 1)
    if not around:
        return None
    moments = [moment for _n, moment in around]
    date, _speaker, about, _text = _words(next(moment for n, moment in around if n == number))
    speakers = " ".join(m.speaker or "" for m in moments)
    return (date, speakers, about, "\n".join(m.text for m in moments))
