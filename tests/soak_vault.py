"""A number of notes goes in; the files of such a vault come out, in two languages and with regions to be filled."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from bench.synthetic import vault
from bench.words import FIRST, LAST, THINGS, TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterator

LISTED = ("Objectives", "Priorities", "Projects", "People", "Décisions", "Meetings/2026", "Nowhere")
"""The folders that regions list."""
SETTINGS = 'language = "en"\n\n[pages]\nfolder = "Dashboards"\n\n[[index]]\npath = "Index/People"\nkind = "person"\n'
"""The vaultkit.toml that the owner comes back to."""
DECOY = '```markdown\n%% vaultkit:index folder="People" %%\n```\n'
"""A mark that is an example, and never to be filled."""
_LINKS = 4
_FRENCH = 10
"""One note in so many is written in French."""
_FILLED = 20
"""One note in so many has a region."""


def mark(folder: str) -> str:
    """The line that asks for a list of a folder."""
    return f'%% vaultkit:index folder="{folder}" %%'


def files(notes: int) -> dict[str, bytes]:
    """The path and the bytes of each file, the settings among them."""
    found = {".obsidian/app.json": b"{}\n", "vaultkit.toml": SETTINGS.encode()}
    english = list(vault(notes - notes // _FRENCH, _LINKS))
    for number, (path, text) in enumerate([*english, *_french(notes // _FRENCH)]):
        region = f"\n{mark(LISTED[number // _FILLED % len(LISTED)])}\n\nWhat follows the list.\n"
        example = f"\n{DECOY}"
        found[path] = _encoded(text + region * (number % _FILLED == 7) + example * (number % 151 == 3), number)
    return found


def _encoded(text: str, number: int) -> bytes:
    """Most as they are; a few as other systems and older editors write them."""
    if number % 37 == 5:
        text = text.replace("\n", "\r\n")
    if number % 43 == 6:
        text = text.rstrip("\n")
    if number % 199 == 11:
        return f"{text}\nCafé\n".encode("latin-1", "replace")
    return b"\xef\xbb\xbf" * (number % 41 == 7) + text.encode()


def _french(notes: int) -> Iterator[tuple[str, str]]:
    """Decisions and priorities of a company that writes French; some names as a Mac writes them."""
    for number in range(notes):
        person = f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]}"
        about = f"{TOPICS[number % len(TOPICS)]} {THINGS[number % len(THINGS)]}"
        if number % 3:
            path = f"Décisions/Décision {number + 1} – {about}.md"
            head = f'date: 2026-02-{number % 28 + 1:02}\nstatut: actée\ndécideur: "[[{person}]]"'
        else:
            path = f"Priorités/Améliorer {about} {number + 1}.md"
            head = f'rang: {number + 1}\nresponsable: "[[{person}]]"\nstatut: en cours\néchéance: 2026-06-30'
        text = f"---\n{head}\n---\n# L’essentiel\n\nÀ suivre avec [[{person}]] : {about}.\n\n- [ ] Préparer la suite\n"
        yield normalize("NFD", path) if number % 17 == 4 else path, text
