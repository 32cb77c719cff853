"""A folder goes in, what settles how its notes are read comes out: the vault's settings, its kinds, its templates."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from vaultkit import baseline, disk, resources
from vaultkit.config import FILE_NAME, suggestion
from vaultkit.errors import ConfigError
from vaultkit.language import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Executor
    from datetime import date
    from pathlib import Path

    from vaultkit.config import Config
    from vaultkit.memory import Memory
    from vaultkit.vault import Kinds, Setting
    from vaultkit.vault.kinds import Kind
    from vaultkit.vault.profiles import Profile


class Wanted(NamedTuple):
    """How a folder is to be read."""

    today: date | None = None
    """None follows the clock."""
    language: str = "en"
    obsidian_dir: str | None = None
    executor: Executor | None = None
    """What reads the notes where there are many."""
    progress: Callable[[int, int], object] | None = None
    """Is told how many of how many files have been read."""
    since: str | None = None
    """The day or commit from which the page of changes tells, whatever the settings say."""


class Settled:
    """What a vault's owner has settled, as it stood on disk at one instant. Raises ConfigError or TemplateError."""

    def __init__(self, root: Path, obsidian_dir: str | None) -> None:
        self._root = root
        self.config = disk.read_config(root)
        home = obsidian_dir or self.config.obsidian_dir
        self.obsidian = disk.read_obsidian(root, home)
        self._own = _own_templates(root, self.config)
        self.texts = disk.read_texts(root, (FILE_NAME, *disk.setting_paths(home))) | self._own
        """Path -> text of every file that settles anything."""
        name = self.config.baseline
        self._baseline = disk.read_texts(root, [name]).get(name) if name and is_within(name) else None
        """It settles what pages tell, and nothing that is found: no part of the fingerprint."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Settled) and (self.texts, self._baseline) == (other.texts, other._baseline)

    __hash__ = None  # type: ignore[assignment]

    def concerns(self, path: str) -> bool:
        """Whether a change of the file at a path may settle something else."""
        home = f"{self.config.templates.strip('/')}/" if self.config.templates else FILE_NAME
        return path in {FILE_NAME, self.config.baseline} or disk.may_be_setting(path) or path.startswith(home)

    def setting(self, today: date, language: str, memory: Memory, since: str | None = None) -> Setting:
        """What the notes are read in the light of. Raises ConfigError or TemplateError."""
        from vaultkit.vault.setting import Setting

        return Setting(
            kinds=self._kinds(memory),
            config=self.config,
            obsidian=self.obsidian,
            today=today,
            language=self.config.language or language,
            templates=self._page_templates(),
            known=self._known(),
            since=self._since(since, today),
        )

    def _since(self, asked: str | None, today: date) -> date | None:
        """From which day on changes are told, by what was asked, else by the settings. Raises ConfigError."""
        table = self.config.page.get("changes")
        said = asked or (table.since if table else None)
        return disk.first_day(self._root, said, today) if said else None

    def _known(self) -> tuple[baseline.Entry, ...] | None:
        """What the baseline holds; whoever checks against it is told what is wrong with it."""
        if self._baseline is None or not baseline.is_one(self._baseline):
            return None
        return baseline.read(self._baseline, self.config.baseline or "")

    def fingerprint(self, *more: str) -> str:
        """All that is settled as one text: what was found under another one may not hold."""
        parts = (*more, *(part for item in sorted(self.texts.items()) for part in item))
        return "".join(f"{len(part)} {part}" for part in parts)

    def _kinds(self, memory: Memory) -> Kinds:
        """The catalogue of kinds; one that was read and found good before need not be read again."""
        from vaultkit.vault.kinds import Kinds

        fingerprint = self.fingerprint()
        kept = memory.kinds(fingerprint)
        return Kinds(kept, self.config) if kept else self._checked_kinds(fingerprint, memory)

    def _checked_kinds(self, fingerprint: str, memory: Memory) -> Kinds:
        from vaultkit import validators
        from vaultkit.config_checks import check_indexes, check_kinds, check_options, check_pages
        from vaultkit.vault.kinds import Kinds, read_kinds

        text = self.texts.get(FILE_NAME, "")
        check_options(self.config, validators.options(), text)
        kinds = self._renamed(read_kinds(self._kind_templates()))
        check_kinds(self.config, tuple(kinds), {f.name for kind in kinds.values() for f in kind.fields}, text)
        known = Kinds(kinds, self.config)
        check_indexes(self.config, tuple(kinds), lambda word: known.named(word) is not None, text)
        check_pages(self.config, text)
        memory.keep_kinds(fingerprint, kinds)
        return known

    def _renamed(self, kinds: dict[str, Kind]) -> dict[str, Kind]:
        """The kinds under the names of the framework that the vault's owner has chosen."""
        from vaultkit.vault.profiles import renamed

        wanted = self.config.profile
        if wanted is None:
            return kinds
        known = profiles()
        if wanted not in known:
            said = message("there is no profile named {name}", name=wanted)
            raise ConfigError(said, path=FILE_NAME, hint=suggestion(wanted, tuple(known)))
        return renamed(kinds, known[wanted], f"{wanted}.md")

    def _kind_templates(self) -> dict[str, bytes]:
        """Ours first, then the vault's own, which replace ours by kind."""
        ours = {p.name: p.read_bytes() for p in _sorted("kinds", "*.md")}
        return ours | {path: text.encode() for path, text in self._own.items() if path.endswith(".md")}

    def _page_templates(self) -> dict[str, str]:
        ours = {p.name: p.read_text("utf-8") for p in _sorted("pages", "*.j2")}
        return ours | {path.rpartition("/")[2]: text for path, text in self._own.items() if path.endswith(".j2")}


def is_within(name: str) -> bool:
    """Whether the name of a baseline is one from the vault: any other is one from the current folder."""
    return not PurePath(name).is_absolute() and ".." not in PurePath(name).parts


def profiles() -> dict[str, Profile]:
    """The frameworks whose words can be used for the kinds."""
    from vaultkit.vault.profiles import read_profile

    return {path.stem: read_profile(path.name, path.read_bytes()) for path in _sorted("profiles", "*.md")}


def _sorted(folder: str, glob: str) -> Iterable[Path]:
    return sorted((resources.templates() / folder).glob(glob))


def _own_templates(root: Path, config: Config) -> dict[str, str]:
    """The vault's own templates, by their path in the vault."""
    if not config.templates:
        return {}
    home = config.templates.strip("/")
    paths = disk.template_paths(root, home)
    if not paths:
        raise ConfigError(message("there are no templates in {folder}", folder=home), path=FILE_NAME)
    return disk.read_texts(root, paths)
