"""Findings go in, lines for a person come out: the place, what is wrong, the chain that shows it, what to do next."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from vaultkit.baseline import entry_of
from vaultkit.language import message, plural, say
from vaultkit.report.screen import cells, clean, glued
from vaultkit.report.severity import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultkit.model import Evidence, Finding, Message
    from vaultkit.report.said import Said, Waived
    from vaultkit.report.screen import Screen

_HANG = "    "


def lines(findings: Sequence[Finding], screen: Screen, *, brief: bool = False) -> Iterator[str]:
    """Each finding on a line of its own; unless `brief`, with its evidence and its next step under it."""
    for finding in findings:
        yield from _head(finding, screen)
        if not brief:
            for step in finding.evidence:
                yield screen.fold(_HANG + _step(step, finding, screen), _HANG * 2)
            yield screen.fold(_HANG + _next(finding, screen), _HANG * 2)
            yield ""


def waived(said: Sequence[Waived], screen: Screen) -> Iterator[str]:
    """What the owners of the notes live with, why and until when."""
    for each in said:
        yield from _head(each.finding, screen)
        why = each.finding.waived or say(message("no reason is given"), screen.language)
        if each.until is None:
            told = message("waived: {reason}", reason=why)
        else:
            told = message("waived until {date}: {reason}", date=each.until.isoformat(), reason=why)
        yield screen.fold(screen.paint(_HANG + clean(say(told, screen.language)), "faint"), _HANG * 2)
        yield ""


def summary(said: Said, notes: int, screen: Screen) -> Iterator[str]:
    """The counts, and the command that helps most with them."""
    count = _counted(said.findings)
    where = plural("{count} note", "{count} notes", notes)
    if count["error"] or count["warning"]:
        told = message("{findings} in {notes}.", findings=grave(said.findings), notes=where)
        line = screen.paint(say(told, screen.language), "error" if count["error"] else "warning")
    else:
        line = screen.paint(say(message("Nothing to mend in {notes}.", notes=where), screen.language), "good")
    besides = [say(each, screen.language) for each in _besides(said)]
    yield screen.fold(" ".join([line, *besides]))
    yield screen.fold(say(message("Next: {command}", command=_command(said.findings)), screen.language))


def _besides(said: Said) -> Iterator[Message]:
    """What is not counted, and what need not be mended by hand."""
    fixable = sum(1 for finding in said.findings if finding.fix is not None and finding.fix.safe)
    if fixable:
        yield plural("{count} can be mended by --fix.", "{count} can be mended by --fix.", fixable)
    if said.waived:
        yield plural("{count} is waived (--waived).", "{count} are waived (--waived).", len(said.waived))
    if said.known:
        yield plural("{count} was known (--all).", "{count} were known (--all).", len(said.known))


def unsaid(findings: Sequence[Finding], screen: Screen) -> Iterator[str]:
    """One line for what is only for information, by validator: many vaults keep unresolved links on purpose."""
    for validator, count in sorted(Counter(finding.validator for finding in findings).items()):
        said = plural(
            "For information: {count} {validator}; {command} shows it",
            "For information: {count} {validator}; {command} shows them",
            count,
            validator=validator,
            command="vaultkit check -v",
        )
        yield screen.fold(screen.paint(say(said, screen.language), "faint"))


def _head(finding: Finding, screen: Screen) -> Iterator[str]:
    """What and where, on one line; where that is too narrow, what it says on a line of its own."""
    place = screen.paint(f"{clean(finding.path)}:{finding.span.line}:{finding.span.column}:", "strong")
    what = f"{shown(finding.severity, screen)} {screen.paint(finding.validator, 'name')}"
    said = clean(say(finding.message, screen.language))
    room = None if screen.width is None else screen.width - cells(place) - cells(what) - 1
    if room is None or room >= 2 + cells(said):
        yield f"{place} {what}  {said}"
    else:
        yield from (f"{place} {what}",) if room >= 0 else (place, _HANG + what)
        yield screen.fold(_HANG + said, _HANG)


def _next(finding: Finding, screen: Screen) -> str:
    """What to do, behind a label that the eye finds."""
    label = clean(say(message("next: {step}", step=""), screen.language)).rstrip(" ")
    return f"{screen.paint(label, 'strong')} {clean(say(finding.next, screen.language))}"


def _step(step: Evidence, finding: Finding, screen: Screen) -> str:
    """What the step says, and where, unless it is where the finding itself points."""
    said = clean(say(step.message, screen.language))
    if (step.path, step.line) == (finding.path, finding.span.line):
        return f"- {said}"
    return f"- {said}  {screen.paint(glued(f'{clean(step.path)}:{step.line}'), 'faint')}"


def grave(findings: Sequence[Finding]) -> Message:
    """How many errors and warnings there are; of what there is none, nothing is said."""
    count = _counted(findings)
    errors = plural("{count} error", "{count} errors", count["error"])
    warnings = plural("{count} warning", "{count} warnings", count["warning"])
    if count["error"] and count["warning"]:
        return message("{errors} and {warnings}", errors=errors, warnings=warnings)
    return errors if count["error"] else warnings


def _counted(findings: Sequence[Finding]) -> Counter[str]:
    return Counter(finding.severity for finding in findings)


def _command(findings: Sequence[Finding]) -> str:
    """The page that explains the commonest of the gravest findings; with nothing to mend, the pages can be built."""
    for severity in ("error", "warning"):
        found = Counter(finding.validator for finding in findings if finding.severity == severity)
        if found:
            return f"vaultkit explain {min(found, key=lambda name: (-found[name], name))}"
    return "vaultkit build"


def news(
    before: Sequence[Finding], after: Sequence[Finding], screen: Screen, known: Sequence[Finding] = ()
) -> Iterator[str]:
    """What is no longer said, then what was not said before, and was not `known` either.

    A finding that only moved to another line, or that says another number or day, is neither.
    """
    if before is after:
        return
    ids = {id(finding) for finding in before}.intersection(map(id, after))  # most are handed on as they are
    quiet = set(map(id, known))
    before, after = ([finding for finding in findings if id(finding) not in ids] for findings in (before, after))
    old, new = (Counter(map(entry_of, findings)) for findings in (before, after))
    for finding in before:
        entry = entry_of(finding)
        if old[entry] > new[entry]:
            old[entry] -= 1
            said = message("mended: {path} {validator}", path=finding.path, validator=finding.validator)
            yield screen.fold(screen.paint(clean(say(said, screen.language)), "good"), _HANG)
    for finding in after:
        entry = entry_of(finding)
        if new[entry] > old[entry]:
            new[entry] -= 1
            if id(finding) not in quiet:
                yield from lines((finding,), screen)
