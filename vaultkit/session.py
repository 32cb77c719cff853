"""One run or one watch over a folder: the only thing that changes, and it changes by replacing its Vault with the next.

Session(root) -> .vault -> .findings(), .plan() -> .apply(plan) -> .refresh() -> .vault ... -> .close()
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

from vaultkit import disk
from vaultkit.boards import BOARDS
from vaultkit.current import Current
from vaultkit.earlier import count_written, earlier
from vaultkit.errors import ConflictError, VaultkitError
from vaultkit.insights.holding import hand_on
from vaultkit.language import message
from vaultkit.memory import Judgement, Memory
from vaultkit.proof import disproved
from vaultkit.settled import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from concurrent.futures import Executor
    from datetime import date
    from pathlib import Path

    from vaultkit.config import Config
    from vaultkit.earlier import Earlier
    from vaultkit.model import Finding, Message, Page
    from vaultkit.moving import Move
    from vaultkit.planner import Plan
    from vaultkit.vault import Step, Vault

AnswerT = TypeVar("AnswerT")

_TRIES = 3
"""How often a plan is made again because a note was saved while it was made."""


class Session:
    """A folder, the vault that was read from it, and what has been said of it.

    What `cache` holds of it from earlier runs is neither read nor judged again. `executor` reads the notes in other
    processes, wherever these are, as long as they see the folder; without one this machine's are used where that is
    worth it. `progress` is told how many of how many files have been read. `paranoid` holds whatever was kept
    against the whole vault read anew; so does a VAULTKIT_PARANOID in the environment. `since` is the day or the commit
    from which on the page of changes tells, in place of what the settings say. Raises VaultNotFoundError,
    ConfigError or TemplateError when the folder or its settings cannot be read.
    """

    def __init__(  # noqa: PLR0913 -- each is named where it is given, and has a default
        self,
        root: Path,
        *,
        today: date | None = None,
        language: str = "en",
        obsidian_dir: str | None = None,
        progress: Callable[[int, int], object] | None = None,
        executor: Executor | None = None,
        cache: disk.Cache | None = None,
        paranoid: bool = False,
        since: str | None = None,
    ) -> None:
        self.root = root
        self.stages = disk.Stages()
        """How long each stage of the work has taken so far."""
        self._paranoid = paranoid or bool(os.environ.get("VAULTKIT_PARANOID"))
        self._memory = Memory(cache or disk.Cache(None))
        wanted = Wanted(today, language, obsidian_dir, executor, progress, since)
        self._current = Current(root, wanted, self._memory, self.stages)
        self._findings: tuple[Finding, ...] | None = None
        self._pages: tuple[Page, ...] | None = None
        self._before: tuple[Earlier[tuple[Finding, ...]] | None, Earlier[tuple[Page, ...]] | None] = (None, None)
        """What was last said of an earlier vault: findings and pages."""
        self._count: int | None = None
        self._recognises: bool | None = None
        self._kept = self._recall()

    @property
    def vault(self) -> Vault:
        """The vault as it was last read."""
        return self._current.vault

    @property
    def config(self) -> Config:
        """What the vault's owner has settled."""
        return self._current.settled.config

    @property
    def today(self) -> date:
        """The day on which the vault is judged."""
        return self._current.today

    @property
    def unread(self) -> tuple[str, ...]:
        """What stands in the folder and is not in the vault: links to folders, names that are not UTF-8."""
        return self._current.listing.unreadable

    @property
    def trouble(self) -> Message | None:
        """What kept earlier days from being known, as far as anybody has asked about them."""
        return self._current.trouble

    @property
    def count(self) -> int:
        """How many notes there are, vaultkit's own pages left out."""
        if self._count is None:
            self._count = sum(1 for note in self.vault.notes.values() if note.generated is None)
        return self._count

    @property
    def recognises(self) -> bool:
        """Whether any note is an objective, a priority or a project."""
        if self._recognises is None:
            self._recognises = bool(self.vault.of_kind("objective", "priority", "project"))
        return self._recognises

    @property
    def changed(self) -> frozenset[str] | None:
        """The files that the last refresh found changed; None when it read everything anew."""
        return self._current.step.changed if self._current.step else None

    def findings(self) -> tuple[Finding, ...]:
        """What the validators say of the vault, but for what the owners of the notes live with."""
        return tuple(finding for finding in self.judged() if finding.waived is None)

    def judged(self) -> tuple[Finding, ...]:
        """Everything that the validators say of the vault."""
        if self._findings is not None:
            return self._findings
        from vaultkit import validators  # 20 ms, and of a vault that has not changed all has been said

        def judged() -> tuple[Finding, ...]:
            before = self._before[0]
            with self.stages.timed("validate"):
                if before and before.helps:
                    self.vault.expect(validators.check, validators.recheck(*before))
                self._findings = self.vault.ask(validators.check)
            return self._findings

        return self._asked(judged, validators.check)

    def pages(self) -> tuple[Page, ...]:
        """Everything that the generators have to say, wanted or not."""
        if self._pages is not None:
            return self._pages
        from vaultkit import generators, validators

        def made() -> tuple[Page, ...]:
            self.vault.expect(validators.check, self.judged())
            before = self._before[1]
            with self.stages.timed("render"):
                if before and before.helps:
                    self.vault.expect(generators.render, generators.rerender(*before))
                self._pages = self.vault.ask(generators.render)
            return self._pages

        return self._asked(made, generators.render)

    def plan(self, names: Iterable[str] = (), *, force: bool = False) -> Plan:
        """What would be written; `names` asks for some pages only, by generator or by path."""
        wanted = frozenset(names)

        def planned(texts: Mapping[str, str]) -> Plan:
            from vaultkit import planner

            pages = [page for page in self.pages() if not wanted or page.name in wanted or page.path in wanted]
            return planner.plan(self.vault, pages, texts, force=force, partial=bool(wanted))

        return self._planned(planned)

    def eject(self) -> Plan:
        """What would take every trace of vaultkit's writing out of the notes."""
        from vaultkit import planner

        return self._planned(lambda texts: planner.eject(self.vault, texts), pages=False)

    def apply(self, plan: Plan, *, command: str = "", patience: float | None = None) -> tuple[str, ...]:
        """Write a plan, and read back what was written; raises as `disk.apply` does, and LockedError.

        `command` is what the history calls it; `patience`, in seconds, is how long people at work are waited for.
        """
        if not plan.edits:
            return ()
        waited = {} if patience is None else {"patience": patience}
        try:
            with self.stages.timed("write"), disk.locked(self.root):
                written = disk.apply(plan.edits, self.root, command=command, **waited)
        except VaultkitError as error:
            self.refresh(error.written)
            raise
        self.refresh(written)
        return written

    def move(self, move: Move) -> tuple[str, ...]:
        """Move a file, and write the links that follow it; raises as `apply` does."""
        try:
            with disk.locked(self.root):
                return disk.move(move, self.root)
        finally:
            self.refresh({move.old, move.new, *(edit.path for edit in move.edits)})

    def refresh(self, paths: Iterable[str] | None = None) -> bool:
        """Step to the vault as it now stands on disk; `paths` only hints where to look. True when anything changed."""
        changed = self._current.refresh(paths) != "same"
        if changed:
            self._follow(self._current.step)
        return changed

    def tomorrow(self) -> bool:
        """Step to another day when the clock has; True when it did."""
        turned = self._current.tomorrow()
        if turned:
            self._follow(None)
        return turned

    def settle(self, doubts: disk.Doubts) -> None:
        """Leave what is known to the next run, and have at hand whatever a watch will be asked for."""
        vault, self._current.doubts = self.vault, doubts
        for mapping in (vault.notes, vault.boards, vault.recognised, vault.graph.outgoing, vault.graph.aside):
            mapping.values()
        vault.referrers.looking_up("")
        self.close()

    def close(self) -> None:
        """Leave to the next run what this one has read and said."""
        with self.stages.timed("remember"):
            if self._current.changed or (self._findings is not None and not self._kept):
                if self._findings is not None:
                    self._current.keep_day()
                if self._memory.is_open:
                    self._current.leave()
                    self._memory.keep_judgement(self._judgement())
            self._memory.close()

    def _recall(self) -> bool:
        """Take what was said in an earlier run; False when nothing was, or of other notes than these."""
        outcome, kept = self._current.outcome, self._memory.judgement(self._current.fingerprint)
        if kept is None or outcome == "afresh":
            return False
        self._findings, self._count, self._recognises = kept.findings, kept.notes, kept.recognises
        if outcome == "stepped":
            self._follow(self._current.step)
        return outcome == "same"

    def _follow(self, step: Step | None) -> None:
        """What was said was true before `step`, and helps to find out what is true now."""
        if step:
            hand_on(step)
        findings, pages = self._before
        self._before = (earlier(self._findings, findings, step), earlier(self._pages, pages, step))
        if step and self._count is not None:
            self._count += count_written(step.after, step.touched) - count_written(step.before, step.touched)
        else:
            self._count = None
        self._findings = self._pages = self._recognises = None

    def _judgement(self) -> Judgement | None:
        """What was said, for the next run; None when nobody has asked."""
        found = self._findings
        return None if found is None else Judgement(self._current.fingerprint, found, self.count, self.recognises)

    def _asked(self, ask: Callable[[], AnswerT], question: Callable[[Vault], object]) -> AnswerT:
        """Ask, and prove what is said; of notes that are saved faster than that, the last answer is taken as it is."""
        for _ in range(_TRIES):
            answer = ask()
            if not self._paranoid or self._proven(answer, question):
                return answer
        return ask()

    def _proven(self, answer: object, question: Callable[[Vault], object]) -> bool:
        """Hold what was said against a vault made of nothing but the files; False when the files have changed since."""
        doubted = self._current.doubted
        rebuilt, undisturbed = self._current.rebuilt()
        anew = rebuilt.ask(question)
        if rebuilt == self.vault and anew == answer:
            return True
        if self.refresh() or not undisturbed or self._current.doubted != doubted:
            return False
        self._findings = self._pages = None
        self._before = (None, None)  # whoever asks again is told what is found anew
        raise disproved(self.vault, rebuilt, (answer, anew), str(self.root))

    def _planned(self, planned: Callable[[Mapping[str, str]], Plan], *, pages: bool = True) -> Plan:
        """A plan over texts that read as the vault has them: when a note was saved meanwhile, it is made again."""
        for _ in range(_TRIES):
            texts, stale = self._current.texts({page.path for page in self.pages()} if pages else self._excluded())
            if not stale:
                with self.stages.timed("compare"):
                    return planned(texts)
            self.refresh(stale)
        said = message("the notes are being saved faster than they can be read")
        raise ConflictError(said, path=stale[0], hint=message("run the command again in a moment"))

    def _excluded(self) -> set[str]:
        """The notes and boards that are left out of judgement: vaultkit may have written them before they were."""
        return {path for path in self.vault.files if path.endswith((".md", *BOARDS))}
