"""Tables that one can edit: a Vault goes in, Obsidian bases of its projects, decisions, risks and people come out.

A base finds its notes by itself, so what tells a note's kind here is said there as a filter: the values of `type`, the
tags and the folders by which notes of this vault were recognised. A property that goes by several names here has a
formula there, which takes the first that is filled in.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit import boards
from vaultkit.insights.status import CLOSED, is_archived
from vaultkit.language import message, say
from vaultkit.model import Message, Page
from vaultkit.pages.names import BOARDS
from vaultkit.pages.places import places

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from vaultkit.model import Note
    from vaultkit.pages.difference import Reads
    from vaultkit.vault import Vault

NAME = "bases"
READS: tuple[Reads, ...] = ("work", "files")
TOLD: tuple[str, ...] = ()

ROWS = 200
"""In one view: more is searched, not read."""
NAMES = 4
"""By which a property may go in one formula."""
CLUES = 50
"""Of one sort in a filter; the notes that bear another are few, or none."""


class Base(Struct, frozen=True):
    """One table: of which kind of notes, with which of their fields."""

    kind: str
    fields: tuple[str, ...]
    groups: str
    """The field by which the view of all of them is grouped."""
    first: Message | None
    """What the first view is called; None where there is only the one of all."""
    shows: frozenset[str] = frozenset()
    """The statuses that it shows; none for all but the closed ones."""
    factors: tuple[str, ...] = ()
    """The fields whose product is the weight of a note, by which one puts them in order."""


BASES: Mapping[str, Base] = {
    "projects.base": Base("project", ("owner", "status", "health", "due", "serves"), "status", message("Under way")),
    "decisions.base": Base(
        "decision",
        ("status", "decider", "date", "review", "about"),
        "status",
        message("To be taken"),
        frozenset({"idea", "planned", "waiting", "blocked"}),
    ),
    "risks.base": Base(
        "risk",
        ("owner", "probability", "impact", "status", "affects"),
        "status",
        message("Open risks"),
        factors=("probability", "impact"),
    ),
    "people.base": Base("person", ("role", "team", "manager", "cadence", "last_contact"), "team", None),
}


def render(vault: Vault) -> Iterator[Page]:
    """Those that are wanted."""
    found = vault.ask(places)
    for name, base in BASES.items():
        if name in found:
            own = vault.config.page.get(BOARDS[name][1])
            language = (own and own.language) or vault.language
            yield Page(found[name], boards.base(name, _tables(vault, base, language)), NAME)


def _tables(vault: Vault, base: Base, language: str) -> Mapping[str, object]:
    """The base as Obsidian's help has it: filters, formulas, properties, views."""
    notes = vault.of_kind(base.kind)
    named = {field: _names(vault, notes, base.kind, field, language) for field in (*base.fields, "status")}
    columns = {field: _column(field, names) for field, names in named.items()}
    formulas = {field: _first_of(names) for field, names in named.items() if len(names) > 1}
    kind = vault.kinds.all[base.kind]
    shown = {"file.name": kind.labels.get(language) or kind.label("en")}
    for field in base.fields:
        known = kind.field(field)
        shown[columns[field]] = (known.labels.get(language) if known else None) or field.replace("_", " ")
    if base.factors:
        formulas["weight"] = " * ".join(_expression(columns[field]) for field in base.factors)
        shown["formula.weight"] = say(message("Weight"), language)
    return {
        "filters": _filters(vault, notes),
        **({"formulas": formulas} if formulas else {}),
        "properties": {column: {"displayName": label[:1].upper() + label[1:]} for column, label in shown.items()},
        "views": _views(vault, base, notes, columns, language),
    }


def _views(
    vault: Vault, base: Base, notes: tuple[Note, ...], columns: Mapping[str, str], language: str
) -> list[Mapping[str, object]]:
    weight = ["formula.weight"] if base.factors else []
    order = ["file.name", *weight, *(columns[field] for field in base.fields)]
    group = {"property": columns[base.groups], "direction": "ASC"}
    views: list[Mapping[str, object]] = []
    if base.first is not None:
        status = _expression(columns["status"])
        said = [f"[{', '.join(map(_literal, _words(vault, base, notes)))}].contains({status})"]
        away = sorted({note.folder for note in notes if is_archived(note)})
        if not base.shows:
            said += [f"file.inFolder({_literal(folder)})" for folder in away[:CLUES]]
        filters = {"or" if base.shows else "not": said}
        views.append(_view(say(base.first, language), order) | {"filters": filters})
    views.append(_view(say(message("Everything"), language), order) | {"groupBy": group})
    return views


def _view(name: str, order: list[str]) -> dict[str, object]:
    return {"type": "table", "name": name, "limit": ROWS, "order": order}


def _filters(vault: Vault, notes: tuple[Note, ...]) -> Mapping[str, object]:
    """What tells the notes of a kind, and those that stand in its folders and are of none or of another."""
    told = [(note, vault.recognised[note.path]) for note in notes]
    values = {_value(note, clue.clue) for note, clue in told if clue.by == "property"}
    tags = {clue.clue for _, clue in told if clue.by == "tag"}
    folders = {_root(note.folder, clue.clue) for note, clue in told if clue.by == "folder"}
    others = {note.path for note, clue in told if clue.by in {"config", "file name"}}
    either = [
        *(f"note[{_literal(name)}] == {_literal(value)}" for name, value in sorted(values)[:CLUES]),
        *(f"file.hasTag({_literal(tag.removeprefix('#'))})" for tag in sorted(tags)[:CLUES]),
        *(f"file.inFolder({_literal(folder)})" for folder in sorted(folders)[:CLUES]),
        *(f"file.path == {_literal(path)}" for path in sorted(others)[:CLUES]),
    ]
    own = {note.path for note in notes}
    inside = (path for path in vault.notes if path not in own and _is_in(path, folders))
    apart = [f"file.path == {_literal(path)}" for path in sorted(inside)[:CLUES]]
    templates = vault.obsidian.templates_folder
    if templates and templates.strip("/"):
        apart.append(f"file.inFolder({_literal(templates.strip('/'))})")
    every: list[object] = ['file.ext == "md"', {"or": either or ["false"]}]
    return {"and": [*every, {"not": apart}] if apart else every}


def _value(note: Note, clue: str) -> tuple[str, str]:
    """The property that told a kind, as it is written: `type`, `Projet`."""
    name, _, word = clue.partition(": ")
    said = next((item.value for item in note.properties if item.name == name), None)
    return name, said if isinstance(said, str) else word


def _root(folder: str, name: str) -> str:
    """The folder of this name above a note, the nearest."""
    names = folder.split("/")
    for place in range(len(names) - 1, -1, -1):
        if names[place] == name:
            return "/".join(names[: place + 1])
    return folder


def _is_in(path: str, folders: Collection[str]) -> bool:
    names = path.split("/")
    return any("/".join(names[:depth]) in folders for depth in range(1, len(names)))


def _names(vault: Vault, notes: Iterable[Note], kind: str, field: str, language: str) -> tuple[str, ...]:
    """What the notes call a field, the commonest name first; where none has it, what a new note would."""
    counts: Counter[str] = Counter()
    for note in notes:
        for item in note.properties:
            known = vault.kinds.field(kind, item.name)
            if known is not None and known.name == field:
                counts[item.name] += 1
    if counts:
        return tuple(sorted(counts, key=lambda name: (-counts[name], name))[:NAMES])
    known = vault.kinds.all[kind].field(field)
    return ((known.labels.get(language) if known else None) or field,)


def _column(field: str, names: tuple[str, ...]) -> str:
    return f"note.{names[0]}" if len(names) == 1 else f"formula.{field}"


def _first_of(names: tuple[str, ...]) -> str:
    """The first property that is filled in."""
    *others, last = (f"note[{_literal(name)}]" for name in names)
    expression = last
    for other in reversed(others):
        expression = f"if({other}, {other}, {expression})"
    return expression


def _expression(column: str) -> str:
    """A column as a filter names it."""
    return column if column.startswith("formula.") else f"note[{_literal(column.removeprefix('note.'))}]"


def _words(vault: Vault, base: Base, notes: Iterable[Note]) -> list[str]:
    """The statuses that decide on the first view: the usual words for them, and those that the notes have."""
    wanted = base.shows or CLOSED
    known = vault.kinds.all[base.kind].field("status")
    words = (
        {known.spelled.get(word, word) for word, meant in known.vocabulary.items() if meant in wanted}
        if known
        else set()
    )
    used = {vault.text(note, "status") for note in notes if vault.choice(note, "status") in wanted}
    return sorted(words | used)


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
