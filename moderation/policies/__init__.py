"""Who may do what, when: each rule returns the reason why not, or None, and judges facts that are loaded."""
# ruff: noqa: F401

from moderation.policies.access import (
    CLAIM_LASTS,
    TAKE_OVER_REASONS,
    approval_is_valid,
    is_absent,
    why_not_claim,
    why_not_conflicted,
    why_not_for_real,
    why_not_given,
    why_not_holder,
    why_not_note_call,
    why_not_take_over,
)
from moderation.policies.danger import (
    RiskFacts,
    bearing,
    is_answered,
    is_seen_to,
    lone_noes,
    says_case_is_active,
    why_not_begun,
    why_not_calm,
    why_not_first_look,
    why_not_first_no,
    why_not_no_danger,
)
from moderation.policies.decisions import (
    HOLD_REASONS,
    LONGEST_HOLD,
    LONGEST_KEPT,
    least_kept,
    who_asked_to_release,
    why_not_ask,
    why_not_back_in_tray,
    why_not_count,
    why_not_decide,
    why_not_decline,
    why_not_hold,
    why_not_mark_urgent,
    why_not_release,
    why_not_take_back,
    why_not_triage,
    why_not_write_to,
)
from moderation.policies.stories import (
    is_up,
    who_asked_to_put_back,
    why_not_correct,
    why_not_corrected,
    why_not_drop,
    why_not_put_back,
    why_not_reply,
    why_not_settle,
    why_not_take_down,
    why_not_withhold,
)
from moderation.policies.texts import (
    Opened,
    is_for_second,
    most_shown,
    reads_blind,
    why_not_again,
    why_not_agree,
    why_not_answer,
    why_not_keep,
    why_not_published,
    why_not_put_forward,
    why_not_same,
    why_not_second,
    why_not_seen,
    why_not_send_back,
    why_not_trusted,
    why_not_unfolded,
    why_not_write,
)
from moderation.redaction.anonymity_check import ANONYMITY_CHECK
from moderation.team.permissions import (
    COORDINATORS,
    EDITORS,
    MODERATORS,
    PERMISSIONS,
    roles_that_may,
    why_not,
    why_not_by_role,
)
from stories.core.lifecycle import UNDECIDED
