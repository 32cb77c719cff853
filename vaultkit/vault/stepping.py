"""A vault and the changes on disk go in, the next vault comes out, with what it has other than the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from vaultkit.vault.lazy import Lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from vaultkit.model import Change, Note
    from vaultkit.vault.graph import Edge
    from vaultkit.vault.kinds import Recognition
    from vaultkit.vault.referrers import Referrers
    from vaultkit.vault.vault import Vault


class Known(NamedTuple):
    """What of a vault is known already, from the one before it or from a run before: path -> what was worked out."""

    told: Mapping[str, Recognition | None] = {}
    edges: Mapping[str, tuple[Edge, ...]] = {}
    gathered: Mapping[Callable[[Vault, Note], Any], Mapping[str, Any]] = {}
    referrers: Referrers | None = None


class Step(NamedTuple):
    """From one vault to the next."""

    before: Vault
    after: Vault
    touched: frozenset[str]
    """The notes and boards that came, went or read otherwise, and those with a link that may lead elsewhere now."""
    moved: frozenset[str]
    """Every file that came or went."""


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
    others = {path for path, change in last.items() if change.note is None and not change.removed}
    new = type(vault)(
        _read_after(vault.everything, {note.path: note for note in after}, last),
        (vault.files - last.keys()) | others,
        vault.setting,
        resolver=vault.resolver.replaced(added, removed) if moved else vault.resolver,
        known=vault.known(touched, vault.referrers.replaced(before, after)),
    )
    return Step(vault, new, touched, moved)


def _read_after(read: Mapping[str, Note], new: Mapping[str, Note], last: Mapping[str, Change]) -> Mapping[str, Note]:
    """What is read once these changes are made; what has not been read yet is left so."""
    kept = [path for path in read if path not in last or path in new]
    order = sorted((*kept, *new.keys() - read.keys())) if new.keys() - read.keys() else kept
    if not isinstance(read, Lazy):
        return {path: new[path] if path in new else read[path] for path in order}
    made = {path: note for path, note in read.made().items() if path not in last}
    return Lazy(order, read.__getitem__, {**made, **new})
