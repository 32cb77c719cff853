"""A note, its text and what its regions should say go in; the edits that make them say so come out.

Only what stands between the marks of a region ever changes, and only where it is known to be vaultkit's own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from vaultkit.model import Edit
from vaultkit.regions import Opening, closing, opening, read_mark
from vaultkit.splice import spliced

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from vaultkit.model import Note
    from vaultkit.written import Region

    Outcome: TypeAlias = Edit | str | None
    """What becomes of one place: an edit, the place itself when it is kept from us, None when it is up to date."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_OPENS_MUCH = re.compile(r"%%+|```+|~~~+|<|\$\$+")
_UNSAFE = {"encoding", "limit", "reading", "region"}
"""Problems of a note in which nothing is written: its text, or where its regions end, is not known for sure."""
_PROBE = "probe"


def fill(
    note: Note, text: str, wanted: Mapping[int, str], *, repeated: Collection[int] = (), force: bool = False
) -> list[Outcome]:
    """What makes the regions of a note say what is wanted, by where they open.

    Nothing is written at the places in `repeated`, nor anywhere in a note that could not be read for certain. `force`
    writes over what a person changed between two marks.
    """
    regions = {region.opening.start: region for region in note.regions}
    safe = is_safe(note) and not note.generated
    outcomes: list[Outcome] = []
    for start, said in wanted.items():
        region = regions.get(start)
        if region is None:
            outcomes.append(note.path)
        elif not safe or start in repeated or not _is_free(region, text, force=force):
            outcomes.append(place(note, region))
        else:
            outcomes.append(_filled(note, region, text, said))
    edits = [outcome for outcome in outcomes if isinstance(outcome, Edit)]
    if not edits or _keep_to_themselves(edits, note, text):
        return outcomes
    return [place(note, regions[each.start]) if isinstance(each, Edit) else each for each in outcomes]


def emptied(note: Note, region: Region, text: str) -> Outcome:
    """Back to the line that the person typed: its line end, which stands behind the closing mark, follows it again."""
    start, end = region.opening.start, (region.closing or region.opening).end
    if not is_safe(note) or not _is_whole(region):
        return place(note, region)
    return Edit(note.path, text[start:end], text[start : region.opening.end], start)


def is_safe(note: Note) -> bool:
    """Whether a note was read for certain."""
    return not any(problem.kind in _UNSAFE for problem in note.problems)


def place(note: Note, region: Region) -> str:
    """Where a region is, as `path:line`."""
    return f"{note.path}:{region.opening.line}"


def cleaned(text: str) -> str:
    """Generated text with nothing in it that could be taken for a mark, and nothing that no file can hold."""
    text = _SURROGATE.sub("\ufffd", with_line_feeds(text)).strip("\n")
    if "%%" not in text:
        return text
    # Both ends are escaped: one `%%` left alone would hide the rest of the note.
    return "\n".join(line.replace("%%", r"\%\%") if read_mark(line) else line for line in text.split("\n"))


def with_line_feeds(text: str) -> str:
    """A text whose lines end as vaultkit writes them."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _is_free(region: Region, text: str, *, force: bool) -> bool:
    """Whether what stands between the marks is vaultkit's own, or may be overwritten all the same."""
    mark = read_mark(text[region.opening.start : region.opening.end])
    return isinstance(mark, Opening) and (force or not region.closing or _is_whole(region))


def _filled(note: Note, region: Region, text: str, wanted: str) -> Outcome:
    start, end = region.opening.start, (region.closing or region.opening).end
    present = with_line_feeds(text[region.body.start : region.body.end])
    said = cleaned(wanted)
    for harmless in (said, _disarmed(said)):
        body = f"\n{harmless}\n\n" if harmless else "\n"  # a list or a table would run on into a mark right below
        if _is_whole(region) and present == body:
            return None
        if _stands_alone(body):
            new = f"{text[start : region.opening.end]}\n{body}{closing(body)}"
            return Edit(note.path, text[start:end], new, start)
    return place(note, region)


def _disarmed(text: str) -> str:
    """Text in which nothing opens a comment, a fence or a formula: the last resort when it is not known to close."""
    return _OPENS_MUCH.sub(lambda found: "".join(rf"\{character}" for character in found[0]), text)


def _stands_alone(body: str) -> bool:
    """Whether a body is read as one, whatever is below: an unclosed comment in it would hide what follows.

    What is above need not be known: a mark ends whatever it stands below.
    """
    from vaultkit.parser import parse  # 50 ms of imports, and most plans have nothing new to say

    text = f"{opening('index')}\n{body}{closing(body)}\n\n[[{_PROBE}]]\n"
    note = parse("Note.md", text.encode("utf-8", "surrogatepass"))
    links, tasks, tags, *_ = _written_by_people(note)
    if note.problems or (links, tasks, tags) != ([(_PROBE, "", None)], [], []):
        return False
    return [_is_whole(region) for region in note.regions] == [True]


def _keep_to_themselves(edits: list[Edit], note: Note, text: str) -> bool:
    """Whether the note still reads the same around the new bodies, all of them at once."""
    from vaultkit.parser import parse

    after = parse(note.path, (spliced(text, edits) or "").encode("utf-8", "surrogatepass"))
    if _written_by_people(after) != _written_by_people(note):
        return False
    filled = {edit.start for edit in edits}
    pairs = zip(note.regions, after.regions, strict=True)
    return all(_is_whole(new) for old, new in pairs if old.opening.start in filled)


def _is_whole(region: Region) -> bool:
    return region.closing is not None and region.digest == region.actual


def _written_by_people(note: Note) -> tuple[list[object], ...]:
    """What of a note must stay when regions of it are filled."""
    return (
        [(link.target, link.anchor, link.label) for link in note.links if link.written_by == "human"],
        [task.text for task in note.tasks if task.written_by == "human"],
        [tag.name for tag in note.tags if tag.written_by == "human"],
        [(region.name, region.options) for region in note.regions],
        [problem.kind for problem in note.problems],
    )
