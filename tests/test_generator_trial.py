"""The trial report: what it says of the first day holds, and what it says of `eject` is what eject does."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import scenario_runner as runner
from tests.pages import COMPANY, TODAY, one, read
from vaultkit.insights.first_day import earlier, first_day
from vaultkit.insights.ratios import Share, ratios
from vaultkit.parser import parse
from vaultkit.session import Session
from vaultkit.vault.past import Past, version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeVault
    from vaultkit.vault import Vault

FIRST = date(2026, 3, 2)
ON = {"vaultkit.toml": '[pages]\non = ["trial"]\n'}
HOUSE = {
    "Objectives/Grow.md": "",
    "People/Ann.md": "",
    "Priorities/A.md": '---\nserves: "[[Grow|more]]"\nowner: "[[Ann]]"\n---\n',
    "Priorities/B.md": '---\nserves: ["[[Grow]]", "[[Gone]]"]\nowner: Ann\n---\n',
}


def with_past(make_vault: MakeVault, now: Mapping[str, str], then: Mapping[str, str]) -> Vault:
    versions = {path: (version(FIRST, parse(path, text.encode())),) for path, text in then.items()}
    return runner.read_vault(make_vault(now), TODAY, known=Past("git", FIRST, versions))


def test_what_has_not_changed_is_the_same_then(make_vault: MakeVault) -> None:
    vault = with_past(make_vault, COMPANY | HOUSE, COMPANY | HOUSE)
    then, now = ratios(earlier(vault, FIRST)), ratios(vault)
    assert (then.alignment, then.coverage, then.ownership, then.orphans, then.opted_out) == (
        (now.alignment, now.coverage, now.ownership, now.orphans, now.opted_out)
    )


@pytest.mark.parametrize(
    ("path", "text", "alignment", "ownership"),
    [
        ("Priorities/A.md", "", Share(1, 2), Share(1, 2)),
        ("Priorities/A.md", "---\nserves: none\nwhy: it must be\nowner: Bob\n---\n", Share(1, 2), Share(1, 2)),
        ("Priorities/A.md", '---\nserves: ["[[Grow]]", "[[Gone]]"]\nowner: Ann\n---\n', Share(2, 2), Share(2, 2)),
        ("Priorities/A.md", "---\nstatus: done\n---\n", Share(1, 1), Share(1, 1)),
        ("Priorities/C.md", "---\nserves: Nowhere\n---\n", Share(2, 3), Share(2, 3)),
        ("Elsewhere/C.md", "---\ntype: priority\n---\n", Share(2, 2), Share(2, 2)),
        ("Objectives/Grow.md", "---\nperiod: 2025\n---\n", Share(0, 2), Share(2, 2)),
        ("Priorities/D.md", "---\ngenerated: vaultkit\n---\n", Share(2, 2), Share(2, 2)),
    ],
)
def test_what_was_other_then_counts_as_it_was(
    make_vault: MakeVault, path: str, text: str, alignment: Share, ownership: Share
) -> None:
    found = first_day(with_past(make_vault, HOUSE, HOUSE | {path: text}))
    assert found is not None
    assert (found.day, found.alignment, found.ownership) == (FIRST, alignment, ownership)
    assert found.action is None


def test_the_worked_example(make_vault: MakeVault) -> None:
    vault = with_past(make_vault, HOUSE, HOUSE | {"Priorities/A.md": ""})
    found = first_day(vault)
    assert found is not None
    assert (found.alignment, ratios(vault).alignment) == (Share(1, 2), Share(2, 2))


@pytest.mark.parametrize("known", [None, Past("git", TODAY, {})])
def test_without_an_earlier_day_nothing_is_known(make_vault: MakeVault, known: Past | None) -> None:
    assert first_day(runner.read_vault(make_vault(HOUSE), TODAY, known=known)) is None


def test_a_priority_that_a_tag_in_its_text_tells_was_one_then(make_vault: MakeVault) -> None:
    notes = HOUSE | {"Notes/C.md": "#priority\n"}
    found = first_day(with_past(make_vault, notes, notes))
    assert found is not None
    assert found.alignment == Share(2, 3)


def test_nobody_asks_for_it_and_it_is_not_made(make_vault: MakeVault) -> None:
    names = {page.name for page in Session(make_vault(COMPANY), today=TODAY).pages()}
    assert "trial" not in names


def test_it_says_what_eject_does(make_vault: MakeVault) -> None:
    files = COMPANY | {
        "vaultkit.toml": '[pages]\non = ["trial"]\n[[index]]\npath = "I.md"\nkind = "person"\n',
        "Home.md": "%% vaultkit:index folder=Priorities %%\n\n%% vaultkit:index fodler=x %%\n",
    }
    folder = make_vault(files)
    first = Session(folder, today=TODAY)
    first.apply(first.plan())
    session = Session(folder, today=TODAY)
    made = {page.path for page in session.pages() if page.region is None}
    edits = session.eject().edits
    assert {edit.path for edit in edits if edit.text is None} == made
    pages, lists = _said(session)
    assert lists == "1"
    with (folder / "I.md").open("a", encoding="utf-8") as page:
        page.write("Mine.\n")
    session.refresh()
    assert "What people wrote stays: [[I]].\n" in _text(session)
    assert int(_said(session)[0]) == int(pages) - 1
    assert sum(edit.text is None for edit in session.eject().edits) == len(made) - 1


def test_it_is_made_anew_when_a_list_is_asked_for(make_vault: MakeVault) -> None:
    folder = make_vault(COMPANY | ON | {"Home.md": "%% vaultkit:index kind=project %%\n"})
    session = Session(folder, today=TODAY, paranoid=True)
    assert _said(session)[1] == "1"
    (folder / "Home.md").write_text("Nothing.\n", "utf-8")
    session.refresh()
    assert _said(session)[1] == "0"


def test_a_baseline_tells_what_was_settled(make_vault: MakeVault) -> None:
    known = '{"vaultkit_baseline": 1, "findings": [{"path":"Priorities/Old.md","validator":"no-owner"}]}'
    files = COMPANY | {"k.json": known, "vaultkit.toml": 'baseline = "k.json"\n[pages]\non = ["trial"]\n'}
    assert "Of 1 finding that the baseline holds, 1 is settled since.\n" in _text(
        Session(make_vault(files), today=TODAY)
    )


def test_nothing_is_taken_for_zero(make_vault: MakeVault) -> None:
    text = one(read(make_vault(HOUSE | ON)), "trial").text
    assert "| Alignment | unknown | 2 of 2 (100%) | unknown |" in text
    assert "| Coverage | unknown |" in text


def _text(session: Session) -> str:
    (text,) = (page.text for page in session.pages() if page.name == "trial")
    return text


def _said(session: Session) -> tuple[str, str]:
    """How many pages, and how many lists."""
    text = _text(session)
    found = re.search(r"would remove (\d+) pages?, and the text of (\d+) lists?", text)
    if found is not None:
        return found[1], found[2]
    alone = re.search(
        r"^`vaultkit eject` would remove (\d+) pages?\. Every other byte would stay\.$", text, re.MULTILINE
    )
    assert alone is not None
    return alone[1], "0"
