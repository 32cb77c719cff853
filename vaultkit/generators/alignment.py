"""The alignment map: a Vault goes in; what serves what, as diagrams and as the same facts in a list, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.escape import Markdown
from vaultkit.insights.alignment import standings
from vaultkit.insights.lineage import lineage
from vaultkit.insights.ratios import SETTLED, ratios, unserved
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.model import Message, Page
from vaultkit.pages import mermaid, phrases
from vaultkit.pages.environment import page_text
from vaultkit.pages.linking import link
from vaultkit.pages.mermaid import Node, Style
from vaultkit.pages.places import places

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from typing import TypeAlias

    from vaultkit.insights.lineage import Lineage
    from vaultkit.pages.difference import Reads
    from vaultkit.pages.mermaid import Shape
    from vaultkit.vault import Vault

    Part: TypeAlias = tuple[Markdown | Message | None, tuple[str, ...]]
    """What one diagram is called, and which notes it shows."""

NAME = "alignment"
READS: tuple[Reads, ...] = ("work",)
TOLD: tuple[str, ...] = ()
MOST_DIAGRAMS = 12
"""On the page: each takes a moment to draw."""
DEEPEST = 12
"""Levels of the list: below, it goes on at the same level, for no screen is wide enough."""
UPPER = frozenset({"vision", "objective"})
"""The kinds that may stand at the top: anything else there hangs in the air."""

SHAPES: Mapping[str, Shape] = {
    "vision": "stadium",
    "objective": "box",
    "key_result": "leaning",
    "priority": "round",
    "project": "cylinder",
}


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
    tree, canvas = vault.ask(lineage), vault.ask(places).get("alignment.canvas")
    upper = [top for top in tree.tops if vault.recognised[top].kind in UPPER]
    loose = [top for top in tree.tops if vault.recognised[top].kind not in UPPER]
    overview, parts = _parts(vault, tree, upper, loose, page)
    text = page_text(
        vault,
        NAME,
        page,
        "alignment.md.j2",
        callout=_callout(vault),
        verdict=phrases.alignment(vault),
        as_of=phrases.as_of(vault),
        canvas=link(vault, canvas, page) if canvas else None,
        overview=_drawn(vault, tree, [overview]) if overview else (),
        diagrams=_drawn(vault, tree, parts[:MOST_DIAGRAMS]),
        more_diagrams=_more_diagrams(len(parts) - MOST_DIAGRAMS),
        sections=[
            Section(title, tuple(row for top in tops for row in _rows(vault, tree, top, page)))
            for title, tops in ((message("What serves what"), upper), (message("Under no objective"), loose))
            if tops
        ],
    )
    yield Page(page, text, NAME)


def _callout(vault: Vault) -> str:
    """How bad it is, as the type of a callout."""
    measured = vault.ask(ratios)
    if not vault.ask(lineage).parents:
        return "info"
    if measured.orphans or not measured.coverage.full:
        return "danger"
    return "success" if measured.coverage.whole else "warning"


def _drawn(vault: Vault, tree: Lineage, parts: Iterable[Part]) -> tuple[Diagram, ...]:
    return tuple(Diagram(title, _mermaid(vault, tree, paths), _count(paths)) for title, paths in parts)


def _parts(
    vault: Vault, tree: Lineage, upper: list[str], loose: list[str], page: str
) -> tuple[Part | None, list[Part]]:
    """All in one; where that is too much, from the visions to the objectives, then each of these, then the rest."""
    everything = tuple(path for top in (*upper, *loose) for path in tree.below(top))
    if not everything or _mermaid(vault, tree, everything):
        return ((None, everything) if everything else None), []
    summits: list[str] = []
    parts: list[Part] = []
    for head in (path for path in everything if vault.recognised[path].kind in UPPER):
        served = _served(vault, tree, head)
        if vault.recognised[head].kind == "vision":
            summits += served
            continue
        summits.append(head)
        if len(served) > 1:
            parts.append((link(vault, head, page), served))
    if loose:
        parts.append((message("Under no objective"), tuple(path for top in loose for path in tree.below(top))))
    if any(tree.parents[path] for path in summits):
        return (message("From visions to objectives"), tuple(dict.fromkeys(summits))), parts
    return None, parts


def _served(vault: Vault, tree: Lineage, head: str) -> tuple[str, ...]:
    """A vision or an objective and what serves it, the objectives below it without what serves them."""
    found, waiting = [], [head]
    while waiting:
        path = waiting.pop()
        found.append(path)
        if path == head or vault.recognised[path].kind not in UPPER:
            waiting += reversed(tree.children.get(path, ()))
    return tuple(found)


def _count(paths: Iterable[str]) -> Message:
    return plural(
        "{count} note, too many for a diagram: see the list.",
        "{count} notes, too many for a diagram: see the list.",
        len(tuple(paths)),
    )


def _more_diagrams(count: int) -> Message | None:
    if count <= 0:
        return None
    return plural("{count} more part is in the list alone.", "{count} more parts are in the list alone.", count)


def _mermaid(vault: Vault, tree: Lineage, paths: Iterable[str]) -> Markdown | None:
    """A flowchart of these notes; None when it would be too large to read or for Mermaid to draw.

    The label of a note is what Obsidian opens on a click: its name, or its path when another has that name.
    """
    nodes = {path: Node(called(vault, path), SHAPES[vault.recognised[path].kind]) for path in paths}
    if len(nodes) > mermaid.MOST_NODES:
        return None
    arrows = [(parent, path) for path in nodes for parent in tree.parents[path] if parent in nodes]
    if len(arrows) > mermaid.MOST_ARROWS:
        arrows = [(parent, path) for parent in nodes for path in tree.children.get(parent, ()) if path in nodes]
    return mermaid.flowchart(nodes, arrows, _styles(vault, nodes))


def _styles(vault: Vault, paths: Collection[str]) -> Iterator[Style]:
    standing, idle = vault.ask(standings), vault.ask(_idle)
    orphans = frozenset(path for path in paths if path in standing and standing[path].reason not in SETTLED)
    yield Style("orphan", "stroke:#c92a2a,stroke-width:3px", orphans)
    yield Style("unserved", "stroke-dasharray:6 4", frozenset(path for path in paths if path in idle))


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
