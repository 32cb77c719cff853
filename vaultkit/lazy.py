"""Keys and a way to make their values go in, a mapping comes out that makes each value when it is first asked for.

Whoever goes through all of it has all of it made: a command that asks of three notes reads three.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, Mapping, ValuesView
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

ValueT = TypeVar("ValueT")


class Lazy(Mapping[str, ValueT]):
    """Key -> `make(key)`, each made once, in the order of the keys; what is `found` already is not made again."""

    __slots__ = ("_found", "_make", "_waiting")

    def __init__(
        self, keys: Iterable[str], make: Callable[[str], ValueT], found: Mapping[str, ValueT] | None = None
    ) -> None:
        self._waiting: dict[str, None] | None = dict.fromkeys(keys)
        self._make = make
        self._found: dict[str, ValueT] = {}
        if found:
            self._found = {key: found[key] for key in self._waiting if key in found}
            if len(self._found) == len(self._waiting):
                self._waiting = None

    def made(self) -> dict[str, ValueT]:
        """What has been made so far; not to be changed."""
        return self._found

    def __getitem__(self, key: str) -> ValueT:
        try:
            return self._found[key]
        except KeyError:
            if self._waiting is None or key not in self._waiting:
                raise
        value = self._found[key] = self._make(key)
        return value

    def __contains__(self, key: object) -> bool:
        return key in (self._found if self._waiting is None else self._waiting)

    def __iter__(self) -> Iterator[str]:
        return iter(self._found if self._waiting is None else self._waiting)

    def __len__(self) -> int:
        return len(self._found if self._waiting is None else self._waiting)

    def items(self) -> ItemsView[str, ValueT]:
        """Every key with its value."""
        return self._whole().items()

    def values(self) -> ValuesView[ValueT]:
        """Every value."""
        return self._whole().values()

    def _whole(self) -> dict[str, ValueT]:
        if self._waiting is not None:
            found, make = self._found, self._make
            self._found = {key: found[key] if key in found else make(key) for key in self._waiting}
            self._waiting = None
        return self._found


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
