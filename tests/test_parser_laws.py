"""What holds of any text whatever: it is read, each place is exact, and line ends do not matter."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vaultkit.parser import parse

if TYPE_CHECKING:
    from vaultkit.model import Note, Span


def read(text: str) -> Note:
    return parse("Note.md", text.encode())


def cut(text: str, span: Span) -> str:
    return text[span.start : span.end]


NASTY = [
    *("[[", "![[", "[[a ", "[", "![", "[a](", "[a](<b", '[a](b "', "](x(", "`", "`a``b ", "%%", "%% ", "%%\n", "<!--"),
    *("<", "<a ", '<a b="', "$", "$a ", "$$a\n", "*#a ", "\\", ">", "> ", "- ", "-\t", "- a\n", "# ", "^", "a ^"),
    *("```a\n", "[^a]: b\n", "^[a ", "a\n-\n", "| a\n", "---\n", "\0", "\r", "#", "<div>\n", "%% vaultkit:x\n"),
]


@pytest.mark.parametrize("piece", NASTY)
def test_a_mark_repeated_without_end_does_no_harm(piece: str) -> None:
    note = read(piece * (8000 // len(piece)) + "\n\n[[after]]")
    assert note.length == len(piece) * (8000 // len(piece)) + 11


PIECES = st.sampled_from(
    [
        *NASTY,
        "[[Plan]]",
        "#tag",
        "]]",
        "](",
        ")",
        "- [ ] ",
        "\n",
        "\n\n",
        "\r\n",
        "  ",
        "é",
        "🎯",
        "\u2028",
        "---\n",
        "a: b\n",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
@example("---\r\ntags: [a]\r\n---\r\n\r\n- [ ] x ^b\r\n\r\n# h\r\n")
def test_every_span_names_exactly_what_it_is_said_to_name(text: str) -> None:
    note = read(text)
    for link in note.links:
        written = cut(text, link.span)
        assert written.startswith("!" if link.embed else "[")
        assert written.endswith("]]" if link.form == "wiki" else ")")
    for tag in note.tags:
        assert cut(text, tag.span).removeprefix("#") == tag.name
    for block in note.blocks:
        assert cut(text, block.span) == f"^{block.name}"
    for task in note.tasks:
        assert f"[{task.status}]" in cut(text, task.span)
    for heading in note.headings:
        assert heading.text.partition(" ")[0] in cut(text, heading.span)
    ends = [section.span for section in note.sections]
    assert all(before.end <= after.start for before, after in pairwise(ends))


@given(st.text(alphabet=st.sampled_from("[]()!#^|`*_%$<>-+: \n\tab1\"'"), max_size=200))
def test_line_ends_and_a_byte_order_mark_change_nothing_but_offsets(text: str) -> None:
    plain = read(text)
    windows = parse("Note.md", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert [(link.target, link.span.line, link.span.column) for link in windows.links] == [
        (link.target, link.span.line, link.span.column) for link in plain.links
    ]
    assert [(tag.name, tag.span.line) for tag in windows.tags] == [(tag.name, tag.span.line) for tag in plain.tags]
    assert [(s.kind, s.span.line) for s in windows.sections] == [(s.kind, s.span.line) for s in plain.sections]
    assert [task.text for task in windows.tasks] == [task.text for task in plain.tasks]


@given(st.binary(max_size=300))
def test_any_bytes_make_a_note(data: bytes) -> None:
    assert parse("Note.md", data).path == "Note.md"


def test_what_parses_is_loaded_when_there_is_something_to_parse() -> None:
    code = """
import sys
from vaultkit.parser import parse
heavy = {"frontmatter", "markdown_it", "yaml"}
assert not heavy & set(sys.modules)
parse("Note.md", b"[[no frontmatter]]")
assert heavy & set(sys.modules) == {"markdown_it"}
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
