"""Links as Obsidian would write them: a target, the note it is written in and the settings go in, text comes out.

What cannot stand in a wikilink (`#`, `^`, `|`, brackets in a name or in what is shown) is written as a Markdown link.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import quote

from vaultkit import escape

if TYPE_CHECKING:
    from vaultkit.vault.vault import Vault

_UNREACHABLE = re.compile(r"[#:]")
"""What no link of Obsidian's can reach when it stands in a path: such a note is named, and not linked."""
_UNLINKABLE = re.compile(r"[#^|\[\]\\`<\x00-\x1f]|%%")
_UNSHOWN = re.compile(r"[|\[\]\\`<]|%%|::")
"""What would end a wikilink's label, or be read before the link is: code, HTML, a comment, a field of Dataview's."""


def link_text(vault: Vault, target: str, source: str, label: str | None = None) -> str:
    """A link from the note at `source` to the file at `target`, shown as `label` (default: its name)."""
    name = target.rpartition("/")[2].removesuffix(".md") if label is None else label
    shown = normalize("NFC", escape.plain(name))
    path = normalize("NFC", _path(vault, target, source))  # as Obsidian does, whatever the disk keeps
    if _UNREACHABLE.search(target):
        return escape.text(shown)
    wiki = not vault.obsidian.use_markdown_links and not _UNLINKABLE.search(path) and not _UNSHOWN.search(shown)
    if wiki and shown and vault.resolver.resolve(path, source) == target:
        return f"[[{path}]]" if shown == path else f"[[{path}|{shown}]]"
    return f"[{_label(shown)}]({_encoded(vault, target, source)})"


def _label(shown: str) -> str:
    r"""The label of a Markdown link. `[\] ` at the beginning of a list item would be a checkbox."""
    label = escape.text(shown)
    return f"&#93;{label[2:]}" if label.startswith("\\]") else label


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
    """The destination of a Markdown link: what would end it is percent-encoded, letters of any script stay.

    Obsidian decodes it with JavaScript's decodeURI, which leaves `%3F` and the like as they are: those stay themselves.
    """
    path = _relative(target, source) if vault.obsidian.new_link_format == "relative" else target
    if vault.obsidian.new_link_format == "shortest" and vault.resolver.namesakes(target) == (target,):
        path = target.rpartition("/")[2]
    return "".join(c if ord(c) > 127 and not c.isspace() else quote(c, safe="/!'*,;=@&+$?~-_.") for c in path)
