"""Tooltips of words that somebody said, wrote or named: what Qt would take for markup is shown as it was written."""

from __future__ import annotations

from html import escape


def plain_tip(words: str) -> str:
    """Words for a tooltip, escaped where Qt could take them for markup (and then read the files that it names)."""
    if "<" not in words and "&" not in words:
        return words
    return f'<p style="white-space: pre-wrap">{escape(words)}</p>'
