"""What is common is read whole, all else mark by mark: both mean the same, wherever one ends and the other begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.parser import parse
from vaultkit.parser.note import read as scan

if TYPE_CHECKING:
    from vaultkit.model import Link, Note


def read(text: str) -> Note:
    return parse("Note.md", text.encode())


def said(link: Link) -> str:
    """A link as it reads: `!` for an embed, target, anchor and label."""
    return f"{'!' if link.embed else ''}{link.target}#{link.anchor}|{link.label}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[a]]", ["a#|None"]),
        ("[[ a ]]", ["a#|None"]),
        ("[[a ]]", ["a#|None"]),
        ("[[a#b]]", ["a#b|None"]),
        ("[[a # b # c | d ]]", ["a#b # c| d "]),
        ("[[a|]]", ["a#|"]),
        ("[[a#]]", ["a#|None"]),
        ("[[a|b|c#d]]", ["a#|b|c#d"]),
        ("[[a|b#c]]", ["a#|b#c"]),
        ("[[#b]]", ["#b|None"]),
        ("[[#b|c]]", ["#b|c"]),
        ("[[|b]]", ["|b#|None"]),
        ("[[a#|b]]", ["a#|b"]),
        (r"[[a\|b]]", ["a#|b"]),
        (r"[[a#b\|c]]", ["a#b|c"]),
        ("[[ ]]", []),
        ("[[]]", []),
        ("[[a]b]]", ["a]b#|None"]),
        ("[[a]]]", ["a#|None"]),
        ("[[[a]]]", ["a#|None"]),
        ("[[a[b]]", ["a[b#|None"]),
        ("[[a\nb]]", []),
        ("![[a]]", ["!a#|None"]),
        ("[[b]]![[a]]", ["b#|None", "!a#|None"]),
        (r"\![[a]]", ["a#|None"]),
        ("`b`![[a]]", ["!a#|None"]),
        ("[a](b)", ["b#|a"]),
        ("![a](b)", ["!b#|a"]),
        ("[](b)", ["b#|"]),
        ("[a]()", []),
        ("[a](b#c)", ["b#c|a"]),
        ("[a](#c)", ["#c|a"]),
        ("[a](https://b)", []),
        ("[a](./b:c)", ["./b:c#|a"]),
        ("[a](b%20c)", ["b c#|a"]),
        ('[a](b "c")', ["b#|a"]),
        ('[a](b "c" )', ["b#|a"]),
        ('[a](b "c\\"d")', ["b#|a"]),
        ('[a](b  "c")', ["b#|a"]),
        ('[a](b "c" d)', []),
        ("[a](b 'c')", ["b#|a"]),
        ("[a](<b c>)", ["b c#|a"]),
        ("[a](b(c)d)", ["b(c)d#|a"]),
        ("[a](b c)", []),
        ("[a](b", []),
        ("[a\nb](c)", ["c#|a\nb"]),
        ("[a `b` c](d)", ["d#|a `b` c"]),
        ("[a [b](c) d](e)", ["c#|b"]),
        ("[a ![b](c) d](e)", ["e#|a ![b](c) d", "!c#|b"]),
        ("[a [b](https://c) d](e)", []),
        ("[a [[b]] c](d)", ["d#|a [[b]] c", "b#|None"]),
        ("[[a](b)", ["b#|a"]),
        ("[a^b](c)", ["c#|a^b"]),
        ("[^a](c)", ["c#|^a"]),
        ("`[[a]]` [[b]]", ["b#|None"]),
        ("``[[a]]` [[b]]``", []),
        (r"\`[[a]]`", ["a#|None"]),
        ("`[[a]]``", ["a#|None"]),
        ("``[[a]]`", ["a#|None"]),
        ("<b c='[[a]]'>", []),
        ("<b c='[[a]]'", ["a#|None"]),
        ("<https://b/[[a]]>", []),
        ("<1 [[a]]>", ["a#|None"]),
        ("x <!-- [[a]] --> [[b]]", ["b#|None"]),
        ("x <!-- [[a]]", ["a#|None"]),
        ("$[[a]]$ [[b]]", ["b#|None"]),
        ("[a](https://b) [[c]]", ["c#|None"]),
        ("%% [a](b) %%", ["b#|a"]),
        ("%% x %%\n[[a]]", ["a#|None"]),
    ],
)
def test_links_however_they_are_written(text: str, expected: list[str]) -> None:
    assert [said(link) for link in read(text).links] == expected


@pytest.mark.parametrize("nothing", ["[a](https://b)", "<b>c</b>", "words", "$a$", r"\[", "50%", "# ", "a] [b]"])
def test_a_leaf_of_which_nothing_comes_may_still_have_a_block_id_and_a_field(nothing: str) -> None:
    note = read(f"a {nothing} ^id\n\n- a [k:: v] {nothing}\n- {nothing} (l:: w) ^id2\n")
    assert [block.name for block in note.blocks] == ["id", "id2"]
    assert [(field.name, field.value) for field in note.fields] == [("k", "v"), ("l", "w")]


def test_a_tag_may_follow_whatever_is_read_whole() -> None:
    text = "[[a]]#b [c](d)#e [f](https://g)#h `i`#j <b>#k </b>#l \\[#m %%#n %% o#p <!-- -->#q [r](s 't')#u"
    assert [tag.name for tag in read(text).tags] == ["b", "e", "h", "j", "k", "l", "m", "n", "q", "u"]


@pytest.mark.parametrize("text", ["a [^1] b", "[^1]", "a [^1](https://b) c", "%% a [^1] %%"])
def test_what_refers_to_a_footnote_is_found_beside_nothing_else(text: str) -> None:
    assert [(found.name, found.span.start) for found in scan(text.encode()).scanner.footnote_refs] == [
        ("1", text.index("["))
    ]


@pytest.mark.parametrize(("text", "code", "comments"), [("a `b` c", 1, 0), ("a <!-- b -->", 0, 1), ("a %%b%%", 0, 1)])
def test_code_and_comments_are_found_beside_nothing_else(text: str, code: int, comments: int) -> None:
    note = read(text)
    assert (len(note.code), len(note.comments)) == (code, comments)


SPELLINGS = [
    ("[[a#b|c]]", r"[[a#b\|c]]"),
    ("![[a]]", r"![[a]]"),
    ("[d](e)", "[d]( e )"),
    ('[d](e "f")', "[d](e 'f')"),
    ("![d](e)", "![d]( e )"),
    ("[d](https://e)", "[d]( https://e )"),
    ("g`h`g", "g``h``g"),
    ("<i>", "<i >"),
]
BESIDE = [
    "[ ",
    " ]",
    "![ ",
    " ](j) ",
    "#k",
    "*#l",
    "* ",
    " ",
    "%%",
    "$",
    "m",
    "\\",
    "^n",
    "(o:: ",
    ")",
    "p:: ",
    "\n",
    "\n\n",
]


@given(st.lists(st.sampled_from(range(len(SPELLINGS) + len(BESIDE))), max_size=14))
def test_what_is_read_whole_means_what_it_means_mark_by_mark(chosen: list[int]) -> None:
    simple, other = (
        read(
            "".join(
                BESIDE[each - len(SPELLINGS)] if each >= len(SPELLINGS) else SPELLINGS[each][way] for each in chosen
            )
        )
        for way in (0, 1)
    )
    assert [said(link).replace(r"\|", "|") for link in simple.links] == [said(link) for link in other.links]
    assert [(tag.name, tag.span.line) for tag in simple.tags] == [(tag.name, tag.span.line) for tag in other.tags]
    for one, two in ((simple.code, other.code), (simple.comments, other.comments)):
        assert [span.line for span in one] == [span.line for span in two]
    assert [block.name for block in simple.blocks] == [block.name for block in other.blocks]
    assert [field.name for field in simple.fields] == [field.name for field in other.fields]
    assert [link.field for link in simple.links] == [link.field for link in other.links]
