"""A Vault in, Pages out: one module writes one kind of page and knows of no other.

To add one: a file here with `render`, a template in `templates/pages/`, a line in GENERATORS and its name in `places`.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from vaultkit.config import PageTable
from vaultkit.errors import ConfigError
from vaultkit.generators import (
    alignment,
    bases,
    board_update,
    brief,
    canvas,
    changes,
    daily_brief,
    decision_log,
    focus_drift,
    friction,
    glossary,
    index,
    investor_update,
    meeting_brief,
    orphan_priorities,
    overview,
    own,
    people,
    portfolio,
    risks,
    scorecard,
    sparring,
    stakeholders,
    team,
    team_update,
    trial,
    vault_health,
    weekly_review,
    x_matrix,
)
from vaultkit.insights.secrecy import group_of
from vaultkit.insights.withheld import withheld
from vaultkit.language import message
from vaultkit.pages.difference import compare
from vaultkit.pages.discretion import discreet_page
from vaultkit.pages.readers import COMPANIONS, hosts, kept_from, readers
from vaultkit.pages.reading import as_read_by
from vaultkit.pages.wanted import is_wanted, named_by, wants_the_same
from vaultkit.text import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultkit.insights.withheld import Reason
    from vaultkit.model import Page
    from vaultkit.pages.difference import Difference, Reads
    from vaultkit.vault import Step, Vault

__all__ = [
    "GENERATORS",
    "Generator",
    "alignment",
    "bases",
    "board_update",
    "brief",
    "canvas",
    "changes",
    "daily_brief",
    "decision_log",
    "focus_drift",
    "friction",
    "glossary",
    "index",
    "investor_update",
    "left_out",
    "meeting_brief",
    "orphan_priorities",
    "overview",
    "own",
    "people",
    "portfolio",
    "render",
    "rerender",
    "risks",
    "scorecard",
    "sparring",
    "stakeholders",
    "team",
    "team_update",
    "trial",
    "vault_health",
    "weekly_review",
    "written",
    "x_matrix",
]


class Generator(Protocol):
    """A module that writes pages.

    It may have `ASKS`, what else its pages tell of, as questions of each note; `rerender(pages, difference)`, which
    makes less anew after a step than all of its pages; and `render_in(vault, notes)`, the regions of some notes alone.
    """

    __doc__: str | None
    READS: tuple[Reads, ...]
    """What of the whole vault its pages tell of (`difference.Reads`)."""
    TOLD: tuple[str, ...]
    """The validators whose findings they tell of."""

    def render(self, vault: Vault) -> Iterator[Page]:
        """The pages as they should read, of the vault as their readers may see it. Raises TemplateError."""


GENERATORS: dict[str, Generator] = {
    "overview": overview,
    "daily-brief": daily_brief,
    "weekly-review": weekly_review,
    "sparring": sparring,
    "orphan-priorities": orphan_priorities,
    "alignment": alignment,
    "canvas": canvas,
    "x-matrix": x_matrix,
    "scorecard": scorecard,
    "portfolio": portfolio,
    "decision-log": decision_log,
    "risks": risks,
    "friction": friction,
    "focus-drift": focus_drift,
    "people": people,
    "team": team,
    "stakeholders": stakeholders,
    "meeting-brief": meeting_brief,
    "changes": changes,
    "board-update": board_update,
    "investor-update": investor_update,
    "team-update": team_update,
    "glossary": glossary,
    "vault-health": vault_health,
    "trial": trial,
    "bases": bases,
    "index": index,
    "brief": brief,
}
"""Every generator by the name of its pages."""


def render(vault: Vault) -> tuple[Page, ...]:
    """Every page and region that is wanted. Raises TemplateError, and ConfigError when two pages have one place."""
    return _apart(page for name, module in _wanted(vault).items() for page in _rendered(vault, name, module))


def rerender(pages: tuple[Page, ...], step: Step) -> tuple[Page, ...]:
    """The pages after a step, when `pages` is what they were before it: what `render` says, with less work."""
    what = compare(step) if wants_the_same(step) else None
    if what is None:
        return render(step.after)
    made = ((name, module, tuple(p for p in pages if p.name == name)) for name, module in _wanted(step.after).items())
    return _apart(page for name, module, earlier in made for page in _rerendered(earlier, name, module, what))


def written(vault: Vault, name: str) -> tuple[Page, ...]:
    """The pages of one generator, wanted or not, as they would read. Raises TemplateError."""
    return tuple(_rendered(vault, name, GENERATORS[name]))


def _wanted(vault: Vault) -> dict[str, Generator]:
    ours = {name: module for name, module in GENERATORS.items() if is_wanted(vault, name)}
    return ours | {name: own.OwnPage(name) for name in named_by(vault)}


def left_out(vault: Vault, pages: Iterable[Page]) -> dict[str, Mapping[str, Reason]]:
    """Page for an audience -> the notes of which it says nothing because they are not for its readers, and why."""
    known = vault.ask(readers)
    return {page.path: kept_from(vault, page.name) for page in pages if page.name in known and page.region is None}


def _rendered(vault: Vault, name: str, module: Generator) -> Iterator[Page]:
    """The pages as their readers may see them; what stands in a note that says who may read it, as those may."""
    audience, apart = vault.ask(readers).get(name), vault.ask(hosts)
    for page in module.render(as_read_by(vault, audience, _language(vault, name))):
        if page.region is None or page.path not in apart:
            yield page if audience is None else replace(page, text=discreet_page(vault, audience, page))
    yield from _within(vault, name, module)


def _within(vault: Vault, name: str, module: Generator) -> Iterator[Page]:
    """The regions of the notes that say who may read them."""
    fill, apart = getattr(module, "render_in", None), vault.ask(hosts)
    if fill is None:
        return
    for groups in sorted(set(apart.values())):
        view = vault
        for group in groups:
            view = as_read_by(view, group, _language(vault, name))
        for page in fill(view, {path for path in apart if apart[path] == groups}):
            yield reduce(lambda page, group: replace(page, text=discreet_page(vault, group, page)), groups, page)


def _language(vault: Vault, name: str) -> str | None:
    return vault.config.page.get(COMPANIONS.get(name, name), PageTable()).language


def _rerendered(pages: tuple[Page, ...], name: str, module: Generator, what: Difference) -> Iterable[Page]:
    table, quick = what.step.after.config.page.get(name), getattr(module, "rerender", None)
    if quick is not None and table is None and (apart := what.step.after.ask(hosts)) == what.step.before.ask(hosts):
        others = (page for page in quick(pages, what) if page.region is None or page.path not in apart)
        return (*others, *_within(what.step.after, name, module))
    asks = getattr(module, "ASKS", ())
    spared = quick is None and what.spares(*module.READS, findings=module.TOLD, asks=asks)
    return pages if spared and not _reveals(what.step, name) else _rendered(what.step.after, name, module)


def _reveals(step: Step, name: str) -> bool:
    """Whether the readers of a page may see other notes than before."""
    audience = readers(step.after).get(name)
    if audience is None:
        return False
    group = group_of(audience)
    return withheld(step.before, group) != withheld(step.after, group)


def _apart(made: Iterable[Page]) -> tuple[Page, ...]:
    """The pages, none of which has another's place."""
    pages, seen = tuple(made), set()
    for page in pages:
        place = name_key(page.path)
        if page.region is None and place in seen:
            raise ConfigError(message("two pages would be written to {path}", path=page.path), path="vaultkit.toml")
        seen |= {place} if page.region is None else set()
    return pages
