"""What pages are called: nothing comes in; page -> language -> the name of its file goes out.

Not in the catalogue: a better translation must not move anybody's page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HOMES = {"en": "Dashboards", "fr": "Tableaux de bord"}
"""Language -> the folder of the dashboards, where `vaultkit.toml` names none."""

FILE_NAMES = {
    "overview": {"en": "Overview", "fr": "Vue d'ensemble"},
    "alignment": {"en": "Alignment", "fr": "Alignement"},
    "orphan-priorities": {"en": "Orphan priorities", "fr": "Priorités orphelines"},
    "daily-brief": {"en": "Daily brief", "fr": "Brief du jour"},
    "weekly-review": {"en": "Weekly review", "fr": "Revue hebdomadaire"},
    "x-matrix": {"en": "X-matrix", "fr": "Matrice en X"},
    "scorecard": {"en": "Scorecard", "fr": "Tableau de résultats"},
    "portfolio": {"en": "Portfolio", "fr": "Portefeuille"},
    "decision-log": {"en": "Decision log", "fr": "Journal des décisions"},
    "people": {"en": "People and load", "fr": "Personnes et charge"},
    "stakeholders": {"en": "Stakeholders", "fr": "Parties prenantes"},
    "board-update": {"en": "Board update", "fr": "Point au conseil"},
    "investor-update": {"en": "Investor update", "fr": "Point aux investisseurs"},
    "team-update": {"en": "Team update", "fr": "Point aux équipes"},
    "risks": {"en": "Risks", "fr": "Risques"},
    "friction": {"en": "Friction radar", "fr": "Radar des frictions"},
    "focus-drift": {"en": "Focus drift", "fr": "Dérive du focus"},
    "sparring": {"en": "Sparring", "fr": "Questions du bras droit"},
    "changes": {"en": "Changes", "fr": "Changements"},
    "trial": {"en": "Trial report", "fr": "Bilan d'essai"},
    "glossary": {"en": "Glossary", "fr": "Glossaire"},
    "vault-health": {"en": "Vault health", "fr": "Santé du coffre"},
}
"""Page -> language -> its file name."""

BOARDS: Mapping[str, tuple[str, str, Mapping[str, str]]] = {
    "alignment.canvas": ("canvas", "alignment", {"en": "Alignment", "fr": "Alignement"}),
    "projects.base": ("bases", "portfolio", {"en": "Projects", "fr": "Projets"}),
    "decisions.base": ("bases", "decision-log", {"en": "Decisions", "fr": "Décisions"}),
    "risks.base": ("bases", "risks", {"en": "Risks", "fr": "Risques"}),
    "people.base": ("bases", "people", {"en": "People", "fr": "Personnes"}),
}
"""Canvas or base -> the setting that asks for it, the page that it stands beside, and language -> its file name."""
INDEX = "index"
TEAM, MEETING = "team", "meeting-brief"
"""The pages of which there are several: one for each team, one for each meeting to come."""
OWN_NAMES = {
    TEAM: {"en": "{} – team page", "fr": "{} – page d'équipe"},
    MEETING: {"en": "{} – brief", "fr": "{} – brief"},
}
"""Page of which there are several -> language -> its file name, around the name of the note that it is about."""
