"""The scorecard: a Vault goes in; each objective, its key results against the calendar, and their quarter come out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.escape import Markdown
from vaultkit.insights.health import objective_health, trend
from vaultkit.insights.measures import BOUNDS, measure, metric_of
from vaultkit.insights.measures import rows as dated
from vaultkit.insights.pace import LABELS, expected, pace, span_of
from vaultkit.insights.progress import as_share, primary, progress
from vaultkit.insights.ranking import rank_key
from vaultkit.insights.status import is_live
from vaultkit.insights.updates import updates
from vaultkit.insights.why.words import STANDINGS
from vaultkit.language import message, plural, say
from vaultkit.model import Message, Page
from vaultkit.pages import figures, phrases
from vaultkit.pages.environment import page_text
from vaultkit.pages.linking import link
from vaultkit.pages.places import places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultkit.model import Note
    from vaultkit.pages.difference import Reads
    from vaultkit.vault import Vault

NAME = "scorecard"
READS: tuple[Reads, ...] = ("work",)
TOLD: tuple[str, ...] = ()
MOST = 15
"""Objectives, the key results of one, and other numbers."""
BAD, TROUBLING = frozenset({"at_risk", "missed"}), frozenset({"behind", "partial", "unknown"})


class Objective(Struct, frozen=True):
    """An objective as a row."""

    link: Markdown
    progress: Markdown
    pace: Message | str
    health: Message | str
    confidence: Message | str
    owner: Markdown | Message


class Number(Struct, frozen=True):
    """A key result, or another number, as a row."""

    link: Markdown
    value: Markdown | Message
    progress: Markdown
    standing: Message | str
    weeks: str
    owner: Markdown | Message


class Group(Struct, frozen=True):
    """The key results of one objective."""

    title: Markdown | Message
    covered: Message | None
    rows: tuple[Number, ...]
    more: Message | None


def render(vault: Vault) -> Iterator[Page]:
    """The one page."""
    page = vault.ask(places)[NAME]
    objectives = [note for note in vault.of_kind("objective") if is_live(vault, note)]
    objectives.sort(key=lambda note: rank_key(vault, note))
    results = [note for note in vault.of_kind("key_result") if is_live(vault, note)]
    others = _others(vault, results)
    groups = tuple(_groups(vault, objectives, results, page))
    shown, told = [row for group in groups for row in group.rows], [_other(vault, note, page) for note in others[:MOST]]
    text = page_text(
        vault,
        NAME,
        page,
        "scorecard.md.j2",
        as_of=phrases.as_of(vault),
        callout=_callout(vault, [*objectives, *results]),
        verdict=_verdict(vault, results),
        objectives=[_objective(vault, note, page) for note in objectives[:MOST]],
        more_objectives=figures.more(len(objectives) - MOST),
        groups=groups,
        others=told,
        has_weeks=any(row.weeks != phrases.DASH for row in (*shown, *told)),
        more_others=figures.more(len(others) - MOST),
    )
    yield Page(page, text, NAME)


def _label(vault: Vault, note: Note) -> str:
    """How a note stands against the calendar: how it ended, once its time is over."""
    found = pace(vault, note)
    return "unknown" if found is None else found.grade or found.label


def _callout(vault: Vault, notes: Sequence[Note]) -> str:
    labels = {_label(vault, note) for note in notes}
    if not labels:
        return "info"
    return "danger" if labels & BAD else "warning" if labels & TROUBLING else "success"


def _verdict(vault: Vault, results: Sequence[Note]) -> Message | Markdown:
    """How many key results stand how, the worst first."""
    if not results:
        return message("There is no live key result.")
    counts = Counter(_label(vault, note) for note in results)
    words = {**STANDINGS, "unknown": figures.UNKNOWN}
    order = ("missed", *reversed(LABELS), "partial", "unknown")
    told = [f"{counts[label]} {say(words[label], vault.language)}" for label in dict.fromkeys(order) if counts[label]]
    total = say(plural("{count} key result", "{count} key results", len(results)), vault.language)
    return message("{results}: {standings}", results=total, standings=", ".join(told))


def _objective(vault: Vault, note: Note, page: str) -> Objective:
    return Objective(
        link=link(vault, note.path, page),
        progress=_progress(vault, note),
        pace=_pace(vault, note, page),
        health=figures.standing(vault, note),
        confidence=_confidence(vault, note),
        owner=phrases.owner(vault, note, page),
    )


def _progress(vault: Vault, note: Note) -> Markdown:
    """How far it has come, and how far it should have: `62% / 83%`."""
    known, found = vault.ask(progress).get(note.path), pace(vault, note)
    share = known.value if known else None
    wanted = found.expected if found else None
    if found is None and (dates := span_of(vault, note)) is not None:
        wanted = expected(*dates, vault.today)
    said = [say(figures.percent(each), vault.language) for each in (share, wanted)]
    return Markdown(said[0] if share is None and wanted is None else " / ".join(said))


def _pace(vault: Vault, note: Note, page: str) -> Message | str:
    """Its pace, and the key result that stands worse: a mean hides it."""
    known, found = _label(vault, note), objective_health(vault, note)
    own: Message = STANDINGS.get(known, figures.UNKNOWN)
    if (
        found.worst is None
        or found.path is None
        or (known in LABELS and LABELS.index(known) >= LABELS.index(found.worst))
    ):
        return own
    if found.worst in {"achieved", "on_track"}:
        return own
    return message(
        "{pace}, but {result} {standing}",
        pace=own,
        result=link(vault, found.path, page),
        standing=STANDINGS[found.worst],
    )


def _confidence(vault: Vault, note: Note) -> Message | str:
    """The last one that was said, and where it goes."""
    numbers = (update.confidence for update in vault.ask(updates).get(note.path, ()))
    said = next((share for each in numbers if each is not None and (share := as_share(each)) is not None), None)
    own = vault.number(note, "confidence")
    share = said if said is not None else None if own is None else as_share(own)
    if share is None:
        return phrases.DASH
    found = trend(vault, note)
    if found is None or not round(found.drop):
        return figures.rounded(share)
    points = plural("{count} point", "{count} points", abs(round(found.drop)))
    told = [say(each, vault.language) for each in (figures.rounded(share), points)]
    line = ("↘" if found.drop > 0 else "↗").join([f"{told[0]} ", f" {told[1]}"])
    return Markdown(f"**{line}**" if found.is_falling else line)


def _groups(vault: Vault, objectives: Sequence[Note], results: Sequence[Note], page: str) -> Iterator[Group]:
    """The key results below what they serve first; those that serve no live objective last."""
    below: dict[str, list[Note]] = {}
    shown = {note.path for note in objectives}
    for note in sorted(results, key=lambda note: rank_key(vault, note)):
        above = vault.ask(primary).get(note.path, "")
        below.setdefault(above if above in shown else "", []).append(note)
    for path in (*(note.path for note in objectives), ""):
        notes = below.get(path, [])
        if notes:
            title = link(vault, path, page) if path else message("Under no live objective")
            rows = tuple(_result(vault, note, page) for note in notes[:MOST])
            yield Group(title, _covered(vault, path), rows, figures.more(len(notes) - MOST))


def _covered(vault: Vault, path: str) -> Message | None:
    """On how much its progress rests, where that is not all."""
    found = vault.ask(progress).get(path)
    if found is None or found.basis != "results" or found.part == found.whole:
        return None
    return message("{part} of {whole} results have a value.", part=found.part, whole=found.whole)


def _result(vault: Vault, note: Note, page: str) -> Number:
    return Number(
        link(vault, note.path, page),
        _value(vault, note),
        _progress(vault, note),
        _stands(vault, note),
        _weeks(vault, note),
        phrases.owner(vault, note, page),
    )


def _value(vault: Vault, note: Note) -> Markdown | Message:
    """Its number; what has none may count its milestones, or be declared."""
    found, known = measure(vault, note), vault.ask(progress).get(note.path)
    if known is not None and known.basis == "milestones":
        return message("{part} of {whole}", part=known.part, whole=known.whole)
    if found.direction == "binary" and found.current is not None:
        return message("done") if found.share else message("not yet")
    return figures.toward(vault, found)


def _stands(vault: Vault, note: Note) -> Message | str:
    """Its pace, and what is said of its health where that is another thing."""
    label, said = _label(vault, note), figures.standing(vault, note)
    own = STANDINGS.get(label, figures.UNKNOWN)
    if said in (phrases.DASH, own):
        return own
    return message("{pace}, said to be {health}", pace=own, health=said)


def _weeks(vault: Vault, note: Note) -> str:
    """The quarter of its own values, else of those of its metric."""
    source = note.path if vault.gather(dated)[note.path] else metric_of(vault, note)
    return (figures.weekly(vault.gather(dated)[source], vault.today) if source else "") or phrases.DASH


def _others(vault: Vault, results: Sequence[Note]) -> list[Note]:
    """The live metrics that are no key result's."""
    used = {metric_of(vault, note) for note in results}
    found = [note for note in vault.of_kind("metric") if is_live(vault, note) and note.path not in used]
    return sorted(found, key=lambda note: rank_key(vault, note))


def _other(vault: Vault, note: Note, page: str) -> Number:
    found = measure(vault, note)
    standing: Message | str = phrases.DASH
    if found.direction in BOUNDS and found.share is not None:
        standing = message("kept") if found.share >= 1 else message("**not kept**")
    share = None if found.direction in BOUNDS else found.share
    return Number(
        link(vault, note.path, page),
        figures.toward(vault, found),
        Markdown(phrases.DASH if found.direction in BOUNDS else say(figures.percent(share), vault.language)),
        standing,
        _weeks(vault, note),
        phrases.owner(vault, note, page),
    )
