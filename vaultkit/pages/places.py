"""Where pages go: a Vault goes in, the path of each page comes out.

People may move or rename a page of ours: it is found again by what it says of itself. A new page never takes the place
of a note, nor a name that would change what somebody's link opens.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from vaultkit.insights.briefing import coming
from vaultkit.insights.people import teams_of
from vaultkit.insights.placing import file_name
from vaultkit.insights.status import is_live
from vaultkit.pages.names import BOARDS, FILE_NAMES, HOMES, INDEX, OWN_NAMES, TEAM
from vaultkit.pages.readers import kept_from
from vaultkit.pages.wanted import is_wanted, named_by
from vaultkit.text import name_key
from vaultkit.vault import Known, Vault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.config import PageTable
    from vaultkit.model import Note

_LONGEST = 180
"""Bytes of a note's name in the name of its page: no disk takes more than 255 in all."""


class Own(NamedTuple):
    """The page that one team or one meeting has."""

    name: str
    """What the page says of itself: `team Sales`."""
    path: str


def places(vault: Vault) -> Mapping[str, str]:
    """Page -> its path, for those that are wanted: dashboards, canvases, bases, the vault's own, `team Sales` ..."""
    names = (*FILE_NAMES, *BOARDS, *named_by(vault))
    found = {name: _place(vault, name) for name in names if is_wanted(vault, name)}
    return found | {own.name: own.path for own in vault.ask(own_pages).values()}


def own_pages(vault: Vault) -> Mapping[tuple[str, str], Own]:
    """`team` or `meeting-brief`, and the note that it is about -> its page."""
    found: dict[tuple[str, str], Own] = {}
    taken: set[str] = set()
    for name in OWN_NAMES:
        if name in vault.config.pages.off:
            continue
        away = kept_from(vault, name)
        notes = [note for note in vault.of_kind("team" if name == TEAM else "meeting") if note.path not in away]
        bearers = Counter(name_key(note.name) for note in notes)
        for note in notes:
            if has_page(vault, name, note):
                alone = bearers[name_key(note.name)] == 1
                own = _own(vault, name, note.name if alone else note.path.removesuffix(".md"), taken)
                taken.add(name_key(own.path))
                found[name, note.path] = own
    return found


def index_path(path: str) -> str:
    """The path of an index page as `vaultkit.toml` gives it, with or without `.md`."""
    return f"{path.strip('/').removesuffix('.md')}.md"


def built(vault: Vault) -> Vault:
    """The vault as links will find it once its pages stand: what a first build writes, a second need not write anew."""
    pages = set(vault.ask(places).values())
    if INDEX not in vault.config.pages.off:
        pages |= {index_path(index.path) for index in vault.config.index if index.path}
    new = {page for page in pages if not vault.has(page)}
    if not new:
        return vault
    return Vault(
        vault.everything,
        vault.files | new,
        vault.setting,
        resolver=vault.resolver.replaced(new, ()),
        known=Known(referrers=vault.referrers, last=vault, moved=True),
    )


def has_page(vault: Vault, name: str, note: Note) -> bool:
    """Whether a team of anybody or a meeting to come has a page.

    A brief that stands stays, so that nothing a person wrote is lost.
    """
    if name == TEAM:
        return is_live(vault, note) and note.path in vault.ask(_named_teams)
    standing = vault.ask(_standing)
    names = (note.name, note.path.removesuffix(".md"))
    return note.path in vault.ask(coming) or any(name_key(f"{name} {each}") in standing for each in names)


def _named_teams(vault: Vault) -> frozenset[str]:
    """The teams of which somebody or something is that their readers may see."""
    away = kept_from(vault, TEAM)
    return frozenset(team for path, teams in vault.ask(teams_of).items() if path not in away for team in teams)


def _own(vault: Vault, page: str, about: str, taken: set[str]) -> Own:
    """Where a page that is about one note stands; else a free place beside the other pages."""
    name = f"{page} {about}"
    standing = vault.ask(_standing).get(name_key(name), [])
    if len(standing) == 1 and name_key(standing[0]) not in taken:
        return Own(name, standing[0])
    own = vault.config.page.get(page)
    folder, language = _home(vault, page)
    short = about.replace("/", " - ").encode("utf-8", "ignore")[:_LONGEST].decode("utf-8", "ignore").strip()
    file_name, count = OWN_NAMES[page][language].format(short), 2
    home = f"{own.path.strip('/')}/" if own and own.path.strip("/") else folder
    path = f"{home}{file_name}.md"
    if _taken(vault, path):
        path = f"{home}{file_name} (vaultkit).md"
    while name_key(path) in taken:
        path, count = f"{home}{file_name} {count}.md", count + 1
    return Own(name, path)


def _standing(vault: Vault) -> Mapping[str, list[str]]:
    """Name of a page, as `name_key` has it -> where pages stand that say they are this one."""
    found: dict[str, list[str]] = {}
    for path, name in vault.gather(page_name).items():
        if name is not None:
            found.setdefault(name_key(name), []).append(path)
    return found


def page_name(_vault: Vault, note: Note) -> str | None:
    """Which page of vaultkit's a note says it is."""
    return note.generated.page if note.generated else None


def _place(vault: Vault, name: str) -> str:
    """Where the one page of this name stands; else a free place in the folder of the pages."""
    standing, page = vault.ask(_standing).get(name, []), BOARDS[name][1] if name in BOARDS else name
    own = vault.config.page.get(page)
    if own and own.path and page == name:
        return index_path(own.path)
    if len(standing) == 1:
        return standing[0]
    home, language = _home(vault, page)
    title, extension = _title(name, own, language)
    called = file_name(title) or name
    usual, other = f"{home}{called}{extension}", f"{home}{called} (vaultkit){extension}"
    return other if _taken(vault, usual) else usual


def _title(name: str, own: PageTable | None, language: str) -> tuple[str, str]:
    """What a page is called in a language, and the extension of its file."""
    if name in BOARDS:
        return BOARDS[name][2][language], name[name.rfind(".") :]
    if own and own.title:
        return own.title, ".md"
    return FILE_NAMES[name][language] if name in FILE_NAMES else name, ".md"


def _home(vault: Vault, name: str) -> tuple[str, str]:
    """The folder of the pages, with a slash where there is one, and the language of this page."""
    own = vault.config.page.get(name)
    language = (own and own.language) or (vault.language if vault.language in HOMES else "en")
    folder = HOMES[language] if vault.config.pages.folder is None else vault.config.pages.folder.strip("/")
    return (f"{folder}/" if folder else ""), language


def _taken(vault: Vault, path: str) -> bool:
    """Whether a person's note stands there, or has the same name elsewhere: `[[Overview]]` must go on to mean that one.

    Of a file that is excluded from judgement nothing is known: at this very path it may be our own page.
    """
    for other in vault.resolver.namesakes(path):
        note = vault.everything.get(other)
        if note is None and name_key(other) != name_key(path):
            return True
        if note is not None and note.generated is None:
            return True
    return False
