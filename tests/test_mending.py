"""Mending: findings with fixes and texts go in; the edits do just what was asked, or the note is left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.language import message
from vaultkit.mending import concerned, mend
from vaultkit.mending.putting import put
from vaultkit.model import TOP, Finding, Fix, Message, Put, Rewrite, Span
from vaultkit.parser import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultkit.model import Value

ALREADY = "it reads so already"


def written(text: str, name: str, value: str, how: str = "set", *, as_list: bool = False) -> str:
    outcome = put(text, Put("Note.md", name, value, how), as_list=as_list)  # type: ignore[arg-type]
    assert not isinstance(outcome, Message), outcome
    return outcome


def refused(text: str, name: str, value: str, how: str = "set") -> str:
    outcome = put(text, Put("Note.md", name, value, how), as_list=False)  # type: ignore[arg-type]
    assert isinstance(outcome, Message), outcome
    return outcome.template


def finding(*puts: Put, rewrites: Sequence[Rewrite] = (), safe: bool = True) -> Finding:
    fix = Fix(message("mend it"), puts, tuple(rewrites), safe)
    return Finding("no-owner", "error", "Note.md", TOP, message("wrong"), message("mend it"), fix=fix)


@pytest.mark.parametrize(
    ("text", "asked", "new"),
    [
        ("---\nowner: Ada\n---\nx", ("owner", '"[[Bob]]"', "set"), '---\nowner: "[[Bob]]"\n---\nx'),
        ("---\nOwner: Ada # why\n---\n", ("owner", "Bob", "set"), "---\nOwner: Bob # why\n---\n"),
        ("---\n\"owner\" : 'Ada'\n---\n", ("owner", "Bob", "set"), '---\n"owner" : Bob\n---\n'),
        ("---\nowner:   # who?\n---\n", ("owner", "Bob", "set"), "---\nowner: Bob   # who?\n---\n"),
        ("---\nowner: ~\n---\n", ("owner", "Bob", "add"), "---\nowner: Bob\n---\n"),
        ("---\nowner: |\n  Ada\n  Bob\nz: 1\n---\n", ("owner", "Bob", "set"), "---\nowner: Bob\nz: 1\n---\n"),
        ("---\nowner:\n- Ada\n- Bob\n---\n", ("owner", "Bob", "set"), "---\nowner: Bob\n---\n"),
        ("---\na: 1\n---\nx", ("due", "2026-03-01", "set"), "---\na: 1\ndue: 2026-03-01\n---\nx"),
        ("---\r\na: 1\r\n---\r\nx\r\n", ("due", "1", "set"), "---\r\na: 1\r\ndue: 1\r\n---\r\nx\r\n"),
        ("---\n---\n", ("à revoir le", "1", "set"), "---\nà revoir le: 1\n---\n"),
        ("x\r\ny\r\n", ("due", "1", "set"), "---\r\ndue: 1\r\n---\r\nx\r\ny\r\n"),
        ("", ("no", "1", "set"), '---\n"no": 1\n---\n'),
        ("---\nserves: a # c\n---\n", ("serves", "b", "add"), "---\nserves:\n  - a # c\n  - b\n---\n"),
        ("---\nserves: [a, ]\n---\n", ("serves", "b", "add"), "---\nserves: [a, b ]\n---\n"),
        ("---\nserves: ''\n---\n", ("serves", "b", "add"), "---\nserves: b\n---\n"),
        ("---\nserves:\n  -\nz: 1\n---\n", ("serves", "b", "add"), "---\nserves: b\nz: 1\n---\n"),
        ('---\nserves: [""]\n---\n', ("serves", "b", "add"), "---\nserves: b\n---\n"),
        ("---\ntags:\n  - ''\n---\n", ("tags", "b", "add"), "---\ntags:\n  - b\n---\n"),
        ("---\nserves: []\n---\n", ("serves", "b", "add"), "---\nserves: [b]\n---\n"),
        (
            "---\nserves:\n   - a # c\nz: 1\n---\n",
            ("serves", "b", "add"),
            "---\nserves:\n   - a # c\n   - b\nz: 1\n---\n",
        ),
        ("---\na: 1\n---\n", ("tags", "b", "add"), "---\na: 1\ntags:\n  - b\n---\n"),
        ("---\ntags:\n---\n", ("tags", "b", "add"), "---\ntags:\n  - b\n---\n"),
        ("---\nserves: [a, 'b', c]\n---\n", ("serves", "b", "remove"), "---\nserves: [a, c]\n---\n"),
        ("---\nserves: [a, 'b', c]\n---\n", ("serves", "c", "remove"), "---\nserves: [a, 'b']\n---\n"),
        ("---\nserves: [a]\n---\n", ("serves", "a", "remove"), "---\nserves: []\n---\n"),
        ("---\nserves:\n- a\n- b\n---\n", ("serves", "a", "remove"), "---\nserves:\n- b\n---\n"),
        ("---\nserves:\n- a\nz: 1\n---\n", ("serves", "a", "remove"), "---\nserves:\nz: 1\n---\n"),
        ("---\nserves: a # c\n---\n", ("serves", "a", "remove"), "---\nserves: # c\n---\n"),
        ("serves:: [[A]]\n", ("serves", '"[[B]]"', "set"), "serves:: [[B]]\n"),
        ("serves:: [[A]]\n", ("serves", '"[[B]]"', "add"), "serves:: [[A]], [[B]]\n"),
        ("serves:: [[A]], [[B]]\n", ("serves", '"[[A]]"', "remove"), "serves:: [[B]]\n"),
        ("serves::\n", ("serves", '"[[B]]"', "add"), "serves:: [[B]]\n"),
        ("It is (due:: 2026-03-01) now.\n", ("due", "2026-04-01", "set"), "It is (due:: 2026-04-01) now.\n"),
        ("---\ndue: 1\n---\ndue:: 2\n", ("due", "3", "set"), "---\ndue: 3\n---\ndue:: 2\n"),
    ],
)
def test_a_property_is_written_in_the_shape_that_it_has(text: str, asked: tuple[str, str, str], new: str) -> None:
    assert written(text, *asked) == new


@pytest.mark.parametrize(
    ("text", "name", "value", "how"),
    [
        ("---\nowner: Ada\n---\n", "owner", "'Ada'", "set"),
        ("---\nserves: [a, b]\n---\n", "serves", "a", "add"),
        ("---\nserves: [a, b]\n---\n", "serves", "c", "remove"),
        ("x", "serves", "c", "remove"),
        ("serves:: [[A]]\n", "serves", '"[[A]]"', "add"),
    ],
)
def test_what_reads_so_already_stays_as_it_is(text: str, name: str, value: str, how: str) -> None:
    assert written(text, name, value, how) == text


@pytest.mark.parametrize(
    ("text", "name", "how"),
    [
        ("---\na: [\n---\n", "due", "set"),
        ("\n---\na: 1\n---\n", "due", "set"),
        ("---\nowner: Ada\nOwner: Bob\n---\n", "OWNER", "set"),
        ("---\nowner: {name: Ada}\n---\n", "owner", "set"),
        ("---\nowner: &who Ada\nlead: *who\n---\n", "owner", "set"),
        ("---\nowner: Ada\nlead: &who Bob\n---\n", "lead", "add"),
        ("---\nowner:\n- Ada\n# a word\n- Bob\n---\n", "owner", "set"),
        ("---\nowner: 'Ada\n  Lee'\n---\n", "owner", "add"),
        ("---\nowner:\n- x # a word\n- Bob\n---\n", "owner", "remove"),
        ("owner:: Ada\n", "owner", "add"),
        ("owner:: Ada\nowner:: Bob\n", "owner", "set"),
    ],
)
def test_what_cannot_be_edited_exactly_is_left(text: str, name: str, how: str) -> None:
    assert refused(text, name, "x", how)


def test_what_is_no_note_or_not_a_persons_is_left() -> None:
    assert isinstance(put("{}", Put("Board.canvas", "a", "1")), Message)
    assert isinstance(put("---\ngenerated: vaultkit\npage: overview\n---\n", Put("Page.md", "a", "1")), Message)
    assert isinstance(put("---\na: 1\n---\n", Put("Note.md", "a", "[")), Message)
    assert isinstance(put("---\na: 1\n---\n", Put("Note.md", "a", "1\nb: 2")), Message)


def test_a_list_that_obsidian_knows_begins_as_one() -> None:
    assert written("x", "serves", "a", "add", as_list=True) == "---\nserves:\n  - a\n---\nx"


WORDS = st.sampled_from(["a", "Ada Lee", "[[Grow]]", "2026-03-01", "true", "12", "é à", "it's", "a: b", "#x", ""])
ENDS = st.sampled_from(["\n", "\r\n"])


def quoted(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


@st.composite
def entries(draw: st.DrawFn, name: str) -> str:
    """A property in any shape, its lines ended by `\\n`."""
    words = draw(st.lists(WORDS.map(quoted), min_size=0, max_size=3))
    indent = draw(st.sampled_from(["", "  ", "    "]))
    note = draw(st.sampled_from(["", "  # a word"]))
    shapes = [
        f"{name}:{note}\n",
        f"{name}:  plain words{note}\n",
        f"{name}: ~\n",
        f"{name}: 12{note}\n",
        f'"{name}": "in \\"quotes\\""{note}\n',
        f"{name}: [{', '.join(words)}]{note}\n",
        f"{name}: [\n    {', '.join(words)}\n  ]{note}\n",
        f"{name}:{note}\n" + "".join(f"{indent}- {word}{note}\n" for word in words),
        f"{name}:\n" + "".join(f"{indent}- {word}\n\n{indent}# between\n" for word in words),
        f"{name}: |{note}\n  one\n  two # three\n",
        f"{name}: >-\n  one\n\n  two\n",
        f"{name}: 'one\n\n  two'{note}\n",
        f"{name}: one\n  two\n",
        f"{name}:\n  deeper: 1\n  still: [2]\n",
        f"{name}: {{deeper: 1}}\n",
        f"{name}: &{name} word\nuses {name}: *{name}\n",
        f"# {name}: a comment\n",
    ]
    return draw(st.sampled_from(shapes))


@given(
    st.tuples(entries("first"), entries("second"), entries("third")),
    st.sampled_from(["second", "Second", "new one"]),
    WORDS.map(quoted),
    st.sampled_from(["set", "add", "remove"]),
    ENDS,
    st.booleans(),
)
def test_a_note_says_just_what_was_asked_and_every_other_byte_stays(
    parts: tuple[str, str, str], name: str, value: str, how: str, end: str, as_list: bool
) -> None:
    body = "Text.\n\n- [ ] a task\n"
    before, own, after = (part.replace("\n", end) for part in (f"---\n{parts[0]}", parts[1], f"{parts[2]}---\n{body}"))
    text = before + own + after
    outcome = put(text, Put("Note.md", name, value, how), as_list=as_list)  # type: ignore[arg-type]
    if isinstance(outcome, Message):
        return
    old, new = (parse("Note.md", each.encode()) for each in (text, outcome))
    wanted = parse("Note.md", f"---\nx: {value}\n---\n".encode()).properties[0].value
    target = next((item for item in old.properties if item.name.lower() == name.lower()), None)
    said = {item.name: item.value for item in new.properties}
    for item in old.properties:
        if item is not target:
            assert repr(said[item.name]) == repr(item.value)
    assert len(said) - len(old.properties) == (target is None and how != "remove")
    now = said.get(target.name if target else name)
    assert holds(now, wanted, how, target.value if target else None)
    if target is not None:
        assert outcome.startswith(before)
        assert outcome.endswith(after)
    assert outcome.endswith(f"---{end}" + body.replace("\n", end))
    assert all(outcome.count(each) == text.count(each) for each in ("# a word", "# between"))
    assert outcome.count("\r") == (outcome.count("\n") if end == "\r\n" else 0)


def holds(now: Value, wanted: Value, how: str, before: Value) -> bool:
    """Whether a property says what was asked of it."""
    listed = now if isinstance(now, tuple) else () if now is None else (now,)
    earlier = before if isinstance(before, tuple) else () if before is None else (before,)
    if how == "set":
        return repr(now) == repr(wanted)
    if how == "add":
        has = any(repr(each) == repr(wanted) for each in earlier)
        return list(map(repr, listed)) == list(map(repr, earlier if has else (*earlier, wanted)))
    left = list(map(repr, earlier))
    if repr(wanted) in left:
        left.remove(repr(wanted))
    return list(map(repr, listed)) == left


def test_fixes_of_one_note_are_made_one_after_another() -> None:
    text = "---\nserves: a\n---\nSee [[Grwo]] and [[Hire]].\n"
    at = text.index("[[Grwo]]")
    mended = mend(
        [
            finding(Put("Note.md", "serves", "b", "add")),
            finding(rewrites=[Rewrite("Note.md", Span(at, at + 8, 4, 5), "[[Grow]]")]),
            finding(Put("Note.md", "due", "2026-03-01")),
        ],
        {"Note.md": text},
    )
    (edit,) = mended.edits
    assert edit.text == "---\nserves:\n  - a\n  - b\ndue: 2026-03-01\n---\nSee [[Grow]] and [[Hire]].\n"
    assert (edit.expected, edit.whole, mended.left, len(mended.made)) == (text, True, (), 3)


def test_two_fixes_of_one_place_wait_for_each_other() -> None:
    text = "---\nrank: 1\n---\nSee [[Grwo]].\n"
    at = text.index("[[Grwo]]")
    place = Span(at, at + 8, 4, 5)
    mended = mend(
        [
            finding(Put("Note.md", "rank", "2")),
            finding(Put("Note.md", "rank", "3")),
            finding(rewrites=[Rewrite("Note.md", place, "[[Grow]]")]),
            finding(rewrites=[Rewrite("Note.md", place, "[[Gros]]")]),
        ],
        {"Note.md": text},
    )
    assert [edit.text for edit in mended.edits] == ["---\nrank: 2\n---\nSee [[Grow]].\n"]
    assert [left.finding.fix for left in mended.left] == [
        finding(Put("Note.md", "rank", "3")).fix,
        finding(rewrites=[Rewrite("Note.md", place, "[[Gros]]")]).fix,
    ]


def test_a_fix_of_several_notes_is_made_whole_or_not_at_all() -> None:
    texts = {"A.md": "---\nsuperseded_by: \n---\n", "B.md": "---\nstatus: {a: 1}\n---\n"}
    both = finding(Put("A.md", "superseded_by", "B"), Put("B.md", "status", "done"))
    mended = mend([both], texts)
    assert mended.edits == ()
    assert [left.finding for left in mended.left] == [both]
    assert concerned([both]) == {"A.md", "B.md"}


def test_only_safe_fixes_are_made() -> None:
    suggested = finding(Put("Note.md", "rank", "2"), safe=False)
    assert mend([suggested], {"Note.md": "x"}).edits == ()
    assert concerned([suggested]) == frozenset()


def test_what_was_saved_since_or_says_so_already_is_left() -> None:
    rank = finding(Put("Note.md", "rank", "2"))
    (left,) = mend([rank], {}).left
    assert "changed" in left.why.template
    (left,) = mend([rank], {"Note.md": "---\nrank: 2\n---\n"}).left
    assert left.why.template == ALREADY
    mended = mend([rank, rank], {"Note.md": "x"})
    assert (len(mended.edits), len(mended.made), mended.left) == (1, 2, ())


def test_what_vaultkit_wrote_is_left() -> None:
    text = "%% vaultkit:index %%\n[[Grwo]]\n%% /vaultkit 00000000 %%\n"
    at = text.index("[[Grwo]]")
    mended = mend([finding(rewrites=[Rewrite("Note.md", Span(at, at + 8, 2, 1), "x")])], {"Note.md": text})
    assert (mended.edits, len(mended.left)) == ((), 1)


def test_a_rewrite_that_breaks_the_note_is_left() -> None:
    text = "---\nowner: Ada\n---\n"
    mended = mend([finding(rewrites=[Rewrite("Note.md", Span(11, 14, 2, 8), "[")])], {"Note.md": text})
    assert (mended.edits, len(mended.left)) == ((), 1)
