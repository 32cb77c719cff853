"""Words that people take for one."""

from __future__ import annotations

import pytest

from vaultkit.text import stem


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("Priority", "priorities"),
        ("Objectif", "Objectifs"),
        ("résultat clé", "Resultats_cles"),
        ("Partie prenante", "Parties prenantes"),
        ("salarié", "salariés"),
        ("movie", "movies"),
        ("stratégie", "stratégies"),
        ("enjeu", "enjeux"),
        ("vie", "vies"),
        ("1:1", "1:1s"),
    ],
)
def test_one_and_many_are_one_word(one: str, many: str) -> None:
    assert stem(one) == stem(many)


@pytest.mark.parametrize(("one", "other"), [("process", "proces"), ("tie", "ty"), ("Board", "Broad")])
def test_two_words_are_two(one: str, other: str) -> None:
    assert stem(one) != stem(other)
