"""Markdown that breaks parsers: what has been seen to hang, kill or empty others, and what our own rules might do."""

from __future__ import annotations

import random

from tests.nasty_inputs import ENCODING, LIMITED, REGION, Nasty, between, deeper, halves, name_of, numbered, over

_PIECES = (
    *("[[", "![[", "[[a ", "[[a|", "[[a]", "[[a]] ", "[[a#", "[", "![", "[a](", "[a](<b", "[ a_", "![[]()", "[ (]("),
    *("[a](b", "[a](b ", '[a](b "', "[a](b 'c", "](x(", "](((", "[a]((", "[]", "[a][b]", "[a]: (", "]", "]]", "]]("),
    *("[a](\\", "[[\\|", "![](", "[^", "[^a", "[^a]", "^[a ", "^", "a ^", "$", "$ ", "$a", "$a ", "$a$1", "$$", "$$ "),
    *("$$a", "$\\", "$$\\", "%", "%%", "%% ", "%%a", "%%a%%", "<", "<a ", "<a b", "<a b=", '<a b="', "<a b='", "<a:"),
    *("<a/", "</a", "<a b=c ", "<!-", "a <!-- -", "--> <!--", "`a``b ", "a`", "\\", "\\`", "\\["),
    *("*a ", "**a ", "x*_", "_", "*#a ", "***#a", "==#a", "~~#a", "__#a__", "#", "#a", "#a ", "#a/", "#_", "#a *"),
    *("?c_", "&amp;", "&#", "http://a.", "a::", "a:: b ", "[a:: b] ", "(a:: b) ", "[a:: ", "(a:: ", "[a::[", "(a::("),
    *("[a", "(a", "a:", "📅", "📅 2026-01-01 ", "⏫", "🔁 every ", "{{", "{% ", "|", "\\|", ":", "::", "a", " ", "\t"),
    *("é", "😀", "\0", "\x0b", "\x0c", "\x85", "\xa0", "\u200b", "\u2028", "\ufeff", "\ufffd", "a\u0300", "\u202e"),
    *("\U000e0041", "\x1f", "\x7f", "*", "=", "a~", "+", "-", "1", "1.", ">", "(", ")", '"', "'", "@", "/", "&", ";"),
)
_LINES = (
    *(
        "",
        " ",
        "\t",
        "a",
        "a  ",
        "a\\",
        "- a",
        "- ",
        "-",
        "-\t",
        "+ a\n",
        "1. a",
        "1) a\n",
        "- [ ] a",
        "- [x]",
        "- [ ] ",
    ),
    *(
        "- [ ] a ^b",
        "- [ ] a 📅 2026-01-01 #t",
        "- a\n\n",
        "- a\n\n  b\n",
        "- a\n+ b",
        "- a\n  - b",
        "* a\n1. b",
        "-  -",
    ),
    *(
        "> a",
        ">",
        "> - a",
        "- > a",
        "> a\n",
        "> > a",
        "> a\n- b",
        "> [!note]",
        "> [!note]- a\n> b\n",
        "a\n> b\n",
        ">\ta",
        ">#\na",
    ),
    *(
        "# a",
        "#",
        "###### [[a]]",
        "# #",
        "a\n-",
        "a\n===",
        "a\n=",
        "-\n=",
        "***",
        "---",
        "- - -",
        "* * *",
        "_ _ _",
        "> #",
    ),
    *(
        "| a",
        "|",
        "| a |\n|---|",
        "| a |\n|---|\n| b |\n",
        "a|b\n-|-",
        "|-|",
        "|\n|-",
        "a\n|",
        "| \\| |\n|-|",
        "|a|\n|:-:|",
    ),
    *("[a]: b", "[a]:", "[a]: b 'c", "[a]: <", "[^a]: b", "[^a]:", "[^a]: [^a]: b", "[^a]:\n    b\n", "    [^a]: b"),
    *(
        "    a",
        "\ta",
        "    a\n",
        "a\n    b",
        "~~~a\n~~~",
        "```\n```",
        "``` `",
        "- ```\n  a\n  ```",
        "> ```",
        "> ```\n> a",
    ),
    *("<div>\n", "<a>\n", "<!-- a -->", "<!-- a -->\n", "<?a?>", "<pre></pre>", "a\n<div>\n", "<script></script>"),
    *("%% a %%", "%% a", "a %%", "%%\n%%", "a\n%% b %%", "- %% a", "- %% a\n", "> %%\n", "> %%", "- a\n\n  %%\n", "%"),
    *("$$ a $$", "a\n$$ b $$", "$$ a", "$$\n$$", "> $$ a\n", "- $$ a\n", "> $$", "- a\n\n  $$\n", "$"),
    *("%% vaultkit:index %%", "%% vaultkit: %%", "%% vaultkit:a %%\n%% /vaultkit %%"),
    *("a:: b", "a:: [[b]]", "[[a]]:: b", "- a:: b", "**a**:: b", "^a", "a ^a", "- a ^a", "\\", "[[a]]", "#a", "a [[b"),
    *("---\na: b\n---", "+++", "...", "\u2028", "\x85", "\x0c", "\0", "a\r", "\ra", "\r", "- [[a]]\r", "\x1c"),
)
_ENDLESS = (
    *("<!--", "<!---", "<![CDATA[", "<?", "<!A", "<script>", "<style>", "<pre>", "```", "~~~", "````\n```", "```a\n"),
)
"""What opens a block that reaches to the end of the note, with the link in it."""


def ticks(size: int) -> str:
    """Runs of backticks, each longer than the one before: none closes another."""
    runs: list[str] = []
    length = 0
    while length < size:
        runs.append("e" + "`" * (len(runs) + 1))
        length += len(runs[-1])
    return "".join(runs)


def anything(size: int) -> str:
    """Any marks at all, the same ones each time."""
    dice = random.Random(size)  # noqa: S311 - nothing secret
    marks = [
        *"[]()!#^|`*_$%~=\\:-+&\"'@{}\n \t>",
        "[[",
        "]]",
        "](",
        "%%",
        "$$",
        "::",
        "\n\n",
        "\n- [ ] ",
        "\n> ",
        "é",
        "x",
    ]
    return "".join(dice.choices(marks, k=size // 2))


def references(size: int) -> str:
    """One long definition and many uses of it: rendered, it has the size squared."""
    return "[a]: /" + "b" * (size // 2) + "\n\n" + "[a] " * (size // 8)


def wide_table(size: int, rows: str = "|b|\n") -> str:
    """A header and a rule that are each as wide as a third of the size, and short rows."""
    return "|" + "a|" * (size // 6) + "\n|" + "-|" * (size // 6) + "\n" + rows * (size // 3 // len(rows))


def square_table(size: int) -> str:
    """As many rows as columns."""
    columns = int((size / 2) ** 0.5) + 1
    return "|a" * columns + "|\n" + "|-" * columns + "|\n" + ("|b" * columns + "|\n") * columns


def late(opening: str, tail: str) -> Nasty:
    """Openings that are closed once, at the very end."""
    return Nasty(between("", opening, tail))


MARKDOWN = {
    "prose": Nasty(over("The quick brown fox, see [[Plan]] and #tag, jumps over `code` and **so on**.\n")),
    **{name_of(piece): Nasty(over(piece), None, swift=True) for piece in _PIECES},
    **{f"lines of {name_of(piece)}": Nasty(over(f"{piece}\n"), None) for piece in _LINES},
    **{f"open {name_of(piece)}": Nasty(over(piece), follows=False) for piece in _ENDLESS},
    "open `": Nasty(over("`"), follows=False),
    "open ~": Nasty(over("~"), follows=False),
    **{f"{name_of(piece)} over links": Nasty(between(f"{piece}\n", "[[a]]\n"), follows=False) for piece in _ENDLESS},
    "%% over tasks": Nasty(between("%%\n", "- [ ] [[a]]\n\n")),
    "$$ over links": Nasty(between("$$\n", "[[a]]\n")),
    "list with %% over lines": Nasty(between("- a\n\n  %% b\n", "  c\n\n")),
    "footnotes with %%": Nasty(over("[^a]: %% b\n\n")),
    "fences of growing length": Nasty(deeper("~", "~~~\n"), None),
    "backticks of growing length": Nasty(ticks),
    "[[ and ]] by halves": Nasty(halves("[[a", "]]")),
    "[ and ] by halves": Nasty(halves("[", "]")),
    "[ and ](b) by halves": Nasty(halves("[", "](b)")),
    "![ and ](b) by halves": Nasty(halves("![", "](b)")),
    "[a]( then ( and ) by halves": Nasty(lambda size: "[a](" + halves("(", ")")(size)),
    "*a **a and a** a* by halves": Nasty(halves("*a **a ", "a** a* ")),
    "<a and > by halves": Nasty(halves("<a ", ">")),
    '[a](b " closed late': late('[a](b "', '")'),
    "[a](b (c closed late": late("[a](b (c", "c)"),
    "[a](< closed late": late("[a](<", "c>)"),
    '<a b=" closed late': late('<a b="', '">'),
    "<a b=' closed late": late("<a b='", "'>"),
    "$a closed late": late("$a ", "b$"),
    "$$a closed late": late("$$a$ ", "$$"),
    "%% closed late": late("%% ", "%%"),
    "<!-- closed late": late("a <!-- ", "-->"),
    "(a:: closed late": late("(a:: ", ")"),
    "[a:: closed late": late("[a:: ", "]"),
    "*#a closed late": late("*#a ", "*"),
    "[a](b and spaces": Nasty(between("[a](b", " ")),
    "[a](b and lines": Nasty(between("[a](b", " \n\tc\n")),
    "[[ and spaces": Nasty(between("[[", " ", "]]")),
    "key and spaces": Nasty(between("key", " ", ":: value")),
    "value and spaces": Nasty(between("key:: value", " ", "x")),
    "task and spaces": Nasty(between("- [ ] a", " ", "b 📅 2026-01-01")),
    "task of marks": Nasty(between("- [ ] a ", "📅 2026-01-01 ", "")),
    "task of tags": Nasty(between("- [ ] a ", "#b ", "")),
    "task of fields": Nasty(between("- [ ] a ", "[due:: 2026-01-01] ", "")),
    "task of recurrences": Nasty(between("- [ ] a ", "🔁 every day ", "")),
    "task of ids": Nasty(between("- [ ] a ⛔ ", "abc,", "")),
    "<a and attributes": Nasty(between("<a", " b", "\n")),
    "percents": Nasty(between("[a](", "%41", ")")),
    "percents that are no UTF-8": Nasty(between("[a](", "%e9", "%)")),
    "escapes in a target": Nasty(between("[a](", "\\(", ")")),
    "one link": Nasty(between("[[", "a", "]]")),
    "one link of #": Nasty(between("[[a", "#b", "]]")),
    "one tag": Nasty(between("#", "a/")),
    "one block id": Nasty(between("a ^", "b")),
    "one heading": Nasty(between("# ", "[[a]] #b ")),
    "one heading of #": Nasty(between("# a ", "#")),
    "one field": Nasty(between("key:: ", "[[a]], ")),
    "one line of > ": Nasty(between("", "> ", "[[a]]"), LIMITED),
    "one line of >": Nasty(between("", ">", "[[a]]"), LIMITED),
    "one line of - ": Nasty(between("", "- ", "[[a]]"), LIMITED),
    "one line of - and tabs": Nasty(between("", "-\t", "[[a]]"), LIMITED),
    "one line of 1. ": Nasty(between("", "1. ", "[[a]]"), LIMITED),
    "one line of > - ": Nasty(between("", "> - ", "[[a]]"), LIMITED),
    "one line of - > 1. ": Nasty(between("", "- > 1. ", "[[a]]"), LIMITED),
    "one line of [^a]: ": Nasty(between("", "[^a]: ", "[[a]]"), LIMITED),
    "quotes 90 deep": Nasty(over("> " * 90 + "[[a]]\n")),
    "quotes 150 deep": Nasty(over("> " * 150 + "[[a]]\n"), LIMITED),
    "quotes 150 deep, apart": Nasty(over("> " * 150 + "[[a]]\n\n"), LIMITED),
    "lists 40 deep": Nasty(over("- " * 40 + "[[a]]\n")),
    "lists 80 deep": Nasty(over("- " * 80 + "[[a]]\n"), LIMITED),
    "quotes growing by line": Nasty(deeper("> ", "[[a]]\n"), None),
    "> growing by line": Nasty(deeper(">", "a\n"), None),
    "quotes growing, apart": Nasty(deeper("> ", "[[a]]\n\n"), None),
    "lists growing by line": Nasty(deeper("  ", "- [ ] [[a]]\n"), None),
    "lists growing by tabs": Nasty(deeper("\t", "- [[a]]\n"), None),
    "lists growing, apart": Nasty(deeper("  ", "- [ ] [[a]]\n\n"), None),
    "numbered lists growing by line": Nasty(deeper("   ", "1. [[a]]\n"), None),
    "footnotes growing by line": Nasty(deeper("    ", "[^a]: b\n\n"), None),
    "quotes that come and go": Nasty(over("> > > a\n> b\nc\n\n")),
    "quotes and lists in turn": Nasty(over("> - a\n>\n> - b\n\n- > c\n  > d\n")),
    "deep list over lines": Nasty(between("- " * 45 + "a\n", "b\n")),
    "deep list over blank lines": Nasty(between("- " * 45 + "a\n", "\n")),
    "deep list over indented lines": Nasty(between("- " * 45 + "a\n", "  " * 45 + "b\n\n")),
    "deep quote over lines": Nasty(between("> " * 90 + "a\n", "b\n")),
    "deep quote over code": Nasty(between("> " * 90 + "a\n", "    b\n")),
    "deep list of %%": Nasty(over("- " * 45 + "%% a\n\n")),
    "deep list of $$": Nasty(over("- " * 45 + "$$ a\n\n")),
    "deep quote of ```": Nasty(over("> " * 90 + "```\n")),
    "deep quote of tables": Nasty(over("> " * 90 + "|a|\n" + "> " * 90 + "|-|\n")),
    "flat list of tasks": Nasty(numbered("- [ ] do {n} [[a{n}]] ^b{n}\n")),
    "list with code": Nasty(over("- a\n\n      code\n\n")),
    "task over a long text": Nasty(between("- [ ] a\n", "  b\n")),
    "tasks, each in the one before": Nasty(over("- [ ] a\n  - [ ] b\n    - [ ] c\n")),
    "numbered links": Nasty(numbered("[[{n}]]\n")),
    "numbered tags": Nasty(numbered("#a{n} ")),
    "numbered block ids": Nasty(numbered("^a{n}\n\n")),
    "numbered headings": Nasty(numbered("# {n}\n")),
    "numbered footnotes": Nasty(numbered("[^{n}]: a [^{n}]\n\n")),
    "numbered fields": Nasty(numbered("a{n}:: b\n\n")),
    "numbered regions": Nasty(numbered("%% vaultkit:r{n} %%\n\n%% /vaultkit 00000000 %%\n\n")),
    "numbered openings of regions": Nasty(numbered("%% vaultkit:r{n} %%\n\n")),
    "numbered closings of regions": Nasty(over("%% /vaultkit 00000000 %%\n\n"), REGION),
    "a closing under numbered openings": Nasty(numbered("%% vaultkit:r{n} %%\n\n", "", "%% /vaultkit %%\n"), REGION),
    "closings under two openings": Nasty(over("%% vaultkit:a %%\n\n%% vaultkit:b %%\n\n%% /vaultkit %%\n\n"), REGION),
    "a reference and its uses": Nasty(references),
    "a long setext heading": Nasty(between("", "a\n", "===\n")),
    "headers of tables": Nasty(over("a | b\n")),
    "rules of tables": Nasty(over("|---|---|\n")),
    "wide table": Nasty(wide_table),
    "wide table of empty rows": Nasty(lambda size: wide_table(size, "|\n")),
    "wide rule alone": Nasty(between("a\n", "|-", "|\n")),
    "tables of missing cells": Nasty(over("|a" * 256 + "|\n" + "|-" * 256 + "|\n" + "|\n" * 256 + "\n"), LIMITED),
    "square table": Nasty(square_table),
    "long table": Nasty(between("|a|b|\n|-|-|\n", "|[[c]]|#d|\n")),
    "long table, one column": Nasty(between("|a|\n|-|\n", "||\n")),
    "long table, wide rows": Nasty(between("|a|\n|-|\n", "|" * 1000 + "\n")),
    "cell of backslashes": Nasty(between("|a|\n|-|\n|", "\\", "|\n")),
    "cell of escaped pipes": Nasty(between("|a|\n|-|\n|", "\\|", "|\n"), LIMITED),
    "table in a quote": Nasty(between("> |a|\n> |-|\n", "> |[[c]]|\n")),
    "one HTML block": Nasty(between("<div>\n", "[[a]]\n")),
    "one line": Nasty(over("words and ")),
    "one line of marks": Nasty(over("*[`#$%<!>-\\|^]( ")),
    "anything at all": Nasty(anything, None),
    "CRLF": Nasty(over("- [ ] a [[b]] #c ^d\r\n")),
    "CR": Nasty(over("# a\r[[b]]\r\r")),
    "mixed line ends": Nasty(over("a\nb\r\nc\rd\n\r")),
    "NUL in links": Nasty(over("[[a\0b]] #c\0d\n")),
    "byte order marks": Nasty(over("\ufeff---\na: b\n---\n"), None),
    "lone surrogates": Nasty(lambda size: b"\xed\xa0\x80" * (size // 3), ENCODING),
    "no UTF-8": Nasty(lambda size: b"\xff\xfe[[a]] " * (size // 8), ENCODING),
    "UTF-16": Nasty(lambda size: ("[[a]] " * (size // 12)).encode("utf-16"), ENCODING),
    "cut in a character": Nasty(lambda size: "é".encode() * (size // 2) + b"\xc3", ENCODING),
    "all bytes": Nasty(lambda size: bytes(range(256)) * (size // 256), ENCODING),
}
