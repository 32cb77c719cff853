"""The portrait of a note goes in, lines for a person come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.listing import backlinks_of, links_of
from vaultkit.insights.portrait import portrait
from vaultkit.insights.wording import called, unaligned
from vaultkit.language import message, plural, say
from vaultkit.report import text
from vaultkit.report.clues import clue_said
from vaultkit.report.json import entry
from vaultkit.report.screen import cells, clean, glued

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vaultkit.insights.portrait import Portrait, Said
    from vaultkit.model import Finding, Message, Note
    from vaultkit.report.screen import Screen
    from vaultkit.vault import Edge, Vault

_LISTED = 12
"""How many links are named each way; `links` and `backlinks` name them all."""


def lines(vault: Vault, note: Note, findings: Sequence[Finding], screen: Screen) -> Iterator[str]:
    """The note on one screen: what it is, what it says, where it stands, its links, its findings."""
    drawn = portrait(vault, note)
    yield screen.paint(clean(vault.title(note)), "strong")
    yield screen.paint(clean(note.path), "faint")
    for said in _kind(vault, note, drawn, screen.language):
        yield screen.fold(clean(say(said, screen.language)), "  ")
    if drawn.said:
        yield ""
        yield from _fields(drawn.said, screen)
    standing = _standing(vault, drawn)
    if standing:
        yield ""
        yield screen.fold(clean(say(standing, screen.language)), "  ")
    yield from _links(links_of(vault, note), message("Links"), screen)
    yield from _links(backlinks_of(vault, note), message("Backlinks"), screen)
    if findings:
        yield ""
        yield from text.lines(findings, screen)


def row(vault: Vault, note: Note, findings: Sequence[Finding], language: str) -> dict[str, object]:
    """The same as JSON's own types."""
    drawn = portrait(vault, note)
    clues = (*([drawn.told] if drawn.told else []), *drawn.also, *drawn.others)
    return {
        "path": note.path,
        "title": vault.title(note),
        "kind": drawn.told.kind if drawn.told else None,
        "kind_told_by": {"by": drawn.told.by, "clue": drawn.told.clue} if drawn.told else None,
        "clues": [{"kind": each.kind, "by": each.by, "clue": each.clue} for each in clues],
        "properties": [
            {"name": each.name, "field": each.field, "value": each.value, "targets": list(each.targets)}
            for each in drawn.said
        ],
        "tags": sorted({tag.name for tag in note.tags}),
        "standing": drawn.standing.reason if drawn.standing else None,
        "serves": [up.parent for up in drawn.chain],
        "links": [
            {"target": target, "resolved": edges[0].target is not None, "count": len(edges)}
            for target, edges in links_of(vault, note).items()
        ],
        "backlinks": [{"path": source, "count": len(edges)} for source, edges in backlinks_of(vault, note).items()],
        "findings": [entry(finding, language, {}) for finding in findings],
    }


def _kind(vault: Vault, note: Note, drawn: Portrait, language: str) -> Iterator[Message]:
    if note.generated:
        yield message("a page that vaultkit writes: {page}", page=note.generated.page)
    elif drawn.told is None:
        yield message("of no kind that vaultkit knows")
    else:
        label = vault.kinds.all[drawn.told.kind].label(language)
        yield message("{kind}, as its {clue} says", kind=label, clue=clue_said(drawn.told.by, drawn.told.clue))
    for clue in drawn.also:
        yield message("its {clue} says so as well", clue=clue_said(clue.by, clue.clue))
    for other in drawn.others:
        label = vault.kinds.all[other.kind].label(language)
        yield message("not {kind}, as its {clue} might say", kind=label, clue=clue_said(other.by, other.clue))


def _fields(said: Sequence[Said], screen: Screen) -> Iterator[str]:
    """A line a property, with the field that it is where that goes by another name, and where its links lead."""
    names = [_name(each) for each in said]
    width = max(map(cells, names))
    for name, each in zip(names, said, strict=True):
        lead = [glued(clean(path or say(message("leads nowhere"), screen.language))) for path in each.targets]
        arrow = f"  {screen.paint('→ ' + ', '.join(lead), 'faint')}" if lead else ""
        shown = screen.paint(name, "name") + " " * (width - cells(name))
        yield screen.fold(f"  {shown}  {clean(each.value)}{arrow}".rstrip(), " " * (width + 4))


def _name(said: Said) -> str:
    return clean(said.name if said.field in {None, said.name} else f"{said.name} ({said.field})")


def _standing(vault: Vault, drawn: Portrait) -> Message | None:
    """The chain up to an objective, or why there is none."""
    if drawn.chain:
        first = drawn.chain[0].child
        path = " → ".join(called(vault, up.parent or "") for up in drawn.chain)
        return message("{name} serves a live objective: {chain}", name=called(vault, first), chain=path)
    if drawn.standing is None:
        return None
    return unaligned(drawn.standing.reason)


def _links(found: Mapping[str, Sequence[Edge]], heading: Message, screen: Screen) -> Iterator[str]:
    if not found:
        return
    yield ""
    yield f"{say(heading, screen.language)} ({len(found)})"
    for target, edges in list(found.items())[:_LISTED]:
        relation = next((edge.relation for edge in edges if edge.relation), "")
        lost = edges[0].target is None
        words = [relation, say(message("leads nowhere"), screen.language) if lost else ""]
        notes = ", ".join(filter(None, words))
        yield screen.fold(f"  {clean(target)}" + (f"  {screen.paint(notes, 'faint')}" if notes else ""), "    ")
    if len(found) > _LISTED:
        more = plural("... and {count} more", "... and {count} more", len(found) - _LISTED)
        yield f"  {say(more, screen.language)}"
