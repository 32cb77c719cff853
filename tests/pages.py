"""What the tests of the generators share: a vault is read, its pages and where their links lead come out."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tests import scenario_runner as runner
from vaultkit import generators
from vaultkit.parser import parse

if TYPE_CHECKING:
    from pathlib import Path

    from vaultkit.model import Note, Page
    from vaultkit.vault import Vault

_PART = re.compile(
    r"^%% yours: .*?^%% /yours %%$|^%% Write below, between the two marks: [\w ,.]* %%$|^<!-- -->$",
    re.MULTILINE | re.DOTALL,
)

TODAY = date(2026, 3, 16)

COMPANY = {
    "Objectives/Double revenue.md": "---\nperiod: 2026\n---\n",
    "Objectives/Open Berlin.md": "---\nperiod: 2026\n---\n",
    "People/Marie Roux.md": "",
    "Priorities/Hire a CFO.md": (
        '---\nserves: "[[Double revenue]]"\nowner: "[[Marie Roux]]"\nrank: 1\nhealth: amber\n---\n'
        "- [x] write the brief\n- [ ] call [[Marie Roux|Marie]] about #cash\n"
    ),
    "Priorities/Tidy up.md": "---\nrank: 2\n---\n",
    "Priorities/Pay taxes.md": "---\nserves: none\nwhy: the law asks for it\nrank: 10\n---\n",
}


def read(folder: Path, language: str = "en") -> Vault:
    return runner.read_vault(folder, TODAY, language)


def pages(vault: Vault) -> dict[str, Page]:
    """Whole pages by path."""
    return {page.path: page for page in vault.ask(generators.render) if page.region is None}


def one(vault: Vault, name: str) -> Page:
    """The only page of a name."""
    (found,) = (page for page in vault.ask(generators.render) if page.name == name)
    return found


def links(vault: Vault, page: Page) -> list[str | None]:
    """Where the links of a page lead, once every page stands."""
    resolver = vault.resolver.replaced(pages(vault), ())
    return [resolver.resolve(link.target, page.path) for link in as_note(page).links]


def as_note(page: Page) -> Note:
    """A page, or what a region is filled with, as it is read again."""
    return parse(page.path, page.text.encode("utf-8", "surrogatepass"))


def without_parts(page: Page) -> Page:
    """A page without the parts in which a person writes, what is said to them there, and marks between lists."""
    return replace(page, text=_PART.sub("", page.text))


def rows(text: str, start: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(start)]
