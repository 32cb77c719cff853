"""Vaultkit's own templates go in; the names that fill each of them come out, as rows of a table for readers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from jinja2 import Environment, nodes

from vaultkit import resources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2.nodes import Node

_OURS = frozenset({"loop"})


def names(source: str) -> Mapping[str, tuple[str, ...]]:
    """Name -> the fields of what it is or lists, in the order in which the template asks for them."""
    tree = Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).parse(source)
    found: dict[str, dict[str, None]] = {}
    macros = {macro.name: "" for macro in tree.find_all(nodes.Macro)}
    _look(tree, {"_": "", **macros}, found)
    return {name: tuple(fields) for name, fields in found.items()}


def _look(node: Node, known: Mapping[str, str], found: dict[str, dict[str, None]]) -> None:
    """Note the names in a node; `known` says what a loop's own name stands for, "" for what a template names itself."""
    if isinstance(node, nodes.For):
        root = _root(node.iter, known)
        _look(node.iter, known, found)
        known = {**known, **dict.fromkeys(_targets(node.target), root)}
        for each in (*([node.test] if node.test else []), *node.body, *node.else_):
            _look(each, known, found)
        return
    if isinstance(node, nodes.Macro):
        known = {**known, **{argument.name: "" for argument in node.args}}
    if isinstance(node, nodes.Getattr) and _root(node, known):
        found.setdefault(_root(node, known), {})[node.attr] = None
    elif isinstance(node, nodes.Name) and _root(node, known):
        found.setdefault(_root(node, known), {})
    for each in node.iter_child_nodes():
        _look(each, known, found)


def _targets(target: Node) -> Iterator[str]:
    if isinstance(target, nodes.Name):
        yield target.name
    for each in target.iter_child_nodes():
        yield from _targets(each)


def _root(node: Node, known: Mapping[str, str]) -> str:
    """What stands at the head of `a.b[0].c`; empty for what the template names itself."""
    while isinstance(node, nodes.Getattr | nodes.Getitem | nodes.Filter):
        head = node.node
        assert head is not None
        node = head
    if not isinstance(node, nodes.Name) or node.name in _OURS:
        return ""
    return known.get(node.name, node.name)


def rows() -> Iterator[str]:
    """A row for each template."""
    for path in sorted((resources.templates() / "pages").glob("*.md.j2")):
        told = names(path.read_text("utf-8"))
        yield f"| `{path.name}` | {', '.join(_said(name, fields) for name, fields in told.items())} |"


def _said(name: str, fields: tuple[str, ...]) -> str:
    return f"`{name}` ({', '.join(f'`{each}`' for each in fields)})" if fields else f"`{name}`"


if __name__ == "__main__":
    sys.stdout.writelines(f"{row}\n" for row in rows())
