from __future__ import annotations

import pytest

from bench.synthetic import vault
from vaultkit.parser import parse


@pytest.mark.parametrize("links", [3, 10])
def test_a_synthetic_vault_has_the_notes_and_the_links_that_were_asked_for(links: int) -> None:
    texts = dict(vault(600, links))
    assert len(texts) == 600
    count = sum(len(parse(path, text.encode()).links) for path, text in texts.items())
    assert 0.85 * links < count / 600 < 1.15 * links


def test_a_synthetic_vault_is_the_same_at_every_run() -> None:
    assert list(vault(200, 3)) == list(vault(200, 3))
    assert list(vault(200, 3)) != list(vault(200, 4))


def test_a_synthetic_vault_has_links_that_lead_nowhere_and_names_that_two_notes_have() -> None:
    texts = dict(vault(900, 3))
    assert any("to be written" in text for text in texts.values())
    names = [path.rpartition("/")[2] for path in texts]
    assert len(set(names)) < len(names)
