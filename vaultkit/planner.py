"""A vault, the pages wanted in it and the texts that stand there go in; the edits from one to the other come out.

What a person wrote is never planned away: a page or a region whose hash does not match, and a note that stands where a
page would go, are kept as they are and named.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from vaultkit.insights.holding import holding
from vaultkit.model import Edit
from vaultkit.regions import Opening, closing, read_mark
from vaultkit.splice import spliced
from vaultkit.text import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vaultkit.model import Note, Page, Region
    from vaultkit.vault import Vault

    Outcome: TypeAlias = Edit | str | None
    """What becomes of one place: an edit, the place itself when it is kept from us, None when it is up to date."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_OPENS_MUCH = re.compile(r"%%+|```+|~~~+|<|\$\$+")
_UNSAFE = {"encoding", "limit", "reading", "region"}
"""Problems of a note in which nothing is written: its text, or where its regions end, is not known for sure."""


class Plan(Struct, frozen=True):
    """What there is to write, and what was left alone because a person wrote it."""

    edits: tuple[Edit, ...] = ()
    kept: tuple[str, ...] = ()
    """Paths, and `path:line` for regions."""
    stale: tuple[str, ...] = ()
    """Pages of ours that nobody makes any more, or copies of one. Whoever kept a copy wants it: only eject removes."""


def plan(
    vault: Vault, pages: Iterable[Page], texts: Mapping[str, str], *, force: bool = False, partial: bool = False
) -> Plan:
    """What makes the vault say what the pages say; `partial` says that they are not all of its pages.

    `texts` are the present texts of the notes with regions, and of what is there in the place of a page that does not
    stand (`stands`), as the vault's notes describe them. `force` writes over what a person changed in a page or a
    region, never over a person's note.
    """
    outcomes: list[Outcome] = []
    done: set[tuple[str, int | None]] = set()
    for page in pages:
        if (page.path, page.region) in done:
            outcomes.append(page.path)  # two generators want one place: the first has it
        elif page.region is None:
            outcomes.append(None if stands(vault, page) else _page(page, vault, texts, force=force))
        else:
            outcomes.append(_region(page, vault, texts, force=force))
        done.add((page.path, page.region))
    made = {name_key(path) for path, _ in done}  # a disk may store the name in another Unicode form
    ours = [] if partial else [path for path in sorted(vault.ask(holding)) if vault.notes[path].generated]
    return _plan(outcomes, tuple(path for path in ours if name_key(path) not in made))


def stands(vault: Vault, page: Page) -> bool:
    """Whether a page reads on disk as it should, to the byte: by the digest of its file, which nobody need read."""
    note = vault.notes.get(page.path) if page.region is None else None
    if note is None or note.generated is None:
        return False
    from vaultkit.parser import digest  # 50 ms of imports, and a first build has no use for it

    return note.digest == digest(sealed(page.text).encode())


def eject(vault: Vault, texts: Mapping[str, str]) -> Plan:
    """What takes every page and every region's body out again: each file is as it was before the first of them."""
    outcomes: list[Outcome] = []
    for path, text in texts.items():
        if path not in vault.notes and "vaultkit" not in text:
            continue
        note = _note(vault, path, text)
        if note.generated:
            outcomes.append(Edit(path, text, None, whole=True) if _is_ours(note, force=False) else path)
        else:
            outcomes += [_emptied(note, region, text) for region in note.regions if region.closing]
    return _plan(outcomes)


def diff(edits: Iterable[Edit], texts: Mapping[str, str]) -> str:
    """The edits as a unified diff that `git apply` takes."""
    from difflib import unified_diff  # 14 ms, and only `--diff` needs it

    pieces: list[str] = []
    for path, group in groupby(sorted(edits, key=_place), key=lambda edit: edit.path):
        first, *others = group
        before = None if first.expected is None else texts[path]
        after = first.text if before is None else spliced(before, [first, *others])
        end = "\t" if " " in path else ""  # so that git knows where the name ends
        old = "/dev/null" if before is None else f"a/{path}{end}"
        new = "/dev/null" if after is None else f"b/{path}{end}"
        pieces += unified_diff(_lines(before or ""), _lines(after or ""), old, new)
    return "".join(pieces)


def sealed(text: str) -> str:
    """A whole page as it stands on disk, with the closing mark that tells a hand edit from our own text."""
    body = f"{_cleaned(text)}\n\n"
    return f"{body}{closing(body)}\n"


def _page(page: Page, vault: Vault, texts: Mapping[str, str], *, force: bool) -> Outcome:
    present, new = texts.get(page.path), sealed(page.text)
    if present is None:
        taken = page.path in vault.notes or page.path in vault.boards or page.path in vault.files
        return page.path if taken else Edit(page.path, None, new)
    if _with_line_feeds(present) == new:
        return None
    note = _note(vault, page.path, present)
    if not _is_ours(note, force=force):
        return page.path
    return Edit(page.path, present, new, whole=True)


def _region(page: Page, vault: Vault, texts: Mapping[str, str], *, force: bool) -> Outcome:
    text, note = texts.get(page.path), vault.notes.get(page.path)
    found = (region for region in note.regions if region.opening.start == page.region) if note else ()
    region = next(iter(found), None)
    if text is None or note is None or region is None:
        return page.path
    place = f"{page.path}:{region.opening.line}"
    mark = text[region.opening.start : region.opening.end]
    if not _is_safe(note) or note.generated or not isinstance(read_mark(mark), Opening):
        return place
    if region.closing and region.digest != region.actual and not force:
        return place
    present = text[region.opening.start : (region.closing or region.opening).end]
    for said in (_cleaned(page.text), _disarmed(_cleaned(page.text))):
        body = f"\n{said}\n\n" if said else "\n"  # a list or a table would run on into a mark that followed at once
        new = f"{mark}\n{body}{closing(body)}"
        if _with_line_feeds(present) == new:
            return None
        edit = Edit(page.path, present, new, region.opening.start)
        if _keeps_to_itself(edit, note, text):
            return edit
    return place


def _emptied(note: Note, region: Region, text: str) -> Outcome:
    """Back to the line that the person typed: its line end, which stands behind the closing mark, follows it again."""
    start, end = region.opening.start, region.closing.end if region.closing else region.opening.end
    if not _is_safe(note) or region.digest != region.actual:
        return f"{note.path}:{region.opening.line}"
    return Edit(note.path, text[start:end], text[start : region.opening.end], start)


def _is_ours(note: Note, *, force: bool) -> bool:
    """Whether a note is a page of ours that nobody has touched, or may be overwritten all the same."""
    generated = note.generated
    return generated is not None and _is_safe(note) and (force or generated.digest == generated.actual)


def _is_safe(note: Note) -> bool:
    return not any(problem.kind in _UNSAFE for problem in note.problems)


def _keeps_to_itself(edit: Edit, note: Note, text: str) -> bool:
    """Whether the note reads the same around a region's new body: an unclosed comment in it would hide what follows."""
    from vaultkit.parser import parse  # 50 ms of imports, and most plans have nothing new to say

    after = parse(note.path, (spliced(text, [edit]) or "").encode("utf-8", "surrogatepass"))
    filled = any(
        region.opening.start == edit.start and region.closing and region.digest == region.actual
        for region in after.regions
    )
    return filled and _written_by_people(after) == _written_by_people(note)


def _written_by_people(note: Note) -> tuple[object, ...]:
    """What of a note must stay when a region of it is filled."""
    return (
        [(link.target, link.anchor, link.label) for link in note.links if link.written_by == "human"],
        [task.text for task in note.tasks if task.written_by == "human"],
        [tag.name for tag in note.tags if tag.written_by == "human"],
        [(region.name, region.options) for region in note.regions],
        [problem.kind for problem in note.problems],
    )


def _note(vault: Vault, path: str, text: str) -> Note:
    """The note at a path, even one that Obsidian's settings exclude from the vault: dashboards often are."""
    known = vault.notes.get(path)
    if known is not None:
        return known
    from vaultkit.parser import parse  # 50 ms of imports, seldom needed here

    return parse(path, text.encode("utf-8", "surrogatepass"))


def _cleaned(text: str) -> str:
    """Generated text with nothing in it that could be taken for a mark, and nothing that no file can hold."""
    text = _SURROGATE.sub("\ufffd", _with_line_feeds(text)).strip("\n")
    if "%%" not in text:
        return text
    # Both ends are escaped: one `%%` left alone would hide the rest of the note.
    return "\n".join(line.replace("%%", r"\%\%") if read_mark(line) else line for line in text.split("\n"))


def _disarmed(text: str) -> str:
    """Text in which nothing opens a comment, a fence or a formula: the last resort when it is not known to close."""
    return _OPENS_MUCH.sub(lambda found: "".join(rf"\{character}" for character in found[0]), text)


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _lines(text: str) -> list[str]:
    """Lines that end where git thinks so: at a line feed and nowhere else."""
    *lines, last = text.split("\n")
    return [f"{line}\n" for line in lines] + ([f"{last}\n\\ No newline at end of file\n"] if last else [])


def _place(edit: Edit) -> tuple[str, int]:
    return edit.path, edit.start


def _plan(outcomes: Iterable[Outcome], stale: tuple[str, ...] = ()) -> Plan:
    edits = [outcome for outcome in outcomes if isinstance(outcome, Edit)]
    kept = {outcome for outcome in outcomes if isinstance(outcome, str)}
    return Plan(tuple(sorted(edits, key=_place)), tuple(sorted(kept)), stale)
