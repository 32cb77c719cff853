"""What a step changes for pages: a Step goes in; whether the work, tasks, findings and links differ comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import Struct

from vaultkit.insights.changed import changed
from vaultkit.insights.drift import WRITTEN
from vaultkit.insights.holding import holding
from vaultkit.pages.environment import filled_in
from vaultkit.pages.linking import relabelled
from vaultkit.validators import check
from vaultkit.vault import Step

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from vaultkit.model import Finding, Note
    from vaultkit.vault import Vault

Question: TypeAlias = "Callable[[Vault, Note], Any]"
Reads = Literal["work", "steps", "files", "written", "ours"]
"""What a page of the whole vault may read.

- `work`: of the notes of a kind, their properties, what they serve, the links and open tasks that lead to them.
- `steps`: what open tasks say.
- `files`: how many notes there are.
- `written`: how much people have written in the notes of a kind, as `drift` counts it.
- `ours`: the pages and regions that vaultkit has written, and what people wrote in the parts that are left to them.
"""


class Difference(Struct, frozen=True):
    """What a page can be other for than before a step."""

    step: Step
    labels: frozenset[str]
    """The files to which a link reads otherwise, those that came or went included."""
    work: bool
    steps: bool

    def spares(self, *reads: Reads, findings: Collection[str] = (), asks: Iterable[Question] = ()) -> bool:
        """Whether a page that reads this, the findings of these validators and these answers, is what it was."""
        if self.labels - self.step.moved:
            return False  # a link on it may be one of them
        return not (
            (self.work and "work" in reads)
            or (self.steps and "steps" in reads)
            or (self.step.moved and "files" in reads)
            or ("written" in reads and self._is_written_in())
            or ("ours" in reads and self._holds_otherwise())
            or any(not self._answer_the_same(question) for question in asks)
            or (findings and not self._say_the_same(frozenset(findings)))
        )

    def _is_written_in(self) -> bool:
        """Whether something was written where that counts, in a vault of which earlier days are known."""
        step = self.step
        if step.after.setting.past is None:
            return False
        told = (vault.recognised.get(path) for path in step.touched for vault in (step.before, step.after))
        return any(each is not None and each.kind in WRITTEN for each in told)

    def _holds_otherwise(self) -> bool:
        """Whether what was touched holds, or held, something that vaultkit wrote."""
        held = self.step.before.ask(holding) | self.step.after.ask(holding)
        return not self.step.touched.isdisjoint(held)

    def _answer_the_same(self, question: Question) -> bool:
        before, after = self.step.before.gather(question), self.step.after.gather(question)
        return not self.step.moved and all(before.get(path) == after.get(path) for path in self.step.touched)

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
