"""How a note is said to stand: a Vault and a note go in; its status, what decided it, and its freshness come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.dependencies import WORK
from vaultkit.insights.health import LATE, WEEK, objective_health, since_update, status, trend
from vaultkit.insights.progress import as_share
from vaultkit.insights.scores import Score, Term
from vaultkit.insights.staleness import pulse, staleness
from vaultkit.insights.status import is_live
from vaultkit.insights.underway import is_under_way
from vaultkit.insights.updates import cadence, updates
from vaultkit.insights.why.words import STANDINGS, figure, written
from vaultkit.insights.wording import called
from vaultkit.language import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.insights.health import Status
    from vaultkit.insights.staleness import Touch
    from vaultkit.model import Message, Note
    from vaultkit.vault import Vault

KINDS = ("objective", "key_result", "priority", "project")
DECIDED: Mapping[str, Message] = {
    "outcome": message("its outcome"),
    "paused": message("it is paused"),
    "outdated": message("its last update is too old for its health to be believed"),
    "declared": message("its declared health"),
}
"""What may decide, the first that holds; else nothing does."""


def health(vault: Vault, note: Note) -> Score | None:
    """Its effective status, which of the five decided it, and where confidence goes."""
    if not vault.is_kind(note, *KINDS):
        return None
    found = status(vault, note)
    if found.word == "pending" and not is_under_way(vault, note):
        return None
    by = _decided(vault, note, found)
    terms = (*_facts(vault, note, found), *_worst(vault, note), *_confidence(vault, note))
    if by == "pending":
        return Score("health", message("Health"), terms, said=message("Pending: nobody has said how it stands."))
    decided = Term("decided_by", message("decided by"), said=DECIDED[by])
    said = message("It stands as: {status}.", status=_word(found))
    return Score("health", message("Health"), (decided, *terms), said=said)


def staleness_of_note(vault: Vault, note: Note) -> Score | None:
    """How long nothing has happened to it; unknown where nothing is known of any day."""
    if not vault.is_kind(note, *WORK) or not is_live(vault, note):
        return None
    found, name = staleness(vault, note), message("Staleness")
    if found is None:
        said = message("Nobody knows when it was last touched: no history, no update, no finished task.")
        return Score("staleness", name, tuple(_pulse(vault, note)), said=said)
    terms = (
        Term("touch", message("last touch"), said=_touched(found.touch)),
        Term("days", message("days since"), found.days),
        Term("cadence", message("days of its rhythm"), found.cadence, said=written(vault, note, "cadence")),
        Term("decay", message("decay"), found.decay, said=message("1 - 2 ^ (-days / rhythm)")),
        *_pulse(vault, note),
    )
    return Score("staleness", name, terms, found.decay)


def _touched(touch: Touch) -> Message:
    day = str(touch.day)
    match touch.what:
        case "update":
            return message("{date}: an update", date=day)
        case "completion":
            return message("{date}: a task was done", date=day)
        case _:
            return message("{date}: the note was changed", date=day)


def _pulse(vault: Vault, note: Note) -> Iterator[Term]:
    """What happened to its tasks in a week; only where something did, or nobody can tell whether it did."""
    found = pulse(vault, note) if vault.is_kind(note, "priority", "project") else None
    if found is None:
        return
    moved = message("task notes changed: unknown, there is no history") if found.moved is None else ""
    if found.done or found.moved:
        yield Term("done", message("tasks done in 7 days"), found.done, said=moved)
    if found.moved:
        yield Term("moved", message("tasks moved in 7 days"), found.moved)


def _decided(vault: Vault, note: Note, found: Status) -> str:
    if vault.choice(note, "outcome"):
        return "outcome"
    return found.word if found.word in {"paused", "outdated", "pending"} else "declared"


def _word(found: Status) -> Message:
    """Its word; green that is too old bears a question mark."""
    if found.word == "outdated" and found.declared:
        return message("{status}? (outdated)", status=STANDINGS[found.declared])
    return STANDINGS[found.word]


def _facts(vault: Vault, note: Note, found: Status) -> Iterator[Term]:
    if vault.choice(note, "outcome"):
        yield Term("outcome", message("outcome"), said=written(vault, note, "outcome"))
    if found.declared:
        yield Term("declared", message("declared"), said=_source(vault, note, found.declared))
    days = since_update(vault, note)
    if days is not None:
        every = cadence(vault, note, WEEK)
        said = message("days; outdated after {days}", days=every + LATE)
        yield Term("updated", message("last update"), days, said=said)
    elif found.declared:
        yield Term("updated", message("last update"), said=message("unknown: there was never one"))


def _source(vault: Vault, note: Note, word: str) -> Message:
    """Where a health is declared."""
    own = written(vault, note, "health") if vault.choice(note, "health") else ""
    if own:
        return message("{status} ({source})", status=STANDINGS[word], source=own)
    update = next(each for each in vault.ask(updates)[note.path] if each.health)
    source = message("update of {date}", date=str(update.day))
    return message("{status} ({source})", status=STANDINGS[word], source=source)


def _worst(vault: Vault, note: Note) -> Iterator[Term]:
    """Of an objective, the key result that stands worst: never a mean of colours."""
    found = objective_health(vault, note) if vault.is_kind(note, "objective") else None
    if found is not None and found.worst is not None and found.path is not None:
        said = message("{name}: {status}", name=called(vault, found.path), status=STANDINGS[found.worst])
        yield Term("worst", message("worst key result"), said=said)


def _confidence(vault: Vault, note: Note) -> Iterator[Term]:
    """Its last confidence, and where the last three go."""
    numbers = (update.confidence for update in vault.ask(updates).get(note.path, ()))
    shares = [share for number in numbers if number is not None and (share := as_share(number)) is not None]
    own = vault.number(note, "confidence")
    if not shares:
        share = None if own is None else as_share(own)
        if share is not None:
            yield Term("confidence", message("confidence"), 100 * share, said="%")
        return
    found, told = trend(vault, note), ", ".join(f"{figure(100 * share)} %" for share in reversed(shares[:3]))
    yield Term("confidence", message("confidence"), 100 * shares[0], said=told if found else "%")
    if found is None:
        yield Term("trend", message("trend"), said=message("unknown: it takes two updates that say a confidence"))
        return
    fell = message("points an update: it fell by {drop} points, ask why", drop=round(found.drop))
    yield Term("trend", message("trend"), found.slope, said=fell if found.is_falling else message("points an update"))
