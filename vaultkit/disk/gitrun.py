"""What to ask git goes in, its answer comes out, from a process that can do nothing but read.

Whoever gives us a vault gives us its repository, whose settings may name programs, files and other machines. So git is
told of each setting by which it would start a program, read a file of somebody's choice, or fetch what a clone has left
out, that it is off; nothing of the environment tells it otherwise, and it has thirty seconds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from typing import TYPE_CHECKING, BinaryIO, cast

from vaultkit.language import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from vaultkit.model import Message

SECONDS = 30
"""What git is given for one answer."""
_MOST = 256 << 20
"""Bytes of one answer."""
_TOLD = 400
"""Bytes of what it says when it fails."""
_OFF = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    f"core.attributesFile={os.devnull}",
    "core.pager=cat",
    "core.useReplaceRefs=false",
    "core.bigFileThreshold=4m",
    "core.sshCommand=false",
    "credential.helper=",
    "diff.external=",
    "diff.renames=true",
    "gpg.program=false",
    "log.follow=false",
    "log.mailmap=false",
    "log.showRoot=true",
    "log.showSignature=false",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
)
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",  # for a git that does not know the next one
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_OF_THE_USER = {
    "GIT_CEILING_DIRECTORIES",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_CONFIG_SYSTEM",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    "GIT_EXEC_PATH",
}
"""What of the environment says something of this computer, and nothing of another repository or of a trace to write."""


class GitError(Exception):
    """Git cannot tell, and why."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.template)
        self.why = why


def git_program(folder: Path) -> str | None:
    """Where git is; one that lies in the vault, or in the current folder, is none."""
    found = shutil.which("git")
    if found is None or not os.path.isabs(found):  # noqa: PTH117 -- `which` gives a text
        return None
    place = Path(found)
    return None if place.is_relative_to(folder) or place.parent == Path.cwd() else found


class Git:
    """Git, asked in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        program = git_program(folder)
        if program is None:
            raise GitError(message("git is not installed"))
        settings = [word for setting in _OFF for word in ("-c", setting)]
        self._command = [program, "--no-pager", *settings]

    def ask(self, *arguments: str) -> bytes:
        """All that it answers; raises GitError."""
        with self.running(*arguments) as answer:
            data = answer.read(_MOST + 1)
            if len(data) > _MOST:
                raise GitError(message("its answer is too long"))
        return data

    @contextmanager
    def running(self, *arguments: str, given: bytes = b"") -> Iterator[BinaryIO]:
        """Its answer as it comes; what it is `given` it reads first. Raises GitError, at the end too."""
        with TemporaryFile() as told, TemporaryFile() as asked:
            asked.write(given)
            asked.seek(0)
            process = self._started(arguments, asked, told)
            late = Timer(SECONDS, process.kill)
            late.start()
            try:
                yield cast("BinaryIO", process.stdout)
                code = process.wait()
            finally:
                in_time = late.is_alive()
                late.cancel()
                process.kill()
                cast("BinaryIO", process.stdout).close()
                process.wait()
            if code:
                raise GitError(_said(told) if in_time else message("it took longer than {seconds} s", seconds=SECONDS))

    def _started(self, arguments: tuple[str, ...], asked: IO[bytes], told: IO[bytes]) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(  # noqa: S603 -- git alone, and what it is asked is ours
                [*self._command, *arguments],
                cwd=self._folder,
                env=_environment(),
                stdin=asked,
                stdout=subprocess.PIPE,
                stderr=told,
            )
        except OSError as error:
            raise GitError(message("it cannot be started: {error}", error=error.strerror or str(error))) from None


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in _OF_THE_USER}
    return kept | _ENVIRONMENT


def _said(told: IO[bytes]) -> Message:
    """What it says for itself, as far as it says what is wrong."""
    told.seek(0)
    lines = told.read(_TOLD).decode("utf-8", "replace").splitlines()
    fatal = [line for line in lines if line.startswith(("fatal:", "error:"))]
    return message("git says: {words}", words=(fatal or lines or ["?"])[0].partition(": ")[2] or "?")
