"""Findings go in, one JSON object comes out: English keys that stay, sentences in the reader's language.

Lines and columns count from 1, columns in code points; offsets count code points from the start of the note.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from vaultkit.language import say
from vaultkit.report.place import end_of
from vaultkit.report.screen import harmless_json
from vaultkit.report.statistics import SEVERITIES, counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vaultkit.model import Finding
    from vaultkit.report.said import Said


def encode(said: Said, language: str, *, notes: int, today: str, texts: Mapping[str, str]) -> str:
    """What `check --format json` prints: what counts is in `findings`, and in nothing else."""
    waived = [
        entry(each.finding, language, texts)
        | {"waived": {"reason": each.finding.waived, "until": each.until and each.until.isoformat()}}
        for each in said.waived
    ]
    known = [entry(finding, language, texts) for finding in said.known]
    baseline = {"file": said.against, "known": known, "gone": said.gone} if said.against else None
    return dump(
        {
            "notes": notes,
            "today": today,
            "counts": counts(said.findings),
            "findings": [entry(finding, language, texts) for finding in said.findings],
            "waived": waived,
            "baseline": baseline,
        }
    )


def statistics(said: Said, *, notes: int, today: str) -> str:
    """What `check --statistics --format json` prints."""
    rows = [each._asdict() for each in counted(said.findings)]
    lived_with = {"waived": len(said.waived), "known": len(said.known)}
    return dump({"notes": notes, "today": today, "counts": counts(said.findings), "validators": rows} | lived_with)


def counts(findings: Sequence[Finding]) -> dict[str, int]:
    """How many there are of each severity."""
    count = Counter[str](finding.severity for finding in findings)
    return {severity: count[severity] for severity in SEVERITIES}


def entry(finding: Finding, language: str, texts: Mapping[str, str]) -> dict[str, object]:
    """One finding as JSON's own types."""
    end, fix = end_of(finding, texts), finding.fix
    return {
        "validator": finding.validator,
        "severity": finding.severity,
        "reason": finding.reason or None,
        "path": finding.path,
        "line": finding.span.line,
        "column": finding.span.column,
        "end_line": end.line,
        "end_column": end.column,
        "start_offset": finding.span.start,
        "end_offset": finding.span.end,
        "message": say(finding.message, language),
        "evidence": [
            {"message": say(step.message, language), "path": step.path, "line": step.line} for step in finding.evidence
        ],
        "next": say(finding.next, language),
        "fix": fix and {"message": say(fix.message, language), "safe": fix.safe},
    }


def dump(value: object) -> str:
    """Any value as indented JSON that is harmless on a terminal."""
    return harmless_json(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())
