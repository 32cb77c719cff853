"""The commands that write: who has agreed, what is written, what is left alone, and what can be taken back."""

from __future__ import annotations

import re
import shlex
import threading
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.cli_vault import FILES, Run, files_of
from vaultkit import resources
from vaultkit.cli import main
from vaultkit.cli.keeping import Keeper
from vaultkit.cli.options import Asked
from vaultkit.disk import Doubts, Watch
from vaultkit.errors import ConfigError
from vaultkit.insights.placing import LONGEST, file_name
from vaultkit.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault

OVERVIEW = "Dashboards/Overview.md"


@pytest.fixture
def run(make_vault: MakeVault, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LANGUAGE", "en")
    return Run(capsys, make_vault(FILES))


@pytest.fixture
def agreed(run: Run) -> Run:
    (run.folder / "vaultkit.toml").write_text('language = "en"\n')
    return run


def test_nobody_agreed_so_nothing_is_written(run: Run) -> None:
    for command in ("build", "watch"):
        ran = run(command)
        assert ran.code == 2
        assert "--write" in ran.err
        assert "vaultkit init" in ran.err
    assert files_of(run.folder).keys() == FILES.keys()


@pytest.mark.parametrize("option", ["--check", "--dry-run", "--diff"])
def test_looking_needs_no_agreement_and_writes_nothing(run: Run, option: str) -> None:
    ran = run("build", option)
    assert ran.code == (1 if option == "--check" else 0)
    assert OVERVIEW in ran.out
    assert files_of(run.folder).keys() == FILES.keys()


def test_build_writes_once(agreed: Run) -> None:
    ran = agreed("build")
    assert ran.code == 0
    assert f"new  {OVERVIEW}" in ran.out.splitlines()
    assert f"Open {OVERVIEW} in Obsidian." in ran.err
    written = files_of(agreed.folder)
    times = {path: (agreed.folder / path).stat().st_mtime_ns for path in written}
    again = agreed("build")
    assert (again.code, again.out) == (0, "")
    assert "up to date" in again.err
    assert {path: (agreed.folder / path).stat().st_mtime_ns for path in files_of(agreed.folder)} == times
    assert agreed("build", "--check") == (0, "", "")


def test_a_changed_note_makes_the_check_fail(agreed: Run) -> None:
    agreed("build")
    (agreed.folder / "Priorities/Renew the brand.md").write_text("---\nserves: '[[Double revenue]]'\n---\n")
    assert agreed("build", "--check").code == 1


def test_write_agrees_for_this_time(run: Run) -> None:
    assert run("build", "--write").code == 0
    assert (run.folder / OVERVIEW).is_file()
    assert not (run.folder / "vaultkit.toml").exists()


def test_one_page_by_name_or_by_path(agreed: Run) -> None:
    assert agreed("build", "overview").out.splitlines() == [f"new  {OVERVIEW}"]
    assert agreed("build", "Dashboards/Alignment.md").out.splitlines() == ["new  Dashboards/Alignment.md"]
    ran = agreed("build", "overvew")
    assert ran.code == 2
    assert "did you mean overview?" in ran.err


def test_a_page_edited_by_hand_stays_until_force(agreed: Run) -> None:
    agreed("build")
    page = agreed.folder / OVERVIEW
    page.write_text(page.read_text("utf-8").replace("#", "# mine", 1), "utf-8")
    mine = page.read_bytes()
    ran = agreed("build")
    assert OVERVIEW in ran.err
    assert page.read_bytes() == mine
    assert agreed("build", "--force").code == 0
    assert page.read_bytes() != mine


def test_a_file_that_cannot_be_written_keeps_nobody_from_the_rest(agreed: Run) -> None:
    note = agreed.folder / "Loose end.md"
    note.write_text('%% vaultkit:index folder="Priorities" %%\n')
    note.chmod(0o444)
    (agreed.folder / "Linked.md").write_bytes(note.read_bytes())
    (agreed.folder / "Twin.txt").hardlink_to(agreed.folder / "Linked.md")
    ran = agreed("build")
    assert ran.code == 2
    assert "Loose end.md: it is read-only" in ran.err
    assert "Linked.md: it has other names" in ran.err
    assert f"new  {OVERVIEW}" in ran.out
    assert (agreed.folder / OVERVIEW).exists()
    assert note.read_text() == '%% vaultkit:index folder="Priorities" %%\n'


def test_eject_finds_what_was_put_away_since(agreed: Run) -> None:
    before = files_of(agreed.folder)
    agreed("build")
    (agreed.folder / "vaultkit.toml").write_text('exclude = ["Dashboards/"]\n')
    assert agreed("eject", "--yes").code == 0
    assert files_of(agreed.folder).keys() == before.keys()


def test_a_broken_template_keeps_nobody_from_leaving(agreed: Run) -> None:
    before = files_of(agreed.folder)
    agreed("build")
    template = agreed.folder / "T" / "pages" / "overview.md.j2"
    template.parent.mkdir(parents=True)
    template.write_text("{% for")
    (agreed.folder / "vaultkit.toml").write_text('templates = "T"\n')
    assert agreed("build").code == 2
    assert agreed("eject", "--yes").code == 0
    assert files_of(agreed.folder).keys() == before.keys() | {"T/pages/overview.md.j2"}


def test_a_copy_of_a_page_is_named_and_left_alone(agreed: Run) -> None:
    agreed("build")
    page = agreed.folder / "Dashboards" / "Alignment.md"
    copy = agreed.folder / "Kept.md"
    copy.write_bytes(page.read_bytes())
    said = agreed("build")
    assert "left for you to keep or delete: Kept.md" in said.err
    assert copy.read_bytes() == page.read_bytes()


def test_eject_leaves_every_byte_as_it_was(agreed: Run) -> None:
    (agreed.folder / "Loose end.md").write_bytes(b'See.\r\n%% vaultkit:index folder="Priorities" %%\r\nEnd')
    before = files_of(agreed.folder)
    agreed("build")
    assert b"/vaultkit" in (agreed.folder / "Loose end.md").read_bytes()
    refused = agreed("eject")
    assert refused.code == 2
    assert "--yes" in refused.err
    assert OVERVIEW in agreed("eject", "--dry-run").out
    ran = agreed("eject", "--yes")
    assert ran.code == 0
    assert "vaultkit.toml" in ran.err
    assert files_of(agreed.folder) == before
    assert not (agreed.folder / "Dashboards").exists()
    assert agreed("eject", "--yes").code == 0


def test_init_says_what_it_recognises_and_proposes_a_file(run: Run) -> None:
    ran = run("init", "--dry-run")
    assert ran.code == 0
    assert "priority      2  folder Priorities (2)" in ran.out
    assert "project: none, so that only tasks show what is under way" in ran.out
    assert 'language = "en"' in ran.out
    assert not (run.folder / "vaultkit.toml").exists()


def test_init_writes_what_it_proposes_and_never_over_another(run: Run) -> None:
    assert run("init").code == 2
    assert run("init", "--write").code == 0
    text = (run.folder / "vaultkit.toml").read_text("utf-8")
    assert tomllib.loads(text) == {"language": "en"}
    assert run("check").code == 1  # it is read, and is no error
    mine = text + "exclude = ['Old/**']\n"
    (run.folder / "vaultkit.toml").write_text(mine)
    assert run("init", "--write").code == 0
    assert (run.folder / "vaultkit.toml").read_text() == mine
    assert run("build").code == 0


def test_every_setting_that_init_suggests_is_one(run: Run) -> None:
    run("init", "--write")
    path = run.folder / "vaultkit.toml"
    head, _, rest = path.read_text("utf-8").partition("\n\n")
    lines = [line.removeprefix("# ") for line in rest.splitlines() if "=" in line or "[" in line]
    path.write_text("\n".join([head, *lines]), "utf-8")
    assert run("build", "--dry-run").code == 0
    assert {"profile", "baseline", "exclude", "kinds", "pages", "index"} <= tomllib.loads(
        path.read_text("utf-8")
    ).keys()


def test_init_proposes_the_framework_whose_words_the_notes_use(
    make_vault: MakeVault, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    run = Run(capsys, make_vault({"Rocks/Hire.md": "", "Rocks/Sell.md": "", "ARR.md": "---\ntype: measurable\n---\n"}))
    assert run("init", "--write").code == 0
    text = (run.folder / "vaultkit.toml").read_text("utf-8")
    assert 'profile = "eos"  # whose words the notes use: rock, measurable (3 notes)' in text
    assert tomllib.loads(text)["profile"] == "eos"
    assert "rock" in run("show", "Hire").out


def test_init_asks_for_no_objectives_where_the_framework_has_none(
    make_vault: MakeVault, capsys: pytest.CaptureFixture[str]
) -> None:
    words = {"V.md": "vision", "One.md": "method", "M1.md": "measure", "Cash.md": "obstacle"}
    run = Run(capsys, make_vault({path: f"---\ntype: {word}\n---\n" for path, word in words.items()}))
    out = run("init", "--write").out
    assert 'profile = "v2mom"' in out
    assert "can be aligned" not in out
    assert "no note has text enough" in out
    assert "can be aligned" not in run("init").out


def test_init_proposes_the_language_of_most_notes(make_vault: MakeVault, capsys: pytest.CaptureFixture[str]) -> None:
    french = "Nous avons décidé que la réunion de cette semaine est dans le bureau avec les autres pour une heure.\n"
    english = "We have decided that the meeting of this week is in the office with the others for an hour.\n"
    run = Run(capsys, make_vault({"a.md": french, "b.md": french, "c.md": english * 9}))
    out = run("init", "--dry-run").out
    assert 'language = "fr"' in out
    assert "2 of 3 notes are in French" in out


def test_init_offers_a_list_of_its_own_folder(run: Run) -> None:
    assert '# folder = "Priorities"\n' in _proposed(run)


def _proposed(run: Run) -> str:
    return "".join(line.removeprefix("  ") + "\n" for line in run("init", "--dry-run").out.splitlines())


def test_a_vault_without_work_is_told_what_it_has_all_the_same_and_how_to_begin(
    make_vault: MakeVault, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    notes = {"Plants/Fern.md": "See [[Moss]] and [[Moor]].\n", "Plants/Moss.md": "See [[Moor]].\n"}
    run = Run(capsys, make_vault(notes))
    ran = run("init", "--write")
    assert "All of that can wait" in ran.out
    assert '`vaultkit new objective "..."`' in ran.out
    assert tomllib.loads((run.folder / "vaultkit.toml").read_text("utf-8"))["index"] == [
        {"path": "Dashboards/All notes.md", "folder": "/", "title": "All notes"}
    ]
    ran = run("build")
    assert "vaultkit undo takes all of this back." in ran.err
    made = {path for path in files_of(run.folder) if path.startswith("Dashboards/")}
    assert made == {f"Dashboards/{name}.md" for name in ("All notes", "Glossary", "Overview", "Vault health")}
    overview = (run.folder / OVERVIEW).read_text("utf-8")
    assert "Here all the same: [[Glossary]], [[Vault health]], [[All notes]]" in overview
    assert "[[Moss]]" in (run.folder / "Dashboards/All notes.md").read_text("utf-8")
    assert "Moor" in (run.folder / "Dashboards/Glossary.md").read_text("utf-8")
    for command in ("brief", "review", "ask"):
        assert "vaultkit init says how they are" in run(command).err
    (run.folder / OVERVIEW).write_text(overview.replace("Here", "There"))
    assert "takes all of this back" not in run("build", "--force").err
    assert "delete it, and the vault is as it was" in run("eject", "--yes").err
    (run.folder / "vaultkit.toml").unlink()
    assert files_of(run.folder) == {path: text.encode() for path, text in notes.items()}


def test_where_work_is_recognised_nothing_says_how_to_begin(agreed: Run) -> None:
    assert "All of that can wait" not in agreed("init").out
    for command in ("brief", "review", "ask"):
        assert "vaultkit init" not in agreed(command).err


def test_init_works_where_no_vault_is_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "--write"]) == 0
    assert main(["check"]) == 0
    assert "vaultkit.toml" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["priority", "Priorities", "priorité"])
def test_a_new_note_lies_where_its_kind_lies(run: Run, kind: str) -> None:
    ran = run("new", kind, "Open", "an office")
    assert (ran.code, ran.out) == (0, "Priorities/Open an office.md\n")
    assert "type: priority\n" in (run.folder / "Priorities/Open an office.md").read_text("utf-8")
    shown = run("show", "Open an office").out
    assert "priority, as its property type: priority says" in shown


def test_a_kind_without_a_note_has_a_home_and_the_pages_language(run: Run) -> None:
    (run.folder / "vaultkit.toml").write_text('language = "fr"\n')
    assert run("new", "decision", "Signer").out == "Décisions/Signer.md\n"
    text = (run.folder / "Décisions/Signer.md").read_text("utf-8")
    assert "type: décision" in text
    assert "2026-03-16" in text


def test_a_title_that_no_file_can_bear_is_kept_as_a_property(run: Run) -> None:
    assert run("new", "project", 'CRM: "phase 2" / Q1?').out == "Projects/CRM - phase 2-Q1.md\n"
    text = (run.folder / "Projects/CRM - phase 2-Q1.md").read_text("utf-8")
    assert text.startswith('---\ntitle: "CRM: \\"phase 2\\" / Q1?"\ntype: project\n')


def test_a_new_note_is_never_written_over_another(run: Run) -> None:
    ran = run("new", "priority", "hire a cfo")
    assert ran.code == 2
    assert "Priorities/Hire a CFO.md" in ran.err
    assert files_of(run.folder) == {path: text.encode() for path, text in FILES.items()}


def test_a_new_note_can_be_looked_at_first(run: Run) -> None:
    assert run("new", "risk", "Fire", "--dry-run").out.startswith("Risks/Fire.md\n\n---\ntype: risk\n")
    assert files_of(run.folder).keys() == FILES.keys()


def test_a_kind_that_is_none_is_guessed(run: Run) -> None:
    assert "priority?" in run("new", "prioritty", "x").err
    assert run("new", "priority", "???").code == 2


def test_a_skeleton_of_the_vaults_own(run: Run) -> None:
    (run.folder / "vaultkit.toml").write_text('templates = "T"\n')
    own = run.folder / "T/kinds/ritual.md"
    own.parent.mkdir(parents=True)
    own.write_text("---\nkind: ritual\n---\n{{ title }} on {{ today }}\n")
    assert run("new", "ritual", "Tea").out == "Tea.md\n"
    assert (run.folder / "Tea.md").read_text() == "Tea on 2026-03-16\n"
    for bad, said in (
        ("{{ nothing }}", "ritual.md"),
        ("{% if %}", "ritual.md:1"),
        ("{{ 'x' * 9999999999 }}", "ritual.md"),
    ):
        own.write_text(f"---\nkind: ritual\n---\n{bad}\n")
        ran = run("new", "ritual", "Coffee")
        assert ran.code == 2
        assert said in ran.err


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Recruter un CFO", "Recruter un CFO"),
        ("L’été : et après ?", "L’été - et après"),
        ("a/b\\c|d", "a-b-c-d"),
        ("[[x]]#y^z", "xyz"),
        ("../../etc/passwd", "etc-passwd"),
        (".hidden", "hidden"),
        ("100 %% sure", "100 sure"),
        ("CON", "_CON"),
        ("a\x00\x1b\u202eb", "ab"),
        ("😀 ok.", "😀 ok"),
        ("é" * 300, "é" * ((LONGEST - len(".md")) // 2)),
        ("...", ""),
    ],
)
def test_a_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(title) == name


def test_what_is_half_typed_is_told_once_it_is_sure_and_not_before(agreed: Run) -> None:
    before = files_of(agreed.folder)
    session = Session(agreed.folder)
    keeper = Keeper(Asked(), session, Watch(agreed.folder, stop=threading.Event()), Doubts(), build=True)
    (agreed.folder / "vaultkit.toml").write_text("[pages")
    keeper.ahead(frozenset({"vaultkit.toml"}))
    with pytest.raises(ConfigError):
        session.refresh({"vaultkit.toml"})
    (agreed.folder / "vaultkit.toml").write_text('language = "fr"\n')
    keeper.ahead(frozenset({"vaultkit.toml"}))
    assert not session.refresh({"vaultkit.toml"})
    assert files_of(agreed.folder).keys() == before.keys()
    assert {edit.path for edit in session.plan().edits} == {page.path for page in session.pages()}


def test_the_demo_builds_a_copy_and_says_what_to_open(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = files_of(resources.sample_vault())
    assert main(["demo"]) == 0
    said = capsys.readouterr()
    assert files_of(resources.sample_vault()) == before
    assert "error orphan-priority" in said.out
    assert "new " in said.out
    (copy,) = tmp_path.iterdir()
    assert len(re.findall("^    next: ", said.out, re.MULTILINE)) == 3  # and not all of them
    assert re.search(r"^\d+ errors and \d+ warnings in \d+ notes\.", said.out, re.MULTILINE)
    place = next(line for line in said.err.splitlines() if line.startswith("Next: cd "))
    assert place.endswith("&& vaultkit --today 2026-03-16 brief")  # on another day its dates tell another story
    assert shlex.split(place)[2] == str(copy)
    page = next(line for line in said.err.splitlines() if "just this page: " in line).partition("just this page: ")[2]
    assert "generated: vaultkit" in (copy / page.removeprefix(f"{copy}/")).read_text("utf-8")
