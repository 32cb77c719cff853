"""What stands below a line that asks for a list: a note goes in, the places come out where the list is there already.

When somebody deleted a closing mark, or wrote the list by hand before, a second one must not be written above it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import islice
from typing import TYPE_CHECKING

from vaultkit.config import Index
from vaultkit.insights.shelving import listed, shelves
from vaultkit.vault.requests import read_request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vaultkit.model import Note, Section
    from vaultkit.vault import Edge, Vault

_LISTS = frozenset({"list", "table"})


def leftover(vault: Vault, note: Note) -> Mapping[int, Section]:
    """Where a region opens that has no closing mark -> the list right below, which says much of what it would say."""
    empty = [region for region in note.regions if region.closing is None]
    if not empty:
        return {}
    starts = [section.start for section in note.sections]
    edges = sorted(vault.graph.of(note.path), key=_place)
    places = [_place(edge) for edge in edges]
    found: dict[int, Section] = {}
    for region in empty:
        request = read_request(region, vault.kinds)
        if isinstance(request, Index):
            below = bisect_right(starts, region.opening.start)
            section = _list(note.sections[below : below + 2], titled=bool(request.title))
            if section:
                first, last = bisect_left(places, section.start), bisect_left(places, section.end)
                if _repeats(vault, request, note.path, edges[first:last]):
                    found[region.opening.start] = section
    return found


def _list(below: Sequence[Section], *, titled: bool) -> Section | None:
    """The list that stands right below a mark, or below a paragraph that may be its title."""
    if titled and below and below[0].kind == "paragraph":
        below = below[1:]
    return below[0] if below and below[0].kind in _LISTS else None


def _repeats(vault: Vault, index: Index, page: str, edges: Sequence[Edge]) -> bool:
    """Whether half of what these links lead to would be listed, and that is half of the list."""
    targets = {edge.target or edge.link.target for edge in edges}
    known = [vault.notes[target] for target in targets if target in vault.notes]
    shared = 2 * sum(1 for note in known if shelves(vault, index, note, page))
    return shared >= max(len(targets), 1) and sum(1 for _ in islice(listed(vault, index, page), shared + 1)) <= shared


def _place(edge: Edge) -> int:
    return edge.link.span.start
