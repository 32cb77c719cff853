"""The alignment map: a Vault goes in; what serves what, as diagrams and as the same facts in a list, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit import escape
from vaultkit.escape import Markdown
from vaultkit.generators import phrases
from vaultkit.generators.environment import page_text
from vaultkit.generators.linking import link
from vaultkit.generators.places import places
from vaultkit.insights.alignment import standings
from vaultkit.insights.lineage import lineage
from vaultkit.insights.ratios import SETTLED, ratios, unserved
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.model import Message, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultkit.generators.difference import Difference
    from vaultkit.insights.lineage import Lineage
    from vaultkit.vault import Vault

NAME = "alignment"
DEEPEST = 12
"""Levels of the list: below, it goes on at the same level, for no screen is wide enough."""
MOST_NOTES = 60
"""In one diagram: what still reads on a screen."""
MOST_ARROWS = 120
"""Mermaid refuses more than 500, and takes 5 seconds over them."""
MOST_CHARACTERS = 20_000
"""Mermaid refuses more than 50,000."""

UPPER = frozenset({"vision", "objective"})
"""The kinds that may stand at the top: anything else there hangs in the air."""

SHAPES = {
    "vision": '(["{}"])',
    "objective": '["{}"]',
    "key_result": '[/"{}"/]',
    "priority": '("{}")',
    "project": '[("{}")]',
}
"""None of them with `[[` or `{{`: many programs look for links and templates without sparing code."""


class Diagram(Struct, frozen=True):
    """A part of the map."""

    title: Markdown | Message | None
    mermaid: Markdown | None
    """None when even this part has too many notes to be read."""
    count: Message


class Row(Struct, frozen=True):
    """A note in the list."""

    indent: Markdown
    kind: str
    link: Markdown
    also: tuple[Markdown, ...]
    """What else it serves."""
    mark: Message | None
    """What is wrong, in words: colour alone tells nothing to many."""


class Section(Struct, frozen=True):
    """A part of the list."""

    title: Message
    rows: tuple[Row, ...]


def render(vault: Vault) -> Iterator[Page]:
    """The one page."""
    page = vault.ask(places)[NAME]
    tree = vault.ask(lineage)
    upper = [top for top in tree.tops if vault.recognised[top].kind in UPPER]
    loose = [top for top in tree.tops if vault.recognised[top].kind not in UPPER]
    text = page_text(
        vault,
        NAME,
        page,
        "alignment.md.j2",
        as_of=phrases.as_of(vault),
        summary=_summary(vault, tree),
        diagrams=_diagrams(vault, tree, upper, loose, page),
        sections=[
            Section(title, tuple(row for top in tops for row in _rows(vault, tree, top, page)))
            for title, tops in ((message("What serves what"), upper), (message("Under no objective"), loose))
            if tops
        ],
    )
    yield Page(page, text, NAME)


def rerender(pages: tuple[Page, ...], difference: Difference) -> Iterable[Page]:
    """The same page, where nothing of it differs."""
    return pages if difference.spares("work") else render(difference.step.after)


def _summary(vault: Vault, tree: Lineage) -> Message:
    if not tree.parents:
        return message("No live objective, priority or project was recognised.")
    measured = vault.ask(ratios)
    idle = measured.coverage.whole - measured.coverage.part
    return message(
        "{objectives}, {idle}; {priorities}, {orphans}.",
        objectives=plural("{count} live objective", "{count} live objectives", measured.coverage.whole),
        idle=plural("{count} that nobody works on", "{count} that nobody works on", idle),
        priorities=plural("{count} live priority", "{count} live priorities", measured.alignment.whole),
        orphans=plural("{count} that serves no objective", "{count} that serve no objective", measured.orphans),
    )


def _diagrams(vault: Vault, tree: Lineage, upper: list[str], loose: list[str], page: str) -> list[Diagram]:
    """One of everything, else one for each objective and one of what hangs in the air."""
    everything = [path for top in (*upper, *loose) for path in tree.below(top)]
    whole = _mermaid(vault, tree, everything)
    if not everything or whole:
        return [Diagram(None, whole, _count(everything))] if everything else []
    objectives = [path for path in everything if vault.recognised[path].kind == "objective"]
    inner = {below for path in objectives for below in tree.below(path)[1:]}
    parts: list[tuple[Markdown | Message, tuple[str, ...]]] = [
        (link(vault, path, page), tree.below(path)) for path in objectives if path not in inner
    ]
    if loose:
        parts.append((message("Under no objective"), tuple(path for top in loose for path in tree.below(top))))
    return [Diagram(title, _mermaid(vault, tree, paths), _count(paths)) for title, paths in parts]


def _count(paths: Iterable[str]) -> Message:
    return plural(
        "{count} note, too many for a diagram: see the list.",
        "{count} notes, too many for a diagram: see the list.",
        len(tuple(paths)),
    )


def _mermaid(vault: Vault, tree: Lineage, paths: Iterable[str]) -> Markdown | None:
    """A flowchart of these notes; None when it would be too large to read or for Mermaid to draw."""
    numbers = {path: f"n{i}" for i, path in enumerate(paths, 1)}
    if len(numbers) > MOST_NOTES:
        return None
    arrows = [(parent, path) for path in numbers for parent in tree.parents[path] if parent in numbers]
    if len(arrows) > MOST_ARROWS:
        arrows = [(parent, path) for parent in numbers for path in tree.children.get(parent, ()) if path in numbers]
    lines = [f"{number}{_shape(vault, path)}" for path, number in numbers.items()]
    lines += [f"{numbers[parent]} --> {numbers[path]}" for parent, path in arrows]
    lines += _classes(vault, numbers)
    text = "\n".join(f"    {line}" for line in lines)
    return Markdown(f"flowchart LR\n{text}") if len(text) <= MOST_CHARACTERS else None


def _shape(vault: Vault, path: str) -> str:
    """The label of a note is what Obsidian opens on a click: its name, or its path when another has that name."""
    return SHAPES[vault.recognised[path].kind].format(escape.mermaid(called(vault, path)))


def _classes(vault: Vault, numbers: dict[str, str]) -> Iterator[str]:
    yield f"class {','.join(numbers.values())} internal-link"
    standing = vault.ask(standings)
    orphans = [n for path, n in numbers.items() if path in standing and standing[path].reason not in SETTLED]
    idle = [n for path, n in numbers.items() if path in vault.ask(_idle)]
    if orphans:
        yield "classDef orphan stroke:#c92a2a,stroke-width:3px"
        yield f"class {','.join(orphans)} orphan"
    if idle:
        yield "classDef unserved stroke-dasharray:6 4"
        yield f"class {','.join(idle)} unserved"


def _rows(vault: Vault, tree: Lineage, top: str, page: str) -> Iterator[Row]:
    """A note and all below it. A path stands once: what else a note serves is said beside it."""
    waiting: list[tuple[str, str, int]] = [(top, "", 0)]
    while waiting:
        path, parent, depth = waiting.pop()
        yield Row(
            indent=Markdown("    " * min(depth, DEEPEST)),
            kind=phrases.kind_label(vault, vault.recognised[path].kind),
            link=link(vault, path, page),
            also=tuple(link(vault, other, page) for other in tree.parents[path] if other != parent),
            mark=_mark(vault, path),
        )
        waiting += [(child, path, depth + 1) for child in reversed(tree.children.get(path, ()))]


def _mark(vault: Vault, path: str) -> Message | None:
    standing = vault.ask(standings).get(path)
    if standing and standing.reason == "opted-out":
        return message("serves none, and says so")
    if standing and standing.reason not in SETTLED:
        return message("**orphan: no live objective above it**")
    return message("**nobody works on it**") if path in vault.ask(_idle) else None


def _idle(vault: Vault) -> frozenset[str]:
    return frozenset(note.path for note in vault.ask(unserved))
