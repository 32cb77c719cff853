"""A generated region that vaultkit cannot make sense of.

## What it flags
- A line `%% vaultkit:NAME ... %%` with a name that no region has, or an option that means nothing (`request`).
- Marks that do not pair, or are not read at all (`marks`): one region inside another, an opening line that stands
  twice, a closing line without an opening one or far from what it closes, a mark that lost a character, or that stands
  behind other words, in a list, a quote, a callout or a table. Marks in code are examples, and left alone.
- An opening line without a closing one, above a list that says much of what vaultkit would write there (`unclosed`).

## Why it matters
vaultkit leaves such a region as it is, and every region of a note whose marks it cannot read, even with `--force`: what
they show is not kept up to date, or is not there at all.

## How to mend it
Write the line as `%% vaultkit:index folder="Projects" sort=due %%`, alone on its line. The options are `folder`, `tag`,
`kind`, `title`, `sort` and `depth`. The closing line is vaultkit's to write: delete one that stands alone. Where it is
gone, delete the old list below the opening line, and `vaultkit build` writes a new one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.leftover import leftover
from vaultkit.insights.marked import marked_or_troubled
from vaultkit.language import message
from vaultkit.model import Evidence, Finding
from vaultkit.vault.requests import Refusal, read_request

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Problem, Severity
    from vaultkit.vault import Vault
    from vaultkit.written import Region

SEVERITY: Severity = "error"
KINDS: tuple[str, ...] = ()
READS: tuple[Reads, ...] = ("lists",)


def among(vault: Vault) -> Iterable[str]:
    """Notes with a mark, sound or not."""
    return vault.ask(marked_or_troubled)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each mark or request that cannot be met."""
    if not (note.problems or note.regions):
        return
    marks = [problem for problem in note.problems if problem.kind == "region"]
    yield from (_marks(note, problem) for problem in marks)
    below = {} if marks else leftover(vault, note)  # where the marks are mended, the list may be closed again
    for region in note.regions:
        refusal = read_request(region, vault.kinds)
        if isinstance(refusal, Refusal):
            yield _request(note, region, refusal)
        elif region.opening.start in below:
            yield _unclosed(note, region, below[region.opening.start].line)


def _marks(note: Note, problem: Problem) -> Finding:
    mend = problem.next or message("keep one opening line and one closing line for each region")
    return Finding("invalid-region", SEVERITY, note.path, problem.span, problem.message, mend, reason="marks")


def _request(note: Note, region: Region, refusal: Refusal) -> Finding:
    said = (
        message("The region {name} cannot be filled: {why}.", name=region.name, why=refusal.message)
        if region.name
        else message("This region cannot be filled: {why}.", why=refusal.message)
    )
    request = f"{region.name} {region.options}".strip()
    asked = message("it asks for {request}", request=request)
    steps = (Evidence(asked, note.path, region.opening.line),) if request else ()
    return Finding("invalid-region", SEVERITY, note.path, region.opening, said, refusal.hint, steps, "request")


def _unclosed(note: Note, region: Region, line: int) -> Finding:
    said = message("The region {name} has no closing line, and its list seems to be there already.", name=region.name)
    steps = (Evidence(message("what stands here says much of what it would say"), note.path, line),)
    mend = message("delete that list, or write a line of your own above it; then run `vaultkit build`")
    return Finding("invalid-region", SEVERITY, note.path, region.opening, said, mend, steps, "unclosed")
