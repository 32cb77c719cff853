"""Regions in notes that nobody thought of: whatever stands there, a build changes its own bodies and nothing else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vaultkit.config import Config, Obsidian
from vaultkit.model import Page
from vaultkit.parser import parse
from vaultkit.planner import Plan, eject, plan
from vaultkit.regions import closing
from vaultkit.splice import spliced
from vaultkit.validators import check
from vaultkit.vault import Kinds, Setting, Vault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.model import Note
    from vaultkit.written import Region

SETTING = Setting(Kinds({}, Config()), Config(), Obsidian(), date(2026, 3, 16))
OTHERS = tuple(parse(f"Projects/{name}.md", b"text\n") for name in ("Alpha", "Beta"))
MARK = '%% vaultkit:index folder="Projects" %%'
BODY = "\n- [[Alpha]]\n- [[Beta]]\n\n"
WHOLE = f"{MARK}\n{BODY}{closing(BODY)}"


class Built(NamedTuple):
    """A vault around one note, and what is planned for it."""

    note: Note
    text: str
    vault: Vault

    @classmethod
    def of(cls, text: str) -> Built:
        note = parse("Note.md", text.encode("utf-8", "surrogatepass"))
        return cls(note, text, Vault.build((note, *OTHERS), (), SETTING))

    def plan(self, said: str, *, force: bool = False) -> Plan:
        pages = [Page("Note.md", said, "index", region.opening.start) for region in self.note.regions]
        return plan(self.vault, pages, {"Note.md": self.text}, force=force, partial=True)

    def after(self, planned: Plan) -> Built:
        return Built.of(spliced(self.text, planned.edits) or "")

    def ejected(self) -> str:
        return spliced(self.text, eject(self.vault, {"Note.md": self.text}).edits) or ""

    def without(self, bodies: list[Region]) -> list[str]:
        """What of the text is in none of these bodies, nor in the mark that closes one."""
        ends = [(region.opening.end, region.closing.end) for region in bodies if region.closing]
        starts = [0, *(end for _, end in ends)]
        return [self.text[start:end] for start, end in zip(starts, [*(s for s, _ in ends), None], strict=True)]

    def human(self) -> str:
        """The text without the bodies that are vaultkit's own."""
        return "".join(self.without([region for region in self.note.regions if is_whole(region)]))

    def outside(self) -> str:
        """The text without what stands between any two marks."""
        return "".join(self.without(list(self.note.regions)))

    def findings(self) -> set[str]:
        return {finding.validator for finding in check(self.vault) if finding.path == "Note.md"}


def is_whole(region: Region) -> bool:
    return region.closing is not None and region.digest == region.actual


words = st.text(st.sampled_from("a %-[]#>`\\|$<!é\U0001f600\u2028\ufeff"), max_size=12)
marks = st.sampled_from(
    [
        MARK,
        "%%vaultkit:index%%",
        "%% Vaultkit : index sort=due %%",
        "%% vaultkit:nothing %%",
        "%% vaultkit: %%",
        "%% vaultkit:index",
        "% vaultkit:index %%",
        "vaultkit:index %%",
        closing(BODY),
        closing("\n"),
        "%% /vaultkit %%",
        "%% /vaultkit 00000000",
        "/vaultkit 00000000 %%",
        "%% / vaultkit 00000000 %%",
        BODY.strip("\n"),
        BODY,
        WHOLE,
        f"{MARK}\n\n{closing(chr(10))}",
        f"{MARK}\nmine\n{closing(BODY)}",
    ]
)
around = st.sampled_from(
    ["{}", "> {}", "- {}", "  {}", "    {}", "`{}`", "so {}", "{} so", "| {} |", "# {}", "<p>{}</p>"]
)
lines = st.one_of(
    words,
    marks,
    marks,
    st.builds(str.format, around, marks),
    st.sampled_from(["", "", "```", "~~~", "%%", "$$", "<!--", "-->", "<div>", "<pre>", "---", "a: b"]),
    st.sampled_from(["| a |", "|---|", "[[Alpha]] #tag", "- [ ] task", "## Heading", "[^1]: note", "> [!note]"]),
)
ends = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", "\n\n"])
notes = st.builds(
    lambda start, body, last: start + "".join(line + end for line, end in body) + last,
    st.sampled_from(["", "", "\ufeff", "---\na: b\n---\n", "---\r\na: |\r\n  x\r\n---\r\n"]),
    st.lists(st.tuples(lines, ends), max_size=14),
    lines,
).map(lambda text: text.removeprefix("\ufeff"))
bodies = st.one_of(
    st.sampled_from(["", "a\ud800b\rc"]), st.just(BODY.strip("\n")), st.lists(lines, max_size=4).map("\n".join)
)


@given(notes, bodies, bodies)
def test_only_bodies_of_our_own_change_and_eject_takes_them_out(text: str, first: str, second: str) -> None:
    before = Built.of(text)
    taken_out = before.ejected()
    if not any(map(is_whole, before.note.regions)):
        assert taken_out == text
    now = before
    for said in (first, second):
        now = now.after(now.plan(said))
        assert now.human() == before.human()
        assert now.plan(said).edits == ()
        assert now.ejected() == taken_out


@given(notes, bodies)
def test_with_force_only_what_stands_between_two_marks_changes(text: str, said: str) -> None:
    before = Built.of(text)
    forced = before.plan(said, force=True)
    if any(problem.kind == "region" for problem in before.note.problems):
        assert forced.edits == ()
    after = before.after(forced)
    assert after.outside() == before.outside()
    assert after.plan(said, force=True).edits == ()


def test_what_is_fuzzed_is_filled_at_times() -> None:
    before = Built.of(f"{MARK}\n\ntext\n\n{WHOLE}\n")
    after = before.after(before.plan("- [[Other]]"))
    assert after.text.count("- [[Other]]") == 2
    assert before.human() == f"{MARK}\n\ntext\n\n{MARK}\n"


def mutated(text: str, start: int, end: int, characters: str) -> Iterator[str]:
    """Every text with one character of `text[start:end]` gone, changed, or one put before it."""
    for place in range(start, end):
        yield text[:place] + text[place + 1 :]
        for character in characters:
            yield text[:place] + character + text[place + 1 :]
            yield text[:place] + character + text[place:]


def assert_seen(original: str, text: str) -> None:
    """A region that is not as it was written is told of, kept as it is, and left by `eject`; unless a mark just moved.

    How a line ends and how many spaces stand in a mark says nothing; another opening line asks for another list.
    """
    now = Built.of(text)
    kept = [region for region in now.note.regions if is_whole(region)]
    if any(linefed(text[region.body.start : region.body.end]) == BODY for region in kept):
        assert [is_whole(region) for region in now.note.regions] == [True] * len(now.note.regions)
        assert now.after(now.plan("other")).human() == now.human()
        return
    assert linefed(text) != linefed(original)
    assert now.findings() & {"invalid-region", "hand-edited-page"}
    for said in (BODY, "other"):
        assert now.plan(said).edits == ()
        assert now.after(now.plan(said, force=True)).outside() == now.outside()
    assert now.ejected() == text


def linefed(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_no_change_of_one_character_in_a_region_goes_unseen(end: str) -> None:
    text = f"Above [[Alpha]].\n\n{WHOLE}\n\nBelow %% hidden %%\n".replace("\n", end)
    (region,) = Built.of(text).note.regions
    assert region.closing
    seen = 0
    for changed in mutated(text, region.opening.start, region.closing.end, "x%"):
        assert_seen(text, changed)
        seen += 1
    assert seen > 400


@pytest.mark.prove
@pytest.mark.parametrize("last", ["\n\nBelow\n", "", "\n%% aside %%\n", "\n```\ncode\n```\n"])
@pytest.mark.parametrize("first", ["", "Above\n", "- item\n", "> quote\n", "---\na: b\n---\n", "| a |\n|---|\n"])
def test_no_change_of_any_kind_of_character_goes_unseen(first: str, last: str) -> None:
    text = f"{first}{WHOLE}{last}"
    (region,) = Built.of(text).note.regions
    assert region.closing
    for changed in mutated(text, region.opening.start, region.closing.end, "x%\n\r /`->[<:V0a\\$é"):
        assert_seen(text, changed)


typed_over = st.text(st.sampled_from("a %-[]#>\\|$!é\n\r0/:`<"), max_size=12)


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 6), typed_over, notes)
@example(len(MARK), 0, "\n%%", "")  # the comment swallowed the closing mark: a second list would have been written
@example(len(MARK), 0, "\n```", "")
@example(len(MARK), 0, "\n<!--", "")
def test_no_change_of_a_few_characters_goes_unseen(place: int, length: int, typed: str, below: str) -> None:
    """What a person selects and types over, somewhere from the opening mark to the closing one."""
    if "aultkit" in below or "%%" in below:
        below = ""
    text = f"Above\n\n{WHOLE}\n{below}"
    start = len("Above\n\n") + place
    end = min(start + length, len("Above\n\n") + len(WHOLE))
    changed = text[:start] + typed + text[end:]
    note = Built.of(changed).note
    if set(typed) & set("`<") and not note.regions and not note.problems:
        assert Built.of(changed).ejected() == changed  # all of it came into code or an HTML comment: it is an example
    else:
        assert_seen(text, changed)
