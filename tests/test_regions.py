"""The marks around what vaultkit writes: how they read, whose they are, and who wrote what stands between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vaultkit.parser import parse
from vaultkit.regions import Closing, Opening, closing, digest, opening, read_mark

if TYPE_CHECKING:
    from vaultkit.model import Note
    from vaultkit.written import Region


def read(text: str) -> Note:
    return parse("Note.md", text.encode())


def filled(name: str, body: str, options: str = "") -> str:
    return f"{opening(name, options)}\n{body}{closing(body)}\n"


def page(body: str) -> str:
    head = f'---\ngenerated: vaultkit\npage: overview\ntags: [x]\nup: "[[Home]]"\n---\n{body}'
    return f"{head}{closing(head)}\n"


def cut(text: str, region: Region) -> tuple[str, str, str]:
    end = region.closing
    return (
        text[region.opening.start : region.opening.end],
        text[region.body.start : region.body.end],
        text[end.start : end.end] if end else "",
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("%% vaultkit:index %%", Opening("index")),
        ('%% vaultkit:index folder="My projects" sort=due %%', Opening("index", 'folder="My projects" sort=due')),
        ("%%vaultkit:index%%", Opening("index")),
        ("%% vaultkit:index %%  ", Opening("index")),
        ("%% vaultkit: %%", Opening("")),
        ("%% /vaultkit 3f2a9c1d %%", Closing("3f2a9c1d")),
        ("%% /vaultkit %%", Closing("")),
        ("%% /vaultkit 3F2A %%", Closing("")),
        ("%% vaultkit : index  sort=due  %%", Opening("index", "sort=due")),
        ("%% Vaultkit: index %%", Opening("index")),
        ("%%/Vaultkit   3F2A9C1D%%", Closing("3f2a9c1d")),
        ("%% / vaultkit 3f2a9c1d %%", Closing("3f2a9c1d")),
        ("%% VAULTKIT:index %%", None),
        (" %% vaultkit:index %%", None),
        ("%% vaultkit:index", None),
        ("%% vaultkitten %%", None),
        ("%% /vaultkitten %%", None),
        ("%% a comment %%", None),
        ("%%%", None),
        ("", None),
    ],
)
def test_a_mark_is_read_from_its_line(line: str, expected: Opening | Closing | None) -> None:
    assert read_mark(line) == expected


def test_what_is_written_is_read_back() -> None:
    assert read_mark(opening("index", "a=b")) == Opening("index", "a=b")
    assert read_mark(opening("index")) == Opening("index")
    assert read_mark(closing("body\n")) == Closing(digest("body\n"))


def test_a_hash_does_not_see_line_ends() -> None:
    assert digest("a\nb\n") == digest("a\r\nb\r\n") == digest("a\rb\r")
    assert digest("a\nb\n") != digest("a\nb")
    assert digest("") == "e3b0c442"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_region_is_found_and_its_body_is_vaultkits(end: str) -> None:
    body = "- [[One]] #tag\n- [ ] task\n"
    text = f"[[Mine]] #mine\n\n{filled('index', body, 'sort=due')}\n- [ ] mine\n[[After]]\n".replace("\n", end)
    note = read(text)
    (region,) = note.regions
    assert (region.name, region.options) == ("index", "sort=due")
    assert cut(text, region) == (opening("index", "sort=due"), body.replace("\n", end), closing(body))
    assert region.actual == region.digest == digest(body)
    assert [(x.target, x.written_by) for x in note.links] == [
        ("Mine", "human"),
        ("One", "vaultkit"),
        ("After", "human"),
    ]
    assert [(x.name, x.written_by) for x in note.tags] == [("mine", "human"), ("tag", "vaultkit")]
    assert [(x.text, x.written_by) for x in note.tasks] == [("task", "vaultkit"), ("mine", "human")]
    assert note.problems == ()


def test_a_line_that_a_person_has_just_typed_is_an_empty_region() -> None:
    text = "words\n%% vaultkit:index %%\nmore [[words]]\n"
    note = read(text)
    (region,) = note.regions
    assert cut(text, region) == ("%% vaultkit:index %%", "", "")
    assert text[region.body.start :] == "more [[words]]\n"
    assert (region.digest, region.closing) == ("", None)
    assert [link.written_by for link in note.links] == ["human"]


def test_a_mark_at_the_very_end_opens_a_region_there() -> None:
    (region,) = read("%% vaultkit:index %%").regions
    assert (region.body.start, region.body.end) == (20, 20)


@pytest.mark.parametrize(
    "above", ["words", "- an item", "> a quote", "1. [ ] task", "[^1]: note", "| a |\n|---|\n| b |"]
)
def test_a_mark_stands_for_itself_whatever_is_above(above: str) -> None:
    note = read(f"{above}\n%% vaultkit:index %%\n")
    assert [region.name for region in note.regions] == ["index"]


@pytest.mark.parametrize(
    "text",
    [
        "```\n%% vaultkit:index %%\n```\n",
        "<pre>\n%% vaultkit:index %%\n</pre>\n",
        "<!--\n%% vaultkit:index %%\n-->\n",
        "%%\n/vaultkit 3f2a9c1d\n%%\n",
        "    %% vaultkit:index %%\n",
        "`%% vaultkit:index %%`\n",
        "so: `%% /vaultkit 3f2a9c1d %%`\n",
        r"so: \%\% vaultkit:index \%\%" + "\n",
        "We are 100% vaultkit: it is ours.\n",
        "See https://example.org/vaultkit and its vaultkit:index.\n",
        "%% vaultkitten:index %% or %% /vaultkitten %%\n",
        "---\na: |\n  %% vaultkit:index %%\n---\n",
        page("text %% vaultkit:index %%\n\n"),
    ],
)
def test_a_mark_that_is_an_example_or_none_at_all_is_left_alone(text: str) -> None:
    note = read(text)
    assert note.regions == ()
    assert note.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "{}\n> %% vaultkit:index %%",
        "{}\n> [!note]\n> %% vaultkit:index %%",
        "{}\n- %% vaultkit:index %%",
        "{}\n- a\n  %% vaultkit:index %%",
        "{}\n %% vaultkit:index %%",
        "{}\n# %% vaultkit:index %%",
        "{}\n| %% vaultkit:index %% |\n|---|",
        "{}\n<div>\n%% vaultkit:index %%\n</div>",
        "{}\nso: %% vaultkit:index %%",
        "{}\n%% vaultkit:index %% so",
        "{}\n%% vaultkit:index %% %% vaultkit:index %%",
        "{}\n%% vaultkit:index",
        "{}\n%% vaultkit:index %",
        "{}\n% vaultkit:index %%",
        "{}\n- [[a]] %% /vaultkit 3f2a9c1d %%",
        "{}\n/vaultkit 3f2a9c1d %%",
        "{}\n%% /vaultkit",
    ],
)
@pytest.mark.parametrize("above", ["", "---\na: b\n---"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_mark_that_is_not_read_is_told_of_where_it_stands(text: str, above: str, end: str) -> None:
    text = text.format(above).replace("\n", end)
    note = read(text)
    assert note.regions == ()
    (problem,) = note.problems
    assert problem.kind == "region"
    assert "aultkit" in text[problem.span.start : problem.span.end]
    assert problem.next


def test_a_line_that_stands_twice_is_told_of() -> None:
    first, second = opening("index", "sort=due"), opening("index")
    assert [p.span.line for p in read(f"{first}\n\n{first}\n").problems] == [3]
    assert read(f"{first}\n{second}\n").problems == ()
    assert read(f"{first}\nwords\n{first}\n").problems == ()


@pytest.mark.parametrize(
    ("closing_line", "line"),
    [
        ("%% /vaultkat HASH %%", 4),
        ("%% HASH %%", 4),
        ("%% /vault\nkit HASH %%", 4),
        ("%%\n/vaultkit HASH %%", 4),
        ("HASH", 4),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_closing_mark_that_was_damaged_is_known_by_its_hash(closing_line: str, line: int, end: str) -> None:
    body = "\n- [[a]] 0123456789abcdef\n"
    text = f"{opening('index')}\n{body}{closing_line.replace('HASH', digest(body))}\n".replace("\n", end)
    (problem,) = read(text).problems
    assert problem.span.line == line


def test_a_body_that_begins_below_a_persons_words_is_told_of() -> None:
    body = "\n- [[a]]\n\n"
    note = read(f"{opening('index')}\n\nmine\n{body}{closing(body)}\n")
    assert [(p.kind, p.span.line) for p in note.problems] == [("region", 7)]
    assert [link.written_by for link in note.links] == ["vaultkit"]


def test_regions_stand_beside_each_other() -> None:
    text = filled("index", "- [[a]]\n") + "\n" + opening("tasks") + "\n\n" + filled("index", "- [[b]]\n")
    note = read(text)
    assert [(region.name, cut(text, region)[1]) for region in note.regions] == [
        ("index", "- [[a]]\n"),
        ("tasks", ""),
        ("index", "- [[b]]\n"),
    ]
    assert note.problems == ()


def test_an_opening_mark_in_the_body_of_another_is_reported_and_the_body_is_left_to_no_one() -> None:
    body = "- [[a]]\n"
    text = f"{opening('index')}\n{opening('tasks')}\n{body}{closing(body + 'edited')}\n"
    note = read(text)
    assert [region.name for region in note.regions] == ["index"]
    assert note.regions[0].digest != note.regions[0].actual
    (problem,) = note.problems
    assert (problem.kind, problem.span.line) == ("region", 2)


def test_a_closing_mark_that_closes_nothing_is_reported() -> None:
    text = filled("index", "x\n") + "words\n" + closing("x\n") + "\n"
    note = read(text)
    assert [problem.kind for problem in note.problems] == ["region"]
    assert note.problems[0].span.line == 5
    assert len(note.regions) == 1


def test_a_hand_edit_shows_in_the_hashes() -> None:
    text = filled("index", "- [[a]]\n").replace("[[a]]", "[[a]] and more")
    (region,) = read(text).regions
    assert region.digest == digest("- [[a]]\n") != region.actual


def test_a_page_of_vaultkits_own_says_so() -> None:
    text = page("- [ ] [[a]] #b\n\n%% vaultkit:index %%\n\n")
    note = read(text)
    assert note.generated is not None
    assert (note.generated.page, note.generated.digest) == ("overview", note.generated.actual)
    assert [x.written_by for x in note.links] == ["vaultkit", "vaultkit"]
    assert [x.written_by for x in note.tags] == ["vaultkit", "vaultkit"]
    assert [x.written_by for x in note.tasks] == ["vaultkit"]
    assert note.regions == ()
    assert note.problems == ()


def test_a_page_that_was_edited_or_lost_its_last_line_shows_it() -> None:
    edited = read(page("words\n").replace("words", "other words")).generated
    assert edited is not None
    assert edited.digest != edited.actual
    cut_short = read(page("words\n").rpartition("%% /")[0]).generated
    assert cut_short is not None
    assert cut_short.digest == ""


def test_a_note_that_is_generated_by_another_tool_is_a_persons() -> None:
    note = read("---\ngenerated: true\n---\n[[a]]\n")
    assert note.generated is None
    assert [link.written_by for link in note.links] == ["human"]
