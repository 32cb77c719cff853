"""The fixes of every validator, over its scenarios: the safe ones mend what they are for, the others can be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from tests import scenario_runner as runner
from tests.test_validators_house import scenarios
from vaultkit import validators
from vaultkit.language import say
from vaultkit.mending import concerned, mend
from vaultkit.validators import VALIDATORS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.scenario_runner import Run
    from vaultkit.mending import Mending
    from vaultkit.model import Finding
    from vaultkit.vault import Vault


def mended(run: Run, found: tuple[Finding, ...]) -> Mending:
    texts = {path: run.scenario.files[path].decode("utf-8-sig") for path in concerned(found)}
    return mend(found, texts)


def told(finding: Finding) -> tuple[str, str, str, str]:
    """What is said of which note: in a note with two broken links, one may be mended."""
    return finding.validator, finding.path, finding.reason, say(finding.message, "en")


def after(run: Run, mending: Mending, folder: Path) -> Vault:
    files = dict(run.scenario.files)
    for edit in mending.edits:
        files[edit.path] = (edit.text or "").encode()
    return runner.run(run.scenario, folder, files).vault


@pytest.mark.parametrize("name", VALIDATORS)
def test_what_a_safe_fix_is_for_is_no_longer_found(name: str, tmp_path: Path) -> None:
    for number, scenario in enumerate(scenarios(name)):
        run = runner.run(scenario, tmp_path / str(number))
        safe = tuple(each for each in runner.findings(run) if each.fix is not None and each.fix.safe)
        mending = mended(run, safe)
        assert [left.why for left in mending.left] == [], scenario.title
        if not safe:
            continue
        vault = after(run, mending, tmp_path / f"{number} mended")
        still = {told(each) for each in vault.ask(validators.check)}
        assert still.isdisjoint(map(told, safe)), scenario.title


@pytest.mark.parametrize("name", VALIDATORS)
def test_what_is_suggested_can_be_written_as_it_is_said(name: str, tmp_path: Path) -> None:
    for number, scenario in enumerate(scenarios(name)):
        run = runner.run(scenario, tmp_path / str(number))
        for each in runner.findings(run):
            if each.fix is not None and (each.fix.puts or each.fix.rewrites):
                fix = msgspec.structs.replace(each.fix, safe=True)
                mending = mended(run, (msgspec.structs.replace(each, fix=fix),))
                assert [left.why for left in mending.left] == [], scenario.title
                assert mending.edits, scenario.title
