"""What is not for the readers of a page is nowhere on it: no name, no word, no number, no arrow, no link to nowhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli_vault import Run
from tests.pages import links, one, pages, read
from tests.secret_company import NAMING
from vaultkit import generators
from vaultkit.insights.secrecy import Marks, group_of, is_for, marks
from vaultkit.insights.withheld import withheld
from vaultkit.parser import parse
from vaultkit.planner import sealed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault

READERS = {"en": ("employees", "investors", "public"), "fr": ("salariés", "investisseurs", "presse")}
PAGES = ("overview", "alignment", "orphan-priorities", "decision-log", "team-update", "board-update", "investor-update")
"""Whoever they are made for: here they are all made for the same readers."""
SECRET = re.compile(r"falcon|merger|fusion|zanzibar|quetzal|peregrine|4711|severance", re.IGNORECASE)
"""Every word by which something could be known."""

COMPANY = {
    "Objectives/Grow.md": "---\nperiod: 2026\nowner: '[[Ann Lee]]'\nhealth: on_track\n---\n",
    "Objectives/Hold.md": "---\nperiod: 2026\n---\n",
    "People/Ann Lee.md": "",
    "People/Bo Berg.md": "",
    "Priorities/Hire a CFO.md": (
        "---\nserves: '[[Grow]]'\nowner: '[[Ann Lee]]'\nrank: 1\nhealth: at_risk\nwhy: The bank asks\n---\n"
        "- [ ] call the agency\n- [x] brief\n"
    ),
    "Projects/New site.md": (
        "---\nserves: '[[Hire a CFO]]'\nstatus: active\nowner: '[[Bo Berg]]'\ndue: 2026-05-01\n---\n"
    ),
    "KR/KR1 Revenue.md": "---\nserves: '[[Grow]]'\nstart: 0\ncurrent: 30\ntarget: 100\nunit: k€\n---\n",
    "Decisions/D-001 Move.md": "---\nstatus: accepted\ndate: 2026-03-10\ndecider: '[[Ann Lee]]'\n---\n",
    "Updates/2026-03-12 Site.md": (
        "---\ndate: 2026-03-12\nabout: '[[New site]]'\nhealth: green\naudience: team, board, investors, press\n---\n"
        "## Asks\n- Two more days\n"
    ),
    "Meetings/2026-03-09 CODIR.md": "---\ndate: 2026-03-09\n---\n## Decisions\n- [[D-001 Move]]\n- Open on Sundays\n",
}
MARKS = {
    "en": ("confidentiality: board", "sensitivity: board", "confidentiality: top secret"),
    "fr": ("confidentialité: conseil", "confidentialité: conseil d’administration", "confidentialité: très secret"),
}


def secrets(mark: str) -> dict[str, str]:
    """Notes of every kind that only the board may see, which nobody else names."""
    front = f"---\n{mark}\n"
    return {
        "Objectives/Project Falcon.md": (
            f"{front}period: 2026\naliases: [Peregrine, Quetzal deal]\ntitle: Merger\n---\n"
        ),
        "Priorities/Buy Zanzibar.md": (
            f"{front}rank: 2\nserves: '[[Project Falcon]]'\nhealth: red\n---\n- [ ] sign 4711\n"
        ),
        "Priorities/Serves all.md": f"{front}rank: 0\nserves: '[[Grow]]'\ntitle: Falcon first\n---\n",
        "Projects/Falcon data room.md": (
            f"{front}serves: '[[Hire a CFO]]'\nstatus: active\ndepends_on: '[[New site]]'\n---\n"
        ),
        "KR/KR9 Falcon price.md": f"{front}serves: '[[Grow]]'\nstart: 0\ncurrent: 4711\ntarget: 9422\n---\n",
        "Metrics/Zanzibar runway.md": f"{front}measures: '[[KR1 Revenue]]'\nunit: months\ncurrent: 4711\n---\n",
        "Decisions/D-666 Merger with Zanzibar.md": (
            f"{front}status: accepted\ndate: 2026-03-14\nsupersedes: '[[D-001 Move]]'\n---\n"
        ),
        "Decisions/D-667 Severance.md": f"{front}status: proposed\ndate: 2026-03-01\naffects: '[[New site]]'\n---\n",
        "Updates/2026-03-13 Falcon.md": (
            f"{front}date: 2026-03-13\nabout: ['[[New site]]', '[[Project Falcon]]']\n"
            "health: red\nwhy: because of Falcon\n---\n"
            "## Asks\n- Approve the merger\n"
        ),
        "Risks/Falcon leaks.md": f"{front}probability: 5\nimpact: 5\naffects: '[[Grow]]'\n---\n",
        "Meetings/2026-03-15 Falcon board.md": (
            f"{front}date: 2026-03-15\n---\n## Decisions\n- [[D-001 Move]]\n- Merger voted\n"
        ),
        "Diary of Falcon.md": f"{front}---\n- [ ] tell [[Hire a CFO]] of the merger 📅 2026-03-01\n",
        "People/Quetzal.md": f"{front}---\n",
    }


def settings(audience: str, language: str) -> str:
    tables = "".join(f'[page.{name}]\naudience = "{audience}"\n' for name in PAGES)
    return f'language = "{language}"\n{tables}'


def company(make_vault: MakeVault, files: dict[str, str], audience: str, language: str, name: str) -> Path:
    return make_vault({**files, "vaultkit.toml": settings(audience, language)}, name)


def shown(root: Path, language: str = "en") -> dict[str, str]:
    """The pages that are made for those readers."""
    return {path: page.text for path, page in pages(read(root, language)).items() if page.name in PAGES}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("readers", [0, 1, 2])
@pytest.mark.parametrize("mark", [0, 1, 2])
def test_pages_read_as_if_the_secret_were_not_there(
    make_vault: MakeVault, language: str, readers: int, mark: int
) -> None:
    audience = READERS[language][readers]
    hidden = secrets(MARKS[language][mark])
    there = shown(company(make_vault, COMPANY | hidden, audience, language, "with"), language)
    gone = shown(company(make_vault, COMPANY, audience, language, "without"), language)
    assert len(there) == len(PAGES)
    assert there == gone
    assert not any(SECRET.search(text) for text in there.values())


def test_the_board_sees_it(make_vault: MakeVault) -> None:
    hidden = secrets("confidentiality: board")
    text = "".join(shown(company(make_vault, COMPANY | hidden, "board", "en", "board")).values())
    assert {word.lower() for word in SECRET.findall(text)} >= {"falcon", "merger", "zanzibar", "severance"}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("readers", [0, 1, 2])
def test_notes_that_name_the_secret_do_not_give_it_away(make_vault: MakeVault, language: str, readers: int) -> None:
    files = COMPANY | secrets(MARKS[language][0]) | NAMING
    vault = read(company(make_vault, files, READERS[language][readers], language, "named"), language)
    made = {path: page for path, page in pages(vault).items() if page.name in PAGES}
    for path, page in made.items():
        said = "\n".join(line for line in page.text.split("\n") if SECRET.search(line))
        assert not said, (path, said)
        assert None not in links(vault, page), path
        assert not re.search(r"our bird|the package|Bird\b.*Money|It flies", page.text), path
    assert "[[Visible]]" in "".join(page.text for page in made.values())
    assert "Paint" in one(vault, "decision-log").text


def test_what_is_left_out_is_told_with_why(make_vault: MakeVault) -> None:
    vault = read(company(make_vault, COMPANY | secrets("confidentiality: board") | NAMING, "employees", "en", "told"))
    told = generators.left_out(vault, vault.ask(generators.render))
    others = {"people"}  # these are for somebody unless the user says otherwise
    assert set(told) == {path for path, page in pages(vault).items() if page.name in {*PAGES, *others}}
    reasons = told["Dashboards/Team update.md"]
    assert {path for path, why in reasons.items() if why == "marked"} == set(secrets("x"))
    assert {path for path, why in reasons.items() if why == "named"} == {
        "Notes/Peregrine falcon plan.md",
        "Quetzal deal/Office.md",
    }
    assert {path for path, why in reasons.items() if why == "about"} == {
        "Priorities/Second.md",
        "Updates/2026-03-15 News.md",
    }


@pytest.mark.parametrize(
    ("said", "sees"),
    [
        ("", "board leadership company investors public"),
        ("confidentiality: public", "board leadership company investors public"),
        ("confidentiality: company", "board leadership company"),
        ("confidentiality: interne", "board leadership company"),
        ("confidentialité: direction", "board leadership"),
        ("confidentiality: board", "board"),
        ("confidentiality: eyes only", "board"),
        ("confidentiality: tbd", "board leadership company investors public"),
        ("audience: team", "board leadership company"),
        ("audience: investors", "board leadership investors"),
        ("audience: [investors, employees]", "board leadership company investors"),
        ("destinataires: conseil", "board"),
        ("audience: the fellowship", "board leadership"),
        ("public: true", "board leadership company investors public"),
        ("confidentiality: board\naudience: team", "board"),
        ("confidentiality: company\naudience: investors", "board leadership investors"),
        ("confidentiality: [", "board"),
    ],
)
@pytest.mark.parametrize("path", ["Projects/P.md", "P.md", "Meetings/P.md"])
def test_who_may_read_a_note(make_vault: MakeVault, said: str, sees: str, path: str) -> None:
    vault = read(make_vault({path: f"---\nowner: Ann\n{said}\n---\n"}))
    told = marks(vault, vault.notes[path])
    assert [group for group in ("board", "leadership", "company", "investors", "public") if is_for(told, group)] == (
        sees.split()
    )


def test_of_a_person_the_audience_says_what_they_are_of(make_vault: MakeVault) -> None:
    vault = read(
        make_vault({"People/P.md": "---\naudience: board\n---\n", "Stakeholders/S.md": "---\naudience: board\n---\n"})
    )
    assert [marks(vault, note) for note in vault.notes.values()] == [None, None]


def test_readers_whom_nobody_knows_see_least() -> None:
    assert group_of("bord") == "public"
    assert [group_of(word) for word in ("Board", "actionnaires", "équipes", "Comex")] == [
        "board",
        "investors",
        "company",
        "leadership",
    ]
    assert is_for(Marks("company"), "company")


def test_a_day_or_a_short_word_is_no_name(make_vault: MakeVault) -> None:
    files = COMPANY | {
        "2026-05-01.md": "---\nconfidentiality: board\n---\n",
        "Notes/UK.md": "---\nconfidentiality: board\n---\n",
        "Notes/12.md": "---\nconfidentiality: board\n---\n",
    }
    vault = read(make_vault(files))
    assert set(withheld(vault, "company").reasons) == {"2026-05-01.md", "Notes/UK.md", "Notes/12.md"}


def test_a_link_leads_to_its_note_even_where_a_secret_bears_its_name(make_vault: MakeVault) -> None:
    files = COMPANY | {"Aaa/New site.md": "---\nconfidentiality: board\n---\n"}
    del files["Projects/New site.md"]
    files["Projects/Site two.md"] = "---\nserves: '[[Grow]]'\nstatus: paused\n---\n"
    files["Secret/Site two.md"] = "---\nconfidentiality: board\ntitle: Other\n---\n"
    vault = read(company(make_vault, files, "employees", "en", "homonym"))
    assert set(links(vault, one(vault, "team-update"))) <= set(COMPANY)


def test_a_page_for_others_is_not_linked_to(make_vault: MakeVault) -> None:
    root = make_vault(
        {
            **COMPANY,
            "vaultkit.toml": (
                '[pages]\non = ["board-update", "team-update"]\n[page.overview]\naudience = "employees"\n'
            ),
        }
    )
    text = one(read(root), "overview").text
    assert "[[Team update]]" in text
    assert "Board update" not in text
    assert "Decision log" not in text


@pytest.mark.parametrize("before", ["---\nconfidentiality: board\n---\n", "---\n---\n"])
@pytest.mark.parametrize("path", ["Falcon.md", "Projects/Falcon.md"])
def test_a_page_follows_what_its_readers_may_see(make_vault: MakeVault, path: str, before: str) -> None:
    after = "---\nconfidentiality: board\n---\n" if "board" not in before else "---\n---\n"
    named = {"Projects/Other.md": "---\nstatus: paused\nwhy: since Falcon comes first\n---\n"}
    vault = read(company(make_vault, COMPANY | named | {path: before}, "employees", "en", "steps"))
    made = vault.ask(generators.render)
    from vaultkit.model import Change

    step = vault.stepped([Change(path, parse(path, after.encode()))])
    assert generators.rerender(made, step) == generators.render(step.after)
    assert generators.render(step.after) != made


NAMES = st.text(st.sampled_from("aéB -’'_.*(["), min_size=3, max_size=12).filter(
    lambda name: sum(each.isalpha() for each in name) >= 3
)


@given(NAMES)
def test_a_name_is_found_however_it_is_spelled(name: str) -> None:
    from vaultkit.insights.withheld import Withheld

    away = Withheld({}, (name,))
    bare = name.strip(" -_")
    for text in (bare, bare.upper(), f"of {bare}.", bare.replace("é", "e"), bare.replace(" ", "-")):
        assert away.named_in(text) or len(bare) < len(name.strip())


def test_no_mark_of_a_draft_is_touched(make_vault: MakeVault) -> None:
    files = COMPANY | {"Notes/Team update.md": "---\nconfidentiality: board\naliases: [yours, kudos, summary]\n---\n"}
    text = one(read(company(make_vault, files, "employees", "en", "marks")), "team-update").text
    assert text.startswith("---\ngenerated: vaultkit\npage: team-update\n---\n")
    assert "%% yours: kudos %%\n\n%% /yours %%" in sealed(text)


def test_the_owner_alone_is_told_what_was_left_out(make_vault: MakeVault, capsys: pytest.CaptureFixture[str]) -> None:
    root = company(make_vault, COMPANY | secrets("confidentiality: board"), "employees", "en", "owner")
    run = Run(capsys, root)
    quiet, loud = run("build", "--dry-run"), run("-v", "build", "--dry-run")
    assert "Severance" not in quiet.out + quiet.err
    assert "Dashboards/Team update.md: 13 notes are not for its readers, and left out:" in loud.out + loud.err
    assert "  Decisions/D-667 Severance.md: it says who may read it" in loud.out + loud.err


def test_eject_says_that_a_page_stays_because_of_its_words(
    make_vault: MakeVault, capsys: pytest.CaptureFixture[str]
) -> None:
    root = company(make_vault, COMPANY, "employees", "en", "eject")
    run = Run(capsys, root)
    run("build")
    page = root / "Dashboards/Team update.md"
    page.write_text(
        page.read_text("utf-8").replace("%% yours: kudos %%\n", "%% yours: kudos %%\nThank you, Bo.\n"), "utf-8"
    )
    ran = run("eject", "--yes")
    assert "Left for you, who wrote in it: Dashboards/Team update.md" in ran.out + ran.err
    assert [path.name for path in (root / "Dashboards").iterdir()] == ["Team update.md"]
