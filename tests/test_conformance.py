"""The captures of a running Obsidian: what it found in each note, we find, in the same places."""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from vaultkit.parser import parse
from vaultkit.parser.anchors import find
from vaultkit.vault.resolver import Resolver

if TYPE_CHECKING:
    from tests.conftest import Corpus
    from vaultkit.model import Link, Note, Span

CAPTURES = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "tasks-demo" / "captures"
NAMES = sorted(path.stem for path in CAPTURES.glob("*.json"))


class Captured:
    """One capture: what Obsidian said of a note, and what we say of the same text, in Obsidian's terms."""

    def __init__(self, name: str) -> None:
        said = json.loads((CAPTURES / f"{name}.json").read_text(encoding="utf-8"))
        self.cache: dict[str, Any] = said["cachedMetadata"]
        self.all_tags: list[str] = said["getAllTags"]
        self.text: str = said["fileContents"]
        self.note: Note = parse(said["filePath"], self.text.encode())
        # Obsidian counts UTF-16 units.
        self._units = [0, *accumulate(2 if ord(character) > 0xFFFF else 1 for character in self.text)]

    def said(self, field: str) -> list[Any]:
        return self.cache.get(field) or []

    def place(self, span: Span) -> dict[str, dict[str, int]]:
        return {"start": self._point(span.start), "end": self._point(span.end)}

    def _point(self, offset: int) -> dict[str, int]:
        line = self.text.count("\n", 0, offset)
        start = self.text.rfind("\n", 0, offset) + 1
        units = self._units
        return {"line": line, "col": units[offset] - units[start], "offset": units[offset]}

    def link(self, link: Link) -> dict[str, Any]:
        written = f"{link.target}#{link.anchor}" if link.anchor else link.target
        shown = " > ".join(part for part in written.split("#") if part)
        said = {
            "link": written,
            "original": self.text[link.span.start : link.span.end],
            "displayText": shown if link.label is None else link.label,
        }
        return {"key": link.property, **said} if link.property else {**said, "position": self.place(link.span)}


@pytest.fixture(params=NAMES or ["none"])
def captured(request: pytest.FixtureRequest) -> Captured:
    if not NAMES:
        pytest.skip("the captures are not beside this checkout (../shared/corpora/tasks-demo)")
    return Captured(request.param)


def test_links_and_embeds(captured: Captured) -> None:
    body = [link for link in captured.note.links if not link.property]
    assert [captured.link(link) for link in body if not link.embed] == captured.said("links")
    assert [captured.link(link) for link in body if link.embed] == captured.said("embeds")


def test_properties_and_their_links(captured: Captured) -> None:
    note = captured.note
    assert [captured.link(link) for link in note.links if link.property] == captured.said("frontmatterLinks")
    properties = {item.name: item.value for item in note.properties}
    assert json.loads(json.dumps(properties)) == captured.cache.get("frontmatter", {})
    if "frontmatterPosition" in captured.cache:
        assert captured.place(note.sections[0].span) == captured.cache["frontmatterPosition"]


def test_tags(captured: Captured) -> None:
    inline = [tag for tag in captured.note.tags if not tag.property]
    assert [{"tag": f"#{tag.name}", "position": captured.place(tag.span)} for tag in inline] == captured.said("tags")
    assert [f"#{tag.name}" for tag in captured.note.tags] == captured.all_tags


def test_headings_and_sections(captured: Captured) -> None:
    note = captured.note
    assert [
        {"heading": item.text, "level": item.level, "position": captured.place(item.span)} for item in note.headings
    ] == captured.said("headings")
    assert [{"type": item.kind, "position": captured.place(item.span)} for item in note.sections] == captured.said(
        "sections"
    )


def test_tasks(captured: Captured) -> None:
    """Ours begin at the marker, Obsidian's list items at the indentation that the list around them leaves."""
    ours = [(task.status, captured.place(task.span)) for task in captured.note.tasks]
    theirs = [(item["task"], item["position"]) for item in captured.said("listItems") if "task" in item]
    assert [(status, place["end"], place["start"]["line"]) for status, place in ours] == [
        (status, place["end"], place["start"]["line"]) for status, place in theirs
    ]
    assert all(
        not captured.text[place["start"]["offset"] : mine["start"]["offset"]].strip()
        for (_, mine), (_, place) in zip(ours, theirs, strict=True)
        if captured.text.isascii()
    )


def test_every_heading_and_block_link_of_obsidians_own_help_is_found(corpus: Corpus) -> None:
    folder = corpus("help-en")
    paths = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    notes = {path: parse(path, (folder / path).read_bytes()) for path in paths if path.endswith(".md")}
    assert len(notes) == 173
    resolver = Resolver(paths)
    anchored = [
        (path, link, resolver.resolve(link.target, path))
        for path, note in notes.items()
        for link in note.links
        if link.anchor
    ]
    lost = [
        (path, link.span.line, link.anchor)
        for path, link, target in anchored
        if target in notes and find(notes[target], link.anchor) is None
    ]
    assert lost == []
    assert len(anchored) > 400
    assert [note.problems for note in notes.values() if note.problems] == []
