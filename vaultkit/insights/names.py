"""What a link that leads nowhere may have meant: its target goes in, the file that bears nearly that name comes out.

A name that differs by case, accents, hyphens or plural, a title or an alias (which Obsidian never resolves) is taken at
once. For the rest, only names that share the beginning or the end of a word are compared, and only a dozen of them.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from vaultkit.text import fold, stem
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.model import Heading, Note
    from vaultkit.vault import Vault

CANDIDATES = 12
"""How many names are compared with one that was asked for: 0.03 ms each."""
COMMON = 200
"""A beginning of a word that more names share tells nothing."""
HEADINGS = 100
"""How many headings of a note are compared with one that was asked for."""
LIKENESS = 0.78
"""The least ratio of difflib: `Hire CFO` and `Hire a CFO` have 0.89."""


def bearers(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """Name, title or alias, in the singular and folded -> the files that bear it, by path."""
    found: dict[str, dict[str, None]] = {}
    for path, note in vault.notes.items():
        for name in (note.name, vault.title(note), *aliases(note)):
            found.setdefault(stem(name), {})[path] = None
    for path in sorted((*vault.boards, *vault.files)):
        name = path.rpartition("/")[2].removesuffix(".md")
        for form in (name, name.rpartition(".")[0] or name):
            found.setdefault(stem(form), {})[path] = None
    found.pop("", None)
    return {name: tuple(paths) for name, paths in found.items()}


def suggestions(vault: Vault) -> Mapping[str, str]:
    """Unresolved target, as it is written -> the one file that it most probably means."""
    edges = chain(vault.graph.edges(), *vault.graph.aside.values())
    targets = dict.fromkeys(edge.link.target for edge in edges if edge.target is None and edge.human)
    found = ((target, nearest(vault, target)) for target in targets)
    return {target: path for target, path in found if path}


def nearest(vault: Vault, target: str) -> str | None:
    """The one file whose name, title or alias is nearest to a target; None when there is none, or two as near."""
    name = stem(target.rpartition("/")[2].removesuffix(".md"))
    borne = vault.ask(bearers)
    if name not in borne:
        name = _closest(name, _candidates(vault, name))
    paths = borne.get(name, ())
    return paths[0] if len(paths) == 1 else None


def nearest_heading(note: Note, anchor: str) -> Heading | None:
    """The heading of a note that is most like the last part of an anchor; None when none is."""
    wanted = fold(anchor.rpartition("#")[2])
    headings = {fold(heading.text): heading for heading in reversed(note.headings[:HEADINGS])}
    if not wanted or wanted in headings:
        return headings.get(wanted)
    from difflib import get_close_matches  # 14 ms, and only where something is broken

    near = get_close_matches(wanted, list(headings), n=1, cutoff=LIKENESS)
    return headings[near[0]] if near else None


def aliases(note: Note) -> tuple[str, ...]:
    """The other names that a note gives itself: one text, or the texts of a list, as Obsidian has it."""
    value = next((item.value for item in note.properties if fold(item.name) == "aliases"), ())
    texts = (text_of(v) for v in (value if isinstance(value, tuple) else (value,)) if isinstance(v, str))
    return tuple(text for text in texts if text)


def _shelves(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """The beginning or the end of a word -> the names with such a word."""
    found: dict[str, list[str]] = {}
    for name in sorted(vault.ask(bearers)):
        for part in set(_parts(name)):
            found.setdefault(part, []).append(name)
    return {part: tuple(names) for part, names in found.items() if len(names) <= COMMON}


def _parts(name: str) -> Iterator[str]:
    for word in name.split():
        if len(word) > 2:
            yield word[:3]
            yield word[-3:]


def _candidates(vault: Vault, name: str) -> tuple[str, ...]:
    """The names that share most beginnings and ends of words with this one."""
    shelves = vault.ask(_shelves)
    shared = Counter(other for part in set(_parts(name)) for other in shelves.get(part, ()))
    likely = (other for other in shared if abs(len(other) - len(name)) <= max(3, len(name) // 4))
    return tuple(sorted(likely, key=lambda other: (-shared[other], other))[:CANDIDATES])


@lru_cache(maxsize=16384)
def _closest(name: str, candidates: tuple[str, ...]) -> str:
    """The candidate most like a name, its numbers the same; empty when none is like it."""
    if not candidates:
        return ""
    from difflib import get_close_matches  # 14 ms, and only where something is broken

    numbers = _digits(name)
    alike = [other for other in candidates if _digits(other) == numbers]
    return next(iter(get_close_matches(name, alike, n=1, cutoff=LIKENESS)), "")


def _digits(name: str) -> str:
    return "".join(c for c in name if c.isdigit())
