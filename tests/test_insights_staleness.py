"""How long nothing has happened to a piece of work, and how its tasks have grown: the worked examples, and the rest."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import scenario_runner as runner
from vaultkit.insights.growth import growth
from vaultkit.insights.staleness import Pulse, activity, completions, decay, pulse, staleness, touches
from vaultkit.parser import parse
from vaultkit.vault.past import past, version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeVault
    from vaultkit.vault import Vault
    from vaultkit.vault.past import Past

PORTAL = "Projects/Portal.md"


def kept(files: Mapping[str, str], days: Mapping[str, date]) -> Past | None:
    """A past in which each of these notes reads as it does now from its day on."""
    found = ((path, version(day, parse(path, files[path].encode()))) for path, day in days.items())
    return past("git", found, date(2025, 6, 1))


def read(make_vault: MakeVault, files: Mapping[str, str], days: Mapping[str, date] | None = None) -> Vault:
    return runner.read_vault(make_vault(dict(files)), runner.TODAY, known=kept(files, days) if days else None)


@pytest.mark.parametrize(("days", "every", "expected"), [(0, 7, 0), (7, 7, 0.5), (14, 7, 0.75), (30, 30, 0.5)])
def test_a_note_fades_by_half_in_each_of_its_cadences(days: int, every: int, expected: float) -> None:
    assert decay(days, every) == expected


def test_the_worked_example_of_decay_and_pulse(make_vault: MakeVault) -> None:
    files = {
        PORTAL: "---\ncadence: weekly\n---\n- [x] Old ✅ 2026-03-02\n",
        "Tasks/Draw.md": '---\ntype: task\nserves: "[[Portal]]"\nstatus: active\n---\n',
        "Tasks/Plan.md": '---\ntype: task\nserves: "[[Portal]]"\nstatus: planned\n---\n',
    }
    monday = date(2026, 3, 16)
    days = {PORTAL: date(2026, 2, 1), "Tasks/Draw.md": monday, "Tasks/Plan.md": monday}
    vault = read(make_vault, files, days)
    found = staleness(vault, vault.notes[PORTAL])
    assert found is not None
    assert (found.touch.day, found.touch.what, found.days, found.decay) == (date(2026, 3, 2), "completion", 14, 0.75)
    assert pulse(vault, vault.notes[PORTAL]) == Pulse(0, 1)


def test_the_worked_example_of_a_pulse(make_vault: MakeVault) -> None:
    files = {
        PORTAL: "- [x] One ✅ 2026-03-10\n- [x] Two ✅ 2026-03-16\n- [x] Old ✅ 2026-03-09\n",
        "Tasks/Draw.md": '---\ntype: task\nserves: "[[Portal]]"\nstatus: active\n---\n',
        "Tasks/Shut.md": '---\ntype: task\nserves: "[[Portal]]"\nstatus: done\n---\n',
    }
    vault = read(make_vault, files, {"Tasks/Draw.md": date(2026, 3, 16), "Tasks/Shut.md": date(2026, 3, 1)})
    found = pulse(vault, vault.notes[PORTAL])
    assert (found, found.total) == (Pulse(done=2, moved=1), 3)


def test_without_a_history_an_update_and_a_finished_task_still_count(make_vault: MakeVault) -> None:
    files = {
        PORTAL: "## Updates\n\n- 2026-03-01: it runs\n",
        "Diary.md": "- [x] Ask [[App]] ✅ 2026-03-05\n- [x] Ask [[App]] ✅ 2026-12-24\n",
        "Projects/App.md": "",
        "Projects/Site.md": "",
    }
    vault = read(make_vault, files)
    assert {path: (each.day.day, each.what) for path, each in vault.ask(touches).items()} == {
        PORTAL: (1, "update"),
        "Projects/App.md": (5, "completion"),
    }
    assert vault.ask(completions) == {"Projects/App.md": (date(2026, 3, 5),)}
    assert staleness(vault, vault.notes["Projects/Site.md"]) is None
    unknown = pulse(vault, vault.notes["Projects/App.md"])
    assert (unknown, unknown.total) == (Pulse(0, None), None)


def test_what_happens_to_a_note_happens_to_all_that_it_serves(make_vault: MakeVault) -> None:
    up = {"Hire": "Grow", "Adverts": "Hire", "Draw": "Adverts", "Grow": "Hire"}
    files = {f"Projects/{name}.md": f'---\nserves: "[[{parent}]]"\n---\n' for name, parent in up.items()}
    days = {f"Projects/{name}.md": date(2026, 1, day) for day, name in enumerate(("Draw", "Adverts", "Grow"), start=1)}
    vault = read(
        make_vault, files, {**days, "Projects/Hire.md": date(2026, 1, 9), "Projects/Draw.md": date(2026, 2, 1)}
    )
    found = {path.removeprefix("Projects/"): each.path for path, each in vault.ask(activity).items()}
    assert found == dict.fromkeys(("Draw.md", "Adverts.md", "Hire.md", "Grow.md"), "Projects/Draw.md")


def test_the_worked_example_of_growth(make_vault: MakeVault) -> None:
    new = "".join(f"- [ ] New {day} ➕ 2026-03-0{day}\n" for day in (1, 2, 3))
    done = "".join(f"- [x] Did ✅ 2026-03-0{day}\n" for day in (1, 2, 3, 4))
    files = {
        PORTAL: f"---\nstart: 2025-11-03\n---\n{new}{done}- [-] Not this\n" + "- [ ] Old\n" * 4,
        "Diary.md": "- [ ] Call about [[Portal]] ➕ 2026-01-02\n",
        "Projects/Empty.md": "",
        "Projects/Over.md": "---\nstatus: done\n---\n- [ ] Left\n",
    }
    vault = read(make_vault, files)
    found, day = vault.ask(growth), date(2026, 2, 15)
    assert set(found) == {PORTAL, "Projects/Empty.md"}
    portal = found[PORTAL]
    assert (portal.open, portal.new(day), portal.finished(day), portal.creep(day)) == (8, 3, 4, 0.375)
    assert portal.first == date(2025, 11, 3)
    assert (found["Projects/Empty.md"].creep(day), found["Projects/Empty.md"].first) == (None, None)
