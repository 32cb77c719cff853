"""`vaultkit mv OLD NEW`: a file and a place come in; the file stands there, and every link means what it meant."""

from __future__ import annotations

import sys
from gettext import gettext as _
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from vaultkit import disk, moving, planner
from vaultkit.cli.endpoints import paths_after, paths_of
from vaultkit.cli.known import following
from vaultkit.cli.opening import open_session
from vaultkit.cli.options import Asked, door
from vaultkit.cli.saying import ask, can_ask, echo, tell
from vaultkit.errors import ConflictError, ConsentError
from vaultkit.language import message, plural, say
from vaultkit.report.screen import cells, clean, screen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.model import Message
    from vaultkit.moving import Move
    from vaultkit.report.screen import Screen
    from vaultkit.session import Session


@door(
    "mv",
    _(
        "Move or rename a note, or any other file of the vault: every link that would lead elsewhere is written anew, "
        "as Obsidian does. Shows what changes, and asks.\n\nOLD: a path, or a name as a link says it. NEW: a path in "
        "the vault, a folder (Archive/), or only a new name. A path that begins with ./ or ../ begins here."
    ),
)
@click.argument("old", metavar=_("OLD"))
@click.argument("new", metavar=_("NEW"))
@click.option("--diff", is_flag=True, help=_("Show what would change, as a diff, and write nothing."))
@click.option("--dry-run", "-n", is_flag=True, help=_("Say what would change, and write nothing."))
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@click.option("--force", "-f", is_flag=True, help=_("Move it even where a link cannot follow."))
@click.option("--after", is_flag=True, help=_("It has been moved already, by other means: only write the links."))
@click.pass_obj
def command(asked: Asked, old: str, new: str, *, diff: bool, dry_run: bool, yes: bool, force: bool, after: bool) -> int:
    """Exit with 1 when the owner says no."""
    session = open_session(asked, writes=not (diff or dry_run))
    paths = paths_after(session, old, new) if after else paths_of(session, old, new)
    texts, move = _planned(session, *paths)
    view = screen(sys.stdout, asked.language)
    echo(_diff(move, texts) if diff else _outline(move, view))
    _tell_limits(asked, session, move)
    if move.left and not force:
        _refuse(move)
    if diff or dry_run:
        return 0
    if not yes and not _is_done(move) and not _agreed(asked, move):
        return 1
    session.move(move)
    _tell_done(asked, move)
    return 0


def _planned(session: Session, old: str, new: str) -> tuple[Mapping[str, str], Move]:
    """What is to be done, and the texts that it is done to, by their paths after the move."""
    home = old if old in session.vault.paths else new
    paths = {home if path == old else path: path for path in moving.concerned(session.vault, old, new)}
    texts = {paths[path]: text for path, text in disk.read_texts(session.root, sorted(paths)).items()}
    last = disk.last_move(session.root)
    done = last[1] if last and last[0] == (old, new) else frozenset[str]()
    move = moving.plan(session.vault, texts, old, new, done)
    texts = {new if path == old else path: text for path, text in texts.items()}
    known = following(session, old, new)
    if known is None:
        return texts, move
    return texts | {known.path: known.expected or ""}, replace(move, edits=(*move.edits, known))


def _outline(move: Move, view: Screen) -> Iterator[str]:
    """The move, then a line for each note in which links are written anew."""
    words = {path: say(plural("{count} link", "{count} links", n), view.language) for path, n in move.links.items()}
    moved = say(message("moved"), view.language)
    width = max(map(cells, (moved, *words.values())))
    if not move.there:
        place = f"{clean(move.old)} -> {clean(move.new)}"
        yield f"{view.paint(moved, 'good')}{' ' * (width - cells(moved))}  {place}"
    for path, word in sorted(words.items()):
        yield f"{view.paint(word, 'info')}{' ' * (width - cells(word))}  {clean(path)}"


def _diff(move: Move, texts: Mapping[str, str]) -> Iterator[str]:
    """What would change as a diff that `git apply` takes, the move itself included."""
    own = [edit for edit in move.edits if edit.path == move.new and not move.there]
    if not move.there:
        yield f"diff --git a/{move.old} b/{move.new}\nrename from {move.old}\nrename to {move.new}"
    if own:
        yield planner.diff(own, texts).replace(f"--- a/{move.new}", f"--- a/{move.old}", 1).removesuffix("\n")
    others = planner.diff([edit for edit in move.edits if edit not in own], texts)
    if others:
        yield others.removesuffix("\n")


def _tell_limits(asked: Asked, session: Session, move: Move) -> None:
    """What a person who agrees should know."""
    page = session.vault.everything.get(move.old)
    if page and page.generated:
        tell(asked, message("This is a page of vaultkit's: the next build makes it again where it was."))
    if move.found and not move.there:
        said = plural(
            "{count} link that leads nowhere will lead to it.",
            "{count} links that lead nowhere will lead to it.",
            move.found,
        )
        tell(asked, said)
    if move.ours:
        said = plural(
            "{count} link that vaultkit wrote is left: the next build writes it.",
            "{count} links that vaultkit wrote are left: the next build writes them.",
            move.ours,
        )
        tell(asked, said)
    for path in move.unread:
        tell(asked, message("Not read, and so not followed, whatever it links to: {path}", path=path))
    for path in move.partly:
        tell(asked, message("Read only in part: a link in the rest of it is left as it is: {path}", path=path))
    for place in move.left:
        tell(asked, message("This link cannot follow: {place}", place=place))


def _refuse(move: Move) -> None:
    raise ConflictError(
        plural("{count} link would lead elsewhere", "{count} links would lead elsewhere", len(move.left)),
        path=move.left[0],
        hint=message("Mend the note or the link first, or move the file all the same with --force."),
    )


def _agreed(asked: Asked, move: Move) -> bool:
    if not can_ask():
        raise ConsentError(message("nobody is here to say yes"), hint=message("Agree with --yes."))
    if ask(asked, _question(move)):
        return True
    tell(asked, message("Nothing was moved."))
    return False


def _question(move: Move) -> Message:
    notes = plural("{count} note", "{count} notes", len(move.links))
    count = sum(move.links.values())
    if move.there:
        return plural(
            "Write {count} link anew, in {notes}?", "Write {count} links anew, in {notes}?", count, notes=notes
        )
    if not count:
        return message("Move it? No link changes.")
    return plural(
        "Move it, and write {count} link anew, in {notes}?",
        "Move it, and write {count} links anew, in {notes}?",
        count,
        notes=notes,
    )


def _is_done(move: Move) -> bool:
    """Whether it stands there, and all that can follow it does."""
    return move.there and not move.links


def _tell_done(asked: Asked, move: Move) -> None:
    if not move.links:
        done = message("Done: no link had to change.")
        tell(asked, message("Nothing to do: the links follow it already.") if move.there else done)
        return
    notes = plural("{count} note", "{count} notes", len(move.links))
    count = sum(move.links.values())
    tell(
        asked,
        plural(
            "Done: {count} link written anew, in {notes}.",
            "Done: {count} links written anew, in {notes}.",
            count,
            notes=notes,
        ),
    )
