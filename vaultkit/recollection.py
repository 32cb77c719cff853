"""A vault's folder goes in; what its notes said on earlier days comes out when somebody asks, from whoever keeps it.

That is the repository that the vault lies in, if its notes were ever committed there; else the days that vaultkit has
written down. What git tells is kept in the memory under the last commit, and of a new commit only the new texts are
read. The days are those before today: of today the vault itself tells.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from vaultkit import disk
from vaultkit.language import message
from vaultkit.lazy import Lazy, Once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from pathlib import Path

    from vaultkit.disk.gitdir import Repository
    from vaultkit.disk.gitlog import Told
    from vaultkit.memory import Memory
    from vaultkit.vault import Vault
    from vaultkit.vault.past import Past, Recalled, Recollection


class Notes(NamedTuple):
    """Of which notes anybody may ask."""

    is_excluded: Callable[[str], bool]
    settled: str
    """What says so: as long as it stays the same, so do these."""
    of_kinds: Callable[[], Iterable[str]]
    """Those of which somebody will."""


class Recollecting:
    """What makes the recollections of one vault, of which the next takes over what the last has read."""

    def __init__(self, root: Path, memory: Memory, *, keeps: bool) -> None:
        self.keeps = keeps
        """Whether what the notes say today is written down for later days."""
        self._kept: Vault | None = None
        """The last vault of which it was."""
        self._root = root
        self._memory = memory
        self._told: Told | None = None

    def recollection(self, today: date, notes: Notes) -> Recollection:
        """What is known on a day of the days before it."""
        repository = disk.find_repository(self._root)

        def find() -> Recalled:
            from vaultkit.vault.past import Recalled  # of a vault that has not changed nobody asks

            past, trouble = None, None
            if repository:
                try:
                    past = self._from_git(repository, notes)
                except disk.GitError as error:
                    trouble = message("Git does not tell what the notes said on earlier days: {why}", why=error.why)
            return Recalled(past or disk.past_of(disk.read_days(self._root), today), trouble)

        return Once(find, repository.mark if repository else "")  # of the days before today none is written any more

    def keep(self, vault: Vault, recollection: Recollection) -> None:
        """Write down what the notes say today, where no repository does so."""
        if vault is self._kept:
            return
        from vaultkit.vault.past import said

        self._kept = vault
        past = recollection.value.past
        if past is None or past.keeper == "vaultkit":
            notes = (vault.notes[path] for path in vault.recognised)
            disk.keep_day(self._root, vault.today, {note.path: said(note) for note in notes if note.generated is None})

    def _from_git(self, repository: Repository, notes: Notes) -> Past | None:
        """The past that git tells; of a note that nobody thought of, the versions are read when somebody asks."""
        from vaultkit.vault.past import Past, Version

        told = self._asked(repository, notes)
        history, said = told.history, dict(told.said)

        def versions(path: str) -> tuple[Version, ...]:
            dated = history.versions(path)
            with suppress(disk.GitError):
                said.update(disk.read_versions(repository, [blob for _, blob in dated if blob not in said]))
            return tuple(Version(day, *said[blob]) for day, blob in dated if blob in said)

        return Past("git", history.since, Lazy(history.blobs, versions)) if history.since and history.blobs else None

    def _asked(self, repository: Repository, notes: Notes) -> Told:
        """What git tells, with the texts of all notes of a kind; what is known of it already it is not asked again."""
        from vaultkit.disk.gitlog import Told

        mark = f"{repository.mark} {repository.prefix} {notes.settled}"
        kept = self._told or self._memory.told()
        if kept and kept.mark == mark:
            history = kept.history
        else:
            history = disk.read_history(repository, disk.today(), lambda path: not notes.is_excluded(path))
        names = dict.fromkeys(blob for path in notes.of_kinds() for _, blob in history.versions(path))
        known = kept.said if kept else {}
        said = {blob: known[blob] for blob in names if blob in known}
        missing = [blob for blob in names if blob not in said]
        self._told = Told(mark, history, said | disk.read_versions(repository, missing))
        if self._told != kept:
            self._memory.keep_told(self._told)
        return self._told
