"""Rules of correcting a story, taking it down, putting it back, and settling a request about it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from moderation.facts import Facts, TextFacts
from moderation.policies.access import approval_is_valid, reason_if, why_not_conflicted, why_not_holder
from moderation.team.permissions import why_not_by_role
from stories.core import agreed_text, lifecycle
from stories.models import Story, Submission, TakeDownRequest


def why_not_correct(facts: TextFacts) -> str | None:
    """Say why this person can't begin a correction of the story."""
    return (
        why_not_by_role("correct a story", facts.person)
        or why_not_conflicted(facts)
        or _why_not_upheld(facts)
        or _why_not_shown_before(facts)
        or lifecycle.why_not("correct", status=facts.status)
    )


def why_not_drop(facts: Facts) -> str | None:
    """Say why this person can't give the correction up."""
    return (
        why_not_by_role("correct a story", facts.person)
        or lifecycle.why_not("drop the correction", status=facts.status)
        or why_not_holder(facts)
    )


def why_not_corrected(facts: TextFacts, fields: Mapping[str, str]) -> str | None:
    """Say why these words can't take the place of the story's; anything that isn't a correction passes."""
    if facts.status not in lifecycle.CORRECTED:
        return None
    if facts.story is None:
        return _("There is no story that this could correct.")
    if facts.story.agreed == agreed_text.canonical_text(fields):
        return _("This says what the story says already. Change something and save, or give the correction up.")
    return _why_not_upheld(facts)


def _why_not_upheld(facts: TextFacts) -> str | None:
    story = facts.story
    if story is None or story.status not in (Story.Status.LIVE, Story.Status.HIDDEN) or story.sequence is None:
        return _("Only a story that was published, and not removed for good, can be corrected.")
    if not story.may_publish:
        return _("Its contributor took back their yes to publishing, so its words stay as they are.")
    if facts.wants_a_change:
        return _("Its contributor asked for a change after two had agreed, so this story stays down.")
    return None


def _why_not_shown_before(facts: TextFacts) -> str | None:
    """Whoever asked to see every text can't be shown one once their code opens nothing."""
    said = _(
        "Its contributor asked to see every text before it is public, and what their code opened is erased. "
        "Leave it as it is, or take it down."
    )
    return reason_if(facts.submission.is_erased and any(event.deed == "say yes" for event in facts.events), said)


def why_not_take_down(facts: Facts) -> str | None:
    """Say why this person can't take the story down; who has a conflict of interest may, too."""
    is_down = facts.story is None or not is_up(facts.story)
    return why_not_by_role("take a story down", facts.person) or reason_if(is_down, _("This story is down already."))


def is_up(story: Story) -> bool:
    """True of a story that is public, or goes out with the next batch."""
    return story.status in (Story.Status.LIVE, Story.Status.AGREED)


def why_not_put_back(facts: TextFacts) -> str | None:
    """Say why this person can't ask for, or do, the putting back of a story."""
    if reason := why_not_by_role("put a story back", facts.person) or why_not_conflicted(facts):
        return reason
    story = facts.story
    if story is None or story.status != Story.Status.HIDDEN:
        return _("Only a story that was taken down, and not removed for good, can be put back.")
    if not story.may_publish:
        return _("Its contributor took back their yes to publishing. Only they can give it again, with their code.")
    if facts.wants_a_change:
        return _("Its contributor asked for a change after two had agreed to this text, so this text stays down.")
    if story.sequence is None and facts.status != Submission.Status.AGREED:
        return _("Its text was sent back before it went out. It goes on once two people say yes to it anew.")
    # What may be wrong with its contributor, as far as a row can tell: no vault is open here.
    if facts.submission.unopened_since is not None:
        return _("Its contributor has written, and nobody has opened it yet. Read it, then put the story back.")
    urgent = _("Its account is marked urgent. Answer that first; then the story can be put back.")
    return reason_if(facts.submission.is_urgent, urgent)


def who_asked_to_put_back(facts: Facts) -> int | None:
    """The person whose wish to put the story back waits for a second one; nobody, once it isn't valid any more."""
    wish = getattr(facts.story, "put_back", None)
    asked_by = wish.asked_by_id if wish else None
    return asked_by if approval_is_valid("put a story back", facts, asked_by) else None


def why_not_withhold(request: TakeDownRequest, facts: Facts) -> str | None:
    """Say why this person can't have the story's address name a legal reason; the facts are of its story."""
    if reason := why_not_by_role("take a story down", facts.person) or why_not_conflicted(facts):
        return reason
    if request.ground != TakeDownRequest.Ground.LEGAL:
        return _("Only a request with a legal reason can do this.")
    if facts.story is None or facts.story.status == Story.Status.REMOVED:
        return _("This story was removed for good, so its address says no more about it.")
    if not facts.story.may_publish:
        return _(
            "Its contributor took back their yes to publishing, so it is down for that, and not for a legal reason."
        )
    return _("Its address says so already.") if facts.story.is_withheld else None


def why_not_settle(request: TakeDownRequest, facts: Facts) -> str | None:
    """Say why this person can't settle the request; the facts are of its story."""
    return (
        why_not_by_role("settle a take-down request", facts.person)
        or why_not_conflicted(facts)
        or reason_if(request.is_of_force, _("Two people decide an objection of a force."))
        or reason_if(request.settled_on, _("This request is settled already."))
    )


def why_not_reply(request: TakeDownRequest, answer: str) -> str | None:
    """Say why these words can't reach whoever asked; none always can."""
    said = _("Whoever asked has no code that could open an answer. Take your words out, and settle it without.")
    return reason_if(answer.strip() and not request.public_key, said)
