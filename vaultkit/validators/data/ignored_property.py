"""A property that Obsidian does not read as it was meant.

## What it flags
`tag`, `alias` and `cssclass`, which Obsidian has not read since version 1.9 (`name`); tags in one text, `tags: a, b`,
and entries of `tags` or `aliases` that are none: a tag with a space in it, a number (`entries`); a link without quotes,
`serves: [[Growth]]`, which is a list within a list (`link`). One finding a property.

## Why it matters
Nothing looks wrong: the property stands there. But the tag is found by no search, the other name is not proposed, and
the link is in no graph and among no backlinks.

## How to mend it
Write `tags`, `aliases` and `cssclasses`, each as a list of single entries: `tags: [strategy, year-2]`. Put links
in quotes: `serves: "[[Growth]]"`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.unquoted import unquoted
from vaultkit.language import message, plural
from vaultkit.model import Finding
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Property, Severity, Value
    from vaultkit.vault import Vault

SEVERITY: Severity = "info"
KINDS: tuple[str, ...] = ()
READS: tuple[Reads, ...] = ("paths",)

SHOWN = 5
"""How many entries are named."""
LONGEST = 60
"""How many characters of them are shown."""
NAMES: Mapping[str, str] = {"tag": "tags", "alias": "aliases", "cssclass": "cssclasses"}
LISTS = frozenset({"tags", "aliases"})
_TEXTS = frozenset({str, type(None)})
"""What stands in most lists."""


def among(vault: Vault) -> Iterable[str]:
    """Notes with a property that is in doubt."""
    return [path for path, names in vault.gather(doubtful).items() if names]


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """At most one finding for each property of a person's."""
    names = vault.gather(doubtful)[note.path]
    for item in note.properties if names else ():
        if item.name in names:
            low = item.name.lower()
            yield from _named(note, vault, item, low) or _entries(note, item, low) or _linked(note, vault, item)


def doubtful(_vault: Vault, note: Note) -> tuple[str, ...]:
    """The properties that need a closer look, as they are written."""
    if note.generated:
        return ()
    return tuple(item.name for item in note.properties if _is_in_doubt(item.name.lower(), item.value))


def _is_in_doubt(name: str, value: Value) -> bool:
    return name in NAMES or ((name in LISTS or isinstance(value, tuple)) and not _is_sound(name, value))


def _is_sound(name: str, value: Value) -> bool:
    """The quick test: most lists hold texts alone, and most tags no space."""
    if not isinstance(value, tuple) or not _TEXTS.issuperset(map(type, value)):
        return False
    return name != "tags" or not any(_is_lost(entry, spaces=True) for entry in value)


def _named(note: Note, vault: Vault, item: Property, low: str) -> list[Finding]:
    """A name that Obsidian has given up, unless its values stand under the new one too, or a kind has a field of it."""
    name = NAMES.get(low)
    if name is None:
        return []
    told = vault.recognised.get(note.path)
    if told and vault.kinds.field(told.kind, item.name):
        return []
    there = [text for other in note.properties if other.name.lower() == name for text in _texts(other.value)]
    if set(_texts(item.value)) <= set(there):
        return []
    said = message("Obsidian does not read `{property}`: it reads `{name}`.", property=item.name, name=name)
    mend = message("add it to `{name}`", name=name) if there else message("call it `{name}`", name=name)
    return [_finding(note, item, said, mend, "name")]


def _entries(note: Note, item: Property, name: str) -> list[Finding]:
    """Tags and other names that are none."""
    value = item.value
    if name not in LISTS:
        return []
    if name == "tags" and isinstance(value, str):
        return _one_text(note, item, value.strip())
    lost = [entry for entry in _listed(value, whole=name == "tags") if _is_lost(entry, spaces=name == "tags")]
    if not lost:
        return []
    said = plural(
        "Obsidian leaves an entry of `{property}` out: {entries}.",
        "Obsidian leaves {count} entries of `{property}` out: {entries}.",
        len(lost),
        property=item.name,
        entries=", ".join(map(_shown, lost[:SHOWN])),
    )
    mend = message("write each tag without a space and with a letter in it: `like-this`, `y2026`")
    if name == "aliases":
        mend = message("put it in quotes, so that it is text to YAML as well")
    return [_finding(note, item, said, mend, "entries")]


def _one_text(note: Note, item: Property, text: str) -> list[Finding]:
    """`tags: a, b`, where a list was meant."""
    parts = text.split(",") if "," in text else text.split()
    tags = [tag for part in parts if (tag := "-".join(part.split()).removeprefix("#"))]
    if len(tags) < 2:
        return []
    told = {"property": item.name, "text": _short(text), "tags": _short(", ".join(tags))}
    said = message("To Obsidian `{property}: {text}` is one text, not several tags.", **told)
    return [_finding(note, item, said, message("write a list: `{property}: [{tags}]`", **told), "entries")]


def _linked(note: Note, vault: Vault, item: Property) -> list[Finding]:
    """`[[Growth]]` without quotes, alone or in a list."""
    target = unquoted(vault, note, item.value)
    if target is None:
        return []
    said = message("Without quotes `[[{target}]]` is a list within a list, and no link.", target=target)
    mend = message('put it in quotes: `"[[{target}]]"`', target=target)
    return [_finding(note, item, said, mend, "link")]


def _listed(value: Value, *, whole: bool) -> tuple[Value, ...]:
    """The entries of a list; what is none is an entry of its own when the `whole` counts."""
    if isinstance(value, tuple):
        return value
    return (value,) if whole else ()


def _is_lost(entry: Value, *, spaces: bool) -> bool:
    if isinstance(entry, str):
        return spaces and len(entry.split(None, 1)) > 1
    return entry is not None


def _texts(value: Value) -> list[str]:
    return [text for each in _listed(value, whole=True) if (text := text_of(each).removeprefix("#").casefold())]


def _shown(entry: Value) -> str:
    """An entry about as it was written: `LawList: lists` is a mapping to YAML."""
    if isinstance(entry, dict):
        return _short(", ".join(f"{key}: {text_of(value)}".strip() for key, value in entry.items()))
    return _short(text_of(entry).strip() or str(entry))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _finding(note: Note, item: Property, said: Message, mend: Message, reason: str) -> Finding:
    return Finding("ignored-property", SEVERITY, note.path, item.span, said, mend, reason=reason)
