"""What a step changes for pages: a Step goes in; whether the work, tasks, findings and links differ comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from vaultkit.generators.environment import filled_in
from vaultkit.generators.linking import relabelled
from vaultkit.insights.changed import changed
from vaultkit.validators import check
from vaultkit.vault import Step

if TYPE_CHECKING:
    from collections.abc import Collection

    from vaultkit.model import Finding
    from vaultkit.vault import Vault

Reads = Literal["work", "steps", "files"]
"""What a page of the whole vault may read.

- `work`: of the notes of a kind, their properties, what they serve, the links and open tasks that lead to them.
- `steps`: what open tasks say.
- `files`: how many notes there are.
"""


class Difference(Struct, frozen=True):
    """What a page can be other for than before a step."""

    step: Step
    labels: frozenset[str]
    """The files to which a link reads otherwise, those that came or went included."""
    work: bool
    steps: bool

    def spares(self, *reads: Reads, findings: Collection[str] = ()) -> bool:
        """Whether a page that reads this, and the findings of these validators, is what it was."""
        if self.labels - self.step.moved:
            return False  # a link on it may be one of them
        return not (
            (self.work and "work" in reads)
            or (self.steps and "steps" in reads)
            or (self.step.moved and "files" in reads)
            or (findings and not self._say_the_same(frozenset(findings)))
        )

    def _say_the_same(self, validators: frozenset[str]) -> bool:
        said = (_said(self.step.before, validators), _said(self.step.after, validators))
        return said[0] is not None and said[0] == said[1]


def compare(step: Step) -> Difference | None:
    """Compare the two vaults; None when a page may be other anywhere. What stays as it is is handed on."""
    filled = step.before.answered(filled_in)
    if filled is not None:
        step.after.expect(filled_in, filled)
    labels = relabelled(step)
    if labels is None:
        return None
    what = changed(step)
    return Difference(step, labels, what.work, what.tasks)


def _said(vault: Vault, validators: frozenset[str]) -> list[Finding] | None:
    found = vault.answered(check)
    return None if found is None else [finding for finding in found if finding.validator in validators]
