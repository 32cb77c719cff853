"""What is read out of a region's opening line; what is refused, and why, the scenarios of `invalid-region` show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scenario_runner import our_kinds
from vaultkit.config import Config, Index
from vaultkit.language import say
from vaultkit.model import TOP
from vaultkit.vault import Kinds
from vaultkit.vault.requests import OPTIONS, Refusal, Request, read_request
from vaultkit.written import Region

KINDS = Kinds(our_kinds(), Config())


def read(options: str, name: str = "index") -> Request:
    return read_request(Region(name, options, TOP, TOP), KINDS)


@pytest.mark.parametrize(
    ("options", "index"),
    [
        ("", Index()),
        ('folder="My projects/2026/"', Index(folder="My projects/2026")),
        ("folder=/", Index(folder="")),
        ("tag=#risk/high", Index(tag="risk/high")),
        ("kind=Priorités", Index(kind="priority")),
        ("kind='résultat clé' depth=2", Index(kind="key_result", depth=2)),
        ("title=“What goes on” sort = due", Index(title="What goes on", sort="due")),
        ("title=L'équipe folder=L’équipe", Index(title="L'équipe", folder="L’équipe")),
        ('title=""', Index(title="")),
        ('title="a=b  c"', Index(title="a=b  c")),
    ],
)
def test_what_is_asked_for(options: str, index: Index) -> None:
    assert read(options) == index


@pytest.mark.parametrize(
    "options", ["folder", "folder=", "folder='a", 'folder="a"b', "=a", "path=a", "depth=²", "depth=65"]
)
def test_what_means_nothing_is_refused(options: str) -> None:
    assert isinstance(read(options), Refusal)


PIECES = ["folder", "depth", "limit", "group", "kind", "=", '"', "'", "“", "”", " ", "2", "x", "é", "#"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_whatever_is_typed_is_an_index_or_a_refusal_that_can_be_said(options: str) -> None:
    found = read(options)
    if isinstance(found, Refusal):
        for language in ("en", "fr"):
            assert say(found.message, language)
            assert say(found.hint, language)


def test_the_options_are_those_of_an_index_page_without_its_place() -> None:
    assert OPTIONS == ("folder", "tag", "kind", "property", "title", "sort", "group", "depth", "limit")
