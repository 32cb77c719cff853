"""Findings and the texts of their notes go in; the edits that mend them come out, with what was left, and why.

A fix is made whole or not at all, also where it concerns several notes. Those of one note are made one after another;
where two want the same place, the second waits for the next run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from vaultkit.language import message
from vaultkit.mending.draft import Draft
from vaultkit.mending.putting import put
from vaultkit.mending.rewriting import rewrite
from vaultkit.model import Edit, Finding, Message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from vaultkit.model import Fix, Put


class Left(NamedTuple):
    """A finding whose fix was not made."""

    finding: Finding
    why: Message


class Mending(Struct, frozen=True):
    """What there is to write, which findings it mends, and which it does not."""

    edits: tuple[Edit, ...] = ()
    made: tuple[Finding, ...] = ()
    left: tuple[Left, ...] = ()


def concerned(findings: Iterable[Finding]) -> frozenset[str]:
    """The notes whose texts are needed to make the safe fixes of these findings."""
    fixes = [finding.fix for finding in findings if finding.fix is not None and finding.fix.safe]
    written = {each.path for fix in fixes for each in fix.puts}
    return frozenset(written.union(each.path for fix in fixes for each in fix.rewrites))


def mend(findings: Iterable[Finding], texts: Mapping[str, str], lists: Collection[str] = ()) -> Mending:
    """Make the safe fixes of these findings, in their order.

    `texts` are those of the notes that read as they did when the findings were made; `lists` are the properties, in
    small letters, that Obsidian's settings say are lists.
    """
    bench = _Bench(texts, lists)
    made, left = [], []
    for finding in findings:
        if finding.fix is None or not finding.fix.safe:
            continue
        why = bench.make(finding.fix)
        if why is None:
            made.append(finding)
        else:
            left.append(Left(finding, why))
    return Mending(bench.edits(), tuple(made), tuple(left))


class _Bench:
    """The notes under repair."""

    def __init__(self, texts: Mapping[str, str], lists: Collection[str]) -> None:
        self._drafts = {path: Draft(text) for path, text in texts.items()}
        self._lists = lists
        self._written: dict[tuple[str, str], Put] = {}
        """What has been put into each property of each note."""

    def make(self, fix: Fix) -> Message | None:
        """Make a fix; or leave everything as it is, and say why."""
        drafts, written = dict(self._drafts), dict(self._written)
        for each in fix.rewrites:
            draft = drafts.get(each.path)
            outcome = _changed() if draft is None else rewrite(draft, each)
            if isinstance(outcome, Message):
                return outcome
            drafts[each.path] = outcome
        for wanted in fix.puts:
            draft, place = drafts.get(wanted.path), (wanted.path, wanted.property.casefold())
            if draft is None:
                return _changed()
            if _clash(written.get(place), wanted):
                return message("another fix of this run writes {property}: run it again", property=wanted.property)
            text = put(draft.text, wanted, as_list=wanted.property.lower() in self._lists)
            if isinstance(text, Message):
                return text
            drafts[wanted.path], written[place] = draft.reading(text), wanted
        if drafts == self._drafts and written != self._written:
            return message("it reads so already")
        self._drafts, self._written = drafts, written
        return None

    def edits(self) -> tuple[Edit, ...]:
        """What makes each note read as it does here: whole files, so that nothing is written over a newer one."""
        return tuple(
            Edit(path, draft.original, draft.text, whole=True)
            for path, draft in sorted(self._drafts.items())
            if draft.text != draft.original
        )


def _clash(earlier: Put | None, wanted: Put) -> bool:
    """Whether one of them would take back what the other has written."""
    return earlier is not None and earlier != wanted and "set" in {earlier.how, wanted.how}


def _changed() -> Message:
    return message("it has changed since it was read: run it again")
