"""Texts that are rich in the marks with which blocks begin and end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.nasty_inputs import between, deeper, over

if TYPE_CHECKING:
    from collections.abc import Callable

_OPENINGS = (
    *("- ", "* ", "+ ", "-", "*", "1. ", "1) ", "2. ", "12) ", "1.", "- [ ] ", "> ", ">", ">\t", "-\t", "1.\t", "# "),
    *("[^1]: ", "[^1]:", "[^long]: ", "  ", "   ", "    ", "\t", " \t", "      "),
)
_BODIES = (
    *("", "a", "a", "a b", "#", "## a", "####### a", "# a #", "---", "***", "_ _ _", "- - -", "-", "--", "=", "==="),
    *("= =", "```", "````", "``` a", "``` `", "~~~", "~~~ `", "%%", "%% a", "%% a %%", "%% a %% b", "a %%", "$$"),
    *("$$ a", "$$ a $$", "$$ a $$ b", "a $$", "%% vaultkit:x %%", "%% /vaultkit 01234567 %%", "|", "a | b", "|a|"),
    *("|a|b|", "|-|", "|-|-|", "-|-", ":-", ":-:|", "- |", "|\\||", "a\\|b", "<div>", "</div>", "<a>", "<a b='c'>"),
    *("<!--", "-->", "<!-- a -->", "<?", "?>", "<!A", "<![CDATA[", "]]>", "<pre>", "</pre>", "<script", "<"),
    *("[a]: b", "[^a]", "\x0b", "\xa0", "a\x1c", "\x85a", "\u2028", "\ufeff", "\x00", "0", "1234567890. a", "\\"),
    *("a  ", "a\t", "`a`"),
)
PIECES = (*_OPENINGS, *_BODIES, *("\n",) * 40, *("\n\n",) * 8, *("    ", "\t", "  ", "> ", "- ") * 3)
LINES = st.builds(
    "{}{}".format,
    st.lists(st.sampled_from(_OPENINGS), max_size=4).map("".join),
    st.sampled_from(_BODIES),
)

EDGES = (
    # nothing, and nothing but space
    *("", " ", "\t", "\n", " \n", "\n ", "a\n   ", "a\n\t", "a\n \n\t", "    ", "    \n    a", "\n\n a"),
    "a\n\n\n\nb",
    # what versions of markdown-it strip or do not
    *("\x0ba", "a\x0c", "\x1ca\x1f", "\x85", "\xa0a\xa0", "\u2028a", "a\u3000", "\ufeffa", "a\x0b\n\x0bb", "\x00"),
    " \xa0 ",
    # tabs
    *("\ta", " \ta", "   \ta", ">\ta", ">\t\ta", " >\ta", "> \ta", ">\t- a", "-\ta\n\tb", "-\t\ta", "- \ta\n  \tb"),
    *("1.\ta\n\n\tb", "- a\n\tb", "- a\n\n\tb", "- a\n\n\t\tb", ">\t\tcode", "> -\ta\n>\tb", "-\t-\ta"),
    "[^1]:\ta\n\tb",
    # headings with a line under them
    *("a\n=", "a\n-", "a\nb\n===", "a\n  ---  ", "a\n    ---", "a\n=-", "a\n= =", "a\n==\t", "a\n===b", "=\n="),
    *("-\n=", "a\n\n===", "- a\n  ===", "- a\n===", "- a\n---", "- a\n  ---\n  b", "> a\n===", "> a\n---"),
    *("> a\n> ===", "> a\nb\n> ===", "    a\n===", "a\n***\nb\n===", "a\n> b\n===", "a\n# b\n===", "a\n1. b\n   ==="),
    *("a\n2. b\n===", "a |\n==", "%% a %%\n===", "\xa0\n==="),
    # what ends a paragraph, and what does not
    *("a\n- b", "a\n-", "a\n- ", "a\n*", "a\n1. b", "a\n2. b", "a\n1.", "a\n01. b", "a\n    - b", "a\n#b", "a\n#"),
    *("a\n####### b", "a\n```", "a\n``", "a\n``` `", "a\n<div>", "a\n<a>", "a\n<!-- b", "a\n<divx>", "a\n***"),
    *("a\n*-*", "a\n> b", "a\n    > b", "a\n%% b %%", "a\n%% b", "a\n%%\nb\n%%", "a\n$$ b $$", "a\n$$ b"),
    *("a\n$$\nb\n$$", "a\n[^1]: b", "a\n[^1]:", "a\n[^1] b", "a\n%% vaultkit:x %%\nb", " a\n %% vaultkit:x %%\nb"),
    *("a\n%% /vaultkit 01234567 %%", "- a\n%% vaultkit:x %%\n- b"),
    # lazy lines
    *("> a\nb", "> a\n    b", "> a\n    - b", "> a\n    > b", "> > a\nb\nc", "> - a\nb", "- > a\nb", "> a\n- b"),
    *("> a\n1. b", "> a\n```", "> ```\na", ">\na", "> a\n>\nb", "> # a\nb", ">     a\nb", "> a\n%% b", "> a\n$$ b"),
    *("> a\n    ---", "> a\n|b|\n|-|"),
    # a quote whose paragraph looks beyond its end
    *("> a\n> $$ b\n\nc $$", "> a\n> $$ b\n> ===\n\n$$", "> a\n> %% b\n> ===\n\n%%", "> a\n> $$ b\n> ===\n> $$"),
    *("> a\n$$ b\n===\n\n$$", "- > a\n  > $$ b\n  > ---\n\n  $$", "> $$ a\n\n$$", "> %% a\n\n%%"),
    *("- a\n  %%\n\nb %%", "- a\n  $$\n\nb $$", "- %%\n\n  a\n\n  %%"),
    # lists
    *("- a\n- b", "- a\n\n- b", "- a\n * b", "- a\n1. b", "1. a\n1) b", "- a\n - b\n  - c\n   - d\n    - e"),
    *("-\n\n  a", "-\n  a", "-    a", "-     a", "- \n\n\n a", "10. a\n   b", "1234567890. a", "- - a\n  - b"),
    *("- a\n\n\n- b\n\n  c", "-   \n- a", "+\n+", "- a\n> b\n- c", "- a\n***\n- b", "- a\n# b\n- c", "- ***"),
    *("* * *\n* a", "- - -", "- -\n-", "- a\n\n      b", "- ```\n  a\n  ```"),
    # tables
    *("|a|\n|-|", "a|b\n-|-", "a|b\n- | -", "a\n|-|", "|a|\n|-|-|", "a\n|b|\n|-|", "|a|\n|-|\n> b", "|a|\n|-|\n- b"),
    *("|a|\n|-|\n    b", "|a|\n|-|\n\n|b|", "# a |\n|-|", "# a | b\n|-|-|", "> |a|\n> |-|", "> |a|\n|-|"),
    *("- |a|\n  |-|\n  |b|", "- |a|\n|-|", "    |a|\n|-|", "|a|\n    |-|", "|a|\n\t|-|", "|a|\n|", "|a|\n:"),
    *("|a|\n|x", "|a|\n||", "|\n-", "a|\n:-", "a|b\n:-:|--:", "%% | %%\n|-|-|", "|a|\n|-|\n%% b", "1. a | b\n   -|-"),
    *("- a|b\n-|-", "|a|\n|-|\n|b|c|d\n|\\||", "<div> | a\n|-|-|", "``` |\n|-|-|\n```", "a|b\n- -|-"),
    *(
        "a|b\n--|--",
        "|a|\n|\t-|",
        "|a|\n| -|",
        "|a|\n|:-|",
        "a|b\n-:|-",
        "a|b\n-|\t-",
        "|a|\n||-|",
        "a\n:|",
        "|a|\n::-|",
    ),
    *("|a|\n: -|", "a|b\n-\t|-", "a|\n-", "a|\n--"),
    # drawn lines
    *(
        "___",
        "_ _ _",
        "a\n___",
        "__",
        "_-_",
        "___a",
        "**\t*",
        "* * *",
        "- - -\n- -",
        "a\n* * *",
        "> ___",
        "- ___",
        "   ---",
    ),
    # fences, HTML, comments, math
    *("```\na", "```\n\n```", "~~~\n```\n~~~", "````\n```\n````", "  ```\n    a\n  ```", "> ```\n> a\nb", "``` a`"),
    *("~~~ `a", "```\n```x", "<div>\na\n\nb", "<!-- a\n\nb -->c", "<a>\nb", "<a\nb>", "</a >", "<a b"),
    *("<pre>\n\n</pre>", "<?a\n\n?>", "<!a\n>", "<1>", "< div>", "- <!--\n\n  a\n-->", "> <div>\na"),
    *("<![CDATA[\n\n]]>", "<DIV>\n", "<script>a</script>b\nc", "%%", "%% a\n\nb %% c", "%%%%", "%%a%%b"),
    *("%% a\n%%\n%%", "    %% a", "$$", "$$$$", "$$ a $$ b", "$$ a\n\nb $$ c\nd", "    $$ a $$", "- $$\n  a\n  $$"),
    "- %% a\nb\n%%",
    # footnotes
    *("[^1]:", "[^1]: a", "[^1]: a\nb", "[^1]: a\n\n    b\n\nc", "[^1]:\n    a", "[^1]: - a\n      b"),
    *("[^1]: > a\n    b", "[^1]: # a", "[^1]: [^2]: a", "- [^1]: a\n\n      b", "> [^1]: a\nb"),
    *("[^1]: ```\n    a\n    ```", "[^a b]: c", "[^]: a", "[^1]:\ta\n\n\tb"),
    # deep ones
    *(">" * 99 + "a", ">" * 100 + "a\nb", ">" * 101 + "a\n>b", "> " * 120 + "a\n\nb", "> " * 99 + "- a\n- b"),
    *("- " * 49 + "a", "- " * 51 + "a\n\nb", "- " * 60 + "%% a\n" + "  " * 60 + "b", "> - " * 40 + "a"),
    "[^1]: " * 101 + "a\n\nb",
)

NASTY: dict[str, Callable[[int], str]] = {
    "quotes growing by line": deeper(">", "a\n"),
    "lists growing by line": deeper("  ", "- a\n"),
    "one line of >": over(">"),
    "one line of - ": over("- "),
    "one line of - , and a word": between("", "- ", "a"),
    "one line of 1. ": over("1. "),
    "one line of > - ": over("> - "),
    "deep items": over("- " * 30 + "a\n"),
    "deep quotes": over("> " * 30 + "a\n"),
    "deep quote over lines": between("> " * 20 + "a\n", "b\n"),
    "deep quote over dashes": between("> " * 20 + "a\n", "-b\n"),
    "headings in quotes over lines": over("># a\nb\n"),
    "rules in quotes over lines": over("> ---\nb\n"),
    "code in quotes over lines": over("> >     a\n> b\n"),
    "deep list over lines": between("- " * 45 + "a\n", "b\n"),
    "deep list over blank lines": between("- " * 45 + "a\n", "\n"),
    "flat list": over("- a\n"),
    "loose list": over("- a\n\n"),
    "empty items": over("-\n"),
    "items, each its own list": over("- a\n* b\n"),
    "tasks": over("- [ ] a\n"),
    "headings": over("# a\n"),
    "setext pairs": over("a\n-\n"),
    "a long setext heading": between("", "a\n", "===\n"),
    "a long paragraph": over("a\n"),
    "rules of stars": over("***\n"),
    "rules of dashes": over("---\n"),
    "wide table": lambda size: "|a" * (size // 4) + "\n" + "|-" * (size // 4) + "\n",
    "wide rows": between("|a|\n|-|\n", "|" * 200 + "\n"),
    "long table": between("|a|b|\n|-|-|\n", "|c|d|\n"),
    "rules of tables": over("|-|-|\n"),
    "escaped pipes": between("|a|\n|-|\n|", "\\|", "|\n"),
    "open fences": over("```a\n"),
    "fences that are none": over("``` `\n"),
    "fences in quotes": over("> ```\n\n"),
    "open comments": over("<!--\n"),
    "tags": over("<a b='c'\n"),
    "one long tag": between("<a", " b=c"),
    "%% open": over("%% a\n"),
    "%% in items": over("- %%\n  a\n\n"),
    "%% closed in a line": over("%% a %% b\n"),
    "$$ open": over("$$ a\n"),
    "$$ under quotes": over("> a\n$$ b\n"),
    "footnotes": over("[^1]: a\n"),
    "footnotes in footnotes": over("[^1]: "),
    "footnotes in items": over("- [^1]: a\n"),
    "one line": over("a"),
    "one line of spaces": between("", " ", "a"),
    "one line of tabs": between("", "\t", "a"),
    "blank lines": over("\n"),
    "lines of spaces": over("    \n"),
    "code and blank lines": over("    a\n\n"),
}
