"""Templates that would loop, grow or reach for ever: each is filled in within limits, and what came of it is told.

    python -m tests.nasty_templates SECONDS MEBIBYTES

Each is announced on a line of its own before it is filled in, so that a death names it; a line of JSON follows.
"""

from __future__ import annotations

import json
import resource
import sys

from vaultkit import escape
from vaultkit.errors import TemplateError
from vaultkit.escape import Markdown
from vaultkit.language import message, say
from vaultkit.pages.sandbox import rendered, sandbox

_MANY = "range(99999)"
_LOOP = f"{{% for i in {_MANY} %}}"
_END = "{% endfor %}"
_NUMBERS = f"{{% set x = {_MANY} | list %}}"
_DIGITS = f"{{% set x = {_MANY} | join %}}"


def _again(what: str) -> str:
    """The same, a hundred thousand times."""
    return f"{_LOOP}{what}{_END}"


def _asked(expression: str) -> str:
    return _again(f"{{% if {expression} %}}{{% endif %}}")


def _growing(first: str, then: str, last: str = "") -> str:
    """A value that is made of itself, again and again."""
    return f"{{% set n = namespace(x={first}) %}}" + _again(f"{{% set n.x = {then} %}}") + last


ENDLESS = {
    "a loop in a loop": _again(_again("")),
    "a loop in a loop that leaves all out": _again(f"{{% for j in {_MANY} if false %}}{_END}"),
    "a long text in a loop": _again("x" * 50_000),
    "a long text in a loop, kept": f"{{% set x %}}{_again('x' * 50_000)}{{% endset %}}",
    "a macro that calls itself twice, to a depth": (
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}"
    ),
    "a template that includes itself twice, to a depth": (
        "{% set d = (d | default(0)) + 1 %}{% if d < 60 %}{% include 't' %}{% include 't' %}{% endif %}"
    ),
    "a macro with all that it is given": "{% macro m() %}{{ varargs | length }}{% endmacro %}"
    + _NUMBERS
    + _again("{{ m(*x) }}"),
    "a text twice as long each time, by +": _growing("'xxxx'", "n.x + n.x"),
    "a text twice as long each time, by ~": _growing("'xxxx'", "n.x ~ n.x"),
    "a text twice as long each time, by join": _growing("'xxxx'", "[n.x, n.x] | join"),
    "a text twice as long each time, by replace": _growing("'xxxx'", "n.x | replace('x', 'xx')"),
    "a text as many times as it is long": _growing("'xxxx'", "n.x | replace('', n.x)"),
    "a text between the pieces of itself": _growing("'xxxx'", "n.x | join(n.x)"),
    "a text twice as long each time, by set": (
        "{% set n = namespace(x='xxxx') %}" + _again("{% set n.x %}{{ n.x }}{{ n.x }}{% endset %}")
    ),
    "a list twice as long each time": _growing("[1]", "n.x + n.x"),
    "a list of the same list twice": _growing("[1]", "[n.x, n.x]", "{{ n.x == n.x }}"),
    "a tuple of the same tuple twice, as a key": _growing("(1,)", "(n.x, n.x)", "{{ {n.x: 1} }}"),
    "a map of the same map twice": _growing("{}", "{1: n.x, 2: n.x}"),
    "the same by dict()": _growing("1", "dict(a=n.x, b=n.x)"),
    "a list one deeper each time": _growing("[1]", "[n.x]", "{{ n.x == n.x }}"),
    "a long list, copied": _NUMBERS + _asked("x[:]"),
    "a long list, searched": _NUMBERS + _asked("-1 in x"),
    "a long list, searched by a test": _NUMBERS + _asked("-1 is in x"),
    "a long list, searched by its method": _NUMBERS + _asked("x.count(-1)"),
    "a long list, compared": _NUMBERS + "{% set y = x[:] %}" + _asked("x == y"),
    "a long list, sorted": _NUMBERS + _asked("x | sort"),
    "a long list, mapped": _asked(f"{_MANY} | map('abs') | length"),
    "a long list, sifted": _asked(f"{_MANY} | select('odd') | list | length"),
    "a long list, watched for a change": _NUMBERS + _again("{{ loop.changed(x) }}"),
    "a long text, searched": _DIGITS + _asked("x.find('zz')"),
    "a long text, cut": _DIGITS + _asked("x | truncate(3)"),
    "a long text, in capitals": _DIGITS + _asked("x | title"),
    "a long text, written": _again("{{ '" + "<" * 30_000 + "' }}"),
    "a long path of an attribute": _DIGITS + "{{ x | map(attribute='" + ".".join("0" * 20_000) + "') | length }}",
    "a number read from a long text": "{% set x = '" + "9" * 4000 + "' %}" + _asked("x | int"),
}
"""What would take for ever or the whole memory, were it not counted."""

FAULTY = {
    "a macro that calls itself": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "recursion"),
    "two macros that call each other": (
        "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
        "recursion",
    ),
    "a template that includes itself": ("{% include 't' %}", "recursion"),
    "a template that imports itself": ("{% import 't' as t %}", "recursion"),
    "a template that extends itself": ("{% extends 't' %}", "recursion"),
    "a block that holds itself": ("{% block a %}{{ self.a() }}{% endblock %}", "recursion"),
    "a loop that loops over itself": ("{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}", "recursion"),
    "thirty loops in one another": ("{% for i in [1] %}" * 30 + _END * 30, "nested"),
    "a hundred ifs in one another": ("{% if 1 %}" * 100 + "{% endif %}" * 100, "indentation"),
    "brackets in brackets": ("{{ " + "[" * 5000 + "]" * 5000 + " }}", ""),
    "a sum of many": ("{{ " + "1+" * 5000 + "1 }}", "recursion"),
    "a number of many digits": ("{{ " + "9" * 60_000 + " }}", "4300 digits"),
    "numbers without end": (_growing("9", "n.x * n.x"), "calculate"),
    "a power": ("{{ 9 ** 9 ** 9 ** 9 }}", "calculate"),
    "a text a milliard times": ("{{ 'x' * 1000000000 }}", "calculate"),
    "a text formatted wide by %": ("{{ '%1000000000d' % 1 }}", "calculate"),
    "a sentence formatted wide": ("{% trans x='a' %}%(x)1000000000d {{ x }}{% endtrans %}", "calculate"),
    "a number rounded for ever": ("{{ 1 | round(-1000000000) }}", "calculate"),
    "lists added up": ("{{ [[1]] | sum(start=[]) }}", "calculate"),
    **{f"the filter {filter_}": ("{{ 'x' | " + filter_ + " }}", "No filter named") for filter_ in (
        "center(1000000000)", "indent(1000000000)", "batch(1000000000, 1)", "slice(1000000000)", "format", "random",
        "attr('__class__')", "pprint", "xmlattr", "urlize", "tojson",
    )},
    **{f"the method {method}": ("{{ 'x'." + method + " }}", "unsafe") for method in (
        "center(1000000000)", "format", "format_map", "zfill(1000000000)", "encode", "rfind('a')", "expandtabs(1)",
        "__class__", "join", "translate",
    )},
    **{f"reaching out by {what}": ("{{ " + what + " }}", "unsafe") for what in (
        "''.__class__.__mro__[1].__subclasses__()", "''['__class__']", "cycler.__init__.__globals__.os",
        "namespace.__init__.__globals__", "_.__globals__", "range.__globals__", "self._TemplateReference__context",
        "dict.fromkeys", "(1).to_bytes(1000000000)", "words.__struct_fields__", "words.__class__",
    )},
    "reaching out by a macro": ("{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}", "unsafe"),
    "reaching out by a loop": ("{% for i in [1] %}{{ loop._iterator }}{% endfor %}", "unsafe"),
    "reaching out by a map": ("{{ [''] | map(attribute='__class__') | first }}", "unsafe"),
    "text at random": ("{{ lipsum(1000000) }}", "undefined"),
    "code of Python's": ("{{ open('/etc/passwd') }}", "undefined"),
    "a list as it is in memory": ("{{ [words] }}", "words and numbers"),
    "a row as it is in memory": ("{{ words }}", "words and numbers"),
    "a filter around a text": ("{% filter upper %}a{% endfilter %}", "in place of"),
    "more than a template": ("{{ a }}" * 20_000, "longer"),
    **{f"reading a file by {tag}": ("{% " + tag + " %}", "no page template") for tag in (
        "include '/etc/passwd'", "include '../../secret.md'", "include ['/etc/passwd', '../secret.md']",
        "extends '../../../etc/passwd'", "import '/etc/passwd' as p", "from '../secret' import x",
    )},
}  # fmt: skip
"""What is refused -> the template, and a word of what is said of it."""

FINE = {
    "macros and sets write what was escaped once": (
        "{% macro m(x) %}[[{{ x }}]]{% endmacro %}{% set y %}{{ m('[') }}{% endset %}{{ y }}",
        "[[\\[]]",
    ),
    "texts put together are escaped once": ("{{ ('[[a]]' | markdown) ~ '[' ~ 1 }}", "[[a]]\\[1"),
    "texts joined are escaped once": ("{{ ['[[a]]' | markdown, '[', 1] | join(', ') }}", "[[a]], \\[, 1"),
    "texts joined by what they have": ("{{ [{'a': 1}, {'a': 2}] | join(' and ', attribute='a') }}", "1 and 2"),
    "HTML is escaped as Markdown is": ("{% autoescape true %}{{ '<b>' }}{% endautoescape %}", "\\&lt;b&gt;"),
    "numbers are calculated": (
        "{{ (7 * 5 % 4 + 1 - 0.5) / 2 }} {{ [1, 2] | sum }} {{ 2.345 | round(1) }}",
        "1.75 3 2.3",
    ),
    "rows are sifted": ("{{ [3, 1, 2] | select('gt', 1) | sort | join(' & ') }}", "2 & 3"),
    "a loop knows its length": (
        "{% for i in range(6) if i is odd %}{{ loop.index }}/{{ loop.length }} {% endfor %}",
        "1/3 2/3 3/3 ",
    ),
    "an import is made anew": ("{% import 'u' as u %}{{ u.m() }}{% from 'u' import m %}{{ m() }}", "uu"),
    "a hundred rows for each of a thousand": (
        "{% for i in rows %}{% for j in rows[:100] %}{% endfor %}{% endfor %}",
        "",
    ),
}
"""What people write -> the template, and the text that it makes."""


def main(seconds: int, mebibytes: int) -> None:
    """Fill in each; the limits are those of all of them together."""
    resource.setrlimit(resource.RLIMIT_AS, (mebibytes << 20, mebibytes << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    texts = ENDLESS | {name: text for name, (text, _) in (FAULTY | FINE).items()}
    for name, text in texts.items():
        _tell(name)
        _tell(_filled(text))


def _filled(text: str) -> dict[str, object]:
    """The text that a template makes, or what stops it and where."""
    environment = sandbox({"t": f"\n{text}", "u": "{% macro m() %}u{% endmacro %}"}, _written, Markdown)
    environment.install_gettext_callables(str, lambda one, _many, _n: one)  # type: ignore[attr-defined]
    environment.filters["markdown"] = Markdown
    try:
        made = rendered(environment, "t", {"rows": tuple(range(1000)), "words": message("a row")})
    except TemplateError as error:
        return {"path": error.path, "line": error.line, "said": say(error.message, "en")}
    return {"text": made.removeprefix("\n")}


def _written(value: object) -> str:
    if isinstance(value, Markdown):
        return value
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return escape.text(value)
    raise TypeError("words and numbers alone are written")


def _tell(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
