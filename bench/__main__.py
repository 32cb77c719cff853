"""The command line comes in, a report in Markdown goes out: how fast vaultkit is, beside its peers and the floors.

python -m bench [--vault FOLDER] [--sizes 1000,10000] [--runs 5] [--only cold,warm] [--quick]
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bench.commands import Commands
from bench.contest import Rules
from bench.growth import grown
from bench.machine import described
from bench.peers import installed
from bench.sections import Sections, help_section
from bench.targets import Book, promises
from bench.vaults import copied, synthetic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.peers import Peers
    from bench.vaults import Vault

PLACE = Path(__file__).resolve().parent.parent / ".bench"
PARTS = ("help", "seen", "cold", "warm", "edited", "backlinks", "stages", "watch", "growth")


def main() -> None:
    """Measure what is asked for; the report is printed as it grows, and kept in .bench/report.md."""
    chosen = options().parse_args()
    if chosen.quick:
        chosen.sizes, chosen.compare, chosen.runs, chosen.edits, chosen.idle = [1000], 1000, 2, 4, 2.0
    peers = installed(PLACE / "peers")
    book = Book(real=chosen.vault.resolve().name if chosen.vault else "")
    with (PLACE / "report.md").open("w", encoding="utf-8") as kept:
        for line in report(chosen, peers, book):
            print(line, flush=True)
            print(line, file=kept, flush=True)


def options() -> argparse.ArgumentParser:
    """What can be asked for."""
    asked = argparse.ArgumentParser(prog="python -m bench", description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--vault", type=Path, help="measure a copy of this vault too")
    asked.add_argument(
        "--compare", type=int, default=10_000, help="notes of the synthetic vault for all tools; 0: none"
    )
    asked.add_argument("--sizes", type=numbers, default=[1000, 10_000, 100_000], help="notes of the vaults for growth")
    asked.add_argument("--links", type=numbers, default=[3, 10], help="links a note of the vaults for growth")
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument(
        "--once-above", type=float, default=float("inf"), help="seconds above which a tool runs once only"
    )
    asked.add_argument("--patience", type=float, default=1800, help="seconds after which a run is ended")
    asked.add_argument("--edits", type=int, default=40, help="saves for the latency of the watch")
    asked.add_argument("--idle", type=float, default=20, help="seconds over which an idle watch is looked at")
    asked.add_argument("--only", type=names, default=PARTS, help=f"some of: {','.join(PARTS)}")
    asked.add_argument("--quick", action="store_true", help="a thousand notes and two runs, to see that it works")
    return asked


def report(chosen: argparse.Namespace, peers: Peers, book: Book) -> Iterator[str]:
    """The whole report, section after section."""
    rules = Rules(chosen.runs, chosen.once_above, chosen.patience)
    yield from ("# How fast", "", *described(peers))
    if "help" in chosen.only:
        yield from help_section(peers, rules, book)
    vaults = [copied(PLACE / "vaults", chosen.vault)] if chosen.vault else []
    if chosen.compare:
        vaults.append(synthetic(PLACE / "vaults", chosen.compare, 3))
    for vault in vaults:
        yield from compared(chosen, sections(vault, peers, rules, book))
    if "growth" in chosen.only:
        yield from growth(chosen, peers, rules, book)
    yield from promises(book)


def sections(vault: Vault, peers: Peers, rules: Rules, book: Book) -> Sections:
    """What can be measured on a vault, with nothing kept from an earlier time."""
    state = PLACE / "state" / vault.name
    shutil.rmtree(state, ignore_errors=True)
    vault.read()
    return Sections(Commands(vault, peers, state), rules, book)


def compared(chosen: argparse.Namespace, measures: Sections) -> Iterator[str]:
    """All tools on one vault; the watch on the synthetic one alone, for it needs priorities that serve something."""
    vault = measures.commands.vault
    parts = [part for part in chosen.only if part not in {"help", "growth", "watch"}]
    if parts or vault.synthetic:
        yield from (f"## {vault.said()}", "")
    for part in parts:
        yield from getattr(measures, part)()
    if "watch" in chosen.only and vault.synthetic:
        yield from measures.watch(chosen.edits, chosen.idle)


def growth(chosen: argparse.Namespace, peers: Peers, rules: Rules, book: Book) -> Iterator[str]:
    """The same check on vaults of several sizes."""
    yield from ("## Growth", "")
    for links in chosen.links:
        vaults = [synthetic(PLACE / "vaults", notes, links) for notes in chosen.sizes]
        for vault in vaults:
            print(vault.said(), file=sys.stderr)
            sections(vault, peers, rules, book).grow()
        yield from grown(vaults, links, book)


def numbers(text: str) -> list[int]:
    """The whole numbers in a list with commas."""
    return [int(part) for part in text.split(",")]


def names(text: str) -> list[str]:
    """The parts in a list with commas; raises ValueError at one that there is not."""
    asked = text.split(",")
    if unknown := set(asked) - set(PARTS):
        raise argparse.ArgumentTypeError(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    return [part for part in PARTS if part in asked]


if __name__ == "__main__":
    main()
