"""The tree of a template goes in; the same tree comes out, in which what can take long says what it costs.

Each body (of a loop, a macro, a block) begins by saying how many steps it is, and what grows without a loop (texts that
are joined, lists, slices, comparisons) says how much it handles. Both are filters of ours.
"""

from __future__ import annotations

from typing import Any, cast

from jinja2 import TemplateAssertionError, nodes
from jinja2.visitor import NodeTransformer

from vaultkit.pages.allowance import steps_of

SPEND, HANDLE, JOIN = "its cost", "its size", "its text"
"""The names of those filters; no template can call them by such names."""
_BODIED = (nodes.Template, nodes.Block, nodes.Macro, nodes.CallBlock, nodes.For)


def counted(tree: nodes.Template) -> nodes.Template:
    """Raises TemplateAssertionError for what cannot be bounded or escaped."""
    return cast("nodes.Template", _Counter().visit(tree))


class _Counter(NodeTransformer):
    def visit(self, node: nodes.Node, *arguments: Any, **named: Any) -> nodes.Node:
        """The node with what is in it, and around it whatever counts it."""
        steps = _steps(node) if isinstance(node, _BODIED) else 0
        super().generic_visit(node, *arguments, **named)
        if isinstance(node, _BODIED):
            _begin(node, nodes.Const(steps))
        elif isinstance(node, nodes.Compare | nodes.Operand):
            node.expr = _filtered(node.expr, HANDLE)
        elif isinstance(node, nodes.Concat):
            return _filtered(node.nodes[0], JOIN, *node.nodes[1:])
        elif isinstance(node, nodes.FilterBlock):  # what it writes would not be escaped
            raise TemplateAssertionError("in place of {% filter %}, set a name and write {{ name | ... }}", node.lineno)
        return _filtered(cast("nodes.Expr", node), HANDLE) if _makes_a_list(node) else node


def _begin(node: nodes.Node, steps: nodes.Const) -> None:
    """What is in a body is counted when it is run, and what a loop leaves out by its `if` as well."""
    spent = _filtered(nodes.Const(None), SPEND, steps)
    node.body.insert(0, nodes.ExprStmt(spent, lineno=node.lineno))  # type: ignore[attr-defined]
    if isinstance(node, nodes.For) and node.test:
        node.test = _filtered(cast("nodes.Expr", node.test), SPEND, steps)


def _makes_a_list(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Getitem):
        return isinstance(node.arg, nodes.Slice)
    return isinstance(node, nodes.List | nodes.Dict) or (isinstance(node, nodes.Tuple) and node.ctx == "load")


def _filtered(value: nodes.Expr, name: str, *arguments: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(value, name, [*arguments], [], None, None, lineno=value.lineno)


def _steps(whole: nodes.Node) -> int:
    """The nodes that are run with it, and the text that is written; what lies in a body within says so itself."""
    steps, waiting = 0, [whole]
    while waiting:
        node = waiting.pop()
        steps += 1 + (steps_of(node.data) if isinstance(node, nodes.TemplateData) else 0)
        within = isinstance(node, _BODIED) and node is not whole
        waiting += node.iter_child_nodes(exclude=("body",) if within else None)
    return steps
