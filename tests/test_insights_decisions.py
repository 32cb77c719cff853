"""What is asked of decisions, risks, assumptions and meetings: each docstring's example, and where nobody knows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import scenario_runner as runner
from vaultkit.insights import decisions, likeness
from vaultkit.insights.assumptions import standing, supported
from vaultkit.insights.carrying import carried
from vaultkit.insights.exposure import Exposure, exposures, risks
from vaultkit.insights.follow_through import Following, by_series, calibration, follow_through
from vaultkit.insights.options import option_of, weighed
from vaultkit.insights.resurfacing import LEAST, resurfaced

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.conftest import MakeVault
    from vaultkit.vault import Vault

SENTENCES = st.lists(st.sampled_from("sell buy the van boat house not new old".split()), max_size=8).map(" ".join)


def vault_of(root: Path) -> Vault:
    return runner.read_vault(root, runner.TODAY)


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("Freeze all hiring outside sales", "Freezing hires outside of sales", 1),
        ("Geler tous les recrutements", "Gel du recrutement hors ventes", 0.5),
        ("Facturer à la palette", "La facturation à la palette", 1),
        ("Délocaliser toute la production", "Délocalisation de la production", 1),
        ("Plan the launch", "Planning a launch", 1),
        ("Use [[Notion|the wiki]]", "use the **wiki**", 1),
        ("Recruit", "Hire", 0),
        ("Open an office in London", "Do not open an office in London", 0),
        ("Ouvrir à Londres", "Ne pas ouvrir à Londres", 0),
        ("Do nothing", "Do nothing", 0),
        ("Option A", "Option A", 0),
        ("", "Sell", 0),
    ],
)
def test_how_alike_two_proposals_are(one: str, other: str, share: float) -> None:
    assert likeness.likeness(likeness.words(one), likeness.words(other)) == pytest.approx(share)


@given(SENTENCES, SENTENCES)
def test_likeness_has_no_direction(one: str, other: str) -> None:
    first, second = likeness.words(one), likeness.words(other)
    assert likeness.likeness(first, second) == likeness.likeness(second, first)
    assert likeness.likeness(first, first) == (1 if first else 0)


@pytest.mark.parametrize(
    ("line", "about", "rejected"),
    [
        ("London: every headquarters, no warehouses", "London", False),
        ("~~London~~ too far", "London", True),
        ("Remote, from Dublin: cheap — rejected", "Remote Dublin", True),
        ("Option A: use PostgreSQL (rejected)", "use PostgreSQL", True),
        ("Rejected: London", "London", True),
        ("Écartée : la palette", "palette", True),
        ("La palette (écartée, trop cher)", "palette", True),
        ("Paris - ruled out because dear", "Paris", True),
        ("**Geler tout**, refusé.", "geler", True),
        ("Geler tout, non retenu", "geler", True),
        ("Sell, because the offer was rejected by all", "Sell", False),
        ("Count the rejected parcels", "count rejected parcels", False),
    ],
)
def test_what_an_option_proposes_and_whether_it_was_rejected(line: str, about: str, *, rejected: bool) -> None:
    found = option_of(line)
    assert (found.words, found.rejected) == (likeness.words(about), rejected)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("## Options\n- A\n- B\n", 2),
        ("## Options\n- A\n", 1),
        ("## Alternatives considered\n- A\n", 2),
        ("## Rejected\n- A\n", 2),
        ("## Options\n- A\n## Rejected\n- B\n", 2),
        ("---\nalternatives: [A, B]\n---\n", 3),
        ("---\noptions: A or B\n---\n", 3),
        ("Words.\n", 0),
    ],
)
def test_how_many_options_there_were(make_vault: MakeVault, text: str, count: int) -> None:
    vault = vault_of(make_vault({"Decisions/D.md": text}))
    assert weighed(vault, vault.notes["Decisions/D.md"]).count == count


@given(st.lists(SENTENCES, min_size=1, max_size=6), st.lists(SENTENCES, min_size=1, max_size=6))
def test_no_pair_is_missed(tmp_path_factory: pytest.TempPathFactory, rejected: list[str], options: list[str]) -> None:
    """The index finds what a comparison of all pairs finds: the nearest rejected option of each decision."""
    files = {
        f"Decisions/D-{number} Old.md": f"---\nstatus: accepted\ndate: 2026-01-01\n---\n## Rejected\n- {text}\n"
        for number, text in enumerate(rejected)
    } | {
        f"Decisions/D-{number} New.md": f"---\nstatus: proposed\ndate: 2026-02-01\n---\n## Options\n- {text}\n"
        for number, text in enumerate(options, start=100)
    }
    root = tmp_path_factory.mktemp("pairs")
    runner.write({path: text.encode() for path, text in files.items()}, root)
    found = vault_of(root).ask(resurfaced)
    said = {(path, again.old): again.likeness for path, each in found.items() for again in each}
    assert said == _all_pairs(rejected, options)


def _all_pairs(rejected: list[str], options: list[str]) -> Mapping[tuple[str, str], float]:
    sets = [likeness.words(text) for text in rejected]
    habits = {each for each in sets if sets.count(each) > 3}
    old, new = likeness.words("Old"), likeness.words("New")
    pairs: dict[tuple[str, str], float] = {}
    for number, text in enumerate(options, start=100):
        for earlier, words in enumerate(sets):
            others = likeness.words(text)
            if words and others and words not in habits:
                one = words if len(words - {likeness.NOT}) > 1 else words | old
                other = others if len(others - {likeness.NOT}) > 1 else others | new
                share = likeness.likeness(one, other)
                if share >= LEAST:
                    pairs[f"Decisions/D-{number} New.md", f"Decisions/D-{earlier} Old.md"] = share
    return pairs


STATES = {
    "status: proposed": "open",
    "status: en cours": "open",
    "status: open": "open",
    "status: pending": "open",
    "status: brouillon": "put-off",
    "status: someday": "put-off",
    "status: deferred": "put-off",
    "status: accepted": "accepted",
    "status: superseded": "replaced",
    "status: rejected": "closed",
    "status: with the lawyers": "unknown",
    "date: 2026-01-01": "unknown",
    "status: accepted\noutcome: missed": "closed",
}


@pytest.mark.parametrize("said", STATES)
def test_how_a_decision_stands(make_vault: MakeVault, said: str) -> None:
    vault = vault_of(make_vault({"Decisions/D.md": f"---\n{said}\n---\n"}))
    assert decisions.state(vault, vault.notes["Decisions/D.md"]) == STATES[said]


def test_for_how_long_a_decision_is_open_and_what_waits_for_it(make_vault: MakeVault) -> None:
    files = {
        "Decisions/A.md": "---\nstatus: proposed\ndate: 2026-03-02\n---\n",
        "Decisions/B.md": "---\nstatus: proposed\n---\n",
        "Decisions/C.md": "---\nstatus: accepted\ndate: 2026-03-02\n---\n",
        "Projects/P.md": '---\ndepends_on: "[[A]]"\n---\n',
        "Projects/Q.md": '---\ndepends_on: "[[A]]"\nstatus: done\n---\n',
    }
    vault = vault_of(make_vault(files))
    notes = [vault.notes[f"Decisions/{name}.md"] for name in "ABC"]
    assert [decisions.days_pending(vault, note) for note in notes] == [14, None, None]
    assert decisions.since(vault, notes[2]) == date(2026, 3, 2)
    assert decisions.waiting(vault, "Decisions/A.md") == ("Projects/P.md",)


def test_what_stands_in_the_place_of_a_decision(make_vault: MakeVault) -> None:
    files = {
        "Decisions/A.md": '---\nstatus: accepted\nsupersedes: "[[B]]"\n---\n',
        "Decisions/B.md": '---\nstatus: superseded\nsupersedes: "[[C]]"\n---\n',
        "Decisions/C.md": "---\nstatus: accepted\n---\n",
        "Decisions/D.md": '---\nstatus: proposed\nsupersedes: "[[A]]"\n---\n',
        "Decisions/E.md": '---\nstatus: accepted\nsupersedes: "[[F]]"\nsuperseded_by: "[[F]]"\n---\n',
        "Decisions/F.md": "---\nstatus: accepted\n---\n",
        "Decisions/G.md": '---\nstatus: superseded\nsuperseded_by: ["[[A]]", "[[F]]"]\n---\n',
    }
    vault = vault_of(make_vault(files))
    found = {name: decisions.successor(vault, f"Decisions/{name}.md") for name in "ABCDEFG"}
    assert found == dict.fromkeys("ADEFG") | dict.fromkeys("BC", "Decisions/A.md")
    replaced = [name for name in "ABCDG" if decisions.is_replaced(vault, vault.notes[f"Decisions/{name}.md"])]
    assert replaced == ["B", "C", "G"]
    assert vault.ask(decisions.replacement_circles) == (("Decisions/E.md", "Decisions/F.md"),)


def test_which_decisions_are_carried_out(make_vault: MakeVault) -> None:
    files = {
        "Decisions/Box.md": "- [x] Call\n",
        "Decisions/List.md": "## Next steps\n- Call\n",
        "Decisions/Line.md": "",
        "Decisions/Project.md": "",
        "Decisions/About.md": '---\nabout: "[[P]]"\n---\n',
        "Decisions/Over.md": '---\nabout: "[[Q]]"\n---\n',
        "Decisions/Nothing.md": "Said in [[2026-03-01 Board]].\n",
        "Meetings/2026-03-01 Board.md": "- [ ] Call as [[Line]] says\n\nWe took [[Nothing]].\n",
        "Projects/P.md": '---\ndecided_in: "[[Decisions/Project]]"\n---\n',
        "Projects/Q.md": "---\nstatus: done\n---\n",
    }
    found = vault_of(make_vault(files)).ask(carried)
    assert sorted(path[10:-3] for path in found) == ["About", "Box", "Line", "List", "Project"]


def test_how_an_assumption_stands(make_vault: MakeVault) -> None:
    said = {
        "status: faux": "falsified",
        "status: 'false'": "falsified",
        "status: cancelled": "given-up",
        "status: archived": "given-up",
        "status: confirmée": "verified",
        "verify by: 2026-03-15": "overdue",
        "verify by: 2026-03-16": "open",
        "due: soon": "open",
    }
    files = {f"Assumptions/{n}.md": f'---\n{text}\nsupports: "[[P]]"\n---\n' for n, text in enumerate(said)}
    vault = vault_of(make_vault({**files, "Projects/P.md": '---\ndepends_on: "[[0]]"\n---\n'}))
    assert [standing(vault, note) for note in vault.of_kind("assumption")] == list(said.values())
    assert [len(each) for each in vault.ask(supported).values()] == [1] * len(said)


RISKS = {
    "Objectives/A.md": "",
    "Objectives/B.md": "",
    "Priorities/P.md": '---\nserves: ["[[A]]", "[[B]]"]\n---\n',
    "Projects/Q.md": '---\nserves: "[[P]]"\n---\n',
    "Projects/Round.md": '---\nserves: "[[Round]]"\n---\n',
    "Risks/Direct.md": '---\nprobability: 4\nimpact: 3\naffects: "[[A]]"\n---\n',
    "Risks/Below.md": '---\nprobability: 2\nimpact: 5\naffects: ["[[Q]]", "[[P]]", "[[Round]]"]\n---\n- [ ] pair\n',
    "Risks/Over.md": '---\nprobability: 5\nimpact: 5\naffects: "[[A]]"\nstatus: mitigated\n---\n',
}


def test_what_threatens_an_objective(make_vault: MakeVault) -> None:
    vault = vault_of(make_vault(RISKS))
    assert vault.ask(exposures) == {"Objectives/A.md": Exposure(22, ("Risks/Below.md", "Risks/Direct.md"), 0)}
    assert [(risk.path, risk.weight, risk.is_red, risk.is_acted_on) for risk in vault.ask(risks)] == [
        ("Risks/Direct.md", 12, False, False),
        ("Risks/Below.md", 10, False, True),
    ]


@pytest.mark.parametrize(
    ("said", "weight", "red"),
    [
        ("probability: 3\nimpact: 5", 15, True),
        ("probabilité: 3\ngravité: 4", 12, False),
        ("probability: 60 %\nimpact: 5", None, False),
        ("probability: 0\nimpact: 5", None, False),
        ("probability: 3\nimpact: 6", None, False),
        ("impact: 5", None, False),
        ("probability: high\nimpact: 5", None, False),
    ],
)
def test_what_a_risk_weighs(make_vault: MakeVault, said: str, weight: float | None, *, red: bool) -> None:
    files = {"Objectives/A.md": "", "Risks/R.md": f'---\n{said}\naffects: "[[A]]"\n---\n'}
    vault = vault_of(make_vault(files))
    (risk,) = vault.ask(risks)
    assert (risk.weight, risk.is_red) == (weight, red)
    assert vault.ask(exposures)["Objectives/A.md"] == Exposure(weight, ("Risks/R.md",), int(weight is None))


def test_what_acts_on_a_risk(make_vault: MakeVault) -> None:
    files = {
        "Risks/Line.md": "",
        "Risks/Project.md": "",
        "Risks/Done.md": "- [x] paid\n",
        "Risks/Old.md": "",
        "Diary.md": "- [ ] see to [[Line]]\n",
        "Projects/P.md": "It averts [[Risks/Project]].\n",
        "Projects/Q.md": "---\nstatus: done\n---\nIt averted [[Old]].\n",
    }
    found = {risk.path: risk.is_acted_on for risk in vault_of(make_vault(files)).ask(risks)}
    assert found == {"Risks/Line.md": True, "Risks/Project.md": True, "Risks/Done.md": False, "Risks/Old.md": False}


MEETINGS = {
    "Meetings/2026-03-02 Board meeting.md": (
        "- [x] one 📅 2026-03-05 ✅ 2026-03-05\n- [x] two 📅 2026-03-05 ✅ 2026-03-04\n"
        "- [x] late 📅 2026-03-05 ✅ 2026-03-06\n- [x] some day 📅 2026-03-05\n- [-] given up 📅 2026-03-05\n"
        "- [ ] today 📅 2026-03-16\n- [ ] without a day\n- [ ] long ago 📅 2026-02-15\n"
    ),
    "Meetings/2026-03-09 Board meeting.md": "- [x] three 📅 2026-03-10 ✅ 2026-03-10\n- [ ] open 📅 2026-03-15\n",
    "Meetings/2026-03-10 1-1 Ann.md": "- [ ] open 📅 2026-02-16\n",
    "Meetings/2026-03-10 Stand-up.md": "- [ ] some day\n",
    "Projects/P.md": "- [ ] of no meeting 📅 2026-03-05\n",
}


def test_what_became_of_what_was_agreed(make_vault: MakeVault) -> None:
    vault = vault_of(make_vault(MEETINGS))
    found = vault.ask(by_series)
    assert found == {"ann": Following(0, 1), "board meeting": Following(3, 5, 1)}
    assert found["board meeting"].share == 0.6
    assert vault.ask(follow_through) == Following(3, 6, 1)


def test_its_series_are_those_of_meetings(make_vault: MakeVault) -> None:
    files = {
        "Meetings/2026-03-02 CODIR.md": "- [x] one 📅 2026-03-05 ✅ 2026-03-05\n",
        "Meetings/CODIR du 9 mars.md": "---\ndate: 2026-03-09\n---\n- [ ] two 📅 2026-03-12\n",
    }
    assert vault_of(make_vault(files)).ask(by_series) == {"codir": Following(1, 2)}


def test_of_nothing_due_there_is_no_share(make_vault: MakeVault) -> None:
    vault = vault_of(make_vault({"Meetings/2026-03-02 Board.md": "- [x] one 📅 2026-03-05\n"}))
    assert vault.ask(follow_through) == Following(0, 0, 1)
    assert vault.ask(follow_through).share is None


def test_how_right_those_who_were_sure_were(make_vault: MakeVault) -> None:
    files = {
        f"Decisions/D{number}.md": f"---\nconfidence: {'80' if number % 2 else '0.8'}\noutcome: {outcome}\n---\n"
        for number, outcome in enumerate(7 * ["achieved"] + 3 * ["missed"] + ["dropped"])
    }
    found = vault_of(make_vault(files)).ask(calibration)
    assert (found.decisions, round(found.error or 0, 4)) == (10, 0.22)
    assert (round(found.confidence or 0, 4), found.outcome) == (0.8, 0.7)
    fewer = vault_of(make_vault({path: text for path, text in files.items() if "D0" not in path}, "fewer"))
    assert (fewer.ask(calibration).decisions, fewer.ask(calibration).error) == (9, None)


@pytest.mark.parametrize("said", ["confidence: 140\noutcome: achieved", "confidence: sure\noutcome: achieved"])
def test_what_is_no_confidence_counts_nowhere(make_vault: MakeVault, said: str) -> None:
    assert vault_of(make_vault({"Decisions/D.md": f"---\n{said}\n---\n"})).ask(calibration).decisions == 0
