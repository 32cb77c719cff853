"""The Tasks plugin's marks, in both of its formats: which are read, what is left as a task's description."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli_vault import Run
from vaultkit.listed import Marks, Task
from vaultkit.parser import parse

if TYPE_CHECKING:
    from tests.conftest import Corpus, MakeVault

DAY = date(2026, 3, 1)


def task(text: str) -> Task:
    """The task of one line; its marks do not depend on what is around it."""
    alone = parse("Note.md", f"- [ ] {text}".encode()).tasks[0]
    within = parse("Note.md", f"> 1. [ ] {text}\r\n>     - [x] Other ⏫\r\n".encode()).tasks[0]
    assert (within.text, within.description, within.marks) == (alone.text, alone.description, alone.marks)
    return alone


@pytest.mark.parametrize(
    ("mark", "marks"),
    [
        ("📅 2026-03-01", Marks(due=DAY)),
        ("📆 2026-03-01", Marks(due=DAY)),
        ("🗓 2026-03-01", Marks(due=DAY)),
        ("🗓️2026-03-01", Marks(due=DAY)),
        ("📅2026-03-01", Marks(due=DAY)),
        ("⏳ 2026-03-01", Marks(scheduled=DAY)),
        ("⌛ 2026-03-01", Marks(scheduled=DAY)),
        ("🛫 2026-03-01", Marks(start=DAY)),
        ("✅ 2026-03-01", Marks(done=DAY)),
        ("➕ 2026-03-01", Marks(created=DAY)),
        ("❌ 2026-03-01", Marks(cancelled=DAY)),
        ("🔺", Marks(priority="highest")),
        ("⏫", Marks(priority="high")),
        ("⏫\ufe0f", Marks(priority="high")),
        ("🔼", Marks(priority="medium")),
        ("🔽", Marks(priority="low")),
        ("⏬", Marks(priority="lowest")),
        ("🔁 every week on Monday, Friday when done", Marks(recurrence="every week on Monday, Friday when done")),
        ("🆔 dcf-64_c", Marks(id="dcf-64_c")),
        ("⛔ dcf64c", Marks(depends_on=("dcf64c",))),
        ("⛔️ dcf64c, 0h17ye", Marks(depends_on=("dcf64c", "0h17ye"))),
        ("🏁 Delete", Marks(on_completion="delete")),
        ("🏁 keep", Marks(on_completion="keep")),
        ("[due:: 2026-03-01]", Marks(due=DAY)),
        ("(due:: 2026-03-01)", Marks(due=DAY)),
        ("[  due::2026-03-01  ]", Marks(due=DAY)),
        ("[scheduled:: 2026-03-01]", Marks(scheduled=DAY)),
        ("[start:: 2026-03-01]", Marks(start=DAY)),
        ("[completion:: 2026-03-01]", Marks(done=DAY)),
        ("[created:: 2026-03-01]", Marks(created=DAY)),
        ("[cancelled:: 2026-03-01]", Marks(cancelled=DAY)),
        ("[priority:: highest]", Marks(priority="highest")),
        ("[repeat:: every day]", Marks(recurrence="every day")),
        ("[id:: 123]", Marks(id="123")),
        ("[dependsOn:: a,b]", Marks(depends_on=("a", "b"))),
        ("[onCompletion:: delete]", Marks(on_completion="delete")),
    ],
)
def test_each_mark(mark: str, marks: Marks) -> None:
    found = task(f"Pay #bill {mark}")
    assert (found.description, found.marks, found.text) == ("Pay #bill", marks, f"Pay #bill {mark}")


@pytest.mark.parametrize(
    ("text", "description", "marks"),
    [
        (
            "Pay ⏫ 🔁 every day ➕ 2026-03-01 📅 2026-03-01",
            "Pay",
            Marks(DAY, None, None, None, DAY, None, "high", "every day"),
        ),
        ("Pay 📅 2026-03-01 #home ⏫ #bill", "Pay #home #bill", Marks(due=DAY, priority="high")),
        ("Pay [priority:: low], [due:: 2026-03-01],", "Pay", Marks(due=DAY, priority="low")),
        ("Pay [priority:: low]  (due:: 2026-03-01) 🆔 a", "Pay", Marks(due=DAY, priority="low", id="a")),
        ("Pay ⏫ 📅 2026-03-01 ^bill", "Pay", Marks(due=DAY, priority="high")),
        ("📅 2026-03-01", "", Marks(due=DAY)),
        ("#bill 📅 2026-03-01", "#bill", Marks(due=DAY)),
        ("Pay", "Pay", Marks()),
        ("Pay  it   #now", "Pay  it #now", Marks()),
    ],
)
def test_several_in_any_order(text: str, description: str, marks: Marks) -> None:
    found = task(text)
    assert (found.description, found.marks) == (description, marks)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Pay 📅 2026-03-01 at the bank", Marks()),
        ("Pay 📅 2026-03-01 at the bank ⏫", Marks(priority="high")),
        ("Pay 📅 2026-03-01, ⏫", Marks(priority="high")),
        ("Pay 📅 2026-03-01 #a.b", Marks()),
        ("Pay 📅 2026-02-30", Marks()),
        ("Pay 📅 2026-02-30 ⏫", Marks(priority="high")),
        ("Pay ⏫ 📅 2026-02-30 #now", Marks(priority="high")),
        ("Pay 📅 tomorrow", Marks()),
        ("Pay 📅 2026-3-1", Marks()),
        ("Pay 📅", Marks()),
        ("Pay 📅\u00a02026-03-01", Marks()),
        ("Pay 2026-03-01", Marks()),
        ("Pay 🔁 weekly", Marks()),
        ("Pay 🔁", Marks()),
        ("Pay 🆔 a b", Marks()),
        ("Pay 🏁 perhaps ⏫", Marks(priority="high")),
        ("Pay ⏫ now", Marks()),
        ("✅ Pay", Marks()),
        ("Pay `📅 2026-03-01`", Marks()),
        ("Pay `[due:: 2026-03-01]`", Marks()),
        ("Pay due:: 2026-03-01", Marks()),
        ("Pay [due: 2026-03-01]", Marks()),
        ("Pay [due:: [[2026-03-01]]]", Marks()),
        ("Pay [priority:: normal]", Marks()),
        ("Pay [owner:: [[Ann]]]", Marks()),
    ],
)
def test_nothing_is_lost_of_what_is_no_mark(text: str, marks: Marks) -> None:
    found = task(text)
    assert found.marks == marks
    words = [word for word in text.split() if word != "⏫" or marks.priority is None]
    assert sorted(found.description.split()) == sorted(words)


def test_of_two_marks_of_one_name_the_first_is_read_and_the_other_stays() -> None:
    found = task("Pay 📅 2026-03-01 📅 2026-04-01 ⏫")
    assert (found.description, found.marks) == ("Pay 📅 2026-04-01", Marks(due=DAY, priority="high"))


def test_as_in_dataview_a_field_counts_wherever_it_stands() -> None:
    found = task("Pay [due:: 2026-03-01] at the `[start:: 2026-01-01]` bank (id:: a). ⏫")
    assert found.description == "Pay [due:: 2026-03-01] at the `[start:: 2026-01-01]` bank (id:: a)."
    assert found.marks == Marks(due=DAY, id="a", priority="high")


def test_a_field_is_that_of_its_own_task() -> None:
    text = "- [ ] One\n    - [ ] Two [due:: 2026-03-01], soon\n    - three [due:: 2026-04-01]\n- [ ] Four\n"
    note = parse("Note.md", text.encode())
    assert [each.marks.due for each in note.tasks] == [None, DAY, None]
    assert [(item.name, item.value) for item in note.fields] == [("due", "2026-04-01")]


@pytest.mark.parametrize(
    "piece", ["⏫", "📅 2026-03-01 ", "🔁 every day ", "#a ", "[due:: ", "[due:: 2026-03-01] ", "⛔ a,"]
)
def test_hostile_text_is_read_whole(piece: str) -> None:
    text = piece * (65536 // len(piece))
    found = parse("Note.md", f"- [ ] {text}\n- [ ] ⏬".encode()).tasks
    assert (found[0].text, found[1].marks) == (text.strip(), Marks(priority="lowest"))


def test_what_is_listed_and_exported(
    make_vault: MakeVault, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    run = Run(capsys, make_vault({"Note.md": "- [ ] Pay #bill ⏫ 📅 2026-03-01 ⛔ a,b 🏁 keep\n- [x] Ask\n"}))
    said: dict[str, Any] = {
        "description": "Pay #bill",
        "due": "2026-03-01",
        "priority": "high",
        "depends_on": ["a", "b"],
        "on_completion": "keep",
    }
    first, second = json.loads(run("tasks", "--format", "json").out)
    assert {name: first.get(name) for name in said} == said
    assert (first["text"], sorted(second)) == (
        "Pay #bill ⏫ 📅 2026-03-01 ⛔ a,b 🏁 keep",
        ["line", "path", "status", "text"],
    )
    assert run("tasks").out.splitlines()[0] == f"Note.md:1: [ ] {first['text']}"
    exported = json.loads(run("export", "json").out)["notes"][0]["tasks"]
    assert {name: exported[0].get(name) for name in said} == said
    assert sorted(exported[1]) == ["line", "open", "status", "text"]


def test_every_line_of_the_plugins_own_samples(corpus: Corpus) -> None:
    """In the two notes that list its formats, every task but those that say so has a mark."""
    folder = corpus("tasks-demo") / "vault" / "Formats"
    for name in ("Tasks Format.md", "Dataview Format.md"):
        found = parse(name, (folder / name).read_bytes()).tasks
        bare = [each.text for each in found if each.marks == Marks()]
        assert len(found) > 15
        assert bare == ["#task Normal priority", "#task Keep this task when done"]
        assert [each.description for each in found if "::" in each.description] == []


def test_a_task_has_nothing_of_a_task_within_it() -> None:
    outer, inner = parse("Note.md", b"- [ ] a\n\n  > - [ ] b [due:: 2026-01-01]").tasks
    assert (outer.marks.due, inner.marks.due) == (None, date(2026, 1, 1))


@pytest.mark.parametrize(
    "mark", ["[\u017ftart:: 2026-01-01]", "(\u212aey:: a)", "[de\u017fcription:: b]", "[repeat:: \u017f]"]
)
def test_what_only_looks_like_a_mark_when_its_case_is_ignored_stays_in_the_description(mark: str) -> None:
    found = task(f"a {mark}")
    assert (found.description, found.marks) == (f"a {mark}", Marks())
