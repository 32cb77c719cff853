"""The three laws of the house, on vaults and edits that nobody thought of.

1. A step equals a rebuild. 2. A plan after its apply is empty. 3. A span slices back to the text that it names.
"""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from vaultkit.parser import parse
from vaultkit.session import Session

TODAY = date(2026, 3, 16)
NAMES = ("Alpha", "Bêta", "alpha", "v1.2", "Grow", "Note (x)")
FOLDERS = ("", "Priorities/", "Objectifs/", "Projects/Deep/", "Priorities/Sub/")
PATHS = tuple(folder + name + ".md" for folder in FOLDERS for name in NAMES)
OTHERS = ("Pictures/a.png", "Alpha.pdf")
BOARDS = ("Board.canvas", "Objectifs/Alpha.canvas", "Priorities/List.base")

targets = st.sampled_from(
    [
        *NAMES,
        "Alpha.md",
        "Priorities/Alpha",
        "./Grow",
        "../Grow",
        "/Grow",
        "a.png",
        "Missing",
        "Grow#A",
        "Grow#^b1",
        "#A",
    ]
)
lines = st.one_of(
    targets.map("See [[{}]] and more.".format),
    targets.map("- [ ] do [[{}|it]]".format),
    targets.map("![[{}]]".format),
    targets.map("[label](<{}>)".format),
    st.sampled_from(
        [
            "# A",
            "## A [[Grow]] #tag",
            "text #projet/été ^b1",
            "%% note [[Alpha]] %%",
            "```",
            "> - [x] done",
            "",
            '%% vaultkit:index folder="Priorities" %%',
            "%% vaultkit:index kind=priority sort=due %%",
            "%% vaultkit:index folder=Objectifs tag=projet %%",
            "> %% vaultkit:index %%",
            "- [[Alpha]]",
        ]
    ),
)
properties = st.one_of(
    targets.map('serves: "[[{}]]"'.format),
    targets.map('objectif: ["[[{}]]"]'.format),
    st.sampled_from(
        [
            "type: priority",
            "type: objectif",
            "status: done",
            "statut: active",
            "owner: Ann",
            "period: 2026-Q1",
            "due: 2025-01-01",
        ]
    ),
)
texts = st.builds(
    lambda head, body, end: (f"---\n{chr(10).join(head)}\n---\n" if head else "") + end.join(body),
    st.lists(properties, max_size=4, unique_by=lambda line: line.partition(":")[0]),
    st.lists(lines, max_size=8),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
)
cards = st.one_of(
    lines.map(lambda line: {"type": "text", "text": line}),
    st.sampled_from(PATHS + OTHERS).map(lambda path: {"type": "file", "file": path, "subpath": "#A"}),
)
canvases = st.lists(cards, max_size=4).map(lambda nodes: json.dumps({"nodes": nodes, "edges": []}, ensure_ascii=False))
bases = targets.map("filters: file.hasLink('[[{}]]')\nviews:\n  - name: Table\n    type: table\n".format)
files = st.sampled_from(PATHS + OTHERS + BOARDS).flatmap(
    lambda path: st.tuples(st.just(path), texts if path not in BOARDS else st.one_of(canvases, bases, texts))
)
folders = st.lists(files, max_size=8).map(dict)
edits = st.lists(
    st.one_of(files, st.tuples(st.sampled_from(PATHS + OTHERS + BOARDS), st.none())), min_size=1, max_size=5
)


def write(root: Path, path: str, text: str | None) -> None:
    """Put a file on disk, or take it away."""
    file = root / path
    if text is None:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())


@given(files=folders, batches=st.lists(edits, min_size=1, max_size=3))
def test_a_step_equals_a_rebuild(files: dict[str, str], batches: list[list[tuple[str, str | None]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, text in files.items():
            write(root, path, text)
        session = Session(root, today=TODAY)
        for batch in batches:
            for path, new in batch:
                write(root, path, new)
            session.refresh()
            fresh = Session(root, today=TODAY)
            assert session.vault == fresh.vault
            assert session.findings() == fresh.findings()
            assert session.plan() == fresh.plan()


@given(files=folders)
@example(  # a page that named a line number: the region above it moved the line
    files={
        "Alpha.md": "",
        "Priorities/Alpha.md": '%% vaultkit:index folder="Priorities" %%\nSee [[Grow#A]] and more.',
        "Grow.md": "---\ntype: objectif\n---\n",
    }
)
@example(files={"Alpha.md": '%% vaultkit:index folder="Priorities" %%\ntext #projet/été'})  # a tag told its kind
def test_a_plan_after_its_apply_is_empty(files: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, text in files.items():
            write(root, path, text)
        session = Session(root, today=TODAY)
        session.apply(session.plan())
        assert session.plan().edits == ()
        assert Session(root, today=TODAY).plan().edits == ()
        for path, text in files.items():
            if "vaultkit:" not in text:
                assert (root / path).read_bytes() == text.encode()
        session.apply(session.eject())
        left = {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}
        assert left == {path: text.encode() for path, text in files.items()}


@given(text=st.one_of(texts, st.text(alphabet="[]!#|^()`%$<>-*_ \n\r\t:\\ab é😀1.{}&\"'~=", max_size=200)))
def test_a_span_slices_back_to_what_it_names(text: str) -> None:
    note = parse("Note.md", text.encode())
    text = text.removeprefix("\ufeff")
    assert note.length == len(text)
    for link in note.links:
        written = text[link.span.start : link.span.end]
        assert link.target.split("/")[-1][:1] in written
        assert written.removeprefix("!").startswith("[") or link.property
    for tag in note.tags:
        assert tag.name in text[tag.span.start : tag.span.end]
    for heading in note.headings:
        # An underlined heading may have several lines, each with the marks of a quote before it.
        assert all(word in text[heading.span.start : heading.span.end] for word in heading.text.split())
    for task in note.tasks:
        assert f"[{task.status}]" in text[task.span.start : task.span.end]
    for block in note.blocks:
        assert text[block.span.start : block.span.end].endswith("^" + block.name)
    for item in note.properties:
        assert text[item.span.start : item.span.end].strip()
    spans = [*(link.span for link in note.links), *(s.span for s in note.sections), *note.code, *note.comments]
    for span in spans:
        assert 0 <= span.start <= span.end <= len(text)
        before = text[: span.start].replace("\r\n", "\n").replace("\r", "\n")
        assert span.line == before.count("\n") + 1
