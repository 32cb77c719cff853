"""`vaultkit.toml`: what is accepted, and that every mistake is told with its line and a suggestion."""

from __future__ import annotations

import pytest
from msgspec import Struct

from vaultkit.config import Config, Index, Pages, parse_config
from vaultkit.config_checks import check_indexes, check_kinds, check_options, check_pages
from vaultkit.errors import ConfigError
from vaultkit.language import say


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The options of an invented validator."""

    grace_days: int = 7


KINDS = ("priority", "key_result")
KNOWN = {"orphan-priority": Options, "broken-link": Options}


def read(text: str) -> Config:
    """A `vaultkit.toml`, checked as a run checks it."""
    config = parse_config(text)
    check_options(config, KNOWN, text)
    check_kinds(config, KINDS, ["serves", "owner"], text)
    check_indexes(config, KINDS, lambda word: word in KINDS, text)
    check_pages(config, text)
    return config


def told(text: str) -> tuple[int, str, str]:
    """The line, message and hint of the error that a `vaultkit.toml` causes."""
    with pytest.raises(ConfigError) as caught:
        read(text)
    error = caught.value
    return error.line, say(error.message, "en"), say(error.hint, "en") if error.hint else ""


def test_everything_has_a_default() -> None:
    assert parse_config("") == Config(written=True)


def test_a_whole_file() -> None:
    config = parse_config(
        """
        language = "fr"
        exclude = ["Brouillons/**"]
        [kinds]
        priority = ["Rocks/", "#rock"]
        [pages]
        folder = "Pages"
        off = ["alignment"]
        [[index]]
        path = "Projets.md"
        folder = "Projets"
        [validators.orphan-priority]
        severity = "warning"
        grace-days = 3
        """
    )
    assert config.language == "fr"
    assert config.kinds == {"priority": ("Rocks/", "#rock")}
    assert config.pages == Pages(folder="Pages", off=("alignment",))
    assert config.index == (Index(path="Projets.md", folder="Projets"),)
    assert config.severity("orphan-priority") == "warning"
    assert config.options("orphan-priority", Options) == Options(grace_days=3)
    assert config.severity("broken-link") is None


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ('langage = "fr"', 1, "unknown key langage", "did you mean language?"),
        ('\n[pages]\nfoldr = "x"', 3, "unknown key foldr", "did you mean folder?"),
        ('[[index]]\npath = "a.md"\nsrt = "name"', 3, "unknown key srt", "did you mean sort?"),
        ('[page.overview]\npth = "a.md"', 2, "unknown key pth", "did you mean path?"),
        (
            '[page.overveiw]\npath = "a.md"',
            1,
            "there is no page named overveiw, and no template to make one of",
            "did you mean overview?",
        ),
        ('[page."a: b"]\ntemplate = "a.md.j2"', 1, "a: b is no name for a page: take letters, digits and hyphens", ""),
        ('[page.true]\ntemplate = "a.md.j2"', 1, "true is no name for a page: take letters, digits and hyphens", ""),
        ('[kinds]\nprioritty = ["Rocks/"]', 2, "there is no kind named prioritty", "did you mean priority?"),
        ('[properties]\n\nserve = ["axe"]', 3, "there is no field named serve", "did you mean serves?"),
        ('[[index]]\npath = "a.md"\n\n[[index]]\nfolder = "x"', 4, "an index page needs a path", ""),
        (
            '\n[[index]]\npath = "a.md"\nkind = "prioritty"',
            2,
            "there is no kind named prioritty",
            "did you mean priority?",
        ),
        ("written = true", 1, "unknown key written", ""),
        (
            "[validators.orphan-prioritty]",
            1,
            "there is no validator named orphan-prioritty",
            "did you mean orphan-priority?",
        ),
        ("[validators.orphan-priority]\ngrace = 3", 2, "unknown key grace", "did you mean grace-days?"),
    ],
)
def test_unknown_keys(text: str, line: int, message: str, hint: str) -> None:
    found_line, found_message, found_hint = told(text)
    assert (found_line, found_message) == (line, message)
    assert hint in found_hint


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("language = 3", 1),
        ('language = "de"', 1),
        ("\n[pages]\nfolder = 3", 3),
        ('[validators.orphan-priority]\nseverity = "loud"', 2),
        ('[validators.orphan-priority]\n\ngrace-days = "x"', 3),
        ('[[index]]\npath = "a.md"\ndepth = 0', 3),
        ('[pages]\noff = ["overvew"]', 2),
        ("a = ", 1),
    ],
)
def test_wrong_values_name_their_line(text: str, line: int) -> None:
    assert told(text)[0] == line
