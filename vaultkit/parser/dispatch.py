"""markdown-it's block rules come in, a block parser comes out that gives the same tokens and tries far fewer rules.

markdown-it tries rule after rule on each line; most give up at its first character. Here that character says which of
them are tried at all. The rules stay markdown-it's own, but for the paragraph: markdown-it reads its lines twice, first
to see whether they are a heading with a line drawn under it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler

from vaultkit.parser.tokens import State, Token

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping
    from typing import Any

    from markdown_it import MarkdownIt
    from markdown_it.parser_block import RuleFuncBlockType as Rule
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token as StockToken

_FIRST = {
    "comment": frozenset("%"),
    "math": frozenset("$"),
    "footnote": frozenset("["),
    "fence": frozenset("`~"),
    "blockquote": frozenset(">"),
    "hr": frozenset("-*_"),
    "list": frozenset("-*+0123456789"),
    "html_block": frozenset("<"),
    "heading": frozenset("#"),
}
"""The characters that a rule's first line may begin with, after its indentation; what is not named here always may."""

_DELIMITERS = frozenset({"|-", "|:", "| ", "|\t", "--", "-|", "-:", ":-"})
"""How the second line of a table may begin."""

_DRAWN = re.compile(r"[-*_ \t]++")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")
_CHAINS = ("paragraph", "reference", "blockquote", "list")
_READ, _ASK = False, True
"""What a rule is told last: to read a block, or only to say whether one begins here that ends what stands above it."""


class Dispatcher(ParserBlock):
    """The rules of another block parser, each tried only where it can apply."""

    def __init__(self, stock: ParserBlock) -> None:
        super().__init__()
        self.ruler = Ruler()
        for name in _CHAINS:
            self.ruler.push(name, Chain.of(_named(stock, name)).ends, {"alt": [name]})
        rules = _named(stock, "")
        enders = Chain.of(_named(stock, "paragraph"))
        rules["paragraph"] = Paragraph(rules["paragraph"], rules.pop("lheading"), enders).read
        self._chain = Chain.of(rules)

    def parse(
        self, src: str, md: MarkdownIt, env: MutableMapping[str, Any], out_tokens: list[StockToken]
    ) -> list[StockToken] | None:
        """The tokens of a text's blocks, added to `out_tokens`."""
        if not src:
            return None
        state = State(src, md, env, out_tokens)
        self.tokenize(state, 0, state.lineMax)
        return state.tokens

    def read(self, state: StateBlock, line: int) -> None:
        """Read the one block that begins on a line, which is not blank and stands in nothing."""
        state.line = line
        for rule in self._chain.rules_on(state, line):
            if rule(state, line, state.lineMax, _READ):
                break

    def tokenize(self, state: StateBlock, start_line: int, end_line: int) -> None:
        """Read the blocks of these lines, up to the first that is indented less than their container.

        `maxNesting` is not looked at: `rules.depth` is tried first on each line, and sees to it.
        """
        starts, shifts, ends = state.bMarks, state.tShift, state.eMarks
        rules_on = self._chain.rules_on
        loose = False
        line = start_line
        while line < end_line:
            state.line = line = state.skipEmptyLines(line)
            if line >= end_line or state.sCount[line] < state.blkIndent:
                return
            for rule in rules_on(state, line):
                if rule(state, line, end_line, _READ):
                    break
            state.tight = not loose
            line = state.line
            if starts[line - 1] + shifts[line - 1] >= ends[line - 1]:
                loose = True
            if line < end_line and starts[line] + shifts[line] >= ends[line]:
                loose = True
                state.line = line = line + 1


class Chain(NamedTuple):
    """Rules by the first character of a line; those under the empty text are for every other character."""

    rules: Mapping[str, tuple[Rule, ...]]
    with_table: Mapping[str, tuple[Rule, ...]]
    """The same, when the line below may be the second of a table."""

    @classmethod
    def of(cls, rules: Mapping[str, Rule]) -> Chain:
        """The chain of these rules by name, whose order stays."""
        firsts = frozenset({""}).union(*_FIRST.values())
        some = {first: {name: rules[name] for name in rules if first in _FIRST.get(name, firsts)} for first in firsts}
        return cls(
            {first: tuple(on[name] for name in on if name != "table") for first, on in some.items()},
            {first: tuple(on.values()) for first, on in some.items()},
        )

    def rules_on(self, state: StateBlock, line: int) -> tuple[Rule, ...]:
        """The rules that can apply to a line, in their order."""
        text, starts, shifts = state.src, state.bMarks, state.tShift
        start = starts[line] + shifts[line]
        below = starts[line + 1] + shifts[line + 1]
        rules = self.with_table if text[below : below + 2] in _DELIMITERS else self.rules
        return rules.get(text[start : start + 1]) or rules[""]

    def ends(self, state: StateBlock, line: int, end_line: int, _silent: bool) -> bool:  # noqa: FBT001 - a rule itself
        """Whether a block begins on this line that ends what stands above it."""
        for rule in self.rules_on(state, line):  # noqa: SIM110 - a generator would cost more than most rules do
            if rule(state, line, end_line, _ASK):
                return True
        return False


class Paragraph(NamedTuple):
    """The rule for what no other rule takes."""

    stock: Rule
    heading: Rule
    """markdown-it's rule for a heading with a line drawn under it."""
    enders: Chain
    """What may end a paragraph without an empty line."""

    def read(self, state: StateBlock, start_line: int, end_line: int, _silent: bool) -> bool:  # noqa: FBT001 - as above
        """Read a paragraph, or such a heading.

        What the versions of markdown-it strip differently from a paragraph's ends is left to the one that is there.
        """
        around, state.parentType = state.parentType, "paragraph"  # it stays so after a paragraph, as in markdown-it
        line = self._end(state, start_line, end_line)
        if line is None:
            state.parentType = around
            return True
        if state.blkIndent == 0 and (state.level == 0 or line == start_line + 1):
            text = state.src[state.bMarks[start_line] : state.eMarks[line - 1]].strip(" \t\n")
        else:
            text = state.getLines(start_line, line, state.blkIndent, keepLastLF=False).strip(" \t\n")
        if text[0].isspace() or text[-1].isspace():
            return self.stock(state, start_line, end_line, _READ)
        state.line = line
        level, lines = state.level, [start_line, line]
        tokens: list[Any] = state.tokens
        tokens.append(Token("paragraph_open", "p", 1, level, lines))
        tokens.append(Token("inline", "", 0, level + 1, lines, text))
        tokens.append(Token("paragraph_close", "p", -1, level))
        return True

    def _end(self, state: StateBlock, start_line: int, end_line: int) -> int | None:
        """The line after a paragraph; None when it was a heading, which then has been read.

        markdown-it's own rule is asked about a heading where there may be one: where a line is drawn, and in a quote,
        since there what ends a paragraph may do so by what stands below the quote, which a heading does not look at.
        """
        asked = False
        for line in range(start_line + 1, state.lineMax):
            start, end, column = state.bMarks[line] + state.tShift[line], state.eMarks[line], state.sCount[line]
            if start >= end:
                return line
            if column - state.blkIndent >= 4:
                continue
            if not asked and _UNDERLINE.fullmatch(state.src, start, end):
                if self.heading(state, start_line, end_line, _READ):
                    return None
                asked = True
            if column >= 0 and self.enders.ends(state, line, state.lineMax, _ASK):
                ask = end_line < state.lineMax and not asked
                return None if ask and self.heading(state, start_line, end_line, _READ) else line
        return state.lineMax


def _named(stock: ParserBlock, chain: str) -> dict[str, Rule]:
    """The rules of one of a block parser's chains, by name and in their order."""
    names, rules, chosen = stock.ruler.get_active_rules(), stock.ruler.getRules(""), stock.ruler.getRules(chain)
    named = {name: rule for name, rule in zip(names, rules, strict=True) if rule in chosen}
    return {name: _drawn(rule) if name == "hr" else rule for name, rule in named.items()}


def _drawn(stock: Rule) -> Rule:
    """The rule for a drawn line, which looks at each character of each list item: of one line, once for each marker."""

    def drawn(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001 - as above
        if not _DRAWN.fullmatch(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line]):
            return False
        return stock(state, line, end_line, silent)

    return drawn
