"""How the work stood on the first day that is known: a Vault goes in; the shares of that day and of today come out.

Of an earlier day the properties are known and not the text (`vault.past`), so the vault of that day is made of them:
each note of the work, people and teams, as its properties were, in the place where it stood. Which checkboxes there
were nobody knows, so that action is unknown; and where a note says in its text what it serves or who owns it, as
`serves:: [[Grow]]`, the shares that rest on that are unknown as well. What is kept of a link is what it shows: a bare
name that is a note's counts as a link to it. Of notes that have gone since, those count whose folder says what they
were.

Example: on day 0 two priorities, one of which served an objective: alignment 1 of 2. Today both do: 2 of 2.
"""

from __future__ import annotations

import json
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from vaultkit.insights.alignment import NONE
from vaultkit.insights.history import since
from vaultkit.insights.lineage import LEVELS
from vaultkit.insights.ratios import Share, ratios
from vaultkit.model import Note
from vaultkit.text import fold
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.vault import Vault
    from vaultkit.vault.kinds import Kind
    from vaultkit.vault.past import Version

KINDS = frozenset({*LEVELS, "person", "team"})
"""The notes that the shares rest on."""
MOST_GONE = 500
"""How many notes that have gone since are looked at: each may be a question to git."""


class First(Struct, frozen=True):
    """The shares of a day; None for what nobody knows."""

    day: date
    alignment: Share | None
    coverage: Share | None
    ownership: Share | None
    orphans: int | None
    action: Share | None = None


def first_day(vault: Vault) -> First | None:
    """How the work stood on the first day of which anything is known; None when there is no earlier day."""
    day = since(vault)
    if day is None or day >= vault.today:
        return None
    then, in_text = ratios(earlier(vault, day)), frozenset(_said_in_text(vault))
    serving = "serves" not in in_text
    return First(
        day=day,
        alignment=then.alignment if serving else None,
        coverage=then.coverage if serving else None,
        ownership=then.ownership if "owner" not in in_text else None,
        orphans=then.orphans if serving else None,
    )


def earlier(vault: Vault, day: date) -> Vault:
    """The vault of the work at the end of an earlier day, as far as its properties tell."""
    notes = [_note(vault, path, said) for path, said in _versions(vault, day)]
    setting = replace(vault.setting, today=day, recollection=None, known=None)
    files = vault.paths.difference(note.path for note in notes)
    return type(vault).build(notes, files, setting)


def _versions(vault: Vault, day: date) -> Iterator[tuple[str, Version]]:
    """What each note of the work said at the end of a day."""
    past = vault.setting.past
    versions: Mapping[str, tuple[Version, ...]] = past.versions if past else {}
    here = [path for path in vault.recognised if vault.recognised[path].kind in KINDS]
    gone = (path for path in sorted(versions) if path not in vault.notes and _is_work(vault, path))
    for path in (*here, *islice(gone, MOST_GONE)):
        known = [each for each in versions.get(path, ()) if each.day <= day]
        if known and "generated" not in known[-1].properties:
            yield path, known[-1]


def _is_work(vault: Vault, path: str) -> bool:
    """Whether the place of a note alone tells that it was one of the work."""
    told = vault.kinds.recognise(Note(path, "")) if path.endswith(".md") else None
    return told is not None and told.kind in KINDS


def _note(vault: Vault, path: str, said: Version) -> Note:
    """A note of an earlier day: a property that has not changed since is as it is today, another one is its text."""
    now = vault.notes.get(path)
    present = {item.name: item.value for item in now.properties} if now else {}
    same = {name for name, text in said.properties.items() if name in present and text_of(present[name]) == text}
    values: dict[str, object] = {n: present[n] if n in same else text for n, text in said.properties.items()}
    told, here = vault.kinds.recognise(_parsed(path, values)), vault.recognised.get(path)
    if told is None and here is not None and here.by == "tag":
        values["type"] = here.kind  # a tag in the text, where nobody knows what stood
    kind = vault.kinds.all[told.kind] if told else None
    return _parsed(path, {n: v if n in same else _linked(vault, kind, n, v) for n, v in values.items()})


def _linked(vault: Vault, kind: Kind | None, name: str, value: object) -> object:
    """The names in a relation as links again: of a link only what it shows is kept."""
    field = vault.kinds.field(kind.name, name) if kind else None
    if field is None or not field.to or not isinstance(value, str) or fold(value) in NONE:
        return value
    names = [value] if vault.resolver.resolve(value, "") else value.split(", ")
    links = [f"[[{each}]]" if vault.resolver.resolve(each, "") else each for each in names]
    return links if len(links) > 1 else links[0]


def _parsed(path: str, values: Mapping[str, object]) -> Note:
    """A note of nothing but properties."""
    from vaultkit.parser import parse  # 50 ms of imports, and few pages look so far back

    lines = (f"{json.dumps(n, ensure_ascii=False)}: {json.dumps(v, ensure_ascii=False)}\n" for n, v in values.items())
    return parse(path, f"---\n{''.join(lines)}---\n".encode(errors="replace"))


def _said_in_text(vault: Vault) -> Iterator[str]:
    """The relations that some note of the work states in its text."""
    for note in vault.of_kind(*LEVELS):
        fields = (vault.kinds.field(vault.recognised[note.path].kind, item.name) for item in note.fields)
        yield from (field.name for field in fields if field is not None)
        yield from (edge.relation for edge in vault.graph.of(note.path) if edge.relation and not edge.link.property)
