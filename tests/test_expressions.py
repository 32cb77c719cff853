"""What every regular expression of vaultkit's owes the oldest Python that it runs on."""

from __future__ import annotations

import importlib
import pkgutil
import re
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

import vaultkit

if TYPE_CHECKING:
    from collections.abc import Iterator

SINGLE = {constants.IN, constants.LITERAL, constants.NOT_LITERAL, constants.ANY}


def expressions() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every expression that stands at the top of a module."""
    for module in pkgutil.walk_packages(vaultkit.__path__, "vaultkit."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern):
                    yield f"{module.name}.{name}", value


def repeats_a_group_possessively(parsed: Any) -> bool:
    """Whether `(...)++` and the like are in it; `[...]++` is no group."""
    for kind, value in parsed:
        if kind is constants.POSSESSIVE_REPEAT and not (len(value[2]) == 1 and value[2][0][0] in SINGLE):
            return True
        if any(repeats_a_group_possessively(part) for part in parts(value)):
            return True
    return False


def parts(value: Any) -> Iterator[Any]:
    """The expressions within one."""
    if isinstance(value, parser.SubPattern):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from parts(each)


def test_no_group_is_repeated_possessively() -> None:
    """Up to Python 3.11.4, which Debian 12 has, `(?:a|b)++` matches nothing; `(?>(?:a|b)+)` says the same."""
    found = dict(expressions())
    assert len(found) > 50
    assert repeats_a_group_possessively(parser.parse(r"x(?:y(?:ab|c)++)?"))
    assert not repeats_a_group_possessively(parser.parse(r"(?>(?:[ab]++|c)+)"))
    wrong = [
        name for name, each in found.items() if repeats_a_group_possessively(parser.parse(each.pattern, each.flags))
    ]
    assert wrong == []
