"""Markdown as people nest it, made by hypothesis, and what must be found in it wherever it stands."""

from __future__ import annotations

import re
from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Lines: TypeAlias = tuple[str, ...]


class Around(NamedTuple):
    """A quote, a list item or a footnote: its own first lines, and what stands before the lines in it."""

    head: Lines
    first: str
    others: str


class Written(NamedTuple):
    """A note, the targets of its links and the names of its tags, in the order of the text."""

    text: str
    links: list[str]
    tags: list[str]


INLINE = (
    *("words", "[[{link}]]", "![[{link}]]", "[label](<{link}>)", "![label]({link})", "[[{link}#Part]]", "#{tag}"),
    *("*#{tag}*", "`[[no]] #no`", "``[[no]] ` ``", "$[[no]]$", "<!-- [[no]] #no -->", "%% [[{link}]] #{tag} %%"),
    *("\\[[no]\\]", "<b title='[[no]]'>", "key:: [[{link}]]", "(key:: [[{link}]])", "[key:: #{tag} ]", "**bold**"),
    *("📅 2026-01-01", "~~gone~~", "https://example.org/#no", "https://example.org/[[{link}]]", "a#no", "[x]", "it's"),
    *("==[[{link}]]==", "[label](https://example.org)", "`` ` ``", "[^1]", "^[note [[{link}]]]", "&amp;", "é 🎯"),
)
VERBATIM = (
    ("```", "[[no]] #no", "", "- [ ] [[no]]", "```"),
    ("~~~~ [[no]]", "```", "[[no]]", "~~~~"),
    ("$$", "[[no]] #no", "$$"),
    ("<!--", "[[no]] #no", "", "# [[no]]", "-->"),
    ("<div>", "[[no]] #no", "</div>"),
    ("<pre>", "[[no]]", "", "[[no]]", "</pre>"),
    ("___",),
)
QUOTE = Around((), "> ", "> ")
ITEM = Around((), "- ", "  ")
AROUND = (
    QUOTE,
    ITEM,
    Around(("> [!note]- w [[{link}]]", ">"), "> ", "> "),
    Around((), "* ", "  "),
    Around((), "1. ", "   "),
    Around((), "12) ", "    "),
    Around(("- [ ] w [[{link}]] 📅 2026-01-01", ""), "  ", "  "),
    Around(("+ [x] w #{tag} ^block", ""), "  ", "  "),
    Around(("[^a]: w [[{link}]]", ""), "    ", "    "),
)

_inline = st.lists(st.sampled_from(INLINE), min_size=1, max_size=4).map(lambda pieces: " ".join(("w", *pieces)))
_cells = st.tuples(st.sampled_from(INLINE), st.sampled_from(INLINE)).map(" | ".join)
_hidden = st.lists(st.sampled_from(["[[{link}]]", "- [ ] [[{link}]]", "# #{tag}", ""]), max_size=4)
_texts: st.SearchStrategy[Lines] = st.one_of(
    st.lists(_inline, min_size=1, max_size=3).map(tuple),
    _inline.map(lambda line: (f"{line} ^block",)),
    _inline.map(lambda line: (f"## {line}",)),
    _inline.map(lambda line: (line, "===")),
    st.lists(_cells, max_size=3).map(lambda rows: ("| a | b |", "|---|---|", *(f"| {row} |" for row in rows))),
    _hidden.map(lambda lines: ("%%", *lines, "%%")),
)


def within(around: Around, lines: Sequence[str]) -> Lines:
    """The lines in a container; it begins with a word where they begin with nothing: `- - -` would be a drawn line."""
    first, *others = lines or ("",)
    return (
        *around.head,
        around.first + (first if first.strip() else "w"),
        *((around.others + line).rstrip() for line in others),
    )


def joined(blocks: Sequence[Lines]) -> Lines:
    """The blocks, a blank line after each."""
    return tuple(chain.from_iterable((*block, "") for block in blocks))[:-1]


def touching(blocks: Sequence[Lines]) -> Lines:
    """The blocks, each right under the one before: one may go on in the next, and nothing in them is lost."""
    return tuple(chain.from_iterable(blocks))


def _nested(
    leaves: st.SearchStrategy[Lines], around: Sequence[Around], join: Callable[[Sequence[Lines]], Lines]
) -> st.SearchStrategy[Lines]:
    def container(children: st.SearchStrategy[Lines]) -> st.SearchStrategy[Lines]:
        return st.builds(within, st.sampled_from(around), st.lists(children, min_size=1, max_size=3).map(join))

    return st.lists(st.recursive(leaves, container, max_leaves=8), max_size=4).map(join)


apart = _nested(_texts | st.sampled_from(VERBATIM), AROUND, joined)
close = _nested(_texts | st.just(("",)), [around for around in AROUND if len(around.others) < 4], touching)
"""Without what a line too near would bring into a block of code or HTML, or keep out of it."""


def written(lines: Sequence[str]) -> Written:
    """The note, each link and tag in it with a name of its own."""
    names: dict[str, list[str]] = {"link": [], "tag": []}
    numbers = count()

    def name(place: re.Match[str]) -> str:
        names[place[1]].append(f"{place[1]}{next(numbers)}")
        return names[place[1]][-1]

    text = re.sub(r"\{(link|tag)\}", name, "\n".join(lines) + "\n")
    return Written(text, names["link"], names["tag"])
