"""A value of another type than its property has.

## What it flags
In a note of a kind: a value that Obsidian's settings say is to be a number, a checkbox, a day or a single text, and
that is none (`declared`). Where the settings say nothing, a text among numbers or checkboxes, when at least five notes
and four fifths of them agree (`usual`). Tags, aliases and CSS classes are Obsidian's own affair; days that nobody can
read, or that may be another, are told of by `bad-date`.

## Why it matters
A property has one type in the whole vault. Obsidian shows the odd one as a mismatch and does not let it be edited as
the others are; bases and Dataview sort it apart and leave it out of every sum.

## How to mend it
Write the value as the others are. Where only the quotes are in the way, `vaultkit check --fix` takes them off.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultkit.insights.daytext import is_ambiguous
from vaultkit.insights.fielded import KINDS as EVERY
from vaultkit.insights.property_types import EXCLUDED, expected, type_of
from vaultkit.insights.wording import called, is_french
from vaultkit.language import message, plural
from vaultkit.model import Finding, Fix, Put
from vaultkit.vault.values import date_of, number_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.insights.property_types import Expected
    from vaultkit.model import Message, Note, Property, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = EVERY
READS: tuple[Reads, ...] = ("work",)

LONGEST = 60
"""How many characters of a value are shown."""
_NUMERAL = re.compile(r"[+-]?(?:0|[1-9]\d{0,14})(?:\.\d+)?")


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each property whose value is of a wrong type."""
    told = vault.recognised.get(note.path)
    if told is None or not note.properties:
        return
    types = vault.ask(expected)
    for item in note.properties:
        wanted = types.get(item.name.lower())
        if wanted and item.name.lower() not in EXCLUDED and vault.kinds.field(told.kind, item.name):
            actual = type_of(item.value)
            if actual and actual != wanted.type and _clashes(item, wanted) and not _may_be_another(note, vault, item):
                yield _finding(note, vault, item, wanted)


def _clashes(item: Property, wanted: Expected) -> bool:
    """Whether a value of another type is a mismatch: Obsidian shows any single value as a text."""
    value = item.value
    if wanted.type == "text":
        return isinstance(value, tuple)
    if wanted.type in {"date", "datetime"}:
        return isinstance(value, tuple) or (isinstance(value, str) and _is_other_day(value))
    if not wanted.declared:
        return isinstance(value, str) and (wanted.type != "number" or number_of(value) is None)
    return True


def _may_be_another(note: Note, vault: Vault, item: Property) -> bool:
    """Whether it is a day of which `bad-date` asks which one is meant."""
    return is_ambiguous(text_of(item.value)) and vault.language != "fr" and not is_french(vault, note)


def _is_other_day(text: str) -> bool:
    """A day that vaultkit reads, and Obsidian does not; a link to a daily note is one for both."""
    return date_of(text) is not None and text[4:5] != "-" and not text.startswith("[")


def _cast(item: Property, wanted: Expected) -> str:
    """The value as it would be written with the right type, where nothing of it is lost; else empty."""
    value, text = item.value, text_of(item.value)
    if isinstance(value, tuple):
        return ""
    if wanted.type == "number" and _NUMERAL.fullmatch(text):
        return text
    if wanted.type == "checkbox" and text.lower() in {"true", "false"}:
        return text.lower()
    day = date_of(value) if wanted.type in {"date", "datetime"} else None
    return str(day) if day else ""


def _finding(note: Note, vault: Vault, item: Property, wanted: Expected) -> Finding:
    cast = _cast(item, wanted)
    text = f'"{item.value}"' if cast == item.value else text_of(item.value)
    mend = message("write `{written}`", written=f"{item.name}: {cast}") if cast else _mend(wanted)
    return Finding(
        "property-type-clash",
        SEVERITY,
        note.path,
        item.span,
        _said(called(vault, note.path), item.name, text if len(text) <= LONGEST else f"{text[:LONGEST]}…", wanted),
        mend,
        reason="declared" if wanted.declared else "usual",
        fix=Fix(mend, (Put(note.path, item.name, cast),), safe=True) if cast else None,
    )


def _said(name: str, item: str, text: str, wanted: Expected) -> Message:
    told: dict[str, str | Message] = {"name": name, "property": item, "text": text, "type": _type(wanted)}
    if wanted.declared:
        return message("`{property}: {text}` in {name} is to be {type}, as Obsidian's settings say.", **told)
    return plural(
        "`{property}: {text}` in {name} is to be {type}, as in {count} other note.",
        "`{property}: {text}` in {name} is to be {type}, as in {count} other notes.",
        wanted.notes,
        **told,
    )


def _type(wanted: Expected) -> Message:
    return {
        "text": message("a single text"),
        "number": message("a number"),
        "checkbox": message("a checkbox (true or false)"),
        "date": message("a day"),
        "datetime": message("a day and a time"),
    }[wanted.type]


def _mend(wanted: Expected) -> Message:
    return message("write {type}, or give the property another name", type=_type(wanted))
