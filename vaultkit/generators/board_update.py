"""The update for the board: a Vault goes in; a draft of at most 1,500 words comes out, with parts for its author."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from vaultkit.escape import Markdown
from vaultkit.insights.exposure import exposures, risks
from vaultkit.insights.going import account as account_of
from vaultkit.insights.going import accounts
from vaultkit.insights.lineage import lineage
from vaultkit.language import message, plural
from vaultkit.model import Message, Page
from vaultkit.pages import outlook, phrases
from vaultkit.pages.environment import page_text
from vaultkit.pages.linking import link
from vaultkit.pages.places import places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vaultkit.insights.exposure import Risk
    from vaultkit.insights.going import Account
    from vaultkit.pages.difference import Reads
    from vaultkit.vault import Vault

NAME = "board-update"
READS: tuple[Reads, ...] = ("work", "steps")
TOLD: tuple[str, ...] = ()
DAYS = 90
"""What is told of: boards meet once a quarter."""
NUMBERS, ENTRIES, REQUESTS, OBJECTIVES, DECISIONS, RISKS = 12, 5, 4, 8, 8, 5
CAUSES = 2
"""Rows of each, so that the whole stays below 1,500 words."""


class Threat(Struct, frozen=True):
    """One risk as a row."""

    link: Markdown
    weight: Message | str
    owner: Markdown | Message
    objectives: Markdown | str
    acted: Message


class Aim(Struct, frozen=True):
    """One objective as a row."""

    link: Markdown
    owner: Markdown | Message
    said: tuple[Message | Markdown, ...]
    exposure: Message | str


def render(vault: Vault) -> Iterator[Page]:
    """The one page."""
    page, every = vault.ask(places)[NAME], vault.ask(accounts)
    first = vault.today - timedelta(days=DAYS)
    well, causes = _first(every, "well"), _causes(vault, every)
    behind = {path for paths in causes.values() for path in paths}
    badly = [each for each in _first(every, "badly") if each.path not in behind]
    numbers, decisions = outlook.numbers(vault, page), outlook.decided(vault, page, first)
    own = outlook.asks(vault, page, "board", first, REQUESTS)
    aims = [each for each in every if vault.is_kind(vault.notes[each.path], "objective")]
    threats = vault.ask(risks)
    text = page_text(
        vault,
        NAME,
        page,
        "board-update.md.j2",
        as_of=phrases.as_of(vault),
        verdict=_verdict(aims),
        numbers=numbers[:NUMBERS],
        more_numbers=outlook.more(len(numbers) - NUMBERS),
        well=[outlook.entry(vault, each, page) for each in well[:ENTRIES]],
        more_well=outlook.more(len(well) - ENTRIES),
        badly=[_broken(vault, each, causes.get(each.path, ()), page) for each in badly[:ENTRIES]],
        more_badly=outlook.more(len(badly) - ENTRIES),
        silent=_silent(sum(each.way == "unknown" for each in every)),
        asks=own,
        others=[] if own else outlook.asks(vault, page, None, first, REQUESTS),
        aims=[_aim(vault, each, page) for each in aims[:OBJECTIVES]],
        more_aims=outlook.more(len(aims) - OBJECTIVES),
        days=plural("the last {count} day", "the last {count} days", DAYS),
        decisions=decisions[:DECISIONS],
        more_decisions=outlook.more(len(decisions) - DECISIONS),
        threats=[_threat(vault, each, page) for each in threats[:RISKS]],
        more_threats=outlook.more(len(threats) - RISKS),
        part={name: outlook.part(name) for name in ("summary", "diagnosis", "asks")},
    )
    yield Page(page, text, NAME)


def _first(every: Sequence[Account], way: str) -> list[Account]:
    """What the board hears of first: objectives before priorities before projects, as they are in order."""
    return [each for each in every if each.way == way]


def _causes(vault: Vault, every: Sequence[Account]) -> Mapping[str, tuple[str, ...]]:
    """Objective that goes badly -> the work below it that does, too: each piece of work below one of them alone."""
    badly, tree, seen = {each.path for each in every if each.way == "badly"}, vault.ask(lineage), set[str]()
    found = {}
    for each in every:
        if each.path in badly and vault.is_kind(vault.notes[each.path], "objective") and each.path not in seen:
            below = [path for path in tree.below(each.path)[1:] if path in badly and path not in seen]
            seen.update(below)
            found[each.path] = tuple(below)
    return found


def _broken(vault: Vault, account: Account, causes: Sequence[str], page: str) -> outlook.Entry:
    """What goes badly, and what goes badly below it, the first few with their reasons."""
    shown = outlook.entry(vault, account, page)
    lines = [_cause(vault, path, page) for path in causes[:CAUSES]]
    left = outlook.more(len(causes) - CAUSES)
    below = (*shown.below, *lines, *((left,) if left else ()))
    return replace(shown, below=below or (message("No reason is written."),))


def _cause(vault: Vault, path: str, page: str) -> Message:
    """What goes badly below an objective: how, and why if anybody wrote it."""
    found = account_of(vault, vault.notes[path])
    shown = outlook.entry(vault, found, page)
    facts = shown.said or (outlook.UNKNOWN,)
    told = message("{one} · {other}", one=facts[0], other=facts[1]) if len(facts) > 1 else facts[0]
    why = outlook.quoted(found.update.why) if found.update else ""
    if why:
        return message("Below it, {name}: {standing} – {why}", name=shown.link, standing=told, why=why)
    return message("Below it, {name}: {standing}", name=shown.link, standing=told)


def _verdict(aims: Sequence[Account]) -> Message:
    """How many go how; one whose time is over is none of the live ones of any other page, and is told apart."""
    if not aims:
        return message("No live objective to report on")
    running = [aim for aim in aims if aim.late is None]
    over = len(aims) - len(running)
    told = _how_many(running)
    if not over:
        return told
    late = plural("{count} is past its end, and open", "{count} are past their end, and open", over)
    return message("{objectives}; {over}", objectives=told, over=late) if running else late


def _how_many(aims: Sequence[Account]) -> Message:
    counts = {way: sum(aim.way == way for aim in aims) for way in ("well", "badly", "unknown")}
    told = {
        "objectives": plural("{count} live objective", "{count} live objectives", len(aims)),
        "well": plural("{count} goes well", "{count} go well", counts["well"]),
        "badly": plural("{count} does not", "{count} do not", counts["badly"]),
    }
    if not counts["unknown"]:
        return message("{objectives}: {well}, {badly}", **told)
    unknown = plural("of {count} nobody can tell", "of {count} nobody can tell", counts["unknown"])
    return message("{objectives}: {well}, {badly}, {unknown}", **told, unknown=unknown)


def _silent(count: int) -> Message | None:
    if not count:
        return None
    return plural(
        "{count} more objective, priority or project does not tell how it goes.",
        "{count} more objectives, priorities and projects do not tell how they go.",
        count,
    )


def _aim(vault: Vault, account: Account, page: str) -> Aim:
    shown, exposed = outlook.entry(vault, account, page), vault.ask(exposures).get(account.path)
    weight = exposed.weight if exposed else 0
    return Aim(
        shown.link,
        shown.owner or outlook.UNKNOWN,
        shown.said or (outlook.UNKNOWN,),
        phrases.DASH if exposed is None else outlook.amount(vault, weight, ""),
    )


def _threat(vault: Vault, risk: Risk, page: str) -> Threat:
    note = vault.notes[risk.path]
    return Threat(
        link(vault, risk.path, page),
        outlook.amount(vault, risk.weight, ""),
        phrases.owner(vault, note, page),
        phrases.threatened(vault, risk.objectives, page),
        message("yes") if risk.is_acted_on else message("**no**"),
    )
