"""A number of notes and of links a note comes in, a folder with such a vault goes out, the same at every run.

    python -m bench.synthetic FOLDER NOTES LINKS

Kinds, folders, properties, headings, lists, tasks, tags and links are mixed as in vaults that people keep; the words
are drawn. A few links are ambiguous and a few lead nowhere.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from bench.phrases import body
from bench.shelf import Place, shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.shelf import Shelf

SETTINGS = 'language = "en"\n\n[pages]\nfolder = "Dashboards"\n'
"""The vaultkit.toml of a vault whose owner has agreed to pages."""


def vault(notes: int, links: int) -> Iterator[tuple[str, str]]:
    """The path and the text of each note; `links` is how many a note has on average."""
    random = Random(f"{notes} notes, {links} links")  # noqa: S311 - repeatable is what it is to be
    places = shelf(notes)
    for number in range(notes):
        place = places.at(number)
        properties = frontmatter(place, places, random)
        wanted = random.randint(0, 2 * links) - sum(line.count("[[") for line in properties)
        head = ["---", *properties, "---"] if properties else []
        yield place.path, "\n".join((*head, *body(place, places, random, max(0, wanted)), ""))


def frontmatter(place: Place, places: Shelf, random: Random) -> list[str]:
    """The lines of a note's properties; none for some of the plain ones."""
    match place.kind:
        case "objective":
            return ["type: objective", *owner(places, random), "period: 2026", "status: active"]
        case "key_result":
            return ["type: key result", *serves(places, random, "objective"), "target: 100", "current: 40"]
        case "priority":
            above = serves(places, random, random.choice(("objective", "key_result")))
            rank = f"rank: {random.randint(1, 40)}"
            return ["type: priority", *above, *owner(places, random), rank, "period: 2026-H1", status(random)]
        case "project":
            due = f"due: 2026-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
            above = serves(places, random, "priority")
            return ["type: project", *above, *owner(places, random), status(random), due]
        case "person":
            return ["type: person", "role: Technician", "tags: [person]"]
        case "meeting":
            with_whom = [f'  - "[[{places.any("person", random).name}]]"' for _ in range(random.randint(1, 3))]
            return ["type: meeting", f"date: {place.name[:10]}", "attendees:", *with_whom]
    return plain(place, random)


def plain(place: Place, random: Random) -> list[str]:
    """What the frontmatter of a note of no kind says, if it has any."""
    if random.random() < 0.4:
        return []
    lines = [f"created: 2025-{random.randint(1, 12):02}-{random.randint(1, 28):02}", "tags: [reading, area/field]"]
    if random.random() < 0.1:
        lines.append(f"aliases: [{place.name} alias]")
    return lines


def serves(places: Shelf, random: Random, kind: str) -> list[str]:
    """What the note serves; one in twenty serves nothing."""
    return [f'serves: "[[{places.any(kind, random).name}]]"'] if random.random() < 0.95 else []


def owner(places: Shelf, random: Random) -> list[str]:
    """Whose it is; one in twenty is nobody's."""
    return [f'owner: "[[{places.any("person", random).name}]]"'] if random.random() < 0.95 else []


def status(random: Random) -> str:
    """How it stands."""
    return f"status: {random.choice(('active', 'active', 'active', 'planned', 'blocked', 'done'))}"


def write(folder: Path, notes: int, links: int) -> None:
    """Write the vault into a folder that is empty or not there yet."""
    made: set[Path] = set()
    for path, text in vault(notes, links):
        file = folder / path
        if file.parent not in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            made.add(file.parent)
        file.write_bytes(text.encode())
    (folder / ".obsidian").mkdir(parents=True, exist_ok=True)
    (folder / ".obsidian" / "app.json").write_text("{}\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
