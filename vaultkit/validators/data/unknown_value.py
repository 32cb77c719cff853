"""A word that vaultkit does not know, where it reads one of a few.

## What it flags
A `status`, `health`, `direction`, `stance`, `commitment`, `reversibility` or `confidentiality` of a live note that is
none of the words that its kind knows: one that is nearly such a word, in each note (`misspelt`); any other, once for
all notes of a kind that have it (`unknown`). Tasks and people are left out, since plugins and other lists give them
words of their own, and so are numbers, `?` and what is still to be settled.

## Why it matters
A status that is not known closes nothing and starts nothing: what is `finshed` stays on every list as open work, and a
`confidentiality` that is not known keeps nobody out.

## How to mend it
Write the word that is meant; `vaultkit check --fix` does it where one letter is wrong. To keep a word of your own, add
it to the kind's vocabulary in your templates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vaultkit.insights.fielded import KINDS as EVERY
from vaultkit.insights.fielded import UNSAID, fielded
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.model import TOP, Finding, Fix, Put
from vaultkit.text import fold
from vaultkit.vault.values import choice_of, number_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Property, Severity, Value
    from vaultkit.vault import Vault
    from vaultkit.vault.kinds import Field

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = tuple(kind for kind in EVERY if kind not in {"task", "person"})
READS: tuple[Reads, ...] = ("work",)

FIELDS = frozenset(
    {"status", "health", "direction", "stance", "stance_target", "commitment", "reversibility", "confidentiality"}
)
"""Those whose words vaultkit judges by. Others, `outcome` or `priority`, people fill in as they please."""
LONGEST = 40
"""Characters: a longer text is a sentence, not a word out of a list."""
LIKENESS = 0.8
"""The least ratio of difflib at which a word is proposed."""
SHOWN = 8
"""How many of the words that are known are named."""


class Unread(NamedTuple):
    """A value that is not known."""

    kind: str
    field: str
    word: str
    """Folded."""
    text: str
    property: str
    line: int


def unread(vault: Vault, note: Note) -> tuple[Unread, ...]:
    """The values of a note that its kind's vocabularies do not know, a field that is read by another name left out."""
    told = vault.recognised.get(note.path)
    if told is None or told.kind not in KINDS:
        return ()
    found = (
        Unread(told.kind, field.name, fold(text_of(item.value)), text_of(item.value), item.name, item.span.line)
        for item, field in fielded(vault, note)
        if field.name in FIELDS and _is_unread(item, field) and vault.choice(note, field.name) is None
    )
    return tuple(found)


def firsts(vault: Vault) -> Mapping[tuple[str, str, str], tuple[str, int]]:
    """Kind, field and word -> the first live note with it, and how many there are."""
    found: dict[tuple[str, str, str], tuple[str, int]] = {}
    gathered = vault.gather(unread)
    for path in vault.recognised:
        for each in gathered[path]:
            if is_live(vault, vault.notes[path]):
                first, count = found.get(each[:3], (path, 0))
                found[each[:3]] = first, count + 1
    return found


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each value that is nearly a known one; for any other at the first note that has it."""
    found = vault.gather(unread)[note.path]
    if not found or not is_live(vault, note):
        return
    for each in found:
        field = vault.field(note, each.field)
        near, safe = _near(each.word, field) if field else ("", False)
        first, count = vault.ask(firsts)[each[:3]]
        if field and near:
            yield _misspelt(note, vault, each, field.spelled.get(near, near), safe=safe)
        elif field and first == note.path:
            yield _unknown(note, vault, each, field, count)


def _is_unread(item: Property, field: Field) -> bool:
    """Whether a value is not known, under the name that a reader would write the field by."""
    names = {fold(field.name), *map(fold, field.labels.values())}
    if fold(item.name) not in names or item.value is None or isinstance(item.value, bool | dict):
        return False
    text = text_of(item.value)
    word = fold(text)
    if word in UNSAID or len(text) > LONGEST or not any(map(str.isalpha, text)) or number_of(item.value) is not None:
        return False
    values = item.value if isinstance(item.value, tuple) else (item.value,)
    return not any(_is_known(value, field) for value in (item.value, *values))


def _is_known(value: Value, field: Field) -> bool:
    """Whether it is a word of the vocabulary, or begins with one and says more: `superseded by ADR-12`."""
    text = text_of(value)
    if not text or choice_of(value, field.vocabulary):
        return True
    word = fold(text)
    return any(word[:end] in field.vocabulary for end, mark in enumerate(word) if mark in " ,;:(")


def _near(word: str, field: Field) -> tuple[str, bool]:
    """The word of the vocabulary that is nearest, empty when none is near; and whether only it can have been meant."""
    slips = [known for known in field.vocabulary if abs(len(known) - len(word)) <= 1 and _is_slip(word, known)]
    if len({field.vocabulary[slip] for slip in slips}) == 1:
        return slips[0], True
    from difflib import get_close_matches  # 14 ms, and only where a word is not known

    return next(iter(get_close_matches(word, list(field.vocabulary), n=1, cutoff=LIKENESS)), ""), False


def _is_slip(word: str, near: str) -> bool:
    """Whether one letter is wrong, missing, too many, or two have changed places."""
    if len(near) < 4:
        return False
    start = next((place for place, pair in enumerate(zip(word, near, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return abs(len(word) - len(near)) == 1
    swapped = word[start : start + 2] == near[start : start + 2][::-1] and word[start + 2 :] == near[start + 2 :]
    one = (word[start + 1 :], near[start + 1 :]), (word[start:], near[start + 1 :]), (word[start + 1 :], near[start:])
    return swapped or any(left == right for left, right in one)


def _misspelt(note: Note, vault: Vault, each: Unread, near: str, *, safe: bool) -> Finding:
    item = vault.property(note, each.field)
    word = near.capitalize() if each.text[:1].isupper() else near
    written = f"{each.property}: {word}"
    mend = message("write `{written}`", written=written)
    alone = item is not None and item.name == each.property and not isinstance(item.value, tuple)
    said = message(
        "{name} says `{property}: {text}`, which is no known word: did you mean {word}?",
        property=each.property,
        text=each.text,
        name=called(vault, note.path),
        word=word,
    )
    fix = Fix(mend, (Put(note.path, each.property, word),), safe=safe) if alone else None
    return _finding(note, each, (said, mend), ("misspelt", fix))


def _unknown(note: Note, vault: Vault, each: Unread, field: Field, count: int) -> Finding:
    known = ", ".join(list(dict.fromkeys(field.vocabulary.values()))[:SHOWN])
    said = plural(
        "{name} says `{property}: {text}`, which is no known word.",
        "{count} notes, {name} among them, say `{property}: {text}`, which is no known word.",
        count,
        property=each.property,
        text=each.text,
        name=called(vault, note.path),
    )
    mend = message("write what it means of {words}, or add it to the vocabulary in a template of yours", words=known)
    return _finding(note, each, (said, mend), ("unknown", None))


def _finding(note: Note, each: Unread, told: tuple[Message, Message], how: tuple[str, Fix | None]) -> Finding:
    items = (item for item in (*note.properties, *note.fields) if item.name == each.property)
    span = next((item.span for item in items if item.span.line == each.line), TOP)
    return Finding("unknown-value", SEVERITY, note.path, span, *told, reason=how[0], fix=how[1])
