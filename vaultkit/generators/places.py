"""Where pages go: a Vault goes in, the path of each page comes out.

People may move or rename a page of ours: it is found again by what it says of itself. A new page never takes the place
of a note, nor a name that would change what somebody's link opens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.text import name_key
from vaultkit.vault import Known, Vault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.model import Note

HOMES = {"en": "Dashboards", "fr": "Tableaux de bord"}
"""Language -> the folder of the dashboards, where `vaultkit.toml` names none."""

FILE_NAMES = {
    "overview": {"en": "Overview", "fr": "Vue d'ensemble"},
    "alignment": {"en": "Alignment", "fr": "Alignement"},
    "orphan-priorities": {"en": "Orphan priorities", "fr": "Priorités orphelines"},
}
"""Page -> language -> its file name. Not in the catalogue: a better translation must not move anybody's page."""

INDEX = "index"


def places(vault: Vault) -> Mapping[str, str]:
    """Dashboard -> its path, for those that are wanted."""
    return {name: _place(vault, name) for name in FILE_NAMES if name not in vault.config.pages.off}


def index_path(path: str) -> str:
    """The path of an index page as `vaultkit.toml` gives it, with or without `.md`."""
    path = path.strip("/")
    return path if path.endswith(".md") else f"{path}.md"


def built(vault: Vault) -> Vault:
    """The vault as links will find it once its pages stand: what a first build writes, a second need not write anew."""
    pages = set(vault.ask(places).values())
    if INDEX not in vault.config.pages.off:
        pages |= {index_path(index.path) for index in vault.config.index if index.path}
    new = {page for page in pages if not vault.has(page)}
    if not new:
        return vault
    return Vault(
        vault.everything,
        vault.files | new,
        vault.setting,
        resolver=vault.resolver.replaced(new, ()),
        known=Known(referrers=vault.referrers, last=vault, moved=True),
    )


def _standing(vault: Vault) -> Mapping[str, list[str]]:
    """Name of a page -> where pages stand that say they are this one."""
    found: dict[str, list[str]] = {}
    for path, name in vault.gather(page_name).items():
        if name is not None:
            found.setdefault(name, []).append(path)
    return found


def page_name(_vault: Vault, note: Note) -> str | None:
    """Which page of vaultkit's a note says it is."""
    return note.generated.page if note.generated else None


def _place(vault: Vault, name: str) -> str:
    """Where the one page of this name stands; else a free place in the folder of the pages."""
    standing = vault.ask(_standing).get(name, [])
    if len(standing) == 1:
        return standing[0]
    language = vault.language if vault.language in HOMES else "en"
    folder = HOMES[language] if vault.config.pages.folder is None else vault.config.pages.folder.strip("/")
    file_name = FILE_NAMES[name][language]
    home = f"{folder}/" if folder else ""
    usual, other = f"{home}{file_name}.md", f"{home}{file_name} (vaultkit).md"
    return other if _taken(vault, usual) else usual


def _taken(vault: Vault, path: str) -> bool:
    """Whether a person's note stands there, or has the same name elsewhere: `[[Overview]]` must go on to mean that one.

    Of a file that is excluded from judgement nothing is known: at this very path it may be our own page.
    """
    for other in vault.resolver.namesakes(path):
        note = vault.notes.get(other)
        if note is None and name_key(other) != name_key(path):
            return True
        if note is not None and note.generated is None:
            return True
    return False
