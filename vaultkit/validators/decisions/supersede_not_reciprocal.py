"""One decision takes the place of another, and only one of them says so.

## What it flags
Two decisions of which one replaces the other, once the new one is accepted: the other one says nothing of it
(`one-sided`); both say it, and the old one still reads as if it held (`status`); the other one does not exist
(`missing`); or decisions that replace one another in turn, so that none of them holds (`cycle`). What the other one
says in its text, with a link, counts as said.

## Why it matters
Whoever finds the old decision first acts on it: nothing in it says that it no longer holds. And whoever reads the new
one cannot see what it puts an end to.

## How to mend it
Say it on both sides, `supersedes` and `superseded_by`, and give the old one the status `superseded`. `vaultkit check
--fix` does it. Cut a circle at the link that is wrong.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultkit.insights.decisions import missing, replacement_circles, replacements, stands, state, stated
from vaultkit.insights.names import names
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message
from vaultkit.model import Evidence, Finding, Fix, Put, Rewrite
from vaultkit.text import fold
from vaultkit.validators import telling
from vaultkit.vault.values import first_words, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.insights.changed import Reads
    from vaultkit.insights.decisions import Replacement
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Edge, Vault

SEVERITY: Severity = "error"
KINDS: tuple[str, ...] = ("decision",)
READS: tuple[Reads, ...] = ("names", "work")

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"[0-9]{1,9}")
"""What tells one record of a decision from the next, however many zeros stand before it."""


def circle_of(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """Decision -> the circle that it is in."""
    return {path: circle for circle in vault.ask(replacement_circles) for path in circle}


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each decision that this one replaces, or that replaces it, on one side alone."""
    for edge in vault.ask(missing).get(note.path, ()):
        yield _missing(note, vault, edge)
    circle = vault.ask(circle_of).get(note.path, ())
    if circle and circle[0] == note.path:
        yield _cycle(note, vault, circle)
    seen = set()
    for each in vault.gather(stated)[note.path]:
        pair = each.new, each.old
        known = vault.ask(replacements).get(each.old, ())
        if pair in seen or each not in known or {*pair} <= {*circle} or not stands(vault, vault.notes[each.new]):
            continue
        seen.add(pair)
        if _expects_answer(note, each) and not _says_too(vault, *(pair if note.path == each.old else reversed(pair))):
            yield _finding(note, vault, each, "one-sided")
        elif _still_reads(vault, each.old) and _is_first(note, each, known):
            yield _finding(note, vault, each, "status")


def _expects_answer(note: Note, each: Replacement) -> bool:
    """Records that say `Superseded by` in their text have no such line in the new one: the old one is enough."""
    return note.path == each.new or bool(each.edge.link.property or each.edge.link.field)


def _says_too(vault: Vault, other: str, path: str) -> bool:
    """Whether the other one links to this one, in whatever way."""
    return any(edge.target == path and edge.human for edge in vault.graph.of(other)) or _is_named(vault, other, path)


def _is_named(vault: Vault, other: str, path: str) -> bool:
    """Whether the status of a decision names another: `superseded by ADR-12` means `0012-use-git` too."""
    status = vault.text(vault.notes[other], "status")
    if not status or not first_words(status):
        return False
    note = vault.notes[path]
    if any(
        name and f" {name} " in _spaced(status)
        for name in (_spaced(note.name).strip(), _spaced(vault.title(note)).strip())
    ):
        return True
    number = _NUMBER.search(note.name)
    return number is not None and int(number[0]) in map(int, _NUMBER.findall(status))


def _spaced(text: str) -> str:
    return f" {' '.join(_WORD.findall(fold(text)))} "


def _still_reads(vault: Vault, old: str) -> bool:
    return state(vault, vault.notes[old]) in {"open", "put-off", "accepted"}


def _is_first(note: Note, each: Replacement, known: tuple[Replacement, ...]) -> bool:
    """Whether this note is the one of the two to be told: the new one, where it says so in a property."""
    return note.path == each.new or not any(one.new == each.new and one.edge.source == each.new for one in known)


def _finding(note: Note, vault: Vault, each: Replacement, reason: str) -> Finding:
    new, old = called(vault, each.new), called(vault, each.old)
    mend, fix = _mend(note, vault, each, reason)
    return Finding(
        "supersede-not-reciprocal",
        SEVERITY,
        note.path,
        each.edge.link.span,
        _said(note, vault, each, reason),
        mend,
        (
            Evidence(message("{new} replaces {old}", new=new, old=old), note.path, each.edge.link.span.line),
            telling.says(vault, vault.notes[each.old], "status"),
        ),
        reason,
        fix,
    )


def _said(note: Note, vault: Vault, each: Replacement, reason: str) -> Message:
    new, old, item = called(vault, each.new), called(vault, each.old), vault.property(vault.notes[each.old], "status")
    if note.path == each.old and reason == "one-sided":
        return message("{old} says that {new} replaces it, and {new} says nothing of it.", new=new, old=old)
    if item is None or not (_still_reads(vault, each.old) or first_words(text_of(item.value))):
        return message("{new} replaces {old}, and {old} says nothing of it.", new=new, old=old)
    return message(
        "{new} replaces {old}, and {old} still reads `{property}: {value}`.",
        new=new,
        old=old,
        property=item.name,
        value=text_of(item.value),
    )


def _mend(note: Note, vault: Vault, each: Replacement, reason: str) -> tuple[Message, Fix | None]:
    old, new = vault.notes[each.old], vault.notes[each.new]
    if _is_told_in_text(vault, old) or (note.path == each.old and _is_told_in_text(vault, new)):
        names = {"new": called(vault, new.path), "old": called(vault, old.path)}
        if note.path == each.new or reason == "status":
            return message("write `Superseded by {new}` as the status of {old}, with a link", **names), None
        return message("write `Supersedes {old}` into {new}, with a link", **names), None
    puts: list[Put] = []
    words: list[Message | str] = []
    if reason == "one-sided":
        other, field = (old, "superseded_by") if note.path == each.new else (vault.notes[each.new], "supersedes")
        link = f'"{telling.link(vault, note.path)}"'
        puts.append(Put(other.path, property_name(vault, other, field), link, "add"))
        words.append(_written(vault, puts[-1]))
    if _still_reads(vault, each.old):
        value = telling.word(vault, old, "superseded", "remplacée")
        puts.append(Put(old.path, property_name(vault, old, "status"), value))
        words.append(_written(vault, puts[-1]))
    mend = message("write {properties}", properties=telling.both(words))
    return mend, Fix(mend, tuple(puts), safe=not first_words(vault.text(old, "status")))


def _is_told_in_text(vault: Vault, note: Note) -> bool:
    """Whether a decision has its status in its text, where nothing is put by itself."""
    item = vault.property(note, "status")
    return item is not None and item not in (*note.properties, *note.fields)


def _written(vault: Vault, put: Put) -> Message:
    return message(
        "`{property}: {value}` in {name}", property=put.property, value=put.value, name=called(vault, put.path)
    )


def _missing(note: Note, vault: Vault, edge: Edge) -> Finding:
    name, target, meant = called(vault, note.path), edge.link.target, vault.ask(names).nearest(edge.link.target)
    if edge.relation == "supersedes":
        told = message("{name} says that it replaces {target}, which does not exist.", name=name, target=target)
    else:
        told = message("{name} says that {target} replaces it, which does not exist.", name=name, target=target)
    mend, fix = message("correct the name, or take the link away"), None
    if meant is not None:
        link = telling.rewritten(vault, note, edge.link, meant)
        mend = message("did you mean {link}?", link=link)
        fix = Fix(mend, rewrites=(Rewrite(note.path, edge.link.span, link),))
    step = Evidence(message("nothing is called {target}", target=target), note.path, edge.link.span.line)
    return Finding("supersede-not-reciprocal", SEVERITY, note.path, edge.link.span, told, mend, (step,), "missing", fix)


def _cycle(note: Note, vault: Vault, circle: tuple[str, ...]) -> Finding:
    steps = []
    for new, old in zip(circle, (*circle[1:], circle[0]), strict=True):
        each = next(one for one in vault.ask(replacements)[old] if one.new == new)
        said = message("{new} replaces {old}", new=called(vault, new), old=called(vault, old))
        steps.append((each, Evidence(said, each.edge.source, telling.stated_at(each.edge))))
    names = " → ".join(called(vault, path) for path in (*circle, circle[0]))
    own = next((each.edge for each, _ in steps if each.edge.source == note.path), None)
    return Finding(
        "supersede-not-reciprocal",
        SEVERITY,
        note.path,
        telling.place(note, own),
        message("Each of these decisions replaces the next, and none of them holds: {names}.", names=names),
        message("remove the link that is wrong, so that the last of them stands"),
        tuple(evidence for _, evidence in steps[: telling.LONGEST]),
        "cycle",
    )
