"""What the properties of each kind mean, under every name they go by, and the words of each vocabulary."""

from __future__ import annotations

import pytest

from tests.kinds import KINDS, OURS
from vaultkit.config import Config
from vaultkit.parser import parse
from vaultkit.text import fold
from vaultkit.vault.kinds import Kind, Kinds, read_kinds
from vaultkit.vault.values import choice_of


@pytest.mark.parametrize("kind", KINDS.all.values(), ids=lambda kind: kind.name)
def test_no_property_name_means_two_fields(kind: Kind) -> None:
    names = [name for field in kind.fields for name in field.names]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("kind", KINDS.all.values(), ids=lambda kind: kind.name)
def test_every_field_has_a_name_to_write_in_both_languages(kind: Kind) -> None:
    for field in kind.fields:
        assert field.labels.keys() == {"en", "fr"}, field.name
        assert fold(field.labels["en"]) == fold(field.name)
        for label in field.labels.values():
            assert KINDS.field(kind.name, label) == field


def test_the_name_to_write_is_the_shared_one() -> None:
    field = KINDS.field("task", "projet")
    assert field is not None
    assert (field.name, field.labels) == ("serves", {"en": "serves", "fr": "sert"})


@pytest.mark.parametrize("path", OURS)
def test_no_word_of_a_vocabulary_means_two_things(path: str) -> None:
    fields = next(item.value for item in parse(path, OURS[path]).properties if item.name == "fields")
    assert isinstance(fields, dict)
    for field in fields.values():
        values = field.get("values", {})
        words = [word for name, others in values.items() for word in {fold(word) for word in (name, *others)}]
        assert sorted(words) == sorted(set(words))


SHARED = {
    "status": "status, state, stage, phase, statut, état",
    "health": "health, rag, santé, météo, feu",
    "outcome": "outcome, result, résultat, issue",
    "owner": "owner, lead, dri, champion, accountable, responsible, assignee, driver, "
    "responsable, porteur, pilote, propriétaire, référent",
    "contributors": "contributors, members, contributeurs",
    "due": "due, deadline, target_date, end, by, échéance, date limite, date butoir, fin",
    "start": "start, début",
    "scheduled": "scheduled, planifié le",
    "due_original": "due_original, échéance initiale",
    "period": "period, quarter, cycle, timeframe, trimestre, période, semestre",
    "serves": "serves, parent, up, supports, contributes_to, aligned_to, goal, objective, area, "
    "sert, contribue à, objectif, rattaché à",
    "depends_on": "depends_on, blockedBy, blocked_by, requires, after, depends, dépend de, bloqué par, prérequis",
    "blocks": "blocks, bloque",
    "conflicts_with": "conflicts_with, tension, tradeoff, en conflit avec",
    "related": "related, lié à",
    "decided_in": "decided_in, source, décidé en",
    "reviewer": "reviewer, approver, manager, valideur",
    "sponsor": "sponsor, exec sponsor, commanditaire",
    "weight": "weight, poids",
    "rank": "rank, order, rang, ordre",
    "confidence": "confidence, score, confiance, taux de confiance",
    "effort": "effort, estimate, timeEstimate, charge",
    "review": "review, review_by, next_review, à revoir le",
    "reviewed": "reviewed, revue",
    "cadence": "cadence, update_cadence, fréquence",
    "confidentiality": "confidentiality, sensitivity, confidentialité",
    "why": "why, pourquoi",
}
OWN = {
    "objective": {
        "key_results": "key_results, résultats clés",
        "priorities": "priorities, priorités",
        "projects": "projects, projets",
        "objectives": "objectives, objectifs",
        "level": "level, niveau",
        "start_value": "from, baseline, départ",
        "team": "team, équipe",
    },
    "key_result": {
        "start_value": "start, start_value, from, baseline, départ",
        "current": "current, value, actual, valeur actuelle",
        "target": "target, to, cible",
        "unit": "unit, unité",
        "serves": "objective, objectives, objectif, objectifs, goal",
        "contributors": "team, équipe",
        "direction": "direction, sens",
    },
    "priority": {
        "serves": "objectives, goals, key result, objectif, objectifs, résultat clé",
        "health": "confidence",
        "contributors": "team, équipe",
        "projects": "projects, projets",
        "priority": "priority, priorité",
    },
    "project": {
        "serves": "priorities, priorités, objectives, objectifs, key result, rock",
        "priority": "priority, priorité",
        "team": "team, équipe",
        "budget": "budget",
        "decided_in": "from",
        "due_original": "baseline",
        "tasks": "tasks, tâches",
    },
    "task": {"serves": "project, projet, projects", "waiting_on": "waiting_on, en attente de", "priority": "priority"},
    "decision": {
        "about": "objective, goal, objectif, about, subject, au sujet de, concerne",
        "decider": "decider, approver, decision-makers, accountable, décideur",
        "owner": "owner, responsable",
        "consulted": "consulted, consultés",
        "informed": "informed, informés",
        "reversibility": "reversibility, door, réversibilité",
        "supersedes": "supersedes, replaces, remplace",
        "superseded_by": "superseded_by, replaced_by, remplacé par",
    },
    "person": {
        "role": "role, rôle",
        "team": "team, équipe",
        "manager": "manager, responsable",
        "capacity": "capacity, capacité",
        "leader": "leader",
    },
    "team": {"lead": "lead, responsable", "members": "members, membres", "parent": "parent"},
    "meeting": {
        "attendees": "attendees, participants, présents",
        "represents": "represents, représente",
        "mandate": "mandate, mandat",
        "duration": "duration, durée",
        "date": "date",
    },
    "risk": {
        "probability": "probability, probabilité",
        "impact": "impact",
        "affects": "affects, impacte, objective, objectif, projet, concerne",
        "mitigation": "mitigation",
    },
    "vision": {"objectives": "objectives, objectifs", "horizon": "horizon", "values": "values, valeurs"},
}
PROPERTIES = [
    (kind, field, word) for kind, table in OWN.items() for field, ws in table.items() for word in ws.split(", ")
]


@pytest.mark.parametrize(
    ("kind", "field"),
    [(k, f) for f in SHARED for k in ("objective", "priority", "project", "task") if KINDS.all[k].field(f)],
)
def test_shared_properties_lead_to_their_field(kind: str, field: str) -> None:
    for word in SHARED[field].split(", "):
        found = KINDS.field(kind, word)
        assert found is not None, word
        assert found.name == field, word


@pytest.mark.parametrize(("kind", "field", "word"), PROPERTIES)
def test_properties_of_a_kind_lead_to_their_field(kind: str, field: str, word: str) -> None:
    found = KINDS.field(kind, word)
    assert found is not None
    assert found.name == field
    assert KINDS.field(kind, word.upper().replace(" ", "_")) == found


@pytest.mark.parametrize(
    ("kind", "to"),
    [
        ("objective", {"vision", "objective"}),
        ("key_result", {"objective"}),
        ("priority", {"objective", "key_result"}),
        ("project", {"priority", "key_result", "objective", "project"}),
        ("task", {"project", "priority", "key_result", "objective"}),
    ],
)
def test_what_each_kind_serves(kind: str, to: set[str]) -> None:
    field = KINDS.all[kind].field("serves")
    assert field is not None
    assert (set(field.to), field.type, field.inverse_of) == (to, "links", "")
    assert field.required == (kind in {"key_result", "priority"})


def test_lists_on_the_parent_state_serves_from_above() -> None:
    found = {
        (kind.name, field.name) for kind in KINDS.all.values() for field in kind.fields if field.inverse_of == "serves"
    }
    assert found == {
        ("vision", "objectives"),
        ("objective", "objectives"),
        ("objective", "key_results"),
        ("objective", "priorities"),
        ("objective", "projects"),
        ("key_result", "priorities"),
        ("key_result", "projects"),
        ("priority", "projects"),
        ("priority", "tasks"),
        ("project", "projects"),
        ("project", "tasks"),
    }


@pytest.mark.parametrize(
    ("kind", "field", "canonical", "words"),
    [
        ("project", "status", "idea", "idea, idée, backlog, un jour"),
        ("project", "status", "planned", "planned, To do, à faire, prévu"),
        ("project", "status", "active", "active, in progress, in-progress, en cours, Actif"),
        ("project", "status", "blocked", "blocked, bloquée"),
        ("project", "status", "waiting", "waiting, en attente"),
        ("project", "status", "paused", "paused, on hold, on_hold, en pause, suspendu"),
        ("project", "status", "done", "done, Completed, terminé, Terminée, clos, fait"),
        ("project", "status", "dropped", "dropped, cancelled, canceled, abandonné, annulée"),
        ("project", "status", "archived", "archived, archivé"),
        ("objective", "health", "on_track", "on_track, on track, green, vert, 🟢, dans les temps"),
        ("objective", "health", "at_risk", "at_risk, amber, orange, progressing, caution, à risque, 🟠, 🟡"),
        ("objective", "health", "off_track", "off_track, Off track, red, rouge, en retard, 🔴"),
        ("objective", "outcome", "achieved", "achieved, atteint"),
        ("objective", "outcome", "partial", "partial, partiel"),
        ("objective", "outcome", "missed", "missed, manqué"),
        ("objective", "outcome", "dropped", "dropped, abandonné"),
        ("task", "priority", "high", "high, haute"),
        ("decision", "status", "idea", "proposed, proposée"),
        ("decision", "status", "active", "accepted, acceptée, actée"),
        ("decision", "status", "dropped", "rejected, rejetée"),
        ("decision", "status", "archived", "superseded, remplacée, deprecated"),
        ("decision", "reversibility", "one_way", "one_way, one-way, irreversible, à sens unique"),
        ("decision", "reversibility", "two_way", "two_way, two-way door, réversible"),
        ("person", "status", "archived", "left, partie, archived"),
    ],
)
def test_vocabularies(kind: str, field: str, canonical: str, words: str) -> None:
    known = KINDS.all[kind].field(field)
    assert known is not None
    assert known.type == "choice"
    for word in words.split(", "):
        assert choice_of(word, known.vocabulary) == canonical, word


def test_the_settings_add_names_and_win() -> None:
    kinds = Kinds(read_kinds(OURS), Config(properties={"serves": ("Thème",), "owner": ("sponsor",)}))
    theme, sponsor = kinds.field("priority", "theme"), kinds.field("project", "Sponsor")
    assert theme is not None
    assert sponsor is not None
    assert (theme.name, sponsor.name) == ("serves", "owner")
    assert kinds.field("decision", "theme") is None
    assert kinds != KINDS
