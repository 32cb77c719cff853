"""The words of a framework: a profile renames kinds, and a vault that uses them is understood as well as any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kinds import KINDS, OURS, kind_of, typed
from vaultkit import resources
from vaultkit.config import Config
from vaultkit.errors import ConfigError, TemplateError
from vaultkit.session import Session
from vaultkit.vault.kinds import Kinds, read_kinds
from vaultkit.vault.profiles import read_profile, renamed

if TYPE_CHECKING:
    from tests.conftest import MakeVault

PROFILES = {path.stem: path for path in sorted((resources.templates() / "profiles").glob("*.md"))}


def kinds_in(name: str) -> Kinds:
    return Kinds(renamed(read_kinds(OURS), read_profile(name, PROFILES[name].read_bytes()), name), Config())


def test_the_frameworks() -> None:
    assert list(PROFILES) == ["eos", "hoshin", "ogsm", "okr", "v2mom"]


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_renames_and_changes_nothing_else(name: str) -> None:
    kinds = kinds_in(name)
    assert kinds.all.keys() == KINDS.all.keys()
    assert {kind.name: kind.fields for kind in kinds.all.values()} == {k.name: k.fields for k in KINDS.all.values()}
    for kind in read_profile(name, PROFILES[name].read_bytes()).kinds:
        for language in ("en", "fr"):
            label = kinds.all[kind].label(language)
            assert kind_of(typed(label), kinds) == kind
            assert f"\ntype: {label}\n" in kinds.all[kind].skeleton
            assert kind_of(typed(kind.replace("_", " ")), kinds) == kind


@pytest.mark.parametrize(
    ("name", "word", "kind"),
    [
        ("eos", "rock", "priority"),
        ("eos", "measurable", "metric"),
        ("eos", "issue", "risk"),
        ("v2mom", "method", "priority"),
        ("v2mom", "measure", "key_result"),
        ("v2mom", "obstacle", "risk"),
        ("ogsm", "goal", "key_result"),
        ("ogsm", "strategies", "priority"),
        ("hoshin", "breakthrough", "objective"),
        ("hoshin", "annual objective", "objective"),
        ("okr", "initiative", "priority"),
    ],
)
def test_the_words_of_each(name: str, word: str, kind: str) -> None:
    assert kind_of(typed(word), kinds_in(name)) == kind


def test_a_vault_chooses_one(make_vault: MakeVault) -> None:
    root = make_vault(
        {"vaultkit.toml": 'profile = "eos"\n', "Rochers/Embaucher.md": "", "A.md": "---\ntype: rocks\n---\n"}
    )
    vault = Session(root).vault
    assert {path: told.kind for path, told in vault.recognised.items()} == {
        "A.md": "priority",
        "Rochers/Embaucher.md": "priority",
    }
    assert vault.kinds.all["priority"].label("fr") == "rocher"


def test_one_that_there_is_not_is_told_with_the_nearest(make_vault: MakeVault) -> None:
    with pytest.raises(ConfigError, match="no profile") as caught:
        Session(make_vault({"vaultkit.toml": 'profile = "oes"\n'})).findings()
    assert caught.value.path == "vaultkit.toml"
    assert caught.value.hint is not None


@pytest.mark.parametrize(
    "text",
    ["---\nprofile: mine\n---\n", "---\nprofile: mine\nkinds: {priority: {nom: [x]}}\n---\n", "words\n"],
)
def test_one_that_is_wrong_is_refused(text: str) -> None:
    with pytest.raises(TemplateError) as caught:
        read_profile("mine.md", text.encode())
    assert caught.value.path == "mine.md"


def test_one_with_a_kind_that_there_is_not_is_refused() -> None:
    profile = read_profile("mine.md", b"---\nprofile: mine\nkinds: {prioritee: {names: {en: [x]}}}\n---\n")
    with pytest.raises(TemplateError) as caught:
        renamed(read_kinds(OURS), profile, "mine.md")
    assert caught.value.hint is not None
