"""Planning: what is generated goes where it belongs, what a person wrote stays, and the second plan is empty."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit import parser
from vaultkit.config import Config, Obsidian
from vaultkit.disk import apply, exclusion, read_notes, read_texts, remove_empty_parents, scan
from vaultkit.model import Edit, Page
from vaultkit.parser.note import LIMIT
from vaultkit.planner import Plan, diff, eject, plan, sealed, stands
from vaultkit.regions import closing, opening
from vaultkit.splice import spliced
from vaultkit.vault import Kinds, Setting, Vault

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tests.conftest import MakeVault
    from vaultkit.model import Note

OVERVIEW = "Dashboards/Overview.md"
FRONT = "---\ngenerated: vaultkit\npage: overview\n---\n"
MARK = '%% vaultkit:index folder="Projects" %%'
OTHER = "%% vaultkit:index tag=project %%"


def read(root: Path, obsidian: Obsidian | None = None) -> Vault:
    config, obsidian = Config(), obsidian or Obsidian()
    listing = scan(root, exclusion(config, obsidian))
    setting = Setting(Kinds({}, config), config, obsidian, date(2026, 3, 16))
    return Vault.build(read_notes(root, listing.notes), listing.files, setting)


def texts_of(root: Path, pages: Iterable[Page] = ()) -> dict[str, str]:
    return read_texts(root, sorted({page.path for page in pages} | {*read(root).notes}))


def planned(root: Path, pages: Sequence[Page], *, force: bool = False, partial: bool = False) -> Plan:
    return plan(read(root), pages, texts_of(root, pages), force=force, partial=partial)


def build(root: Path, pages: Sequence[Page]) -> tuple[str, ...]:
    return apply(planned(root, pages).edits, root)


def contents(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def overview(text: str = "# Overview\n") -> Page:
    return Page(OVERVIEW, f"{FRONT}{text}", "overview")


def regions_of(root: Path, text: str = "- [[A]]\n") -> list[Page]:
    """A page for every region of every note, as a generator would find them."""
    notes = read(root).notes.values()
    return [Page(note.path, text, "index", region.opening.start) for note in notes for region in note.regions]


def test_a_page_is_made_sealed_and_then_left_alone(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": "note"})
    assert build(root, [overview()]) == (OVERVIEW,)
    body = f"{FRONT}# Overview\n\n"
    assert (root / OVERVIEW).read_text() == f"{body}{closing(body)}\n"
    assert planned(root, [overview()]) == Plan()


def test_a_page_that_stands_is_not_read(make_vault: MakeVault) -> None:
    root = make_vault({})
    build(root, [overview()])
    vault = read(root)
    assert stands(vault, overview())
    assert plan(vault, [overview()], {}) == Plan()
    assert not stands(vault, overview("# Other\n"))
    (root / OVERVIEW).write_text((root / OVERVIEW).read_text() + "mine\n")
    assert not stands(read(root), overview())


def test_the_seal_is_what_the_parser_checks(make_vault: MakeVault) -> None:
    root = make_vault({})
    build(root, [overview("# Overview\r\n\n\n")])
    generated = read(root).notes[OVERVIEW].generated
    assert generated is not None
    assert generated.digest == generated.actual
    assert generated.page == "overview"


def test_a_page_follows_what_is_to_be_said(make_vault: MakeVault) -> None:
    root = make_vault({})
    build(root, [overview("one")])
    build(root, [overview("two")])
    assert (root / OVERVIEW).read_text() == sealed(f"{FRONT}two")


@pytest.mark.parametrize("line_end", [b"\r\n", b"\n"])
def test_other_line_ends_are_no_change(make_vault: MakeVault, line_end: bytes) -> None:
    root = make_vault({OVERVIEW: sealed(overview().text).encode().replace(b"\n", line_end)})
    assert planned(root, [overview()]) == Plan()
    build(root, [overview("new")])
    assert (root / OVERVIEW).read_bytes() == sealed(f"{FRONT}new").encode().replace(b"\n", line_end)


def test_a_persons_note_where_a_page_would_go_is_kept(make_vault: MakeVault) -> None:
    root = make_vault({OVERVIEW: "# Mine"})
    assert planned(root, [overview()]) == Plan(kept=(OVERVIEW,))
    assert planned(root, [overview()], force=True) == Plan(kept=(OVERVIEW,))


def test_a_file_that_cannot_be_read_as_text_is_kept(make_vault: MakeVault) -> None:
    root = make_vault({OVERVIEW: b"caf\xe9"})
    assert planned(root, [overview()], force=True) == Plan(kept=(OVERVIEW,))


def test_a_page_edited_by_hand_is_kept_unless_forced(make_vault: MakeVault) -> None:
    root = make_vault({})
    build(root, [overview("one")])
    edited = (root / OVERVIEW).read_text().replace("one", "one, and mine")
    (root / OVERVIEW).write_text(edited)
    assert planned(root, [overview("two")]) == Plan(kept=(OVERVIEW,))
    forced = planned(root, [overview("two")], force=True)
    assert forced == Plan((Edit(OVERVIEW, edited, sealed(f"{FRONT}two"), whole=True),))


def test_a_page_without_its_mark_counts_as_edited(make_vault: MakeVault) -> None:
    root = make_vault({OVERVIEW: f"{FRONT}one\n"})
    assert planned(root, [overview("two")]) == Plan(kept=(OVERVIEW,))


def test_a_page_that_is_made_no_more_is_named_and_never_removed(make_vault: MakeVault) -> None:
    root = make_vault({"Mine.md": "mine"})
    old = Page("Dashboards/Old.md", f"{FRONT}old", "index")
    build(root, [overview(), old])
    assert planned(root, [overview()], partial=True) == Plan()
    assert planned(root, [overview()]) == Plan(stale=(old.path,))


def test_a_page_in_an_excluded_folder_is_still_ours(make_vault: MakeVault) -> None:
    root = make_vault({})
    excluded = Obsidian(ignore_filters=("Dashboards/",))
    build(root, [overview("one")])
    vault = read(root, excluded)
    assert OVERVIEW in vault.files
    texts = read_texts(root, [OVERVIEW])
    assert plan(vault, [overview("one")], texts) == Plan()
    assert [edit.path for edit in plan(vault, [overview("two")], texts).edits] == [OVERVIEW]
    assert [edit.text for edit in eject(vault, texts).edits] == [None]
    (root / OVERVIEW).write_text("mine")
    assert plan(vault, [overview("two")], read_texts(root, [OVERVIEW])) == Plan(kept=(OVERVIEW,))


def test_two_generators_that_want_one_place_do_not_fight(make_vault: MakeVault) -> None:
    root = make_vault({})
    found = planned(root, [overview("one"), overview("two")])
    assert [edit.text for edit in found.edits] == [sealed(f"{FRONT}one")]
    assert found.kept == (OVERVIEW,)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"Above\n\n{MARK}\n\nBelow\n", f"Above\n\n{MARK}\nBODY\n\nBelow\n"),
        (f"{MARK}\n", f"{MARK}\nBODY\n"),
        (MARK, f"{MARK}\nBODY"),
        (f"{MARK}\nBelow", f"{MARK}\nBODY\nBelow"),
        (f"{MARK}  \nBelow\n", f"{MARK}  \nBODY\nBelow\n"),
        (f"{MARK}\n\n{OTHER}\n", f"{MARK}\nBODY\n\n{OTHER}\nBODY\n"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_region_is_filled_where_it_was_asked_for(
    make_vault: MakeVault, before: str, after: str, line_end: str
) -> None:
    root = make_vault({"Note.md": before.replace("\n", line_end)})
    pages = regions_of(root)
    build(root, pages)
    body = "\n- [[A]]\n\n"
    wanted = after.replace("BODY", f"{body}{closing(body)}")
    got = (root / "Note.md").read_bytes().decode()
    if line_end in before.replace("\n", line_end):
        wanted = wanted.replace("\n", line_end)
    assert got == wanted
    assert planned(root, regions_of(root)) == Plan()


def test_a_region_follows_what_is_to_be_said_and_nothing_else_moves(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": f"Above\r\n{MARK}\r\nBelow\r\n\n"})
    build(root, regions_of(root, "one"))
    build(root, regions_of(root, ""))
    build(root, regions_of(root, "two\n\nthree\n"))
    body = "\r\ntwo\r\n\r\nthree\r\n\r\n"
    assert (root / "Note.md").read_bytes() == f"Above\r\n{MARK}\r\n{body}{closing(body)}\r\nBelow\r\n\n".encode()


def test_a_region_edited_by_hand_is_kept_unless_forced(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": f"Above\n\n{MARK}\n\nBelow\n"})
    build(root, regions_of(root, "one"))
    (root / "Note.md").write_text((root / "Note.md").read_text().replace("one", "mine"))
    assert planned(root, regions_of(root, "two")) == Plan(kept=("Note.md:3",))
    apply(planned(root, regions_of(root, "two"), force=True).edits, root)
    assert "mine" not in (root / "Note.md").read_text()
    assert planned(root, regions_of(root, "two")) == Plan()


@pytest.mark.parametrize(
    "text",
    [
        f"{MARK}\none\n%% /vaultkit %%\n",
        f"{MARK}\none\n%% /vaultkit 00000000 %%\n",
        f"{MARK}\n{MARK}\none\n%% /vaultkit 00000000 %%\n",
        "%% /vaultkit 00000000 %%\n\n" + MARK,
    ],
)
def test_broken_regions_are_left_untouched(make_vault: MakeVault, text: str) -> None:
    root = make_vault({"Note.md": text})
    pages = regions_of(root)
    found = planned(root, pages)
    assert found.edits == ()
    assert bool(found.kept) == bool(pages)


@pytest.mark.parametrize(
    "text",
    [
        f"{MARK}\n{MARK}\n",
        f"{MARK}\n\n> {OTHER}\n",
        f"{MARK}\n\none\n\n%% /vaultkit 0000",
        f"{MARK}\n{OTHER}\none\n%% /vaultkit 00000000 %%\n",
        f"{MARK}\n\nmine\n\none\n\n{closing(chr(10) + 'one' + chr(10) * 2)}\n",
        f"{MARK}\n\nours\n\n{closing(chr(10) + 'ours' + chr(10) * 2)}\n\n{closing('')}\n",
        f"{MARK}\n\n- [[A]]\n- [[B]] and words of mine\n",
        f"{MARK}\n| Note |\n|---|\n| [[A]] |\n",
    ],
)
def test_not_even_force_writes_where_a_text_may_be_a_persons(make_vault: MakeVault, text: str) -> None:
    root = make_vault({"Note.md": text, "Projects/A.md": "", "Projects/B.md": ""})
    found = planned(root, regions_of(root), force=True)
    assert found.edits == ()
    assert found.kept
    assert eject(read(root), texts_of(root)).edits == ()


def test_a_list_of_other_notes_below_a_mark_is_a_persons(make_vault: MakeVault) -> None:
    text = f"{MARK}\n\n- [[Mine]]\n- [[A]]\n- [[Nowhere]]\n"
    root = make_vault({"Note.md": text, "Mine.md": "", "Projects/A.md": "", "Projects/B.md": ""})
    build(root, regions_of(root))
    assert (root / "Note.md").read_text().endswith(f"%%{text.removeprefix(MARK)}")


def test_a_mark_keeps_its_spaces_while_its_list_is_up_to_date(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": f"{MARK}\n"})
    build(root, regions_of(root))
    (root / "Note.md").write_text((root / "Note.md").read_text().replace("%% /vaultkit ", "%%/Vaultkit   "))
    assert planned(root, regions_of(root)) == Plan()
    build(root, regions_of(root, "new"))
    body = "\nnew\n\n"
    assert (root / "Note.md").read_text() == f"{MARK}\n{body}{closing(body)}\n"


def test_a_note_is_not_filled_beyond_what_is_read_of_it(make_vault: MakeVault) -> None:
    text = f"{MARK}\n\n" + "a line of words\n" * (LIMIT // 16 - 4)
    root = make_vault({"Note.md": text})
    assert len(text) < LIMIT < len(text) + 100
    assert planned(root, regions_of(root, "- [[A]]\n" * 9)) == Plan(kept=("Note.md:1",))


HARMFUL = "a line\n\n%% never closed"


def test_one_harmful_text_does_not_keep_the_others_from_a_note(make_vault: MakeVault) -> None:
    marks = [f"%% vaultkit:index depth={depth} %%" for depth in range(1, 7)]
    root = make_vault({"Note.md": "\n\nwords [[A]]\n\n".join(marks)})
    pages = regions_of(root)
    pages[2] = Page("Note.md", HARMFUL, "index", pages[2].region)
    build(root, pages)
    text = (root / "Note.md").read_text()
    assert text.count("- [[A]]") == 5
    assert r"\%\% never closed" in text
    again = regions_of(root)
    again[2] = Page("Note.md", HARMFUL, "index", again[2].region)
    assert planned(root, again) == Plan()


def test_to_fill_many_regions_little_more_is_read_than_the_note(
    make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each body is read alone and all of them once together: a note of 800 regions took 17 s when each was all."""
    root = make_vault({"Note.md": "\n\nwords\n\n".join(f"%% vaultkit:index depth={n} %%" for n in range(200))})
    pages, vault, texts = regions_of(root), read(root), texts_of(root)
    parse, lengths = parser.parse, list[int]()

    def counting(path: str, data: bytes) -> Note:
        lengths.append(len(data))
        return parse(path, data)

    monkeypatch.setattr(parser, "parse", counting)
    found = plan(vault, pages, texts)
    assert len(found.edits) == 200
    written = len(spliced(texts["Note.md"], found.edits) or "")
    assert sum(lengths) < 3 * written


def test_a_region_that_is_no_more_is_kept_from(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": "text"})
    assert planned(root, [Page("Note.md", "x", "index", 0), Page("Gone.md", "x", "index", 7)]) == Plan(
        kept=("Gone.md", "Note.md")
    )


def test_marks_in_generated_text_are_escaped(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": f"{MARK}\n\nBelow %% hidden %%\n"})
    text = f"before\n{closing('x')}\n{opening('index')}\nsaid %% aside %%\n"
    build(root, [*regions_of(root, text), overview(text)])
    assert planned(root, [*regions_of(root, text), overview(text)]) == Plan()
    note = read(root).notes["Note.md"]
    assert len(note.regions) == 1
    assert note.problems == ()
    assert "said %% aside %%" in (root / "Note.md").read_text()
    assert (root / "Note.md").read_text().endswith("\n\nBelow %% hidden %%\n")


def test_generated_text_that_no_file_can_hold_is_mended(make_vault: MakeVault) -> None:
    root = make_vault({})
    build(root, [overview("a\udc00b\rc")])
    assert "a\ufffdb\nc" in (root / OVERVIEW).read_text()


def test_eject_gives_the_vault_back(make_vault: MakeVault) -> None:
    root = make_vault(
        {
            "Note.md": f"Above\n\n{MARK}\n\nBelow\n",
            "End.md": MARK,
            "Windows.md": f"\ufeffAbove\r\n\r\n{MARK}\r\nBelow\r\n",
            "Mixed.md": f"Above\r\n{MARK}\nBelow\r\n\n",
            "Two.md": f"{MARK}\n\n{OTHER}  \n",
            "Plain.md": "plain",
        }
    )
    before = contents(root)
    build(root, [overview(), *regions_of(root)])
    build(root, [overview("again"), *regions_of(root, "again")])
    assert contents(root) != before
    ejected = eject(read(root), texts_of(root))
    assert ejected.kept == ()
    remove_empty_parents(apply(ejected.edits, root), root)
    assert contents(root) == before
    assert not (root / "Dashboards").exists()
    assert eject(read(root), texts_of(root)) == Plan()


def test_eject_keeps_what_a_person_edited(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": f"{MARK}\n"})
    build(root, [overview("one"), *regions_of(root, "one")])
    for path in (OVERVIEW, "Note.md"):
        (root / path).write_text((root / path).read_text().replace("one", "mine"))
    assert eject(read(root), texts_of(root)) == Plan(kept=(OVERVIEW, "Note.md:1"))


@pytest.mark.skipif(shutil.which("git") is None, reason="git judges whether this is a diff")
def test_the_diff_says_exactly_what_will_be_written(make_vault: MakeVault, tmp_path: Path) -> None:
    files = {
        "Notes and more/Été.md": f"Above\n\n{MARK}\nBelow",
        "Windows.md": f"Above\r\n{MARK}\r\n",
        "Old.md": sealed(f"{FRONT}old\u2028line"),
        OVERVIEW: sealed(f"{FRONT}one"),
    }
    root, copy = make_vault(files), make_vault(files, "copy")
    pages = [overview("two"), Page("New page.md", f"{FRONT}new", "index"), *regions_of(root)]
    removed = Edit("Old.md", files["Old.md"], None, whole=True)
    edits = [*planned(root, pages).edits, removed]
    assert {edit.path for edit in edits} == {*files, "New page.md"}
    (tmp_path / "plan.diff").write_bytes(diff(edits, texts_of(root, pages)).encode())
    subprocess.run(["git", "apply", "-p1", str(tmp_path / "plan.diff")], cwd=copy, check=True)  # noqa: S607
    apply(edits, root)
    assert contents(copy) == contents(root)


human = st.text(st.sampled_from("a %-[]#>`\n\r\té\u2028"), max_size=20)
chunks = st.lists(st.one_of(human, st.just(f"\n{MARK}\n"), st.just(f"\r\n{MARK}\r\n"), st.just("\n```\n")), max_size=5)


@given(chunks, human, human)
def test_any_note_is_built_once_and_given_back(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str], first: str, second: str
) -> None:
    root = tmp_path_factory.mktemp("vault")
    original = "".join(pieces).encode()
    (root / "Note.md").write_bytes(original)
    for text in (first, second):
        pages = [overview(text), *regions_of(root, text)]
        build(root, pages)
        assert planned(root, [overview(text), *regions_of(root, text)]).edits == ()
    ejected = eject(read(root), texts_of(root))
    assert bool(ejected.kept) == bool(read(root).notes["Note.md"].problems)
    apply(ejected.edits, root)
    assert contents(root) == {"Note.md": original}
