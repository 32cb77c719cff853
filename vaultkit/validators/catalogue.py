"""The validators by name, and what makes a module one.

A validator's docstring explains it; `SEVERITY`, `KINDS`, `READS` and `check` make it one; an `Options` struct takes
what a user may set. It is listed here by the name that its findings bear, and nowhere else. One that is asked of every
note may have `among(vault)`: the paths of all that it can have anything to say of, told quicker than by asking each.
One that reads the work may have `HEEDS`: the kinds of other notes of which alone it reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from vaultkit.validators.alignment import (
    child_outside_parent_dates,
    declared_conflict_open,
    generated_only_priority,
    kr_count,
    level_skip,
    objective_no_vision,
    objective_without_metric,
    orphan_priority,
    over_indexed,
    priority_inversion,
    rank_invalid,
    serves_cycle,
    stray_extra_link,
    too_many_priorities,
    unlinked_priority,
    unserved_objective,
    weak_alignment,
)
from vaultkit.validators.data import (
    bad_date,
    colliding_paths,
    confidentiality_leak,
    conflict_copy,
    date_impossible,
    duplicate_note,
    empty_region,
    hand_edited_page,
    ignored_property,
    invalid_frontmatter,
    invalid_region,
    metric_stale,
    progress_out_of_range,
    property_type_clash,
    type_conflict,
    unit_mismatch,
    unknown_value,
    unreadable_note,
    waiver_expired,
    waiver_unused,
)
from vaultkit.validators.decisions import (
    decision_incomplete,
    decision_without_action,
    depends_on_superseded,
    falsified_assumption,
    no_alternatives,
    no_review_date,
    one_way_thin,
    pending_too_long,
    resurfaced_rejection,
    supersede_not_reciprocal,
)
from vaultkit.validators.execution import (
    all_done_not_closed,
    blocked_by_done,
    blocked_no_blocker,
    closed_without_outcome,
    date_pushed,
    dependency_cycle,
    done_with_open_tasks,
    due_before_prerequisite,
    health_contradiction,
    idea_dormant,
    in_progress_idle,
    no_action,
    no_due,
    overdue,
    scope_creep,
    stuck_project,
    update_stale,
)
from vaultkit.validators.links import (
    alias_or_title_collision,
    ambiguous_link,
    broken_anchor,
    broken_link,
    isolated_note,
    two_sided_mismatch,
    wrong_target_type,
)
from vaultkit.validators.meetings import (
    action_without_owner_or_date,
    contact_overdue,
    drifting,
    key_stakeholder_uncovered,
    meeting_no_agenda,
    meeting_no_output,
    recurring_meeting_empty,
    represented_no_mandate,
    stance_gap,
    update_overdue,
)
from vaultkit.validators.ownership import (
    absent_owner,
    cross_functional_no_dri,
    leader_doing_not_leading,
    multiple_owners,
    no_backup,
    no_owner,
    overload,
    owner_not_a_person,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Finding, Note, Severity
    from vaultkit.vault import Vault


class Validator(Protocol):
    """What a module must hold to be a validator."""

    SEVERITY: Severity
    """How serious its findings are, unless the user says otherwise; a finding may bear another where the docstring says
    so."""
    KINDS: tuple[str, ...]
    """The kinds of note that it is asked of; empty for one that is asked of every note, canvas and base."""
    READS: tuple[Reads, ...]
    """Where it looks beyond its note: when that changes, it is asked again. What it leaves out here goes stale."""

    def check(self, note: Note, vault: Vault) -> Iterator[Finding]:
        """What there is to say of one note."""


VALIDATORS: dict[str, Validator] = {
    "orphan-priority": orphan_priority,
    "weak-alignment": weak_alignment,
    "unserved-objective": unserved_objective,
    "stray-extra-link": stray_extra_link,
    "objective-without-metric": objective_without_metric,
    "kr-count": kr_count,
    "too-many-priorities": too_many_priorities,
    "objective-no-vision": objective_no_vision,
    "over-indexed": over_indexed,
    "child-outside-parent-dates": child_outside_parent_dates,
    "rank-invalid": rank_invalid,
    "priority-inversion": priority_inversion,
    "declared-conflict-open": declared_conflict_open,
    "level-skip": level_skip,
    "serves-cycle": serves_cycle,
    "no-action": no_action,
    "in-progress-idle": in_progress_idle,
    "scope-creep": scope_creep,
    "blocked-no-blocker": blocked_no_blocker,
    "blocked-by-done": blocked_by_done,
    "dependency-cycle": dependency_cycle,
    "due-before-prerequisite": due_before_prerequisite,
    "idea-dormant": idea_dormant,
    "closed-without-outcome": closed_without_outcome,
    "stuck-project": stuck_project,
    "update-stale": update_stale,
    "overdue": overdue,
    "no-due": no_due,
    "date-pushed": date_pushed,
    "health-contradiction": health_contradiction,
    "done-with-open-tasks": done_with_open_tasks,
    "all-done-not-closed": all_done_not_closed,
    "no-owner": no_owner,
    "multiple-owners": multiple_owners,
    "owner-not-a-person": owner_not_a_person,
    "cross-functional-no-dri": cross_functional_no_dri,
    "absent-owner": absent_owner,
    "overload": overload,
    "no-backup": no_backup,
    "leader-doing-not-leading": leader_doing_not_leading,
    "decision-incomplete": decision_incomplete,
    "no-alternatives": no_alternatives,
    "pending-too-long": pending_too_long,
    "no-review-date": no_review_date,
    "supersede-not-reciprocal": supersede_not_reciprocal,
    "resurfaced-rejection": resurfaced_rejection,
    "decision-without-action": decision_without_action,
    "depends-on-superseded": depends_on_superseded,
    "one-way-thin": one_way_thin,
    "falsified-assumption": falsified_assumption,
    "unlinked-priority": unlinked_priority,
    "generated-only-priority": generated_only_priority,
    "contact-overdue": contact_overdue,
    "drifting": drifting,
    "key-stakeholder-uncovered": key_stakeholder_uncovered,
    "represented-no-mandate": represented_no_mandate,
    "meeting-no-agenda": meeting_no_agenda,
    "meeting-no-output": meeting_no_output,
    "action-without-owner-or-date": action_without_owner_or_date,
    "stance-gap": stance_gap,
    "update-overdue": update_overdue,
    "recurring-meeting-empty": recurring_meeting_empty,
    "broken-link": broken_link,
    "ambiguous-link": ambiguous_link,
    "broken-anchor": broken_anchor,
    "isolated-note": isolated_note,
    "alias-or-title-collision": alias_or_title_collision,
    "wrong-target-type": wrong_target_type,
    "two-sided-mismatch": two_sided_mismatch,
    "invalid-frontmatter": invalid_frontmatter,
    "ignored-property": ignored_property,
    "unreadable-note": unreadable_note,
    "colliding-paths": colliding_paths,
    "conflict-copy": conflict_copy,
    "hand-edited-page": hand_edited_page,
    "invalid-region": invalid_region,
    "empty-region": empty_region,
    "bad-date": bad_date,
    "date-impossible": date_impossible,
    "unknown-value": unknown_value,
    "type-conflict": type_conflict,
    "property-type-clash": property_type_clash,
    "progress-out-of-range": progress_out_of_range,
    "unit-mismatch": unit_mismatch,
    "duplicate-note": duplicate_note,
    "metric-stale": metric_stale,
    "confidentiality-leak": confidentiality_leak,
    "waiver-expired": waiver_expired,
    "waiver-unused": waiver_unused,
}
REVIEWING = ("waiver-unused",)
"""Those that are asked once the others have been, of the notes with waivers: they judge what was said of them."""


class NoOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """The table of a validator that takes nothing but its severity."""


def options() -> dict[str, type[Struct]]:
    """Validator -> the struct that its table in `vaultkit.toml` must fit."""
    return {name: getattr(validator, "Options", NoOptions) for name, validator in VALIDATORS.items()}
