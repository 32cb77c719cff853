"""A kind of note, a title and a day go in; the text that a new note of that kind begins with comes out.

A skeleton is the body of a kind's template, vaultkit's or the vault's own: Jinja2, in its sandbox.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from vaultkit.errors import TemplateError
from vaultkit.generators.sandbox import FAULTS, sandbox
from vaultkit.language import catalogue, message

if TYPE_CHECKING:
    from datetime import date

    from jinja2 import Environment

    from vaultkit.vault.kinds import Kind

_FENCE = "---\n"


def skeleton(kind: Kind, title: str, *, name: str, today: date, language: str) -> str:
    """The text of a new note; it says its `title` where `name`, the file's, cannot. Raises TemplateError."""
    import jinja2  # 65 ms, and only a new note needs it

    try:
        template = _environment(language).from_string(kind.skeleton)
        text = template.render(title=title, today=today.isoformat(), language=language)
    except jinja2.TemplateSyntaxError as error:
        said = message("this is not a template: {error}", error=error.message or "")
        raise TemplateError(said, path=f"{kind.name}.md", line=error.lineno) from None
    except (jinja2.TemplateError, *FAULTS) as error:
        said = message("this cannot be filled in: {error}", error=str(error))
        raise TemplateError(said, path=f"{kind.name}.md") from None
    text = text.strip("\n") + "\n" if text.strip() else f"{_FENCE}type: {kind.label(language)}\n{_FENCE}"
    return text if name == title else _titled(text, title)


def _titled(text: str, title: str) -> str:
    """The text with a property that holds the title, as YAML and JSON both quote it."""
    line = f"title: {json.dumps(title, ensure_ascii=False)}\n"
    if text.startswith(_FENCE):
        return _FENCE + line + text.removeprefix(_FENCE)
    return f"{_FENCE}{line}{_FENCE}\n{text}"


def _environment(language: str) -> Environment:
    environment = sandbox()
    words = catalogue(language)
    environment.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    return environment
