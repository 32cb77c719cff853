"""Where pages go, and that they come to rest there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.pages import COMPANY, TODAY, links, one, pages, read
from vaultkit import planner
from vaultkit.pages.names import FILE_NAMES
from vaultkit.pages.places import places
from vaultkit.session import Session

if TYPE_CHECKING:
    from tests.conftest import MakeVault


@pytest.mark.parametrize(
    ("language", "paths"),
    [
        (
            "en",
            [
                "Dashboards/Alignment.md",
                "Dashboards/Daily brief.md",
                "Dashboards/Friction radar.md",
                "Dashboards/Glossary.md",
                "Dashboards/Orphan priorities.md",
                "Dashboards/Overview.md",
                "Dashboards/People and load.md",
                "Dashboards/Sparring.md",
                "Dashboards/Vault health.md",
                "Dashboards/Weekly review.md",
            ],
        ),
        (
            "fr",
            [
                "Tableaux de bord/Alignement.md",
                "Tableaux de bord/Brief du jour.md",
                "Tableaux de bord/Glossaire.md",
                "Tableaux de bord/Personnes et charge.md",
                "Tableaux de bord/Priorités orphelines.md",
                "Tableaux de bord/Questions du bras droit.md",
                "Tableaux de bord/Radar des frictions.md",
                "Tableaux de bord/Revue hebdomadaire.md",
                "Tableaux de bord/Santé du coffre.md",
                "Tableaux de bord/Vue d'ensemble.md",
            ],
        ),
    ],
)
def test_pages_have_names_in_their_language(make_vault: MakeVault, language: str, paths: list[str]) -> None:
    assert sorted(pages(read(make_vault(COMPANY), language))) == paths


def test_the_folder_is_the_users_to_choose_and_pages_can_be_off(make_vault: MakeVault) -> None:
    off = sorted(FILE_NAMES.keys() - {"overview", "orphan-priorities"} | {"index"})
    toml = f'[pages]\nfolder = "/Meta/Pages/"\noff = {json.dumps(off)}\n[[index]]\npath = "I.md"\n'
    vault = read(make_vault(COMPANY | {"vaultkit.toml": toml}))
    assert list(pages(vault)) == ["Meta/Pages/Overview.md", "Meta/Pages/Orphan priorities.md"]
    assert "Meta/Pages/Alignment.md" not in links(vault, one(vault, "overview"))
    top = read(make_vault({"vaultkit.toml": '[pages]\nfolder = ""\n'}, "top"))
    assert "Overview.md" in pages(top)


def test_a_page_stays_where_somebody_has_moved_it(make_vault: MakeVault) -> None:
    moved = {"Desk/Morning.md": "---\ngenerated: vaultkit\npage: overview\n---\nold\n"}
    assert one(read(make_vault(COMPANY | moved)), "overview").path == "Desk/Morning.md"
    twice = moved | {"Desk/Copy.md": moved["Desk/Morning.md"]}
    assert one(read(make_vault(COMPANY | twice, "twice")), "overview").path == "Dashboards/Overview.md"


@pytest.mark.parametrize("taken", ["Dashboards/Overview.md", "dashboards/OVERVIEW.md", "Notes/Overview.md"])
def test_a_page_takes_nobodys_place_and_nobodys_name(make_vault: MakeVault, taken: str) -> None:
    vault = read(make_vault(COMPANY | {taken: "mine\n"}))
    assert one(vault, "overview").path == "Dashboards/Overview (vaultkit).md"


def test_a_page_that_is_excluded_from_the_vault_stays_where_it_is(make_vault: MakeVault) -> None:
    ours = {"Dashboards/Overview.md": "---\ngenerated: vaultkit\npage: overview\n---\n"}
    vault = read(make_vault(COMPANY | ours | {"vaultkit.toml": 'exclude = ["Dashboards/"]\n'}))
    assert one(vault, "overview").path == "Dashboards/Overview.md"


@pytest.mark.parametrize(
    "app", ["{}", '{"newLinkFormat": "relative"}', '{"useMarkdownLinks": true, "newLinkFormat": "absolute"}']
)
def test_a_second_build_writes_nothing_and_every_link_leads_somewhere(make_vault: MakeVault, app: str) -> None:
    toml = '[[index]]\npath = "People/Index.md"\nkind = "person"\n'
    toml += '[[index]]\npath = "Priorities/Index.md"\nkind = "priority"\n'
    files = COMPANY | {"vaultkit.toml": toml, ".obsidian/app.json": app}
    files["Home.md"] = "[[Overview]], [[Index]]\n\n%% vaultkit:index folder=Priorities %%\n"
    folder = make_vault(files)
    first = Session(folder, today=TODAY)
    assert len(first.apply(first.plan())) == 13
    again = Session(folder, today=TODAY)
    assert again.plan() == first.plan() == planner.Plan()
    written = [note for note in again.vault.notes.values() if note.generated]
    assert len(written) == 12
    for note in written:
        assert all(edge.target for edge in again.vault.graph.outgoing[note.path]), note.path


def test_a_page_that_nobody_makes_any_more_changes_no_second_build(make_vault: MakeVault) -> None:
    toml = '[[index]]\npath = "{}/Index.md"\nkind = "person"\n'
    folder = make_vault(COMPANY | {"vaultkit.toml": toml.format("Old")})
    first = Session(folder, today=TODAY)
    first.apply(first.plan())
    (folder / "vaultkit.toml").write_text(toml.format("New"), encoding="utf-8")
    second = Session(folder, today=TODAY)
    assert [edit.path for edit in second.plan().edits] == ["New/Index.md"]
    second.apply(second.plan())
    assert Session(folder, today=TODAY).plan().edits == ()


def test_an_address_book_has_no_load_and_meetings_alone_have_a_review(make_vault: MakeVault) -> None:
    names = {"people": "Dashboards/People and load.md", "weekly-review": "Dashboards/Weekly review.md"}
    for files, wanted in (
        ({"People/Ann.md": "---\ntype: person\n---\n"}, set()),
        ({"People/Ann.md": "---\ntype: person\n---\n", "Meetings/2026-03-16 Weekly.md": ""}, {"weekly-review"}),
        ({"People/Ann.md": "---\ntype: person\n---\n", "Projects/Site.md": ""}, set(names)),
    ):
        vault = read(make_vault(files, f"vault{len(wanted)}"))
        assert {name for name in names if name in vault.ask(places)} == wanted
