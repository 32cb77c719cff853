"""A note's comments come in; those that waive a finding come out: `%% vaultkit:ignore NAME until DATE: reason %%`.

People write it from memory, and are understood: `jusqu’au 31/12/2026 : raison`, `(until 2026-12-31) - reason`. What the
day means is said where the vault reads all other days.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultkit.model import Waiver
from vaultkit.regions import IGNORES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultkit.model import Span
    from vaultkit.parser.source import Source

_ENDS = ("%%", "-->")
_ISO = r"\d{4}-\d{2}-\d{2}(?!\d)"
_UNTIL = re.compile(
    r"(?P<names>[^:]*?)(?:^|[ (])"
    rf"(?:(?:until|till|jusqu['’]? ?(?:au|à|en)?)(?: ?: ?| |$)|(?={_ISO}|\[\[{_ISO}))",
    re.IGNORECASE,
)
_DAY = re.compile(rf"(?:{_ISO}|\[\[{_ISO}[^\[\]]*\]\])(?:[T ]\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?")
_THEN = re.compile(r" ?[:;] ?| [-–—] | (?=(?:because|car|parce)\b)", re.IGNORECASE)
"""What stands between a day and the reason."""
_MARKS = " :;,.)–—-"
_BETWEEN = re.compile(r"[,;&+\s]+(?:(?:and|et)[,;&+\s]+)?")


def waivers(source: Source, comments: Iterable[Span]) -> Iterator[Waiver]:
    """What a note waives, in the order of the text."""
    text = source.text
    for span in sorted(comments, key=lambda span: span.start):
        found = IGNORES.match(text, span.start, span.end)
        end = found and next((end for end in _ENDS if text.endswith(end, found.end(), span.end)), None)
        if found and end and "\n" not in text[span.start : span.end]:
            yield _waiver(text[found.end() : span.end - len(end)].strip(), span)


def _waiver(said: str, span: Span) -> Waiver:
    """What it says of which validators, until when and why."""
    words = " ".join(said.split())
    found = _UNTIL.match(words)
    if found is None:
        names, _, reason = words.partition(":")
        return Waiver(_names(names), "", reason.strip(), said, span)
    day, reason = _dated(words[found.end() :])
    return Waiver(_names(found["names"]), day, reason, said, span)


def _dated(words: str) -> tuple[str, str]:
    """The day, and the reason behind it."""
    found = _DAY.match(words)
    if found:
        return found[0], words[found.end() :].lstrip(_MARKS)
    between = _THEN.search(words)
    return (words[: between.start()], words[between.end() :]) if between else (words, "")


def _names(words: str) -> tuple[str, ...]:
    """Validators, in the one way in which these are written."""
    found = (name.strip("`'\"_()").lower().replace("_", "-") for name in _BETWEEN.split(words.strip()))
    return tuple(name for name in found if name)
