"""Scenarios, tests written as notes: a file of them goes in, what each expects and what vaultkit really says come out.

    ## A priority that declares nothing

    `Priorities/Hire CFO.md`:
    (the note, in a fenced block)

    (a fenced block `findings`: what is expected; an empty one expects nothing)

Before the files a scenario may say `today: 2026-03-16` (that is the default), `language: fr` for the pages, and
`validators: no-owner, broken-link`; without it only the validator whose name the file bears is asked. A file whose
block is opened with a second word, as in `markdown latin-1`, is written in that encoding. In `markdown spelled`, and in
any name, `<U+00A0>` is that character, and `<END>` is where the file ends. A file `Plan.md` on 2026-02-01: is what a
note said from that day on, as git would tell; `since: 2026-01-01` is the first day of which anything is known.
`unlike: property` leaves one of the variants (tests/scenario_variants.py) out. `rows: 17, 18` says which of Obsidian's
habits it holds us to, as numbered in tests/scenarios/obsidian.md. What else a block can ask, besides `findings` and
`page`: tests/scenario_speakers.py.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tests.scenario_speakers import DOORS, READINGS, composed
from vaultkit import disk, resources, validators
from vaultkit.config_checks import check_options
from vaultkit.language import say
from vaultkit.lazy import Once
from vaultkit.parser import parse
from vaultkit.vault import Kinds, Setting, Vault, read_kinds
from vaultkit.vault.past import Recalled, past, version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from vaultkit.model import Finding
    from vaultkit.vault.kinds import Kind
    from vaultkit.vault.past import Past

TODAY = date(2026, 3, 16)

_FENCE = re.compile(r"(`{3,})([^`]*)")
_FILE = re.compile(r"`([^`]+)`(?: on (\d{4}-\d{2}-\d{2}))?:")
_SPELLED = re.compile(r"<U\+([0-9A-F]{4,6})>")
_SETTING = re.compile(r"(today|language|validators|unlike|rows|since): (.+)")


class Expected(NamedTuple):
    """What a scenario expects of one speaker."""

    speaker: str
    argument: str
    text: str
    line: int
    """Where the block opens, from 0."""
    height: int
    """How many lines the block has, its fences included."""


class Scenario(NamedTuple):
    """A small vault and what is to be said of it."""

    path: Path
    title: str
    files: Mapping[str, bytes]
    expected: tuple[Expected, ...]
    validators: frozenset[str]
    today: date = TODAY
    language: str = "en"
    unlike: frozenset[str] = frozenset()
    rows: frozenset[int] = frozenset()
    earlier: tuple[tuple[str, date, bytes], ...] = ()
    """Path, day, and what the note said from that day on."""
    since: date | None = None


class ScenarioError(ValueError):
    """A file of scenarios that does not read as one."""


def read_scenarios(path: Path) -> list[Scenario]:
    """The scenarios of one file, in its order."""
    titled: list[tuple[str, list[tuple[int, str]]]] = []
    fence = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        opens = _FENCE.fullmatch(line)
        if fence:
            fence = "" if line == fence else fence
        elif opens:
            fence = opens[1]
        elif line.startswith("## "):
            titled.append((line[3:].strip(), []))
        if titled:
            titled[-1][1].append((number, line))
    return [_scenario(path, title, lines) for title, lines in titled]


def _scenario(path: Path, title: str, lines: list[tuple[int, str]]) -> Scenario:
    files: dict[str, bytes] = {}
    expected: list[Expected] = []
    settings: dict[str, str] = {}
    earlier: list[tuple[str, date, bytes]] = []
    name, day = "", ""
    for number, line, block in _blocks(path, lines):
        setting, file = _SETTING.fullmatch(line), _FILE.fullmatch(line)
        if block is not None:
            word, _, argument = line.lstrip("`").strip().partition(" ")
            if name and day:
                earlier.append((name, date.fromisoformat(day), _file(block, argument)))
                name = ""
            elif name:
                files[name] = _file(block, argument)
                name = ""
            elif word in SPEAKERS:
                expected.append(Expected(word, argument, block, number, block.count("\n") + 2))
            else:
                raise ScenarioError(
                    f"{path.name}:{number + 1}: what is this block? No `file`: line, no {set(SPEAKERS)}"
                )
        elif file:
            name, day = _spelled(file[1]), file[2] or ""
        elif setting:
            settings[setting[1]] = setting[2]
    scenario = Scenario(path, title, files, tuple(expected), frozenset(), earlier=tuple(earlier))
    return _settled(scenario, settings)


def _settled(scenario: Scenario, settings: Mapping[str, str]) -> Scenario:
    """A scenario with what it says of itself, or the defaults."""
    namesake = frozenset({scenario.path.stem.replace("_", "-")} & set(validators.VALIDATORS))
    return scenario._replace(
        validators=_words(settings.get("validators")) or namesake,
        today=date.fromisoformat(settings.get("today", str(TODAY))),
        language=settings.get("language", "en"),
        unlike=_words(settings.get("unlike")),
        rows=frozenset(map(int, _words(settings.get("rows")))),
        since=date.fromisoformat(settings["since"]) if "since" in settings else None,
    )


def _blocks(path: Path, lines: list[tuple[int, str]]) -> Iterator[tuple[int, str, str | None]]:
    """Each line outside a fenced block; for a block its opening line, and what stands in it."""
    walk = iter(lines)
    for number, line in walk:
        opens = _FENCE.fullmatch(line)
        if not opens:
            yield number, line, None
            continue
        inside: list[str] = []
        for _, inner in walk:
            if inner == opens[1]:
                break
            inside.append(inner + "\n")
        else:
            raise ScenarioError(f"{path.name}:{number + 1}: this block is never closed")
        yield number, line, "".join(inside)


def _file(block: str, encoding: str) -> bytes:
    if encoding == "spelled":
        return _spelled(block.partition("<END>")[0]).encode()
    return block.encode(encoding or "utf-8")


def _spelled(text: str) -> str:
    return _SPELLED.sub(lambda point: chr(int(point[1], 16)), text)


def _words(text: str | None) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(",")) if text else frozenset()


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Put a scenario's files on disk."""
    folder.mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def past_of(scenario: Scenario) -> Past | None:
    """What the scenario's notes said on earlier days; None when it says nothing of that."""
    found = ((path, version(day, parse(path, data))) for path, day, data in scenario.earlier)
    return past("git", found, scenario.since)


def read_vault(folder: Path, today: date, language: str = "en", known: Past | None = None) -> Vault:
    """The vault in a folder, read as a session reads it."""
    config, obsidian = disk.read_config(folder), disk.read_obsidian(folder)
    check_options(config, validators.options(), "")
    listing = disk.scan(folder, disk.exclusion(config, obsidian))
    setting = Setting(
        kinds=Kinds(our_kinds(), config),
        config=config,
        obsidian=obsidian,
        today=today,
        language=config.language or language,
        templates=_our_pages(),
        recollection=Once(lambda: Recalled(known)),
    )
    return Vault.build(disk.read_notes(folder, listing.notes), listing.files, setting)


@cache
def our_kinds() -> dict[str, Kind]:
    """The kinds of note that vaultkit comes with."""
    templates = sorted((resources.templates() / "kinds").glob("*.md"))
    return read_kinds({path.name: path.read_bytes() for path in templates})


@cache
def _our_pages() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in (resources.templates() / "pages").glob("*.j2")}


class Run(NamedTuple):
    """A scenario whose files stand in a folder, and the vault that they make."""

    scenario: Scenario
    folder: Path
    vault: Vault


def run(scenario: Scenario, folder: Path, files: Mapping[str, bytes] | None = None) -> Run:
    """Put a scenario's files on disk, or these in their place, and read them."""
    write(scenario.files if files is None else files, folder)
    return Run(scenario, folder, read_vault(folder, scenario.today, scenario.language, past_of(scenario)))


def findings(run: Run) -> tuple[Finding, ...]:
    """What the scenario's validators say and nobody waives; a validator that crashed is never left out."""
    asked = run.scenario.validators | {validators.INTERNAL_ERROR}
    return tuple(finding for finding in validators.standing(run.vault) if finding.validator in asked)


def _say_findings(run: Run, argument: str) -> str:
    return "".join(in_words(finding) for finding in findings(run))


def _say_page(run: Run, path: str) -> str:
    """The text of a page, or of a region when the path ends with `:` and the line of its opening mark."""
    from vaultkit import generators

    note, _, line = path.rpartition(":")
    for page in run.vault.ask(generators.render):
        if page.region is None and page.path == path:
            return page.text if page.text.endswith("\n") else f"{page.text}\n"  # a canvas ends as Obsidian writes it
        if page.path == note and any(
            region.opening.start == page.region and str(region.opening.line) == line
            for region in run.vault.notes[note].regions
        ):
            return page.text
    return ""


SPEAKERS: Mapping[str, Callable[[Run, str], str]] = {
    "findings": _say_findings,
    "page": _say_page,
    **READINGS,
    **DOORS,
}
"""The first word of a block of expectations -> what is really said, given the words after it."""


def said(scenario: Scenario, folder: Path) -> list[str]:
    """What vaultkit says where the scenario expects something, in the order of its blocks."""
    done = run(scenario, folder)
    return [SPEAKERS[block.speaker](done, block.argument) for block in scenario.expected]


def accept(scenario: Scenario, texts: list[str]) -> None:
    """Write what is really said into the scenario's file, in place of what was expected."""
    current = next(found for found in read_scenarios(scenario.path) if found.title == scenario.title)
    lines = scenario.path.read_text(encoding="utf-8").splitlines()
    for block, text in reversed(list(zip(current.expected, texts, strict=True))):
        longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
        fence = "`" * max(3, longest + 1)
        words = f"{block.speaker} {block.argument}".strip()
        lines[block.line : block.line + block.height] = [f"{fence}{words}", *text.splitlines(), fence]
    scenario.path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def in_words(finding: Finding) -> str:
    place = f"{finding.path}:{finding.span.line}:{finding.span.column}"
    reason = f" ({finding.reason})" if finding.reason else ""
    lines = [f"{place} {finding.severity} {finding.validator}{reason}: {say(finding.message, 'en')}"]
    lines += [f"- {say(step.message, 'en')} ({step.path}:{step.line})" for step in finding.evidence]
    lines.append(f"> {say(finding.next, 'en')}")
    return composed("".join(f"{line}\n" for line in lines))
