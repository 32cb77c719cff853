"""The glossary: made anew when the words of any note change, and only then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pages import TODAY, links, one, read
from vaultkit.session import Session

if TYPE_CHECKING:
    from tests.conftest import MakeVault

HOUSE = {
    "Priorities/P.md": "[[ARR]] [[churn]]\n",
    "Notes/A.md": "[[ARR]] [[churn]]\n",
    "Glossary/Annual recurring revenue.md": "---\naliases: ARR\n---\n",
}


@pytest.mark.parametrize(
    ("path", "text", "differs"),
    [
        ("Notes/A.md", "A word more. [[ARR]] [[churn]]\n", False),
        ("Notes/A.md", "[[ARR]]\n", True),
        ("Notes/A.md", "[[ARR]] [[churn]] [[Annual recurring revenue]]\n", True),
        ("Notes/B.md", "[[churn]]\n", True),
        ("Notes/Churn.md", "", True),
        ("Glossary/Annual recurring revenue.md", "", True),
        ("Glossary/Annual recurring revenue.md", "---\naliases: ARR\ndescription: Money.\n---\n", True),
    ],
)
def test_it_follows_the_words_of_every_note(make_vault: MakeVault, path: str, text: str, *, differs: bool) -> None:
    folder = make_vault(HOUSE)
    session = Session(folder, today=TODAY, paranoid=True)
    session.apply(session.plan(("glossary",)))
    (folder / path).write_text(text, "utf-8")
    session.refresh()
    assert bool(session.plan(("glossary",)).edits) == differs


def test_every_row_leads_to_its_note_and_no_link_leads_nowhere(make_vault: MakeVault) -> None:
    vault = read(make_vault(HOUSE))
    assert set(links(vault, one(vault, "glossary"))) == set(HOUSE)


def test_many_names_are_bounded(make_vault: MakeVault) -> None:
    names = " ".join(f"[[word {i:03}]]" for i in range(45))
    text = one(read(make_vault({f"Priorities/{i}.md": names for i in range(6)})), "glossary").text
    assert text.count("\n- **word ") == 30
    assert "6 notes: [[0]], [[1]], [[2]] and 3 more" in text
    assert "\nAnd 15 more.\n" in text
