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

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vaultkit.model import Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


def encode(findings: Sequence[Finding], language: str, *, notes: int, today: str, texts: Mapping[str, str]) -> str:
    """What `check --format json` prints."""
    count = Counter[str](finding.severity for finding in findings)
    return dump(
        {
            "notes": notes,
            "today": today,
            "counts": {severity: count[severity] for severity in SEVERITIES},
            "findings": [entry(finding, language, texts) for finding in findings],
        }
    )


def entry(finding: Finding, language: str, texts: Mapping[str, str]) -> dict[str, object]:
    """One finding as JSON's own types."""
    end = end_of(finding, texts)
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
    }


def dump(value: object) -> str:
    """Any value as indented JSON that is harmless on a terminal."""
    return harmless_json(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())
