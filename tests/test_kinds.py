"""What tells a note's kind: a property, a tag, a folder, a file name, and which of them wins."""

from __future__ import annotations

import unicodedata

import pytest

from tests.kinds import KINDS, OURS, kind_of, note, typed
from vaultkit.config import Config
from vaultkit.vault.kinds import Kinds, read_kinds

NAMES = {
    "vision": "vision, mission, purpose, north star, ultimate goal, pillar, raison d'être, axe stratégique, pilier",
    "objective": "objective, goal, OKR, O, objectif, but",
    "key_result": "key result, KR, target, measure, résultat clé, RC, cible",
    "priority": "priority, rock, focus, theme, bet, method, priorité, chantier, axe, cap du trimestre",
    "project": "project, initiative, workstream, epic, projet, feuille de route",
    "task": "task, action, to-do, next action, tâche",
    "decision": "decision, ADR, DR, décision, arbitrage, relevé de décision",
    "person": "person, people, contact, member, personne, collaborateur",
    "team": "team, department, function, équipe, département, service, pôle",
    "meeting": "meeting, 1:1, committee, review, réunion, point, CODIR, comité, COPIL",
    "risk": "risk, issue, obstacle, blocker, risque, point de blocage",
}
MANY = {
    "vision": "Visions, axes stratégiques, piliers",
    "objective": "goals, OKRs, objectifs",
    "key_result": "key results, KRs, résultats clés, cibles",
    "priority": "priorities, rocks, themes, bets, priorités, chantiers",
    "project": "projects, epics, projets, feuilles de route",
    "task": "tasks, to-dos, tâches",
    "decision": "decisions, ADRs, décisions, arbitrages, relevés de décisions",
    "person": "contacts, members, personnes",
    "team": "teams, équipes, départements, pôles",
    "meeting": "meetings, 1:1s, committees, réunions, comités",
    "risk": "risks, blockers, risques, points de blocage",
}
NAMED = [(kind, word) for table in (NAMES, MANY) for kind, words in table.items() for word in words.split(", ")]


@pytest.mark.parametrize(("kind", "word"), NAMED)
def test_every_name_of_a_kind(kind: str, word: str) -> None:
    told = KINDS.recognise(typed(word))
    assert told is not None
    assert (told.kind, told.by, told.clue) == (kind, "property", f"type: {word}")
    assert kind_of(typed(word.upper())) == kind
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    assert kind_of(typed(plain)) == kind


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, "projet") for name in ("type", "kind", "category", "categories", "fileClass", "class")),
        *((name, "projet") for name in ("Type", "catégorie", "Catégorie", "nature")),
        ("categories", '["[[Projects]]"]'),
        ("categories", '["[[Templates/Projects.md|Our projects]]"]'),
        ("type", "project"),
        ("type", '"#project"'),
        ("type", "[note, project]"),
    ],
)
def test_every_property_that_may_name_a_kind(name: str, value: str) -> None:
    assert kind_of(typed(value, name)) == "project"


def test_people_as_a_category() -> None:
    assert kind_of(typed('["[[People]]"]', "categories")) == "person"


def test_type_is_asked_before_category() -> None:
    assert kind_of(note("a.md", "---\ncategory: project\ntype: decision\n---\n")) == "decision"


@pytest.mark.parametrize("value", ["note", "recipe", "", "{}", "3", "true", "projection", "prioritize"])
def test_a_word_that_names_no_kind(value: str) -> None:
    assert kind_of(typed(value)) is None


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("vision", "vision"),
        ("okr", "objective"),
        ("objective", "objective"),
        ("objectif", "objective"),
        ("kr", "key_result"),
        ("priority", "priority"),
        ("rock", "priority"),
        ("priorité", "priority"),
        ("Project", "project"),
        ("projets", "project"),
        ("project/alpha", "project"),
        ("task", "task"),
        ("decision", "decision"),
        ("person", "person"),
        ("équipe", "team"),
        ("meeting/board", "meeting"),
        ("risque", "risk"),
        ("type/réunion", "meeting"),
        ("priority/high", None),  # a level
        ("team/sales", None),  # whose it is
        ("type/recipe", None),
        ("projection", None),
        ("area/project", None),
    ],
)
def test_tags(tag: str, kind: str | None) -> None:
    assert kind_of(note("a.md", f"---\ntags: [draft, {tag}]\n---\n")) == kind
    assert kind_of(note("a.md", f"# Title\n\n#draft #{tag} some words\n\n## More\n")) == kind


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] ask Ann #project\n",
        "Some words.\n\nWe spoke of it: #project\n",
        "> [!note] #project\n",
        "- a list #project\n\nA paragraph.\n",
        "| a |\n| - |\n| #project |\n",
    ],
)
def test_a_tag_in_passing_tells_nothing(text: str) -> None:
    assert kind_of(note("a.md", text)) is None


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("Vision/2030.md", "vision"),
        ("02 - Objectifs/Grandir.md", "objective"),
        ("OKRs 2026/Grow.md", "objective"),
        ("OKR 2026-Q1/Grow.md", "objective"),
        ("Goals/Grow.md", "objective"),
        ("Résultats clés/NRR.md", "key_result"),
        ("Priorities/Hire.md", "priority"),
        ("🎯 Priorités/Recruter.md", "priority"),
        ("Priorités 🎯/Recruter.md", "priority"),
        ("Rocks/Hire.md", "priority"),
        ("1 Projects/Site.md", "project"),
        ("1️⃣ Projets/Site.md", "project"),
        ("Work/10_Projects/Site.md", "project"),
        ("Projects/2026/Site.md", "project"),
        ("Projects/03/Site.md", "project"),
        ("Projects/2026-Q1/Site.md", "project"),
        ("Projets/En cours/Site.md", "project"),
        ("Projects/Done/Site.md", "project"),
        ("Projects/Archive/Site.md", "project"),
        ("Projets/Terminés/Site.md", "project"),
        ("Projects/Site/Site.md", "project"),
        ("Projects/01 - Site/Site.md", "project"),
        ("Projects/Done/Site/Site.md", "project"),
        ("Décisions/Prix.md", "decision"),
        ("ADR/0001-use-sqlite.md", "decision"),
        ("People/Ann.md", "person"),
        ("People/Acme/Ann.md", "person"),
        ("Contacts/Ann.md", "person"),
        ("Teams/Sales.md", "team"),
        ("Équipes/Ventes.md", "team"),
        ("Meetings/2026/03/Kick-off.md", "meeting"),
        ("Réunions/CODIR/12 mars.md", "meeting"),
        ("Projects/Site/Meetings/Kick-off.md", "meeting"),  # the nearest folder
        ("Risques/Change.md", "risk"),
        ("Projects/Site/Ideas.md", None),  # a note of a project is no project
        ("Projects/Site/Archive/Old idea.md", None),
        ("Objectives/Sales/Win.md", "objective"),
        ("Projects/Projects.md", None),  # notes that speak of the folder
        ("Projets/🗂️ Projets.md", None),
        ("Projects/README.md", None),
        ("Projects/_index.md", None),
        ("Meetings/Meeting template.md", None),
        ("People/Modèle.md", None),
        ("Team/Ann.md", None),  # the people of one team
        ("Équipe/Léa.md", None),
        ("Strategy/SWOT.md", None),
        ("Tips/Productivity.md", None),
        ("Projections/2026.md", None),
    ],
)
def test_folders(path: str, kind: str | None) -> None:
    assert kind_of(note(path)) == kind
    assert kind_of(note(unicodedata.normalize("NFD", path))) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("D-012 Change supplier", "decision"),
        ("D-7", "decision"),
        ("ADR-0003 Use MQTT", "decision"),
        ("ADR 12", "decision"),
        ("DR-4 Prices", "decision"),
        ("KR1 - Ten paying sites", "key_result"),
        ("KR 2.1 Churn", "key_result"),
        ("2026-03-02 CODIR", "meeting"),
        ("2026-03-02 1-1 Niamh", "meeting"),
        ("2026-03-02 - Board meeting", "meeting"),
        ("2026-03-02 Réunion d'équipe", "meeting"),
        ("2026-03-02 Comité de direction", "meeting"),
        ("2026-03-02", None),  # a daily note
        ("2026-03-02 An idea about prices", None),
        ("2026-03-02 Whiteboard", None),
        ("D-Day", None),
        ("ADRIAN", None),
        ("KR3000 data sheet", None),
    ],
)
def test_file_names(name: str, kind: str | None) -> None:
    assert kind_of(note(f"{name}.md")) == kind
    assert kind_of(note(f"Inbox/{unicodedata.normalize('NFD', name)}.md")) == kind


def test_precedence() -> None:
    kinds = Kinds(read_kinds(OURS), Config(kinds={"vision": ("**/D-1*",)}))
    text = "---\ntype: priority\ntags: [risk]\n---\n"
    full = note("Projects/D-1 Prices.md", text)
    clues = [(clue.kind, clue.by) for clue in kinds.clues(full)]
    assert clues == [
        ("vision", "config"),
        ("priority", "property"),
        ("risk", "tag"),
        ("project", "folder"),
        ("decision", "file name"),
    ]
    assert kind_of(full, kinds) == "vision"
    assert kind_of(full) == "priority"
    assert kind_of(note("Projects/D-1 Prices.md", text.replace("type: priority\n", ""))) == "risk"
    assert kind_of(note("Projects/D-1 Prices.md")) == "project"
    assert kind_of(note("D-1 Prices.md")) == "decision"


@pytest.mark.parametrize(
    ("pattern", "path", "text", "matches"),
    [
        ("Chantiers/", "Chantiers/Site.md", "", True),
        ("Chantiers/", "2026/Chantiers/Web/Site.md", "", True),
        ("/Chantiers/", "Chantiers/Web/Site.md", "", True),
        ("/Chantiers/", "2026/Chantiers/Site.md", "", False),
        ("Chantiers/", "Grands Chantiers/Site.md", "", False),
        ("Chantiers/", "Chantiers.md", "", False),
        ("Été/", unicodedata.normalize("NFD", "Été/Site.md"), "", True),
        ("#rock", "Site.md", "Later on: #Rock/2026\n", True),
        ("#rock", "Site.md", "Later on: #rocket\n", False),
        ("*/P-*.md", "Notes/P-12 Site.md", "", True),
        ("*/P-*.md", "Notes/Site.md", "", False),
    ],
)
def test_the_map_of_the_settings(pattern: str, path: str, text: str, matches: bool) -> None:
    kinds = Kinds(read_kinds(OURS), Config(kinds={"priority": (pattern,)}))
    told = kinds.recognise(note(path, text))
    assert (told is not None and told.by == "config") == matches


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("Teams/Two.md", "", None),
        ("Notes/Two.md", "#team\n", None),
        ("D-1 Prices.md", "", "decision"),
        ("Teams/Two.md", "---\ntype: team\n---\n", "team"),
    ],
)
def test_a_kind_of_an_empty_list_is_not_guessed(path: str, text: str, kind: str | None) -> None:
    assert kind_of(note(path, text), Kinds(read_kinds(OURS), Config(kinds={"team": ()}))) == kind


def test_what_vaultkit_wrote_is_of_no_kind() -> None:
    text = "---\ngenerated: vaultkit\npage: alignment\ntype: priority\ntags: [project]\n---\n%% /vaultkit 00000000 %%\n"
    assert kind_of(note("Priorities/Alignment.md", text)) is None
    assert list(KINDS.clues(note("Priorities/Alignment.md", text))) == []
    assert kind_of(note("Priorities/Alignment.md", text.replace("generated: vaultkit\n", ""))) == "priority"
