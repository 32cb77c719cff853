"""What is said from the cache is what is said without it, whatever happened between two runs, and costs less."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cache_vault import FILES, OLD_NS, READ, TODAY, Said, age, opened, said
from tests.cli_vault import files_of
from vaultkit import parser, resources
from vaultkit.disk import Cache, cache_file, cache_folder, decode, encode
from vaultkit.disk import cache as cache_module
from vaultkit.parser import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Corpus, MakeVault
    from vaultkit.model import Note


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes from the cache is held against a run without one here: it need not be proved on the way."""
    monkeypatch.delenv("VAULTKIT_PARANOID")


@pytest.fixture
def root(make_vault: MakeVault) -> Path:
    folder = make_vault(FILES)
    age(folder)
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "kept.sqlite3"


def hold(root: Path, cache: Path, **asked: object) -> Said:
    """Twice from the cache, the second time from what the first has left, and once without it: all the same."""
    files = files_of(root)
    first, second, without = (said(root, path, **asked) for path in (cache, cache, None))  # type: ignore[arg-type]
    assert first == without
    assert second == without
    assert files_of(root) == files
    return without


def parsed(monkeypatch: pytest.MonkeyPatch, run: Callable[[], object]) -> list[str]:
    """The paths that are parsed during a run."""
    paths: list[str] = []

    def counting(path: str, data: bytes) -> Note:
        paths.append(path)
        return parse(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(parser, "parse", counting)
        run()
    return paths


def nothing(root: Path) -> None:
    assert root.is_dir()


def edit(root: Path) -> None:
    note = root / "Priorities/Renew the brand.md"
    note.write_text(note.read_text().replace("---\n", "---\nserves: '[[Double revenue]]'\n", 1))


def take_a_link_away(root: Path) -> None:
    (root / "Priorities/Hire a CFO.md").write_text("---\nowner: '[[Ann Lee]]'\n---\n- [ ] Write\n")


def touch(root: Path) -> None:
    (root / "People/Ann Lee.md").touch()


def touch_all(root: Path) -> None:
    for path in root.rglob("*.*"):
        os.utime(path, ns=(OLD_NS + 5, OLD_NS + 5))


def same_bytes_in_another_file(root: Path) -> None:
    note = root / "Priorities/Hire a CFO.md"
    note.with_suffix(".tmp").write_bytes(note.read_bytes())
    note.with_suffix(".tmp").replace(note)


def rename(root: Path) -> None:
    (root / "Objectives/Double revenue.md").rename(root / "Objectives/Treble revenue.md")


def change_case(root: Path) -> None:
    (root / "Loose end.md").rename(root / "loose END.md")


def exchange(root: Path) -> None:
    one, two = root / "Empty.md", root / "Loose end.md"
    one.rename(root / "x.tmp")
    two.rename(one)
    (root / "x.tmp").rename(two)


def rename_folder(root: Path) -> None:
    (root / "Priorities").rename(root / "Initiatives")


def remove(root: Path) -> None:
    (root / "People/Ann Lee.md").unlink()


def remove_all_but_one(root: Path) -> None:
    for path in root.rglob("*.*"):
        if path.is_file() and path.name != "Loose end.md":
            path.unlink()


def add(root: Path) -> None:
    (root / "Board.md").write_text("[[Renew the brand]]\n")


def add_a_twin(root: Path) -> None:
    (root / "Deep/Double revenue.md").write_text("An objective of the same name.\n")


def turn_into_a_folder(root: Path) -> None:
    (root / "Loose end.md").unlink()
    (root / "Loose end.md").mkdir()
    (root / "Loose end.md/Inner.md").write_text("[[Loose end]]\n")


def turn_into_a_link(root: Path) -> None:
    (root / "Loose end.md").unlink()
    (root / "Loose end.md").symlink_to(root / "Empty.md")


def mend_a_canvas(root: Path) -> None:
    (root / "Broken.canvas").write_text('{"nodes": [{"id": "a", "type": "file", "file": "Empty.md"}]}')


def break_a_base(root: Path) -> None:
    (root / "Tasks.base").write_text("views: [")


def add_a_picture(root: Path) -> None:
    (root / "Board.png").write_bytes(b"")
    (root / "pic.png").unlink()


def settle_exclusion(root: Path) -> None:
    (root / "vaultkit.toml").write_text('exclude = ["Archive/"]\n')


def settle_severity(root: Path) -> None:
    (root / "vaultkit.toml").write_text('[validators.broken-link]\nseverity = "error"\n')


def settle_language(root: Path) -> None:
    (root / "vaultkit.toml").write_text('language = "fr"\n')


def settle_obsidian(root: Path) -> None:
    (root / ".obsidian/app.json").write_text('{"userIgnoreFilters": ["People/"]}')


def settle_kinds(root: Path) -> None:
    kind = (resources.templates() / "kinds/priority.md").read_text("utf-8")
    (root / "T/kinds").mkdir(parents=True)
    (root / "T/kinds/priority.md").write_text(kind.replace("Priorities", "Deep"), "utf-8")
    (root / "vaultkit.toml").write_text('templates = "T"\n')


HAPPENINGS: tuple[Callable[[Path], None], ...] = (
    *(nothing, edit, take_a_link_away, touch, touch_all, same_bytes_in_another_file, rename, change_case, exchange),
    *(rename_folder, remove, remove_all_but_one, add, add_a_twin, turn_into_a_folder, turn_into_a_link),
    *(mend_a_canvas, break_a_base, add_a_picture),
    *(settle_exclusion, settle_severity, settle_language, settle_obsidian, settle_kinds),
)


@pytest.mark.parametrize("happens", HAPPENINGS, ids=lambda happens: happens.__name__)
@pytest.mark.parametrize("later", [False, True], ids=["at once", "later"])
def test_what_happened_between_two_runs_is_seen(
    root: Path, cache: Path, happens: Callable[[Path], None], *, later: bool
) -> None:
    before = hold(root, cache)
    happens(root)
    if later:
        age(root)
    after = hold(root, cache)
    unchanged = {nothing, touch, touch_all, same_bytes_in_another_file}
    assert (after == before) is (happens in unchanged)


@pytest.mark.parametrize("happens", HAPPENINGS, ids=lambda happens: happens.__name__)
def test_what_happened_before_and_was_undone_is_seen(
    root: Path, cache: Path, tmp_path: Path, happens: Callable[[Path], None]
) -> None:
    kept = shutil.copytree(root, tmp_path / "kept", symlinks=True)
    hold(root, cache)
    happens(root)
    hold(root, cache)
    shutil.rmtree(root)
    shutil.copytree(kept, root)
    hold(root, cache)


FIRST = (remove, settle_exclusion)


@pytest.mark.parametrize(
    ("first", "then"),
    [(first, then) for first in FIRST for then in HAPPENINGS if first != then],
    ids=lambda happens: happens.__name__,
)
def test_two_things_that_happen_one_after_the_other_are_seen(
    root: Path, cache: Path, first: Callable[[Path], None], then: Callable[[Path], None]
) -> None:
    said(root, cache)
    first(root)
    age(root)
    said(root, cache)
    then(root)
    hold(root, cache)


names = st.sampled_from(["a.md", "b.md", "d/a.md", "d/B.md", "d/c.canvas", "e.base", "p.png"])
texts = st.lists(
    st.sampled_from(["[[a]]", "[[b]]", "[[B|x]]", "![[p.png]]", "# A", "- [ ] x", "[[c.canvas]]", "\n", "#t", "---\n"]),
    max_size=4,
).map(" ".join)
steps = st.lists(st.tuples(names, st.sampled_from(["write", "write", "remove", "age", "run"]), texts), max_size=10)


@given(steps=steps)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_any_run_of_edits_is_seen(tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, str]]) -> None:
    root = tmp_path_factory.mktemp("vault")
    cache = tmp_path_factory.mktemp("cache") / "kept.sqlite3"
    for path, step, text in [*steps, ("", "run", "")]:
        if step == "write":
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_text(text)
        elif step == "remove":
            (root / path).unlink(missing_ok=True)
        elif step == "age":
            age(root)
        else:
            assert said(root, cache) == said(root, None)


def test_a_rewrite_of_the_same_size_within_the_same_tick_is_seen(root: Path, cache: Path) -> None:
    note = root / "People/Ann Lee.md"
    note.write_text("[[Board]]\n")
    hold(root, cache)
    status = note.stat()
    note.write_text("[[Empty]]\n")
    os.utime(note, ns=(status.st_atime_ns, status.st_mtime_ns))
    hold(root, cache)


def test_another_vault_in_the_same_place_is_another_vault(root: Path, cache: Path, make_vault: MakeVault) -> None:
    hold(root, cache)
    other = shutil.copytree(resources.sample_vault(), root.with_name("other"))
    age(other)
    root.rename(root.with_name("gone"))
    other.rename(root)
    hold(root, cache)
    root.rename(other)
    root.with_name("gone").rename(root)
    hold(root, cache)


def test_the_sample_vault_says_the_same(tmp_path: Path, cache: Path) -> None:
    root = shutil.copytree(resources.sample_vault(), tmp_path / "sample")
    age(root)
    for day in (TODAY, date(2026, 9, 1), TODAY):
        hold(root, cache, today=day)
    for path in sorted(root.rglob("*.md"))[::4]:
        path.unlink()
        assert said(root, cache) == said(root, None)


def test_another_day_and_another_language_are_judged_anew(root: Path, cache: Path) -> None:
    told = hold(root, cache)
    assert hold(root, cache, today=date(2027, 3, 16)).findings != told.findings
    hold(root, cache, language="fr")
    assert hold(root, cache) == told


def test_a_note_that_may_not_be_read_is_told_of(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hold(root, cache)
    (root / "Empty.md").write_text("Something\n")
    real = os.open

    def refuse(path: str | Path, *rest: int, **named: int) -> int:
        if path == "Empty.md":
            raise PermissionError(13, "Permission denied")
        return real(path, *rest, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        told = hold(root, cache)
        age(root)
        hold(root, cache)
    assert "unreadable-note" in {finding.validator for finding in told.findings if finding.path == "Empty.md"}
    hold(root, cache)


def test_a_note_that_could_not_be_read_once_is_read_when_it_can_be(
    root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def refuse(path: str | Path, *rest: int, **named: int) -> int:
        if path == "Loose end.md":
            raise OSError(5, "Input/output error")
        return real(path, *rest, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        hold(root, cache)
    hold(root, cache)


@pytest.mark.parametrize("name", ["Loose end.md", "Broken.canvas", "Tasks.base"])
def test_what_is_known_is_not_opened(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (root / "Plan.canvas").unlink()  # half a character stands in what it links to: that cannot be kept
    said(root, cache)
    assert opened(monkeypatch, lambda: said(root, cache)) == []
    (root / name).write_bytes((root / name).read_bytes() + b" ")
    os.utime(root / name, ns=(OLD_NS, OLD_NS + 1000))
    assert opened(monkeypatch, lambda: said(root, cache)) == [name]
    assert opened(monkeypatch, lambda: said(root, cache)) == []


def test_what_is_known_is_not_parsed(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "Plan.canvas").unlink()  # half a character stands in what it links to: that cannot be kept
    assert parsed(monkeypatch, lambda: said(root, cache))
    touch_all(root)
    assert parsed(monkeypatch, lambda: said(root, cache)) == []
    touch(root)
    assert parsed(monkeypatch, lambda: said(root, cache)) == []
    edit(root)
    assert parsed(monkeypatch, lambda: said(root, cache)) == ["Priorities/Renew the brand.md"]
    rename(root)
    assert parsed(monkeypatch, lambda: said(root, cache)) == ["Objectives/Treble revenue.md"]


def test_nothing_is_judged_again_when_nothing_changed(root: Path, cache: Path) -> None:
    told = said(root, cache)
    program = (
        "import sys; from datetime import date; from pathlib import Path; from vaultkit.disk import Cache;"
        "from vaultkit.session import Session; root = sys.argv[1];"
        "session = Session(Path(root), today=date(2026, 3, 16), cache=Cache(Path(sys.argv[2]), root));"
        "print(len(session.findings()), session.count, session.recognises); session.close();"
        "print(*(name for name in sys.modules if name.startswith(('vaultkit.validators', 'vaultkit.vault', 'yaml'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(root), str(cache)], capture_output=True, text=True, check=False
    )
    assert done.stdout == f"{len(told.findings)} {told.notes} {told.recognises}\n\n", done.stderr


def test_a_new_vaultkit_believes_no_other(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hold(root, cache)
    assert Cache(cache, str(root)).get("listing")
    with monkeypatch.context() as patch:
        patch.setattr(cache_module, "__version__", "99.0")
        assert Cache(cache, str(root)).get("listing") is None
        assert Cache(cache, str(root)).get("note Empty.md") is None
        hold(root, cache)
        assert Cache(cache, str(root)).get("listing")
    assert Cache(cache, str(root)).get("listing") is None
    hold(root, cache)


def test_a_vaultkit_whose_files_have_changed_is_another(
    root: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "package/parser").mkdir(parents=True)
    (tmp_path / "package/parser/note.py").write_text("one")
    monkeypatch.setattr(cache_module, "PACKAGE", tmp_path / "package")
    hold(root, cache)
    assert Cache(cache, str(root)).get("listing")
    (tmp_path / "package/parser/note.py").write_text("other")
    assert Cache(cache, str(root)).get("listing") is None


def test_another_owner_of_the_same_file_finds_nothing(root: Path, cache: Path) -> None:
    hold(root, cache)
    assert Cache(cache, f"{root}/other").get("listing") is None
    assert Cache(cache, str(root)).get("listing")


def test_it_is_nobody_elses(root: Path, tmp_path: Path) -> None:
    cache = tmp_path / "a/b/kept.sqlite3"
    kept = Cache(cache, str(root))
    kept.put("key", b"value")
    kept.commit()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in cache.parent.iterdir()}
    assert modes == dict.fromkeys((cache.name, f"{cache.name}-wal", f"{cache.name}-shm"), 0o600)
    assert stat.S_IMODE(cache.parent.stat().st_mode) == 0o700
    kept.close()


def test_every_vault_has_its_own_outside_of_it(
    make_vault: MakeVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = make_vault({}, "one"), make_vault({}, "two")
    (tmp_path / "linked").symlink_to(one)
    assert cache_file(one) == cache_file(tmp_path / "linked") != cache_file(two)
    assert cache_file(one).is_relative_to(Path(os.environ["XDG_CACHE_HOME"]) / "vaultkit")
    monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(tmp_path / "mine"))
    assert cache_file(one).parent == cache_folder() == tmp_path / "mine"


@pytest.mark.parametrize("corpus_name", ["help-en", "sample"])
def test_a_note_is_the_same_once_it_was_kept(corpus: Corpus, corpus_name: str) -> None:
    folder = resources.sample_vault() if corpus_name == "sample" else corpus(corpus_name)
    for path in sorted(p for p in folder.rglob("*") if p.name.endswith(READ)):
        note = parse(path.relative_to(folder).as_posix(), path.read_bytes())
        assert decode(encode(note)) == note


@pytest.mark.parametrize(
    "value",
    [
        *("[a, [b, [c]]]", "{a: [1, {b: [2.5, null, true]}]}", ".nan", "[.nan, .inf, -.inf]", "-0.0", "[]", "{}"),
        *("9223372036854775807", "-9223372036854775808", "1e400", "0xffffffffffffffffffff", "'\U0001f3af'"),
    ],
)
def test_a_value_is_the_same_once_it_was_kept(value: str) -> None:
    note = parse("a.md", f"---\na: {value}\n---\nb:: {value}\n".encode())
    kept = decode(encode(note))
    assert kept == note
    assert repr(kept) == repr(note)  # a list is no tuple, 1.0 is not 1


def test_notes_are_fetched_all_at_once_when_many_are_asked_for(make_vault: MakeVault, cache: Path) -> None:
    root = make_vault({f"{number}.md": f"[[{number + 1}]]" for number in range(200)})
    age(root)
    hold(root, cache)
    (root / "7.md").write_text("[[9]]")
    hold(root, cache)
