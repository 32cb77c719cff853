"""Obsidian's own settings: each is read, a broken one is Obsidian's default and hides no other, none is written."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli_vault import Run, files_of
from vaultkit.config import Obsidian, parse_config
from vaultkit.disk import find_vault, read_obsidian, setting_paths
from vaultkit.errors import ConfigError
from vaultkit.session import Session

if TYPE_CHECKING:
    from tests.conftest import MakeVault

TASKS = "plugins/obsidian-tasks-plugin/data.json"


def settings(make_vault: MakeVault, **files: object) -> Obsidian:
    """What is read where these files stand: `app={...}` is `app.json`."""
    names = {name: TASKS if name == "tasks" else f"{name.replace('_', '-')}.json" for name in files}
    return read_obsidian(make_vault({f".obsidian/{names[name]}": json.dumps(text) for name, text in files.items()}))


def test_every_setting_is_read(make_vault: MakeVault) -> None:
    found = settings(
        make_vault,
        app={
            "userIgnoreFilters": ["Archive/", "/^x/"],
            "newLinkFormat": "absolute",
            "useMarkdownLinks": True,
            "alwaysUpdateLinks": True,
            "newFileLocation": "folder",
            "newFileFolderPath": "/Entrée/",
            "attachmentFolderPath": "./Pièces",
            "trashOption": "local",
            "showUnsupportedFiles": True,
            "strictLineBreaks": True,
            "propertiesInDocument": "source",
        },
        daily_notes={"folder": "Journal", "format": "YYYY/MM/DD", "template": "Modèles/Jour"},
        templates={"folder": "Modèles/", "dateFormat": "DD/MM/YYYY", "timeFormat": "HH[h]mm"},
        types={"types": {"Due": "date", "aliases": "aliases", "odd": 3}},
        core_plugins={"bases": True, "slides": False, "odd": "yes"},
        tasks={
            "globalFilter": "#task",
            "statusSettings": {
                "coreStatuses": [{"symbol": " ", "type": "TODO"}, {"symbol": "x", "name": "Done", "type": "DONE"}],
                "customStatuses": [
                    {"symbol": "/", "type": "IN_PROGRESS"},
                    {"symbol": "h", "type": "ON_HOLD"},
                    {"symbol": "-", "type": "CANCELLED"},
                    {"symbol": "i", "type": "NON_TASK"},
                    {"symbol": "x", "type": "TODO"},
                    {"symbol": "two", "type": "DONE"},
                    {"symbol": "", "type": "DONE"},
                    {"symbol": "e", "type": "EMPTY"},
                    {"symbol": "o"},
                ],
            },
        },
    )
    assert found == Obsidian(
        ignore_filters=("Archive/", "/^x/"),
        new_link_format="absolute",
        use_markdown_links=True,
        always_update_links=True,
        new_file_location="folder",
        new_file_folder="Entrée",
        attachment_folder="./Pièces",
        trash="local",
        show_unsupported_files=True,
        strict_line_breaks=True,
        properties_in_document="source",
        daily_folder="Journal",
        daily_format="YYYY/MM/DD",
        daily_template="Modèles/Jour",
        templates_folder="Modèles",
        date_format="DD/MM/YYYY",
        time_format="HH[h]mm",
        property_types={"due": "date", "aliases": "aliases"},
        core_plugins={"bases": True, "slides": False},
        task_types={
            " ": "TODO",
            "x": "DONE",
            "/": "IN_PROGRESS",
            "h": "ON_HOLD",
            "-": "CANCELLED",
            "i": "NON_TASK",
        },
        task_filter="#task",
    )
    usual = Obsidian()
    unread = [f.name for f in msgspec.structs.fields(Obsidian) if getattr(found, f.name) == getattr(usual, f.name)]
    assert unread == []


def test_core_plugins_were_once_a_list_of_those_that_are_on(make_vault: MakeVault) -> None:
    found = settings(make_vault, core_plugins=["file-explorer", 3, "templates"])
    assert found.core_plugins == {"file-explorer": True, "templates": True}


@pytest.mark.parametrize(
    ("written", "read"),
    [("/", ""), ("", ""), ("./", "./"), (".", "./"), ("./a/b/", "./a/b"), ("Files", "Files"), ("../out", ""), (3, "")],
)
def test_attachments_lie_in_a_folder_or_beside_the_note(make_vault: MakeVault, written: object, read: str) -> None:
    assert settings(make_vault, app={"attachmentFolderPath": written}).attachment_folder == read


@pytest.mark.parametrize(
    "folder", ["../out", "a/../../b", ".obsidian", "a/.b", "a//b", "a\x00b", "a\\b", [], None, True]
)
def test_a_folder_that_is_not_in_the_vault_is_the_root(make_vault: MakeVault, folder: object) -> None:
    found = settings(make_vault, app={"newFileFolderPath": folder}, daily_notes={"folder": folder})
    assert (found.new_file_folder, found.daily_folder) == ("", "")


def test_one_broken_setting_hides_no_other(make_vault: MakeVault) -> None:
    found = settings(
        make_vault,
        app={"newLinkFormat": ["absolute"], "trashOption": "moon", "useMarkdownLinks": 1, "strictLineBreaks": True},
        tasks={"globalFilter": 7, "statusSettings": {"coreStatuses": {}, "customStatuses": [3, {"symbol": ["x"]}]}},
    )
    assert found == Obsidian(strict_line_breaks=True)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(
    (
        *("userIgnoreFilters", "newLinkFormat", "newFileLocation", "newFileFolderPath", "attachmentFolderPath"),
        *("trashOption", "folder", "format", "template", "dateFormat", "types", "statusSettings", "coreStatuses"),
        *("customStatuses", "globalFilter", "propertiesInDocument", "strictLineBreaks", "symbol", "type"),
    )
)
TABLES = st.recursive(
    st.dictionaries(KEYS, JSON, max_size=6),
    lambda inside: st.dictionaries(KEYS, inside | st.lists(inside, max_size=3), max_size=6),
    max_leaves=4,
)


@given(text=(TABLES | JSON).map(json.dumps).map(str.encode) | st.binary(max_size=40))
def test_no_settings_can_stop_a_run(tmp_path_factory: pytest.TempPathFactory, text: bytes) -> None:
    root = tmp_path_factory.mktemp("vault")
    for path in setting_paths():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text)
    found = read_obsidian(root)
    assert msgspec.convert(msgspec.to_builtins(found), Obsidian) == found  # every value is of its field's type


def test_the_tasks_plugin_says_which_tasks_are_open(make_vault: MakeVault) -> None:
    lines = "".join(f"- [{symbol}] Call\n" for symbol in " xX-/dihc>")
    types = {"d": "DONE", "i": "NON_TASK", "h": "ON_HOLD", "c": "CANCELLED", "/": "IN_PROGRESS", "X": "TODO"}
    statuses = {"customStatuses": [{"symbol": symbol, "type": type_} for symbol, type_ in types.items()]}
    files = {"A.md": lines, f".obsidian/{TASKS}": json.dumps({"statusSettings": statuses})}
    for name, settings_too, expected in (("with", True, " X/h>"), ("without", False, " /dihc>")):
        kept = {path: text for path, text in files.items() if settings_too or path == "A.md"}
        vault = Session(make_vault(kept, name)).vault
        assert "".join(task.status for task in vault.notes["A.md"].tasks if vault.is_open(task)) == expected


def test_settings_that_are_no_files_are_defaults(make_vault: MakeVault) -> None:
    root = make_vault({"A.md": "a"})
    for path in setting_paths():
        (root / path).mkdir(parents=True)
    assert read_obsidian(root) == Obsidian()


def test_reading_writes_nothing(make_vault: MakeVault, capsys: pytest.CaptureFixture[str]) -> None:
    files = dict.fromkeys(setting_paths(), '{"alwaysUpdateLinks":true,"folder":"T"}')
    root = make_vault(files | {"vaultkit.toml": "", "Priorities/Hire.md": "# Hire\n", "T/t.md": "{{date}}"})
    before = files_of(root / ".obsidian")
    run = Run(capsys, root)
    assert [run(*words).code for words in (["build"], ["new", "risk", "Fire"], ["eject", "--yes"])] == [0, 0, 0]
    assert files_of(root / ".obsidian") == before


@pytest.mark.parametrize("path", setting_paths())
def test_a_setting_that_changes_is_noticed(make_vault: MakeVault, path: str) -> None:
    root = make_vault({"A.md": "a", path: "{}"})
    session = Session(root)
    assert not session.refresh()
    told = {"folder": "F", "types": {"a": "date"}, "useMarkdownLinks": True, "bases": True, "globalFilter": "#t"}
    (root / path).write_text(json.dumps(told))
    before = session.vault.obsidian
    assert session.refresh({path})  # as a watch would tell
    assert session.vault.obsidian != before


def test_settings_keep_folders_out_however_the_disk_encodes_them(make_vault: MakeVault) -> None:
    files = {"Modèles/a.md": "", "Été/b.md": "", "Brouillons é/c.md": "", "d.md": ""}
    own = {
        "vaultkit.toml": 'exclude = ["Brouillons é/"]\n',
        ".obsidian/templates.json": '{"folder": "Modèles"}',
        ".obsidian/app.json": '{"userIgnoreFilters": ["Été/"]}',
    }
    for form in ("NFC", "NFD"):
        named = {unicodedata.normalize(form, path): text for path, text in files.items()}
        session = Session(make_vault(named | own, form))
        assert list(session.vault.notes) == ["d.md"]


# The folder of the settings, under another name.

RENAMED = {"A.md": "- [d] done\n", ".obsidian-work/app.json": '{"useMarkdownLinks": true}', ".obsidian/app.json": "{}"}


def test_the_folder_of_the_settings_may_bear_another_name(make_vault: MakeVault) -> None:
    root = make_vault(RENAMED)
    assert not Session(root).vault.obsidian.use_markdown_links
    assert Session(root, obsidian_dir=".obsidian-work").vault.obsidian.use_markdown_links
    (root / "vaultkit.toml").write_text('obsidian-dir = ".obsidian-work"\n')
    session = Session(root)
    assert session.vault.obsidian.use_markdown_links
    assert not Session(root, obsidian_dir=".obsidian").vault.obsidian.use_markdown_links
    (root / ".obsidian-work/app.json").write_text("{}")
    assert session.refresh()
    assert not session.vault.obsidian.use_markdown_links


@pytest.mark.parametrize("name", ["obsidian", "..", ".", "", "../.x", ".a/b", ".a\\\\b", ".a\\u0000", "/.x"])
def test_that_folder_is_one_hidden_name(name: str) -> None:
    with pytest.raises(ConfigError, match="obsidian-dir") as caught:
        parse_config(f'language = "fr"\nobsidian-dir = "{name}"\n')
    assert caught.value.line == 2


def test_the_command_line_names_it_too(
    make_vault: MakeVault, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault({"deep/er/A.md": "a", ".obsidian-work/app.json": "{}", "deep/.obsidian/app.json": "{}"})
    monkeypatch.chdir(root / "deep/er")
    assert find_vault(root / "deep/er") == root / "deep"
    run = Run(capsys, root / "deep/er")
    assert run("orphans").out == "er/A.md\n"
    assert run("--obsidian-dir", ".obsidian-work", "orphans").out == "deep/er/A.md\n"
    assert run("orphans", "--obsidian-dir", ".obsidian-work").out == "deep/er/A.md\n"


@pytest.mark.parametrize("name", [".obsidian-x", "..", "../vault/.obsidian", "A.md"])
def test_a_folder_of_settings_that_is_not_there_is_told(
    make_vault: MakeVault, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    ran = Run(capsys, make_vault({"A.md": "a", ".obsidian/app.json": "{}"}))("--obsidian-dir", name, "check")
    assert ran.code == 2
    assert f"there is no folder {name} in this vault" in ran.err


# A vault in a vault.


def test_of_two_vaults_the_nearest_is_meant_and_the_other_is_told(
    make_vault: MakeVault, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {".obsidian/app.json": "{}", "A.md": "a", "in/.obsidian/app.json": "{}", "in/sub/B.md": "b"}
    root = make_vault(files).resolve()
    ran = Run(capsys, root / "in/sub")("orphans")
    assert ran.out == "sub/B.md\n"
    assert ran.err.split() == (
        f"The nearest vault is in; it lies within another: for that one, vaultkit -C {root}".split()
    )
    assert Run(capsys, root / "in/sub")("-q", "orphans").err == ""
    assert Run(capsys, root / "in")("orphans").err == ""  # it was named: nobody is in doubt
    assert Run(capsys, root)("orphans").err == ""


# Where a new note goes.

RITUAL = {"vaultkit.toml": 'templates = "T"\n', "T/kinds/ritual.md": "---\nkind: ritual\n---\n# {{ title }}\n"}


@pytest.mark.parametrize(
    ("app", "path"),
    [
        ({}, "Tea.md"),
        ({"newFileLocation": "root", "newFileFolderPath": "In"}, "Tea.md"),
        ({"newFileLocation": "folder", "newFileFolderPath": "In/Box"}, "In/Box/Tea.md"),
        ({"newFileLocation": "folder", "newFileFolderPath": "a/été"}, "A/Été/Tea.md"),
        ({"newFileLocation": "folder", "newFileFolderPath": "../out"}, "Tea.md"),
        ({"newFileLocation": "folder"}, "Tea.md"),
        ({"newFileLocation": "current"}, "A/Tea.md"),
    ],
)
def test_a_kind_without_a_home_goes_where_obsidian_sends_new_notes(
    make_vault: MakeVault,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    app: object,
    path: str,
) -> None:
    root = make_vault(RITUAL | {".obsidian/app.json": json.dumps(app), "A/Été/Note.md": "", "Risks/Fire.md": ""})
    monkeypatch.chdir(root / "A")
    run = Run(capsys, root)
    assert run("new", "ritual", "Tea").out == f"{path}\n"
    assert run("new", "decision", "Sign").out == "Decisions/Sign.md\n"
    assert run("new", "risk", "Flood").out == "Risks/Flood.md\n"


@pytest.mark.parametrize("here", [".", ".obsidian", ".."])
def test_the_current_folder_may_be_no_place_for_a_note(
    make_vault: MakeVault, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, here: str
) -> None:
    root = make_vault(RITUAL | {".obsidian/app.json": '{"newFileLocation": "current"}'})
    monkeypatch.chdir(root / here)
    assert Run(capsys, root)("new", "ritual", "Tea").out == "Tea.md\n"


def test_a_home_is_the_folder_that_stands_there_however_it_is_written(
    make_vault: MakeVault, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = unicodedata.normalize("NFD", "décisions")
    root = make_vault({"vaultkit.toml": 'language = "fr"\n', f"{folder}/notes.txt": ""})
    assert Run(capsys, root)("new", "decision", "Signer").out == f"{folder}/Signer.md\n"
