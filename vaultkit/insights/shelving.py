"""Which notes a list is of: an Index goes in, their paths come out, and the folders or tags that they stand under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.grouping import says
from vaultkit.text import name_key, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultkit.config import Index
    from vaultkit.model import Note
    from vaultkit.vault import Vault

COMPARED = 1000
"""How many names are compared with one that is nowhere: 0.03 ms each."""


def candidates(vault: Vault, index: Index, page: str) -> Iterable[str]:
    """Every note that a list on this page may be of, and as few others as can be told at once."""
    if index.kind is not None:
        return [note.path for note in vault.of_kind(index.kind)]
    if index.tag is not None:
        return vault.ask(tagged).get(_root(index.tag), ())
    home = name_key((_own_folder(index, page) if index.folder is None else index.folder).strip("/"))
    folders = vault.ask(by_folder)
    if not home:
        return vault.notes
    return [path for here in folders if here == home or here.startswith(f"{home}/") for path in folders[here]]


def listed(vault: Vault, index: Index, page: str) -> Iterator[str]:
    """Every note that a list on this page is of."""
    for path in candidates(vault, index, page):
        if path in vault.notes and shelves(vault, index, vault.notes[path], page):
            yield path


def shelves(vault: Vault, index: Index, note: Note, page: str) -> tuple[tuple[str, ...], ...]:
    """Under which subfolders or nested tags a note is listed; nowhere when it is not wanted at all.

    A list of nothing in particular is one of the folder that it stands in. None lists its own page, or vaultkit's.
    """
    if note.path == page or note.generated or (index.kind is not None and not vault.is_kind(note, index.kind)):
        return ()
    if index.property is not None and not says(vault, note, index.property):
        return ()
    tags = nested(note, index.tag) if index.tag is not None else ((),)
    folder = index.folder
    if folder is None and index.tag is None and index.kind is None:
        folder = _own_folder(index, page)
    if folder is None:
        return tags
    home, here = name_key(folder.strip("/")), name_key(note.folder)
    if home and here != home and not here.startswith(f"{home}/"):
        return ()
    below = note.folder.split("/")[home.count("/") + 1 if home else 0 :] if note.folder else []
    return (tuple(below),) if tags else ()


def _own_folder(index: Index, page: str) -> str:
    """The folder of a list that names none: its own, but for one of all notes that have a property."""
    return page.rpartition("/")[0] if index.property is None else ""


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


def folders(vault: Vault) -> Mapping[str, str]:
    """Folder, as names are looked up -> how it is written: every one that holds anything, and those around it."""
    found: dict[str, str] = {}
    for folder in {path.rpartition("/")[0] for path in (*vault.everything, *vault.files)}:
        spelled = folder
        while spelled and found.setdefault(name_key(spelled), spelled) is spelled:
            spelled = spelled.rpartition("/")[0]
    return found


def tags(vault: Vault) -> Mapping[str, str]:
    """Tag, in lower case -> how it is written: every one that a person gave a note, and those that it continues."""
    found: dict[str, str] = {}
    for given in vault.gather(tags_of).values():
        for tag in given:
            spelled = tag
            while spelled and found.setdefault(spelled.casefold(), spelled) is spelled:
                spelled = spelled.rpartition("/")[0]
    return found


def tags_of(_vault: Vault, note: Note) -> tuple[str, ...]:
    """The tags that a person gave a note, each once."""
    return tuple(dict.fromkeys(tag.name.strip("/") for tag in note.tags if tag.written_by == "human"))


def nearest(asked: str, known: Mapping[str, str]) -> str | None:
    """The folder or tag most like one that is nowhere: one that stands elsewhere, or is spelled nearly so."""
    from difflib import get_close_matches  # 14 ms, and only where something is wrong

    spellings: dict[str, str] = {}
    for spelled in sorted(known.values(), key=lambda name: (name.count("/"), name)):
        spellings.setdefault(stem(spelled), spelled)
        spellings.setdefault(stem(spelled.rpartition("/")[2]), spelled)
    wanted = stem(asked)
    near = [wanted] if wanted in spellings else get_close_matches(wanted, list(spellings)[:COMPARED], n=1)
    return spellings[near[0]] if near else None


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
