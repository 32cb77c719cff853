"""Frontmatter that breaks YAML parsers: depth, bombs, and values that a library cannot hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.nasty_inputs import (
    BROKEN,
    ENCODING,
    LIMITED,
    NONE,
    TEMPLATE,
    Nasty,
    between,
    deeper,
    name_of,
    numbered,
    once,
    over,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GREATEST = 60_000
"""What is within the greatest frontmatter that is read: all of these are read to their end, or to their fault."""


def front(make: Callable[[int], str | bytes]) -> Callable[[int], str]:
    """A frontmatter of at most the greatest size, and under it a text that has the rest."""

    def block(size: int) -> str:
        inside = str(make(min(size, GREATEST)))
        return f"---\n{inside}\n---\n\n" + "words\n" * ((size - len(inside)) // 6)

    return block


def past_the_limit(make: Callable[[int], str]) -> Callable[[int], str]:
    """A frontmatter that is longer than any that is read."""
    return lambda size: f"---\n{make(max(size, 70_000))}\n---\n"


def bomb(within: str) -> Callable[[int], str]:
    """Nine times nine times nine ..., once each line."""

    def make(size: int) -> str:
        nine = (within.format(", ".join([f"*a{n}"] * 9)) for n in range(min(size // 60, 500)))
        return "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} {each}\n" for n, each in enumerate(nine, 1))

    return make


def growing(opening: str, end: str) -> Callable[[int], str]:
    """`deeper`, and never over the greatest size."""
    return lambda size: deeper(opening, end)(size - 2000)


_PIECES = {
    **dict.fromkeys(("[", "{", "{a: ", "- ", "? ", "[a, ", "? - ", "a: [", "a: {"), LIMITED),
    **dict.fromkeys(
        ("]", "}", ": ", "a: ", "&a ", "*a ", "*a\n", "- [", "!!a ", "!<", "!a! ", "%", "%YAML 1.2\n"), BROKEN
    ),
    **dict.fromkeys(
        ("@", "`", "|", ">", "'", '"', "\\", '"\\', "a", "a\n", "a: b\n", "--- a\n", "-", "?", ":"), BROKEN
    ),
    **dict.fromkeys(("\0", "\x07", "\ufeff", "\U0010ffff", "[[a]] ", ",", "é"), BROKEN),
    "{{date}} ": TEMPLATE,
    **dict.fromkeys((" ", "\n", "#", "# a\n", " \n", "\r", "\r\n", "!", "\x85", "\u2028"), NONE),
    **dict.fromkeys(("...\n", "\t", "{}\n", "[]\n", "'' ", "--- \n", "!a\n", "&a\n", "a:\n  ", "-\n", "?\n", ":\n")),
}


def _values() -> Iterator[tuple[str, Nasty]]:
    """What one property may hold."""
    within = {
        "[": between("", "["),
        "[ and ] by halves": lambda size: "[" * (size // 2) + "]" * (size // 2),
        "{a: ": between("", "{a: "),
        "&a [*a]": once("&a [*a]"),
        "many anchors": lambda size: "[" + ", ".join(f"&a{n} x" for n in range(size // 11)) + "]",
        "aliases": lambda size: "&a x\nb: [" + "*a, " * (min(size, 39_000) // 4) + "*a]",
        "aliases past the limit": once("&a x\nb: [" + "*a, " * 10_001 + "]"),
        "59:59": between("1", ":59"),
        "9": between("", "9"),
        "-9": between("-", "9"),
        "0xf": between("0x", "f"),
        "0o7": between("0o", "7"),
        "0.9": between("0.", "9"),
        "1e9": between("1e", "9"),
        "9.e": between("", "9", ".e+"),
        "underscores": between("1", "_0"),
        "a long block": between("|\n", "  words\n"),
        "a long folded block": between(">\n", "  words\n"),
        "a block of blank lines": between("|\n", "\n", "  b"),
        "a long text over lines": between("\n", "  words\n"),
        "single quotes": between("'", "''", "'"),
        "escapes": between('"', "\\u00e9", '"'),
        "blank lines in quotes": between("'", "\n", "b'"),
        "[[": between("'", "[[", "'"),
        "[a](": between("'", "[a](", "'"),
        "[a](b( in quotes": between("'[a](b", "(", "'"),
        "![": between("'", "![", "'"),
        "[\\]": between("'[", "\\]", "'"),
        "links": between("[", '"[[b]]", ', "]"),
        "links by alias": lambda size: "&a '[[b]]'\nb: [" + "*a, " * (min(size, 39_000) // 4) + "*a]",
        "tagged values": between("[", "!!int '3', !a b, ", "]"),
        "comments": between("x\n", "# a\n"),
        "spaces": between("x", " "),
        "tabs": between("x", "\t"),
        "pairs without braces": between("[", "a: b, ", "]"),
    }
    kinds = {
        **dict.fromkeys(("[", "[ and ] by halves", "{a: ", "aliases past the limit"), LIMITED),
        "&a [*a]": BROKEN,
    }
    for name, make in within.items():
        yield f"value: {name}", Nasty(front(_value(make)), kinds.get(name, NONE))


def _value(make: Callable[[int], str | bytes]) -> Callable[[int], str]:
    return lambda size: "a: " + str(make(size - 3))


FRONTMATTER = {
    **{f"frontmatter of {name_of(piece)}": Nasty(front(over(piece)), kinds) for piece, kinds in _PIECES.items()},
    **dict(_values()),
    "many keys": Nasty(front(numbered("key{n}: value\n"))),
    "many links": Nasty(front(numbered('key{n}: "[[a{n}]]"\n'))),
    "one list of links": Nasty(front(numbered('  - "[[a{n}]]"\n', "a:\n"))),
    "many tags": Nasty(front(numbered("  - '#a{n}'\n", "tags:\n"))),
    "one tag of #": Nasty(front(between("tags: ['", "#", "']"))),
    "a key twice, late": Nasty(front(numbered("key{n}: value\n", "", "key5: value\n")), BROKEN),
    "digits as a key": Nasty(front(once("9" * 1000 + ": a"))),
    "the longest key": Nasty(front(once("k" * 1000 + ": a"))),
    "a key too long for YAML": Nasty(front(once("k" * 1100 + ": a")), BROKEN),
    "keys of maps": Nasty(front(between("", "{a: ", "b" + "}: c" * 20)), LIMITED),
    "keys one deeper each line": Nasty(front(growing(" ", "a:\n")), LIMITED),
    "items one deeper each line": Nasty(front(growing(" ", "-\n")), LIMITED),
    "a bomb of aliases": Nasty(front(bomb("[{}]")), LIMITED),
    "a bomb of keys": Nasty(front(bomb("{{? [{}] : x}}")), LIMITED),
    "a bomb of keys of maps": Nasty(front(bomb("{{? {{? [{}]}} : x}}")), LIMITED),
    "a long name over a list": Nasty(front(between("? " + "k" * 2000 + "\n: [", "a,", "]")), LIMITED),
    "a long value by alias": Nasty(
        front(lambda size: "a: &a " + "x" * (size // 2) + "\nb: [" + "*a ," * (size // 9) + "x]"), LIMITED
    ),
    "a bomb of merges": Nasty(front(bomb("{{<<: [{}]}}")), LIMITED),
    "past the limit, many keys": Nasty(past_the_limit(numbered("key{n}: value\n")), LIMITED),
    "past the limit, [": Nasty(past_the_limit(over("[")), LIMITED),
    "past the limit, - ": Nasty(past_the_limit(over("- ")), LIMITED),
    "past the limit, {a: ": Nasty(past_the_limit(over("{a: ")), LIMITED),
    "past the limit, ? ": Nasty(past_the_limit(over("? ")), LIMITED),
    "never closed": Nasty(between("---\n", "a: b\n")),
    "never closed, --- a": Nasty(between("---\n", "--- a\n")),
    "never closed, --- and spaces": Nasty(between("---\n", "---" + " " * 50 + "x\n")),
    "never closed, blank lines": Nasty(between("---\n", "\n", "x")),
    "a template": Nasty(once("---\n{{date}}\n---\n")),
    "dates that are none": Nasty(once("---\na: 2024-13-45\nb: 0000-01-01\nc: 2024-01-01T25:00:00+99:99\n---\n")),
    "tags of other schemas": Nasty(
        once('---\na: !!timestamp foo\nb: !!int ""\nc: !!bool foo\nd: !!python/object/apply:os.abort []\n---\n')
    ),
    "anchors twice": Nasty(once("---\na: &x 1\nb: &x 2\nc: *x\n---\n")),
    "keys of all kinds": Nasty(
        once("---\n1: a\ntrue: b\n~: c\n[x]: d\n{y: z}: e\n? [f]\n: g\n2024-01-01: h\ncontent: i\nself: k\n---\n")
    ),
    "surrogates in the frontmatter": Nasty(
        lambda size: b"---\na: " + b"\xed\xa0\x80" * (min(size, GREATEST) // 3) + b"\n---\n", ENCODING
    ),
    "all characters": Nasty(
        front(once("a: '" + "".join(map(chr, {*range(0x300), 0x2028, 0xFEFF, 0xFFFE} - {0x0A, 0x0D, 0x27})) + "'"))
    ),
    "escaped characters": Nasty(once('---\na: "\\0\\x07\\u2028\\U0010ffff"\n---\n')),
}
