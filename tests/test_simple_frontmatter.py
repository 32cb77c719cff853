"""Frontmatter of simple lines means what YAML says it means, to the last place; no other is taken for one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vaultkit.parser import frontmatter
from vaultkit.parser.simple import Simple
from vaultkit.parser.source import Source
from vaultkit.parser.yaml12 import FaultError, Reader, Scalar

if TYPE_CHECKING:
    from vaultkit.model import Property

ROOT = Path(__file__).resolve().parent.parent
ABOVE = "---\n"

SIMPLE = [
    "",
    "a:\n",
    "a:   \n",
    "a: b\n",
    "a:   b  \n",
    "a: b\r\nc:\r\n  - d\r\n",
    "a b-c_d: e\n",
    "été: 🎯 là\n",
    "a: b\n\n  \nc: d\n",
    "a: https://b.c/d?e=f#g\n",
    "a: C# and b:c\n",
    "a: 2024-07-21T12:37:00\n",
    "a: -5\nb: 0x1F\nc: 1e3\nd: 010\ne: 99999999999999999999\nf: +.5\n",
    "a: ~\nb: null\nc: true\nd: FALSE\ne: no\nf: .inf\n",
    'a: it\'s "so"\n',
    "a: b, c] d} e[\n",
    "a: \" b: 'c' #d \"\n",
    "a: '\"b\\'\n",
    "a: ''\n",
    "a: []\n",
    "a: [ ]\n",
    "a: [b, 1,true ,\"c: [d]\", 'e', f g ]\n",
    "a: [a/b.c, d-e, f & g]\n",
    "a:\n- b\n- 2\nc: d\n",
    'a:\n  - b  \n  -\n  -   \n  - "[[c]]"\nd:\n',
    "a:\n\n  - b\n\n  - c\n\n",
    "tags:\n  - '#a'\n  - b\nTags: c\n",
    "serves: '[[Grow|g]]'\nowner: \"![[Ada#b]]\"\nsee: '[c](d)'\n",
]
OTHER = [
    " a: b\n",
    "a: b # c\n",
    "# a\n",
    "a: b: c\n",
    "a: b:\n",
    "a:b\n",
    "a: b\n  c\n",
    "a:\n  b\n",
    "a:\n  b: c\n",
    "a: b\n  - c\n",
    "a:\n  - b\n    c\n",
    "a:\n  - b\n   - c\n",
    "a:\n  - b\n - c\n",
    "a:\n  - b: c\n",
    "a:\n  - - b\n",
    "- a\n",
    "a: b\na: c\n",
    "true: a\n",
    "null: a\n",
    "1: a\n",
    "a.b: c\n",
    "'a': b\n",
    "a : b\n",
    "<<: a\n",
    'a: "\\n"\n',
    "a: 'b''c'\n",
    "a: 'b\n  c'\n",
    'a: "b" c\n',
    "a: [[b]]\n",
    "a: [b, [c]]\n",
    "a: [b: c]\n",
    "a: [b,]\n",
    "a: [b]c\n",
    "a: [b,\n  c]\n",
    "a: {b: c}\n",
    "a: &b c\n",
    "a: *b\n",
    "a: !b c\n",
    "a: |\n  b\n",
    "a: >\n",
    "a: @b\n",
    "a: `b`\n",
    "a: %b\n",
    "a: - b\n",
    "a: -\n",
    "a: ? b\n",
    "a:\tb\n",
    "a: b\t\n",
    "a: b\rc: d\n",
    "a: b\u2028c\n",
    "a: b\x85c\n",
    "a: \ufeffb\n",
    "a: b\x00c\n",
    "... \n",
    "--- a\n",
    "%YAML 1.2\n",
    f"{'k' * 2000}: a\n",
]


def by_yaml(block: str) -> tuple[list[Property], list[Scalar]]:
    """What YAML says of a block, as `Simple` tells it; raises FaultError."""
    source = Source(ABOVE + block)
    reader = Reader(block)
    reader.read()
    start = len(ABOVE)
    return [frontmatter._property(source, entry, start) for entry in reader.entries], [
        scalar._replace(start=start + scalar.start, end=start + scalar.end)
        for scalar in reader.scalars
        if "[" in scalar.value or scalar.path.partition(".")[0].lower() == "tags"
    ]


def simply(block: str) -> Simple | None:
    """What is read of a block without YAML, if it is simple."""
    simple = Simple(ABOVE + block)
    return simple if simple.read(len(ABOVE), len(ABOVE + block)) else None


def same(block: str, simple: Simple) -> bool:
    return repr(by_yaml(block)) == repr((simple.properties, simple.strings))  # .nan is not equal to itself


@pytest.mark.parametrize("block", SIMPLE)
def test_simple_lines_mean_what_yaml_says(block: str) -> None:
    simple = simply(block)
    assert simple is not None
    assert same(block, simple)


@pytest.mark.parametrize("block", OTHER)
def test_what_is_not_surely_simple_is_left_to_yaml(block: str) -> None:
    assert simply(block) is None
    assert simply(f"x: y\n{block}") is None


SCALARS = st.sampled_from(
    [
        *("a", "b c", "é", "🎯 a", "1", "-1", "1.0", "0x1", "~", "null", "True", "no", ".nan", "2024-01-02", "12:30"),
        *("[[a]]", '"[[a]]"', "'[[a|b]]'", '"[a](b)"', "#a", "a#b", "a #b", "a:b", "a: b", "a:", ":", "-", "- a", "?"),
        *('""', "''", '"a\\n"', "'a''b'", "it's", '"a" b', '"a', "[a, b]", "[]", "[ a ,'b' ]", "[a,]", "[a: b]", "[a"),
        *(
            "[-a]",
            "[/a, .5]",
            "{a: b}",
            "{}",
            "&a",
            "*a",
            "!a",
            "|",
            ">",
            "@a",
            "`a",
            "%a",
            ",a",
            "a, b",
            "]",
            "}",
            "=",
        ),
        *("\u00a0a", "a\u00a0", "a\u2028", "\x85", "\ufeff", "\x07", "a\tb", "\t", "a\x0bb", "\\", "1" * 400, "+", "."),
        *("https://a.b/c?d#e", "a ", " a", "---", "...", "<<", "a\\b", "0o7", "9" * 30, "-.inf", "[a] b", "[a] #b"),
    ]
)
NAMES = st.sampled_from(
    ["a", "b", "c d", "tags", "Tags", "é", "x-y", "true", "1", "", "a.b", '"a"', " a", "a ", "_", "-"]
)
SPACES = st.sampled_from(["", " ", " ", "  ", "\t"])
ENDS = st.sampled_from(["\n", "\n", "\n", "\n\n", "\r\n", "\n  \n", " \n", "\r", "\n\t\n", " # a\n"])
PAIRS = st.builds("{}:{}{}{}".format, NAMES, SPACES, SCALARS, ENDS)
KEYS = st.builds("{}:{}{}".format, NAMES, SPACES, ENDS)
ITEMS = st.builds("{}-{}{}{}".format, st.sampled_from(["", "  ", "  ", " "]), SPACES, SCALARS | st.just(""), ENDS)
LISTS = st.builds("{}:\n{}".format, NAMES, st.lists(ITEMS, min_size=1, max_size=4).map("".join))
BLOCKS = st.lists(PAIRS | KEYS | ITEMS | LISTS | SCALARS, max_size=5).map("".join)


@given(BLOCKS)
@example("a: 1\nb:\n- [[c]]\n")
def test_whatever_is_taken_for_simple_means_what_yaml_says(block: str) -> None:
    simple = simply(block)
    if simple is not None and block.strip():
        assert same(block, simple)


@given(st.lists(st.sampled_from(SIMPLE), max_size=4).map("".join))
def test_simple_lines_one_after_another_are_simple_unless_a_name_comes_twice(block: str) -> None:
    simple = simply(block)
    if simple is not None:
        assert not block or same(block, simple)
        return
    with pytest.raises(FaultError) as fault:
        by_yaml(block)
    assert fault.value.message.template.endswith("is written a second time.")


def test_the_notes_of_this_very_project_mean_what_yaml_says() -> None:
    simple_ones = 0
    for path in sorted(
        [*ROOT.glob("docs/**/*.md"), *ROOT.glob("sample_vault/**/*.md"), *ROOT.glob("templates/**/*.md")]
    ):
        text = path.read_text(encoding="utf-8")
        if not text.startswith(ABOVE):
            continue
        block = text[len(ABOVE) : text.index("\n---", len(ABOVE) - 1) + 1]
        simple = simply(block)
        if simple is not None:
            simple_ones += 1
            assert same(block, simple), path
    assert simple_ones > 50


def test_no_yaml_is_loaded_for_a_simple_frontmatter() -> None:
    code = """
import sys
from vaultkit.parser import parse
note = parse("Note.md", b'---\\nserves: "[[Grow]]"\\ntags:\\n- a\\n---\\n')
assert (len(note.properties), len(note.links), len(note.tags)) == (2, 1, 1)
assert not {"frontmatter", "yaml"} & set(sys.modules)
parse("Note.md", b"---\\na: |\\n  b\\n---\\n")
assert {"frontmatter", "yaml"} <= set(sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.stderr == ""
