"""The health of the vault: held against the baseline, at rest once the pages stand, and whole after every step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pages import COMPANY, TODAY, links, one, read
from vaultkit import baseline
from vaultkit.generators.vault_health import FAMILIES
from vaultkit.session import Session
from vaultkit.validators import VALIDATORS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault


def health(session: Session) -> str:
    (text,) = (page.text for page in session.pages() if page.name == "vault-health")
    return text


def test_every_family_of_validators_has_a_row() -> None:
    rooms = {module.__name__.split(".")[-2] for module in VALIDATORS.values()}  # type: ignore[attr-defined]
    assert rooms == FAMILIES.keys()


def test_without_a_baseline_no_trend_is_told(make_vault: MakeVault) -> None:
    assert "baseline" not in one(read(make_vault(COMPANY)), "vault-health").text


def test_what_is_new_and_what_is_settled_since_the_baseline(make_vault: MakeVault) -> None:
    folder = make_vault(COMPANY | {"vaultkit.toml": 'baseline = "known.json"\n'})
    known = baseline.written(Session(folder, today=TODAY).findings())
    (folder / "known.json").write_text(known, "utf-8")
    all_known = health(Session(folder, today=TODAY))
    assert "> Since the baseline: 0 are new, 0 are settled; " in all_known
    (folder / "Priorities/Tidy up.md").unlink()
    (folder / "Priorities/New.md").write_text('---\nserves: "[[Double revenue]]"\nrank: 3\n---\n', "utf-8")
    assert "> Since the baseline: 3 are new, " in health(Session(folder, today=TODAY))


def test_it_is_at_rest_once_the_pages_stand(make_vault: MakeVault) -> None:
    folder = make_vault(COMPANY | {"Home.md": "[[Overview]] [[Vault health]] [[Nowhere]] [[Glossary]]\n"})
    first = Session(folder, today=TODAY)
    before = health(first)
    first.apply(first.plan())
    assert health(Session(folder, today=TODAY)) == before
    assert "**Nowhere**" in before
    assert "**Overview**" not in before


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Priorities/Tidy up.md", '---\nrank: 2\nowner: "[[Marie Roux]]"\n---\n'),
        ("Notes/A.md", "[[Nobody]]\n"),
        ("Nobody.md", ""),
        ("Priorities/Tidy up.md", "---\nrank: 2\n---\n%% vaultkit:ignore no-owner until 2026-12-31: later %%\n"),
    ],
)
def test_it_follows_every_step(make_vault: MakeVault, path: str, text: str) -> None:
    folder = make_vault(COMPANY | {"Home.md": "[[Nobody]]\n"})
    session = Session(folder, today=TODAY, paranoid=True)
    before = health(session)
    _write(folder / path, text)
    session.refresh()
    assert health(session) != before


def test_every_row_leads_to_its_note(make_vault: MakeVault) -> None:
    vault = read(make_vault(COMPANY))
    assert None not in links(vault, one(vault, "vault-health"))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
