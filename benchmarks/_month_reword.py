"""The questions of a generated month put in other words, written after the rules that understand the first ones.

Role: pure text. It tells how much of a figure hangs on the way the questions are put.
"""

from __future__ import annotations

import re

_OTHERWISE = (
    (r"^How much did we pay at the restaurant where (.+)\?$", r"\1, over food. What did that meal come to?"),
    (r"^What was the bill of the meal when (.+)\?$", r"the receipt of the restaurant in which \1"),
    (r"^Show me the photos from the meal at which (.+)$", r"what did I photograph at the table while \1?"),
    (r"^pictures of the dinner where (.+)$", r"snapshots taken as \1"),
    (r"^When did we get to the restaurant, the time (.+)\?$", r"\1 at a restaurant: what time did we arrive there?"),
    (r"^When did we sit down to eat on the day (.+)\?$", r"At what time did the meal begin during which \1?"),
    (r"^What did I read just before the (call .+)\?$", r"Shortly before my \1 I was reading something. What was it?"),
    (r"^What did I work on right after the (call .+)\?$", r"Which work followed immediately after the \1?"),
    (r"^Sum up the meal at the (.+), from the menu to the bill$", r"How did the meal at the \1 go?"),
    (r"^What happened at the (.+)\?$", r"Everything of our time at the \1"),
    (r"^What did (\w+) and I see at the (.+)\?$", r"The visit to the \2 with \1: what was on show?"),
    (r"^What was on the screen in the meeting with (.+)\?$", r"Which slides were shown when I met \1?"),
    (r"^How many churches did I photograph (.+)\?$", r"Count the churches in my pictures \1"),
    (r"^the receipt from the hotel in (.+)$", r"What did the hotel in \1 charge us?"),
)


def reword(query: str) -> str:
    """The question in other words; as it is where there are none."""
    for pattern, other in _OTHERWISE:
        if re.match(pattern, query):
            return re.sub(pattern, other, query)
    return query
