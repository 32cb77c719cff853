"""What a link that leads nowhere may have meant: its target goes in, the file that bears nearly that name comes out.

A name that differs by case, accents, hyphens or plural, a title or an alias (which Obsidian never resolves) is taken at
once. For the rest, only names that share the beginning or the end of a word are compared, and only a dozen of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from vaultkit.text import fold, singular, stem
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vaultkit.model import Heading, Note, Property
    from vaultkit.vault import Vault

CANDIDATES = 12
"""How many names are compared with one that was asked for: 0.03 ms each."""
FEW = 20
"""So many names are gone through sooner than put on shelves."""
COMMON = 200
"""A beginning of a word that more names share tells nothing."""
HEADINGS = 100
"""How many headings of a note are compared with one that was asked for."""
ALIASES = "aliases"
SAYING = frozenset({"title", "titre", ALIASES})
"""Properties, folded, by which a note may be called otherwise than its file."""
LIKENESS = 0.78
"""The least ratio of difflib: `Hire CFO` and `Hire a CFO` have 0.89."""
_DIGITS = re.compile(r"\d+")
SLIP = 0.7
"""The least ratio of two words in the same place: `CFO` and `CTO` have 0.67, `Anne` and `Ann` 0.86."""


class _Shelf(NamedTuple):
    """Names, the shortest first, and their lengths."""

    names: list[str]
    lengths: list[int]

    def about(self, length: int) -> list[str]:
        """Those that are not much shorter or longer than this."""
        much = max(3, length // 4)
        return self.names[bisect_left(self.lengths, length - much) : bisect_right(self.lengths, length + much)]


class _Alike:
    """Names with the same numbers in them, to be looked up by the beginnings and the ends of their words."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)
        self._shelves: dict[str, _Shelf] = {}

    def candidates(self, name: str) -> tuple[str, ...]:
        """The names of about the same length that share most beginnings and ends of words with this one."""
        shared = self._sharing(name)
        found: list[str] = []
        for most in sorted(set(shared.values()), reverse=True):
            level = sorted([other for other, count in shared.items() if count == most])
            found += level[: CANDIDATES - len(found)]
            if len(found) == CANDIDATES:
                break
        return tuple(found)

    def _sharing(self, name: str) -> Mapping[str, int]:
        """Names of about the same length -> how many beginnings and ends of words they share with this one."""
        ends, length = parts(name), len(name)
        if len(self._names) > FEW:
            return Counter(chain.from_iterable(self._shelf(part).about(length) for part in ends))
        much = max(3, length // 4)
        about = (other for other in self._names if abs(len(other) - length) <= much)
        return {other: count for other in about if (count := len(ends & parts(other)))}

    def _shelf(self, part: str) -> _Shelf:
        """The names with a word that begins or ends so; none of them when there are too many."""
        if part not in self._shelves:
            names: set[str] = set()
            for word in self._words.get(part, ()):
                names.update(self._by_word[word])
                if len(names) > COMMON:
                    names.clear()
                    break
            ordered = sorted(names, key=len)
            self._shelves[part] = _Shelf(ordered, [len(name) for name in ordered])
        return self._shelves[part]

    @cached_property
    def _words(self) -> Mapping[str, list[str]]:
        """The beginning or the end of a word -> the words."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._by_word:
            first, last = word[:3], word[-3:]
            found[first].append(word)
            if last != first:
                found[last].append(word)
        return found

    @cached_property
    def _by_word(self) -> Mapping[str, list[str]]:
        """Word of three letters or more -> the names that it stands in."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name in self._names:
            for word in name.split(" "):
                if len(word) > 2:
                    found[word].append(name)
        return found


class Names:
    """Every name in a vault, and what is nearest to one that nobody bears."""

    def __init__(self, borne_by: Mapping[str, tuple[str, ...]]) -> None:
        self.borne_by = borne_by
        """Name, title or alias, in the singular and folded -> the files that bear it, notes first, by path."""
        self._nearest: dict[str, str | None] = {}
        self._alike: dict[str, _Alike] = {}
        """The numbers in a name that was asked for -> the names with the same."""

    def nearest(self, target: str) -> str | None:
        """The one file whose name, title or alias is nearest to a target; None when there is none, or two as near."""
        name = asked(target)
        if name not in self._nearest:
            known = name if name in self.borne_by else _closest(name, self._candidates(name))
            paths = self.borne_by.get(known, ())
            self._nearest[name] = paths[0] if len(paths) == 1 else None
        return self._nearest[name]

    def _candidates(self, name: str) -> tuple[str, ...]:
        """A dozen names that this one may be mistyped for: no number in them is another."""
        told = numbers(name)
        if told not in self._alike:
            self._alike[told] = _Alike(self._by_numbers.get(told, ()))
        return self._alike[told].candidates(name)

    @cached_property
    def _by_numbers(self) -> Mapping[str, list[str]]:
        """The numbers in names -> the names."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name in self.borne_by:
            found[numbers(name)].append(name)
        return found


def names(vault: Vault) -> Names:
    """Every name in the vault."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path, borne_here in vault.gather(borne).items():
        for name in borne_here:
            found[name].append(path)
    for path in sorted((*vault.boards, *vault.files)):
        for name in _of_file(path):
            found[name].append(path)
    return Names({name: tuple(paths) for name, paths in found.items()})


def borne(vault: Vault, note: Note) -> tuple[str, ...]:
    """The name, the title and the aliases of a note as `stem` has them, each once; none of a canvas or a base."""
    path = note.path
    if not path.endswith(".md"):
        return ()
    name = singular(fold(path[path.rfind("/") + 1 : -3]))
    others: tuple[str, ...] | None = None
    titled = False
    for item in note.properties:
        word = fold(item.name)
        if word in SAYING:
            if word != ALIASES:
                titled = True
            elif others is None:
                others = _texts(item)
    if note.fields and not titled:
        titled = any(fold(item.name) in SAYING - {ALIASES} for item in note.fields)
    said = {name}
    if others:
        said.update(map(singular, map(fold, others)))
    if titled:
        said.add(stem(vault.title(note)))
    said.discard("")
    return tuple(sorted(said)) if len(said) > 1 else tuple(said)


def borne_at(vault: Vault, path: str) -> tuple[str, ...]:
    """The names of the file at a path; none where there is no file."""
    if path in vault.notes:
        return vault.gather(borne)[path]
    return _of_file(path) if vault.has(path) else ()


def asked(target: str) -> str:
    """The name that a target asks for, as `stem` has it."""
    return stem(target.rpartition("/")[2].removesuffix(".md"))


def numbers(name: str) -> str:
    """The digits in a name, in their order."""
    return "".join(_DIGITS.findall(name))


def parts(name: str) -> frozenset[str]:
    """The beginnings and the ends of a name's words."""
    words = [word for word in name.split() if len(word) > 2]
    return frozenset([word[:3] for word in words] + [word[-3:] for word in words])


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
    return next((_texts(item) for item in note.properties if fold(item.name) == ALIASES), ())


def _texts(item: Property) -> tuple[str, ...]:
    values = item.value if isinstance(item.value, tuple) else (item.value,)
    return tuple([text for value in values if isinstance(value, str) and (text := text_of(value))])


def _of_file(path: str) -> tuple[str, ...]:
    """What a file that is no note may be asked for by: its name with and without its extension."""
    name = path.rpartition("/")[2].removesuffix(".md")
    said = dict.fromkeys((stem(name), stem(name.rpartition(".")[0] or name)))
    return tuple(name for name in said if name)


def _closest(name: str, candidates: tuple[str, ...]) -> str:
    """The candidate most like a name, word by word; empty when none is like it."""
    if not candidates:
        return ""
    from difflib import get_close_matches  # 14 ms, and only where something is broken

    near = get_close_matches(name, candidates, n=3, cutoff=LIKENESS)
    return next((other for other in near if _is_slip(name, other)), "")


def _is_slip(name: str, other: str) -> bool:
    """Whether each word may be that of the other name, mistyped: `Hire CTO` is no slip of `Hire CFO`."""
    from difflib import SequenceMatcher

    one, two = name.split(), other.split()
    if len(one) != len(two):
        return True
    return all(SequenceMatcher(None, a, b).ratio() >= SLIP for a, b in zip(one, two, strict=True) if a != b)
