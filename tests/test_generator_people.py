"""The pages of people, teams, stakeholders, meetings and friction: their places, what they keep and leave out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.pages import TODAY, one, pages, read
from vaultkit import generators, planner
from vaultkit.model import Change
from vaultkit.pages.names import OWN_NAMES
from vaultkit.pages.places import places
from vaultkit.parser import parse
from vaultkit.session import Session
from vaultkit.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeVault
    from vaultkit.model import Page

HOUSE = {
    "Objectives/Grow.md": "",
    "Teams/Sales.md": '---\nlead: "[[Ann]]"\n---\n',
    "Teams/Desk.md": "",
    "People/Ann.md": '---\nteam: "[[Sales]]"\ncadence: 14\nlast_contact: 2026-02-01\n---\n',
    "People/Bob.md": '---\nteam: "[[Desk]]"\n---\n',
    "Stakeholders/Bank.md": "---\npower: 4\ninterest: 2\ncadence: 30\nlast_contact: 2026-01-02\n---\n",
    "Priorities/Hire.md": '---\nserves: "[[Grow]]"\nowner: "[[Ann]]"\nrank: 1\n---\n- [ ] Call them [[Bob]]\n',
    "Projects/Portal.md": '---\nowner: "[[Bob]]"\n---\n',
    "Meetings/2026-03-18 Steering.md": (
        '---\ntype: meeting\ndate: 2026-03-18\nattendees: ["[[Ann]]", "[[Bob]]"]\n---\n## Agenda\n- Money\n'
    ),
    "Decisions/D-1.md": '---\nstatus: accepted\ndate: 2026-03-02\nabout: "[[Hire]]"\n---\n',
    "Journal/2026-03-02.md": "Nothing.\n",
}
OWN = {"people", "team", "stakeholders", "meeting-brief", "friction"}
BRIEF = "Dashboards/2026-03-18 Steering – brief.md"


def built(make_vault: MakeVault) -> Vault:
    """The house with its pages: only then can any of them be spared after a step."""
    vault = read(make_vault(HOUSE))
    stubs = {path: f"---\ngenerated: vaultkit\npage: {name}\n---\n" for name, path in vault.ask(places).items()}
    made = {path: planner.sealed(page.text) for path, page in pages(vault).items()}
    return read(make_vault(HOUSE | stubs | made, "built"))


def stepped(before: Vault, changes: Mapping[str, str | None]) -> tuple[tuple[Page, ...], Vault]:
    """The pages brought up to date after a step, and the vault after it, made afresh."""
    told = before.ask(generators.render)
    notes = [
        Change(path, removed=True) if text is None else Change(path, parse(path, text.encode()))
        for path, text in changes.items()
    ]
    step = before.stepped(notes)
    made = generators.rerender(told, step)
    return made, Vault.build(step.after.everything.values(), step.after.files, step.after.setting)


@pytest.mark.parametrize(
    "changes",
    [
        {"Journal/2026-03-02.md": "Lunch with [[Ann]] and [[Bank]].\n"},
        {"Journal/2026-03-02.md": None, "Journal/2026-03-15.md": "Lunch with [[Ann]].\n"},
        {"Meetings/2026-03-18 Steering.md": "---\ntype: meeting\ndate: 2026-04-18\n---\n"},
        {"Meetings/2026-03-18 Steering.md": "---\ntype: meeting\ndate: 2026-03-18\n---\n## Agenda\n- Love\n"},
        {"Meetings/2026-03-18 Steering.md": "---\ntype: meeting\ndate: 2026-03-18\n---\n## Red lines\n- No\n"},
        {"Teams/Desk.md": "---\nstatus: archived\n---\n"},
        {"Teams/Desk.md": None, "Teams/Front desk.md": '---\nlead: "[[Bob]]"\n---\n'},
        {"People/Bob.md": ""},
        {"People/Ann.md": "---\nteam: Desk\n---\n", "People/Bob.md": ""},
        {"Teams/Desk.md": "---\nconfidentiality: board\n---\n"},
        {"Projects/Portal.md": '---\nowner: "[[Bob]]"\ndepends_on: "[[Hire]]"\n---\n'},
        {"Projects/Portal.md": "---\ntype: risk\n---\n"},
        {"Priorities/Hire.md": '---\nserves: "[[Grow]]"\nowner: "[[Ann]]"\n---\n- [ ] Write to them [[Bob]]\n'},
        {"Decisions/D-1.md": '---\nstatus: proposed\ndate: 2026-03-02\nabout: "[[Hire]]"\n---\n'},
        {"People/Ann.md": '---\ntitle: Annabel\nteam: "[[Sales]]"\n---\n'},
    ],
    ids=repr,
)
def test_pages_that_are_brought_up_to_date_are_those_of_a_vault_read_afresh(
    make_vault: MakeVault, changes: Mapping[str, str | None]
) -> None:
    made, afresh = stepped(built(make_vault), changes)
    assert made == afresh.ask(generators.render)


def test_a_note_without_a_kind_that_names_nobody_leaves_the_pages_alone(make_vault: MakeVault) -> None:
    before = built(make_vault)
    told = before.ask(generators.render)
    made, _ = stepped(before, {"Journal/2026-03-02.md": "Something.\n"})
    kept = {id(page) for page in told}
    assert len(made) == len(told)
    assert all(id(page) in kept for page in made if page.name in OWN)


def test_whom_a_daily_note_names_is_told_where_it_matters(make_vault: MakeVault) -> None:
    before = built(make_vault)
    kept = {id(page) for page in before.ask(generators.render)}
    made, _ = stepped(before, {"Journal/2026-03-02.md": "Lunch with [[Ann]].\n"})
    assert {page.name for page in made if id(page) not in kept} & OWN == {"people", "stakeholders"}


def test_every_team_and_every_meeting_to_come_has_a_page(make_vault: MakeVault) -> None:
    vault = read(make_vault(HOUSE))
    assert [path for path, page in pages(vault).items() if page.name in OWN_NAMES] == [
        "Dashboards/Desk – team page.md",
        "Dashboards/Sales – team page.md",
        BRIEF,
    ]
    idle = read(make_vault(HOUSE | {"Teams/Idle.md": ""}, "idle"))
    assert len(pages(idle)) == len(pages(vault))
    off = read(make_vault(HOUSE | {"vaultkit.toml": '[pages]\noff = ["team", "meeting-brief"]\n'}, "off"))
    assert not any(page.name in OWN_NAMES for page in pages(off).values())


def test_the_pages_of_teams_may_go_to_a_folder_of_their_own_in_another_language(make_vault: MakeVault) -> None:
    toml = '[page.team]\npath = "Rooms/"\nlanguage = "fr"\n'
    vault = read(make_vault(HOUSE | {"vaultkit.toml": toml}))
    assert "Rooms/Sales – page d'équipe.md" in pages(vault)
    assert "Situation au 2026-03-16." in pages(vault)["Rooms/Sales – page d'équipe.md"].text


def test_pages_never_meet_whatever_their_notes_are_called(make_vault: MakeVault) -> None:
    names = ("A - B - Sales", "A/B/Sales", "C/sales", "D/" + "é" * 120, "E/" + "é" * 120)
    files = {f"Teams/{name}.md": '---\ntype: team\nlead: "[[Ann]]"\n---\n' for name in names} | {"People/Ann.md": ""}
    files["Dashboards/A - B - Sales – team page.md"] = "mine\n"
    vault = read(make_vault(files))
    made = [page.path for page in pages(vault).values() if page.name == "team"]
    assert len(set(made)) == len(names)
    assert "Dashboards/A - B - Sales – team page (vaultkit).md" in made
    assert all(len(path.rpartition("/")[2].encode()) <= 255 for path in made)


def test_a_brief_stays_where_it_was_moved_and_keeps_what_was_written_when_the_meeting_is_over(
    make_vault: MakeVault,
) -> None:
    folder = make_vault(HOUSE | {"vaultkit.toml": ""})
    first = Session(folder, today=TODAY)
    first.apply(first.plan())
    text = (folder / BRIEF).read_text("utf-8")
    (folder / "Desk").mkdir()
    (folder / BRIEF).unlink()
    written = text.replace("%% yours: mine %%\n", "%% yours: mine %%\nAsk about the rent.\n")
    (folder / "Desk/Steering.md").write_text(written, "utf-8")
    later = Session(folder, today=date(2026, 3, 30))
    later.apply(later.plan())
    kept = (folder / "Desk/Steering.md").read_text("utf-8")
    assert "Ask about the rent." in kept
    assert "## Agenda" not in kept
    assert not (folder / BRIEF).exists()
    assert Session(folder, today=date(2026, 3, 30)).plan() == planner.Plan()


def test_no_page_for_employees_tells_of_what_is_for_few(make_vault: MakeVault) -> None:
    secret = {
        "Projects/Merger.md": '---\nowner: "[[Ann]]"\nconfidentiality: board\ndepends_on: "[[Portal]]"\n---\n',
        "Decisions/D-9 Merge.md": '---\nstatus: proposed\ndate: 2026-03-02\nabout: "[[Hire]]"\naudience: board\n---\n',
        "Teams/Deal room.md": '---\nlead: "[[Ann]]"\nconfidentiality: board\n---\n',
        "Priorities/Hire.md": HOUSE["Priorities/Hire.md"] + "- [ ] Wait for the merger and D-9 Merge [[Bob]]\n",
    }
    hushed = {"Priorities/Hire.md": HOUSE["Priorities/Hire.md"] + "- [ ] … [[Bob]]\n"}
    told = [
        {page.path: page.text for page in pages(read(make_vault(HOUSE | files, name))).values() if page.name == "team"}
        for name, files in (("secret", secret), ("hushed", hushed))
    ]
    assert told[0] == told[1]


def test_what_was_said_in_a_meeting_stays_off_the_pages_of_teams(make_vault: MakeVault) -> None:
    said = {"Meetings/2026-03-09 Talk.md": "---\ntype: meeting\n---\n- [ ] Say nothing of [[Hire]] [[Bob]]\n"}
    vault = read(make_vault(HOUSE | said))
    team = pages(vault)["Dashboards/Sales – team page.md"].text
    assert "Call them" in team
    assert "Say nothing" not in team


def test_people_stand_in_the_order_of_names_whatever_their_load(make_vault: MakeVault) -> None:
    files = {f"People/{name}.md": "---\ncapacity: 1\n---\n" for name in ("Zoe", "Ann", "Bob 10", "Bob 9")}
    owners = ("Zoe", "Zoe", "Ann", "Bob 10", "Bob 9")
    files |= {f"Projects/{i}.md": f'---\nowner: "[[{name}]]"\n---\n' for i, name in enumerate(owners)}
    text = one(read(make_vault(files)), "people").text
    order = [text.index(f"| [[{name}]]") for name in ("Ann", "Bob 9", "Bob 10", "Zoe")]
    assert order == sorted(order)


def test_many_teams_that_wait_are_a_list_and_no_wide_table(make_vault: MakeVault) -> None:
    files = {f"Teams/T{i}.md": "" for i in range(9)} | {"Objectives/O.md": ""}
    for i in range(9):
        files[f"Projects/P{i}.md"] = f'---\nteam: "[[T{i}]]"\ndepends_on: "[[P{(i + 1) % 9}]]"\n---\n'
    text = one(read(make_vault(files)), "friction").text
    assert "- [[T0]] waits for [[T1]]: 1 wait\n" in text
    assert all(line.count("|") <= 7 for line in text.splitlines() if line.startswith("|"))


def test_of_many_people_those_are_shown_of_whom_there_is_something_to_say(make_vault: MakeVault) -> None:
    files = {f"People/P{i:02}.md": "" for i in range(60)} | {"People/Zoe.md": "---\ncapacity: 1\n---\n"}
    files |= {f"Projects/{i}.md": f'---\nowner: "[[P{i:02}]]"\n---\n' for i in range(60)}
    text = one(read(make_vault(files | {"Projects/Z.md": '---\nowner: "[[Zoe]]"\n---\n'})), "people").text
    table = [line for line in text.splitlines() if line.startswith("| [[")]
    assert len(table) == 40
    assert table[-1].startswith("| [[Zoe]] | **6 of 2 h** |")
    assert "And 21 more people." in text
