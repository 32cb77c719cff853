"""Which notes may link to a file: the names that links look up go in, the paths of the notes they stand in come out.

It says nothing of what a link means: that is the resolver's, and changes with every file that comes or goes. Which
names a note looks up changes only with the note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.vault.resolver import looked_up_as

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from vaultkit.model import Note


class Referrers:
    """Name -> the paths of the notes and boards with a link that looks it up."""

    __slots__ = ("_earlier", "known")

    def __init__(
        self, known: Mapping[str, frozenset[str]], earlier: Callable[[str], Iterable[str]] = lambda _name: ()
    ) -> None:
        self.known = known
        """What is known here; it goes before what was known earlier."""
        self._earlier = earlier
        """Asked for the names that are not known here."""

    @classmethod
    def of(cls, notes: Iterable[Note]) -> Referrers:
        """The index of all of them."""
        return cls({name: frozenset(sources) for name, sources in by_name(notes).items()})

    def sources(self, path: str) -> frozenset[str]:
        """Everything with a link that looks up the name of the file at `path`: only such a link can lead there."""
        name = path.rpartition("/")[2]
        return frozenset().union(*(self.looking_up(each) for each in looked_up_as(name)))

    def looking_up(self, name: str) -> frozenset[str]:
        """Everything with a link that looks up exactly this name."""
        found = self.known.get(name)
        return frozenset(self._earlier(name)) if found is None else found

    def replaced(self, before: Iterable[Note], after: Iterable[Note]) -> Referrers:
        """The same index once some notes have become others."""
        old, new = by_name(before), by_name(after)
        changed = {
            name: self.looking_up(name).difference(old.get(name, ())).union(new.get(name, ()))
            for name in old.keys() | new.keys()
            if old.get(name) != new.get(name)
        }
        return Referrers({**self.known, **changed}, self._earlier)


def by_name(notes: Iterable[Note]) -> dict[str, set[str]]:
    """Name -> the paths of those of these notes that look it up."""
    found: dict[str, set[str]] = {}
    for note in notes:
        for target in {link.target for link in note.links if link.target}:
            for name in looked_up_as(target):
                found.setdefault(name, set()).add(note.path)
    return found
