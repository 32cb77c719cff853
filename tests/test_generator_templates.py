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


def test_a_page_of_its_own_without_a_title_goes_by_its_files_name(make_vault: MakeVault) -> None:
    settings = 'templates = "Meta"\n[page.numbers]\ntemplate = "n.md.j2"\npath = "Home/Our numbers"\n'
    (page,) = (
        page
        for page in built(make_vault({"vaultkit.toml": settings, "Meta/pages/n.md.j2": "# {{ title }}\n"}))
        if page.name == "numbers"
    )
    assert page.text.endswith("---\n\n# Our numbers\n")


def test_a_vault_may_write_its_own_page(make_vault: MakeVault) -> None:
    own = "---\ncssclasses: [wide]\n---\n"
    own += "{% for row in priorities %}\n* {{ row.what }} {{ row.owner }} {{ '[[x]]' }} {{ 7 * 5 % 4 }}\n{% endfor %}"
    folder = make_vault(with_template(COMPANY, "overview.md.j2", own))
    (page,) = (page for page in built(folder) if page.name == "overview")
    assert page.text == (
        "---\ngenerated: vaultkit\npage: overview\ncssclasses: [wide]\n---\n"
        "* 1. [[Hire a CFO]] [[Marie Roux]] \\[\\[x\\]\\] 3\n"
        "* 2. [[Tidy up]] (**no objective**) **nobody** \\[\\[x\\]\\] 3\n"
        "* 10. [[Pay taxes]] **nobody** \\[\\[x\\]\\] 3\n"
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


NUMBERS = """# {{ title }}

{{ as_of }} {{ ratios.alignment.part }} of {{ ratios.alignment.whole }} aligned.

{% for one in priorities if one.live %}
- {{ one.link }} ({{ one.owner or "?" }}, {{ one.health or "?" }}{% if one.rank %}, {{ one.rank }}{% endif %}){% for
up in one.serves %} > {{ up }}{% endfor %}{% for task in one.tasks %} [{{ task.text }}]{% endfor %}

{% endfor %}
{% for one in kinds["person"] %}
{{ one.title }}: {{ one.properties.get("phone", "") }}
{% endfor %}
{% for each in findings if each.validator == "no-owner" %}
* {{ each.text }} {{ each.next }}
{% endfor %}
"""


def own_page(table: str, template: str = NUMBERS) -> dict[str, str]:
    settings = f'templates = "Meta"\n[page.numbers]\ntemplate = "numbers.md.j2"\n{table}'
    return COMPANY | {"vaultkit.toml": settings, "Meta/pages/numbers.md.j2": template}


def test_a_vault_may_have_a_page_of_its_own(make_vault: MakeVault) -> None:
    files = own_page('title = "Our numbers"\n')
    files["People/Marie Roux.md"] = '---\nphone: "[[x|1]] %% 2"\n---\n'
    folder = make_vault(files)
    (page,) = (page for page in built(folder) if page.name == "numbers")
    assert page.path == "Dashboards/Our numbers.md"
    assert page.text == (
        "---\ngenerated: vaultkit\npage: numbers\n---\n\n# Our numbers\n\n"
        "As of 2026-03-16. 1 of 3 aligned.\n\n"
        "- [[Hire a CFO]] ([[Marie Roux]], at risk, 1) > [[Double revenue]] [call Marie about \\#cash]\n"
        "- [[Tidy up]] (?, ?, 2)\n- [[Pay taxes]] (?, ?, 10)\n"
        "Marie Roux: 1 %\\% 2\n"
        '* [[Pay taxes]] has no owner. add `owner: "[[...]]"` with the one person who answers for it\n'
        '* [[Tidy up]] has no owner. add `owner: "[[...]]"` with the one person who answers for it\n'
    )


def test_a_page_of_a_vaults_own_is_built_by_its_name_and_found_where_it_was_moved(make_vault: MakeVault) -> None:
    folder = make_vault(own_page('path = "Desk/Mine"\n'))
    session = Session(folder, today=TODAY)
    assert session.apply(session.plan(("numbers",))) == ("Desk/Mine.md",)
    assert "Desk/Mine.md" not in {edit.path for edit in Session(folder, today=TODAY).plan().edits}
    elsewhere = make_vault(own_page("") | {"Desk/Moved.md": (folder / "Desk/Mine.md").read_text("utf-8")}, "elsewhere")
    assert [page.path for page in built(elsewhere) if page.name == "numbers"] == ["Desk/Moved.md"]


def test_a_page_of_a_vaults_own_is_remade_when_what_it_tells_of_changes(make_vault: MakeVault) -> None:
    folder = make_vault(own_page(""))
    session = Session(folder, today=TODAY, paranoid=True)
    session.apply(session.plan())
    for text, written in (("No word of it is shown.\n", 0), ("- [ ] Ask around\n", 1)):
        with (folder / "Priorities/Tidy up.md").open("a", encoding="utf-8") as note:
            note.write(text)
        session.refresh()
        assert len([edit for edit in session.plan(("numbers",)).edits if edit.path.endswith("numbers.md")]) == written


def test_a_page_for_a_few_tells_of_no_note_that_is_not_for_them(make_vault: MakeVault) -> None:
    secret = {"Priorities/Sell it all.md": "---\nconfidentiality: board\nrank: 3\n---\n"}
    pages = [
        next(
            page.text
            for page in built(make_vault(own_page('audience = "employees"\n') | more, name))
            if page.name == "numbers"
        )
        for name, more in (("with", secret), ("without", {}))
    ]
    assert pages[0] == pages[1]


def test_a_page_of_ours_may_have_a_template_of_another_name(make_vault: MakeVault) -> None:
    files = own_page('[page.overview]\ntemplate = "numbers.md.j2"\n', "{{ as_of }}\n")
    texts = {page.name: page.text for page in built(make_vault(files))}
    assert texts["overview"].endswith("---\n\nAs of 2026-03-16.\n")


def test_a_template_that_is_not_there_is_named(make_vault: MakeVault) -> None:
    files = COMPANY | {"vaultkit.toml": '[page.numbers]\ntemplate = "numbers.md.j2"\n'}
    with pytest.raises(TemplateError) as raised:
        built(make_vault(files))
    assert raised.value.path == "numbers.md.j2"
