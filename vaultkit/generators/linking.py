"""Links on a page: the path of a note and of the page go in, a link that a reader knows it by comes out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from vaultkit.escape import Markdown
from vaultkit.generators.places import built
from vaultkit.text import fold
from vaultkit.vault import link_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.vault import Vault


def link(vault: Vault, target: str, page: str, label: str | None = None) -> Markdown:
    """A link from the page at `page`, shown as the title of its target, with its place when another has that title."""
    shown = shown_name(vault, target) if label is None else label
    return Markdown(link_text(vault.ask(built), target, page, shown))


def shown_name(vault: Vault, path: str) -> str:
    """What a note is called on a page: its title, and its place when that alone does not tell it from another."""
    note = vault.notes.get(path)
    title = vault.title(note) if note else path.rpartition("/")[2].removesuffix(".md")
    if vault.ask(_bearers).get(fold(title), 0) <= 1:
        return title
    place = path.removesuffix(".md") if note and title != note.name else path.rpartition("/")[0] or "/"
    return f"{title} ({place})"


def _bearers(vault: Vault) -> Mapping[str, int]:
    """Title, folded -> how many notes of people bear it."""
    return Counter(fold(vault.title(note)) for note in vault.notes.values() if note.generated is None)
