"""A decision that was taken, and does not say when, by whom or why.

## What it flags
An accepted decision without a day, without a decider, or without a word of the reason. A link to the meeting counts for
the day, an owner for the one who decided, and any text for the reason. What none of five decisions or more says is not
asked of one of them, unless its note has the property and leaves it empty. Records that say in their text how they
stand, `Status: accepted` or below a heading `Status`, are read as they are, and judged by their own habits.

## Why it matters
In six months somebody will want to open the matter again. Without a name there is nobody to ask, without a day nobody
knows what was known at the time, and without a reason the whole discussion begins anew.

## How to mend it
Fill in the properties that are named, or write down in one sentence why it was decided so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.decisions import habits, state
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message
from vaultkit.model import Evidence, Finding
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "error"
KINDS: tuple[str, ...] = ("decision",)
READS: tuple[Reads, ...] = ("work",)

_NO_WORDS = frozenset({"yaml", "heading", "comment", "thematicBreak"})
"""The sections of a note that give no reason."""
_DATE, _DECIDER = ("date", "decided", "day"), ("decider", "deciders", "decision makers", "decideur", "decideurs")


def listed(vault: Vault) -> frozenset[str]:
    """The decisions that a meeting lists as its own."""
    meetings = vault.of_kind("meeting")
    return frozenset(e.target for note in meetings for e in vault.relation(note, "decisions") if e.target)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for an accepted decision, with all that it does not say."""
    if state(vault, note) != "accepted":
        return
    fields = [field for field in ("date", "decider") if _is_missing(vault, note, field)]
    reason = _has_reason(vault, note)
    if not fields and reason:
        return
    named = {"date": message("a day"), "decider": message("a decider")}
    missing = [*(named[field] for field in fields), *(() if reason else (message("a reason"),))]
    name, item = called(vault, note.path), vault.property(note, "status")
    yield Finding(
        "decision-incomplete",
        SEVERITY,
        note.path,
        telling.span_of(item),
        _said(name, missing),
        _mend(vault, note, fields, has_reason=reason),
        (telling.says(vault, note, "status"), *(telling.says(vault, note, field) for field in fields))
        if fields
        else (
            telling.says(vault, note, "status"),
            Evidence(message("there is no text in {name}", name=name), note.path),
        ),
    )


def _said(name: str, missing: list[Message]) -> Message:
    *others, last = missing
    if not others:
        return message("{name} is accepted without {missing}.", name=name, missing=last)
    first = message("{first}, {others}", first=others[0], others=others[1]) if others[1:] else others[0]
    return message("{name} is accepted without {missing} or {last}.", name=name, missing=first, last=last)


def _mend(vault: Vault, note: Note, fields: list[str], *, has_reason: bool) -> Message:
    properties = telling.both([f"`{property_name(vault, note, field)}`" for field in fields]) if fields else ""
    if has_reason:
        return message("fill in {properties}", properties=properties)
    if not fields:
        return message("write in a sentence why it was decided so")
    return message("fill in {properties}, and write in a sentence why it was decided so", properties=properties)


def _is_missing(vault: Vault, note: Note, field: str) -> bool:
    if any(vault.text(note, each) for each in (field, *(("decided_in",) if field == "date" else ("owner",)))):
        return False
    if field == "date" and (note.path in vault.ask(listed) or note.name[:4].isdigit()):
        return False
    words = _DATE if field == "date" else _DECIDER
    if any(telling.folded(heading) in words for heading in note.headings):
        return False
    usual = habits(vault, note)
    return vault.property(note, field) is not None or field in usual or (field == "decider" and "owner" in usual)


def _has_reason(vault: Vault, note: Note) -> bool:
    """Whether anything is said that may be the reason: a checkbox is none."""
    if any(vault.text(note, field) for field in ("why", "context")):
        return True
    spoken = (section for section in note.sections if section.kind not in _NO_WORDS)
    return any(not any(each.start <= task.span.start < each.end for task in note.tasks) for each in spoken)
