"""Which file a link means, in Obsidian's order: a link's target and the note it stands in go in, a path comes out.

The order (measured against a running Obsidian): the exact path from the vault's root; then the files whose path ends as
the target does, those under the source's folder first, the shortest path first. Aliases and titles never resolve. Where
Obsidian leaves a tie to the order of its index, the path decides, so that the answer is the same everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from vaultkit.text import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable


class Resolver:
    """An index of every file of a vault by its name, extension included."""

    __slots__ = ("_by_name", "_near", "certain")

    def __init__(self, paths: Iterable[str]) -> None:
        by_name: dict[str, list[str]] = {}
        for path in paths:
            by_name.setdefault(name_key(path.rpartition("/")[2]), []).append(path)
        self._by_name = {
            name: (found[0],) if len(found) == 1 else tuple(sorted(found, key=_order))
            for name, found in by_name.items()
        }
        self.certain: dict[str, str | None] = {}
        """Target -> the file, or None for none, that it means wherever it stands, by its name or by its whole path.

        Of those that have been asked for so far: most are such, and are asked for again and again.
        """
        self._near: dict[tuple[str, str], tuple[str, ...]] = {}
        """Any other target and the folder that it stands in -> what it means there."""

    def replaced(self, added: Iterable[str], removed: Iterable[str]) -> Resolver:
        """The same index after files came and went."""
        gone = set(removed)
        names: dict[str, set[str]] = {}
        for path in (*added, *gone):
            names.setdefault(name_key(path.rpartition("/")[2]), set()).add(path)
        new = Resolver(())
        new._by_name = dict(self._by_name)
        for name, paths in names.items():
            here = (set(self._by_name.get(name, ())) | paths) - gone
            if here:
                new._by_name[name] = tuple(sorted(here, key=_order))
            else:
                new._by_name.pop(name, None)
        return new

    def resolve(self, target: str, source: str) -> str | None:
        """The path that `[[target]]` in the note at `source` opens; None when there is no such file."""
        if not target:
            return source
        if target in self.certain:
            return self.certain[target]
        found = self._found(target, source)
        return found[0] if found else None

    def at(self, path: str) -> str | None:
        """The file at exactly this path from the vault's root, extension included; of another case if need be."""
        found = _exact(self.namesakes(path), name_key(path))
        return path if path in found else next(iter(found), None)

    def candidates(self, target: str, source: str) -> tuple[str, ...]:
        """Every file that `target` could mean, the one that Obsidian opens first; one only when its path is exact."""
        if target in self.certain:
            path = self.certain[target]
            return () if path is None else (path,)
        return self._found(target, source)

    def _found(self, target: str, source: str) -> tuple[str, ...]:
        """What a target means that is not known to be certain."""
        low = name_key(target).strip()
        last = low[low.rfind("/") + 1 :]
        named = self._by_name.get(last, ()) if "." in last else ()
        if not named:
            low, named = f"{low}.md", self._by_name.get(f"{last}.md", ())
        if len(named) <= 1 and target and (not named or "/" not in low or named[0] == f"{target}.md"):
            self.certain[target] = named[0] if named else None
            return named
        asked = target, source.rpartition("/")[0]
        if asked not in self._near:
            self._near[asked] = _among(named, low, asked[1])
        return self._near[asked]

    def namesakes(self, path: str) -> tuple[str, ...]:
        """Every file of the same name, this one included."""
        return self._by_name.get(name_key(path.rpartition("/")[2]), ())

    def shared(self) -> frozenset[str]:
        """Every file whose name another file has as well."""
        return frozenset(path for found in self._by_name.values() if len(found) > 1 for path in found)


def looked_up_as(target: str) -> tuple[str, ...]:
    """The names under which `target` is looked up: a file of one of these names can change what it means."""
    last = name_key(target).strip().rpartition("/")[2]
    return (last, last + ".md") if "." in last else (last + ".md",)


def _among(named: tuple[str, ...], low: str, folder: str) -> tuple[str, ...]:
    """Which of the files of a name `low` means from a folder."""
    if low.startswith(("./", "../")):
        low = _join(name_key(folder), low)
        return _exact(named, low) or _ending(named, low, folder)
    rooted = low.startswith("/")
    low = low.removeprefix("/")
    exact = _exact(named, low)
    return exact if exact or rooted else _ending(named, low, folder)


def _order(path: str) -> tuple[int, str, str]:
    """The shortest first, as composed: a disk that keeps accents apart from their letters makes no other order."""
    composed = path if path.isascii() else normalize("NFC", path)
    return len(composed), composed, path


def _exact(named: tuple[str, ...], low: str) -> tuple[str, ...]:
    """The file at exactly this path, case apart. Two that differ only by case: the first by name, both are told of."""
    return tuple(path for path in named if name_key(path) == low)


def _ending(named: tuple[str, ...], low: str, folder: str) -> tuple[str, ...]:
    """A plain test of strings, as Obsidian's: `ary/index` finds `glossary/index.md`, and `proj` is near `projects/`."""
    ending = [path for path in named if name_key(path).endswith(low)]
    return tuple(sorted(ending, key=lambda path: (not path.startswith(folder), *_order(path))))


def _join(folder: str, low: str) -> str:
    """`../x` from `a/b` is `a/x`; a path that climbs out of the vault matches nothing."""
    parts = folder.split("/") if folder else []
    for part in low.split("/"):
        if part == "..":
            if not parts:
                return "\0"
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
