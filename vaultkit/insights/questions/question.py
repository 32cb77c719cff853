"""What a question is: a target, a sentence, what it rests on, and how grave that is.

It bears two digests. The one of what it is asked of (`asked_of`) stays as long as its target has its place; the one of
what it rests on (`rests_on`) changes with the facts, and with nothing else: no count of days is among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.model import Evidence, Finding, Message
from vaultkit.regions import digest

if TYPE_CHECKING:
    from vaultkit.model import Severity
    from vaultkit.vault import Vault

Said = Mapping[str, Sequence[Finding]]
"""Validator -> what it has to say of the vault."""
Asker = Callable[["Vault", Said], Iterable["Question"]]

WEIGHTS: Mapping[Severity, int] = {"error": 3, "warning": 2, "info": 1}
"""What a question weighs that a finding gives rise to."""


class Question(Struct, frozen=True):
    """One thing to ask of one note."""

    name: str
    """Of which question it is an instance: `other-options`."""
    target: str
    said: Message
    weight: int
    evidence: tuple[Evidence, ...]
    facts: tuple[str, ...] = ()
    """What it rests on: when these change, it may be asked again."""
    about: str = ""
    """What tells it from another of the same name and target: the other note of two that are in conflict."""

    @property
    def asked_of(self) -> str:
        """Eight hexadecimal digits of what it is asked of."""
        return digest(f"{self.name}\n{self.target}\n{self.about}")

    @property
    def rests_on(self) -> str:
        """Eight hexadecimal digits of what it rests on."""
        return digest("\n".join(self.facts))


def of_finding(name: str, finding: Finding, said: Message, facts: Iterable[str] = (), about: str = "") -> Question:
    """A question to which a finding gives rise, of the finding's note, and as grave as it."""
    evidence = finding.evidence or (Evidence(finding.message, finding.path, finding.span.line),)
    paths = sorted({step.path for step in evidence})
    return Question(
        name, finding.path, said, WEIGHTS[finding.severity], evidence, (finding.reason, *paths, "", *facts), about
    )
