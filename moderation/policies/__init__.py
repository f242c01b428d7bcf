"""Who may do what, when: each function returns the reason why not, or None."""

from moderation.anonymity import ANONYMITY_CHECK, why_not_checked
from moderation.deeds import COORDINATORS, DEEDS, EDITORS, MODERATORS, roles, why_not
from moderation.policies.deciding import (
    HOLD_REASONS,
    LONGEST_HOLD,
    why_not_ask,
    why_not_back_in_tray,
    why_not_count,
    why_not_decide,
    why_not_decline,
    why_not_hold,
    why_not_triage,
)
from moderation.policies.in_hand import why_not_claim, why_not_holder
from moderation.policies.stories import why_not_put_back, why_not_settle, why_not_take_down
from moderation.policies.texts import (
    NEW_KEY_WAITS,
    most_shown,
    why_not_agree,
    why_not_published,
    why_not_put_forward,
    why_not_read_up,
    why_not_second,
    why_not_seen,
    why_not_send_back,
    why_not_trusted,
    why_not_write,
)
from stories.lifecycle import UNDECIDED

__all__ = [
    "ANONYMITY_CHECK",
    "COORDINATORS",
    "DEEDS",
    "EDITORS",
    "HOLD_REASONS",
    "LONGEST_HOLD",
    "MODERATORS",
    "NEW_KEY_WAITS",
    "UNDECIDED",
    "most_shown",
    "roles",
    "why_not",
    "why_not_agree",
    "why_not_ask",
    "why_not_back_in_tray",
    "why_not_checked",
    "why_not_claim",
    "why_not_count",
    "why_not_decide",
    "why_not_decline",
    "why_not_hold",
    "why_not_holder",
    "why_not_published",
    "why_not_put_back",
    "why_not_put_forward",
    "why_not_read_up",
    "why_not_second",
    "why_not_seen",
    "why_not_send_back",
    "why_not_settle",
    "why_not_take_down",
    "why_not_triage",
    "why_not_trusted",
    "why_not_write",
]
