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
    from vaultkit.config import Obsidian
    from vaultkit.vault.resolver import Resolver
    from vaultkit.vault.vault import Vault

_UNREACHABLE = re.compile(r"[#:]")
"""What no link of Obsidian's can reach when it stands in a path: such a note is named, and not linked."""
_UNLINKABLE = re.compile(r"[#^|\[\]\\`<\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]|%%")
_UNSHOWN = re.compile(r"[|\[\]\\`<]|%%|::")
"""What would end a wikilink's label, or be read before the link is: code, HTML, a comment, a field of Dataview's."""
_ENDS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff%\\<>|`]")
"""What would end a destination, or be read otherwise there: a space, an escape, code, the end of a table's cell, what
turns the direction of writing."""


def link_text(vault: Vault, target: str, source: str, label: str | None = None) -> str:
    """A link from the note at `source` to the file at `target`, shown as `label` (default: its name)."""
    name = target.rpartition("/")[2].removesuffix(".md") if label is None else label
    shown = normalize("NFC", escape.plain(name))
    full = link_path(vault.resolver, vault.obsidian, target, source)
    path = normalize("NFC", full).removesuffix(".md")  # as Obsidian does, whatever the disk keeps
    if _UNREACHABLE.search(target) or full[0].isspace() or _is_hidden_by_another(vault, target):
        return escape.text(shown)  # a link loses the space that it begins with, and would lead elsewhere
    wiki = not vault.obsidian.use_markdown_links and not _UNLINKABLE.search(path) and not _UNSHOWN.search(shown)
    if wiki and shown and vault.resolver.resolve(path, source) == target:
        return f"[[{path}]]" if shown == path else f"[[{path}|{shown}]]"
    return f"[{_label(shown)}]({destination(full)})"


def link_path(resolver: Resolver, obsidian: Obsidian, target: str, source: str) -> str:
    """The path, extension included, by which the vault's `newLinkFormat` has a note at `source` say `target`."""
    if obsidian.new_link_format == "relative":
        return _relative(target, source)
    if obsidian.new_link_format == "shortest" and resolver.namesakes(target) == (target,):
        return target.rpartition("/")[2]
    return target


def destination(path: str) -> str:
    """A path as the destination of a Markdown link: only what would end it is percent-encoded, as Obsidian does.

    Obsidian decodes it with JavaScript's decodeURI, which leaves `%3F` and the like as they are: those stay themselves.
    """
    plain = _ENDS.sub(lambda found: quote(found[0], safe=""), path)
    return plain if _balanced(plain) else plain.replace("(", "%28").replace(")", "%29")


def _balanced(path: str) -> bool:
    """Whether parentheses may stand in a destination as they are: in pairs, not deeper than every reader follows."""
    depth = 0
    for character in path:
        depth += (character == "(") - (character == ")")
        if not 0 <= depth <= 2:
            return False
    return depth == 0


def _is_hidden_by_another(vault: Vault, target: str) -> bool:
    """Whether even the whole path leads to another file, which differs only by case or by encoding."""
    return len(vault.resolver.namesakes(target)) > 1 and vault.resolver.resolve(f"/{target}", "") != target


def _label(shown: str) -> str:
    r"""The label of a Markdown link. `[\] ` at the beginning of a list item would be a checkbox."""
    label = escape.text(shown)
    return f"&#93;{label[2:]}" if label.startswith("\\]") else label


def _relative(target: str, source: str) -> str:
    """`../../Elsewhere/Unique.md`; a note of the same folder by its name alone, without `./`."""
    here, there = source.split("/")[:-1], target.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:])
