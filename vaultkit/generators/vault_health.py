"""The health of the vault: a Vault goes in; what is wrong in it, what is lived with and what is not read come out.

What building the pages could mend or bring about is left out, so that the page comes to rest; a broken link that leads
to a page to come is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit import baseline, escape
from vaultkit.escape import Markdown
from vaultkit.insights.ratios import ratios
from vaultkit.language import catalogue, message, plural, say
from vaultkit.model import Message, Page
from vaultkit.pages import phrases
from vaultkit.pages.environment import page_text
from vaultkit.pages.linking import link
from vaultkit.pages.places import built, places
from vaultkit.pages.quiet import HOUSEKEEPING, TELLABLE
from vaultkit.pages.several import more, notes, several
from vaultkit.text import natural
from vaultkit.validators import VALIDATORS, check
from vaultkit.validators.docs import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vaultkit.model import Finding, Severity
    from vaultkit.pages.difference import Reads
    from vaultkit.vault import Vault

NAME = "vault-health"
READS: tuple[Reads, ...] = ("files",)
BROKEN, ORPHAN, WEAK = "broken-link", "orphan-priority", "weak-alignment"
UNREAD = ("unreadable-note", "invalid-frontmatter")
TOLD: tuple[str, ...] = (*TELLABLE, BROKEN)
MOST = 7
"""Rows of a list."""
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
FAMILIES: Mapping[str, Message] = {
    "alignment": message("Alignment"),
    "execution": message("Execution"),
    "ownership": message("Owners"),
    "decisions": message("Decisions"),
    "meetings": message("Meetings and stakeholders"),
    "links": message("Links between notes"),
    "data": message("What notes say of themselves"),
}
"""Family of validators -> what a reader calls what they judge."""


class Family(Struct, frozen=True):
    """What one family has to say, as a row."""

    name: Message
    errors: int
    warnings: int
    hints: int
    notes: int


class Said(Struct, frozen=True):
    """One thing that is said of several notes."""

    name: str
    """That of its validator, for `vaultkit explain`."""
    summary: str
    count: int
    notes: Markdown


class Nowhere(Struct, frozen=True):
    """A name that leads nowhere."""

    name: str
    notes: Message


class Waived(Struct, frozen=True):
    """What somebody lives with."""

    link: Markdown
    name: str
    why: str


def render(vault: Vault) -> Iterator[Page]:
    """The one page."""
    page = vault.ask(places)[NAME]
    found = tuple(_found(vault))
    here = [finding for finding in found if finding.waived is None]
    said, nowhere, waived = _said(vault, here, page), _nowhere(vault, here, page), _waived(vault, found, page)
    text = page_text(
        vault,
        NAME,
        page,
        "vault-health.md.j2",
        callout=_callout(here),
        verdict=_verdict(vault, here),
        trend=_trend(vault, here),
        as_of=phrases.as_of(vault),
        families=list(_families(here)),
        said=said[:MOST],
        more_said=_more(len(said) - MOST),
        orphans=_orphans(vault, here),
        elsewhere=_elsewhere(),
        nowhere=nowhere[:MOST],
        more_nowhere=more(len(nowhere) - MOST),
        unread=[phrases.told(vault, each, page) for each in here if each.validator in UNREAD][:MOST],
        excluded=_excluded(vault),
        waived=waived[:MOST],
        more_waived=more(len(waived) - MOST),
    )
    yield Page(page, text, NAME)


def _more(count: int) -> Message | None:
    """How many more are said, and where."""
    if count <= 0:
        return None
    return plural(
        "And {count} more kind of finding: run `vaultkit check`.",
        "And {count} more kinds of finding: run `vaultkit check`.",
        count,
    )


def _orphans(vault: Vault, found: Sequence[Finding]) -> Message | None:
    """Why other pages count more priorities without an objective than are said here to have none."""
    count = vault.ask(ratios).orphans
    said, weak = (sum(finding.validator == name for finding in found) for name in (ORPHAN, WEAK))
    if count <= said:
        return None
    parts = [plural("{count} is told of as `orphan-priority`", "{count} are told of as `orphan-priority`", said)]
    if weak:
        parts.append(
            plural(
                "{count} only mentions one in its text (`weak-alignment`)",
                "{count} only mention one in their text (`weak-alignment`)",
                weak,
            )
        )
    if count > said + weak:
        parts.append(plural("{count} is not told of here", "{count} are not told of here", count - said - weak))
    return plural(
        "Of the {count} priority without an objective that other pages count, {parts}.",
        "Of the {count} priorities without an objective that other pages count, {parts}.",
        count,
        parts=phrases.listed(parts),
    )


def _elsewhere() -> Message:
    """Which findings are not counted, so that the page comes to rest."""
    names = ", ".join(f"`{name}`" for name in sorted(HOUSEKEEPING - {BROKEN}))
    return message(
        "Not counted here, as building pages may settle it: {names}. `vaultkit check` counts it.", names=Markdown(names)
    )


def _found(vault: Vault) -> Iterator[Finding]:
    """What the validators say of the notes as they are once every page stands."""
    resolve = vault.ask(built).resolver.resolve
    for finding in vault.ask(check):
        if finding.validator == BROKEN and resolve(_target(finding), finding.path) is not None:
            continue
        if finding.validator in TOLD:
            yield finding


def _target(finding: Finding) -> str:
    """What a link that leads nowhere asks for."""
    return str(finding.message.values.get("target", ""))


def _callout(found: Sequence[Finding]) -> str:
    worst = min((SEVERITIES.index(finding.severity) for finding in found), default=len(SEVERITIES))
    return ("danger", "warning", "info", "success")[worst]


def _verdict(vault: Vault, found: Sequence[Finding]) -> Message:
    if not found:
        return message("Nothing is wrong that vaultkit can see.")
    counts = [sum(finding.severity == severity for finding in found) for severity in SEVERITIES]
    words = (
        plural("{count} error", "{count} errors", counts[0]),
        plural("{count} warning", "{count} warnings", counts[1]),
        plural("{count} hint", "{count} hints", counts[2]),
    )
    told = ", ".join(say(word, vault.language) for word, count in zip(words, counts, strict=True) if count)
    return message("{findings}, in {notes}", findings=told, notes=notes(len({finding.path for finding in found})))


def _trend(vault: Vault, found: Sequence[Finding]) -> Message | None:
    """How that compares with what the baseline holds; without one, nobody knows."""
    if vault.setting.known is None:
        return None
    held = [entry for entry in vault.setting.known if entry.validator in TOLD]
    told = baseline.delta(found, held, vault.paths)
    return message(
        "Since the baseline: {new}, {gone}; {known}.",
        new=plural("{count} is new", "{count} are new", len(told.new)),
        gone=plural("{count} is settled", "{count} are settled", told.gone),
        known=plural("{count} was known", "{count} were known", len(told.known)),
    )


def _families(found: Iterable[Finding]) -> Iterator[Family]:
    """A row for each family that has something to say."""
    by: dict[str, list[Finding]] = {family: [] for family in FAMILIES}
    for finding in found:
        by[_family(finding.validator)].append(finding)
    for family, said in by.items():
        if said:
            errors, warnings, hints = (sum(each.severity == severity for each in said) for severity in SEVERITIES)
            yield Family(FAMILIES[family], errors, warnings, hints, len({finding.path for finding in said}))


def _family(validator: str) -> str:
    """The room that a validator's module stands in."""
    return str(getattr(VALIDATORS[validator], "__name__", "")).split(".")[-2]


def _said(vault: Vault, found: Iterable[Finding], page: str) -> list[Said]:
    """What is said of most notes first, the gravest before all."""
    by: dict[str, list[Finding]] = {}
    for finding in found:
        if finding.validator != BROKEN:
            by.setdefault(finding.validator, []).append(finding)
    words = catalogue(vault.language)
    return [
        Said(
            name=name,
            summary=words.gettext(split(VALIDATORS[name].__doc__ or "")[0]),
            count=len(said),
            notes=several(vault, tuple(dict.fromkeys(finding.path for finding in said)), page),
        )
        for name, said in sorted(by.items(), key=_gravest)
    ]


def _gravest(entry: tuple[str, list[Finding]]) -> tuple[object, ...]:
    name, said = entry
    return min(SEVERITIES.index(finding.severity) for finding in said), -len(said), name


def _nowhere(vault: Vault, found: Iterable[Finding], page: str) -> list[Nowhere]:
    """The names that most notes ask for in vain."""
    by: dict[str, dict[str, None]] = {}
    for finding in found:
        if finding.validator == BROKEN:
            by.setdefault(_target(finding), {})[finding.path] = None
    placed = sorted(by.items(), key=lambda entry: (-len(entry[1]), natural(entry[0]), entry[0]))
    return [
        Nowhere(name, message("{notes}: {links}", notes=notes(len(by)), links=several(vault, tuple(by), page)))
        for name, by in placed
    ]


def _excluded(vault: Vault) -> Message | None:
    """How many notes the settings leave out: their links are followed, and nobody looks into them."""
    ours = set(vault.ask(places).values())  # one of our pages that stands there is no note that is left out
    count = sum(1 for path in vault.files if path.endswith(".md") and path not in ours)
    return (
        None
        if not count
        else plural(
            "{count} note is left out by the settings: links to it are followed, and it is not read.",
            "{count} notes are left out by the settings: links to them are followed, and they are not read.",
            count,
        )
    )


def _waived(vault: Vault, found: Iterable[Finding], page: str) -> list[Waived]:
    return [
        Waived(link(vault, each.path, page), each.validator, escape.plain(each.waived))
        for each in found
        if each.waived is not None
    ]
