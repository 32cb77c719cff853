"""Keys and a way to make their values go in, a mapping comes out that makes each value when it is first asked for.

Whoever goes through all of it has all of it made: a command that asks of three notes reads three.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

ValueT = TypeVar("ValueT")


class _Unmade(Enum):
    """What stands for a value that nobody has asked for yet."""

    UNMADE = 0


Found: TypeAlias = Mapping[str, ValueT | _Unmade]
"""What of a mapping has been made, and what has not."""
_UNMADE = _Unmade.UNMADE


class Lazy(Mapping[str, ValueT]):
    """Key -> `make(key)`, each made once, in the order of the keys; what is `found` already is not made again."""

    __slots__ = ("_found", "_make", "_whole")

    def __init__(self, keys: Iterable[str], make: Callable[[str], ValueT], found: Found[ValueT] | None = None) -> None:
        self._make = make
        self._found: dict[str, ValueT | _Unmade]
        self._whole = False
        """Whether all has been made."""
        known = keys if isinstance(keys, Mapping) else dict.fromkeys(keys)
        if not found:
            self._found = dict.fromkeys(known, _UNMADE)
        else:
            self._found = {key: found.get(key, _UNMADE) for key in known}

    def found(self) -> Found[ValueT]:
        """What has been made so far."""
        return self._found

    def again(self, make: Callable[[str], ValueT], but: Iterable[str]) -> Lazy[ValueT]:
        """The same keys once more; what has been made is kept, apart from some."""
        new = Lazy((), make)
        new._found = self._found.copy()
        for key in but:
            if key in new._found:
                new._found[key] = _UNMADE
        return new

    def made(self) -> dict[str, ValueT] | None:
        """All of it, if all of it has been made."""
        return self._filled() if self._whole or _UNMADE not in self._found.values() else None

    def __getitem__(self, key: str) -> ValueT:
        value = self._found[key]
        if value is _UNMADE:
            value = self._found[key] = self._make(key)
        return value

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

    def _filled(self) -> dict[str, ValueT]:
        found = cast("dict[str, ValueT]", self._found)
        if not self._whole:
            for key in [key for key, value in self._found.items() if value is _UNMADE]:
                found[key] = self._make(key)
            self._whole = True
        return found


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
