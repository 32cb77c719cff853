"""Who leads to whom goes in; the circles in it come out: what can be reached from itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def circles(leading: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Each set of notes that lead to one another, or of one that leads to itself, as a circle that begins at its first.

    The circle is the shortest one through the first note by path; others of the set may stand beside it. Linear, after
    Tarjan's strongly connected components (1972), with a stack of its own: a chain may be longer than Python recurses.
    """
    found = [component for component in components(leading) if _turns(component, leading)]
    return tuple(sorted(_shortest(min(component), frozenset(component), leading) for component in found))


def _turns(component: Sequence[str], leading: Mapping[str, Sequence[str]]) -> bool:
    return len(component) > 1 or component[0] in leading.get(component[0], ())


def _shortest(first: str, within: frozenset[str], leading: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The notes on the shortest way from `first` back to it, in order."""
    came: dict[str, str] = {}
    layer = [first]
    while layer:
        beyond = []
        for path in layer:
            for other in sorted(leading.get(path, ())):
                if other == first:
                    way = [path]
                    while way[-1] != first:
                        way.append(came[way[-1]])
                    return tuple(reversed(way))
                if other in within and other not in came:
                    came[other] = path
                    beyond.append(other)
        layer = beyond
    return (first,)


def components(leading: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """The sets of what leads to one another, each after those that it leads to; what stands alone is one by itself."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: list[str] = []
    is_open: set[str] = set()
    for root in sorted(leading):
        if root in number:
            continue
        waiting: list[tuple[str, Iterator[str]]] = [(root, iter(leading.get(root, ())))]
        number[root] = low[root] = len(number)
        open_.append(root)
        is_open.add(root)
        while waiting:
            path, others = waiting[-1]
            for other in others:
                if other not in number:
                    number[other] = low[other] = len(number)
                    open_.append(other)
                    is_open.add(other)
                    waiting.append((other, iter(leading.get(other, ()))))
                    break
                if other in is_open:
                    low[path] = min(low[path], number[other])
            else:
                waiting.pop()
                if waiting:
                    low[waiting[-1][0]] = min(low[waiting[-1][0]], low[path])
                if low[path] == number[path]:
                    component: list[str] = []
                    while not component or component[-1] != path:
                        component.append(open_.pop())
                        is_open.discard(component[-1])
                    yield component
