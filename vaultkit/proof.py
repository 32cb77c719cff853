"""A vault as it was kept and the same read anew go in; an error that names the first difference comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.errors import ParanoidError
from vaultkit.language import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.vault import Vault


def disproved(kept: Vault, anew: Vault, said: tuple[object, object], path: str) -> ParanoidError:
    """What there is to say of it; `said` is what was said of the one and of the other."""
    what = _difference(kept, anew) or _first_other(*said)
    return ParanoidError(
        message("what was kept is not what the notes say ({what}): the fault is ours, report it, please", what=what),
        path=path,
        hint=message("`vaultkit cache clear`, or `--no-cache`, goes without what was kept"),
    )


def _difference(kept: Vault, anew: Vault) -> str:
    """What differs, and where first; nothing when only what was said of them does."""
    parts: dict[str, tuple[Mapping[str, object], Mapping[str, object]]] = {
        "note": (kept.everything, anew.everything),
        "file": (dict.fromkeys(kept.files), dict.fromkeys(anew.files)),
        "kind": (kept.recognised, anew.recognised),
        "links": (kept.graph.outgoing, anew.graph.outgoing),
        "links aside": (kept.graph.aside, anew.graph.aside),
    }
    for name, (here, there) in parts.items():
        for path in sorted({*here, *there}):
            if (path in here) != (path in there) or here[path] != there[path]:
                return f"{name} {path}"
        if list(here) != list(there):
            return f"{name}, in another order"
    return "" if kept.setting == anew.setting else "settings"


def _first_other(said: object, anew: object) -> str:
    """The first thing that was said and is not said anew, or the other way round."""
    if not isinstance(said, tuple) or not isinstance(anew, tuple):
        return ""
    for some, others in ((said, anew), (anew, said)):
        for each in some:
            if each not in others:
                return f"{getattr(each, 'validator', '')} {getattr(each, 'path', each)}"
    return "in another order"
