"""What Obsidian finds in a note's body, one rule a line, and that every place is exact."""

from __future__ import annotations

import pytest

from vaultkit.model import Note, Span
from vaultkit.parser import parse


def read(text: str, path: str = "Note.md") -> Note:
    return parse(path, text.encode())


def links(text: str) -> list[tuple[str, str, str | None]]:
    """What each link leads to, its anchor and its label."""
    return [(link.target, link.anchor, link.label) for link in read(text).links]


def tags(text: str) -> list[str]:
    return [tag.name for tag in read(text).tags]


def kinds(text: str) -> list[str]:
    return [section.kind for section in read(text).sections]


def cut(text: str, span: Span) -> str:
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see [[Plan]]", ("Plan", "", None)),
        ("[[Plan.md]]", ("Plan.md", "", None)),
        ("[[Plan|our plan]]", ("Plan", "", "our plan")),
        ("[[Plan||x]]", ("Plan", "", "|x")),
        ("[[Plan#Goals]]", ("Plan", "Goals", None)),
        ("[[#Goals]]", ("", "Goals", None)),
        ("[[#Goals#Year]]", ("", "Goals#Year", None)),
        ("[[Plan#^first]]", ("Plan", "^first", None)),
        ("[[Plan#Goals|the goals]]", ("Plan", "Goals", "the goals")),
        ("[[Plan|a#b]]", ("Plan", "", "a#b")),
        ("[[|]]", ("|", "", None)),
        ("[[|name]]", ("|name", "", None)),
        ("[[|#name]]", ("|", "name", None)),
        ("[[fo#lder/Plan]]", ("fo", "lder/Plan", None)),
        ("[[Sq]uare]]", ("Sq]uare", "", None)),
        ("[[a [b] c]]", ("a [b] c", "", None)),
        ("[[[Plan]]]", ("Plan", "", None)),
        ("[[ Plan ]]", ("Plan", "", None)),
        ("[[$5 plan]] and $", ("$5 plan", "", None)),
        ("| [[Plan\\|us]] |\n|---|\n| x |", ("Plan", "", "us")),
        ("[us](Plan.md)", ("Plan.md", "", "us")),
        ("[us](Plan)", ("Plan", "", "us")),
        ("[us](Our%20notes/Plan.md#year%20one)", ("Our notes/Plan.md", "year one", "us")),
        ("[us](%C3%A9t%C3%A9.md)", ("été.md", "", "us")),
        ("[us](a%23b.md)", ("a%23b.md", "", "us")),
        ("[us](50%25%.md)", ("50%25%.md", "", "us")),
        ("[us](a%FFb.md)", ("a%FFb.md", "", "us")),
        ("[us](<My Plan.md>)", ("My Plan.md", "", "us")),
        ('[us](Plan.md "a title")', ("Plan.md", "", "us")),
        ("[us](Plan(1).md)", ("Plan(1).md", "", "us")),
        ("[us](a\\_b.md)", ("a_b.md", "", "us")),
        ("[us](./a:b.md)", ("./a:b.md", "", "us")),
        ("[here](#Goals)", ("", "Goals", "here")),
        ("text<br>[[#Goals]]", ("", "Goals", None)),
        ("%% aside [[Plan]] %%", ("Plan", "", None)),
        ("%%\n[[Plan]]\n%%", ("Plan", "", None)),
        ("## About [[Plan]]", ("Plan", "", None)),
        ("About [[Plan]]\n===", ("Plan", "", None)),
        ("> [!note] [[Plan]]", ("Plan", "", None)),
        ("[^1]: as in [[Plan]]", ("Plan", "", None)),
        ("costs $5, see [[Plan]], or $6", ("Plan", "", None)),
        ("a ` alone, then [[Plan]]", ("Plan", "", None)),
        ("<!-- never closed [[no]]\n", None),
        ("[[]]", None),
        ("[[ ]]", None),
        ("[[Pl\nan]]", None),
        ("[[Plan", None),
        ("[us]()", None),
        ("[]()", None),
        ("[us](https://example.org)", None),
        ("[us](mailto:me@example.org)", None),
        ("[us](My Plan.md)", None),
        ("\\[\\[Plan\\]\\]", None),
        ("`[[Plan]]`", None),
        ("``a ` [[Plan]]``", None),
        ("```\n[[Plan]]\n```", None),
        ("~~~\n[[Plan]]", None),
        ("    [[Plan]]", None),
        ("a <!-- [[Plan]] --> b", None),
        ("<!--\n[[Plan]]\n-->", None),
        ('a <img alt="[[Plan]]"> b', None),
        ("<div>\n[[Plan]]\n</div>", None),
        ("a <https://x.org/[[Plan]]> b", None),
        ("so $a_[[Plan]]$ holds", None),
        ("$$\n[[Plan]]\n$$", None),
        ("| a | b |\n|---|---|\n| [[Plan|us]] |", None),
    ],
)
def test_a_link_is_what_obsidian_takes_for_one(text: str, expected: tuple[str, str, str | None] | None) -> None:
    assert links(text) == ([] if expected is None else [expected])


def test_embeds_say_so_and_links_stand_in_the_order_of_the_text() -> None:
    text = "![[a.png|100]] [![alt](b.png)](c.md) \\![[d]] ![e](https://x.org) !\\[[f]]"
    note = read(text)
    assert [(link.target, link.embed, link.form) for link in note.links] == [
        ("a.png", True, "wiki"),
        ("c.md", False, "markdown"),
        ("b.png", True, "markdown"),
        ("d", False, "wiki"),
    ]
    assert [cut(text, link.span) for link in note.links] == [
        "![[a.png|100]]",
        "[![alt](b.png)](c.md)",
        "![alt](b.png)",
        "[[d]]",
    ]


def test_a_link_within_the_label_of_another_is_the_only_link() -> None:
    assert links("[a [b](c.md) d](e.md)") == [("c.md", "", "b")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a #b/c-d_e f", ["b/c-d_e"]),
        ("#été #日本 #🎯goal", ["été", "日本", "🎯goal"]),
        ("#1984 #y1984 #2024/notes", ["y1984", "2024/notes"]),
        ("foo#bar", []),
        ("(#bar)", []),
        ("#a.b #c, #d!", ["a", "c", "d"]),
        ("#Tag #TAG", ["Tag", "TAG"]),
        ("#trail/child/", ["trail/child/"]),
        ("#a\u200db", ["a"]),
        ("\\#no \\[\\[#Yes here\\]\\]", ["Yes"]),
        ("[[x]]#yes <br>#also `c`#too", ["yes", "also", "too"]),
        ("**#bold** _#slanted_ ==#lit== ~~#struck~~", ["bold", "slanted", "lit", "struck"]),
        ("2*#no and *#no", []),
        ("# #head\n\n## #two ##", ["head", "two"]),
        ("# not a tag", []),
        ("#tag first", ["tag"]),
        ("`#no`\n\n```\n#no\n```\n\n<!-- #no -->", []),
        ("%% #yes %%\n\n%%\n- [ ] #also\n%%", ["yes", "also"]),
        ("> #quoted\n>#tight\n> > #deep", ["quoted", "tight", "deep"]),
        ("- [ ] #task\n  #below", ["task", "below"]),
        ("| #cell | b |\n|---|---|\n| c | #d |", ["cell", "d"]),
        ("https://x.org/#no [l](a.md#no) [[a#no]]", []),
        ("\u200b\t- [ ] #seen", ["seen"]),
    ],
)
def test_a_tag_is_what_obsidian_takes_for_one(text: str, expected: list[str]) -> None:
    assert tags(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- [ ] a", [(" ", "a", 0)]),
        ("* [x] a\n+ [/] b\n1. [-] c\n2) [>] d", [("x", "a", 0), ("/", "b", 0), ("-", "c", 0), (">", "d", 0)]),
        ("- [ ] a\n\t- [x] b\n\t\t- [ ] c", [(" ", "a", 0), ("x", "b", 4), (" ", "c", 8)]),
        ("- plain\n  - [ ] child", [(" ", "child", 2)]),
        ("- - [ ] both", [(" ", "both", 2)]),
        ("> [!todo]\n> - [ ] a", [(" ", "a", 2)]),
        ("words\n- [ ] a", [(" ", "a", 0)]),
        ("- [ ] a\n  still a\n- b", [(" ", "a", 0)]),
        ("- [🎯] a", [("🎯", "a", 0)]),
        ("- [ ] \n- [x]\t", [(" ", "", 0), ("x", "", 0)]),
        ("-\n  [ ] a\n  more", [(" ", "a", 0)]),
        ("- [ ]a\n- []\n- [xx] a\n- \\[ ] a\n-[ ] a", []),
        ("%%\n- [ ] a\n%%", []),
        ("- b\n%%\n- [ ] a\n%%", []),
        ("> b\n%%\n- [ ] a\n%%", []),
        ("- b\n  %%\n  - [ ] a\n  %%", []),
        ("- %% b\n- [ ] a", [(" ", "a", 0)]),
        ("<!--\n- [ ] a\n-->", []),
        ("```\n- [ ] a\n```", []),
        ("    - [ ] a", []),
        ("\u200b\t- [ ] a", []),
    ],
)
def test_a_task_is_a_list_item_with_a_checkbox(text: str, expected: list[tuple[str, str, int]]) -> None:
    assert [(task.status, task.text, task.indent) for task in read(text).tasks] == expected


def test_a_task_ends_before_the_list_in_it() -> None:
    text = "- [ ] one ^first\n  more\n  ```\n  code\n  ```\n  - [x] two ^second\n"
    one, two = read(text).tasks
    assert cut(text, one.span) == "- [ ] one ^first\n  more\n  ```\n  code\n  ```"
    assert cut(text, two.span) == "- [x] two ^second"
    assert (two.text, two.block) == ("two", "second")
    assert (one.status, two.status) == (" ", "x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("words ^a-1", ["a-1"]),
        ("words\n^a", ["a"]),
        ("> words\n\n^quote", ["quote"]),
        ("| a |\n|---|\n| b |\n\n^table", ["table"]),
        ("- one ^one\n- two ^two", ["one", "two"]),
        ("## Head ^head", ["head"]),
        ("![[a.png]]^image", ["image"]),
        ("words ^a  ", ["a"]),
        ("words ^a_b", []),
        ("words^a", []),
        ("`words ^a`", []),
        ("words ^a then more", []),
        ("```\nwords ^a\n```", []),
    ],
)
def test_a_block_id_ends_its_block(text: str, expected: list[str]) -> None:
    note = read(text)
    assert [block.name for block in note.blocks] == expected
    assert [cut(text, block.span) for block in note.blocks] == [f"^{name}" for name in expected]


def test_headings_keep_their_raw_text() -> None:
    text = "# I [[link]] **so** #\n\nTwo\n---\n\n####### seven\n\n> # quoted\n\n#tag\n\n###\tthird"
    headings = read(text).headings
    assert [(heading.text, heading.level) for heading in headings] == [
        ("I [[link]] **so**", 1),
        ("Two", 2),
        ("third", 3),
    ]
    assert [cut(text, heading.span) for heading in headings] == ["# I [[link]] **so** #", "Two\n---", "###\tthird"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# h\n\np\n\n- l\n\n```\nc\n```\n\n> q\n\n> [!note]\n> c", "heading paragraph list code blockquote callout"),
        ("---\na: b\n---\n\n---", "yaml thematicBreak"),
        ("| a |\n|---|\n| b |\n\n<div>\n</div>\n\n<!-- c -->", "table html html"),
        (
            "%% one line %%\n\n%%\nmore\n%%\n\n$$\nx\n$$\n\n[^1]: note\n    more",
            "comment comment math footnoteDefinition",
        ),
        ("%% kanban:settings\n```\n{}\n```\n%%\nafter", "comment paragraph"),
        ("- a\n* b\n+ c", "list list list"),
        ("words\n%% aside %%\nwords", "paragraph"),
        ("words\n%%\n- hidden\n%%\nwords", "paragraph comment paragraph"),
        ("words\n\n%%\n# hidden", "paragraph comment"),
        ("$$ costs\n\n# seen", "paragraph heading"),
        ("    code", "code"),
    ],
)
def test_sections_are_named_as_obsidian_names_them(text: str, expected: str) -> None:
    assert kinds(text) == expected.split()


def test_code_and_comments_are_placed() -> None:
    text = "a `b` c\n\n```\nd\n```\n\n    e\n\n%% f %% g %%h%%\n\n<!-- i -->\n\nj <!-- k -->"
    note = read(text)
    assert [cut(text, span) for span in note.code] == ["`b`", "```\nd\n```", "    e"]
    assert [cut(text, span) for span in note.comments] == ["%% f %%", "%%h%%", "<!-- i -->", "<!-- k -->"]


def test_a_footnote_is_found_by_its_name() -> None:
    text = "a[^one]\n\n[^one]: first\n    second [[Plan]]\n[^two]: third\n"
    note = read(text)
    assert [(foot.name, cut(text, foot.span)) for foot in note.footnotes] == [("one", "[^one]"), ("two", "[^two]")]
    assert [link.target for link in note.links] == ["Plan"]


def test_what_is_not_utf8_is_read_as_far_as_it_goes_and_reported() -> None:
    note = parse("Note.md", "é [[a]] ".encode() + b"\xff [[b]]")
    assert [link.target for link in note.links] == ["a", "b"]
    (problem,) = note.problems
    assert (problem.kind, problem.span) == ("encoding", Span(8, 9, 1, 9))


@pytest.mark.parametrize("mark", [">", "- "])
def test_nesting_without_end_is_reported_and_still_read(mark: str) -> None:
    note = read(mark * 5000 + "[[deep]]")
    assert [link.target for link in note.links] == ["deep"]
    assert [problem.kind for problem in note.problems] == ["limit"]
    assert read(mark * 40 + "[[deep]]").problems == ()


def test_a_note_without_measure_is_read_up_to_the_limit() -> None:
    note = read("[[a]]\n" + "x" * 79 + "\n" + ("y" * 79 + "\n") * 55_000 + "[[b]]")
    assert [link.target for link in note.links] == ["a"]
    assert [problem.kind for problem in note.problems] == ["limit"]


def test_the_language_of_a_note_shows() -> None:
    assert read("Les priorités de la société sont dans cette note, avec des objectifs pour le trimestre.").french > 0
    assert read("The priorities of the company are in this note, with objectives for the quarter.").french < 0
    assert read("---\nnom: le la les des\n---\nThe plan of the year").french < 0
