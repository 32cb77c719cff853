"""Moving a file: every link means afterwards what it meant before, and nothing else in any note has changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.config import Config, Obsidian
from vaultkit.moving import Move, concerned, faulty_name, free_path, plan
from vaultkit.parser import parse
from vaultkit.splice import spliced
from vaultkit.vault import Kinds, Setting, Vault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.model import Note

    Style = Literal["shortest", "relative", "absolute"]

READ = (".md", ".canvas", ".base")


def vault_of(files: Mapping[str, str], style: Style = "shortest", excluded: str = "\0") -> Vault:
    obsidian = Obsidian(new_link_format=style)
    setting = Setting(Kinds({}, Config()), Config(), obsidian, date(2026, 3, 16))
    read = {path for path in files if path.endswith(READ) and not path.startswith(excluded)}
    notes = [parse(path, files[path].encode()) for path in sorted(read)]
    return Vault.build(notes, set(files) - read, setting)


def after(files: Mapping[str, str], move: Move) -> dict[str, str]:
    """The files once a move is made."""
    moved = {move.new if path == move.old else path: text for path, text in files.items()}
    return {
        path: spliced(text, [edit for edit in move.edits if edit.path == path]) or "" for path, text in moved.items()
    }


def planned(files: Mapping[str, str], old: str, new: str, style: Style = "shortest", excluded: str = "\0") -> Move:
    vault = vault_of(files, style, excluded)
    return plan(vault, {path: files[path] for path in concerned(vault, old, new)}, old, new)


def moved(files: Mapping[str, str], old: str, new: str, style: Style = "shortest") -> dict[str, str]:
    move = planned(files, old, new, style)
    assert move.left == ()
    return after(files, move)


def line(written: str, old: str, new: str, style: Style = "shortest", source: str = "Source.md") -> str:
    """How one line of a note reads once a file has moved."""
    return moved({old: "", source: written, "Other/Elsewhere.md": ""}, old, new, style)[source]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[[Old]]", "[[New]]"),
        ("[[Old.md]]", "[[New.md]]"),
        ("[[old]]", "[[New]]"),
        ("![[Old]]", "![[New]]"),
        ("![[Old#Part|100]]", "![[New#Part|100]]"),
        ("[[Old#A#B]]", "[[New#A#B]]"),
        ("[[Old#^block]]", "[[New#^block]]"),
        ("[[Old|Old]]", "[[New|New]]"),
        ("[[Old|old]]", "[[New|old]]"),
        ("[[Old|the old one]]", "[[New|the old one]]"),
        ("[[ Old | it ]]", "[[ New | it ]]"),
        ("[[a/Old]]", "[[New]]"),
        ("[[/a/Old]]", "[[New]]"),
        ("[t](Old.md)", "[t](New.md)"),
        ("[t](Old)", "[t](New)"),
        ("[Old](Old.md)", "[New](New.md)"),
        ('[t](Old.md "title")', '[t](New.md "title")'),
        ("[t](<Old.md> 'title')", "[t](<New.md> 'title')"),
        ("[t](./a/Old.md#part)", "[t](New.md#part)"),
        ("![t|100](Old.md)", "![t|100](New.md)"),
        ("[![t](Old.md)](Old.md)", "[![t](New.md)](New.md)"),
        ("[[Old]] `[[Old]]` [[Old]]", "[[New]] `[[Old]]` [[New]]"),
        ("```\n[[Old]]\n```\n%% [[Old]] %%", "```\n[[Old]]\n```\n%% [[New]] %%"),
        ("<!-- [[Old]] -->", "<!-- [[Old]] -->"),
        ("\\[\\[Old]]", "\\[\\[Old]]"),
        ("serves:: [[Old]]\n\nA [serves:: [[Old]]].", "serves:: [[New]]\n\nA [serves:: [[New]]]."),
        ("- [ ] do [[Old]] 📅 2026-03-01 ^id", "- [ ] do [[New]] 📅 2026-03-01 ^id"),
        ("## About [[Old]]", "## About [[New]]"),
        ("| a |\n|---|\n| [[Old\\|Old]] [[Old\\|x]] |", "| a |\n|---|\n| [[New\\|New]] [[New\\|x]] |"),
        ('---\nup: "[[Old]]"\n---\n', '---\nup: "[[New]]"\n---\n'),
        ("---\nup: '[[Old|l''ancien]]' # why\n---\n", "---\nup: '[[New|l''ancien]]' # why\n---\n"),
        ('---\nup: "[[Old|\\u00e9]]"\n---\n', '---\nup: "[[New|é]]"\n---\n'),
        ("---\nup: ['[[Old]]', \"[t](Old.md)\"]\n---\n", "---\nup: ['[[New]]', \"[t](New.md)\"]\n---\n"),
        ("---\nup: >-\n  [[Old]]\n---\n", "---\nup: >-\n  [[New]]\n---\n"),
        ('---\n{"up": "[[Old]]"}\n---\n', '---\n{"up": "[[New]]"}\n---\n'),
        ('---\ntags: ["[[Old]]", x]\n---\n#y', '---\ntags: ["[[New]]", x]\n---\n#y'),
        ("---\nup: see [[Old]]\n---\n", "---\nup: see [[Old]]\n---\n"),
        ("one\r\n[[Old]]\r\ntwo\n", "one\r\n[[New]]\r\ntwo\n"),
    ],
)
def test_a_link_keeps_its_form(written: str, expected: str) -> None:
    assert line(written, "a/Old.md", "b/New.md") == expected


@pytest.mark.parametrize(
    ("new", "wiki", "markdown"),
    [
        ("New one.md", "[[New one]]", "[t](New%20one.md)"),
        ("L'été (2026).md", "[[L'été (2026)]]", "[t](L'été%20(2026).md)"),
        ("a) b.md", "[[a) b]]", "[t](a%29%20b.md)"),
        ("100% sûr.md", "[[100% sûr]]", "[t](100%25%20sûr.md)"),
        ("日本 😀.md", "[[日本 😀]]", "[t](日本%20😀.md)"),
        ("v1.2.md", "[[v1.2]]", "[t](v1.2.md)"),
    ],
)
def test_only_what_must_be_is_encoded(new: str, wiki: str, markdown: str) -> None:
    assert line("[[Old]] [t](Old.md)", "Old.md", new) == f"{wiki} {markdown}"


def test_an_apostrophe_is_doubled_in_single_quotes() -> None:
    note = "---\na: '[[Old]]'\nb: \"[[Old]]\"\n---\n"
    assert line(note, "Old.md", "L'été.md") == "---\na: '[[L''été]]'\nb: \"[[L'été]]\"\n---\n"
    assert line(note.replace("Old", "L''été", 1), "L'été.md", "Old.md") == note.replace('b: "[[Old', 'b: "[[Old')


def test_angle_brackets_stay_and_need_no_percent() -> None:
    assert line("[t](<Old.md>)", "Old.md", "New one.md") == "[t](<New one.md>)"
    assert line("[t](<Old one.md>)", "Old one.md", "100%.md") == "[t](<100%25.md>)"


def test_links_to_the_note_itself_are_left_or_follow() -> None:
    text = "[[#part]] [[#^id]] [p](#part) [[Old#part]]"
    assert moved({"Old.md": text}, "Old.md", "New.md") == {"New.md": "[[#part]] [[#^id]] [p](#part) [[New#part]]"}


@pytest.mark.parametrize("written", ["[[Old]]", "[[a/Old]]", "![[Old|x]]", "[t](Old.md)"])
def test_a_link_that_is_still_right_is_left(written: str) -> None:
    move = planned({"b/Old.md": "", "Note.md": written.replace("a/", "b/")}, "b/Old.md", "c/b/Old.md")
    assert move.edits == ()


class TestRows:
    """The rows of the table of Obsidian's own behaviour."""

    def test_101_the_shortest_form_of_a_double_name_is_its_whole_path(self) -> None:
        files = {"Notes/Sub/Duplicate.md": "", "Elsewhere/X.md": "", "Note.md": "[[X]]"}
        assert moved(files, "Elsewhere/X.md", "Elsewhere/Duplicate.md")["Note.md"] == "[[Elsewhere/Duplicate]]"

    def test_102_relative(self) -> None:
        source = "Notes/Sub/Source.md"
        files = {"Elsewhere/X.md": "", source: "[[X]] [t](X.md)"}
        new = moved(files, "Elsewhere/X.md", "Elsewhere/Unique.md", "relative")[source]
        assert new == "[[../../Elsewhere/Unique]] [t](../../Elsewhere/Unique.md)"
        files = {"Notes/Sub/X.md": "", "Elsewhere/Duplicate.md": "", source: "[[X]]"}
        assert moved(files, "Notes/Sub/X.md", "Notes/Sub/Duplicate.md", "relative")[source] == "[[Duplicate]]"

    def test_absolute(self) -> None:
        assert line("[[Old]]", "a/Old.md", "b/New.md", "absolute") == "[[b/New]]"

    def test_103_to_a_name_of_its_own_and_104_back(self) -> None:
        files = {"one/a.png": "", "two/a.png": "", "Note.md": "![[one/a.png]] ![[two/a.png]]"}
        unique = moved(files, "one/a.png", "one/b.png")
        assert unique["Note.md"] == "![[b.png]] ![[two/a.png]]"
        assert moved(unique, "one/b.png", "one/a.png")["Note.md"] == "![[one/a.png]] ![[two/a.png]]"

    def test_105_markdown_is_encoded_and_keeps_its_title(self) -> None:
        files = {"one/a.png": "", "Note.md": '![one](one/a.png "title")'}
        new = moved(files, "one/a.png", "one/unique image.png")["Note.md"]
        assert new == '![one](unique%20image.png "title")'

    def test_107_the_next_free_name_whatever_the_case(self) -> None:
        vault = vault_of({"Note.md": "", "Note 1.md": "", "CASE.md": "", "a.b/LICENSE": "", "Board.canvas": "{}"})
        assert free_path(vault, "Note.md") == "Note 2.md"
        assert free_path(vault, "case.md") == "case 1.md"
        assert free_path(vault, "a.b/LICENSE") == "a.b/LICENSE 1"
        assert free_path(vault, "board.canvas") == "board 1.canvas"
        assert free_path(vault, "Free.md") == "Free.md"


def test_other_notes_that_the_new_name_would_capture_keep_their_meaning() -> None:
    files = {"deep/er/Note.md": "", "Old.md": "", "a.md": "[[Note]] [t](Note.md)", "deep/er/b.md": "[[Note]]"}
    new = moved(files, "Old.md", "Note.md")
    assert new["a.md"] == "[[deep/er/Note]] [t](deep/er/Note.md)"
    assert new["deep/er/b.md"] == "[[deep/er/Note]]"  # the root comes first, even before the same folder


def test_the_nearest_folder_changes_with_the_note() -> None:
    files = {"a/Twin.md": "", "b/Twin.md": "", "a/Old.md": "[[Twin]] ![[Twin]] [[b/Twin]]"}
    assert moved(files, "a/Old.md", "b/Old.md")["b/Old.md"] == "[[a/Twin]] ![[a/Twin]] [[b/Twin]]"


def test_relative_links_of_the_note_follow_it() -> None:
    files = {"a/Old.md": "[t](../b/X.md) [[./Y]] [[Z]]", "b/X.md": "", "a/Y.md": "", "q/Y.md": "", "Z.md": ""}
    assert moved(files, "a/Old.md", "c/d/Old.md", "relative")["c/d/Old.md"] == "[t](../../b/X.md) [[../../a/Y]] [[Z]]"


def test_the_same_folder_in_relative_form_is_said_where_the_root_would_win() -> None:
    files = {"Twin.md": "", "a/Old.md": "", "a/Note.md": "[[Old]]"}
    assert moved(files, "a/Old.md", "a/Twin.md", "relative")["a/Note.md"] == "[[./Twin]]"


def test_what_leads_nowhere_is_left_and_told_when_it_leads_somewhere() -> None:
    files = {"Old.md": "[[./Gone]]", "Note.md": "[[New]] [[Gone]]"}
    move = planned(files, "Old.md", "New.md")
    assert (move.edits, move.found) == ((), 1)


def test_what_vaultkit_wrote_is_left_for_the_next_build() -> None:
    page = "---\ngenerated: vaultkit\npage: index\n---\n- [[Old]]\n"
    region = '[[Old]]\n%% vaultkit:index folder="a" %%\n\n- [[Old]]\n\n%% /vaultkit 00000000 %%\n'
    files = {"Old.md": "", "Page.md": page, "Note.md": region}
    move = planned(files, "Old.md", "New.md")
    assert move.ours == 2
    assert after(files, move)["Page.md"] == page
    assert after(files, move)["Note.md"] == region.replace("[[Old]]", "[[New]]", 1)


def test_notes_that_are_excluded_from_judgement_follow_too() -> None:
    files = {
        "Old name.md": "",
        "Away/Note.md": "[[old NAME]]",
        "Away/Other.md": "[[X]]",
        "Away/Md.md": "[t](Old%20name)",
    }
    move = planned(files, "Old name.md", "New.md", excluded="Away/")
    assert after(files, move)["Away/Note.md"] == "[[New]]"
    assert after(files, move)["Away/Md.md"] == "[t](New)"
    assert {edit.path for edit in move.edits} == {"Away/Note.md", "Away/Md.md"}
    vault = vault_of(files, excluded="Away/")
    assert plan(vault, {}, "Old name.md", "New.md").unread == ("Away/Md.md", "Away/Note.md", "Away/Other.md")


def test_a_note_whose_text_is_not_to_be_had_is_named() -> None:
    vault = vault_of({"Old.md": "", "Note.md": "one\n[[Old]]"})
    assert plan(vault, {}, "Old.md", "New.md").left == ("Note.md:2",)


def test_a_note_of_which_nothing_or_not_all_could_be_read_is_named() -> None:
    head = '---\nup: "[[Old name]]\nb: [\n---\n'
    files = {
        "Old name.md": "",
        "Note.md": f"{head}[[Old name]]",
        "Other.md": f"{head[:-5]}".replace("name", "x") + "---\n[[Old name]]",
    }
    move = planned(files, "Old name.md", "New.md")
    assert move.partly == ("Note.md",)
    assert after(files, move)["Note.md"] == f"{head}[[New]]"
    assert after(files, move)["Other.md"].endswith("[[New]]")
    assert planned({"Old.md": "", "B.canvas": '{"nodes": [{"file": "Old.md"'}, "Old.md", "New.md").partly == (
        "B.canvas",
    )


def test_a_link_that_no_text_can_say_is_named() -> None:
    files = {"C#/Twin.md": "", "Old.md": "", "Note.md": "[[Twin]]"}
    assert planned(files, "Old.md", "Twin.md").left == ("Note.md:1",)
    assert planned({"Old.md": "", "Note.md": "`a [[Old]]"}, "Old.md", "x`y.md").left == ("Note.md:1",)


def test_a_card_whose_file_is_gone_follows_no_other() -> None:
    """A card names its file by the whole path: one that ends alike is another file."""
    canvas = '{"nodes": [{"type": "file", "file": "Plans/Old.md"}]}'
    files = {"Archive/Plans/Old.md": "", "Map.canvas": canvas, "Note.md": "[[Plans/Old]]"}
    made = moved(files, "Archive/Plans/Old.md", "New.md")
    assert (made["Map.canvas"], made["Note.md"]) == (canvas, "[[New]]")


def test_canvases_follow() -> None:
    canvas = (
        '{"nodes":[{"id":"1","type":"file","file":"a/Old.md","subpath":"#h"},\n'
        '{"id":"2","type":"text","text":"S\\u0065e \\"[[Old|Old]]\\"\\n[t](Old.md) ![\\u0074](Old.md)"},\n'
        '{"id":"3","type":"file","file":"Other.md"}],"edges":[]}'
    )
    files = {"a/Old.md": "", "Other.md": "", "Board.canvas": canvas}
    new = moved(files, "a/Old.md", "L'été/New.md")["Board.canvas"]
    assert new == canvas.replace("a/Old.md", "L'été/New.md").replace("[[Old|Old]]", "[[New|New]]").replace(
        "](Old.md)", "](New.md)"
    ).replace("![\\u0074]", "![t]")
    same_name = moved(files, "a/Old.md", "b/Old.md")["Board.canvas"]
    assert same_name == canvas.replace("a/Old.md", "b/Old.md")  # a card says the whole path


def test_bases_follow() -> None:
    base = (
        'filters:\n  and:\n    - file.hasLink("Old")\n    - \'x == link("a/Old.md")\'\n'
        "formulas:\n  f: 'note.up == \"[[Old]]\"'\n"
    )
    new = moved({"a/Old.md": "", "B.base": base}, "a/Old.md", "a/L'été.md")["B.base"]
    assert new == (
        "filters:\n  and:\n    - file.hasLink(\"L'été\")\n    - 'x == link(\"L''été.md\")'\n"
        "formulas:\n  f: 'note.up == \"[[L''été]]\"'\n"
    )


def test_a_move_that_was_made_already_is_brought_to_its_end() -> None:
    before = {"a/Old.md": "[[Twin]]", "a/Twin.md": "", "b/Twin.md": "", "Note.md": "[[Old]] [[a/Old|x]]"}
    files = {"b/New.md": before["a/Old.md"], **{path: text for path, text in before.items() if path != "a/Old.md"}}
    vault = vault_of(files)
    texts = {"a/Old.md" if path == "b/New.md" else path: text for path, text in files.items()}
    move = plan(vault, texts, "a/Old.md", "b/New.md")
    assert move.there
    assert move.edits == planned(before, "a/Old.md", "b/New.md").edits
    assert after({**texts}, move)["b/New.md"] == "[[a/Twin]]"
    rest = plan(vault, texts, "a/Old.md", "b/New.md", {"b/New.md"})
    assert {edit.path for edit in rest.edits} == {"Note.md"}


@pytest.mark.parametrize(
    ("new", "faulty"),
    [
        ("b/New.md", None),
        ("a#b/New.md", "a#b"),
        ("C#/New.md", None),  # it stands there already
        ("C#/D#/New.md", "D#"),
        *((f"{name}.md", f"{name}.md") for name in ("a#b", "a^b", "a|b", "a:b", "a\\b", "a%%b", "a[[b", "a]]b", ".a")),
        *((f"{name}.md", name) for name in ("a ", "a.")),
        (" a.md", " a.md"),
        ("100% [sûr].md", None),
        ("CON.md", "CON.md"),
        ("con.old/a.md", "con.old"),
        ("a\udcff.md", "a\udcff.md"),
        (f"{'é' * 99}.md", f"{'é' * 99}.md"),
        (f"{'é' * 98}.md", None),
    ],
)
def test_names_that_break_links(new: str, faulty: str | None) -> None:
    assert faulty_name(vault_of({"C#/Note.md": "", "x.md": ""}), "x.md", new) == faulty


def test_a_name_that_a_file_has_already_is_no_fault() -> None:
    assert faulty_name(vault_of({"a:b.md": ""}), "a:b.md", "sub/a:b.md") is None


# The law: small vaults whose names are alike, every form of link, any move.

NAMES = ("Alpha", "alpha beta", "Bêta", "v1.2", "it's (x)")
FOLDERS = ("", "a/", "ab/", "a/b/", "b/", "a b/")
PATHS = tuple(folder + name + ".md" for folder in FOLDERS for name in NAMES)
OTHERS = tuple(folder + name for folder in FOLDERS for name in ("Alpha.png", "Bêta.pdf"))

paths = st.sampled_from(PATHS + OTHERS)
targets = st.one_of(
    st.sampled_from(NAMES),
    paths,
    paths.map(lambda path: path.removesuffix(".md")),
    paths.map(lambda path: "/" + path),
    st.builds("{}{}".format, st.sampled_from(("./", "../", "../a/", "../../")), paths),
    st.sampled_from(("Missing", "b/Alpha", "ALPHA", "Alpha.png", "")),
)
anchors = st.sampled_from(("", "", "#part", "#^id"))
shapes = st.sampled_from(
    (
        "See [[{0}{1}]] and.",
        "![[{0}{1}|100]]",
        "[[ {0}{1} | it ]]",
        "| a |\n|---|\n| [[{0}{1}\\|Alpha]] |",
        "[Alpha](<{0}{1}> 'title')",
        "- [ ] up:: [[{0}{1}|Bêta]]",
        "%% [[{0}{1}]] %% `[[{0}]]`",
        "[![x](<{0}>)](<{0}{1}>)",
    )
)
lines = st.builds(lambda shape, target, anchor: shape.format(target, anchor), shapes, targets, anchors)
heads = st.lists(st.builds('"[[{}{}]]"'.format, targets, anchors), max_size=2).map(
    lambda links: f"---\nup: [{', '.join(links)}]\n---\n"
)
texts = st.builds(
    lambda head, body, end: head + end.join(body),
    heads,
    st.lists(lines, max_size=4),
    st.sampled_from(["\n\n", "\r\n\r\n"]),
)
vaults = st.dictionaries(paths, texts, min_size=1, max_size=8).map(
    lambda files: {path: text if path.endswith(".md") else "" for path, text in files.items()}
)


def around(note: Note, text: str) -> list[str]:
    """What of a text stands in no link."""
    pieces, end = [], 0
    for link in sorted(note.links, key=lambda link: (link.span.start, -link.span.end)):
        if link.span.start >= end:
            pieces.append(text[end : link.span.start])
            end = link.span.end
    return [*pieces, text[end:]]


@given(files=vaults, style=st.sampled_from(["shortest", "relative", "absolute"]), data=st.data())
def test_every_link_means_what_it_meant(files: dict[str, str], style: Style, data: st.DataObject) -> None:
    old = data.draw(st.sampled_from(sorted(files)))
    taken = {path.lower() for path in files}
    free = [p for p in PATHS + OTHERS if p.lower() not in taken and p.rpartition(".")[2] == old.rpartition(".")[2]]
    new = data.draw(st.sampled_from([*free, f"c d/New.{old.rpartition('.')[2]}"]))
    move = planned(files, old, new, style)
    assert move.left == ()
    before, now = vault_of(files, style), vault_of(after(files, move), style)
    found = changed = 0
    for path, note in before.notes.items():
        place = new if path == old else path
        text, new_text = files[path], after(files, move)[place]
        assert around(now.notes[place], new_text) == around(note, text)
        for edge, edge_now in zip(before.graph.of(path), now.graph.of(place), strict=True):
            meant = new if edge.target == old else edge.target
            changed += edge_now.link.target != edge.link.target
            if meant is None:
                assert edge_now.link.target == edge.link.target
                found += edge_now.target is not None
            else:
                assert edge_now.target == meant
            assert (edge.link.anchor, edge.link.form, edge.link.embed) == (
                edge_now.link.anchor,
                edge_now.link.form,
                edge_now.link.embed,
            )
    assert move.found == found
    assert sum(move.links.values()) == changed
