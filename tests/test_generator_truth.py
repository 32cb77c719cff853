"""One fact reads the same wherever a page tells of it, and nothing reads better than it is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import scenario_runner as runner
from vaultkit import generators
from vaultkit.insights.compared import compared
from vaultkit.language import say
from vaultkit.pages import figures
from vaultkit.parser import parse
from vaultkit.vault.past import past, version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeVault

YEAR = "period: 2026\n"
RESULT = "serves: '[[Grow]]'\nstart: 0\ncurrent: {}\ntarget: {}\n"
COMPANY = {
    "vaultkit.toml": '[pages]\non = ["board-update", "investor-update", "team-update"]\n',
    "Objectives/Grow.md": f"---\n{YEAR}---\n",
    "Objectives/Open the north.md": "---\nperiod: 2025\n---\n",
    "Key results/KR1 Sites.md": f"---\n{RESULT.format(2, 7)}---\n",
    "Priorities/Sell.md": "---\nserves: '[[Grow]]'\n---\n",
    "Priorities/Hire.md": "---\n---\nFor [[Grow]].\n",
    "Priorities/Paint.md": "",
}


def told(
    make_vault: MakeVault, files: Mapping[str, str], name: str = "vault", *, past_of: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The pages of a vault by name, some of whose notes read otherwise long ago."""
    long_ago = date(2026, 1, 5)
    then = {path: (past_of or {}).get(path, text) for path, text in files.items() if path.endswith(".md") and text}
    known = past("git", ((path, version(long_ago, parse(path, text.encode()))) for path, text in then.items()))
    vault = runner.read_vault(make_vault(files, name), runner.TODAY, known=known if past_of is not None else None)
    return {page.name: page.text for page in vault.ask(generators.render)}


def test_an_objective_whose_time_is_over_is_counted_apart(make_vault: MakeVault) -> None:
    pages = told(make_vault, COMPANY)
    assert "> 1 live objective" in pages["alignment"] or "1 live objective," in pages["alignment"]
    assert "1 live objective: " in pages["board-update"]
    assert "; 1 is past its end, and open\n" in pages["board-update"]


def test_a_share_is_the_same_number_on_every_page(make_vault: MakeVault) -> None:
    pages = told(make_vault, COMPANY)  # 2 of 7 are 28.57 %
    assert "29% / 20%" in pages["scorecard"]
    assert "done: 29%, expected: 20%" in pages["board-update"]


def test_the_health_of_the_vault_says_why_others_count_more_orphans(make_vault: MakeVault) -> None:
    pages = told(make_vault, COMPANY)
    assert "2 of 3 live priorities serve no live objective" in pages["orphan-priorities"]
    assert "\n- 1 × A priority that serves no live objective." in pages["vault-health"]
    assert (
        "Of the 2 priorities without an objective that other pages count, 1 is told of as `orphan-priority`, "
        "1 only mentions one in its text (`weak-alignment`).\n" in pages["vault-health"]
    )
    assert "`unlinked-priority`. `vaultkit check` counts it.\n" in pages["vault-health"]
    same = told(make_vault, {path: text for path, text in COMPANY.items() if "Hire" not in path}, "other")
    assert "that other pages count" not in same["vault-health"]


LATE = {
    "Priorities/Sell.md": f"---\nserves: '[[Grow]]'\n{YEAR}health: on_track\nstart: 2025-01-01\n---\n- [ ] a\n",
    "Projects/Site.md": "---\nserves: '[[Sell]]'\nstart: 2025-01-01\ndue: 2026-04-01\nhealth: on_track\n---\n- [ ] a\n",
}


def test_what_is_said_to_be_on_track_and_is_late_is_no_highlight(make_vault: MakeVault) -> None:
    pages = told(make_vault, COMPANY | LATE)
    assert "[[Site]]" not in pages["investor-update"]
    assert "- [[Site]] (nobody) – at risk, said to be on track · done: 0%, expected: 96%" in pages["board-update"]


@pytest.mark.parametrize(
    ("current", "target", "plan"),
    [(1, 7, 1.4), (2, 7, 1.0), (20, 100, 20.3), (0.5, 7, 1.4)],
)
def test_a_plan_is_where_the_number_is_only_where_it_is(
    make_vault: MakeVault, current: float, target: float, plan: float
) -> None:
    files = COMPANY | {"Key results/KR1 Sites.md": f"---\n{RESULT.format(current, target)}---\n"}
    (number,) = runner.read_vault(make_vault(files), runner.TODAY).ask(compared)
    assert number.plan == plan


def test_where_the_work_went_is_shown_however_little_was_said_of_it(make_vault: MakeVault) -> None:
    names = [f"P{number:02}" for number in range(1, 21)]
    files = {f"Priorities/{name}.md": f"---\nrank: {name[1:]}\n---\n" for name in names}
    files["Projects/Site.md"] = "---\nserves: '[[P19]]'\n---\n" + "word " * 200
    page = told(make_vault, files, past_of={"Projects/Site.md": "---\nserves: '[[P19]]'\n---\n"})["focus-drift"]
    assert "| [[P19]] | █░░░░░░░░░ 1% | ██████████ 100% |\n" in page
    assert "[[P11]]" in page
    assert "[[P12]]" not in page
    assert "And 8 more." in page
    assert "both of the first two priorities starve\n" in page


@pytest.mark.parametrize(("share", "words"), [(0.0, "0%"), (0.004, "under 1%"), (0.006, "1%")])
def test_a_little_is_not_nothing(share: float, words: str) -> None:
    assert say(figures.rounded(share), "en") == words


def test_what_is_as_it_was_is_told_after_what_is_not(make_vault: MakeVault) -> None:
    said = "---\ntype: update\ndate: {}\nabout: '[[{}]]'\nhealth: {}\n---\n"
    days = (("2026-02-02", "on_track", "on_track"), ("2026-03-12", "at_risk", "on_track"))
    files = COMPANY | {
        f"Updates/{day} {name}.md": said.format(day, name, health)
        for day, *healths in days
        for name, health in zip(("Sell", "Hire"), healths, strict=True)
    }
    page = told(make_vault, files)["team-update"]
    first, second = "- [[Sell]] – at risk (was on track)", "- [[Hire]] – still on track"
    assert page.index(first) < page.index(second)
