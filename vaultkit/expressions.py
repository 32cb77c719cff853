"""A regular expression of somebody else's goes in; whether it can be trusted to come to an end comes out.

Python tries every way in which a text may match: `(a+)+$` has not done so for forty letters when the sun goes out.
"""

from __future__ import annotations

import re

_PARTS = re.compile(
    r"\\."
    r"|\[\^?\]?(?:\\.|[^\]\\])*\]"
    r"|\(\?(?:P?<[=!]?|P[=>]|[:=!#>(]|[a-zA-Z-]*)"
    r"|\{(?P<least>\d*)(?P<comma>,?)(?P<most>\d*)\}"
    r"|.",
    re.DOTALL,
)
_UNTOLD = re.compile(r"\(\?(?:#|[a-zA-Z]*x)")
"""A comment, or spaces that mean nothing, may stand between a group and what repeats it."""
_MOST = 20_000_000
"""Ways: a second or so."""


def is_bounded(expression: str, length: int) -> bool:
    """Whether there are few enough ways in which it may match the beginning of a text of this length.

    They are estimated from above: no group may be repeated, and every repetition and choice is taken to be free.
    """
    others, ways = [0], [1]  # of each group that is open: the choices before this one, and this one
    before = ""
    for part in _PARTS.finditer(expression):
        if _UNTOLD.match(part[0]) or (_repeats(part) and before == ")"):
            return False
        before = part[0]
        if before.startswith("("):
            others.append(0)
            ways.append(1)
        elif before == "|":
            others[-1] += ways[-1]
            ways[-1] = 1
        elif before == ")" and len(ways) > 1:
            chosen = others.pop() + ways.pop()
            ways[-1] *= chosen
        else:
            ways[-1] *= _ways(part, length)
    return sum(others) + sum(ways) <= _MOST


def _repeats(part: re.Match[str]) -> bool:
    return part[0] in {"*", "+"} or part["least"] is not None


def _ways(part: re.Match[str], length: int) -> int:
    """In how many ways what stands before may be there."""
    if part[0] == "?":
        return 2
    if part[0] in {"*", "+"} or (part["comma"] and not part["most"]):
        return length
    return int(part["most"]) + 1 if part["comma"] else 1
