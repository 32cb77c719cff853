"""Files that some disks or links cannot tell apart: a Vault goes in, groups of paths come out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from vaultkit.model import Link
from vaultkit.text import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultkit.vault import Edge, Vault

_UNBROKEN = re.compile("[\u00a0\u202f]")
Difference = Literal["case", "accents", "spaces"]


class Collision(Struct, frozen=True):
    """Two or more files whose paths are one under the form in which names are looked up."""

    paths: tuple[str, ...]
    """In order; as the disk writes them."""
    difference: Difference
    """The greatest there is among them: `accents` when they differ by encoding alone."""
    link: Link | None = None
    """Where they are attachments: the link that somebody wrote to one of them."""


def collisions(vault: Vault) -> Mapping[str, tuple[Collision, ...]]:
    """Note -> the groups to tell of there: its own; those of attachments on the first note that links to one.

    A group of attachments that nothing links to is told of nowhere.
    """
    found: dict[str, list[Collision]] = {}
    for paths in _groups(vault.ask(sharing)):
        collision = Collision(paths, _difference(paths))
        own = next((path for path in paths if path in vault.notes or path in vault.boards), None)
        if own is not None:
            found.setdefault(own, []).append(collision)
            continue
        links = [(edge.source, edge.link) for path in paths for edge in _shown(vault, path)]
        if links:
            source, link = min(links, key=lambda each: (each[0], each[1].span.start))
            found.setdefault(source, []).append(replace(collision, link=link))
    return {path: tuple(groups) for path, groups in found.items()}


def sharing(vault: Vault) -> frozenset[str]:
    """The files whose names others have as well."""
    return vault.resolver.shared()


def _shown(vault: Vault, path: str) -> Iterator[Edge]:
    """The links to an attachment that people wrote: a build must change no judgement."""
    edges = (*vault.graph.backlinks(path), *vault.graph.backlinks_aside(path))
    return (edge for edge in edges if edge.human)


def _groups(paths: Iterable[str]) -> list[tuple[str, ...]]:
    by_key: dict[str, list[str]] = {}
    for path in sorted(paths):
        by_key.setdefault(name_key(path), []).append(path)
    return [tuple(group) for group in by_key.values() if len(group) > 1]


def _difference(paths: tuple[str, ...]) -> Difference:
    composed = {normalize("NFC", path) for path in paths}
    if len(composed) == 1:
        return "accents"
    return "spaces" if len({" ".join(_UNBROKEN.split(path)) for path in composed}) == 1 else "case"
