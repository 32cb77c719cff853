"""A vault that wants to do harm does none: nothing outside it is read or written, and its words remain words."""

from __future__ import annotations

import os
import pty
import re
import shutil
import sys
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.hostile_attempts import ATTEMPTS, BUILD, HIDDEN, Ran, happened, run
from tests.hostile_vault import NAMES, TOKEN, WORDS, World, make, state
from tests.pages import as_note, links, pages
from tests.test_generator_harm import assert_harmless
from vaultkit import escape, generators
from vaultkit.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from vaultkit.model import Page

LOOKS: tuple[tuple[str, ...], ...] = (
    *(("check", "--format", form) for form in ("text", "json", "sarif", "github")),
    *(("build", option) for option in ("--diff", "--dry-run", "--check")),
    *(("status", "--format", form) for form in ("text", "json")),
    *(("export", form) for form in ("json", "graphml", "obsidian")),
    *((name, "--format", form) for name in ("tasks", "tags", "orphans") for form in ("tsv", "csv", "json")),
    *((name,) for name in ("deadends", "unresolved")),
    *(
        (name, note)
        for name in ("show", "links", "backlinks")
        for note in ("Goal", "[[z]]", "\x1b[31mred\x1b]0;title\x07")
    ),
    ("explain", "orphan-priority", "Priorities/a|b.md"),
    ("explain", "\x1b[31m"),
    ("eject", "--dry-run"),
)
MERMAID = re.compile(
    r"flowchart LR"
    r'|    n\d+(?:\(\["(?P<a>.*)"\]\)|\[/?"(?P<b>.*)"/?\]|\("(?P<c>.*)"\)|\[\("(?P<d>.*)"\)\])'
    r"|    n\d+ --> n\d+"
    r"|    class n\d+(?:,n\d+)* (?:internal-link|orphan|unserved)"
    r"|    classDef (?:orphan stroke:#c92a2a,stroke-width:3px|unserved stroke-dasharray:6 4)"
    r"|gantt|    dateFormat YYYY-MM-DD|    axisFormat [%Ymd-]+|    tickInterval 1(?:week|month)"
    r"|    section (?P<e>[^:]+)"
    r"|    (?P<f>[^:]+) :(?:crit, )?(?:milestone, )?b\d+, \d{4}-\d\d-\d\d, \d+d"
)
LABEL = re.compile(r"(?:#\d+;|[^\"`<>#*_\[\]{}\\;|])*")


CALLS = "execve,execveat,connect,socket,bind,sendto"
"""What starts a program, and what talks to anybody."""


class Done(NamedTuple):
    """What was run on the hostile vault, and how everything stood after each."""

    world: World
    states: dict[str, dict[str, tuple[object, ...]]]
    ran: dict[tuple[str, ...], Ran]
    pages: tuple[Page, ...]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    home = tmp_path_factory.mktemp("h")
    os.chdir(home)  # the path of a socket may not be long
    world = make(home / "world")
    states, ran = {"before": state(world.root)}, {}
    for look in LOOKS:
        ran[look] = run(world, *look)
    states["looked"] = state(world.root)
    made = Session(world.vault, today=date(2026, 3, 16)).pages()
    for name, command in {"built": BUILD, "built again": ("build",), "ejected": ("eject", "--yes")}.items():
        ran[command] = run(world, *command)
        states[name] = state(world.root)
    return Done(world, states, ran, made)


def test_every_command_ends_well_and_tells_nothing(done: Done) -> None:
    for command, ran in done.ran.items():
        said = ran.out + ran.err
        assert ran.code in {0, 1, 2}, (command, ran.err)
        assert "Traceback" not in said, command
        assert "bug of its own" not in said, command
        assert TOKEN not in said, command
        assert not HIDDEN.findall(said), command
    assert sum(len(ran.out) > 200 for ran in done.ran.values()) > len(LOOKS) / 2


def test_looking_changes_nothing(done: Done) -> None:
    assert done.states["looked"] == done.states["before"]


def test_building_writes_pages_and_regions_and_nothing_else(done: Done) -> None:
    before, built = done.states["before"], done.states["built"]
    asked = {f"vault/{page.path}" for page in done.pages}
    other = {path for path in before.keys() | built.keys() if before.get(path) != built.get(path)}
    assert other - {"vault/Dashboards"} <= asked
    doubtful = f"vault/Titles/{WORDS.index('%% vaultkit:index %%')}.md"  # one of its marks stands in a heading
    refused = {"vault/closed.md", "vault/read only.md", "vault/twin one.md", doubtful}
    assert asked - other == refused
    assert all(path.rpartition("/")[2] in done.ran[BUILD].err for path in refused)
    assert not [path for path in other if path.startswith(("vault/.", "outside"))]


def test_a_second_build_touches_nothing(done: Done) -> None:
    assert done.states["built again"] == done.states["built"]


def test_after_eject_every_byte_is_as_it_was(done: Done) -> None:
    def bytes_of(name: str) -> dict[str, tuple[object, ...]]:
        return {path: (*what[:3], what[-1]) for path, what in done.states[name].items()}

    assert bytes_of("ejected") == bytes_of("before")


def test_pages_hold_what_was_meant_and_nothing_more(done: Done) -> None:
    vault = Session(done.world.vault, today=date(2026, 3, 16)).vault
    assert_harmless(vault)
    reachable = {path for path in vault.notes if not set(path) & set("#:") and not path.rpartition("/")[2][0].isspace()}
    index = pages(vault)["Index.md"]
    assert set(links(vault, index)) >= reachable - {"Index.md"}
    folders = {folder for path in vault.notes for folder in _folders(path)}
    entries = [line for line in index.text.splitlines() if line.lstrip().startswith("- ")]
    assert len(entries) == len(vault.notes) + len(folders)
    work = {note.path for note in vault.of_kind("priority", "objective")}
    assert len(work) > 2 * len(WORDS) - len(NAMES)
    for page in vault.ask(generators.render):
        assert escape.seen(page.text) == page.text
        assert TOKEN not in page.text
        written = [heading.text for heading in as_note(page).headings]
        assert len(written) == len(re.findall(r"^#{1,6} ", page.text, re.MULTILINE))


def _folders(path: str) -> Iterator[str]:
    parts = path.split("/")[:-1]
    return ("/".join(parts[: depth + 1]) for depth in range(len(parts)))


def test_a_diagram_has_our_nodes_and_nothing_that_mermaid_reads(done: Done) -> None:
    text = "\n".join(page.text for page in done.pages)
    diagrams = re.findall(r"^```mermaid\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert sum(diagram.count('"') // 2 for diagram in diagrams) > len(WORDS) / 2
    for line in (line for diagram in diagrams for line in diagram.splitlines()):
        found = MERMAID.fullmatch(line)
        assert found, line
        assert all(LABEL.fullmatch(label) for label in found.groups() if label is not None), line


@pytest.mark.parametrize(
    "command", [("check",), ("build", "--diff"), ("build", "--dry-run"), ("status",), ("show", "Goal")]
)
def test_a_terminal_is_told_colours_alone(done: Done, command: tuple[str, ...]) -> None:
    ours, theirs = pty.openpty()
    pid = os.fork()
    if pid == 0:
        os.login_tty(theirs)
        os.chdir(done.world.vault)
        os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
        os.execv(sys.executable, [sys.executable, "-m", "vaultkit", "-q", *command])  # noqa: S606 -- our own
    os.close(theirs)
    said = _all_of(ours)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) in {0, 1}
    plain = re.sub("\x1b\\[[0-9;]*m", "", said)
    assert len(plain) > 100
    assert not HIDDEN.findall(plain.replace("\r", ""))
    assert TOKEN not in plain


def _all_of(descriptor: int) -> str:
    read = []
    try:
        while data := os.read(descriptor, 1 << 16):
            read.append(data)
    except OSError:  # how Linux says that the other end is closed
        pass
    return b"".join(read).decode()


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
@pytest.mark.parametrize("command", [("build", "--diff"), pytest.param(("export", "json"), marks=pytest.mark.prove)])
def test_no_program_is_started_and_no_network_touched(done: Done, tmp_path: Path, command: tuple[str, ...]) -> None:
    trace = tmp_path / "trace"
    traced = ("strace", "-f", "-qq", "-e", f"trace={CALLS}", "-e", "signal=none", "-o", str(trace))
    ran = run(done.world, "--no-cache", *command, before=traced)
    assert ran.code in {0, 1}, ran.err
    calls = [line.split(None, 1)[1] for line in trace.read_text().splitlines()]
    assert [call.partition("(")[0] for call in calls] == ["execve"], calls  # vaultkit itself


def _some(names: Iterable[str]) -> Iterator[object]:
    """Each takes a second: one in six is tried each time, all of them in the long proofs."""
    for number, name in enumerate(names):
        yield pytest.param(name, marks=pytest.mark.prove) if number % 6 else name


@pytest.mark.parametrize("name", list(_some(ATTEMPTS)))
def test_what_is_tried_fails(tmp_path: Path, name: str) -> None:
    _, wrong = happened(ATTEMPTS[name], tmp_path)
    assert not wrong
