"""What follows a step: findings and pages that are brought up to date are those of a vault that is built afresh."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from tests import scenario_runner as runner
from tests.test_laws import canvases
from vaultkit import generators, planner, validators
from vaultkit.config import Obsidian, parse_config
from vaultkit.insights.holding import hand_on, holding
from vaultkit.language import say
from vaultkit.model import Change
from vaultkit.parser import parse
from vaultkit.resources import templates
from vaultkit.validators import VALIDATORS
from vaultkit.vault import Kinds, Setting, Vault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pytest

    from vaultkit.model import Finding, Note, Page
    from vaultkit.vault import Step

Files: TypeAlias = "dict[str, str | None]"
"""Path -> text; None for an attachment."""
Batch: TypeAlias = "dict[str, str | None]"
"""Path -> its text; `GONE` for a file that is removed."""

GONE = "\0"
NAMES = ("Alpha", "alpha", "Bêta", "Be\u0302ta", "Grow", "Grow fast", "Grwo fats", "Ann", "Team A", "v1.2", "README")
FOLDERS = (
    "",
    "Objectives/",
    "Priorities/",
    "Projects/",
    "People/",
    "Teams/",
    "Meetings/",
    "Notes/",
    "notes/",
    "Archive/",
)
ATTACHED = ("Pictures/a.png", "pictures/a.png", "Alpha.pdf", "v1.2")
BOARDS = ("Board.canvas", "board.canvas", "Notes/Alpha.canvas")
USUAL = (
    "Objectives/Grow.md",
    "Objectives/Alpha.md",
    "Priorities/Bêta.md",
    "Priorities/Grow fast.md",
    "Priorities/v1.2.md",
)
FURTHER = (
    "Projects/README.md",
    "People/Ann.md",
    "Teams/Team A.md",
    "Meetings/Grow.md",
    "Notes/alpha.md",
    "Notes/Ann.md",
    "2026-03-16.md",
    "Inbox/Grow.md",
    "Meetings/2026-03-16 Weekly.md",
    "Meetings/2026-03-09 Weekly.md",
    "Decisions/Alpha.md",
)
LOST = ("Missing", "Growing", "alph", "An n", "Nobody", "s/Grow", "../Grow", "Priorities/Grow")

targets = st.sampled_from((*NAMES, *LOST, "a.png", "Board.canvas", "Alpha.md", "Grow#A", "Alpha#A#B", "Grow#^b1", "#A"))
lines = st.one_of(
    targets.map("See [[{}]] and more.".format),
    targets.map("- [ ] do [[{}|it]]".format),
    targets.map("- [x] did [[{}]]".format),
    targets.map("![label](<{}>)".format),
    targets.map("%% [[{}]] %%".format),
    targets.map("serves:: [[{}]]".format),
    st.sampled_from(
        (
            "# A",
            "## B",
            "text ^b1",
            "- [ ] act",
            "- [ ] pay [[Ann]] 📅 2026-03-10",
            "- [ ] call 📅 2026-03-16",
            "## Agenda\n- [[Alpha]] and the rest",
            "%% vaultkit:brief %%",
            "```",
            "#priority #plan/a",
            "le monde est dans la rue avec les gens",
            "%% vaultkit:index kind=priority sort=due %%",
            '%% vaultkit:index folder="Priorities" %%\n- [[Alpha]]\n- [[Bêta]]\n%% /vaultkit 00000000 %%',
        )
    ),
)
properties = st.one_of(
    st.sampled_from(("Grow", "Alpha", "Bêta", "Grow fast", "README", "Board.canvas")).map('serves: "[[{}]]"'.format),
    targets.map('serves: ["[[{}]]"]'.format),
    targets.map('projects: ["[[{}]]", "[[Grow fast]]"]'.format),
    targets.map('owner: "[[{}]]"'.format),
    st.sampled_from(("Alpha", "Doe, Jane", "Grow, fast")).map("see: [[{}]]".format),
    st.sampled_from(("Missing", "Growing", "Ann", "Nobody")).map("aliases: [{}]".format),
    st.sampled_from(("Missing", "Alphas", "Ann")).map("title: {}".format),
    st.sampled_from(("priority", "objective", "project", "person", "meeting", "none")).map("type: {}".format),
    st.sampled_from(("done", "active", "actif")).map("status: {}".format),
    st.sampled_from(("2026", "2026-Q1", "2025")).map("period: {}".format),
    st.sampled_from(("owner: Ann", "owner: Team A", "serves: none", "why: law", "serves: Grow", "due: 2026-05-01")),
    targets.map('waiting_on: "[[{}]]"'.format),
    targets.map('depends_on: "[[{}]]"'.format),
    st.sampled_from(
        ("date: 2026-03-16", "status: proposed", "birthday: 03-18", "attendees: [Ann, Bo]", "decider: Ann")
    ),
    st.sampled_from(("tags: a, b", "tags: [plan]", "a: b: c", "outcome: achieved", "description: what for", "rank: 2")),
)
texts = st.builds(
    lambda head, body: (f"---\n{chr(10).join(head)}\n---\n" if head else "") + "\n".join(body),
    st.lists(properties, max_size=4, unique_by=lambda line: line.partition(":")[0]),
    st.lists(lines, max_size=6),
)
paths = st.one_of(
    st.sampled_from((*USUAL, *FURTHER)),
    st.builds("{}{}.md".format, st.sampled_from(FOLDERS), st.sampled_from(NAMES)),
    st.sampled_from(ATTACHED + BOARDS),
)
files = paths.flatmap(
    lambda path: st.tuples(st.just(path), texts if path.endswith(".md") else canvases if path in BOARDS else st.none())
)
batches = st.lists(st.one_of(files, files, st.tuples(paths, st.just(GONE))), min_size=1, max_size=4).map(dict)
INDEXES = (
    '[[index]]\npath = "Lists/Priorities"\ntitle = "P"\nkind = "priority"\n[[index]]\npath = "All"\ntitle = "All"\n'
)
GROUPED = '[pages]\non = ["trial"]\n[[index]]\npath = "By owner"\ngroup = "owner"\nproperty = "serves"\nlimit = 5\n'
SETTINGS = (
    ("", Obsidian()),
    (INDEXES, Obsidian()),
    (GROUPED, Obsidian()),
    ('[pages]\ncanvas = true\nbases = true\non = ["x-matrix"]\n', Obsidian()),
    ('[validators.orphan-priority]\nseverity = "off"\n[validators.broken-link]\nignore = ["Miss*"]\n', Obsidian()),
    ("", Obsidian(use_markdown_links=True, new_link_format="relative")),
)


def setting(given: tuple[str, Obsidian], language: str) -> Setting:
    known, obsidian = parse_config(given[0]), given[1]
    pages = {path.name: path.read_text("utf-8") for path in (templates() / "pages").glob("*.j2")}
    kinds = Kinds(runner.our_kinds(), known)
    return Setting(kinds=kinds, config=known, obsidian=obsidian, today=runner.TODAY, language=language, templates=pages)


settings = st.builds(setting, st.sampled_from(SETTINGS), st.sampled_from(("en", "fr")))


PLAIN = setting(SETTINGS[0], "en")


def afresh(there: Mapping[str, str | None], known: Setting) -> Vault:
    notes = [parse(path, text.encode()) for path, text in there.items() if text is not None]
    return Vault.build(notes, [path for path, text in there.items() if text is None], known)


def afresh_from(vault: Vault) -> Vault:
    """The same vault, of which nothing is known yet."""
    return Vault.build(vault.everything.values(), vault.files, vault.setting)


def with_pages(there: Files, known: Setting) -> Files:
    """The same files and the pages that vaultkit would write."""
    pages = generators.render(afresh(there, known))
    return there | {page.path: planner.as_written(page) for page in pages if page.region is None}


def after(vault: Vault, there: Files, batch: Batch) -> Step:
    """The step that a batch of changes makes, which are made in `there` as well."""
    changes = []
    for path, text in batch.items():
        if text == GONE:
            there.pop(path, None)
            changes.append(Change(path, removed=True))
        else:
            there[path] = text
            changes.append(Change(path, None if text is None else parse(path, text.encode())))
    return vault.stepped(changes)


@given(there=st.lists(files, max_size=14).map(dict), steps=st.lists(batches, min_size=1, max_size=5), known=settings)
def test_findings_after_a_step_are_those_of_a_rebuild(there: Files, steps: list[Batch], known: Setting) -> None:
    vault = afresh(there, known)
    found = validators.check(vault)
    for batch in steps:
        step = after(vault, there, batch)
        found = validators.recheck(found, step)
        assert found == validators.check(afresh(there, known))
        vault = step.after


@given(there=st.lists(files, max_size=14).map(dict), steps=st.lists(batches, min_size=1, max_size=4), known=settings)
def test_pages_after_a_step_are_those_of_a_rebuild(there: Files, steps: list[Batch], known: Setting) -> None:
    there = with_pages(there, known)
    vault = afresh(there, known)
    pages = vault.ask(generators.render)
    for batch in steps:
        step = after(vault, there, batch)
        step.after.expect(validators.check, validators.recheck(vault.ask(validators.check), step))
        pages = generators.rerender(pages, step)
        assert pages == generators.render(afresh(there, known))
        step.after.expect(generators.render, pages)
        vault = step.after


@given(there=st.lists(files, max_size=14).map(dict), steps=st.lists(batches, min_size=1, max_size=4), known=settings)
def test_what_holds_a_page_or_a_region_is_known_after_a_step(there: Files, steps: list[Batch], known: Setting) -> None:
    there = with_pages(there, known)
    vault = afresh(there, known)
    vault.ask(holding)
    for batch in steps:
        step = after(vault, there, batch)
        hand_on(step)
        assert step.after.answered(holding) == holding(afresh(there, known))
        vault = step.after


@given(there=st.lists(files, max_size=14).map(dict), steps=st.lists(batches, min_size=2, max_size=4), known=settings)
def test_several_steps_may_be_taken_as_one(there: Files, steps: list[Batch], known: Setting) -> None:
    first = afresh(there, known)
    whole = after(first, there, steps[0])
    for batch in steps[1:]:
        whole = whole.then(after(whole.after, there, batch))
    assert validators.recheck(validators.check(first), whole) == validators.check(afresh(there, known))


WORK: Files = {
    "Objectives/Grow.md": "---\nperiod: 2026\n---\n",
    "Priorities/Hire.md": '---\nserves: "[[Grow]]"\nowner: "[[Ann]]"\n---\n- [ ] call\n',
    "Priorities/Lost.md": "",
    "People/Ann.md": "",
    "Diary.md": "A day.\n",
    "Plain.md": "[[Nowhere]] and [[Hire]]\n",
}


def stepped(batch: Batch) -> tuple[Step, tuple[Page, ...]]:
    """A step from a vault whose pages stand, findings brought up to date; and what the pages were before it."""
    known = setting(SETTINGS[1], "en")
    there = with_pages(dict(WORK), known)
    vault = afresh(there, known)
    pages = vault.ask(generators.render)
    step = after(vault, there, batch)
    step.after.expect(validators.check, validators.recheck(vault.ask(validators.check), step))
    return step, pages


def test_an_edit_of_no_consequence_asks_of_one_note_and_makes_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    check = VALIDATORS["broken-link"].check

    def noted(note: Note, vault: Vault) -> Iterator[Finding]:
        asked.append(note.path)
        return check(note, vault)

    monkeypatch.setattr(VALIDATORS["broken-link"], "check", noted)
    monkeypatch.delattr(VALIDATORS["broken-link"], "among")
    step, pages = stepped({"Diary.md": "Another day.\n"})
    assert {path for path in asked if asked.count(path) > asked.count("Plain.md")} == {"Diary.md"}
    assert step.after.ask(validators.check) == step.before.ask(validators.check)
    assert all(one is other for one, other in zip(generators.rerender(pages, step), pages, strict=True))


def test_a_page_is_made_again_only_where_it_reads_what_changed() -> None:
    step, pages = stepped({"Priorities/Lost.md": '---\nserves: "[[Grow]]"\n---\n'})
    new = generators.rerender(pages, step)
    stays = {page.path for page, other in zip(new, pages, strict=True) if page is other}
    assert stays == {"Lists/Priorities.md", "All.md"}
    assert {page.path for page, other in zip(new, pages, strict=True) if page != other} == {
        "Dashboards/Alignment.md",
        "Dashboards/Friction radar.md",
        "Dashboards/Orphan priorities.md",
        "Dashboards/Overview.md",
        "Dashboards/Sparring.md",
        "Dashboards/Vault health.md",
        "Dashboards/Weekly review.md",
    }


def test_a_task_that_reads_otherwise_is_the_next_step() -> None:
    step, pages = stepped({"Priorities/Hire.md": (WORK["Priorities/Hire.md"] or "").replace("call", "write")})
    new = generators.rerender(pages, step)
    assert [page.path for page, other in zip(new, pages, strict=True) if page != other] == ["Dashboards/Overview.md"]
    assert new == generators.render(afresh_from(step.after))


def test_a_plain_note_may_take_a_suggestion_away() -> None:
    """A person is named who has no note; then a note has that name, and it is no person's."""
    vault = afresh(WORK | {"Priorities/Lost.md": "---\nowner: Anna Lee\n---\n", "People/Anne Lee.md": ""}, PLAIN)
    step = vault.stepped([Change("Anna Lee.md", parse("Anna Lee.md", b""))])
    before, after = validators.check(vault), validators.recheck(validators.check(vault), step)
    assert [say(f.next, "en") for f in before if f.reason == "unresolved"] == ['did you mean "[[Anne Lee]]"?']
    assert not any("Anne" in say(f.next, "en") for f in after)
    assert after == validators.check(afresh_from(step.after))


def test_a_list_within_a_list_is_a_link_once_there_is_such_a_file() -> None:
    vault = afresh(WORK | {"Diary.md": "---\nsee: [[Doe, Jane]]\n---\n"}, PLAIN)
    step = vault.stepped([Change("Doe, Jane.md", parse("Doe, Jane.md", b""))])
    before, after = validators.check(vault), validators.recheck(validators.check(vault), step)
    assert [f.path for f in after if f.validator == "ignored-property"] == ["Diary.md"]
    assert not any(f.validator == "ignored-property" for f in before)
