"""A kind of note, a title and a day go in; the text that a new note of that kind begins with comes out.

A skeleton is the body of a kind's template, vaultkit's or the vault's own: Jinja2, in its sandbox.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from vaultkit import escape
from vaultkit.language import catalogue
from vaultkit.pages.sandbox import rendered, sandbox

if TYPE_CHECKING:
    from datetime import date

    from vaultkit.pages.counting import CountingEnvironment
    from vaultkit.vault.kinds import Kind

_FENCE = "---\n"


def skeleton(kind: Kind, title: str, *, name: str, today: date, language: str) -> str:
    """The text of a new note; it says its `title` where `name`, the file's, cannot. Raises TemplateError."""
    title, template = escape.plain(title), f"{kind.name}.md"
    rows = {"title": title, "today": today.isoformat(), "language": language}
    text = rendered(_environment(language, template, kind.skeleton), template, rows)
    text = text.strip("\n") + "\n" if text.strip() else f"{_FENCE}type: {kind.label(language)}\n{_FENCE}"
    return text if name == title else _titled(text, title)


def _titled(text: str, title: str) -> str:
    """The text with a property that holds the title, as YAML and JSON both quote it."""
    line = f"title: {json.dumps(title, ensure_ascii=False)}\n"
    if text.startswith(_FENCE):
        return _FENCE + line + text.removeprefix(_FENCE)
    return f"{_FENCE}{line}{_FENCE}\n{text}"


def _environment(language: str, template: str, text: str) -> CountingEnvironment:
    environment = sandbox({template: text}, _written)
    words = catalogue(language)
    environment.install_gettext_callables(words.gettext, words.ngettext)  # type: ignore[attr-defined]
    return environment


def _written(value: object) -> str:
    if isinstance(value, str | int | float):
        return str(value)
    raise TypeError(f"a note has words and numbers, and no {type(value).__name__}: write what is in it")
