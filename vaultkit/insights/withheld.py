"""What is not for the readers of a page: a Vault and a group of readers go in; the notes withheld, and why, come out.

Withheld is a note that is marked for others (`secrecy.is_for`), a note or any other file whose own name, title or place
names such a note, and a note that is about withheld ones alone (`serves`, `about`, `affects`, `supports`) and says
nothing of its readers.

Worked: `Falcon.md` says `confidentiality: board`. For employees `2026-03-02 Falcon kick-off.md` is withheld too, since
its name gives Falcon away, and so is an update that is `about: "[[Falcon]]"`; one that is about Falcon and about a
project that all may see stays, without its link to Falcon.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from vaultkit.insights.names import aliases
from vaultkit.insights.secrecy import is_for, marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultkit.insights.secrecy import Group
    from vaultkit.model import Note
    from vaultkit.vault import Vault

Reason: TypeAlias = Literal["marked", "named", "about"]
_ABOUT = frozenset({"serves", "about", "affects", "supports"})
"""The relations by which a note says what it is a part of, or what it tells of."""
SHORTEST = 3
"""Letters of a name that is looked for in what others write: fewer may be any word."""
_NUMBERED = re.compile(r"^(?:(?P<id>[A-Z]{1,4}[ -]?\d[\d.-]*)|[\d._-]+)[\s:–—_-]+(?P<subject>.*)")
"""`D-013 Freeze all hiring`: people speak of `D-013`, and of the freeze."""
_GAP = re.compile(r"[\s_-]+")
_MARKS = "[\u0300-\u036f]*"
_NOTHING = re.compile(r"(?!)")


class Withheld:
    """The notes that some readers are not shown, and the names by which others would tell of them."""

    def __init__(self, reasons: Mapping[str, Reason], names: Iterable[str]) -> None:
        self.reasons = reasons
        """Path -> why."""
        self._names = frozenset(names)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Withheld) and (self.reasons, self._names) == (other.reasons, other._names)

    __hash__ = None  # type: ignore[assignment]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds one of the names in a text that is decomposed (`decomposed`)."""
        return _pattern(self._names)

    def named_in(self, text: str) -> bool:
        """Whether a text names one of them, whatever its case, accents, spaces and hyphens."""
        return bool(self._names) and self.pattern.search(decomposed(text)) is not None


def withheld(vault: Vault, group: Group) -> Withheld:
    """What these readers are not shown."""
    known = vault.ask(_known)
    if group not in known:
        known[group] = _withheld(vault, group)
    return known[group]


def decomposed(text: str) -> str:
    """A text in which accents stand apart, and apostrophes are plain: as a name is looked for in it."""
    return text if text.isascii() else unicodedata.normalize("NFD", text).replace("’", "'")


def _known(_vault: Vault) -> dict[Group, Withheld]:
    """Group -> what is known to be withheld from it."""
    return {}


def _withheld(vault: Vault, group: Group) -> Withheld:
    told = vault.gather(marks)
    found: dict[str, Reason] = {path: "marked" for path in vault.notes if not is_for(told[path], group)}
    if not found:
        return Withheld({}, ())
    names = frozenset(name for path in found for name in names_of(vault, vault.notes[path]))
    pattern = _pattern(names)
    for path, note in vault.notes.items():
        if path not in found and note.generated is None and _gives_away(vault, note, pattern):
            found[path] = "named"
    others = (*(path for path, board in vault.boards.items() if board.generated is None), *vault.files)
    found |= {path: "named" for path in others if pattern.search(decomposed(path)) is not None}
    parts = vault.ask(_parts)
    while more := [path for path, whole in parts.items() if path not in found and whole <= found.keys()]:
        found |= dict.fromkeys(more, "about")
    return Withheld(dict(sorted(found.items())), names)


def names_of(vault: Vault, note: Note) -> Iterator[str]:
    """By what people call a note: its name, title and aliases, and its number or its subject alone."""
    own = (name for name in (note.name, vault.title(note), *aliases(note)) if not vault.kinds.named(name))
    for name in dict.fromkeys(own):  # `Projects` is what every project's folder is called
        yield from (name,) if is_telling(name) else ()
        kind, _, bare = name.partition(" ")
        if bare[:1].isupper() and is_telling(bare) and vault.kinds.named(kind):
            yield bare  # `Project Falcon`
        found = _NUMBERED.match(name)
        if found and found["id"]:
            yield found["id"]
        if found and " " in found["subject"].strip() and is_telling(found["subject"]):
            yield found["subject"].strip()


def is_telling(name: str) -> bool:
    """Whether a name is more than a day or a number."""
    return sum(character.isalpha() for character in name) >= SHORTEST


def _gives_away(vault: Vault, note: Note, pattern: re.Pattern[str]) -> bool:
    said = (note.path, vault.title(note), *aliases(note))
    return any(pattern.search(decomposed(each)) is not None for each in said)


def _parts(vault: Vault) -> Mapping[str, frozenset[str]]:
    """Note of a kind that says nothing of its readers -> the notes that it is a part of, or tells of."""
    told, found = vault.gather(marks), {}
    for path in vault.recognised:
        targets = frozenset(
            edge.target for edge in vault.graph.of(path) if edge.relation in _ABOUT and edge.human and edge.target
        )
        if targets and told[path] is None:
            found[path] = targets
    return found


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """The longest first, so that no part of a name is left standing."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    if not ordered:
        return _NOTHING
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_spelled, ordered))})(?!\w)", re.IGNORECASE)


def _spelled(name: str) -> str:
    """A name however it is spelled: with other spaces or without accents, and escaped as Markdown is."""
    base = "".join(each for each in decomposed(name).strip() if not unicodedata.combining(each))
    words = ("".join(rf"{_one(each)}{_MARKS}" for each in word) for word in _GAP.split(base) if word)
    return r"\\?[\s_-]+".join(words)


def _one(character: str) -> str:
    return character if character.isalnum() else rf"\\?{re.escape(character)}"
