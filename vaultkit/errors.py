"""What stops vaultkit from going on, as against a Finding, which is a value about the user's notes.

VaultkitError            exit 2
|- VaultNotFoundError    no such folder, or no such note
|- ConfigError           vaultkit.toml says something that cannot be
|- TemplateError         a kind or page template cannot be read or rendered
|- ConsentError          nobody has agreed to writing into this vault
|- ConflictError         a file no longer reads as it did when the edit was planned
|  `- BusyError          it was saved a moment ago, and is given time
|- LockedError           another vaultkit is writing
|- WriteError            the disk refused
`- ParanoidError         what was kept current is not what is there
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vaultkit.model import Message


class VaultkitError(Exception):
    """Raised when vaultkit cannot go on; says what happened, where, and what to do next."""

    exit_code = 2
    written: tuple[str, ...] = ()
    """The other files of a plan, which were written all the same."""
    others: tuple[VaultkitError, ...] = ()
    """Why some of them were not."""

    def __init__(self, message: Message, *, path: str = "", line: int = 0, hint: Message | None = None) -> None:
        super().__init__(message.template)
        self.message = message
        self.path = path
        self.line = line
        self.hint = hint


class VaultNotFoundError(VaultkitError):
    """The folder or the note that was named is not there."""


class ConfigError(VaultkitError):
    """`vaultkit.toml` has an unknown key or a value of the wrong type."""


class TemplateError(VaultkitError):
    """A template of a kind or of a page cannot be read or rendered."""


class ConsentError(VaultkitError):
    """Writing was asked for where nobody has agreed to it."""


class ConflictError(VaultkitError):
    """A file changed between being read and being written: it was left as it is."""


class BusyError(ConflictError):
    """Somebody is at work on a file: it was left as it is, and everything else was written."""

    seconds: float = 0.0
    """After how long it is worth another try."""


class LockedError(VaultkitError):
    """Another run holds the vault."""


class WriteError(VaultkitError):
    """The operating system refused a write: the file is as it was."""


class ParanoidError(VaultkitError):
    """Raised under `--paranoid` when what was kept of earlier runs and steps differs from the vault read anew."""
