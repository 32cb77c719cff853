"""Which notes a list may be of: an Index goes in, the paths that are worth a closer look come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.text import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vaultkit.config import Index
    from vaultkit.model import Note
    from vaultkit.vault import Vault


def candidates(vault: Vault, index: Index, page: str) -> Iterable[str]:
    """Every note that a list on this page may be of, and as few others as can be told at once."""
    if index.kind is not None:
        return [note.path for note in vault.of_kind(index.kind)]
    if index.tag is not None:
        return vault.ask(tagged).get(_root(index.tag), ())
    home = name_key((page.rpartition("/")[0] if index.folder is None else index.folder).strip("/"))
    folders = vault.ask(by_folder)
    if not home:
        return vault.notes
    return [path for here in folders if here == home or here.startswith(f"{home}/") for path in folders[here]]


def by_folder(vault: Vault) -> Mapping[str, list[str]]:
    """Folder, as names are looked up -> the notes in it."""
    spellings: dict[str, list[str]] = {}
    for path in vault.notes:
        spellings.setdefault(path.rpartition("/")[0], []).append(path)
    found: dict[str, list[str]] = {}
    for folder, paths in spellings.items():
        found.setdefault(name_key(folder), []).extend(paths)
    return found


def tagged(vault: Vault) -> Mapping[str, list[str]]:
    """The beginning of a tag -> the notes that bear one that begins so."""
    found: dict[str, list[str]] = {}
    for path, roots in vault.gather(tag_roots).items():
        for root in roots:
            found.setdefault(root, []).append(path)
    return found


def tag_roots(_vault: Vault, note: Note) -> tuple[str, ...]:
    """What the tags that a person gave a note begin with, each once."""
    return tuple(dict.fromkeys(_root(tag.name) for tag in note.tags if tag.written_by == "human"))


def nested(note: Note, tag: str) -> tuple[tuple[str, ...], ...]:
    """What follows `tag` in each tag of a note that is or continues it; `project/a` says `project` as well."""
    wanted = tag.casefold().strip("/").split("/")
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for each in note.tags:
        parts = each.name.strip("/").split("/")
        low = [part.casefold() for part in parts]
        if each.written_by == "human" and low[: len(wanted)] == wanted:
            found.setdefault(tuple(low[len(wanted) :]), tuple(parts[len(wanted) :]))
    return tuple(found[low] for low in found if not any(other != low and other[: len(low)] == low for other in found))


def _root(tag: str) -> str:
    return tag.casefold().strip("/").partition("/")[0]
