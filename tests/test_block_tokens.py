"""Trying fewer block rules changes nothing: the tokens are those of markdown-it's own chain, whatever the text.

The CommonMark specification (spec.txt or spec.json of https://spec.commonmark.org) is read where COMMONMARK_SPEC says.
"""

from __future__ import annotations

import json
import os
import sys
import tracemalloc
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.rules_block import StateBlock

from tests.block_texts import EDGES, LINES, NASTY, PIECES
from tests.nasty import uncovered
from vaultkit.parser import frontmatter, parse, rules
from vaultkit.parser.source import Source, decode
from vaultkit.parser.tokens import State
from vaultkit.parser.walk import markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it import MarkdownIt

    from tests.conftest import Corpus

READ = ("type", "tag", "nesting", "map", "level", "markup", "info", "content", "block", "hidden")
LINE_TABLE = ("bMarks", "eMarks", "tShift", "sCount", "bsCount", "lineMax")
AROUND: tuple[tuple[str, str], ...] = (("", ""), ("> ", "> "), ("- ", "  "), ("2) a\n\n   ", "   "), ("[^a]: ", "    "))
"""What stands before the first line and before each of the others."""


@cache
def stock() -> MarkdownIt:
    return rules.plain()


def ours() -> MarkdownIt:
    return markdown()


def tokens(parser: MarkdownIt, text: str) -> list[tuple[Any, ...]]:
    return [tuple(getattr(token, name) for name in READ) for token in parser.block.parse(text, parser, {}, []) or []]


def assert_same(text: str) -> None:
    assert tokens(ours(), text) == tokens(stock(), text)


def within(text: str, first: str, others: str) -> str:
    return first + text.replace("\n", f"\n{others}")


def calls(act: Callable[[], object]) -> int:
    """How many functions are called meanwhile."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


def peak(parser: MarkdownIt, text: str) -> int:
    """How much memory the tokens of a text take at most."""
    tracemalloc.start()
    try:
        parser.block.parse(text, parser, {}, [])
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def specification() -> Iterator[str]:
    """The Markdown of each example."""
    path = os.environ.get("COMMONMARK_SPEC")
    if not path:
        pytest.skip("COMMONMARK_SPEC is not set: the path of spec.txt or spec.json, from https://spec.commonmark.org")
    text = Path(path).read_text(encoding="utf-8")
    if text.lstrip().startswith("["):
        yield from (example["markdown"] for example in json.loads(text))
        return
    fence = "`" * 32
    for example in text.split(f"\n{fence} example")[1:]:
        yield example.partition("\n")[2].partition(f"\n{fence}")[0].partition("\n.\n")[0].replace("→", "\t") + "\n"


@pytest.mark.parametrize("name", ["help-en", "hub"])
def test_each_real_note_gives_the_same_tokens(corpus: Corpus, name: str) -> None:
    paths = sorted(corpus(name).rglob("*.md"))
    assert paths
    for path in paths:
        source = Source(decode(path.read_bytes())[0])
        first = frontmatter.read(source).body
        text = source.text[source.starts[first] :] if first < len(source.starts) else ""
        assert_same(text.replace("\r\n", "\n").replace("\r", "\n"))


def test_each_example_of_the_specification_gives_the_same_tokens() -> None:
    examples = list(specification())
    assert len(examples) > 600
    for example in examples:
        for first, others in AROUND:
            assert_same(within(example, first, others))
        assert_same(f"text\n{example}text\n")


@pytest.mark.parametrize("text", EDGES)
def test_each_edge_gives_the_same_tokens(text: str) -> None:
    for first, others in AROUND:
        assert_same(within(text, first, others))
        assert_same(within(f"a\n{text}\nb", first, others))


@pytest.mark.parametrize("name", NASTY)
def test_each_nasty_text_gives_the_same_tokens(name: str) -> None:
    assert_same(NASTY[name](3000))


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_marks_in_any_order_give_the_same_tokens(text: str) -> None:
    assert_same(text)


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_lines_in_any_nesting_give_the_same_tokens(text: str) -> None:
    assert_same(text)


@given(st.text("ab \t\n\x0b\x1c\x85\xa0\u2028\ufeff>-=", max_size=30))
def test_the_table_of_lines_is_that_of_markdown_it(text: str) -> None:
    assert_same(text)
    made, expected = State(text, ours(), {}, []), StateBlock(text, stock(), {}, [])
    assert [getattr(made, name) for name in LINE_TABLE] == [getattr(expected, name) for name in LINE_TABLE]


@pytest.mark.parametrize("name", NASTY)
def test_twice_the_text_is_at_most_twice_the_work(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(rules, "QUOTED_LINES", 1000)
    small, large = (NASTY[name](size) for size in (6000, 12000))
    limit = 2.3 * calls(lambda: ours().block.parse(small, ours(), {}, [])) + 500
    assert calls(lambda: ours().block.parse(large, ours(), {}, [])) < limit


def test_most_rules_are_not_even_tried() -> None:
    text = (
        "Some text\nover two lines.\n\n- an item\n- [ ] a task\n\n> a quote\n\n# A heading\n\n%% a comment %%\n\n" * 50
    )
    tried = calls(lambda: ours().block.parse(text, ours(), {}, []))
    assert tried < calls(lambda: stock().block.parse(text, stock(), {}, [])) / 2


def test_the_tokens_take_less_than_half_the_memory() -> None:
    text = "- a\n" * 5000
    assert peak(ours(), text) < peak(stock(), text) / 2


@pytest.mark.parametrize(
    ("first", "others"), [(">" * 90 + "a\n", "b\n" * 4), ("", "># [[a]]\n[[b]]\n"), ("", "> > a\nb\n> > ```\n> c\n")]
)
def test_quotes_that_look_at_too_many_lines_are_read_a_few_lines_at_a_time(
    monkeypatch: pytest.MonkeyPatch, first: str, others: str
) -> None:
    """Nothing is lost; a quote may only fall into several, and that is told of."""
    text, twice = (f"a\n\n{first}{others * count}" for count in (100, 200))
    whole = len(parse("Note.md", text.encode()).links)
    monkeypatch.setattr(rules, "QUOTED_LINES", 1000)
    assert_same(text)
    note = parse("Note.md", f"{text}\n[[after]]\n".encode())
    assert len(note.links) == whole + 1
    assert [problem.kind for problem in note.problems] == ["limit"]
    assert uncovered(note, text) == ""
    work = calls(lambda: ours().block.parse(text, ours(), {}, []))
    assert calls(lambda: ours().block.parse(twice, ours(), {}, [])) < 2.3 * work


@pytest.mark.parametrize("row", ["| a | b |", "|" + "\\|" * 1000 + "|"])
def test_a_table_goes_on_over_a_line_of_few_escaped_pipes(row: str) -> None:
    kinds = [token[0] for token in tokens(ours(), f"| a | b |\n|---|---|\n{row}\n| c | d |\n")]
    assert kinds.count("tr_open") == 3


def test_a_table_ends_before_a_line_of_too_many_escaped_pipes() -> None:
    crowded = "|" + "\\|" * 1001 + "|"
    text = f"| a |\n|---|\n| b |\n{crowded}\n\n| c |\n|---|\n\n{crowded}\n|---|\n"
    kinds = [token[0] for token in tokens(ours(), text)]
    assert (kinds.count("table_open"), kinds.count("tr_open"), kinds.count("paragraph_open")) == (2, 3, 2)
    assert_same(text)


@pytest.mark.parametrize("label", ["a", "a-long-label", "a#b"])
def test_a_footnote_begins_after_its_label(label: str) -> None:
    note = parse("Note.md", f"[^{label}]: - [ ] call [[Ann]]\n      soon\n\n[^{label}2]: see ^block\n".encode())
    assert [task.text for task in note.tasks] == ["call [[Ann]]"]
    assert not note.tags
    assert [block.name for block in note.blocks] == ["block"]


def test_tables_end_below_their_headers_when_too_many_cells_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MISSING_CELLS", 50)
    text = f"{'|a' * 20}|\n{'|-' * 20}|\n|b|\n|c|\n|d|\n\n" * 3
    kinds = [token[0] for token in tokens(ours(), text)]
    assert (kinds.count("tr_open"), kinds.count("paragraph_open")) == (4 + 1 + 1, 2)
    assert_same(text)
