"""Which file a link means: the order of Obsidian's resolver, each step with a case that only this step decides."""

from __future__ import annotations

import unicodedata

import pytest

from vaultkit.vault.resolver import Resolver

CASES = [
    # (files, source, target, what Obsidian opens)
    pytest.param(["note.md"], "x.md", "note", "note.md", id="plain"),
    pytest.param(["note.md"], "x.md", "note.md", "note.md", id="extension allowed"),
    pytest.param(["a/note.md"], "x.md", "note", "a/note.md", id="by name from anywhere"),
    pytest.param(["Link In Yaml.md"], "x.md", "liNk in yAml", "Link In Yaml.md", id="case"),
    pytest.param(["a.pdf"], "x.md", "a.pdf", "a.pdf", id="attachment"),
    pytest.param(["Figure 1.png"], "x.md", "Figure 1", None, id="an attachment needs its extension"),
    pytest.param(["v1.2.md"], "x.md", "v1.2", "v1.2.md", id="a dot in a name is not an extension"),
    pytest.param(["baz/foo/bar.md"], "x.md", "foo/bar", "baz/foo/bar.md", id="partial path"),
    pytest.param(["note.md", "folder/note.md"], "folder/x.md", "note", "note.md", id="the root beats a sibling"),
    pytest.param(["one/a.png", "two/a.png"], "two/x.md", "a.png", "two/a.png", id="a sibling beats the rest"),
    pytest.param(
        ["A/D.md", "Elsewhere/D.md", "L/P/D.md"], "Unrelated/x.md", "D", "A/D.md", id="the shortest of the others"
    ),
    pytest.param(
        ["Folder/Exact.md", "Notes/Sub/Folder/Exact.md"],
        "Notes/Sub/x.md",
        "Folder/Exact",
        "Folder/Exact.md",
        id="an exact path beats a nearer one",
    ),
    pytest.param(["Case/Exact.md", "z/Case/Exact.md"], "x.md", "case/Exact", "Case/Exact.md", id="exact, case apart"),
    pytest.param(
        ["Folder/Exact.md", "Notes/Sub/Folder/Exact.md"],
        "Notes/Sub/x.md",
        "./Folder/Exact",
        "Notes/Sub/Folder/Exact.md",
        id="from here",
    ),
    pytest.param(
        ["ParentTarget.md", "Notes/ParentTarget.md"],
        "Notes/Sub/x.md",
        "../ParentTarget",
        "Notes/ParentTarget.md",
        id="up",
    ),
    pytest.param(["n.md", "a/n.md"], "x.md", "../n", None, id="above the vault there is nothing"),
    pytest.param(["folder/note.md"], "x.md", "/folder/note", "folder/note.md", id="from the root"),
    pytest.param(["folder/note.md", "b/note.md"], "x.md", "/note", None, id="from the root, missed"),
    pytest.param(["x.md"], "x.md", "", "x.md", id="the note itself"),
    pytest.param(["glossary/index.md", "z/index.md"], "x.md", "ary/index", "glossary/index.md", id="ends as text"),
    pytest.param(
        ["zzz/note.md", "projects/note.md"],
        "proj/x.md",
        "note",
        "projects/note.md",
        id="near by the letters of the folder",
    ),
    pytest.param(["a.md"], "x.md", "b", None, id="missing"),
    pytest.param(["Sq]uare.md"], "x.md", "Sq]uare", "Sq]uare.md", id="a bracket"),
    pytest.param(["Two words.md"], "x.md", "Two\u00a0words", "Two words.md", id="a non-breaking space"),
    pytest.param(
        [unicodedata.normalize("NFD", "Été.md")], "x.md", "Été", unicodedata.normalize("NFD", "Été.md"), id="NFD"
    ),
    pytest.param(["b/t.md", "a/t.md"], "x.md", "t", "a/t.md", id="a tie goes to the first path"),
]


@pytest.mark.parametrize(("files", "source", "target", "opened"), CASES)
def test_resolves_as_obsidian(files: list[str], source: str, target: str, opened: str | None) -> None:
    assert Resolver(files).resolve(target, source) == opened
    assert Resolver(reversed(files)).resolve(target, source) == opened


def test_a_name_that_several_notes_bear_has_candidates() -> None:
    resolver = Resolver(["a/Plan.md", "b/Plan.md", "Root.md", "c/Root.md"])
    assert resolver.candidates("Plan", "x.md") == ("a/Plan.md", "b/Plan.md")
    assert resolver.candidates("b/Plan", "x.md") == ("b/Plan.md",)
    assert resolver.candidates("Root", "x.md") == ("Root.md",)


def test_replaced_equals_built_afresh() -> None:
    before, after = ["a/n.md", "b/n.md", "c.md"], ["b/n.md", "d/n.md", "e.md"]
    stepped = Resolver(before).replaced(["d/n.md", "e.md"], ["a/n.md", "c.md"])
    for target in ("n", "c", "e", "d/n", "a/n"):
        assert stepped.candidates(target, "x.md") == Resolver(after).candidates(target, "x.md")
