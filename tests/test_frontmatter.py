"""Properties as Obsidian's own YAML has them, the links and tags in them, and broken frontmatter at its exact place."""

from __future__ import annotations

import math
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.language import say
from vaultkit.model import Note, Span
from vaultkit.parser import parse


def read(block: str) -> Note:
    return parse("Note.md", f"---\n{block}\n---\nbody [[Plan]]\n".encode())


def value(block: str) -> object:
    note = read(block)
    assert note.problems == ()
    return {item.name: item.value for item in note.properties}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("False", False),
        ("", None),
        ("~", None),
        ("null", None),
        ("2024-07-21", "2024-07-21"),
        ("2024-07-21T12:37:00", "2024-07-21T12:37:00"),
        ("2024-13-45", "2024-13-45"),
        ("12:30", "12:30"),
        ("1:30:00", "1:30:00"),
        ("010", 10),
        ("0o10", 8),
        ("00123", 123),
        ("0777", 777),
        ("0x1F", 31),
        ("0b11", "0b11"),
        ("1.5e-3", 0.0015),
        ("-.Inf", -math.inf),
        ("9007199254740993", 9007199254740993),
        ("12345678901234567890", 12345678901234567890.0),
        ("0x" + "f" * 5000, math.inf),
        ("0x" + "f" * 280, math.inf),
        ("0x" + "e" * 256, float(int("e" * 256, 16))),
        ("1:59:59", "1:59:59"),
        ("0000-01-01", "0000-01-01"),
        ("2024-01-01T25:00:00+99:99", "2024-01-01T25:00:00+99:99"),
        ("NO", "NO"),
        ("Off", "Off"),
        ("tRUE", "tRUE"),
        ("nUll", "nUll"),
        ("=", "="),
        ("~/notes", "~/notes"),
        ("C:\\notes", "C:\\notes"),
        ("https://example.org:80/a#b", "https://example.org:80/a#b"),
        ("--- b", "--- b"),
        ("!!bool foo", "foo"),
        ("!!python/object:os.system b", "b"),
        ("!!timestamp foo", "foo"),
        ("! 12", "12"),
        ("'a\x00b\x07c\ufeff\ufffe'", "a\x00b\x07c\ufeff\ufffe"),
        ("a\n  b\n\n  c", "a b\nc"),
        (">+\n  a\n", "a\n\n"),
        ('"a\\\n  b"', "ab"),
        ("a\t", "a"),
        ("1\n\t\n \t ", 1),
        ("1_000", "1_000"),
        ("1e3", 1000),
        ("-2.50", -2.5),
        (".5", 0.5),
        ("1.0", 1),
        ("+12", 12),
        ("1.2.3", "1.2.3"),
        (".inf", math.inf),
        ("9" * 5000, math.inf),
        ("'12'", "12"),
        ('"a\\u00e9\\n"', "aé\n"),
        ("!custom x", "x"),
        ("!!str 12", "12"),
        ("!!int '3'", 3),
        ("!!timestamp 2024-01-01", "2024-01-01"),
        ("|\n  a\n  b", "a\nb\n"),
        (">-\n  a\n  b", "a b"),
        ("[a, 1, [b]]", ("a", 1, ("b",))),
        ("[[Plan]]", (("Plan",),)),
        ("{b: {c: d}}", {"b": {"c": "d"}}),
        ("&x one", "one"),
        ("a # a comment", "a"),
        ("'a\u2028b\x85c'", "a\u2028b\x85c"),
        ("{{date}}", {"{ date }": None}),
    ],
)
def test_a_value_is_what_yaml_1_2_makes_of_it(written: str, expected: object) -> None:
    assert value(f"a: {written}") == {"a": expected}


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("1: x\ntrue: y\n~: z", {"1": "x", "true": "y", "": "z"}),
        ("<<: {a: 1}\nb: 2", {"<<": {"a": 1}, "b": 2}),
        ("a: &x {b: 1}\nc:\n  <<: *x\n  b: 2", {"a": {"b": 1}, "c": {"<<": {"b": 1}, "b": 2}}),
        ("a: &x 1\nb: &x 2\nc: *x", {"a": 1, "b": 2, "c": 2}),
        ("1.0: a\n.inf: b\n-.inf: c\n.nan: d", {"1": "a", "Infinity": "b", "-Infinity": "c", "NaN": "d"}),
        ("[a, [b]]: c\n[]: d\n{}: e\n{a: b}: f", {"[ a, [ b ] ]": "c", "[]": "d", "{}": "e", "{ a: b }": "f"}),
        ("2024-01-01: a\n? b\n: c", {"2024-01-01": "a", "b": "c"}),
        ('{\n  "a": 1,\n  "b": ["c", {"d": null}]\n}', {"a": 1, "b": ("c", {"d": None})}),
        ("a: 1\n\t\nb: 2\n \t\n", {"a": 1, "b": 2}),
        ("a: 1\n...\n", {"a": 1}),
        ("~", {}),
        ("{{title}}", {"{ title }": None}),
        ('{"tags": "j", "n": 1}', {"tags": "j", "n": 1}),
        ("a: &x [1, 2]\nb: *x", {"a": (1, 2), "b": (1, 2)}),
        ("content: a\nhandler: b\nself: c", {"content": "a", "handler": "b", "self": "c"}),
        ("# only a comment", {}),
        ("", {}),
        ("a:\n- b\n- c: d", {"a": ("b", {"c": "d"})}),
        ("  a: 1\n  b: 2", {"a": 1, "b": 2}),
    ],
)
def test_a_key_is_a_string_and_a_merge_is_a_key(block: str, expected: object) -> None:
    assert value(block) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("---\na: 1\n---", ["a"]),
        ("---\na: 1\n---  \t\n", ["a"]),
        ("---\r\na: 1\r\n---\r\nbody", ["a"]),
        ("\ufeff---\na: 1\n---\n", ["a"]),
        ("---\n---\n", []),
        ("\n---\na: 1\n---\n", None),
        (" ---\na: 1\n---\n", None),
        ("----\na: 1\n----\n", None),
        ("--- \na: 1\n---\n", None),
        ("---\na: 1\n", None),
        ("---", None),
        ("---\na: 1\n--- b\n", None),
        ("+++\na = 1\n+++\n", None),
        ("{\n", None),
    ],
)
def test_the_block_is_at_the_very_top_between_two_fences(text: str, names: list[str] | None) -> None:
    note = parse("Note.md", text.encode())
    assert [section.kind for section in note.sections].count("yaml") == (names is not None)
    assert [item.name for item in note.properties] == (names or [])
    assert note.problems == ()


def test_every_place_is_exact() -> None:
    text = dedent("""\
        ---
        due: 2024-07-21  # soon
        "owner":  'Ann'
        list:
          - a
          - "b"

        empty:
        long: |
          one
          two

        map: {a: b}
        ---
        """)
    note = parse("Note.md", text.encode())
    spans = {item.name: (item.span, item.value_span) for item in note.properties}
    cut = {name: tuple(text[span.start : span.end] for span in both) for name, both in spans.items()}
    assert cut == {
        "due": ("due: 2024-07-21", "2024-07-21"),
        "owner": ("\"owner\":  'Ann'", "'Ann'"),
        "list": ('list:\n  - a\n  - "b"', '- a\n  - "b"'),
        "empty": ("empty:", ""),
        "long": ("long: |\n  one\n  two", "|\n  one\n  two"),
        "map": ("map: {a: b}", "{a: b}"),
    }
    assert spans["owner"] == (Span(28, 43, 3, 1), Span(38, 43, 3, 11))
    assert text[note.sections[0].span.start : note.sections[0].span.end] == text.rstrip("\n")


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ('a: "[[Plan]]"', [("a", "Plan", "", None, "[[Plan]]")]),
        ('a: "[[Plan#Goals|us]]"', [("a", "Plan", "Goals", "us", "[[Plan#Goals|us]]")]),
        ("a: '[[#Goals]]'", [("a", "", "Goals", None, "[[#Goals]]")]),
        (
            'a: ["[[x]]", word, "[[y]]"]',
            [("a.0", "x", "", None, "[[x]]"), ("a.2", "y", "", None, "[[y]]")],
        ),
        ('a: {b: ["[[x]]"]}', [("a.b.0", "x", "", None, "[[x]]")]),
        ('a: "[us](our%20plan.md)"', [("a", "our plan.md", "", "us", "[us](our%20plan.md)")]),
        ("a: >-\n  [[Plan]]", [("a", "Plan", "", None, "[[Plan]]")]),
        ('a: "[[caf\\u00e9]]"', [("a", "café", "", None, '"[[caf\\u00e9]]"')]),
        ("a: '[[it''s]]'", [("a", "it's", "", None, "'[[it''s]]'")]),
        ('a: &p "[[x]]"\nb: *p', [("a", "x", "", None, "[[x]]"), ("b", "x", "", None, "*p")]),
        ('a: "see [[x]]"', []),
        ("a: [[x]]", []),
        ('a: "[[x]] [[y]]"', []),
        ('a: "[us](https://example.org)"', []),
        ('"[[x]]": a', []),
    ],
)
def test_a_property_links_where_its_whole_value_is_a_link(block: str, expected: list[tuple[object, ...]]) -> None:
    text = f"---\n{block}\n---\n"
    found = parse("Note.md", text.encode()).links
    cut = [text[link.span.start : link.span.end] for link in found]
    assert [(x.property, x.target, x.anchor, x.label, y) for x, y in zip(found, cut, strict=True)] == expected


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("tags: [a, b/c]", ["a", "b/c"]),
        ("tags:\n  - a\n  - '#b'", ["a", "b"]),
        ("tags: a", ["a"]),
        ("Tags: [a]", ["a"]),
        ("TAGS: '#a'", ["a"]),
        ("tags: a, b", []),
        ('tags: ["a b", " c "]', ["c"]),
        ("tags: [work, 42, true, null]", ["work"]),
        ("tags:", []),
        ("tags: []", []),
        ("tags: ['#', '']", []),
        ("tags: {a: b}", []),
        ("tags: [[a]]", []),
        ("tag: a\nTAG: b", []),
        ("other: '#a'", []),
    ],
)
def test_tags_of_the_frontmatter(block: str, expected: list[str]) -> None:
    text = f"---\n{block}\n---\n#inline\n"
    note = parse("Note.md", text.encode())
    assert [tag.name for tag in note.tags] == [*expected, "inline"]
    assert [text[tag.span.start : tag.span.end].removeprefix("#") for tag in note.tags] == [*expected, "inline"]
    assert all(tag.property.lower() == "tags" for tag in note.tags[:-1])


@pytest.mark.parametrize(
    ("block", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3", 4, 1),
        ("a: {b: 1, b: 2}", 2, 11),
        ("title: a: b", 2, 9),
        ("a: @b", 2, 4),
        ("a: `b`", 2, 4),
        ("a: %b", 2, 4),
        ("a:\n\t- b", 3, 1),
        ("a: 1\nb: [x, y\nc: 2", 3, 4),
        ("a: {b: 1", 2, 4),
        ('a: 1\nb: "x', 3, 4),
        ("a: x\n- b", 3, 1),
        ("- a\nb: c", 3, 1),
        ("a: 1\nb", 3, 2),
        ('a: "\\q"', 2, 5),
        ("a: *b", 2, 4),
        ("a: &b [*b]", 2, 8),
        ('a: "b" c', 2, 8),
        ("a: 1\n...\nb: 2", 4, 1),
        ("tags: [#foo, b]", 2, 8),
        ("a: 1\ntags:\n  [\n  a, #b]\n", 5, 6),
        ("a: {{date}} b", 2, 13),
        ("a: [b]]", 2, 7),
        ("a: - b", 2, 4),
        ("a:\n  - b\n c: d", 4, 2),
        ("a: b\n  c: d", 3, 4),
        ("a: it's: b", 2, 8),
        ('{\n  "a": 1,\n  "a": 2\n}', 4, 3),
        ("a: 1\n\n# c\n\n'a': 3", 6, 1),
        ("? [a]\n: b\n? [a]\n: c", 4, 3),
        ("a: !!", 2, 6),
        ("a: é\u2028🎯 @\nb: @", 3, 4),
        ("just words", 2, 1),
        ("[a, b]", 2, 1),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["bare", "BOM"])
def test_broken_frontmatter_is_reported_where_it_is_broken_and_the_body_is_still_read(
    block: str, line: int, column: int, end: str, mark: str
) -> None:
    text = f"---\n{block}\n---\nbody [[Plan]]\n".replace("\n", end)
    note = parse("Note.md", (mark + text).encode())
    (problem,) = note.problems
    assert (problem.span.line, problem.span.column) == (line, column)
    assert problem.kind == ("template" if "{{" in block else "frontmatter")
    assert say(problem.message, "en")
    assert note.properties == ()
    assert [link.target for link in note.links] == ["Plan"]
    assert [section.kind for section in note.sections] == ["yaml", "paragraph"]


BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))


@pytest.mark.parametrize(
    "block",
    [
        "a0: &a0 b\n" + "".join(f"a{n}: &a{n} {{? [*a{n - 1}, *a{n - 1}] : b}}\n" for n in range(1, 99)),
        "a: &a " + "b" * 30_000 + "\nc: [" + "*a ," * 7_000 + "]",
        "? " + "a" * 30_000 + "\n: [" + "b, " * 9_000 + "]",
        "".join(" " * n + "a" * 999 + ":\n" for n in range(5)) + "     [b]",
        "a: " + "[" * 30_000,
        "a: " + "{a: " * 10_000,
        "- " * 20_000,
        "? " * 20_000,
        "\n".join(" " * n + "a:" for n in range(40)),
        BOMB,
        BOMB.replace("[", "{<<: [").replace("]", "]}"),
        "a: |\n" + "  words\n" * 10_000,
    ],
    ids=[
        "keys of keys",
        "a long alias",
        "a long name",
        "long names",
        "lists",
        "maps",
        "items",
        "keys",
        "indented",
        "aliases",
        "merges",
        "long",
    ],
)
def test_a_frontmatter_without_measure_is_reported_and_not_read(block: str) -> None:
    note = read(block)
    assert [problem.kind for problem in note.problems] == ["limit"]
    assert note.properties == ()
    assert [link.target for link in note.links] == ["Plan"]


def test_depth_within_the_limit_is_read() -> None:
    assert value("a: " + "[" * 31 + "]" * 31)


@given(st.text(alphabet=st.sampled_from("ab:-[]{}\"'#&*!|>%@`,?~ \n\t01.\u2028é"), max_size=80))
def test_whatever_stands_between_the_fences_the_body_is_read_and_spans_hold(block: str) -> None:
    text = f"---\n{block}\n---\nbody [[Plan]]\n"
    note = parse("Note.md", text.encode())
    assert note.links[-1].target == "Plan"
    for item in note.properties:
        assert item.span.start <= item.value_span.start <= item.value_span.end == item.span.end <= len(text)
        assert not item.name or item.value_span.end > item.span.start
