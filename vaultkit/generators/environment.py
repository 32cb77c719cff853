"""A template's name and what fills it go in, the text of a page comes out; one that cannot be used is a TemplateError.

Whatever a template writes has its Markdown escaped, unless it is Markdown already: a name can do no harm, even in a
template that somebody wrote in a hurry. Templates come from vaultkit and from the vault's own templates folder, never
from notes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from vaultkit import escape
from vaultkit.errors import TemplateError
from vaultkit.escape import Markdown
from vaultkit.generators.sandbox import FAULTS, sandbox
from vaultkit.language import catalogue, message, say
from vaultkit.model import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2 import Environment

    from vaultkit.vault import Vault

LONGEST = 4_000_000
"""Characters of a page, beyond which its template is taken for one that does not end."""

_EMPTY_LINES = re.compile(r"\n{3,}")
_FRONTMATTER = "---\n"
_OURS = re.compile(r"^(?:generated|page)\s*:", re.MULTILINE)


class Filled(NamedTuple):
    """A template, what filled it, and the text that came of it."""

    template: str
    rows: Mapping[str, object]
    text: str


def page_text(vault: Vault, name: str, place: str, template: str, **rows: object) -> str:
    """A whole page: what it says of itself, then what the template makes of `rows`. Raises TemplateError.

    A template may begin with frontmatter of its own, for `cssclasses` and the like.
    """
    body = filled(vault, place, template, **rows)
    says = f"generated: vaultkit\npage: {name}\n"
    if body.startswith(_FRONTMATTER):
        own = body.removeprefix(_FRONTMATTER).partition(_FRONTMATTER)[0]
        if _OURS.search(own):
            raise TemplateError(
                message("its frontmatter may not say `generated` or `page`: vaultkit does"), path=template
            )
        return f"{_FRONTMATTER}{says}{body.removeprefix(_FRONTMATTER)}"
    return f"{_FRONTMATTER}{says}{_FRONTMATTER}\n{body}"


def filled(vault: Vault, place: str, template: str, **rows: object) -> str:
    """What a template makes of `rows` in the language of the pages, its last line ended. Raises TemplateError.

    The same rows at the same place make the same text: it is not made twice.
    """
    known = vault.ask(filled_in)
    if place not in known or known[place].template != template or known[place].rows != rows:
        known[place] = Filled(template, rows, _text(vault, template, rows))
    return known[place].text


def filled_in(_vault: Vault) -> dict[str, Filled]:
    """Place -> what was last filled in there."""
    return {}


def _text(vault: Vault, template: str, rows: Mapping[str, object]) -> str:
    import jinja2  # 65 ms, and only a build needs it

    environment = _environment(vault.language, tuple(sorted(vault.setting.templates.items())))
    try:
        text = _bounded(environment.get_template(template).generate(**rows), template)
    except jinja2.TemplateNotFound as error:
        raise TemplateError(message("there is no page template of this name"), path=str(error.name)) from None
    except jinja2.TemplateSyntaxError as error:
        said = message("this is not a template: {error}", error=error.message or "")
        raise TemplateError(said, path=error.name or template, line=error.lineno) from None
    except (jinja2.TemplateError, *FAULTS) as error:
        path, line = _place(error, vault, template)
        raise TemplateError(
            message("this cannot be filled in: {error}", error=str(error)), path=path, line=line
        ) from None
    return _EMPTY_LINES.sub("\n\n", text).strip("\n") + "\n"


def sentence(what: Message, language: str) -> Markdown:
    """One of our own sentences, which may hold Markdown; in what fills it, only what is Markdown already stays so."""
    values: dict[str, str | int | Message] = {k: _value(value, language) for k, value in what.values.items()}
    return Markdown(say(Message(what.template, values, what.plural, what.count), language))


def _value(value: str | int | Message, language: str) -> str | int:
    if isinstance(value, Message):
        return sentence(value, language)
    return value if isinstance(value, Markdown | int) else escape.text(value)


@lru_cache(maxsize=4)
def _environment(language: str, templates: tuple[tuple[str, str], ...]) -> Environment:
    """Compiling a page takes 3 ms: a watch keeps its templates from one build to the next."""
    from jinja2 import FunctionLoader

    sources = dict(templates)
    environment = sandbox(
        loader=FunctionLoader(lambda name: (sources[name], name, None) if name in sources else None),
        finalize=_written(language),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["cell"] = lambda value: escape.cell(environment.finalize(value))  # type: ignore[misc]
    environment.filters["markdown"] = Markdown
    words = catalogue(language)
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: Markdown(words.gettext(text)), lambda one, many, n: Markdown(words.ngettext(one, many, n))
    )
    return environment


def _written(language: str) -> Callable[[Any], Any]:
    """How a value is written into a page."""

    def written(value: Any) -> Any:
        if isinstance(value, Message):
            return sentence(value, language)
        if value is None:
            return ""
        return escape.text(value) if isinstance(value, str) and not isinstance(value, Markdown) else value

    return written


def _bounded(pieces: Any, template: str) -> str:
    """The pieces as one text, as long as there is an end to them."""
    kept, length = [], 0
    for piece in pieces:
        kept.append(piece)
        length += len(piece)
        if length > LONGEST:
            raise TemplateError(
                message("this makes a page of more than {count} characters", count=LONGEST), path=template
            )
    return "".join(kept)


def _place(error: BaseException, vault: Vault, template: str) -> tuple[str, int]:
    """The innermost template that the error went through, and its line: Jinja2 puts them into the traceback."""
    path, line, step = template, 0, error.__traceback__
    while step is not None:
        name = step.tb_frame.f_code.co_filename
        if name in vault.setting.templates:
            path, line = name, step.tb_lineno
        step = step.tb_next
    return path, line
