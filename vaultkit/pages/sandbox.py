"""The sandbox in which templates are rendered: settings go in, a Jinja2 environment within bounds comes out.

Templates are the vault owner's, never a note's; but a vault may come from anybody. Jinja2's own sandbox stops escapes
and bounds each loop. Here whatever a template does is counted (`allowance`), and of the filters and methods there are
those whose work is in proportion to what they are given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultkit.errors import TemplateError
from vaultkit.language import message
from vaultkit.pages.allowance import EndlessError, allowed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2 import Template

    from vaultkit.pages.counting import CountingEnvironment

LONGEST = 64_000
"""Characters of all the templates together: Python takes 40 microseconds to compile a `{{ name }}`."""

_FAULTS = (ArithmeticError, AttributeError, LookupError, MemoryError, RuntimeError, SyntaxError, TypeError, ValueError)
"""What a template can cause that is not Jinja2's own error: the template's fault, not ours."""
_SAID = 200
"""Characters of what Jinja2 says of a fault: it may quote whatever the template has made."""


def sandbox(
    templates: Mapping[str, str], written: Callable[[Any], str], whole: Callable[[str], str] = str, **settings: Any
) -> CountingEnvironment:
    """An environment of these templates (name -> text), which knows `{% trans %}`.

    `written` says how a value is written, `whole` what a text becomes that was put together from what was written.
    """
    from vaultkit.pages import counting  # Jinja2 takes 65 ms, and only a build needs it

    return counting.CountingEnvironment(templates, written, whole, **settings)


def rendered(environment: CountingEnvironment, name: str, rows: Mapping[str, object]) -> str:
    """What a template makes of `rows`; raises TemplateError, with the template and the line at fault."""
    import jinja2  # the same

    try:
        with allowed(rows):
            return "".join(_template(environment, name).generate(**rows))
    except jinja2.TemplateNotFound as error:
        raise TemplateError(message("there is no page template of this name"), path=str(error.name)[:_SAID]) from None
    except jinja2.TemplateSyntaxError as error:
        said = message("this is not a template: {error}", error=(error.message or "")[:_SAID])
        raise TemplateError(said, path=error.name or name, line=error.lineno) from None
    except EndlessError as error:
        path, line = _place(error, environment, name)
        raise TemplateError(message("this has no end, or is too long"), path=path, line=line) from None
    except (jinja2.TemplateError, *_FAULTS) as error:
        path, line = _place(error, environment, name)
        said = message("this cannot be filled in: {error}", error=str(error)[:_SAID])
        raise TemplateError(said, path=path, line=line) from None


def _template(environment: CountingEnvironment, name: str) -> Template:
    sources = environment.sources
    if sum(map(len, sources.values())) > LONGEST:
        longest = max(sources, key=lambda each: len(sources[each]))
        said = message("the templates are longer than {count} characters together", count=LONGEST)
        raise TemplateError(said, path=longest)
    return environment.get_template(name)


def _place(error: BaseException, environment: CountingEnvironment, template: str) -> tuple[str, int]:
    """The innermost template that the error went through, and its line: Jinja2 puts them into the traceback."""
    path, line, step = template, 0, error.__traceback__
    while step is not None:
        name = step.tb_frame.f_code.co_filename
        if name in environment.sources:
            path, line = name, step.tb_lineno
        step = step.tb_next
    return path, line
