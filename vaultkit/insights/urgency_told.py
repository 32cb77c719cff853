"""The terms of an urgency in words: a Vault and a note go in; the name of each term and the fact behind it come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.awaiting import depending, needed, waiting
from vaultkit.insights.ranking import rank_of
from vaultkit.insights.underway import plans
from vaultkit.insights.updates import updates
from vaultkit.insights.urgency import made, pressing, waited_for
from vaultkit.insights.wording import called
from vaultkit.insights.workload import below, top_priorities
from vaultkit.language import message, plural
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vaultkit.insights.urgency import Field, Urgency
    from vaultkit.model import Message, Note
    from vaultkit.vault import Vault

_NAMED = 3
"""How many notes are named."""


def facts(vault: Vault, note: Note) -> Mapping[str, tuple[Message, Message | str]]:
    """Term -> its name and why it has its value."""
    path = note.path
    return {
        "next": (message("tagged next"), ""),
        "due": (message("due"), _due(vault, note)),
        "blocking": (message("blocks others"), _names(vault, vault.ask(waiting).get(path, ()))),
        "priority": (message("declared level"), _written(vault, note, "priority")),
        "scheduled": (message("scheduled"), _written(vault, note, "scheduled")),
        "active": (message("under way"), _written(vault, note, "status") or _written(vault, note, "start")),
        "age": (message("age"), _age(vault, note)),
        "annotations": (message("updates"), str(len(vault.ask(updates).get(path, ())))),
        "tags": (message("tags"), ", ".join(sorted({f"#{tag.name}" for tag in note.tags}))),
        "project": (message("serves something"), ""),
        "waiting": (message("waiting"), _written(vault, note, "waiting_on") or _written(vault, note, "status")),
        "blocked": (message("waits for others"), _names(vault, needed(vault, path)) or _written(vault, note, "status")),
        "align": (message("alignment"), _aligned(vault, note)),
        "stakeholder": (message("a stakeholder waits"), _names(vault, [vault.ask(waited_for).get(path, "")])),
        "one-way": (message("no way back"), _written(vault, note, "reversibility")),
        "dependents": (message("dependents"), _names(vault, depending(vault, path))),
    }


def field_told(field: Field) -> Message:
    """What Eisenhower's square says of a note."""
    return {
        "first": message("urgent and important: first"),
        "plan": message("important, not urgent: give it a day"),
        "hand-on": message("urgent, not important: hand it on"),
        "leave": message("neither urgent nor important: leave it"),
    }[field]


def standing_told(vault: Vault, note: Note, found: Urgency) -> Message:
    """Where it comes among all that can be worked on."""
    if found.is_aside:
        return message("It is set aside, and has no place among what is to be done.")
    paths = vault.ask(pressing)
    return message(
        "Number {place} of {count} that can be worked on.", place=paths.index(note.path) + 1, count=len(paths)
    )


def _due(vault: Vault, note: Note) -> Message | str:
    end = vault.gather(plans)[note.path].ends
    if end is None:
        return ""
    days = (end - vault.today).days
    if days == 0:
        return message("{date}: today", date=str(end))
    if days < 0:
        late = plural("{count} day late", "{count} days late", -days)
        return message("{date}: {when}", date=str(end), when=late)
    return message("{date}: {when}", date=str(end), when=plural("in {count} day", "in {count} days", days))


def _age(vault: Vault, note: Note) -> Message:
    day = made(vault, note)
    if day is None:
        return message("nobody knows since when: counted as a year")
    return plural("{count} day", "{count} days", max(0, (vault.today - day).days))


def _aligned(vault: Vault, note: Note) -> Message | str:
    """The first priority that it is or serves."""
    for path in vault.ask(top_priorities):
        if note.path in below(vault, [path]):
            rank = rank_of(vault, vault.notes[path])
            return message("{name}, rank {rank}", name=called(vault, path), rank=f"{rank or 0:g}")
    return message("an objective of the first priorities")


def _written(vault: Vault, note: Note, field: str) -> str:
    item = vault.property(note, field)
    return f"{item.name}: {text_of(item.value)}" if item else ""


def _names(vault: Vault, paths: Iterable[str]) -> str:
    names = [called(vault, path) for path in paths if path]
    return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
