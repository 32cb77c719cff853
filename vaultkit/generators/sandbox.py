"""The sandbox in which templates are rendered: settings go in, a Jinja2 environment within bounds comes out.

Jinja2's own sandbox bounds each loop and stops escapes; it does not bound a text that is repeated or padded by an
operator, and no sandbox bounds a loop within a loop: templates are the vault owner's, never a note's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment


FAULTS = (ArithmeticError, AttributeError, LookupError, MemoryError, RuntimeError, TypeError, ValueError)
"""What a template can cause that is not Jinja2's own error: the template's fault, not ours."""


def sandbox(**settings: Any) -> Environment:
    """An environment that knows `{% trans %}`, takes an unknown name for an error and escapes no HTML."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        extensions=["jinja2.ext.i18n"], undefined=StrictUndefined, autoescape=False, **settings
    )
    environment.intercepted_binops = frozenset({"*", "**", "%"})
    environment.binop_table |= {"*": _product, "**": _refused, "%": _remainder}
    environment.getattr = _reading(environment.getattr)  # type: ignore[assignment, method-assign]
    return environment


def _reading(other: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    """The fields of a row are there to be read: the sandbox takes ten times as long to find that they may be."""

    def read(value: Any, name: str) -> Any:
        if isinstance(value, Struct) and name in value.__struct_fields__:
            return getattr(value, name)
        return other(value, name)

    return read


def _product(left: Any, right: Any) -> Any:
    return left * right if _are_numbers(left, right) else _refused(left, right)


def _remainder(left: Any, right: Any) -> Any:
    return left % right if _are_numbers(left, right) else _refused(left, right)


def _are_numbers(left: Any, right: Any) -> bool:
    return isinstance(left, int | float) and isinstance(right, int | float)


def _refused(_left: Any, _right: Any) -> NoReturn:
    raise TypeError("a template may multiply and divide numbers, and nothing else")
