"""What the insights behind the validators of data make of values, and what the fixes of these would write."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import scenario_runner as runner
from vaultkit import validators
from vaultkit.insights.clues import conflict
from vaultkit.insights.daytext import is_ambiguous, reading
from vaultkit.insights.namesakes import duplicates, shared, spoken
from vaultkit.insights.property_types import expected
from vaultkit.insights.secrecy import audience, readers
from vaultkit.insights.units import unit_of
from vaultkit.parser import parse

if TYPE_CHECKING:
    from tests.conftest import MakeVault
    from vaultkit.model import Fix
    from vaultkit.vault import Vault


def vault_of(make_vault: MakeVault, files: dict[str, str]) -> Vault:
    return runner.read_vault(make_vault(files), runner.TODAY)


def fixes(vault: Vault, name: str) -> list[Fix | None]:
    return [finding.fix for finding in vault.ask(validators.check) if finding.validator == name]


def written(vault: Vault, name: str) -> list[tuple[str, str, str, bool]]:
    """Property, value, how and whether it is safe, of each thing that a validator's fixes would write."""
    found = (fix for fix in fixes(vault, name) if fix)
    return [(put.property, put.value, put.how, fix.safe) for fix in found for put in fix.puts]


@pytest.mark.parametrize(
    ("text", "day", "sure"),
    [
        ("2026-3-1", "2026-03-01", True),
        ("2026/3/1", "2026-03-01", True),
        ("20260301", "2026-03-01", True),
        ("March 1, 2026", "2026-03-01", True),
        ("Monday, 2nd of March 2026", "2026-03-02", True),
        ("1 Sept 2026", "2026-09-01", True),
        ("1 déc. 2026", "2026-12-01", True),
        ("le 2 février 2026", "2026-02-02", True),
        ("03/15/2026", "2026-03-15", True),
        ("15/03/2026", "2026-03-15", True),
        ("03/03/2026", "2026-03-03", True),
        ("03/04/2026", "2026-04-03", False),
        ("2026-03-02 (Monday)", "2026-03-02", True),
        ("3 March", None, False),
        ("30/06", None, False),
    ],
)
def test_a_text_that_can_only_mean_one_day_is_read(text: str, day: str | None, *, sure: bool) -> None:
    found = reading(text, day_first=True)
    assert found is not None
    assert (found.day and str(found.day), found.sure, found.impossible) == (day, sure, False)


def test_the_month_comes_first_where_the_day_does_not() -> None:
    found = reading("03/04/2026", day_first=False)
    assert found is not None
    assert (found.day, found.sure) == (date(2026, 3, 4), False)


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-13-01", "31/02/2026", "32 March 2026", "20261301", "2026-02-30T10:00"]
)
def test_a_day_that_no_calendar_has_is_told_apart(text: str) -> None:
    found = reading(text, day_first=True)
    assert found is not None
    assert found.impossible


@pytest.mark.parametrize(
    "text", ["", "soon", "12", "Q2 2026", "version 1.2.2026b", "jui 3 2026", "after 2026-3-1, or so", "1.5", "x" * 50]
)
def test_other_texts_are_no_attempt_at_a_day(text: str) -> None:
    assert reading(text, day_first=True) is None


def test_only_two_low_numbers_may_change_places() -> None:
    assert is_ambiguous("03/04/2026")
    assert not any(map(is_ambiguous, ("03/03/2026", "13/04/2026", "03/14/2026", "03.04.2026", "2026-03-04")))


def test_units_are_compared_by_what_they_mean() -> None:
    for same in (
        ("€", "EUR", "euros", "Euro"),
        ("%", "Percent", "pour cent", "pct"),
        ("heures", "h", "hours"),
        ("mois", "months"),
    ):
        assert len(set(map(unit_of, same))) == 1
    assert len({unit_of(unit) for unit in ("€", "k€", "M€", "$", "%", "points", "days", "hours", "widgets")}) == 9
    assert unit_of("Widgets") == unit_of("widget")


def test_the_least_trusted_group_sets_the_audience(make_vault: MakeVault) -> None:
    files = {
        "Updates/All.md": "---\naudience: [Board, All hands]\n---\n",
        "Updates/Both.md": "---\nconfidentiality: leadership\naudience: board\n---\n",
        "Updates/Board.md": "---\naudience: board members, conseil\n---\n",
        "Updates/Investors.md": "---\naudience: investors\n---\n",
        "Updates/Others.md": "---\naudience: pen pals\n---\n",
        "Updates/Nobody.md": "",
    }
    vault = vault_of(make_vault, files)
    notes = {note.name: note for note in vault.of_kind("update")}
    assert {name: audience(vault, note) for name, note in notes.items()} == {
        "All": 1,
        "Both": 3,
        "Board": 3,
        "Investors": 1,
        "Others": None,
        "Nobody": None,
    }
    assert readers(vault, notes["Both"]) == 2


def test_names_are_shared_within_a_kind(make_vault: MakeVault) -> None:
    files = {
        "People/Marie Durand.md": "---\naliases: [Marie]\n---\n",
        "People/Marie Petit.md": "---\naliases: [marie]\n---\n",
        "Teams/Marie.md": "",
        "Projects/Site.md": "---\nowner: Marie\nteam: [Sales, '[[Marie]]']\n---\n",
        "Decisions/D-1.md": "---\ndecider: TBD\ncontext: Marie\n---\n",
    }
    vault = vault_of(make_vault, files)
    assert {path: [each.name for each in names] for path, names in vault.ask(shared).items()} == {
        "People/Marie Durand.md": ["Marie"],
        "People/Marie Petit.md": ["marie"],
    }
    assert {name: (each.path, each.line) for name, each in vault.ask(spoken).items()} == {
        "marie": ("Projects/Site.md", 2),
        "sales": ("Projects/Site.md", 3),
    }


def test_the_first_of_two_alike_is_no_duplicate(make_vault: MakeVault) -> None:
    files = {f"Projects/{year}/Sites.md": f"---\nperiod: {year}\n---\n" for year in (2025, 2026)}
    files |= {"Projects/Site.md": "---\nperiod: 2026\n---\n", "Ideas/Site.md": "---\ntype: idea\nperiod: 2026\n---\n"}
    assert vault_of(make_vault, files).ask(duplicates) == {"Projects/Site.md": ("Projects/2026/Sites.md",)}


@pytest.mark.parametrize(("numbers", "texts", "told"), [(4, 0, []), (5, 0, ["effort"]), (5, 2, []), (8, 2, ["effort"])])
def test_four_fifths_and_five_notes_make_a_type(
    numbers: int, texts: int, told: list[str], make_vault: MakeVault
) -> None:
    files = {f"Projects/N{place}.md": "---\neffort: 3\n---\n" for place in range(numbers)}
    files |= {f"Projects/T{place}.md": "---\neffort: a day\n---\n" for place in range(texts)}
    files["Projects/Open.md"] = "---\neffort: TBD\n---\n"
    assert list(vault_of(make_vault, files).ask(expected)) == told


def test_a_note_that_says_what_it_is_is_believed(make_vault: MakeVault) -> None:
    files = {
        "Meetings/A.md": "---\ntype: project\ntags: [risk]\n---\n",
        "Meetings/B.md": "---\ntags: [risk/high]\n---\n",
        "Meetings/C.md": "---\ntags: [meeting]\n---\n",
    }
    vault = vault_of(make_vault, files)
    found = {path: conflict(vault, note) for path, note in vault.notes.items()}
    assert [path for path, each in found.items() if each] == ["Meetings/B.md"]
    assert [(e.taken.clue, e.other.clue) for e in found.values() if e] == [("#risk", "Meetings")]


@pytest.mark.parametrize(
    ("name", "files", "wanted"),
    [
        ("bad-date", {"Projects/A.md": "due: 2026-3-1"}, [("due", "2026-03-01", "set", True)]),
        ("bad-date", {"Projects/A.md": "due: 03/04/2026"}, [("due", "2026-04-03", "set", False)]),
        ("bad-date", {"Projects/A.md": "due: 2026-Q2"}, [("due", "2026-06-30", "set", False)]),
        ("bad-date", {"Projects/A.md": "due: 2026-02-30"}, []),
        ("bad-date", {"Meetings/A.md": "date: [2026-3-1, 2026-03-02]"}, []),
        ("unknown-value", {"Projects/A.md": "status: Finshed"}, [("status", "Finished", "set", True)]),
        ("unknown-value", {"Projects/A.md": "statut: Terminéée"}, [("statut", "Terminée", "set", True)]),
        ("unknown-value", {"Stakeholders/A.md": "stance: suportve"}, [("stance", "supportive", "set", False)]),
        ("unknown-value", {"Projects/A.md": "status: [finshed]"}, []),
        ("property-type-clash", {"Projects/A.md": 'effort: "12"'}, [("effort", "12", "set", True)]),
        ("property-type-clash", {"Projects/A.md": 'effort: "1 200"'}, []),
        ("property-type-clash", {"Projects/A.md": "due: 15/03/2026"}, [("due", "2026-03-15", "set", True)]),
        (
            "two-sided-mismatch",
            {"Objectives/O.md": 'priorities: ["[[A]]"]', "Priorities/A.md": "", "Priorities/B.md": 'serves: "[[O]]"'},
            [("priorities", '"[[B]]"', "add", True)],
        ),
        (
            "two-sided-mismatch",
            {"Objectives/O.md": 'priorities: ["[[A|a]]"]', "Objectives/P.md": "", "Priorities/A.md": 'serves: "[[P]]"'},
            [("priorities", '"[[A|a]]"', "remove", False)],
        ),
    ],
)
def test_a_fix_writes_what_can_only_have_been_meant(
    name: str, files: dict[str, str], wanted: list[tuple[str, str, str, bool]], make_vault: MakeVault
) -> None:
    types = '{"types": {"effort": "number", "due": "date"}}'
    notes = {path: f"---\n{text}\n---\n" for path, text in files.items()}
    settings = {".obsidian/types.json": types} if name == "property-type-clash" else {}
    assert written(vault_of(make_vault, {**settings, **notes}), name) == wanted


@pytest.mark.parametrize(
    ("text", "after", "safe"),
    [
        ("See [[Plan]].\n", "See [[Plans|Plan]].\n", True),
        ("![[Resume#A]]\n", "![[Résumé#A]]\n", True),
        ("[[Hire-CFO]] x\n", "[[Hire CFO|Hire-CFO]] x\n", True),
        ("[[Hire a CFO|him]]\n", "[[Hire CFO|him]]\n", False),
        ("[[Old/Plan]]\n", "[[Plans|Plan]]\n", False),
        ('---\nup: "[[Plan]]"\n---\n', '---\nup: "[[Plans|Plan]]"\n---\n', True),
        ("[[CEO desk]]\n", "[[CEO's desk|CEO desk]]\n", False),
    ],
)
def test_a_broken_link_is_pointed_to_the_nearest_name(
    text: str, after: str, make_vault: MakeVault, *, safe: bool
) -> None:
    files = {"A.md": text, "Plans.md": "", "Résumé.md": "", "Hire CFO.md": "", "CEO's desk.md": ""}
    (fix,) = fixes(vault_of(make_vault, files), "broken-link")
    assert fix is not None
    (each,) = fix.rewrites
    assert (text[: each.span.start] + each.text + text[each.span.end :], fix.safe) == (after, safe)
    assert len(parse("A.md", after.encode()).links) == 1


@pytest.mark.parametrize(
    "files",
    [
        {"A.md": "[[Something else]]\n"},
        {"A.md": "---\nup: '[[CEO desk]]'\n---\n", "CEO's desk.md": ""},
        {"A.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "Plan.md"}]}', "Plans.md": ""},
    ],
)
def test_what_cannot_be_written_as_it_is_gets_no_fix(files: dict[str, str], make_vault: MakeVault) -> None:
    assert fixes(vault_of(make_vault, files), "broken-link") == [None]
