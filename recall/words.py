"""Words of a question and of a text: tokens, stop words, a light stem, and the spans to mark.

Role: pure text. The stem only has to agree with the Porter stemmer of the lexical index often enough to mark the right
words; it never decides what is found.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable

# Function words of English, and the words people wrap a question to a memory in ("can you remind me ...").
STOP_WORDS = frozenset(
    """
        a about above after again against all also am an and any are aren as at be because been before being below
    between     both but by can cannot could couldn did didn do does doesn doing don down during each either else
    ever every few for from     further had hadn has hasn have haven having he her here hers herself him himself his
    how i if in into is isn it its     itself just let ll me might more most mustn my myself no nor not now of off
    on once only or other our ours ourselves     out over own per re really s same shan she should shouldn so some
    such t than that the their theirs them themselves     then there these they this those through to too under
    until up upon us ve very was wasn we were weren what whatever     when where whether which while who whom whose
    why will with won would wouldn you your yours yourself
    must since happen happened happening happens going
    remind tell told remember recall know please mentioned mention say said says talk talked wondering wanted ask
    previous conversation chat earlier able many much long i'm i've i'd i'll it's that's don't didn't what's who's
    there's
    """.split()
)
# Words that say what kind of thing is asked for; an answer need not hold them ("the name of my dentist").
ASKING_WORDS = frozenset("name time often high long old far tall kind type sort way".split())
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)
_PARTICLES = frozenset("da de del der des di do dos du la le van von y".split())
POSSESSIVE = re.compile(r"['’]s?$")
SHARED_PICTURE = re.compile(r"\[shares a [^\]]*\]")  # what a picture shows that was sent in a talk
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def fold(text: str) -> str:
    """Lower case without accents, the same length as the text wherever marking needs it."""
    return text.lower() if text.isascii() else "".join(map(_fold_char, text))


@functools.lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char


def tokens(text: str) -> list[str]:
    """Words and numbers of a text, folded, possessive endings cut."""
    return [word if word.isalnum() else _unpossessive(word) for word in _TOKEN.findall(fold(text))]


def count_tokens(text: str) -> int:
    """How many words and numbers a text has."""
    return len(_TOKEN.findall(text))


def content_words(text: str) -> list[str]:
    """The words that carry a question: stop words cut, each once, in order."""
    return list(dict.fromkeys(w for w in tokens(text) if w not in STOP_WORDS and (len(w) > 1 or w.isdigit())))


@functools.lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """A light English stem: plural, -ing, -ed and -ly endings cut ("classes", "walking", "planned")."""
    if len(word) <= 3 or word.isdigit():
        return word
    for ending, replacement in (
        ("ies", "y"),
        ("sses", "ss"),
        ("ing", ""),
        ("edly", ""),
        ("ed", ""),
        ("ly", ""),
        ("es", "e"),
        ("s", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not (ending == "s" and word.endswith("ss")):
            return _undouble(word[: len(word) - len(ending)] + replacement).removesuffix("e")
    return word.removesuffix("e")


def find_spans(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where the words (by stem) stand in the text; the small words of names ("da", "von") only beside another.

    Returns:
        (start, end) character spans in order.
    """
    wanted = {stem(w) for w in words}
    runs: list[list[re.Match[str]]] = [[]]
    for match in _TOKEN.finditer(fold(text)):
        if stem(_unpossessive(match.group())) in wanted:
            runs[-1].append(match)
        elif runs[-1]:
            runs.append([])
    named = [run for run in runs if any(match.group() not in _PARTICLES for match in run)]
    return tuple(match.span() for run in named or runs for match in run)


def _unpossessive(word: str) -> str:
    return POSSESSIVE.sub("", word).replace("’", "'")


def _undouble(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz" else word
