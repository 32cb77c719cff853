"""Canvases and bases of vaultkit's own: what is to stand in one goes in; its text, with a hash of it, comes out.

A canvas says whose it is in a key of its own, a base in its first two lines:

    "vaultkit":{"page":"alignment.canvas","digest":"3f2a9c1d"}

    # generated: vaultkit 3f2a9c1d
    # page: projects.base

The hash is that of all the rest. Obsidian writes a file anew when somebody changes it there, and keeps neither: from
then on it is theirs.
"""

from __future__ import annotations

import json
import re
from hashlib import blake2b
from typing import TYPE_CHECKING

from vaultkit.regions import digest
from vaultkit.written import Generated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

BOARDS = (".canvas", ".base")
"""How the names of such files end."""
KEY, PAGE, DIGEST = "vaultkit", "page", "digest"
_END = '"}\n}'
_BASE = re.compile(r"# generated: vaultkit(?:[ \t]+(\S+))?[ \t]*(?:\r\n|\r|\n|\Z)")
_PAGE = re.compile(r"# page: ([\w.-]+)")
_ODD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_WORDS = frozenset({"label", "text"})
"""The values of a canvas that are for people to read; the others lead somewhere."""


def is_board(path: str) -> bool:
    """Whether a file is a canvas or a base."""
    return path.endswith(BOARDS)


def identifier(*what: str) -> str:
    """What a card or an arrow of a canvas is known by: the same as long as it stands for the same."""
    return blake2b("\n".join(what).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def canvas(page: str, nodes: Iterable[Mapping[str, object]], edges: Iterable[Mapping[str, object]]) -> str:
    """A canvas as Obsidian writes one, still without its hash."""
    lists = ",\n".join(f'\t"{name}":{_listed(items)}' for name, items in (("nodes", nodes), ("edges", edges)))
    return f"{{\n{lists},\n\t{_string(KEY)}:{_said({PAGE: page, DIGEST: ''})}\n}}"


def base(page: str, tables: Mapping[str, object]) -> str:
    """A base as Obsidian reads one, still without its hash."""
    return "\n".join((f"# page: {page}", *_yaml(tables, 0), ""))


def in_other_words(text: str, said: Callable[[str], str]) -> str:
    """A canvas of ours with what people read in it said otherwise; a base names properties alone."""
    if not text.startswith("{"):
        return text
    read = json.loads(text)
    nodes = [{key: said(value) if key in _WORDS else value for key, value in card.items()} for card in read["nodes"]]
    return canvas(read[KEY][PAGE], nodes, read["edges"])


def sealed(text: str) -> str:
    """A canvas or a base as it stands on disk, with its hash."""
    if text.startswith("#"):
        return f"# generated: vaultkit {digest(text)}\n{text}"
    return f"{text.removesuffix(_END)}{digest(text)}{_END}"


def of_base(text: str) -> Generated | None:
    """What a base says of itself, if it is vaultkit's."""
    found = _BASE.match(text)
    if found is None:
        return None
    rest = text[found.end() :]
    page = _PAGE.match(rest)
    return Generated(page[1] if page else "", found[1] or "", digest(rest))


def of_canvas(text: str, page: str, stated: tuple[int, int] | None) -> Generated:
    """What a canvas of ours says of itself; `stated` is where its hash stands, between the quotes."""
    if stated is None:
        return Generated(page, "", digest(text))
    start, end = stated
    return Generated(page, text[start:end], digest(text[:start] + text[end:]))


def _listed(items: Iterable[Mapping[str, object]]) -> str:
    lines = ",\n".join(f"\t\t{_said(item)}" for item in items)
    return f"[\n{lines}\n\t]" if lines else "[]"


def _said(item: Mapping[str, object]) -> str:
    return _ODD.sub(_escaped, json.dumps(item, ensure_ascii=False, separators=(",", ":")))


def _escaped(odd: re.Match[str]) -> str:
    return f"\\u{ord(odd[0]):04x}"


def _string(text: str) -> str:
    """A text in double quotes, as JSON and YAML both read it: YAML takes less as it is."""
    return _ODD.sub(_escaped, json.dumps(text, ensure_ascii=False))


def _yaml(value: Mapping[str, object] | list[object], depth: int) -> list[str]:
    """The lines of a mapping or a list; all of its texts are quoted, for a name may be anything."""
    indent = "  " * depth
    if isinstance(value, list):
        return [line for item in value for line in _item(item, depth)]
    lines: list[str] = []
    for key, item in value.items():
        if item and isinstance(item, dict | list):
            lines += (f"{indent}{_key(key)}:", *_yaml(item, depth + 1))
        else:
            lines.append(f"{indent}{_key(key)}: {_scalar(item)}")
    return lines


def _item(item: object, depth: int) -> list[str]:
    if not isinstance(item, dict):
        return [f"{'  ' * depth}- {_scalar(item)}"]
    first, *others = _yaml(item, depth + 1)
    return [f"{'  ' * depth}- {first.lstrip(' ')}", *others]


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z][\w.]*", key, re.ASCII) else _string(key)


def _scalar(item: object) -> str:
    """A text stands in quotes, for a name may be anything: in single ones where it has double ones of its own."""
    if not isinstance(item, str):
        return json.dumps(item)
    if '"' in item and item.isprintable() and not _ODD.search(item):
        doubled = item.replace("'", "''")
        return f"'{doubled}'"
    return _string(item)
