"""Who may read a note: a Vault and a note go in; a level comes out, the wider the audience the lower.

The levels are those of `confidentiality`: public 0, company 1, leadership 2, board 3. An audience has the level of the
least trusted group that it names: an update for the board and for all employees is at 1.

Who reads a page is a group (`group_of`), and `is_for` tells whether a note is for it: what a note says of its
confidentiality and of its audience must both allow it. Investors and the people of the company are not of one another:
what is written for the ones is not for the others. Of two doubts the stricter holds: an audience that nobody knows is
the public, a confidentiality that nobody knows is the board's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from vaultkit.insights.fielded import UNSAID, filled
from vaultkit.text import fold, stem
from vaultkit.vault.presenting import presenting
from vaultkit.vault.values import choice_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultkit.model import Note, Value
    from vaultkit.vault import Vault
    from vaultkit.vault.kinds import Field

Group: TypeAlias = Literal["public", "investors", "company", "leadership", "board"]
"""Those who read a page."""
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
_INVESTORS = {stem(word) for word in ("investor", "investisseur", "shareholder", "actionnaire")}
_BY_LEVEL: tuple[Group, ...] = ("public", "company", "leadership", "board")
_SEES: Mapping[Group, frozenset[Group]] = {
    "public": frozenset({"public"}),
    "investors": frozenset({"public", "investors"}),
    "company": frozenset({"public", "company"}),
    "leadership": frozenset({"public", "investors", "company", "leadership"}),
    "board": frozenset({"public", "investors", "company", "leadership", "board"}),
}
"""Those who read a page -> for whom a note may be that they may see."""
_OF_THEMSELVES = frozenset({"person", "stakeholder"})
"""The kinds of note of which `audience` says what they are of, and not who reads them."""
_MARKS = frozenset({"confidentiality", "audience"})
_UNREAD = frozenset({"frontmatter", "template", "limit", "reading"})
"""Problems of a note of which nobody can tell whether it says who may read it."""


class Marks(Struct, frozen=True):
    """What a note says of who may read it."""

    confidentiality: Group | None = None
    audiences: frozenset[Group | None] = frozenset()
    """None among them is a group that nobody knows; empty where the note names none."""


def group_of(audience: str) -> Group:
    """Whom one word for an audience means; for a word that nobody knows, the public, who may see least."""
    return _known_group(audience) or "public"


def may_see(group: Group) -> frozenset[Group]:
    """For whom a note may be that these readers may see."""
    return _SEES[group]


def is_for(marks: Marks | None, group: Group) -> bool:
    """Whether what a note says of its readers allows these; a note that says nothing is for everybody."""
    if marks is None:
        return True
    sees = _SEES[group]
    addressed = any(each in sees for each in marks.audiences) or (None in marks.audiences and "leadership" in sees)
    if marks.audiences and not addressed:
        return False
    if marks.confidentiality is None or marks.confidentiality in sees:
        return True
    return marks.confidentiality == "company" and group in marks.audiences


def least(marks: Marks) -> tuple[Group, ...]:
    """Of all who may read a note, those who may see least: what is for each of these is for every one of its readers.

    Worked: of a note for investors and employees, both, since what is for the ones is not for the others.
    """
    groups = [group for group in _SEES if is_for(marks, group)]
    return tuple(group for group in groups if not any(other in _SEES[group] for other in groups if other != group))


def marks(vault: Vault, note: Note) -> Marks | None:
    """What a note of people's says of its readers, of a kind or of none; None when it says nothing."""
    if note.generated is not None:
        return None
    if any(problem.kind in _UNREAD for problem in note.problems):
        return Marks("board")
    if not (note.properties or note.fields):
        return None
    told = vault.recognised.get(note.path)
    items = (*note.properties, *(presenting(note) if note.fields else ()))
    return stated(vault, told.kind if told else None, ((item.name, item.value) for item in items))


def stated(vault: Vault, kind: str | None, items: Iterable[tuple[str, Value]]) -> Marks | None:
    """What the properties of a note of a kind, or of none, say of its readers; None when they say nothing."""
    own: Group | None = None
    groups: set[Group | None] = set()
    for field, value in _marked(vault, items, kind):
        if field.name == "confidentiality":
            own = own or _confidential(value, field)
        elif kind not in _OF_THEMSELVES:
            groups.update(_groups(value))
    return Marks(own, frozenset(groups)) if own or groups else None


def _marked(vault: Vault, items: Iterable[tuple[str, Value]], kind: str | None) -> Iterator[tuple[Field, Value]]:
    """The properties of a note that say who may read it: by the names of its kind, else by those of any kind."""
    names = vault.ask(_names)
    for name, value in items:
        field = (vault.kinds.field(kind, name) if kind else None) or names.get(fold(name))
        if field is not None and field.name in _MARKS:
            yield field, value


def _names(vault: Vault) -> Mapping[str, Field]:
    """Name of a property, folded -> the field by which any kind of note says who may read it."""
    fields = (field for kind in vault.kinds.all.values() for field in kind.fields if field.name in _MARKS)
    return {name: field for field in fields for name in field.names}


def _confidential(value: Value, field: Field) -> Group | None:
    if fold(text_of(value)) in UNSAID:
        return None
    said = choice_of(value, field.vocabulary)
    return next((group for group in _BY_LEVEL if group == said), "board")


def _groups(value: Value) -> Iterator[Group | None]:
    """The groups that a note is written for; `public: true` is one."""
    if isinstance(value, bool):
        if value:
            yield "public"
        return
    for each in value if isinstance(value, tuple) else text_of(value).split(","):
        word = text_of(each)
        if fold(word) not in UNSAID:
            yield _known_group(word)


def _known_group(word: str) -> Group | None:
    if stem(word) in _INVESTORS:
        return "investors"
    level = _LEVEL.get(stem(word))
    return None if level is None else _BY_LEVEL[level]


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
