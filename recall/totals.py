"""Which row of a receipt or an invoice is the total: sums before tax, of points, of pieces and of change are not.

Role: rules over rows of text, for the most common question to a receipt. A row says what it is by its words; the sum
that was paid is the one with all in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_AMOUNT = re.compile(r"(?<![\d.])-?(?:\d{1,3}(?:[, ]\d{3})+|\d+)[.,]\d{2}(?!\d)")
_TOTAL = re.compile(r"\btotal|\bamount (?:due|payable|paid)|\bto pay\b|\bbalance due\b|\bgesamt|\bsumme\b|\bbetrag\b")
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
    """Indexes of the rows that tell the total, the likeliest first; a row without an amount takes the next one's.

    Where several are as likely, the later one wins: totals come last.
    """
    ranked = []
    for index, row in enumerate(rows):
        rank = total_rank(row)
        if rank <= 1.0:
            continue
        if _AMOUNT.search(row):
            ranked.append((rank, index))
        elif any(_AMOUNT.search(r) for r in rows[index + 1 : index + 2]):
            ranked.append((rank - 1.5, index))
    return [index for _rank, index in sorted(ranked, key=lambda item: (-item[0], -item[1]))]
