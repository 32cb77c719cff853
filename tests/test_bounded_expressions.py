"""Which regular expressions of a vault's own are run: those that come to an end whatever name they are held against."""

from __future__ import annotations

import re

import pytest

from vaultkit import resources
from vaultkit.errors import TemplateError
from vaultkit.expressions import is_bounded
from vaultkit.vault.kind_templates import read_kinds


@pytest.mark.parametrize(
    "expression",
    [
        r"D-\d+\b",
        r"(ADR[ -]?|DEC-|DR-)\d+\b",
        r"(?i)KR ?\d{1,2}([.-]\d{1,2})?\b",
        r"(?:Q[1-4]|\d{4}) .* - .*",
        r"[)+]+\)\+ *(a|b) ",
        r"(?P<year>\d{4})-(?P<week>W\d\d)",
        "|".join("abcdefghijklmnop"),
    ],
)
def test_what_people_write_is_run(expression: str) -> None:
    re.compile(expression)
    assert is_bounded(expression, 255)


@pytest.mark.parametrize(
    "expression",
    [
        r"(a+)+$",
        r"(a|a)*$",
        r"(?:a?){30}a",
        r"(?i)(?P<x>a|aa){2,}b",
        r"a*a*a*a*a*b",
        r"(?x) (a+) +$",
        r"(a+)(?#why)+$",
        r".{0,200}.{0,200}.{0,200}.{0,200}b",
        "(a|aa)" * 30,
        "(aa?)?" * 30,
        "a?" * 60 + "a" * 60,
        r"([)]a+)+$",
        r"(\)a+)+?$",
    ],
)
def test_what_may_take_for_ever_is_not(expression: str) -> None:
    re.compile(expression)
    assert not is_bounded(expression, 255)


def test_a_kind_with_such_an_expression_is_named_with_its_line() -> None:
    with pytest.raises(TemplateError) as raised:
        read_kinds({"kinds/x.md": b"---\nkind: x\nfiles: ['(a+)+$']\n---\n"})
    assert (raised.value.path, raised.value.line) == ("kinds/x.md", 3)


def test_the_kinds_that_come_with_vaultkit_have_none() -> None:
    kinds = read_kinds(
        {path.name: path.read_bytes() for path in sorted((resources.templates() / "kinds").glob("*.md"))}
    )
    assert any(kind.patterns for kind in kinds.values())
