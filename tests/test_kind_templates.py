"""Kind templates: what a vault's own add and replace, how a broken one is told, what a new note looks like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from tests.kinds import KINDS, OURS, kind_of, note, typed
from vaultkit.config import Config
from vaultkit.errors import TemplateError
from vaultkit.language import say
from vaultkit.vault.kinds import KIND_PROPERTIES, Kind, Kinds, read_kinds
from vaultkit.vault.values import choice_of, date_of, period_of

if TYPE_CHECKING:
    from pathlib import Path

    from vaultkit.model import Note

SPINE = (
    "vision objective key_result priority project task decision person team meeting risk stakeholder assumption metric "
    "update idea"
).split()


def refused(text: str, path: str = "kinds/supplier.md") -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        read_kinds({**OURS, path: text.encode()})
    assert caught.value.path == path
    return caught.value


def test_the_spine_is_whole_and_in_order() -> None:
    assert list(KINDS.all) == SPINE


@pytest.mark.parametrize("kind", KINDS.all.values(), ids=lambda kind: kind.name)
def test_every_kind_speaks_both_languages(kind: Kind) -> None:
    assert kind.labels.keys() == kind.homes.keys() == {"en", "fr"}
    assert (kind.label("de"), kind.home("de")) == (kind.labels["en"], kind.homes["en"])


def test_a_vault_adds_a_kind() -> None:
    supplier = (
        "---\nkind: supplier\nnames: {en: [supplier], fr: [fournisseur]}\n"
        "folders: [Suppliers]\nfields: {owner: {}}\n---\nSkeleton\n"
    )
    found = read_kinds({**OURS, "Templates/kinds/supplier.md": supplier.encode()})
    kinds = Kinds(found, Config())
    assert list(found) == [*SPINE, "supplier"]
    assert found["supplier"].skeleton == "Skeleton\n"
    assert found["supplier"].home("fr") == "Fournisseur"
    assert kind_of(typed("Fournisseurs"), kinds) == "supplier"
    assert kind_of(note("Suppliers/Acme.md"), kinds) == "supplier"
    owner = kinds.field("supplier", "porteur")
    assert owner is not None
    assert owner.to == ("person",)


def test_a_vault_replaces_a_kind() -> None:
    mine = "---\nkind: priority\nnames: {en: [big rock]}\nfields: {serves: {to: objective}}\n---\nMine\n"
    found = read_kinds({**OURS, "Templates/kinds/priority.md": mine.encode()})
    kinds = Kinds(found, Config())
    assert list(found) == SPINE  # it keeps the place of what it replaces
    assert found["priority"].skeleton == "Mine\n"
    assert found["priority"].label("fr") == "big rock"
    assert kind_of(typed("Big rocks"), kinds) == "priority"
    assert kind_of(typed("rock"), kinds) is None
    assert kind_of(note("Priorities/Hire.md"), kinds) is None
    assert kinds.field("priority", "owner") is None


def test_the_first_kind_that_claims_a_word_has_it() -> None:
    mine = "---\nkind: boulder\norder: {order}\nnames: [rock]\n---\n"
    for order, kind in ((5, "boulder"), (45, "priority")):
        source = mine.replace("{order}", str(order)).encode()
        assert kind_of(typed("rock"), Kinds(read_kinds({**OURS, "mine.md": source}), Config())) == kind


def test_a_vault_adds_a_name_to_a_shared_field() -> None:
    mine = "---\nkind: note\nfields: {serves: {names: {fr: [axe porté]}}, status: {values: {done: [plié]}}}\n---\n"
    kinds = Kinds(read_kinds({**OURS, "mine/note.md": mine.encode()}), Config())
    field, status = kinds.field("priority", "axe porté"), kinds.all["priority"].field("status")
    assert field is not None
    assert status is not None
    assert field.name == "serves"
    assert (choice_of("plié", status.vocabulary), choice_of("terminé", status.vocabulary)) == ("done", "done")


def test_a_name_that_a_kind_gives_to_a_field_is_that_fields_alone() -> None:
    mine = "---\nkind: bet\nfields:\n  about: {names: [goal]}\n  serves: {}\n---\n"
    kinds = Kinds(read_kinds({**OURS, "mine.md": mine.encode()}), Config())
    goal, objective = kinds.field("bet", "goal"), kinds.field("bet", "objective")
    assert goal is not None
    assert objective is not None
    assert (goal.name, objective.name) == ("about", "serves")


@pytest.mark.parametrize(
    ("text", "line", "said", "hint"),
    [
        ("---\nkind: supplier\nnames: [a\nfolders: [b]\n---\n", 3, "The list that opens here is never closed", ""),
        ("No frontmatter at all.\n", 1, "a kind needs a name: `kind: priority`", ""),
        ("---\nnames: [a]\n---\n", 1, "a kind needs a name: `kind: priority`", ""),
        ("---\nkind: supplier\nnames: [a]\nfolder: [b]\n---\n", 4, "unknown key folder", "did you mean folders?"),
        ("---\nkind: supplier\norder: first\n---\n", 3, "Expected `int | null`, got `str` in order", ""),
        ("---\nkind: supplier\nfiles: ['A', '(B']\n---\n", 3, "(B: missing ), unterminated subpattern", ""),
        (
            "---\nkind: supplier\nfields:\n  owner: {}\n  rating:\n    names: {fr: [note]}\n    type: stars\n---\n",
            7,
            "Invalid enum value 'stars' in fields.rating.type",
            "",
        ),
        (
            "---\nkind: supplier\nfields:\n  owner: {}\n  due:\n    require: true\n---\n",
            6,
            "unknown key require",
            "did you mean required?",
        ),
        (
            "---\nkind: supplier\nfields:\n  owner: {to: [person]}\n  serves:\n    to: [objectiv]\n---\n",
            6,
            "there is no kind of note named objectiv",
            "did you mean objective?",
        ),
        ("---\nkind: supplier\nfields: [owner]\n---\n", 3, "Expected `object`, got `array` in fields", ""),
    ],
)
def test_a_broken_template_is_told_with_its_file_and_line(text: str, line: int, said: str, hint: str) -> None:
    error = refused(text)
    assert error.line == line
    assert say(error.message, "en").startswith(said)
    assert (say(error.hint, "en") if error.hint else "") == hint


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    broken = tmp_path / "priority.md"
    broken.write_bytes(b"---\nkind: priority\nnames: [\xff]\n---\n")
    with pytest.raises(TemplateError) as caught:
        read_kinds({broken.name: broken.read_bytes()})
    assert (caught.value.path, caught.value.line) == ("priority.md", 3)


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_a_byte_order_mark_change_nothing(ending: str, mark: bytes) -> None:
    sources = {path: mark + data.replace(b"\n", ending.encode()) for path, data in OURS.items()}
    for kind in read_kinds(sources).values():
        ours = KINDS.all[kind.name]
        assert kind.skeleton.replace("\r\n", "\n") == ours.skeleton
        assert (kind.fields, kind.names, kind.folders) == (ours.fields, ours.names, ours.folders)


def environment(*, trim: bool) -> SandboxedEnvironment:
    made = SandboxedEnvironment(
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=trim,
        lstrip_blocks=trim,
    )
    made.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    return made


def new(kind: str, language: str, *, trim: bool = False) -> tuple[Note, str]:
    skeleton = environment(trim=trim).from_string(KINDS.all[kind].skeleton)
    text = skeleton.render(title="Été à Brest", today="2026-03-16", language=language)
    return note("Inbox/Été à Brest.md", text), text


@pytest.mark.parametrize("trim", [False, True])
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", SPINE)
def test_a_new_note_is_of_its_kind_and_says_nothing_unknown(kind: str, language: str, trim: bool) -> None:
    made, text = new(kind, language, trim=trim)
    told = KINDS.recognise(made)
    assert told is not None
    assert told.by == "property"
    assert told.clue == f"type: {KINDS.all[kind].label(language)}"
    assert not made.problems
    assert text.startswith("---\n")
    assert text.endswith("\n")
    assert made.properties[0].name == "type"
    known = [KINDS.field(kind, item.name) for item in made.properties[1:]]
    assert None not in known
    assert made.headings
    assert min(heading.level for heading in made.headings) == 2
    assert not re.search(r"[{}]|%%|[ \t]$", text, re.MULTILINE)


@pytest.mark.parametrize("kind", SPINE)
def test_both_languages_ask_the_same(kind: str) -> None:
    asked = [
        [field.name for item in new(kind, language)[0].properties if (field := KINDS.field(kind, item.name))]
        for language in ("en", "fr")
    ]
    assert asked[0] == asked[1]
    assert len(asked[0]) == len(set(asked[0]))
    assert {field.name for field in KINDS.all[kind].fields if field.required} <= set(asked[0])


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", SPINE)
def test_what_a_new_note_says_is_understood(kind: str, language: str) -> None:
    for item in new(kind, language)[0].properties:
        field = KINDS.field(kind, item.name)
        if field is None or item.value in (None, ""):
            continue
        if field.type == "choice":
            assert choice_of(item.value, field.vocabulary)
        elif field.type == "period":
            assert period_of(item.value)
        else:
            assert field.type == "date"
            assert date_of(item.value)


@pytest.mark.parametrize(("today", "quarter"), [("2026-01-01", "1"), ("2026-03-31", "1"), ("2026-12-31", "4")])
def test_a_new_objective_is_of_this_quarter(today: str, quarter: str) -> None:
    skeleton = environment(trim=False).from_string(KINDS.all["objective"].skeleton)
    assert f"\nperiod: 2026-Q{quarter}\n" in skeleton.render(title="a", today=today, language="en")
    assert f"\npériode: 2026-T{quarter}\n" in skeleton.render(title="a", today=today, language="fr")


@pytest.mark.parametrize("kind", ["priority", "project", "decision", "meeting", "risk"])
def test_a_new_note_that_wants_an_action_starts_with_one(kind: str) -> None:
    made, _ = new(kind, "en")
    assert [task.status for task in made.tasks] == [" "]
    assert made.tasks[0].text.strip()


def test_type_is_no_field_of_any_kind() -> None:
    assert not [name for name in KIND_PROPERTIES for kind in SPINE if KINDS.field(kind, name)]
