"""How each decision stands: a Vault goes in; whether it is taken, since when, and what took its place come out.

    days pending = today - the day since which it is proposed

That day is the decision's `date`; without one, the first day on which its note is known to be open. Unknown (None)
where neither tells.

Worked: proposed with `date: 2026-03-02`, asked on 2026-03-16: 14 days pending. A replaces B and B replaces C: A stands
for both. Where A has only been proposed, B still stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from vaultkit.insights import history
from vaultkit.insights.circles import circles
from vaultkit.insights.dependencies import dependents
from vaultkit.insights.options import weighed
from vaultkit.insights.status import is_archived, is_live
from vaultkit.text import fold
from vaultkit.vault import Edge
from vaultkit.vault.values import choice_of, first_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from vaultkit.model import Note
    from vaultkit.vault import Vault

State = Literal["open", "put-off", "accepted", "replaced", "closed", "unknown"]
"""`unknown`: no property says, though the text may."""
_STATES: dict[str | None, State] = {
    "idea": "open",
    "planned": "open",
    "waiting": "open",
    "blocked": "open",
    "paused": "put-off",
    "active": "accepted",
    "archived": "replaced",
    "done": "closed",
    "dropped": "closed",
    None: "unknown",
}
_REPLACING = frozenset({"supersedes", "superseded_by"})
_UNASKED = frozenset(
    "idea, idee, draft, brouillon, backlog, someday, maybe, someday maybe, un jour, peut etre".split(", ")
)
"""The statuses, folded, of what nobody has been asked to decide yet."""


MANY = 5
"""Decisions of which none says a thing: then it is their owner's way, and no oversight."""
FIELDS = ("date", "decider", "review", "options")


class Replacement(Struct, frozen=True, gc=False):
    """One statement that the decision `new` takes the place of `old`."""

    new: str
    old: str
    edge: Edge
    """The link as it stands, in the new one (`supersedes`) or in the old one (`superseded_by`)."""


def state(vault: Vault, note: Note) -> State:
    """How a decision stands by its own properties; one with an outcome, or in an archive, is closed."""
    return vault.gather(_state)[note.path]


def _state(vault: Vault, note: Note) -> State:
    if is_archived(note) or vault.choice(note, "outcome") is not None:
        return "closed"
    return _state_of(vault.text(note, "status"), vault.choice(note, "status"))


def _state_of(text: str, status: str | None) -> State:
    found = _STATES[status]
    return "put-off" if found == "open" and not _UNASKED.isdisjoint({fold(text), fold(first_words(text))}) else found


def since(vault: Vault, note: Note) -> date | None:
    """Since when a decision is open, or accepted; None when nobody knows."""
    said = vault.day(note, "date")
    if said is not None:
        return said
    known, field = history.values(vault, note, "status"), vault.field(note, "status")
    words = field.vocabulary if field else {}
    now, first = state(vault, note), None
    for value in reversed(known or ()):
        if _state_of(value.text, choice_of(value.text, words)) != now:
            break
        first = value.day
    return first


def days_pending(vault: Vault, note: Note) -> int | None:
    """For how many days a decision has been open; None when it is not, or nobody knows."""
    first = since(vault, note) if state(vault, note) == "open" else None
    return (vault.today - first).days if first is not None else None


def waiting(vault: Vault, path: str) -> tuple[str, ...]:
    """The live notes that need a decision first."""
    paths = (need.dependent for need in vault.ask(dependents).get(path, ()))
    return tuple(p for p in dict.fromkeys(paths) if p in vault.notes and is_live(vault, vault.notes[p]))


def habits(vault: Vault, note: Note) -> frozenset[str]:
    """The fields that some decision of the same form fills in, and `options` where one lists several."""
    return vault.ask(used).get(vault.gather(_filled)[note.path][0], frozenset())


def used(vault: Vault) -> Mapping[str, frozenset[str]]:
    """Form of decisions -> the fields that some of them fill in; of few decisions with properties, all there are.

    The form is where they say how they stand: in properties, in a line of their text, or below a heading.
    """
    found: dict[str, set[str]] = {}
    filled, decisions = vault.gather(_filled), vault.of_kind("decision")
    if len(decisions) < MANY:
        found[""] = set(FIELDS)
    for note in decisions:
        form, *fields = filled[note.path]
        found.setdefault(form, set()).update(fields)
    return {form: frozenset(fields) for form, fields in found.items()}


def _filled(vault: Vault, note: Note) -> tuple[str, ...]:
    """The form of a decision, and what it fills in."""
    item = vault.property(note, "status")
    form = next((point.topic for point in note.points if item and point.span == item.span), "")
    fields = (field for field in ("date", "decider", "owner", "review") if vault.text(note, field))
    return (form, *fields, "options") if vault.gather(weighed)[note.path].count > 1 else (form, *fields)


def replacements(vault: Vault) -> Mapping[str, tuple[Replacement, ...]]:
    """Old decision -> the statements of what takes its place, by path of the note that makes them."""
    found: dict[str, list[Replacement]] = {}
    for note in vault.of_kind("decision"):
        for each in vault.gather(stated)[note.path]:
            if all(
                path in vault.notes and vault.is_kind(vault.notes[path], "decision") for path in (each.new, each.old)
            ):
                found.setdefault(each.old, []).append(each)
    return {old: tuple(each) for old, each in found.items()}


def replacement_circles(vault: Vault) -> tuple[tuple[str, ...], ...]:
    """The decisions that replace one another in turn, each circle once, from the newer to the older."""
    leading: dict[str, list[str]] = {}
    for old, statements in vault.ask(replacements).items():
        for each in statements:
            leading.setdefault(each.new, []).append(old)
    return circles(leading)


def stated(vault: Vault, note: Note) -> tuple[Replacement, ...]:
    """What one decision says of what replaces what."""
    if not vault.is_kind(note, "decision"):
        return ()
    return tuple(_stated(vault, note))


def _stated(vault: Vault, note: Note) -> Iterator[Replacement]:
    for edge in vault.graph.of(note.path):
        if edge.human and edge.target is not None and edge.relation == "supersedes":
            yield Replacement(note.path, edge.target, edge)
        elif edge.human and edge.target is not None and edge.relation == "superseded_by":
            yield Replacement(edge.target, note.path, edge)


def missing(vault: Vault) -> Mapping[str, tuple[Edge, ...]]:
    """Decision -> its links to what it replaces, or to what replaces it, that lead nowhere; of those that hold."""
    found: dict[str, tuple[Edge, ...]] = {}
    for note in vault.of_kind("decision"):
        broken = [edge for edge in vault.graph.of(note.path) if edge.target is None and edge.relation in _REPLACING]
        told = [edge for edge in broken if edge.human and (edge.relation == "superseded_by" or stands(vault, note))]
        if told:
            found[note.path] = tuple(told)
    return found


def stands(vault: Vault, note: Note) -> bool:
    """Whether what a decision replaces is really replaced: it was accepted, or has been replaced in its turn.

    One whose status may stand in its text is taken at its word, unless it has a heading for that.
    """
    found = state(vault, note)
    if found == "unknown":
        return not vault.gather(weighed)[note.path].has_status
    return found in {"accepted", "replaced"} or vault.choice(note, "status") == "done"


def is_replaced(vault: Vault, note: Note) -> bool:
    """Whether a decision says that it no longer holds, or another one that holds says so."""
    if vault.choice(note, "status") == "archived":
        return True
    told = vault.ask(replacements).get(note.path, ())
    return any(each.new != note.path and stands(vault, vault.notes[each.new]) for each in told)


def successor(vault: Vault, path: str) -> str | None:
    """The decision that stands in the place of one, at the end of the chain; None where it ends nowhere or forks."""
    seen = {path}
    while True:
        new = {each.new for each in vault.ask(replacements).get(path, ()) if stands(vault, vault.notes[each.new])}
        new.discard(path)
        if len(new) != 1:
            return path if not new and len(seen) > 1 else None
        path = new.pop()
        if path in seen:
            return None
        seen.add(path)
