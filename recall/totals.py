"""Which row of a receipt or an invoice is the total: sums before tax, of points, of pieces and of change are not.

Role: rules over rows of text, for the most common question to a receipt. A row says what it is by its words; the sum
that was paid is the one with all in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

_AMOUNT = re.compile(r"(?<![\d.])-?(?:\d{1,3}(?:[, ]\d{3})+|\d+)[.,]\d{2}(?!\d)")
_HANDED = re.compile(r"\bcash\b|\btender|\bpayment\b|\bpaid\b|\bcard\b|\bvisa\b|\bbar\b")
_CHANGE = re.compile(r"\bchange\b|\brückgeld\b")
_TOTAL = re.compile(
    r"\btotal|\bnett? am(?:oun)?t\b"
    r"|\bamount (?:due|payable|paid)|\bto pay\b|\bbalance due\b|\bgesamt|\bsumme\b|\bbetrag\b"
)
_WHOLE = re.compile(r"\bgrand\b|\bnett?\b|\bpayable\b|\bdue\b|\brounded\b|\bin[cg]\w*|\bto pay\b|\bamount\b|\bpaid\b")
_PART = re.compile(
    r"\bsub|\bexc|\bbefore\b|\bqty\b|\bquantity\b|\bitems?\b|\bpoints?\b|\bsaving|\bdiscount|\brounding\b|\bchange\b"
    r"|\b0 ?%|\b\d+ ?% |\btotal (?:gst|tax|vat|sst)\b|\btotal\W+\d[\d.,]*\s+\d"
)


def total_rank(row: str) -> float:
    """How likely a row is the one that tells the total.

    Returns:
        0 for any other row, 1 for a part of the sum, 2 for "total", 3 for a total that says that all is in it.
    """
    folded = row.lower()
    if not _TOTAL.search(folded):
        return 0.0
    if _PART.search(folded):
        return 1.0
    return 3.0 if _WHOLE.search(folded) else 2.0


def find_total_rows(rows: Sequence[str]) -> list[int]:
    """Indexes of the rows that tell the total, the likeliest first.

    What was handed over less the change is the total, however its row was misread; such a row comes first. A row
    without an amount may take the next one's. Where several are as likely, the later one wins: totals come last.
    """
    paid = _paid(rows)
    ranked = []
    for index, row in enumerate(rows):
        rank = total_rank(row)
        amounts = _amounts(row)
        if paid is not None and paid in amounts and not _HANDED.search(row.lower()):
            ranked.append((4.0 + rank if rank > 0 else 1.5, index))
        elif rank > 1.0 and amounts:
            ranked.append((rank, index))
        elif rank > 1.0 and any(_amounts(r) for r in rows[index + 1 : index + 2]):
            ranked.append((rank - 1.5, index))
    return [index for _rank, index in sorted(ranked, key=lambda item: (-item[0], -item[1]))]


def _paid(rows: Sequence[str]) -> Decimal | None:
    """What was handed over less the change; None where the rows do not tell both."""
    handed = [
        a for row in rows if _HANDED.search(row.lower()) and not _CHANGE.search(row.lower()) for a in _amounts(row)
    ]
    change = [a for row in rows if _CHANGE.search(row.lower()) for a in _amounts(row)]
    if not handed or not change:
        return None
    paid = abs(handed[-1]) - abs(change[-1])
    return paid if paid > 0 else None


def _amounts(row: str) -> list[Decimal]:
    return [Decimal(re.sub(r"[, ](?=\d{3})", "", m.group()).replace(",", ".")) for m in _AMOUNT.finditer(row)]
