"""Where a finding stands, as machines count it: a span and the note's text go in, its end comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.model import Finding


class End(NamedTuple):
    """Just behind the last character: line and column count from 1, columns in code points."""

    line: int
    column: int


def end_of(finding: Finding, texts: Mapping[str, str]) -> End:
    """Where the finding's span ends; where it starts, when the text of its note is not at hand."""
    span = finding.span
    text = texts.get(finding.path, "")[span.start : span.end]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) == 1:
        return End(span.line, span.column + len(text))
    return End(span.line + len(lines) - 1, len(lines[-1]) + 1)


def artifact(path: str) -> dict[str, str]:
    """A note as SARIF names it."""
    return {"uri": quote(path, safe="/"), "uriBaseId": "%SRCROOT%"}
