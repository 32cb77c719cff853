"""What a person reads is said in both languages: the sources are held against the catalogues."""

from __future__ import annotations

import ast
import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tools import extractors, messages
from vaultkit.validators.docs import split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message

ROOT = Path(__file__).resolve().parent.parent
PLACEHOLDER = re.compile(r"\{[^{}]*\}|%\(\w+\)\w")

VALIDATOR = b'''"""A priority that
serves nothing.

## What it flags
A live note
of kind `priority`:
- first {braces};
- second,
  and on.

Again.
## Why it matters
It costs time.
"""
from vaultkit.language import message, plural

TEXT = message("A {place} is said", place=1)
TEXTS = plural("{count} note", "{count} notes", 2)
'''

KIND = b"""---
names: ["{% not a block", "{{ _('not a text') }}"]
when: '{# no comment'
---
# {{ title }}
{{ _("Why it is worth doing") }}
---
{% trans count=people|length %}{{ count }} person{% pluralize %}{{ count }} people{% endtrans %}
"""


PO = """# A header.
msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "Kept"
msgstr "Gardé"

msgid "Zebras"
msgstr "Zèbres"
"""

UPDATED = """# A header.
msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

#: vaultkit/text.py
msgid "Kept"
msgstr "Gardé"

#: vaultkit/text.py
msgid "Zebra"
msgstr ""

#, python-brace-format
msgid "{count} note"
msgid_plural "{count} notes"
msgstr[0] ""
msgstr[1] ""
"""


@pytest.fixture(scope="module")
def own() -> Catalog:
    return messages.own_texts()


@pytest.fixture(scope="module", params=messages.catalogues(), ids=lambda path: path.parents[1].name)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    return read_po(BytesIO(request.param.read_bytes()))


def texts(catalogue: Catalog) -> Iterator[Message]:
    return (words for words in catalogue if words.id)


def ids(words: Message) -> tuple[str, ...]:
    return (words.id,) if isinstance(words.id, str) else tuple(words.id)


def of_click(words: Message) -> bool:
    return messages.CLICK in words.auto_comments


def placeholders(text: str) -> list[str]:
    return sorted(set(PLACEHOLDER.findall(text)))


def test_every_text_is_in_the_catalogue(own: Catalog, catalogue: Catalog) -> None:
    missing = [words.id for words in texts(own) if (words.id, words.context) not in keys(catalogue)]
    assert not missing, "run `make messages`, then translate them"


def test_the_catalogue_holds_no_text_that_nobody_says(own: Catalog, catalogue: Catalog) -> None:
    left = [w.id for w in texts(catalogue) if not of_click(w) and (w.id, w.context) not in keys(own)]
    assert not left, "run `make messages`"


def keys(catalogue: Catalog) -> set[tuple[str | tuple[str, ...] | list[str], str | None]]:
    return {(words.id, words.context) for words in texts(catalogue)}


def test_every_text_is_translated(catalogue: Catalog) -> None:
    assert [words.id for words in texts(catalogue) if words.fuzzy or not all(messages.forms(words))] == []


def test_translations_keep_the_places(catalogue: Catalog) -> None:
    wrong = []
    for words in texts(catalogue):
        singular, *several = messages.forms(words)
        if not singular:
            continue  # not yet translated: another test says so
        *first, last = map(placeholders, ids(words))
        # French says the singular of nothing as well, so that it needs the count where English does not.
        accepted = [last, *first] if of_click(words) else [last]
        if placeholders(singular) not in accepted or any(placeholders(text) != last for text in several):
            wrong.append(words.id)
    assert wrong == []


def test_an_update_keeps_translations_and_brings_no_noise(tmp_path: Path) -> None:
    path = tmp_path / "vaultkit.po"
    path.write_text(PO, encoding="utf-8")
    said = Catalog()
    said.add("Zebra", locations=[("vaultkit/text.py", 3)])
    said.add("Kept", locations=[("vaultkit/text.py", 7)])
    said.add(("{count} note", "{count} notes"))
    messages.update(path, said)
    assert path.read_text(encoding="utf-8") == UPDATED
    messages.update(path, said)
    assert path.read_text(encoding="utf-8") == UPDATED


def test_click_says_what_we_translate() -> None:
    known = {words.id for words in messages.click_texts()}
    assert {"Usage:", "Options", "Commands", "Show this message and exit.", "Error: {message}"} <= known


def test_a_text_is_written_where_it_is_said() -> None:
    """Babel collects literals: a name, an f-string or a sum would stay English in silence."""
    assert [place for place, call in calls() if not all(map(literal, said(call)))] == []


def test_a_text_is_said_where_babel_looks(own: Catalog) -> None:
    """It does not look into f-strings: `f"{_('Yes')}"` would stay English in silence."""
    known = {text for words in texts(own) for text in ids(words)}
    assert [place for place, call in calls() if any(ast.literal_eval(text) not in known for text in said(call))] == []


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted((ROOT / "vaultkit").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(call, ast.Call):
                yield f"{path.relative_to(ROOT)}:{call.lineno}", call


def said(call: ast.Call) -> list[ast.expr]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return call.args[: {"_": 1, "message": 1, "plural": 2}.get(name, 0)]


def literal(expression: ast.expr) -> bool:
    return isinstance(expression, ast.Constant) and isinstance(expression.value, str)


def test_a_validator_gives_its_calls_and_its_docstring() -> None:
    found = [words for _, _, words, _ in extractors.validator(BytesIO(VALIDATOR), messages.KEYWORDS, (), {})]
    assert found == [
        ("A {place} is said", None),
        ("{count} note", "{count} notes", None),
        "A priority that serves nothing.",
        "What it flags",
        "Why it matters",
        "A live note of kind `priority`:\n- first {braces};\n- second, and on.\n\nAgain.",
        "It costs time.",
    ]


def test_a_docstring_without_sections_is_a_summary() -> None:
    assert split("One line.") == ("One line.", {})
    assert split("One\nline.\n\nMore of it.\n") == ("One line.", {})
    assert split("") == ("", {})


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_kind_gives_its_skeleton_and_not_its_frontmatter(line_end: bytes) -> None:
    source = BytesIO(KIND.replace(b"\n", line_end))
    found = [(line, words) for line, _, words, _ in extractors.kind(source, messages.KEYWORDS, (), {"silent": "false"})]
    assert found == [(6, "Why it is worth doing"), (8, ("%(count)s person", "%(count)s people", None))]
