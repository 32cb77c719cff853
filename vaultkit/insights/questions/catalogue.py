"""The questions by name: a Vault and its findings go in; every question that there is to ask comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.questions import alignment, communication, decisions, execution, people

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vaultkit.insights.questions.question import Asker, Question
    from vaultkit.model import Finding
    from vaultkit.vault import Vault

QUESTIONS: Mapping[str, Asker] = {
    "if-stopped": alignment.if_stopped,
    "nobody-works": alignment.nobody_works,
    "serves-what": alignment.serves_what,
    "real-priority": alignment.real_priority,
    "keep-three": alignment.keep_three,
    "late-for": alignment.late_for,
    "both-succeed": alignment.both_succeed,
    "stop-for-room": alignment.stop_for_room,
    "ambitious-enough": alignment.ambitious_enough,
    "how-known": alignment.how_known,
    "next-action": execution.next_action,
    "believable-date": execution.believable_date,
    "what-data-ignores": execution.what_data_ignores,
    "who-reports-red": execution.who_reports_red,
    "rests-on-what": decisions.rests_on_what,
    "cost-of-waiting": decisions.cost_of_waiting,
    "one-way-door": decisions.one_way_door,
    "other-options": decisions.other_options,
    "what-happened": decisions.what_happened,
    "what-is-new": decisions.what_is_new,
    "monday-morning": decisions.monday_morning,
    "who-disagreed": decisions.who_disagreed,
    "who-decides": people.who_decides,
    "two-weeks-away": people.two_weeks_away,
    "whose-list": people.whose_list,
    "what-they-believe": communication.what_they_believe,
    "ask-the-board": communication.ask_the_board,
    "absent-from-agendas": communication.absent_from_agendas,
}
"""Every question by its name, in the order in which equals are asked."""
TOLD: tuple[str, ...] = (
    "orphan-priority",
    "unserved-objective",
    "too-many-priorities",
    "priority-inversion",
    "declared-conflict-open",
    "objective-without-metric",
    "stuck-project",
    "date-pushed",
    "health-contradiction",
    "falsified-assumption",
    "pending-too-long",
    "one-way-thin",
    "no-alternatives",
    "no-review-date",
    "resurfaced-rejection",
    "decision-without-action",
    "cross-functional-no-dri",
    "no-backup",
    "overload",
    "key-stakeholder-uncovered",
    "update-overdue",
)
"""The validators whose findings give rise to questions: what is waived or switched off is not asked of."""


def questions(vault: Vault, findings: Iterable[Finding]) -> tuple[Question, ...]:
    """All that there is to ask, in the order of the catalogue; of one name and one thing asked, once."""
    said: dict[str, list[Finding]] = {name: [] for name in TOLD}
    for finding in findings:
        if finding.validator in said and finding.path in vault.notes:
            said[finding.validator].append(finding)
    found: dict[str, Question] = {}
    for ask in QUESTIONS.values():
        for question in ask(vault, said):
            found.setdefault(question.asked_of, question)
    return tuple(found.values())
