"""One run or one watch over a folder: the only thing that changes, and it changes by replacing its Vault with the next.

Session(root) -> .vault -> .findings(), .plan() -> .apply(plan) -> .refresh() -> .vault ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit import disk, generators, planner, resources, validators
from vaultkit.config import FILE_NAME, check_indexes, check_kinds, check_options
from vaultkit.errors import ConfigError, ConflictError, WriteError
from vaultkit.language import message
from vaultkit.parser import digest
from vaultkit.vault import Kinds, Setting, Vault, read_kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from vaultkit.config import Config
    from vaultkit.disk.excluded import Exclusion
    from vaultkit.model import Change, Finding, Page
    from vaultkit.moving import Move
    from vaultkit.planner import Plan

_TRIES = 3
"""How often a plan is made again because a note was saved while it was made."""


class Session:
    """A folder, the vault that was read from it, and the listing that tells what has changed since.

    Raises VaultNotFoundError, ConfigError or TemplateError when the folder or its settings cannot be read.
    """

    def __init__(
        self,
        root: Path,
        *,
        today: date | None = None,
        language: str = "en",
        progress: Callable[[int, int], object] | None = None,
        obsidian_dir: str | None = None,
    ) -> None:
        self.root = root
        self._today = today
        self._language = language
        self._obsidian_dir = obsidian_dir
        self._progress = progress
        self._known_settings: Mapping[str, str]
        self._listing: disk.Listing
        self._exclusion: Exclusion
        self.vault: Vault
        self._read()

    @property
    def unread(self) -> tuple[str, ...]:
        """What stands in the folder and is not in the vault: links to folders, names that are not UTF-8."""
        return self._listing.unreadable

    def findings(self) -> tuple[Finding, ...]:
        """Everything that the validators say of the vault."""
        return self.vault.ask(validators.check)

    def pages(self) -> tuple[Page, ...]:
        """Everything that the generators have to say, wanted or not."""
        return self.vault.ask(generators.render)

    def plan(self, names: Iterable[str] = (), *, force: bool = False) -> Plan:
        """What would be written; `names` asks for some pages only, by generator or by path."""
        wanted = frozenset(names)

        def planned(texts: Mapping[str, str]) -> Plan:
            pages = [page for page in self.pages() if not wanted or page.name in wanted or page.path in wanted]
            return planner.plan(self.vault, pages, texts, force=force, partial=bool(wanted))

        return self._planned(planned)

    def eject(self) -> Plan:
        """What would take every trace of vaultkit's writing out of the notes."""
        return self._planned(lambda texts: planner.eject(self.vault, texts), pages=False)

    def apply(self, plan: Plan) -> tuple[str, ...]:
        """Write a plan, and read back what was written; raises ConflictError, LockedError or WriteError."""
        if not plan.edits:
            return ()
        try:
            with disk.locked(self.root):
                written = disk.apply(plan.edits, self.root)
        except WriteError as error:
            self.refresh(error.written)
            raise
        self.refresh(written)
        return written

    def move(self, move: Move) -> tuple[str, ...]:
        """Move a file, and write the links that follow it; raises as `apply` does."""
        try:
            with disk.locked(self.root):
                return disk.carry_out(move, self.root)
        finally:
            self.refresh({move.old, move.new, *(edit.path for edit in move.edits)})

    def refresh(self, paths: Iterable[str] | None = None) -> bool:
        """Step to the vault as it now stands on disk; `paths` only hints where to look. True when anything changed."""
        hints = None if paths is None else tuple(paths)
        if hints is None or self._concern_settings(hints):
            return self._refresh_all()
        self._listing, changes = disk.changes_at(self.root, self._listing, hints, self._exclusion)
        return self._step(changes)

    def tomorrow(self) -> bool:
        """Step to another day when the clock has; True when it did."""
        today = self._today or disk.today()
        if today == self.vault.today:
            return False
        self.vault = self.vault.at(today)
        return True

    def _refresh_all(self) -> bool:
        if self._settings() != self._known_settings:
            self._read()
            return True
        self._listing, changes = disk.changes(self.root, self._listing, self._exclusion)
        return self._step(changes)

    def _step(self, changes: Iterable[Change]) -> bool:
        notes, boards = self.vault.notes, self.vault.boards
        real = tuple(
            change
            for change in changes
            if not change.note or change.note != notes.get(change.path, boards.get(change.path))
        )
        if real:
            self.vault = self.vault.step(real)
        return bool(real)

    def _read(self) -> None:
        """Read everything afresh."""
        self._known_settings = self._settings()
        config, text = disk.read_config(self.root), self._known_settings.get(FILE_NAME, "")
        check_options(config, validators.options(), text)
        kinds = read_kinds(self._kind_templates(config))
        check_kinds(config, tuple(kinds), {f.name for kind in kinds.values() for f in kind.fields}, text)
        known = Kinds(kinds, config)
        check_indexes(config, tuple(kinds), lambda word: known.named(word) is not None, text)
        obsidian = disk.read_obsidian(self.root, self._obsidian_dir or config.obsidian_dir)
        self._exclusion = disk.exclusion(config, obsidian)
        self._listing = disk.scan(self.root, self._exclusion)
        setting = Setting(
            kinds=known,
            config=config,
            obsidian=obsidian,
            today=self._today or disk.today(),
            language=config.language or self._language,
            templates=self._page_templates(config),
        )
        notes = tuple(disk.read_notes(self.root, self._listing.notes, self._told(len(self._listing.notes))))
        self.vault = Vault.build(notes, self._listing.files, setting)

    def _told(self, total: int) -> Callable[[int], object] | None:
        progress = self._progress
        return None if progress is None else lambda done: progress(done, total)

    def _planned(self, planned: Callable[[Mapping[str, str]], Plan], *, pages: bool = True) -> Plan:
        """A plan over texts that read as the vault has them: when a note was saved meanwhile, it is made again."""
        for _ in range(_TRIES):
            texts, stale = self._texts({page.path for page in self.pages()} if pages else self._excluded())
            if not stale:
                return planned(texts)
            self.refresh(stale)
        raise ConflictError(
            message("the notes are being saved faster than they can be read"),
            path=stale[0],
            hint=message("run the command again in a moment"),
        )

    def _excluded(self) -> set[str]:
        """The notes that are left out of judgement: vaultkit may have written in them before they were."""
        return {path for path in self.vault.files if path.endswith(".md")}

    def _texts(self, more: set[str]) -> tuple[dict[str, str], tuple[str, ...]]:
        """The texts that a plan may touch, and the paths that no longer read as the vault has them."""
        notes = self.vault.notes
        paths = more | {path for path, note in notes.items() if note.generated or note.regions}
        texts, stale = {}, []
        for path, data in disk.read_files(self.root, sorted(paths)):
            if isinstance(data, bytes):
                texts[path] = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
            known = notes[path].digest if path in notes else ""
            if known != (digest(data) if isinstance(data, bytes) else "") and path not in self.vault.files:
                stale.append(path)
        return texts, tuple(stale)

    def _settings(self) -> dict[str, str]:
        """The text of every file that settles how the vault is read."""
        config = disk.read_config(self.root)
        fixed = (FILE_NAME, *disk.setting_paths(self._obsidian_dir or config.obsidian_dir))
        return disk.read_texts(self.root, fixed) | self._own_templates(config)

    def _concern_settings(self, paths: Iterable[str]) -> bool:
        own = disk.read_config(self.root).templates
        home = f"{own.strip('/')}/" if own else FILE_NAME
        return any(path == FILE_NAME or disk.may_be_setting(path) or path.startswith(home) for path in paths)

    def _kind_templates(self, config: Config) -> dict[str, bytes]:
        """Ours first, then the vault's own, which replace ours by kind."""
        ours = {p.name: p.read_bytes() for p in sorted((resources.templates() / "kinds").glob("*.md"))}
        own = {k: v.encode() for k, v in self._own_templates(config).items() if k.endswith(".md")}
        return ours | own

    def _page_templates(self, config: Config) -> dict[str, str]:
        ours = {p.name: p.read_text("utf-8") for p in sorted((resources.templates() / "pages").glob("*.j2"))}
        own = {k.rpartition("/")[2]: v for k, v in self._own_templates(config).items() if k.endswith(".j2")}
        return ours | own

    def _own_templates(self, config: Config) -> dict[str, str]:
        """The vault's own templates, by their path in the vault."""
        if not config.templates:
            return {}
        home = config.templates.strip("/")
        paths = disk.template_paths(self.root, home)
        if not paths:
            raise ConfigError(message("there are no templates in {folder}", folder=home), path=FILE_NAME)
        return disk.read_texts(self.root, paths)
