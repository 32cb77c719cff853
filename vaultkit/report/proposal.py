"""What a vault is made of goes in; what was recognised in it, and the `vaultkit.toml` that fits it, come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.language import message, plural, say
from vaultkit.report.clues import clue_said
from vaultkit.report.screen import cells, clean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from vaultkit.insights.census import Census, Seen, Told
    from vaultkit.insights.frameworks import Framework
    from vaultkit.model import Message
    from vaultkit.report.screen import Screen
    from vaultkit.vault.kinds import Kind

_CLUES = 3
"""How many clues are told of one kind."""
_WORK = ("objective", "priority", "project")
_LISTED = 500
"""Of how many notes a page still lists all: nobody scrolls through more."""
_NEEDED = ("objective", "priority", "project", "person")
"""The kinds without which the others have nothing to say."""


def recognised(census: Census, kinds: Mapping[str, Kind], view: Screen) -> Iterator[str]:
    """A line for each kind that was found, with what told it."""
    found = [seen for seen in census.kinds if seen.count]
    labels = {seen.kind: clean(kinds[seen.kind].label(view.language)) for seen in found}
    width = max(map(cells, labels.values()), default=0)
    for seen in found:
        label = labels[seen.kind] + " " * (width - cells(labels[seen.kind]))
        clues = [clean(say(_told(told), view.language)) for told in seen.told]
        yield f"  {view.paint(label, 'name')} {seen.count:>5}  {view.some(clues, width + 10, _CLUES)}"


def missing(census: Census, kinds: Mapping[str, Kind], view: Screen, roots: Collection[str]) -> Iterator[str]:
    """What it means that a kind has no note, and what would tell one: a line each for those that others need.

    `roots` are the kinds that a priority may lead up to: where visions are among them, objectives are not needed.
    """
    none = [seen.kind for seen in census.kinds if not seen.count]
    needed = [kind for kind in _NEEDED if kind != "objective" or "vision" not in roots]
    for kind in none:
        if kind in needed:
            yield view.fold(f"  {clean(say(_zero(kinds[kind], view.language), view.language))}", "    ")
    others = [kinds[kind].label(view.language) for kind in none if kind not in needed]
    if others:
        said = message("{kinds}: none", kinds=", ".join(others))
        yield view.fold(f"  {clean(say(said, view.language))}", "    ")


def unneeded(view: Screen) -> Iterator[str]:
    """What a vault without work has of vaultkit all the same, and how its owner may begin."""
    rest = message(
        "All of that can wait: links, a glossary, the health of the vault and lists of notes need none of it."
    )
    begin = message("To begin: {command}", command='`vaultkit new objective "..."`, `vaultkit new priority "..."`')
    for said in (rest, begin):
        yield view.fold(clean(say(said, view.language)), "  ")


def config_text(census: Census, language: str, framework: Framework | None = None) -> str:
    """A `vaultkit.toml` with the language that most notes are written in, the words they use, and what could be set."""
    consent = message("By standing here, this file lets vaultkit write its pages into the vault.")
    defaults = message("Everything has a default: take away the # where you want it otherwise.")
    head = "".join(f"# {say(each, language)}\n" for each in (consent, defaults))
    notes = plural("{count} note", "{count} notes", census.french + census.english)
    if not census.french and not census.english:
        share = message("of the pages; no note has text enough to tell its own")
    elif census.language == "fr":
        share = message("of the pages; {part} of {notes} are in French", part=census.french, notes=notes)
    else:
        share = message("of the pages; {part} of {notes} are in English", part=census.english, notes=notes)
    settled = f'language = "{census.language}"  # {say(share, language)}\n{_profile(framework, language)}'
    return f"{head}\n{settled}{_settings(census, language)}"


def _profile(framework: Framework | None, language: str) -> str:
    """The framework whose words the notes use; or how one is named."""
    if framework is None:
        words = message("the words of a framework for the kinds: eos, hoshin, ogsm, okr, v2mom")
        return f'\n# {say(words, language)}\n# profile = "okr"\n'
    words = plural(
        "whose words the notes use: {words} ({count} note)",
        "whose words the notes use: {words} ({count} notes)",
        framework.notes,
        words=", ".join(framework.words),
    )
    return f'profile = "{framework.profile}"  # {say(words, language)}\n'


def _settings(census: Census, language: str) -> str:
    """What could be set besides, commented out."""
    french = census.language == "fr"
    exclude = say(message("notes that are not to be judged, as in .gitignore"), language)
    kinds = say(
        message("how notes are told: a folder, a tag, a pattern of paths; none where an empty list stands"), language
    )
    pages = say(message("where the pages go, and which ones are not wanted"), language)
    known = say(message("the findings that are known: check says only what is new"), language)
    folder = "Tableaux de bord" if french else "Dashboards"
    return f"""
# {exclude}
# exclude = ["Archive/**"]

# {known}
# baseline = "vaultkit-baseline.json"

# {kinds}
# [kinds]
# priority = ["Rocks/", "#rock", "Q?/*.md"]
# team = []

# {pages}
# [pages]
# folder = "{folder}"
# off = ["alignment"]

{_index(census, language, folder)}"""


def _index(census: Census, language: str, home: str) -> str:
    """A list of notes: one of them all where nothing else can be told of yet; else one that could be had."""
    found = {seen.kind: seen for seen in census.kinds if seen.count}
    if not found.keys() & set(_WORK) and 0 < census.notes <= _LISTED:
        every = say(message("all notes, by folder: a page of them until there is more to tell"), language)
        title = say(message("All notes"), census.language)
        return f'# {every}\n[[index]]\npath = "{home}/{title}.md"\nfolder = "/"\ntitle = "{title}"\n'
    index = say(message("an index page: of a folder, a tag or a kind"), language)
    folder = _folder(found) or ("Projets" if census.language == "fr" else "Projects")
    return f'# {index}\n# [[index]]\n# path = "Index/{folder}.md"\n# folder = "{folder}"\n'


def _folder(found: Mapping[str, Seen]) -> str | None:
    """The vault's own folder of projects; else the one that told most notes of any kind."""
    told = [
        (kind == "project", each.count, each.clue) for kind, seen in found.items() for each in seen.told if _plain(each)
    ]
    return max(told)[2] if told else None


def _plain(told: Told) -> bool:
    return told.by == "folder" and not set(told.clue) & set('"\\/')


def _told(told: Told) -> Message:
    return message("{clue} ({count})", clue=clue_said(told.by, told.clue), count=told.count)


def _zero(kind: Kind, language: str) -> Message:
    label = kind.label(language)
    place = kind.homes.get(language) or kind.homes.get("en") or ""
    clue = message("`type: {label}` or a folder named {place} would tell one", label=label, place=place)
    match kind.name:
        case "objective":
            return message("{label}: none, so that no priority can be aligned with one; {clue}", label=label, clue=clue)
        case "priority":
            return message("{label}: none, so that there is nothing to align; {clue}", label=label, clue=clue)
        case "person":
            return message("{label}: none, so that no owner can be told; {clue}", label=label, clue=clue)
        case _:
            return message("{label}: none, so that only tasks show what is under way; {clue}", label=label, clue=clue)
