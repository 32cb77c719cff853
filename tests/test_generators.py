"""The pages: true, short, and the same in the diagram and in the list."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import scenario_runner as runner
from tests.pages import COMPANY, as_note, one, pages, read, rows
from vaultkit import planner
from vaultkit.insights.lineage import lineage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeVault

BULLET = re.compile(r"^ *- ", re.MULTILINE)
MERMAID = re.compile(r"```mermaid\n(.*?)\n```", re.DOTALL)


def test_the_overview_says_how_it_stands(make_vault: MakeVault) -> None:
    text = one(read(make_vault(COMPANY)), "overview").text
    assert "> [!danger] 3 live priorities, 1 of them serves no objective; nobody works on 1 objective\n" in text
    assert "> 1 priority says openly that it serves none, and why.\n> As of 2026-03-16.\n" in text
    assert rows(text, "| ")[:2] == [
        "| Alignment | Coverage | Owners | Action |",
        "| 1 of 3 | 1 of 2 | 1 of 3 | 1 of 3 |",
    ]


def test_the_overview_shows_the_first_priorities_with_all_that_one_asks_of_them(make_vault: MakeVault) -> None:
    text = one(read(make_vault(COMPANY)), "overview").text
    assert rows(text, "| ")[3:] == [
        "| 1. [[Hire a CFO]] | [[Marie Roux]] | at risk | call Marie about \\#cash |",
        "| 2. [[Tidy up]] (**no objective**) | **nobody** | – | **none** |",
        "| 10. [[Pay taxes]] | **nobody** | – | **none** |",
    ]


def test_a_next_step_elsewhere_leads_to_where_it_stands(make_vault: MakeVault) -> None:
    files = {
        "Priorities/P.md": "",
        "Projects/Lease.md": '---\nserves: "[[P]]"\n---\n- [ ] Sign the [lease](Lease.md) 📅 2026-04-01\n',
    }
    assert "| Sign the lease 📅 2026-04-01 ([[Lease]]) |" in one(read(make_vault(files)), "overview").text


def flagged(text: str) -> list[str]:
    return rows(text.partition("## Red flags")[2].partition("\n## ")[0], "- ")


def test_one_sort_of_red_flag_does_not_hide_the_others(make_vault: MakeVault) -> None:
    orphans = {f"Priorities/P{i}.md": "---\nowner: '[[Marie Roux]]'\n---\n- [ ] Begin\n" for i in range(5)}
    text = one(read(make_vault(COMPANY | orphans)), "overview").text
    assert len({re.sub(r"\[\[.*?\]\]", "", flag) for flag in flagged(text)}) == 3


def test_red_flags_are_the_worst_first_and_lead_on(make_vault: MakeVault) -> None:
    vault = read(make_vault(COMPANY))
    flags = flagged(one(vault, "overview").text)
    assert flags[0] == "- [[Tidy up]] serves no objective."
    assert all("[[" in flag for flag in flags)
    assert len(flags) == 3
    many = {f"Priorities/P{i}.md": "" for i in range(20)}
    text = one(read(make_vault(COMPANY | many, "many")), "overview").text
    assert len(flagged(text)) == 3
    assert re.search(r"^And \d\d more: see \[\[Orphan priorities\]\], or run `vaultkit check`\.$", text, re.MULTILINE)


def test_all_well_is_said_as_plainly(make_vault: MakeVault) -> None:
    text = one(
        read(make_vault({k: v for k, v in COMPANY.items() if "Hire" in k or "Double" in k or "People" in k})),
        "overview",
    )
    assert "> [!success] 1 live priority, none is an orphan; somebody works on every objective\n" in text.text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_two_hundred_priorities_fit_into_sixty_lines(make_vault: MakeVault, language: str) -> None:
    files = {f"Priorities/{i:03} {'long ' * 20}.md": "- [ ] do\n" * 3 + "[[nowhere]]" for i in range(200)}
    vault = read(
        make_vault(files | {"Objectives/O.md": "", "Priorities/Q.md": "---\nserves: none\nwhy: x\n---\n"}), language
    )
    assert len(planner.sealed(one(vault, "overview").text).splitlines()) <= 60


@pytest.mark.parametrize("files", [{}, {"Inbox/Thought.md": "# A thought\n", "2026-03-16.md": "- [ ] call\n"}])
def test_a_vault_of_nothing_known_says_what_was_looked_for(make_vault: MakeVault, files: Mapping[str, str]) -> None:
    vault = read(make_vault(files))
    text = one(vault, "overview").text
    assert "> [!info] No objective, priority or project was recognised yet\n" in text
    assert f"> {len(files)} note" in text
    assert "type: priority" in text
    assert "|---" not in text
    assert as_note(one(vault, "overview")).tags == ()
    assert all(len(page.text.splitlines()) < 30 for page in pages(vault).values())


def test_priorities_without_any_objective(make_vault: MakeVault) -> None:
    vault = read(make_vault({"Priorities/P.md": "", "Priorities/Q.md": ""}))
    assert "> [!danger] 2 live priorities, and no live objective to serve\n" in one(vault, "overview").text
    assert "## There is no live objective to serve (2)\n" in one(vault, "orphan-priorities").text


def test_the_map_shows_the_same_in_the_diagram_and_in_the_list(make_vault: MakeVault) -> None:
    text = one(read(make_vault(COMPANY)), "alignment").text
    assert text.split("```")[1] == (
        "mermaid\nflowchart LR\n"
        '    n1["Double revenue"]\n    n2("Hire a CFO")\n    n3["Open Berlin"]\n'
        '    n4("Pay taxes")\n    n5("Tidy up")\n'
        "    n1 --> n2\n    class n1,n2,n3,n4,n5 internal-link\n"
        "    classDef orphan stroke:#c92a2a,stroke-width:3px\n    class n5 orphan\n"
        "    classDef unserved stroke-dasharray:6 4\n    class n3 unserved\n"
    )
    assert text.endswith(
        "## What serves what\n\n- *objective* [[Double revenue]]\n    - *priority* [[Hire a CFO]]\n"
        "- *objective* [[Open Berlin]] – **nobody works on it**\n\n"
        "## Under no objective\n\n- *priority* [[Pay taxes]] – serves none, and says so\n"
        "- *priority* [[Tidy up]] – **orphan: no live objective above it**\n"
    )


def test_a_note_that_serves_two_stands_below_the_first_and_names_the_other(make_vault: MakeVault) -> None:
    files = {
        "Objectives/A.md": "",
        "Objectives/B.md": "",
        "Priorities/P.md": '---\nserves: ["[[B]]", "[[A]]"]\n---\n',
    }
    text = one(read(make_vault(files)), "alignment").text
    assert "- *objective* [[B]]\n    - *priority* [[P]] (also serves [[A]])\n" in text
    assert {"    n1 --> n3", "    n2 --> n3"} <= set(text.splitlines())


def test_circles_end(make_vault: MakeVault) -> None:
    files = {
        "Objectives/O.md": '---\nserves: "[[P]]"\n---\n',
        "Priorities/P.md": '---\nserves: ["[[Q]]", "[[O]]"]\n---\n',
        "Priorities/Q.md": '---\nserves: "[[P]]"\n---\n',
        "Priorities/R.md": '---\nserves: ["[[R]]", "[[S]]"]\n---\n',
        "Priorities/S.md": '---\nserves: "[[R]]"\n---\n',
    }
    vault = read(make_vault(files))
    text = one(vault, "alignment").text
    assert len(BULLET.findall(text)) == 5
    assert {path for top in lineage(vault).tops for path in lineage(vault).below(top)} == set(files)


@given(st.lists(st.lists(st.integers(0, 11), max_size=3), min_size=1, max_size=12))
def test_every_live_note_has_one_place(served: list[list[int]]) -> None:
    kinds = ("Objectives", "Priorities", "Projects")
    files = {
        f"{kinds[i % 3]}/{i}.md": "---\nserves: [{}]\n---\n".format(", ".join(f'"[[{to}]]"' for to in above))
        for i, above in enumerate(served)
    }
    with tempfile.TemporaryDirectory() as folder:
        runner.write({path: text.encode() for path, text in files.items()}, Path(folder))
        tree = lineage(read(Path(folder)))
    assert sorted(path for top in tree.tops for path in tree.below(top)) == sorted(files)
    assert all(parent in tree.parents[child] for parent, below in tree.children.items() for child in below)


def test_a_diagram_has_sixty_notes_at_most(make_vault: MakeVault) -> None:
    files = {"Objectives/A.md": "", "Objectives/B.md": "", "Objectives/C.md": ""}
    files |= {f"Priorities/A{i}.md": '---\nserves: "[[A]]"\n---\n' for i in range(40)}
    files |= {f"Priorities/B{i}.md": '---\nserves: "[[B]]"\n---\n' for i in range(60)}
    files |= {f"Priorities/L{i}.md": "" for i in range(59)}
    text = one(read(make_vault(files)), "alignment").text
    drawn = [diagram.count('"') // 2 for diagram in MERMAID.findall(text)]
    assert drawn == [41, 59]  # an objective that stands alone is in the list
    assert "### [[B]]\n\n61 notes, too many for a diagram: see the list.\n" in text
    assert len(BULLET.findall(text)) == len(files)


def test_a_diagram_stays_below_what_mermaid_can_draw(make_vault: MakeVault) -> None:
    names = [f"{i:02}" for i in range(60)]
    everything = ", ".join(f'"[[{name}]]"' for name in names)
    tangle = {f"Priorities/{name}.md": f"---\nserves: [{everything}]\n---\n" for name in names}
    (diagram,) = MERMAID.findall(one(read(make_vault(tangle)), "alignment").text)
    assert diagram.count("-->") == 59
    long = {f"Priorities/{'#' * 200} {i}.md": "" for i in range(60)}
    assert MERMAID.findall(one(read(make_vault(long, "long")), "alignment").text) == []


def test_orphans_stand_by_reason_with_chain_and_mend(make_vault: MakeVault) -> None:
    files = {
        "Objectives/Live.md": "",
        "Objectives/Old.md": "---\nperiod: 2025\n---\n",
        "Objectives/Done.md": "---\nstatus: done\n---\n",
        "Projects/Nowhere.md": "",
        "Priorities/Expired.md": '---\nserves: "[[Old]]"\n---\n',
        "Priorities/Closed.md": '---\nserves: "[[Done]]"\n---\n',
        "Priorities/Broken.md": '---\nserves: "[[Gone]]"\n---\n',
        "Priorities/Weak.md": "For [[Live]].\n",
        "Priorities/Nothing.md": "",
        "Priorities/Round.md": '---\nserves: "[[Trip]]"\n---\n',
        "Priorities/Trip.md": '---\nserves: "[[Round]]"\n---\n',
        "Priorities/Dead.md": '---\nserves: "[[Nowhere]]"\n---\n',
        "Priorities/Aligned.md": '---\nserves: "[[Live]]"\n---\n',
        "Priorities/Open.md": "---\nserves: none\nwhy: we *must*\n---\n",
    }
    text = one(read(make_vault(files)), "orphan-priorities").text
    assert rows(text, "## ") == [
        "## Serve an objective that has ended (1)",
        "## Serve an objective that is closed (1)",
        "## Serve a note that does not exist (1)",
        "## Mention an objective and do not serve it (1)",
        "## Serve nothing (1)",
        "## Serve one another in a circle (2)",
        "## Serve something that leads to no objective (1)",
        "## Serve none on purpose (1)",
    ]
    assert [row.strip() for row in rows(text, "    - Chain:")] == [
        "- Chain: [[Expired]] → [[Old]] (ended on 2025-12-31)",
        "- Chain: [[Closed]] → [[Done]] (closed: done)",
        "- Chain: [[Broken]] → “Gone” (there is no such note)",
        "- Chain: [[Weak]] → [[Live]] (only mentioned in its text)",
        "- Chain: [[Round]] → [[Trip]] → [[Round]] (and round again)",
        "- Chain: [[Trip]] → [[Round]] → [[Trip]] (and round again)",
        "- Chain: [[Dead]] → [[Nowhere]] (serves nothing)",
    ]
    assert len(rows(text, "    - To do:")) == 8
    assert not rows(text, "    - Nearest objectives:")
    assert "- [[Open]] – we \\*must\\*\n" in text


def test_no_orphan_is_said_plainly(make_vault: MakeVault) -> None:
    text = one(read(make_vault({k: v for k, v in COMPANY.items() if "Tidy" not in k})), "orphan-priorities").text
    assert "> [!success] No orphan: every live priority serves a live objective, or says why not\n" in text
