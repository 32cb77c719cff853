"""Whether two short texts propose the same thing: texts go in, the words that they are about and a share come out.

    likeness = |A and B| / |A or B|        (Jaccard)

A and B are the words of each text that mean something, in the singular and without their endings, in English and in
French; from 0 (nothing in common) to 1 (the same words). A text that denies something is unlike one that does not.

Worked: `Freeze all hiring outside sales` is {freez, hir, outsid, sal}; `Freezing hires outside of sales` is the same:
1. `Geler tous les recrutements` against `Gel du recrutement hors ventes` is 2 of 4 different words: 0.5.

Source: Jaccard (1901). The endings are the common ones only, and there are no synonyms: `recruit` is not `hire`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from vaultkit.text import fold

NOT = "not"
"""What stands for any word that denies."""
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]|\[([^\[\]]*)\]\([^()]*\)")
_WORD = re.compile(r"\w+")
_DENYING = frozenset("not no never without nothing non pas sans jamais rien aucun aucune ni cannot".split())
_EMPTY = frozenset(
    "a an and are as at be been but by can could do does each every for from had has have how if in into is it its of "
    "off on onto or our out over per should so some than that the their them then there these they this those through "
    "to too under until up us was we were what when where which who whom will with would you your all any more most "
    "only own same still before after during "
    "au aux avec car ce cela ces cet cette chez comme d dans de des du elle elles en est et etre eux faire fait il "
    "ils je l la le les leur leurs lui mais me meme mes mon n ne nos notre nous on ou par parce plus pour qu que quel "
    "quelle qui s sa se ses si son sont sous sur t tous tout toute toutes tres un une vers vos votre vous y avant "
    "apres option alternative proposal solution choice choix proposition scenario variante status quo "
    "statu".split()
)
_ENDINGS = tuple(
    sorted(
        "issements issement itions ition ations ation atrices atrice ateurs ateur ements ement ments ment ings ing "
        "ions ion ers er ed ies es s ly y euses euse eurs eur ees ee ez e antes ante ants ant ons ait x".split(),
        key=len,
        reverse=True,
    )
)
_SHORTEST = 3
"""Characters of a word that its ending leaves."""


def words(text: str) -> frozenset[str]:
    """What a text is about; empty for one that says nothing but `option A` or `do nothing`."""
    plain = _LINK.sub(lambda link: link[1] or link[2] or "", text)
    found = set()
    for word in _WORD.findall(fold(plain)):
        if word in _DENYING:
            found.add(NOT)
        elif word not in _EMPTY and (len(word) > 1 or not word.isascii() or word.isdigit()):
            found.add(_without_ending(word))
    return frozenset(found) if found - {NOT} else frozenset()


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much the words of two texts have in common: 0 to 1."""
    if (NOT in one) != (NOT in other):
        return 0.0
    return len(one & other) / len(one | other) if one and other else 0.0


@lru_cache(maxsize=65536)
def _without_ending(word: str) -> str:
    if word.isdigit():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
            break
    doubled = len(word) > _SHORTEST and word[-1] == word[-2]
    return word[:-1] if doubled else word
