"""Rules of correcting a story, taking it down, putting it back, and settling a request about it."""

from collections.abc import Mapping

from moderation.facts import Facts, TextFacts
from moderation.policies.access import REASONS, approval_is_valid, reason_if, why_not_allowed, why_not_holder
from moderation.team.permissions import why_not
from stories.core import agreed_text, lifecycle
from stories.models import Story, Submission, TakeDownRequest


def why_not_correct(facts: TextFacts) -> str | None:
    # A contributor who asked to see every text can't be shown one once their code opens nothing.
    asked_to_see = any(event.deed == "say yes" for event in facts.events)
    return (
        why_not_allowed("correct a story", facts)
        or _why_not_upheld(facts)
        or reason_if(facts.submission.is_erased and asked_to_see, "nobody_to_show")
        or lifecycle.why_not("correct", status=facts.status)
    )


def why_not_drop(facts: Facts) -> str | None:
    return (
        why_not("correct a story", facts.person)
        or lifecycle.why_not("drop the correction", status=facts.status)
        or why_not_holder(facts)
    )


def why_not_corrected(facts: TextFacts, fields: Mapping[str, str]) -> str | None:
    """Say why these words can't take the place of the story's; anything that isn't a correction passes."""
    if facts.status not in lifecycle.CORRECTED:
        return None
    if facts.story is None:
        return REASONS["no_story"]
    if facts.story.agreed == agreed_text.canonical_text(fields):
        return REASONS["same_as_story"]
    return _why_not_upheld(facts)


def _why_not_upheld(facts: TextFacts) -> str | None:
    story = facts.story
    if story is None or story.status not in (Story.Status.LIVE, Story.Status.HIDDEN) or story.sequence is None:
        return REASONS["never_published"]
    return reason_if(not story.may_publish, "words_stay") or reason_if(facts.wants_a_change, "asked_for_change")


def why_not_take_down(facts: Facts) -> str | None:
    """Say why this person can't take the story down; who has a conflict of interest may, too."""
    is_down = facts.story is None or not is_up(facts.story)
    return why_not("take a story down", facts.person) or reason_if(is_down, "down_already")


def is_up(story: Story) -> bool:
    return story.status in (Story.Status.LIVE, Story.Status.AGREED)


def why_not_put_back(facts: TextFacts) -> str | None:
    story, may_not = facts.story, why_not_allowed("put a story back", facts)
    if may_not or story is None or story.status != Story.Status.HIDDEN:
        return may_not or REASONS["not_taken_down"]
    return (
        reason_if(not story.may_publish, "yes_taken_back")
        or reason_if(facts.wants_a_change, "changed_before_return")
        or reason_if(story.sequence is None and facts.status != Submission.Status.AGREED, "sent_back_before")
        # What may be wrong with its contributor, as far as a row can tell: no vault is open here.
        or reason_if(facts.submission.unopened_since is not None, "unopened")
        or reason_if(facts.submission.is_urgent, "urgent")
    )


def who_asked_to_put_back(facts: Facts) -> int | None:
    """The person whose wish to put the story back waits for a second one; nobody, once it isn't valid any more."""
    wish = getattr(facts.story, "put_back", None)
    asked_by = wish.asked_by_id if wish else None
    return asked_by if approval_is_valid("put a story back", facts, asked_by) else None


def why_not_withhold(request: TakeDownRequest, facts: Facts) -> str | None:
    """Say why this person can't have the story's address name a legal reason; the facts are of its story."""
    story, is_legal = facts.story, request.ground == TakeDownRequest.Ground.LEGAL
    may_not = why_not_allowed("take a story down", facts)
    if may_not or not is_legal or story is None or story.status == Story.Status.REMOVED:
        return may_not or REASONS["removed" if is_legal else "not_legal"]
    return reason_if(not story.may_publish, "not_legally_down") or reason_if(story.is_withheld, "withheld_already")


def why_not_settle(request: TakeDownRequest, facts: Facts) -> str | None:
    return (
        why_not_allowed("settle a take-down request", facts)
        or reason_if(request.is_of_force, "objection_takes_two")
        or reason_if(request.settled_on, "request_settled")
    )


def why_not_reply(request: TakeDownRequest, answer: str) -> str | None:
    """Say why these words can't reach whoever asked; none always can."""
    return reason_if(answer.strip() and not request.public_key, "no_code_for_answer")
