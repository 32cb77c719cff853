"""Findings go in, a SARIF 2.1.0 log comes out, for code scanning and editors.

Paths are relative to the vault, under the `uriBaseId` %SRCROOT%, which viewers take for the checked out folder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit import __version__
from vaultkit.language import say
from vaultkit.report.json import dump
from vaultkit.report.place import artifact, end_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from vaultkit.model import Evidence, Finding
    from vaultkit.report.explained import Explained
    from vaultkit.report.said import Said

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def encode(
    said: Said,
    language: str,
    *,
    texts: Mapping[str, str],
    validators: Sequence[Explained],
    mends: Callable[[Finding], Sequence[object]] = lambda _: (),
) -> str:
    """What `check --format sarif` prints: what is waived and what was known are suppressed, each in its own way.

    `mends` has a finding's `fixes`.
    """
    driver = {"name": "vaultkit", "version": __version__, "rules": [_rule(each) for each in validators]}
    places = {each.name: place for place, each in enumerate(validators)}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder of the vault."}}},
        "results": [_mended(result, mends(each)) for each, result in _results(said, language, texts, places)],
    }
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _results(
    said: Said, language: str, texts: Mapping[str, str], places: Mapping[str, int]
) -> Iterator[tuple[Finding, dict[str, object]]]:
    """Each finding, with what it is to a baseline when there is one."""
    fresh = {"baselineState": "new"} if said.against else {}
    for finding in said.findings:
        yield finding, _result(finding, language, texts, places) | fresh
    for finding in said.known:
        suppressed = {"kind": "external", "status": "accepted", "justification": said.against}
        same = {"baselineState": "unchanged", "suppressions": [suppressed]}
        yield finding, _result(finding, language, texts, places) | same
    for each in said.waived:
        why = " ".join(part for part in (each.finding.waived, f"({each.until})" if each.until else "") if part)
        suppressed = {"kind": "inSource", "status": "accepted"} | ({"justification": why} if why else {})
        yield each.finding, _result(each.finding, language, texts, places) | fresh | {"suppressions": [suppressed]}


def _mended(result: dict[str, object], mends: Sequence[object]) -> dict[str, object]:
    return result | {"fixes": mends} if mends else result


def _rule(validator: Explained) -> dict[str, object]:
    text = "\n\n".join(f"{heading}\n{said}" for heading, said in validator.sections.items())
    marked = "\n\n".join(f"## {heading}\n\n{said}" for heading, said in validator.sections.items())
    described: dict[str, object] = {
        "id": validator.name,
        "shortDescription": {"text": validator.summary},
        "defaultConfiguration": {"level": _LEVELS[validator.severity]},
    }
    return described | ({"help": {"text": text, "markdown": marked}} if text else {})


def _result(finding: Finding, language: str, texts: Mapping[str, str], places: Mapping[str, int]) -> dict[str, object]:
    end = end_of(finding, texts)
    region = {
        "startLine": finding.span.line,
        "startColumn": finding.span.column,
        "endLine": end.line,
        "endColumn": end.column,
    }
    result: dict[str, object] = {
        "ruleId": finding.validator,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{say(finding.message, language)}\n{say(finding.next, language)}"},
        "locations": [{"physicalLocation": {"artifactLocation": artifact(finding.path), "region": region}}],
    }
    if finding.validator in places:  # a bug in a validator is a finding too, and of no validator
        result["ruleIndex"] = places[finding.validator]
    if finding.reason:
        result["properties"] = {"reason": finding.reason}
    if finding.evidence:
        result["relatedLocations"] = [_related(step, language) for step in finding.evidence]
    return result


def _related(step: Evidence, language: str) -> dict[str, object]:
    return {
        "message": {"text": say(step.message, language)},
        "physicalLocation": {"artifactLocation": artifact(step.path), "region": {"startLine": step.line}},
    }
