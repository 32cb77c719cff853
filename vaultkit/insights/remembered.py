"""What some readers may know of earlier days: a Vault and a group go in; the past without what is withheld comes out.

Of a note that is withheld, or that was when it was last heard of, no version is left, not even those of the days on
which anybody might have read it: they would tell that it is there. A note that is open again begins on the day on which
it is. A version of any other note is without the values that name what is withheld, as the note itself is.

Worked: `Deal.md` was open on 1 March, said `confidentiality: board` on 5 March, and is open since 10 March. Employees
know it from 10 March on, and had it been deleted on the 6th, not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from vaultkit.insights.redacting import BLANK, redacted
from vaultkit.insights.secrecy import is_for, stated
from vaultkit.insights.withheld import withheld
from vaultkit.lazy import Lazy, Once
from vaultkit.model import Note
from vaultkit.vault.past import Recalled, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.insights.secrecy import Group
    from vaultkit.insights.withheld import Withheld
    from vaultkit.vault import Vault
    from vaultkit.vault.past import Past, Recollection, Version


def remembered(vault: Vault, group: Group) -> Recollection | None:
    """What these readers may know of earlier days, found out when somebody asks."""
    known = vault.setting.recollection
    if known is None:
        return None

    def find() -> Recalled:
        past = known.value.past
        return Recalled(None if past is None else _past(vault, group, past), known.value.trouble)

    return Once(find, known.mark)


def _past(vault: Vault, group: Group, past: Past) -> Past:
    """A note that nobody may know of has no versions: whether one has any is found out when somebody asks for them."""
    away = withheld(vault, group)
    paths = [path for path in past.versions if path not in away.reasons and not away.named_in(path)]
    return replace(past, versions=Lazy(paths, lambda path: _versions(vault, group, past.versions[path], path)))


def _versions(vault: Vault, group: Group, found: tuple[Version, ...], path: str) -> tuple[Version, ...]:
    """Those since it was last kept from them; none of a note that is gone and was."""
    kind = _kind(vault, path)
    secret = [not is_for(stated(vault, kind, each.properties.items()), group) for each in found]
    if any(secret):
        found = found[len(secret) - secret[::-1].index(True) :]
    away, note = withheld(vault, group), vault.notes.get(path)
    here, shown = (said(note)[0], said(redacted(vault, note, away))[0]) if note else ({}, {})
    return tuple(_version(away, here, shown, each) for each in found)


def _kind(vault: Vault, path: str) -> str | None:
    told = vault.recognised.get(path) or vault.kinds.recognise(Note(path, ""))
    return told.kind if told else None


def _version(away: Withheld, here: Mapping[str, str], shown: Mapping[str, str], then: Version) -> Version:
    """A version without what it names; a value that is still there reads as in the note that these readers see."""
    properties = {
        name: shown.get(name, BLANK) if text == here.get(name) else BLANK if away.named_in(text) else text
        for name, text in then.properties.items()
    }
    return then if properties == then.properties else replace(then, properties=properties)
