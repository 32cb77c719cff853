"""A folder goes in with what claims folders, what it tells of the notes that lie in it comes out: once for all of them.

A vault has many notes in a folder, and only their names make a difference between them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from vaultkit.text import fold, folder_stem, folder_word
from vaultkit.vault.values import period_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vaultkit.vault.kind_templates import Kind

TEMPLATE = frozenset({"template", "modele", "gabarit"})
"""Words, as `stem` has them, of what shows how to write a note."""
_ABOUT_A_FOLDER = frozenset(
    fold(name)
    for name in ("index", "readme", "home", "MOC", "overview", "template", "accueil", "sommaire", "modèle", "gabarit")
)
"""What a note is called that stands in a folder and speaks of what lies in it, or shows how to write it."""
_BARE = re.compile(r"[\W\d_]+")


class Claim(NamedTuple):
    """A folder of a kind's, above the notes of a shelf."""

    kind: str
    folder: str
    """As written."""
    word: str
    """As `folder_word` has it: a note that is called so speaks of the folder."""
    alone: str | None = None
    """The name, as `folder_word` has it, that a note must bear to be of the kind: that of its own folder."""


class Shelf(NamedTuple):
    """What a folder tells of the notes in it."""

    templates: bool
    """Whether it is, or lies in, a folder of templates."""
    claims: tuple[Claim, ...]
    """The nearest folder first."""

    def told(self, name: str) -> Iterator[Claim]:
        """The claims that hold for a note of this name."""
        word = folder_word(name)
        if word in _ABOUT_A_FOLDER or word.endswith((" template", " moc")):
            return
        yield from (claim for claim in self.claims if word != claim.word and claim.alone in {None, word})


def shelf(folder: str, claimant: Callable[[str], Kind | None]) -> Shelf:
    """What a folder tells; `claimant` gives the kind that a folder called so, as `folder_word` has it, is of."""
    names = folder.split("/") if folder else []
    return Shelf(any(folder_stem(name) in TEMPLATE for name in names), tuple(_claims(names, claimant)))


def _claims(names: list[str], claimant: Callable[[str], Kind | None]) -> Iterator[Claim]:
    for place in range(len(names) - 1, -1, -1):
        word = folder_word(names[place])
        kind = claimant(word)
        if kind is None:
            continue
        below = names[place + 1 :]
        if kind.nested_folders or all(_sorts(each, kind) for each in below):
            yield Claim(kind.name, names[place], word)
        elif all(_sorts(each, kind) for each in below[:-1]):
            yield Claim(kind.name, names[place], word, folder_word(below[-1]))


def _sorts(folder: str, kind: Kind) -> bool:
    """Whether a folder only sorts what lies in it: by a date, a period, a number or a status (`Done`, `En cours`)."""
    if _BARE.fullmatch(folder) or period_of(folder):
        return True
    status = kind.field("status")
    word = folder_word(folder)
    return status is not None and (word in status.vocabulary or word.removesuffix("s") in status.vocabulary)
