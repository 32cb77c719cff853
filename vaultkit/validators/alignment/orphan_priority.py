"""A priority that serves no live objective.

## What it flags
A live priority from which no chain of `serves` leads up to a live objective: one that is not closed, and whose period
or due date has not passed. One reason is given for each priority, the first that holds: it serves only an objective
that has ended (`expired`) or that was closed (`closed`); its links lead to no note (`broken-link`); it declares
nothing (`no-link`); its chain comes round to where it has been (`cycle`) or stops short (`dead-end`). When the vault
has no live objective at all, that is said once (`no-objective`). Of a priority in its first `days` (7), as far as they
are known, it is a warning; then an error.

## Why it matters
A priority costs time and attention. One that serves no objective moves nothing that the company has said it wants, or
it does, and nobody can tell. Either way somebody should know before the next week goes into it.

## How to mend it
Link the priority to the objective that it serves, with a property: `serves: "[[Double revenue]]"`. If it serves none
on purpose, say so: `serves: none`, with a reason in `why`; it is then counted and no longer reported. If the
objective is over, point the priority to what comes after it, or close it.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from vaultkit.insights.alignment import NONE, standings, ups
from vaultkit.insights.history import is_new
from vaultkit.insights.names import names
from vaultkit.insights.wording import called, is_french, property_name
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.text import fold
from vaultkit.validators import telling
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from vaultkit.insights.alignment import Standing, Up
    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Property, Severity, Span
    from vaultkit.vault import Vault

SEVERITY: Severity = "error"
MILDER: Severity = "warning"
KINDS: tuple[str, ...] = ("priority",)
READS: tuple[Reads, ...] = ("names", "work")

SETTLING = frozenset({"no-link", "broken-link", "cycle", "dead-end"})
"""The reasons that are milder in a priority's first days: somebody may still be writing it."""
SHOWN = 3
"""How many of the objectives that no longer count are named when none does."""


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.orphan-priority]`."""

    days: int = 7
    """How long a new priority may serve nothing before that is an error."""


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("orphan-priority", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """At most one finding for each live priority."""
    standing = vault.ask(standings).get(note.path)
    tell = _TELL.get(standing.reason) if standing else None
    if standing is None or tell is None:
        return
    milder = standing.reason in SETTLING and is_new(vault, note, vault.ask(options).days)
    found = tell(note, vault, standing)
    yield from (structs.replace(each, severity=MILDER) for each in found) if milder else found


def _no_objective(note: Note, vault: Vault, standing: Standing) -> Iterator[Finding]:
    """Once for the vault, on its first live priority that has not opted out."""
    stranded = [path for path, other in vault.ask(standings).items() if other.reason == standing.reason]
    if note.path != stranded[0]:
        return
    objectives = vault.of_kind("objective")
    over = [told for objective in objectives if (told := telling.why_out(vault, objective))]
    count = plural("the vault has {count} objective", "the vault has {count} objectives", len(objectives))
    said = plural(
        "There is no live objective that the one live priority could serve.",
        "There is no live objective that the {count} live priorities could serve.",
        len(stranded),
    )
    renew = message("write down an objective (`vaultkit new objective`), or give one that goes on a new period")
    begin = message("write down what the priorities are for: `vaultkit new objective`")
    steps = (Evidence(count, note.path), *over[:SHOWN])
    yield _finding(note, standing, said=said, steps=steps, mend=renew if over else begin)


def _spent(note: Note, vault: Vault, standing: Standing) -> Iterator[Finding]:
    """`expired` and `closed`: the chain ends at an objective that no longer counts."""
    end = telling.stop(vault, standing.chain[-1].parent or "")
    said = message("{name} serves no live objective: {why}.", name=called(vault, note.path), why=end.message)
    steps = (*telling.chain(vault, standing.chain), end)
    span = telling.place(note, standing.chain[0].edge)
    yield _finding(note, standing, said=said, steps=steps, mend=_point_elsewhere(note, vault), span=span)


def _broken(note: Note, vault: Vault, standing: Standing) -> Iterator[Finding]:
    """All its links to what it serves lead to no note."""
    edge = standing.chain[0].edge
    meant = vault.ask(names).nearest(edge.link.target)
    said = message(
        "{name} serves {target}, which does not exist.", name=called(vault, note.path), target=edge.link.target
    )
    near = message("did you mean {link}?", link=telling.quoted(vault, note, "serves", meant)) if meant else None
    steps = telling.chain(vault, vault.ask(ups)[note.path])
    mend = near or _point_elsewhere(note, vault)
    yield _finding(note, standing, said=said, steps=steps, mend=mend, span=telling.place(note, edge))


def _no_link(note: Note, vault: Vault, standing: Standing) -> Iterator[Finding]:
    """It declares nothing, or something that is not a link."""
    name, item = called(vault, note.path), vault.property(note, "serves")
    words = text_of(item.value) if item else ""
    if item and fold(words) in NONE:
        yield from _unexplained(note, vault, standing, item)
        return
    said = message("{name} serves no objective.", name=name)
    if item is None or not words:
        steps = (Evidence(message("{name} serves nothing", name=name), note.path, item.span.line if item else 1),)
    else:
        no_link = message("{property} says {words}, which is no link", property=item.name, words=words)
        steps = (Evidence(no_link, note.path, item.span.line),)
    meant = vault.find(words) if words else None
    mend = _quoted(vault, note, meant) if meant else _point_somewhere(note, vault)
    yield _finding(note, standing, said=said, steps=steps, mend=mend, span=item.span if item else TOP)


def _unexplained(note: Note, vault: Vault, standing: Standing, item: Property) -> Iterator[Finding]:
    """`serves: none`, and no `why`."""
    yield _finding(
        note,
        standing,
        said=message("{name} says that it serves nothing, and not why.", name=called(vault, note.path)),
        steps=(telling.says(vault, note, "serves"), telling.says(vault, note, "why")),
        mend=message(
            "write the reason in `{why}`, or point it to a live objective: {choices}",
            why=property_name(vault, note, "why"),
            choices=telling.choices(vault, note),
        ),
        span=item.span,
    )


def _cycle(note: Note, vault: Vault, standing: Standing) -> Iterator[Finding]:
    """The chain comes round to a note where it has been."""
    last = standing.chain[-1]
    round_ = (note.path, *(up.parent or "" for up in standing.chain))
    shown = round_ if len(round_) <= telling.LONGEST else (*round_[: telling.LONGEST - 1], "", round_[-1])
    names = [called(vault, path) if path else "…" for path in shown]
    itself = last.child == last.parent or last.child not in vault.recognised
    yield _finding(
        note,
        standing,
        said=message("{chain}: the chain comes round and reaches no objective.", chain=" → ".join(names)),
        steps=telling.chain(vault, standing.chain),
        mend=_point_elsewhere(note, vault) if itself else _cut(vault, last),
        span=telling.place(note, standing.chain[0].edge),
    )


def _cut(vault: Vault, last: Up) -> Message:
    """Where a circle is best opened: at the last of its statements."""
    return message(
        "let {child} serve a live objective and not {parent}: {choices}",
        child=called(vault, last.child),
        parent=called(vault, last.parent or ""),
        choices=telling.choices(vault, vault.notes[last.child]),
    )


def _dead_end(note: Note, vault: Vault, standing: Standing) -> Iterator[Finding]:
    """The chain stops at a note that is over, or that serves nothing."""
    first, *further = standing.chain
    chain = (first, *takewhile(lambda up: telling.is_in_play(vault, up.child), further))
    end = telling.stop(vault, chain[-1].parent or "")
    last = vault.notes.get(end.path)
    unknown = _say_what_it_is(note, vault, last) if last and vault.kind(last) is None else None
    mend = unknown or _point_elsewhere(note, vault)
    said = message("{name} reaches no objective: {why}.", name=called(vault, note.path), why=end.message)
    steps = (*telling.chain(vault, chain), end)
    span = telling.place(note, first.edge)
    yield _finding(note, standing, said=said, steps=steps, mend=mend, span=span)


def _say_what_it_is(note: Note, vault: Vault, last: Note) -> Message:
    return message(
        "say what {last} is, for instance `type: project`, or point {name} to a live objective: {choices}",
        last=called(vault, last.path),
        name=called(vault, note.path),
        choices=telling.choices(vault, note),
    )


def _point_elsewhere(note: Note, vault: Vault) -> Message:
    return message(
        "point it to a live objective, {choices}, or close {name}",
        choices=telling.choices(vault, note),
        name=called(vault, note.path),
    )


def _point_somewhere(note: Note, vault: Vault) -> Message:
    return message(
        "add {choices}, or `{property}: {none}` with a reason in `{why}`",
        choices=telling.choices(vault, note),
        property=property_name(vault, note, "serves"),
        none="aucun" if is_french(vault, note) else "none",
        why=property_name(vault, note, "why"),
    )


def _quoted(vault: Vault, note: Note, meant: Note) -> Message:
    if telling.is_inline(vault, note, "serves"):
        return message("write it as a link: {choice}", choice=telling.choice(vault, note, meant))
    return message("write it as a link in quotes: {choice}", choice=telling.choice(vault, note, meant))


def _finding(
    note: Note, standing: Standing, *, said: Message, steps: tuple[Evidence, ...], mend: Message, span: Span = TOP
) -> Finding:
    return Finding("orphan-priority", SEVERITY, note.path, span, said, mend, steps, standing.reason)


_TELL: Mapping[str, Callable[[Note, Vault, Standing], Iterator[Finding]]] = {
    "no-objective": _no_objective,
    "expired": _spent,
    "closed": _spent,
    "broken-link": _broken,
    "no-link": _no_link,
    "cycle": _cycle,
    "dead-end": _dead_end,
}
