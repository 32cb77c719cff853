"""A vault as it was kept and the same read anew go in; the first thing in which they differ comes out, for a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.vault import Vault


def difference(kept: Vault, anew: Vault) -> str:
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


def first_other(said: object, anew: object) -> str:
    """The first thing that was said and is not said anew, or the other way round."""
    if not isinstance(said, tuple) or not isinstance(anew, tuple):
        return ""
    for some, others in ((said, anew), (anew, said)):
        for each in some:
            if each not in others:
                return f"{getattr(each, 'validator', '')} {getattr(each, 'path', each)}"
    return "in another order"
