"""Every file of a vault comes in, what a running Obsidian would hold in its cache of that vault comes out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from vaultkit.parser import parse
from vaultkit.parser.cached import Cached
from vaultkit.vault.linking import meant
from vaultkit.vault.resolver import Resolver

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultkit.model import Link


def cache(read: Iterable[tuple[str, bytes]], paths: Iterable[str]) -> dict[str, object]:
    """`files` (CachedMetadata), `tags` (getAllTags), `resolvedLinks` and `unresolvedLinks`, each by path.

    `read` are the vault's notes and canvases with their bytes, `paths` all of its files. Excluded notes are among
    them: to exclude a file in Obsidian hides it, and takes nothing from its links. Of a canvas Obsidian keeps its links
    alone, of a base nothing.
    """
    resolver = Resolver(paths)
    files: dict[str, object] = {}
    tags: dict[str, object] = {}
    resolved: dict[str, dict[str, int]] = {}
    unresolved: dict[str, dict[str, int]] = {}
    for path, data in read:
        links: Iterable[Link] = ()
        if path.endswith(".md"):
            cached = Cached(data)
            files[path] = msgspec.Raw(msgspec.json.encode(cached.metadata()))  # far smaller than the values
            tags[path] = cached.tags()
            links = cached.links()
        elif path.endswith(".canvas"):
            links = parse(path, data).links
        else:
            continue
        here, nowhere = Counter[str](), Counter[str]()
        for link in links:
            target = meant(link, path, resolver)
            if target is None:
                nowhere[link.target.removesuffix(".md")] += 1
            else:
                here[target] += 1
        resolved[path], unresolved[path] = dict(here), dict(nowhere)
    return {"files": files, "tags": tags, "resolvedLinks": resolved, "unresolvedLinks": unresolved}
