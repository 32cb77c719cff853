"""What is given to a template goes in; how much the template may do comes out, and an error when it does more.

What is counted is the same on a slow machine and on a fast one: a clock would make a page of one and an error of the
other.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import astuple

if TYPE_CHECKING:
    from collections.abc import Iterator

STEPS = 1_000_000
"""What a template may do, whatever it is given: a second or so."""
STEPS_FOR_EACH = 10
"""What it may do besides for each value that it is given: a list of ten thousand notes takes longer."""
_CHARACTERS = 4
"""So many characters are handled in the time of one step."""

_SCALARS = frozenset({int, float, bool, type(None)})
_LISTS: tuple[Any, ...] = (list, tuple, set, frozenset, type({}.keys()), type({}.values()), type({}.items()))


class EndlessError(RuntimeError):
    """Raised where a template has done all that it may."""


class Allowance:
    """What one rendering may still do."""

    def __init__(self, given: object) -> None:
        self._left = STEPS
        self._given = given

    def spend(self, steps: int) -> None:
        """Count some steps; raises EndlessError when there were too many."""
        if steps > self._left:
            self._extend()
        self._left -= steps
        if self._left < 0:
            raise EndlessError

    def handle(self, *values: object) -> None:
        """Count what it takes to copy, compare or write these values."""
        steps = _steps(values, self._left)
        if steps > self._left:
            self._extend()
            steps = _steps(values, self._left)
        self.spend(steps)

    def _extend(self) -> None:
        """What is given is only counted for the few templates that need to know."""
        given, self._given = self._given, None
        if given is not None:
            self._left += STEPS_FOR_EACH * _steps(given, None)


@contextmanager
def allowed(given: object) -> Iterator[None]:
    """Whatever is rendered in here is counted together, what it includes or imports as well."""
    token = _ALLOWANCE.set(Allowance(given))
    try:
        yield
    finally:
        _ALLOWANCE.reset(token)


def allowance() -> Allowance:
    """That of the rendering which is under way."""
    return _ALLOWANCE.get()


# Jinja2's environment is kept from one page to the next, and threads may share it: what is under way is none of it.
_ALLOWANCE: ContextVar[Allowance] = ContextVar("allowance")


def steps_of(text: str) -> int:
    """What it takes to handle a text once."""
    return 1 + len(text) // _CHARACTERS


def _steps(value: object, most: int | None) -> int:
    """What it takes to walk through a value, each part of it as often as it is found; it is not counted past `most`.

    A list that holds the same list twice, and so on, is short in memory and has no end for whoever walks through it.
    """
    waiting: list[Any] = [value]
    steps = 0
    while waiting and (most is None or steps <= most):
        each = waiting.pop()
        steps += 1
        if type(each) in _SCALARS:
            continue
        if isinstance(each, str | bytes):
            steps += len(each) // _CHARACTERS
        elif isinstance(each, _LISTS):
            waiting += each
        elif isinstance(each, dict):
            waiting += each
            waiting += each.values()
        elif isinstance(each, Struct):
            waiting += astuple(each)
        elif isinstance(each, range):
            steps += len(each)
    return steps
