"""`vaultkit export FORMAT`: the vault comes in, all that was read of it goes out, for other tools."""

from __future__ import annotations

from gettext import gettext as _
from itertools import chain
from typing import TYPE_CHECKING

import click

from vaultkit import disk
from vaultkit.cli.lists import print_text
from vaultkit.cli.opening import open_session, vault_folder
from vaultkit.cli.options import Asked, door
from vaultkit.insights.listing import said_of, view_of
from vaultkit.report.json import dump, entry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from vaultkit.listed import Task
    from vaultkit.model import Note, Value
    from vaultkit.session import Session
    from vaultkit.vault import Edge, Vault

FORMS = ("json", "graphml", "obsidian")


@door(
    "export",
    _(
        "Print all that was read: json with notes, links and findings; graphml with files and links, for Gephi, yEd or "
        "networkx; obsidian with what Obsidian's own cache holds, to be held against the app's."
    ),
)
@click.argument("form", type=click.Choice(FORMS), metavar=f"[{'|'.join(FORMS)}]")
@click.pass_obj
def command(asked: Asked, form: str) -> None:
    """Print it in one piece."""
    if form == "obsidian":
        print_text(dump(_cache(vault_folder(asked))))
        return
    session = open_session(asked)
    if form == "graphml":
        print_text(session.vault.graph.to_graphml(_attributes(session.vault)))
    else:
        print_text(dump(_whole(session, asked.language)))


def _cache(root: Path) -> dict[str, object]:
    """Obsidian's cache knows neither kinds nor exclusions: no session is needed for it."""
    from vaultkit.report.obsidian import cache

    listing = disk.scan(root, lambda _: False)
    read = ((path, data) for path, data in disk.read_files(root, listing.notes) if isinstance(data, bytes))
    return cache(read, (*listing.notes, *listing.files))


def _whole(session: Session, language: str) -> dict[str, object]:
    vault = session.vault
    return {
        "today": vault.today.isoformat(),
        "notes": [_note(vault, note) for note in vault.notes.values()],
        "boards": [_board(board) for board in vault.boards.values()],
        "files": sorted(vault.files),
        "links": [_link(vault, edge) for edge in chain(vault.graph.edges(), *vault.graph.aside.values())],
        "findings": [entry(finding, language, {}) for finding in session.findings()],
    }


def _note(vault: Vault, note: Note) -> dict[str, object]:
    told = vault.recognised.get(note.path)
    return {
        "path": note.path,
        "title": vault.title(note),
        "kind": told.kind if told else None,
        "kind_told_by": {"by": told.by, "clue": told.clue} if told else None,
        "properties": {item.name: item.value for item in note.properties},
        "fields": _fields(note),
        "tags": sorted({tag.name for tag in note.tags}),
        "headings": [{"text": h.text, "level": h.level, "line": h.span.line} for h in note.headings],
        "tasks": [_task(vault, task) for task in note.tasks],
        "generated": note.generated.page if note.generated else None,
    }


def _fields(note: Note) -> dict[str, object]:
    """The value of each inline field; a list of them for one that is written more than once."""
    found: dict[str, list[Value]] = {}
    for item in note.fields:
        found.setdefault(item.name, []).append(item.value)
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _task(vault: Vault, task: Task) -> dict[str, object]:
    return {
        "text": task.text,
        "status": task.status,
        "open": vault.is_open(task),
        "line": task.span.line,
        **said_of(task),
    }


def _board(board: Note) -> dict[str, object]:
    """A canvas with the tags on its cards, a base with its views."""
    return {
        "path": board.path,
        "tags": sorted({tag.name for tag in board.tags}),
        "views": [view.text for view in board.headings],
        "generated": board.generated.page if board.generated else None,
    }


def _link(vault: Vault, edge: Edge) -> dict[str, object]:
    link = edge.link
    return {
        "source": edge.source,
        "target": edge.target,
        "written": link.target,
        "anchor": link.anchor or None,
        "label": link.label,
        "embed": link.embed,
        "property": link.property or None,
        "field": link.field or None,
        "relation": edge.relation or None,
        "origin": link.origin,
        "view": view_of(vault, edge),
        "written_by": link.written_by,
        "line": link.span.line,
        "column": link.span.column,
    }


def _attributes(vault: Vault) -> Mapping[str, Mapping[str, str]]:
    """What a graph tool shows of a note beside its path."""
    kinds = {path: told.kind for path, told in vault.recognised.items()}
    return {
        path: {"title": vault.title(note), "kind": kinds.get(path, ""), "folder": note.folder}
        for path, note in vault.notes.items()
    }
