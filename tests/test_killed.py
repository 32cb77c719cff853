"""Real commands as processes of their own, killed by the system at each call that touches a file: nothing is lost."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.cli_vault import FILES, command, files_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.conftest import MakeVault

pytestmark = [
    pytest.mark.prove,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here"),
]

CALLS = (
    "write pwrite64 pwritev fsync fdatasync ftruncate truncate openat creat rename renameat renameat2 link linkat "
    "symlink symlinkat unlink unlinkat mkdir mkdirat rmdir fchmod fchmodat fchown fchownat fsetxattr setxattr "
    "fremovexattr flock utimensat"
).split()
"""What can change a file, a name, or what is on the disk for sure; `openat` as far as it makes a file."""
VAULT: Mapping[str, str | bytes] = {
    **FILES,
    "vaultkit.toml": 'language = "en"\n',
    "Loose end.md": b'\xef\xbb\xbfMine.\r\n%% vaultkit:index folder="Priorities" %%\r\nMine, without an end',
}
BUILD = ("build",)


class Case(NamedTuple):
    """A command, and what has been done before it."""

    name: str
    arguments: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()


CASES = (
    Case("build", BUILD),
    Case("build again", BUILD, (BUILD, ("new", "priority", "Another one"))),
    Case("eject", ("eject", "--yes"), (BUILD,)),
    Case("new", ("new", "priority", "Open an office")),
    Case("mv", ("mv", "Hire a CFO", "Finance/Chief", "--yes")),
    Case("undo", ("undo",), (BUILD,)),
    Case("undo mv", ("undo",), (("mv", "Hire a CFO", "Finance/Chief", "--yes"),)),
    Case("init", ("init", "--write")),
)


class Theatre:
    """Vaults in which a case is played, each with a user's own folders."""

    def __init__(self, case: Case, make_vault: MakeVault, folder: Path) -> None:
        self.case = case
        self._make_vault, self._folder = make_vault, folder
        self._count = 0
        root, variables = self.set_up()
        self.old = files_of(root)
        assert self.play(root, variables) == 0
        self.new = files_of(root)

    def set_up(self) -> tuple[Path, dict[str, str]]:
        self._count += 1
        files = {path: text for path, text in VAULT.items() if self.case.name != "init" or path != "vaultkit.toml"}
        root = self._make_vault(files, f"vault{self._count}")
        home = self._folder / f"home{self._count}"
        names = ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
        variables = {**os.environ, **{name: str(home / name) for name in names}}
        variables.pop("VAULTKIT_PARANOID", None)  # what is read twice is not written twice
        for arguments in self.case.before:
            assert self._run(root, variables, (), arguments) == 0
        return root, variables

    def play(self, root: Path, variables: Mapping[str, str], *tracer: str) -> int:
        return self._run(root, variables, tracer, self.case.arguments)

    @staticmethod
    def _run(root: Path, variables: Mapping[str, str], tracer: tuple[str, ...], arguments: tuple[str, ...]) -> int:
        program = [*tracer, *command("-C", str(root), "--today", "2026-03-16", *arguments)]
        return subprocess.run(program, env=variables, capture_output=True, check=False).returncode

    def calls(self) -> Iterator[tuple[str, int]]:
        """Each call that touches a file, as its name and how often it has been made by then."""
        root, variables = self.set_up()
        told = self._folder / "told"
        assert self.play(root, variables, "strace", "-qq", "-o", str(told), "-e", f"trace={','.join(CALLS)}") == 0
        seen: Counter[str] = Counter()
        for line in told.read_text("utf-8", "replace").splitlines():
            found = re.match(r"(\w+)\(", line)
            if found:
                seen[found[1]] += 1
                if found[1] != "openat" or "O_CREAT" in line:
                    yield found[1], seen[found[1]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_killed_at_each_call(case: Case, make_vault: MakeVault, tmp_path: Path) -> None:
    theatre = Theatre(case, make_vault, tmp_path)
    points = list(theatre.calls())
    assert len(points) > 20
    for name, number in points:
        root, variables = theatre.set_up()
        inject = f"inject={name}:signal=KILL:when={number}"
        theatre.play(root, variables, "strace", "-qq", "-o", "/dev/null", "-e", f"trace={name}", "-e", inject)
        check_each(root, theatre)
        again = theatre.play(root, variables)
        assert again in {0, 1, 2}
        if case.name in {"undo", "undo mv"} and files_of(root) != theatre.new:
            theatre.play(root, variables)  # what was interrupted came to its end, and was undone in its turn
        found = files_of(root)
        assert found in (theatre.new, theatre.old if again else theatre.new), f"{name} {number}"


def check_each(root: Path, theatre: Theatre) -> None:
    """Every file is as before or as after."""
    found = files_of(root)
    for path in theatre.old.keys() | theatre.new.keys():
        assert found.pop(path, None) in {theatre.old.get(path), theatre.new.get(path)}, path
    assert all(".vaultkit-" in path for path in found)


@pytest.mark.parametrize("error", ["ENOSPC", "EIO", "EACCES", "EROFS", "EDQUOT"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_refused_at_each_call(case: Case, error: str, make_vault: MakeVault, tmp_path: Path) -> None:
    theatre = Theatre(case, make_vault, tmp_path)
    for name, number in theatre.calls():
        root, variables = theatre.set_up()
        inject = f"inject={name}:error={error}:when={number}"
        code = theatre.play(root, variables, "strace", "-qq", "-o", "/dev/null", "-e", f"trace={name}", "-e", inject)
        assert code in {0, 1, 2}, f"{name} {number}"
        check_each(root, theatre)
        if code == 0:
            assert files_of(root) == theatre.new
