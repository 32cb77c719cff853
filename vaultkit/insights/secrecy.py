"""Who may read a note: a Vault and a note go in; a level comes out, the wider the audience the lower.

The levels are those of `confidentiality`: public 0, company 1, leadership 2, board 3. An audience has the level of the
least trusted group that it names: an update for the board and for all employees is at 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.fielded import filled
from vaultkit.text import stem
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from vaultkit.model import Note
    from vaultkit.vault import Vault

LEVELS = ("public", "company", "leadership", "board")
_AUDIENCES = (
    {
        "public",
        "everyone",
        "everybody",
        "press",
        "customer",
        "client",
        "website",
        "presse",
        "tout le monde",
        "grand public",
    },
    {
        "company",
        "employee",
        "team",
        "staff",
        "all hand",
        "internal",
        "all",
        "entreprise",
        "interne",
        "salarie",
        "equipe",
    }
    | {"collaborateur", "tous", "everyone here", "investor", "investisseur", "shareholder", "actionnaire"},
    {"leadership", "management", "executive", "exec", "direction", "codir", "comex", "comite de direction"},
    {"board", "board member", "conseil", "conseil d'administration", "administrateur"},
)
"""Words for those who may read what is at each level."""
_LEVEL = {stem(word): level for level, words in enumerate(_AUDIENCES) for word in words}


def confidentiality(vault: Vault, note: Note) -> int | None:
    """The level that a note says of itself; None when it says none."""
    said = vault.choice(note, "confidentiality") if "confidentiality" in filled(vault, note) else None
    return LEVELS.index(said) if said in LEVELS else None


def audience(vault: Vault, note: Note) -> int | None:
    """The level of the least trusted group that a note is written for; None when it names none that is known."""
    item = vault.property(note, "audience")
    if item is None:
        return None
    values = item.value if isinstance(item.value, tuple) else text_of(item.value).split(",")
    levels = [level for value in values if (level := _LEVEL.get(stem(text_of(value)))) is not None]
    return min(levels, default=None)


def readers(vault: Vault, note: Note) -> int | None:
    """The lowest level at which a note is read, by what it says of itself and of its audience."""
    levels = [level for level in (confidentiality(vault, note), audience(vault, note)) if level is not None]
    return min(levels, default=None)
