"""What the scores have in common to say: a canonical word, a number or a span of days goes in, words come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from vaultkit.model import Message, Note
    from vaultkit.vault import Vault

STANDINGS: Mapping[str, Message] = {
    "achieved": message("achieved"),
    "on_track": message("on track"),
    "behind": message("behind"),
    "at_risk": message("at risk"),
    "off_track": message("off track"),
    "partial": message("achieved in part"),
    "missed": message("missed"),
    "dropped": message("dropped"),
    "paused": message("paused"),
    "outdated": message("outdated"),
}
"""How a note may stand, by its declared health, its outcome or its pace."""
KINDS: Mapping[str, Message] = {
    "checkbox": message("checkbox"),
    "decision": message("decision"),
    "key_result": message("key result"),
    "objective": message("objective"),
    "priority": message("priority"),
    "project": message("project"),
    "task": message("task"),
}
"""What a row is about."""
_MANY, _BEYOND = 1e6, 1e15


def kind_word(vault: Vault, path: str) -> Message:
    """What a note of these kinds is."""
    return KINDS[vault.recognised[path].kind]


def named(vault: Vault, paths: Iterable[str]) -> str:
    """Some notes, by their names."""
    return ", ".join(called(vault, path) for path in paths)


def figure(value: float) -> str:
    """A number of a note's own in a sentence: as short as it can be, with an exponent only where nobody would count."""
    return f"{value:.0f}" if _MANY <= abs(value) < _BEYOND else f"{value:g}"


def when(vault: Vault, day: date) -> Message:
    """`2026-03-31: in 15 days`."""
    days = (day - vault.today).days
    if days == 0:
        return message("{date}: today", date=str(day))
    told = plural("in {count} day", "in {count} days", days) if days > 0 else _ago(-days)
    return message("{date}: {when}", date=str(day), when=told)


def written(vault: Vault, note: Note, field: str) -> str:
    """A property as it stands in a note; empty where it says nothing."""
    item = vault.property(note, field)
    return f"{item.name}: {text_of(item.value)}" if item and text_of(item.value) else ""


def _ago(days: int) -> Message:
    return plural("{count} day ago", "{count} days ago", days)
