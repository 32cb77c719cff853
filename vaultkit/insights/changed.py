"""What a step changes beyond the notes that it touched: a Step goes in; names, the work and known answers come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from vaultkit.insights import action, assignments, links, names, wording
from vaultkit.insights.lasting import OF_NAMES, OF_TEXT, OF_WORK
from vaultkit.vault.recorded import RECORDED

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from vaultkit.model import Note
    from vaultkit.vault import Edge, Vault
    from vaultkit.vault.stepping import Step

Reads = Literal["targets", "backlinks", "names", "work", "paths", "lists"]
"""What may be read beside one note, its kind, its links and the settings.

- `targets`: the headings, blocks and footnotes of the notes that a note links to.
- `backlinks`: the links that lead to a note.
- `names`: the names, titles and aliases of every file; how many links ask for one that nobody bears, and whether they
  state what a note serves or who owns it.
- `work`: of the notes of a kind, their properties, what they link to and serve, the checkboxes that lead to them, and
  what `OF_TEXT` asks of their text.
- `paths`: which files there are, asked by anything but a link.
- `lists`: what the regions of a note may list: which files there are, the tags and the kinds of notes.
"""


class Changed(Struct, frozen=True):
    """What is other than before."""

    touched: frozenset[str]
    """The step's own, and the files that share a name with one that came or went: they may be called otherwise now."""
    names: frozenset[str]
    """The names, as `stem` has them, that came, went, are borne by another file, or by one that is called otherwise."""
    linked: frozenset[str]
    """The files to which other links lead than before, those of dashboards left out."""
    work: bool
    """Whether anything changed of what one note of a kind says of another, or an open task of it."""
    tasks: bool
    """Whether an open task of such a note, or about one, reads otherwise."""
    kinds: frozenset[str] | None = None
    """Of which kinds the notes are of which the work says otherwise; None where that may be any."""


def changed(step: Step) -> Changed:
    """Compare the two vaults where the step touched them; hand on the answers that it leaves as they are."""
    vaults = (step.before, step.after)
    namesakes = {path for moved in step.moved for vault in vaults for path in vault.resolver.namesakes(moved)}
    renamed = {path for path in step.touched if names.borne_at(step.before, path) != names.borne_at(step.after, path)}
    said = frozenset(
        name for path in renamed | namesakes | step.moved for vault in vaults for name in names.borne_at(vault, path)
    )
    work = any(_is_of_a_kind(step, path) for path in namesakes) or any(_moves_work(step, path) for path in step.touched)
    for question in (*(() if said else OF_NAMES), *(() if work else OF_WORK)):
        answer = step.before.answered(question)
        if answer is not None:
            step.after.expect(question, answer)
    return Changed(
        touched=step.touched | namesakes,
        names=said,
        linked=frozenset(_linked(step, namesakes)),
        work=work,
        tasks=any(_moves_tasks(step, path) for path in step.touched),
        kinds=_kinds(step) if work and not step.moved else None,
    )


def _kinds(step: Step) -> frozenset[str] | None:
    """The kinds of the notes of which something other is said, of those that say it, and of what is newly linked.

    None where a note changes its kind, or most notes come to call a property by another name: findings name it.
    """
    vaults, found = (step.before, step.after), set[str]()
    if step.before.ask(wording.usual_names) != step.after.ask(wording.usual_names):
        return None
    for path in step.touched:
        told = {each.kind if (each := vault.recognised.get(path)) else None for vault in vaults}
        if len(told) > 1:
            return None
        says = [frozenset(_says(vault, path)) for vault in vaults]
        if says[0] != says[1]:
            leads = [frozenset(_leads(vault, path)) for vault in vaults]
            concerned = {
                path,
                *(about for about, _ in says[0] ^ says[1]),
                *(target for _, target in leads[0] ^ leads[1]),
            }
            told_of = (vault.recognised.get(each) for each in concerned for vault in vaults)
            found.update(each.kind for each in told_of if each)
    return frozenset(found)


def _leads(vault: Vault, path: str) -> Iterator[tuple[str, str]]:
    """What a person's links in a note lead to, each with its relation."""
    edges = vault.graph.of(path) if _is_read(vault, path) else ()
    return ((edge.relation, edge.target) for edge in edges if edge.human and edge.target is not None)


def _linked(step: Step, namesakes: Iterable[str]) -> Iterator[str]:
    for path in step.touched:
        yield from (target for target, _ in _links(step.before, path) ^ _links(step.after, path))
    for path in namesakes:
        yield from (target for target, _ in _links(step.after, path))


def _links(vault: Vault, path: str) -> frozenset[tuple[str, Hashable]]:
    """What a note links to, and where vaultkit's own links stand: a list is told of by its lines.

    The links of dashboards count nowhere (`links.inbound`); a line more at the top of one moves all of them.
    """
    if not _is_read(vault, path):
        return frozenset()
    page = vault.read(path).generated
    counted = vault.graph.of(path)
    if page is not None and page.page != links.INDEX:
        counted = tuple(edge for edge in counted if edge.human)
    edges = ((edge, "" if edge.human else (edge.link.span, page)) for edge in counted)
    return frozenset((edge.target, written) for edge, written in edges if edge.target is not None)


def _moves_work(step: Step, path: str) -> bool:
    other = frozenset(_says(step.before, path)) ^ frozenset(_says(step.after, path))
    return any(_is_of_a_kind(step, concerned) for concerned in {each[0] for each in other})


def _moves_tasks(step: Step, path: str) -> bool:
    before, after = (action.said(vault, path) for vault in (step.before, step.after))
    return before != after and any(_is_of_a_kind(step, about) for about, _ in (*before, *after))


def _is_of_a_kind(step: Step, path: str) -> bool:
    return any(vault.recognised.get(path) for vault in (step.before, step.after))


def _says(vault: Vault, path: str) -> Iterator[tuple[str, Hashable]]:
    """What a note has to say of the work, each with the file that it concerns; without a kind, only by its tasks."""
    if not _is_read(vault, path):
        return
    for target in vault.gather(action.pointing)[path]:
        yield target, "task"
    for place, fact in enumerate(vault.gather(assignments.facts)[path]):
        yield from ((target, (place, fact)) for target in fact.links)
    if path in vault.recognised:
        yield path, _own(vault, vault.read(path))


def _is_read(vault: Vault, path: str) -> bool:
    return path in vault.notes or path in vault.boards


def _own(vault: Vault, note: Note) -> Hashable:
    """What other notes' standing may follow from, places included: findings and pages name the line."""
    edges = vault.graph.of(note.path)
    return (
        vault.recognised[note.path].kind,
        repr((note.properties, note.fields, [point for point in note.points if point.topic in RECORDED])),
        wording.is_french(vault, note),
        frozenset(tag.name for tag in note.tags),
        frozenset(edge.target for edge in edges if edge.human),
        tuple((edge.relation, edge.target) for edge in edges if edge.relation),
        _mentions(vault, edges) if vault.is_kind(note, "priority") else (),
        tuple(vault.gather(question)[note.path] for question in OF_TEXT),
    )


def _mentions(vault: Vault, edges: tuple[Edge, ...]) -> Hashable:
    """Where a priority links to an objective in its text."""
    found = vault.recognised.get
    told = ((edge, found(edge.target)) for edge in edges if edge.human and edge.target and not edge.link.property)
    return tuple((edge.target, edge.link.span) for edge, kind in told if kind and kind.kind == "objective")
