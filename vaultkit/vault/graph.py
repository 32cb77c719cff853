"""The edges between notes: resolved links go in, outgoing edges and backlinks come out.

Plain dicts are the truth; networkx is asked only for what needs it, and only then imported.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.model import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    import networkx

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Edge(Struct, frozen=True, gc=False):
    """One link, resolved."""

    source: str
    target: str | None
    """The path it leads to; None when there is no such file."""
    link: Link
    relation: str = ""
    """The field it stands in, by the kind of its source (`serves`, `owner`); empty for any other link."""

    @property
    def human(self) -> bool:
        """Whether a person wrote it: what vaultkit wrote never counts in a judgement."""
        return self.link.written_by == "human"


class Graph:
    """Every edge of a vault, by the note it stands in and by the file it leads to.

    The edges of canvases and bases stand aside, since Obsidian's lists of links count none of them.
    """

    def __init__(
        self,
        outgoing: Mapping[str, tuple[Edge, ...]],
        aside: Mapping[str, tuple[Edge, ...]] | None = None,
        sources: Callable[[str], Iterable[str]] | None = None,
    ) -> None:
        self.outgoing = outgoing
        """Path of a note -> its edges in the order of the text."""
        self.aside = aside or {}
        """Path of a canvas or a base -> its edges in the order of its text."""
        self._sources = sources
        """Where that is known, what may link to a path: then nobody else's edges need be worked out to tell."""
        self.leading: dict[str, Mapping[str, tuple[Edge, ...]] | None] = {}
        """Source -> its edges by what they lead to, for the sources that somebody has asked about."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Graph) and (
            (list(self.outgoing.items()), list(self.aside.items()))
            == (list(other.outgoing.items()), list(other.aside.items()))
        )

    __hash__ = None  # type: ignore[assignment]

    def unfold(self) -> None:
        """Have all edges made: then it is quicker to turn them all round than to ask who may link to what."""
        self.outgoing, self.aside = dict(self.outgoing.items()), dict(self.aside.items())
        self._sources = None

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Edge, ...]]:
        """Target path -> the edges of notes that lead to it, by source; a note's links to itself included."""
        return _by_target(self.edges())

    @cached_property
    def _incoming_aside(self) -> Mapping[str, tuple[Edge, ...]]:
        return _by_target(edge for edges in self.aside.values() for edge in edges)

    def edges(self) -> Iterator[Edge]:
        """All edges of notes, by source."""
        return chain.from_iterable(self.outgoing.values())

    def of(self, path: str) -> tuple[Edge, ...]:
        """The edges of a note, a canvas or a base."""
        edges = self.outgoing.get(path)
        return self.aside.get(path, ()) if edges is None else edges

    def backlinks(self, path: str) -> tuple[Edge, ...]:
        """The edges that lead to `path` from other notes."""
        if self._sources is None:
            return tuple(edge for edge in self.incoming.get(path, ()) if edge.source != path)
        sources = sorted(source for source in self._sources(path) if source in self.outgoing and source != path)
        return tuple(edge for source in sources for edge in self._of_to(source, path))

    def backlinks_aside(self, path: str) -> tuple[Edge, ...]:
        """The edges that lead to `path` from canvases and bases."""
        if self._sources is None:
            return self._incoming_aside.get(path, ())
        sources = sorted(source for source in self._sources(path) if source in self.aside)
        return tuple(edge for source in sources for edge in self._of_to(source, path))

    def take_over(self, before: Graph, touched: Collection[str]) -> None:
        """Keep what was found of the edges of notes that no step has touched since."""
        self.leading = {**before.leading, **dict.fromkeys(touched)}

    def _of_to(self, source: str, path: str) -> tuple[Edge, ...]:
        """The edges from one to the other; a list of a thousand links is not gone through for each of them."""
        leading = self.leading.get(source)
        if leading is None:
            leading = self.leading[source] = _by_target(self.of(source))
        return leading.get(path, ())

    def unresolved(self) -> Mapping[str, tuple[Edge, ...]]:
        """Unresolved target, as written without `.md` -> the edges that ask for it."""
        found: dict[str, list[Edge]] = {}
        for edge in self.edges():
            if edge.target is None:
                found.setdefault(edge.link.target.removesuffix(".md"), []).append(edge)
        return {name: tuple(edges) for name, edges in sorted(found.items())}

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """A networkx view: one node a file, one edge a resolved link, with its relation, its origin and its author."""
        import networkx  # half a second: only for exports and whole-graph questions

        view: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
        view.add_nodes_from((*self.outgoing, *self.aside))
        for edge in (*self.edges(), *chain.from_iterable(self.aside.values())):
            if edge.target is not None:
                link = edge.link
                view.add_edge(
                    edge.source,
                    edge.target,
                    relation=edge.relation,
                    origin=link.origin,
                    written_by=link.written_by,
                )
        return view

    def to_graphml(self, attributes: Mapping[str, Mapping[str, str]]) -> str:
        """`to_networkx` as GraphML, with what is given of each path beside it; XML takes no control character."""
        import networkx

        view = self.to_networkx()
        for path, given in attributes.items():
            view.nodes[path].update(given)
        lines: Iterable[str] = networkx.generate_graphml(view)
        return _NO_XML.sub("\ufffd", "\n".join(lines))


def _by_target(edges: Iterable[Edge]) -> dict[str, tuple[Edge, ...]]:
    found: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.target is not None:
            found[edge.target].append(edge)
    return {path: tuple(edges) for path, edges in found.items()}
