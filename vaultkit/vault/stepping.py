"""A vault and the changes on disk go in, the next vault comes out, with what it has other than the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vaultkit.lazy import Lazy
from vaultkit.vault.worked import Recalled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vaultkit.model import Change, Note
    from vaultkit.vault.referrers import Referrers
    from vaultkit.vault.vault import Vault


class Known(NamedTuple):
    """What of a vault is known already, from the one before it or from a run before: path -> what was worked out."""

    recalled: Recalled = Recalled()
    referrers: Referrers | None = None
    last: Vault | None = None
    """The vault before it, of which everything holds apart from what was touched."""
    touched: frozenset[str] = frozenset()
    moved: bool = False
    """Whether other files than before are read."""


class Step(NamedTuple):
    """From one vault to the next."""

    before: Vault
    after: Vault
    touched: frozenset[str]
    """The notes and boards that came, went or read otherwise, and those with a link that may lead elsewhere now."""
    moved: frozenset[str]
    """Every file that came or went."""

    @property
    def changed(self) -> frozenset[str]:
        """The files that came or went, and the notes and boards that read otherwise."""
        before, after = self.before.everything, self.after.everything
        return self.moved.union(path for path in self.touched if _digest(before, path) != _digest(after, path))

    def then(self, following: Step) -> Step:
        """This step and the one that follows it as one."""
        return Step(self.before, following.after, self.touched | following.touched, self.moved | following.moved)


def _digest(notes: Mapping[str, Note], path: str) -> str:
    return notes[path].digest if path in notes else ""


def stepped(vault: Vault, changes: Iterable[Change]) -> Step:
    """The next vault: links are resolved again only in changed notes and where a name appeared or vanished."""
    last = {change.path: change for change in changes}
    added = [path for path, change in last.items() if not change.removed and not vault.has(path)]
    removed = [path for path, change in last.items() if change.removed and vault.has(path)]
    moved = frozenset((*added, *removed))
    before = [vault.read(path) for path in last if path in vault.notes or path in vault.boards]
    after = [change.note for change in last.values() if change.note and not change.removed]
    looked_for = [vault.referrers.sources(path) for path in moved]
    touched = frozenset(note.path for note in (*before, *after)).union(*looked_for)
    regrouped = last.keys() & vault.everything.keys() != {note.path for note in after}
    others = {path for path, change in last.items() if change.note is None and not change.removed}
    new = type(vault)(
        _read_after(vault.everything, {note.path: note for note in after}, last),
        (vault.files - last.keys()) | others,
        vault.setting,
        resolver=vault.resolver.replaced(added, removed) if moved else vault.resolver,
        known=Known(referrers=vault.referrers.replaced(before, after), last=vault, touched=touched, moved=regrouped),
    )
    return Step(vault, new, touched, moved)


def _read_after(read: Mapping[str, Note], new: Mapping[str, Note], last: Mapping[str, Change]) -> Mapping[str, Note]:
    """What is read once these changes are made; what has not been read yet is left so."""
    made = read.made() if isinstance(read, Lazy) else read
    if made is None and isinstance(read, Lazy):
        kept = {**read.found(), **new}
        for path in last.keys() - new.keys():
            kept.pop(path, None)
        return Lazy(sorted(kept), read.__getitem__, kept)
    found = {**(made or {}), **new}
    for path in last.keys() - new.keys():
        found.pop(path, None)
    return {path: found[path] for path in sorted(found)} if new.keys() - read.keys() else found
