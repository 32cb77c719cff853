"""`make messages`: the sources and the installed click come in, the catalogue of every language goes out.

A catalogue is sorted and carries neither dates nor line numbers: its diff shows the words that changed, nothing else. A
new language starts as a `.po` file that holds its header alone.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from babel.messages.catalog import Message

ROOT = Path(__file__).resolve().parent.parent

KEYWORDS = {
    "_": None,
    "gettext": None,
    "message": None,
    "ngettext": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
    "pgettext": ((1, "c"), 2),
    "plural": (1, 2),
}

CLICK = "click says this"
"""The comment that marks a text of click, which looks it up in our catalogue: it changes with click, not with us."""


def own_texts(root: Path = ROOT) -> Catalog:
    """Every text of vaultkit's sources, as `babel.cfg` maps them."""
    with (root / "babel.cfg").open(encoding="utf-8") as mapping:
        method_map, options_map = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    texts = Catalog()
    for path, line, words, comments, context in extract_from_dir(root, method_map, options_map, keywords=KEYWORDS):
        texts.add(words, locations=[(path, line)], auto_comments=comments, context=context)
    return texts


def click_texts() -> Catalog:
    """Every text of the installed click."""
    package = find_spec("click")
    if package is None or package.origin is None:
        sys.exit("click is not installed: run `make messages`, which sees to it")
    texts = Catalog()
    for _, _, words, _, context in extract_from_dir(Path(package.origin).parent, keywords=KEYWORDS):
        texts.add(words, auto_comments=[CLICK], context=context)
    return texts


def catalogues(root: Path = ROOT) -> list[Path]:
    """The catalogue of each language."""
    return sorted(root.glob("vaultkit/locale/*/LC_MESSAGES/vaultkit.po"))


def update(path: Path, texts: Catalog) -> Catalog:
    """Bring one catalogue up to date: new texts come in empty, those that nobody says any more go."""
    before = path.read_bytes()
    header, _, _ = before.partition(b"\n\n")
    catalogue = read_po(BytesIO(before))
    catalogue.update(texts, no_fuzzy_matching=True, update_header_comment=False)
    after = BytesIO()
    write_po(
        after, catalogue, width=120, omit_header=True, sort_output=True, ignore_obsolete=True, include_lineno=False
    )
    path.write_bytes(header.rstrip() + b"\n\n" + after.getvalue().strip() + b"\n")
    return catalogue


def main() -> None:
    """Update every catalogue and say what is still to be translated."""
    texts = own_texts()
    for words in click_texts():
        if words.id and texts.get(words.id, words.context) is None:
            texts[words.id] = words
    for path in catalogues():
        catalogue = update(path, texts)
        missing = sum(1 for words in catalogue if words.id and not all(forms(words)))
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} texts, {missing} still to be translated")


def forms(words: Message) -> tuple[str, ...]:
    """The translation, or its singular and plural; empty where there is none yet."""
    return (words.string or "",) if isinstance(words.string, str | None) else tuple(words.string)


if __name__ == "__main__":
    main()
