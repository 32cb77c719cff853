"""Every page that can be for somebody reads as if what is not for them did not exist, and never had."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from tests import scenario_runner as runner
from tests.pages import TODAY, links
from tests.secret_company import NAMING, OFFICE, OPEN, hidden, once, settings
from vaultkit import generators
from vaultkit.baseline import Entry
from vaultkit.insights.withheld import withheld
from vaultkit.model import Change
from vaultkit.pages.readers import hosts
from vaultkit.pages.reading import as_read_by
from vaultkit.parser import parse
from vaultkit.planner import as_written
from vaultkit.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault

READERS = {"en": ("employees", "investors", "public"), "fr": ("salariés", "investisseurs", "presse")}
MARKS = {"en": "confidentiality: board", "fr": "confidentialité: conseil"}
SECRET = re.compile(r"falcon|merger|zanzibar|quetzal|peregrine|4711|severance|condor|serves all", re.IGNORECASE)
"""Every word by which something could be known."""


def read(make_vault: MakeVault, secret: dict[str, str], language: str, readers: int, toml: str = "") -> Vault:
    """The company with these secrets, and a past in which they were none."""
    files = OPEN | secret | {"vaultkit.toml": toml or settings(READERS[language][readers], language)}
    folder: Path = make_vault(files, f"vault{len(files)}")
    found = runner.read_vault(folder, TODAY, language, once(OPEN, secret, MARKS[language]))
    templates = found.setting.templates | {"office.md.j2": OFFICE}
    known = (Entry("Priorities/Calm down.md", "no-action"), *(Entry(path, "no-owner") for path in secret))
    setting = replace(found.setting, templates=templates, known=known)
    return Vault.build(found.everything.values(), found.files, setting)


def shown(vault: Vault) -> dict[tuple[str, int | None], str]:
    """What is for those readers: what stands in a note of the board's own is for the board."""
    pages = vault.ask(generators.render)
    return {(page.path, page.region): page.text for page in pages if not page.path.startswith("Board/")}


def standing(vault: Vault) -> Vault:
    """The vault once its pages stand."""
    pages = [page for page in vault.ask(generators.render) if page.path.endswith(".md") and page.region is None]
    return vault.step(Change(page.path, parse(page.path, as_written(page).encode())) for page in pages)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("readers", [0, 1, 2])
def test_every_page_reads_as_if_the_secret_had_never_been(make_vault: MakeVault, language: str, readers: int) -> None:
    there = read(make_vault, hidden(MARKS[language]), language, readers)
    gone = read(make_vault, {}, language, readers)
    made = {page.name.split(" ")[0] for page in there.ask(generators.render)}
    assert made == {*generators.GENERATORS, "office"} - {"bases"}
    for first, second in ((there, gone), (standing(there), standing(gone))):
        assert {place: text for place, text in shown(first).items() if text != shown(second).get(place)} == {}
        assert shown(first).keys() == shown(second).keys()
        assert not [place for place, text in shown(first).items() if SECRET.search(f"{place[0]}{text}")]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("readers", [0, 1, 2])
def test_no_page_gives_away_what_notes_name(make_vault: MakeVault, language: str, readers: int) -> None:
    vault = read(make_vault, hidden(MARKS[language]) | NAMING, language, readers)
    for page in vault.ask(generators.render):
        if not page.path.startswith("Board/"):
            assert not SECRET.search(f"{page.path}{page.text}"), page.path
            assert None not in links(vault, page), page.path
    assert "[[Visible]]" in "".join(shown(vault).values())


def test_the_view_alone_keeps_the_secret(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left for the last look over a page to find: what it takes out would leave a gap that tells."""
    monkeypatch.setattr(generators, "discreet_page", lambda _vault, _audience, page: page.text)
    vault = read(make_vault, hidden(MARKS["en"]) | NAMING, "en", 0)
    assert not [place for place, text in shown(vault).items() if SECRET.search(text)]


def test_no_table_stands_beside_a_page_for_others(make_vault: MakeVault) -> None:
    vault = read(make_vault, hidden(MARKS["en"]), "en", 0)
    assert vault.config.pages.bases
    assert not [page.path for page in vault.ask(generators.render) if page.path.endswith(".base")]


def test_who_builds_sees_it_all(make_vault: MakeVault) -> None:
    """The same pages with no audience, and with the board's, leave nothing out."""
    plain = re.sub(r"audience = '.*'\n", "", settings("x", "en"))
    for toml in (plain, settings("board", "en")):
        texts = shown(read(make_vault, hidden(MARKS["en"]), "en", 0, toml))
        make_vault = _again(make_vault)
        said = {place[0].rpartition("/")[2]: text for place, text in texts.items()}
        telling = (
            "Overview.md",
            "Risks.md",
            "Changes.md",
            "Glossary.md",
            "All.md",
            "Decision log.md",
            "Alignment.canvas",
        )
        assert all(SECRET.search(said[name]) for name in telling)


def _again(make_vault: MakeVault) -> MakeVault:
    return lambda files, name="vault": make_vault(files, f"{name} again")


@pytest.mark.parametrize("name", ["Kudos", "Owner", "Lowlights", "Projects", "Nobody"])
def test_a_secret_called_like_our_own_words_blots_nothing_out(make_vault: MakeVault, name: str) -> None:
    there = read(make_vault, {f"Board/{name}.md": "---\nconfidentiality: board\n---\n"}, "en", 0)
    assert shown(there) == shown(read(make_vault, {}, "en", 0))


HOST = "%% vaultkit:index kind=risk %%\n"
IN_NOTES = {
    "Risks/Falcon leaks.md": "---\nconfidentiality: board\n---\n",
    "Risks/Fire.md": "---\nconfidentiality: company\n---\n",
    "Risks/Rain.md": "---\naudience: investors\n---\n",
    "Risks/Wind.md": "",
}


@pytest.mark.parametrize(
    ("says", "lists"),
    [
        ("", "Falcon leaks, Fire, Rain, Wind"),
        ("confidentiality: board", "Falcon leaks, Fire, Rain, Wind"),
        ("confidentiality: direction", "Fire, Rain, Wind"),
        ("audience: team", "Fire, Wind"),
        ("audience: investors", "Rain, Wind"),
        ("audience: [team, investors]", "Wind"),
        ("audience: press", "Wind"),
    ],
)
def test_a_list_in_a_note_is_for_those_who_read_the_note(make_vault: MakeVault, says: str, lists: str) -> None:
    files = IN_NOTES | {"Home.md": f"---\n{says}\n---\n{HOST}" if says else HOST}
    vault = runner.read_vault(make_vault(files), TODAY)
    (page,) = (page for page in vault.ask(generators.render) if page.path == "Home.md")
    assert ", ".join(re.findall(r"\[\[([^]|]+)", page.text)) == lists


def test_a_list_in_an_unmarked_note_is_for_the_readers_of_all_lists(make_vault: MakeVault) -> None:
    files = IN_NOTES | {"Home.md": HOST, "vaultkit.toml": "[page.index]\naudience = 'team'\n"}
    vault = runner.read_vault(make_vault(files), TODAY)
    (page,) = (page for page in vault.ask(generators.render) if page.path == "Home.md")
    assert re.findall(r"\[\[([^]|]+)", page.text) == ["Fire", "Wind"]


@pytest.mark.parametrize(
    ("says", "least"),
    [
        ("confidentiality: board", ("board",)),
        ("confidentiality: company", ("company",)),
        ("audience: [board, team]", ("company",)),
        ("audience: [team, investors]", ("investors", "company")),
        ("audience: the fellowship", ("leadership",)),
        ("public: true", ("public",)),
    ],
)
def test_who_of_a_notes_readers_may_see_least(make_vault: MakeVault, says: str, least: tuple[str, ...]) -> None:
    vault = runner.read_vault(make_vault({"Home.md": f"---\n{says}\n---\n{HOST}"}), TODAY)
    assert vault.ask(hosts) == {"Home.md": least}


def test_a_file_or_a_board_that_is_called_like_a_secret_is_none_of_their_vault(make_vault: MakeVault) -> None:
    vault = read(make_vault, hidden(MARKS["en"]), "en", 0)
    named = {path for path in ("Board/Falcon map.canvas", "Board/Falcon terms.pdf") if vault.has(path)}
    assert len(named) == 2
    assert named <= {path for path, why in withheld(vault, "company").reasons.items() if why == "named"}
    assert not [path for path in as_read_by(vault, "employees", None).paths if SECRET.search(path)]


def test_a_page_about_a_secret_that_stands_for_others_is_not_counted(make_vault: MakeVault) -> None:
    """The briefs are for whoever builds, who wrote in all of them; the report on the trial is for employees."""
    toml = "[pages]\non = ['trial']\n[page.trial]\naudience = 'employees'\n"
    texts = []
    told = {path: text for path, text in hidden(MARKS["en"]).items() if not path.startswith("Board/")}
    for secret in (told, {}):
        vault = read(make_vault, secret, "en", 0, toml)
        briefs = [page for page in vault.ask(generators.render) if page.name == "meeting-brief"]
        said = [(page.path, as_written(page).replace("mine %%\n", "mine %%\nYes.\n")) for page in briefs]
        vault = vault.step(Change(path, parse(path, text.encode())) for path, text in said)
        texts += [page.text for page in vault.ask(generators.render) if page.name == "trial"]
    assert "What people wrote stays" in texts[0]
    assert texts[0] == texts[1]
