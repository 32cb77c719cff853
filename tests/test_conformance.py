"""The captures of a running Obsidian: what it found in each note, we find, in the same places."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from vaultkit.parser import parse
from vaultkit.parser.anchors import find
from vaultkit.parser.cached import Cached
from vaultkit.report.obsidian import cache
from vaultkit.vault.resolver import Resolver

if TYPE_CHECKING:
    from tests.conftest import Corpus

HOME = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "tasks-demo"
CAPTURES = HOME / "captures"
NAMES = sorted(path.stem for path in CAPTURES.glob("*.json"))
LATER = "How To/Find tasks in notes with particular tag.md"
"""Its link is younger than the map: the map has nothing for it, and the note has a link that nothing hides."""


@pytest.fixture(params=NAMES or ["none"])
def captured(request: pytest.FixtureRequest) -> dict[str, Any]:
    if not NAMES:
        pytest.skip("the captures are not beside this checkout (../shared/corpora/tasks-demo)")
    said: dict[str, Any] = json.loads((CAPTURES / f"{request.param}.json").read_text(encoding="utf-8"))
    return said


def test_the_whole_of_what_obsidian_caches_of_a_note(captured: dict[str, Any]) -> None:
    """Every field, every place; a field that Obsidian leaves out is left out."""
    cached = Cached(captured["fileContents"].encode())
    assert json.loads(json.dumps(cached.metadata())) == captured["cachedMetadata"]
    assert cached.tags() == captured["getAllTags"]


@pytest.mark.parametrize("name", ["resolvedLinks", "unresolvedLinks"])
def test_the_links_of_every_note(name: str) -> None:
    """The corpus has no attachments: those that Obsidian's map leads to are taken to stand where it says."""
    if not NAMES:
        pytest.skip("the captures are not beside this checkout (../shared/corpora/tasks-demo)")
    folder = HOME / "vault"
    paths = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    paths = {path for path in paths if not path.startswith(".") and "/." not in path}
    maps = {
        each: json.loads((HOME / f"{each}.json").read_text("utf-8")) for each in ("resolvedLinks", "unresolvedLinks")
    }
    attachments = {path for targets in maps["resolvedLinks"].values() for path in targets if not path.endswith(".md")}
    files = ((path, (folder / path).read_bytes()) for path in sorted(paths))
    said: Any = cache(files, paths | attachments)[name]
    wanted = {source: found for source, found in maps[name].items() if source != LATER}
    assert {source: said[source] for source in wanted} == wanted
    assert len(wanted) == 177


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
