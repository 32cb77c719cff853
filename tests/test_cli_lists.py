"""The commands that list things: the same vault, the same words, the same formats as Obsidian's own command."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

from tests.cli_vault import FILES, Run

if TYPE_CHECKING:
    from tests.conftest import MakeVault


@pytest.fixture
def run(make_vault: MakeVault, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LANGUAGE", "en")
    return Run(capsys, make_vault(FILES))


def decoded(run: Run, *arguments: str) -> Any:
    return json.loads(run(*arguments, "--format", "json").out)


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (["links", "Renew the brand"], ["People/Ann Lee.md", "Priorities/Hire a CFO.md"]),
        (["links", "Renew the brand", "--counts"], ["People/Ann Lee.md\t1", "Priorities/Hire a CFO.md\t2"]),
        (["links", "[[Loose end]]"], ["Board", "Priorities/Renew the brand.md"]),
        (["links", "People/Ann Lee.md"], []),
        (["backlinks", "Hire a CFO"], ["Priorities/Renew the brand.md"]),
        (["backlinks", "hire a cfo", "--counts"], ["Priorities/Renew the brand.md\t2"]),
        (["backlinks", "Ann Lee", "--total"], ["3"]),
        (["unresolved"], ["Board", "Nobody"]),
        (["unresolved", "--counts"], ["Board\t2", "Nobody\t1"]),
        (
            ["unresolved", "--verbose"],
            ["Board\tLoose end.md, Priorities/Hire a CFO.md", "Nobody\tPriorities/Hire a CFO.md"],
        ),
        (["unresolved", "--total"], ["2"]),
        (["orphans"], ["Loose end.md"]),
        (["orphans", "--total"], ["1"]),
        (["deadends"], ["People/Ann Lee.md"]),
        (["tags"], ["#Hiring", "#team", "#team/lead"]),
        (["tags", "--counts", "--sort", "count"], ["#Hiring\t2", "#team\t1", "#team/lead\t1"]),
        (["tags", "--total"], ["3"]),
        (["tasks", "--total"], ["4"]),
        (["tasks", "--done"], ["Priorities/Hire a CFO.md:7: [x] Ask [[Board]]"]),
        (["tasks", "--status", "-"], ["Priorities/Hire a CFO.md:8: [-] Ask [[Nobody]]"]),
        (
            ["tasks", "--todo"],
            ["Priorities/Hire a CFO.md:6: [ ] Write the advert #hiring", "Priorities/Renew the brand.md:5: [ ] Ask"],
        ),
        (["tasks", "--done", "--status", "-", "--total"], ["2"]),
    ],
)
def test_what_a_command_lists(run: Run, arguments: list[str], lines: list[str]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out.splitlines()) == (0, lines)
    assert bool(ran.err) == bool({"-v", "--verbose"} & set(arguments))  # how long it took


def test_json_says_more_under_stable_keys(run: Run) -> None:
    note = {"resolved": True, "count": 1, "origin": "note", "views": None}
    assert decoded(run, "links", "Hire a CFO")[:2] == [
        {"target": "Objectives/Double revenue.md", "line": 2, "relation": "serves", **note},
        {"target": "People/Ann Lee.md", "line": 3, "relation": "owner", **note},
    ]
    linking = {"path": "Priorities/Hire a CFO.md", "count": 1, "line": 2, "relation": "serves"}
    assert decoded(run, "backlinks", "Double revenue") == [{**linking, "origin": "note", "written_by": "human"}]
    assert decoded(run, "unresolved")[1] == {"name": "Nobody", "count": 1, "sources": ["Priorities/Hire a CFO.md"]}
    assert decoded(run, "orphans") == [{"path": "Loose end.md"}]
    assert decoded(run, "tasks", "--done") == [
        {"path": "Priorities/Hire a CFO.md", "line": 7, "status": "x", "text": "Ask [[Board]]"}
    ]
    assert decoded(run, "links", "Ann Lee") == []


def test_csv_quotes_what_needs_it(run: Run) -> None:
    rows = list(csv.reader(run("unresolved", "--verbose", "--format", "csv").out.splitlines()))
    assert rows[0] == ["Board", "Loose end.md, Priorities/Hire a CFO.md"]


def test_what_vaultkit_writes_saves_no_note_from_being_an_orphan(run: Run) -> None:
    before = {name: run(name).out for name in ("orphans", "deadends", "tags", "tasks")}
    assert run("build", "--write").code == 0
    assert {name: run(name).out for name in before} == before


def test_a_name_that_no_note_bears_is_guessed(run: Run) -> None:
    ran = run("backlinks", "Hire the CFO")
    assert ran.code == 2
    assert ran.out == ""
    assert "Hire a CFO?" in ran.err


def test_nothing_from_a_note_reaches_the_terminal_as_a_command(run: Run) -> None:
    (run.folder / "Loose end.md").write_text("- [ ] a\x1b[2Jb\u202ec\x9bd #x\x07y\n[[e\x1b]0;f]]\n", encoding="utf-8")
    for arguments in (("tasks",), ("tasks", "--format", "tsv"), ("unresolved",), ("tags",), ("show", "Loose end")):
        out = run(*arguments).out
        assert not set(out) & set("\x1b\u202e\x9b\x07")
    assert decoded(run, "tasks")[0]["text"] == "a\x1b[2Jb\u202ec\x9bd #x\x07y"
    assert not set(run("tasks", "--format", "json").out) & set("\x1b\u202e\x9b\x07")


def test_show_says_what_told_the_kind_and_what_the_fields_are(run: Run) -> None:
    out = run("show", "Hire a CFO").out
    assert out.startswith("Hire a CFO\nPriorities/Hire a CFO.md\npriority, as its folder Priorities says\n")
    assert "serves  Double revenue  → Objectives/Double revenue.md" in out
    assert "Hire a CFO serves a live objective: Double revenue" in out
    assert "Backlinks (1)\n  Priorities/Renew the brand.md" in out


def test_show_names_every_clue_and_every_conflict(run: Run) -> None:
    text = "---\ntype: priority\ntags: [priority, project]\n---\n"
    (run.folder / "Priorities/Sell.md").write_text(text, encoding="utf-8")
    out = run("show", "Sell").out
    assert "priority, as its property type: priority says\n" in out
    assert "its tag #priority says so as well\n" in out
    assert "its folder Priorities says so as well\n" in out
    assert "not project, as its tag #project might say\n" in out
    assert [(each["kind"], each["by"]) for each in decoded(run, "show", "Sell")["clues"]] == [
        ("priority", "property"),
        ("priority", "tag"),
        ("priority", "folder"),
        ("project", "tag"),
    ]


def test_show_tells_an_orphan_and_its_findings(run: Run) -> None:
    shown = decoded(run, "show", "Renew the brand")
    assert (shown["kind"], shown["standing"], shown["serves"]) == ("priority", "no-link", [])
    assert [finding["validator"] for finding in shown["findings"]] == ["orphan-priority"]
    assert [(each["name"], each["field"], each["targets"]) for each in shown["properties"]] == [
        ("owner", "owner", ["People/Ann Lee.md"])
    ]


def test_status_counts_and_names_the_next_command(run: Run) -> None:
    out = run("status").out
    assert "5 notes · 12 links, 3 leading nowhere · 2 open tasks" in out
    assert "orphan-priority" in out
    assert out.endswith("Next: vaultkit check\n")
    status = decoded(run, "status")
    assert status["priorities"] == {"live": 2, "aligned": 1, "orphans": 1, "opted_out": 0}
    assert status["kinds"]["priority"] == 2
    assert status["findings"]["orphan-priority"] == 1


def test_the_whole_graph_as_json(run: Run) -> None:
    graph = json.loads(run("export", "json").out)
    assert [note["path"] for note in graph["notes"]] == sorted(path for path in FILES if path.endswith(".md"))
    serves = [link for link in graph["links"] if link["relation"] == "serves"]
    assert [(link["source"], link["target"]) for link in serves] == [
        ("Priorities/Hire a CFO.md", "Objectives/Double revenue.md")
    ]
    assert any(finding["validator"] == "orphan-priority" for finding in graph["findings"])


def test_the_whole_graph_as_graphml_is_xml_whatever_files_are_called(run: Run) -> None:
    (run.folder / "a\x1b<b>&.md").write_text("[[Ann Lee]]")
    root = ElementTree.fromstring(run("export", "graphml").out)  # noqa: S314 - our own text
    space = "{http://graphml.graphdrawing.org/xmlns}"
    nodes = [node.get("id") for node in root.iter(f"{space}node")]
    assert "Priorities/Hire a CFO.md" in nodes
    assert "a\ufffd<b>&.md" in nodes
    assert len(list(root.iter(f"{space}edge"))) == 10
