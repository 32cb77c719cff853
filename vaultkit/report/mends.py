"""A finding and the texts of its notes go in; its safe fix comes out as SARIF has it: what to replace by what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.language import say
from vaultkit.mending import concerned, mend
from vaultkit.mending.draft import difference
from vaultkit.report.place import artifact

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from vaultkit.model import Edit, Finding


def mends(finding: Finding, language: str, texts: Mapping[str, str], lists: Collection[str]) -> list[dict[str, object]]:
    """SARIF's `fixes`; none for what is waived, or cannot be mended without asking or changing something else.

    `texts` and `lists` are those of `mending.mend`.
    """
    fix = finding.fix
    if fix is None or not fix.safe or finding.waived is not None:
        return []
    wanted = {path: texts[path] for path in concerned((finding,)) if path in texts}
    changes = [_change(edit) for edit in mend((finding,), wanted, lists).edits]
    return [{"description": {"text": say(fix.message, language)}, "artifactChanges": changes}] if changes else []


def _change(edit: Edit) -> dict[str, object]:
    """What a note's edit replaces, as little as it can be."""
    before, after = edit.expected or "", edit.text or ""
    start, end, now = difference(before, after)
    region = _place(before, start, "start") | _place(before, end, "end")
    replacement = {"deletedRegion": region, "insertedContent": {"text": after[start:now]}}
    return {"artifactLocation": artifact(edit.path), "replacements": [replacement]}


def _place(text: str, offset: int, name: str) -> dict[str, int]:
    """A line and a column, as all places of the log are said."""
    lines = text[:offset].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return {f"{name}Line": len(lines), f"{name}Column": len(lines[-1]) + 1}
