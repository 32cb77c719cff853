"""Comparing words as people do: without case, accents or plural."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ORDER_MARK = re.compile(r"^[\W\d_]+")


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case without accents, separators as single spaces: `Résultats_clés` and `resultats cles` are one word."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return " ".join(plain.casefold().replace("_", " ").replace("-", " ").replace("’", "'").split())


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """`fold`, and each word in the singular: enough for `Priorities`, `résultats clés`, `1:1s`; no more than that."""
    return " ".join(_singular(w) for w in fold(word).split())


def folder_stem(folder: str) -> str:
    """`stem` of a folder's own name without the number or emoji that puts it in order: `02 - Priorités` is `priorite`."""
    return stem(_ORDER_MARK.sub("", folder) or folder)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word[-1] in "sx" and not word.endswith("ss"):
        return word[:-1]
    return word


def name_key(path: str) -> str:
    """The form under which Obsidian looks a name up: NFC, lower case, non-breaking spaces as spaces."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", path).replace("\u00a0", " ").replace("\u202f", " ").lower()
