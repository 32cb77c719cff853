"""Why a note stands where it stands: a Vault and a note go in; every score of it comes out, term by term.

A question is a function of a vault and a note, which answers with a Score or, when it has nothing to say of such a
note, with None. Another one is a line in `QUESTIONS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.why.alignment import alignment
from vaultkit.insights.why.critical import critical_path
from vaultkit.insights.why.decisions import decision
from vaultkit.insights.why.health import health, staleness_of_note
from vaultkit.insights.why.load import ownership_of_note, workload
from vaultkit.insights.why.meetings import contact, follow_through
from vaultkit.insights.why.pace import pace_of_note
from vaultkit.insights.why.progress import progress_of_note
from vaultkit.insights.why.risks import exposure, risk
from vaultkit.insights.why.urgency import urgency

if TYPE_CHECKING:
    from collections.abc import Callable

    from vaultkit.insights.scores import Score
    from vaultkit.model import Note
    from vaultkit.vault import Vault

    Question = Callable[[Vault, Note], Score | None]


def why(vault: Vault, note: Note) -> tuple[Score, ...]:
    """What each question says of a note, in their order."""
    answers = (question(vault, note) for question in QUESTIONS)
    return tuple(score for score in answers if score is not None)


QUESTIONS: tuple[Question, ...] = (
    urgency,
    alignment,
    ownership_of_note,
    progress_of_note,
    pace_of_note,
    health,
    staleness_of_note,
    critical_path,
    exposure,
    risk,
    decision,
    follow_through,
    contact,
    workload,
)
"""Everything that can be asked of a note, in the order in which it is told."""
