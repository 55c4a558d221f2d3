"""Receipts, invoices and tickets: the total, the date or the shop of every paper that a question may mean.

Role: rules over the rows of what was found; no model is asked. Where a shop gave several receipts, each is told with
its date: to pick one of them would be a guess. What tells them apart (a date, an amount, "the last") is heeded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from memory.records import Kind, Moment
from recall.check import best_quote
from recall.computed import Computed
from recall.fits import Fitted
from recall.names import holds
from recall.numerals import numbers_in
from recall.page_dates import PAPER, asks_page_date, find_date, read_days
from recall.pages import rows
from recall.question import Question
from recall.results import Citation, Quote
from recall.totals import find_total_rows, total_rank
from recall.words import tokens

_MOST = 6
_AMOUNT = re.compile(r"(?<![\d/.-])\d[\d,]*[.,]\d{2}(?![\d/.-])")
_ASKS_SHOP = re.compile(
    r"\b(?:which|what|whose)\b[^?]{0,20}\b(?:company|shop|store|restaurant|merchant|business|vendor|seller)\b"
    rf"|\bwhere\b.*\b{PAPER}\b.*\bfrom\b|\bwho\b.*\bissued\b.*\b{PAPER}\b|\bfrom (?:whom|which|what)\b.*\b{PAPER}\b",
    re.IGNORECASE,
)
_PAPER = re.compile(rf"\b{PAPER}\b", re.IGNORECASE)
_LATEST = re.compile(r"\b(?:last|latest|newest|most recent)\b", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:first|earliest|oldest)\b", re.IGNORECASE)
_LEGAL_FORM = re.compile(
    r"\b(?:sdn\.?\s*bhd|s/b|berhad|ltd|limited|inc|llc|llp|gmbh|ag|plc|corp|pty|pte|s\.?r\.?l|b\.?v|lda)\b",
    re.IGNORECASE,
)
_TRADE = re.compile(
    r"\b(?:trading|enterprise|restaurant|restoran|hardware|stores?|mart|supermarket|market|bakery|bakeries|cafe|bistro|hotel"
    r"|pharmacy|stationery|supplies|shop|books?|bar|kitchen|pizza|motors?|clinic|garage|salon|cash & carry)\b",
    re.IGNORECASE,
)
_NO_COMPANY = re.compile(
    r"\b(?:tax|invoice|receipt|bill|gst|vat|reg|id|tel|fax|phone|no|lot|jalan|jln|taman|street|road|avenue|floor|date|time"
    r"|cashier|table|order|duplicate|copy|welcome|thank|thanks|goods|sold|customer|www|member)\b|@|\d{4}|^\W*\d+\W*$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^)]*\)?")
_N_HEAD = 8
_SURE_TOTAL = 2.0  # see ``recall.totals.total_rank``


@dataclass(frozen=True, slots=True)
class _Paper:
    """A receipt or another such page.

    Attributes:
        told: The row or words that answer.
        day: The date it bears, as written, and as a day.
    """

    moment: Moment
    told: str
    written: str | None
    day: date | None


def read_papers(
    question: Question, fitted: Sequence[Fitted], *, search: Callable[[Sequence[str]], Sequence[Moment]]
) -> tuple[Computed, Quote] | None:
    """Answer a question for a paper's total, date or shop.

    Args:
        question: Its names, amounts and dates must stand on the paper.
        fitted: What was found, the best fitting first.
        search: Moments with most of some words, the best first: an amount or a date is looked up by its figures.

    Returns:
        The answer, and the row or words of the first paper, certain where there is but one. None where it asks for
        something else, tells no paper apart, or no paper holds it all.
    """
    text = question.text
    wants_shop = bool(_ASKS_SHOP.search(text) and _PAPER.search(text))
    if not (wants_shop or asks_page_date(text) or "total" in question.terms):
        return None
    amounts, days = set(numbers_in(" ".join(_AMOUNT.findall(text)))), read_days(text)
    if not question.names and not (wants_shop and (amounts or days)):
        return None
    figures = [t for t in tokens(text) if t[0].isdigit()] if amounts or days else []
    moments = {m.id: m for m in (*(f.hit.moment for f in fitted), *(search(figures) if figures else ()))}
    papers: list[_Paper] = []
    for moment in moments.values():
        page = rows(moment) if moment.kind in (Kind.PHOTO, Kind.SCREENSHOT, Kind.SCENE) else ()
        told = _tell_one(text, page, wants_shop=wants_shop) if page and _agrees(question, page, amounts, days) else None
        if told is not None:
            written = find_date("", page)
            papers.append(_Paper(moment, told, written, next(iter(read_days(written or "")), None)))
    papers = _choose(text, list({(p.told, p.written): p for p in reversed(papers)}.values())[::-1])
    if not papers:
        return None
    quote = Quote.of(papers[0].told, papers[0].moment, certain=len(papers) == 1)
    return _tell(papers, by_date=not asks_page_date(text)), quote


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt surely says: who gave it, the total as written, the day it bears, and the row of the total."""

    company: str
    total: str
    day: date | None
    quote: str


def read_receipt(moment: Moment) -> Receipt | None:
    """Read a receipt; None where the page does not plainly name a shop and a total.

    Args:
        moment: With its lines.
    """
    page = rows(moment)
    totals = find_total_rows(page)
    company = find_company(page)
    company = _name_alone(company) if company is not None else None
    if not totals or company is None:
        return None
    row = page[totals[0]]
    amounts = _AMOUNT.findall(row)
    if total_rank(row) < _SURE_TOTAL or len(amounts) != 1:
        return None
    days = read_days(find_date("", page) or "")
    quote = next(
        (piece for piece in (row, *row.split("  ")) if piece in moment.text and amounts[0] in piece), amounts[0]
    )
    return Receipt(" ".join(company.split()), amounts[0], days[0] if len(days) == 1 else None, quote)


def _name_alone(row: str) -> str | None:
    """The part of a row that has a legal form or a trade, without the column beside it; None for none."""
    pieces = row.split("  ")
    return next((p for kind in (_LEGAL_FORM, _TRADE) for p in pieces if kind.search(p)), None)


def find_company(page: Sequence[str]) -> str | None:
    """Who gave a paper: the row of its head with a legal form, else with a trade, else the first that is no address.

    A row of little but a form or a trade ("RESTAURANT SDN BHD") goes on from the one above it.
    """
    head = [row.strip() for row in page[:_N_HEAD] if sum(c.isalpha() for c in row) >= 4]
    plain = [not _NO_COMPANY.search(_BRACKETS.sub(" ", row)) for row in head]
    for kind in (_LEGAL_FORM, _TRADE):
        for index, row in enumerate(head):
            if kind.search(row) and (plain[index] or kind is _LEGAL_FORM):
                goes_on = index > 0 and plain[index - 1] and _says_little(row)
                return f"{head[index - 1]} {row}" if goes_on else row
    return next((row for row, is_plain in zip(head, plain, strict=True) if is_plain), None)


def _says_little(row: str) -> bool:
    return len(tokens(_TRADE.sub(" ", _LEGAL_FORM.sub(" ", _BRACKETS.sub(" ", row))))) <= 1


def _tell_one(text: str, page: Sequence[str], *, wants_shop: bool) -> str | None:
    if wants_shop:
        return find_company(page)
    if asks_page_date(text):
        return find_date(text, page)
    totals = find_total_rows(page)
    return page[totals[0]] if totals else None


def _agrees(question: Question, page: Sequence[str], amounts: set[str], days: Sequence[date]) -> bool:
    """Whether a page holds every name, amount and date that the question gives."""
    text = "\n".join(page)
    written = [day for row in page for day in read_days(row)] if days else []
    return (
        all(holds(name, text) for name in question.names if not read_days(name))
        and amounts <= set(numbers_in(text))
        and (not days or any(day in written for day in days))
    )


def _choose(text: str, papers: list[_Paper]) -> list[_Paper]:
    dated = sorted((p for p in papers if p.day is not None), key=lambda p: p.day or date.min)
    if dated and len(dated) == len(papers):
        if _LATEST.search(text):
            return dated[-1:]
        if _FIRST.search(text):
            return dated[:1]
    return papers


def _quote(paper: _Paper) -> str:
    """Words that stand in the moment, where a row was put together of pieces the one with the figures."""
    pieces = [piece for piece in (paper.told, *reversed(paper.told.split("  "))) if piece in paper.moment.text]
    with_figures = (piece for piece in pieces if any(c.isdigit() for c in piece))
    return next(with_figures, None) or best_quote(paper.moment.text, paper.told)


def _tell(papers: Sequence[_Paper], *, by_date: bool) -> Computed:
    shown = papers[:_MOST]
    citations = tuple(Citation(n, p.moment.id, _quote(p)) for n, p in enumerate(shown, 1))
    told = [" ".join(p.told.split()).rstrip(". ") for p in shown]
    if len(papers) == 1:
        return Computed(f"{told[0]} [1].", citations)
    dates = [f"{p.written}: " if by_date and p.written else "" for p in shown]
    parts = "; ".join(f"{dates[i]}{told[i]} [{i + 1}]" for i in range(len(shown)))
    more = f"; and {len(papers) - _MOST} more" if len(papers) > _MOST else ""
    return Computed(f"There are {len(papers)} of them: {parts}{more}.", citations)
