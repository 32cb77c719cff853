"""Which pages are worth making: a Vault and the name of a page go in; whether anybody wants it comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.config import PAGES
from vaultkit.insights import history
from vaultkit.pages.names import BOARDS, FILE_NAMES, OWN_NAMES
from vaultkit.pages.readers import kept_from

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.vault import Step, Vault

_WORK = ("objective", "key_result", "priority", "project")
ABOUT: Mapping[str, tuple[str, ...]] = {
    "orphan-priorities": _WORK,
    "alignment": _WORK,
    "daily-brief": (*_WORK, "meeting", "task"),
    "weekly-review": (*_WORK, "meeting", "task"),
    "scorecard": ("key_result", "metric"),
    "portfolio": ("project",),
    "decision-log": ("decision",),
    "people": ("person",),
    "stakeholders": ("stakeholder",),
    "risks": ("risk",),
    "friction": _WORK,
    "focus-drift": ("priority",),
    "sparring": _WORK,
    "changes": _WORK,
}
"""Dashboard -> the kinds of notes of which there must be one, before it is worth a page."""
ON_REQUEST = frozenset({"x-matrix", "board-update", "investor-update", "team-update", "trial"})
"""What is made for those alone who ask for it (`[pages] on`): drafts for others, and what not everybody reads."""
_OF_THE_PAST = frozenset({"focus-drift", "changes"})
"""What can say nothing, and so is not made, until something is known of the days before."""
_OF_LOAD = frozenset({"people"})
"""What tells of people's work: an address book has no load."""


def named_by(vault: Vault) -> tuple[str, ...]:
    """The pages that the vault has of its own, by name."""
    return tuple(name for name in vault.config.page if name not in PAGES)


def is_wanted(vault: Vault, name: str) -> bool:
    """Whether a page is to be made: nobody has switched it off, and there is something that it can tell of."""
    settings = vault.config.pages
    if name in BOARDS:
        return _is_board_wanted(vault, name)
    if name in settings.off:
        return False
    if name in settings.on or name in vault.config.page:
        return True
    if name in ON_REQUEST or (name in _OF_THE_PAST and not _has_past(vault)):
        return False
    if name in _OF_LOAD and not vault.of_kind(*_WORK):
        return False
    return name not in ABOUT or _may_tell(vault, name)


def _has_past(vault: Vault) -> bool:
    first = history.since(vault)
    return first is not None and first < vault.today


def _may_tell(vault: Vault, name: str) -> bool:
    """Whether its readers may see a note of the kinds that it is about: that it is there is telling, too."""
    notes = vault.of_kind(*ABOUT[name])
    away = kept_from(vault, name) if notes else ()
    return any(note.path not in away for note in notes)


def wants_the_same(step: Step) -> bool:
    """Whether the same pages are to be made after a step: that can only change with the kinds of notes there are.

    What the readers of a page may see decides on it as well, where that does on its place or on whether it is made.
    """
    if any(kept_from(step.before, name) != kept_from(step.after, name) for name in (*OWN_NAMES, *ABOUT)):
        return False
    before, after = step.before.recognised, step.after.recognised
    pairs = ((before.get(path), after.get(path)) for path in step.touched)
    same = all((old and old.kind) == (new and new.kind) for old, new in pairs)
    return same or all(is_wanted(step.before, name) == is_wanted(step.after, name) for name in (*FILE_NAMES, *BOARDS))


def _is_board_wanted(vault: Vault, name: str) -> bool:
    """Whether its page is, and boards of its kind are.

    A base shows whatever notes there are, to whoever opens it: none stands beside a page that is not for everybody.
    """
    setting, page, _ = BOARDS[name]
    own = vault.config.page.get(page)
    is_secret = setting == "bases" and own is not None and own.audience is not None
    return bool(getattr(vault.config.pages, setting)) and is_wanted(vault, page) and not is_secret
