"""How a decision stands: a Vault and a decision go in; its options, its review and what waits on it come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.decisions import State, days_pending, is_replaced, since, state, successor, waiting
from vaultkit.insights.options import weighed
from vaultkit.insights.progress import as_share
from vaultkit.insights.scores import Score, Term
from vaultkit.insights.why.words import named, when
from vaultkit.insights.wording import called
from vaultkit.language import message, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.model import Message, Note
    from vaultkit.vault import Vault

SAID: Mapping[State, Message] = {
    "open": message("It is still to be taken."),
    "put-off": message("It was put off: nobody waits for it now."),
    "accepted": message("It was taken, and holds."),
    "replaced": message("It was replaced, and no longer holds."),
    "closed": message("It is closed."),
    "unknown": message("Nobody can tell how it stands: it says no status."),
}


def decision(vault: Vault, note: Note) -> Score | None:
    """Its state, and what that rests on."""
    if not vault.is_kind(note, "decision"):
        return None
    found = state(vault, note)
    shown: State = "replaced" if found == "accepted" and is_replaced(vault, note) else found
    terms = (
        *_days(vault, note, shown),
        *_written(vault, note),
        *_options(vault, note),
        *_review(vault, note, shown),
        *_around(vault, note, shown),
    )
    return Score("decision", message("Decision"), terms, said=SAID[shown])


def _days(vault: Vault, note: Note, shown: State) -> Iterator[Term]:
    if shown == "open":
        days, first = days_pending(vault, note), since(vault, note)
        if days is None:
            yield Term("pending", message("days pending"), said=message("unknown: nothing says since when"))
        else:
            yield Term("pending", message("days pending"), days, said=message("since {date}", date=str(first)))
        due = vault.day(note, "due")
        if due is not None:
            yield Term("due", message("to be decided by"), said=when(vault, due))
    elif shown == "accepted":
        first = since(vault, note)
        said = message("unknown: nothing says since when") if first is None else str(first)
        yield Term("since", message("accepted"), said=said)


def _written(vault: Vault, note: Note) -> Iterator[Term]:
    """What stands in its properties."""
    for field, name in (("decider", message("decider")), ("reversibility", message("reversibility"))):
        said = vault.text(note, field)
        if said:
            yield Term(field, name, said=said)
    number = vault.number(note, "confidence")
    share = None if number is None else as_share(number, vault.text(note, "confidence"))
    if share is not None:
        yield Term("confidence", message("confidence"), 100 * share, said="%")


def _options(vault: Vault, note: Note) -> Iterator[Term]:
    found = vault.gather(weighed)[note.path]
    if not found.count:
        yield Term("options", message("options"), said=message("none are listed"))
        return
    rejected = sum(option.rejected for option in found.options if option.field != "title")
    said = plural("{count} of them was rejected", "{count} of them were rejected", rejected) if rejected else ""
    yield Term("options", message("options"), found.count, said=said)


def _review(vault: Vault, note: Note, shown: State) -> Iterator[Term]:
    day = vault.day(note, "review")
    if day is not None:
        yield Term("review", message("review"), said=when(vault, day))
    elif shown == "accepted":
        yield Term("review", message("review"), said=message("no day is set"))


def _around(vault: Vault, note: Note, shown: State) -> Iterator[Term]:
    """What waits for it, or rests on it once it was taken; and what took its place."""
    found = waiting(vault, note.path)
    if found and shown in {"open", "put-off", "unknown"}:
        yield Term("waiting", message("waits for it"), len(found), said=named(vault, found))
    elif found:
        yield Term("resting", message("rests on it"), len(found), said=named(vault, found))
    new = successor(vault, note.path)
    if new is not None:
        yield Term("successor", message("replaced by"), said=called(vault, new))
