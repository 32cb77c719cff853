"""What the commands that print a page share: a session goes in, the vault with all that was said of it comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit import generators
from vaultkit.cli.saying import tell
from vaultkit.generators import meeting_brief
from vaultkit.insights.briefing import coming
from vaultkit.language import message
from vaultkit.pages.places import own_pages, places
from vaultkit.regions import carried_over, yours
from vaultkit.validators import check

if TYPE_CHECKING:
    from vaultkit.cli.options import Asked
    from vaultkit.model import Message, Note
    from vaultkit.session import Session
    from vaultkit.vault import Vault


def judged(session: Session) -> Vault:
    """The vault, whose findings are known from earlier runs as far as nothing has changed."""
    session.vault.expect(check, session.judged())
    return session.vault


def page_text(session: Session, name: str) -> str:
    """The one page of a generator as it would read now, wanted or not, with what people wrote in it."""
    vault = judged(session)
    (page,) = generators.written(vault, name)
    return _with_own_words(vault, page.path, page.text)


def meeting_text(vault: Vault, note: Note) -> str:
    """What the page of a meeting would say, of whatever meeting, with what people wrote in it."""
    own = vault.ask(own_pages).get((meeting_brief.NAME, note.path))
    if own is None:
        return meeting_brief.text_of(vault, note)
    near = note.path in vault.ask(coming)
    pages = {page.path: page.text for page in generators.written(vault, meeting_brief.NAME)} if near else {}
    return _with_own_words(vault, own.path, pages.get(own.path) or meeting_brief.text_of(vault, note))


def where_to_write(vault: Vault, name: str, once_there: Message) -> Message:
    """The next step for whoever has read a page that takes answers: it is there to be written in, or to be built."""
    there = vault.ask(places).get(name) in vault.notes
    return once_there if there else message("Next: {command}", command="vaultkit build")


def _with_own_words(vault: Vault, path: str, text: str) -> str:
    note = vault.notes.get(path)
    said = note.generated.yours if note is not None and note.generated is not None else ()
    return carried_over(text, "\n".join(f"{yours(each.name, each.text)}\n" for each in said))[0]


def tell_unrecognised(asked: Asked, session: Session) -> None:
    """Why there is so little to print, where nobody's notes speak of work."""
    if not session.recognises:
        told = message(
            "No objective, priority or project was recognised here; {command} says how they are.",
            command="vaultkit init",
        )
        tell(asked, told)
