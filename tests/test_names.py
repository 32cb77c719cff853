"""Names as people and their disks write them: links, backlinks and the pages that are built lead to the right file."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Literal, TypeAlias

import pytest

from tests.cli_vault import Run
from vaultkit.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.conftest import MakeVault

NAMES = (
    "Été à Noël",
    "Ångström œuvre",
    "ATLAS",
    "Straße",
    "İstanbul",
    "ΟΔΟΣ",
    "Июнь",
    "🚀 Launch",
    "👩‍🚀 Crew",  # a joiner between two signs makes them one
    "תוכנית עבודה",
    "خطة 2026",
    "हिन्दी योजना",
    "東京 計画",
    "v1.2",
    "Mme. Curie",
    "etc.",
    "picture.png",
    "Sq]uare",
    "Two  spaces and one more",
    "L’été (2026), 100 % sûr & d'accord",
    "C++ = $5 @home; ~1",
)
SPACED = ("Budget\u00a02026", "10\u202f000 clients", "Où\u00a0?")
Form: TypeAlias = Literal["NFC", "NFD"]
FORMS: tuple[Form, ...] = ("NFC", "NFD")
STYLES = ("shortest", "relative", "absolute")


def on_disk(form: Form, name: str, folder: str = "Notes à lire/Deux mots") -> str:
    """The path of a note of this name, as a disk of this form keeps it."""
    return unicodedata.normalize(form, f"{folder}/{name}.md")


def targets(session: Session, source: str) -> list[str | None]:
    """Where the links of a note lead, in their order."""
    return [edge.target for edge in session.vault.graph.outgoing[source]]


@pytest.mark.parametrize("form", FORMS)
def test_a_link_leads_to_its_note_and_back(make_vault: MakeVault, form: Form) -> None:
    paths = [on_disk(form, name) for name in (*NAMES, *SPACED)]
    typed = [name.replace("\u00a0", " ").replace("\u202f", " ") for name in (*NAMES, *SPACED)]
    homes = {
        "By name.md": "".join(f"- [[{name}]]\n" for name in typed),
        "By path.md": "".join(f"- [[Notes à lire/Deux mots/{name}|x]]\n" for name in typed),
        "Lower.md": "".join(f"- [[{name.lower()}]]\n" for name in typed),
        "With ending.md": "".join(f"- [[{name}.md]]\n" for name in typed),
        "Markdown.md": "".join(f"- [x](<Notes à lire/Deux mots/{name}.md>)\n" for name in typed),
        "Apart.md": unicodedata.normalize("NFD", "".join(f"- [[{name}]]\n" for name in typed)),
        "Property.md": f"---\nsee: {json.dumps([f'[[{name}]]' for name in typed], ensure_ascii=False)}\n---\n",
    }
    session = Session(make_vault(dict.fromkeys(paths, "text") | homes))
    assert sorted(session.vault.notes) == sorted((*paths, *homes))
    for source in homes:
        assert targets(session, source) == paths, source
    for path in paths:
        assert [edge.source for edge in session.vault.graph.backlinks(path)] == sorted(homes)
    assert [f for f in session.findings() if f.validator != "unlinked-priority"] == []


@pytest.mark.parametrize("markdown", [True, False])
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("form", FORMS)
def test_a_page_links_to_every_note_and_is_built_once(
    make_vault: MakeVault, form: Form, style: str, *, markdown: bool
) -> None:
    paths = [on_disk(form, name) for name in (*NAMES, *SPACED)]
    namesakes = [on_disk(form, name, "Ailleurs") for name in (*NAMES[::2], *SPACED[::2])]
    index = '[[index]]\npath = "Été/Index à jour.md"\nfolder = "Notes à lire"\n'
    app = json.dumps({"newLinkFormat": style, "useMarkdownLinks": markdown})
    root = make_vault(dict.fromkeys((*paths, *namesakes), "text") | {"vaultkit.toml": index, ".obsidian/app.json": app})
    first = Session(root)
    first.apply(first.plan())
    second = Session(root)
    assert sorted(targets(second, "Été/Index à jour.md"), key=str) == sorted(paths)
    assert second.plan().edits == ()


@pytest.mark.parametrize("form", FORMS)
def test_a_priority_is_found_whatever_its_name(
    make_vault: MakeVault, capsys: pytest.CaptureFixture[str], form: Form
) -> None:
    """The dashboards, the lists of the command line, and what a person types there."""
    objective = unicodedata.normalize(form, "Objectifs/Été à Noël.md")
    chosen = [name for name in NAMES if name != "Été à Noël"]
    files = {
        on_disk(form, name, "Priorités"): f"---\nserves: '[[été à noël]]'\n---\n[[v1.2]] [[{name}]]\n"
        for name in chosen
    }
    root = make_vault(files | {objective: "# Noël\n", "vaultkit.toml": ""})
    session = Session(root)
    session.apply(session.plan())
    vault = Session(root).vault
    assert {edge.target for path in files for edge in vault.relation(vault.notes[path], "serves")} == {objective}
    linked = {edge.target for path, note in vault.notes.items() if note.generated for edge in vault.graph.of(path)}
    assert linked >= {objective, *files}
    run = Run(capsys, root)
    for path, name in zip(files, chosen, strict=True):
        assert run("show", name).code == 0
        assert run("show", path).code == 0
    assert unicodedata.normalize("NFC", run("backlinks", "v1.2").out).count("Priorités/") == len(files) - 1


TWINS = {"A/Plan.md": "one", "A/plan.md": "two", "B/PLAN.md": "three", "Note.md": "[[A/plan]] [[plan]] [[B/plan]]\n"}


def test_notes_that_differ_by_case_are_two_notes(make_vault: MakeVault) -> None:
    root = make_vault(TWINS)
    if len([path for path in (root / "A").iterdir() if path.is_file()]) == 1:
        pytest.skip("this disk does not tell case")
    session = Session(root)
    assert [path for path in session.vault.notes if path != "Note.md"] == ["A/Plan.md", "A/plan.md", "B/PLAN.md"]
    assert targets(session, "Note.md") == ["A/Plan.md", "A/Plan.md", "B/PLAN.md"]
    found = [(f.validator, f.path, f.span.column) for f in session.findings()]
    assert found == [("colliding-paths", "A/Plan.md", 1), ("ambiguous-link", "Note.md", 12)]


@pytest.mark.parametrize("style", STYLES)
def test_a_page_links_to_no_other_note_in_place_of_one_that_no_link_reaches(make_vault: MakeVault, style: str) -> None:
    twins = {
        "Notes/Plan.md": "one",
        "Notes/plan.md": "two",
        unicodedata.normalize("NFC", "Notes/Été.md"): "one",
        unicodedata.normalize("NFD", "Notes/Été.md"): "two",
    }
    index = '[[index]]\npath = "Index.md"\nfolder = "Notes"\n'
    root = make_vault(twins | {"vaultkit.toml": index, ".obsidian/app.json": json.dumps({"newLinkFormat": style})})
    if len(list((root / "Notes").iterdir())) < len(twins):
        pytest.skip("this disk takes some of these names for one")
    session = Session(root)
    session.apply(session.plan())
    after = Session(root)
    reached = targets(after, "Index.md")
    assert len(reached) == len(set(reached)) == 2
    assert "\n- plan (Notes)\n" in (root / "Index.md").read_text("utf-8")
    assert after.plan().edits == ()


@pytest.mark.parametrize("name", [" lead", "\u3000wide", "tail ", "tab\tbed", "zero\u200bwidth", "a\u00ad-b"])
@pytest.mark.parametrize("style", STYLES)
def test_a_name_with_odd_space_is_linked_or_just_named(make_vault: MakeVault, name: str, style: str) -> None:
    """A link loses the space that it begins with: a page does not link to what is then not there."""
    index = '[[index]]\npath = "Index.md"\nfolder = "Notes"\n'
    app = json.dumps({"newLinkFormat": style})
    root = make_vault({f"Notes/{name}.md": "", "vaultkit.toml": index, ".obsidian/app.json": app})
    session = Session(root)
    session.apply(session.plan())
    assert targets(Session(root), "Index.md") in ([], [f"Notes/{name}.md"])
    assert Session(root).plan().edits == ()


def files_after(root: Path, changes: Mapping[str, str | None]) -> None:
    """Write or remove files."""
    for path, text in changes.items():
        if text is None:
            (root / path).unlink()
        else:
            (root / path).write_text(text, "utf-8")


def test_a_step_sees_a_name_change_its_form(make_vault: MakeVault) -> None:
    """macOS renames `é` as one character to `é` as two without a word: the links follow."""
    apart, whole = (unicodedata.normalize(form, "Été.md") for form in ("NFD", "NFC"))
    root = make_vault({apart: "text", "Note.md": "[[été]]\n"})
    session = Session(root)
    assert targets(session, "Note.md") == [apart]
    for changes, expected in (
        ({whole: "text"}, min(apart, whole)),
        ({apart: None}, whole),
        ({whole: None, "ÉTÉ.md": "text"}, "ÉTÉ.md"),
    ):
        files_after(root, changes)
        session.refresh()
        assert targets(session, "Note.md") == [expected]
        assert session.vault == Session(root).vault
