"""What was asked goes in; the vault it means, read, comes out, with progress on the terminal while that takes long."""

from __future__ import annotations

import shlex
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vaultkit import disk
from vaultkit.cli.saying import tell
from vaultkit.cli.trouble import tell_trouble
from vaultkit.errors import VaultNotFoundError
from vaultkit.language import message, say
from vaultkit.report.screen import glued, screen
from vaultkit.session import Session
from vaultkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from vaultkit.cli.options import Asked
    from vaultkit.model import Note

_STAGES = {
    "walk": message("walk"),
    "read": message("read and parse"),
    "recall": message("recall"),
    "resolve": message("resolve links"),
    "validate": message("judge"),
    "render": message("make pages"),
    "compare": message("compare"),
    "write": message("write"),
    "remember": message("remember"),
}
"""What each stage is called in `-v`."""
_PATIENCE = 0.3
"""How long, in seconds, a person waits without asking what is going on."""


def open_session(asked: Asked, *, near: Iterable[str] = (), writes: bool = False, since: str | None = None) -> Session:
    """The vault that was asked for, as it now stands on disk; without a word about it, the vault that holds `near`.

    Whoever `writes` finishes first what an earlier run was kept from finishing. `since` is for the page of changes.
    """
    folders = [place if place.is_dir() else place.parent for place in map(Path, near) if place.exists()]
    root = vault_folder(asked, *folders[:1])
    if writes:
        finish_interrupted(asked, root)
    cache = disk.Cache(None if asked.no_cache else disk.cache_file(root), str(root.resolve()))
    with _progress(asked) as told:
        session = Session(
            root,
            today=asked.today,
            language=asked.language,
            progress=told,
            obsidian_dir=asked.obsidian_dir,
            cache=cache,
            paranoid=asked.paranoid,
            since=since,
        )
    click.get_current_context().call_on_close(lambda: _close(asked, session))
    return session


def _close(asked: Asked, session: Session) -> None:
    """Let go of the vault once all has been said."""
    session.close()
    if asked.verbose:
        if session.trouble:
            tell(asked, session.trouble)
        seconds = session.stages.seconds.items()
        took = (glued(f"{say(_STAGES[stage], asked.language)} {s:.3f} s") for stage, s in seconds)
        click.echo(screen(sys.stderr).fold(", ".join(took), "  "), err=True)


def finish_interrupted(asked: Asked, root: Path) -> None:
    """Finish what an earlier run had begun to write and was kept from finishing, and say so."""
    if not disk.is_unfinished(root):
        return
    with disk.locked(root):
        finished = disk.finish(root)
    for run, left in finished:
        what = message("{command}, {time}", command=run.command, time=run.began)
        tell(asked, message("An earlier run was interrupted, and is finished now: {what}.", what=what))
        for error in left:
            tell_trouble(error, asked.language, verbose=asked.verbose)


def vault_folder(asked: Asked, near: Path | None = None) -> Path:
    """The vault around the folder that was named, else around the current one, else that folder of notes itself."""
    start = asked.vault or near or Path.cwd()
    home = asked.obsidian_dir or disk.HOME
    found = disk.find_vault(start, home)
    if found is None and asked.vault is None and not disk.holds_notes(start):
        raise VaultNotFoundError(
            message("this is no folder of notes, and none above it holds `{name}` or `vaultkit.toml`", name=home),
            path=str(start),
            hint=message("Name the vault: vaultkit -C FOLDER. To try vaultkit on a sample: vaultkit demo"),
        )
    root = found or start.resolve()  # Obsidian is not the only editor: notes are enough, and a name is enough
    if asked.obsidian_dir and not disk.holds_folder(root, home):
        raise VaultNotFoundError(message("there is no folder {name} in this vault", name=home), path=str(root))
    if asked.vault is None or asked.vault.resolve() != root:
        _tell_above(asked, root, home)
    return root


def _tell_above(asked: Asked, root: Path, home: str) -> None:
    """Of two vaults, one in the other, the nearest is meant: whoever stands in it may have thought of the other."""
    above = disk.find_vault(root.parent, home) if root.parent != root else None
    if above is not None:
        tell(
            asked,
            message(
                "The nearest vault is {folder}; it lies within another: for that one, vaultkit -C {above}",
                folder=root.name,
                above=shlex.quote(str(above)),
            ),
        )


def find_note(session: Session, name: str) -> Note:
    """The note that `name` means: a path from the vault or from here, or what a link of that name would open."""
    vault = session.vault
    note = vault.find(name) or vault.notes.get(vault_path(session.root, name))
    if note:
        return note
    near = _nearest(name.rpartition("/")[2].removesuffix(".md"), [note.name for note in vault.notes.values()])
    hint = message("did you mean {word}?", word=near) if near else None
    raise VaultNotFoundError(message("there is no note {name}", name=name), hint=hint)


def _nearest(name: str, names: Iterable[str]) -> str | None:
    """The name that is nearest; else one of which a single word is, as somebody's first name."""
    from difflib import get_close_matches  # 14 ms, and only on the way to an error

    whole = {fold(each): each for each in names}
    words = {word: each for key, each in reversed(whole.items()) for word in key.split() if len(word) > len("and")}
    for known, cutoff in ((whole, 0.6), (words, 0.75)):
        near = get_close_matches(fold(name), list(known), n=1, cutoff=cutoff)
        if near:
            return known[near[0]]
    return None


def find_source(session: Session, name: str) -> Note:
    """The note, canvas or base that `name` means: whatever links can stand in."""
    vault = session.vault
    written = name.removeprefix("[[").removesuffix("]]")
    for path in (written, vault_path(session.root, written), vault.resolver.resolve(written, "")):
        if path and path in vault.boards:
            return vault.boards[path]
    return find_note(session, name)


def vault_path(root: Path, name: str) -> str:
    """The path in the vault of what `name` means from the current folder; empty for the vault itself and outside it."""
    place, root = Path(name).resolve(), root.resolve()
    return place.relative_to(root).as_posix() if place != root and place.is_relative_to(root) else ""


@contextmanager
def _progress(asked: Asked) -> Iterator[Callable[[int, int], object] | None]:
    """A line that moves, once reading has lasted long enough for a person to wonder."""
    if asked.quiet or not sys.stderr.isatty():
        yield None
        return
    begun = time.monotonic()
    with ExitStack() as shown:
        update: list[Callable[[int, int], object]] = []
        ended = False

        def told(done: int, total: int) -> None:
            if ended:
                return  # a watch reads again, much later: the line is gone
            if not update and time.monotonic() - begun > _PATIENCE:
                update.append(shown.enter_context(_bar(asked.language)))
            for each in update:
                each(done, total)

        yield told
        ended = True


@contextmanager
def _bar(language: str) -> Iterator[Callable[[int, int], object]]:
    from rich.console import Console  # 50 ms, and only for those who wait
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        reading = bar.add_task(say(message("Reading notes"), language), total=None)
        yield lambda done, total: bar.update(reading, completed=done, total=total)
