"""Dataview's inline fields: which there are, what they say, where they stand, and that the frontmatter comes first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli_vault import Run
from vaultkit.parser import parse
from vaultkit.session import Session

if TYPE_CHECKING:
    from tests.conftest import MakeVault
    from vaultkit.model import Note, Value
    from vaultkit.vault import Vault


def read(text: str) -> Note:
    return parse("Note.md", text.encode())


def fields(text: str) -> list[tuple[str, Value]]:
    return [(item.name, item.value) for item in read(text).fields]


def vault(make_vault: MakeVault, **notes: str) -> Vault:
    return Session(make_vault({f"{name}.md": text for name, text in notes.items()})).vault


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rating:: good", [("rating", "good")]),
        ("rating::good", [("rating", "good")]),
        ("Last review:: in May", [("Last review", "in May")]),
        ("depends_on:: x", [("depends_on", "x")]),
        ("**Bold**:: x", [("Bold", "x")]),
        ("**Bold::** x", [("Bold", "x")]),
        ("*_Both_*:: x", [("Both", "x")]),
        ("==Marked==:: x", [("Marked", "x")]),
        ("~~Struck~~:: x", [("Struck", "x")]),
        ("Échéance :: demain", [("Échéance", "demain")]),
        ("Échéance\u00a0:: demain", [("Échéance", "demain")]),
        ("E\u0301che\u0301ance:: demain", [("E\u0301che\u0301ance", "demain")]),
        ("Chiffre d’affaires:: bon", [("Chiffre d’affaires", "bon")]),
        ("クリスマス:: 家庭用", [("クリスマス", "家庭用")]),
        ("🎯 Goal:: x", [("Goal", "x")]),
        ("key::", [("key", None)]),
        ("a:: b:: c", [("a", "b:: c")]),
        ("a:: x\nand b\nc:: y", [("a", "x"), ("c", "y")]),
        ("a:: x\r\nc:: y\r\n", [("a", "x"), ("c", "y")]),
        ("- a:: x\n- b:: y\n    - c:: z", [("a", "x"), ("b", "y"), ("c", "z")]),
        ("1. a:: x", [("a", "x")]),
        ("> a:: x\n> b:: y", [("a", "x"), ("b", "y")]),
        ("> [!info] About\n> a:: x", [("a", "x")]),
        ("%%\na:: x\n%%", [("a", "x")]),
        ("%% a:: x %%", [("a", "x")]),
        ("a:: x %% not this %%", [("a", "x")]),
        ("serves:: [[Grow]]\n---", [("serves", "[[Grow]]")]),
        ("a:: x ^block", [("a", "x")]),
        ("It is [rating:: 9], [mood:: fine]!", [("rating", 9), ("mood", "fine")]),
        ("It is (rating:: 9)", [("rating", 9)]),
        ("It is [ rating::9 ]", [("rating", 9)]),
        ("[**rating**:: 9]", [("rating", 9)]),
        ("[🎅:: x]", [("🎅", "x")]),
        ("[a:: x [b] (c) y]", [("a", "x [b] (c) y")]),
        ("[a:: x (b:: y)] [c:: z]", [("a", "x (b:: y)"), ("c", "z")]),
        ("[a:: [[Sq]uare]]]", [("a", "[[Sq]uare]]")]),
        ("[a:: [b](c.md)]", [("a", "[b](c.md)")]),
        ("[a:: `]`]", [("a", "`]`")]),
        ("[a:: [b:: x]", [("b", "x")]),
        ("a:: x [b:: y]", [("a", "x"), ("b", "y")]),
        ("| [a:: x] | y |\n|---|---|\n| (b:: y) | c:: z |", [("a", "x"), ("b", "y")]),
        ("## Heading [a:: x]", [("a", "x")]),
    ],
)
def test_what_is_a_field(text: str, expected: list[tuple[str, Value]]) -> None:
    assert fields(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a: x",
        "a : : x",
        ":: x",
        "**:: x",
        "---:: x",
        "well, a:: x",
        "(see a:: x",
        "what? a:: x",
        "http://a::1",
        ":smile::heart:",
        "[a\n:: x]",
        "[a:: x\ny]",
        "[:: x]",
        "[a [b]:: x]",
        "[[a:: x]]",
        "![[a:: x]]",
        "[a:: x](Note.md)",
        "[a:: x](https://example.org)",
        "[a](b::c)",
        "\\[a:: x]",
        "`a:: x`",
        "`[a:: x]`",
        "`one\na:: x\ntwo`",
        "```\na:: x\n```",
        "    a:: x",
        "$[a:: x]$",
        "$$\na:: x\n$$",
        "<!-- a:: x -->",
        "text <!--\na:: x\n--> text",
        "<b title='[a:: x]'>b</b>",
        "<div>\na:: x\n</div>",
        "# a:: x",
        "- [ ] a:: x",
        "- [ ] b [a:: x]",
        "- [ ] b\n  a:: x",
        "- [x] b\n\n  a:: x",
        "| a:: x | b |\n|---|---|\n| c | d |",
        "%% vaultkit:index folder=a::b %%",
    ],
)
def test_what_is_no_field_of_a_note(text: str) -> None:
    assert fields(text) == []


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("9", 9),
        ("-80", -80),
        ("2.5", 2.5),
        ("1e3", "1e3"),
        ("0612345678", "0612345678"),
        ("12,5", "12,5"),
        ("1, 2", "1, 2"),
        ("9" * 40, "9" * 40),
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("2026-03-01", "2026-03-01"),
        ('"quoted, text"', "quoted, text"),
        ("[[A]]", "[[A]]"),
        ("[[A]], [[B|b]]", ("[[A]]", "[[B|b]]")),
        ("[[A]],[b](B.md) , ![[C]]", ("[[A]]", "[b](B.md)", "![[C]]")),
        ('"one", "two, three"', ("one", "two, three")),
        ("[[A]] and [[B]]", "[[A]] and [[B]]"),
        ("[[A]], or not", "[[A]], or not"),
    ],
)
def test_values(written: str, value: Value) -> None:
    assert fields(f"key:: {written}") == [("key", value)]
    assert type(read(f"[key:: {written}]").fields[0].value) is type(value)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_place_is_exact(end: str) -> None:
    text = end.join(
        ("---", "a: 1", "---", "é **Key**", "> **Key**::   [[A]]  ", "It [mood:: fine 🎄 ].", "empty::  ", "")
    )
    found = read(text).fields
    assert [text[item.span.start : item.span.end] for item in found] == [
        "Key**::   [[A]]",
        "mood:: fine 🎄",
        "empty::",
    ]
    assert [text[item.value_span.start : item.value_span.end] for item in found] == ["[[A]]", "fine 🎄", ""]
    assert [(item.span.line, item.span.column) for item in found] == [(5, 5), (6, 5), (7, 1)]
    assert [(item.value_span.line, item.value_span.column) for item in found[:2]] == [(5, 15), (6, 12)]


def test_a_link_says_in_which_field_it_stands() -> None:
    text = "serves:: [[A]], [b](B.md) [owner:: ![[C]]]\n[[D]] (up:: see [[E]]) [[F]]\n- [ ] [owner:: [[G]]]\n"
    said = [(link.target, link.field) for link in read(text).links]
    assert said == [
        ("A", "serves"),
        ("B.md", "serves"),
        ("C", "owner"),
        ("D", ""),
        ("E", "up"),
        ("F", ""),
        ("G", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "---\ngenerated: vaultkit\npage: index\n---\nserves:: [[A]]\n",
        "%% vaultkit:index %%\nserves:: [[A]]\n%% /vaultkit 00000000 %%\n",
    ],
)
def test_what_vaultkit_wrote_is_no_field(text: str) -> None:
    note = read(text)
    assert (note.fields, [link.field for link in note.links]) == ((), [""])


@pytest.mark.parametrize(
    "piece",
    ["::", "[a:: ", "(a::(a::", "[a::[", "[a:: b] ", "a::\n", "a:: [[b]], ", "[a::`", "\\[a:: b]", "> a::", "[a::\n"],
)
def test_hostile_text_is_read_whole(piece: str) -> None:
    text = f"{piece * (65536 // len(piece))}\n\nlast:: [[one]]\n"
    note = read(text)
    assert (note.fields[-1].name, note.links[-1].field) == ("last", "last")
    assert all(text.startswith(item.name, item.span.start) for item in note.fields)


def test_a_field_answers_where_the_frontmatter_does_not(make_vault: MakeVault) -> None:
    found = vault(
        make_vault,
        both="---\ntype: project\nstatus: done\ntitle: One\n---\nstatus:: active\ntitle:: Two\ndue:: 2026-03-01\n",
        empty="---\ntype: project\nstatus:\n---\n[status:: blocked] since [due:: [[2026-03-01]]], (progress:: 40)\n",
        plain="Avancement :: bon\ntitre:: Un titre\n",
    )
    both, empty, plain = (found.notes[f"{name}.md"] for name in ("both", "empty", "plain"))
    assert (found.choice(both, "status"), found.title(both), str(found.day(both, "due"))) == (
        "done",
        "One",
        "2026-03-01",
    )
    assert (found.choice(empty, "status"), str(found.day(empty, "due"))) == ("blocked", "2026-03-01")
    assert found.number(empty, "progress") == 40
    assert (found.text(plain, "avancement"), found.title(plain)) == ("bon", "Un titre")


def test_an_inline_relation_yields_to_that_of_the_frontmatter(make_vault: MakeVault) -> None:
    found = vault(
        make_vault,
        alone="---\ntype: priority\n---\nserves:: [[A]], [[B]]\nnot this: [[A]]\n[mood:: [[B]]]\n",
        beside="---\ntype: priority\nobjective: '[[A]]'\n---\nserves:: [[B]]\n",
        empty="---\ntype: priority\nserves:\n---\nserves:: [[B]]\n",
        unkind="serves:: [[A]]\n",
        A="",
        B="",
    )
    said = {
        name: [edge.target for edge in found.relation(found.notes[f"{name}.md"], "serves")]
        for name in ("alone", "beside", "empty", "unkind")
    }
    assert said == {"alone": ["A.md", "B.md"], "beside": ["A.md"], "empty": ["B.md"], "unkind": []}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("type:: project\n", "project"),
        ("# Lyon\n\nSee [[Home]].\n\n- **Type ::** projet\n- Statut:: en cours\n", "project"),
        ("type:: [[Projects]]\n", "project"),
        ("%% type:: project %%\n", "project"),
        ("---\ntype: decision\n---\ntype:: project\n", "decision"),
        ("---\ncategory: decision\n---\ntype:: project\n", "decision"),
        ("---\ntype:\n---\ntype:: project\n", "project"),
        ("- [ ] [type:: project]\n", None),
        ("Met.\n\n## What we decided\n\n- to go on [type:: decision]\n", None),
        ("type:: MOC\n\n#project\n", None),
    ],
)
def test_a_field_at_the_head_of_a_note_tells_its_kind(make_vault: MakeVault, text: str, kind: str | None) -> None:
    told = vault(make_vault, note=text).recognised.get("note.md")
    assert (told.kind if told else None) == kind


def test_what_is_shown_and_exported(
    make_vault: MakeVault, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    text = "---\ntype: priority\nowner: Ann\n---\n[serves:: [[Grow]]] (mood:: 1) (mood:: 2)\n"
    run = Run(capsys, make_vault({"Hire.md": text, "Grow.md": ""}))
    exported = json.loads(run("export", "json").out)
    hire = next(note for note in exported["notes"] if note["path"] == "Hire.md")
    assert hire["properties"] == {"type": "priority", "owner": "Ann"}
    assert hire["fields"] == {"serves": "[[Grow]]", "mood": [1, 2]}
    assert [(link["field"], link["relation"], link["property"]) for link in exported["links"]] == [
        ("serves", "serves", None)
    ]
    shown = [" ".join(line.split()) for line in run("show", "Hire").out.splitlines()]
    assert {"serves Grow → Grow.md", "mood 2"} <= set(shown)
