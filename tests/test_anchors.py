"""Which heading, block or footnote an anchor means, by Obsidian's comparison of headings."""

from __future__ import annotations

import pytest

from vaultkit.parser import parse
from vaultkit.parser.anchors import find, normal

TEXT = """\
# Company
## Goals
### Year
## **Bold**: x!
## I [[Plan]] a-b
# Later
## Goals
### Quarter
# Year
Words ^AbC

[^Note]: a footnote
"""


@pytest.mark.parametrize(
    ("anchor", "line"),
    [
        ("Company", 1),
        ("goals", 2),
        ("Goals#Year", 3),
        ("Company#Goals#Year", 3),
        ("Company#Year", 3),
        ("Later#Goals", 7),
        ("Goals#Quarter", 8),
        ("Later#Goals#Quarter", 8),
        ("bold x", 4),
        ("  BOLD   x ", 4),
        ("I Plan a-b", 5),
        ("I [[Plan]] a-b", 5),
        ("Year", 3),
        ("^abc", 10),
        ("^AbC", 10),
        ("Year#^abc", 10),
        ("[^note]", 12),
        ("I Plan a b", None),
        ("Goals#Company", None),
        ("Year#Goals", None),
        ("Goal", None),
        ("^ab", None),
        ("[^other]", None),
        ("Company#", 1),
        ("#", None),
    ],
)
def test_an_anchor_finds_what_obsidian_would_open(anchor: str, line: int | None) -> None:
    found = find(parse("Note.md", TEXT.encode()), anchor)
    assert (found.span.line if found else None) == line


def test_punctuation_is_space_but_for_dashes_and_apostrophes() -> None:
    assert normal('foo!"#$%&()*+,.:;<=>?@^`{|}~/[]\\\nbar') == "foo bar"
    assert normal("It's a_b-c") == "it's a_b-c"
    assert normal("Été") == "été"
