"""What Obsidian's cache would hold of a note, beyond what the captures of a running Obsidian happen to show."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli_vault import Run
from vaultkit.parser.cached import Cached

if TYPE_CHECKING:
    from tests.conftest import MakeVault


def metadata(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(Cached(text.encode()).metadata()))
    return found


def slices(text: str, entries: list[dict[str, Any]]) -> list[str]:
    """What each entry's offsets cut out of the text, as JavaScript would."""
    units = text.encode("utf-16-le")
    places = [(entry["position"]["start"]["offset"], entry["position"]["end"]["offset"]) for entry in entries]
    return [units[2 * start : 2 * end].decode("utf-16-le") for start, end in places]


def items(text: str) -> list[tuple[int, int, str | None, str]]:
    """Of each list item its parent, its column, its task and its text."""
    found = metadata(text)["listItems"]
    cut = slices(text, found)
    return [
        (item["parent"], item["position"]["start"]["col"], item.get("task"), said)
        for item, said in zip(found, cut, strict=True)
    ]


def test_a_note_without_anything_has_no_field() -> None:
    assert metadata("") == {}
    assert list(metadata("words")) == ["sections"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n- b", [(-1, 0, None, "- a"), (-1, 0, None, "- b")]),
        ("x\n\n- a\n  - b", [(-2, 0, None, "- a"), (2, 2, None, "- b")]),
        ("- a\n    - [x] b", [(-1, 0, None, "- a"), (0, 2, "x", "  - [x] b")]),
        ("1. a\n    - b", [(-1, 0, None, "1. a"), (0, 4, None, "- b")]),
        ("10. a\n    - b", [(-1, 0, None, "10. a"), (0, 4, None, "- b")]),
        ("1) a\n    - b", [(-1, 0, None, "1) a"), (0, 3, None, " - b")]),
        ("- a\n\t- b", [(-1, 0, None, "- a"), (0, 1, None, "- b")]),
        ("> > - a", [(-1, 4, None, "- a")]),
        ("- a\n  > - b", [(-1, 0, None, "- a\n  > - b"), (0, 4, None, "- b")]),
        ("- - a", [(-1, 0, None, "-"), (0, 2, None, "- a")]),
        ("-\n- a", [(-1, 0, None, "-"), (-1, 0, None, "- a")]),
        ("- ```\n  x\n  ```\n  - b\n\n  y", [(-1, 0, None, "- ```\n  x\n  ```"), (0, 2, None, "- b")]),
        ("[^1]: x\n    - a", [(-1, 4, None, "- a")]),
    ],
)
def test_a_list_item_begins_within_its_parent_and_ends_before_its_children(
    text: str, expected: list[tuple[int, int, str | None, str]]
) -> None:
    assert items(text) == expected


def test_offsets_count_units_of_utf_16() -> None:
    text = "🎯🎯 [[But]] #été\n# 🎯 Titre"
    found = metadata(text)
    assert found["links"][0]["position"]["start"] == {"line": 0, "col": 5, "offset": 5}
    assert slices(text, [*found["links"], *found["tags"], *found["headings"]]) == ["[[But]]", "#été", "# 🎯 Titre"]
    assert found["headings"][0]["position"]["start"] == {"line": 1, "col": 0, "offset": 18}


def test_a_block_id_names_an_item_a_section_or_what_stands_above_it() -> None:
    text = "# Top ^top\n\nwords ^a\n\n- one ^one\n  - two ^Two\n\n> quoted\n\n^quote"
    found = metadata(text)
    named = {key: slices(text, [block])[0] for key, block in found["blocks"].items()}
    assert named == {
        "top": "# Top ^top",
        "a": "words ^a",
        "one": "- one ^one",
        "two": "- two ^Two",
        "quote": "> quoted",
    }
    assert [block["id"] for block in found["blocks"].values()] == ["top", "a", "one", "Two", "quote"]
    assert [section.get("id") for section in found["sections"]] == ["top", "a", None, "quote", None]
    assert [item.get("id") for item in found["listItems"]] == ["one", "Two"]


def test_footnotes_their_uses_and_definitions_of_links() -> None:
    text = (
        "See[^1] and[^long-one].\n\n[^1]: It is\n    so.\n\n"
        "[plan]: Plans/Our%20plan.md 'title'\n[web]: <https://x.org/a b>\n"
    )
    found = metadata(text)
    assert slices(text, found["footnoteRefs"]) == ["[^1]", "[^long-one]"]
    assert [(each["id"], *slices(text, [each])) for each in found["footnotes"]] == [("1", "[^1]: It is\n    so.")]
    assert [(each["id"], each["link"]) for each in found["referenceLinks"]] == [
        ("plan", "Plans/Our plan.md"),
        ("web", "https://x.org/a b"),
    ]
    assert slices(text, found["referenceLinks"])[0] == "[plan]: Plans/Our%20plan.md 'title'"


def test_definitions_of_links_on_lines_that_end_as_on_windows() -> None:
    text = "[plan]: Plan.md\r\n[web]:\r\n  <My site.md> 'title'\r\n[last]: Last.md\r\n"
    found = metadata(text)["referenceLinks"]
    assert [(each["id"], each["link"]) for each in found] == [
        ("plan", "Plan.md"),
        ("web", "My site.md"),
        ("last", "Last.md"),
    ]
    assert slices(text, found) == ["[plan]: Plan.md", "[web]:\r\n  <My site.md> 'title'", "[last]: Last.md"]


def test_a_frontmatter_that_cannot_be_read_is_a_section_and_no_more() -> None:
    assert list(metadata("---\na: 1\na: 2\n---\n")) == ["sections"]
    assert list(metadata("---\n---\n")) == ["sections"]
    whole = metadata("---\nwhen: 2026-03-01\nfar: .inf\nsee: '[[#a]]'\n---\n")
    assert whole["frontmatter"] == {"when": "2026-03-01", "far": None, "see": "[[#a]]"}
    assert whole["frontmatterLinks"] == [{"key": "see", "link": "#a", "original": "[[#a]]", "displayText": "a"}]
    assert whole["frontmatterPosition"]["end"] == {"line": 4, "col": 3, "offset": 48}


def test_the_whole_vault(make_vault: MakeVault, capsys: pytest.CaptureFixture[str]) -> None:
    """Excluded notes are there, hidden ones are not; a canvas has links and no more."""
    folder = make_vault(
        {
            ".obsidian/app.json": '{"userIgnoreFilters": ["Old/"]}',
            ".hidden/A.md": "[[B]]",
            "A.md": "[[B]] [[b#x]] ![[B]] [[#h]] [[Nobody.md#y]] [[nobody]] #un",
            "B.md": "---\nsee: '[[A]]'\n---\n",
            "Old/C.md": "[[A]]",
            "Map.canvas": '{"nodes": [{"type": "text", "text": "[[A]]"}, {"type": "file", "file": "C.md"}]}',
            "List.base": "filters: 'file.hasLink(\"[[A]]\")'\n",
        }
    )
    ran = Run(capsys, folder)("export", "obsidian")
    assert (ran.code, ran.err) == (0, "")
    whole = json.loads(ran.out)
    assert sorted(whole["files"]) == ["A.md", "B.md", "Old/C.md"]
    assert whole["tags"] == {"A.md": ["#un"], "B.md": [], "Old/C.md": []}
    assert whole["resolvedLinks"] == {
        "A.md": {"A.md": 1, "B.md": 3},
        "B.md": {"A.md": 1},
        "Map.canvas": {"A.md": 1},
        "Old/C.md": {"A.md": 1},
    }
    assert whole["unresolvedLinks"] == {
        "A.md": {"Nobody": 1, "nobody": 1},
        "B.md": {},
        "Map.canvas": {"C": 1},
        "Old/C.md": {},
    }
    assert whole["files"]["B.md"]["frontmatterLinks"] == [
        {"key": "see", "link": "A", "original": "[[A]]", "displayText": "A"}
    ]
