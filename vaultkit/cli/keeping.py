"""Hints at what was saved come in; the vault is brought up to them, its pages with it, and what is new is said."""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec.structs import replace

from vaultkit.cli.braking import TIMES, Brake
from vaultkit.cli.consent import outline
from vaultkit.cli.narrowing import Wish, narrowed
from vaultkit.cli.saying import echo, tell, tell_unread
from vaultkit.cli.trouble import tell_trouble
from vaultkit.errors import BusyError, ConflictError, LockedError, ParanoidError, VaultkitError, WriteError
from vaultkit.language import message
from vaultkit.report import text
from vaultkit.report.screen import screen

if TYPE_CHECKING:
    from vaultkit import disk
    from vaultkit.cli.options import Asked
    from vaultkit.model import Message
    from vaultkit.planner import Plan
    from vaultkit.session import Session

_TAIL = 2.0
"""Seconds after which more may have come of what a look at everything found."""
_RETRY = 1.0
"""Seconds until what somebody else kept us from writing is tried again."""
_PATIENCE = 5
"""How often in a row it is, before a word is said."""
_MEND = 30.0
"""Seconds until a disk that refused a write is asked again."""


class Keeper:
    """Keeps what is said of a vault, and its pages if `build`, as the notes have it."""

    def __init__(self, asked: Asked, session: Session, watch: disk.Watch, doubts: disk.Doubts, *, build: bool) -> None:
        self._asked = asked
        self._session = session
        self._watch = watch
        self._doubts = doubts
        self._build = build
        self._by_file = session.vault.config.written
        """Then the file is the consent, for as long as it stands there."""
        self._said = session.findings()
        self._built: object = None
        """The vault whose pages stand on disk."""
        self._brake = Brake()
        self._held: frozenset[str] = frozenset()
        """The pages that are left alone, as far as it was told."""
        self._unread: frozenset[str] = frozenset()
        """What stands in the folder and cannot be read, as far as it was told."""
        self._trouble: tuple[str, Message] | None = None
        """What went wrong the last time: it is told once, not at each save and each try."""
        self._refusals = 0
        """How often in a row somebody else kept us from writing."""

    def ahead(self, hints: frozenset[str]) -> None:
        """Find out what a save changes while more is waited for: nothing of it is told or written before it is sure."""
        with suppress(VaultkitError):  # if it still stands when the wait is over, it is told then
            self._refresh(hints)
            if self._build:
                self._session.pages()
            else:
                self._session.findings()

    def look(self, hints: frozenset[str] | None) -> None:
        """Bring everything up to what was saved; what goes wrong is told, or tried again in a while."""
        pause = 0.0
        try:
            self._step(hints)
        except VaultkitError as error:
            self._stumble(error)
            pause = _RETRY  # the doubts may be as they were, and due: not to be gone into again without a pause
        else:
            self._refusals, self._trouble = 0, None
        gc.collect()  # here nobody waits for it; in the middle of a save it would be 10 ms more
        again = self._doubts.again()
        if again:
            seconds, paths = again
            self._watch.again(max(seconds, pause), paths)

    def _stumble(self, error: VaultkitError) -> None:
        """Try again what may go well later, and tell what somebody has to mend."""
        errors = (error, *error.others)
        for each in errors:
            if isinstance(each, BusyError):  # somebody is typing
                self._watch.again(each.seconds, (each.path,))
            elif isinstance(each, ConflictError):  # a note saved meanwhile, another vaultkit on another machine
                self._watch.again(_RETRY, (each.path,))
            elif isinstance(each, LockedError | ParanoidError):
                self._watch.again(_RETRY, ())
            elif isinstance(each, WriteError):
                self._watch.again(_MEND, ())
        if all(isinstance(each, BusyError) for each in errors):
            return
        if all(isinstance(each, ConflictError | LockedError) for each in errors):
            self._refusals += not self._doubts.paths  # else it is a note that is half saved
            if self._refusals < _PATIENCE:
                return
        if self._watch.stands():  # else the watch says what there is to say
            self._tell(error)

    def _step(self, hints: frozenset[str] | None) -> None:
        if self._refresh(hints) and hints is None:
            self._watch.again(_TAIL)
        self._session.tomorrow()
        self._tell_unread()
        if not self._watch.stands():  # what was read may be what is left of it
            return
        try:
            if self._build and (self._session.vault.config.written or not self._by_file):
                self._write()
        finally:  # who types without a pause in a note that holds a list is told of the findings all the same
            self._tell_news()

    def _refresh(self, hints: frozenset[str] | None) -> bool:
        changed = self._session.refresh(hints)
        if changed:
            self._brake.saw(self._session.changed)
        return changed

    def _tell_news(self) -> None:
        said, before = self._session.findings(), self._said
        if not self._watch.stands():
            return
        if said is before:
            return
        known = narrowed(self._session, Wish()).known
        self._said = said
        echo(text.news(before, said, screen(sys.stdout, self._asked.language), known))

    def _write(self) -> None:
        """Write what has changed; a page that a person edited is a finding, and needs no word at every save."""
        if self._session.vault is self._built:
            return
        plan = self._session.plan()
        edits = self._brake.free(plan.edits)
        self._tell_held()
        if not edits:
            self._built = self._session.vault
        elif self._watch.stands():
            self._apply(replace(plan, edits=edits))

    def _apply(self, plan: Plan) -> None:
        written: set[str] = set()
        try:
            with self._doubts.trusting(edit.path for edit in plan.edits):
                written = set(self._session.apply(plan, command="watch", patience=0))
        except VaultkitError as error:
            written = set(error.written)
            raise
        finally:
            edits = [edit for edit in plan.edits if edit.path in written]
            self._brake.wrote(edits)
            echo(outline(edits, screen(sys.stdout, self._asked.language)))

    def _tell_held(self) -> None:
        """Name the pages that somebody else keeps changing back, each once."""
        for path in sorted(self._brake.held - self._held):
            said = message(
                "{path} was written {count} times, and changed back each time by another program: it is left alone"
                " until a note changes",
                path=path,
                count=TIMES,
            )
            tell(self._asked, said)
        self._held = self._brake.held

    def _tell_unread(self) -> None:
        """Name what the vault is read without, each once."""
        unread = frozenset(self._session.unread)
        tell_unread(self._asked, sorted(unread - self._unread))
        self._unread = unread

    def _tell(self, error: VaultkitError) -> None:
        trouble = (error.path, error.message)
        if trouble != self._trouble:
            tell_trouble(error, self._asked.language, verbose=self._asked.verbose)
        self._trouble = trouble
