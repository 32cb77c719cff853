"""How `blocked-by-done` can be mended: the status in the note's own words, safe only where nothing else holds it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import scenario_runner as runner
from vaultkit import validators
from vaultkit.model import Put

if TYPE_CHECKING:
    from tests.conftest import MakeVault

PATH = "Projects/A.md"


@pytest.mark.parametrize(
    ("said", "put", "safe"),
    [
        ('status: blocked\ndepends_on: "[[Done]]"', Put(PATH, "status", "active"), True),
        ('status: waiting\ndepends_on: "[[Done]]"', Put(PATH, "status", "active"), False),
        ('statut: bloqué\ndépend de: "[[Done]]"', Put(PATH, "statut", "en cours"), True),
        ('requires: ["[[Gone#why|that]]"]', Put(PATH, "requires", '"[[Gone#why|that]]"', "remove"), False),
    ],
)
def test_what_is_written(make_vault: MakeVault, said: str, put: Put, safe: bool) -> None:
    files = {
        PATH: f"---\n{said}\n---\n",
        "Projects/Done.md": "---\nstatus: done\n---\n",
        "Projects/Gone.md": "---\nstatus: dropped\n---\n## why\n",
    }
    found = runner.read_vault(make_vault(files), runner.TODAY).ask(validators.check)
    (fix,) = (each.fix for each in found if each.validator == "blocked-by-done")
    assert fix is not None
    assert (fix.puts, fix.safe) == ((put,), safe)


def test_what_another_note_says_is_not_taken_out_there(make_vault: MakeVault) -> None:
    files = {PATH: "", "Projects/Gone.md": '---\nstatus: dropped\nblocks: "[[A]]"\n---\n'}
    found = runner.read_vault(make_vault(files), runner.TODAY).ask(validators.check)
    assert [each.fix for each in found if each.validator == "blocked-by-done"] == [None]
