"""What is read of a base: the links in its filters and formulas, its views, and what is wrong with it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests import scenario_runner as runner
from tests.cli_vault import Run
from vaultkit import validators
from vaultkit.language import say
from vaultkit.parser import digest, parse
from vaultkit.parser.base import LIMIT, PROBLEMS, view

if TYPE_CHECKING:
    from tests.conftest import Corpus, MakeVault
    from vaultkit.model import Note, Span

BASE = r"""filters:
  and:
    - file.hasLink("[[Grow#Q1|growth]]")
    - 'this == link("Notes/Grow")'
    - "x.linksTo(\"Some where\") && note['y'] / 2 > z / 3"
    - or:
        - file.hasTag("a") || file.inFolder("Notes") || name.contains("link(")
        - not: [ 'file.hasLink(this.file)' ]
formulas:
  two: |-
    if(a, link("A"),
       file( 'B.md' ))
  pictures: image("https://example.org/y.png") + image("Images/y.png") + icon("arrow-right")
  escaped: 'link("It''s")'
  folded: link("One"
    , "Two") +
    link("Three
    four")
  pattern: /"[[no]]/.matches(name) && link("After").asFile() && 'see [[One]], [[Two]]' && link("#Here")
properties:
  status:
    displayName: '"[[no]]"'
summaries:
  count: values.filter(value == link("Sum")).length
views:
  - type: table
    name: "My \"table\""
    filters: 'file.hasLink("Filtered")'
    order: ["file.name", 'link("no")']
  - type: cards
  - name: 2024
    type: list
  - {type: map, name: Map # there
    }
"""


def read(text: str | bytes) -> Note:
    return parse("Tasks.base", text if isinstance(text, bytes) else text.encode())


def cut(text: str, span: Span) -> str:
    return text[span.start : span.end]


def formula(text: str) -> list[str]:
    """What one expression links to."""
    return [link.target for link in read("formulas:\n  a: |-\n    " + text).links]


def test_the_links_of_expressions_are_found_where_they_are_written() -> None:
    note = read(BASE)
    assert [(link.target, cut(BASE, link.span)) for link in note.links] == [
        ("Grow", "[[Grow#Q1|growth]]"),
        ("Notes/Grow", "Notes/Grow"),
        ("Some where", "Some where"),
        ("A", "A"),
        ("B.md", "B.md"),
        ("Images/y.png", "Images/y.png"),
        ("It's", "It''s"),
        ("One", "One"),
        ("Three four", "Three\n    four"),
        ("After", "After"),
        ("One", "[[One]]"),
        ("Two", "[[Two]]"),
        ("Sum", "Sum"),
        ("Filtered", "Filtered"),
    ]
    assert (note.links[0].anchor, note.links[0].label) == ("Q1", "growth")
    assert {(link.origin, link.written_by, link.embed, link.property) for link in note.links} == {
        ("base", "human", False, "")
    }
    assert (note.problems, note.length, note.digest) == ((), len(BASE), digest(BASE.encode()))


def test_line_ends_move_nothing() -> None:
    text = BASE.replace("\n", "\r\n")
    note = read(text)
    assert [(link.target, link.span.line, link.span.column) for link in note.links] == [
        (link.target, link.span.line, link.span.column) for link in read(BASE).links
    ]
    assert [cut(text, link.span) for link in note.links if "\n" not in cut(text, link.span)] == [
        cut(BASE, link.span) for link in read(BASE).links if "\n" not in cut(BASE, link.span)
    ]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ('link("a")', ["a"]),
        ("link ( 'a' )", ["a"]),
        ('link("a", "b")', ["a"]),
        ('link("a" + b)', ["a"]),
        ('link(a + "b")', []),
        ('links("a")', []),
        ('"link(" + "b"', []),
        (r'link("a \"b\" c")', ['a "b" c']),
        ('link("")', []),
        ('link("  a ")', ["a"]),
        ('link("https://example.org")', []),
        ('link("mailto:a@example.org")', []),
        ('link("a', []),
        ("a / b / link('c')", ["c"]),
        ("a(1) / 2 + link('c') / 3", ["c"]),
        ("(/'/).test(a) + link('c')", ["c"]),
        ("x == /[/'\"]+/ && link('c')", ["c"]),
        ("/unclosed + link('c')", []),
        ("link('a', /b/).x / link('c')", ["a", "c"]),
        ("'[[a]]' + \"[[b|c]]\" + [[d]]", ["a", "b"]),
        ("'[[#a]] [[]]'", []),
    ],
)
def test_what_an_expression_links_to(text: str, targets: list[str]) -> None:
    assert formula(text) == targets


def test_views_are_headings_where_their_names_stand() -> None:
    note = read(BASE)
    assert [(heading.text, heading.level, cut(BASE, heading.span)) for heading in note.headings] == [
        ('My "table"', 1, r"My \"table\""),
        ("", 1, "cards"),
        ("2024", 1, "list"),
        ("Map", 1, "Map"),
    ]


def test_a_link_without_a_view_means_the_first() -> None:
    note = read(BASE)
    assert view(note, "") == note.headings[0]
    assert view(note, "Map") == note.headings[3]
    assert view(note, " 2024 ") == note.headings[2]
    assert view(note, "Nowhere") is None
    assert view(read(""), "") is None


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("- a\n", 1, 1, "There are no properties here: write `name: value` on each line."),
        ("views: table\n", 1, 8, "The views of a base are a list: each begins with `- type:` and has a `name:`."),
        ("views:\n  - table\n", 2, 5, "A view of a base begins with `- type:` and has a `name:`: this is none."),
        (
            "formulas:\n  a: 'x' + 'y'\n",
            2,
            10,
            "The value before this had ended: put all of it in quotes, and quotes within it of the other sort.",
        ),
        ("a: 1\nb: 2\na: 3\n", 3, 1, "The property a is written a second time."),
        ("a:\n\tb: 1\n", 2, 1, "This line is indented with a tab: use spaces."),
        ("a: 1\n---\nb: 2\n", 2, 1, "For YAML what stands above is complete: a second text would begin here."),
        ("a: {b\n", 1, 4, "The braces that open here are never closed, or what is in them needs quotes."),
    ],
)
def test_what_is_wrong_is_said_at_its_place(text: str, line: int, column: int, message: str) -> None:
    note = read(text)
    found = [(p.kind, p.span.line, p.span.column, say(p.message, "en")) for p in note.problems]
    assert found == [("format", line, column, message)]


@pytest.mark.parametrize(
    "text", ["", "\n", "# a comment\n", "{}\n", "views:\n", "---\nviews: []\n", "\ufeffviews: []\n"]
)
def test_a_base_may_be_empty(text: str) -> None:
    note = read(text)
    assert (note.links, note.headings, note.problems) == ((), (), ())


def test_what_goes_too_far_is_reported() -> None:
    long = read("# " + "x" * LIMIT + "\nfilters: link('a')\n")
    assert [(p.kind, say(p.message, "en")) for p in long.problems] == [
        ("limit", "This base is longer than 524288 characters and is not read.")
    ]
    assert [p.kind for p in read("filters: " + "[" * 40 + "]" * 40).problems] == ["limit"]
    assert len(read("views:\n" + "  - a\n" * 3 * PROBLEMS).problems) == PROBLEMS
    broken = read(b"filters: link('a') # caf\xe9\n")
    assert [(p.kind, p.span.column) for p in broken.problems] == [("encoding", 25)]
    assert [link.target for link in broken.links] == ["a"]


def test_an_alias_links_once() -> None:
    text = "formulas:\n  a: &a link('x')\n  b: *a\nviews:\n  - name: &n Table\n  - name: *n\n"
    note = read(text)
    assert [cut(text, link.span) for link in note.links] == ["x"]
    assert [(heading.text, cut(text, heading.span)) for heading in note.headings] == [
        ("Table", "Table"),
        ("Table", "*n"),
    ]


PIECES = st.sampled_from(
    [
        *(
            "filters:\n",
            "  and:\n",
            "    - ",
            "formulas:\n",
            "  a: ",
            "views:\n",
            "  - name: ",
            "\n",
            "|-\n    ",
            ">\n    ",
        ),
        *(
            'link("a")',
            "file('b c')",
            '"',
            "'",
            '\\"',
            "''",
            "[[d]]",
            "/",
            "(",
            ")",
            "\\u00e9",
            "é",
            "🎯",
            " ",
            "&x ",
            "*x",
        ),
        *("#", "\r\n", "\t", "\0", "\u2028", ": ", "!!str ", "---\n"),
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
@example('formulas:\n  a: "link(\\"\\u00e9\\n  b\\")\n    + \'[[d]]\'"\n')
def test_any_text_is_read_and_every_span_lies_in_it(text: str) -> None:
    note = read(text)
    for span in (*(x.span for x in note.links), *(x.span for x in note.headings), *(x.span for x in note.problems)):
        assert 0 <= span.start <= span.end <= len(text)
    for link in note.links:
        assert link.target


NASTY = r"""
import resource
from vaultkit.parser import parse
from vaultkit.parser.base import LIMIT

size = LIMIT // 2
formula = "formulas:\n  a: |\n    "
inputs = {
    "quotes": formula + '"\\' * (size // 2),
    "both quotes": formula + "'\"" * (size // 2),
    "slashes": formula + "/" * size,
    "patterns": formula + "/\\" * (size // 2),
    "classes": formula + "/[" * (size // 2),
    "links": formula + 'link("a")+' * (size // 10),
    "escaped links": 'formulas:\n  a: "' + 'link(\\"a\\")+' * (size // 12) + '"',
    "wikilinks": formula + "'" + "[[a]]" * (size // 5) + "'",
    "brackets": formula + "'" + "[[" * (size // 2) + "'",
    "lists": "[" * size,
    "views": "views:\n" + "- name: a\n" * (size // 10),
    "filters": "filters:\n" + "- link('a')\n" * (size // 12),
    "aliases": "a: &a '" + "link(x) [[" * (size // 20) + "'\nfilters:\n" + "- *a\n" * 9000,
    "aliased names": "a: &a '" + " " * (size // 2) + "'\nviews:\n" + "- name: *a\n" * 9000,
    "line breaks": 'formulas:\n  a: "' + "\\n" * (size // 2) + '"',
}
for name, text in inputs.items():
    print(name, flush=True)
    spent = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    resource.setrlimit(resource.RLIMIT_CPU, (int(spent) + 20, resource.RLIM_INFINITY))
    assert parse("Tasks.base", text.encode()).length == len(text) <= LIMIT
print("done", flush=True)
"""


def test_a_nasty_base_is_read_within_limits() -> None:
    """In a process of its own: if it crashes, or takes twenty seconds, the last name said is the culprit's."""
    ran = subprocess.run([sys.executable, "-c", NASTY], capture_output=True, text=True, check=False)
    assert ran.stdout.splitlines()[-1:] == ["done"], ran.stdout + ran.stderr


FILES = {
    "Bases/Tasks.base": BASE,
    "Empty.base": "",
    "Notes/Grow.md": "## Q2\n",
    "A.md": (
        "![[Tasks.base]] ![[Tasks.base#Map]] [[Tasks.base#Nowhere]] ![[Empty.base]]\n\n"
        "```base\nfilters: link('no')\n```\n"
    ),
    "Some where.md": "",
}


def test_a_link_to_a_base_opens_a_view_of_it(make_vault: MakeVault, capsys: pytest.CaptureFixture[str]) -> None:
    run = Run(capsys, make_vault(FILES))
    rows = json.loads(run("links", "A", "--format", "json").out)
    assert [(row["target"], row["views"]) for row in rows] == [
        ("Bases/Tasks.base", ['My "table"', "Map"]),
        ("Empty.base", None),
    ]
    whole = json.loads(run("export", "json").out)
    opened = [(link["written"], link["anchor"], link["view"]) for link in whole["links"] if link["source"] == "A.md"]
    assert opened == [
        ("Tasks.base", None, 'My "table"'),
        ("Tasks.base", "Map", "Map"),
        ("Tasks.base", "Nowhere", None),
        ("Empty.base", None, None),
    ]
    assert whole["boards"][0] == {
        "path": "Bases/Tasks.base",
        "tags": [],
        "views": ['My "table"', "", "2024", "Map"],
        "generated": None,
    }


def test_backlinks_come_from_bases_after_notes(make_vault: MakeVault, capsys: pytest.CaptureFixture[str]) -> None:
    run = Run(capsys, make_vault({**FILES, "Z.md": "[[Grow]]\n"}))
    assert run("backlinks", "Grow", "--counts").out.splitlines() == ["Z.md\t1", "Bases/Tasks.base\t2"]
    rows = json.loads(run("backlinks", "Grow", "--format", "json").out)
    assert [(row["origin"], row["line"]) for row in rows] == [("note", 1), ("base", 3)]


def test_an_anchor_that_a_base_asks_for_must_exist_in_its_note(make_vault: MakeVault) -> None:
    vault = runner.read_vault(make_vault(FILES), runner.TODAY)
    found = [f for f in validators.check(vault) if f.validator == "broken-anchor"]
    assert [(f.path, f.span.line, say(f.message, "en")) for f in found] == [
        ("Bases/Tasks.base", 3, "Grow has no heading Q1.")
    ]


def test_the_bases_of_a_real_vault_are_read(corpus: Corpus) -> None:
    vault = runner.read_vault(corpus("tasks-demo") / "vault", runner.TODAY)
    bases = [board for path, board in vault.boards.items() if path.endswith(".base")]
    assert len(bases) >= 3
    assert [problem for base in bases for problem in base.problems] == []
    assert {heading.text for base in bases for heading in base.headings} == {"Table"}
