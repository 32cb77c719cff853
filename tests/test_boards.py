"""Canvases and bases of vaultkit's own: they are as published, ours until somebody touches them, and count nowhere."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.board_formats import base_faults, canvas_faults, is_within
from tests.pages import COMPANY, TODAY, pages, read
from vaultkit import boards, planner
from vaultkit.cli import main
from vaultkit.generators import canvas
from vaultkit.insights.links import inbound
from vaultkit.insights.listing import orphans
from vaultkit.model import Page
from vaultkit.parser import parse
from vaultkit.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.conftest import MakeVault

ON = "[pages]\ncanvas = true\nbases = true\n"
MAP, PROJECTS = "Dashboards/Alignment.canvas", "Dashboards/Projects.base"
WORK = COMPANY | {
    "vaultkit.toml": ON,
    "Vision/Far.md": "",
    "Projects/Shop.md": '---\nserves: "[[Hire a CFO]]"\nstatus: active\n---\n',
    "Projects/Loose.md": '---\nstatut: "won\'t do"\nresponsable: Ann\n---\n',
    "Decisions/D1.md": "---\nstatus: proposed\ndate: 2026-03-01\n---\n",
    "Risks/Fire.md": "---\nimpact: 4\nprobability: 2\n---\n",
}
HOSTILE = (
    'quo"te',
    "it's: #1",
    "back\\slash",
    "a\u2028b\u0085c",
    '"}\n]',
    "%% /vaultkit 3f2a9c1d %%",
    "{{x}} [[y]] `z` | ~",
    'digest":""',
    "true",
    "é 🚀",
)


def build(root: Path, *, force: bool = False) -> planner.Plan:
    with_pages = Session(root, today=TODAY)
    plan = with_pages.plan(force=force)
    with_pages.apply(plan)
    return plan


def planned(root: Path) -> planner.Plan:
    return Session(root, today=TODAY).plan()


def of_boards(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((root / "Dashboards").iterdir()) if path.suffix != ".md"}


def test_they_stand_beside_the_pages_for_those_who_ask(make_vault: MakeVault) -> None:
    wanted = make_vault(WORK)
    build(wanted)
    assert list(of_boards(wanted)) == [
        "Alignment.canvas",
        "Decisions.base",
        "People.base",
        "Projects.base",
        "Risks.base",
    ]
    unasked = make_vault(WORK | {"vaultkit.toml": ""}, "unasked")
    build(unasked)
    assert of_boards(unasked) == {}
    none = make_vault({"vaultkit.toml": f'{ON}off = ["alignment"]\n'}, "none")
    build(none)
    assert of_boards(none) == {}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("words", ["plain", *HOSTILE])
def test_they_are_as_published(make_vault: MakeVault, words: str, language: str) -> None:
    quoted = json.dumps(words)
    more = {
        "Objectives/Odd.md": f"---\nperiod: 2026\ntitle: {quoted}\nserves: '[[Far]]'\n---\n",
        "Projects/Odd.md": f"---\n{quoted}: Ann\nstatus: {quoted}\n---\n",
        "Notes/Odd.md": f"---\ntype: project\n{json.dumps(words + 'x')}: Ann\n---\n",
        "vaultkit.toml": f"{ON}[properties]\nowner = [{_toml(words)}, {_toml(words + 'x')}]\n",
    }
    made = pages(read(make_vault(WORK | more), language))
    found = {path: planner.as_written(page) for path, page in made.items() if boards.is_board(path)}
    assert len(found) == 5
    for path, text in found.items():
        assert (base_faults if path.endswith(".base") else canvas_faults)(text) == []
        note = parse(path, text.encode())
        assert note.problems == ()
        assert note.generated is not None
        assert note.generated.digest == note.generated.actual != ""


def _toml(words: str) -> str:
    """As TOML quotes it, which knows no pairs of surrogates."""
    return json.dumps(words, ensure_ascii=False)


def drawn_of(root: Path) -> dict[str, Any]:
    """The canvas of a vault."""
    drawn: dict[str, Any] = json.loads(pages(read(root))[MAP].text)
    return drawn


def places_of(drawn: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Note -> where its card stands."""
    return {node["file"]: (node["x"], node["y"]) for node in drawn["nodes"] if node["type"] == "file"}


def arrows_of(drawn: dict[str, Any]) -> set[tuple[str, str]]:
    by_id = {node["id"]: node["file"] for node in drawn["nodes"] if node["type"] == "file"}
    return {(by_id[edge["fromNode"]], by_id[edge["toNode"]]) for edge in drawn["edges"]}


def serving(work: Mapping[str, str]) -> dict[str, str]:
    """Notes by the name of what each serves."""
    return {path: f'---\nperiod: 2026\nserves: "[[{above}]]"\n---\n' if above else "" for path, above in work.items()}


def test_what_serves_an_objective_stands_to_the_right_of_it(make_vault: MakeVault) -> None:
    drawn = drawn_of(make_vault(WORK))
    across = {path: x for path, (x, _) in places_of(drawn).items()}
    chain = ["Objectives/Double revenue.md", "Priorities/Hire a CFO.md", "Projects/Shop.md"]
    assert [across[path] for path in chain] == sorted({across[path] for path in chain})
    assert arrows_of(drawn) == set(pairwise(chain))
    labels = [node["label"] for node in drawn["nodes"] if node["type"] == "group"]
    assert labels == ["Far", "Double revenue", "Open Berlin – nobody works on it", "Under no objective"]
    colours = {node["file"]: node["color"] for node in drawn["nodes"] if node["type"] == "file" and "color" in node}
    assert colours == {"Objectives/Open Berlin.md": "2", "Priorities/Tidy up.md": "1", "Projects/Shop.md": "6"}


def test_what_serves_a_vision_stands_in_its_frame(make_vault: MakeVault) -> None:
    work = {"Vision/Far.md": "", "Objectives/A.md": "Far", "Objectives/B.md": "A", "Projects/Direct.md": "Far"}
    drawn = drawn_of(make_vault(serving(work) | {"Objectives/C.md": "---\nperiod: 2026\n---\n", "vaultkit.toml": ON}))
    (frame,) = (node for node in drawn["nodes"] if node.get("label") == "Far")
    within = {node["file"] for node in drawn["nodes"] if node["type"] == "file" and is_within(node, frame)}
    assert within == work.keys()
    assert arrows_of(drawn) == {("Vision/Far.md", "Projects/Direct.md"), ("Objectives/A.md", "Objectives/B.md")}
    far, direct = places_of(drawn)["Vision/Far.md"], places_of(drawn)["Projects/Direct.md"]
    assert (far[0] < direct[0], far[1]) == (True, direct[1])


COUNTRY = serving(
    {
        "Vision/Far.md": "",
        "Objectives/A.md": "Far",
        **{f"KR/K{number}.md": "A" for number in range(4)},
        **{f"Priorities/P{number}.md": "A" for number in range(4)},
        **{f"Projects/Of P1, {number}.md": "P1" for number in range(3)},
        **{f"Projects/Direct {number}.md": "A" for number in range(3)},
        "Priorities/Of K3.md": "K3",
        "Objectives/B.md": "A",
        "Priorities/Q.md": "B",
        "Objectives/C.md": "Far",
        "Projects/Of C.md": "C",
    }
) | {"vaultkit.toml": ON}


def test_columns_of_a_group_share_its_rows(make_vault: MakeVault) -> None:
    at = places_of(drawn_of(make_vault(COUNTRY)))
    row = canvas.HEIGHT + canvas.BELOW
    left, top = at["Objectives/A.md"]
    rows = {path: ((x - left) // (canvas.WIDTH + canvas.ASIDE), (y - top) // row) for path, (x, y) in at.items()}
    assert [rows[f"KR/K{number}.md"] for number in range(3)] == [(0, 1), (0, 2), (0, 3)]
    assert [rows[f"Priorities/P{number}.md"] for number in range(4)] == [(1, 0), (1, 1), (1, 4), (1, 5)]
    assert [rows[f"Projects/Of P1, {number}.md"] for number in range(3)] == [(2, 1), (2, 2), (2, 3)]
    assert [rows[f"Projects/Direct {number}.md"] for number in range(3)] == [(1, 6), (1, 7), (1, 8)]
    assert (rows["KR/K3.md"], rows["Priorities/Of K3.md"]) == ((0, 9), (1, 9))


def test_no_arrow_within_a_group_passes_a_column_of_cards(make_vault: MakeVault) -> None:
    drawn = drawn_of(make_vault(COUNTRY))
    at = places_of(drawn)
    steps = {abs(at[start][0] - at[end][0]) for start, end in arrows_of(drawn)}
    assert steps == {0, canvas.WIDTH + canvas.ASIDE}


def test_a_note_more_moves_only_what_stands_below_it(make_vault: MakeVault) -> None:
    root = make_vault(COUNTRY)
    before = places_of(drawn_of(root))
    (root / "Projects/Of P1, more.md").write_text('---\nserves: "[[P1]]"\n---\n', encoding="utf-8")
    after = places_of(drawn_of(root))
    moved = {path for path, place in before.items() if after[path] != place}
    assert moved == {path for path, (_, y) in before.items() if y > before["Projects/Of P1, 2.md"][1]}
    assert all(after[path] == (x, y + canvas.HEIGHT + canvas.BELOW) for path, (x, y) in before.items() if path in moved)


def test_any_tree_is_drawn_without_one_card_over_another(make_vault: MakeVault) -> None:
    served = {
        "Objectives/A.md": "Priorities/P.md",
        "Objectives/B.md": "Objectives/A.md",
        "Vision/V.md": "Objectives/B.md",
        "Objectives/C.md": "Vision/V.md",
        "Priorities/P.md": "Projects/X.md",
        "Priorities/Q.md": "Priorities/P.md",
        "Projects/X.md": "Projects/Y.md",
        "Projects/Y.md": "Projects/X.md",
        "Projects/Z.md": "Objectives/A.md",
        "Vision/W.md": "Vision/V.md",
    }
    files = {path: f'---\nserves: "[[{above}]]"\n---\n' for path, above in served.items()}
    drawn = pages(read(make_vault(files | {"vaultkit.toml": ON})))[MAP].text
    assert canvas_faults(drawn) == []
    assert {node["file"] for node in json.loads(drawn)["nodes"] if "file" in node} == served.keys()


def test_of_too_many_the_projects_are_left_to_the_page(make_vault: MakeVault) -> None:
    files = {f"Projects/P{number}.md": '---\nserves: "[[Tidy up]]"\n---\n' for number in range(canvas.MOST)}
    drawn = json.loads(pages(read(make_vault(COMPANY | files | {"vaultkit.toml": ON})))[MAP].text)
    assert [node["file"] for node in drawn["nodes"] if node.get("file", "").startswith("Projects/")] == []
    assert f"{canvas.MOST} more notes are on the page." in drawn["nodes"][0]["text"]


def test_a_base_finds_the_notes_that_vaultkit_does(make_vault: MakeVault) -> None:
    more = {"Projects/Minutes.md": "---\ntype: meeting\n---\n", "Notes/Odd.md": "---\ntype: Project\n---\n"}
    found = yaml.safe_load(pages(read(make_vault(WORK | more)))[PROJECTS].text)
    assert found["filters"]["and"] == [
        'file.ext == "md"',
        {"or": ['note["type"] == "Project"', 'file.inFolder("Projects")']},
        {"not": ['file.path == "Projects/Minutes.md"']},
    ]
    assert found["formulas"] == {"status": 'if(note["status"], note["status"], note["statut"])'}
    assert '"won\'t do"' in found["views"][0]["filters"]["not"][0]


def test_a_second_build_writes_nothing(make_vault: MakeVault) -> None:
    root = make_vault(WORK)
    build(root)
    before = of_boards(root)
    assert planned(root) == planner.Plan()
    (root / "Notes").mkdir()
    (root / "Notes/Other.md").write_text("a word more\n", encoding="utf-8")
    build(root)
    assert of_boards(root) == before


def test_what_is_drawn_follows_the_work(make_vault: MakeVault) -> None:
    root = make_vault(WORK)
    build(root)
    (root / "Projects/Shop.md").write_text("---\nstatus: done\n---\n", encoding="utf-8")
    assert [edit.path for edit in build(root).edits if boards.is_board(edit.path)] == [MAP]
    assert b"Shop" not in of_boards(root)["Alignment.canvas"]


@pytest.mark.parametrize("path", [MAP, PROJECTS])
def test_other_line_ends_are_no_edit(make_vault: MakeVault, path: str) -> None:
    root = make_vault(WORK)
    build(root)
    text = (root / path).read_bytes().replace(b"\n", b"\r\n")
    (root / path).write_bytes(text)
    session = Session(root, today=TODAY)
    assert session.plan() == planner.Plan()
    assert [finding for finding in session.findings() if finding.path == path] == []
    (root / "Projects/Shop.md").write_text("---\nstatus: done\nétat: x\nowner: Ann\n---\n", encoding="utf-8")
    build(root)
    assert (root / path).read_bytes() != text
    assert planned(root) == planner.Plan()


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [(MAP, '"x":0', '"x":7'), (PROJECTS, "limit: 200", "limit: 20"), (PROJECTS, "# page: projects.base\n", "")],
)
def test_what_a_person_edited_is_kept_and_told_of(make_vault: MakeVault, path: str, old: str, new: str) -> None:
    root = make_vault(WORK)
    build(root)
    text = (root / path).read_text("utf-8").replace(old, new)
    (root / path).write_text(text, encoding="utf-8")
    (root / "Projects/Shop.md").write_text("---\nowner: Ann\nstatus: done\n---\n", encoding="utf-8")
    build(root)
    assert (root / path).read_text("utf-8") == text
    told = [each.validator for each in Session(root, today=TODAY).findings() if each.path == path]
    assert told == ["hand-edited-page"]
    build(root, force=True)
    assert (root / path).read_text("utf-8") != text
    assert planned(root) == planner.Plan()


@pytest.mark.parametrize("path", [MAP, PROJECTS])
def test_what_obsidian_wrote_anew_is_a_persons(make_vault: MakeVault, path: str) -> None:
    root = make_vault(WORK)
    build(root)
    text = (root / path).read_text("utf-8")
    if path == MAP:
        text = json.dumps({key: value for key, value in json.loads(text).items() if key != "vaultkit"}, indent="\t")
    else:
        text = yaml.safe_dump(yaml.safe_load(text), allow_unicode=True)
    (root / path).write_text(text, encoding="utf-8")
    build(root, force=True)
    assert (root / path).read_text("utf-8") == text
    stem, _, extension = path.rpartition(".")
    assert (root / f"{stem} (vaultkit).{extension}").exists()
    assert planned(root) == planner.Plan()


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", '{"nodes":[],"edges":[],"vaultkit":1}', "\ufeffx: [", "# generated: vaultkit"]
)
@pytest.mark.parametrize("path", [MAP, PROJECTS])
def test_a_persons_board_is_never_written_over(make_vault: MakeVault, path: str, text: str) -> None:
    root = make_vault(WORK | {path: text})
    page = Page(path, boards.base("projects.base", {"views": []}), "bases")
    vault = read(root)
    ours = text.startswith("#") and path == PROJECTS
    assert planner.plan(vault, [page], {path: text}) == planner.Plan(kept=(path,))
    assert bool(planner.plan(vault, [page], {path: text}, force=True).edits) == ours
    assert planner.plan(vault, [page], {}) == planner.Plan(kept=(path,))


def test_one_that_was_moved_is_found_again(make_vault: MakeVault) -> None:
    root = make_vault(WORK)
    build(root)
    for path in (MAP, PROJECTS):
        (root / path).rename(root / "Vision" / f"Moved{path[path.rfind('.') :]}")
    moved = [edit.path for edit in build(root).edits]
    assert [path for path in moved if boards.is_board(path)] == []
    assert "Dashboards/Alignment.md" in moved
    assert planned(root) == planner.Plan()


def test_one_that_is_made_no_more_is_named_and_left(make_vault: MakeVault) -> None:
    root = make_vault(WORK)
    build(root)
    (root / "vaultkit.toml").write_text("", encoding="utf-8")
    assert set(planned(root).stale) == {f"Dashboards/{name}" for name in of_boards(root)}


@pytest.mark.parametrize("settings", ["", 'exclude = ["Dashboards/"]\n'])
def test_eject_takes_ours_and_leaves_what_was_edited(make_vault: MakeVault, settings: str) -> None:
    mine = {"Mine.canvas": '{"nodes":[],"edges":[]}', "Mine.base": "views: []\n", "Dashboards/Mine.base": "views: []\n"}
    root = make_vault(WORK | mine)
    build(root)
    (root / "vaultkit.toml").write_text(settings + ON, encoding="utf-8")
    edited = root / "Dashboards/Risks.base"
    edited.write_text(edited.read_text("utf-8") + "# mine\n", encoding="utf-8")
    session = Session(root, today=TODAY)
    plan = session.eject()
    session.apply(plan)
    assert plan.kept == ("Dashboards/Risks.base",)
    assert list(of_boards(root)) == ["Mine.base", "Risks.base"]
    assert [path.name for path in root.glob("Mine.*")] == [
        path.name for path in root.glob("Mine.*") if path.read_text()
    ]


def test_their_links_count_nowhere(make_vault: MakeVault) -> None:
    root = make_vault(WORK)
    before = Session(root, today=TODAY)
    findings = before.findings()
    lonely = orphans(before.vault)
    build(root)
    after = Session(root, today=TODAY)
    assert after.findings() == findings
    assert orphans(after.vault) == lonely
    drawn = after.vault.boards[MAP]
    assert drawn.links
    assert {link.written_by for link in drawn.links} == {"vaultkit"}
    assert inbound(after.vault, after.vault.notes["Projects/Shop.md"]).people == ()
    theirs = make_vault(WORK | {"Mine.canvas": json.dumps({"nodes": [_card("Projects/Shop.md")]})}, "theirs")
    shop = Session(theirs, today=TODAY).vault
    assert [edge.source for edge in inbound(shop, shop.notes["Projects/Shop.md"]).people] == ["Mine.canvas"]


def _card(path: str) -> dict[str, object]:
    return {"id": "1", "type": "file", "file": path, "x": 0, "y": 0, "width": 1, "height": 1}


def test_no_base_stands_beside_a_page_that_is_not_for_everybody(make_vault: MakeVault) -> None:
    root = make_vault(WORK | {"vaultkit.toml": f'{ON}[page.risks]\naudience = "board"\n'})
    build(root)
    assert "Risks.base" not in of_boards(root)
    assert "Projects.base" in of_boards(root)


def test_what_becomes_secret_leaves_the_canvas_at_the_next_step(make_vault: MakeVault) -> None:
    root = make_vault(WORK | {"vaultkit.toml": f'{ON}[page.alignment]\naudience = "employees"\n'})
    build(root)
    session = Session(root, today=TODAY)
    assert session.plan() == planner.Plan()
    (root / "Projects/Shop.md").write_text(
        '---\nserves: "[[Hire a CFO]]"\nstatus: active\nconfidentiality: board\n---\n', encoding="utf-8"
    )
    session.refresh()
    assert session.plan() == planned(root)
    session.apply(session.plan())
    text = of_boards(root)["Alignment.canvas"]
    assert b"Shop" not in text
    assert b"[[Alignment]]" in text


def test_a_canvas_is_in_the_language_of_its_page(make_vault: MakeVault) -> None:
    vault = read(make_vault(WORK | {"vaultkit.toml": f'{ON}[page.alignment]\nlanguage = "fr"\n'}))
    drawn = json.loads(pages(vault)["Tableaux de bord/Alignement.canvas"].text)
    assert "2 objectifs vivants" in drawn["nodes"][0]["text"]


def test_a_step_tells_what_a_fresh_reading_does(make_vault: MakeVault) -> None:
    root = make_vault(WORK)
    build(root)
    session = Session(root, today=TODAY)
    assert session.plan() == planner.Plan()
    changes = {
        MAP: '{"nodes":[],"edges":[]}',
        "Projects/Late.md": '---\nserves: "[[Tidy up]]"\nétat: x\n---\n',
        "Notes/Projects.base": "views: []\n",
        PROJECTS: "# generated: vaultkit 00000000\n# page: projects.base\nviews: []\n",
        "Risks/Fire.md": "---\ntype: person\n---\n",
    }
    for path, text in changes.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
        session.refresh()
        fresh = Session(root, today=TODAY)
        assert (session.plan(), session.findings()) == (fresh.plan(), fresh.findings())
        session.apply(session.plan())
        assert planned(root).edits == ()


def test_in_a_folder_that_is_excluded_they_stay_where_they_are(make_vault: MakeVault) -> None:
    root = make_vault(WORK | {"vaultkit.toml": f'exclude = ["Dashboards/"]\n{ON}'})
    build(root)
    assert len(of_boards(root)) == 5
    assert planned(root) == planner.Plan()


def test_a_note_that_moves_is_followed_by_the_next_build(
    make_vault: MakeVault, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    root = make_vault(WORK)
    build(root)
    assert main(["-C", str(root), "mv", "Projects/Shop.md", "Projects/Web shop.md", "--yes"]) == 0
    assert "that vaultkit wrote" in capsys.readouterr().err
    assert MAP in {edit.path for edit in build(root).edits}
    assert b"Web shop" in of_boards(root)["Alignment.canvas"]


def test_the_json_says_whose_they_are(make_vault: MakeVault, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_vault(WORK)
    build(root)
    assert main(["-C", str(root), "export", "json"]) == 0
    found = {each["path"]: each["generated"] for each in json.loads(capsys.readouterr().out)["boards"]}
    assert found[MAP] == "alignment.canvas"
    assert found[PROJECTS] == "projects.base"
