"""What holds of any text whatever: it is read, each place is exact, and line ends do not matter."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import Struct

from tests.nasty import uncovered
from tests.nested import AROUND, ITEM, QUOTE, apart, close, within, written
from vaultkit.model import Note, Section, Span
from vaultkit.parser import parse
from vaultkit.parser.rules import DEPTH
from vaultkit.regions import digest

if TYPE_CHECKING:
    import pytest

    from tests.nested import Around, Lines


def read(text: str) -> Note:
    return parse("Note.md", text.encode())


def cut(text: str, span: Span) -> str:
    return text[span.start : span.end]


PIECES = st.sampled_from(
    [
        *(
            "[[",
            "![[",
            "[[a ",
            "[",
            "![",
            "[a](",
            "[a](<b",
            '[a](b "',
            "](x(",
            "`",
            "`a``b ",
            "%%",
            "%% ",
            "%%\n",
            "<!--",
        ),
        *("<", "<a ", '<a b="', "$", "$a ", "$$a\n", "*#a ", "\\", ">", "> ", "- ", "-\t", "- a\n", "# ", "^", "a ^"),
        *("```a\n", "[^a]: b\n", "^[a ", "a\n-\n", "| a\n", "|-|\n", "---\n", "\0", "\r", "#", "<div>\n", "[[Plan]]"),
        *("%% vaultkit:x\n", "%% vaultkit:x %%\n", "%% /vaultkit 01234567 %%\n", "key:: ", "(key:: ", "[key:: ", "::"),
        *(
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
            "    ",
        ),
        *(
            "📅 2026-01-01 ",
            "[due:: 2026-01-01] ",
            "^a1\n",
            "1. ",
            "===\n",
            "> [!note] ",
            "~~~\n",
            "$$\n",
            "-->",
            "\x0c",
        ),
    ]
)
soups = st.lists(PIECES, max_size=40).map("".join)
nested = st.one_of(apart, close).map(lambda lines: written(lines).text)
fronts = st.sampled_from(["", '---\na: [b, "[[c]]"]\ntags: x\n---\n', "---\na: [b\n---\n", "---\n---\n", "\ufeff"])
texts = st.builds("{}{}".format, fronts, soups | nested)


@given(texts)
@example("---\r\ntags: [a]\r\n---\r\n\r\n- [ ] x ^b\r\n\r\n# h\r\n")
def test_every_span_names_exactly_what_it_is_said_to_name(text: str) -> None:
    note = read(text)
    text = text.removeprefix("\ufeff")
    for link in note.links:
        written = cut(text, link.span)
        assert written.startswith("!" if link.embed else "[")
        assert written.endswith("]]" if link.form == "wiki" else ")")
    for tag in note.tags:
        assert cut(text, tag.span).removeprefix("#") == tag.name
    for block in note.blocks:
        assert cut(text, block.span) == f"^{block.name}"
    for footnote in note.footnotes:
        assert cut(text, footnote.span) == f"[^{footnote.name}]"
    for heading in note.headings:
        assert all(word in cut(text, heading.span) for word in heading.text.split())
    for code in note.code:
        assert cut(text, code).strip()
    for comment in note.comments:
        assert cut(text, comment).lstrip("> \t").startswith(("%%", "<!--"))


@given(texts)
def test_every_task_has_its_own_stretch_of_the_text(text: str) -> None:
    note = read(text)
    text = text.removeprefix("\ufeff")
    for task in note.tasks:
        written = cut(text, task.span)
        assert written[0] in "-*+0123456789"
        assert f"[{task.status}]" in written
        assert task.text in written
        assert all(word in task.text for word in task.description.split())
        for day in (task.marks.due, task.marks.done, task.marks.start):
            assert day is None or day.isoformat() in written
    spans = [task.span for task in note.tasks]
    assert spans == sorted(spans, key=lambda span: span.start)
    # A task holds the quotes in it, and the tasks in those.
    assert all(before.end <= after.start or after.end <= before.end for before, after in pairwise(spans))


@given(texts)
def test_every_field_names_its_key_and_its_value(text: str) -> None:
    note = read(text)
    text = text.removeprefix("\ufeff")
    for field in note.fields:
        written = cut(text, field.span)
        assert written.startswith(field.name)
        assert "::" in written
        assert written.endswith(cut(text, field.value_span))
        assert field.span.end == field.value_span.end
        if isinstance(field.value, str):
            assert field.value in cut(text, field.value_span)
    for link in note.links:
        around = [field for field in note.fields if field.value_span.start <= link.span.start < field.span.end]
        assert link.field == (around[-1].name if around else "")


@given(texts)
def test_every_region_has_its_marks_and_its_body(text: str) -> None:
    note = read(text)
    text = text.removeprefix("\ufeff")
    for region in note.regions:
        assert cut(text, region.opening).startswith("%% vaultkit:")
        assert digest(cut(text, region.body)) == region.actual
        assert region.closing is None or cut(text, region.closing).startswith("%% /vaultkit")
        assert region.opening.end <= region.body.start
    assert all(before.body.end <= after.opening.start for before, after in pairwise(note.regions))


@given(texts)
def test_the_sections_hold_every_line_once(text: str) -> None:
    note = read(text)
    assert uncovered(note, text.removeprefix("\ufeff")) == ""
    ends = [section.span for section in note.sections]
    assert all(before.end <= after.start for before, after in pairwise(ends))


def found(lines: Lines, depth: int = 0) -> set[str]:
    """The kinds of problems, once every link and every tag has been found."""
    made = written(lines)
    note = read(made.text)
    assert [link.target for link in note.links] == made.links
    assert [tag.name for tag in note.tags] == made.tags
    return {problem.kind for problem in note.problems}


@given(st.one_of(apart, close))
def test_every_link_is_found_however_it_is_nested(lines: Lines) -> None:
    assert found(lines) == set()


@given(close, st.lists(st.sampled_from([QUOTE, ITEM, *AROUND]), max_size=DEPTH // 4))
def test_every_link_is_found_down_to_the_limit(lines: Lines, around: list[Around]) -> None:
    for container in around:
        lines = within(container, lines)
    assert found(lines) == set()


@given(close, st.sampled_from([QUOTE, ITEM]), st.integers(DEPTH, 2 * DEPTH))
def test_beyond_the_limit_every_link_is_found_and_it_is_said(lines: Lines, container: Around, depth: int) -> None:
    for _ in range(depth):
        lines = within(container, lines)
    assert found(lines) == {"limit"}


def placed(value: object, text: str) -> object:
    """A value with each place by its line, its column and its text, whatever ends the lines."""
    if isinstance(value, Span):
        return value.line, value.column, cut(text, value).replace("\r\n", "\n")
    if isinstance(value, Section):
        return value.kind, placed(value.span, text)
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    if isinstance(value, tuple):
        return [placed(item, text) for item in value]
    if isinstance(value, Struct):
        names = [name for name in value.__struct_fields__ if name not in {"digest", "length"}]
        return {name: placed(getattr(value, name), text) for name in names}
    return value


@given(texts.filter(lambda text: "\r" not in text))
@example("---\na: |\n  b\n  c\n---\n")
@example("[a\nb](c) and %% vaultkit:x %%\n\n$$\n[[no]]\n$$")
def test_line_ends_and_a_byte_order_mark_change_nothing_but_offsets(text: str) -> None:
    text = text.removeprefix("\ufeff")
    windows = text.replace("\n", "\r\n")
    twin = parse("Note.md", b"\xef\xbb\xbf" + windows.encode())
    assert placed(twin, windows) == placed(read(text), text)
    assert twin == parse("Note.md", b"\xef\xbb\xbf" + windows.encode())


@given(st.binary(max_size=300))
def test_any_bytes_make_a_note(data: bytes) -> None:
    note = parse("Note.md", data)
    assert note.path == "Note.md"
    try:
        data.decode()
    except UnicodeDecodeError:
        assert "encoding" in {problem.kind for problem in note.problems}


def test_the_labels_of_embeds_in_one_another_are_not_kept_over_and_over() -> None:
    text = "![" * 5000 + "](a)" * 5000
    note = read(text)
    assert len(note.links) == 5000
    assert sum(len(link.label or "") for link in note.links) <= 11 * len(text)
    assert [link.label for link in read("![![a](b)](c)").links] == ["![a](b)", "a"]


def test_cells_that_nobody_wrote_are_few_and_no_link_in_such_a_table_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    table = "|a" * 20 + "|\n" + "|-" * 20 + "|\n" + "|[[b]]|\n" * 20 + "\n"
    assert [section.kind for section in read(table * 9).sections] == ["table"] * 9
    monkeypatch.setattr("vaultkit.parser.rules.MISSING_CELLS", 1000)
    note = read(table * 9)
    assert [section.kind for section in note.sections] == ["table"] * 3 + ["table", "paragraph"] * 6
    assert len(note.links) == 180
    (problem,) = note.problems
    assert (problem.kind, problem.span.line) == ("limit", 3 * 23 + 3)


def test_quotes_beyond_the_limit_are_told_of_and_no_link_in_them_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaultkit.parser.rules.QUOTED_LINES", 20)
    note = read("> [[a]]\n" * 15 + "\n" + "> > [[b]]\n" * 15)
    assert len(note.links) == 30
    (problem,) = note.problems
    assert (problem.kind, problem.span.line) == ("limit", 17)


def test_what_parses_is_loaded_when_there_is_something_to_parse() -> None:
    code = """
import sys
from vaultkit.parser import parse
heavy = {"frontmatter", "markdown_it", "yaml"}
assert not heavy & set(sys.modules)
parse("Note.md", b"[[no frontmatter]]")
assert not heavy & set(sys.modules)
parse("Note.md", b"<div>no simple block</div>")
assert heavy & set(sys.modules) == {"markdown_it"}
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
