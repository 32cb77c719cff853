"""What a scenario can ask of a vault besides findings and pages: a Run comes in, what vaultkit reads comes out.

note Path.md         everything read of a note, in the order of its text, each thing after its line and column
links Path.md        where each of its links leads; without a path, what every note links to, and how often
obsidian Path.md x   the field x (links, tags, sections ...) of `vaultkit export obsidian`
console vaultkit x   what a command prints, and how it ends
file Path.md         the text of a file, after the commands above it
"""

from __future__ import annotations

import io
import json
import shlex
import unicodedata
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any, NamedTuple

from vaultkit.cli import main
from vaultkit.language import say
from vaultkit.parser import anchors
from vaultkit.parser.base import view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.scenario_runner import Run
    from vaultkit.listed import Task
    from vaultkit.model import Link, Note, Span
    from vaultkit.vault import Edge

ORDER_MARK = "\ufeff"


class _Read(NamedTuple):
    """A note as it was read, and the text that it was read from."""

    note: Note
    text: str

    def cut(self, span: Span) -> str:
        return legible(self.text[span.start : span.end])


def say_note(run: Run, path: str) -> str:
    """One thing a line: `4:1 tag #été`."""
    read = _read(run, path)
    found = sorted(_things(read), key=lambda thing: (thing[0].start, -thing[0].end))
    lines = [f"{span.line}:{span.column} {said}" for span, said in found]
    sections = ", ".join(f"{section.kind} {_lines(read, section.span)}" for section in read.note.sections)
    return "".join(f"{line}\n" for line in (*lines, f"sections: {sections or 'none'}"))


def _things(read: _Read) -> Iterator[tuple[Span, str]]:
    note = read.note
    yield from ((item.span, f"property {legible(item.name)} = {plain(item.value)}") for item in note.properties)
    yield from ((item.span, f"field {legible(item.name)} = {plain(item.value)}") for item in note.fields)
    yield from ((link.span, _link(read, link)) for link in note.links)
    yield from ((tag.span, f"tag #{legible(tag.name)}{_within(tag.property)}") for tag in note.tags)
    yield from ((item.span, f"heading {item.level} {quoted(item.text)}") for item in note.headings)
    yield from ((task.span, _task(task)) for task in note.tasks)
    yield from ((block.span, f"block {block.name}") for block in note.blocks)
    yield from ((block.span, f"footnote {legible(block.name)}") for block in note.footnotes)
    yield from ((span, f"code {_shortened(read, span)}") for span in note.code)
    yield from ((span, f"comment {_shortened(read, span)}") for span in note.comments)
    yield from ((item.span, f"problem ({item.kind}) {say(item.message, 'en')}") for item in note.problems)


def _link(read: _Read, link: Link) -> str:
    label = "" if link.label is None else f" | {quoted(link.label)}"
    anchor = f" # {quoted(link.anchor)}" if link.anchor else ""
    place = _within(link.property) + (f" (field {link.field})" if link.field else "")
    place += f" ({link.origin})" if link.origin != "note" else ""
    kind = "embed" if link.embed else "link"
    return f"{kind} {read.cut(link.span)} = {quoted(link.target)}{anchor}{label}{place}"


def _task(task: Task) -> str:
    return f"task [{task.status}] {quoted(task.text)}" + (f" ^{task.block}" if task.block else "")


def _within(name: str) -> str:
    return f" (property {name})" if name else ""


def _lines(read: _Read, span: Span) -> str:
    last = span.line + len(_ended(read, span).split("\n")) - 1
    return str(span.line) if last == span.line else f"{span.line}-{last}"


def _shortened(read: _Read, span: Span) -> str:
    """A comment or code of several lines by its first and how many there are."""
    lines = _ended(read, span).split("\n")
    return legible(lines[0]) + (f" ({len(lines)} lines)" if len(lines) > 1 else "")


def _ended(read: _Read, span: Span) -> str:
    return read.text[span.start : span.end].replace("\r\n", "\n").replace("\r", "\n")


def say_links(run: Run, path: str) -> str:
    """Where each link leads: `[[Plan#a b]] -> Plans/Plan.md, heading 3:1 "A b"`, and what else it could be."""
    graph = run.vault.graph
    if not path:
        return "".join(f"{source} -> {line}\n" for source, found in graph.outgoing.items() for line in _counted(found))
    read = _read(run, path)
    return "".join(f"{read.cut(edge.link.span)} -> {_target(run, edge)}\n" for edge in graph.of(read.note.path))


def _counted(found: tuple[Edge, ...]) -> Iterator[str]:
    counts = Counter(_leads_to(edge) for edge in found)
    return (f"{target} {count}" for target, count in sorted(counts.items()))


def _leads_to(edge: Edge) -> str:
    return f"nothing: {quoted(edge.link.target.removesuffix('.md'))}" if edge.target is None else composed(edge.target)


def _target(run: Run, edge: Edge) -> str:
    link, said = edge.link, _leads_to(edge)
    note = run.vault.notes.get(edge.target or "")
    if note and link.anchor:
        found = anchors.find(note, link.anchor)
        said += f", {_part(found)}" if found else f", which has no {quoted(link.anchor)}"
    elif edge.target and edge.target in run.vault.boards and edge.target.endswith(".base"):
        shown = view(run.vault.boards[edge.target], link.anchor)
        said += f", view {quoted(shown.text)}" if shown else f", which has no view {quoted(link.anchor)}"
    others = run.vault.resolver.candidates(link.target, edge.source)[1:] if link.target else ()
    return said + (f" (or {', '.join(map(composed, others))})" if others else "")


def _part(found: Any) -> str:
    name = quoted(found.text) if hasattr(found, "text") else found.name
    kind = "heading" if hasattr(found, "text") else "block"
    return f"{kind} {name} at {found.span.line}:{found.span.column}"


def say_console(run: Run, words: str) -> str:
    """What `vaultkit ...` prints in the folder of the vault; how it ended, unless all is well."""
    arguments = shlex.split(words)[1:]
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    with redirect_stdout(out), redirect_stderr(out):
        code = main(["-C", str(run.folder), "--today", run.scenario.today.isoformat(), *arguments])
    out.flush()
    text = out.buffer.getvalue().decode()
    text += "" if not text or text.endswith("\n") else "\n"
    return composed(text.replace(str(run.folder), "VAULT")) + (f"exit code {code}\n" if code else "")


def say_file(run: Run, path: str) -> str:
    return (run.folder / path).read_bytes().decode()


def say_obsidian(run: Run, words: str) -> str:
    """Fields of one note, or of the whole vault, as `vaultkit export obsidian` has them, one entry a line."""
    whole = json.loads(say_console(run, "vaultkit export obsidian"))
    path, _, fields = words.rpartition(".md ")
    part = whole["files"][f"{path}.md"] | {"getAllTags": whole["tags"][f"{path}.md"]} if path else whole
    return "".join(line for field in fields.split() for line in _entries(field, part.get(field)))


def _entries(field: str, value: Any) -> Iterator[str]:
    if not value:
        yield f"{field}: {'absent' if value is None else value}\n"
        return
    yield f"{field}:\n"
    if isinstance(value, list):
        yield from (f"  {plain(_flat(entry))}\n" for entry in value)
    else:
        yield from (f"  {legible(name)}: {plain(_flat(entry))}\n" for name, entry in value.items())


def _flat(value: Any) -> Any:
    """A position as `line:column@offset` of its start and of its end."""
    if isinstance(value, list):
        return [_flat(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"start", "end"}:
        return " to ".join(f"{at['line']}:{at['col']}@{at['offset']}" for at in (value["start"], value["end"]))
    return {key: _flat(item) for key, item in value.items()}


def _read(run: Run, path: str) -> _Read:
    read = (*run.vault.notes.values(), *run.vault.boards.values())
    note = next(note for note in read if composed(note.path) == path)
    return _Read(note, (run.folder / note.path).read_bytes().decode(errors="replace").removeprefix(ORDER_MARK))


def plain(value: object) -> str:
    """A value of a property as JSON: quotes tell a string from what only looks like one."""
    return legible(json.dumps(value, ensure_ascii=False))


def quoted(text: str) -> str:
    return f'"{legible(text)}"'


def legible(text: str) -> str:
    """What cannot be seen or told apart, by its number; a line end, however it is written, as `\\n`."""
    text = text.replace("\r\n", "\n").replace("\n", "\\n")
    return "".join(f"<U+{ord(c):04X}>" if unicodedata.combining(c) or not c.isprintable() else c for c in text)


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


READINGS: Mapping[str, Callable[[Run, str], str]] = {"note": say_note, "links": say_links}
"""What must be the same however the vault is written down."""

DOORS: Mapping[str, Callable[[Run, str], str]] = {"obsidian": say_obsidian, "console": say_console, "file": say_file}
