"""Page templates of a vault's own, and how a bad one is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pages import COMPANY, TODAY
from vaultkit.errors import TemplateError
from vaultkit.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.conftest import MakeVault
    from vaultkit.model import Page


def with_template(vault_files: Mapping[str, str], name: str, text: str) -> dict[str, str]:
    return dict(vault_files) | {"vaultkit.toml": 'templates = "Meta"\n', f"Meta/pages/{name}": text}


def built(folder: Path) -> tuple[Page, ...]:
    return Session(folder, today=TODAY).pages()


def test_a_vault_may_write_its_own_page(make_vault: MakeVault) -> None:
    own = "---\ncssclasses: [wide]\n---\n"
    own += "{% for row in priorities %}\n* {{ row.link }} {{ row.owner }} {{ '[[x]]' }} {{ 7 * 5 % 4 }}\n{% endfor %}"
    folder = make_vault(with_template(COMPANY, "overview.md.j2", own))
    (page,) = (page for page in built(folder) if page.name == "overview")
    assert page.text == (
        "---\ngenerated: vaultkit\npage: overview\ncssclasses: [wide]\n---\n"
        "* [[Hire a CFO]] [[Marie Roux]] \\[\\[x\\]\\] 3\n"
        "* [[Tidy up]] **nobody** \\[\\[x\\]\\] 3\n* [[Pay taxes]] **nobody** \\[\\[x\\]\\] 3\n"
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n{% for %}", 2),
        ("a\n\n{{ nothing }}", 3),
        ("a\n{{ priorities[0].nothing }}", 2),
        ("{{ 1 / 0 }}", 1),
        ("a\n{% include 'missing.md.j2' %}", 0),
        ("a\n{{ 'x' * 1000000000 }}", 2),
        ("{{ 9 ** 9 ** 9 ** 9 }}", 1),
        ("{{ '%1000000000d' % 1 }}", 1),
        ("a\n{% for i in range(99999999) %}x{% endfor %}", 2),
        ("{{ ''.__class__.__mro__ }}", 1),
        ("---\npage: home\n---\nhi", 0),
        ("{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", 1),
        ("{% for i in range(99999) %}{% for j in range(99999) %}{{ verdict }}{% endfor %}{% endfor %}", 1),
    ],
)
def test_a_template_that_cannot_be_used_is_named_with_its_line(make_vault: MakeVault, text: str, line: int) -> None:
    with pytest.raises(TemplateError) as raised:
        built(make_vault(with_template(COMPANY, "overview.md.j2", text)))
    missing = "include" in text
    assert raised.value.path == ("missing.md.j2" if missing else "overview.md.j2")
    assert raised.value.line == line
