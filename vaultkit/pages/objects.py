"""What a template of a vault's own may tell of: a Vault and the page's path go in; its notes come out as plain objects.

`docs/pages.md` describes every name and every field. What nobody has said is None: a template prints nothing for it,
and can ask. Names and links are safe on a page as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit import escape
from vaultkit.escape import Markdown
from vaultkit.insights.action import next_step
from vaultkit.insights.assignments import open_by_note
from vaultkit.insights.dated import day_of
from vaultkit.insights.health import declared
from vaultkit.insights.ownership import ownership
from vaultkit.insights.progress import progress
from vaultkit.insights.ranking import rank_of, ranked_priorities
from vaultkit.insights.ratios import ratios
from vaultkit.insights.status import is_live
from vaultkit.model import Message
from vaultkit.pages import phrases
from vaultkit.pages.linking import link
from vaultkit.pages.quiet import TELLABLE
from vaultkit.text import natural
from vaultkit.validators import standing
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.insights.assignments import Assignment
    from vaultkit.model import Finding as Found
    from vaultkit.model import Note
    from vaultkit.vault import Vault

NAMES: Mapping[str, str] = {
    "vision": "visions",
    "objective": "objectives",
    "key_result": "key_results",
    "priority": "priorities",
    "project": "projects",
    "decision": "decisions",
    "person": "people",
    "team": "teams",
    "meeting": "meetings",
    "risk": "risks",
    "stakeholder": "stakeholders",
    "assumption": "assumptions",
    "metric": "metrics",
    "update": "updates",
    "idea": "ideas",
}
"""Kind -> what a template calls its notes."""


class Task(Struct, frozen=True):
    """An open checkbox."""

    text: str
    """Its words: never a checkbox, which other plugins would count twice."""
    due: str | None


class Object(Struct, frozen=True):
    """A note of a kind."""

    title: str
    link: Markdown
    path: str
    kind: str
    """As the reader calls it."""
    live: bool
    """Whether it is neither closed nor put away."""
    owner: Markdown | None
    """A link to the one person, else what is said in the place of one."""
    status: str | None
    """As its note says it."""
    state: str | None
    """The same as one of vaultkit's words: `active`, `done` ..."""
    health: Message | None
    due: str | None
    """As `2026-03-01`."""
    late: bool
    """Whether it is live and that day has passed."""
    date: str | None
    """The day of a meeting, a decision, an update."""
    rank: int | float | None
    progress: int | None
    """In percent."""
    next_step: str | None
    serves: tuple[Markdown, ...]
    tasks: tuple[Task, ...]
    """The open checkboxes in it."""
    tags: tuple[str, ...]
    properties: dict[str, str]
    """Whatever its frontmatter says, by the names that it has there."""


class Finding(Struct, frozen=True):
    """Something that `vaultkit check` says."""

    link: Markdown
    text: Markdown
    next: Markdown
    severity: str
    validator: str


def objects(vault: Vault, page: str) -> dict[str, object]:
    """What a template is given: a list for each kind, and what is said of the whole."""
    found = {kind: _objects(vault, kind, page) for kind in vault.kinds.all}
    return {
        **{name: found.get(kind, ()) for kind, name in NAMES.items()},
        "kinds": found,
        "findings": tuple(_finding(vault, each, page) for each in standing(vault) if each.validator in TELLABLE),
        "ratios": vault.ask(ratios),
        "as_of": phrases.as_of(vault),
        "today": vault.today.isoformat(),
        "language": vault.language,
    }


def _objects(vault: Vault, kind: str, page: str) -> tuple[Object, ...]:
    """The notes of a kind: priorities by rank, the rest by name; what is no longer live comes last."""
    notes = vault.of_kind(kind)
    ranked = {note.path: place for place, note in enumerate(vault.ask(ranked_priorities))} if kind == "priority" else {}
    placed = sorted(
        notes, key=lambda note: (not is_live(vault, note), ranked.get(note.path, 0), *_name_key(vault, note))
    )
    return tuple(_object(vault, note, page) for note in placed)


def _name_key(vault: Vault, note: Note) -> tuple[object, ...]:
    return natural(vault.title(note)), note.path


def _object(vault: Vault, note: Note, page: str) -> Object:
    due, day, live = vault.day(note, "due"), day_of(vault, note), is_live(vault, note)
    value = vault.ask(progress).get(note.path)
    rank = rank_of(vault, note)
    step = next_step(vault, note) if live else None
    served = (edge.target for edge in vault.relation(note, "serves"))
    return Object(
        title=vault.title(note),
        link=link(vault, note.path, page),
        path=note.path,
        kind=phrases.kind_label(vault, vault.recognised[note.path].kind),
        live=live,
        owner=_owner(vault, note, page),
        status=phrases.without_links(vault.text(note, "status")) or None,
        state=vault.choice(note, "status"),
        health=phrases.HEALTHS.get(declared(vault, note) or ""),
        due=due.isoformat() if due else None,
        late=live and due is not None and due < vault.today,
        date=day.isoformat() if day else None,
        rank=int(rank) if rank is not None and rank.is_integer() else rank,
        progress=round(100 * value.value) if value and value.value is not None else None,
        next_step=phrases.without_links(step.task.text) if step else None,
        serves=tuple(link(vault, target, page) for target in dict.fromkeys(served) if target),
        tasks=tuple(_task(each) for each in vault.ask(open_by_note).get(note.path, ())),
        tags=tuple(dict.fromkeys(tag.name for tag in note.tags if tag.written_by == "human")),
        properties={item.name: phrases.without_links(text_of(item.value)) for item in note.properties},
    )


def _owner(vault: Vault, note: Note, page: str) -> Markdown | None:
    found = ownership(vault, note)
    if found.person:
        return link(vault, found.person, page)
    return escape.text(phrases.without_links(", ".join(found.said))) if found.said else None


def _task(each: Assignment) -> Task:
    return Task(phrases.without_links(each.text), each.due.isoformat() if each.due else None)


def _finding(vault: Vault, found: Found, page: str) -> Finding:
    return Finding(
        link=link(vault, found.path, page),
        text=phrases.told(vault, found, page),
        next=phrases.in_words(vault, found.next),
        severity=found.severity,
        validator=found.validator,
    )
