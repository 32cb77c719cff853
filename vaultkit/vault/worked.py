"""What is worked out of each note of a vault: a Vault goes in with what is known; kinds, edges and answers come out.

Each is worked out when it is first asked for, and handed on from vault to vault as long as it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from vaultkit.lazy import Blank, Fetched, Kept, Lazy
from vaultkit.vault.linking import edges

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vaultkit.model import Note
    from vaultkit.vault.graph import Edge
    from vaultkit.vault.kinds import Recognition
    from vaultkit.vault.stepping import Known
    from vaultkit.vault.vault import Vault

AnswerT = TypeVar("AnswerT")

TOLD = "told"
"""The key of the kinds."""


class Recalled(NamedTuple):
    """What an earlier run has kept of each note, by the key of what was asked."""

    read: Mapping[str, Callable[[], Fetched[Any]]] = {}
    but: frozenset[str] = frozenset()
    """The notes of which it no longer holds."""

    def without(self, touched: frozenset[str]) -> Recalled:
        """What still holds once some notes have changed."""
        return self._replace(but=self.but | touched)

    def kept(self, key: str) -> Kept[Any] | None:
        """The answers to one question; None where none were kept."""
        return Kept(self.read[key], self.but) if key in self.read else None


def key_of(question: Callable[[Vault, Note], Any]) -> str:
    """The name under which the answers to a question are kept."""
    return f"{question.__module__}.{question.__name__}"


class Worked:
    """Path -> the kind, the edges and whatever else was asked of each note."""

    recalled: Recalled
    """What an earlier run has kept."""

    def __init__(self, vault: Vault, known: Known) -> None:
        last = known.last.worked if known.last else None
        self._vault = vault
        self._blank: Blank | None = None
        self.recalled = (
            known.recalled if last is None else last.recalled._replace(but=last.recalled.but | known.touched)
        )
        """What an earlier run has kept."""
        self.told: Lazy[Recognition | None]
        """Which kind a note is of."""
        self.outgoing: Lazy[tuple[Edge, ...]]
        self.aside: Lazy[tuple[Edge, ...]]
        """The edges of canvases and bases."""
        if last is None:
            self.told = Lazy(vault.notes, self._recognising(), None, self.recalled.kept(TOLD))
            self.outgoing = Lazy(vault.notes, self._linking())
            self.aside = Lazy(vault.boards, self._linking())
            self.gathered: dict[Callable[[Vault, Note], Any], Lazy[Any]] = {}
            """Question -> path -> answer."""
            return
        notes, boards, both = (vault.notes, vault.boards, vault.everything) if known.moved else (None, None, None)
        self.told = last.told.again(self._recognising(), known.touched, notes)
        self.outgoing = last.outgoing.again(self._linking(), known.touched, notes)
        self.aside = last.aside.again(self._linking(), known.touched, boards)
        self.gathered = {q: each.again(self._making(q), known.touched, both) for q, each in last.gathered.items()}

    def gather(self, question: Callable[[Vault, Note], AnswerT]) -> Mapping[str, AnswerT]:
        """Path -> the answer, for every note and board."""
        if question not in self.gathered:
            kept = self.recalled.kept(key_of(question))
            if self._blank is None:
                self._blank = Blank(self._vault.everything)
            self.gathered[question] = Lazy(self._blank, self._making(question), None, kept)
        return self.gathered[question]

    def _making(self, question: Callable[[Vault, Note], AnswerT]) -> Callable[[str], AnswerT]:
        vault, read = self._vault, self._vault.everything
        return lambda path: question(vault, read[path])

    def _recognising(self) -> Callable[[str], Recognition | None]:
        notes, recognise = self._vault.notes, self._vault.kinds.recognise
        return lambda path: recognise(notes[path])

    def _linking(self) -> Callable[[str], tuple[Edge, ...]]:
        read, resolver, kinds, told = self._vault.everything, self._vault.resolver, self._vault.kinds, self.told
        return lambda path: edges(read[path], resolver, kinds, told.get(path))
