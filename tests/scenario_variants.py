"""The same vault written in other ways: a scenario goes in, what is said of each way of writing it comes out.

Line ends, a byte order mark, a property or a note that have nothing to do with it, names as macOS keeps them: none of
this may move a finding, nor, as long as no line moves, anything that is read.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from tests.scenario_runner import findings, in_words, run
from tests.scenario_speakers import READINGS, composed
from vaultkit.model import TOP

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.scenario_runner import Expected, Scenario
    from vaultkit.model import Evidence, Finding

UNRELATED = b"unrelated: 1\n"
NOTES = (".md",)
READ = (".md", ".canvas", ".base")
ORDER_MARK = b"\xef\xbb\xbf"


class Variant(NamedTuple):
    """Another way to write down the same vault: of it, the same must be said."""

    files: Callable[[Mapping[str, bytes]], dict[str, bytes]]
    back: Callable[[bytes, int], int] = lambda _, line: line
    """A file as it was, and a line of it as it now counts -> the line as it counted before; 0 for one that is new."""


def moved(scenario: Scenario, variant: Variant, folder: Path) -> str:
    """What is said of a scenario's vault when it is written another way, its lines counted as they were before."""
    done = run(scenario, folder, variant.files(scenario.files))

    def line_before(path: str, line: int) -> int:
        return variant.back(scenario.files.get(composed(path), b""), line) if path.endswith(NOTES) else line

    def before(finding: Finding) -> Finding:
        span = finding.span
        if span != TOP:
            span = replace(span, line=line_before(finding.path, span.line))
        steps = tuple(step_before(step) for step in finding.evidence)
        return replace(finding, span=span, evidence=steps)

    def step_before(step: Evidence) -> Evidence:
        return replace(step, line=line_before(step.path, step.line))

    return "".join(sorted(in_words(before(finding)) for finding in findings(done)))


def unmoved(scenario: Scenario, folder: Path) -> str:
    """What is said of the vault as the scenario writes it, in the order of `moved`."""
    return "".join(sorted(in_words(finding) for finding in findings(run(scenario, folder))))


def readings(scenario: Scenario, variant: Variant, folder: Path) -> list[str]:
    """What is read of a scenario's vault when it is written another way, in the order of the blocks that ask for it."""
    done = run(scenario, folder, variant.files(scenario.files))
    return [READINGS[block.speaker](done, block.argument) for block in asked(scenario)]


def asked(scenario: Scenario) -> list[Expected]:
    """The blocks of a scenario that must read the same in every variant."""
    return [block for block in scenario.expected if block.speaker in READINGS]


def _in_files(
    change: Callable[[bytes], bytes], ends: tuple[str, ...]
) -> Callable[[Mapping[str, bytes]], dict[str, bytes]]:
    return lambda files: {path: change(data) if path.endswith(ends) else data for path, data in files.items()}


def _with_property(data: bytes) -> bytes:
    """The first property of its frontmatter, or the only one of a new one; vaultkit's own pages stay as they are."""
    if _is_generated(data):
        return data
    if data.startswith(b"---\n"):
        return data.replace(b"---\n", b"---\n" + UNRELATED, 1)
    return b"---\n" + UNRELATED + b"---\n" + data


def _without_property(data: bytes, line: int) -> int:
    """Line 1 stays: nothing is written there but the mark of the frontmatter, or what is said of a note as a whole."""
    if line == 1 or _is_generated(data):
        return line
    added, last = (1, 2) if data.startswith(b"---\n") else (3, 3)
    return line - added if line > last else 0


def _is_generated(data: bytes) -> bool:
    return b"\ngenerated: vaultkit\n" in data


def _decomposed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {unicodedata.normalize("NFD", path): data for path, data in files.items()}


def _with_note(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {**files, "Aside/Recipe for onion soup.md": b"# Onions\n\nSlice them, and be patient.\n"}


def _everything(files: Mapping[str, bytes]) -> dict[str, bytes]:
    for name in ("property", "CRLF", "BOM", "note", "NFD"):
        files = VARIANTS[name].files(files)
    return dict(files)


AS_WRITTEN = Variant(dict)

VARIANTS: Mapping[str, Variant] = {
    "CRLF": Variant(_in_files(lambda data: data.replace(b"\n", b"\r\n"), READ)),
    "BOM": Variant(_in_files(lambda data: ORDER_MARK + data, READ)),
    "property": Variant(_in_files(_with_property, NOTES), _without_property),
    "note": Variant(_with_note),
    "NFD": Variant(_decomposed),
    "everything": Variant(_everything, _without_property),
}

LINES_STAY = ("CRLF", "BOM", "note", "NFD")
"""The variants in which every line keeps its number."""
