"""What becomes secret leaves the pages that stand, at the next build; what is secret may change, and no page tells."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import scenario_runner as runner
from tests.pages import TODAY
from tests.secret_company import OPEN, hidden, settings
from tests.test_secrecy_pages import SECRET, read, shown, standing
from vaultkit import generators
from vaultkit.model import Change
from vaultkit.pages.reading import as_read_by
from vaultkit.parser import parse
from vaultkit.session import Session
from vaultkit.vault import Vault
from vaultkit.vault.past import past, version

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault

MARK = "confidentiality: board"
SECRETS = hidden(MARK)


def as_change(path: str, text: str | None) -> Change:
    return Change(path, removed=True) if text is None else Change(path, parse(path, text.encode()))


@pytest.mark.parametrize("pages_stand", [False, True])
@pytest.mark.parametrize("path", [path for path in SECRETS if path.endswith(".md")])
def test_pages_follow_a_note_that_becomes_secret_changes_and_is_open_again(
    make_vault: MakeVault, path: str, pages_stand: bool
) -> None:
    """One note of each kind; the others stay secret, so that a name that two of them share stays one."""
    opened = SECRETS[path].replace(f"{MARK}\n", "x: y\n")
    vault = read(make_vault, {path: opened}, "en", 0)
    vault = standing(vault) if pages_stand else vault
    made = vault.ask(generators.render)
    edited = SECRETS[path].replace(f"{MARK}\n", f"{MARK}\nrank: 7\ndue: 2026-03-18\nserves: '[[Hold]]'\nhealth: red\n")
    for text in (SECRETS[path], edited, opened, SECRETS[path], None):
        step = vault.stepped([as_change(path, text)])
        made, vault = generators.rerender(made, step), step.after
        assert made == generators.render(vault)
        if text not in {opened, None}:
            assert not [place for place, said in shown(vault).items() if SECRET.search(said)]


def test_an_edit_of_a_secret_changes_no_page(make_vault: MakeVault) -> None:
    vault = read(make_vault, SECRETS, "en", 0)
    before = shown(vault)
    for path in (path for path in SECRETS if path.endswith(".md")):
        text = SECRETS[path].replace(
            f"{MARK}\n", f"{MARK}\nowner: '[[Bo Berg]]'\ndue: 2026-03-18\nserves: '[[Hold]]'\n"
        )
        vault = vault.step([as_change(path, text)])
        assert shown(vault) == before, path


def told(folder: Path) -> dict[str, str]:
    """The pages and filled-in notes on disk that name a secret, but for the secret notes and what the board reads."""
    files = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.[mc][da]*")}
    ours = {path: text for path, text in files.items() if path not in SECRETS and ".vaultkit" not in path}
    return {path: text for path, text in ours.items() if SECRET.search(f"{path}\n{text}")}


def _mark(folder: Path, marks: bool) -> None:
    for path, text in SECRETS.items():
        (folder / path).write_text(text if marks else text.replace(f"{MARK}\n", "x: y\n"), "utf-8")


def test_what_stands_loses_what_becomes_secret(make_vault: MakeVault) -> None:
    toml = re.sub(r"\[page.office\]\n.*\n.*\n", "", settings("employees", "en"))
    opened = {path: text.replace(f"{MARK}\n", "x: y\n") for path, text in SECRETS.items()}
    lists = {"Home.md": OPEN["Home.md"], "Daily/2026-03-13.md": "%% vaultkit:brief %%\n"}
    folder = make_vault(OPEN | opened | lists | {"vaultkit.toml": toml})
    first = Session(folder, today=date(2026, 3, 13), paranoid=True)
    first.apply(first.plan())
    session = Session(folder, today=TODAY, paranoid=True)
    session.apply(session.plan())
    crew = folder / "Dashboards/Falcon crew – team page.md"
    assert len(told(folder)) > 20
    assert crew.is_file()
    assert "Daily/2026-03-13.md" in told(folder)
    _mark(folder, marks=True)
    session.refresh()
    session.apply(session.plan())
    assert told(folder) == {}
    assert not crew.exists()
    session.apply(session.plan())  # the trial report counts the pages, of which some have gone
    assert not session.plan().edits
    assert not session.plan().stale
    assert Session(folder, today=TODAY).plan().edits == ()


def test_what_a_person_wrote_on_a_page_that_goes_stays(make_vault: MakeVault) -> None:
    meeting = "Meetings/2026-03-17 Falcon CODIR.md"
    toml = "[page.meeting-brief]\naudience = 'employees'\n"
    folder = make_vault(OPEN | {meeting: SECRETS[meeting].replace(MARK, "x: y"), "vaultkit.toml": toml})
    session = Session(folder, today=TODAY)
    session.apply(session.plan())
    page = folder / "Dashboards/2026-03-17 Falcon CODIR – brief.md"
    page.write_text(page.read_text("utf-8").replace("mine %%\n", "mine %%\nSay no.\n"), "utf-8")
    (folder / meeting).write_text(SECRETS[meeting], "utf-8")
    session.refresh()
    session.apply(session.plan())
    left = page.read_text("utf-8")
    assert "Say no." in left
    assert "Bo Berg" not in left
    plan = session.plan()
    assert page.name in plan.stale[0]
    assert not plan.edits


def test_a_copy_of_a_page_that_is_still_made_is_kept(make_vault: MakeVault) -> None:
    folder = make_vault(
        OPEN | {"Projects/Falcon.md": "---\nstatus: paused\n---\n", "vaultkit.toml": "[pages]\non = ['team-update']\n"}
    )
    session = Session(folder, today=TODAY)
    session.apply(session.plan())
    copy = folder / "Archive/Team update.md"
    copy.parent.mkdir()
    assert "Falcon" in (folder / "Dashboards/Team update.md").read_text("utf-8")
    copy.write_text((folder / "Dashboards/Team update.md").read_text("utf-8"), "utf-8")
    (folder / "Projects/Falcon.md").write_text(f"---\n{MARK}\n---\n", "utf-8")
    session.refresh()
    assert copy.relative_to(folder).as_posix() not in {edit.path for edit in session.plan().edits}


@pytest.mark.parametrize(
    ("versions", "known"),
    [
        ((("2026-03-01", "status: active"), ("2026-03-10", "status: done")), ("2026-03-01", "2026-03-10")),
        ((("2026-03-01", "x: y"), ("2026-03-05", MARK), ("2026-03-10", "status: done")), ("2026-03-10",)),
        ((("2026-03-01", "x: y"), ("2026-03-05", MARK)), ()),
        ((("2026-03-01", "audience: [team, investors]"), ("2026-03-05", "confidentialité: conseil")), ()),
    ],
)
@pytest.mark.parametrize("is_gone", [True, False])
def test_of_a_note_that_was_secret_only_the_open_days_since_are_known(
    make_vault: MakeVault, versions: tuple[tuple[str, str], ...], known: tuple[str, ...], is_gone: bool
) -> None:
    path = "Projects/Deal.md"
    said = [
        (path, version(date.fromisoformat(day), parse(path, f"---\n{text}\n---\n".encode()))) for day, text in versions
    ]
    files = {"Projects/Other.md": ""} | ({} if is_gone else {path: ""})
    vault: Vault = runner.read_vault(make_vault(files), TODAY, "en", past("git", said, date(2026, 1, 1)))
    seen = as_read_by(vault, "employees", None).setting.past
    assert seen is not None
    assert tuple(str(each.day) for each in seen.versions[path]) == known


def test_no_page_is_made_of_people_whom_nobody_else_may_know_of(make_vault: MakeVault) -> None:
    files = {"Objectives/Grow.md": "", "People/Quetzal.md": ""}
    vault = runner.read_vault(make_vault(files), TODAY)
    made = vault.ask(generators.render)
    assert "people" in {page.name for page in made}
    step = vault.stepped([as_change("People/Quetzal.md", f"---\n{MARK}\n---\n")])
    made = generators.rerender(made, step)
    assert "people" not in {page.name for page in made}
    assert made == generators.render(Vault.build(step.after.everything.values(), step.after.files, vault.setting))
