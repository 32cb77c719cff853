"""Parts of a page in which a person writes: what stands there is theirs, whatever becomes of the page around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_planner import build as write
from tests.test_planner import contents, planned, read, texts_of
from vaultkit.disk import apply
from vaultkit.errors import ConflictError
from vaultkit.model import Page
from vaultkit.parser import parse
from vaultkit.planner import eject
from vaultkit.regions import carried_over, ours_in, yours, yours_in
from vaultkit.validators import check

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault

PATH = "Dashboards/Board update.md"
FRONT = "---\ngenerated: vaultkit\npage: board-update\n---\n"


def page(*parts: str, number: int = 1) -> Page:
    """A page of ours with parts of these names."""
    body = "\n\n".join(f"## {name} {number}\n\n{yours(name)}\n\nOurs below {name}." for name in parts)
    return Page(PATH, f"{FRONT}\n{body}\n", "board-update")


def built(make_vault: MakeVault, *parts: str) -> Path:
    root = make_vault({})
    write(root, [page(*parts)])
    return root


def rewrite(root: Path, old: str, new: str) -> None:
    file = root / PATH
    text = file.read_bytes().decode()
    assert old in text
    file.write_bytes(text.replace(old, new, 1).encode())


def say(root: Path, name: str, words: str) -> None:
    rewrite(root, f"%% yours: {name} %%\n", f"%% yours: {name} %%\n{words}\n")


def text_of(root: Path) -> str:
    return (root / PATH).read_text("utf-8")


def is_kept(root: Path, *parts: str) -> bool:
    """Whether a build leaves the page as it is, says so, and `check` says why."""
    before, plan = contents(root), planned(root, [page(*parts, number=2)])
    apply(plan.edits, root)
    assert contents(root) == before
    told = {finding.validator for finding in check(read(root)) if finding.path == PATH}
    return plan.kept == (PATH,) and bool(told & {"hand-edited-page", "invalid-region"})


def test_what_is_typed_is_no_hand_edit_and_stays_when_the_page_is_made_anew(make_vault: MakeVault) -> None:
    root = built(make_vault, "tldr", "asks")
    say(root, "tldr", "We are *late*.\n\n- and know why\n- [ ] tell [[Ann]] `%%` #cash")
    assert planned(root, [page("tldr", "asks")]).edits == ()
    assert not [finding for finding in check(read(root)) if finding.path == PATH]
    write(root, [page("tldr", "asks", number=2)])
    assert "## tldr 2" in text_of(root)
    assert yours_in(text_of(root)) == {
        "tldr": "We are *late*.\n\n- and know why\n- [ ] tell [[Ann]] `%%` #cash",
        "asks": "",
    }
    assert planned(root, [page("tldr", "asks", number=2)]).edits == ()


@pytest.mark.parametrize("typed", ["\n\nHalf a sen", "Words.\n\n\n", "- [ ] ", "  \n\tindented"])
@pytest.mark.parametrize("parts", [("tldr", "asks"), ("asks",)], ids=["at its place", "while it waits for one"])
def test_a_watch_does_not_tidy_up_what_is_being_typed(
    make_vault: MakeVault, typed: str, parts: tuple[str, ...]
) -> None:
    root = built(make_vault, "tldr", "asks")
    say(root, "tldr", "Begun")
    write(root, [page(*parts, number=2)])
    rewrite(root, "Begun", typed)
    assert planned(root, [page(*parts, number=2)]).edits == ()
    write(root, [page(*parts, number=3)])
    assert f"%% yours: tldr %%\n{typed}\n" in text_of(root)


def test_a_page_saved_with_other_line_ends_keeps_its_words(make_vault: MakeVault) -> None:
    root = built(make_vault, "tldr")
    say(root, "tldr", "One.\nTwo.")
    (root / PATH).write_bytes(text_of(root).replace("\n", "\r\n").encode())
    assert planned(root, [page("tldr")]).edits == ()
    assert not check(read(root))
    write(root, [page("tldr", number=2)])
    assert yours_in(text_of(root)) == {"tldr": "One.\nTwo."}
    assert "\r" not in text_of(root)


@pytest.mark.parametrize("emptied", ["", "\n\n\n", "   \n"])
def test_a_part_that_is_emptied_is_empty(make_vault: MakeVault, emptied: str) -> None:
    root = built(make_vault, "tldr")
    say(root, "tldr", "Words.")
    write(root, [page("tldr", number=2)])
    rewrite(root, "Words.\n", emptied)
    assert planned(root, [page("tldr", number=2)]).kept == ()
    write(root, [page("tldr", number=3)])
    assert yours_in(text_of(root))["tldr"].strip() == ""
    write(root, [page("other", number=4)])
    assert "What was written here before" not in text_of(root)


@pytest.mark.parametrize("mark", ["%% Yours: tldr %%", "%%yours:tldr%%", "%%  yours : tldr  %%  "])
def test_a_mark_that_a_phone_or_a_formatter_spelled_otherwise_is_the_same_mark(
    make_vault: MakeVault, mark: str
) -> None:
    root = built(make_vault, "tldr")
    say(root, "tldr", "Words.")
    rewrite(root, "%% yours: tldr %%", mark)
    assert planned(root, [page("tldr")]).kept == ()
    write(root, [page("tldr", number=2)])
    assert yours_in(text_of(root)) == {"tldr": "Words."}


def test_of_two_parts_of_one_name_the_words_of_both_stay(make_vault: MakeVault) -> None:
    root = built(make_vault, "tldr")
    say(root, "tldr", "First.")
    rewrite(root, "%% /yours %%\n", f"%% /yours %%\n{yours('tldr', 'Second.')}\n")
    assert is_kept(root, "tldr")  # the marks of the copy are a hand edit
    apply(planned(root, [page("tldr", number=2)], force=True).edits, root)
    assert yours_in(text_of(root)) == {"tldr": "First.\nSecond."}
    assert text_of(root).count("yours: tldr") == 1


@pytest.mark.parametrize(
    ("mark", "damaged"),
    [
        ("%% /yours %%", ""),
        ("%% /yours %%", "% /yours %%"),
        ("%% /yours %%", "words %% /yours %%"),
        ("%% /yours %%", "- %% /yours %%"),
        ("%% yours: tldr %%\n", ""),
        ("%% yours: tldr %%", "> %% yours: tldr %%"),
        ("%% yours: tldr %%", "%% yours: tl dr %%"),
    ],
)
@pytest.mark.parametrize("parts", [("tldr",), ("tldr", "asks")])
def test_a_page_whose_marks_are_damaged_is_left_alone(
    make_vault: MakeVault, mark: str, damaged: str, parts: tuple[str, ...]
) -> None:
    root = built(make_vault, *parts)
    say(root, "tldr", "Words.")
    rewrite(root, mark, damaged)
    assert is_kept(root, *parts)


@pytest.mark.parametrize("damaged", ["", "% /yours %%", "more %% /yours %%"])
def test_even_when_it_is_forced_no_word_goes_with_a_lost_last_mark(make_vault: MakeVault, damaged: str) -> None:
    root = built(make_vault, "tldr", "asks")
    say(root, "tldr", "Words.")
    say(root, "asks", "Money.")
    rewrite(root, "%% /yours %%", damaged)
    apply(planned(root, [page("tldr", "asks", number=2)], force=True).edits, root)
    said = yours_in(text_of(root))
    assert said["tldr"].startswith("Words.")
    assert said["asks"] == "Money."
    assert planned(root, [page("tldr", "asks", number=2)]) == planned(root, [page("tldr", "asks", number=2)])
    assert planned(root, [page("tldr", "asks", number=2)]).edits == ()


def test_words_that_have_no_place_any_more_wait_at_the_end_until_it_comes_back(make_vault: MakeVault) -> None:
    root = built(make_vault, "tldr", "asks")
    say(root, "asks", "Money.")
    write(root, [page("tldr")])
    end = text_of(root).partition("## What was written here before\n")[2]
    assert yours_in(end) == {"asks": "Money."}
    assert planned(root, [page("tldr")]).edits == ()
    assert planned(root, [page("tldr")]).kept == ()
    write(root, [page("tldr", number=2)])
    assert text_of(root).count("Money.") == 1
    write(root, [page("tldr", "asks", number=3)])
    assert "What was written here before" not in text_of(root)
    assert yours_in(text_of(root)) == {"tldr": "", "asks": "Money."}


def test_eject_leaves_a_page_in_which_a_person_wrote(make_vault: MakeVault) -> None:
    root = built(make_vault, "tldr")
    assert [edit.text for edit in eject(read(root), texts_of(root)).edits] == [None]
    say(root, "tldr", "Words.")
    plan = eject(read(root), texts_of(root))
    assert (plan.edits, plan.kept, plan.worded) == ((), (), (PATH,))


def test_eject_takes_a_page_with_nothing_but_ticks(make_vault: MakeVault) -> None:
    root = make_vault({})
    body = yours("ticks 2026-W12", "- [ ] Inbox")
    write(root, [Page(PATH, f"{FRONT}\n{body}\n", "board-update")])
    rewrite(root, "[ ]", "[x]")
    assert eject(read(root), texts_of(root)).worded == ()
    assert [edit.text for edit in eject(read(root), texts_of(root)).edits] == [None]


def test_what_is_typed_while_the_page_is_made_anew_is_not_written_over(make_vault: MakeVault) -> None:
    root = built(make_vault, "tldr")
    plan = planned(root, [page("tldr", number=2)])
    say(root, "tldr", "Typed meanwhile.")
    before = contents(root)
    with pytest.raises(ConflictError):
        apply(plan.edits, root)
    assert contents(root) == before
    write(root, [page("tldr", number=2)])
    assert yours_in(text_of(root)) == {"tldr": "Typed meanwhile."}
    assert "## tldr 2" in text_of(root)


def test_ticks_are_kept_and_what_was_added_below_them(make_vault: MakeVault) -> None:
    ours = "- [ ] Inbox\n- [ ] Calendar\n- [ ] Orphans"
    theirs = "- [x] Inbox\n- [ ] Calendar\n- [ ] my own\nA remark"
    text, homeless = carried_over(yours("ticks 1", ours), yours("ticks 1", theirs))
    assert yours_in(text)["ticks 1"].split("\n") == [
        "- [x] Inbox",
        "- [ ] Calendar",
        "- [ ] Orphans",
        "- [ ] my own",
        "A remark",
    ]
    assert not homeless
    assert carried_over(yours("ticks 2", ours), yours("ticks 1", theirs)) == (yours("ticks 2", ours), {})


def test_a_name_can_hold_no_mark() -> None:
    assert yours_in(yours("100 %% of it", "Words.")) == {"100    of it": "Words."}


def test_marks_by_the_thousand_are_read_at_once() -> None:
    for text in ("%% yours: a %%\n" * 20_000, f"%% yours:{' ' * 200_000}\n", f"%%{' ' * 200_000}yours"):
        assert ours_in(text) == text


WORDS = st.text(st.sampled_from("ab \n#-[]%`>|*é"), max_size=40)


@given(st.lists(WORDS, max_size=3), WORDS)
def test_what_is_typed_comes_back_and_no_hash_tells_of_it(words: list[str], other: str) -> None:
    names = [f"part {number}" for number in range(len(words))]
    harmless = [re.sub(r"^%%", "", each, flags=re.MULTILINE).strip("\n") for each in words]
    text = "\n\n".join(f"# {name}\n\n{yours(name, body)}" for name, body in zip(names, harmless, strict=True))
    empty = "\n\n".join(f"# {name}\n\n{yours(name)}" for name in names)
    assert ours_in(f"{text}\n") == ours_in(f"{empty}\n") == f"{empty}\n"
    assert yours_in(text) == dict(zip(names, harmless, strict=True))
    assert carried_over(empty, text) == (text, {})
    note = parse(PATH, f"{FRONT}{text}\n".encode())
    assert note.generated is not None
    assert {each.name: each.text for each in note.generated.yours} == yours_in(text)
    assert carried_over(other, text)[0] == other or "yours" in other
