"""A folder goes in, what settles how its notes are read comes out: the vault's settings, its kinds, its templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit import disk, resources
from vaultkit.config import FILE_NAME
from vaultkit.errors import ConfigError
from vaultkit.language import message

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from vaultkit.config import Config
    from vaultkit.memory import Memory
    from vaultkit.vault import Kinds, Setting


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

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Settled) and self.texts == other.texts

    __hash__ = None  # type: ignore[assignment]

    def concerns(self, path: str) -> bool:
        """Whether a change of the file at a path may settle something else."""
        home = f"{self.config.templates.strip('/')}/" if self.config.templates else FILE_NAME
        return path == FILE_NAME or disk.may_be_setting(path) or path.startswith(home)

    def setting(self, today: date, language: str, memory: Memory) -> Setting:
        """What the notes are read in the light of. Raises ConfigError or TemplateError."""
        from vaultkit.vault.setting import Setting

        return Setting(
            kinds=self._kinds(memory),
            config=self.config,
            obsidian=self.obsidian,
            today=today,
            language=self.config.language or language,
            templates=self._page_templates(),
        )

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
        from vaultkit.config import check_indexes, check_kinds, check_options
        from vaultkit.vault.kinds import Kinds, read_kinds

        text = self.texts.get(FILE_NAME, "")
        check_options(self.config, validators.options(), text)
        kinds = read_kinds(self._kind_templates())
        check_kinds(self.config, tuple(kinds), {f.name for kind in kinds.values() for f in kind.fields}, text)
        known = Kinds(kinds, self.config)
        check_indexes(self.config, tuple(kinds), lambda word: known.named(word) is not None, text)
        memory.keep_kinds(fingerprint, kinds)
        return known

    def _kind_templates(self) -> dict[str, bytes]:
        """Ours first, then the vault's own, which replace ours by kind."""
        ours = {p.name: p.read_bytes() for p in _sorted("kinds", "*.md")}
        return ours | {path: text.encode() for path, text in self._own.items() if path.endswith(".md")}

    def _page_templates(self) -> dict[str, str]:
        ours = {p.name: p.read_text("utf-8") for p in _sorted("pages", "*.j2")}
        return ours | {path.rpartition("/")[2]: text for path, text in self._own.items() if path.endswith(".j2")}


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
