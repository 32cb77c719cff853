"""Findings go in, workflow commands come out that GitHub shows beside the lines they speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.language import message, say
from vaultkit.report.place import end_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vaultkit.model import Finding

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}
_SPACES = "\u00a0\u202f"
"""What French sets before `:` and `?`: Python does not count these spaces as printable."""


def lines(findings: Sequence[Finding], language: str, *, texts: Mapping[str, str], folder: str = "") -> Iterator[str]:
    """One command a finding: `::error title=...,file=...,line=...::message`; `folder` leads to the vault."""
    for finding in findings:
        end = end_of(finding, texts)
        places = {
            "title": f"vaultkit ({finding.validator})",
            "file": f"{folder}/{finding.path}" if folder else finding.path,
            "line": str(finding.span.line),
            "col": str(finding.span.column),
            "endLine": str(end.line),
            "endColumn": str(end.column),
        }
        given = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in places.items())
        said = [
            finding.message,
            *(step.message for step in finding.evidence),
            message("next: {step}", step=finding.next),
        ]
        text = "\n".join(say(words, language) for words in said)
        yield f"::{_LEVELS[finding.severity]} {given}::{_escaped(text)}"


def _escaped(text: str, further: str = "") -> str:
    """`text` as GitHub's runner decodes it: control characters percent-encoded, so that a note can give no command."""
    return "".join(_percent(c) if c in f"%{further}" or not (c.isprintable() or c in _SPACES) else c for c in text)


def _percent(character: str) -> str:
    """The runner decodes no more than these four; what else cannot be printed is left out."""
    return f"%{ord(character):02X}" if character in "%\r\n:," else ""
