"""What every validator says after a step is what it says of a vault read afresh: each scenario, a file at a time.

A validator that leaves out of `READS` what it reads says something old here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests import scenario_runner as runner
from tests.test_validators_house import scenarios
from vaultkit import validators
from vaultkit.model import Change
from vaultkit.parser import parse
from vaultkit.validators import VALIDATORS
from vaultkit.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vaultkit.model import Note

_HEAD = re.compile(rb"\A(---\r?\n.*?^---\r?\n)", re.DOTALL | re.MULTILINE)


def variants(path: str, data: bytes) -> Iterator[Note | None]:
    """The note as it may have been a moment before: not there, empty, without properties, its text further down."""
    yield None
    yield parse(path, b"")
    yield parse(path, _HEAD.sub(b"", data))
    yield parse(path, _HEAD.sub(rb"\1\n\nA line more.\n\n", data) if _HEAD.match(data) else b"A line more.\n\n" + data)
    yield parse(path, re.sub(rb"(?m)^(\w[\w ]*:) .*$", rb"\1", data, count=1))
    yield parse(path, data.replace(b"- [ ]", b"- [x]", 1))


@pytest.mark.parametrize("name", VALIDATORS)
def test_a_step_leads_to_what_is_said_afresh(name: str, tmp_path: Path) -> None:
    for number, scenario in enumerate(scenarios(name)):
        vault = runner.run(scenario, tmp_path / str(number)).vault
        said = vault.ask(validators.check)
        for path in vault.notes:
            for before in variants(path, scenario.files[path]):
                others = [note for note in (*vault.notes.values(), *vault.boards.values()) if note.path != path]
                earlier = Vault.build((*others, *([before] if before else [])), vault.files, vault.setting)
                told = earlier.ask(validators.check)
                there = earlier.stepped([Change(path, vault.notes[path])])
                assert validators.recheck(told, there) == said, (scenario.title, path, before)
                gone = Change(path, before, removed=before is None)
                assert validators.recheck(said, vault.stepped([gone])) == told, (scenario.title, path, before)
