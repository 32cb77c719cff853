"""Links as Obsidian would write them: a target, the note it is written in and the vault's settings go in, text comes out.

What cannot stand in a wikilink (`#`, `^`, `|`, brackets in a file's name) is written as a Markdown link, percent-encoded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from vaultkit.vault.vault import Vault

_UNLINKABLE = re.compile(r"[#^|\[\]\\]|%%")
_LABEL = {"|": "¦", "[[": "⟦", "]]": "⟧", "\n": " ", "\r": " ", "%%": "％％"}


def link_text(vault: Vault, target: str, source: str, label: str | None = None) -> str:
    """A link from the note at `source` to the file at `target`, shown as `label` (default: its name)."""
    name = target.rpartition("/")[2].removesuffix(".md")
    shown = _safe_label(label if label is not None else name)
    path = _path(vault, target, source)
    if vault.obsidian.use_markdown_links or _UNLINKABLE.search(path) or vault.resolver.resolve(path, source) != target:
        return f"[{_escaped(shown)}]({_encoded(vault, target, source)})"
    return f"[[{path}]]" if shown == path else f"[[{path}|{shown}]]"


def _path(vault: Vault, target: str, source: str) -> str:
    """The link's path, without `.md`, in the vault's `newLinkFormat`."""
    style = vault.obsidian.new_link_format
    if style == "relative":
        return _relative(target, source).removesuffix(".md")
    if style == "shortest" and vault.resolver.namesakes(target) == (target,):
        return target.rpartition("/")[2].removesuffix(".md")
    return target.removesuffix(".md")


def _relative(target: str, source: str) -> str:
    """`../../Elsewhere/Unique.md`; a note of the same folder by its name alone, without `./`."""
    here, there = source.split("/")[:-1], target.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:])


def _encoded(vault: Vault, target: str, source: str) -> str:
    """The destination of a Markdown link: what would end it is percent-encoded, letters of any script stay."""
    path = _relative(target, source) if vault.obsidian.new_link_format == "relative" else target
    if vault.obsidian.new_link_format == "shortest" and vault.resolver.namesakes(target) == (target,):
        path = target.rpartition("/")[2]
    return "".join(c if ord(c) > 127 else quote(c, safe="/!'*,;=@&+$~") for c in path)


def _safe_label(label: str) -> str:
    """A label that cannot end its link or open a comment: look-alikes stand in for what would."""
    for mark, instead in _LABEL.items():
        label = label.replace(mark, instead)
    return label.strip() or " "


def _escaped(label: str) -> str:
    return re.sub(r"([\[\]\\])", r"\\\1", label)
