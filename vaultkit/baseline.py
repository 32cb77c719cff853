"""What an old vault is known to be wrong about: findings and a baseline go in; what is new, known and gone comes out.

A finding is the same as an earlier one when its validator, reason, note and facts are, numbers and dates left out: who
is late by one day more is not late anew. How many there are of one kind counts. A note that was moved takes what is
known of it along, as long as only one note of its name has gone and only one has come.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from vaultkit.errors import ConfigError
from vaultkit.language import message
from vaultkit.model import INTERNAL_ERROR, Finding, Message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

FILE_NAME = "vaultkit-baseline.json"
_VERSION = 1
_BETWEEN = "; "
_NUMBER = re.compile(r"(?<!\w)(?<![^\W\d_]-)\d+(?:[-.:/,]\d+)*")
"""One that belongs to a word (`W06`, `ADR-0003`) is part of a name."""


class Entry(Struct, frozen=True, order=True, omit_defaults=True, forbid_unknown_fields=True):
    """A finding that is known, as the file has it."""

    path: str
    validator: str
    reason: str = ""
    facts: str = ""
    """What fills its sentence, without numbers."""
    count: int = 1


class _Baseline(Struct, frozen=True, forbid_unknown_fields=True):
    """The file, whole."""

    vaultkit_baseline: int
    findings: tuple[Entry, ...]


class Delta(Struct, frozen=True):
    """What is said of a vault, held against what was known."""

    new: tuple[Finding, ...]
    known: tuple[Finding, ...] = ()
    gone: int = 0
    """How many findings of the baseline are no longer found."""


def written(findings: Iterable[Finding]) -> str:
    """The baseline of these findings as a file: a line each, in order, so that its changes can be read."""
    counted = Counter(entry_of(finding) for finding in findings if finding.validator != INTERNAL_ERROR)
    return _file(msgspec.structs.replace(entry, count=count) for entry, count in counted.items())


def moved(text: str, old: str, new: str) -> str:
    """A baseline after a note was moved: what is known of it stands under its new path, and under its new name."""
    names = {_plain(path): _plain(then) for path, then in ((old, new), (_name(old), _name(new)))}
    return _file(
        msgspec.structs.replace(
            entry,
            path=new if entry.path == old else entry.path,
            facts=_BETWEEN.join(_renamed(fact, names) for fact in entry.facts.split(_BETWEEN)),
        )
        for entry in read(text, FILE_NAME)
    )


def _file(entries: Iterable[Entry]) -> str:
    lines = ",\n".join(msgspec.json.encode(entry).decode() for entry in sorted(entries))
    return f'{{"vaultkit_baseline": {_VERSION}, "findings": [\n{lines}\n]}}\n'


def _renamed(fact: str, names: Mapping[str, str]) -> str:
    place, colon, value = fact.partition(": ")
    return f"{place}{colon}{names.get(value, value)}"


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _plain(name: str) -> str:
    """A note's path or name as a fact has it."""
    return _NUMBER.sub("#", unicodedata.normalize("NFC", name.removesuffix(".md")))


def read(text: str, path: str) -> tuple[Entry, ...]:
    """What is known; raises ConfigError for what is no baseline."""
    try:
        found = msgspec.json.decode(text, type=_Baseline)
    except (msgspec.MsgspecError, UnicodeEncodeError):
        found = None
    if found is None or found.vaultkit_baseline != _VERSION:
        raise ConfigError(
            message("this is no baseline of vaultkit's"),
            path=path,
            hint=message("write it anew: {command}", command="vaultkit check --write-baseline"),
        )
    return found.findings


def is_one(text: str) -> bool:
    """Whether a text is a baseline."""
    try:
        read(text, "")
    except ConfigError:
        return False
    return True


def delta(findings: Iterable[Finding], known: Iterable[Entry], paths: Collection[str]) -> Delta:
    """What of it is new; `paths` are all files of the vault."""
    found = tuple(findings)
    entries = tuple(_followed(tuple(known), found, paths))
    left: Counter[Entry] = Counter()
    for entry in entries:
        left[msgspec.structs.replace(entry, count=1)] += entry.count
    new, old = [], []
    for finding in found:
        entry = entry_of(finding)
        if left[entry] > 0:
            left[entry] -= 1
            old.append(finding)
        else:
            new.append(finding)
    return Delta(tuple(new), tuple(old), sum(left.values()))


def _followed(known: tuple[Entry, ...], found: tuple[Finding, ...], paths: Collection[str]) -> Iterator[Entry]:
    """The entries, each with the path that its note has now."""
    there = frozenset(paths)
    listed = {entry.path for entry in known}
    gone = _by_name(listed - there)
    come = _by_name({finding.path for finding in found if finding.path in there} - listed)
    moved = {old[0]: come[name][0] for name, old in gone.items() if len(old) == 1 and len(come.get(name, ())) == 1}
    for entry in known:
        yield msgspec.structs.replace(entry, path=moved[entry.path]) if entry.path in moved else entry


def _by_name(paths: Iterable[str]) -> Mapping[str, list[str]]:
    names: dict[str, list[str]] = {}
    for path in sorted(paths):
        names.setdefault(_name(path), []).append(path)
    return names


def entry_of(finding: Finding) -> Entry:
    """What makes a finding the same as an earlier one."""
    return Entry(finding.path, finding.validator, finding.reason, _BETWEEN.join(_facts(finding.message)))


def _facts(said: Message) -> Iterator[str]:
    """What fills a sentence's places, in their order by name; the sentence itself may be put better some day."""
    for name, value in sorted(said.values.items()):
        if isinstance(value, Message):
            yield from _facts(value)
        elif isinstance(value, str):
            fact = _NUMBER.sub("#", value).encode(errors="replace").decode()  # a note may escape half a character
            yield f"{name}: {fact}"
