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
from vaultkit import resources
from vaultkit.config import Config, Index, Pages
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
        files = {"vaultkit.toml": block, "Modèles/vaultkit/pages/overview.md.j2": template}
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
    typed, filled = blocks(page, "")
    root = make_vault(notes | {"Mine.md": typed})
    session = Session(root, today=TODAY, language=language)
    session.apply(session.plan(("Mine.md",)))
    assert (root / "Mine.md").read_text("utf-8") == filled
