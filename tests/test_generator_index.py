"""Index pages and regions: nested, sorted, described, and each note told from its namesakes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.pages import TODAY, as_note, links, one, pages, read
from vaultkit import generators
from vaultkit.errors import ConfigError
from vaultkit.session import Session

if TYPE_CHECKING:
    from tests.conftest import MakeVault

BULLET = re.compile(r"^ *- ", re.MULTILINE)


TREE = {
    "Projects/Étape 10.md": "---\nstatus: done\ndue: 2026-01-05\nrank: 3\n---\n",
    "Projects/étape 2.md": '---\ntitle: Zed\nstatus: active\nrank: 1\ndescription: "See [[Marie|her]] | now"\n---\n',
    "Projects/Berlin/Lease.md": (
        "---\nstatus: planned\ndue: 2026-02-01\ntype: project\nrank: 2\ntags: [site/de, Site/FR, other]\n---\n"
    ),
    "Projects/Berlin/Deep/Er/Plan.md": "---\ntype: projet\ntags: site\n---\n",
    "Projectsaside/No.md": "",
    "Home.md": "# Home\n",
}


def listed(make_vault: MakeVault, options: str, home: str = "Home.md", language: str = "en") -> list[str]:
    """The list that a region of these options gets."""
    files = TREE | {home: f"# Home\n\n%% vaultkit:index {options} %%\n"}
    (page,) = (page for page in generators.render(read(make_vault(files, options[:9] or "v"), language)) if page.region)
    assert (page.path, page.region) == (home, 8)
    return page.text.splitlines()


def test_a_folder_is_listed_with_its_folders(make_vault: MakeVault) -> None:
    assert listed(make_vault, 'folder="Projects"') == [
        "- [[étape 2|Zed]] – See her \\| now (active)",
        "- [[Étape 10]] (done, due 2026-01-05)",
        "- **Berlin**",
        "    - [[Lease]] (planned, due 2026-02-01)",
        "    - **Deep**",
        "        - **Er**",
        "            - [[Plan]]",
    ]


def test_depth_bounds_the_nesting(make_vault: MakeVault) -> None:
    assert listed(make_vault, "folder=Projects/ depth=1")[2:] == [
        "- **Berlin**",
        "    - [[Lease]] (planned, due 2026-02-01)",
        "    - [[Plan]]",
    ]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", ["étape 2|Zed", "Étape 10"]),
        ("title", ["Étape 10", "étape 2|Zed"]),
        ("due", ["Étape 10", "étape 2|Zed"]),
        ("status", ["étape 2|Zed", "Étape 10"]),
        ("rank", ["étape 2|Zed", "Étape 10"]),
    ],
)
def test_lists_are_sorted(make_vault: MakeVault, sort: str, names: list[str]) -> None:
    found = re.findall(r"^- \[\[(.*?)\]\]", "\n".join(listed(make_vault, f"folder=Projects sort={sort}")), re.MULTILINE)
    assert found == names


def test_a_tag_is_listed_with_its_tags(make_vault: MakeVault) -> None:
    assert listed(make_vault, "tag=#site") == [
        "- [[Plan]]",
        "- **de**",
        "    - [[Lease]] (planned, due 2026-02-01)",
        "- **FR**",
        "    - [[Lease]] (planned, due 2026-02-01)",
    ]


def test_a_kind_is_listed_flat_under_its_name_in_either_language(make_vault: MakeVault) -> None:
    found = listed(make_vault, "kind=projets sort=rank title='All of | them'")
    assert found[:2] == ["**All of \\| them**", ""]
    assert [line[:10] for line in found[2:]] == ["- [[étape ", "- [[Lease]", "- [[Étape ", "- [[Plan]]"]


def test_a_list_of_nothing_in_particular_is_one_of_its_own_folder(make_vault: MakeVault) -> None:
    assert listed(make_vault, "", "Projects/Berlin/Home.md")[0] == "- [[Lease]] (planned, due 2026-02-01)"
    assert "[[No]]" in "".join(listed(make_vault, "depth=1"))


def test_an_empty_list_says_so(make_vault: MakeVault) -> None:
    assert listed(make_vault, "folder=Nowhere") == ["No note yet."]


def test_what_is_not_understood_is_not_filled(make_vault: MakeVault) -> None:
    files = {"A.md": "%% vaultkit:index fodler=X %%\n", "B.md": "%% vaultkit:nothing %%\n"}
    assert [page for page in generators.render(read(make_vault(files))) if page.region is not None] == []


def test_an_index_page_leaves_itself_and_other_pages_out(make_vault: MakeVault) -> None:
    toml = '[[index]]\npath = "Projects/All"\nfolder = ""\ntitle = "All of it"\n'
    toml += '[[index]]\npath = "K.md"\nkind = "projet"\n'
    folder = make_vault(TREE | {"vaultkit.toml": toml})
    session = Session(folder, today=TODAY)
    session.apply(session.plan())
    vault = read(folder)
    page = pages(vault)["Projects/All.md"]
    assert page.text.startswith(
        "---\ngenerated: vaultkit\npage: index\n---\n\n# All of it\n\n- [[Home]]\n- **Projects**\n"
    )
    assert set(links(vault, page)) == {path for path, note in vault.notes.items() if note.generated is None}
    assert len(BULLET.findall(pages(vault)["K.md"].text)) == 4


def test_two_notes_of_one_name_are_told_apart(make_vault: MakeVault) -> None:
    files = {
        "Projects/A/Plan.md": "---\ntype: project\n---\n",
        "Projects/B/Plan.md": "",
        "Plan.md": "",
        "Projects/C.md": "---\ntitle: Plan\n---\n",
    }
    vault = read(make_vault(files | {"vaultkit.toml": '[[index]]\npath = "I.md"\nfolder = ""\n'}))
    page = pages(vault)["I.md"]
    shown = [link.label or link.target for link in as_note(page).links]
    assert sorted(shown) == ["Plan (/)", "Plan (Projects/A)", "Plan (Projects/B)", "Plan (Projects/C)"]
    assert set(links(vault, page)) == set(files)
    assert '[("Projects/A/Plan")]' in one(vault, "alignment").text


@pytest.mark.parametrize(
    "toml",
    [
        '[[index]]\npath = "Dashboards/Overview.md"\n',
        '[[index]]\npath = "A.md"\n[[index]]\npath = "a"\n',
    ],
)
def test_an_index_page_that_cannot_be_is_a_mistake_in_the_settings(make_vault: MakeVault, toml: str) -> None:
    with pytest.raises(ConfigError):
        generators.render(read(make_vault({"vaultkit.toml": toml})))


def test_a_list_of_what_others_are_called_is_made_anew_when_they_are(make_vault: MakeVault) -> None:
    files = {
        "Home.md": "%% vaultkit:index kind=project group=owner %%\n",
        "Projects/P.md": '---\nowner: "[[Ann]]"\n---\n',
        "People/Ann.md": "---\ntitle: Ann Lee\n---\n",
    }
    folder = make_vault(files)
    session = Session(folder, today=TODAY, paranoid=True)
    session.apply(session.plan(("Home.md",)))
    (folder / "People/Ann.md").write_text("---\ntitle: Ann Moss\n---\n", "utf-8")
    session.refresh()
    (region,) = (page for page in session.pages() if page.region is not None)
    assert region.text == "- **[[Ann|Ann Moss]]**\n    - [[P]]\n"


@pytest.mark.parametrize("options", ["limit=0", "limit=many", "limit=1000", "sort=age", "proprety=status"])
def test_an_option_that_means_nothing_fills_nothing(make_vault: MakeVault, options: str) -> None:
    vault = read(make_vault({"Home.md": f"%% vaultkit:index {options} %%\n"}))
    assert [page for page in generators.render(vault) if page.region is not None] == []


def test_what_nobody_knows_the_age_of_stands_last(make_vault: MakeVault) -> None:
    files = {"A.md": "", "B.md": "---\nmodifié le: 2026-03-01\n---\n", "C.md": "---\nupdated: 2026-03-02\n---\n"}
    files["Home.md"] = "%% vaultkit:index sort=updated limit=3 %%\n"
    (region,) = (page for page in generators.render(read(make_vault(files))) if page.region is not None)
    assert region.text.splitlines() == ["- [[C]]", "- [[B]]", "- [[A]]"]
