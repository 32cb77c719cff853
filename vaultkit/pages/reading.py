"""A page's readers go in; the vault as they may see it comes out: its language, and no note that is not for them.

What is withheld is no part of that vault: no name, no count and no diagram can tell of it. Nor is there any word of the
notes that stay which names it, and no link to it. `discretion` looks once more at a page that is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from vaultkit.insights.holding import holding
from vaultkit.insights.redacting import redacted, told_in
from vaultkit.insights.remembered import remembered
from vaultkit.insights.secrecy import group_of, may_see
from vaultkit.insights.withheld import withheld
from vaultkit.model import Change
from vaultkit.pages.environment import filled_in
from vaultkit.pages.linking import is_for_others
from vaultkit.pages.places import built, own_pages, places
from vaultkit.pages.readers import betraying, readers
from vaultkit.vault import Known, Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from vaultkit.baseline import Entry
    from vaultkit.insights.secrecy import Group
    from vaultkit.insights.withheld import Withheld
    from vaultkit.vault import Setting


def as_read_by(vault: Vault, audience: str | None, language: str | None) -> Vault:
    """The vault as an audience sees it, in a language; the vault itself where that is no other.

    A page for others is no more shown to them than a note.
    """
    group = None if audience is None else group_of(audience)
    wanted = (group, language or vault.language)
    views = vault.ask(_views)
    if wanted not in views:
        views[wanted] = _seen(vault, group, wanted[1])
    return views[wanted]


def _views(_vault: Vault) -> dict[tuple[Group | None, str], Vault]:
    """Readers and language -> the vault as they see it."""
    return {}


def _seen(vault: Vault, group: Group | None, language: str) -> Vault:
    if group is None and language == vault.language:
        return vault
    changes = () if group is None else tuple(_changes(vault, withheld(vault, group)))
    after = vault.step(changes) if changes else vault
    setting = replace(after.setting if group is None else _setting(vault, group), language=language)
    known = Known(referrers=after.referrers, last=after)
    after = Vault(after.everything, after.files, setting, resolver=after.resolver, known=known)
    if setting == vault.setting and not changes:
        vault.lend(after, _is_of_notes)
    after.expect(places, _pages(vault, group))
    after.expect(built, vault.ask(built))  # a link must lead to its note wherever the page is read
    after.expect(is_for_others, group is not None)
    if group is not None:
        after.expect(betraying, frozenset(_betraying(vault, withheld(vault, group))))
    after.expect(own_pages, vault.ask(own_pages))
    after.expect(filled_in, vault.ask(filled_in))
    return after


def _is_of_notes(question: Callable[[Vault], object]) -> bool:
    """Whether a question is about the notes and nothing else: what of pages these readers have is another matter."""
    return question.__module__.startswith(("vaultkit.insights.", "vaultkit.validators."))


def _changes(vault: Vault, away: Withheld) -> Iterator[Change]:
    """What the vault has other for those from whom something is withheld."""
    if not away.reasons:
        return
    yield from (Change(path, removed=True) for path in away.reasons)
    about = {own.path for (_, note), own in vault.ask(own_pages).items() if note in away.reasons}
    for path, note in vault.everything.items():
        if path in away.reasons:
            continue
        if note.generated is not None and (path in about or away.named_in(f"{path}\n{note.generated.page}")):
            yield Change(path, removed=True)  # a page about what they may not know of
        elif note.generated is None and (left := redacted(vault, note, away)) is not note:
            yield Change(path, left)


def _betraying(vault: Vault, away: Withheld) -> Iterator[tuple[str, int]]:
    """The regions that tell of what is withheld."""
    for path in vault.ask(holding) if away.reasons else ():
        note = vault.read(path)
        starts = (each.opening.start for each in note.regions if told_in(vault, note, away, each.body))
        yield from ((path, start) for start in starts)


def _setting(vault: Vault, group: Group) -> Setting:
    """What the vault is read in the light of, where that tells of notes: earlier days, and known findings."""
    away, setting = withheld(vault, group), vault.setting
    known = None if setting.known is None else tuple(each for each in setting.known if not _tells(away, each))
    return replace(setting, known=known, recollection=remembered(vault, group))


def _tells(away: Withheld, known: Entry) -> bool:
    """Whether a finding that is known is one of what is withheld, or says its name."""
    return known.path in away.reasons or away.named_in(f"{known.path}\n{known.facts}")


def _pages(vault: Vault, group: Group | None) -> Mapping[str, str]:
    """Where the pages stand that these readers have: those that say for whom they are, and are for them."""
    every, of = vault.ask(places), vault.ask(readers)
    if group is None:
        return every
    sees = may_see(group)
    return {name: path for name, path in every.items() if name in of and group_of(of[name]) in sees}
