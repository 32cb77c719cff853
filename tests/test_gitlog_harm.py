"""A repository that means harm, that is broken, or that nobody can read: no program runs, and it is said why."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.repositories import commit, due, dues, git, repository, save, told
from vaultkit.cli import main
from vaultkit.disk import find_repository, gitrun

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


@pytest.mark.parametrize("harm", ["objects", "program", "time", "nothing"])
def test_when_git_cannot_tell_it_is_said_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str) -> None:
    root = repository(tmp_path / "r", {"2026-01-10": {"A.md": "x"}})
    if harm == "objects":
        shutil.rmtree(root / ".git/objects")
    elif harm == "program":
        monkeypatch.setenv("PATH", str(tmp_path))
    elif harm == "time":
        save(tmp_path, {"git": "#!/bin/sh\nexec tail -f /dev/null\n"})
        (tmp_path / "git").chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        monkeypatch.setattr(gitrun, "SECONDS", 0.1)
    elif harm == "nothing":
        monkeypatch.setattr(gitrun, "_MOST", 3)
    with pytest.raises(gitrun.GitError) as error:
        told(root)
    said = {"objects": "git says: ", "program": "git is not installed", "time": "it took", "nothing": "too long"}
    assert said[harm] in error.value.why.template


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give files away")
def test_a_repository_of_somebody_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = repository(tmp_path / "r", {"2026-01-10": {"Projects/A.md": "x"}})
    for path in (root, *root.rglob("*")):
        os.chown(path, 12345, 12345)
    assert main(["-C", str(root), "-v", "check"]) in {0, 1}
    assert "Git does not tell what the notes said on earlier days: git says: detected dubious ownership" in (
        capsys.readouterr().err
    )


def test_a_git_that_lies_in_the_vault_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository(tmp_path / "r", {"2026-01-10": {"A.md": "x"}})
    save(root, {"git": "#!/bin/sh\ntouch ran\n"})
    (root / "git").chmod(0o755)
    for path in (str(root), "."):
        monkeypatch.setenv("PATH", path)
        monkeypatch.chdir(root)
        assert gitrun.git_program(root) is None
    assert not (root / "ran").exists()


HOSTILE = {
    "alias.log": "!{}",
    "alias.rev-list": "!{}",
    "core.alternateRefsCommand": "{}",
    "core.askPass": "{}",
    "core.editor": "{}",
    "core.fsmonitor": "{}",
    "core.fsmonitorHookVersion": "2",
    "core.gitProxy": "{}",
    "core.pager": "{}",
    "core.sshCommand": "{}",
    "credential.helper": "!{}",
    "diff.evil.command": "{}",
    "diff.evil.textconv": "{}",
    "diff.external": "{}",
    "diff.orderFile": "/dev/zero",
    "diff.renames": "copies",
    "extensions.partialClone": "origin",
    "filter.evil.clean": "{}",
    "filter.evil.process": "{}",
    "filter.evil.required": "true",
    "filter.evil.smudge": "{}",
    "gpg.format": "ssh",
    "gpg.program": "{}",
    "gpg.ssh.program": "{}",
    "interactive.diffFilter": "{}",
    "log.diffMerges": "off",
    "log.showRoot": "false",
    "log.showSignature": "true",
    "pager.log": "{}",
    "pager.rev-list": "{}",
    "protocol.ext.allow": "always",
    "protocol.allow": "always",
    "remote.origin.promisor": "true",
    "remote.origin.uploadpack": "{}",
    "remote.origin.url": "ext::{} %S",
    "remote.origin.vcs": "evil",
    "sequence.editor": "{}",
    "uploadpack.packObjectsHook": "{}",
}
"""Settings by which git would start a program, read what it should not, or tell something else."""


def hostile(folder: Path) -> tuple[Path, Path]:
    """A repository whose every setting, hook and attribute starts a program, and the file that this would leave."""
    ran = folder / "ran"
    evil = folder / "evil"
    evil.write_text(f"#!/bin/sh\necho \"$0 $*\" >> '{ran}'\n")
    evil.chmod(0o755)
    root = repository(folder / "r", {"2026-01-10": {"A.md": due("1"), "B.md": due("7") + "B"}})
    attributes = "* diff=evil filter=evil\n"
    commit(root, "2026-01-20", {"A.md": None, "C.md": due("1") + "More.\n", ".gitattributes": attributes})
    commit(root, "2026-01-30", {"C.md": due("2") + "More.\n"})
    signature = "gpgsig -----BEGIN SSH SIGNATURE-----\n x"
    signed = git(root, "cat-file", "commit", "HEAD").replace("\n\n", f"\n{signature}\n\n", 1)
    (folder / "commit").write_text(signed)
    git(root, "reset", "-q", "--soft", git(root, "hash-object", "-t", "commit", "-w", str(folder / "commit")).strip())
    (root / ".git/info/attributes").write_text(attributes)
    for hook in ("post-index-change", "fsmonitor-watchman", "reference-transaction", "pre-auto-gc", "post-checkout"):
        (root / ".git/hooks" / hook).write_text(evil.read_text())
        (root / ".git/hooks" / hook).chmod(0o755)
    lines = [f"{name.rpartition('.')[2]} = {value.format(evil)}" for name, value in HOSTILE.items()]
    heads = [name.rpartition(".")[0].partition(".") for name in HOSTILE]
    sections = [f'[{first} "{rest}"]' if rest else f"[{first}]" for first, _, rest in heads]
    text = "".join(f"{section}\n\t{line}\n" for section, line in zip(sections, lines, strict=True))
    (root / ".git/config").write_text(f"[core]\n\trepositoryFormatVersion = 1\n{text}")
    return root, ran


@pytest.mark.parametrize("asked", [("status",), ("log", "-p"), ("cat-file", "--filters", "HEAD:C.md")])
def test_what_is_hostile_is_so_indeed(tmp_path: Path, asked: tuple[str, ...]) -> None:
    root, ran = hostile(tmp_path)
    subprocess.run(["git", "-c", "diff.orderFile=/dev/null", *asked], cwd=root, capture_output=True, check=False)  # noqa: S607
    assert "/evil" in ran.read_text()


def test_no_setting_of_a_repository_starts_a_program(tmp_path: Path) -> None:
    root, ran = hostile(tmp_path)
    assert dues(root, "C.md") == [("2026-01-10", "1"), ("2026-01-20", "1"), ("2026-01-30", "2")]
    assert dues(root, "B.md") == [("2026-01-10", "7")]
    assert not ran.exists(), ran.read_text()


def test_what_a_clone_has_left_out_is_not_fetched(tmp_path: Path) -> None:
    root, ran = hostile(tmp_path)
    blob = git(root, "hash-object", "-t", "blob", "B.md", "--no-filters").strip()
    (root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert dues(root, "B.md") == []
    assert [due for _, due in dues(root, "C.md")] == ["1", "1", "2"]
    assert not ran.exists(), ran.read_text()


def test_nothing_of_the_environment_leads_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository(tmp_path / "r", {"2026-01-10": {"A.md": due("1")}})
    other = repository(tmp_path / "other", {"2026-01-11": {"A.md": due("2")}})
    for name, value in {
        "GIT_DIR": other / ".git",
        "GIT_WORK_TREE": other,
        "GIT_INDEX_FILE": other / ".git/index",
        "GIT_OBJECT_DIRECTORY": other / ".git/objects",
        "GIT_TRACE": tmp_path / "trace",
        "GIT_EXTERNAL_DIFF": tmp_path / "evil",
        "GIT_CONFIG_PARAMETERS": "'log.showSignature=true'",
    }.items():
        monkeypatch.setenv(name, str(value))
    assert dues(root, "A.md") == [("2026-01-10", "1")]
    assert not (tmp_path / "trace").exists()


def test_a_repository_that_lies_among_the_notes_is_not_asked(tmp_path: Path) -> None:
    inner = repository(tmp_path / "inner", {"2026-01-10": {"A.md": due("1")}})
    root = tmp_path / "vault"
    shutil.copytree(inner / ".git", root)  # a folder of notes that looks like a bare repository
    save(root, {"A.md": due("2")})
    assert find_repository(root) is None


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_git_is_the_only_program_and_there_is_no_network(tmp_path: Path) -> None:
    root, _ = hostile(tmp_path)
    trace = tmp_path / "trace"
    calls = "execve,socket,connect,sendto"
    command = [sys.executable, "-m", "vaultkit", "-C", str(root), "--today", "2026-03-16", "check"]
    subprocess.run(
        ["strace", "-f", "-qq", "-e", f"trace={calls}", "-e", "signal=none", "-o", str(trace), *command],  # noqa: S607
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    made = [line.split(None, 1)[1] for line in trace.read_text().splitlines()]
    started = {call.split('"')[1].rpartition("/")[2] for call in made if call.startswith("execve") and "= 0" in call}
    assert {call.partition("(")[0] for call in made} == {"execve"}, made
    assert len(started) <= 2
    assert started <= {sys.executable.rpartition("/")[2], "git"}, started
