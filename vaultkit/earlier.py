"""What was said of an earlier vault goes in with the steps since; it helps to find out what is to be said now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultkit.vault import Step, Vault

AnswerT = TypeVar("AnswerT")

_MUCH = 4
"""When one note in so many is touched, judging all anew is quicker than finding out what each change touches."""


class Earlier(NamedTuple, Generic[AnswerT]):
    """What was said of an earlier vault, and all that has changed since."""

    answer: AnswerT
    step: Step

    @property
    def helps(self) -> bool:
        """Whether so little has changed that it saves work."""
        return len(self.step.touched) * _MUCH <= len(self.step.after.notes)


def earlier(answer: AnswerT | None, before: Earlier[AnswerT] | None, step: Step | None) -> Earlier[AnswerT] | None:
    """What was last said, with all that has changed since."""
    if step is None:
        return None
    if answer is not None:
        return Earlier(answer, step)
    return Earlier(before.answer, before.step.then(step)) if before else None


def count_written(vault: Vault, paths: Iterable[str]) -> int:
    """How many of these are notes that are not pages of vaultkit's."""
    return sum(1 for path in paths if path in vault.notes and vault.notes[path].generated is None)
