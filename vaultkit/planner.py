"""A vault, the pages wanted in it and the texts that stand there go in; the edits from one to the other come out.

What a person wrote is never planned away: a page or a region whose hash does not match, and a note that stands where a
page would go, are kept as they are and named.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from vaultkit import boards
from vaultkit.filling import cleaned, emptied, fill, is_safe, with_line_feeds
from vaultkit.insights.holding import holding
from vaultkit.insights.leftover import leftover
from vaultkit.language import message, say
from vaultkit.model import Edit
from vaultkit.pages.names import INDEX
from vaultkit.pages.places import places
from vaultkit.pages.readers import tells
from vaultkit.regions import SAYS, TICKS, carried_over, closing, ours_in, yours_in
from vaultkit.splice import spliced
from vaultkit.text import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vaultkit.filling import Outcome
    from vaultkit.model import Note, Page
    from vaultkit.vault import Vault


class Plan(Struct, frozen=True):
    """What there is to write, and what was left alone because a person wrote it."""

    edits: tuple[Edit, ...] = ()
    kept: tuple[str, ...] = ()
    """Paths, and `path:line` for regions."""
    stale: tuple[str, ...] = ()
    """Pages of ours that nobody makes any more, or copies of one. Whoever kept a copy wants it: only eject removes."""
    worded: tuple[str, ...] = ()
    """Pages that eject leaves because a person wrote in them."""


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
    regions: dict[str, dict[int, str]] = {}
    for page in pages:
        if (page.path, page.region) in done:
            outcomes.append(page.path)  # two generators want one place: the first has it
        elif page.region is None:
            outcomes.append(None if stands(vault, page) else _page(page, vault, texts, force=force))
        else:
            regions.setdefault(page.path, {})[page.region] = page.text
        done.add((page.path, page.region))
    for path, wanted in regions.items():
        outcomes += _regions(vault, path, texts.get(path), wanted, force=force)
    made = {name_key(path) for path, _ in done}  # a disk may store the name in another Unicode form
    ours = [] if partial else [path for path in sorted(vault.ask(holding)) if vault.read(path).generated]
    stale = [path for path in ours if name_key(path) not in made]
    gone = [_withdrawn(vault, path, texts[path]) for path in stale if _must_go(vault, path, texts.get(path))]
    taken = {edit.path for edit in gone if isinstance(edit, Edit)}
    return _plan((*outcomes, *gone), tuple(path for path in stale if path not in taken))


def stands(vault: Vault, page: Page) -> bool:
    """Whether a page reads on disk as it should, to the byte: by the digest of its file, which nobody need read."""
    note = _known(vault, page.path) if page.region is None else None
    if note is None or note.generated is None:
        return False
    from vaultkit.parser import digest  # 50 ms of imports, and a first build has no use for it

    return note.digest == digest(as_written(page).encode())


def eject(vault: Vault, texts: Mapping[str, str]) -> Plan:
    """What takes every page and every region's body out again: each file is as it was before the first of them."""
    outcomes: list[Outcome] = []
    worded: list[str] = []
    for path, text in texts.items():
        if _known(vault, path) is None and SAYS not in text:
            continue
        note = _note(vault, path, text)
        if note.generated and _has_words(note):
            worded.append(path)
        elif note.generated:
            outcomes.append(Edit(path, text, None, whole=True) if _is_ours(note, force=False) else path)
        else:
            outcomes += [emptied(note, region, text) for region in note.regions if region.closing]
            outcomes += [f"{path}:{problem.span.line}" for problem in note.problems if problem.kind == "region"]
    return replace(_plan(outcomes), worded=tuple(sorted(worded)))


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


def as_written(page: Page) -> str:
    """A page, a canvas or a base as it stands on disk."""
    return boards.sealed(page.text) if boards.is_board(page.path) else sealed(page.text)


def sealed(text: str) -> str:
    """A whole page as it stands on disk, with the closing mark that tells a hand edit from our own text."""
    return _closed(cleaned(text))


def _closed(text: str) -> str:
    body = f"{text}\n\n"
    return f"{body}{closing(ours_in(body))}\n"


def _page(page: Page, vault: Vault, texts: Mapping[str, str], *, force: bool) -> Outcome:
    present, new = texts.get(page.path), as_written(page)
    if present is not None and not boards.is_board(page.path) and yours_in(present):
        new = _closed(_with_words_of(present, cleaned(page.text), vault.language))
    if present is None:
        return page.path if vault.has(page.path) else Edit(page.path, None, new)
    if with_line_feeds(present) == new:
        return None
    note = _note(vault, page.path, present)
    if not _is_ours(note, force=force):
        return page.path
    return Edit(page.path, present, new, whole=True)


def _must_go(vault: Vault, path: str, text: str | None) -> bool:
    """Whether a page that is no longer made, and is no copy, names to its readers what is not for them any more."""
    note = vault.read(path)
    page = note.generated.page if note.generated else ""
    alone = page != INDEX and page not in vault.ask(places)
    return alone and text is not None and _is_ours(note, force=False) and tells(vault, page, text)


def _withdrawn(vault: Vault, path: str, text: str) -> Outcome:
    """Such a page is taken away, but for what a person wrote in it."""
    if not _has_words(vault.read(path)):
        return Edit(path, text, None, whole=True)
    present = with_line_feeds(text)
    new = _closed(_with_words_of(present, present[: present.index("---\n", 1) + 4], vault.language))
    return None if present == new else Edit(path, text, new, whole=True)


def _with_words_of(present: str, text: str, language: str) -> str:
    """A page with what people wrote in it; that for which there is no place any more is kept at its end."""
    whole, homeless = carried_over(text, with_line_feeds(present))
    if not homeless:
        return whole
    title = say(message("What was written here before"), language)
    return "\n\n".join((whole.rstrip("\n"), f"## {title}", *homeless.values()))


def _regions(vault: Vault, path: str, text: str | None, wanted: Mapping[int, str], *, force: bool) -> Iterable[Outcome]:
    note = vault.notes.get(path)
    if note is None or text is None:
        return [path]
    return fill(note, text, wanted, repeated=leftover(vault, note), force=force)


def _is_ours(note: Note, *, force: bool) -> bool:
    """Whether a note is a page of ours that nobody has touched, or may be overwritten all the same."""
    generated = note.generated
    return generated is not None and is_safe(note) and (force or generated.digest == generated.actual)


def _has_words(note: Note) -> bool:
    """Whether a person wrote in a page more than ticks: that is not ours to take away."""
    said = note.generated.yours if note.generated else ()
    return any(each.text.strip() and not each.name.startswith(TICKS) for each in said)


def _known(vault: Vault, path: str) -> Note | None:
    return vault.notes.get(path) or vault.boards.get(path)


def _note(vault: Vault, path: str, text: str) -> Note:
    """The note at a path, even one that Obsidian's settings exclude from the vault: dashboards often are."""
    known = _known(vault, path)
    if known is not None:
        return known
    from vaultkit.parser import parse  # 50 ms of imports, seldom needed here

    return parse(path, text.encode("utf-8", "surrogatepass"))


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
