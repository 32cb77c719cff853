"""A generated region that vaultkit cannot make sense of.

## What it flags
A line `%% vaultkit:NAME ... %%` with a name that no region has or an option that means nothing (`request`), and marks
that do not pair: an opening inside another region, a closing without an opening (`marks`).

## Why it matters
vaultkit leaves such a region as it is: what it shows is not kept up to date, or is not there at all.

## How to mend it
Write the line as `%% vaultkit:index folder="Projects" sort=due %%`. The options are `folder`, `tag`, `kind`, `title`,
`sort` and `depth`. The closing line is vaultkit's to write: delete one that stands alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.language import message
from vaultkit.model import Evidence, Finding
from vaultkit.vault.requests import Refusal, read_request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "error"
KINDS: tuple[str, ...] = ()
READS: tuple[Reads, ...] = ()


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each mark or request that cannot be met."""
    for problem in note.problems:
        if problem.kind == "region":
            yield Finding(
                "invalid-region",
                SEVERITY,
                note.path,
                problem.span,
                problem.message,
                message("keep one opening line for each region, and no closing line without one before it"),
                reason="marks",
            )
    for region in note.regions:
        refusal = read_request(region, vault.kinds)
        if isinstance(refusal, Refusal):
            said = message("The region {name} cannot be filled: {why}.", name=region.name, why=refusal.message)
            asked = message("it asks for {request}", request=f"{region.name} {region.options}".strip())
            steps = (Evidence(asked, note.path, region.opening.line),)
            yield Finding("invalid-region", SEVERITY, note.path, region.opening, said, refusal.hint, steps, "request")
