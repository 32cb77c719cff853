"""Which notes serve a live objective, by what chain, and why the others do not.

The chain goes up by `serves`, as people wrote it: in the child, or in a list on the parent. A root is a live objective
whose period has not passed; a vault without objectives, as V2MOM has it, may take its visions for roots. Three walks
from many sources at once (down from the roots, from the expired objectives, from the closed ones) decide every note, so
the whole is linear in notes and links, cycles included.

Source: domain practice of Hoshin and OKR reviews, where a priority that supports no breakthrough is called an orphan.
"""

from __future__ import annotations

from collections import Counter
from heapq import nsmallest
from itertools import islice
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from vaultkit.insights.status import is_closed, is_live, is_over
from vaultkit.text import fold
from vaultkit.vault import Edge

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault

Reason = Literal[
    "aligned", "opted-out", "no-objective", "expired", "closed", "broken-link", "weak", "no-link", "cycle", "dead-end"
]
STEPS = 24
"""The steps of a chain that are kept: in a ring of thousands of notes each would else hold all of it."""
COMMON = 50
"""A feature that more objectives share than this says nothing of which is near."""
NONE = frozenset({"none", "aucun", "aucune", "rien"})
"""Values of `serves`, folded, by which a priority says openly that it serves nothing."""


WORKING = ("objective", "key_result", "priority", "project")
"""The kinds of note that work on an objective: one that none of them serves is a wish."""


class Up(Struct, frozen=True, gc=False):
    """One statement that `child` serves `parent`; `parent` is None when the link resolves to nothing."""

    child: str
    parent: str | None
    edge: Edge
    """The link as it stands, in the child's note or in the parent's."""


class Standing(Struct, frozen=True):
    """How one live priority stands, and the chain that shows it."""

    reason: Reason
    chain: tuple[Up, ...] = ()
    """From the priority upwards; empty when nothing is declared. Of more than `STEPS`, the first ones and the last."""
    mention: Edge | None = None
    """For `weak`: the link in its body to a live objective."""


def objectives(vault: Vault) -> frozenset[str]:
    """Live objectives whose last day is today or later, or that have none."""
    return _in_force(vault, "objective")


def roots(vault: Vault) -> frozenset[str]:
    """What a priority can be aligned with: the live objectives, and visions where the vault's owner has it so."""
    return _in_force(vault, *vault.config.roots)


def ups(vault: Vault) -> Mapping[str, tuple[Up, ...]]:
    """Child -> what it serves, its own statements first, the first of them primary."""
    own: dict[str, list[Up]] = {}
    listed: dict[str, list[Up]] = {}
    stated = vault.gather(_stated)
    for path in vault.recognised:
        mine, others = stated[path]
        if mine:
            own[path] = list(mine)
        for up in others:
            listed.setdefault(up.child, []).append(up)
    return {path: (*own.get(path, ()), *listed.get(path, ())) for path in sorted(own.keys() | listed.keys())}


def _stated(vault: Vault, note: Note) -> tuple[tuple[Up, ...], tuple[Up, ...]]:
    """What a note says that it serves, and what it says in a list of its own that others serve it."""
    told = vault.recognised.get(note.path)
    if told is None:
        return (), ()
    edges = [edge for edge in vault.graph.of(note.path) if edge.relation and edge.human]
    own = [Up(note.path, edge.target, edge) for edge in edges if edge.relation == "serves"]
    others = (edge for edge in edges if edge.target and edge.relation != "serves")
    listed = [Up(e.target or "", note.path, e) for e in others if _states_inverse(vault, told.kind, e.relation)]
    return tuple(own), tuple(listed)


def downs(vault: Vault) -> Mapping[str, tuple[Up, ...]]:
    """Parent -> what serves it, by path of the child."""
    found: dict[str, list[Up]] = {}
    for statements in vault.ask(ups).values():
        for up in statements:
            if up.parent is not None and up.parent != up.child:
                found.setdefault(up.parent, []).append(up)
    return {parent: tuple(statements) for parent, statements in found.items()}


def children(vault: Vault, path: str) -> tuple[Note, ...]:
    """The notes that serve the one at `path`, each once, by path."""
    paths = dict.fromkeys(up.child for up in vault.ask(downs).get(path, ()))
    return tuple(vault.notes[child] for child in paths if child in vault.notes)


def workers(vault: Vault, path: str) -> tuple[Note, ...]:
    """The live objectives, key results, priorities and projects that serve the note at `path`."""
    working = (note for note in children(vault, path) if vault.is_kind(note, *WORKING) and is_live(vault, note))
    return tuple(note for note in working if not _is_spent(vault, note.path))


def aligned(vault: Vault) -> Mapping[str, Up]:
    """Every live note below a root -> the next statement on its shortest chain to one."""
    return _below(vault, vault.ask(roots))


def standings(vault: Vault) -> Mapping[str, Standing]:
    """How every live priority stands, by path. One reason each: the first that holds, in the order of `Reason`."""
    below = {
        "aligned": vault.ask(aligned),
        "expired": _below(vault, _spent(vault, expired=True)),
        "closed": _below(vault, _spent(vault, expired=False)),
    }
    toward = {reason: (found, _lasts(found)) for reason, found in below.items()}
    live = (note for note in vault.of_kind("priority") if is_live(vault, note))
    return {note.path: _standing(vault, note, toward) for note in live}


def nearest_objectives(vault: Vault, note: Note, count: int = 2) -> tuple[Note, ...]:
    """The live objectives that have most in common with a note: shared links, tags and words of their names."""
    bearers = vault.ask(objectives_by_feature)
    shared = Counter(path for feature in vault.gather(_features)[note.path] for path in bearers.get(feature, ()))
    shared.pop(note.path, None)
    near = nsmallest(count, shared, key=lambda path: (-shared[path], path))
    spare = (path for path in vault.ask(first_objectives) if path not in {*near, note.path})
    return tuple(vault.notes[path] for path in (*near, *islice(spare, count - len(near))))


def _in_force(vault: Vault, *kinds: str) -> frozenset[str]:
    return frozenset(n.path for n in vault.of_kind(*kinds) if is_live(vault, n) and not is_over(vault, n))


def _spent(vault: Vault, *, expired: bool) -> frozenset[str]:
    """The roots that no longer count: those whose time has passed, or those that were closed."""
    notes = vault.of_kind(*vault.config.roots)
    if expired:
        return frozenset(n.path for n in notes if is_live(vault, n) and is_over(vault, n))
    return frozenset(n.path for n in notes if is_closed(vault, n))


def _below(vault: Vault, sources: Iterable[str]) -> dict[str, Up]:
    """Every live note from which a chain leads up to a source, by way of live notes alone -> its next statement."""
    found: dict[str, Up] = {}
    seen, layer = set(sources), sorted(sources)
    while layer:
        beneath = []
        for parent in layer:
            for up in vault.ask(downs).get(parent, ()):
                if up.child not in seen and up.child in vault.notes and is_live(vault, vault.notes[up.child]):
                    seen.add(up.child)
                    found[up.child] = up
                    if not _is_spent(vault, up.child):
                        beneath.append(up.child)
        layer = beneath
    return found


def _is_spent(vault: Vault, path: str) -> bool:
    """An objective whose time has passed carries nothing upwards."""
    note = vault.notes[path]
    return vault.is_kind(note, "objective") and is_over(vault, note)


def _lasts(toward: Mapping[str, Up]) -> dict[str, Up]:
    """Every note of such a walk -> the last statement of its chain; what is nearer to a source stands before."""
    found: dict[str, Up] = {}
    for path, up in toward.items():
        found[path] = found.get(up.parent or "", up)
    return found


def _standing(vault: Vault, note: Note, toward: Mapping[str, tuple[Mapping[str, Up], Mapping[str, Up]]]) -> Standing:
    path = note.path
    if path in toward["aligned"][0]:
        return Standing("aligned", _chain(path, *toward["aligned"]))
    if _opted_out(vault, note):
        return Standing("opted-out")
    if not vault.ask(roots):
        return Standing("no-objective")
    if path in toward["expired"][0]:
        return Standing("expired", _chain(path, *toward["expired"]))
    if path in toward["closed"][0]:
        return Standing("closed", _chain(path, *toward["closed"]))
    declared = vault.ask(ups).get(path, ())
    if declared and all(up.parent is None for up in declared):
        return Standing("broken-link", declared[:1])
    mention = _mention(vault, note)
    if mention:
        return Standing("weak", (), mention)
    if not declared:
        return Standing("no-link")
    turns, primary, lasts = vault.ask(ends)
    return Standing("cycle" if path in turns else "dead-end", _chain(path, primary, lasts))


def ends(vault: Vault) -> tuple[frozenset[str], Mapping[str, Up], Mapping[str, Up]]:
    """Where what everything serves first leads to.

    The notes whose chain comes round; note -> its first statement; note -> the last one of its chain, which leads to
    what serves nothing, or to where the chain has been.
    """
    resolved = (
        (path, next((up for up in told if up.parent is not None), None)) for path, told in vault.ask(ups).items()
    )
    primary = {path: up for path, up in resolved if up is not None}
    turns: set[str] = set()
    lasts: dict[str, Up] = {}
    for start in primary:
        trail: list[str] = []
        path, walked = start, set[str]()
        while path in primary and path not in lasts and path not in walked:
            trail.append(path)
            walked.add(path)
            path = primary[path].parent or ""
        if path in walked:  # a ring: the last statement of each of its notes leads back to it
            ring = trail[trail.index(path) :]
            turns.update(ring)
            lasts.update({each: primary[ring[place - 1]] for place, each in enumerate(ring)})
        if path in turns:
            turns.update(trail)
        for each in trail:
            lasts.setdefault(each, lasts[path] if path in lasts else primary[trail[-1]])
    return frozenset(turns), primary, lasts


def _chain(path: str, toward: Mapping[str, Up], lasts: Mapping[str, Up]) -> tuple[Up, ...]:
    """The steps from a note to the last of its chain."""
    last = lasts[path]
    chain = [toward[path]]
    while chain[-1] is not last and len(chain) < STEPS:
        chain.append(toward[chain[-1].parent or ""])
    return tuple(chain) if chain[-1] is last else (*chain, last)


def _opted_out(vault: Vault, note: Note) -> bool:
    """`serves: none` with a `why`: said openly, so accepted and counted."""
    return fold(vault.text(note, "serves")) in NONE and bool(vault.text(note, "why"))


def _mention(vault: Vault, note: Note) -> Edge | None:
    found = vault.ask(roots)
    edges = vault.graph.outgoing[note.path]
    return next((e for e in edges if e.human and not e.link.property and e.target in found), None)


def _states_inverse(vault: Vault, kind: str, relation: str) -> bool:
    field = vault.kinds.all[kind].field(relation)
    return field is not None and field.inverse_of == "serves"


def objectives_by_feature(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """Feature -> the live objectives that have it; what so many have that it tells none from another is left out."""
    found: dict[str, list[str]] = {}
    for path in sorted(vault.ask(roots)):
        for feature in vault.gather(_features)[path]:
            found.setdefault(feature, []).append(path)
    return {feature: tuple(paths) for feature, paths in found.items() if len(paths) <= COMMON}


def first_objectives(vault: Vault) -> tuple[str, ...]:
    """Objectives to name when none has anything in common with a note."""
    return tuple(nsmallest(COMMON, vault.ask(roots)))


def _features(vault: Vault, note: Note) -> frozenset[str]:
    """What two notes can have in common: linked files, tags, long words of the name, the period."""
    linked = {f"link {e.target}" for e in vault.graph.outgoing[note.path] if e.human and e.target}
    tags = {f"tag {fold(tag.name)}" for tag in note.tags}
    words = {f"word {word}" for word in fold(note.name).split() if len(word) > 3}
    period = vault.text(note, "period")
    return frozenset(linked | tags | words | ({f"period {fold(period)}"} if period else set()))
