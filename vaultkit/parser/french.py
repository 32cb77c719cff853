"""A note's text comes in, how French it looks comes out: enough to guess which language a vault is written in."""

from __future__ import annotations

_SAMPLE = 240
"""How many characters are looked at: every note is asked, and a vault has many."""
_FRENCH = frozenset(
    "le la les un une des du de et est sont dans pour avec sur que qui ne pas plus par au aux ce cette nous".split()
)
_ENGLISH = frozenset(
    "the a an of and is are in for with on that which not more by to this these we you it be as at from or was".split()
)


def french(text: str, start: int) -> int:
    """How many more common words of French than of English stand halfway between `start` and the end of a text."""
    middle = max(start, (start + len(text) - _SAMPLE) // 2)  # links and badges come first and last
    words = text[middle : middle + _SAMPLE].split()
    return len(_FRENCH.intersection(words)) - len(_ENGLISH.intersection(words))
