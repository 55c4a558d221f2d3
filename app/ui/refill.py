"""Lists to choose from that are filled anew while they are on show: what was chosen is never exchanged for another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox


def refill(combo: QComboBox, rows: Sequence[tuple[str | None, str]], *, anew: bool = False) -> None:
    """Offer these keys (the items' data) in these words; without change nothing happens.

    Args:
        combo: What is filled.
        rows: Key and words of each.
        anew: The list is for something else than before: the first is chosen. Otherwise what was chosen stays chosen,
            and nothing is chosen where that is gone.
    """
    known = [(combo.itemData(row), combo.itemText(row)) for row in range(combo.count())]
    if known != list(rows):
        chosen, keys = combo.currentIndex(), [key for key, _words in rows]
        kept = known[chosen][0] if chosen >= 0 else None
        anew = anew or not known
        combo.clear()
        for key, words in rows:
            combo.addItem(words, key)
        combo.setCurrentIndex(keys.index(kept) if chosen >= 0 and kept in keys else -1)
    if anew and rows:
        combo.setCurrentIndex(0)
