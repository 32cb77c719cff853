"""The words of a house: a Vault goes in; the notes that define a term, and the names that many ask for, come out.

A note defines a term when it says so (`type: term`), bears such a tag, lies in a glossary's folder, or when a note
that is called a glossary links to it and it is of no kind. A name that leads nowhere is asked for as often as there are
notes of people that link to it: two of them have a word in common that nobody has written down. What only looks like a
name is left out: a placeholder, a picture, a day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vaultkit.insights.links import is_placeholder, shown
from vaultkit.insights.names import aliases
from vaultkit.text import fold, folder_stem, name_key, natural, stem
from vaultkit.vault.kinds import KIND_PROPERTIES
from vaultkit.vault.values import date_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault

WORDS = frozenset({"term", "terme", "definition", "glossary", "glossaire", "lexicon", "lexique", "vocabulaire"})
"""What a note, its tag or its folder is called, as `stem` has it, when it defines a term."""
DESCRIPTIONS = frozenset({"description", "summary", "resume", "definition"})
"""Properties, folded, that say in a line what a term means."""
SEVERAL = 2
"""So many notes ask for a name before it is one of the house's words."""
_FILES = (
    *(".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".webp", ".avif", ".pdf", ".mp3", ".wav", ".m4a", ".ogg"),
    *(".flac", ".3gp", ".mp4", ".webm", ".ogv", ".mov", ".mkv", ".canvas", ".base", ".docx", ".xlsx", ".pptx"),
)
"""What a picture, a sound or a document ends in: a name of one is no word."""


class Term(NamedTuple):
    """What a note says of the term that it defines, or may define."""

    aliases: tuple[str, ...]
    description: str
    defines: bool
    """Whether it says itself that it defines one."""


class Asked(NamedTuple):
    """A name that leads nowhere."""

    name: str
    """As most links write it."""
    by: tuple[str, ...]
    """The notes that ask for it, by path."""
    meant: str | None
    """The note that has it for another name, which no link follows."""


def term(vault: Vault, note: Note) -> Term | None:
    """What a note says of the term that it defines; None for one of a kind that does not say so, and for a page."""
    defines = not note.generated and _defines(note)
    if note.generated or not note.path.endswith(".md") or not (defines or vault.recognised.get(note.path) is None):
        return None
    said = (text_of(item.value) for item in note.properties if fold(item.name) in DESCRIPTIONS)
    return Term(aliases(note), next((words for words in said if words), ""), defines)


def linked(vault: Vault, note: Note) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """The files that a person's note links to, and the names that lead nowhere, each with the link's target."""
    if note.generated or not note.path.endswith(".md"):
        return frozenset(), ()
    edges = tuple(shown(note, vault.graph.of(note.path)))
    wanted = ((_name(edge.link.target), edge.link.target) for edge in edges if edge.target is None)
    return frozenset(edge.target for edge in edges if edge.target), tuple((n, t) for n, t in wanted if n)


def called(vault: Vault, note: Note) -> tuple[str, ...]:
    """The other names of a person's note, folded: its aliases, and its title."""
    others = () if note.generated or not note.path.endswith(".md") else (*aliases(note), vault.title(note))
    return tuple(dict.fromkeys(fold(name) for name in others if name_key(name) != name_key(note.name)))


def terms(vault: Vault) -> Mapping[str, Term]:
    """Note -> the term that it defines, by title."""
    listed = {target for path, (targets, _) in vault.gather(linked).items() if _is_glossary(path) for target in targets}
    told = {path: each for path, each in vault.gather(term).items() if each is not None}
    found = {path: each for path, each in told.items() if each.defines or (path in listed and not _is_glossary(path))}
    return {path: found[path] for path in sorted(found, key=lambda p: (natural(vault.title(vault.notes[p])), p))}


def users(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """Note that defines a term -> the other notes of people that link to it, by path; a glossary uses no word."""
    found: dict[str, list[str]] = {path: [] for path in vault.ask(terms)}
    for source, (targets, _) in vault.gather(linked).items():
        if not _is_glossary(source):
            for target in targets & found.keys() - {source}:
                found[target].append(source)
    return {path: tuple(sorted(sources)) for path, sources in found.items()}


def asked_for(vault: Vault, resolve: Callable[[str, str], str | None]) -> tuple[Asked, ...]:
    """The names that several notes ask for, what most ask for first.

    `resolve` says where a target in a note leads to once every page stands.
    """
    by: dict[str, dict[str, None]] = {}
    spelled: dict[str, dict[str, int]] = {}
    for path, (_, wanted) in vault.gather(linked).items():
        for name, target in wanted:
            if resolve(target, path) is None:
                by.setdefault(name_key(name), {})[path] = None
                counts = spelled.setdefault(name_key(name), {})
                counts[name] = counts.get(name, 0) + 1
    others = {name: path for path, names in vault.gather(called).items() for name in reversed(names)}
    several = [key for key, paths in by.items() if len(paths) >= SEVERAL]
    found = (Asked(_usual(spelled[key]), tuple(sorted(by[key])), others.get(fold(key))) for key in several)
    return tuple(sorted(found, key=lambda each: (-len(each.by), natural(each.name), each.name)))


def _defines(note: Note) -> bool:
    says = (text_of(item.value) for item in note.properties if fold(item.name) in KIND_PROPERTIES)
    if any(stem(word) in WORDS for word in says):
        return True
    tags = (tag.name.partition("/")[0] for tag in note.tags if tag.written_by == "human")
    return any(stem(tag) in WORDS for tag in tags) or any(_words_in(note))


def _is_glossary(path: str) -> bool:
    return stem(path.rpartition("/")[2].removesuffix(".md")) in WORDS


def _words_in(note: Note) -> Iterator[bool]:
    """Whether each folder around a note, its own last, is a glossary's; the glossary's own note is no term."""
    for folder in note.folder.split("/") if note.folder else ():
        yield folder_stem(folder) in WORDS and not _is_glossary(note.path)


def _name(target: str) -> str:
    """What a target asks for, without its folders; empty for what is no word."""
    name = target.rpartition("/")[2].removesuffix(".md").strip()
    if not name or is_placeholder(target) or name.lower().endswith(_FILES) or date_of(name) is not None:
        return ""
    return name


def _usual(counts: Mapping[str, int]) -> str:
    """The commonest spelling; between equals the first by its letters."""
    return min(counts, key=lambda name: (-counts[name], name))
