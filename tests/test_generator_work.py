"""Scorecard, portfolio, risks and focus drift: hostile words, long lists, their readers, and what a step changes."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import scenario_runner as runner
from tests.pages import one, read, rows
from tests.test_generator_harm import HOSTILE, assert_harmless
from vaultkit import generators
from vaultkit.generators import portfolio
from vaultkit.model import Change
from vaultkit.pages import figures
from vaultkit.pages.names import FILE_NAMES, INDEX
from vaultkit.parser import parse
from vaultkit.vault.past import past, version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeVault
    from vaultkit.vault import Vault

OURS = ("scorecard", "portfolio", "risks", "focus-drift")
OTHERS = f"[pages]\non = ['focus-drift']\noff = {sorted({*FILE_NAMES, INDEX} - {*OURS})}\n"
GROW = 'serves: "[[Grow]]"\n'
FILES = {
    "vaultkit.toml": OTHERS,
    "Objectives/Grow.md": "---\nperiod: 2026\n---\n",
    "Key results/Sites.md": f"---\n{GROW}start: 0\ncurrent: 2\ntarget: 10\n---\n",
    "Priorities/Sell.md": f"---\n{GROW}rank: 1\n---\n",
    "Projects/Site.md": "---\nstatus: active\ndue: 2026-04-01\n---\n## Milestones\n\n- [ ] Pilot\n",
    "Risks/Rain.md": "---\nprobability: 3\nimpact: 3\n---\n",
    "Notes/Diary.md": "Nothing.\n",
}


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_do_harm(make_vault: MakeVault, words: str) -> None:
    said = "'{}'".format(words.replace("'", "''"))
    head = f"---\ntitle: {said}\nowner: {said}\n"
    files = {
        "vaultkit.toml": OTHERS,
        "Objectives/O.md": f"{head}---\n",
        "Key results/K.md": f'{head}serves: "[[O]]"\nstart: 0\ncurrent: 2\ntarget: 10\nunit: {said}\n---\n',
        "Metrics/M.md": f"{head}current: 2\ntarget: 10\nunit: {said}\n---\n",
        "Priorities/P.md": f'{head}serves: "[[O]]"\nrank: 1\n---\n',
        "Projects/J.md": f"{head}status: active\ndue: 2026-04-01\n---\n## Milestones\n\n- [ ] {words}\n",
        "Projects/W.md": f"{head}status: paused\n---\n",
        "Risks/R.md": f'{head}affects: "[[O]]"\nprobability: 5\nimpact: 5\nmitigation: {said}\n---\n',
    }
    vault = read(make_vault(files))
    assert {page.name for page in vault.ask(generators.render)} <= set(OURS)
    is_template = words[:2] in {"{{", "<%"}  # of which only the page that is asked for tells, and of nothing
    assert len(vault.ask(generators.render)) == (1 if is_template else len(OURS))
    assert_harmless(vault)


def test_long_lists_end(make_vault: MakeVault) -> None:
    files = {"vaultkit.toml": OTHERS}
    for i in range(50):
        files |= {
            f"Objectives/O{i}.md": "",
            f"Key results/K{i}.md": f'---\nserves: "[[O{i % 2}]]"\n---\n',
            f"Metrics/M{i}.md": "",
            f"Priorities/P{i}.md": f"---\nrank: {i}\n---\n",
            f"Projects/J{i}.md": "---\nstatus: active\ndue: 2026-04-01\n---\n",
            f"Projects/W{i}.md": "---\nstatus: paused\n---\n",
            f"Risks/R{i}.md": f'---\naffects: "[[O{i}]]"\nprobability: 4\nimpact: 3\n---\n',
        }
    vault = read(make_vault(files))
    for name in OURS:
        text = one(vault, name).text
        assert "And " in text
        assert len(text.splitlines()) < 120
    assert "| 1, 2, 3, 4… |" in one(vault, "risks").text
    assert one(vault, "portfolio").text.count(":milestone, b") == portfolio.MOST_BARS


def test_what_is_not_for_the_readers_is_on_no_page(make_vault: MakeVault) -> None:
    for_board = "confidentiality: board\n---\n"
    files = FILES | {
        "vaultkit.toml": OTHERS + "".join(f'[page.{name}]\naudience = "employees"\n' for name in OURS),
        "Objectives/Merge.md": f"---\n{for_board}",
        "Key results/Signed.md": f'---\nserves: "[[Merge]]"\n{for_board}',
        "Priorities/Talks.md": f"---\nrank: 2\n{for_board}",
        "Projects/Data room.md": f"---\nstatus: active\ndue: 2026-03-01\n{for_board}",
        "Risks/Leak.md": f'---\naffects: "[[Grow]]"\nprobability: 5\nimpact: 5\n{for_board}',
    }
    without = {path: text for path, text in files.items() if for_board not in text}
    told = {page.name: page.text for page in read(make_vault(files)).ask(generators.render)}
    assert told == {page.name: page.text for page in read(make_vault(without, "without")).ask(generators.render)}


def _known(make_vault: MakeVault) -> Vault:
    notes = [(path, parse(path, text.encode())) for path, text in FILES.items() if path.endswith(".md")]
    known = past("git", ((path, version(date(2026, 1, 5), note)) for path, note in notes), date(2026, 1, 1))
    return runner.read_vault(make_vault(FILES), runner.TODAY, known=known)


@pytest.mark.parametrize(
    ("path", "text", "other"),
    [
        ("Notes/Diary.md", "A good day.\n", set()),
        ("Objectives/Grow.md", FILES["Objectives/Grow.md"] + "Why: because.\n", set()),
        ("Priorities/Sell.md", FILES["Priorities/Sell.md"] + "We wrote something about it.\n", {"focus-drift"}),
        ("Projects/Site.md", FILES["Projects/Site.md"].replace("Pilot", "Trial"), {"portfolio"}),
        ("Risks/Rain.md", FILES["Risks/Rain.md"].replace("impact: 3", "impact: 4"), {"risks"}),
        ("Key results/Sites.md", FILES["Key results/Sites.md"].replace("current: 2", "current: 3"), {"scorecard"}),
    ],
)
def test_a_step_makes_those_pages_anew_that_tell_of_it(
    make_vault: MakeVault, path: str, text: str, other: set[str]
) -> None:
    before = _known(make_vault)
    pages = before.ask(generators.render)
    step = before.stepped([Change(path, parse(path, text.encode()))])
    made = generators.rerender(pages, step)
    assert made == generators.render(step.after)
    assert {new.name for new, old in zip(made, pages, strict=True) if new != old} == other


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({}, ""),
        ({date(2026, 3, 16): 1.0}, ""),
        ({date(2025, 12, 22): 1.0, date(2026, 3, 16): 2.0}, "▁···········█"),
        ({date(2025, 12, 21): 1.0, date(2026, 3, 16): 2.0}, ""),
        (
            {date(2026, 3, 9): 9.0, date(2026, 3, 15): 4.0, date(2026, 3, 16): 4.0, date(2026, 3, 17): 8.0},
            "·" * 11 + "▄▄",
        ),
        ({date(2026, 3, 9): -1e308, date(2026, 3, 16): 1e308}, "·" * 11 + "▄▄"),
        ({date(2026, 3, 9): float("inf"), date(2026, 3, 2): 1.0, date(2026, 3, 16): 3.0}, "·" * 10 + "▁·█"),
    ],
)
def test_a_quarter_in_small_bars(values: Mapping[date, float], line: str) -> None:
    assert figures.weekly(tuple(values.items()), date(2026, 3, 16)) == line


@pytest.mark.parametrize(
    ("share", "whole", "drawn"),
    [(0, 1, "░" * 10), (0.001, 1, "█" + "░" * 9), (0.5, 1, "█████░░░░░"), (0.2, 0.2, "█" * 10), (0, 0, "░" * 10)],
)
def test_a_share_as_a_bar(share: float, whole: float, drawn: str) -> None:
    assert figures.bar(share, whole) == drawn


@pytest.mark.parametrize(("share", "percent"), [(0.999, 99), (1.0, 100), (0.29, 29), (0.0, 0)])
def test_only_all_of_it_is_a_hundred_percent(share: float, percent: int) -> None:
    assert figures.percent(share).values == {"percent": percent}
    assert figures.percent(None) == figures.UNKNOWN
    assert re.fullmatch(r"\{percent\}%", figures.percent(share).template)


def test_every_risk_of_the_heat_table_stands_in_the_list(make_vault: MakeVault) -> None:
    files = {
        f"Risks/R{i}{j}.md": f"---\nprobability: {i}\nimpact: {j}\n---\n" for i in range(1, 6) for j in range(1, 6)
    }
    text = one(read(make_vault({"vaultkit.toml": OTHERS, **files})), "risks").text
    cells = [int(n) for line in rows(text, "| **") for n in re.findall(r"(?<!\*)\b\d+\b(?!\*)", line)]
    assert sorted(cells) == list(range(1, 26))
    red = [line.count("🟥") for line in rows(text, "| **")]
    assert red == [3, 2, 1, 0, 0]
