"""The pages for readers: the commands they show exist, the settings are accepted, the excerpts are what is written."""

from __future__ import annotations

import re
import shutil
import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from tests.cli_vault import Run
from tests.template_names import rows
from vaultkit import resources
from vaultkit.config import PAGES as PAGE_NAMES
from vaultkit.config import Config, Index, Pages, PageTable
from vaultkit.pages.objects import Finding, Object, Task, objects
from vaultkit.session import Session

if TYPE_CHECKING:
    from tests.conftest import MakeVault

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 3, 16)
GUIDES = sorted(path.name for path in (ROOT / "docs").glob("*.md"))
TRANSLATIONS = {"README.md": "LISEZMOI.md"} | {f"docs/{name}": f"docs/fr/{name}" for name in GUIDES}
PAGES = [*TRANSLATIONS, *TRANSLATIONS.values()]
LANGUAGES = [("README.md", "en"), ("LISEZMOI.md", "fr")]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLACEHOLDER = re.compile(r"\b[A-Z]{2,}\b")


def read(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def blocks(page: str, language: str) -> list[str]:
    return [text for name, text in FENCE.findall(read(page)) if name == language]


def commands(page: str) -> list[str]:
    """`vaultkit ...` as a line of a shell, its comment apart, and as code within a sentence."""
    lines = [line.partition("#")[0].strip() for block in blocks(page, "sh") for line in block.splitlines()]
    shown = [line for line in lines if line.split()[0] == "vaultkit"]
    return shown + re.findall(r"`(vaultkit(?: [^`]+)?)`", FENCE.sub("", read(page)))


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("page", "command"), [(page, command) for page in PAGES for command in commands(page)])
def test_a_command_exists_with_its_options(
    page: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    words = command.split()[1:]
    ran = Run(capsys, tmp_path)(*words, "--help")
    assert ran.code == 0, ran.err
    values = {value for word in words if "|" in word for value in word.split("|")}
    assert values <= set(re.findall(r"\w+", ran.out))


@pytest.mark.parametrize(("page", "translation"), TRANSLATIONS.items())
def test_a_translation_shows_the_same(page: str, translation: str) -> None:
    def shape(name: str) -> tuple[object, ...]:
        text = read(name)
        marks = re.findall(r"^(#+|```\w*|-|\|(?=.))(?: |$)", text, re.MULTILINE)
        links = len(re.findall(r"\]\(", text))
        settings = [tomllib.loads(block) for block in blocks(name, "toml")]
        return marks, links, settings, [PLACEHOLDER.sub("X", command) for command in commands(name)]

    assert shape(page) == shape(translation)


@pytest.mark.parametrize(("page", "language"), [("docs/validators.md", "en"), ("docs/fr/validators.md", "fr")])
def test_the_validators_are_explained_as_they_are(
    page: str, language: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", language)
    explained = Run(capsys, tmp_path)("explain", "--all", "--format", "md").out
    assert read(page).split("\n", 2)[2] == explained, "make docs writes them anew"


@pytest.mark.parametrize("page", PAGES)
def test_a_link_leads_to_a_file(page: str) -> None:
    links = re.findall(r"\]\(([^)#]+)", FENCE.sub("", read(page)))
    assert links
    assert [link for link in links if "://" not in link and not (ROOT / page).parent.joinpath(link).is_file()] == []


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "toml")])
def test_settings_are_accepted(page: str, make_vault: MakeVault) -> None:
    for number, block in enumerate(blocks(page, "toml")):
        template = (resources.templates() / "pages" / "overview.md.j2").read_text("utf-8")
        home = "Modèles/vaultkit/pages"
        files = {"vaultkit.toml": block, f"{home}/overview.md.j2": template, f"{home}/numbers.md.j2": "{{ as_of }}\n"}
        session = Session(make_vault(files, f"vault {number}"), today=TODAY)
        assert not session.findings()
        assert session.pages()


def test_every_setting_is_shown() -> None:
    (table,) = map(tomllib.loads, blocks("docs/configuration.md", "toml"))

    def keys(struct: type[msgspec.Struct]) -> set[str]:
        return {field.encode_name for field in msgspec.structs.fields(struct)}

    assert set(table) == keys(Config) - {"written"}
    assert set(table["pages"]) == keys(Pages)
    assert {key for index in table["index"] for key in index} == keys(Index)
    (shown,) = map(tomllib.loads, blocks("docs/pages.md", "toml"))
    assert {key for page in shown["page"].values() for key in page} == keys(PageTable)


@pytest.mark.parametrize("page", ["docs/pages.md", "docs/fr/pages.md"])
def test_every_page_and_every_object_is_described(page: str) -> None:
    first = re.findall(r"^\| (`[^|]+) \|", read(page), re.MULTILINE)
    rows = {word for row in first for word in re.findall(r"`([\w-]+)`", row)}
    given = objects(Session(resources.sample_vault(), today=TODAY).vault, "A.md")
    assert {*PAGE_NAMES, *given, *_fields(Object)} <= rows
    assert {*_fields(Task), *_fields(Finding)} <= set(re.findall(r"`([\w-]+)`", read(page)))


def _fields(struct: type[msgspec.Struct]) -> set[str]:
    return {field.name for field in msgspec.structs.fields(struct)}


@pytest.mark.parametrize("page", ["docs/pages.md", "docs/fr/pages.md"])
def test_a_page_of_ones_own_is_what_build_writes(page: str, make_vault: MakeVault) -> None:
    (template,), (written,) = blocks(page, "jinja"), blocks(page, "markdown")
    settings = 'templates = "T"\n[page.numbers]\ntemplate = "numbers.md.j2"\ntitle = "Our numbers"\n'
    notes = {
        "Objectives/Double revenue.md": "",
        "People/Marie Roux.md": "",
        "Priorities/Hire a CFO.md": (
            '---\nserves: "[[Double revenue]]"\nowner: "[[Marie Roux]]"\nrank: 1\nbudget: €120k\n---\n'
        ),
        "Priorities/Tidy up.md": "---\nrank: 2\n---\n",
        "Priorities/Done.md": "---\nstatus: done\n---\n",
    }
    root = make_vault(notes | {"vaultkit.toml": settings, "T/pages/numbers.md.j2": template})
    (own,) = (each for each in Session(root, today=TODAY).pages() if each.name == "numbers")
    assert own.text.partition("---\n\n")[2] == written
    first = Session(root, today=TODAY)
    first.apply(first.plan())
    place = root / own.path
    place.write_text(place.read_text("utf-8").replace("%% /yours", "Up again.\n%% /yours"), "utf-8")
    later = Session(root, today=date(2026, 3, 17))
    (root / "Priorities/Tidy up.md").unlink()
    later.refresh()
    later.apply(later.plan())
    assert "Up again.\n%% /yours" in place.read_text("utf-8")
    assert "Tidy up" not in place.read_text("utf-8")


@pytest.mark.parametrize("page", ["docs/templates.md", "docs/fr/templates.md"])
def test_what_fills_each_template_is_described(page: str) -> None:
    described = re.findall(r"^\| `.*\.j2` \|.*$", read(page), re.MULTILINE)
    assert described == list(rows()), "`python -m tests.template_names` prints the table anew"


@pytest.mark.parametrize("example", re.findall("`({%[^`]+%}|{{[^`]+}})`", read("docs/pages.md")))
def test_an_example_for_a_template_can_be_filled_in(example: str, make_vault: MakeVault) -> None:
    text = example.replace('kinds["supplier"]', 'kinds["person"]').replace("{{ value |", "{{ p.title |")
    text += "{{ loop.index }}{% endfor %}" if text.startswith("{% for") else ""
    settings = 'templates = "T"\n[page.numbers]\ntemplate = "numbers.md.j2"\n'
    files = {"Projects/P.md": "", "People/A.md": "", "vaultkit.toml": settings}
    files["T/pages/numbers.md.j2"] = f"{{% for p in projects %}}{text}{{% endfor %}}"
    assert Session(make_vault(files), today=TODAY).pages()


@pytest.mark.parametrize(("page", "language"), LANGUAGES)
def test_the_finding_is_what_check_says(
    page: str, language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", language)
    (shown,) = blocks(page, "text")
    assert folded(shown) in folded(Run(capsys, resources.sample_vault())("check").out)


@pytest.mark.parametrize(("page", "language"), LANGUAGES)
def test_the_overview_is_what_build_writes(page: str, language: str, tmp_path: Path) -> None:
    root = shutil.copytree(resources.sample_vault(), tmp_path / "vault")
    settings = root / "vaultkit.toml"
    text = settings.read_text("utf-8")
    settings.write_text(re.sub('(?m)^language = ".."', f'language = "{language}"', text), "utf-8")
    (overview,) = [page.text for page in Session(root, today=TODAY).pages() if page.name == "overview"]
    head, *lines = re.findall("^> (.+)", read(page), re.MULTILINE)
    assert head == "[!CAUTION]"  # what a forge knows of `[!danger]`
    assert len(lines) == 10
    built = folded(re.sub(r"\[\[|\]\]", "", overview))
    assert [line for line in lines if folded(line).strip("*") not in built] == []


@pytest.mark.parametrize(
    ("page", "language", "notes"),
    [
        (
            "docs/regions.md",
            "en",
            {
                "Projects/CRM migration.md": "---\nstatus: active\ndue: 2026-04-30\n---\n",
                "Projects/New website.md": "---\nstatus: planned\n---\n",
            },
        ),
        (
            "docs/fr/regions.md",
            "fr",
            {
                "Projets/Migration du CRM.md": "---\nstatut: en cours\néchéance: 2026-04-30\n---\n",
                "Projets/Nouveau site.md": "---\nstatut: prévu\n---\n",
            },
        ),
    ],
)
def test_the_region_is_what_build_writes(
    page: str, language: str, notes: dict[str, str], make_vault: MakeVault
) -> None:
    typed, filled, brief = blocks(page, "")
    root = make_vault(notes | {"Mine.md": typed, f"{TODAY}.md": brief})
    session = Session(root, today=TODAY, language=language)
    session.apply(session.plan(("Mine.md", f"{TODAY}.md")))
    assert (root / "Mine.md").read_text("utf-8") == filled
    today = (root / f"{TODAY}.md").read_text("utf-8")
    assert today.startswith(brief)
    assert re.search(r"^%% /vaultkit [0-9a-f]{8} %%$", today, re.MULTILINE)
