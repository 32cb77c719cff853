"""Notes are read by other processes as they are read by this one, whoever lends them and whatever becomes of them."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cache_vault import FILES, READ, TODAY, said
from tests.cli_vault import command
from vaultkit.disk import Cache, Wanted, parse_all, pool, read_notes
from vaultkit.disk.parsing import CHUNK, GREATEST_CHUNK, WORTH
from vaultkit.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import MakeVault
    from vaultkit.model import Note

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0
"""Seconds until a test gives up on a process; none takes that long when all is well."""
LENDERS: dict[str, Callable[[], Executor]] = {
    "threads": lambda: ThreadPoolExecutor(2),
    "forked": lambda: ProcessPoolExecutor(2, multiprocessing.get_context("fork")),
    "spawned": lambda: ProcessPoolExecutor(2, multiprocessing.get_context("spawn")),
}
if sys.platform == "win32":
    del LENDERS["forked"]


@pytest.fixture
def root(make_vault: MakeVault) -> Path:
    """Some of each, and enough that there are several chunks, by size and by number."""
    filler = "Here is *more* of it, and `more`.\n\n" * 2000
    large = {f"Large/{number}.md": f"# {number}\n\n{filler}" for number in range(CHUNK * 2 // len(filler))}
    small = {f"Small/{number}.md": f"[[{number + 1}]]\n" for number in range(GREATEST_CHUNK + 50)}
    return make_vault({**FILES, **large, **small})


def wanted(root: Path) -> list[Wanted]:
    paths = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.name.endswith(READ))
    return [Wanted(path, (root / path).stat().st_size) for path in paths]


def read(root: Path, executor: Executor | None = None) -> dict[str, Note | None]:
    return {parsed.path: parsed.note for parsed in parse_all(root, wanted(root), executor)}


def serially(root: Path) -> dict[str, Note]:
    return {note.path: note for note in read_notes(root, (file.path for file in wanted(root)))}


def workers(*, none: bool) -> list[multiprocessing.process.BaseProcess]:
    """The processes that this one has begun and that have not ended."""
    found = multiprocessing.active_children()
    assert not (none and found), found
    return found


def test_one_process_reads_what_is_little(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sum(file.size for file in wanted(root)) < WORTH
    monkeypatch.setattr(pool, "pool", None)  # it is not asked for
    assert read(root) == serially(root)


@pytest.mark.parametrize("lender", LENDERS)
def test_any_executor_will_do(root: Path, lender: str) -> None:
    with LENDERS[lender]() as executor:
        assert read(root, executor) == serially(root)
        assert executor.submit(int, 7).result() == 7  # it is its owner's to end
    workers(none=True)


@pytest.fixture
def much(root: Path) -> Path:
    """So much that other processes are worth their start."""
    missing = WORTH - sum(file.size for file in wanted(root))
    (root / "Much.md").write_bytes(b"More of it.\n" * (missing // 12 + 1))
    return root


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_this_machines_processes_are_used_where_there_is_much(
    much: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip("this system cannot fork")
    monkeypatch.setattr(pool, "_METHOD", method)
    monkeypatch.setattr(pool, "_processors", lambda: 2)
    seen = set()
    found: dict[str, Note | None] = {}
    for parsed in parse_all(much, wanted(much)):
        seen |= {process.pid for process in workers(none=False)}
        found[parsed.path] = parsed.note
    assert found == serially(much)
    assert len(seen) == 2
    workers(none=True)


def test_one_processor_does_it_alone(much: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_processors", lambda: 1)
    for _ in parse_all(much, wanted(much)):
        workers(none=True)
    assert read(much) == serially(much)


def test_nothing_is_forked_beside_other_threads(much: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_METHOD", "fork")
    monkeypatch.setattr(pool, "_processors", lambda: 2)
    ended = threading.Event()
    other = threading.Thread(target=ended.wait)
    other.start()
    try:
        for _ in parse_all(much, wanted(much)):
            workers(none=True)
    finally:
        ended.set()
        other.join()


def test_what_reads_as_before_is_not_sent(root: Path) -> None:
    digests = {path: note.digest for path, note in serially(root).items()}
    (root / "Loose end.md").write_text("Something else\n")
    (root / "Empty.md").unlink()
    known = [Wanted(path, 1, digest) for path, digest in digests.items()]
    for executor in (None, ThreadPoolExecutor(2)):
        found = {parsed.path: parsed.note for parsed in parse_all(root, known, executor)}
        assert {path for path, note in found.items() if note} == {"Loose end.md"}
        assert digests.keys() - found.keys() == {"Empty.md"}


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)


class Dying(ProcessPoolExecutor):
    """Its workers do some of what they are asked, and then they are killed."""

    def __init__(self, after: int) -> None:
        super().__init__(1)
        self.after = after

    def submit(self, call: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        self.after -= 1
        if self.after < 0:
            self.submit = super().submit  # type: ignore[method-assign]
            return super().submit(_die)
        return super().submit(call, *arguments, **named)


@pytest.mark.parametrize("after", [0, 1, 2])
def test_what_dead_workers_leave_is_done_here(root: Path, after: int) -> None:
    with Dying(after) as executor:
        assert read(root, executor) == serially(root)
        with pytest.raises(BrokenProcessPool):
            executor.submit(int)


def test_workers_that_are_killed_are_done_without(much: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_processors", lambda: 2)
    found: dict[str, Note | None] = {}
    for parsed in parse_all(much, wanted(much)):
        for process in workers(none=False):
            process.kill()
        found[parsed.path] = parsed.note
    assert found == serially(much)
    workers(none=True)


def _killed_while_it_answers(_: int) -> bytes:
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    return bytes(1 << 24)  # more than any pipe holds: it is written as far as somebody reads


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_an_answer_that_breaks_off_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_processors", lambda: 2)
    with suppress(OSError), pool.pool(_killed_while_it_answers, range(4)) as found:
        for process in workers(none=False):
            process.join(PATIENCE)
        pytest.fail(f"answered: {len(list(found or ()))}")
    workers(none=True)


def _fails(number: int) -> int:
    return 1 // number


def test_what_fails_there_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_processors", lambda: 2)
    with pytest.raises(ZeroDivisionError), pool.pool(_fails, range(4)) as found:
        list(found or ())
    workers(none=True)


def test_a_session_reads_with_what_it_is_lent(root: Path, tmp_path: Path) -> None:
    expected = said(root, None)
    told: list[tuple[int, int]] = []
    with ThreadPoolExecutor(2) as executor:
        cache = Cache(tmp_path / "cache/kept.sqlite3", str(root))
        session = Session(
            root, today=TODAY, executor=executor, cache=cache, progress=lambda *done: told.append(done), paranoid=True
        )
        assert session.findings() == expected.findings
        (root / "Empty.md").write_text("[[Loose end]]\n")
        assert session.refresh()
        assert session.findings() == said(root, None).findings
        session.close()
    count = len(wanted(root))
    assert told[:count] == [(number, count) for number in range(1, count + 1)]
    assert said(root, tmp_path / "cache/kept.sqlite3") == said(root, None)


def test_a_note_that_is_saved_before_the_proof_is_no_fault_of_ours(root: Path) -> None:
    session = Session(root, today=TODAY, paranoid=True)
    (root / "Empty.md").write_text("[[Loose end]]\n")
    assert session.findings() == said(root, None).findings
    assert session.vault.notes["Empty.md"].links


READING = """
import sys
from vaultkit.cli import script
from vaultkit.disk import pool
pool._processors = lambda: 2
sys.argv[1:] = ["--no-cache", "-C", sys.argv[1], "check"]
script()
"""


AT_FORK = "import os, signal; os.register_at_fork(before=lambda: os.kill(os.getpid(), signal.SIGINT))"
"""Ctrl-C at the worst of moments: what is raised in the midst of a fork, Python only tells of."""


def children_of(process: int) -> set[int]:
    """The processes that it has begun, by Linux's own table."""
    found = set()
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:  # ended by now
            continue
        if fields[1] == str(process) and fields[0] != "Z":
            found.add(int(place.parent.name))
    return found


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
@pytest.mark.parametrize("looks", [0, 1, 2, 5, 20, 50])
def test_ctrl_c_ends_all_of_it(much: Path, looks: int) -> None:
    """As a terminal sends it: to the command and to all that it has begun, at one moment or another of their work."""
    for number in range(12):
        (much / f"{number}.md").write_bytes(b"- More of *it*\n" * 20_000)
    process = subprocess.Popen(
        [sys.executable, "-c", READING, str(much)], stdout=-1, stderr=-1, text=True, start_new_session=True
    )
    begun: set[int] = set()
    while not begun and process.poll() is None:
        begun = children_of(process.pid)
    for _ in range(looks):
        begun |= children_of(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    out, trouble = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, trouble.strip()) == (130, "", "")
    assert begun
    assert not any(map(alive, begun))


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_none_outlives_the_one_that_began_it(much: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", READING, str(much)], stdout=-1, stderr=-1)
    begun: set[int] = set()
    while len(begun) < 2 and process.poll() is None:
        begun = children_of(process.pid)
    process.kill()
    process.communicate(timeout=PATIENCE)  # their ends of it are closed as well
    assert begun
    deadline = time.monotonic() + PATIENCE
    while any(map(alive, begun)):
        assert time.monotonic() < deadline


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere processes are not forked")
def test_ctrl_c_while_a_process_begins(much: Path) -> None:
    arguments = [sys.executable, "-c", AT_FORK + READING, str(much)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A Dask cluster of two processes on this machine."""
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as made,
        distributed.Client(made) as client,
    ):
        yield client


def test_a_cluster_reads_the_notes(root: Path, cluster: Any) -> None:
    where = {os.getpid()}
    executor = cluster.get_executor(pure=False)
    assert isinstance(executor, Executor)
    where |= set(executor.map(_here, range(50)))
    assert len(where) > 1
    assert read(root, executor) == serially(root)
    session = Session(root, today=date(2026, 3, 16), executor=executor)
    assert session.findings() == said(root, None).findings
    (root / "Empty.md").write_text("[[Loose end]]\n")
    session.refresh()
    assert session.findings() == said(root, None).findings


def _here(_: int) -> int:
    return os.getpid()


@pytest.mark.parametrize(("page", "language"), [("docs/speed.md", "en"), ("docs/fr/speed.md", "fr")])
def test_the_example_runs(
    page: str, language: str, root: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As it stands on the page, but for the address and the folder."""
    (example,) = re.findall(r"^```python\n(.*?)^```$", (ROOT / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    address = cluster.scheduler.address
    program, count = re.subn(r'"tcp://[^"]+"', repr(address), example)
    program, others = re.subn(r'Path\("[^"]+"\)', f"Path({str(root)!r})", program)
    assert (count, others) == (1, 1)
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False)
    count = len(Session(root).findings())
    assert (done.stdout, done.returncode) == (f"{count}\n", 0), done.stderr


def test_the_command_uses_them(much: Path) -> None:
    done = subprocess.run(command("-C", str(much), "--no-cache", "check"), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
