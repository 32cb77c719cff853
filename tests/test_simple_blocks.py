"""Reading simple blocks without markdown-it changes nothing: the structure is that of its tokens."""

from __future__ import annotations

import subprocess
import sys
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.block_texts import EDGES, LINES, NASTY
from tests.test_block_tokens import AROUND, calls, specification, within
from vaultkit.parser import blocks, frontmatter, rules
from vaultkit.parser.blocks import Structure
from vaultkit.parser.dispatch import Dispatcher
from vaultkit.parser.source import Source, decode

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

    from tests.conftest import Corpus

FOUND = (
    *("sections", "headings", "items", "leaves", "footnotes", "definitions", "code", "comments", "lone_comments"),
    "problems",
)
SIMPLE = (
    *(
        "a",
        "text of a line",
        "**b** c",
        "_b_",
        "`a` b",
        "[[a]] b",
        "[a](b) c",
        "!a",
        "#tag",
        "2024 a",
        "1.5 a",
        "-a",
        ":a",
    ),
    *(
        "<span a='b'>c</span>",
        '<span a="b">c</span>',
        "<u>a</u>",
        "<b>",
        "<https://a.b>",
        "<a@b.c> d",
        "<img>",
        "</b>a",
    ),
    *(
        "# a",
        "## a | b",
        "### a ##",
        "#",
        "# ",
        "####### a",
        "---",
        "***  ",
        "___",
        "- - -",
        "* * *",
        "--",
        "===",
        "=a",
    ),
    *(
        "%% a %%",
        "%% a | b %%  ",
        "%% a",
        "%%",
        "%% a %% b",
        "%%%%",
        "%%%",
        "%% vaultkit:x %%",
        "%%/vaultkit x%%",
        "a %%",
    ),
    *("<!-- a -->", "<!-- a | b -->", "<!--", "-->", "a --> b", "<!-->", "<div>", "<p>a</p>", "<!-- a --> b"),
    *("```", "```a", "``` | a", "````", "~~~", "~~~ `a", "    ```", "   ```", "``", "```a`"),
    *("> a", ">a", "> ", ">", "> [!note] a", "> | a", ">    a", ">     a", "> > a", "> - a", "> # a", ">\ta", "> a  "),
    *(
        "|a|",
        "| a | b |",
        "|-|",
        "| - | :-: |",
        "|-|-|",
        "| a",
        "|\\||",
        "| [[a\\|b]] | c |",
        "| |",
        "||",
        "|",
        "a | b",
    ),
    *("- a", "* a", "+ a", "1. a", "2. a", "1) a", "- [ ] a", "- [x] a | b", "-", "1.", "-  a", "-    a", "-     a"),
    *("  - a", "    - a", "      - a", "\t- a", "\t\t- a", " - a", "   1. a", "   2. a", "- %% a %%", "- a  ", "-\ta"),
    *("  a", "    a", "\ta", "      %% a %%", "[^a]: b", "[^a]", "[a]: b", "$$", "$$ a $$", "$a$", "\\a"),
    *("\x0b", "\xa0", "\xa0a", "a\xa0", "# a\xa0", "- a\xa0", "- \xa0", "> \xa0", "%% a %%\xa0", "---\xa0", "a\u2028b"),
    *("", "", "", "", " ", "\t"),
)
NOTE = """# A heading

Some text
over **two** lines. %% A comment %%

%% A comment %%
%% One
over lines %%
- [ ] a task
  and more of it
\t1. one

\t2. two
- another
## Next
<!-- a -->
<!-- b
c -->
> [!note] Title
> text
>
> and more

| a | b |
|---|:-:|
| [[c\\|d]] | e |

```js
- none
```
Text:
* item

---
<span class="x">inline</span>
"""


class NoForms:
    """What knows no simple form."""

    def __init__(self, structure: Structure, _env: object) -> None:
        self.source = structure.source

    def read(self, line: int) -> int:
        """The first line from this one on that is not blank."""
        while line < len(self.source.starts) and not self.source.line(line).strip(" \t"):
            line += 1
        return line


def read_all(self: Dispatcher, state: StateBlock, line: int) -> None:
    """All blocks from a line on, as markdown-it reads them."""
    self.tokenize(state, line, state.lineMax)


def found(text: str, first: int = 0) -> dict[str, object]:
    structure = Structure(Source(text), first)
    return {name: getattr(structure, name) for name in FOUND}


def found_by_markdown_it(text: str, first: int = 0) -> dict[str, object]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "Forms", NoForms)
        patch.setattr(Dispatcher, "read", read_all)
        return found(text, first)


def assert_same(text: str) -> None:
    for each in (text, text.replace("\n", "\r\n")) if "\n" in text else (text,):
        assert found(each) == found_by_markdown_it(each)


def without_markdown_it(monkeypatch: pytest.MonkeyPatch, text: str) -> Structure:
    """A structure that is found, or fails, without markdown-it."""
    monkeypatch.setattr(blocks, "_walk", lambda *_: pytest.fail("a block was in doubt"))
    return Structure(Source(text), 0)


@pytest.mark.parametrize("name", ["help-en", "hub"])
def test_each_real_note_has_the_same_structure(corpus: Corpus, name: str) -> None:
    paths = sorted(corpus(name).rglob("*.md"))
    assert paths
    for number, path in enumerate(paths):
        text = decode(path.read_bytes())[0]
        text = text.replace("\n", "\r\n") if number % 10 == 0 else text
        first = frontmatter.read(Source(text)).body
        assert found(text, first) == found_by_markdown_it(text, first)


def test_each_example_of_the_specification_has_the_same_structure() -> None:
    examples = list(specification())
    assert len(examples) > 600
    for example in examples:
        for first, others in AROUND:
            assert_same(within(example, first, others))
        assert_same(f"text\n{example}text\n")
        assert_same(f"- a\n\n{example}\n> b\n{example}")


@pytest.mark.parametrize("text", EDGES)
def test_each_edge_has_the_same_structure(text: str) -> None:
    for first, others in AROUND:
        assert_same(within(text, first, others))
        assert_same(within(f"a\n{text}\nb", first, others))


@pytest.mark.parametrize("name", NASTY)
def test_each_nasty_text_has_the_same_structure(name: str) -> None:
    assert_same(NASTY[name](3000))


@pytest.mark.parametrize("first", SIMPLE)
def test_each_two_lines_have_the_same_structure(first: str) -> None:
    for second, between in product(SIMPLE, ("\n", "\n\n")):
        text = f"{first}{between}{second}"
        assert found(text) == found_by_markdown_it(text)


@given(st.lists(st.sampled_from(SIMPLE) | LINES, max_size=10).map("\n".join))
def test_lines_in_any_nesting_have_the_same_structure(text: str) -> None:
    assert_same(text)


@given(
    st.lists(st.tuples(st.sampled_from(SIMPLE), st.sampled_from(["\n", "\r\n", "\r"])), max_size=10), st.integers(0, 9)
)
def test_any_line_ends_and_any_first_line_give_the_same_structure(lines: list[tuple[str, str]], first: int) -> None:
    text = "".join(line + end for line, end in lines)
    assert found(text, first) == found_by_markdown_it(text, first)


@given(st.lists(st.sampled_from(["> a", ">", "> > b", "|a|b|", "|-|-|", "|c|", "|\\|\\||", "", "d"]), max_size=30))
def test_what_quotes_and_tables_may_cost_is_counted_alike(lines: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, few in (("QUOTED_LINES", 4), ("MISSING_CELLS", 2), ("ESCAPED_PIPES", 1)):
            patch.setattr(rules, name, few)
        assert_same("\n".join(lines))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_simple_note_is_read_without_markdown_it(monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    structure = without_markdown_it(monkeypatch, NOTE.replace("\n", end))
    assert [section.kind for section in structure.sections] == [
        *("heading", "paragraph", "comment", "comment", "list", "heading", "html", "html", "callout", "table", "code"),
        *("paragraph", "list", "thematicBreak", "paragraph"),
    ]
    assert [(item.line, item.list_line, item.parent) for item in structure.items] == [
        *((8, 8, -1), (10, 10, 0), (12, 10, 0), (13, 8, -1), (31, 31, -1)),
    ]
    assert structure.lone_comments == [5]


@pytest.mark.parametrize("line", ["a", "- a", "> a", "| a |"])
def test_a_block_of_many_lines_is_read_without_markdown_it(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    text = "| a |\n|---|\n" * ("|" in line) + f"{line}\n" * 1000
    structure = without_markdown_it(monkeypatch, text)
    assert [(section.span.start, section.span.end) for section in structure.sections] == [(0, len(text) - 1)]


def test_a_simple_note_does_not_even_bring_markdown_it_in() -> None:
    code = f"import sys; from vaultkit.parser import parse; parse('A.md', {NOTE.encode()!r}); print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "vaultkit.parser.forms" in said.stdout.split()
    assert "markdown_it" not in said.stdout.split()


def test_one_block_in_doubt_leaves_the_others_simple(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    read = Dispatcher.read

    def counted(self: Dispatcher, state: StateBlock, line: int) -> None:
        asked.append(line)
        read(self, state, line)

    monkeypatch.setattr(Dispatcher, "read", counted)
    Structure(Source(f"{NOTE}\n<div>\n\n{NOTE}\n    code\n\n{NOTE}"), 0)
    assert len(asked) == 2


@pytest.mark.parametrize("name", NASTY)
def test_twice_the_text_is_at_most_twice_the_work(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(rules, "QUOTED_LINES", 1000)
    small, large = (NASTY[name](size) for size in (6000, 12000))
    assert calls(lambda: found(large)) < 2.3 * calls(lambda: found(small)) + 500


@pytest.mark.parametrize("text", ["\xa0\n  a b\n", "\x0b\n<b>\n  c\n", "> \xa0\n> text\n", "x\n\n\u2028\n- a\n"])
def test_a_leaf_begins_within_its_block(text: str) -> None:
    """Its first line may be nothing but space that markdown-it takes for text."""
    structure = Structure(Source(text), 0)
    for leaf, section in zip(structure.leaves, structure.sections, strict=False):
        assert section.span.start <= leaf.start <= leaf.end <= section.span.end
