"""What is worked out of each note of a vault: a Vault goes in with what is known; kinds, edges and answers come out.

Each is worked out when it is first asked for, and handed on from vault to vault as long as it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from vaultkit.lazy import Lazy
from vaultkit.vault.linking import edges

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vaultkit.lazy import Found
    from vaultkit.model import Note
    from vaultkit.vault.graph import Edge
    from vaultkit.vault.kinds import Recognition
    from vaultkit.vault.stepping import Known
    from vaultkit.vault.vault import Vault

AnswerT = TypeVar("AnswerT")


class Worked:
    """Path -> the kind, the edges and whatever else was asked of each note."""

    def __init__(self, vault: Vault, known: Known) -> None:
        last = known.last.worked if known.last else None
        self._vault = vault
        self._known = known
        self.told: Lazy[Recognition | None]
        """Which kind a note is of."""
        self.outgoing: Lazy[tuple[Edge, ...]]
        self.aside: Lazy[tuple[Edge, ...]]
        """The edges of canvases and bases."""
        self.told = self._kept(last.told if last else None, vault.notes, self._recognise, known.told)
        self.outgoing = self._kept(last.outgoing if last else None, vault.notes, self._edges)
        self.aside = self._kept(last.aside if last else None, vault.boards, self._edges)
        self._gathered: dict[Callable[[Vault, Note], Any], Lazy[Any]] = {}
        for question in {**(last.gathered if last else {}), **known.gathered}:
            self._gathered[question] = self._asked(question)
        self._known = known._replace(last=None)  # or every vault would keep all those before it

    @property
    def gathered(self) -> Mapping[Callable[[Vault, Note], Any], Lazy[Any]]:
        """Question -> path -> answer."""
        return self._gathered

    def gather(self, question: Callable[[Vault, Note], AnswerT]) -> Mapping[str, AnswerT]:
        """Path -> the answer, for every note and board."""
        if question not in self._gathered:
            self._gathered[question] = self._asked(question)
        return cast("Mapping[str, AnswerT]", self._gathered[question])

    def _asked(self, question: Callable[[Vault, Note], AnswerT]) -> Lazy[AnswerT]:
        vault, last = self._vault, self._known.last

        def make(path: str) -> AnswerT:
            return question(vault, vault.read(path))

        before = last.worked.gathered.get(question) if last else None
        return self._kept(before, vault.everything, make, self._known.gathered.get(question))

    def _kept(
        self,
        before: Lazy[AnswerT] | None,
        keys: Mapping[str, object],
        make: Callable[[str], AnswerT],
        found: Found[AnswerT] | None = None,
    ) -> Lazy[AnswerT]:
        """What was worked out for the vault before, or in an earlier run, as far as it still holds."""
        if before is None:
            return Lazy(keys, make, found)
        kept = before.again(make, self._known.touched)
        return Lazy(keys, make, kept.found()) if self._known.moved else kept

    def _recognise(self, path: str) -> Recognition | None:
        return self._vault.kinds.recognise(self._vault.notes[path])

    def _edges(self, path: str) -> tuple[Edge, ...]:
        vault = self._vault
        return edges(vault.read(path), vault.resolver, vault.kinds, self.told.get(path))
