"""Keys and a way to make their values go in, a mapping comes out that makes each value when it is first asked for.

Whoever goes through all of it has all of it made: a command that asks of three notes reads three.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from enum import Enum
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar, cast, overload

ValueT = TypeVar("ValueT")
DefaultT = TypeVar("DefaultT")


class _Unmade(Enum):
    """What stands for a value that nobody has asked for yet."""

    UNMADE = 0


Found: TypeAlias = Mapping[str, ValueT | _Unmade]
"""What of a mapping has been made, and what has not."""
_UNMADE = _Unmade.UNMADE
_MANY = 64
"""Whoever has asked for so many values will ask for more: then it is quicker to read all that was kept."""


class Blank(dict[str, Any]):
    """Keys of which nothing has been made: many mappings over the same keys begin as copies of it."""

    def __init__(self, keys: Iterable[str]) -> None:
        super().__init__(dict.fromkeys(keys, _UNMADE))


class Fetched(NamedTuple, Generic[ValueT]):
    """What was kept."""

    values: Mapping[str, ValueT]
    rest: ValueT | _Unmade = _UNMADE
    """The value of every key that is not among them, where they are all that was worth keeping."""


class Kept(NamedTuple, Generic[ValueT]):
    """What was made in an earlier run, read when much of it is wanted: for one key, making it anew is quicker."""

    read: Callable[[], Fetched[ValueT]]
    but: frozenset[str] = frozenset()
    """The keys of which it no longer holds."""


class Lazy(Mapping[str, ValueT]):
    """Key -> `make(key)`, each made once, in the order of the keys; what is `found` or `kept` is not made again."""

    __slots__ = ("_found", "_kept", "_make", "_open", "_unkept", "_whole")

    def __init__(
        self,
        keys: Iterable[str],
        make: Callable[[str], ValueT],
        found: Found[ValueT] | None = None,
        kept: Kept[ValueT] | None = None,
    ) -> None:
        self._make = make
        self._kept = kept
        self._unkept = 0
        """How many values were made though they may have been kept."""
        self._found: dict[str, ValueT | _Unmade]
        self._whole = False
        """Whether all has been made."""
        self._open: set[str] | None = None
        """The keys that may not have been made, where that is known."""
        if isinstance(keys, Blank):
            self._found = keys.copy()
        elif not found:
            self._found = dict.fromkeys(keys, _UNMADE)
        else:
            self._found = {key: found.get(key, _UNMADE) for key in keys}

    def found(self) -> Found[ValueT]:
        """What has been made so far; not to be changed."""
        return self._found

    def again(
        self, make: Callable[[str], ValueT], but: frozenset[str], keys: Iterable[str] | None = None
    ) -> Lazy[ValueT]:
        """The same once more, with other keys if need be; what has been made is kept, apart from some."""
        kept = self._kept and Kept(self._kept.read, self._kept.but | but)
        new = Lazy((), make, None, kept)
        new._found = self._found.copy()
        opened = [key for key in but if key in new._found]
        new._found.update(dict.fromkeys(opened, _UNMADE))
        if self._whole or self._open is not None:
            new._open = {*opened, *(self._open or ())}
        return new if keys is None else Lazy(keys, make, new._found, kept)

    def made(self) -> dict[str, ValueT] | None:
        """All of it, if all of it has been made."""
        self._recall()
        return self._filled() if self._whole or _UNMADE not in self._found.values() else None

    def so_far(self) -> tuple[Mapping[str, ValueT], bool]:
        """What has been made or kept, and whether that is all of it."""
        self._recall()
        found = {key: value for key, value in self._found.items() if value is not _UNMADE}
        return found, len(found) == len(self._found)

    def __getitem__(self, key: str) -> ValueT:
        value = self._found[key]
        return self._missing(key) if value is _UNMADE else value

    @overload
    def get(self, key: str, /) -> ValueT | None: ...

    @overload
    def get(self, key: str, /, default: ValueT | DefaultT) -> ValueT | DefaultT: ...

    def get(self, key: str, /, default: DefaultT | None = None) -> ValueT | DefaultT | None:
        """The value of a key, else `default`; of many keys there is none, and no exception is raised for it."""
        value = self._found.get(key, default)
        return self[key] if value is _UNMADE else value

    def __contains__(self, key: object) -> bool:
        return key in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def keys(self) -> KeysView[str]:
        """Every key, none of it made for that."""
        return self._found.keys()

    def items(self) -> ItemsView[str, ValueT]:
        """Every key with its value."""
        return self._filled().items()

    def values(self) -> ValuesView[ValueT]:
        """Every value."""
        return self._filled().values()

    def _missing(self, key: str) -> ValueT:
        """The value of a key that nobody has asked for yet."""
        if self._kept is not None:
            self._unkept += 1
            if self._unkept == _MANY:
                self._recall()
        value = self._found[key]
        if value is _UNMADE:
            value = self._found[key] = self._make(key)
        return value

    def _filled(self) -> dict[str, ValueT]:
        if self._whole:
            return cast("dict[str, ValueT]", self._found)
        self._recall()
        found, make = cast("dict[str, ValueT]", self._found), self._make
        for key in list(found) if self._open is None else self._open:
            if found[key] is _UNMADE:
                found[key] = make(key)
        self._whole, self._open = True, None
        return found

    def _recall(self) -> None:
        """Take what an earlier run has kept."""
        kept, self._kept = self._kept, None
        if kept:
            (values, rest), found = kept.read(), self._found
            recalled: dict[str, ValueT | _Unmade] = dict.fromkeys(found, rest)
            recalled.update(values if values.keys() <= found.keys() else {k: values[k] for k in values if k in found})
            recalled.update((key, found[key]) for key in kept.but if key in found)
            self._found = recalled


class Sieve(Mapping[str, ValueT]):
    """A mapping without the keys whose value is None; asking for one key looks at no other."""

    __slots__ = ("_all", "_kept")

    def __init__(self, all_: Mapping[str, ValueT | None]) -> None:
        self._all = all_
        self._kept: dict[str, ValueT] | None = None

    def __getitem__(self, key: str) -> ValueT:
        value = self._all[key]
        if value is None:
            raise KeyError(key)
        return value

    @overload
    def get(self, key: str, /) -> ValueT | None: ...

    @overload
    def get(self, key: str, /, default: ValueT | DefaultT) -> ValueT | DefaultT: ...

    def get(self, key: str, /, default: DefaultT | None = None) -> ValueT | DefaultT | None:
        """The value of a key, else `default`; most keys may be without one."""
        if self._kept is not None:
            return self._kept.get(key, default)
        value = self._all.get(key)
        return default if value is None else value

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._sifted())

    def __len__(self) -> int:
        return len(self._sifted())

    def items(self) -> ItemsView[str, ValueT]:
        """Every key that has a value, with it."""
        return self._sifted().items()

    def values(self) -> ValuesView[ValueT]:
        """Every value that is one."""
        return self._sifted().values()

    def _sifted(self) -> dict[str, ValueT]:
        if self._kept is None:
            self._kept = {key: value for key, value in self._all.items() if value is not None}
        return self._kept


class Once(Generic[ValueT]):
    """A value that is found out when somebody first asks for it."""

    __slots__ = ("_find", "_found", "mark")

    def __init__(self, find: Callable[[], ValueT], mark: str = "") -> None:
        self._find = find
        self._found: ValueT | _Unmade = _UNMADE
        self.mark = mark
        """As long as it stays the same, the same would be found."""

    @property
    def value(self) -> ValueT:
        """The value."""
        if isinstance(self._found, _Unmade):
            self._found = self._find()
        return self._found

    @property
    def is_found(self) -> bool:
        """Whether anybody has asked."""
        return self._found is not _UNMADE

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Once) and self.value == other.value)

    __hash__ = None  # type: ignore[assignment]
