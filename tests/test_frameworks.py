"""Which framework's words a vault speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vaultkit import resources
from vaultkit.insights.frameworks import framework
from vaultkit.session import Session
from vaultkit.vault.profiles import read_profile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeVault

PROFILES = [
    read_profile(path.name, path.read_bytes()) for path in sorted((resources.templates() / "profiles").glob("*.md"))
]


@pytest.mark.parametrize(
    ("files", "profile", "words"),
    [
        ({"Rocks/A.md": "", "Rocks/B.md": "", "N.md": "---\ntype: measurable\n---\n"}, "eos", ("rock", "measurable")),
        ({"Percées/A.md": "", "B.md": "---\ntype: Objectif annuel\n---\n"}, "hoshin", ("objectif annuel", "percée")),
        ({"Rocks/A.md": "", "Rocks/B.md": ""}, None, ()),
        ({"Goals/A.md": "", "Objectives/B.md": "", "Priorities/C.md": ""}, None, ()),
        ({}, None, ()),
    ],
)
def test_two_words_of_its_own_tell_a_framework(
    make_vault: MakeVault, files: Mapping[str, str], profile: str | None, words: tuple[str, ...]
) -> None:
    found = framework(Session(make_vault({"Home.md": "", **files})).vault, PROFILES)
    assert (found and found.profile, found.words if found else ()) == (profile, words)
