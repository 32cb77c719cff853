"""A template's name and what fills it go in, the text of a page comes out; one that cannot be used is a TemplateError.

Whatever a template writes has its Markdown escaped, unless it is Markdown already: a name can do no harm, even in a
template that somebody wrote in a hurry. Templates come from vaultkit and from the vault's own templates folder, never
from notes.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from vaultkit import escape
from vaultkit.errors import TemplateError
from vaultkit.escape import Markdown
from vaultkit.language import catalogue, message, say
from vaultkit.model import Message
from vaultkit.pages.sandbox import rendered, sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vaultkit.pages.counting import CountingEnvironment
    from vaultkit.vault import Vault

_EMPTY_LINES = re.compile(r"\n{3,}")
_FRONTMATTER = "---\n"
_PLAIN = re.compile(r"[^\W\d_][\w-]*(?: [\w-]+)*")
"""A name that YAML takes as it stands."""
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
    table = vault.config.page.get(name)
    body = filled(vault, place, (table and table.template) or template, **rows)
    written = name if _PLAIN.fullmatch(name) else json.dumps(name, ensure_ascii=False)
    says = f"generated: vaultkit\npage: {written}\n"
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
    environment = _environment(vault.language, tuple(sorted(vault.setting.templates.items())))
    return _EMPTY_LINES.sub("\n\n", rendered(environment, template, rows)).strip("\n") + "\n"


def sentence(what: Message, language: str) -> Markdown:
    """One of our own sentences, which may hold Markdown; in what fills it, only what is Markdown already stays so."""
    values: dict[str, str | int | Message] = {k: _value(value, language) for k, value in what.values.items()}
    return Markdown(say(Message(what.template, values, what.plural, what.count), language))


def _value(value: str | int | Message, language: str) -> str | int:
    if isinstance(value, Message):
        return sentence(value, language)
    return value if isinstance(value, Markdown | int) else escape.text(value)


@lru_cache(maxsize=4)
def _environment(language: str, templates: tuple[tuple[str, str], ...]) -> CountingEnvironment:
    """Compiling a page takes 3 ms: a watch keeps its templates from one build to the next."""
    written = _written(language)
    sources = {name: escape.seen(text) for name, text in templates}
    environment = sandbox(sources, written, Markdown, trim_blocks=True, lstrip_blocks=True)
    environment.filters["cell"] = lambda value: escape.cell(written(value))
    environment.filters["markdown"] = lambda value: Markdown(escape.seen(value))
    words = catalogue(language)
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: Markdown(words.gettext(text)), lambda one, many, n: Markdown(words.ngettext(one, many, n))
    )
    return environment


def _written(language: str) -> Callable[[Any], str]:
    """How a value is written into a page."""

    def written(value: Any) -> str:
        if isinstance(value, Markdown):
            return value
        if isinstance(value, Message):
            return sentence(value, language)
        if value is None:
            return ""
        if isinstance(value, str):
            return escape.text(value)
        if isinstance(value, int | float):
            return str(value)
        raise TypeError(f"a page has words and numbers, and no {type(value).__name__}: write what is in it")

    return written
