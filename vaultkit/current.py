"""A folder goes in, its vault comes out and is kept current: from memory what has not changed, the rest from disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec.structs import replace

from vaultkit import disk
from vaultkit.insights.holding import holding
from vaultkit.lazy import Lazy
from vaultkit.model import Note
from vaultkit.recollection import Notes, Recollecting
from vaultkit.settled import Settled, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from vaultkit.disk.excluded import Exclusion
    from vaultkit.disk.parsing import Parsed
    from vaultkit.disk.rescan import Read
    from vaultkit.memory import Memory
    from vaultkit.model import Change, Message
    from vaultkit.vault import Known, Setting, Step, Vault
    from vaultkit.vault.past import Recollection

_NOTHING = disk.Listing({}, frozenset())
Outcome: TypeAlias = Literal["same", "stepped", "afresh"]


class Current:
    """The vault of a folder as it was last read, and what tells whether it has changed since."""

    def __init__(self, root: Path, wanted: Wanted, memory: Memory, stages: disk.Stages) -> None:
        self.root = root
        self.settled: Settled
        self.recollection: Recollection
        """What is known of earlier days."""
        self.listing: disk.Listing
        self.step: Step | None = None
        """The last step, when there was one: from what was remembered, or from what was read before."""
        self.doubts: disk.Doubts | None = None
        """What keeps a watch from believing notes that are half saved."""
        self.changed = False
        """Whether what is known is more than what the memory has."""
        self._wanted = wanted
        self._memory = memory
        self._stages = stages
        self.today = self._present()
        """The day on which it is judged."""
        self._exclusion: Exclusion
        self._recollecting = Recollecting(root, memory, keeps=wanted.today is None and memory.is_open)
        self._vault: Vault | None = None
        self._fresh: dict[str, bytes] = {}
        """What the memory has not been given yet: path -> the encoded note, or nothing where nobody has encoded it."""
        self._prepared: Setting | None = None
        self._lost: set[str] = set()
        """The notes that the memory should have had, and has not."""
        remembered = memory.listing()
        self._cold = remembered is None
        self.listing = remembered or _NOTHING
        settled, known = Settled(self.root, self._wanted.obsidian_dir), Lazy(self.listing.notes, self._remembered)
        self.outcome: Outcome = self._read(settled, known, self._memory.known)
        """How the vault came about: all of it remembered, by a step from what was, or afresh."""

    @property
    def vault(self) -> Vault:
        """The vault; made when it is first asked for, since what was said of it may be all that is wanted."""
        if self._vault is None:
            with self._stages.timed("recall"):
                self._vault = self._make()
        return self._vault

    @property
    def fingerprint(self) -> str:
        """Of all that a judgement depends on beside the notes."""
        language = self.settled.config.language or self._wanted.language
        known, trouble = self.recollection, repr(self.trouble or "")
        return self.settled.fingerprint(self.today.isoformat(), language, known.mark, trouble)

    @property
    def trouble(self) -> Message | None:
        """What kept earlier days from being known, as far as anybody has asked about them."""
        return self.recollection.value.trouble if self.recollection.is_found else None

    def refresh(self, paths: Iterable[str] | None = None) -> Outcome:
        """Bring the vault to what now stands on disk; `paths` only hints where to look."""
        hints = None if paths is None else tuple(paths)
        look = self._look(self.vault.everything)
        if hints is None or any(self.settled.concerns(path) for path in hints):
            settled = self._settled_anew()
            if settled:
                from vaultkit.vault import Known

                last, self._prepared = self.vault, self._setting_of(settled)  # should it be wrong, all is as it was
                self._read(settled, last.everything, lambda _fingerprint, _read: Known(referrers=last.referrers))
                self.step = None  # what was said before was said under other settings
                return "afresh"
            self.listing, changes = disk.changes(self.listing, look)
            if self._remembers_more():
                self._stepped(changes)
                self._vault, self.step = self.vault.at(self.today, self.recollection), None
                return "afresh"
        else:
            self.listing, changes = disk.changes_at(self.listing, hints, look)
        return self._stepped(changes)

    def tomorrow(self) -> bool:
        """Step to another day when the clock has; True when it did."""
        if self._present() == self.today:
            return False
        self.keep_day()
        self.today = self._present()
        self.recollection = self._recollected()
        self._vault = self.vault.at(self.today, self.recollection)
        return True

    def keep_day(self) -> None:
        """Have what the notes say today written down for later days, unless that was done or is not wanted."""
        if self._recollecting.keeps:
            self._recollecting.keep(self.vault, self.recollection)

    def leave(self) -> None:
        """Give the memory what it has not got yet of the notes, the listing and what was worked out of them."""
        vault = self.vault
        for path, encoded in self._fresh.items():
            if path in vault.notes or path in vault.boards:
                self._memory.keep_note(vault.read(path), encoded)
            else:
                self._memory.drop_note(path)
        self._fresh = {}
        self._memory.keep_referrers(vault.referrers, whole=self._cold)
        self._memory.keep_worked(self.settled.fingerprint(), vault)
        self._memory.keep_listing(self.listing)

    @property
    def doubted(self) -> frozenset[str]:
        """The files that are taken as they were, for they look half saved."""
        return self.doubts.paths if self.doubts else frozenset()

    def rebuilt(self) -> tuple[Vault, bool]:
        """The vault made of nothing but the files, and whether nothing was saved meanwhile."""
        from vaultkit.vault import Vault

        before, doubted = disk.scan(self.root, self._exclusion), self.doubted
        held = [self.vault.read(path) for path in self.listing.notes if path in doubted]
        read = disk.read_notes(self.root, (path for path in self.listing.notes if path not in doubted))
        found = Vault.build((*read, *held), self.listing.files, self._setting())
        after = disk.scan(self.root, self._exclusion)
        return found, (before.notes, before.files) == (after.notes, after.files)

    def texts(self, more: set[str]) -> tuple[dict[str, str], tuple[str, ...]]:
        """The texts that a plan may touch, and the paths that no longer read as the vault has them."""
        from vaultkit.parser import digest

        vault = self.vault
        paths = more | vault.ask(holding)
        texts, stale = {}, []
        for path, data in disk.read_files(self.root, sorted(paths)):
            if isinstance(data, bytes):
                texts[path] = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
            known = vault.read(path).digest if path in vault.notes or path in vault.boards else ""
            if known != (digest(data) if isinstance(data, bytes) else "") and path not in vault.files:
                stale.append(path)
        return texts, tuple(stale)

    def _read(
        self, settled: Settled, known: Mapping[str, Note], worked: Callable[[str, Mapping[str, Note]], Known]
    ) -> Outcome:
        """Read every note that reads otherwise than what is known of it, in the light of what is settled now."""
        self.settled = settled
        self._exclusion = disk.exclusion(settled.config, settled.obsidian)
        self.recollection = self._recollected()
        before, self.step = self.listing, None

        def made() -> Vault:
            from vaultkit.vault import Vault  # 20 ms, and nothing is asked of a vault of which all has been said

            found = worked(self.settled.fingerprint(), known)
            return Vault.over(known, before.files, self._setting(), found)

        self._make, self._vault = made, None
        with self._stages.timed("walk"):
            self.listing, changes = disk.changes(before, self._look(known))
        self.changed = self.changed or self.listing != before
        for change in changes:
            known.get(change.path)  # what the memory has lost shows when it is asked, and of a removed note nobody has
        if any(change.path in self._lost for change in changes):
            self.listing, self._lost, self._cold = _NOTHING, set(), True  # nobody knows what it was before
            return self._read(settled, {}, worked)
        if known:
            return self._stepped(changes) if changes else "same"
        from vaultkit.vault import Vault

        with self._stages.timed("resolve"):
            read = {change.path: change.note for change in changes if change.note}
            self._vault = Vault.over(read, self.listing.files, self._setting())
        return "afresh"

    def _stepped(self, changes: Sequence[Change]) -> Outcome:
        """Step by these changes; those that change nothing, as of a note that may not be read, are none."""
        vault = self.vault
        known = (vault.notes, vault.boards)
        real = [
            change
            for change in changes
            if not change.note or not any(change.path in each and change.note == each[change.path] for each in known)
        ]
        if not real:
            return "same"
        self.changed = True
        self._fresh |= {change.path: b"" for change in real if self._fresh.get(change.path) is None}
        with self._stages.timed("resolve"):
            self.step = vault.stepped(real)
        self._vault = self.step.after
        return "stepped"

    def _settled_anew(self) -> Settled | None:
        """What settles the reading, where it reads otherwise than before and is to be believed."""
        settled = Settled(self.root, self._wanted.obsidian_dir)
        doubted = self.doubts is not None and self.doubts.of_settings(self.settled.texts, settled.texts)
        return settled if settled != self.settled and not doubted else None

    def _recollected(self) -> Recollection:
        notes = Notes(self._exclusion, self.settled.fingerprint(), lambda: self.vault.recognised)
        return self._recollecting.recollection(self.today, notes)

    def _remembers_more(self) -> bool:
        """Whether more was committed since; then take it in."""
        found = self._recollected()
        if found.mark == self.recollection.mark:
            return False
        self.recollection = found
        return True

    def _look(self, known: Mapping[str, Note]) -> disk.Look:
        return disk.Look(self.root, self._exclusion, self._reading(known), self.doubts)

    def _reading(self, known: Mapping[str, Note]) -> Read:
        """How files are read that may have changed: those whose bytes are as known are not parsed."""

        def read(files: Sequence[tuple[str, int]]) -> Iterator[Parsed]:
            digests = {path: known[path].digest for path, _ in files if path in known}
            wanted = [
                disk.Wanted(path, size, "" if path in self._lost else digests.get(path, "")) for path, size in files
            ]
            with self._stages.timed("read"):
                found = disk.parse_all(self.root, wanted, self._wanted.executor, self._prepare)
                for done, parsed in enumerate(found, start=1):
                    if self._cold and parsed.note:
                        self._memory.keep_note(parsed.note, parsed.encoded)
                    elif parsed.note:
                        self._fresh[parsed.path] = parsed.encoded
                    if self._wanted.progress:
                        self._wanted.progress(done, len(files))
                    yield parsed

        return read

    def _remembered(self, path: str) -> Note:
        """A note as it was kept; should that be lost, as it now reads."""
        note = self._memory.note(path)
        if note is None:
            self._lost.add(path)
            self._fresh[path], self.changed = b"", True  # to be kept again
            note = next(disk.read_notes(self.root, (path,)), Note(path=path, digest=""))
        return note

    def _present(self) -> date:
        return self._wanted.today or disk.today()

    def _prepare(self) -> None:
        """Load what a vault of which nothing is known will need, and read its kinds."""
        from vaultkit import validators  # noqa: F401 -- 20 ms
        from vaultkit.vault import Vault  # noqa: F401 -- 20 ms

        self._prepared = self._setting()

    def _setting(self) -> Setting:
        prepared, self._prepared = self._prepared, None
        found = prepared or self._setting_of(self.settled)
        return replace(found, recollection=self.recollection)

    def _setting_of(self, settled: Settled) -> Setting:
        return settled.setting(self.today, self._wanted.language, self._memory, self._wanted.since)
