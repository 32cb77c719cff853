"""`vaultkit brief` and `vaultkit review`: what the pages say, through a pipe; one meeting, one person; on a screen."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.cli_vault import Run
from vaultkit.report import paper
from vaultkit.report.screen import Screen, cells
from vaultkit.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault

FILES = {
    ".obsidian/app.json": "{}",
    "vaultkit.toml": "",
    "Objectives/Grow.md": "---\nperiod: 2026\n---\n",
    "People/Ann Lee.md": "---\naliases: [Ann]\nrole: CEO\n---\n",
    "People/Bea Roux.md": "",
    "Projects/Lease.md": "---\nserves: '[[Grow]]'\nowner: '[[Ann Lee]]'\ndue: 2026-03-13\n---\n- [ ] Read it\n",
    "Projects/Move.md": "---\nserves: '[[Grow]]'\nowner: '[[Bea Roux]]'\ndepends_on: '[[Lease]]'\n---\n- [ ] Pack\n",
    "Meetings/2026-03-09 Weekly.md": (
        "---\nattendees: ['[[Ann Lee]]', '[[Bea Roux]]']\n---\n- [ ] Call the movers [[Bea Roux]] 📅 2026-03-20\n"
    ),
    "Meetings/2026-03-16 Weekly.md": "---\nattendees: ['[[Ann Lee]]', '[[Bea Roux]]']\n---\n## Agenda\n\n- Keys\n",
    "2026-03-16.md": "- [ ] Ask about parking\n",
}


def as_told(page: str) -> str:
    """A page without what Obsidian does not show: frontmatter and comments."""
    body = page.partition("\n---\n")[2].split("\n")
    shown = "\n".join(line for line in body if not line.startswith("%%"))
    return re.sub(r"\n{3,}", "\n\n", shown).strip() + "\n"


@pytest.fixture
def folder(make_vault: MakeVault) -> Path:
    return make_vault(FILES)


def test_the_brief_says_what_the_page_says(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    ran = Run(capsys, folder)("brief")
    assert (ran.code, ran.err) == (0, "")
    session = Session(folder, today=date(2026, 3, 16))
    session.apply(session.plan())
    page = (folder / "Dashboards/Daily brief.md").read_text("utf-8")
    assert ran.out == as_told(page)  # Markdown, to be pasted
    assert "- **[[2026-03-16 Weekly]]** – [[Ann Lee]], [[Bea Roux]]\n    - Agenda: Keys\n" in ran.out
    on_screen = "\n".join(paper.lines(page, Screen(width=80)))
    assert on_screen.startswith(
        "1 meeting; nothing due today, 1 late; no decision to take\nAs of Monday 16 March 2026.\n\nMeetings\n"
    )
    assert "  - 2026-03-16 Weekly – Ann Lee, Bea Roux\n    - Agenda: Keys\n" in on_screen
    assert "  - Lease – Ann Lee, 3 days late\n" in on_screen
    assert not {"[[", "**", "%%", "> ["} & {on_screen[i : i + n] for n in (2, 3) for i in range(len(on_screen))}


@pytest.mark.parametrize("name", ["Weekly", "2026-03-16 Weekly", "Meetings/2026-03-16 Weekly.md"])
def test_a_meeting_is_found_by_its_words_the_next_one_first(
    capsys: pytest.CaptureFixture[str], folder: Path, name: str
) -> None:
    out = Run(capsys, folder)("brief", name).out
    assert out.startswith("> [!abstract] [[2026-03-16 Weekly]], Monday 16 March\n> As of 2026-03-16.\n")
    assert "\n## Agenda\n\n- Keys\n" in out
    assert "    - Call the movers, by 2026-03-20 ([[2026-03-09 Weekly]])\n" in out


def test_the_brief_of_a_meeting_is_its_page(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    session = Session(folder, today=date(2026, 3, 16))
    session.apply(session.plan())
    (page,) = (folder / "Dashboards").glob("2026-03-16 Weekly – brief.md")
    mine = "%% yours: mine %%\n"
    page.write_text(page.read_text("utf-8").replace(mine, f"{mine}- Ask for the deposit\n"), "utf-8")
    ran = Run(capsys, folder)("brief", "2026-03-16 Weekly")
    assert ran.out == as_told(page.read_text("utf-8"))
    assert ran.out.endswith("\n## To say, and to ask\n\n- Ask for the deposit\n")


def test_a_meeting_that_is_over_or_has_no_day_has_a_brief_all_the_same(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "Meetings/Retreat.md").write_text("## Agenda\n\n- Where to\n", "utf-8")
    over = Run(capsys, folder)("brief", "2026-03-09 Weekly").out
    assert over.startswith("> [!abstract] [[2026-03-09 Weekly]], Monday 9 March\n")
    assert "Call the movers, by 2026-03-20" in over
    without = Run(capsys, folder)("brief", "Retreat").out
    assert without == "> [!abstract] [[Retreat]]\n> As of 2026-03-16.\n\n## Agenda\n\n- Where to\n"


def test_a_person_is_found_by_an_alias_and_told_of_both_ways(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert Run(capsys, folder)("brief", "Ann").out == (
        "> [!info] Ann Lee – CEO\n"
        "\n## Contact\n\n- Last in touch on 2026-03-16, today: [[2026-03-16 Weekly]]\n"
        "\n## Due\n\n- [[Lease]] – [[Ann Lee]], 3 days late\n"
        "\n## In their hands\n\n- [[Lease]] (project)\n"
        "\n## We wait for\n\n- [[Lease]] – [[Ann Lee]], needed by [[Move]]\n"
    )
    assert (
        "\n## They wait for\n\n- [[Lease]] – [[Ann Lee]], needed by [[Move]]\n"
        in Run(capsys, folder)("brief", "Bea Roux").out
    )


def test_of_anything_else_there_is_no_brief(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    ran = Run(capsys, folder)("brief", "Lease")
    assert (ran.code, ran.out) == (2, "")
    assert "Lease is neither a meeting nor a person" in ran.err
    assert Run(capsys, folder)("brief", "Nobody").code == 2


@pytest.mark.parametrize(("typed", "meant"), [("Ann Le", "Ann Lee"), ("Rouxx", "Bea Roux"), ("Weeklyy", "Weekly")])
def test_a_name_that_nobody_has_is_told_what_is_near(
    capsys: pytest.CaptureFixture[str], folder: Path, typed: str, meant: str
) -> None:
    ran = Run(capsys, folder)("brief", typed)
    assert ran.code == 2
    assert f"{meant}?" in ran.err


def test_the_review_shows_what_was_ticked_this_week_alone(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    session = Session(folder, today=date(2026, 3, 16))
    session.apply(session.plan())
    page = folder / "Dashboards/Weekly review.md"
    page.write_text(page.read_text("utf-8").replace("- [ ] Give each a place", "- [x] Give each a place"), "utf-8")
    assert "1. Inbox (1)\n\n- [x] Give each a place, a day or a bin\n\n- Ask about parking ([[2026-03-16]])\n" in (
        Run(capsys, folder)("review").out
    )
    (folder / "2026-03-16.md").unlink()
    again = Session(folder, today=date(2026, 3, 18))
    again.apply(again.plan())
    assert "- [x] Give each a place" in page.read_text("utf-8")
    later = Session(folder, today=date(2026, 3, 23))
    later.apply(later.plan())
    assert "2026-W13 inbox %%\n- [ ] Give each a place" in page.read_text("utf-8")
    assert "2026-W12" not in page.read_text("utf-8")


def test_a_page_on_a_narrow_screen_is_folded_and_keeps_its_indents() -> None:
    page = (
        "---\npage: x\n---\n\n> [!warning] Much \\[to\\] do\n\n## Now\n\n- **[[a/B|The *b*]]** – "
        + "words " * 20
        + "end"
    )
    page += "end\n    - [x y](<z.md>) `code` \\#tag\n%% yours: n %%\n- [ ] tick\n%% /yours %%\n\nAnd 2 more.\n"
    plain = "\n".join(paper.lines(page, Screen(width=40))).split("\n")
    assert plain[:4] == ["Much [to] do", "", "Now", "  - The *b* – words words words words"]
    assert plain[-4:] == ["    - x y code #tag", "  - [ ] tick", "", "And 2 more."]
    assert all(cells(line) <= 40 for line in plain)
    coloured = list(paper.lines(page, Screen(colour=True, width=40)))
    assert "\x1b[36mThe *b*\x1b[0m" in "\n".join(coloured)
    assert "\x1b" not in "".join(plain)


def test_a_table_stands_in_columns_and_a_diagram_is_left_out() -> None:
    page = (
        "# Board\n\n| Priority | Health | Next step |\n|---|:-:|--:|\n"
        "| [[a/b\\|Renew the *brand*]] | **red** | ask three agencies for a price and for a day |\n"
        "| 日本 | 🚀 | e\u0301 x |\n\n"
        '```mermaid\nflowchart LR\n```\n\n```toml\na = "[[x]] **b**"\n```\n\n## Nothing below\n\n### Nor here\n'
    )
    assert list(paper.lines(page, Screen(width=44))) == [
        "Board",
        "Priority           Health  Next step",
        "Renew the *brand*  red     ask three",
        "                           agencies for a",
        "                           price and for a",
        "                           day",
        "日本               🚀      e\u0301 x",
        "",
        '    a = "[[x]] **b**"',
    ]
    coloured = [line for line in paper.lines(page, Screen(colour=True, width=30)) if "\x1b" in line]
    assert all(line.count("\x1b[0m") == len(re.findall("\x1b\\[[1-9]", line)) for line in coloured)
    assert all(cells(line) <= 30 for line in coloured)
    piped = "\n".join(paper.lines(page, Screen()))
    assert "| 日本 | 🚀 |" in piped
    assert "```mermaid" in piped
    assert "Nor here" not in piped
