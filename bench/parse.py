"""How fast the notes of a folder are read on one core, in MB/s, and what takes how much of that time.

    python bench/parse.py FOLDER [--stock]

`--stock` reads all blocks with markdown-it's own chain of block rules instead, for comparison. The files are in memory
beforehand; the time is the processor's, the best of three rounds.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from markdown_it.parser_block import ParserBlock  # noqa: E402 - as the next

from vaultkit.parser import forms, frontmatter, note, rules, walk  # noqa: E402 - of this checkout
from vaultkit.parser.inline import Scanner  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_block import StateBlock

ROUNDS = 3
STAGES: dict[str, tuple[Any, str]] = {
    "decode": (note, "decode"),
    "frontmatter": (frontmatter, "read"),
    "blocks": (note, "Structure"),
    "inline": (Scanner, "scan"),
}
"""Where the reader looks up what it calls at each stage; the rest is what it does itself."""


def main() -> None:
    """Read the folder named on the command line, and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--stock", action="store_true", help="markdown-it's own chain of block rules")
    chosen = options.parse_args()
    if chosen.stock:
        read_with_markdown_it()
    files = [path.read_bytes() for path in sorted(chosen.folder.rglob("*.md"))]
    size = sum(map(len, files)) / 1e6
    seconds = min(read_all(files) for _ in range(ROUNDS))
    print(f"{len(files)} notes, {size:.1f} MB in {seconds:.2f} s: {size / seconds:.2f} MB/s")
    spent: defaultdict[str, float] = defaultdict(float)
    for stage, (where, name) in STAGES.items():
        setattr(where, name, timed(spent, stage, getattr(where, name)))
    whole = read_all(files)
    spent["rest"] = whole - sum(spent.values())
    for stage, part in spent.items():
        print(f"{stage:12} {part / whole:5.0%} {seconds * part / whole:6.2f} s")


def read_with_markdown_it() -> None:
    """Let markdown-it's own chain of rules read all of each note: every block is in doubt."""

    def read(blocks: ParserBlock, state: StateBlock, line: int) -> None:
        blocks.tokenize(state, line, state.lineMax)

    in_place: tuple[tuple[Any, str, object], ...] = (
        (walk, "markdown", cache(rules.plain)),
        (ParserBlock, "read", read),
        (forms.Forms, "_FORMS", {}),
        (forms.Forms, "_paragraph", lambda *_: -1),
    )
    for where, name, what in in_place:
        setattr(where, name, what)


def read_all(files: list[bytes]) -> float:
    """The seconds that reading them takes."""
    start = time.process_time()
    for data in files:
        note.parse("Note.md", data)
    return time.process_time() - start


def timed(spent: defaultdict[str, float], stage: str, call: Callable[..., object]) -> Callable[..., object]:
    """The same call, its time added to its stage's."""

    def wrapped(*arguments: object, **named: object) -> object:
        start = time.process_time()
        result = call(*arguments, **named)
        spent[stage] += time.process_time() - start
        return result

    return wrapped


if __name__ == "__main__":
    main()
