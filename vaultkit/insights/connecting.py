"""Who stands between others: neighbours in an undirected graph go in; cut vertices and betweenness come out.

Both walk with stacks of their own, since a chain may be longer than Python recurses. Importing networkx takes longer
than finding the cut vertices of a large vault, and its betweenness several times as long as this one; the tests hold
both to its answers.

Worked: in a - b - c, b is the one cut vertex, and lies on the one shortest path between others: betweenness 1. In a
triangle there is none, and all have 0.

Source: Hopcroft and Tarjan (1973); Brandes (2001), with the pivots of Brandes and Pich (2007) where it is sampled.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def cut_vertices(neighbours: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Those without whom what hangs together falls apart; linear. Each edge must stand on both sides."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    found: set[str] = set()
    for root in neighbours:
        if root in number:
            continue
        number[root] = low[root] = len(number)
        waiting: list[tuple[str, str, Iterator[str]]] = [(root, "", iter(neighbours[root]))]
        branches = 0
        while waiting:
            one, parent, others = waiting[-1]
            other = next(others, None)
            if other is None:
                waiting.pop()
                if parent and parent != root:
                    low[parent] = min(low[parent], low[one])
                    found.update([parent] if low[one] >= number[parent] else ())
                branches += parent == root
            elif other not in number:
                number[other] = low[other] = len(number)
                waiting.append((other, one, iter(neighbours[other])))
            elif other != parent:
                low[one] = min(low[one], number[other])
        found.update([root] if branches > 1 else ())
    return frozenset(found)


def betweenness(neighbours: Mapping[str, Sequence[str]], pivots: int) -> dict[str, float]:
    """The share of the shortest paths between two others that lead through each, 0 to 1.

    Paths from `pivots` of them are followed, evenly spread over their order, and the rest is estimated.
    """
    score = dict.fromkeys(neighbours, 0.0)
    names, size = list(neighbours), len(neighbours)
    if size < 3:
        return score
    used = [names[place * size // pivots] for place in range(pivots)] if pivots < size else names
    for source in used:
        for name, share in _dependencies(neighbours, source):
            score[name] += share
    scale = size / len(used) / ((size - 1) * (size - 2))
    return {name: value * scale for name, value in score.items()}


def _dependencies(neighbours: Mapping[str, Sequence[str]], source: str) -> Iterator[tuple[str, float]]:
    """How much each lies on the shortest paths from one source to all others."""
    paths = {source: 1}
    distance = {source: 0}
    before: dict[str, list[str]] = {source: []}
    order: list[str] = []
    queue = deque([source])
    while queue:
        one = queue.popleft()
        order.append(one)
        for other in neighbours[one]:
            if other not in distance:
                distance[other], paths[other], before[other] = distance[one] + 1, 0, []
                queue.append(other)
            if distance[other] == distance[one] + 1:
                paths[other] += paths[one]
                before[other].append(one)
    share = dict.fromkeys(order, 0.0)
    for one in reversed(order):
        for earlier in before[one]:
            share[earlier] += paths[earlier] / paths[one] * (1 + share[one])
        if one != source:
            yield one, share[one]
