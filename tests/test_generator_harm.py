"""Nothing in a note's name or words can harm a page: it is read back, and only what was meant stands there."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import scenario_runner as runner
from tests.pages import as_note, links, pages, read, without_parts
from vaultkit import escape, generators

if TYPE_CHECKING:
    from tests.conftest import MakeVault
    from vaultkit.vault import Vault

HOSTILE = (
    "a|b",
    "x ]] y",
    "[[z]]",
    "<script>alert(1)</script>",
    "<!-- gone",
    "{{ x }} {% y %}",
    "%% vaultkit:index %%",
    "%% /vaultkit 3f2a9c1d %%",
    "#tag",
    "- [ ] x",
    "[ ] y",
    "1. first",
    "code `of",
    "`more` code",
    "$x$ and $$y$$",
    "==h== ~~s~~ **b** _i_",
    "key:: value",
    "<% tp.date.now() %>",
    "text ^block",
    "a%20b 100%",
    "Why? &amp; how",
    "back\\slash \\",
    "] x",
    "_#t",
    "![img](x.png)",
    "](evil.md) [e](evil.md)",
    "> quote",
    "| cell |",
    "---",
    "https://example.org",
    "𝒰nicode \u202etxt 🚀 l’été",
)


CHARACTERS = st.sampled_from("[]|#%`<>{}$=*_~^:!-. \\/&;ab1é\t\u202e") | st.characters(exclude_categories=["Cs", "Cc"])


PARTS = re.compile(r"^%% (?:yours: [\w\s./'’(),·–-]*|/yours) %%$", re.MULTILINE)
"""The marks around what is left to people, whose names hold nothing that means anything elsewhere."""


def hostile_vault(words: str) -> dict[str, str]:
    """A vault where a note's title, a task, a reason and a description are all `words`."""
    said = "'{}'".format(words.replace("'", "''"))
    return {
        "Objectives/O.md": f"---\ntitle: {said}\n---\n",
        "People/M.md": f"---\ntitle: {said}\n---\n",
        "Priorities/P.md": (
            f'---\ntitle: {said}\nserves: "[[O]]"\nowner: {said}\ndescription: {said}\n---\n- [ ] {words}\n'
        ),
        "Priorities/Q.md": f"---\nserves: none\nwhy: {said}\nowner: [{said}, {said}]\n---\n",
        "Priorities/R.md": f"---\nserves: {said}\n---\n",
        "Meetings/2026-03-09 Weekly.md": f"- [ ] {words}\n- [ ] {words} [[M]] 📅 2026-03-12\n",
        "Meetings/2026-03-16 Weekly.md": (
            f"---\ntitle: {said}\nattendees: {said}\nrepresents: {said}\nmandate: {said}\n---\n## Agenda\n\n- {words}\n"
        ),
        "Decisions/D.md": f"---\ntitle: {said}\nstatus: proposed\ndate: 2026-03-01\ndecider: {said}\n---\n",
        "Projects/X.md": f"---\ntitle: {said}\nserves: '[[P]]'\nwaiting_on: {said}\ndue: 2026-03-16\n---\n",
        "Inbox/I.md": f"---\ntitle: {said}\n---\n",
        "2026-03-16.md": f"- [ ] {words}\n\n%% vaultkit:brief %%\n",
        "Home.md": f"---\ntitle: {said}\n---\n%% vaultkit:index folder='' %%\n",
        "vaultkit.toml": "[[index]]\npath = 'I.md'\nfolder = ''\n",
    }


def assert_harmless(vault: Vault) -> None:
    """What stands on the pages is what the generators meant, and nothing that a note's words have brought about."""
    resolver = vault.resolver.replaced(pages(vault), ())
    known = set(vault.notes) | set(pages(vault))
    for page in map(without_parts, vault.ask(generators.render)):
        read_again = as_note(page)
        unwanted = (read_again.tasks, read_again.tags, read_again.comments, read_again.regions, read_again.blocks)
        assert (*unwanted, read_again.problems) == ((),) * 6
        assert (read_again.generated is not None) == (page.region is None)
        assert not any(link.embed or link.anchor for link in read_again.links)
        assert {resolver.resolve(link.target, page.path) for link in read_again.links} <= known
        assert not re.search(r"<%|%%|::", re.sub(r"`[^`\n]*`", " ", page.text))
        assert not re.search(r"\{\{|==|~~", re.sub(r"`[^`\n]*`|\]\([^)]*\)|\[\[.*?\]\]", "", page.text))
        assert {section.kind for section in read_again.sections} <= {
            "yaml",
            "callout",
            "heading",
            "list",
            "paragraph",
            "table",
            "code",
        }


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_do_harm(make_vault: MakeVault, words: str) -> None:
    vault = read(make_vault(hostile_vault(words)))
    assert_harmless(vault)
    index = pages(vault)["I.md"]
    assert {path for path in vault.notes if path != "I.md"} <= set(links(vault, index))


@given(
    st.text(
        st.sampled_from("[]|#%`<>{}$=*_~^:!-. \\/&;ab1é\t\u202e") | st.characters(exclude_categories=["Cs", "Cc"]),
        max_size=24,
    )
)
def test_no_words_at_all_do_harm(words: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        runner.write({path: text.encode() for path, text in hostile_vault(words).items()}, Path(folder))
        assert_harmless(read(Path(folder)))


@pytest.mark.parametrize("markdown", ["true", "false"])
def test_no_name_does_harm(make_vault: MakeVault, markdown: str) -> None:
    names = [name.replace("/", "∕") for name in HOSTILE]
    files = {f"Priorities/{name}.md": "- [ ] do it\n" for name in names}
    files |= {f"Objectives/{name} o.md": "" for name in names} | {f"People/{name} p.md": "" for name in names}
    files["vaultkit.toml"] = "[[index]]\npath = 'I.md'\nfolder = ''\n"
    vault = read(make_vault(files | {".obsidian/app.json": f'{{"useMarkdownLinks": {markdown}}}'}))
    assert_harmless(vault)
    reachable = {path for path in vault.notes if not set(path) & set("#:")}
    assert set(links(vault, pages(vault)["I.md"])) == reachable


@given(st.text(CHARACTERS, max_size=24))
def test_escaped_words_show_as_themselves(words: str) -> None:
    flat = escape.plain(words)
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escape.text(words)) == flat
    assert re.sub(r"#(\d+);", lambda code: chr(int(code[1])), escape.mermaid(words)) == flat
    assert not re.search(r"[\"`<>#*_\[\]{}\\]", re.sub(r"#\d+;", "", escape.mermaid(words)))


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("1. Hire", "1#46; Hire"),
        ("2) Hire", "2#41; Hire"),
        ("- Hire", "#45; Hire"),
        ("www.x.org: v1.2 - l'été (fin), a/b-c!", "www#46;x#46;org#58; v1.2 - l'été (fin), a/b-c!"),
        ('"a" #quot;', "#34;a#34; #35;quot#59;"),
    ],
)
def test_what_mermaid_would_read_is_written_by_its_number(words: str, label: str) -> None:
    assert escape.mermaid(words) == label


def test_code_stays_code_in_a_sentence() -> None:
    assert escape.prose('add `serves: "[[A]]"` to [[B]]') == 'add `serves: "[[A]]"` to \\[\\[B\\]\\]'
    assert escape.prose("odd `[[A]]") == "odd \\`\\[\\[A\\]\\]"
    assert escape.cell("[[a|b]] c\\|d") == "[[a\\|b]] c\\|d"


def test_the_spaces_of_french_stay() -> None:
    assert escape.prose(" À faire\u00a0:  lier\t\u2028ou clore\u202f? ") == "À faire\u00a0: lier ou clore\u202f?"
