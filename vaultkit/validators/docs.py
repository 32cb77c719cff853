"""What a validator says of itself: its docstring comes in, its summary and what stands under each heading go out."""

from __future__ import annotations

import re

HEADINGS = ("What it flags", "Why it matters", "How to mend it")
"""What every validator's docstring answers, in this order."""

_HEADING = re.compile(r"^[ \t]*## +", re.MULTILINE)


def split(docstring: str) -> tuple[str, dict[str, str]]:
    """The summary and the text under each heading, every paragraph and list item on one line: the catalogue's msgids.

    Translate them with `catalogue(language).gettext(text)` and not with `message(text)`: they are no templates, and a
    brace in them is a brace.
    """
    summary, *sections = _HEADING.split(docstring)
    parts = [section.partition("\n") for section in sections]
    return _flow(summary).partition("\n")[0], {heading.strip(): _flow(text) for heading, _, text in parts}


def _flow(text: str) -> str:
    """One line for each paragraph and list item, in place of lines broken to fit the source."""
    lines: list[str] = []
    for line in map(str.strip, text.strip().splitlines()):
        if line and lines and lines[-1] and not line.startswith("- "):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return "\n".join(lines)
