"""Templates go in, a Jinja2 environment comes out in which each step of theirs is counted.

Of Jinja2's filters and of the methods of values it has those whose work is in proportion to what they are given.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any, NoReturn

from jinja2 import FunctionLoader, StrictUndefined, Template, Undefined, nodes, pass_context
from jinja2.filters import FILTERS, make_attrgetter
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS
from msgspec import Struct

from vaultkit.pages.allowance import allowance, steps_of
from vaultkit.pages.tree import HANDLE, JOIN, SPEND, counted

_METHODS: Mapping[type, frozenset[str]] = {
    str: frozenset(
        {"capitalize", "casefold", "count", "endswith", "find", "isalnum", "isalpha", "isdigit", "islower", "isspace"}
        | {"isupper", "lower", "partition", "removeprefix", "removesuffix", "split", "splitlines", "startswith"}
        | {"swapcase", "title", "upper"}
    ),
    dict: frozenset({"get", "items", "keys", "values"}),
    list: frozenset({"count", "index"}),
    tuple: frozenset({"count", "index"}),
}
"""What a template may call of a value. `"x".center(10 ** 9)` makes much of little, and `rfind` looks for long."""
_CLOSED = (str, bytes, int, float, complex, list, tuple, dict, set, frozenset, range, type)
"""Of these a template has those methods and nothing else."""

_INSTANT_FILTERS = frozenset({"count", "d", "default", "first", "last", "length"})
_FILTERS = frozenset(
    {"abs", "capitalize", "dictsort", "float", "groupby", "items", "list", "lower", "map", "max", "min", "reject"}
    | {"rejectattr", "reverse", "select", "selectattr", "sort", "title", "truncate", "unique", "upper"}
)
_INSTANT_TESTS = frozenset(
    {"boolean", "callable", "defined", "false", "float", "integer", "iterable", "mapping", "none", "number"}
    | {"sameas", "sequence", "string", "true", "undefined"}
)

_ARITHMETIC: Mapping[str, Callable[[Any, Any], Any]] = {
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}
_GREATEST = 10**15
_DIGITS = 15


class CountingEnvironment(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox with bounds; it takes an unknown name for an error, and escapes no HTML.

    `written` says how a value is written, `whole` what a text becomes that was put together from what was written.
    """

    concat: Callable[[Any], str]

    def __init__(
        self,
        templates: Mapping[str, str],
        written: Callable[[Any], str],
        whole: Callable[[str], str],
        **settings: Any,
    ) -> None:
        super().__init__(
            extensions=["jinja2.ext.i18n"],
            undefined=StrictUndefined,
            loader=FunctionLoader(lambda name: (templates[name], name, None) if name in templates else None),
            finalize=pass_context(lambda _, value: self.written(value)),  # with the context, so not while it compiles
            optimized=False,  # the optimizer works out whatever is constant, however long that takes
            **settings,
        )
        self.sources = templates
        self._written = written
        self.concat = lambda pieces: whole("".join(pieces))
        self.template_class = _Template
        self.filters = self._own_filters()
        self.tests = {name: TESTS[name] if name in _INSTANT_TESTS else _handled(TESTS[name]) for name in TESTS}
        del self.globals["lipsum"]  # text at random
        self.binop_table = {"+": _added, "**": _refused}
        self.binop_table |= {sign: _calculated(calculate) for sign, calculate in _ARITHMETIC.items()}
        self.intercepted_binops = frozenset(self.binop_table)

    def written(self, value: Any) -> str:
        """A value as it is written."""
        text = str(value) if isinstance(value, Undefined) else self._written(value)  # of the former there is no text
        allowance().spend(2 * steps_of(text))
        return text

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The fields of a row are there to be read: the sandbox takes ten times as long to find that they may be."""
        if isinstance(obj, Struct) and attribute in obj.__struct_fields__:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """A filter looks here for each part of its `attribute`; to look for a long key takes long."""
        allowance().handle(argument, 0)
        return super().getitem(obj, argument)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """A body says itself what it costs; anything else handles what it is given."""
        if isinstance(obj, Macro | BlockReference | LoopContext):
            allowance().spend(len(args) + len(kwargs))
            return super().call(context, obj, *args, **kwargs)
        allowance().handle(getattr(obj, "__self__", None), args, kwargs)
        return _counted(super().call(context, obj, *args, **kwargs))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may have it."""
        if isinstance(obj, _CLOSED):
            return any(attr in names for kind, names in _METHODS.items() if isinstance(obj, kind))
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """`format` is not among the methods: `"{:1000000000}".format(1)`."""

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002 -- Jinja2's signature
    ) -> str:
        return super()._generate(counted(source), name, filename, defer_init)

    def _own_filters(self) -> dict[str, Callable[..., Any]]:
        found = {name: FILTERS[name] for name in _INSTANT_FILTERS}
        found |= {name: _handled(FILTERS[name]) for name in _FILTERS}
        found |= {"int": _integer, "replace": _replaced, "round": _rounded, "sum": self._summed, "trim": _trimmed}
        return found | {"join": self._joined, SPEND: _spent, HANDLE: _counted, JOIN: self._together}

    def _together(self, *values: Any) -> str:
        """What `~` makes of values: each as it is written alone."""
        return self.concat([self._piece(value) for value in values])

    def _joined(self, values: Any, between: Any = "", attribute: str | int | None = None) -> str:
        """The same with something between them."""
        pieces, between = [self._piece(value) for value in self._of_each(values, attribute)], self._piece(between)
        allowance().spend(steps_of(between) * len(pieces))
        return self.concat([text for piece in pieces for text in (between, piece)][1:])

    def _piece(self, value: Any) -> str:
        """A value as a part of a text: a space at its ends has a meaning there, and stays."""
        text = self.written(value)
        if not isinstance(value, str) or text == value:
            return text
        first, last = value[:1].isspace(), value[-1:].isspace()
        return f"{' ' * first}{text}{' ' * (last and bool(text))}"

    def _summed(self, values: Any, attribute: str | int | None = None, start: Any = 0) -> Any:
        total = start
        for value in self._of_each(values, attribute):
            total = _calculated(operator.add)(total, value)
        return total

    def _of_each(self, values: Any, attribute: str | int | None) -> list[Any]:
        allowance().handle(values)
        return list(values if attribute is None else map(make_attrgetter(self, attribute), values))


class _Template(Template):
    """A template that is imported as if for the first time: what it costs is counted each time."""

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        self._module = None
        return super()._get_default_module(ctx)


def _handled(function: Any) -> Callable[..., Any]:
    """The same filter or test, counted; and what it would make one by one, when somebody asks, it makes at once."""

    @wraps(function)
    def handled(*args: Any, **kwargs: Any) -> Any:
        allowance().handle(args, kwargs)
        made = function(*args, **kwargs)
        return _counted(list(made) if isinstance(made, Iterator) else made)

    return handled


def _spent(value: Any, steps: int) -> Any:
    allowance().spend(steps)
    return value


def _counted(value: Any) -> Any:
    allowance().handle(value)
    return value


def _replaced(text: str, old: str, new: str, count: int = -1) -> str:
    allowance().handle(text, old)
    allowance().spend(steps_of(new) * text.count(old))
    return str(text).replace(old, new, count)


def _trimmed(text: str) -> str:
    allowance().handle(text)
    return str(text).strip()


def _integer(value: Any, default: int = 0) -> Any:
    allowance().handle(value)
    return FILTERS["int"](value, default)


def _rounded(value: Any, precision: int = 0, method: str = "common") -> Any:
    if abs(precision) > _DIGITS or not _are_numbers(value, precision):
        _refused(value, precision)
    return FILTERS["round"](value, precision, method)


def _added(left: Any, right: Any) -> Any:
    if type(left) is type(right) and isinstance(left, str | list | tuple):
        allowance().handle(left, right)
        return left + right
    return _calculated(operator.add)(left, right)


def _calculated(calculate: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def calculated(left: Any, right: Any) -> Any:
        return calculate(left, right) if _are_numbers(left, right) else _refused(left, right)

    return calculated


def _are_numbers(*values: Any) -> bool:
    """Whether these are numbers of a size that people calculate with."""
    return all(isinstance(each, float) or (isinstance(each, int) and abs(each) <= _GREATEST) for each in values)


def _refused(_left: Any, _right: Any) -> NoReturn:
    raise TypeError(f"a template may calculate with numbers up to {_GREATEST}, and add texts or lists")
