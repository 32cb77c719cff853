"""A page for some readers goes in; it comes out without the names of what is not for them, should one have got there.

The vault of which it was made holds none of them (`reading`): this looks once more. Words of our own stay, whatever a
note that is withheld is called: a heading that is blotted out would tell that there is a note of that name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from vaultkit import boards
from vaultkit.insights.redacting import BLANK
from vaultkit.insights.secrecy import group_of
from vaultkit.insights.withheld import decomposed, withheld
from vaultkit.language import catalogue
from vaultkit.pages.names import FILE_NAMES
from vaultkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vaultkit.insights.withheld import Withheld
    from vaultkit.model import Page
    from vaultkit.vault import Vault

_LINK = re.compile(r"!?\[\[[^\[\]\n]*\]\]|!?\[[^\[\]\n]*\]\([^()\n]*\)")
_FRONT = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)
_PART = re.compile(r"^%% ?/?yours\b")
LONGEST = 200
"""Characters of what we say on a page; longer texts explain, and may name anything as an example."""


def discreet_page(vault: Vault, audience: str, page: Page) -> str:
    """What is said on a page, or on the cards of a canvas: a word of its code must stay."""
    if boards.is_board(page.path):
        return boards.in_other_words(page.text, lambda words: discreet(vault, audience, words))
    return discreet(vault, audience, page.text)


def discreet(vault: Vault, audience: str | None, text: str) -> str:
    """A page without the names of the notes that are not for its audience."""
    away = None if audience is None else withheld(vault, group_of(audience))
    if away is None or not away.named_in(text):
        return text
    front = _FRONT.match(text)
    start = front.end() if front else 0
    hide = _hiding(away)
    return text[:start] + "\n".join(line if _PART.match(line) else hide(line) for line in text[start:].split("\n"))


def _hiding(away: Withheld) -> Callable[[str], str]:
    """What takes the names out of a line; of a link that bears one nothing is left, as it would lead nowhere."""

    def hidden(found: re.Match[str]) -> str:
        return found[0] if _is_ours(found[0]) else BLANK

    def names(text: str) -> bool:
        return any(not _is_ours(found[0]) for found in away.pattern.finditer(decomposed(text)))

    def hide(line: str) -> str:
        if not names(line):
            return line
        shown = _LINK.sub(lambda link: BLANK if names(link[0]) else link[0], line)
        return normalize("NFC", away.pattern.sub(hidden, decomposed(shown))) if names(shown) else shown

    return hide


@lru_cache(maxsize=1024)
def _is_ours(name: str) -> bool:
    """Whether a name is one of our own words, in English or in French."""
    return re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", _our_words()) is not None


@lru_cache(maxsize=1)
def _our_words() -> str:
    """All that vaultkit says, folded."""
    return "\n".join(fold(each) for each in _sayings() if len(each) <= LONGEST)


def _sayings() -> Iterator[str]:
    for names in FILE_NAMES.values():
        yield from names.values()
    known: dict[str | tuple[str, int], str] = getattr(catalogue("fr"), "_catalog", {})  # listed nowhere else
    for said, translated in known.items():
        yield from (said if isinstance(said, str) else said[0], translated)
