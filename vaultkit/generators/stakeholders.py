"""Stakeholders: a Vault goes in; who has power, how they stand and what they hear next comes out."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit import escape
from vaultkit.escape import Markdown
from vaultkit.insights.action import next_step
from vaultkit.insights.contact import contacts, mentioning, planned
from vaultkit.insights.status import is_live
from vaultkit.language import message, plural, say
from vaultkit.model import Message, Page
from vaultkit.pages import mermaid, phrases
from vaultkit.pages.environment import page_text
from vaultkit.pages.linking import link, shown_name
from vaultkit.pages.mermaid import Axis, Point
from vaultkit.pages.places import places
from vaultkit.text import natural
from vaultkit.vault.values import cadence_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from vaultkit.model import Note
    from vaultkit.pages.difference import Question, Reads
    from vaultkit.vault import Vault

NAME = "stakeholders"
READS: tuple[Reads, ...] = ("work", "steps")
ASKS: tuple[Question, ...] = (mentioning,)
TOLD: tuple[str, ...] = ()
MOST = 40
"""Rows of the table."""
LEAST, MIDDLE, HIGHEST = 1.0, 3.0, 5.0
"""The scale of power and interest; what lies in the middle counts as low."""
STEP_LENGTH = 80
NAME_LENGTH = 30
"""Characters of a label that do not run out of the picture."""

STANCES: Mapping[str, Message] = {
    "unaware": message("unaware"),
    "resistant": message("resistant"),
    "neutral": message("neutral"),
    "supportive": message("supportive"),
    "leading": message("leading"),
}
"""From the farthest to the nearest."""
QUADRANTS = (
    message("Manage closely"),
    message("Keep satisfied"),
    message("Keep an eye on"),
    message("Keep informed"),
)
"""In Mermaid's order: much of both, power alone, little of both, interest alone."""
ACROSS = (message("little interest"), message("much interest"))
UPWARDS = (message("little power"), message("much power"))


class Row(Struct, frozen=True):
    """One stakeholder."""

    link: Markdown
    weight: Message | str
    """Power and interest."""
    stance: Message | str
    contact: Message | str
    """When they last heard something, and when they are to hear the next time."""
    next: Markdown | Message
    """What they hear, and from whom."""


def render(vault: Vault) -> Iterator[Page]:
    """The one page."""
    page = vault.ask(places)[NAME]
    there = (note for note in vault.of_kind("stakeholder") if is_live(vault, note))
    live = sorted(there, key=partial(_weight_and_name, vault))
    late = [note for note in live if _is_late(vault, note)]
    apart = [note for note in live if _gap(vault, note) > 0]
    chart, undrawn = _chart(vault, live[:MOST])
    text = page_text(
        vault,
        NAME,
        page,
        "stakeholders.md.j2",
        as_of=phrases.as_of(vault),
        callout="warning" if late else "info",
        verdict=_verdict(len(live), len(late), len(apart)),
        chart=chart,
        more_points=_more_points(undrawn),
        rows=[_row(vault, note, page) for note in live[:MOST]],
        more=_more(len(live) - MOST),
    )
    yield Page(page, text, NAME)


def _weight_and_name(vault: Vault, note: Note) -> tuple[object, ...]:
    power, interest = _scale(vault, note, "power"), _scale(vault, note, "interest")
    return -(power or 0.0), -(interest or 0.0), natural(vault.title(note)), note.path


def _verdict(live: int, late: int, apart: int) -> Message:
    if not live:
        return message("There is no live stakeholder")
    told = [plural("{count} stakeholder", "{count} stakeholders", live)]
    if late:
        told.append(plural("{count} is due to hear something", "{count} are due to hear something", late))
    if apart:
        told.append(plural("{count} is not yet where wanted", "{count} are not yet where wanted", apart))
    return phrases.listed(told)


def _scale(vault: Vault, note: Note, field: str) -> float | None:
    """Power or interest; None when nothing says, or no number of the scale."""
    number = vault.number(note, field)
    return number if number is not None and LEAST <= number <= HIGHEST else None


def _gap(vault: Vault, note: Note) -> int:
    """How many steps there are from where somebody stands to where they are wanted; 0 when nobody says."""
    scale = tuple(STANCES)
    stance, target = vault.choice(note, "stance"), vault.choice(note, "stance_target")
    if stance not in scale or target not in scale:
        return 0
    return max(0, scale.index(target) - scale.index(stance))


def _every(vault: Vault, note: Note) -> int | None:
    item = vault.property(note, "cadence")
    return cadence_of(item.value) if item else None


def _due(vault: Vault, note: Note) -> date | None:
    """The day by which somebody is to hear again; None without a rhythm, or when nothing tells of a last time."""
    every, last = _every(vault, note), next(iter(contacts(vault, note)), None)
    return last.day + timedelta(days=every) if every and last else None


def _is_late(vault: Vault, note: Note) -> bool:
    due = _due(vault, note)
    return due is not None and due < vault.today and planned(vault, note) is None


def _row(vault: Vault, note: Note, page: str) -> Row:
    return Row(
        link=link(vault, note.path, page),
        weight=_weight(vault, note),
        stance=_stance(vault, note),
        contact=_contact(vault, note),
        next=_next(vault, note, page),
    )


def _weight(vault: Vault, note: Note) -> Message | str:
    power, interest = _scale(vault, note, "power"), _scale(vault, note, "interest")
    if power is None and interest is None:
        return message("unknown")
    return " / ".join("?" if each is None else f"{each:g}" for each in (power, interest))


def _stance(vault: Vault, note: Note) -> Message | str:
    stance, target = (STANCES.get(vault.choice(note, field) or "") for field in ("stance", "stance_target"))
    if stance is None and target is None:
        return phrases.DASH
    if stance is None:
        return message("unknown → {target}", target=target or "")
    return message("{stance} → {target}", stance=stance, target=target) if target and target != stance else stance


def _contact(vault: Vault, note: Note) -> Message | str:
    """The last day, and the one by which the next is due, where there is a rhythm."""
    last, due = next(iter(contacts(vault, note)), None), _due(vault, note)
    told = str(last.day) if last else message("unknown")
    if due is None:
        return told
    if _is_late(vault, note):
        return message("{last}, **due since {date}**", last=told, date=str(due))
    return message("{last}, next by {date}", last=told, date=str(due))


def _next(vault: Vault, note: Note, page: str) -> Markdown | Message:
    """The meeting that is planned, else the first open task about them; and who looks after them."""
    who, coming, step = phrases.owner(vault, note, page), planned(vault, note), next_step(vault, note)
    if coming is not None:
        meeting = link(vault, coming.path, page)
        return message("{who}: {meeting} on {date}", who=who, meeting=meeting, date=str(coming.day))
    if step is None:
        return message("{who}: nothing planned", who=who)
    words = escape.text(phrases.clipped(phrases.without_links(step.task.description or step.task.text), STEP_LENGTH))
    if step.path == note.path:
        return message("{who}: {step}", who=who, step=words)
    return message("{who}: {step} ({note})", who=who, step=words, note=link(vault, step.path, page))


def _chart(vault: Vault, rows: Sequence[Note]) -> tuple[Markdown | None, int]:
    """Who stands where, of those of whom both are known; how many of them the picture has no room for."""
    known = [
        Point(phrases.clipped(shown_name(vault, note.path), NAME_LENGTH), _place(interest), _place(power))
        for note in rows
        if (power := _scale(vault, note, "power")) is not None
        and (interest := _scale(vault, note, "interest")) is not None
    ]
    if len(known) < 2:
        return None, 0
    drawn = mermaid.apart(known)
    (left, right), (bottom, top) = (tuple(say(each, vault.language) for each in axis) for axis in (ACROSS, UPWARDS))
    one, two, three, four = (say(each, vault.language) for each in QUADRANTS)
    chart = mermaid.quadrant(Axis(left, right), Axis(bottom, top), (one, two, three, four), drawn)
    return chart, len(known) - len(drawn)


def _place(value: float) -> float:
    """1 to 5 as a share of the picture: 3 lies below its middle, 4 above it, away from what the corners are called."""
    return 0.1 + 0.14 * (value - LEAST) if value <= MIDDLE else 0.86 - 0.22 * (HIGHEST - value)


def _more(count: int) -> Message | None:
    return plural("And {count} more stakeholder.", "And {count} more stakeholders.", count) if count > 0 else None


def _more_points(count: int) -> Message | None:
    if count <= 0:
        return None
    return plural(
        "{count} more is in the table alone: the picture has no room left there.",
        "{count} more are in the table alone: the picture has no room left there.",
        count,
    )
