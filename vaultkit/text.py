"""Comparing words as people do: without case, accents or plural."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse

_ORDER_MARK = re.compile(r"^[\W\d_]+|[\W_]+(?:(?:[QTSH][1-4]|\d{4})[\W_]*)*$", re.IGNORECASE)
"""What puts a folder in its place, before its name (`02 - `, an emoji) or after it (`2026`, `2026-Q1`, an emoji)."""

_NUMBER = re.compile(r"([0-9]+)")


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case without accents, separators as single spaces: `Résultats_clés` and `resultats cles` are one word."""
    if word.isascii():
        return " ".join(word.lower().replace("_", " ").replace("-", " ").split())
    plain = "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", word)))
    return " ".join(plain.casefold().replace("_", " ").replace("-", " ").replace("’", "'").split())


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """`fold`, and each word in the singular: enough for `Priorities`, `résultats clés`, `1:1s`; no more than that.

    Nobody can tell `salariés` from `salaries` without accents, so that `salarié`, `movie` end as `priority` does.
    """
    return singular(fold(word))


def singular(folded: str) -> str:
    """`stem` of what is folded already, and not kept: for the names of notes, of which each is asked for once."""
    if "s " not in folded and "x " not in folded and folded[-1:] not in {"s", "x"} and "ie" not in folded:
        return folded
    words = folded.split(" ")
    for place, each in enumerate(words):
        if each[-1:] in {"s", "x", "e"}:
            words[place] = _one(each)
    return " ".join(words)


@lru_cache(maxsize=65536)
def folder_word(folder: str) -> str:
    """`fold` of a folder's name without the number, emoji, year that orders it: `02 - Projets 2026` is `projets`."""
    return fold(_ORDER_MARK.sub("", folder) or folder)


def folder_stem(folder: str) -> str:
    """`folder_word` in the singular: `02 - Priorités` is `priorite`."""
    return stem(folder_word(folder))


def _one(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("ie"):
        return word[:-2] + "y"
    if len(word) > 3 and word[-1] in "sx" and not word.endswith("ss"):
        return word[:-1]
    return word


@lru_cache(maxsize=65536)
def natural(word: str) -> tuple[tuple[int, int, str], ...]:
    """A key to sort by as people do: without case or accents, and `Étape 2` before `étape 10`."""
    parts = _NUMBER.split(fold(word))
    return tuple(
        (0, len(part.lstrip("0")), part.lstrip("0")) if i % 2 else (1, 0, part) for i, part in enumerate(parts)
    )


def name_key(path: str) -> str:
    """The form under which Obsidian looks a name up: NFC, lower case, non-breaking spaces as spaces.

    One sigma: `ΟΔΟΣ` alone ends in another than in `ΟΔΟΣ.md`, by the rules of lower case.
    """
    if path.isascii():
        return path.lower()
    composed = unicodedata.normalize("NFC", path).replace("\u00a0", " ").replace("\u202f", " ")
    return composed.lower().replace("ς", "σ")
