"""Links on a page: the path of a note and of the page go in, a link that a reader knows it by comes out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from vaultkit.escape import Markdown
from vaultkit.insights.status import is_live
from vaultkit.insights.withheld import is_telling
from vaultkit.pages.names import MEETING
from vaultkit.pages.places import built, has_page, own_pages, places
from vaultkit.pages.wanted import wants_the_same
from vaultkit.text import fold
from vaultkit.vault import Known, Vault, link_text

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Step

_OF_TEAMS = frozenset({"team", "lead", "members"})


def link(vault: Vault, target: str, page: str, label: str | None = None) -> Markdown:
    """A link from the page at `page`, shown as the title of its target, with its place when another has that title."""
    known = vault.ask(_written)
    found = known.get((target, page, label))
    if found is None:
        shown = shown_name(vault, target) if label is None else label
        world = vault.ask(spelled_out if vault.ask(is_for_others) and not is_telling(_name(target)) else built)
        found = known[target, page, label] = Markdown(link_text(world, target, page, shown))
    return found


def is_for_others(_vault: Vault) -> bool:
    """Whether this is the vault as some readers may see it, who are not shown all of it."""
    return False


def spelled_out(vault: Vault) -> Vault:
    """The vault as links will find it, where each says the whole path of its note.

    A note that is not for the readers may bear the same name, as a day is one, or `QA`: that a link says more than
    others do would tell of it. Where a name is telling, both are withheld.
    """
    world = vault.ask(built)
    if world.obsidian.new_link_format != "shortest":
        return world
    setting = replace(world.setting, obsidian=replace(world.obsidian, new_link_format="absolute"))
    known = Known(referrers=world.referrers, last=world)
    return Vault(world.everything, world.files, setting, resolver=world.resolver, known=known)


def shown_name(vault: Vault, path: str) -> str:
    """What a note is called on a page: its title, and its place when that alone does not tell it from another."""
    note, title = vault.notes.get(path), _shown_title(vault, path)
    if vault.ask(_bearers).get(fold(title), 0) <= 1:
        return title
    place = path.removesuffix(".md") if note and title != note.name else path.rpartition("/")[0] or "/"
    return f"{title} ({place})"


def _name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


def _shown_title(vault: Vault, path: str) -> str:
    """The title of a note, the name of another file."""
    note = vault.notes.get(path)
    return vault.title(note) if note else _name(path)


def relabelled(step: Step) -> frozenset[str] | None:
    """The files to which a link may read otherwise than before the step; None when that is any of them.

    What is known of the others is handed on to the vault after the step.
    """
    before, after = step.before, step.after
    known = before.answered(_written)
    pages = any(_is_page(vault, path) for path in step.touched for vault in (before, after))
    same = not step.moved and not pages and wants_the_same(step)
    if same and all(_bears(before, path) == _bears(after, path) for path in step.touched):
        after.expect(own_pages, before.ask(own_pages))
        after.expect(places, before.ask(places))
        after.expect(built, after if before.ask(built) is before else built(after))
    if known is None or before.ask(places) != after.ask(places) or after.ask(built) is not after:
        return None
    if all(_titles(before, path) == _titles(after, path) for path in step.touched) and not step.moved:
        after.expect(_bearers, before.ask(_bearers))
        after.expect(_written, known)
        return frozenset()
    titles = {title for path in step.touched for vault in (before, after) for title in _titles(vault, path)}
    counts = (before.ask(_bearers), after.ask(_bearers))
    shared = {title for title in titles if title and counts[0].get(title, 0) != counts[1].get(title, 0)}
    other = {path for path in step.touched if _titles(before, path) != _titles(after, path)}
    if shared:
        folded = after.gather(_title)
        targets = {target for target, _, _ in known}
        other |= {path for path in targets if (folded.get(path) or fold(_shown_title(after, path))) in shared}
    other |= {path for name in _names(step) for path in after.resolver.namesakes(name)} | step.moved
    after.expect(_written, {key: text for key, text in known.items() if key[0] not in other})
    return frozenset(other)


def _bears(vault: Vault, path: str) -> Hashable:
    """What of a file decides which pages there are, and where."""
    note, told = vault.notes.get(path), vault.recognised.get(path)
    if note is None or told is None:
        return None
    teams = tuple(edge.target for edge in vault.graph.of(path) if edge.human and edge.relation in _OF_TEAMS)
    named = vault.text(note, "team")
    if told.kind == "meeting":
        return told.kind, has_page(vault, MEETING, note), teams, named
    return told.kind, told.kind == "team" and is_live(vault, note), teams, named


def _written(_vault: Vault) -> dict[tuple[str, str, str | None], Markdown]:
    """The links that have been written so far: target, page and label -> text."""
    return {}


def _is_page(vault: Vault, path: str) -> bool:
    return path in vault.everything and vault.everything[path].generated is not None


def _names(step: Step) -> Iterator[str]:
    """The names, extension included, of which a file that came or went may change what a link means."""
    for path in step.moved:
        yield from (path, f"{path}.md")


def _bearers(vault: Vault) -> Mapping[str, int]:
    """Title, folded -> how many notes of people bear it."""
    return Counter(title for title in vault.gather(_title).values() if title is not None)


def _title(vault: Vault, note: Note) -> str | None:
    """The title of a person's note, folded."""
    return None if note.generated or not note.path.endswith(".md") else fold(vault.title(note))


def _titles(vault: Vault, path: str) -> tuple[str, str | None] | tuple[()]:
    """The title of a note as written, and folded if it counts."""
    return (vault.title(vault.notes[path]), vault.gather(_title)[path]) if path in vault.notes else ()
