"""Each promise is numbered, is made in both languages, and names tests that there are."""

from __future__ import annotations

import ast
import re

import pytest

from tests.conftest import ROOT

PAGES = ("docs/promises.md", "docs/fr/promises.md")
_PROOF = re.compile(r"`(test_\w+)\.(test_\w+)`( \(long\))?")


def promises(page: str) -> dict[int, str]:
    text = (ROOT / page).read_text("utf-8")
    pieces = re.split(r"^(\d+)\. ", text.partition("\n## ")[2], flags=re.MULTILINE)
    return {int(number): said for number, said in zip(pieces[1::2], pieces[2::2], strict=True)}


def proofs(page: str) -> dict[int, list[tuple[str, str, str]]]:
    return {number: _PROOF.findall(said) for number, said in promises(page).items()}


def named_in(module: str) -> dict[str, bool]:
    """The tests of a module, and whether each takes long."""
    source = (ROOT / "tests" / f"{module}.py").read_text("utf-8")
    all_long = "pytest.mark.prove" in source.partition("\ndef ")[0].partition("\npytestmark")[2]
    return {
        node.name: all_long or any(ast.unparse(each) == "pytest.mark.prove" for each in node.decorator_list)
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
    }


def test_they_are_numbered_one_by_one_and_each_has_a_proof() -> None:
    for page in PAGES:
        assert list(proofs(page)) == list(range(1, len(proofs(page)) + 1))
        assert all(proofs(page).values())


def test_both_languages_promise_the_same() -> None:
    english, french = map(proofs, PAGES)
    assert english == french


@pytest.mark.parametrize("number", proofs(PAGES[0]))
def test_a_proof_is_a_test(number: int) -> None:
    for module, name, long in proofs(PAGES[0])[number]:
        found = named_in(module)
        assert found.get(name) == bool(long), f"{module}.{name}"
