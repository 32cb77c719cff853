"""`vaultkit export FORMAT`: the vault comes in; the whole graph goes out, with the findings, for other tools."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from vaultkit.cli.lists import print_text
from vaultkit.cli.opening import open_session
from vaultkit.cli.options import Asked, door
from vaultkit.report.json import dump, entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.model import Note, Task
    from vaultkit.session import Session
    from vaultkit.vault import Edge, Vault


@door(
    "export",
    _(
        "Print the whole graph: json with notes, links and findings; graphml with files and links, for Gephi, yEd or "
        "networkx."
    ),
)
@click.argument("form", type=click.Choice(("json", "graphml")), metavar="[json|graphml]")
@click.pass_obj
def command(asked: Asked, form: str) -> None:
    """Print it in one piece."""
    session = open_session(asked)
    if form == "graphml":
        print_text(session.vault.graph.to_graphml(_attributes(session.vault)))
    else:
        print_text(dump(_whole(session, asked.language)))


def _whole(session: Session, language: str) -> dict[str, object]:
    vault = session.vault
    return {
        "today": vault.today.isoformat(),
        "notes": [_note(vault, note) for note in vault.notes.values()],
        "files": sorted(vault.files),
        "links": [_link(edge) for edge in vault.graph.edges()],
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
        "tags": sorted({tag.name for tag in note.tags}),
        "headings": [{"text": h.text, "level": h.level, "line": h.span.line} for h in note.headings],
        "tasks": [_task(task) for task in note.tasks],
        "generated": note.generated.page if note.generated else None,
    }


def _task(task: Task) -> dict[str, object]:
    return {"text": task.text, "status": task.status, "open": task.open, "line": task.span.line}


def _link(edge: Edge) -> dict[str, object]:
    link = edge.link
    return {
        "source": edge.source,
        "target": edge.target,
        "written": link.target,
        "anchor": link.anchor or None,
        "label": link.label,
        "embed": link.embed,
        "property": link.property or None,
        "relation": edge.relation or None,
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
