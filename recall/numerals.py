"""Numbers of a text in one spelling: digits, words and ordinals.

Role: pure text, English words; thousands and decimals as they are written on either side of the Channel.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000}
_ORDINALS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "eleventh": 11, "twelfth": 12, "once": 1, "twice": 2, "couple": 2, "dozen": 12, "half": 0.5, "single": 1, "pair": 2,
}  # fmt: skip


def numbers_in(text: str) -> list[str]:
    """Numbers of a text in one spelling: "1,250.00", "twenty five" and "25th" become "1250", "25", "25"."""
    found = [_plain(m.group()) for m in _NUMBER.finditer(text)]
    total, current, running, scaled = 0, 0, False, False
    for word in [*re.findall(r"[a-z]+", text.lower()), "."]:
        if word in _UNITS or word in _TENS:
            current += _UNITS.get(word, _TENS.get(word, 0))
            running, scaled = True, False
        elif word in _SCALES and running:
            scaled = True
            current = max(1, current) * _SCALES[word]
            if word == "thousand":
                total, current = total + current, 0
        elif not (word == "and" and scaled):
            if running:
                found.append(str(total + current))
            total, current, running, scaled = 0, 0, False, False
    return found


def _plain(number: str) -> str:
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d{1,2}", number):  # 1.250,00
        number = number.replace(".", "").replace(",", ".")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", number):
        number = number.replace(",", "")
    number = number.replace(",", ".")
    return re.sub(r"\.0+$", "", number) if number.count(".") == 1 else number


def ordinals_in(text: str) -> list[str]:
    """What words like "third", "twice" and "a dozen" tell; a claim may write them as a number."""
    return [str(_ORDINALS[word]) for word in re.findall(r"[a-z]+", text.lower()) if word in _ORDINALS]
