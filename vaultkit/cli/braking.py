"""Edits go in, those that nobody undoes come out: with somebody else at the same pages there is no end to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    from vaultkit.model import Edit

    Texts: TypeAlias = tuple[str | None, ...]

TIMES = 3
"""How often in a row the same is written into a file."""


class Brake:
    """Remembers what was written into each file, and how often in a row it was that.

    Another vaultkit in another language, or a program that formats notes, would write the page back each time.
    """

    def __init__(self) -> None:
        self._written: dict[str, tuple[Texts, int]] = {}
        self.held: frozenset[str] = frozenset()
        """The files that are left alone, until something else is to be written into them."""

    def saw(self, changed: frozenset[str] | None) -> None:
        """Begin anew when more has changed (None: all) than what was written here: that is no circle."""
        if changed is None or changed - self._written.keys():
            self._written.clear()

    def free(self, edits: Sequence[Edit]) -> tuple[Edit, ...]:
        """The edits of files into which the same was not written too often."""
        wanted = _by_path(edits)
        self.held = frozenset(path for path, texts in wanted.items() if self._written.get(path) == (texts, TIMES))
        return tuple(edit for edit in edits if edit.path not in self.held)

    def wrote(self, edits: Iterable[Edit]) -> None:
        """Remember that these were made."""
        for path, texts in _by_path(edits).items():
            before, times = self._written.get(path, (None, 0))
            self._written[path] = (texts, times + 1 if texts == before else 1)


def _by_path(edits: Iterable[Edit]) -> dict[str, Texts]:
    found: dict[str, Texts] = {}
    for edit in edits:
        found[edit.path] = (*found.get(edit.path, ()), edit.text)
    return found
