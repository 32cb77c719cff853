"""Links as Obsidian would write them, in each of its three styles, and names that no wikilink can hold."""

from __future__ import annotations

from datetime import date

import pytest

from vaultkit.config import Config, Obsidian
from vaultkit.parser import parse
from vaultkit.vault import Kinds, Setting, Vault, link_text

FILES = (
    "Elsewhere/Unique.md",
    "Notes/Sub/Duplicate.md",
    "Elsewhere/Duplicate.md",
    "Notes/Sub/Source.md",
    "Été & co.md",
)
AWKWARD = (
    "Why? & how; 1+1=2, $5 @home.md",
    "a|b.md",
    "x ]] y.md",
    "[draft].md",
    "100 %% sûr.md",
    "^caret.md",
    "L'été (2026).md",
)


def vault(*paths: str, obsidian: Obsidian = Obsidian()) -> Vault:  # noqa: B008 - frozen
    """A vault of empty notes."""
    setting = Setting(Kinds({}, Config()), Config(), obsidian, date(2026, 3, 16))
    return Vault.build([parse(path, b"") for path in paths], (), setting)


@pytest.mark.parametrize(
    ("style", "target", "text"),
    [
        ("shortest", "Elsewhere/Unique.md", "[[Unique]]"),
        ("shortest", "Notes/Sub/Duplicate.md", "[[Notes/Sub/Duplicate|Duplicate]]"),
        ("relative", "Elsewhere/Unique.md", "[[../../Elsewhere/Unique|Unique]]"),
        ("relative", "Notes/Sub/Duplicate.md", "[[Duplicate]]"),
        ("absolute", "Elsewhere/Unique.md", "[[Elsewhere/Unique|Unique]]"),
    ],
)
def test_the_vaults_own_style(style: str, target: str, text: str) -> None:
    obsidian = Obsidian(new_link_format=style)  # type: ignore[arg-type]
    assert link_text(vault(*FILES, obsidian=obsidian), target, "Notes/Sub/Source.md") == text


def test_markdown_links_are_encoded_and_keep_letters() -> None:
    obsidian = Obsidian(use_markdown_links=True)
    text = link_text(vault(*FILES, obsidian=obsidian), "Été & co.md", "Notes/Sub/Source.md")
    assert text == "[Été & co](Été%20&%20co.md)"


@pytest.mark.parametrize("style", ["shortest", "relative", "absolute"])
@pytest.mark.parametrize("markdown", [True, False])
@pytest.mark.parametrize("target", [*FILES, *AWKWARD, *("Deep/er/" + path for path in AWKWARD)])
@pytest.mark.parametrize("source", ["Source.md", "Notes/Sub/Source.md", "Deep/Source.md"])
def test_every_link_leads_to_its_target(style: str, markdown: bool, target: str, source: str) -> None:
    obsidian = Obsidian(new_link_format=style, use_markdown_links=markdown)  # type: ignore[arg-type]
    where = vault(*FILES, *AWKWARD, *("Deep/er/" + path for path in AWKWARD), obsidian=obsidian)
    for label in (None, "a | b", "x ]] y", "[[z]]", "%% c", "`code", "](evil.md)"):
        text = link_text(where, target, source, label)
        written = parse(source, f"- {text} end".encode())
        assert [where.resolver.resolve(link.target, source) for link in written.links] == [target], text
        assert not written.links[0].anchor
        assert not written.comments


@pytest.mark.parametrize("target", ["C# et F#.md", "10:30.md"])
def test_what_no_link_can_reach_is_plain_text(target: str) -> None:
    text = link_text(vault(target), target, "Source.md")
    assert parse("Source.md", text.encode()).links == ()
    assert target.removesuffix(".md") in text
