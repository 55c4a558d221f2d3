"""How hearing is scored: words, decibels, degrees, facts.

Role: plain functions over texts and arrays; it knows no model and no file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_SPELLINGS = (("mrs.", "missus"), ("mrs ", "missus "), ("mr.", "mister"), ("mr ", "mister "), ("'", ""), ("’", ""))


def to_words(text: str) -> list[str]:
    """Lower case, without punctuation, small numbers and titles spelled out."""
    text = text.lower()
    for written, spoken in _SPELLINGS:
        text = text.replace(written, spoken)
    words = re.sub(r"[^a-z0-9 ]", " ", text).split()
    return [_NUMBERS[int(word)] if word.isdigit() and int(word) <= 20 else word for word in words]


def word_errors(heard: Sequence[str], said: Sequence[str]) -> int:
    """Levenshtein distance over words."""
    row = list(range(len(said) + 1))
    for i, word in enumerate(heard, 1):
        diagonal, row[0] = row[0], i
        for j, truth in enumerate(said, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (word != truth))
    return row[-1]


def cp_errors(heard: Sequence[str], said: Sequence[str]) -> tuple[int, int]:
    """Errors and words of cpWER: each talker against the stream that suits it best, one to one.

    A stream too many counts as insertions, a missing one as deletions. Source: Watanabe et al. 2020, "CHiME-6
    challenge", section 4.2.
    """
    n = max(len(heard), len(said))
    rows = [to_words(text) for text in heard] + [[]] * (n - len(heard))
    columns = [to_words(text) for text in said] + [[]] * (n - len(said))
    table = np.array([[word_errors(row, column) for column in columns] for row in rows]).reshape(n, n)
    best = min(int(table[np.arange(n), list(order)].sum()) for order in permutations(range(n)))
    return best, sum(len(column) for column in columns)


def si_sdr_db(estimate: NDArray[np.float32], reference: NDArray[np.float32]) -> float:
    """Scale-invariant signal-to-distortion ratio (Le Roux et al. 2019, eq. 3)."""
    n = min(len(estimate), len(reference))
    e, r = estimate[:n].astype(np.float64), reference[:n].astype(np.float64)
    target = (e @ r) / (r @ r + 1e-20) * r
    return float(10 * np.log10((target @ target + 1e-20) / ((e - target) @ (e - target) + 1e-20)))


def gains_db(
    streams: Sequence[NDArray[np.float32]], references: Sequence[NDArray[np.float32]], mixture: NDArray[np.float32]
) -> list[float]:
    """SI-SDR gain of each talker over the mixture, in the best order; a missing stream is the mixture, gain 0."""
    padded = [*streams, *[mixture] * max(0, len(references) - len(streams))]
    table = [[si_sdr_db(s, r) - si_sdr_db(mixture, r) for s in padded] for r in references]
    orders = permutations(range(len(padded)), len(references))
    return max(([table[i][j] for i, j in enumerate(order)] for order in orders), key=sum)


def azimuth_errors_deg(found: Sequence[float], truth: Sequence[float]) -> list[float]:
    """For each talker the distance to the nearest direction found; 180 where none was."""
    return [min([180.0, *(abs((f - t + 180) % 360 - 180) for f in found)]) for t in truth]


def count_facts(texts: Sequence[tuple[float, str]], conversations: Sequence[dict[str, Any]]) -> tuple[int, int, int]:
    """Facts of each conversation that stand in the texts from its side.

    Args:
        texts: Azimuth in degrees and text of each stream.
        conversations: With ``azimuth_deg`` and ``facts`` (each a list of words of which one must be there).

    Returns:
        Facts found, facts in all, and facts found on the wrong side.
    """
    sides = ["" for _ in conversations]
    for azimuth, text in texts:
        apart = [abs((azimuth - c["azimuth_deg"] + 180) % 360 - 180) for c in conversations]
        sides[int(np.argmin(apart))] += " " + text
    found = astray = total = 0
    for index, conversation in enumerate(conversations):
        for fact in conversation["facts"]:
            told = [_stands_in(fact, side) for side in sides]
            total += 1
            found += told[index]
            astray += any(told[:index] + told[index + 1 :])
    return found, total, astray


def _stands_in(fact: Sequence[str], text: str) -> bool:
    plain = " ".join(to_words(text))
    return any(" ".join(to_words(words)) in plain or words.lower() in text.lower() for words in fact)
